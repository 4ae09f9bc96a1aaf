//! How much memory a function has used: the peaks of its process and of all that this started.

use std::collections::BTreeSet;

/// The peak of resident memory of a process and its descendants, in bytes, each with its own peak;
/// `None` where the system does not tell. Of a `builder` that only started the function and waits
/// for it, the process that waits is left out, and so is what it alone started on the way.
pub fn peak_memory(process: u32, builder: bool) -> Option<u64> {
    let mut root = process;
    while builder && let [only] = children(root).as_slice() {
        root = *only;
    }
    let mut seen = BTreeSet::from([root]);
    let mut waiting = vec![root];
    let mut sum = 0;
    while let Some(process) = waiting.pop() {
        // One that has just ended has nothing to say; without the first there is no figure.
        match peak(process) {
            Some(peak) => sum += peak,
            None if process == root => return None,
            None => {}
        }
        waiting.extend(children(process).into_iter().filter(|child| seen.insert(*child)));
    }
    Some(sum)
}

/// The high-water mark of a process in bytes. A process that has ended, and that nobody has
/// buried yet, has none.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some(kilobytes * 1024)
}

/// What the threads of a process have started.
#[cfg(target_os = "linux")]
fn children(process: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect()
}

#[cfg(not(target_os = "linux"))]
fn peak(_process: u32) -> Option<u64> {
    None
}

#[cfg(not(target_os = "linux"))]
fn children(_process: u32) -> Vec<u32> {
    Vec::new()
}

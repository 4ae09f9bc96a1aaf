//! Processes that a function started and that left its process group on purpose, as daemons do.
//! Linux can hand them to us when their parents end; elsewhere they stay.

#[cfg(target_os = "linux")]
use rustix::process::{Pid, Signal, WaitOptions, getpid, kill_process, set_child_subreaper, waitpid};

/// The promise that descendants whose parents end become children of this process.
#[derive(Debug)]
#[must_use]
pub struct Orphans {
    #[cfg(target_os = "linux")]
    adopted: bool,
}

impl Orphans {
    /// Asks for them from now on; not where this process has children already, which a shell left
    /// to it that became this program.
    pub fn adopt() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            adopted: children().is_empty() && set_child_subreaper(Some(getpid())).is_ok(),
        }
    }

    /// Kills every child of this process, and every descendant that becomes its child by that; for
    /// the end, when no function may run any more.
    pub fn end(self) {
        #[cfg(target_os = "linux")]
        while self.adopted && children().into_iter().filter(|child| end(*child)).count() > 0 {}
    }
}

/// Kills a child and buries it; whether that was allowed.
#[cfg(target_os = "linux")]
fn end(child: Pid) -> bool {
    kill_process(child, Signal::KILL).is_ok() && waitpid(Some(child), WaitOptions::empty()).is_ok()
}

/// The children of all threads; none where the kernel does not tell.
#[cfg(target_os = "linux")]
fn children() -> Vec<Pid> {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return Vec::new() };
    let lists = threads.flatten().flat_map(|thread| std::fs::read_to_string(thread.path().join("children")));
    let words = lists.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.filter_map(|word| word.parse().ok().and_then(Pid::from_raw)).collect()
}

//! What Lambda would have measured of an invocation on this machine.

use crate::transport::{FunctionHost, PlatformReport, Timings, billed_ms, peak_memory};

/// What was measured beside the timings of an invocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Measured {
    /// By name, for JSON.
    pub(super) numbers: Vec<(&'static str, u64)>,
    /// The end of the function's log, where it is kept.
    pub(super) logs: Option<Vec<String>>,
    /// What a person should hear of it.
    pub(super) warnings: Vec<String>,
}

/// How to measure a function.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gauge {
    /// The memory size that the function is told, in MB.
    pub(super) memory_mb: u32,
    /// Whether the process builds the function and starts it: its own memory and its time are not
    /// the function's.
    pub(super) builds: bool,
}

impl Gauge {
    /// Reads what an invocation that is just over took.
    pub(super) fn read(self, host: &FunctionHost, request_id: &str, timings: Timings) -> PlatformReport {
        let used = host.process_id().and_then(|process| peak_memory(process, self.builds));
        let Timings { init, duration } = timings;
        PlatformReport {
            request_id: request_id.to_owned(),
            duration,
            billed_ms: billed_ms(duration, init.filter(|_| !self.builds)),
            memory_mb: self.memory_mb,
            max_memory_mb: used.map(|bytes| bytes.div_ceil(1 << 20)),
            init,
        }
    }
}

impl Measured {
    /// What a report tells beside the timings.
    pub(super) fn of(report: &PlatformReport) -> Self {
        let memory = report.max_memory_mb.map(|used| ("max_memory_mb", used));
        let is_too_much = |used: &u64| *used > u64::from(report.memory_mb);
        let warning = report.max_memory_mb.filter(is_too_much).map(|used| {
            let size = report.memory_mb;
            format!(
                "the function used {used} MB of memory and has {size} MB: Lambda would have killed it; \
                 --memory says how much it has"
            )
        });
        Self {
            numbers: [("billed_ms", report.billed_ms)].into_iter().chain(memory).collect(),
            logs: None,
            warnings: warning.into_iter().collect(),
        }
    }
}

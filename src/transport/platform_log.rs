//! The lines that Lambda itself writes into a function's log around each invocation.

use std::fmt;
use std::time::Duration;

/// The line before an invocation.
pub fn start_line(request_id: &str, version: &str) -> String {
    format!("START RequestId: {request_id} Version: {version}")
}

/// The lines behind an invocation: its end, and what it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformReport {
    /// The id of the request.
    pub request_id: String,
    /// From the delivery of the event until the answer.
    pub duration: Duration,
    /// What Lambda would charge for, in milliseconds.
    pub billed_ms: u64,
    /// The memory size in MB.
    pub memory_mb: u32,
    /// The most memory that was used, in MB; `None` if that is not known.
    pub max_memory_mb: Option<u64>,
    /// How long the initialisation took, if there was one.
    pub init: Option<Duration>,
}

/// What Lambda charges for: begun milliseconds, those of the initialisation included.
pub fn billed_ms(duration: Duration, init: Option<Duration>) -> u64 {
    let nanoseconds = (duration + init.unwrap_or_default()).as_nanos();
    u64::try_from(nanoseconds.div_ceil(1_000_000)).unwrap_or(u64::MAX)
}

impl fmt::Display for PlatformReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
        writeln!(f, "END RequestId: {}", self.request_id)?;
        write!(
            f,
            "REPORT RequestId: {}\tDuration: {:.2} ms\t",
            self.request_id,
            milliseconds(self.duration)
        )?;
        write!(f, "Billed Duration: {} ms\tMemory Size: {} MB\t", self.billed_ms, self.memory_mb)?;
        if let Some(used) = self.max_memory_mb {
            write!(f, "Max Memory Used: {used} MB\t")?;
        }
        if let Some(init) = self.init {
            write!(f, "Init Duration: {:.2} ms\t", milliseconds(init))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_reads_as_lambdas_own() {
        let mut report = PlatformReport {
            request_id: "id-1".to_owned(),
            duration: Duration::from_micros(1234),
            billed_ms: 92,
            memory_mb: 128,
            max_memory_mb: Some(30),
            init: Some(Duration::from_micros(90_120)),
        };
        let start =
            "END RequestId: id-1\nREPORT RequestId: id-1\tDuration: 1.23 ms\tBilled Duration: 92 ms\t";
        let all = "Memory Size: 128 MB\tMax Memory Used: 30 MB\tInit Duration: 90.12 ms\t";
        assert_eq!(report.to_string(), format!("{start}{all}"));
        (report.max_memory_mb, report.init) = (None, None);
        assert_eq!(report.to_string(), format!("{start}Memory Size: 128 MB\t"));
        assert_eq!(start_line("id-1", "$LATEST"), "START RequestId: id-1 Version: $LATEST");
    }

    #[test]
    fn begun_milliseconds_are_billed() {
        let of = Duration::from_micros;
        for (duration, init, billed) in [
            (of(0), None, 0),
            (of(1), None, 1),
            (of(1000), None, 1),
            (of(1001), None, 2),
            (of(1500), Some(of(600)), 3),
        ] {
            assert_eq!(billed_ms(duration, init), billed, "{duration:?} {init:?}");
        }
    }
}

//! What many calls come to, counted while they go on.

use super::super::exit::Exit;
use crate::report::measurement::{Answer, Latencies};
use hdrhistogram::Histogram;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How exact percentiles are: to three figures.
const FIGURES: u8 = 3;

/// What came of one call.
#[derive(Debug, Clone)]
pub(super) struct Called {
    /// What it came to.
    pub(super) answer: Answer,
    /// The exit code of a command that asked nothing else.
    pub(super) exit: Exit,
    /// How long the function took to start, if it did.
    pub(super) init: Option<Duration>,
    /// How long the answer took from when the call began, with the start.
    pub(super) took: Duration,
    /// How many bytes went out.
    pub(super) sent: usize,
    /// How many came back.
    pub(super) received: usize,
}

/// The sum of the calls so far.
#[derive(Debug)]
pub(super) struct Recorder {
    pub(super) calls: u64,
    pub(super) answers: BTreeMap<Answer, u64>,
    pub(super) worst: Exit,
    pub(super) sent: u64,
    pub(super) received: u64,
    /// When the last answer was there.
    pub(super) last: Option<Instant>,
    /// Calls that had to wait for the start of their process, the others, and the starts alone.
    cold: Spread,
    warm: Spread,
    init: Spread,
}

impl Recorder {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            calls: 0,
            answers: BTreeMap::new(),
            worst: Exit::Clean,
            sent: 0,
            received: 0,
            last: None,
            cold: Spread::new(),
            warm: Spread::new(),
            init: Spread::new(),
        }
    }

    /// Counts a call, which began so long after it was due.
    pub(super) fn record(&mut self, called: Called, late: Duration) {
        self.calls += 1;
        self.worst = self.worst.max(called.exit);
        self.sent += called.sent as u64;
        self.received += called.received as u64;
        self.last = Some(Instant::now());
        let latency = late + called.took;
        match called.init {
            Some(init) => {
                self.cold.record(latency);
                self.init.record(init);
            }
            None => self.warm.record(latency),
        }
        *self.answers.entry(called.answer).or_default() += 1;
    }

    /// How long the calls took; cold and warm ones apart where starts are seen.
    pub(super) fn latencies(&self, sees_starts: bool) -> Vec<Latencies> {
        let rows = match sees_starts {
            true => vec![("warm", &self.warm), ("cold", &self.cold), ("init", &self.init)],
            false => vec![("all", &self.warm)],
        };
        rows.into_iter().filter_map(|(name, spread)| spread.summary(name)).collect()
    }

    /// The answers, the most frequent first.
    pub(super) fn frequent(&self) -> Vec<(Answer, u64)> {
        let mut answers: Vec<_> =
            self.answers.iter().map(|(answer, calls)| (answer.clone(), *calls)).collect();
        answers.sort_by_key(|(_, calls)| std::cmp::Reverse(*calls));
        answers
    }
}

/// How durations are spread: exact at both ends and in the mean, to three figures between them.
#[derive(Debug)]
struct Spread {
    /// Nanoseconds; `None` if it could not be set up, which three figures rule out.
    histogram: Option<Histogram<u64>>,
    least: Duration,
    most: Duration,
    sum: Duration,
}

impl Spread {
    fn new() -> Self {
        let histogram = Histogram::new(FIGURES).ok();
        Self { histogram, least: Duration::MAX, most: Duration::ZERO, sum: Duration::ZERO }
    }

    fn record(&mut self, duration: Duration) {
        if let Some(histogram) = &mut self.histogram {
            // It grows as need be.
            histogram.record(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)).ok();
        }
        self.least = self.least.min(duration);
        self.most = self.most.max(duration);
        self.sum = self.sum.saturating_add(duration);
    }

    fn summary(&self, name: &'static str) -> Option<Latencies> {
        let histogram = self.histogram.as_ref().filter(|histogram| !histogram.is_empty())?;
        let calls = histogram.len();
        let at = |quantile: f64| {
            let value = Duration::from_nanos(histogram.value_at_quantile(quantile));
            value.clamp(self.least, self.most)
        };
        Some(Latencies {
            name,
            calls,
            min: self.least,
            mean: Duration::from_secs_f64(self.sum.as_secs_f64() / calls as f64),
            p50: at(0.5),
            p90: at(0.9),
            p99: at(0.99),
            max: self.most,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The smallest of the values that at least this part of them does not exceed.
    fn nearest_rank(sorted: &[u64], percent: usize) -> u64 {
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted[rank.max(1) - 1]
    }

    fn called(took: Duration, init: Option<Duration>) -> Called {
        Called { answer: Answer::Status(200), exit: Exit::Clean, init, took, sent: 2, received: 3 }
    }

    proptest! {
        #[test]
        fn percentiles_are_those_of_the_sorted_list_to_three_figures(
            mut nanos in prop::collection::vec(0_u64..10_000_000_000_000, 1..400),
        ) {
            let mut spread = Spread::new();
            for nano in &nanos {
                spread.record(Duration::from_nanos(*nano));
            }
            nanos.sort_unstable();
            let summary = spread.summary("warm").unwrap();
            prop_assert_eq!(summary.calls, nanos.len() as u64);
            prop_assert_eq!(summary.min, Duration::from_nanos(nanos[0]));
            prop_assert_eq!(summary.max, Duration::from_nanos(nanos[nanos.len() - 1]));
            let mean = nanos.iter().map(|nano| u128::from(*nano)).sum::<u128>() / nanos.len() as u128;
            prop_assert!(summary.mean.as_nanos().abs_diff(mean) <= 1 + mean / 1_000_000);
            for (percent, found) in [(50, summary.p50), (90, summary.p90), (99, summary.p99)] {
                let exact = nearest_rank(&nanos, percent);
                let off = u128::from(exact).abs_diff(found.as_nanos());
                prop_assert!(off <= u128::from(exact / 1000 + 1), "p{}: {:?} is not {} ns", percent, found, exact);
            }
        }
    }

    #[test]
    fn cold_calls_stand_apart_and_late_ones_are_as_long_as_their_callers_waited() {
        let ms = Duration::from_millis;
        let mut recorder = Recorder::new();
        recorder.record(called(ms(50), Some(ms(40))), ms(0));
        recorder.record(called(ms(5), None), ms(45));
        recorder.record(called(ms(5), None), ms(0));
        let rows = recorder.latencies(true);
        let told: Vec<_> = rows.iter().map(|row| (row.name, row.calls, row.min, row.max)).collect();
        let expected = [("warm", 2, ms(5), ms(50)), ("cold", 1, ms(50), ms(50)), ("init", 1, ms(40), ms(40))];
        assert_eq!(told, expected);
        assert_eq!((recorder.calls, recorder.sent, recorder.received), (3, 6, 9));
        assert!(Recorder::new().latencies(true).is_empty());
    }
}

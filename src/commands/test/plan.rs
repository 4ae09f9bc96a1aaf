//! Which cases run, and in which order.

use super::super::exit::Fault;
use super::super::io::Io;
use super::Test;
use super::load::Loaded;
use crate::suite::Suite;
use regex::Regex;

/// The cases of a suite that run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    /// The suite's position among those that were read.
    pub(super) suite: usize,
    /// The positions of its cases.
    pub(super) cases: Vec<usize>,
}

/// Everything that runs, in order.
#[derive(Debug)]
pub(super) struct Plan {
    /// The suites; none without a case.
    pub(super) suites: Vec<Planned>,
    /// The number that the order depends on, where it is shuffled.
    pub(super) seed: Option<u64>,
}

impl Plan {
    /// Chooses by the flags.
    ///
    /// # Errors
    /// When no case is left.
    pub(super) fn of(suites: &[Loaded], args: &Test, io: &Io) -> Result<Self, Fault> {
        let filters: Vec<_> = args.filter.iter().map(|text| Filter::of(text)).collect();
        let chosen = |(at, loaded): (usize, &Loaded)| {
            let cases = chosen(&loaded.suite, &filters, &args.tag);
            (!cases.is_empty()).then_some(Planned { suite: at, cases })
        };
        let mut planned: Vec<_> = suites.iter().enumerate().filter_map(chosen).collect();
        if planned.is_empty() {
            let fault = Fault::usage("no case fits --filter and --tag");
            return Err(fault.hint("`apigw test --dry-run` lists all cases"));
        }
        let seed = args.shuffle.map(|seed| seed.unwrap_or(io.entropy));
        if let Some(seed) = seed {
            let mut dice = Dice(seed);
            dice.shuffle(&mut planned);
            for own in &mut planned {
                if suites[own.suite].suite.cases.iter().all(|case| case.captures.is_empty()) {
                    dice.shuffle(&mut own.cases);
                }
            }
        }
        Ok(Self { suites: planned, seed })
    }

    /// How many cases there are.
    pub(super) fn cases(&self) -> usize {
        self.suites.iter().map(|planned| planned.cases.len()).sum()
    }
}

/// A text, which may be a regular expression too.
struct Filter {
    text: String,
    regex: Option<Regex>,
}

impl Filter {
    fn of(text: &str) -> Self {
        Self { text: text.to_lowercase(), regex: Regex::new(text).ok() }
    }

    fn takes(&self, name: &str) -> bool {
        name.to_lowercase().contains(&self.text) || self.regex.as_ref().is_some_and(|own| own.is_match(name))
    }
}

/// The cases that fit, and those whose captures they use.
fn chosen(suite: &Suite, filters: &[Filter], tags: &[String]) -> Vec<usize> {
    let cases = &suite.cases;
    let mut taken: Vec<bool> = cases
        .iter()
        .map(|case| {
            let named = filters.is_empty() || filters.iter().any(|filter| filter.takes(&case.name));
            named && (tags.is_empty() || case.tags.iter().any(|tag| tags.contains(tag)))
        })
        .collect();
    for at in (0..cases.len()).rev() {
        let is_used = |name: &String| {
            let later = cases.iter().zip(&taken).skip(at + 1);
            later.into_iter().any(|(case, taken)| *taken && case.uses(name))
        };
        taken[at] = taken[at] || cases[at].captures.iter().any(is_used);
    }
    taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(at, _)| at).collect()
}

/// Numbers that follow from a number (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// The next number.
    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    /// A number below another.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % (end.max(1) as u64)).unwrap_or_default()
    }

    /// Puts items into another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
    }
}

//! More than one question: how many, how fast, and what is wanted of the answers.

use super::super::exit::{Exit, Fault};
use super::super::io::Io;
use super::events::Events;
use super::export::{self, Tool};
use super::target::{Named, Question};
use super::{Invoke, events, measure};
use crate::transport::aws::InvocationType;
use clap::Args;
use std::time::Duration;

/// How often is asked, with which events, and how fast.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Many calls")]
pub struct LoadFlags {
    /// Ask with every event of a file, one a line (NDJSON), and print the answers in order; - is standard input
    #[arg(long, value_name = "FILE|-", conflicts_with = "event")]
    pub events: Option<String>,
    /// Ask so many times and print a measurement, not the answers; the events of --events take turns
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub repeat: Option<u64>,
    /// Ask for so long and measure: 10s, 500ms, 2m
    #[arg(long, value_name = "TIME", value_parser = time, allow_negative_numbers = true)]
    pub duration: Option<Duration>,
    /// Ask at fixed times and measure: 50/s, 600/m. Latencies count from when a call was due: waiting for
    /// slow calls before it is a part of them
    #[arg(long, value_name = "N/s", value_parser = rate, allow_negative_numbers = true)]
    pub rate: Option<f64>,
    /// Ask so many at a time and measure: each in a process of the function, or on a connection, of its own
    /// [default: 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub concurrency: Option<u16>,
    /// Send nothing: write the requests of --url for another tool to standard output
    #[arg(long, value_name = "TOOL", value_enum)]
    pub export: Option<Tool>,
}

/// How fast is asked, and until when.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Pace {
    /// How many calls; `None`: as many as there is time for.
    pub(super) calls: Option<u64>,
    /// For how long calls begin.
    pub(super) duration: Option<Duration>,
    /// How many calls are due in a second; `None`: each when the one before is answered.
    pub(super) rate: Option<f64>,
    /// How many are under way at a time; `None`: one, or what another tool thinks best.
    pub(super) concurrency: Option<u16>,
}

impl Pace {
    /// How many calls are under way at a time, at most.
    pub(super) fn at_a_time(self) -> u16 {
        self.concurrency.unwrap_or(1)
    }
}

impl LoadFlags {
    /// Whether more is wanted than one answer.
    pub(super) fn any(&self) -> bool {
        self.events.is_some() || self.export.is_some() || self.paces() || self.repeat > Some(1)
    }

    /// Whether the pace is set.
    fn paces(&self) -> bool {
        self.duration.is_some() || self.rate.is_some() || self.concurrency.is_some()
    }

    /// Whether a measurement is asked for.
    pub(super) fn measures(&self) -> bool {
        self.paces() || self.repeat.is_some()
    }

    /// The pace for so many questions of a file.
    fn pace(&self, events: Option<usize>) -> Result<Pace, Fault> {
        let whole_file = || events.and_then(|events| u64::try_from(events).ok());
        let calls = match self.duration {
            Some(_) => self.repeat,
            None => self.repeat.or_else(whole_file),
        };
        if calls.is_none() && self.duration.is_none() && self.export.is_none() {
            let flag = if self.rate.is_some() { "--rate" } else { "--concurrency" };
            let message = format!("{flag} says how fast, and nothing says how long");
            return Err(Fault::usage(message).hint("add -n for a number of calls, or --duration"));
        }
        Ok(Pace { calls, duration: self.duration, rate: self.rate, concurrency: self.concurrency })
    }

    /// Refuses flags that say nothing here.
    fn check(&self, args: &Invoke) -> Result<(), Fault> {
        if let Some(kind) = args.function.kind.filter(|kind| *kind != InvocationType::RequestResponse) {
            let message = format!("--type {}: Lambda answers no event of many", kind.name());
            return Err(Fault::usage(message).hint("leave --type away, or send one event"));
        }
        let local = [("--watch", args.local.watch), ("--keep", args.local.keep.is_some())];
        if let Some((flag, _)) = local.into_iter().find(|(_, is_given)| *is_given) {
            return Err(Fault::usage(format!("{flag} has no meaning with many calls")));
        }
        if self.export.is_some() && args.endpoint.url.is_none() {
            return Err(Fault::usage("--export writes the requests of --url, and a function gets events"));
        }
        if self.events.is_some() && args.call.request.any() {
            let message = "--events names a file: the flags of the request have no meaning then";
            return Err(Fault::usage(message).hint("change every event with --set"));
        }
        let shown = [
            ("--include", args.include),
            ("--raw", args.raw),
            ("--tail", args.function.tail),
            ("--report", args.local.report),
        ];
        let shown = shown.into_iter().find(|(_, is_given)| *is_given);
        match shown.filter(|_| self.measures() || self.export.is_some()) {
            Some((flag, _)) if self.export.is_some() => {
                Err(Fault::usage(format!("{flag} has no meaning with --export: nothing is asked")))
            }
            Some((flag, _)) => {
                let fault = Fault::usage(format!("{flag} shows answers, and a measurement shows none"));
                Err(fault.hint("--events without -n, --duration, --rate and --concurrency prints answers"))
            }
            None => Ok(()),
        }
    }
}

/// Asks as often as the flags say, or exports what would be asked.
///
/// # Errors
/// Faults of the command line, of the events with their place, and of starting the function.
pub(super) fn run(args: &Invoke, io: &mut Io) -> Result<Exit, Fault> {
    let flags = &args.load;
    flags.check(args)?;
    let events = flags.events.as_deref().map(|name| Events::read(name, io)).transpose()?;
    if let Some(events) = events.as_ref().filter(|_| !flags.measures() && flags.export.is_none()) {
        return events::run(events, args, io);
    }
    let pace = flags.pace(events.as_ref().map(Events::len))?;
    let questions = match &events {
        Some(events) => {
            (0..events.len()).map(|at| events.question(at, args, io)).collect::<Result<_, _>>()?
        }
        None => vec![Question::of(Named::of(args)?, args, io)?],
    };
    match flags.export {
        Some(tool) => export::run(tool, questions, pace, args, io),
        None => measure::run(questions, pace, args, io),
    }
}

/// A length of time: `10s`, `500ms`, `2m`, `1h`; a bare number is one of seconds.
fn time(text: &str) -> Result<Duration, String> {
    let unit_at = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let number: f64 =
        number.trim().parse().map_err(|_| "no time: write it as 10s, 500ms or 2m".to_owned())?;
    let seconds = match unit {
        "ms" => number / 1e3,
        "s" | "" => number,
        "m" => number * 60.0,
        "h" => number * 3600.0,
        _ => return Err(format!("`{unit}` is no unit of time: ms, s, m or h")),
    };
    if !(0.001..=86_400.0).contains(&seconds) {
        return Err("from 1 ms to 24 h".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// Calls in a second: `50/s`, `600/m`, `100/h`; a bare number is one for each second.
fn rate(text: &str) -> Result<f64, String> {
    let (number, unit) = text.split_once('/').unwrap_or((text, "s"));
    let number: f64 = number.trim().parse().map_err(|_| "no rate: write it as 50/s or 600/m".to_owned())?;
    let rate = match unit.trim() {
        "s" => number,
        "m" => number / 60.0,
        "h" => number / 3600.0,
        unit => return Err(format!("`{unit}` is no unit of time: s, m or h")),
    };
    if !(1e-4..=1e6).contains(&rate) {
        return Err("from 1/h to 1000000/s".to_owned());
    }
    Ok(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_rates_have_units() {
        for (text, milliseconds) in [("10s", 10_000), ("500ms", 500), ("2m", 120_000), ("1.5", 1500)] {
            assert_eq!(time(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "s", "-1s", "0", "5d", "NaN", "inf", "1e9", "25h", "1 day"] {
            assert!(time(text).is_err(), "{text}");
        }
        for (text, expected) in
            [("50/s", 50.0), ("50", 50.0), ("600/m", 10.0), ("3600/h", 1.0), ("0.5/s", 0.5)]
        {
            assert_eq!(rate(text), Ok(expected), "{text}");
        }
        for text in ["", "/s", "-1/s", "0/s", "5/d", "NaN/s", "inf/s", "2000000/s", "1/s/s"] {
            assert!(rate(text).is_err(), "{text}");
        }
    }
}

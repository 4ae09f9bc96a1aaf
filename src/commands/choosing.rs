//! The flags that say which findings are told, how severe they are, and where else that is said.

use super::names::Names;
use crate::lint::{Choice, FailOn, Level, Selector, UnknownRule};
use clap::Args;
use clap::builder::PossibleValue;

/// Which rules are told of, and how.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Rules")]
pub struct RuleFlags {
    /// Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = selector)]
    pub select: Vec<Selector>,
    /// Tell of these rules as well, whatever the configuration ignores
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = selector)]
    pub extend_select: Vec<Selector>,
    /// Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = selector)]
    pub ignore: Vec<Selector>,
    /// Make findings of a rule or of a group of rules so severe: error, warning, info, or off
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = severity)]
    pub severity: Vec<(Selector, Level)>,
    /// From which severity on findings make the exit code 1 [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on())]
    pub fail_on: Option<FailOn>,
    /// The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to
    /// the root of its repository]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<String>,
    /// Read no configuration file
    #[arg(long)]
    pub isolated: bool,
    /// Do not tell of the findings that stand in this file
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub baseline: Option<String>,
    /// Write what is found to this file, so that --baseline hides it from now on
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<String>,
}

impl RuleFlags {
    /// What the flags say about rules.
    pub(super) fn choice(&self) -> Choice {
        Choice {
            select: self.select.clone(),
            extend_select: self.extend_select.clone(),
            ignore: self.ignore.clone(),
            severities: self.severity.clone(),
        }
    }
}

fn selector(word: &str) -> Result<Selector, String> {
    word.parse().map_err(|error: UnknownRule| format!("{error}: {}", error.hint()))
}

fn severity(text: &str) -> Result<(Selector, Level), String> {
    let (rule, level) = text.split_once('=').ok_or("RULE=LEVEL is needed, such as AGW105=warning")?;
    let level =
        Level::from_name(level).ok_or_else(|| format!("the levels are {}", Level::NAMES.join(", ")))?;
    Ok((selector(rule)?, level))
}

fn fail_on() -> Names<FailOn> {
    Names { all: || FailOn::NAMES.into_iter().map(PossibleValue::new).collect(), read: FailOn::from_name }
}

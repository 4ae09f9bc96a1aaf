//! `apigw policy arn`: what a pattern of ARNs matches, and why it does not match an ARN.

use super::event_list::Format;
use super::exit::{Exit, Fault};
use super::io::Io;
use crate::lint::Summary;
use crate::policy::arn::fields;
use crate::policy::{ArnPattern, Mismatch, Pattern};
use crate::report::human::{Style, printable};
use crate::report::{json, policy};
use clap::Args;
use serde_json::{Value, json};
use std::io::Write as _;

/// Draw a pattern of ARNs, and say whether it matches, contains or overlaps others
#[derive(Debug, Args)]
#[command(
    after_help = "* is any text, the empty one included, ? is one character. An ARN with one of them is a
pattern: whether the first one contains, overlaps or misses it is decided exactly.

Exit code: 0 every ARN matches (every pattern is contained), 1 one does not, 2 a wrong command line.

Examples:
  apigw policy arn 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/GET/users/*'
  apigw policy arn 'arn:aws:execute-api:*:*:*/prod/*' \\
    arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/users/42"
)]
pub struct PolicyArn {
    /// The pattern, as in ArnLike
    pub pattern: String,
    /// ARNs, or other patterns
    #[arg(value_name = "ARN")]
    pub arns: Vec<String>,
    /// Compare whole texts, as StringLike does: * reaches over colons
    #[arg(long)]
    pub string: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Runs the command.
///
/// # Errors
/// Faults of writing.
pub fn run(args: &PolicyArn, io: &mut Io) -> Result<Exit, Fault> {
    let compared: Vec<_> = args.arns.iter().map(|arn| Compared::new(args, arn)).collect();
    let is_something = args.string || ArnPattern::of_condition(&args.pattern).is_well_formed();
    match args.format {
        Format::Json => {
            let mut rows: Vec<_> = compared.iter().map(|own| own.row(args)).collect();
            if rows.is_empty() {
                rows.push(Value::Object(pattern_row(args)));
            }
            io.out.write_all(
                json::report(&rows, &Summary { checked: rows.len(), ..Summary::default() }).as_bytes(),
            )?;
        }
        Format::Human => {
            let style = io.out_style();
            if compared.is_empty() {
                writeln!(io.out, "{}", printable(&args.pattern))?;
                io.out.write_all(policy::drawn(&args.pattern, style).as_bytes())?;
            }
            if !is_something {
                writeln!(io.out, "matches nothing: an ARN has six parts with colons between them")?;
            }
            for own in &compared {
                io.out.write_all(own.text(args, style).as_bytes())?;
            }
        }
    }
    let fine = is_something && compared.iter().all(|own| own.relation.is_whole());
    Ok(if fine { Exit::Clean } else { Exit::Findings })
}

/// How the pattern is to an ARN or to another pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Matches,
    DoesNotMatch,
    Equal,
    Contains,
    IsContained,
    Overlaps,
    Misses,
}

impl Relation {
    /// Whether everything that was asked about is matched.
    fn is_whole(self) -> bool {
        matches!(self, Self::Matches | Self::Equal | Self::Contains)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::DoesNotMatch => "does-not-match",
            Self::Equal => "equal",
            Self::Contains => "contains",
            Self::IsContained => "contained",
            Self::Overlaps => "overlaps",
            Self::Misses => "misses",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::DoesNotMatch => "does not match",
            Self::Equal => "matches the same ARNs",
            Self::Contains => "is contained: the pattern matches all of it",
            Self::IsContained => "matches more: all that the pattern matches, and others",
            Self::Overlaps => "overlaps: some ARNs match both, others one of them",
            Self::Misses => "has nothing in common with the pattern",
        }
    }
}

/// An ARN or pattern, and what the pattern is to it.
struct Compared<'a> {
    arn: &'a str,
    relation: Relation,
    mismatch: Option<Mismatch>,
    /// An ARN that both match, one that only the pattern matches, one that only the other matches.
    examples: [Option<String>; 3],
}

impl<'a> Compared<'a> {
    fn new(args: &PolicyArn, arn: &'a str) -> Self {
        let is_pattern = arn.contains(['*', '?']);
        let (matches, examples) = if args.string {
            let (own, other) = (Pattern::new(&args.pattern), Pattern::new(arn));
            let examples = || [own.common(&other), other.counterexample(&own), own.counterexample(&other)];
            (own.matches(arn), is_pattern.then(examples))
        } else {
            let (own, other) = (ArnPattern::of_condition(&args.pattern), ArnPattern::of_condition(arn));
            let examples = || [own.common(&other), other.counterexample(&own), own.counterexample(&other)];
            (own.matches(arn), is_pattern.then(examples))
        };
        let relation = match &examples {
            None if matches => Relation::Matches,
            None => Relation::DoesNotMatch,
            Some([None, ..]) => Relation::Misses,
            Some([_, None, None]) => Relation::Equal,
            Some([_, Some(_), None]) => Relation::Contains,
            Some([_, None, Some(_)]) => Relation::IsContained,
            Some(_) => Relation::Overlaps,
        };
        let mismatch =
            (!args.string && !is_pattern).then(|| ArnPattern::of_condition(&args.pattern).mismatch(arn));
        Self { arn, relation, mismatch: mismatch.flatten(), examples: examples.unwrap_or_default() }
    }

    fn text(&self, args: &PolicyArn, style: Style) -> String {
        let mut text = format!("{}: {}\n", printable(self.arn), self.relation.words());
        if self.relation == Relation::DoesNotMatch && !args.string {
            let mismatch = self.mismatch.as_ref();
            let lines =
                policy::under_each_other(["pattern", "ARN"], &args.pattern, self.arn, mismatch, style);
            text.extend(lines.lines().map(|line| format!("  {line}\n")));
        }
        let told = ["both match", "only the pattern matches", "only the other one matches"];
        for (what, example) in told.iter().zip(&self.examples) {
            if let Some(example) = example {
                text += &format!("  {what:26}  {}\n", printable(example));
            }
        }
        text
    }

    fn row(&self, args: &PolicyArn) -> Value {
        let mut row = pattern_row(args);
        let [both, pattern, other] = &self.examples;
        row.extend([
            ("arn".to_owned(), self.arn.into()),
            ("matches".to_owned(), self.relation.is_whole().into()),
            ("relation".to_owned(), self.relation.name().into()),
            ("mismatch".to_owned(), policy::mismatch_row(self.mismatch.as_ref(), &args.pattern, self.arn)),
            ("examples".to_owned(), json!({ "both": both, "only_pattern": pattern, "only_other": other })),
        ]);
        Value::Object(row)
    }
}

/// The members that tell of the pattern alone.
fn pattern_row(args: &PolicyArn) -> serde_json::Map<String, Value> {
    let field = |field: &crate::policy::arn::Field| {
        json!({
            "part": field.name.part().name(),
            "segment": field.name.name(),
            "text": field.text(&args.pattern),
            "start": field.span.start,
            "end": field.span.end,
        })
    };
    let fields: Vec<_> = fields(&args.pattern).iter().map(field).collect();
    let compared_as = if args.string { "string" } else { "arn" };
    serde_json::Map::from_iter([
        ("pattern".to_owned(), args.pattern.as_str().into()),
        ("compared_as".to_owned(), compared_as.into()),
        ("fields".to_owned(), fields.into()),
    ])
}

//! What keeps the nearest grant from covering a row.

use super::fit::{Fit, Wanted};
use super::spelled::Spelled;
use super::{Coverage, Covered};
use crate::json::Span;
use crate::policy::arn::{self, Field};
use crate::policy::{ArnPattern, Mismatch};

/// As many grants of one function are looked at: no policy holds more (P-096).
const MOST: usize = 64;

/// A grant that nearly covers a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The grant, as a place in the model's grants.
    pub grant: usize,
    /// What is wrong with it.
    pub reason: MissReason,
}

/// What keeps a grant from covering a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissReason {
    /// It is not deployed, or has a condition that calls of API Gateway never meet.
    NotInForce,
    /// It is for somebody else.
    Principal,
    /// It is for another action.
    Action,
    /// It is on the function without a qualifier or with another one (P-031).
    Qualifier,
    /// It is for another account's APIs.
    SourceAccount,
    /// Its source ARN is none (P-072), so it matches nothing.
    NotArn,
    /// The first part of its source ARN that does not match, with bytes in the grant's text and in
    /// the ARN that is presented.
    SourceArn(Mismatch),
}

impl Coverage<'_> {
    /// The grant on the row's function that gets furthest in its source ARN, and what is wrong with
    /// it. `None` if the row is covered, or there is no grant for API Gateway on the function.
    pub fn nearest(&self, row: usize) -> Option<Miss> {
        let asked = self.asked.get(row)?.as_ref()?;
        if self.rows[row].covered != Covered::No {
            return None;
        }
        let on_function = |(_, offer): &(usize, &super::Offer)| offer.named.function == asked.named.function;
        let candidates = self.offers.iter().enumerate().filter(on_function);
        let candidates = candidates.filter(|(_, offer)| offer.is_for_api_gateway || offer.is_of_api);
        let misses = candidates.take(MOST).filter_map(|(at, _)| self.miss(row, at));
        // The first of those that get equally far.
        misses.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, miss)| miss)
    }

    /// How far a grant gets with a row, and what is wrong with it.
    fn miss(&self, row: usize, grant: usize) -> Option<(usize, Miss)> {
        let asked = self.asked[row].as_ref()?;
        let offer = &self.offers[grant];
        let of = |far, reason| Some((far, Miss { grant, reason }));
        let source = offer.source.as_ref().filter(|_| offer.source(&asked.arn, &self.references) == Fit::No);
        if let Some(source) = source {
            let Some(mismatch) = self.mismatch(source, &asked.arn) else {
                return of(0, MissReason::NotArn);
            };
            let pattern = source.spelled.written(mismatch.pattern);
            let value = asked.arn.written(mismatch.value);
            let far = mismatch.value.start + 1;
            return of(far, MissReason::SourceArn(Mismatch { pattern, value, ..mismatch }));
        }
        let reason = match () {
            () if !offer.is_free => MissReason::NotInForce,
            () if offer.principal == Fit::No => MissReason::Principal,
            () if offer.action == Fit::No => MissReason::Action,
            () if offer.qualifier(&asked.named) == Fit::No => MissReason::Qualifier,
            () if offer.account(asked, &self.references) == Fit::No => MissReason::SourceAccount,
            () => return None,
        };
        of(usize::MAX, reason)
    }

    /// The first part or segment of a pattern that cannot match, whatever the references stand for.
    fn mismatch(&self, wanted: &Wanted, asked: &Spelled) -> Option<Mismatch> {
        const BEFORE: &str = "arn:a:b:c:d:";
        let (text, arn) = (&wanted.spelled.text, &asked.text);
        let whole = wanted.pattern.mismatch(arn);
        let (own, parts) = (arn::split(text)?, arn::split(arn)?);
        let Some(at) = self.references.first_unlike(&own, &parts) else { return whole };
        let span = |parts: &[&str; 6]| {
            let start = parts[..at].iter().map(|part| part.len() + 1).sum();
            Span::new(start, start + parts[at].len())
        };
        let (pattern, value) = (span(&own), span(&parts));
        if at + 1 < own.len() {
            let field = arn::fields(text).into_iter().find(|field| field.span == pattern)?.name;
            return Some(Mismatch { field, pattern, value });
        }
        // What stands before the last part is put aside, so that it does not hide what is wrong there.
        let last = |parts: &[&str; 6]| format!("{BEFORE}{}", parts[at]);
        let mismatch = ArnPattern::of_condition(&last(&own)).mismatch(&last(&parts))?;
        let moved = |span: Span, by: Span| {
            Span::new(span.start - BEFORE.len() + by.start, span.end - BEFORE.len() + by.start)
        };
        let (pattern, value) = (moved(mismatch.pattern, pattern), moved(mismatch.value, value));
        let holds = |field: &&Field| field.span.start <= pattern.start && pattern.start <= field.span.end;
        let field = arn::fields(text).iter().rev().find(holds).map_or(mismatch.field, |field| field.name);
        Some(Mismatch { field, pattern, value })
    }
}

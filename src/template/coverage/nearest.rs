//! What keeps the nearest grant from covering a row.

use super::fit::Fit;
use super::{Coverage, Covered};
use crate::policy::Mismatch;

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
            let Some(mismatch) = source.pattern.mismatch(&asked.arn.text) else {
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
}

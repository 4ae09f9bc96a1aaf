//! What a grant lets in beyond the rows that it covers.

use super::fit::Fit;
use super::{Coverage, Covered};
use crate::policy::Pattern;
use crate::policy::arn::{self, FieldName};

/// How far a grant reaches beyond its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Whether it has no source ARN, so that every API may use it.
    pub everything: bool,
    /// The parts and segments that its source ARN leaves wider than its rows need.
    pub wider: Vec<Wider>,
    /// Rows of other functions, or of none, that its source ARN matches as well, as places in
    /// [`Coverage::rows`].
    pub reaches: Vec<usize>,
}

/// A part or segment that is wider than needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wider {
    /// Which one.
    pub field: FieldName,
    /// What may stand there, as a pattern.
    pub allows: String,
}

/// One segment of what a row presents, between two texts.
struct Place {
    field: FieldName,
    before: String,
    behind: String,
    /// Whether it may hold slashes.
    is_path: bool,
}

impl Coverage<'_> {
    /// How far a grant reaches beyond the rows that it covers; nothing for one that covers none.
    ///
    /// A path parameter in a route and a method that takes any verb may be written as `*` (P-046,
    /// P-110): that is not wider than needed.
    pub fn beyond(&self, grant: usize) -> Beyond {
        let (Some(own), Some(offer)) = (self.grants.get(grant), self.offers.get(grant)) else {
            return Beyond::default();
        };
        if own.covers.is_empty() {
            return Beyond::default();
        }
        let Some(source) = &offer.source else { return Beyond { everything: true, ..Beyond::default() } };
        let wider = match arn::split(&source.spelled.text) {
            Some(parts) => self.wider(parts, &own.covers),
            None => Vec::new(),
        };
        let is_other = |row: &usize| {
            let asked = self.asked[*row].as_ref();
            let is_deployed = self.rows[*row].covered != Covered::NotDeployed;
            let other = asked.filter(|asked| asked.named.function != offer.named.function);
            is_deployed && other.is_some_and(|asked| offer.source(&asked.arn, &self.references) == Fit::Yes)
        };
        Beyond { everything: false, wider, reaches: (0..self.rows.len()).filter(is_other).collect() }
    }

    fn wider(&self, parts: [&str; 6], covers: &[usize]) -> Vec<Wider> {
        let mut wider: Vec<Wider> = Vec::new();
        let names = [FieldName::Partition, FieldName::Service, FieldName::Region, FieldName::Account];
        for (part, field) in parts[1..5].iter().zip(names) {
            if !Pattern::new(part).is_literal() {
                wider.push(Wider { field, allows: (*part).to_owned() });
            }
        }
        let resources: Vec<_> = covers.iter().filter_map(|row| self.resource(*row)).collect();
        let pattern = Pattern::new(parts[5]);
        for resource in &resources {
            for place in places(resource) {
                if wider.iter().any(|known| known.field == place.field) {
                    continue;
                }
                let between = pattern.between(&place.before, &place.behind);
                // What a star before the path matches beyond its own slash is told of its segment.
                let between =
                    if place.is_path { &between[between.len().saturating_sub(1)..] } else { &between };
                let fits = |own: &&Pattern| place.is_path || !own.as_str().contains('/');
                let needed: Vec<_> = resources.iter().filter_map(|other| needed(other, &place)).collect();
                let is_more = |own: &&Pattern| !needed.iter().any(|needed| needed.contains(own));
                let most = between.iter().filter(fits).find(is_more);
                wider.extend(most.map(|own| Wider { field: place.field, allows: own.as_str().to_owned() }));
            }
        }
        wider
    }

    /// The last part of what a row presents.
    fn resource(&self, row: usize) -> Option<&str> {
        Some(arn::split(&self.asked[row].as_ref()?.arn.text)?[5])
    }
}

/// The segments of the last part of an ARN.
fn places(resource: &str) -> Vec<Place> {
    const BEFORE: &str = "arn:aws:execute-api:::";
    let fields = arn::fields(&format!("{BEFORE}{resource}"));
    let offset = BEFORE.len();
    let segments = fields.into_iter().filter(|field| field.name.part() == FieldName::Resource);
    let fixed = |field: &arn::Field| !matches!(field.name, FieldName::Authorizers);
    let place = |field: arn::Field| Place {
        field: field.name,
        before: resource[..field.span.start - offset].to_owned(),
        behind: resource[field.span.end - offset..].to_owned(),
        is_path: field.name == FieldName::Path,
    };
    segments.filter(fixed).map(place).collect()
}

/// What a row needs at a place: its segment there, with `*` for a parameter or any verb.
fn needed(resource: &str, place: &Place) -> Option<Pattern> {
    let own = places(resource).into_iter().find(|own| own.field == place.field)?;
    let text = &resource[own.before.len()..resource.len() - own.behind.len()];
    Some(match place.field {
        FieldName::Method if text == "ANY" => Pattern::new("*"),
        FieldName::Path => Pattern::new(&without_parameters(text)),
        _ => Pattern::literal(text),
    })
}

/// A path with `*` for each parameter.
fn without_parameters(path: &str) -> String {
    let segment = |segment: &str| match segment.starts_with('{') && segment.ends_with('}') {
        true => "*".to_owned(),
        false => segment.to_owned(),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

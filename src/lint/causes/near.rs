//! What was perhaps meant by words that nothing is known of.

use super::{Sign, all};
use crate::lint::rules;

/// How alike two texts must be, in hundredths.
const ENOUGH: usize = 45;
/// Longer texts are no misspelt names.
const LONGEST: usize = 200;

/// The names of rules, and the words of errors, that are most like a text; the likest first.
pub fn near(text: &str) -> Vec<String> {
    let wanted = pairs(text);
    if text.len() > LONGEST {
        return Vec::new();
    }
    let rules = rules::ALL.iter().flat_map(|rule| [rule.code.to_owned(), rule.name.to_owned()]);
    let words = all().flat_map(|cause| cause.signs).filter_map(|sign| match sign {
        Sign::Answer(error) => Some(error.message()),
        Sign::Words(words) => Some((*words).to_owned()),
        Sign::Status(_) | Sign::Shown(..) => None,
    });
    let weighed = rules.chain(words).map(|name| (alike(&wanted, &pairs(&name)), name));
    let mut weighed: Vec<_> = weighed.filter(|(weight, _)| *weight >= ENOUGH).collect();
    weighed.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    weighed.dedup();
    weighed.into_iter().map(|(_, name)| name).take(3).collect()
}

type Pairs = Vec<(char, char)>;

/// Neighbouring letters and digits, sorted.
fn pairs(text: &str) -> Pairs {
    let letters: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut pairs: Vec<_> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}

/// The share of pairs that two texts have in common (Dice's coefficient), in hundredths.
fn alike(left: &Pairs, right: &Pairs) -> usize {
    let (mut common, mut at) = (0, 0);
    for pair in left {
        while right.get(at).is_some_and(|own| own < pair) {
            at += 1;
        }
        if right.get(at) == Some(pair) {
            common += 1;
            at += 1;
        }
    }
    200 * common / (left.len() + right.len()).max(1)
}

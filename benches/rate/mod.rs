//! What the benchmarks of rates share: the client, and the program that makes the same hops with hyper and
//! nothing else.

pub(crate) mod bare;
pub(crate) mod client;

/// The middle one.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

//! Every integration test in one binary, for one link instead of many.

// Clippy's own exception for tests does not reach their helpers.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod advice;
mod api_policies;
mod aws_crates;
mod catalogue;
mod cli;
mod front_ends;
mod house;
mod imports;
mod laws;
mod readers;
mod readme;
mod reports;
mod strategies;
mod tables;
mod templates;
mod transport;

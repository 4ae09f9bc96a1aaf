//! Output formats: data in, text out. A format decides nothing.

pub mod answered;
pub mod catalogue;
pub mod comparison;
pub mod formats;
pub mod human;
pub mod json;
pub mod log_line;
pub mod measurement;
pub mod policy;
pub mod replay;
pub mod suggestions;
pub mod suite;
pub mod template;
pub mod verdicts;
mod window;
pub mod write_out;

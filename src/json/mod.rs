//! JSON that knows where it stands: a named text, its value, and the place of every part.
//!
//! `serde_json` forgets positions, keeps one of two equal keys and stops at the first oddity;
//! a linter must point at the value, name the duplicate and say what was wrong in words.

mod diff;
mod edit;
mod escape;
mod mistake;
mod parse;
mod place;
mod plain;
mod pointer;
mod set;
mod text;
mod unescape;

pub use diff::{Difference, diff};
pub use edit::{Edit, apply, compact, quoted};
pub use mistake::Mistake;
pub use parse::{MAX_DEPTH, SyntaxError, SyntaxErrorKind};
pub use place::{Lines, Place, Span};
pub use plain::plain_end;
pub use pointer::Pointer;
pub use set::{SetError, set};
pub use text::{Duplicate, Part, Shape, Text};
pub use unescape::Unescaped;

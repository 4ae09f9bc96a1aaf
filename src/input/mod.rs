//! What a person names on the command line → documents, judged on all cores, told in order.
//!
//! `walk` finds the files, `read` opens them, `split` finds the documents in their bytes, `batch`
//! gives them to the `judges`. A million documents need no more memory than a few hundred.

pub mod batch;
pub mod judges;
pub mod read;
pub mod split;
pub mod walk;

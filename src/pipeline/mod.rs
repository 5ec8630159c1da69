//! From inputs to threads, and from loose texts to labels: the way through all stages.

mod input;
mod label;
pub mod maildir;

pub use input::{expand, open, threads};
pub use label::{Counts, label_lines};

//! Reads comment threads and shows who claims what, on what grounds, against whom.
//!
//! ```text
//! bytes --source--> Thread --segment--> units --model--> labels + stance --relate--> ArgumentGraph --> Analysis --export--> bytes
//! ```
//! A [`thread::Thread`] is parsed once into an immutable value; every later stage reads values and
//! adds new ones that point back by comment and span. `ARCHITECTURE.md` has the layers.

pub mod analysis;
pub mod argument;
pub mod cli;
mod cluster;
pub mod correct;
pub mod cross;
mod digest;
pub mod entity;
pub mod error;
pub mod eval;
pub mod export;
pub mod fetch;
pub mod label;
pub mod model;
pub mod pipeline;
mod registry;
pub mod relate;
pub mod segment;
pub mod source;
pub mod span;
pub mod summary;
pub mod text;
pub mod thread;
pub mod train;
pub mod validate;

pub use error::{Error, Result};

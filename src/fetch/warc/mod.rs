//! The archive: a WARC 1.1 file (ISO 28500:2017), each record a gzip member of its own.

mod archive;
mod read;
mod write;

pub use archive::Archive;
pub(super) use archive::{Exchange, is_transient};

//! From inputs to threads, and from loose texts to labels: the way through all stages.

mod corpus;
mod decode;
mod expand;
mod label;
mod maildir;
mod open;
mod peek;
mod read;
mod same;
mod torn;
mod unpack;
mod warc;

pub use expand::{Input, expand};
pub use label::{Counts, label_lines};
pub use open::{is_address, open, open_within};
pub use read::{Read, Reader, Reads};
pub use same::merge_same;
pub use unpack::Window;

//! Text with structure: what a comment says, in which blocks, and where its sentences end.
//!
//! A [`Body`] stores its text once; blocks and links are spans into it. [`html`], [`plain`] and [`mail`] make
//! bodies, [`sentence`] finds sentences, [`align`] finds one text's words again in another. Nothing
//! here knows of threads or boards.

pub mod align;
mod body;
pub mod html;
pub mod language;
pub mod mail;
pub mod plain;
pub mod sentence;
pub mod words;

pub use body::{Block, BlockKind, Body, BodyBuilder, Link};

//! Texts as word pieces, each text read once.

use crate::{
    error::{Error, ErrorKind, Result},
    model::Reply,
    span::Span,
};
use rayon::prelude::*;
use std::{collections::HashMap, ops::Range, sync::Arc};
use tokenizers::Tokenizer;

/// The word pieces of a text: their numbers, and the bytes at which they begin.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) ids: Vec<u32>,
    starts: Vec<usize>,
}

impl Tokens {
    /// The tokens that begin within a span of the text.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        let before = |byte: usize| self.starts.partition_point(|&start| start < byte);
        before(span.start())..before(span.end())
    }
}

/// A reply's texts as tokens.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) comment: Arc<Tokens>,
    pub(super) answered: Arc<Tokens>,
}

/// Turns texts into tokens.
#[derive(Debug)]
pub(super) struct Reader {
    tokenizer: Tokenizer,
}

impl Reader {
    /// Reads `tokenizer.json`.
    pub(super) fn new(json: &[u8]) -> Result<Self> {
        let tokenizer = Tokenizer::from_bytes(json).map_err(|error| {
            Error::new(ErrorKind::Model, error.to_string()).input("tokenizer.json")
        })?;
        Ok(Self { tokenizer })
    }

    /// The tokens of all texts. A text that stands in several replies (a parent with many children, a
    /// comment that is answered itself) is the same slice of memory in them, and is read once.
    pub(super) fn read_all(&self, replies: &[Reply<'_>]) -> Vec<Texts> {
        let place = |text: &str| (text.as_ptr() as usize, text.len());
        let mut texts: HashMap<(usize, usize), &str> = HashMap::new();
        for reply in replies {
            for text in [Some(reply.text), reply.answered].into_iter().flatten() {
                texts.insert(place(text), text);
            }
        }
        let read: HashMap<_, _> = texts
            .into_par_iter()
            .map(|(place, text)| (place, Arc::new(self.read(text))))
            .collect();
        let nothing = Arc::new(Tokens::default());
        let texts = |reply: &Reply<'_>| Texts {
            comment: Arc::clone(&read[&place(reply.text)]),
            answered: Arc::clone(reply.answered.map_or(&nothing, |text| &read[&place(text)])),
        };
        replies.iter().map(texts).collect()
    }

    fn read(&self, text: &str) -> Tokens {
        // Word pieces have a token for what they do not know, so that no text can fail.
        let encoding = self.tokenizer.encode(text, false).unwrap_or_default();
        Tokens {
            ids: encoding.get_ids().to_vec(),
            starts: encoding
                .get_offsets()
                .iter()
                .map(|(start, _)| *start)
                .collect(),
        }
    }
}

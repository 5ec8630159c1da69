//! JSON Lines: the whole analysis, one line a thread (`docs/json.md`).

use super::{Exporter, Style};
use crate::{
    analysis::{Analysis, wire::AnalysisLine},
    thread::wire::write_line,
};
use std::io::{Result, Write};

#[derive(Debug)]
pub(super) struct Json;

pub(super) static EXPORTER: Json = Json;

impl Exporter for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn summary(&self) -> &'static str {
        "the whole analysis as JSON Lines, one line a thread"
    }

    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn write(&self, analysis: &Analysis, out: &mut dyn Write, _: &Style<'_>) -> Result<()> {
        write_line(out, &AnalysisLine::from(analysis))
    }
}

//! JSON Lines: the whole analysis, one line a thread (`docs/json.md`).

use super::{CrossWriter, Exporter, Style};
use crate::{
    analysis::{Analysis, wire::AnalysisLine},
    cross::{Cross, wire::CrossLine},
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

    fn cross(&self) -> Option<CrossWriter> {
        Some(cross)
    }
}

/// The analyses, and behind them a line with what several threads say.
fn cross(cross: &Cross<'_>, out: &mut dyn Write, style: &Style<'_>) -> Result<()> {
    for analysis in cross.analyses {
        Json.write(analysis, out, style)?;
    }
    write_line(out, &CrossLine::from(cross))
}

//! The arguments that name inputs, and the loop over their threads.

use super::{Outcome, message::Messages};
use crate::{
    error::Result as LibResult,
    pipeline,
    source::{self, Source},
    thread::Thread,
};
use anyhow::Result;
use std::path::Path;

/// Which inputs to read, and as what.
#[derive(Debug, clap::Args)]
pub(super) struct Inputs {
    /// Files, folders, or `-` for standard input; gzip is unpacked
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// Read every input as this source instead of recognizing it by its content
    #[arg(long, value_name = "SOURCE", value_parser = parse_source)]
    source: Option<&'static dyn Source>,
}

impl std::fmt::Debug for dyn Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

fn parse_source(id: &str) -> Result<&'static dyn Source, String> {
    let known = || {
        source::SOURCES
            .iter()
            .map(|source| source.id())
            .collect::<Vec<_>>()
            .join(", ")
    };
    source::by_id(id).ok_or_else(|| format!("there is no such source; it is one of {}", known()))
}

impl Inputs {
    /// See [`keep_apart`].
    pub(super) fn keep_apart(&self, output: Option<&Path>) -> Result<()> {
        keep_apart(&self.inputs, output)
    }

    /// Hands each thread of the inputs to `each`. An input or a thread that cannot be read is reported
    /// and skipped.
    ///
    /// # Errors
    /// When `each` fails, or nothing at all could be read.
    pub(super) fn for_each(
        &self,
        messages: &Messages,
        mut each: impl FnMut(Thread) -> Result<()>,
    ) -> Result<Outcome> {
        let mut skipped = 0;
        let mut read = 0;
        let mut last = None;
        for name in pipeline::expand(&self.inputs) {
            let name = match name {
                Ok(name) => name,
                Err(error) => {
                    skipped += 1;
                    last = messages.keep(last, error);
                    continue;
                }
            };
            for thread in self.threads(&name) {
                match thread {
                    Ok(thread) => {
                        read += 1;
                        messages.warnings(&name, &thread.warnings);
                        each(thread)?;
                    }
                    Err(error) => {
                        skipped += 1;
                        last = messages.keep(last, error.input(&name));
                    }
                }
            }
        }
        match last {
            // The only error is the command's own; with others it was a skipped input like them.
            Some(error) if read == 0 => Err(error.into()),
            Some(error) => {
                messages.error(&error);
                messages.note(&format!("{skipped} skipped, {read} read"));
                Ok(Outcome::Skipped)
            }
            None => Ok(Outcome::Done),
        }
    }

    fn threads(&self, name: &str) -> Box<dyn Iterator<Item = LibResult<Thread>>> {
        let opened = pipeline::open(name).and_then(|input| pipeline::threads(input, self.source));
        match opened {
            Ok(threads) => threads,
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }
}

/// Refuses a result file that is an input too: it would be overwritten while it is read.
///
/// # Errors
/// When `output` is one of the inputs, or a file below one of them.
pub(super) fn keep_apart(inputs: &[String], output: Option<&Path>) -> Result<()> {
    let Some(path) = output
        .and_then(|path| path.canonicalize().ok())
        .filter(|path| path.is_file())
    else {
        return Ok(());
    };
    for name in pipeline::expand(inputs).into_iter().flatten() {
        if Path::new(&name)
            .canonicalize()
            .is_ok_and(|input| input == path)
        {
            anyhow::bail!(
                "{name}: the result would overwrite this input; name another file with -o"
            );
        }
    }
    Ok(())
}

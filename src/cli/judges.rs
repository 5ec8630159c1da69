//! Who judges: a model, and people who correct it.

use super::{Outcome, input::keep_apart, message::Messages};
use crate::{
    analysis::{Analysis, How},
    correct::{self, Correction, Corrections},
    error::Error,
    model::{self, Model},
    thread::Thread,
};
use anyhow::Result;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Which model judges.
#[derive(Debug, clap::Args)]
pub(super) struct ModelArg {
    /// Model: a name from `rejoinder list models`, or a model's folder
    #[arg(long, value_name = "MODEL", default_value = model::MODELS[0].id)]
    model: String,
}

impl ModelArg {
    pub(super) fn load(&self) -> Result<Box<dyn Model>> {
        Ok(model::load(&self.model)?)
    }
}

/// Which model judges, and whose corrections hold in its place.
#[derive(Debug, clap::Args)]
pub(super) struct Judges {
    #[command(flatten)]
    model: ModelArg,
    /// Put in what people judged: labels, stances, parents and relations, as JSON Lines
    /// (docs/corrections.md); what follows from these is computed anew
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
}

impl Judges {
    /// Loads the judges for a result that goes to `output`.
    ///
    /// # Errors
    /// When a file cannot be read, or the corrections would be overwritten.
    pub(super) fn load(&self, output: Option<&Path>) -> Result<Bench> {
        let file = self
            .corrections
            .as_ref()
            .map(|path| path.display().to_string());
        keep_apart(file.as_slice(), output)?;
        let corrections = self.corrections.as_ref().map(|path| {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path).map_err(Error::from);
            let read = text.and_then(|text| correct::read(&text));
            match read {
                Ok(corrections) => Ok((name, corrections)),
                Err(error) => Err(error.input(name)),
            }
        });
        Ok(Bench {
            model: self.model.load()?,
            corrections: corrections.transpose()?,
            found: BTreeSet::new(),
        })
    }
}

/// The judges at work.
pub(super) struct Bench {
    pub(super) model: Box<dyn Model>,
    /// The corrections with the name of their file.
    corrections: Option<(String, Corrections)>,
    /// Lines of the corrections that found what they correct.
    found: BTreeSet<usize>,
}

impl Bench {
    /// Analyzes a thread, and says what of it could not be judged.
    pub(super) fn analyze(
        &mut self,
        thread: Thread,
        explained: bool,
        messages: &Messages,
    ) -> Analysis {
        let how = How {
            explained,
            corrections: self
                .corrections
                .as_ref()
                .map(|(_, corrections)| corrections),
        };
        let analysis = Analysis::judged(thread, self.model.as_ref(), how);
        self.found.extend(&analysis.provenance.lines);
        messages.warnings(&analysis.thread.id, &analysis.warnings);
        analysis
    }

    /// Reports corrections of what no input has: the outcome is then that of skipped inputs.
    pub(super) fn dismiss(self, outcome: Outcome, messages: &Messages) -> Outcome {
        let Some((file, corrections)) = &self.corrections else {
            return outcome;
        };
        let lost: Vec<&Correction> = corrections
            .all
            .iter()
            .filter(|correction| !self.found.contains(&correction.line))
            .collect();
        for Correction {
            line, thread, says, ..
        } in &lost
        {
            messages.error(&format_args!(
                "{file}: line {line}: no input has a thread `{thread}` with the {says}; \
                 `rejoinder analyze -f json` shows all ids"
            ));
        }
        if lost.is_empty() {
            outcome
        } else {
            Outcome::Skipped
        }
    }
}

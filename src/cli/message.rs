//! What goes to stderr: errors of skipped inputs, warnings, notes.

use crate::{error::Error, thread::Warning};
use anstyle::{AnsiColor, Style};
use std::{collections::BTreeMap, io::Write};

/// Writes messages, or keeps quiet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Messages {
    quiet: bool,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

impl Messages {
    pub(super) const fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Whether nothing but errors is to be said.
    pub(super) const fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Writes the error before `error` and keeps this one, so that the last is left for the end.
    pub(super) fn keep(self, before: Option<Error>, error: Error) -> Option<Error> {
        if let Some(before) = before {
            self.error(&before);
        }
        Some(error)
    }

    /// An error that costs one input; said even when quiet.
    pub(super) fn error(self, error: &dyn std::fmt::Display) {
        say(format_args!("{ERROR}error:{ERROR:#} {error}"));
    }

    /// What was odd about an input, a line for each kind of oddity.
    pub(super) fn warnings(self, input: &str, warnings: &[Warning]) {
        if self.quiet {
            return;
        }
        let mut by_code: BTreeMap<&str, Vec<&Warning>> = BTreeMap::new();
        for warning in warnings {
            by_code.entry(&warning.code).or_default().push(warning);
        }
        for (code, all) in by_code {
            let more = match all.len() {
                1 => String::new(),
                n => format!(" (and {} more of this kind)", n - 1),
            };
            say(format_args!(
                "{WARNING}warning:{WARNING:#} {input}: {code}: {}{more}",
                all[0].message
            ));
        }
    }

    /// Something worth knowing.
    pub(super) fn note(self, text: &str) {
        if !self.quiet {
            say(format_args!("{text}"));
        }
    }
}

/// Writes a line to stderr. Where nobody reads it there is nobody to tell, and the work goes on.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

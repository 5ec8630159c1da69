//! The attack graph of a thread as an abstract argumentation framework, for solvers.
//!
//! The format is that of the International Competition on Computational Models of Argumentation 2023
//! (<https://iccma2023.github.io/rules.html>): a line `p af <n>`, then a line `<i> <j>` for each attack,
//! arguments being counted from 1; `#` begins a comment. `p` comes first, as some readers demand. A file
//! holds one framework, so that threads need a file each.

use super::{Exporter, Style, text::corrected, turns_direction};
use crate::analysis::{Analysis, wire::Names};
use std::io::{Result, Write};

#[derive(Debug)]
pub(super) struct Iccma;

pub(super) static EXPORTER: Iccma = Iccma;

impl Exporter for Iccma {
    fn id(&self) -> &'static str {
        "iccma"
    }

    fn summary(&self) -> &'static str {
        "the attacks between arguments for solvers (ICCMA 2023); a file for each thread"
    }

    fn extension(&self) -> &'static str {
        "af"
    }

    fn holds_one_thread(&self) -> bool {
        true
    }

    fn write(&self, analysis: &Analysis, out: &mut dyn Write, _: &Style<'_>) -> Result<()> {
        let standing = &analysis.standing;
        let framework = standing.framework();
        writeln!(out, "p af {}", framework.len())?;
        writeln!(out, "# thread {}", one_line(&analysis.thread.id))?;
        let model = &analysis.model;
        writeln!(
            out,
            "# model {} {}, SHA-256 {}",
            one_line(&model.id),
            one_line(&model.version),
            model.sha256
        )?;
        if let Some(corrected) = corrected(analysis) {
            writeln!(out, "# {}", one_line(&corrected))?;
        }
        writeln!(out, "# attacks on persons are left out; number = unit:")?;
        let names = Names::new(analysis);
        for (at, &unit) in standing.arguments.iter().enumerate() {
            writeln!(out, "# {} = {}", at + 1, one_line(&names.unit(unit)))?;
        }
        for (from, to) in framework.attacks() {
            writeln!(out, "{} {}", from + 1, to + 1)?;
        }
        Ok(())
    }
}

/// A board's name for something, without what would end a comment or play on a terminal.
fn one_line(name: &str) -> String {
    let seen = name.chars().filter(|&c| !turns_direction(c));
    seen.map(|c| {
        if c.is_control() || "\u{2028}\u{2029}".contains(c) {
            ' '
        } else {
            c
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::marked::{Marked, thread};

    fn written(comments: &[(&str, &str, &str)]) -> String {
        let analysis = Analysis::new(thread(comments), &Marked::new());
        let style = Style {
            width: 80,
            paint: &|_, text| text.to_owned(),
        };
        let mut out = Vec::new();
        EXPORTER.write(&analysis, &mut out, &style).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn attacks_are_numbered_and_units_named() {
        let text = written(&[
            ("a\nb", "", "CLAIM keys leak. QUESTION how?"),
            ("c", "a\nb", "DISAGREE CLAIM they do not."),
            ("d", "c", "DISAGREE CLAIM AD_HOMINEM you fool."),
            ("e", "c", "DISAGREE CLAIM I saw one."),
        ]);
        let model = "0".repeat(64);
        let expected = format!(
            "p af 4\n# thread t\n# model marked 0, SHA-256 {model}\n\
             # attacks on persons are left out; number = unit:\n\
             # 1 = a b@0-16\n# 2 = c@0-27\n# 3 = d@0-35\n# 4 = e@0-25\n2 1\n4 2\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn a_thread_without_arguments_is_the_empty_framework() {
        assert!(written(&[("a", "", "Hello.")]).starts_with("p af 0\n# thread t\n"));
    }
}

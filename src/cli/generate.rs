//! `rejoinder generate`: completions and the man page, derived from the arguments themselves.

use super::Outcome;
use anyhow::Result;
use clap_complete::Shell;
use std::io::Write;

/// What there is to generate.
const KINDS: &str = "bash, elvish, fish, powershell, zsh or man";

/// What to write.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A shell's completions, or `man`
    #[arg(value_name = "KIND", value_parser = parse_kind, help = KINDS)]
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Man,
    Completions(Shell),
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    match text {
        "man" => Ok(Kind::Man),
        shell => match shell.parse() {
            Ok(shell) => Ok(Kind::Completions(shell)),
            Err(_) => Err(format!("there is no such kind; it is one of {KINDS}")),
        },
    }
}

pub(super) fn run(args: &Args, command: &mut clap::Command) -> Result<Outcome> {
    let mut page = Vec::new();
    match args.kind {
        Kind::Man => clap_mangen::Man::new(command.clone()).render(&mut page)?,
        Kind::Completions(shell) => {
            clap_complete::generate(shell, command, "rejoinder", &mut page);
        }
    }
    std::io::stdout().write_all(&page)?;
    Ok(Outcome::Done)
}

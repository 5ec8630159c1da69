//! `rejoinder train`: learns the `fast` model from labeled data.

use super::Outcome;
use crate::train::{data, fit, public, split};
use anyhow::Result;
use std::path::PathBuf;

/// What to learn from, and where to put it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder with the labeled data
    #[arg(value_name = "DATA_DIR")]
    data: PathBuf,
    /// Folder for the model's files
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let path = |name: &str| args.data.join(format!("{name}.jsonl.gz"));
    let discussions = public::discussions(&path("habernal_cmv"))?;
    let mut examples = Vec::new();
    for name in data::LABELED {
        examples.extend(data::read_threads(&path(name), &discussions)?);
    }
    if std::env::var("AUX").is_ok() {
        examples.extend(public::removed(&path("habernal_cmv"))?);
        examples.extend(public::uncivil(&path("github_incivility"))?);
    }
    let split = split::split(examples);
    eprintln!(
        "train {} dev {} near {}",
        split.train.len(),
        split.development.len(),
        split.near_duplicates
    );
    let t = std::time::Instant::now();
    let fitted = fit::fit(&split.train, &fit::Settings::default());
    eprintln!("{:?}", t.elapsed());
    for board in [
        "", "slashdot", "hn", "schneier", "haacked", "cmv", "github", "reddit",
    ] {
        eprintln!("## {board}\n{}", fit::report(&split.train, &fitted, board));
    }
    eprintln!(
        "{} bytes",
        crate::train::store::store(&fitted, &args.output)?
    );
    Ok(Outcome::Done)
}

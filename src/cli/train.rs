//! `rejoinder train`: learns the `fast` model from labeled data.

use super::Outcome;
use crate::train::{
    collect,
    fit::fit,
    links,
    settings::Settings,
    split::{Side, side, split},
    store::store,
};
use anyhow::Result;
use std::path::PathBuf;

/// What to learn from, and where to put it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder with the labeled data, as docs/evaluation.md lists it
    #[arg(value_name = "DATA_DIR")]
    data: PathBuf,
    /// Folder for `model.json` and `weights.bin`
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// Learn nothing from this set, to see how well its boards are judged unseen
    #[arg(long, value_name = "SET")]
    without: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut threads = collect::threads(&args.data)?;
    let labeled = threads.iter().flat_map(|thread| thread.examples.clone());
    let mut examples: Vec<_> = labeled.chain(collect::public(&args.data)?).collect();
    examples.retain(|example| args.without.as_ref() != Some(&example.file));
    let split = split(examples);
    anstream::eprintln!(
        "{} comments to learn from, {} kept apart, {} near duplicates of those left out",
        split.train.len(),
        split.development.len(),
        split.near_duplicates
    );
    let fitted = fit(&split.train, &Settings::default());
    threads.retain(|thread| side(&thread.group) == Side::Train);
    anstream::eprintln!("weights of targets: {:?}", links::fit(&threads));
    let size = store(&fitted, &args.output)?;
    anstream::eprintln!("{}: {size} bytes of weights", args.output.display());
    Ok(Outcome::Done)
}

//! The files of the model: from a folder or from the program itself, checked before they are used.

use super::{
    Encoder, graphs::Graphs, manifest::Manifest, pool::Pool, tokens::Reader, windows::Window,
    workers::Workers,
};
use crate::{
    digest::sha256,
    error::{Error, ErrorKind, Result},
    model::{Head, ModelInfo},
};
use std::borrow::Cow;

/// The contents of the model's files.
#[derive(Debug, Clone)]
pub(in crate::model) struct Files {
    pub(in crate::model) manifest: Cow<'static, [u8]>,
    pub(in crate::model) encoder: Cow<'static, [u8]>,
    pub(in crate::model) heads: Cow<'static, [u8]>,
    pub(in crate::model) tokenizer: Cow<'static, [u8]>,
}

const TOKENIZER: &str = "tokenizer.json";

impl Files {
    /// Reads the files that `manifest` names, and checks that they are those that it means.
    pub(in crate::model) fn read(
        manifest: Vec<u8>,
        read: impl Fn(&str) -> Result<Vec<u8>>,
    ) -> Result<Self> {
        let Manifest {
            encoder,
            heads,
            sha256: sums,
            ..
        } = Manifest::read(&manifest)?;
        let checked = |name: &str| -> Result<Cow<'static, [u8]>> {
            let bytes = read(name)?;
            let (found, said) = (sha256(&[&bytes]), sums.get(name));
            if said != Some(&found) {
                let said = said.map_or("nothing", String::as_str);
                let cause = format!("SHA-256 is {found} and model.json says {said}");
                return Err(Error::new(ErrorKind::Model, cause)
                    .input(name)
                    .remedy("fetch all files of the same model again"));
            }
            Ok(bytes.into())
        };
        Ok(Self {
            encoder: checked(&encoder)?,
            heads: checked(&heads)?,
            tokenizer: checked(TOKENIZER)?,
            manifest: manifest.into(),
        })
    }
}

impl Encoder {
    /// Loads the model. Its SHA-256 is that of `model.json`, which holds those of all other files.
    ///
    /// # Errors
    /// When a file is damaged, or the network does not give what the manifest says.
    pub(in crate::model) fn new(files: Files) -> Result<Self> {
        let manifest = Manifest::read(&files.manifest)?;
        let reader = Reader::new(&files.tokenizer)?;
        let graphs = Graphs::new(files.encoder, files.heads, manifest.tokens)
            .map_err(|error| error.input(&manifest.encoder))?;
        let workers = Workers::new();
        workers
            .run(&[1], |_, pool| try_out(&graphs, &manifest, pool))
            .into_iter()
            .collect::<std::result::Result<(), String>>()
            .map_err(|cause| Error::new(ErrorKind::Model, cause).input(&manifest.encoder))?;
        let heads = |lines: &[_]| -> Vec<Head> { lines.iter().map(Head::from).collect() };
        Ok(Self {
            info: ModelInfo {
                id: manifest.id.clone(),
                version: manifest.version.clone(),
                sha256: sha256(&[&files.manifest]),
                unit_heads: heads(&manifest.unit_heads),
                comment_heads: heads(&manifest.comment_heads),
                languages: manifest.languages.clone(),
            },
            pool: manifest
                .pool
                .as_ref()
                .map(|line| Pool::new(line, &manifest))
                .transpose()?,
            manifest,
            reader,
            graphs,
            workers,
        })
    }
}

/// Runs the network once on marks alone, to see that it takes and gives what is expected.
fn try_out(
    graphs: &Graphs,
    manifest: &Manifest,
    pool: &std::sync::Arc<rten::ThreadPool>,
) -> std::result::Result<(), String> {
    let window = Window {
        ids: vec![None; 3],
        answered: 1..1,
        comment: 2..3,
        units: vec![(0, 2..3)],
        parents: Vec::new(),
    };
    let said = graphs
        .try_judge(&window, pool)
        .map_err(|error| format!("the network cannot be run: {error}"))?;
    let found = [said.units[0].len(), said.comment.len()];
    let expected = [manifest.unit_width(), manifest.comment_width()];
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "the network gives {found:?} values a unit and a comment, model.json names {expected:?}"
    ))
}

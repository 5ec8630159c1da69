//! Writes a trained model to its folder.

use super::fit::Fitted;
use crate::{
    digest::sha256,
    error::{Error, Result},
    model::fast::Manifest,
};
use std::{fs, path::Path};

/// Version of the model that this code trains.
pub const VERSION: &str = "0.1.0";

/// Writes `model.json` and `weights.bin` to `folder`, and gives the size of the weights.
///
/// # Errors
/// When a file cannot be written.
pub fn store(fitted: &Fitted, folder: &Path) -> Result<usize> {
    let weights = fitted.parts.to_bytes();
    let manifest = Manifest {
        id: "fast".to_owned(),
        version: VERSION.to_owned(),
        languages: vec!["en".to_owned()],
        unit_heads: fitted.unit_heads.clone(),
        comment_heads: fitted.comment_heads.clone(),
        weights_sha256: sha256(&[&weights]),
    };
    let name = |error: std::io::Error| Error::from(error).input(folder.display().to_string());
    fs::create_dir_all(folder).map_err(name)?;
    fs::write(folder.join("model.json"), manifest.to_json()?).map_err(name)?;
    fs::write(folder.join("weights.bin"), &weights).map_err(name)?;
    Ok(weights.len())
}

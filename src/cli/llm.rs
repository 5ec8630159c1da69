//! The arguments that name a language model, and what it makes of a summary.

use super::fetch::seconds;
use crate::{
    analysis::Analysis,
    fetch::Chat,
    model::Model,
    summary::{INSTRUCTIONS, Prose, Summary},
};
use anyhow::{Context, Result};
use std::time::Duration;

/// Who writes prose; nobody unless named.
#[derive(Debug, clap::Args)]
pub(super) struct Llm {
    /// Have the language model at this OpenAI-compatible address tell the extract in prose (it is
    /// sent there), and keep the sentences that the extract supports
    #[arg(long, value_name = "URL", requires = "llm_model")]
    llm: Option<String>,
    /// Name of that model, as its server knows it
    #[arg(long, value_name = "NAME", requires = "llm")]
    llm_model: Option<String>,
    /// Environment variable that holds the key for it; without this no key is sent
    #[arg(long, value_name = "VARIABLE", requires = "llm")]
    llm_key_env: Option<String>,
    /// Seconds for its answer
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds,
        requires = "llm")]
    llm_timeout: Duration,
}

/// A language model to ask.
pub(super) struct Writer<'a> {
    chat: Chat,
    model: &'a str,
}

impl Llm {
    /// The language model that is named, if one is.
    pub(super) fn writer(&self) -> Result<Option<Writer<'_>>> {
        let (Some(url), Some(model)) = (&self.llm, &self.llm_model) else {
            return Ok(None);
        };
        let key = self.llm_key_env.as_ref().map(|name| {
            std::env::var(name).with_context(|| {
                format!("{name}: no key in this variable; set it, or leave out --llm-key-env")
            })
        });
        let key = key.transpose()?;
        let chat = Chat::new(url, model, key.as_deref(), self.llm_timeout)?;
        Ok(Some(Writer { chat, model }))
    }
}

impl Writer<'_> {
    /// Prose about a summary; none where the summary is empty.
    pub(super) fn write(
        &self,
        analysis: &Analysis,
        summary: &Summary,
        judge: &dyn Model,
    ) -> crate::error::Result<Option<Prose>> {
        let brief = analysis.brief(summary);
        if brief.is_empty() {
            return Ok(None);
        }
        let answer = self.chat.ask(INSTRUCTIONS, &brief.content())?;
        let (sentences, dropped) = brief.check(&answer, judge);
        Ok(Some(Prose {
            endpoint: self.chat.endpoint(),
            model: self.model.to_owned(),
            sentences,
            dropped,
        }))
    }
}

//! Everything that is said of one thread, in one value.

#[cfg(test)]
mod corrected;
pub mod wire;

use crate::{
    argument::{self, ArgumentGraph, Chain, Contested, Metrics, People, Query, Standing},
    correct::{Corrections, Provenance},
    entity::{self, ActorStance, Entity},
    label::{ThreadLabels, label_thread},
    model::{Model, ModelInfo},
    relate::{Relation, relate},
    segment::{self, Unit},
    summary::{self, Brief, Material, Summary, summarize},
    thread::{CommentKind, Thread, Warning, codes},
};

/// Chains that an analysis holds at most; the most argued ones.
pub const MAX_CHAINS: usize = 100;

/// A thread with its units, labels, relations and chains.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The thread as its source read it.
    pub thread: Thread,
    /// Which model judged.
    pub model: ModelVersion,
    /// SHA-256 of the file of corrections, in hexadecimal, where there was one.
    pub corrections: Option<String>,
    /// Which judgements are people's; all others are the model's.
    pub provenance: Provenance,
    /// The units, in document order.
    pub units: Vec<Unit>,
    /// What is said of units and comments.
    pub labels: ThreadLabels,
    /// The relations, ordered by the unit they start from.
    pub relations: Vec<Relation>,
    /// Units and relations as a graph.
    pub graph: ArgumentGraph,
    /// The chains in which most is argued, at most [`MAX_CHAINS`].
    pub chains: Vec<Chain>,
    /// Claims and premises that others attack, the most fought over first.
    pub contested: Vec<Contested>,
    /// What the comments name, ordered by place.
    pub entities: Vec<Entity>,
    /// Where authors stand to the actors among these.
    pub actor_stances: Vec<ActorStance>,
    /// Which units are arguments, and how they stand against what was said against them.
    pub standing: Standing,
    /// Counts.
    pub metrics: Metrics,
    /// Who argues with whom.
    pub people: People,
    /// An extract of [`summary::WORDS`] words at most.
    pub summary: Summary,
    /// What was odd about the analysis; the thread has its own warnings.
    pub warnings: Vec<Warning>,
}

/// How a thread is analyzed.
#[derive(Debug, Clone, Copy, Default)]
pub struct How<'a> {
    /// Whether the words are sought that moved each asserted label; takes a pass of the model for each word.
    pub explained: bool,
    /// What people say in place of model and page.
    pub corrections: Option<&'a Corrections>,
}

/// The identity of a model, for whoever must defend a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelVersion {
    /// The model's name.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its artefact, in hexadecimal.
    pub sha256: String,
}

/// A warning for each comment whose language the model does not know.
fn unsupported(thread: &Thread, labels: &ThreadLabels, model: &ModelInfo) -> Vec<Warning> {
    let analyzed = thread
        .iter()
        .filter(|(_, comment)| comment.kind != CommentKind::Pingback);
    let foreign = analyzed.filter_map(|(idx, _)| {
        let language = labels.comments[idx.get()].language;
        let tag = language.filter(|tag| !model.knows(Some(tag)))?;
        Some(Warning {
            code: codes::UNSUPPORTED_LANGUAGE.into(),
            message: format!(
                "the comment is in `{tag}`, which the model does not know; it is not labeled"
            ),
            comment: Some(idx),
        })
    });
    foreign.collect()
}

/// A warning where strengths never came to rest.
fn unsettled(standing: &Standing) -> Option<Warning> {
    (!standing.settled).then(|| Warning {
        code: codes::UNSETTLED_STRENGTHS.into(),
        message:
            "in a circle of attacks and supports strengths did not come to rest; they are those of \
                  the last step"
                .to_owned(),
        comment: None,
    })
}

impl Analysis {
    /// Analyzes a thread; the same thread and model give the same analysis.
    #[must_use]
    pub fn new(thread: Thread, model: &dyn Model) -> Self {
        Self::judged(thread, model, How::default())
    }

    /// Analyzes a thread with what people say of it, and explained if that is asked for.
    #[must_use]
    pub fn judged(thread: Thread, model: &dyn Model, how: How<'_>) -> Self {
        let mut provenance = Provenance::default();
        let thread = match how.corrections {
            Some(corrections) => corrections.thread(thread, &mut provenance),
            None => thread,
        };
        let units = segment::units(&thread);
        let mut labels = label_thread(&thread, &units, model, how.explained);
        if let Some(corrections) = how.corrections {
            corrections.labels(&thread, &units, &mut labels, &mut provenance);
        }
        let mut relations = relate(&thread, &units, &labels);
        if let Some(corrections) = how.corrections {
            corrections.relations(&thread, &units, &mut relations, &mut provenance);
        }
        let chains = argument::chains(&thread, &units, &labels, &relations, MAX_CHAINS);
        let entities = entity::entities(&thread, &units);
        let material = Material {
            thread: &thread,
            units: &units,
            labels: &labels,
            relations: &relations,
        };
        let standing = argument::standing(&units, &labels, &relations);
        let info = model.info();
        let warnings = unsupported(&thread, &labels, info).into_iter();
        Self {
            model: ModelVersion {
                id: info.id.clone(),
                version: info.version.clone(),
                sha256: info.sha256.clone(),
            },
            corrections: how
                .corrections
                .map(|corrections| corrections.sha256.clone()),
            provenance,
            graph: ArgumentGraph::new(units.len(), &relations),
            contested: argument::contested(&units, &labels, &relations),
            actor_stances: entity::actor_stances(&thread, &entities),
            entities,
            metrics: argument::metrics(&thread, &units, &labels, &relations),
            people: argument::people(&thread, &units, &labels, &relations),
            summary: summarize(material, summary::WORDS),
            warnings: warnings.chain(unsettled(&standing)).collect(),
            standing,
            thread,
            units,
            labels,
            relations,
            chains,
        }
    }

    /// All chains that meet `query`, the most argued first, written out one by one as they are asked for.
    pub fn chains_where(&self, query: Query) -> impl Iterator<Item = Chain> + use<'_> {
        argument::all_chains(
            &self.thread,
            &self.units,
            &self.labels,
            &self.relations,
            query,
        )
    }

    /// An extract of `words` words at most, [`summary::MOST_WORDS`] of them at most.
    #[must_use]
    pub fn summarize(&self, words: usize) -> Summary {
        if words == self.summary.limit {
            return self.summary.clone();
        }
        summarize(self.material(), words)
    }

    /// What a writer of prose is given of a summary of this thread, and is checked by.
    #[must_use]
    pub fn brief(&self, summary: &Summary) -> Brief<'_> {
        Brief::new(self.material(), summary)
    }

    /// What summaries and comparisons of threads are made of.
    pub(crate) fn material(&self) -> Material<'_> {
        Material {
            thread: &self.thread,
            units: &self.units,
            labels: &self.labels,
            relations: &self.relations,
        }
    }

    /// The words of a unit.
    #[must_use]
    pub fn text(&self, unit: usize) -> &str {
        let Unit { comment, span, .. } = self.units[unit];
        span.slice(&self.thread.comment(comment).body.text)
    }
}

//! Everything that is said of one thread, in one value.

pub mod wire;

use crate::{
    argument::{self, ArgumentGraph, Chain, Contested, Metrics, People, Query, Standing},
    entity::{self, ActorStance, Entity},
    label::{ThreadLabels, label_thread},
    model::{Model, ModelInfo},
    relate::{Relation, relate},
    segment::{self, Unit},
    summary::{self, Material, Summary, summarize},
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
    /// The units, in document order.
    pub units: Vec<Unit>,
    /// What the model says of units and comments.
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
        Self::build(thread, model, false)
    }

    /// The same, with the words that moved each asserted label; takes a pass of the model for each word.
    #[must_use]
    pub fn explained(thread: Thread, model: &dyn Model) -> Self {
        Self::build(thread, model, true)
    }

    fn build(thread: Thread, model: &dyn Model, explained: bool) -> Self {
        let units = segment::units(&thread);
        let labels = label_thread(&thread, &units, model, explained);
        let relations = relate(&thread, &units, &labels);
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

//! `encoder`: one pass of a small transformer reads a reply together with what it answers, and gives all labels.
//!
//! The reader cuts texts into `windows`, `graphs` runs the exported network over each, and
//! `join` turns the windows' logits into probabilities of the comment, and `pool` pools them with those
//! of the linear model. `training/README.md` describes the same steps for the other side, which trains.

mod artifact;
mod graphs;
mod join;
mod manifest;
mod pool;
mod tokens;
mod windows;
mod workers;

use super::{Model, ModelInfo, Prediction, Reply};
pub(super) use artifact::Files;
use graphs::Graphs;
use join::Judgement;
use manifest::Manifest;
use pool::Pool;
use tokens::Reader;
use windows::{Plan, Window, cut};
use workers::Workers;

/// The `encoder` model.
#[derive(Debug)]
pub struct Encoder {
    info: ModelInfo,
    manifest: Manifest,
    reader: Reader,
    graphs: Graphs,
    workers: Workers,
    pool: Option<Pool>,
}

impl Model for Encoder {
    fn info(&self) -> &ModelInfo {
        &self.info
    }

    fn predict(&self, replies: &[Reply<'_>]) -> Vec<Prediction> {
        let tokens = self.reader.read_all(replies);
        let plans: Vec<Plan> = replies
            .iter()
            .zip(&tokens)
            .map(|(reply, texts)| cut(reply, texts, &self.manifest.window))
            .collect();
        let mut places: Vec<(usize, usize)> = Vec::new();
        for (number, plan) in plans.iter().enumerate() {
            places.extend((0..plan.windows.len()).map(|window| (number, window)));
        }
        let window = |&(plan, window): &(usize, usize)| -> &Window { &plans[plan].windows[window] };
        let lengths: Vec<usize> = places.iter().map(|place| window(place).ids.len()).collect();
        let judged = self.workers.run(&lengths, |at, pool| {
            self.graphs.judge(window(&places[at]), pool)
        });
        let mut judged = judged.into_iter();
        let predict = |(reply, plan): (&Reply<'_>, &Plan)| {
            let own: Vec<Judgement> = judged.by_ref().take(plan.windows.len()).collect();
            join::join(reply, plan, &own, &self.manifest)
        };
        let mut predictions: Vec<_> = replies.iter().zip(&plans).map(predict).collect();
        if let Some(pool) = &self.pool {
            pool.pool(replies, &mut predictions, &self.manifest);
        }
        predictions
    }
}

//! The exported network: a graph that reads tokens, and one that judges units, comment and links.

use super::{join::Judgement, manifest::Specials, windows::Window};
use crate::error::{Error, ErrorKind, Result};
use rten::{Model, ModelOptions, NodeId, RunError, RunOptions, ThreadPool, Value, ValueOrView};
use std::{borrow::Cow, fmt, ops::Range, sync::Arc};

/// Both graphs, ready to run.
pub(super) struct Graphs {
    encoder: Graph<3, 1>,
    heads: Graph<4, 3>,
    specials: Specials,
}

impl fmt::Debug for Graphs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graphs").finish_non_exhaustive()
    }
}

/// A graph with the nodes through which it is used.
struct Graph<const I: usize, const O: usize> {
    model: Model,
    inputs: [NodeId; I],
    outputs: [NodeId; O],
}

impl<const I: usize, const O: usize> Graph<I, O> {
    fn new(onnx: Cow<'static, [u8]>, inputs: [&str; I], outputs: [&str; O]) -> Result<Self> {
        let wrong = |error: &dyn fmt::Display| {
            Error::new(
                ErrorKind::Model,
                format!("the graph cannot be run: {error}"),
            )
        };
        let mut options = ModelOptions::with_all_ops();
        let options = options.prepack_weights(true);
        let loaded = match onnx {
            Cow::Borrowed(bytes) => options.load_static_slice(bytes),
            Cow::Owned(bytes) => options.load(bytes),
        };
        let model = loaded.map_err(|error| wrong(&error))?;
        let find = |name: &str| model.node_id(name).map_err(|error| wrong(&error));
        let ids = |names: &[&str]| {
            names
                .iter()
                .map(|name| find(name))
                .collect::<Result<Vec<_>>>()
        };
        let (inputs, outputs) = (ids(&inputs)?, ids(&outputs)?);
        let (Ok(inputs), Ok(outputs)) = (inputs.try_into(), outputs.try_into()) else {
            unreachable!("as many nodes as names")
        };
        Ok(Self {
            model,
            inputs,
            outputs,
        })
    }

    fn run(
        &self,
        inputs: [ValueOrView<'_>; I],
        pool: &Arc<ThreadPool>,
    ) -> std::result::Result<[Value; O], RunError> {
        let inputs = self.inputs.into_iter().zip(inputs).collect();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        self.model.run_n(inputs, self.outputs, Some(options))
    }
}

impl Graphs {
    /// Loads both graphs from their ONNX files.
    pub(super) fn new(
        encoder: Cow<'static, [u8]>,
        heads: Cow<'static, [u8]>,
        specials: Specials,
    ) -> Result<Self> {
        let inputs = ["input_ids", "attention_mask", "token_type_ids"];
        let read = ["last_hidden_state", "units", "parents", "sides"];
        let judged = ["unit_logits", "stance_logits", "link_logits"];
        Ok(Self {
            encoder: Graph::new(encoder, inputs, ["last_hidden_state"])?,
            heads: Graph::new(heads, read, judged)?,
            specials,
        })
    }

    /// What the network says of a window.
    pub(super) fn judge(&self, window: &Window, pool: &Arc<ThreadPool>) -> Judgement {
        self.try_judge(window, pool)
            .unwrap_or_else(|error| panic!("the network fails on a window that fits it: {error}"))
    }

    /// The same for a network that is not known to run.
    pub(super) fn try_judge(
        &self,
        window: &Window,
        pool: &Arc<ThreadPool>,
    ) -> std::result::Result<Judgement, Box<dyn std::error::Error + Send + Sync>> {
        let length = window.ids.len();
        let row = |values: Vec<i32>| Value::from_shape([1, length], values);
        let special = |at: usize| {
            if at == 0 {
                self.specials.cls
            } else {
                self.specials.sep
            }
        };
        let ids = window.ids.iter().enumerate();
        let ids = ids
            .map(|(at, id)| id.unwrap_or_else(|| special(at)) as i32)
            .collect();
        let types = (0..length)
            .map(|at| i32::from(at >= window.comment.start))
            .collect();
        let inputs = [row(ids)?, row(vec![1; length])?, row(types)?];
        let [hidden] = self.encoder.run(inputs.map(Into::into), pool)?;

        let units = averages(window.units.iter().map(|(_, place)| place), length)?;
        let parents = averages(window.parents.iter(), length)?;
        let sides = averages([&window.answered, &window.comment].into_iter(), length)?;
        let inputs = [hidden, units, parents, sides];
        let [units, stance, links] = self.heads.run(inputs.map(Into::into), pool)?;
        let ([_, _, width], units) = units.into_shape_vec::<f32, 3>()?;
        let (_, comment) = stance.into_shape_vec::<f32, 2>()?;
        let ([_, _, parents], links) = links.into_shape_vec::<f32, 3>()?;
        let rows = |values: &[f32], width: usize, used: usize| -> Vec<Vec<f32>> {
            let rows = values.chunks(width).take(window.units.len());
            rows.map(|row| row[..used].to_vec()).collect()
        };
        Ok(Judgement {
            units: rows(&units, width, width),
            comment,
            links: rows(&links, parents, window.parents.len()),
        })
    }
}

/// A matrix (1, places, length) whose rows average over the tokens of a place; at least one row.
fn averages<'a>(
    places: impl Iterator<Item = &'a Range<usize>>,
    length: usize,
) -> std::result::Result<Value, impl std::error::Error + Send + Sync + 'static> {
    let mut values = Vec::new();
    for place in places {
        let row = values.len();
        values.resize(row + length, 0.0);
        values[row + place.start..row + place.end].fill(1.0 / place.len() as f32);
    }
    values.resize(values.len().max(length), 0.0_f32);
    Value::from_shape([1, values.len() / length, length], values)
}

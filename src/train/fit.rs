//! Puts the model together: tables, combiners and thresholds from one set of examples.
//!
//! Scores that the combiners learn from, and probabilities that the thresholds are chosen on, are made
//! by cross-fitting over groups: each comes from weights that have not seen its group. So the
//! development side stays unseen until it is measured on.

use super::{
    crossfit::CrossFit,
    data::Example,
    layer::Layer,
    samples::{self, Samples},
    settings::{FOLDS, Settings},
    split::fold,
    targets::{COMMENT_OUTPUTS, label_outputs},
};
use crate::{
    label::Level,
    model::fast::{HeadLine, Parts, Row, Scores, Table},
};

/// What training gives.
#[derive(Debug)]
pub struct Fitted {
    /// The numbers of the model.
    pub(crate) parts: Parts,
    /// The heads on units.
    pub(crate) unit_heads: Vec<HeadLine>,
    /// The heads on comments.
    pub(crate) comment_heads: Vec<HeadLine>,
}

/// Trains on `examples`.
#[must_use]
pub fn fit(examples: &[Example], settings: &Settings) -> Fitted {
    let (units, comments) = samples::read(examples, settings.least);
    let comment_folds: Vec<_> = examples
        .iter()
        .map(|example| fold(&example.group, FOLDS))
        .collect();
    let owners = examples.iter().zip(&comment_folds);
    let unit_folds: Vec<_> = owners
        .flat_map(|(example, &fold)| std::iter::repeat_n(fold, example.units.len()))
        .collect();
    let unit_rows = settings.units.score(&units, &unit_folds);
    let comment_rows = settings.comments.score(&comments, &comment_folds);
    let scores = gather(examples, &unit_rows, &comment_rows);
    let inputs = scores.iter().flat_map(|scores| {
        let mean = scores.mean();
        let units = 0..scores.units.len();
        units.map(move |at| scores.unit_inputs(at, &mean))
    });
    let inputs: Vec<_> = inputs.collect();
    let unit_layer = Layer::fit(Level::Unit, &inputs, &units, &unit_folds, settings);
    let inputs: Vec<_> = scores.iter().map(Scores::comment_inputs).collect();
    let comment_layer = Layer::fit(Level::Comment, &inputs, &comments, &comment_folds, settings);
    Fitted {
        parts: Parts {
            unit_table: table(&units, &settings.units, label_outputs(Level::Unit)),
            comment_table: table(&comments, &settings.comments, COMMENT_OUTPUTS),
            unit_decisions: unit_layer.decisions,
            comment_decisions: comment_layer.decisions,
        },
        unit_heads: unit_layer.heads,
        comment_heads: comment_layer.heads,
    }
}

/// The table learned from all samples.
fn table(samples: &Samples, settings: &CrossFit, outputs: usize) -> Table {
    let all: Vec<_> = samples.list.iter().collect();
    let mut weights = settings.learn(&all, samples.keys.len());
    for (row, factor) in weights.iter_mut().zip(&samples.factors) {
        row.iter_mut().for_each(|weight| *weight *= factor);
    }
    Table::quantize(&samples.keys, &weights, outputs)
}

/// Puts the scores of each example together.
fn gather(examples: &[Example], units: &[Row], comments: &[Row]) -> Vec<Scores> {
    let mut rest = units;
    let mut scores = Vec::with_capacity(examples.len());
    for (example, &comment) in examples.iter().zip(comments) {
        let (own, others) = rest.split_at(example.units.len());
        rest = others;
        scores.push(Scores {
            units: own.to_vec(),
            comment,
        });
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        digest::sha256,
        model::{
            ReplyUnit,
            fast::{LANES, Manifest},
        },
        span::Span,
        train::targets::mark,
    };

    /// Comments that ask when they are odd, and otherwise claim.
    fn examples() -> Vec<Example> {
        let nouns = ["router", "kernel", "parser", "cipher", "mirror"];
        let example = |at: usize| {
            let noun = nouns[at % nouns.len()];
            let (role, text) = match at % 2 {
                0 => ("claim", format!("The {noun} is broken.")),
                _ => ("question", format!("Why is the {noun} broken?")),
            };
            let mut targets = [0; LANES];
            mark(&mut targets, "role", [role]).unwrap();
            mark(&mut targets, "basis", []).unwrap();
            Example {
                file: "test".to_owned(),
                board: "test".to_owned(),
                group: format!("group {at}"),
                title: None,
                answered: None,
                is_reply: false,
                units: vec![ReplyUnit {
                    span: Span::new(0, text.len()),
                    is_quote: false,
                    is_code: false,
                }],
                unit_targets: vec![targets],
                targets: [0; LANES],
                text,
            }
        };
        (0..80).map(example).collect()
    }

    fn role_of(fitted: &Fitted, text: &str) -> usize {
        use crate::model::{Model, Reply, fast::Fast};
        let weights = fitted.parts.to_bytes();
        let manifest = Manifest {
            id: "test".to_owned(),
            version: "1".to_owned(),
            languages: Vec::new(),
            unit_heads: fitted.unit_heads.clone(),
            comment_heads: fitted.comment_heads.clone(),
            weights_sha256: sha256(&[&weights]),
        };
        let model = Fast::from_bytes(manifest.to_json().unwrap().as_bytes(), &weights).unwrap();
        let units = [ReplyUnit {
            span: Span::new(0, text.len()),
            is_quote: false,
            is_code: false,
        }];
        let said = model.predict(&[Reply {
            text,
            title: None,
            units: &units,
            answered: None,
            answered_units: &[],
            is_reply: false,
        }]);
        let role = &said[0].units[0][..5];
        (0..5).max_by(|&a, &b| role[a].total_cmp(&role[b])).unwrap()
    }

    #[test]
    fn learns_a_rule_the_same_way_every_time() {
        let settings = Settings::default();
        let fitted = fit(&examples(), &settings);
        assert_eq!(role_of(&fitted, "The proxy is broken."), 0);
        assert_eq!(role_of(&fitted, "Why is the proxy broken?"), 2);
        let again = fit(&examples(), &settings);
        assert_eq!(fitted.parts.to_bytes(), again.parts.to_bytes());
    }
}

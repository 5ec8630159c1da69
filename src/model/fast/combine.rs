//! The second layer: turns the scores of a unit and of what stands around it into probabilities.
//!
//! The first layer sees one unit at a time and its scores are no probabilities. A [`Combiner`] reads the
//! scores of the unit, its neighbors and its comment (stacking, Wolpert 1992) and is fitted on scores
//! that were made by cross-fitting, so that its softmax is calibrated as Platt's (1999) sigmoid is.

use super::{
    bytes::{Reader, Writer},
    table::{LANES, Row},
};
use crate::error::{Error, ErrorKind, Result};

/// A multinomial logistic regression over a few dense inputs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Combiner {
    inputs: usize,
    /// Per class the weights of the inputs and the bias last.
    classes: Vec<Vec<f32>>,
}

impl Combiner {
    /// A combiner with the given weights: per class those of the inputs, and the bias last.
    pub(crate) const fn new(inputs: usize, classes: Vec<Vec<f32>>) -> Self {
        Self { inputs, classes }
    }

    /// The probability of every class.
    pub(crate) fn probabilities(&self, inputs: &[f32], out: &mut Vec<f32>) {
        let start = out.len();
        for class in &self.classes {
            let products = class
                .iter()
                .zip(inputs)
                .map(|(weight, input)| weight * input);
            out.push(products.sum::<f32>() + class[self.inputs]);
        }
        let largest = out[start..].iter().copied().fold(f32::MIN, f32::max);
        out[start..]
            .iter_mut()
            .for_each(|score| *score = (*score - largest).exp());
        let sum: f32 = out[start..].iter().sum();
        out[start..].iter_mut().for_each(|score| *score /= sum);
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.u32(self.inputs as u32);
        out.u32(self.classes.len() as u32);
        self.classes.iter().for_each(|class| out.f32s(class));
    }

    pub(super) fn read(input: &mut Reader<'_>, inputs: usize, classes: usize) -> Result<Self> {
        let found = (input.u32()? as usize, input.u32()? as usize);
        if found != (inputs, classes) {
            let cause = format!(
                "a combiner of {} inputs and {} classes stands where {inputs} and {classes} are due",
                found.0, found.1
            );
            return Err(Error::new(ErrorKind::Model, cause));
        }
        let mut weights = vec![vec![0.0; inputs + 1]; classes];
        for class in &mut weights {
            input.f32s(class)?;
        }
        Ok(Self::new(inputs, weights))
    }
}

/// The first layer's scores for one comment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scores {
    /// One row per unit.
    pub(crate) units: Vec<Row>,
    /// One row for the whole comment.
    pub(crate) comment: Row,
}

/// Number of inputs of a unit's combiners.
pub(crate) const UNIT_INPUTS: usize = 5 * LANES + 2;
/// Number of inputs of a comment's combiners.
pub(crate) const COMMENT_INPUTS: usize = 4 * LANES;

impl Scores {
    /// What the combiners read of unit `at`: its scores, those of its neighbors, the mean over the
    /// comment (see [`mean`](Self::mean)), the comment's own, and whether there are neighbors.
    pub(crate) fn unit_inputs(&self, at: usize, mean: &Row) -> Vec<f32> {
        let row = |at: Option<usize>| at.and_then(|at| self.units.get(at));
        let none = [0.0; LANES];
        let (before, behind) = (row(at.checked_sub(1)), row(Some(at + 1)));
        let mut inputs = Vec::with_capacity(UNIT_INPUTS);
        inputs.extend(self.units[at]);
        inputs.extend(before.unwrap_or(&none));
        inputs.extend(behind.unwrap_or(&none));
        inputs.extend(mean);
        inputs.extend(self.comment);
        inputs.extend([before, behind].map(|row| f32::from(u8::from(row.is_some()))));
        inputs
    }

    /// What the combiners read of the comment: its own scores, and the mean, the largest and the first
    /// of its units.
    pub(crate) fn comment_inputs(&self) -> Vec<f32> {
        let mut inputs = Vec::with_capacity(COMMENT_INPUTS);
        inputs.extend(self.comment);
        inputs.extend(self.mean());
        let largest = |output: usize| self.units.iter().map(|row| row[output]).reduce(f32::max);
        inputs.extend((0..LANES).map(|output| largest(output).unwrap_or_default()));
        inputs.extend(self.units.first().unwrap_or(&[0.0; LANES]));
        inputs
    }

    /// The mean over the comment's units.
    pub(crate) fn mean(&self) -> Row {
        let mut mean = [0.0; LANES];
        for row in &self.units {
            for (mean, score) in mean.iter_mut().zip(row) {
                *mean += score / self.units.len() as f32;
            }
        }
        mean
    }
}

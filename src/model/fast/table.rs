//! The table of weights: for each known feature one small integer per output.
//!
//! A feature is found by its 32-bit key: the high half picks a bucket, the low half the entry in it. A
//! key that training did not keep is not there, so unknown words add nothing, where a plain hashed table
//! would add the weights of some other word. Weights are 8-bit integers with one scale per output; sums
//! over a block are sums of integers and so the same in any order.

use super::features::Features;
use crate::{
    error::{Error, ErrorKind, Result},
    model::fast::bytes::{Reader, Writer},
};

/// Outputs of a table, used or not: as many as fit one vector instruction.
pub(crate) const LANES: usize = 16;

/// One value per output.
pub(crate) type Row = [f32; LANES];

const BUCKETS: usize = 1 << 16;

/// Weights of hashed features.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    outputs: usize,
    /// What one step of a weight is worth, per output.
    steps: Row,
    /// First entry of every bucket, and the number of entries last.
    starts: Vec<u32>,
    tails: Vec<u16>,
    weights: Vec<[i8; LANES]>,
}

impl Table {
    /// Rounds weights to 8 bits. `weights` holds one row per key, the keys in ascending order.
    pub(crate) fn quantize(keys: &[u32], weights: &[Row], outputs: usize) -> Self {
        let mut steps = [0.0; LANES];
        for (output, step) in steps.iter_mut().enumerate().take(outputs) {
            let largest = weights.iter().map(|row| row[output].abs());
            *step = largest.fold(f32::MIN_POSITIVE, f32::max) / 127.0;
        }
        let round = |row: &Row| {
            std::array::from_fn(|at| {
                if at < outputs {
                    (row[at] / steps[at]).round() as i8
                } else {
                    0
                }
            })
        };
        Self {
            outputs,
            steps,
            starts: bucket_starts(keys),
            tails: keys.iter().map(|&key| key as u16).collect(),
            weights: weights.iter().map(round).collect(),
        }
    }

    /// Number of features.
    pub(crate) fn len(&self) -> usize {
        self.tails.len()
    }

    /// The weighted sums of the features.
    pub(crate) fn score(&self, features: &Features) -> Row {
        let mut total = [0.0; LANES];
        for (keys, value) in features.blocks() {
            let mut sum = [0_i32; LANES];
            for &key in keys {
                if let Some(row) = self.find(key) {
                    for (sum, &weight) in sum.iter_mut().zip(row) {
                        *sum += i32::from(weight);
                    }
                }
            }
            for (total, sum) in total.iter_mut().zip(sum) {
                *total += value * sum as f32;
            }
        }
        for (total, step) in total.iter_mut().zip(self.steps) {
            *total *= step;
        }
        total
    }

    #[inline]
    fn find(&self, key: u32) -> Option<&[i8; LANES]> {
        let bucket = (key >> 16) as usize;
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        let start = range.start;
        let tail = key as u16;
        let at = self.tails[range].iter().position(|&other| other == tail)?;
        Some(&self.weights[start + at])
    }

    /// Writes the table.
    pub(super) fn write(&self, out: &mut Writer) {
        out.u32(self.outputs as u32);
        out.u32(self.len() as u32);
        out.f32s(&self.steps[..self.outputs]);
        for bucket in self.starts.windows(2) {
            out.u16((bucket[1] - bucket[0]) as u16);
        }
        self.tails.iter().for_each(|&tail| out.u16(tail));
        for output in 0..self.outputs {
            self.weights.iter().for_each(|row| out.i8(row[output]));
        }
    }

    /// Reads what [`write`](Self::write) wrote.
    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self> {
        let outputs = input.u32()? as usize;
        let len = input.u32()? as usize;
        if outputs > LANES {
            let cause = format!("a table with {outputs} outputs, where {LANES} fit");
            return Err(Error::new(ErrorKind::Model, cause));
        }
        let mut steps = [0.0; LANES];
        input.f32s(&mut steps[..outputs])?;
        let mut starts = vec![0];
        let mut total = 0;
        for _ in 0..BUCKETS {
            total += u32::from(input.u16()?);
            starts.push(total);
        }
        if total as usize != len {
            let cause = format!("the buckets hold {total} features and the table {len}");
            return Err(Error::new(ErrorKind::Model, cause));
        }
        let tails = input.take(len * 2)?.chunks_exact(2);
        let tails = tails
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        let mut weights = vec![[0; LANES]; len];
        for output in 0..outputs {
            let column = input.take(len)?;
            for (row, &byte) in weights.iter_mut().zip(column) {
                row[output] = byte as i8;
            }
        }
        Ok(Self {
            outputs,
            steps,
            starts,
            tails,
            weights,
        })
    }
}

fn bucket_starts(keys: &[u32]) -> Vec<u32> {
    let before =
        |bucket: usize| keys.partition_point(|&key| ((key >> 16) as usize) < bucket) as u32;
    (0..=BUCKETS).map(before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_features_add_nothing() {
        let mut row = [0.0; LANES];
        row[0] = 2.0;
        let table = Table::quantize(&[], &[], 2);
        let mut features = Features::default();
        features.add(1, 2);
        features.end_block(1.0);
        assert_eq!(table.score(&features), [0.0; LANES]);
        let key = features.blocks().next().unwrap().0[0];
        let table = Table::quantize(&[key], &[row], 2);
        assert!((table.score(&features)[0] - 2.0).abs() < 1e-6);
    }
}

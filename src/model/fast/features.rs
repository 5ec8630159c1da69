//! Features: hashed names in blocks, the same at training and at inference.
//!
//! A block is one way of looking at a text (its words, its letters, its neighbors). Every feature of a
//! block has the same value, one over the square root of their number, so that a long unit weighs no
//! more than a short one; the table of weights holds what a block is worth. Names are hashed (Weinberger
//! et al. 2009) to 32 bits, wide enough that two n-grams of a vocabulary hardly ever meet.

use super::hash::mix;

/// The features of one unit or one comment.
#[derive(Debug, Default)]
pub(crate) struct Features {
    keys: Vec<u32>,
    /// Per block its end and the value of its features.
    ends: Vec<(usize, f32)>,
}

impl Features {
    /// Drops all features and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.ends.clear();
    }

    /// Adds the feature that `name` hashes to, told apart from other kinds by `salt`.
    #[inline]
    pub(super) fn add(&mut self, salt: u64, name: u64) {
        // The high bits of the product are the well-mixed ones.
        let key = mix(salt, name).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        self.keys.push(key as u32);
    }

    /// Closes the current block, whose features together get the length `norm`.
    pub(super) fn end_block(&mut self, norm: f32) {
        let start = self.ends.last().map_or(0, |block| block.0);
        let count = (self.keys.len() - start).max(1) as f32;
        self.ends.push((self.keys.len(), norm / count.sqrt()));
    }

    /// The blocks in order: their features and the value that each of these has.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&[u32], f32)> {
        let ends = self.ends.iter().map(|block| block.0);
        let starts = std::iter::once(0).chain(ends);
        starts
            .zip(&self.ends)
            .map(|(start, &(end, value))| (&self.keys[start..end], value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_the_length_it_is_given() {
        let mut features = Features::default();
        features.end_block(3.0);
        (0..9).for_each(|name| features.add(5, name));
        features.end_block(2.0);
        let blocks: Vec<_> = features.blocks().collect();
        assert!(blocks[0].0.is_empty());
        let (keys, value) = blocks[1];
        assert!((keys.len() as f32 * value * value - 4.0).abs() < 1e-5);
    }

    /// A changed key would make every stored model talk nonsense without an error.
    #[test]
    fn keys_stay_what_they_were() {
        let mut features = Features::default();
        features.add(1, 2);
        features.add(3, 4);
        features.end_block(1.0);
        let keys = features.blocks().next().unwrap().0;
        assert_eq!(keys, [4_100_775_779, 2_270_211_302]);
    }
}

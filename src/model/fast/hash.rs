//! Hashes of words and n-grams: the same on every machine, since they are stored in artefacts.

/// Start value of every hash.
pub(super) const SEED: u64 = 0x5265_6A6F_696E_6431;

/// Adds one value to a hash.
#[inline]
pub(super) const fn mix(hash: u64, value: u64) -> u64 {
    // The multiplier of MurmurHash3's finalizer; the shift brings the well-mixed high bits down.
    let mixed = (hash ^ value).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed ^ (mixed >> 32)
}

/// Adds a text to a hash.
#[inline]
pub(super) fn mix_bytes(hash: u64, bytes: &[u8]) -> u64 {
    let whole = bytes.chunks_exact(8);
    let rest = whole.remainder();
    let mut hash = whole.fold(hash, |hash, chunk| mix(hash, little_endian(chunk)));
    hash = mix(hash, little_endian(rest));
    mix(hash, bytes.len() as u64)
}

/// Up to eight bytes as a number.
#[inline]
fn little_endian(bytes: &[u8]) -> u64 {
    let steps = bytes.iter().enumerate();
    steps.fold(0, |sum, (at, &byte)| sum | u64::from(byte) << (8 * at))
}

/// The hash of a name that is known when the program is written.
pub(super) fn name(text: &str) -> u64 {
    mix_bytes(SEED, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A changed hash would make every stored model talk nonsense without an error.
    #[test]
    fn stays_what_it_was() {
        let hashes = ["", "a", "firewall", "certificate pinning"].map(name);
        let expected = [
            18_059_856_927_446_755_226,
            1_434_784_100_676_235_581,
            13_413_684_786_314_934_302,
            12_516_760_237_480_131_824,
        ];
        assert_eq!(hashes, expected);
    }
}

//! Little-endian numbers in and out of bytes.

use crate::error::{Error, ErrorKind, Result};

/// Collects numbers.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn i8(&mut self, number: i8) {
        self.bytes.push(number as u8);
    }

    pub(super) fn u16(&mut self, number: u16) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn f32s(&mut self, numbers: &[f32]) {
        for number in numbers {
            self.bytes.extend(number.to_le_bytes());
        }
    }
}

/// Reads numbers, and says so when they end early.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Number of bytes not yet read.
    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            let left = self.rest.len();
            let cause =
                format!("the weights end early: {count} more bytes are due and {left} are left");
            return Err(Error::new(ErrorKind::Model, cause));
        };
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn u16(&mut self) -> Result<u16> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    pub(super) fn u32(&mut self) -> Result<u32> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    pub(super) fn f32s(&mut self, out: &mut [f32]) -> Result<()> {
        for number in out {
            *number = f32::from_bits(self.u32()?);
        }
        Ok(())
    }
}

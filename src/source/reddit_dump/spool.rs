//! Sorts lines by thread through temporary files, so that memory stays bounded whatever the input.
//!
//! Lines go to one of [`PARTS`] files by the hash of their thread. Each file is then put in order: the
//! lines of a thread together, threads by their first line. Merging the files by first line gives the
//! threads in the order in which the input has them.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
};

/// The number of files; the system must allow as many to be open at once.
pub(super) const PARTS: usize = 128;

/// Bytes that are read or written at once.
const BUFFER: usize = 16 << 10;

/// Writes lines to the file of their thread.
pub(super) struct Spool {
    parts: Vec<Option<BufWriter<File>>>,
}

impl Default for Spool {
    fn default() -> Self {
        let parts = std::iter::repeat_with(|| None).take(PARTS).collect();
        Self { parts }
    }
}

/// A line in a part: its number in the input, its thread's id, its bytes.
struct Record<'a> {
    number: u64,
    thread: &'a [u8],
    line: &'a [u8],
}

impl Record<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.number.to_le_bytes())?;
        write_bytes(out, self.thread)?;
        write_bytes(out, self.line)
    }
}

impl Spool {
    /// Whether no line was added.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.iter().all(Option::is_none)
    }

    /// Adds the line with this number to a thread.
    pub(super) fn add(&mut self, thread: &str, number: usize, line: &[u8]) -> io::Result<()> {
        let part = &mut self.parts[part_of(thread)];
        let file = match part {
            Some(file) => file,
            None => part.insert(BufWriter::with_capacity(BUFFER, tempfile::tempfile()?)),
        };
        let thread = thread.as_bytes();
        Record {
            number: number as u64,
            thread,
            line,
        }
        .write(file)
    }

    /// Puts every part in order and gives the threads.
    pub(super) fn sort(self) -> io::Result<Sorted> {
        let mut parts = Vec::new();
        let mut heads = BinaryHeap::new();
        for file in self.parts.into_iter().flatten() {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            let mut part = BufReader::with_capacity(BUFFER, in_order(file)?);
            if let Some(first) = read_number(&mut part)? {
                heads.push(Reverse((first, parts.len())));
            }
            parts.push(part);
        }
        Ok(Sorted { parts, heads })
    }
}

/// The part of a thread: FNV-1a, the same on every run.
fn part_of(thread: &str) -> usize {
    let hash = thread
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    (hash % PARTS as u64) as usize
}

/// Where a line of a part stands.
struct Place {
    number: u64,
    start: u64,
    length: u32,
}

/// Writes a part anew, thread by thread: the number of the thread's first line, its id, the count of its
/// lines, and these with their numbers.
fn in_order(mut part: File) -> io::Result<File> {
    part.rewind()?;
    let mut reader = BufReader::with_capacity(BUFFER, part);
    let mut threads: Vec<(Vec<u8>, Vec<Place>)> = Vec::new();
    let mut by_id: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut at = 0;
    while let Some(number) = read_number(&mut reader)? {
        let thread = read_bytes(&mut reader)?;
        let length = read_length(&mut reader)?;
        let start = at + 8 + 4 + thread.len() as u64 + 4;
        reader.seek_relative(i64::from(length))?;
        at = start + u64::from(length);
        let place = Place {
            number,
            start,
            length,
        };
        match by_id.get(&thread) {
            Some(&known) => threads[known].1.push(place),
            None => {
                by_id.insert(thread.clone(), threads.len());
                threads.push((thread, vec![place]));
            }
        }
    }
    drop(by_id);
    let mut part = reader.into_inner();
    let mut out = BufWriter::with_capacity(BUFFER, tempfile::tempfile()?);
    let mut line = Vec::new();
    for (id, places) in threads {
        let first = places.first().map_or(0, |place| place.number);
        out.write_all(&first.to_le_bytes())?;
        write_bytes(&mut out, &id)?;
        out.write_all(&(places.len() as u64).to_le_bytes())?;
        for place in places {
            part.seek(SeekFrom::Start(place.start))?;
            line.resize(place.length as usize, 0);
            part.read_exact(&mut line)?;
            out.write_all(&place.number.to_le_bytes())?;
            write_bytes(&mut out, &line)?;
        }
    }
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

/// The lines of a thread with their numbers.
pub(super) struct Group {
    pub(super) id: String,
    pub(super) lines: Vec<(usize, Vec<u8>)>,
}

/// The threads, in the order of their first lines.
pub(super) struct Sorted {
    parts: Vec<BufReader<File>>,
    /// For each part that is not at its end, the first line of its next thread.
    heads: BinaryHeap<Reverse<(u64, usize)>>,
}

impl Sorted {
    fn group(&mut self, at: usize) -> io::Result<Group> {
        let part = &mut self.parts[at];
        let id = String::from_utf8_lossy(&read_bytes(part)?).into_owned();
        let count = read_number(part)?.unwrap_or(0);
        let mut lines = Vec::new();
        for _ in 0..count {
            let number = read_number(part)?.unwrap_or(0);
            lines.push((number as usize, read_bytes(part)?));
        }
        if let Some(next) = read_number(part)? {
            self.heads.push(Reverse((next, at)));
        }
        Ok(Group { id, lines })
    }
}

impl Iterator for Sorted {
    type Item = crate::error::Result<Group>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((_, at)) = self.heads.pop()?;
        Some(self.group(at).map_err(super::disk))
    }
}

fn write_bytes(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&(bytes.len() as u32).to_le_bytes())?;
    out.write_all(bytes)
}

/// A number, or nothing at the end of a file.
fn read_number(input: &mut impl io::BufRead) -> io::Result<Option<u64>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    Ok(Some(u64::from_le_bytes(bytes)))
}

fn read_length(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn read_bytes(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; read_length(input)? as usize];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_thread_come_together_in_the_order_of_the_input() {
        let mut spool = Spool::default();
        for number in 1..2000 {
            let thread = format!("t{}", number * 7 % 300);
            spool
                .add(&thread, number, format!("line {number}").as_bytes())
                .unwrap();
        }
        let mut seen = 0;
        let mut last = 0;
        for group in spool.sort().unwrap() {
            let group = group.unwrap();
            assert!(group.lines[0].0 > last);
            last = group.lines[0].0;
            let mut before = 0;
            for (number, line) in &group.lines {
                assert!(*number > before);
                assert_eq!(group.id, format!("t{}", number * 7 % 300));
                assert_eq!(line, format!("line {number}").as_bytes());
                before = *number;
                seen += 1;
            }
        }
        assert_eq!(seen, 1999);
    }
}

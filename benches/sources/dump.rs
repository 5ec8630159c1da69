//! A compressed Reddit dump, made and read by the program as a process of its own: time and peak memory.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The window that the dumps are compressed with, as a power of two.
const WINDOW_LOG: u32 = 31;
/// Comments of a thread, on average.
const PER_THREAD: u64 = 50;

/// Makes a dump of `megabytes` in `folder`, reads it, and prints what it cost.
pub(crate) fn run(megabytes: u64, folder: &Path) {
    let path = folder.join("RC_2031-01.zst");
    let comments = make(&path, megabytes << 20);
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .args(["parse", "--quiet"])
        .arg(&path)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory(child.id()).unwrap_or(0));
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break status,
            None => thread::sleep(Duration::from_millis(20)),
        }
    };
    let packed = fs::metadata(&path).map_or(0, |file| file.len()) >> 20;
    println!(
        "\nReddit dump of {megabytes} MiB, {packed} MiB packed, {comments} comments: {:.1} s, peak memory {} MiB, {status}",
        start.elapsed().as_secs_f64(),
        peak >> 10
    );
}

/// Writes comments of many threads, mixed as they come in over a month; gives their number.
fn make(path: &Path, bytes: u64) -> u64 {
    let file = BufWriter::new(File::create(path).expect("a file is made"));
    let mut packer = zstd::Encoder::new(file, 1).expect("a packer");
    packer.window_log(WINDOW_LOG).expect("a window");
    packer.long_distance_matching(true).expect("long distances");
    let (mut written, mut count) = (0, 0_u64);
    let mut draw = 88_172_645_463_325_252_u64;
    while written < bytes {
        draw ^= draw << 13;
        draw ^= draw >> 7;
        draw ^= draw << 17;
        // Threads live for a while: new ones begin as older ones end.
        let thread = (count + draw % (200 * PER_THREAD)) / PER_THREAD;
        let parent = match draw % 3 {
            0 => format!("t3_{thread:x}"),
            _ => format!("t1_{:x}", count.saturating_sub(draw >> 50)),
        };
        let line = format!(
            "{{\"author\":\"user{}\",\"body\":\"Comment {count}: the vendor knew of {draw:x} for weeks, and the patch \
             {:x} came late. Who checks that, and who pays?\",\"controversiality\":0,\"created_utc\":{},\"distinguished\":null,\
             \"edited\":false,\"gilded\":0,\"id\":\"{count:x}\",\"link_id\":\"t3_{thread:x}\",\"parent_id\":\"{parent}\",\
             \"score\":{},\"stickied\":false,\"subreddit\":\"netsec\",\"subreddit_id\":\"t5_1\"}}\n",
            draw % 9973,
            draw >> 20,
            1_900_000_000 + count,
            draw % 40
        );
        packer
            .write_all(line.as_bytes())
            .expect("a line is written");
        written += line.len() as u64;
        count += 1;
    }
    let mut file = packer.finish().expect("the packer ends");
    file.flush().expect("the file is whole");
    count
}

/// The most memory that a process has held so far, in KiB, where the system tells it.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

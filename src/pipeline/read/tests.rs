//! Tests of reading inputs.

use super::*;
use crate::pipeline::warc::tests::response;
use std::{fs, io::Write};
use tempfile::{TempDir, tempdir};

const THREAD: &str = r#"{"schema":"rejoinder/thread@1","comments":[{"id":"a","text":"Hi"}]}"#;

/// A line of a thread with an id, whose comments have the ids given.
fn line(id: &str, comments: &[&str]) -> String {
    let comments: Vec<_> = comments
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","text":"Text of {id}."}}"#))
        .collect();
    let comments = comments.join(",");
    format!(
        r#"{{"schema":"rejoinder/thread@1","id":"{id}","source":"board-json","comments":[{comments}]}}"#
    )
}

fn file(content: &[u8]) -> (TempDir, Input) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("input");
    fs::write(&path, content).unwrap();
    let name = path.display().to_string();
    (folder, Input { name, found: false })
}

/// What is read, in words, without the folder's name.
fn told(content: &[u8], found: bool) -> Vec<String> {
    let (folder, mut input) = file(content);
    input.found = found;
    let at = format!("{}/", folder.path().display());
    let reads = Reader::default().read(&input).map(|read| match read {
        Ok(Read::Thread { input, thread }) => {
            let ids: Vec<_> = thread
                .comments
                .iter()
                .map(|comment| comment.id.as_str())
                .collect();
            let url = thread.url.as_deref().unwrap_or("-");
            format!("{input}: {} {} {url}", thread.id, ids.join(" "))
        }
        Ok(Read::Unknown(name)) => format!("{name}: unknown"),
        Err(error) => format!("error: {error}"),
    });
    reads.map(|told| told.replace(&at, "")).collect()
}

#[test]
fn a_source_is_found_or_taken_as_said() {
    let read = |bytes: &'static str, source| {
        let reader = Reader {
            source,
            ..Reader::default()
        };
        let mut threads = reader.threads(Box::new(bytes.as_bytes()))?;
        threads.next().unwrap()
    };
    let native = source::by_id("rejoinder");
    assert_eq!(read(THREAD, None).unwrap().comments.len(), 1);
    assert_eq!(read(THREAD, native).unwrap().comments.len(), 1);
    assert_eq!(
        read("hello", None).unwrap_err().kind(),
        ErrorKind::UnknownSource
    );
    assert_eq!(
        read("hello", native).unwrap_err().kind(),
        ErrorKind::Malformed
    );
    for empty in ["", " \r\n\t\n"] {
        assert_eq!(read(empty, None).unwrap_err().kind(), ErrorKind::Empty);
        assert_eq!(read(empty, native).unwrap_err().kind(), ErrorKind::Empty);
    }
}

#[test]
fn other_encodings_and_white_space_do_no_harm() {
    let utf16: Vec<u8> = format!("\u{feff}{THREAD}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    for content in [utf16, format!("\u{feff}\r\n {THREAD}").into_bytes()] {
        assert_eq!(told(&content, false), ["input: thread a -"]);
    }
}

#[test]
fn what_no_source_knows_is_to_be_expected_in_folders_alone() {
    for content in [&b"just words"[..], b"\x89PNG\0\0", b"PK\x03\x04"] {
        assert!(told(content, false)[0].starts_with("error: input: "));
        assert_eq!(told(content, true), ["input: unknown"]);
    }
    assert_eq!(told(b"<html><p>About us", true), ["input: unknown"]);
    assert!(told(b"", true)[0].contains("the input is empty"));
}

#[test]
fn the_pages_of_an_archive_are_read_and_merged() {
    let page = |url: &str, body: &str| response(url, 200, "application/json", body.as_bytes());
    let archive = [
        page("https://board.example/1", &line("1", &["a", "b"])),
        page("https://board.example/about", "<html><p>About"),
        page("https://board.example/2", &line("2", &["x"])),
        page("https://board.example/1?p=2", &line("1", &["c"])),
        page(
            "https://board.example/3",
            "{\"schema\":\"rejoinder/thread@9\"}",
        ),
    ];
    let mut told = told(&archive.concat(), false);
    assert!(
        told[1].starts_with("error: input#https://board.example/3: line 1: "),
        "{told:?}"
    );
    told.remove(1);
    let expected = [
        "input#https://board.example/about: unknown",
        "input#https://board.example/1: 1 a b c https://board.example/1",
        "input#https://board.example/2: 2 x https://board.example/2",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_cut_archive_gives_what_is_whole() {
    let page = |url: &str| response(url, 200, "application/json", line(url, &["a"]).as_bytes());
    let pages = ["https://board.example/1", "https://board.example/2"].map(page);
    let plain = pages.concat();
    let packed = pages.map(|page| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&page).unwrap();
        packer.finish().unwrap()
    });
    for (archive, cause) in [
        (plain, "the archive's last record is cut"),
        (packed.concat(), "the archive breaks off: "),
    ] {
        let told = told(&archive[..archive.len() - 30], false);
        assert!(
            told[0].starts_with(&format!("error: input: {cause}")),
            "{told:?}"
        );
        assert_eq!(
            told[1],
            "input#https://board.example/1: https://board.example/1 a https://board.example/1"
        );
        assert_eq!(told.len(), 2);
    }
}

#[test]
fn a_cut_stream_gives_what_came_before() {
    let lines: String = (0..2000)
        .map(|id| line(&id.to_string(), &["a"]) + "\n")
        .collect();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(lines.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let mut told = told(&packed[..packed.len() / 2], false);
    let last = told.pop().unwrap();
    assert!(
        last.starts_with("error: input: the input breaks off after "),
        "{last}"
    );
    let threads = told
        .iter()
        .filter(|told| told.starts_with("input: "))
        .count();
    assert!(
        threads > 500 && told.len() <= threads + 1,
        "{threads} {}",
        told.len()
    );
}

#[test]
fn mails_of_several_files_are_one_thread_when_merged() {
    let mail = |id: u8, answers: &str| {
        format!(
            "From: Ada <ada@list.example>\nDate: Tue, 1 Apr 2008 07:36:46 +0200\nMessage-ID: <{id}>\nSubject: Keys\n{answers}\nText {id}.\n"
        )
    };
    let read = [
        mail(3, "In-Reply-To: <2>\n"),
        mail(1, ""),
        mail(2, "In-Reply-To: <1>\n"),
        mail(9, ""),
    ]
    .map(|mail| {
        let (_folder, input) = file(mail.as_bytes());
        match Reader::default().read(&input).next() {
            Some(Ok(Read::Thread { input, thread })) => (input, *thread),
            other => panic!("{other:?}"),
        }
    });
    let merged = merge_same(read.into());
    let told: Vec<Vec<_>> = merged
        .iter()
        .map(|(_, thread)| {
            let comments = thread.comments.iter();
            comments
                .map(|comment| (comment.id.as_str(), comment.depth))
                .collect()
        })
        .collect();
    assert_eq!(
        told.iter().map(Vec::len).collect::<Vec<_>>(),
        [3, 1],
        "{told:?}"
    );
    for expected in [("1", 0), ("2", 1), ("3", 2)] {
        assert!(told[0].contains(&expected), "{told:?}");
    }
    assert_eq!(merged[0].1.id, "1");
}

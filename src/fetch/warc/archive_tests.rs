//! Archives that are closed, cut, damaged or somebody else's.

use super::*;
use std::fs;
use tempfile::{TempDir, tempdir};

fn now() -> Timestamp {
    "2024-01-02T03:04:05.6Z".parse().unwrap()
}

fn url(n: usize) -> Url {
    Url::parse(&format!("http://forum.example/{n}?a=b")).unwrap()
}

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        head: format!("HTTP/1.1 {status} \r\nContent-Type: text/html\r\n\r\n").into_bytes(),
        body: body.into(),
        cut: None,
        from: Some([192, 0, 2, 1].into()),
        sent: b"GET /1?a=b HTTP/1.1\r\nHost: forum.example\r\n\r\n".to_vec(),
    }
}

fn keep(archive: &mut Archive, n: usize, answer: &Answer) {
    let exchange = Exchange {
        url: &url(n),
        time: now(),
        answer,
    };
    archive.keep(&exchange).unwrap();
}

/// A file with two answers.
fn filled() -> (TempDir, std::path::PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let mut archive = Archive::open(&path, now()).unwrap();
    keep(&mut archive, 1, &answer(200, "one"));
    keep(&mut archive, 2, &answer(404, ""));
    (folder, path)
}

fn body(archive: &Archive, n: usize) -> Option<String> {
    let (_, body) = archive.load(archive.find(&url(n))?).unwrap();
    Some(String::from_utf8(body).unwrap())
}

#[test]
fn what_was_kept_is_found_by_a_later_run() {
    let (_folder, path) = filled();
    let mut archive = Archive::open(&path, now()).unwrap();
    assert_eq!(body(&archive, 1).as_deref(), Some("one"));
    let entry = archive.find(&url(2)).unwrap();
    assert_eq!((entry.status, entry.is_final()), (404, true));
    assert_eq!(entry.time.as_second(), now().as_second());
    let mut cut = answer(200, "thr");
    cut.cut = Some(Cut::Disconnect);
    keep(&mut archive, 3, &cut);
    keep(&mut archive, 4, &answer(503, ""));
    drop(archive);
    let archive = Archive::open(&path, now()).unwrap();
    assert_eq!(body(&archive, 3).as_deref(), Some("thr"));
    assert!(!archive.find(&url(3)).unwrap().is_final());
    assert!(!archive.find(&url(4)).unwrap().is_final());
}

#[test]
fn an_answer_that_nothing_changed_leaves_the_first() {
    let (_folder, path) = filled();
    let mut archive = Archive::open(&path, now()).unwrap();
    keep(&mut archive, 1, &answer(304, ""));
    assert_eq!(body(&archive, 1).as_deref(), Some("one"));
    drop(archive);
    assert_eq!(
        body(&Archive::open(&path, now()).unwrap(), 1).as_deref(),
        Some("one")
    );
}

#[test]
fn a_file_cut_anywhere_keeps_its_whole_records() {
    let (_folder, path) = filled();
    let whole = fs::read(&path).unwrap();
    let mut had = [false; 2];
    for end in (0..whole.len()).step_by(7) {
        fs::write(&path, &whole[..end]).unwrap();
        let mut archive = Archive::open(&path, now()).unwrap();
        let found = [1, 2].map(|n| archive.find(&url(n)).is_some());
        let lost = had.iter().zip(found).any(|(had, found)| *had && !found);
        assert!(!lost, "cut at {end}");
        had = found;
        keep(&mut archive, 9, &answer(200, "nine"));
        drop(archive);
        let archive = Archive::open(&path, now()).unwrap();
        assert_eq!(body(&archive, 9).as_deref(), Some("nine"), "cut at {end}");
    }
    assert!(had[0]);
}

#[test]
fn files_of_others_are_left_as_they_are() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("mine.txt");
    let mut packed = Vec::new();
    let record = Record {
        kind: "resource",
        head: b"software: another\r\n",
        ..Record::default()
    };
    write::append(&record, "<urn:uuid:1>", "2024-01-02T03:04:05Z", &mut packed).unwrap();
    let (_kept, other) = filled();
    let whole = fs::read(other).unwrap();
    let mut files = vec![b"my notes, and more of them".to_vec(), b"mine".to_vec()];
    files.push(packed[..packed.len() - 9].to_vec());
    files.push(packed);
    for at in (0..whole.len() * 3 / 4).step_by(100) {
        let mut damaged = whole.clone();
        damaged[at..at + 9].fill(0);
        files.push(damaged);
    }
    for bytes in files {
        fs::write(&path, &bytes).unwrap();
        let error = Archive::open(&path, now()).unwrap_err().to_string();
        assert!(
            error.contains("mine.txt") && error.contains("-o"),
            "{error}"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn two_runs_do_not_write_to_one_file() {
    let (_folder, path) = filled();
    let _first = Archive::open(&path, now()).unwrap();
    let error = Archive::open(&path, now()).unwrap_err().to_string();
    assert!(error.contains("another run"), "{error}");
}

//! Crawls that stop and go on, and pages that are looked at again.

use super::{
    Place, missing, quick,
    server::{Server, ok, status},
    warc,
};
use rejoinder::fetch::Options;
use std::{collections::HashSet, fs};

fn pages() -> Server {
    Server::new(|request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        "/talk" => ok("<a rel=next href='?page=2'>"),
        "/talk?page=9" => ok("the end"),
        path => {
            let page: u64 = path.split("page=").nth(1).unwrap().parse().unwrap();
            ok(format!("<a rel=next href='?page={}'>", page + 1))
        }
    })
}

fn has_repeated(asked: &[String]) -> bool {
    asked.iter().collect::<HashSet<_>>().len() < asked.len()
}

#[test]
fn a_second_run_goes_on_where_the_first_stopped() {
    let (server, place) = (pages(), Place::new());
    let url = [server.url("/talk")];
    let few = Options {
        max_requests: 4,
        ..quick()
    };
    assert_eq!(place.crawl(&url, &few).pages(), 3);
    let report = place.crawl(&url, &few);
    assert_eq!((report.pages(), report.kept), (7, 3));
    let report = place.crawl(&url, &few);
    assert_eq!((report.pages(), report.requests), (9, 2));
    assert!(report.is_whole(), "{}", missing(&report));
    assert!(!has_repeated(&server.asked()), "{:?}", server.asked());
    let report = place.crawl(&url, &few);
    assert_eq!((report.pages(), report.requests, report.kept), (9, 0, 9));
}

#[test]
fn a_run_killed_while_it_writes_repeats_what_was_not_written_alone() {
    let (server, place) = (pages(), Place::new());
    let url = [server.url("/talk")];
    place.crawl(&url, &quick());
    let whole = fs::read(&place.file).unwrap();
    let before = server.asked();
    assert_eq!(before.len(), 9);
    for end in [whole.len() - 1, whole.len() / 2, whole.len() / 3, 5, 0] {
        fs::write(&place.file, &whole[..end]).unwrap();
        let kept = match end {
            0 | 5 => 0,
            _ => {
                let other = Place::new();
                fs::copy(&place.file, &other.file).unwrap();
                rejoinder::fetch::Archive::open(&other.file, (quick().clock)()).unwrap();
                warc::of_kind(&other.file, "response").len() - 1
            }
        };
        let asked = server.asked().len();
        let report = place.crawl(&url, &quick());
        assert!(report.is_whole() && report.pages() == 9);
        assert_eq!(server.asked().len() - asked, 9 - kept, "cut at {end}");
        let urls: Vec<_> = warc::of_kind(&place.file, "response")
            .iter()
            .map(|record| record.field("WARC-Target-URI").to_owned())
            .collect();
        assert!(urls.len() == 10 && !has_repeated(&urls), "{urls:?}");
    }
}

#[test]
fn what_failed_is_asked_for_again_by_the_next_run() {
    let broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let is_broken = std::sync::Arc::clone(&broken);
    let server = Server::new(move |request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        "/talk" => ok("<a rel=next href='?page=2'>"),
        _ if is_broken.load(std::sync::atomic::Ordering::SeqCst) => status(500, "oh"),
        _ => ok("well"),
    });
    let place = Place::new();
    let url = [server.url("/talk")];
    let report = place.crawl(&url, &quick());
    assert!(
        missing(&report).contains("status 500"),
        "{}",
        missing(&report)
    );
    broken.store(false, std::sync::atomic::Ordering::SeqCst);
    let report = place.crawl(&url, &quick());
    assert!(report.is_whole() && report.requests == 1 && report.pages() == 2);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::new(|request| {
        let head = request.head.to_lowercase();
        match request.path.as_str() {
            "/robots.txt" => status(404, ""),
            "/talk" if head.contains("if-none-match: \"v1\"") => status(304, ""),
            "/talk" => ok("<a rel=next href='?page=2'>").with("ETag", "\"v1\""),
            _ => {
                let date = "Tue, 02 Jan 2024 03:03:05 GMT";
                assert!(!head.contains("if-none-match"));
                match head.contains(&format!("if-modified-since: {}", date.to_lowercase())) {
                    true => ok("changed"),
                    false => ok("first").with("Last-Modified", date),
                }
            }
        }
    });
    let place = Place::new();
    let url = [server.url("/talk")];
    place.crawl(&url, &quick());
    let again = Options {
        refresh: true,
        ..quick()
    };
    let report = place.crawl(&url, &again);
    assert!(
        report.is_whole() && report.pages() == 2,
        "{}",
        missing(&report)
    );
    let same = warc::of_kind(&place.file, "revisit");
    assert_eq!(same.len(), 1);
    assert_eq!(same[0].field("WARC-Refers-To-Target-URI"), url[0]);
    let bodies = warc::of_kind(&place.file, "response");
    assert!(bodies.iter().any(|record| record.body() == b"changed"));
    // What was said to be the same is still at hand.
    let report = place.crawl(&url, &quick());
    assert_eq!((report.pages(), report.requests), (2, 0));
}

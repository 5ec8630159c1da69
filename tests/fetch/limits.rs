//! Limits of requests and of size, and what is said of oneself.

use super::{
    Place, fetch, missing, quick,
    server::{Server, ok, status},
    warc,
};
use flate2::{Compression, write::GzEncoder};
use rejoinder::fetch::{Options, agent};
use std::io::Write;

fn endless() -> Server {
    Server::new(|request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        path => {
            let page = path.split("page=").nth(1).unwrap_or("1");
            let next = page.parse::<u64>().unwrap() + 1;
            ok(format!("<a rel=next href='?page={next}'>"))
        }
    })
}

#[test]
fn a_thread_without_end_ends_with_the_limit() {
    let server = endless();
    let options = Options {
        max_requests: 7,
        ..quick()
    };
    let (_, report) = fetch(&server, "/talk", &options);
    assert_eq!((report.requests, report.pages()), (7, 6));
    let told = missing(&report);
    assert!(
        told.contains("page=7 the limit of requests was reached"),
        "{told}"
    );
}

#[test]
fn a_body_is_read_up_to_the_limit() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        "/packed" => {
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer.write_all(&vec![b'a'; 1 << 20]).unwrap();
            ok(packer.finish().unwrap()).with("Content-Encoding", "gzip")
        }
        _ => ok(vec![b'a'; 1 << 20]),
    });
    let options = Options {
        max_size: 10_000,
        ..quick()
    };
    for path in ["/plain", "/packed"] {
        let (place, report) = fetch(&server, path, &options);
        assert!(
            missing(&report).contains("broke off after 10000 bytes"),
            "{}",
            missing(&report)
        );
        assert_eq!(report.requests, 2, "it is no use to ask again");
        let kept = warc::of_kind(&place.file, "response");
        assert!(kept[1].body().len() <= 10_000);
    }
}

#[test]
fn every_request_says_who_asks() {
    let server = Server::new(|request| {
        assert!(
            request.head.contains("rejoinder/") && request.head.contains("(+mailto:me@x.example)")
        );
        status(404, "")
    });
    let options = Options {
        agent: agent(Some("me@x.example")),
        ..quick()
    };
    let (_, report) = fetch(&server, "/x", &options);
    assert!(
        missing(&report).contains("status 404"),
        "{}",
        missing(&report)
    );
    assert!(agent(Some("https://x.example/bot")).ends_with("(+https://x.example/bot)"));
    let odd = Options {
        agent: "a\nb".to_owned(),
        ..quick()
    };
    let place = Place::new();
    let mut archive = rejoinder::fetch::Archive::open(&place.file, (odd.clock)()).unwrap();
    assert!(rejoinder::fetch::crawl(&[], &odd, &mut archive, &super::place::Silent).is_err());
}

#[test]
fn several_hosts_are_asked_at_once_and_reported_apart() {
    let (one, two) = (endless(), endless());
    let options = Options {
        max_requests: 20,
        ..quick()
    };
    let place = Place::new();
    let second = two.url("/talk").replace("127.0.0.1", "localhost");
    let report = place.crawl(&[one.url("/talk"), second], &options);
    assert_eq!(report.requests, 20);
    assert_eq!(report.wanted.len(), 2);
    assert_eq!(report.pages(), one.asked().len() + two.asked().len());
}

//! What a server does to a crawl: failing, refusing, breaking off, sending elsewhere.

use super::{
    boards::register_reply,
    fetch, missing, quick,
    server::{Reply, Request, Server, ok, status},
    warc,
};
use flate2::{Compression, write::GzEncoder};
use rejoinder::fetch::Options;
use std::{io::Write, time::Duration};

const START: &str = "/forum/1/2024/01/02/slug/";

/// A thread of five pages, with trouble made of some answers.
fn troubled(trouble: impl Fn(&Request, Reply) -> Reply + Send + Sync + 'static) -> Server {
    let posts: Vec<_> = (0..45).map(|n| (100 + n, None)).collect();
    Server::new(move |request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        path => trouble(request, register_reply(&posts, false, path)),
    })
}

#[test]
fn every_third_request_fails() {
    let server = troubled(|request, reply| match request.before % 3 {
        2 => status(503, "busy"),
        _ => reply,
    });
    let (place, report) = fetch(&server, START, &quick());
    assert!(report.is_whole(), "{}", missing(&report));
    assert_eq!(report.pages(), 5);
    assert!(report.requests > 7, "some were asked for again");
    let kept = warc::of_kind(&place.file, "response");
    assert_eq!(kept.len(), 7, "failures that were mended are not kept");
}

#[test]
fn a_host_that_asks_to_wait_is_waited_for() {
    let server = troubled(|request, reply| match request.before % 4 {
        1 => status(429, "").with("Retry-After", "1"),
        _ => reply,
    });
    let (_, report) = fetch(&server, START, &quick());
    assert!(report.is_whole(), "{}", missing(&report));
    assert_eq!(report.pages(), 5);
}

#[test]
fn a_host_that_asks_for_too_much_is_left() {
    let server = troubled(|request, reply| match request.path.contains("/3/") {
        true => status(429, "").with("Retry-After", "86400"),
        false => reply,
    });
    let (_, report) = fetch(&server, START, &quick());
    let missing = missing(&report);
    assert!(missing.contains("asks to wait 86"), "{missing}");
    assert!(missing.contains("status 429"), "{missing}");
    let asked = server.asked();
    let threes = asked.iter().filter(|path| path.contains("/3/"));
    assert_eq!(threes.count(), 1, "{asked:?}");
    assert_eq!(report.pages() + missing.lines().count(), 5);
}

#[test]
fn bodies_that_break_off_once_are_had_in_the_end() {
    let seen = std::sync::Mutex::new(std::collections::HashSet::new());
    let server = troubled(move |request, mut reply| {
        if reply.status == 200 && seen.lock().unwrap().insert(request.path.clone()) {
            reply.cut = Some(50);
        }
        reply
    });
    let (_, report) = fetch(&server, START, &quick());
    assert!(report.is_whole(), "{}", missing(&report));
    assert_eq!(report.pages(), 5);
}

#[test]
fn what_came_of_a_body_that_always_breaks_off_is_kept_and_told() {
    let server = troubled(|request, mut reply| {
        if request.path.contains("/5/") {
            reply.cut = Some(50);
        }
        reply
    });
    let (place, report) = fetch(&server, START, &quick());
    assert_eq!(report.pages(), 5);
    assert!(missing(&report).contains("/5/2024/01/02/slug/ the answer broke off after 50 bytes"));
    let mut kept = warc::of_kind(&place.file, "response");
    kept.retain(|record| !record.field("WARC-Truncated").is_empty());
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].field("WARC-Truncated"), kept[0].body().len()),
        ("disconnect", 50)
    );
}

#[test]
fn a_host_that_sends_on_to_another_machine_of_this_network_is_not_followed() {
    let port = std::sync::Arc::new(std::sync::atomic::AtomicU16::new(0));
    let own = std::sync::Arc::clone(&port);
    let server = troubled(move |request, reply| match request.path.contains("/2/") {
        true => {
            let port = own.load(std::sync::atomic::Ordering::SeqCst);
            status(302, "").with("Location", format!("http://127.0.0.2:{port}/secret"))
        }
        false => reply,
    });
    port.store(server.port(), std::sync::atomic::Ordering::SeqCst);
    let (_, report) = fetch(&server, START, &quick());
    let missing = missing(&report);
    assert!(
        missing.contains("127.0.0.2 is no public address"),
        "{missing}"
    );
    assert_eq!(report.pages(), 4);
    assert!(!server.asked().iter().any(|path| path.contains("secret")));
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let server = troubled(|_, reply| reply);
    let options = Options {
        allow_private: false,
        ..quick()
    };
    let (_, report) = fetch(&server, START, &options);
    assert!(missing(&report).contains("127.0.0.1 is no public address"));
    assert!(server.asked().is_empty());
}

#[test]
fn redirects_are_followed_to_an_end() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => status(301, "").with("Location", "/r"),
        "/r" => ok("User-agent: *\nDisallow: /closed"),
        "/a" => status(301, "").with("Location", "b#c"),
        "/b" => ok("there"),
        "/c" => status(302, "").with("Location", "/closed"),
        "/d" => status(302, "").with("Location", "ftp://x.example/"),
        "/e" => status(302, "").with("Location", "/login?dest=e"),
        "/f" => status(302, "").with("Location", "/g"),
        "/g" => status(302, "").with("Location", "/f"),
        "/h" => ok(""),
        path => {
            let n: usize = path.trim_start_matches("/loop").parse().unwrap_or(0);
            status(302, "").with("Location", format!("/loop{}", n + 1))
        }
    });
    let told = |path: &str| {
        let (_, report) = fetch(&server, path, &quick());
        (report.pages(), missing(&report))
    };
    assert_eq!(told("/a"), (1, String::new()));
    assert!(told("/c").1.contains("robots.txt forbids it"));
    assert!(told("/d").1.contains("only http and https"));
    assert!(told("/e").1.contains("wants a login"));
    assert!(told("/f").1.contains("sends in a circle"));
    assert!(told("/h").1.contains("the answer is empty"));
    assert!(told("/loop").1.contains("sends on more than 10 times"));
}

#[test]
fn a_page_does_not_direct_the_crawl_at_other_hosts() {
    let server = Server::of(vec![(
        "/talk/5",
        "<a rel=next href='http://127.0.0.2/talk/5?page=2'>".to_owned(),
    )]);
    let (_, report) = fetch(&server, "/talk/5", &quick());
    assert_eq!((report.pages(), report.requests), (1, 2));
}

#[test]
fn robots_are_obeyed() {
    let serve = |robots: Reply| {
        Server::new(move |request| match request.path.as_str() {
            "/robots.txt" => robots.clone(),
            "/open" => ok("page <a rel=next href='/open?page=2'>"),
            _ => ok("page"),
        })
    };
    let text = "User-agent: *\nDisallow: /closed\nDisallow: /open?page\nCrawl-delay: 0.01";
    let server = serve(ok(text));
    let (_, report) = fetch(&server, "/closed", &quick());
    assert!(missing(&report).contains("robots.txt forbids it") && server.asked().is_empty());
    let (_, report) = fetch(&server, "/open", &quick());
    assert_eq!((report.pages(), server.asked().len()), (1, 1));
    assert!(missing(&report).contains("page=2 robots.txt forbids it"));
    for code in [429, 500, 503] {
        let server = serve(status(code, ""));
        let (_, report) = fetch(&server, "/open", &quick());
        let told = missing(&report);
        assert!(
            told.contains("robots.txt") && told.contains(&code.to_string()),
            "{told}"
        );
        assert!(server.asked().is_empty());
    }
    let server = serve(status(404, "Disallow: /"));
    assert!(fetch(&server, "/open", &quick()).1.is_whole());
    let server = serve(ok("User-agent: *\nCrawl-delay: 1000000"));
    let (_, report) = fetch(&server, "/open", &quick());
    assert!(
        missing(&report).contains("asks to wait"),
        "{}",
        missing(&report)
    );
}

#[test]
fn packed_and_chunked_bodies_are_read_and_kept() {
    let server = Server::new(|request| match request.path.as_str() {
        "/robots.txt" => status(404, ""),
        "/talk" => {
            assert!(
                request
                    .head
                    .to_lowercase()
                    .contains("accept-encoding: gzip")
            );
            let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
            packer.write_all(b"<a rel=next href='?page=2'>").unwrap();
            let packed = packer.finish().unwrap();
            ok(packed).with("Content-Encoding", "gzip")
        }
        _ => Reply {
            chunked: true,
            ..ok("the second page")
        },
    });
    let (place, report) = fetch(&server, "/talk", &quick());
    assert!(
        report.is_whole() && report.pages() == 2,
        "{}",
        missing(&report)
    );
    let kept = warc::of_kind(&place.file, "response");
    assert_eq!(&kept[1].body()[..2], b"\x1f\x8b", "kept as sent");
    assert_eq!(kept[2].body(), b"the second page");
    let head = String::from_utf8_lossy(&kept[2].content).to_lowercase();
    assert!(!head.contains("transfer-encoding"), "{head}");
}

#[test]
fn a_slow_server_does_not_hold_the_crawl_for_ever() {
    let server = troubled(|request, mut reply| {
        if request.path.contains("/5/") {
            reply.slow = Some(Duration::from_millis(100));
        }
        reply
    });
    let options = Options {
        timeout: Duration::from_secs(1),
        ..quick()
    };
    let (place, report) = fetch(&server, START, &options);
    assert_eq!(report.pages(), 5);
    assert!(
        missing(&report).contains("broke off"),
        "{}",
        missing(&report)
    );
    let kept = warc::of_kind(&place.file, "response");
    assert!(
        kept.iter()
            .any(|record| record.field("WARC-Truncated") == "time")
    );
}

#[test]
fn a_host_that_nobody_answers_for_is_told() {
    let server = troubled(|_, reply| reply);
    let url = server.url(START);
    drop(server);
    let place = super::Place::new();
    let report = place.crawl(&[url, "nonsense".to_owned()], &quick());
    let told = missing(&report);
    assert!(told.contains("robots.txt cannot be had"), "{told}");
    assert!(told.contains("nonsense this is no address"), "{told}");
    assert_eq!(report.pages(), 0);
}

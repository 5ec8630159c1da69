//! What is an entity and what only looks like one.

mod names;

use super::*;
use crate::{
    text::{BodyBuilder, plain},
    thread::{Author, CommentKind, Draft, State, ThreadBuilder},
};
use proptest::prelude::*;

/// Kind and id of every mention in `text`.
fn found(text: &str) -> Vec<(&'static str, String)> {
    let mentions = mentions(&Context::new(&plain::body(text))).into_iter();
    mentions
        .map(|mention| (mention.kind.as_str(), mention.id))
        .collect()
}

/// Checks that `text` names exactly `wanted`, each `kind id`.
#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let found: Vec<String> = found(text)
        .into_iter()
        .map(|(kind, id)| format!("{kind} {id}"))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn identifiers_are_normalized() {
    check(
        "We patched cve-2021-44228 and CVE\u{2011}2014\u{2011}0160 (CWE-79, cwe 502).",
        &[
            "cve CVE-2021-44228",
            "cve CVE-2014-0160",
            "cwe CWE-79",
            "cwe CWE-502",
        ],
    );
    check(
        "See ghsa-JFH8-c2jp-5v3q there.",
        &["ghsa GHSA-jfh8-c2jp-5v3q"],
    );
    check(
        "It is CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H now.",
        &["cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"],
    );
    check("It is CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H now.", &[]);
    check("In CVE-201-1234 and CVE-2021-12 the number is wrong.", &[]);
}

#[test]
fn a_bare_technique_needs_a_word_of_attack() {
    check("They used T1059.001 at once.", &["technique T1059.001"]);
    check("MITRE lists it as T1059 too.", &["technique T1059"]);
    check("The T1059 is a nice router, the T1000 a film.", &[]);
    check(
        "The report covers TA0001 only, not TA0999.",
        &["tactic TA0001"],
    );
    check(
        "See https://attack.mitre.org/techniques/T1059/001/ for it.",
        &[
            "url https://attack.mitre.org/techniques/T1059/001/",
            "domain attack.mitre.org",
            "technique T1059.001",
        ],
    );
}

#[test]
fn versions_are_no_addresses() {
    check("Upgrade to version 1.2.3.4 today.", &[]);
    check("Firefox 3.6.0.1 crashed.", &["product product:firefox"]);
    check("It was 2.3.1.1 before.", &[]);
    check("The same block with 0.6.5.5: it fails.", &[]);
    check(
        "Scans came from 185.220.101.4 again.",
        &["ip 185.220.101.4"],
    );
    check("The IP is 1.2.3.4 there.", &["ip 1.2.3.4"]);
    check(
        "Block 10.0.0.0/8 and 1.1.1.1 now.",
        &["ip 10.0.0.0/8", "ip 1.1.1.1"],
    );
    check("The OID 1.3.6.1.4.1.311 and 300.1.1.1 are none.", &[]);
}

#[test]
fn colons_alone_make_no_address() {
    check("ping fe80::1a2b:3c4d now", &["ip fe80::1a2b:3c4d"]);
    check("It listens on ::1 only.", &["ip ::1"]);
    check(
        "Use std::fs::read at 12:34:56, or a[::1], or dead::beef.",
        &[],
    );
    check("[2001:DB8::1] is the host", &["ip 2001:db8::1"]);
}

#[test]
fn files_and_members_are_no_domains() {
    check("Edit config.py, readme.md, main.rs and run.sh please.", &[]);
    check("Call os.name or self.id, then foo.info().", &[]);
    check("That was the end.In the morning it was gone.so be it.", &[]);
    check(
        "Node.js and ASP.NET are fine.",
        &["product product:node-js", "product product:asp-net"],
    );
    check("The trace says Looper.java:201 and lib.rs:3.", &[]);
    check(
        "We read Example.com, mail.example.co.uk and lobste.rs.",
        &[
            "domain example.com",
            "domain mail.example.co.uk",
            "domain lobste.rs",
        ],
    );
    check("The site dxb.to is down.", &["domain dxb.to"]);
}

#[test]
fn defanged_addresses_are_refanged_in_the_id() {
    let text = "Never open hxxps://Evil[.]example/a?b, evil(dot)py or 10[.]1[.]2[.]3; tell abuse [at] corp [dot] example.";
    check(
        text,
        &[
            "url https://evil.example/a?b",
            "domain evil.example",
            "domain evil.py",
            "ip 10.1.2.3",
            "email abuse@corp.example",
        ],
    );
    let body = plain::body(text);
    let spans: Vec<&str> = mentions(&Context::new(&body))
        .iter()
        .map(|mention| mention.span.slice(text))
        .collect();
    assert_eq!(
        spans,
        [
            "hxxps://Evil[.]example/a?b",
            "Evil[.]example",
            "evil(dot)py",
            "10[.]1[.]2[.]3",
            "abuse [at] corp [dot] example"
        ]
    );
}

#[test]
fn urls_end_before_the_marks_of_the_sentence() {
    check(
        "(See https://a.example/x_(y), or [this](https://b.example:443/).)",
        &[
            "url https://a.example/x_(y)",
            "domain a.example",
            "url https://b.example/",
            "domain b.example",
        ],
    );
    check(
        "From ldap://203.0.113.9:1389/a they came.",
        &["url ldap://203.0.113.9:1389/a", "ip 203.0.113.9"],
    );
    check(
        "At https://a.example/long/... it says",
        &["domain a.example"],
    );
}

#[test]
fn mail_addresses_are_no_handles() {
    check("Write to Ada.L@Example.org!", &["email ada.l@example.org"]);
    check(
        "Clone git@example.org:a/b.git, ask @ada@social.example.",
        &["domain social.example"],
    );
}

#[test]
fn sums_need_a_word_for_them() {
    let sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    let md5 = "d41d8cd98f00b204e9800998ecf8427e";
    check(
        &format!("The SHA-1 of the sample is {sha1}."),
        &[&format!("hash sha1:{sha1}")],
    );
    check(
        &format!("MD5 {}", md5.to_uppercase()),
        &[&format!("hash md5:{md5}")],
    );
    check(&format!("Fixed in commit {sha1}, see its hash."), &[]);
    check(&format!("My id is {md5}."), &[]);
}

#[test]
fn ports_are_told_from_verbs_and_versions() {
    check(
        "Close port 445, 53/udp and TCP 3389.",
        &["port port:445", "port port:53/udp", "port port:3389/tcp"],
    );
    check(
        "We port 3 games to port 2.0 on USB port 1; port 70000 is none.",
        &[],
    );
}

fn thread() -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    let author = |name: &str| {
        Some(Author {
            name: name.into(),
            ..Author::default()
        })
    };
    let mut body = BodyBuilder::default();
    body.block(BlockKind::Quote, "OpenSSL is é fine.", vec![])
        .block(
            BlockKind::Paragraph,
            "I left. OpenSSL is old, nginx too.",
            vec![],
        )
        .block(BlockKind::Code, "openssl version", vec![]);
    builder.push(Draft {
        id: "1".into(),
        author: author("Ada"),
        body: body.build(),
        settled: true,
        ..Draft::default()
    });
    for (id, name, text) in [
        ("2", "Ada", "nginx serves."),
        ("3", "Bob", "nginx and OpenSSL."),
    ] {
        builder.push(Draft {
            id: id.into(),
            author: author(name),
            body: plain::body(text),
            ..Draft::default()
        });
    }
    let pingback = Draft {
        id: "4".into(),
        body: plain::body("nginx"),
        kind: CommentKind::Pingback,
        ..Draft::default()
    };
    builder.push(pingback);
    builder.push(Draft {
        id: "5".into(),
        body: plain::body("nginx"),
        state: State::Removed,
        ..Draft::default()
    });
    builder.build()
}

#[test]
fn mentions_know_comment_unit_and_block() {
    let thread = thread();
    let units = segment::units(&thread);
    let all = entities(&thread, &units);
    let seen: Vec<_> = all
        .iter()
        .map(|entity| {
            let text = &thread.comment(entity.comment).body.text;
            let unit = units[entity.unit.unwrap()];
            assert!(unit.span.contains(entity.span) && unit.comment == entity.comment);
            (
                entity.comment.get(),
                entity.span.slice(text),
                entity.name.as_str(),
                entity.block.as_str(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (0, "OpenSSL", "OpenSSL", "quote"),
            (0, "OpenSSL", "OpenSSL", "paragraph"),
            (0, "nginx", "nginx", "paragraph"),
            (0, "openssl", "OpenSSL", "code"),
            (1, "nginx", "nginx", "paragraph"),
            (2, "nginx", "nginx", "paragraph"),
            (2, "OpenSSL", "OpenSSL", "paragraph"),
        ]
    );
    let top: Vec<_> = talked_about(&thread, &all)
        .into_iter()
        .map(|entity| (entity.name, entity.comments, entity.authors))
        .collect();
    assert_eq!(
        top,
        [("nginx".to_owned(), 3, 2), ("OpenSSL".to_owned(), 2, 2)]
    );
}

#[test]
fn the_host_of_an_address_is_not_talked_about() {
    let mut builder = ThreadBuilder::new("test", "t");
    for text in [
        "See https://news.example.org/CVE-2021-44228 for it.",
        "The host evil.example.com was used.",
    ] {
        builder.push(Draft {
            body: plain::body(text),
            ..Draft::default()
        });
    }
    let thread = builder.build();
    let all = entities(&thread, &segment::units(&thread));
    let top = talked_about(&thread, &all).into_iter();
    let ids: Vec<String> = top.map(|entity| entity.id).collect();
    assert_eq!(ids, ["CVE-2021-44228", "evil.example.com"]);
}

#[test]
fn long_texts_take_linear_time() {
    for piece in [
        "a.",
        "1.",
        "::",
        "http://",
        "[.]",
        "a@a.",
        "Word ",
        "go/",
        "Edge, ",
        "CVE-",
        "AV:N/",
        "f",
        "(((",
        "port 1 ",
        "https://a.example/))))",
        "Microsoft is ",
        "x@y.zz:",
        "Apple's fault ",
        ". ",
        "kudos to Apple ",
        "T1059 ",
    ] {
        let body = plain::body(&piece.repeat(300_000 / piece.len()));
        let _ = mentions(&Context::new(&body));
    }
}

proptest! {
    #[test]
    fn mentions_are_in_order_and_lie_in_the_text(
        text in "(CVE-2021-44228|https?://|hxxp|www\\.|[a-z]{1,4}|\\[\\.\\]|\\(at\\)|@|\\.|:|/|1|é| |\n|Word|Tor|TLS 1\\.3|TCP ){0,40}|\\PC{0,40}"
    ) {
        let body = plain::body(&text);
        let found = mentions(&Context::new(&body));
        let mut last = Span::new(0, 0);
        for mention in &found {
            prop_assert!(body.text.get(mention.span.start()..mention.span.end()).is_some());
            prop_assert!(!mention.span.is_empty() && !mention.id.is_empty());
            prop_assert!(mention.span.start() >= last.end() || last.contains(mention.span));
            if mention.kind == EntityKind::Url || mention.span.start() >= last.end() {
                last = mention.span;
            }
        }
        prop_assert_eq!(&found, &mentions(&Context::new(&body)));
    }
}

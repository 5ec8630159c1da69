//! `fetch`: from a local server to the lines of `parse`.

use crate::{
    server::{Reply, Server, ok, status},
    support::Workplace,
};
use std::{
    collections::HashMap,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// A page of The Register's forum with one comment, and a link to the next of `pages`.
fn page(number: usize, pages: usize) -> String {
    let next = match number < pages {
        true => format!("<a href=/forum/{}/2024/01/02/slug/>Next</a>", number + 1),
        false => String::new(),
    };
    format!(
        "<html><div id=\"forum_posts\"><div class=post><a class=permalink id=c_{number}></a>\
         <p class=author>A{number}</p><div class=body><p>The key {number} leaks.</p></div></div></div>\
         <ul class=forums-page-nav>{next}</ul></html>"
    )
}

fn board(pages: usize, pause: Duration) -> Server {
    Server::new(move |request| {
        let number = request.path.strip_prefix("/forum/");
        let number = number.and_then(|rest| rest.split('/').next()?.parse().ok());
        match number {
            Some(number) => Reply {
                slow: (!pause.is_zero()).then_some(pause),
                ..ok(page(number, pages))
            },
            None => status(404, "no"),
        }
    })
}

const QUICK: [&str; 5] = [
    "--allow-private",
    "--delay",
    "0",
    "--contact",
    "me@x.example",
];

fn arguments<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["fetch", url, "-o", "a.warc.gz"][..], &QUICK, more].concat()
}

#[test]
fn a_thread_is_fetched_and_written_as_lines() {
    let server = board(3, Duration::ZERO);
    let url = server.url("/forum/1/2024/01/02/slug/");
    let work = Workplace::new();
    let ran = work.run(&arguments(&url, &[])).ends(0, &["3 pages"]);
    assert!(ran.text().contains("The key 3 leaks."));
    let asked = server.asked().len();
    let again = work
        .run(&arguments(&url, &[]))
        .ends(0, &["4 answers were in the file already"]);
    assert_eq!(again.text(), ran.text());
    assert_eq!(server.asked().len(), asked);
}

#[test]
fn what_is_missing_is_told_and_counts() {
    let server = board(3, Duration::ZERO);
    let url = server.url("/forum/1/2024/01/02/slug/");
    let work = Workplace::new();
    work.run(&arguments(&url, &["--max-requests", "3"]))
        .ends(1, &["1 missing", "the limit of requests was reached"]);
    let other = server.url("/nothing");
    work.run(&["fetch", &other, "-o", "b.warc.gz", "--delay", "0"])
        .ends(2, &["nothing was had", "no public address"]);
    work.write("notes.txt", "mine");
    work.run(&["fetch", &other, "-o", "notes.txt"])
        .ends(2, &["notes.txt", "-o"]);
    assert_eq!(work.read("notes.txt"), "mine");
}

#[test]
fn a_plan_asks_nobody() {
    let work = Workplace::new();
    work.write(
        "urls.txt",
        "# threads\n\nhttps://lobste.rs/s/abc/title\nfile:///etc/passwd\n",
    );
    let ran = work
        .run(&["fetch", "--from", "urls.txt", "--dry-run"])
        .ends(1, &[]);
    let text = ran.text();
    assert!(
        text.contains("first: https://lobste.rs/s/abc.json"),
        "{text}"
    );
    assert!(
        text.contains("not asked for: only http and https"),
        "{text}"
    );
    work.run(&["fetch", "https://x.example/"])
        .ends(2, &["--output"]);
    work.run(&["fetch", "--dry-run", "--from", "none.txt"])
        .ends(2, &["none.txt"]);
    work.run(&["fetch", "--dry-run", "--delay=-1", "https://x.example/"])
        .ends(2, &["no time"]);
}

#[test]
fn a_killed_run_repeats_no_finished_request() {
    let server = board(8, Duration::from_millis(1));
    let url = server.url("/forum/1/2024/01/02/slug/");
    let work = Workplace::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .current_dir(&work.folder)
        .args(arguments(&url, &[]))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while server.asked().len() < 4 {
        assert!(
            child.try_wait().expect("a child").is_none(),
            "it ended early"
        );
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("a child to kill");
    child.wait().expect("a dead child");
    work.run(&arguments(&url, &[])).ends(0, &["8 pages"]);
    let mut times: HashMap<String, usize> = HashMap::new();
    for path in server.asked() {
        *times.entry(path).or_default() += 1;
    }
    assert_eq!(times.len(), 9);
    let repeated = times.values().filter(|times| **times > 1).count();
    assert!(
        repeated <= 1,
        "only what was under way may be asked for again: {times:?}"
    );
}

//! Reports on threads whose labels are marked in their words, so that no trained model changes them.

use super::*;
use crate::{
    export::{by_id, write_chains},
    model::marked::{Marked, draft, thread},
    thread::{CommentKind, State, ThreadBuilder},
};

/// A thread with a bit of everything that reports show.
const QUARREL: &[(&str, &str, &str)] = &[
    (
        "1",
        "",
        "CLAIM TECHNICAL the signing key leaked with the image. PREMISE EVIDENCE the layer is public.",
    ),
    (
        "2",
        "1",
        "> CLAIM TECHNICAL the signing key leaked with the image.\n\nDISAGREE CLAIM that key was a test key.",
    ),
    (
        "3",
        "2",
        "DISAGREE CLAIM AD_HOMINEM you are paid to say that.",
    ),
    (
        "4",
        "2",
        "AGREE CLAIM EXPERIENCE I saw \"TEST\" in its name.",
    ),
    ("5", "1", "QUESTION which layer?"),
    ("6", "", "INCIVILITY that vendor is a joke."),
];

fn plain(width: usize) -> Style<'static> {
    Style {
        width,
        paint: &|_, text| text.to_owned(),
    }
}

fn written(format: &str, analysis: &Analysis, style: &Style<'_>) -> String {
    let mut out = Vec::new();
    by_id(format)
        .unwrap()
        .write(analysis, &mut out, style)
        .unwrap();
    String::from_utf8(out).unwrap()
}

fn report(thread: crate::thread::Thread, width: usize) -> String {
    written(
        "text",
        &Analysis::new(thread, &Marked::new()),
        &plain(width),
    )
}

#[test]
fn a_quarrel_as_text_and_as_a_graph() {
    let analysis = Analysis::new(thread(QUARREL), &Marked::new());
    insta::with_settings!({ snapshot_path => "../../../tests/snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("quarrel.txt", written("text", &analysis, &plain(72)));
        insta::assert_snapshot!("quarrel.dot", written("dot", &analysis, &plain(72)));
    });
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 60, 120] {
        let report = report(thread(QUARREL), width);
        let widest = report.lines().map(UnicodeWidthStr::width).max();
        assert!(widest <= Some(width), "{widest:?} > {width}\n{report}");
    }
}

#[test]
fn paint_adds_no_visible_character() {
    let analysis = Analysis::new(thread(QUARREL), &Marked::new());
    let painted = Style {
        width: 72,
        paint: &|_, text| format!("\u{1b}[1m{text}\u{1b}[0m"),
    };
    let bare = written("text", &analysis, &painted)
        .replace("\u{1b}[1m", "")
        .replace("\u{1b}[0m", "");
    let words = |text: &str| {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&bare), words(&written("text", &analysis, &plain(72))));
}

#[test]
fn what_is_not_there_is_said() {
    let report = report(thread::<&str>(&[]), 80);
    for words in [
        "0 comments · 0 to the article, 0 levels deep",
        "No claim is attacked",
        "None was found.",
        "Nobody answers anybody.",
    ] {
        assert!(report.contains(words), "{words}\n{report}");
    }
    assert!(!report.contains("WARNINGS"));
}

#[test]
fn deleted_comments_keep_their_place_and_pingbacks_are_no_part() {
    let mut builder = ThreadBuilder::new("test", "t");
    let mut gone = draft("a", "", "");
    gone.state = State::Deleted;
    builder.push(gone);
    builder.push(draft("b", "a", ""));
    let mut pingback = draft("p", "", "CLAIM keys leak, says a blog.");
    pingback.kind = CommentKind::Pingback;
    builder.push(pingback);
    let report = report(builder.build(), 80);
    assert!(
        report.contains("(deleted)") && report.contains("(no text)"),
        "{report}"
    );
    assert!(!report.contains("p --"), "{report}");
}

#[test]
fn deep_replies_stand_no_further_to_the_right() {
    let ids: Vec<String> = (0..40).map(|at| at.to_string()).collect();
    let comments: Vec<(&str, &str, &str)> = (0..40)
        .map(|at: usize| {
            (
                ids[at].as_str(),
                at.checked_sub(1).map_or("", |up| ids[up].as_str()),
                "DISAGREE CLAIM no.",
            )
        })
        .collect();
    let report = report(thread(&comments), 80);
    assert!(report.contains("depth 39"), "{report}");
    assert!(
        report.contains("… and 28 more"),
        "a long chain is cut:\n{report}"
    );
}

#[test]
fn long_ids_are_clipped_where_they_are_alike() {
    let shown = |id: &str| {
        let thread = thread(&[(id, "", "CLAIM yes.")]);
        shown_id(&thread.comments[0])
    };
    assert_eq!(shown("42"), "42");
    assert_eq!(
        shown("abc@mail.forum.example.org"),
        "abc@mail.forum.example.…"
    );
    let mails = ["one", "two"].map(|end| format!("CAF.mUsnL0CKWvSwGA4WtG{end}@mail.forum.example"));
    assert_eq!(
        mails.map(|id| shown(&id)),
        ["CAF.mUsn…CKWvSwGA4WtGone", "CAF.mUsn…CKWvSwGA4WtGtwo"].map(str::to_owned)
    );
}

#[test]
fn many_findings_are_counted_beyond_the_first() {
    let ids: Vec<String> = (0..25).map(|at| at.to_string()).collect();
    let comments: Vec<_> = ids
        .iter()
        .map(|id| (id.as_str(), "", "CLAIM AD_HOMINEM you fool."))
        .collect();
    assert!(report(thread(&comments), 80).contains("… and 15 more; --format json has them all"));
}

#[test]
fn chains_alone_are_as_many_as_asked_for() {
    let analysis = Analysis::new(thread(QUARREL), &Marked::new());
    let mut out = Vec::new();
    write_chains(&analysis, &analysis.chains, 1, &mut out, &plain(72)).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.matches(" comments by ").count(), 1, "{text}");
    assert!(text.contains("… and more"), "{text}");
}

#[test]
fn hostile_text_is_made_harmless() {
    assert_eq!(one_line("a\u{1b}[31mb\u{202e}c\r\nd"), "a [31mbc d");
}

#[test]
fn clipping_counts_columns() {
    assert_eq!(clipped("日本語です", 10), "日本語です");
    assert_eq!(clipped("日本語です", 6), "日本…");
    assert_eq!(clipped("one two three", 9), "one two…");
}

//! Small pages in the markup of several years, made for the tests.

use super::*;
use crate::source::testing::{codes_of, states};
use crate::thread::State;

fn parse_all(page: &str) -> Vec<Thread> {
    assert!(SOURCE.detect(page.as_bytes()));
    SOURCE
        .threads(Box::new(page.as_bytes()))
        .map(|thread| thread.expect("a page"))
        .collect()
}

fn parse(page: &str) -> Thread {
    parse_all(page).remove(0)
}

/// A row of today's markup; `nav` is the link to its parent, `body` stands in place of the text.
fn row(id: u32, indent: usize, size: usize, nav: &str, body: &str) -> String {
    format!(
        "<tr class='athing comtr' id='{id}'><td><table border='0'><tr><td class='ind' indent='{indent}'><img src=\"s.gif\" height=\"1\" width=\"{width}\"></td>\
         <td valign=\"top\" class=\"votelinks\"><center><img src=\"s.gif\" height=\"1\" width=\"14\"></center></td>\
         <td class=\"default\"><div style=\"margin-top:2px\"><span class=\"comhead\"><a href=\"user?id=u{id}\" class=\"hnuser\">u{id}</a> \
         <span class=\"age\" title=\"2024-08-09T20:00:00 1723233600\"><a href=\"item?id={id}\">1 day ago</a></span> <span id=\"unv_{id}\"></span>\
         <span class='navs'> | {nav}<a class=\"togg clicky\" id=\"{id}\" n=\"{size}\" href=\"javascript:void(0)\">[–]</a><span class=\"onstory\"></span></span></span></div><br>\
         <div class=\"comment\"><div class=\"commtext c00\">{body}</div><div class='reply'><p><font size=\"1\"><u><a href=\"reply?id={id}\">reply</a></u></font></p></div></div></td></tr></table></td></tr>",
        width = indent * 40
    )
}

fn page(rows: &str, more: &str) -> String {
    format!(
        "<!-- saved from url=(0047)https://news.ycombinator.com/item?id=10 -->\n<HTML lang=\"en\" op=\"item\"><head><title>Keys &amp; locks | Hacker News</title></head><body><center>\
         <table id=\"hnmain\"><tr><td><span class=\"pagetop\"><a href=\"newest\">new</a></span></td></tr><tr id=\"bigbox\"><td><table class=\"fatitem\" border=\"0\">\
         <tr class='athing submission' id='10'><td align=\"right\" valign=\"top\" class=\"title\"><span class=\"rank\"></span></td><td valign=\"top\" class=\"votelinks\"></td>\
         <td class=\"title\"><span class=\"titleline\"><a href=\"https://example.org/keys\">Keys &amp; locks</a><span class=\"sitebit comhead\"> (<a href=\"from?site=example.org\"><span class=\"sitestr\">example.org</span></a>)</span></span></td></tr>\
         <tr><td colspan=\"2\"></td><td class=\"subtext\"><span class=\"subline\"><span class=\"score\" id=\"score_10\">150 points</span> by <a href=\"user?id=op\" class=\"hnuser\">op</a> \
         <span class=\"age\" title=\"2024-08-09T19:00:00 1723230000\"><a href=\"item?id=10\">1 day ago</a></span> | <a href=\"item?id=10\">5&nbsp;comments</a></span></td></tr>\
         <tr><td colspan=\"2\"></td><td><div class=\"toptext\">What is <i>yours</i>?<p>Tell.</div></td></tr>\
         <tr><td colspan=\"2\"></td><td><form method=\"post\" action=\"comment\"><input type=\"hidden\" name=\"parent\" value=\"10\"><textarea name=\"text\"></textarea></form></td></tr></table><br>\
         <table border=\"0\" class='comment-tree'>{rows}{more}</table></td></tr></table></center></body></html>"
    )
}

#[test]
fn todays_markup() {
    let deleted = row(13, 2, 2, "<a href=\"#12\">parent</a> ", "")
        .replace("<a href=\"user?id=u13\" class=\"hnuser\">u13</a>", "")
        .replace("<div class=\"commtext c00\"></div>", "[deleted]");
    let flagged = row(15, 0, 1, "", "")
        .replace("<span class='navs'>", "[flagged] <span class='navs'>")
        .replace("<div class=\"commtext c00\"></div>", "[flagged]");
    let dead = row(16, 0, 1, "", "spam")
        .replace("<span class='navs'>", "[dead] <span class='navs'>")
        .replace(">u16<", "><font color=\"#3c963c\">u16</font><");
    let rows = [
        row(
            11,
            0,
            4,
            "",
            "&gt; q<p>First <i>one</i>.<p><pre><code>  ls -l\n</code></pre>",
        ),
        row(
            12,
            1,
            3,
            "<a href=\"#11\">parent</a> ",
            "See <a href=\"https://example.org/x\">x</a>",
        ),
        deleted,
        row(14, 3, 1, "<a href=\"#13\">parent</a> ", "deep"),
        flagged,
        dead,
    ];
    let thread = parse(&page(&rows.concat(), ""));
    assert_eq!(
        states(&thread),
        [
            ("11", None, State::Live),
            ("12", Some("11"), State::Live),
            ("13", Some("12"), State::Deleted),
            ("14", Some("13"), State::Live),
            ("15", None, State::Removed),
            ("16", None, State::Removed),
        ]
    );
    assert_eq!(codes_of(&thread), [codes::DELETED_COMMENTS]);
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("10", Some("Keys & locks"))
    );
    assert_eq!(
        thread.url.as_deref(),
        Some("https://news.ycombinator.com/item?id=10")
    );
    let article = thread.article.as_ref().expect("a story");
    assert_eq!(article.url.as_deref(), Some("https://example.org/keys"));
    assert_eq!(article.text.as_deref(), Some("What is yours?\n\nTell."));
    assert_eq!(thread.comments[0].body.text, "> q\n\nFirst one.\n\nls -l");
    assert_eq!(
        thread.comments[1].body.links[0].url,
        "https://example.org/x"
    );
    let posted = thread.comments[0].posted.map(|posted| posted.to_string());
    assert_eq!(posted.as_deref(), Some("2024-08-09T20:00:00Z"));
    assert!(thread.comments[2].author.is_none() && thread.comments[2].body.text.is_empty());
    let dead = &thread.comments[5];
    assert_eq!(dead.body.text, "spam");
    let badge = dead
        .author
        .as_ref()
        .and_then(|author| author.badge.as_deref());
    assert_eq!(badge, Some("new user"));
}

#[test]
fn folded_rows_keep_their_text() {
    let folded = row(11, 0, 2, "", "one").replace("athing comtr", "athing comtr coll");
    let inside = row(12, 1, 1, "", "two").replace("athing comtr", "athing comtr noshow");
    let thread = parse(&page(
        &[folded, inside, row(13, 0, 1, "", "three")].concat(),
        "",
    ));
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    assert_eq!(states, [State::Collapsed, State::Collapsed, State::Live]);
    assert_eq!(thread.comments[1].body.text, "two");
}

#[test]
fn a_page_in_the_middle_of_a_thread() {
    let rows = [
        row(21, 2, 2, "<a href=\"#19\">parent</a> ", "goes on"),
        row(22, 3, 1, "<a href=\"#21\">parent</a> ", "deeper"),
        row(23, 1, 1, "<a href=\"#18\">parent</a> ", "back"),
        row(24, 0, 9, "", "cut off"),
        row(25, 1, 3, "<a href=\"#24\">parent</a> ", "last"),
    ];
    let more = "<tr class='morespace'></tr><tr><td colspan='2'></td><td class='title'><a href='item?id=10&amp;p=3' class='morelink' rel='next'>More</a></td></tr>";
    let thread = parse(&page(&rows.concat(), more));
    assert_eq!(
        states(&thread),
        [
            ("21", Some("19"), State::Live),
            ("22", Some("21"), State::Live),
            ("23", Some("18"), State::Live),
            ("24", None, State::Live),
            ("25", Some("24"), State::Live),
        ]
    );
    let depths: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.depth)
        .collect();
    assert_eq!(depths, [2, 3, 1, 0, 1]);
    assert_eq!(
        codes_of(&thread),
        [codes::PARTIAL_CAPTURE, codes::PARTIAL_CAPTURE]
    );
    assert!(thread.warnings[0].message.contains("item?id=10&p=3"));
}

#[test]
fn signs_that_disagree_are_told() {
    let rows = [
        row(11, 0, 4, "", "a"),
        row(12, 1, 1, "<a href=\"#11\">parent</a> ", "b"),
        row(13, 1, 1, "<a href=\"#12\">parent</a> ", "c"),
        row(14, 0, 2, "", "d"),
        row(15, 0, 1, "", "e"),
    ];
    let thread = parse(&page(&rows.concat(), ""));
    assert_eq!(states(&thread)[2], ("13", Some("12"), State::Live));
    let told: Vec<_> = thread
        .warnings
        .iter()
        .map(|w| (w.code.as_ref(), w.comment.map(CommentIdx::get)))
        .collect();
    let expected = [
        (codes::PARENT_CONFLICT, Some(2)),
        (codes::PARTIAL_CAPTURE, Some(0)),
        (codes::PARTIAL_CAPTURE, Some(3)),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_page_of_one_comment() {
    let main = "<table class=\"fatitem\" border=\"0\"><tr class=\"athing\" id=\"31\"><td class=\"ind\"></td><td valign=\"top\" class=\"votelinks\"></td><td class=\"default\">\
        <div><span class=\"comhead\"><a href=\"user?id=ann\" class=\"hnuser\">ann</a> <span class=\"age\" title=\"2024-08-09T20:00:00\"><a href=\"item?id=31\">1 day ago</a></span>\
        <span class=\"navs\"> | <a href=\"item?id=30\">parent</a> | <a href=\"item?id=10#31\">context</a><span class=\"onstory\"> |  on: <a href=\"item?id=10\" title=\"Keys [dead] &amp; locks\">Keys [dead]...</a></span></span></span></div><br>\
        <div class=\"comment\"><div class=\"commtext c00\">main</div></div></td></tr><tr><td colspan=\"2\"></td><td><form><input type=\"hidden\" name=\"parent\" value=\"31\"></form></td></tr></table>";
    let whole = page(
        &row(32, 0, 2, "", "r").replace("c00", "c5a"),
        &row(33, 1, 1, "<a href=\"#32\">parent</a>", "s"),
    );
    let start = whole.find("<table class=\"fatitem\"").unwrap_or_default();
    let end = whole
        .find("<br><table border=\"0\" class='comment-tree'")
        .unwrap_or_default();
    let thread = parse(&format!("{}{main}{}", &whole[..start], &whole[end..]));
    assert_eq!(
        states(&thread),
        [
            ("31", Some("30"), State::Live),
            ("32", Some("31"), State::Live),
            ("33", Some("32"), State::Live),
        ]
    );
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("10", Some("Keys [dead] & locks"))
    );
    assert!(codes_of(&thread).contains(&codes::PARTIAL_CAPTURE));
}

/// A row as pages had it until about 2015, with its end tags left out as they were.
fn early_row(id: u32, indent: usize, head: &str, text: &str) -> String {
    format!(
        "<tr><td><table border=0><tr><td><img src=\"http://ycombinator.com/images/s.gif\" height=1 width={}></td><td valign=top><center><a id=up_{id} href=\"vote?for={id}\"><img src=\"grayarrow.gif\"></a><span id=down_{id}></span></center></td>\
         <td class=\"default\"><div style=\"margin-top:2px\"><span class=\"comhead\">{head}</span></div><br><span class=\"comment\">{text}</span><p><font size=1><u><a href=\"reply?id={id}\">reply</a></u></font></td></tr></table></td></tr>",
        indent * 40
    )
}

#[test]
fn early_markup() {
    let head = |id: u32, name: &str| {
        format!(
            "<span id=score_{id}>{} points</span> by <a href=\"user?id={name}\">{name}</a> 1200 days ago | <a href=\"item?id={id}\">link</a>",
            id - 400
        )
    };
    let rows = [
        early_row(
            401,
            0,
            &head(401, "ann"),
            "<font color=#000000>One<p>two</font>",
        ),
        early_row(402, 1, &head(402, "bo"), "<font color=#5a5a5a>Three</font>"),
        early_row(403, 2, "", "[deleted]")
            .replace("id=up_403", "")
            .replace("id=down_403", ""),
        early_row(404, 1, &head(404, "cy"), "<font color=#000000>Four</font>"),
    ];
    let page = format!(
        "<html><head><title>Keys | Hacker News</title></head><body><center><table border=0 width=\"85%\" bgcolor=#f6f6ef><tr><td><table border=0>\
         <tr><td><center><a id=up_400 href=\"vote?for=400\"><img src=\"grayarrow.gif\"></a></center></td><td class=\"title\"><a href=\"http://example.org/\">Keys</a><span class=\"comhead\"> (example.org) </span></td></tr>\
         <tr><td colspan=1></td><td class=\"subtext\"><span id=score_400>9 points</span> by <a href=\"user?id=op\">op</a> 1201 days ago | <a href=\"item?id=400\">4 comments</a></td></tr>\
         <tr style=\"height:10px\"></tr><tr><td></td><td>Story text.</td></tr><tr><td></td><td><form><textarea></textarea></form></td></tr></table><br><br><table border=0>{}</table></td></tr></table></center></body></html>",
        rows.concat()
    );
    let thread = parse(&page);
    assert_eq!(
        states(&thread),
        [
            ("401", None, State::Live),
            ("402", Some("401"), State::Live),
            ("3", Some("402"), State::Deleted),
            ("404", Some("401"), State::Live),
        ]
    );
    assert_eq!(
        (thread.id.as_str(), thread.title.as_deref()),
        ("400", Some("Keys"))
    );
    assert_eq!(thread.comments[0].body.text, "One\n\ntwo");
    let points = thread.comments[1]
        .score
        .as_ref()
        .and_then(|score| score.points);
    assert_eq!(points, Some(2));
    assert_eq!(
        thread.article.as_ref().and_then(|a| a.text.as_deref()),
        Some("Story text.")
    );
    assert_eq!(codes_of(&thread), [codes::DELETED_COMMENTS]);
}

#[test]
fn lists_of_comments_part_by_story() {
    let listed = |id: u32, story: u32| {
        row(
            id,
            0,
            1,
            &format!("<a href=\"item?id={}\">parent</a>", id - 1),
            "x",
        )
        .replace(
            "<span class=\"onstory\">",
            &format!("<span class=\"onstory\"> | on: <a href=\"item?id={story}\">S{story}</a>"),
        )
    };
    let whole = page(
        &[listed(52, 50), listed(62, 61), row(63, 1, 1, "", "y")].concat(),
        "",
    );
    let start = whole.find("<table class=\"fatitem\"").unwrap_or_default();
    let end = whole
        .find("<br><table border=\"0\" class='comment-tree'")
        .unwrap_or_default();
    let threads = parse_all(&format!("{}{}", &whole[..start], &whole[end..]));
    assert_eq!(threads.len(), 2);
    assert_eq!(states(&threads[0]), [("52", Some("51"), State::Live)]);
    assert_eq!(
        states(&threads[1]),
        [("62", None, State::Live), ("63", Some("62"), State::Live)]
    );
    assert_eq!(
        (threads[1].id.as_str(), threads[1].title.as_deref()),
        ("61", Some("S61"))
    );
}

#[test]
fn pages_that_are_none() {
    let other = "<html><title>About Hacker News</title><a href='https://news.ycombinator.com/item?id=1'>discuss</a>";
    assert!(!SOURCE.detect(other.as_bytes()));
    let list = "<table id=hnmain><tr class=athing id=1><td class=title><a href='http://a.example/'>A</a></td></tr><tr><td class=subtext><a href='item?id=1'>3 comments</a></td></tr>\
        <tr class=athing id=2><td class=title><a href='http://b.example/'>B</a></td></tr><tr><td class=subtext>by <a href='user?id=x'>x</a> <a href='item?id=2'>discuss</a></td></tr></table>";
    assert!(SOURCE.detect(list.as_bytes()));
    let read = SOURCE.threads(Box::new(list.as_bytes())).next();
    assert!(read.is_some_and(|read| read.is_err()));
}

#[test]
fn a_comment_that_the_page_breaks_off_in_is_not_deleted() {
    let whole = page(
        &[row(11, 0, 1, "", "said"), row(12, 1, 1, "", "cut")].concat(),
        "",
    );
    let head = whole.find("indent='1'").expect("the second row");
    let end = whole[head..].find('>').expect("its start") + head + 1;
    let cut = parse(&whole[..end]);
    assert_eq!(
        states(&cut),
        [
            ("11", None, State::Live),
            ("12", Some("11"), State::Unresolved)
        ]
    );
    let merged = crate::thread::merge(vec![parse(&whole), cut]).expect("a thread");
    assert_eq!(merged.comments[1].state, State::Live);
    assert_eq!(merged.comments[1].body.text, "cut");
}

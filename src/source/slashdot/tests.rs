//! Slashdot: pages made for the purpose.

use super::*;
use crate::source::testing::{codes_of, parents};
use crate::thread::State;

fn thread(page: &str) -> Thread {
    read(&Page::decode(page.as_bytes().to_vec())).unwrap()
}

/// A page of 2018: a full comment, a folded one, hidden ones, and the script that knows them all.
const NEW: &str = r##"<!-- html-header -->
<!DOCTYPE html><html><head><title>Keys Leak - Slashdot</title>
<meta property="og:url" content="https://it.slashdot.org/story/18/09/06/1921222/keys-leak?utm_source=feed">
<link rel="canonical" href="https://it.slashdot.org/story/18/09/06/1921222/keys-leak"></head><body>
<article id="firehose-1"><header><h2 class="story"><span id="title-1" class="story-title">
<a href="//it.slashdot.org/story/18/09/06/1921222/keys-leak">Keys Leak</a> <span class="no extlnk"><a href="x">(x.test)</a></span></span></h2></header>
<div class="body" id="fhbody-1"><div id="text-1" class="p">The vendor <i>lost</i> its keys.</div></div></article>
<script>D2.comments({ 11: { uid: 5, pid: 0, points: 5, kids: [ 12, 14 ], opid: 0 }, 12: { uid: 666, pid: 11, subject: "Re:Rotate", points: -1, kids: [  ], opid: 11 } });
D2.discussion_id(777); D2.more_comments_num(3);</script>
<ul id="commentlisting" class="d2"><li id="tree_11" class="comment full contain"><span class="ind"></span>
<div id="comment_11" class="cw"><div id="comment_top_11" class="commentTop newcomment"><div class="title">
<h4><a id="comment_link_11" name="comment_link_11" href="//it.slashdot.org/comments.pl?sid=777&amp;cid=11">Rotate</a>
<span id="comment_score_11" class="score"> (<a href="#"><span class=opt>Score:</span>5</a>, Insightful)</span></h4></div>
<div class="details"><span class="by"><span class="byby">by </span><a href="//slashdot.org/~Ada+E">Ada E (x)</a>
<span class="uid"><a href="//slashdot.org/~Ada+E">( 88 )</a></span></a></span><span class="writes" style="display:none"> writes:</span>
<span class="otherdetails" id="comment_otherdetails_11"> on Thursday September 06, 2018 @06:03PM (<a href="//it.slashdot.org/comments.pl?sid=777&amp;cid=11">#11</a>)
<small> </small></span></div></div>
<div class="commentBody"><div id="comment_body_11"><p><div class="quote"><p>It lost its keys.</p></div><p>Then <b>rotate</b> them.</p></div>
<div id="comment_sig_11" class="sig">Ada was here</div></div>
<div class="commentSub" id="comment_sub_11"><a href="//it.slashdot.org/comments.pl?sid=777&amp;op=Reply&amp;pid=11">Reply to This</a></div></div>
<div id="replyto_11"></div><ul id="group_11"><li id="hiddens_11" class="hide"></li></ul>
<ul id="commtree_11"><li id="tree_12" class="comment hidden"><div id="comment_12" class="cw"></div>
<ul id="group_12"><li id="hiddens_12" class="hide"></li></ul>
<ul id="commtree_12"><li id="tree_13" class="comment oneline"><div id="comment_13" class="cw"><div id="comment_top_13" class="commentTop newcomment">
<div class="title"><h4><a id="comment_link_13" href="#">Re:</a> <span id="comment_score_13" class="score">(Score:1)</span></h4></div>
<div class="details"><span class="by"><span class="byby">by </span>Anonymous Coward</span> <span class="otherdetails" id="comment_otherdetails_13"></span></div></div>
<div class="commentBody"><div id="comment_body_13">They never do.</div></div></div></li></ul></li>
<li id="hidestring_11"><noscript><b class='more'><a href="//it.slashdot.org/comments.pl?sid=777&amp;pid=11">1 reply</a> beneath your current threshold.</b></noscript></li></ul></li></ul></body></html>"##;

#[test]
fn full_folded_and_hidden_comments() {
    assert!(SOURCE.detect(NEW.as_bytes()));
    let thread = thread(NEW);
    assert_eq!(thread.id, "777");
    assert_eq!(thread.title.as_deref(), Some("Keys Leak"));
    let url = "https://it.slashdot.org/story/18/09/06/1921222/keys-leak";
    assert_eq!(thread.url.as_deref(), Some(url));
    let article = thread.article.as_ref().unwrap();
    assert_eq!(article.text.as_deref(), Some("The vendor lost its keys."));
    let expected = [("11", None), ("12", Some("11")), ("13", Some("12"))];
    assert_eq!(parents(&thread), expected);
    let states: Vec<_> = thread
        .comments
        .iter()
        .map(|comment| comment.state)
        .collect();
    assert_eq!(states, [State::Live, State::Hidden, State::Collapsed]);
    assert_eq!(
        codes_of(&thread),
        ["partial_capture", "hidden_comments", "local_times"]
    );

    let full = &thread.comments[0];
    assert_eq!(full.title.as_deref(), Some("Rotate"));
    let author = full.author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("Ada E (x)", Some("88"))
    );
    assert_eq!(full.posted.unwrap().to_string(), "2018-09-06T18:03:00Z");
    let score = full.score.as_ref().unwrap();
    assert_eq!(
        (score.points, score.label.as_deref()),
        (Some(5), Some("Insightful"))
    );
    let blocks: Vec<_> = full
        .body
        .blocks
        .iter()
        .map(|block| block.kind.as_str())
        .collect();
    assert_eq!(blocks, ["quote", "paragraph", "signature"]);

    let hidden = &thread.comments[1];
    assert_eq!(hidden.title.as_deref(), Some("Re:Rotate"));
    assert_eq!(hidden.score.as_ref().unwrap().points, Some(-1));

    let folded = &thread.comments[2];
    assert!(folded.author.as_ref().unwrap().anonymous);
    assert_eq!(folded.body.text, "They never do.");
    assert_eq!(folded.posted, None);
}

/// A page of 2006 without script: numbers in the authors' links, no year, parents by link.
const OLD: &str = r#"<html><head><title>Slashdot | Keys Leak</title></head><ul id="commentlisting">
<li id="tree_5" class="comment"><div id="comment_5"><div id="comment_top_5" class="commentTop newcomment"><div class="title">
<h4><a name="5">Rotate</a> <span id="comment_score_5" class="score"> (Score:2, Funny)</span></h4></div>
<div class="details">by <a href="//slashdot.org/~bob">bob (12)</a> <a href="/faq/com-mod.shtml#cm2600">*</a>
<span class="zooicon"><a href="/zoo.pl">x</a></span> <span class="otherdetails" id="comment_otherdetails_5">on Thursday September 06, 2007 @06:03PM (#5)</span></div></div>
<div class="commentBody"><div id="comment_body_5">Go.</div><div id="comment_shrunk_5" class="commentshrunk"><a class="readrest" href="x">Read the rest of this comment...</a></div></div>
<div class="commentSub" id="comment_sub_5">[ <a href="//it.slashdot.org/comments.pl?sid=06/01/02/123&amp;op=Reply&amp;pid=5">Reply to This</a> |
<a href="//it.slashdot.org/comments.pl?sid=06/01/02/123&amp;cid=3&amp;pid=3">Parent</a> ]</div></div>
<ul id="commtree_5"><li id="hidestring_5"><b><a href="//it.slashdot.org/comments.pl?sid=1&amp;pid=5">2 replies</a> beneath your current threshold.</b></li></ul></li></ul></html>"#;

#[test]
fn old_pages_name_parents_and_count_what_they_leave_out() {
    assert!(SOURCE.detect(OLD.as_bytes()));
    let thread = thread(OLD);
    assert_eq!(thread.id, "06/01/02/123");
    assert_eq!(thread.title.as_deref(), Some("Keys Leak"));
    assert_eq!(parents(&thread), [("5", Some("3")), ("more-5", Some("5"))]);
    assert_eq!(thread.comments[1].state, State::Unresolved);
    assert_eq!(
        codes_of(&thread),
        ["missing_parent", "unresolved_comments", "local_times"]
    );
    let comment = &thread.comments[0];
    let author = comment.author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("bob", Some("12"))
    );
    assert_eq!(comment.body.text, "Go.");
    assert_eq!(comment.posted.unwrap().to_string(), "2007-09-06T18:03:00Z");
}

#[test]
fn the_link_to_the_parent_counts_more_than_the_place() {
    let item = |id: u32, inner: &str| {
        format!(
            "<li id=\"tree_{id}\" class=\"comment full\"><div id=\"comment_body_{id}\">x</div>{inner}</li>"
        )
    };
    let moved = item(3, "<a href=\"comments.pl?sid=7&amp;cid=1\">Parent</a>");
    let page = format!(
        "<ul id=\"commentlisting\">{}</ul>",
        item(
            1,
            &format!("<ul>{}</ul>", item(2, &format!("<ul>{moved}</ul>")))
        )
    );
    let thread = thread(&page);
    assert_eq!(
        parents(&thread),
        [("1", None), ("2", Some("1")), ("3", Some("1"))]
    );
    assert_eq!(codes_of(&thread), ["parent_conflict"]);
}

#[test]
fn dates_without_a_year_are_of_the_storys() {
    let page = "<link rel=canonical href=https://slashdot.org/story/08/01/02/123/x><ul id=commentlisting>\
                <li id=tree_1 class=comment><div id=comment_body_1>x</div>\
                <span id=comment_otherdetails_1>on Friday January 04, @06:03AM (#1)</span></li></ul>";
    let thread = thread(page);
    assert_eq!(
        thread.comments[0].posted.unwrap().to_string(),
        "2008-01-04T06:03:00Z"
    );
    assert_eq!(thread.id, "08/01/02/123");
}

#[test]
fn lists_of_stories_are_errors() {
    let page = "<link rel=canonical href=\"https://slashdot.org/\"><p>News</p>";
    assert!(SOURCE.detect(page.as_bytes()));
    assert!(read(&Page::decode(page.into())).is_err());
    assert!(!SOURCE.detect(b"<a href=\"https://slashdot.org/\">Slashdot</a>"));
}

/// A page of 2001: rows of tables, lists of replies, one of them folded.
const TABLES: &str = r##"<HTML><HEAD><TITLE>Slashdot | Keys Leak</TITLE></HEAD><BODY><A NAME="top"></A><TABLE>
<TR><TD BGCOLOR="#CCCCCC"><FONT SIZE="3"><A NAME="12"><B>Rotate on Monday</B></A></FONT> (Score:4, Insightful)
<BR>by <A HREF="mailto:a@example.org">Ron E</A> <B><FONT SIZE="2">(a@example.org)</FONT></B> on Friday April 13, 2001 @10:03AM
(<A HREF="//slashdot.org/comments.pl?sid=01/04/12/1&cid=12">#12</A>)<BR><FONT SIZE="-1">(<A HREF="/users.pl?nick=x">User #5 Info</A>)</FONT></TD></TR>
<TR><TD>Rotate.<UL><LI>all</UL><A NAME="99">x</A></TD></TR>
<TR><TD><FONT SIZE="2">[ <A HREF="//slashdot.org/comments.pl?sid=01/04/12/1&op=Reply&pid=12">Reply to This</A> |
<A HREF="//slashdot.org/comments.pl?sid=01/04/12/1&pid=0">Parent</A> ]</FONT></TD></TR>
<TR><TD><UL><TABLE><TR><TD><A NAME="15"><B>No</B></A> (Score:2)<BR>by Anonymous Coward on Friday April 13, 2001 @11:03AM (#15)</TD></TR>
<TR><TD>No.</TD></TR><TR><TD>[ <A HREF="//slashdot.org/comments.pl?sid=01/04/12/1&cid=12">Parent</A> ]</TD></TR></TABLE>
<UL><LI><A HREF="//slashdot.org/comments.pl?sid=01/04/12/1&threshold=1&cid=17">Re:No</A> by bob <FONT SIZE="-1">(Score:1)</FONT></LI></UL></UL></TD></TR>
</TABLE></BODY></HTML>"##;

#[test]
fn rows_of_tables() {
    assert!(SOURCE.detect(TABLES.as_bytes()));
    let thread = thread(TABLES);
    assert_eq!(thread.id, "01/04/12/1");
    assert_eq!(thread.title.as_deref(), Some("Keys Leak"));
    assert_eq!(
        parents(&thread),
        [("12", None), ("15", Some("12")), ("17", Some("15"))]
    );
    let first = &thread.comments[0];
    let author = first.author.as_ref().unwrap();
    assert_eq!(
        (author.name.as_str(), author.id.as_deref()),
        ("Ron E", Some("5"))
    );
    assert_eq!(first.posted.unwrap().to_string(), "2001-04-13T10:03:00Z");
    let score = first.score.as_ref().unwrap();
    assert_eq!(
        (score.points, score.label.as_deref()),
        (Some(4), Some("Insightful"))
    );
    assert_eq!(first.title.as_deref(), Some("Rotate on Monday"));
    assert_eq!(first.body.text, "Rotate.\n\nall\n\nx");
    assert!(thread.comments[1].author.as_ref().unwrap().anonymous);
    assert_eq!(thread.comments[1].body.text, "No.");
    let folded = &thread.comments[2];
    assert_eq!(
        (folded.state, folded.author.as_ref().unwrap().name.as_str()),
        (State::Hidden, "bob")
    );
    assert_eq!(folded.score.as_ref().unwrap().points, Some(1));
}

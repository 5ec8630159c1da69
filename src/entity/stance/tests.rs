//! Who is blamed, defended and praised, and who is only named.

use super::*;
use crate::{
    entity::entities,
    segment,
    text::{BodyBuilder, plain},
    thread::{Draft, ThreadBuilder},
};

fn thread(body: crate::text::Body) -> Thread {
    let mut builder = ThreadBuilder::new("test", "t");
    builder.push(Draft {
        body,
        settled: true,
        ..Draft::default()
    });
    builder.build()
}

/// Attitude and entity of every stance in `text`.
fn found(text: &str) -> Vec<(&'static str, String)> {
    let thread = thread(plain::body(text));
    let all = entities(&thread, &segment::units(&thread));
    let stances = actor_stances(&thread, &all).into_iter();
    stances
        .map(|stance| (stance.attitude.as_str(), all[stance.entity].name.clone()))
        .collect()
}

#[track_caller]
fn check(text: &str, wanted: &[(&str, &str)]) {
    let found = found(text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(stance, name)| (*stance, name.as_str()))
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn cues_on_the_right_side_count() {
    check(
        "Kudos to Cloudflare for the write-up.",
        &[("praise", "Cloudflare")],
    );
    check(
        "Microsoft really dropped the ball here.",
        &[("blame", "Microsoft")],
    );
    check(
        "This is Equifax's own incompetence.",
        &[("blame", "Equifax")],
    );
    check("This is Equifax’s fault.", &[("blame", "Equifax")]);
    check("WireGuard is just great.", &[("praise", "WireGuard")]);
    check("`systemd` is garbage.", &[("blame", "systemd")]);
    check("I blame the NSA for this.", &[("blame", "NSA")]);
    check("I don’t blame GitHub for it.", &[("defense", "GitHub")]);
    check("Okta did nothing wrong.", &[("defense", "Okta")]);
    check("Fancy Bear is to blame.", &[("blame", "APT28")]);
}

#[test]
fn denied_fault_is_a_defense_and_denied_praise_nothing() {
    check("This isn't Microsoft's fault.", &[("defense", "Microsoft")]);
    check(
        "It is not Cloudflare's fault at all.",
        &[("defense", "Cloudflare")],
    );
    check("OpenSSL is not great.", &[]);
    check("No kudos to Cisco.", &[]);
}

#[test]
fn without_a_stance_of_the_author_there_is_none() {
    for text in [
        "Microsoft wrote the patch.",
        "Is this Microsoft's fault?",
        "If Microsoft dropped the ball, we will know.",
        "People say that Microsoft is evil.",
        "The users of Windows XP are idiots.",
        "I blame Windows 10 users for this.",
        "The admins at Equifax, who are great, wept.",
        "That is Terraform's problem, not mine.",
        "I love Amazon's page.",
        "My cat is great. Microsoft is a company.",
        "You can use GitHub, but the weather is terrible.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_words_of_others_and_programs_take_no_side() {
    let mut body = BodyBuilder::default();
    body.block(BlockKind::Quote, "OpenSSL is garbage.", vec![])
        .block(BlockKind::Code, "OpenSSL is garbage.", vec![]);
    let thread = thread(body.build());
    let all = entities(&thread, &segment::units(&thread));
    assert_eq!(all.len(), 2);
    assert!(actor_stances(&thread, &all).is_empty());
}

#[test]
fn the_cue_is_the_place_of_its_words() {
    let text = "Well: kudos to Cloudflare.";
    let thread = thread(plain::body(text));
    let all = entities(&thread, &segment::units(&thread));
    let stances = actor_stances(&thread, &all);
    assert_eq!(stances[0].cue.slice(text), "kudos to");
}

#[test]
fn long_sentences_take_linear_time() {
    for piece in ["Microsoft is great and ", "kudos to ", "Microsoft ", "not "] {
        let thread = thread(plain::body(&piece.repeat(200_000 / piece.len())));
        let all = entities(&thread, &segment::units(&thread));
        let _ = actor_stances(&thread, &all);
    }
}

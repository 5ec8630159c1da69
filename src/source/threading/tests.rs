//! Threads from links in all states.

use super::{Above::*, *};
use proptest::prelude::*;

/// A message by its id, its references, the header of one id, and its subject.
fn link(id: &str, references: &str, in_reply_to: &str, subject: &str) -> Link {
    Link {
        id: id.to_owned(),
        references: references.split_whitespace().map(str::to_owned).collect(),
        in_reply_to: Some(in_reply_to.to_owned()).filter(|id| !id.is_empty()),
        doubtful: Vec::new(),
        subject: subject_key(subject),
    }
}

fn members(groups: &[Group]) -> Vec<(&str, &[usize])> {
    let groups = groups.iter();
    groups
        .map(|group| (group.root.as_str(), group.members.as_slice()))
        .collect()
}

#[test]
fn the_last_reference_that_exists_is_the_parent() {
    let links = [
        link("a", "", "", ""),
        link("b", "a", "", ""),
        link("c", "a b gone", "gone", ""),
        link("d", "a", "b", ""),
        link("e", "b a", "b", ""),
        link("f", "", "a", ""),
    ];
    let (above, groups) = thread(&links, false);
    assert_eq!(
        above,
        [
            Nothing,
            Message(0),
            Message(1),
            Message(0),
            Message(1),
            Message(0)
        ]
    );
    assert_eq!(members(&groups), [("a", &[0, 1, 2, 3, 4, 5][..])]);
}

#[test]
fn a_doubtful_header_counts_only_if_the_message_exists() {
    let mut one = link("b", "", "", "");
    one.doubtful = vec!["ada@a.example".into(), "a".into()];
    let mut other = link("c", "", "", "");
    other.doubtful = vec!["ada@a.example".into()];
    let (above, groups) = thread(&[link("a", "", "", ""), one, other], false);
    assert_eq!(above, [Nothing, Message(0), Nothing]);
    assert_eq!(groups.len(), 2);
}

#[test]
fn replies_to_a_ghost_stay_together() {
    let links = [
        link("x", "", "", ""),
        link("a", "root mid", "", ""),
        link("b", "root", "", ""),
        link("c", "a", "", ""),
    ];
    let (above, groups) = thread(&links, false);
    assert_eq!(
        above,
        [
            Nothing,
            Ghost("mid".into()),
            Ghost("root".into()),
            Message(1)
        ]
    );
    assert_eq!(members(&groups), [("x", &[0][..]), ("root", &[1, 2, 3])]);
}

#[test]
fn a_ghost_leads_on_to_what_it_answers() {
    let links = [
        link("a", "", "", ""),
        link("b", "ghost", "", ""),
        link("c", "a ghost other", "", ""),
    ];
    let (above, _) = thread(&links, false);
    assert_eq!(above, [Nothing, Message(0), Message(0)]);
}

#[test]
fn subjects_are_a_last_resort() {
    let links = [
        link("a", "", "", "[keys] Rotate"),
        link("b", "", "", "Re: [keys] Rotate"),
        link("c", "gone", "", "AW: Re[2]: rotate"),
        link("d", "", "", ""),
        link("e", "", "", ""),
    ];
    let (above, groups) = thread(&links, true);
    assert_eq!(above, [Nothing, First(0), First(0), Nothing, Nothing]);
    assert_eq!(groups.len(), 3);
    let (above, _) = thread(&links, false);
    assert_eq!(above[..3], [Nothing, Nothing, Ghost("gone".into())]);
}

#[test]
fn a_reply_before_its_parent_makes_no_circle_by_its_subject() {
    let links = [link("b", "a", "", "Rotate"), link("a", "", "", "Rotate")];
    assert_eq!(thread(&links, true).0, [Message(1), Nothing]);
}

#[test]
fn messages_that_answer_themselves_answer_nothing() {
    let (above, groups) = thread(&[link("a", "a", "a", "")], true);
    assert_eq!((above, groups.len()), (vec![Nothing], 1));
}

#[test]
fn prefixes_of_replies() {
    assert_eq!(
        without_prefixes("Re: AW: Re[3]: Keys: lost", true),
        "Keys: lost"
    );
    assert_eq!(
        without_prefixes("[keys] Re: Lost", false),
        "[keys] Re: Lost"
    );
    assert_eq!(without_prefixes("Re: ", true), "Re:");
    assert_eq!(subject_key("Re: [keys]  LOST"), "lost");
}

#[test]
fn long_chains_take_linear_time() {
    let ids: Vec<String> = (0..50_000).map(|n| n.to_string()).collect();
    let links: Vec<_> = (0..50_000)
        .map(|n| {
            let from = n - n.min(20);
            link(&ids[n], &ids[from..n].join(" "), "", "one")
        })
        .collect();
    let (above, groups) = thread(&links, true);
    assert_eq!((&above[49_999], groups.len()), (&Message(49_998), 1));
    let ghosts: Vec<_> = (0..50_000)
        .map(|n| link(&format!("x{n}"), &format!("{} {n}", n + 1), "", ""))
        .collect();
    assert_eq!(thread(&ghosts, true).1.len(), 1);
}

proptest! {
    /// Whatever the links, every message is in one group, together with what it answers.
    #[test]
    fn threading_is_total(links in prop::collection::vec(("[a-f]", "([a-j] ){0,4}", "[a-j]?", "(Re: )?[xy]?"), 0..12), by_subject: bool) {
        let mut links: Vec<_> = links.iter().map(|(id, references, reply, subject)| link(id, references, reply, subject)).collect();
        for (at, link) in links.iter_mut().enumerate() {
            link.id = format!("{}{}", link.id, if at < 6 { String::new() } else { at.to_string() });
        }
        links.sort_by(|a, b| a.id.cmp(&b.id));
        links.dedup_by(|a, b| a.id == b.id);
        let (above, groups) = thread(&links, by_subject);
        let mut seen: Vec<_> = groups.iter().flat_map(|group| group.members.clone()).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..links.len()).collect::<Vec<_>>());
        for group in &groups {
            for &at in &group.members {
                if let Message(parent) = above[at] {
                    prop_assert!(group.members.contains(&parent));
                }
            }
        }
    }
}

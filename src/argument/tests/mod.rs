//! Chains and counts of threads whose labels are marked in their words.

mod people;

use super::*;
use crate::{
    model::marked::{draft, thread},
    relate::{Kind, Target, case::Case},
    thread::{CommentIdx, State, ThreadBuilder},
};

impl Case {
    fn of<S: AsRef<str>>(comments: &[(S, S, S)]) -> Self {
        Self::new(thread(comments))
    }

    fn chains(&self, limit: usize) -> Vec<Chain> {
        chains(
            &self.thread,
            &self.units,
            &self.labels,
            &self.relations,
            limit,
        )
    }

    /// The ids of the comments of each chain.
    fn paths(&self, limit: usize) -> Vec<String> {
        let id = |idx: &CommentIdx| self.thread.comment(*idx).id.as_str();
        let path = |chain: &Chain| chain.comments.iter().map(id).collect::<Vec<_>>().join("");
        self.chains(limit).iter().map(path).collect()
    }

    fn metrics(&self) -> Metrics {
        metrics(&self.thread, &self.units, &self.labels, &self.relations)
    }

    fn contested(&self) -> Vec<Contested> {
        contested(&self.units, &self.labels, &self.relations)
    }
}

/// A chain of replies with these stances, the first to a claim.
fn row(stances: &[&str]) -> Case {
    let mut comments = vec![("0".to_owned(), String::new(), "CLAIM keys leak.".to_owned())];
    for (at, stance) in stances.iter().enumerate() {
        comments.push((
            (at + 1).to_string(),
            at.to_string(),
            format!("{stance} CLAIM that is it."),
        ));
    }
    Case::of(&comments)
}

#[test]
fn polarity_counts_attacks_and_status_looks_at_the_last_word() {
    use {Polarity::*, Status::*};
    let cases: [(&[&str], Polarity, Status); 7] = [
        (&["AGREE"], Support, Uncontested),
        (&["NEUTRAL", "AGREE"], Support, Uncontested),
        (&["DISAGREE"], Attack, Unanswered),
        (&["DISAGREE", "DISAGREE"], Support, Unanswered),
        (&["DISAGREE", "AGREE"], Attack, Answered),
        (&["DISAGREE", "NEUTRAL"], Attack, Answered),
        (
            &["DISAGREE", "DISAGREE", "AGREE", "DISAGREE"],
            Attack,
            Unanswered,
        ),
    ];
    for (stances, polarity, status) in cases {
        let case = row(stances);
        let chain = case.chains(9).remove(0);
        assert_eq!(
            (chain.polarity, chain.status),
            (polarity, status),
            "{stances:?}"
        );
        assert_eq!(chain.comments.len(), stances.len() + 1);
        assert_eq!(chain.units.len(), chain.comments.len());
        assert_eq!(chain.relations.len(), stances.len());
    }
}

#[test]
fn a_chain_derails_at_the_first_attack_on_a_person() {
    let calm = row(&["DISAGREE", "AGREE"]);
    assert_eq!(calm.chains(1)[0].derailment, None);
    // The insult stands beside the claim that speaks for the comment.
    let case = row(&[
        "DISAGREE",
        "DISAGREE CLAIM no. AD_HOMINEM you fool.",
        "AD_HOMINEM DISAGREE",
        "AGREE",
    ]);
    let derailment = case.chains(1)[0].derailment.expect("an insult");
    assert_eq!(case.units[derailment.at].comment.get(), 2);
    assert_eq!(derailment.before, Some(CommentIdx::new(1)));
    assert_eq!(derailment.back, Some(CommentIdx::new(4)));
    let end = row(&["DISAGREE AD_HOMINEM"]).chains(1)[0].derailment;
    assert_eq!(end.and_then(|derailment| derailment.back), None);
    let outsiders = row(&["INCIVILITY DISAGREE"]);
    assert_eq!(outsiders.chains(1)[0].derailment, None);
}

#[test]
fn richer_chains_come_first_and_equal_ones_in_document_order() {
    let case = Case::of(&[
        ("a", "", "CLAIM keys leak."),
        ("b", "a", "CLAIM perhaps."),
        ("c", "b", "CLAIM perhaps."),
        ("d", "c", "CLAIM perhaps."),
        ("e", "a", "DISAGREE CLAIM no."),
        ("f", "e", "AGREE CLAIM yes."),
        ("g", "a", "DISAGREE CLAIM no."),
        ("h", "a", "AGREE CLAIM yes."),
        ("x", "", "CLAIM nobody answers."),
    ]);
    assert_eq!(case.paths(9), ["aef", "ag", "ah", "abcd"]);
    assert_eq!(case.paths(2), ["aef", "ag"]);
    assert!(case.paths(0).is_empty());
}

#[test]
fn chains_are_asked_for_by_root_author_kind_and_length() {
    let case = Case::of(&[
        ("a", "", "CLAIM keys leak."),
        ("b", "a", "DISAGREE CLAIM no."),
        ("c", "b", "DISAGREE CLAIM they do."),
        ("d", "c", "AGREE CLAIM indeed."),
        ("e", "a", "DISAGREE CLAIM never."),
    ]);
    let found = |query: Query| {
        let id = |idx: &CommentIdx| case.thread.comment(*idx).id.clone();
        let chains = all_chains(
            &case.thread,
            &case.units,
            &case.labels,
            &case.relations,
            query,
        );
        chains
            .map(|chain| chain.comments.iter().map(id).collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(Query::default()), ["abcd", "ae"]);
    let root = |root| Query {
        root: Some(root),
        ..Query::default()
    };
    assert_eq!(found(root(Target::Comment(CommentIdx::new(1)))), ["bcd"]);
    assert_eq!(found(root(Target::Unit(2))), ["cd"]);
    assert!(found(root(Target::Unit(4))).is_empty());
    let kind = |kind, min_length| Query {
        kind: Some(kind),
        min_length,
        ..Query::default()
    };
    assert_eq!(found(kind(Kind::Attack, 0)), ["ae"]);
    assert!(found(kind(Kind::Attack, 3)).is_empty());
    let by = |name: &str| Query {
        author: Some(name.to_owned()),
        ..Query::default()
    };
    assert!(found(by("nobody")).is_empty());
}

#[test]
fn a_chain_runs_through_a_deleted_comment() {
    let mut builder = ThreadBuilder::new("test", "t");
    builder.push(draft("a", "", "CLAIM keys leak."));
    let mut gone = draft("b", "a", "");
    gone.state = State::Deleted;
    builder.push(gone);
    builder.push(draft("c", "b", "DISAGREE CLAIM no."));
    builder.push(draft("d", "c", "AGREE CLAIM right."));
    let case = Case::new(builder.build());
    // What the deleted comment said to its parent is lost, so that the chain starts with it.
    assert_eq!(case.paths(9), ["bcd"]);
    let chain = &case.chains(1)[0];
    assert_eq!((chain.comments.len(), chain.units.len()), (3, 2));
    assert_eq!(chain.polarity, Polarity::Attack);
}

#[test]
fn a_chain_of_fifty_thousand_replies_is_traced() {
    let stances = ["DISAGREE", "AGREE", "NEUTRAL"];
    let stances: Vec<&str> = stances.iter().copied().cycle().take(49_999).collect();
    let case = row(&stances);
    let chains = case.chains(100);
    assert_eq!(chains.len(), 1);
    assert_eq!(chains[0].comments.len(), 50_000);
    // 16,667 replies disagree.
    assert_eq!(chains[0].polarity, Polarity::Attack);
    assert_eq!(case.metrics().max_depth, 49_999);
}

#[test]
fn twenty_thousand_replies_to_one_comment_are_counted() {
    let mut comments = vec![("0".to_owned(), String::new(), "CLAIM keys leak.".to_owned())];
    for at in 1..=20_000 {
        comments.push((
            at.to_string(),
            "0".to_owned(),
            "DISAGREE CLAIM no key leaked.".to_owned(),
        ));
    }
    let case = Case::of(&comments);
    assert_eq!(case.chains(100).len(), 100);
    let metrics = case.metrics();
    assert_eq!(
        (metrics.attacks, metrics.roots, metrics.max_depth),
        (20_000, 1, 1)
    );
    assert_eq!(
        case.contested(),
        [Contested {
            unit: 0,
            attacks: 20_000,
            supports: 0
        }]
    );
}

#[test]
fn contested_units_are_those_that_other_comments_attack() {
    let case = Case::of(&[
        (
            "a",
            "",
            "CLAIM keys leak. PREMISE they do so in images. CLAIM tapes are safe.",
        ),
        ("b", "a", "DISAGREE CLAIM keys never leak."),
        ("c", "a", "AGREE CLAIM keys leak."),
        ("d", "a", "DISAGREE CLAIM tapes burn."),
        (
            "e",
            "a",
            "> PREMISE they do so in images.\n\nAGREE CLAIM indeed.",
        ),
        // Against the person, and so against no claim.
        (
            "f",
            "a",
            "DISAGREE AD_HOMINEM CLAIM tapes are for a fool like you.",
        ),
    ]);
    // The premise is supported and never attacked; the premise's own support stays in its comment.
    assert_eq!(
        case.contested(),
        [
            Contested {
                unit: 0,
                attacks: 1,
                supports: 1
            },
            Contested {
                unit: 2,
                attacks: 1,
                supports: 0
            },
        ]
    );
}

#[test]
fn metrics_count_comments_people_and_relations() {
    let mut builder = ThreadBuilder::new("test", "t");
    let by = |id: &str, parent: &str, text: &str, name: &str, anonymous: bool| {
        let mut draft = draft(id, parent, text);
        let name = name.to_owned();
        draft.author = Some(crate::thread::Author {
            name,
            anonymous,
            ..Default::default()
        });
        draft
    };
    builder.push(by(
        "a",
        "",
        "CLAIM TECHNICAL keys leak. PREMISE TECHNICAL images keep them.",
        "Ada",
        false,
    ));
    builder.push(by(
        "b",
        "a",
        "DISAGREE CLAIM no. AD_HOMINEM you fool.",
        "Coward",
        true,
    ));
    builder.push(by(
        "c",
        "a",
        "AGREE CLAIM yes. INCIVILITY the vendor lies.",
        "Coward",
        true,
    ));
    builder.push(by("d", "b", "QUESTION why?", "Ada", false));
    builder.push(by("e", "", "Hello.", "Bob", false));
    let expected = Metrics {
        comments: 5,
        authors: 4,
        roots: 2,
        answered: 2,
        max_depth: 2,
        units: 8,
        claims: 3,
        backed_claims: 1,
        technical: 1,
        ad_hominem: 1,
        incivility: 1,
        attacks: 2,
        unanswered_attacks: 0,
        supports: 1,
    };
    assert_eq!(Case::new(builder.build()).metrics(), expected);
    assert_eq!(Case::of::<&str>(&[]).metrics(), Metrics::default());
}

#[test]
fn pingbacks_are_left_out_of_the_counts() {
    let mut builder = ThreadBuilder::new("test", "t");
    builder.push(draft("a", "", "CLAIM keys leak."));
    let mut pingback = draft("p", "", "CLAIM keys leak, says a blog.");
    pingback.kind = crate::thread::CommentKind::Pingback;
    pingback.author = Some(crate::thread::Author::default());
    builder.push(pingback);
    let metrics = Case::new(builder.build()).metrics();
    assert_eq!(
        (
            metrics.comments,
            metrics.authors,
            metrics.roots,
            metrics.units
        ),
        (1, 0, 1, 1)
    );
}

#[test]
fn the_graph_has_units_as_they_are_numbered_and_comments_behind_them() {
    let mut builder = ThreadBuilder::new("test", "t");
    builder.push(draft("a", "", ""));
    builder.push(draft("b", "a", "DISAGREE CLAIM no. PREMISE I looked."));
    builder.push(draft("c", "a", "AGREE CLAIM yes."));
    let case = Case::new(builder.build());
    let graph = ArgumentGraph::new(case.units.len(), &case.relations);
    let graph = graph.graph();
    let nodes: Vec<Node> = graph.node_weights().copied().collect();
    let whole = Node::Comment(CommentIdx::new(0));
    assert_eq!(nodes, [Node::Unit(0), Node::Unit(1), Node::Unit(2), whole]);
    assert_eq!(graph.edge_count(), case.relations.len());
    for (edge, &at) in graph.edge_indices().zip(graph.edge_weights()) {
        let relation = &case.relations[at];
        let (from, to) = graph.edge_endpoints(edge).unwrap();
        assert_eq!((edge.index(), graph[from]), (at, Node::Unit(relation.from)));
        let target = match relation.to {
            Target::Unit(unit) => Node::Unit(unit),
            Target::Comment(idx) => Node::Comment(idx),
        };
        assert_eq!(graph[to], target);
    }
}

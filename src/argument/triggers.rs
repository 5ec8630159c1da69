//! What stands before attacks on persons: for each reply, whether it attacks a person, and what the comment that
//! it answers was like.
//!
//! Habernal et al. (2018) asked what triggers ad hominem arguments; the table is what that question is asked of,
//! over as many threads as one likes. It describes: what comes before is no cause.

use crate::{
    label::{Attack, Basis, CommentUnits, Role, Stance, ThreadLabels},
    segment::Unit,
    thread::{CommentIdx, CommentKind, Thread},
};

/// A reply and the comment that it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// The reply.
    pub reply: CommentIdx,
    /// What it answers.
    pub answered: CommentIdx,
    /// Whether the reply attacks a person.
    pub attacks: bool,
    /// Whether both are known to be by one author.
    pub same_author: bool,
    /// How deep the answered comment stands.
    pub depth: usize,
    /// Attacks on persons among the comments above the reply, the answered one included.
    pub attacks_above: usize,
    /// What the answered comment is like.
    pub features: Features,
    /// Seconds between the two, where both have a time.
    pub seconds: Option<i64>,
}

/// What a comment is like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Words.
    pub words: usize,
    /// Units of each sort.
    pub units: usize,
    /// Claims.
    pub claims: usize,
    /// Premises.
    pub premises: usize,
    /// Questions.
    pub questions: usize,
    /// Quotations.
    pub quotes: usize,
    /// Technical units.
    pub technical: usize,
    /// Units that point to evidence.
    pub evidence: usize,
    /// Units that say what should be, or who is to blame.
    pub normative: usize,
    /// Units that are meant otherwise than they are said.
    pub sarcastic: usize,
    /// Units that insult outsiders.
    pub uncivil: usize,
    /// Units that attack a person.
    pub ad_hominem: usize,
    /// Its stance to what it answers itself.
    pub stance: Option<Stance>,
    /// Exclamation marks.
    pub exclamations: usize,
    /// Words of two letters and more in capitals alone.
    pub shouted: usize,
}

/// Every reply of a thread with what it answers, in document order.
#[must_use]
pub fn triggers(thread: &Thread, units: &[Unit], labels: &ThreadLabels) -> Vec<Trigger> {
    let by_comment = CommentUnits::new(units);
    let all: Vec<Features> = thread
        .iter()
        .map(|(idx, _)| features(thread, &by_comment, labels, idx))
        .collect();
    let mut above = vec![0; all.len()];
    for idx in thread.tree.preorder() {
        let attacks = usize::from(all[idx.get()].ad_hominem > 0);
        let before = thread
            .tree
            .parent(idx)
            .map_or(0, |parent| above[parent.get()]);
        above[idx.get()] = before + attacks;
    }
    let replies = thread
        .iter()
        .filter(|(_, comment)| comment.kind != CommentKind::Pingback);
    let pairs = replies.filter_map(|(idx, _)| Some((idx, thread.tree.parent(idx)?)));
    let said =
        pairs.filter(|(idx, parent)| all[idx.get()].units > 0 && all[parent.get()].units > 0);
    said.map(|(reply, answered)| {
        let (one, other) = (thread.comment(answered), thread.comment(reply));
        let times = one.posted.zip(other.posted);
        Trigger {
            reply,
            answered,
            attacks: all[reply.get()].ad_hominem > 0,
            same_author: one.author.is_some()
                && thread.identity(reply) == thread.identity(answered),
            depth: one.depth,
            attacks_above: above[answered.get()],
            features: all[answered.get()].clone(),
            seconds: times.map(|(before, after)| after.as_second() - before.as_second()),
        }
    })
    .collect()
}

fn features(
    thread: &Thread,
    by_comment: &CommentUnits<'_>,
    labels: &ThreadLabels,
    idx: CommentIdx,
) -> Features {
    let text = &thread.comment(idx).body.text;
    let judged = &labels.units[by_comment.range(idx)];
    let of_role = |role: Role| judged.iter().filter(|unit| unit.role == role).count();
    let of_basis = |basis: Basis| {
        judged
            .iter()
            .filter(|unit| unit.basis.contains(&basis))
            .count()
    };
    let of_attack = |attack: Attack| {
        judged
            .iter()
            .filter(|unit| unit.attack == Some(attack))
            .count()
    };
    let is_shouted = |word: &&str| {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        letters().count() > 1 && letters().all(char::is_uppercase)
    };
    Features {
        words: text.split_whitespace().count(),
        units: judged.len(),
        claims: of_role(Role::Claim),
        premises: of_role(Role::Premise),
        questions: of_role(Role::Question),
        quotes: of_role(Role::Quote),
        technical: of_basis(Basis::Technical),
        evidence: of_basis(Basis::Evidence),
        normative: of_basis(Basis::Normative),
        sarcastic: judged.iter().filter(|unit| unit.sarcasm).count(),
        uncivil: of_attack(Attack::Incivility),
        ad_hominem: of_attack(Attack::AdHominem),
        stance: labels.comments[idx.get()].stance,
        exclamations: text.matches('!').count(),
        shouted: text.split_whitespace().filter(is_shouted).count(),
    }
}

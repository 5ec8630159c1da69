//! Relations, the edges of the argument graph.

use crate::{registry::names, segment::Unit, thread::CommentIdx};

/// A directed relation between two units, or a unit and a comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The unit that relates to another, by its number in the thread.
    pub from: usize,
    /// What it relates to.
    pub to: Target,
    /// How it relates.
    pub kind: Kind,
    /// How exactly, where that is known.
    pub subtype: Option<Subtype>,
    /// What it does in the dialogue beside that, where words show it.
    pub act: Option<Act>,
    /// How sure the relation is, from 0 to 1.
    pub score: f32,
    /// What speaks for it.
    pub evidence: Vec<Evidence>,
}

impl Relation {
    /// Whether it is aimed at a person, not at an argument.
    #[must_use]
    pub fn is_on_person(&self) -> bool {
        self.subtype == Some(Subtype::AdHominem)
    }

    /// Whether it leads from one comment to another.
    #[must_use]
    pub fn crosses(&self, units: &[Unit]) -> bool {
        units[self.from].comment != self.to.comment(units)
    }
}

/// The end of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A unit, by its number in the thread.
    Unit(usize),
    /// A whole comment, where no unit stands out.
    Comment(CommentIdx),
}

impl Target {
    /// The comment that it is, or stands in.
    #[must_use]
    pub fn comment(self, units: &[Unit]) -> CommentIdx {
        match self {
            Self::Unit(unit) => units[unit].comment,
            Self::Comment(idx) => idx,
        }
    }
}

names! {
    /// How a unit relates to another.
    pub enum Kind {
        /// Speaks for it.
        Support = "support",
        /// Speaks against it.
        Attack = "attack",
        /// Repeats it.
        Rephrase = "rephrase",
        /// Asks about it, answers it, or comments on it without taking a side.
        Answer = "answer",
    }

    /// What an attack is aimed at (Pollock 1987; Prakken 2010), that it is aimed at a person, or what turns
    /// of phrase tell beside the side taken.
    pub enum Subtype {
        /// Against a claim.
        Rebut = "rebut",
        /// Against a premise.
        Undermine = "undermine",
        /// Against the step from a premise to the claim.
        Undercut = "undercut",
        /// Against a person in place of the argument.
        AdHominem = "ad_hominem",
        /// Grants something: by itself ahead of an attack, then a support, or in one breath with it, then the
        /// attack ("yes, but").
        Concession = "concession",
        /// Sets a detail right.
        Correction = "correction",
        /// Agrees without a reason of its own.
        Agreement = "agreement",
    }

    /// What a unit does in the dialogue (the moves of Mackenzie 1979): it makes the other give reasons, or gives
    /// them when asked to.
    pub enum Act {
        /// Asks for evidence, or what a claim rests on.
        Challenge = "challenge",
        /// Answers such a question with a source, a reason or a test of one's own.
        Grounds = "grounds",
    }

    /// What speaks for a relation.
    pub enum Evidence {
        /// The comment is a reply to the other.
        Reply = "reply",
        /// The comment quotes the other's words.
        Quotation = "quotation",
        /// The unit names the other's author.
        Mention = "mention",
        /// Both comments are of one author, who goes on.
        Continuation = "continuation",
        /// The model's judgement of stance.
        Model = "model",
        /// Both units stand in one comment, as premise and claim.
        Inference = "inference",
    }
}

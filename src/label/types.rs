//! The labels as types, for code that asks about one of them.

/// Declares an enum of labels with their names.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every label of the set, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The label's name in models and in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The label of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|label| label.as_str() == name)
            }
        }
    };
}

labels! {
    /// What a unit does in the argument.
    Role {
        /// Asserts something that a reader could dispute.
        Claim = "claim",
        /// Is a reason, evidence, example or explanation.
        Premise = "premise",
        /// Asks for information.
        Question = "question",
        /// Repeats somebody else's words.
        Quote = "quote",
        /// Takes no part in the argument.
        None = "none",
    }
}

labels! {
    /// What a unit rests on.
    Basis {
        /// How technology works or fails.
        Technical = "technical",
        /// A source.
        Evidence = "evidence",
        /// The author's own experience.
        Experience = "experience",
        /// A hedged guess.
        Speculation = "speculation",
        /// What should be, or what is good or bad.
        Normative = "normative",
    }
}

labels! {
    /// Whom a unit attacks in place of an argument.
    Attack {
        /// A participant, or the people who hold the opposing view.
        AdHominem = "ad_hominem",
        /// People, companies or groups that do not take part.
        Incivility = "incivility",
    }
}

labels! {
    /// How a reply stands to what it answers.
    Stance {
        /// Endorses or extends it.
        Agree = "agree",
        /// Rejects, corrects, rebuts or mocks it.
        Disagree = "disagree",
        /// Takes no side.
        Neutral = "neutral",
    }
}

/// Labels with their probabilities, in the order of the label sets; a label that the model does not
/// offer is missing.
pub type Scores = Vec<(&'static str, f32)>;

/// What is said of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitLabels {
    /// The most probable role.
    pub role: Role,
    /// Every basis that reaches its threshold, in the order of [`Basis::ALL`].
    pub basis: Vec<Basis>,
    /// The most probable attack that reaches its threshold.
    pub attack: Option<Attack>,
    /// Whether sarcasm reaches its threshold.
    pub sarcasm: bool,
    /// The probabilities.
    pub scores: Scores,
}

/// What is said of one comment.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentLabels {
    /// The most probable stance; `None` only for a top-level comment, which answers nobody.
    pub stance: Option<Stance>,
    /// The probabilities of the stances; empty for a top-level comment.
    pub scores: Scores,
    /// The largest probability of `technical` over the comment's units.
    pub technical: f32,
    /// The largest probability of `ad_hominem` over the comment's units.
    pub ad_hominem: f32,
    /// The largest probability of `incivility` over the comment's units.
    pub incivility: f32,
}

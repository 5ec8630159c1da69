//! The closed lists of words by which a cue and a name are joined or parted.

/// Words that may stand between a cue and the name behind it.
#[rustfmt::skip]
pub(super) const TO_NAME: &[&str] = &[
    "the", "this", "those", "all", "my", "our", "also", "really", "to", "at", "for", "with",
    "using", "just", "both", "people", "folks", "guys", "team", "developers", "devs", "of", "from",
    "how", "what", "mostly", "you", "on", "likes",
];

/// Words that may stand between a name and the cue behind it.
#[rustfmt::skip]
pub(super) const FROM_NAME: &[&str] = &[
    "has", "have", "had", "really", "just", "also", "clearly", "totally", "completely", "simply",
    "still", "always", "again", "did", "does", "do", "themselves", "itself", "certainly",
    "definitely", "obviously", "repeatedly", "seriously", "badly", "then", "even", "actually",
    "already", "here", "both", "now", "all", "so", "often", "usually", "generally", "apparently",
    "basically", "probably", "once", "indeed", "and", "it", "team", "people", "folks", "guys",
    "developers", "devs",
];

/// Forms of "to be".
#[rustfmt::skip]
pub(super) const BE: &[&str] = &[
    "is", "are", "was", "were", "been", "being", "remains",
];

/// Words between "to be" and what somebody is said to be.
#[rustfmt::skip]
pub(super) const DEGREE: &[&str] = &[
    "a", "an", "the", "so", "just", "such", "very", "really", "pretty", "quite", "total", "totally",
    "absolutely", "absolute", "complete", "completely", "utterly", "fucking", "pure", "simply",
    "still", "always", "clearly", "also", "both", "equally", "incredibly", "extremely", "far",
    "much", "generally", "usually", "truly", "actually", "all", "now", "here", "one", "of",
    "definitely", "obviously", "basically", "horribly", "bloody", "own", "continued", "usual",
    "gross", "repeated", "recent", "long", "obvious", "poor", "sheer",
];

/// Words that turn a cue round.
#[rustfmt::skip]
pub(super) const NOT: &[&str] = &[
    "not", "never", "no", "hardly", "without", "nobody", "none", "neither", "nor", "don't",
    "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "can't", "cannot",
    "couldn't", "wouldn't", "shouldn't", "hasn't", "haven't", "ain't", "rarely", "less",
];

/// Words that make a clause a condition, a wish or a guess.
#[rustfmt::skip]
pub(super) const IF: &[&str] = &[
    "if", "whether", "unless", "when", "until", "suppose", "maybe", "perhaps",
    "imagine", "assuming", "hope", "wish", "once", "than",
];

/// Words that give what somebody else says or thinks.
#[rustfmt::skip]
pub(super) const SAYS: &[&str] = &[
    "say", "says", "said", "saying", "claim", "claims", "claimed", "claiming", "think", "thinks",
    "thought", "believe", "believes", "argue", "argues", "argued", "suggest", "suggests",
    "suggested", "implies", "imply", "implying", "pretend", "pretends", "assume", "assumes",
    "assumed", "told", "tells", "telling", "convinced", "complaint", "writing", "seem", "seems",
];

/// Words behind which a name is no subject.
#[rustfmt::skip]
pub(super) const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "with", "for", "to", "from", "by", "at", "than", "like", "via", "using",
    "under", "against", "into", "over", "about", "through", "within", "without", "inside",
    "outside", "behind", "use", "uses", "used", "run", "running", "install", "installing", "buy",
    "hate", "blame",
];

/// Words that may follow a name which is not itself part of a longer one ("blame Windows users").
#[rustfmt::skip]
pub(super) const GOES_ON: &[&str] = &[
    "for", "and", "or", "because", "as", "but", "in", "on", "to", "is", "are", "was", "when",
    "since", "here", "if", "so", "with", "by", "at", "from", "not", "that", "who", "which",
    "either", "too", "though", "over", "more", "than", "anymore", "again", "after", "about",
    "until", "while", "they", "it", "i", "then", "now", "these", "very", "a", "the", "has", "have",
    "did", "does", "all", "itself", "themselves", "instead", "myself", "anyway", "yet",
];

/// Cues that say that somebody did it: denied, they defend.
#[rustfmt::skip]
pub(super) const GUILT: &[&str] = &[
    "fault", "to blame", "at fault", "guilty", "responsible for this", "culprit",
    "problem", "evil", "wrong", "failure",
];

/// Words between the author and what the author feels.
#[rustfmt::skip]
pub(super) const MAY_FEEL: &[&str] = &[
    "really", "also", "do", "would", "can", "quite", "always", "have", "had", "still", "fucking",
    "absolutely", "personally", "totally", "definitely", "just", "truly", "highly", "actually", "could",
    "very", "much", "especially", "particularly", "generally", "even", "kind", "of", "rather", "wholly",
    "thoroughly", "will", "simply", "completely",
];

/// Words that make what an actor does a guess or a demand.
#[rustfmt::skip]
pub(super) const MODAL: &[&str] = &["would", "could", "should", "might", "may"];

/// What the author would only wish for: "I'd like X to stop".
#[rustfmt::skip]
pub(super) const WISHES: &[&str] = &["like", "love", "enjoy", "appreciate"];

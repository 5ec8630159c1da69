//! What was odd about a capture and could be repaired.

use super::CommentIdx;
use std::borrow::Cow;

/// Something odd that was repaired, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is, one of [`codes`].
    pub code: Cow<'static, str>,
    /// What happened and what was done about it.
    pub message: String,
    /// The comment concerned.
    pub comment: Option<CommentIdx>,
}

/// The codes that warnings carry; they are part of the JSON contract and documented in `docs/json.md`.
pub mod codes {
    /// A parent is named that the capture does not hold.
    pub const MISSING_PARENT: &str = "missing_parent";
    /// Replies that answer each other in a circle; the circle was cut.
    pub const REPLY_CYCLE: &str = "reply_cycle";
    /// Two comments with one id; the later one was renamed.
    pub const DUPLICATE_ID: &str = "duplicate_id";
    /// A comment without an id; one was made from its place.
    pub const MISSING_ID: &str = "missing_id";
    /// Bytes that are not UTF-8 were replaced.
    pub const INVALID_UTF8: &str = "invalid_utf8";
    /// Two signs of who answers whom disagree.
    pub const PARENT_CONFLICT: &str = "parent_conflict";
    /// The page does not say what comments answer, and their own words do: whom they address or quote.
    pub const INFERRED_PARENT: &str = "inferred_parent";
    /// The page starts or ends in the middle of a thread.
    pub const PARTIAL_CAPTURE: &str = "partial_capture";
    /// The page's structure is not known; the tree was guessed or is lacking.
    pub const GUESSED_STRUCTURE: &str = "guessed_structure";
    /// Comments that were deleted or removed; their places are kept.
    pub const DELETED_COMMENTS: &str = "deleted_comments";
    /// Comments that the page hides; only their places are known.
    pub const HIDDEN_COMMENTS: &str = "hidden_comments";
    /// Stubs for comments that were not loaded.
    pub const UNRESOLVED_COMMENTS: &str = "unresolved_comments";
    /// Times without a zone, which were taken as UTC.
    pub const LOCAL_TIMES: &str = "local_times";
    /// A field's value could not be read and was left out.
    pub const BAD_VALUE: &str = "bad_value";
    /// A span that does not lie inside its text was left out.
    pub const BAD_SPAN: &str = "bad_span";
    /// Text in a language that the model does not support.
    pub const UNSUPPORTED_LANGUAGE: &str = "unsupported_language";
    /// Strengths of arguments that attack and support each other in circles did not come to rest.
    pub const UNSETTLED_STRENGTHS: &str = "unsettled_strengths";
}

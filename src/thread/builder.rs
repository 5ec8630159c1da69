//! Puts a thread together from drafts, whatever state they are in.

use super::{
    Article, Author, Comment, CommentIdx, CommentKind, Inference, Parent, ReplyTree, Score, State,
    Thread, Warning, codes, quotation,
};
use crate::{span::Span, text::Body};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// A comment as a source read it, before the reply tree is known.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The board's id; empty where the capture has none, and then made from the place.
    pub id: String,
    /// What it answers, as the capture says it.
    pub parent: ParentRef,
    /// See [`Comment::inferred`].
    pub inferred: Option<Inference>,
    /// See [`Comment::author`].
    pub author: Option<Author>,
    /// See [`Comment::title`].
    pub title: Option<String>,
    /// See [`Comment::posted`].
    pub posted: Option<Timestamp>,
    /// Whether the capture gives that time without its zone, so that it was taken as UTC.
    pub posted_locally: bool,
    /// See [`Comment::edited`].
    pub edited: Option<Timestamp>,
    /// See [`Comment::score`].
    pub score: Option<Score>,
    /// See [`Comment::state`].
    pub state: State,
    /// See [`Comment::kind`].
    pub kind: CommentKind,
    /// See [`Comment::body`].
    pub body: Body,
    /// Whether the blocks of the body and their origins are settled, so that no quotations are sought.
    pub settled: bool,
    /// See [`Comment::given_units`].
    pub given_units: Option<Vec<Span>>,
}

/// What a comment answers, as a capture says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ParentRef {
    /// The article.
    #[default]
    Root,
    /// The comment with this id.
    Id(String),
    /// A comment outside the capture, with its id and the answer's own depth where these are known.
    Missing {
        /// The parent's id.
        id: Option<String>,
        /// The depth of the comment that answers it.
        depth: usize,
    },
}

/// Collects drafts and makes a [`Thread`] of them.
///
/// # Example
/// ```
/// use rejoinder::thread::{Draft, ParentRef, ThreadBuilder};
///
/// let mut builder = ThreadBuilder::new("example", "t1");
/// builder.push(Draft { id: "a".into(), ..Draft::default() });
/// builder.push(Draft { id: "b".into(), parent: ParentRef::Id("a".into()), ..Draft::default() });
/// let thread = builder.build();
/// assert_eq!(thread.comments[1].depth, 1);
/// assert!(thread.warnings.is_empty());
/// ```
#[derive(Debug)]
pub struct ThreadBuilder {
    /// Everything but comments, tree and quotations.
    frame: Thread,
    drafts: Vec<Draft>,
    quotations: Vec<super::Quotation>,
    /// Whether the input's own warnings count its stubs.
    counted: bool,
}

impl ThreadBuilder {
    /// Starts a thread that the source `source` reads.
    pub fn new(source: impl Into<String>, id: impl Into<String>) -> Self {
        let frame = Thread {
            id: id.into(),
            source: source.into(),
            url: None,
            title: None,
            article: None,
            fetched: None,
            comments: Vec::new(),
            tree: ReplyTree::new(&[]),
            quotations: Vec::new(),
            warnings: Vec::new(),
        };
        Self {
            frame,
            drafts: Vec::new(),
            quotations: Vec::new(),
            counted: false,
        }
    }

    /// Leaves it to the input's own warnings to count deleted, hidden and unresolved comments.
    pub const fn counted(&mut self) -> &mut Self {
        self.counted = true;
        self
    }

    /// Sets where the thread is on the web.
    pub fn url(&mut self, url: Option<String>) -> &mut Self {
        self.frame.url = url;
        self
    }

    /// Sets the thread's headline.
    pub fn title(&mut self, title: Option<String>) -> &mut Self {
        self.frame.title = title;
        self
    }

    /// Sets what the comments comment on.
    pub fn article(&mut self, article: Option<Article>) -> &mut Self {
        self.frame.article = article;
        self
    }

    /// Sets when the capture was made.
    pub fn fetched(&mut self, fetched: Option<Timestamp>) -> &mut Self {
        self.frame.fetched = fetched;
        self
    }

    /// Appends a comment in document order and gives its index.
    pub fn push(&mut self, draft: Draft) -> CommentIdx {
        let idx = CommentIdx::new(self.drafts.len());
        self.drafts.push(draft);
        idx
    }

    /// Adds a quotation whose origin the input states, for a draft that is settled.
    pub fn quotation(&mut self, quotation: super::Quotation) -> &mut Self {
        self.quotations.push(quotation);
        self
    }

    /// Notes something odd.
    pub fn warn(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        comment: Option<CommentIdx>,
    ) -> &mut Self {
        self.warnings().push(Warning {
            code: code.into(),
            message: message.into(),
            comment,
        });
        self
    }

    /// The warnings so far, for a source that carries over those of its input.
    pub fn warnings(&mut self) -> &mut Vec<Warning> {
        &mut self.frame.warnings
    }

    /// Makes the thread: unique ids, a tree without cycles, depths, quotations.
    #[must_use]
    pub fn build(mut self) -> Thread {
        let ids = self.unique_ids();
        let (mut parents, base) = self.resolve_parents(&ids);
        self.cut_cycles(&ids, &mut parents);
        self.count_stubs();
        self.count_local_times();
        let tree = ReplyTree::new(&parents);
        let settled: Vec<bool> = self.drafts.iter().map(|draft| draft.settled).collect();
        let mut thread = self.frame;
        thread.comments = self
            .drafts
            .into_iter()
            .zip(ids)
            .zip(&parents)
            .map(|((draft, id), parent)| finish(draft, id, *parent))
            .collect();
        for idx in tree.preorder() {
            let depth = match tree.parent(idx) {
                Some(parent) => thread.comments[parent.get()].depth + 1,
                None => base[idx.get()],
            };
            thread.comments[idx.get()].depth = depth;
        }
        thread.tree = tree;
        thread.quotations = self.quotations;
        quotation::detect(&mut thread, &settled);
        thread
    }

    /// Gives every comment an id of its own; the first bearer keeps a repeated one.
    fn unique_ids(&mut self) -> Vec<String> {
        let mut taken: HashSet<String> = self.drafts.iter().map(|d| d.id.clone()).collect();
        // A capture without any id is a matter of its form and no oddity.
        let any_id = taken.iter().any(|id| !id.is_empty());
        let mut bearers: HashMap<String, usize> = HashMap::new();
        let mut ids = Vec::with_capacity(self.drafts.len());
        for at in 0..self.drafts.len() {
            let given = self.drafts[at].id.clone();
            let nth = bearers.entry(given.clone()).or_default();
            *nth += 1;
            if !given.is_empty() && *nth == 1 {
                ids.push(given);
                continue;
            }
            let number = at + 1;
            let mut id = match given.as_str() {
                "" => number.to_string(),
                _ => format!("{given}~{nth}"),
            };
            while !taken.insert(id.clone()) {
                id.push('~');
            }
            let idx = Some(CommentIdx::new(at));
            if given.is_empty() && any_id {
                let message = format!("comment {number} has no id; it is called `{id}`");
                self.warn(codes::MISSING_ID, message, idx);
            } else if !given.is_empty() {
                let message = format!(
                    "comment {number} repeats the id `{given}`; it is called `{id}`, and replies go to the first"
                );
                self.warn(codes::DUPLICATE_ID, message, idx);
            }
            ids.push(id);
        }
        ids
    }

    /// Looks every parent up; gives the parents and the depth at which each comment without one stands.
    fn resolve_parents(&mut self, ids: &[String]) -> (Vec<Option<CommentIdx>>, Vec<usize>) {
        let by_id: HashMap<&str, CommentIdx> = ids
            .iter()
            .enumerate()
            .map(|(at, id)| (id.as_str(), CommentIdx::new(at)))
            .collect();
        let mut base = vec![0; ids.len()];
        let mut parents = vec![None; ids.len()];
        let mut warnings = Vec::new();
        for (at, draft) in self.drafts.iter_mut().enumerate() {
            match &draft.parent {
                ParentRef::Root => {}
                ParentRef::Id(id) => match by_id.get(id.as_str()) {
                    Some(&parent) => parents[at] = Some(parent),
                    None => {
                        let message = format!(
                            "comment `{}` answers `{id}`, which the capture does not hold",
                            ids[at]
                        );
                        warnings.push((message, CommentIdx::new(at)));
                        let id = Some(id.clone());
                        draft.parent = ParentRef::Missing { id, depth: 0 };
                    }
                },
                ParentRef::Missing { id, depth } => {
                    base[at] = *depth;
                    let id = id.as_deref().and_then(|id| by_id.get(id));
                    parents[at] = id.copied();
                }
            }
        }
        for (message, idx) in warnings {
            self.warn(codes::MISSING_PARENT, message, Some(idx));
        }
        (parents, base)
    }

    /// Says how many comments are there without their text.
    fn count_stubs(&mut self) {
        if self.counted {
            return;
        }
        let count = |states: &[State]| {
            let drafts = self.drafts.iter();
            drafts.filter(|draft| states.contains(&draft.state)).count()
        };
        let found = [
            (
                codes::DELETED_COMMENTS,
                count(&[State::Deleted, State::Removed]),
                "deleted or removed",
            ),
            (
                codes::HIDDEN_COMMENTS,
                count(&[State::Hidden]),
                "hidden by the page",
            ),
            (
                codes::UNRESOLVED_COMMENTS,
                count(&[State::Unresolved]),
                "not loaded",
            ),
        ];
        for (code, count, what) in found.into_iter().filter(|(_, count, _)| *count > 0) {
            let are = if count == 1 {
                "comment is"
            } else {
                "comments are"
            };
            let total = Warning {
                code: code.into(),
                message: format!("{count} {are} {what}; the place is kept"),
                comment: None,
            };
            // Before what is said of each, since readers show the first of a kind.
            let warnings = &mut self.frame.warnings;
            let first = warnings.iter().position(|warning| warning.code == code);
            warnings.insert(first.unwrap_or(warnings.len()), total);
        }
    }

    /// Says how many times may be some hours off.
    fn count_local_times(&mut self) {
        let drafts = self.drafts.iter();
        let local = drafts.filter(|draft| draft.posted_locally && draft.posted.is_some());
        let count = local.count();
        if count > 0 {
            let have = if count == 1 {
                "comment has its"
            } else {
                "comments have their"
            };
            let message = format!(
                "{count} {have} time without a zone, as the board or the reader set it; it is taken as UTC"
            );
            self.warn(codes::LOCAL_TIMES, message, None);
        }
    }

    /// Frees the first comment of every circle of replies.
    fn cut_cycles(&mut self, ids: &[String], parents: &mut [Option<CommentIdx>]) {
        const OPEN: usize = usize::MAX;
        // For each comment the walk that reached it first; a walk that meets itself is a circle.
        let mut walk_of = vec![OPEN; parents.len()];
        for start in 0..parents.len() {
            let mut path = Vec::new();
            let mut at = Some(CommentIdx::new(start));
            while let Some(idx) = at
                && walk_of[idx.get()] == OPEN
            {
                walk_of[idx.get()] = start;
                path.push(idx);
                at = parents[idx.get()];
            }
            let Some(met) = at.filter(|idx| walk_of[idx.get()] == start) else {
                continue;
            };
            let circle = path.iter().skip_while(|&&idx| idx != met);
            let Some(&first) = circle.min() else { continue };
            let id = &ids[first.get()];
            let message = format!(
                "comment `{id}` answers itself through a circle of replies; it is taken as the start"
            );
            parents[first.get()] = None;
            self.drafts[first.get()].parent = ParentRef::Root;
            self.drafts[first.get()].inferred = None;
            self.warn(codes::REPLY_CYCLE, message, Some(first));
        }
    }
}

fn finish(draft: Draft, id: String, parent: Option<CommentIdx>) -> Comment {
    let parent = match (parent, draft.parent) {
        (Some(idx), _) => Parent::Known(idx),
        (None, ParentRef::Missing { id, .. }) => Parent::Missing(id),
        (None, _) => Parent::Root,
    };
    Comment {
        id,
        inferred: draft.inferred.filter(|_| parent != Parent::Root),
        parent,
        depth: 0,
        author: draft.author,
        title: draft.title,
        posted: draft.posted,
        edited: draft.edited,
        score: draft.score,
        state: draft.state,
        kind: draft.kind,
        body: draft.body,
        given_units: draft.given_units,
    }
}

#[cfg(test)]
mod tests;

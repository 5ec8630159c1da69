//! Holds what was written before, so that words can be looked up in it.
//!
//! A quotation's groups of three words vote for the comments that hold them; these comments and the
//! nearest ones around are then aligned with it. A group remembers only the latest comments that hold
//! it, and so many candidates are tried and no more: looking up costs the same in a thread of ten comments
//! and of a hundred thousand.

use super::{Origin, text_of};
use crate::{
    span::Span,
    text::{
        BlockKind,
        align::{Index, Word, gram, words},
    },
    thread::{CommentIdx, Thread},
};
use std::collections::HashMap;

/// Words in a group.
const GRAM: usize = 3;
/// Groups of a quotation that vote.
const VOTES: usize = 48;
/// Comments with the most votes that are aligned.
const VOTED: usize = 6;
/// Ancestors that are aligned without a vote.
const ANCESTORS: usize = 6;
/// Earlier replies to the same comment that are aligned without a vote.
const SIBLINGS: usize = 3;
/// Comments that may hold a group of words before it counts as common.
const COMMON: u32 = 3;

/// Everything written before the comment that is read now.
#[derive(Debug)]
pub(super) struct Corpus {
    /// Each comment's own words; empty until it is added.
    comments: Vec<Index>,
    article: Index,
    groups: HashMap<u64, Holders>,
    /// The replies added so far, for each comment; the last entry is for those without a parent.
    replies: Vec<Vec<CommentIdx>>,
    /// Each comment's place in a walk over the tree, and the first place behind its replies.
    intervals: Vec<(usize, usize)>,
}

/// The comments that hold a group of words.
#[derive(Debug, Default)]
struct Holders {
    latest: [Option<CommentIdx>; 4],
    count: u32,
}

/// Words to look up.
pub(super) struct Sought {
    /// The comment that they stand in.
    pub(super) by: CommentIdx,
    pub(super) words: Vec<Word>,
    /// Whether marks show that words were left out.
    pub(super) elided: bool,
    pub(super) reach: Reach,
}

/// Where words are looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// In all that stands near, too: the words are known to be a quotation.
    Near,
    /// In the parent, the article and wherever their groups are found.
    Sure,
    /// As near, among comments that stand behind the one that quotes and were written before it.
    Behind,
}

/// A place where words were found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    pub(super) origin: Origin,
    pub(super) span: Span,
    /// Words that agree.
    pub(super) matched: usize,
    /// Words in the longest run that agrees.
    pub(super) longest: usize,
    /// Words in the span.
    pub(super) width: usize,
    /// Whether the comment that quotes answers the origin, at first or second hand.
    pub(super) is_above: bool,
}

impl Corpus {
    /// A corpus that holds the article alone.
    pub(super) fn new(thread: &Thread) -> Self {
        let article = text_of(thread, Origin::Article);
        let article = words(article, Span::new(0, article.len())).collect();
        let len = thread.comments.len();
        Self {
            comments: std::iter::repeat_with(Index::default).take(len).collect(),
            article: Index::new(article),
            groups: HashMap::new(),
            replies: vec![Vec::new(); len + 1],
            intervals: intervals(thread),
        }
    }

    /// Adds the words of a comment that are its own.
    pub(super) fn add(&mut self, thread: &Thread, idx: CommentIdx) {
        let body = &thread.comment(idx).body;
        let own = body
            .blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Quote | BlockKind::Attribution));
        let words: Vec<Word> = own
            .flat_map(|block| words(&body.text, block.span))
            .collect();
        for group in words.windows(GRAM) {
            self.groups.entry(gram(group)).or_default().add(idx);
        }
        self.comments[idx.get()] = Index::new(words);
        let above = self.parent_slot(thread, idx);
        self.replies[above].push(idx);
    }

    /// Whether every group of the words stands in several comments already.
    pub(super) fn is_common(&self, words: &[Word]) -> bool {
        let count = |group| {
            self.groups
                .get(&gram(group))
                .map_or(0, |holders| holders.count)
        };
        words.windows(GRAM).all(|group| count(group) > COMMON)
    }

    /// The place where most of the words are found, among those for which `fits` holds; of equals the
    /// nearest.
    pub(super) fn best(
        &self,
        thread: &Thread,
        sought: &Sought,
        fits: impl Fn(&Match) -> bool,
    ) -> Option<Match> {
        let mut best: Option<Match> = None;
        for origin in self.candidates(thread, sought) {
            let Some(found) = self.find(thread, sought, origin).filter(&fits) else {
                continue;
            };
            if best.is_none_or(|best| found.matched > best.matched) {
                best = Some(found);
            }
            if found.matched == sought.words.len() && found.width == found.matched {
                break;
            }
        }
        best
    }

    fn find(&self, thread: &Thread, sought: &Sought, origin: Origin) -> Option<Match> {
        let (index, is_above) = match origin {
            Origin::Comment(idx) => (&self.comments[idx.get()], self.is_above(idx, sought.by)),
            Origin::Article => (&self.article, thread.tree.parent(sought.by).is_none()),
        };
        let found = index.find(&sought.words, sought.elided)?;
        let (span, matched) = (found.span, found.matched);
        let (longest, width) = (found.longest, found.width);
        Some(Match {
            origin,
            span,
            matched,
            longest,
            width,
            is_above,
        })
    }

    /// Where to look, the likeliest place first: ancestors from the parent up, replies to the same
    /// comment, earlier comments, the article.
    fn candidates(&self, thread: &Thread, sought: &Sought) -> Vec<Origin> {
        let by = sought.by;
        let near = sought.reach != Reach::Sure;
        let ancestors = thread
            .tree
            .ancestors(by)
            .take(if near { ANCESTORS } else { 1 });
        let siblings = self.replies[self.parent_slot(thread, by)]
            .iter()
            .rev()
            .copied();
        let mut found: Vec<CommentIdx> = ancestors.collect();
        found.extend(siblings.take(if near { SIBLINGS } else { 0 }));
        found.extend(self.voted(sought));
        found.retain(|&idx| self.is_earlier(thread, idx, sought));
        let parent = thread.tree.parent(by);
        found.sort_by_cached_key(|&idx| {
            let is_above = self.is_above(idx, by);
            let is_sibling = thread.tree.parent(idx) == parent;
            // Places in the walk grow towards the comment that quotes, for ancestors.
            let place = self.intervals[idx.get()].0;
            let later = if is_above { place } else { idx.get() };
            (!is_above, !is_sibling, std::cmp::Reverse(later))
        });
        found.dedup();
        let comments = found.into_iter().map(Origin::Comment);
        comments.chain([Origin::Article]).collect()
    }

    /// The comments that hold most of the groups.
    fn voted(&self, sought: &Sought) -> Vec<CommentIdx> {
        let groups = sought.words.windows(GRAM);
        let step = groups.len().div_ceil(VOTES).max(1);
        let holders = groups
            .step_by(step)
            .filter_map(|group| self.groups.get(&gram(group)));
        let mut votes: Vec<CommentIdx> = holders
            .flat_map(|holders| holders.latest)
            .flatten()
            .collect();
        votes.sort_unstable();
        let mut counted: Vec<(usize, CommentIdx)> = votes
            .chunk_by(|a, b| a == b)
            .map(|same| (same.len(), same[0]))
            .collect();
        counted.sort_unstable_by(|a, b| b.cmp(a));
        counted
            .into_iter()
            .take(VOTED)
            .map(|(_, idx)| idx)
            .collect()
    }

    /// Whether a comment can have been read by the one that quotes.
    fn is_earlier(&self, thread: &Thread, idx: CommentIdx, sought: &Sought) -> bool {
        let posted = |idx| thread.comment(idx).posted;
        let by = sought.by;
        let order = posted(idx)
            .zip(posted(by))
            .map(|(origin, quoting)| origin <= quoting);
        let below = idx == by || self.is_above(by, idx);
        self.is_above(idx, by) || !below && order.unwrap_or(sought.reach != Reach::Behind)
    }

    fn is_above(&self, above: CommentIdx, below: CommentIdx) -> bool {
        let (above, below) = (self.intervals[above.get()], self.intervals[below.get()]);
        above.0 < below.0 && below.1 <= above.1
    }

    fn parent_slot(&self, thread: &Thread, idx: CommentIdx) -> usize {
        let parent = thread.tree.parent(idx);
        parent.map_or(self.comments.len(), CommentIdx::get)
    }
}

impl Holders {
    fn add(&mut self, idx: CommentIdx) {
        if self.latest[0] != Some(idx) {
            self.latest.rotate_right(1);
            self.latest[0] = Some(idx);
            self.count = self.count.saturating_add(1);
        }
    }
}

/// For each comment its place in preorder and the first place behind its replies.
fn intervals(thread: &Thread) -> Vec<(usize, usize)> {
    let order = thread.tree.preorder();
    let mut intervals = vec![(0, 0); order.len()];
    for (place, idx) in order.iter().enumerate() {
        intervals[idx.get()] = (place, place + 1);
    }
    for &idx in order.iter().rev() {
        if let Some(parent) = thread.tree.parent(idx) {
            let end = intervals[idx.get()].1;
            let above = &mut intervals[parent.get()].1;
            *above = end.max(*above);
        }
    }
    intervals
}

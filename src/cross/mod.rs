//! What is said in several threads: claims and premises of nearly the same words, with who said them first.
//!
//! Statements are compared as the near-duplicates of one thread are (`cluster`); beside that, two that name
//! other things (another product, another CVE) are never one. Quotations and code are nobody's own words and
//! left out, as are attacks on persons and what is too short to be understood by itself.

#[cfg(test)]
mod tests;
pub mod wire;

use crate::{
    analysis::Analysis,
    cluster::{Groups, Vocabulary, Words, opposed},
    label::Role,
    source::{board, site},
    thread::{Comment, Identity},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Content words that a statement has at least. "This is not true." says the same in no two threads.
const LEAST_WORDS: usize = 4;

/// Analyses of several threads, and what is said in more than one of them.
#[derive(Debug)]
pub struct Cross<'a> {
    /// The analyses. Each is a thread by itself: several captures of one are several threads.
    pub analyses: &'a [Analysis],
    /// What is said in most threads first, then by most people, then what was said first.
    pub clusters: Vec<Cluster>,
}

/// Statements of nearly the same words from more than one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The statements by the time they were posted, so that the first one comes first; undated ones follow,
    /// in the order of the input.
    pub members: Vec<Statement>,
    /// Threads in which it is said.
    pub threads: usize,
    /// Boards on which it is said; forums of one software are told apart by the threads' addresses.
    pub boards: usize,
    /// People who say it. One person has one profile or name on a board; an anonymous comment is a person of
    /// its own.
    pub authors: usize,
}

/// A unit of one of the threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The place of the thread among the analyses.
    pub thread: usize,
    /// The unit.
    pub unit: usize,
}

impl Cluster {
    /// The statement that was made first.
    #[must_use]
    pub fn first(&self) -> Statement {
        self.members[0]
    }
}

impl<'a> Cross<'a> {
    /// Compares the claims and premises of all threads.
    #[must_use]
    pub fn new(analyses: &'a [Analysis]) -> Self {
        let threads = analyses.iter().enumerate();
        let statements: Vec<Statement> = threads
            .flat_map(|(thread, analysis)| {
                let units = (0..analysis.units.len()).filter(|&unit| is_statement(analysis, unit));
                units.map(move |unit| Statement { thread, unit })
            })
            .collect();
        let mut cross = Self {
            analyses,
            clusters: Vec::new(),
        };
        let groups = cross.groups(&statements);
        let clusters = groups.several().filter_map(|group| {
            let members = group.iter().map(|&at| statements[at]).collect();
            cross.cluster(members)
        });
        let mut clusters: Vec<Cluster> = clusters.collect();
        clusters.sort_by_cached_key(|cluster| {
            let first = cluster.first();
            let counts = (cluster.threads, cluster.authors);
            (Reverse(counts), cross.time(first), first)
        });
        cross.clusters = clusters;
        cross
    }

    fn groups(&self, statements: &[Statement]) -> Groups {
        let mut vocabulary = Vocabulary::default();
        let texts = statements.iter();
        let words: Vec<Words> = texts
            .map(|&Statement { thread, unit }| vocabulary.read(self.analyses[thread].text(unit)))
            .collect();
        let says_enough = |at: usize| words[at].content.len() >= LEAST_WORDS;
        let opposed: Vec<BTreeSet<(usize, usize)>> = self
            .analyses
            .iter()
            .map(|analysis| opposed(&analysis.relations))
            .collect();
        let named = self.named();
        let may_meet = |a: usize, b: usize| {
            let (a, b) = (statements[a], statements[b]);
            let attack = a.thread == b.thread && opposed[a.thread].contains(&(a.unit, b.unit));
            !attack && named.get(&a) == named.get(&b)
        };
        Groups::new(&words, vocabulary.is_content.len(), says_enough, may_meet)
    }

    /// The ids of the entities that statements name.
    fn named(&self) -> BTreeMap<Statement, BTreeSet<&str>> {
        let mut named: BTreeMap<Statement, BTreeSet<&str>> = BTreeMap::new();
        for (thread, analysis) in self.analyses.iter().enumerate() {
            for entity in &analysis.entities {
                if let Some(unit) = entity.unit {
                    let ids = named.entry(Statement { thread, unit }).or_default();
                    ids.insert(&entity.id);
                }
            }
        }
        named
    }

    /// The statements as a cluster, if they stand in more than one thread.
    fn cluster(&self, mut members: Vec<Statement>) -> Option<Cluster> {
        let threads: BTreeSet<usize> = members.iter().map(|member| member.thread).collect();
        if threads.len() < 2 {
            return None;
        }
        members.sort_by_cached_key(|&member| (self.time(member), member));
        let boards: BTreeSet<_> = threads.iter().map(|&thread| self.board(thread)).collect();
        let authors: BTreeSet<_> = members.iter().map(|&member| self.author(member)).collect();
        Some(Cluster {
            threads: threads.len(),
            boards: boards.len(),
            authors: authors.len(),
            members,
        })
    }

    /// The comment that makes the statement.
    #[must_use]
    pub fn comment(&self, of: Statement) -> &'a Comment {
        let analysis = &self.analyses[of.thread];
        analysis.thread.comment(analysis.units[of.unit].comment)
    }

    /// When the statement was made; what has no date sorts behind all that has one.
    fn time(&self, of: Statement) -> (bool, Option<jiff::Timestamp>) {
        let posted = self.comment(of).posted;
        (posted.is_none(), posted)
    }

    fn board(&self, thread: usize) -> (&'a str, Option<String>) {
        let thread = &self.analyses[thread].thread;
        (board(thread), site(thread, thread.url.as_deref()))
    }

    /// Who makes the statement: an identity on its board, of which an anonymous one is known in its thread
    /// alone.
    fn author(&self, of: Statement) -> impl Ord + use<'a> {
        let Analysis { thread, units, .. } = &self.analyses[of.thread];
        let identity = thread.identity(units[of.unit].comment);
        let is_anonymous = matches!(identity, Identity::Anonymous(_));
        let only_in = is_anonymous.then_some(of.thread);
        (self.board(of.thread), only_in, identity)
    }
}

/// Whether the unit is a claim or a premise in its author's own words, and no attack on a person.
fn is_statement(analysis: &Analysis, unit: usize) -> bool {
    let is_said = matches!(
        analysis.labels.units[unit].role,
        Role::Claim | Role::Premise
    );
    is_said && analysis.material().argues(unit)
}

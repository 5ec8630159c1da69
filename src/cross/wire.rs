//! The JSON form of what is said in several threads, `rejoinder/cross@1`.
//!
//! The types mirror `docs/schema/cross.json`; no key is left out.

use super::{Cluster, Cross, Statement};
use crate::{
    analysis::wire::{ModelObject, Names},
    thread::Thread,
};
use serde::Serialize;

/// The value of `schema`.
pub const SCHEMA: &str = "rejoinder/cross@1";

/// What is said in several threads.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct CrossLine<'a> {
    pub schema: &'static str,
    pub model: Option<ModelObject<'a>>,
    pub threads: Vec<ThreadObject<'a>>,
    pub clusters: Vec<ClusterObject<'a>>,
}

/// One of the threads.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ThreadObject<'a> {
    pub id: &'a str,
    pub source: &'a str,
    pub url: Option<&'a str>,
    pub title: Option<&'a str>,
}

/// Statements of nearly the same words.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ClusterObject<'a> {
    pub id: String,
    pub threads: usize,
    pub boards: usize,
    pub authors: usize,
    pub first: MemberObject<'a>,
    pub members: Vec<MemberObject<'a>>,
}

/// A statement, with where it stands.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct MemberObject<'a> {
    pub place: usize,
    pub thread: &'a str,
    pub source: &'a str,
    pub url: Option<&'a str>,
    pub unit: String,
    pub comment: &'a str,
    pub author: Option<&'a str>,
    pub posted: Option<String>,
    pub text: &'a str,
}

/// The id of something in a thread where several stand side by side.
#[must_use]
pub fn id_in(thread: usize, id: &str) -> String {
    format!("{thread}/{id}")
}

impl<'a> From<&Cross<'a>> for CrossLine<'a> {
    fn from(cross: &Cross<'a>) -> Self {
        let names: Vec<Names<'a>> = cross.analyses.iter().map(Names::new).collect();
        let threads = cross.analyses.iter().map(|analysis| &analysis.thread);
        let clusters = cross.clusters.iter();
        Self {
            schema: SCHEMA,
            model: cross.analyses.first().map(|any| (&any.model).into()),
            threads: threads.map(ThreadObject::from).collect(),
            clusters: clusters
                .map(|found| cluster(cross, &names, found))
                .collect(),
        }
    }
}

impl<'a> From<&'a Thread> for ThreadObject<'a> {
    fn from(thread: &'a Thread) -> Self {
        Self {
            id: &thread.id,
            source: &thread.source,
            url: thread.url.as_deref(),
            title: thread.title.as_deref(),
        }
    }
}

fn cluster<'a>(cross: &Cross<'a>, names: &[Names<'a>], cluster: &Cluster) -> ClusterObject<'a> {
    let first = member(cross, names, cluster.first());
    ClusterObject {
        id: id_in(first.place, &first.unit),
        threads: cluster.threads,
        boards: cluster.boards,
        authors: cluster.authors,
        first,
        members: cluster
            .members
            .iter()
            .map(|&of| member(cross, names, of))
            .collect(),
    }
}

fn member<'a>(cross: &Cross<'a>, names: &[Names<'a>], of: Statement) -> MemberObject<'a> {
    let analysis = &cross.analyses[of.thread];
    let comment = cross.comment(of);
    MemberObject {
        place: of.thread,
        thread: &analysis.thread.id,
        source: &analysis.thread.source,
        url: analysis.thread.url.as_deref(),
        unit: names[of.thread].unit(of.unit),
        comment: &comment.id,
        author: comment.author.as_ref().map(|author| author.name.as_str()),
        posted: comment.posted.map(|time| time.to_string()),
        text: analysis.text(of.unit),
    }
}

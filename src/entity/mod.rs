//! What security people talk about: vulnerabilities, techniques, indicators, products, vendors, groups.
//!
//! Identifiers and addresses are found by their form (`identifier`, `address`), names by the lexicons
//! in `data/lexicons` (`lexicon`, `names`). Precision comes before recall: what is also an everyday
//! word needs a sign that it is meant as a name. `docs/entities.md` has the rules.

mod address;
mod context;
mod cvss;
mod identifier;
mod lexicon;
mod names;
mod refang;
mod resolve;
pub mod stance;
mod tally;

pub use lexicon::{LexiconInfo, lexicons};
pub use stance::{ActorStance, Attitude, actor_stances};
pub use tally::{Mentioned, talked_about};

use crate::{
    registry::names,
    segment::{self, Unit},
    span::Span,
    text::BlockKind,
    thread::{CommentIdx, Thread},
};
use context::Context;

names! {
    /// What sort of thing an entity is.
    pub enum EntityKind {
        /// A vulnerability in the list of Common Vulnerabilities and Exposures.
        Cve = "cve",
        /// A weakness in the Common Weakness Enumeration.
        Cwe = "cwe",
        /// A vector of the Common Vulnerability Scoring System, version 2.0, 3.0, 3.1 or 4.0.
        Cvss = "cvss",
        /// A GitHub security advisory.
        Ghsa = "ghsa",
        /// A technique of MITRE ATT&CK.
        Technique = "technique",
        /// A tactic of MITRE ATT&CK.
        Tactic = "tactic",
        /// A URL.
        Url = "url",
        /// An e-mail address.
        Email = "email",
        /// An address or a network of IPv4 or IPv6.
        Ip = "ip",
        /// A domain name.
        Domain = "domain",
        /// A sum of a file: MD5, SHA-1 or SHA-256.
        Hash = "hash",
        /// A port of TCP or UDP.
        Port = "port",
        /// A protocol or a standard of the network.
        Protocol = "protocol",
        /// A program, library, service or device.
        Product = "product",
        /// Who makes products.
        Vendor = "vendor",
        /// A group that attacks.
        ThreatActor = "threat_actor",
        /// A malware family, a named vulnerability or a tool of attackers.
        Malware = "malware",
        /// An agency of a government.
        Agency = "agency",
    }
}

impl EntityKind {
    /// Whether somebody can be blamed, defended or praised for what such an entity did.
    #[must_use]
    pub const fn is_actor(self) -> bool {
        matches!(
            self,
            Self::Product | Self::Vendor | Self::ThreatActor | Self::Agency
        )
    }
}

/// A mention of an entity in a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The same for all mentions of one thing, and for no other: an official id (`CVE-2021-44228`), a
    /// refanged and normalized address, or `<kind>:<id in the lexicon>`.
    pub id: String,
    /// What to call it: the lexicon's name, else the id.
    pub name: String,
    /// The comment.
    pub comment: CommentIdx,
    /// The place in the comment's text.
    pub span: Span,
    /// The unit that it begins in.
    pub unit: Option<usize>,
    /// The kind of block that it stands in; a quotation's are somebody else's words.
    pub block: BlockKind,
}

/// An entity within one body.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mention {
    kind: EntityKind,
    id: String,
    /// The display name where it is not the id.
    name: Option<&'static str>,
    span: Span,
}

/// The mentions in the comments that are analyzed, ordered by place: comments in document order, in each
/// the first and, of those that begin together, the longest first.
///
/// `units` are those of [`segment::units`]. Takes time linear in the length of the texts.
#[must_use]
pub fn entities(thread: &Thread, units: &[Unit]) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut first = 0;
    for (idx, comment) in thread.iter() {
        first += units[first..].partition_point(|unit| unit.comment < idx);
        let count = units[first..].partition_point(|unit| unit.comment == idx);
        if !segment::is_analyzed(comment) {
            continue;
        }
        let inside = &units[first..first + count];
        let context = Context::new(&comment.body);
        for mention in mentions(&context) {
            let at = mention.span.start();
            found.push(Entity {
                kind: mention.kind,
                name: mention
                    .name
                    .map_or_else(|| mention.id.clone(), str::to_owned),
                id: mention.id,
                comment: idx,
                span: mention.span,
                unit: unit_at(inside, at).map(|unit| first + unit),
                block: context.block(at),
            });
        }
    }
    found
}

/// The unit that holds the byte `at`, if the units are in order.
fn unit_at(units: &[Unit], at: usize) -> Option<usize> {
    let behind = units.partition_point(|unit| unit.span.start() <= at);
    let unit = behind.checked_sub(1)?;
    (at < units[unit].span.end()).then_some(unit)
}

/// The mentions in one body, in order.
fn mentions(context: &Context<'_>) -> Vec<Mention> {
    let mut found = identifier::find(context);
    found.extend(address::find(context));
    found.extend(names::find(context));
    resolve::resolve(found)
}

#[cfg(test)]
mod tests;

//! Domain names (RFC 1035, RFC 5890), told from files, members of programs and sentences without a blank.

use std::{collections::BTreeMap, sync::LazyLock};
use url::Host;

/// Top-level domains and how sure their names are.
static ENDINGS: LazyLock<BTreeMap<&'static str, Ending>> = LazyLock::new(|| {
    let rows = crate::entity::lexicon::TLDS.rows();
    let endings = rows.filter_map(|row| {
        let mut columns = row.split('\t');
        let domain = columns.next()?;
        let ending = match columns.next()? {
            "plain" => Ending::Plain,
            "word" => Ending::Word,
            _ => Ending::File,
        };
        Some((domain, ending))
    });
    endings.collect()
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Plain,
    Word,
    File,
}

/// What speaks for a domain beside its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// It is part of an address, defanged, has a port, or begins with `www.`.
    Address,
    /// A path follows.
    Path,
    /// The sentence speaks of sites and domains.
    Words,
    /// Nothing.
    None,
    /// Nothing, and it stands in a program.
    Code,
}

/// Names with a plain ending that are products, files or parts of programs.
#[rustfmt::skip]
const NO_DOMAINS: &[&str] = &[
    "asp.net", "vb.net", "ado.net", "paint.net", "ml.net", "command.com", "socket.io", "java.io",
    "java.net", "system.net", "system.io", "std.io", "std.net", "sun.net", "kotlin.io", "scala.io",
    "org.net", "next.js",
];

/// Names of sites whose ending is also a word.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "youtu.be", "last.fm", "archive.is", "archive.today", "del.icio.us", "t.me", "lobste.rs",
    "crates.io", "docs.rs", "bsky.app", "haveibeenpwned.com", "x.com", "t.co",
];

/// First labels of names in programs: objects, and packages of Java in reverse.
#[rustfmt::skip]
const MEMBERS: &[&str] = &[
    "com", "org", "net", "io", "java", "javax", "edu", "gov", "de", "self", "this", "system",
    "window", "document", "android", "std", "kotlin", "scala", "sun", "np", "os", "microsoft",
    "app", "config", "cfg", "options", "ctx", "req", "res",
];

/// Whether words in the sentence would decide about `text`.
pub(super) fn needs_words(text: &str) -> bool {
    let ending = text.rsplit('.').next().unwrap_or_default();
    ENDINGS.get(ending) == Some(&Ending::Word)
}

/// The domain in lower case and ASCII; `None` if it is none, or nothing shows that it is meant as one.
pub(super) fn read(text: &str, signs: Signs) -> Option<String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    let labels: Vec<&str> = text.split('.').collect();
    let (last, rest) = labels.split_last()?;
    let fits = |label: &&str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && label.len() <= 63 && !ends && !label.contains('_')
    };
    if rest.is_empty() || text.len() > 253 || !labels.iter().all(fits) {
        return None;
    }
    let lower = text.to_lowercase();
    let shouted = text.chars().all(|c| !c.is_lowercase());
    let ending = ENDINGS.get(last.to_lowercase().as_str()).copied();
    let id = Host::parse(&lower).ok()?.to_string();
    if signs == Signs::Address {
        let alphabetic = last.len() >= 2 && last.chars().all(char::is_alphabetic);
        let idn = last.to_lowercase().starts_with("xn--");
        return (alphabetic || idn).then_some(id);
    }
    if KNOWN.contains(&lower.as_str()) {
        return Some(id);
    }
    let written = last.chars().all(char::is_lowercase)
        || (shouted && ["COM", "ORG", "GOV", "EDU"].contains(last));
    let name = rest.last().copied().unwrap_or_default();
    let member = NO_DOMAINS.contains(&lower.as_str())
        || labels
            .first()
            .is_some_and(|first| MEMBERS.contains(&first.to_lowercase().as_str()));
    // camelCase names members; a domain's capitals begin its words.
    let camel = rest.iter().any(|label| {
        label.starts_with(|c: char| c.is_lowercase()) && label.contains(|c: char| c.is_uppercase())
    });
    let number = name.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !written || member || camel || number || name.chars().count() < 2 {
        return None;
    }
    let generic = ["com", "org", "gov", "edu", "onion"].contains(last);
    let accepted = match (ending?, signs) {
        (Ending::Plain, Signs::Code) => generic,
        (Ending::Plain, _) => true,
        (Ending::Word, Signs::Path | Signs::Words) => true,
        (Ending::Word | Ending::File, _) => false,
    };
    accepted.then_some(id)
}

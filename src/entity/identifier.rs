//! Identifiers that carry their kind in their form: CVE, CWE, CVSS, GHSA, MITRE ATT&CK, ports, sums of files.
//!
//! Forms: CVE ids have a year and four digits or more (CVE Numbering Authority rules, 2014 on); GHSA ids
//! three groups of four characters of an alphabet without vowels; ATT&CK techniques are `T1001` to `T1699`
//! with three digits behind a dot for a sub-technique, tactics `TA` and four digits.

use super::{
    EntityKind, Mention,
    context::{Context, first_word, has_word, last_word},
    cvss,
};
use crate::span::Span;
use regex::{Captures, Regex};
use std::sync::LazyLock;

static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    // Boundaries and cases are those of ASCII: others keep the automaton from being used beside accents.
    let form = r"(?x)
        (?-u:\b)(?i-u:CVE)[\x20_:\u{2010}\u{2011}\u{2013}-]{1,2}(?P<year>(?:19|20)[0-9]{2})[\u{2010}\u{2011}\u{2013}-](?P<cve>[0-9]{4,7})(?-u:\b)
        | (?-u:\b)(?i-u:CWE)[\x20\u{2010}\u{2011}-](?P<cwe>[0-9]{1,4})(?-u:\b)
        | (?-u:\b)(?P<ghsa>(?i-u:GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}))(?-u:\b)
        | (?-u:\b)(?P<cvss>(?:CVSS:[0-9]\.[0-9]/)?A[VC]:[A-Z](?:/[A-Za-z]{1,3}:[A-Za-z]{1,5}){5,40})(?-u:\b)
        | (?-u:\b)T(?P<technique>1[0-6][0-9]{2})(?:[./](?P<sub>0[0-9]{2}))?(?-u:\b)
        | (?-u:\b)TA(?P<tactic>0[01][0-9]{2})(?-u:\b)
        | (?-u:\b)(?:(?i-u:(?P<before>tcp|udp)(?:/|:|\x20|\x20port\x20)(?P<port>[0-9]{1,5})
            | ports?\x20(?:\#|number\x20)?(?P<bare>[0-9]{1,5})
            | (?P<slash>[0-9]{1,5})/(?P<behind>tcp|udp)))(?-u:\b)
        | (?-u:\b)(?P<sum>[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})(?-u:\b)";
    Regex::new(form).expect("the forms of identifiers are a regular expression")
});

/// Words near a bare technique number that show that ATT&CK is meant.
const ATTACK: &[&str] = &[
    "att&ck",
    "attack",
    "mitre",
    "technique",
    "ttp",
    "ttps",
    "tactic",
    "adversary",
    "adversaries",
    "sub-technique",
];

/// Words near a sum that show that it is one of a file.
#[rustfmt::skip]
const SUM: &[&str] = &[
    "md5", "md5sum", "sha1", "sha-1", "sha1sum", "sha256", "sha-256", "sha256sum", "hash", "hashe",
    "checksum", "digest", "ioc", "indicator", "sample", "virustotal", "malware",
];

/// Words near a sum that show that it names something else.
#[rustfmt::skip]
const NO_SUM: &[&str] = &[
    "commit", "git", "revision", "merge", "bisect", "branch", "rebase", "rev", "ref", "head",
    "tree", "transaction", "tx", "txid", "bitcoin", "wallet", "key", "token", "uuid", "guid",
    "secret", "password", "nonce", "salt", "cookie", "session", "parent", "blame", "cherry-pick",
];

/// Words behind "port 3" that leave it a port.
#[rustfmt::skip]
const PORT_GOES_ON: &[&str] = &[
    "and", "or", "is", "was", "on", "for", "to", "from", "via", "with", "open", "in", "at", "by",
    "are", "as", "of", "should", "be", "if", "but", "then", "which", "that", "will", "would",
    "through", "only", "tcp", "udp", "inbound", "outbound", "traffic", "closed", "blocked", "so",
    "because", "when", "has", "can", "could", "used", "while", "though", "instead", "the", "a",
    "it", "it's", "without", "exposed", "into", "using", "connection", "connections",
];

/// Words before "port 3" that make it a socket or a connector.
#[rustfmt::skip]
const NO_PORT: &[&str] = &[
    "usb", "serial", "com", "hdmi", "ethernet", "switch", "parallel", "physical", "lan", "gameport",
    "displayport", "sata", "pcie", "midi", "hub",
];

/// Every identifier in the body.
pub(super) fn find(context: &Context<'_>) -> Vec<Mention> {
    let found = FORMS.captures_iter(context.text());
    let mentions = found.filter_map(|captures| {
        let whole = captures.get(0)?;
        let span = Span::new(whole.start(), whole.end());
        let (kind, id) = read(context, &captures, span)?;
        Some(Mention {
            kind,
            id,
            name: None,
            span,
        })
    });
    mentions.collect()
}

/// The kind and the id of what stands at `span`, if it is what it looks like.
fn read(
    context: &Context<'_>,
    captures: &Captures<'_>,
    span: Span,
) -> Option<(EntityKind, String)> {
    let group = |name: &str| captures.name(name).map(|found| found.as_str());
    if let (Some(year), Some(number)) = (group("year"), group("cve")) {
        return Some((EntityKind::Cve, format!("CVE-{year}-{number}")));
    }
    if let Some(number) = group("cwe") {
        let number: u16 = number.parse().ok().filter(|&number| number > 0)?;
        return Some((EntityKind::Cwe, format!("CWE-{number}")));
    }
    if let Some(id) = group("ghsa") {
        let id = id.to_ascii_lowercase();
        return Some((EntityKind::Ghsa, id.replacen("ghsa", "GHSA", 1)));
    }
    if let Some(vector) = group("cvss") {
        return Some((EntityKind::Cvss, cvss::normalize(vector)?));
    }
    if let Some(number) = group("technique") {
        return technique(context, span, number, group("sub"));
    }
    if let Some(number) = group("tactic") {
        let known = matches!(number.parse::<u16>().ok()?, 1..=11 | 27..=43 | 100..=111);
        return known.then(|| (EntityKind::Tactic, format!("TA{number}")));
    }
    if let Some(sum) = group("sum") {
        return Some((EntityKind::Hash, self::sum(context, span, sum)?));
    }
    port(context, span, captures).map(|id| (EntityKind::Port, id))
}

fn technique(
    context: &Context<'_>,
    span: Span,
    number: &str,
    sub: Option<&str>,
) -> Option<(EntityKind, String)> {
    let (before, behind) = context.around(span);
    let in_url = before.ends_with("attack.mitre.org/techniques/");
    let slash = span.slice(context.text()).contains('/');
    let joined = before.ends_with(['-', '/', '_', '.', '#']) || behind.starts_with(['-', '_']);
    let plain = !joined && !slash && number != "1000";
    let named = || has_word(before, ATTACK) || has_word(behind, ATTACK);
    let meant = in_url || (plain && (sub.is_some() || named()));
    let sub = sub.map_or_else(String::new, |sub| format!(".{sub}"));
    meant.then(|| (EntityKind::Technique, format!("T{number}{sub}")))
}

/// The id of a sum, if the words around say that it is the sum of a file.
fn sum(context: &Context<'_>, span: Span, sum: &str) -> Option<String> {
    let kind = match sum.len() {
        32 => "md5",
        40 => "sha1",
        _ => "sha256",
    };
    let mixed = |test: fn(&u8) -> bool| sum.as_bytes().iter().any(test);
    let (before, behind) = context.around(span);
    let joined = before.ends_with(['/', '-', '_', '@', '=']) || behind.starts_with(['-', '_', '/']);
    if !mixed(u8::is_ascii_digit) || !mixed(u8::is_ascii_alphabetic) || joined {
        return None;
    }
    let other = context.has_word(span, NO_SUM);
    // A list of indicators is headed once.
    let said = has_word(before, SUM) || context.has_word(span, SUM);
    let meant = said && !other;
    meant.then(|| format!("{kind}:{}", sum.to_ascii_lowercase()))
}

/// `port:443`, or with its protocol `port:443/tcp`, as in the registry of IANA (RFC 6335).
fn port(context: &Context<'_>, span: Span, captures: &Captures<'_>) -> Option<String> {
    let group = |name: &str| captures.name(name).map(|found| found.as_str());
    let (before, behind) = context.around(span);
    if behind.starts_with(['-', '_', '%', '/']) || before.ends_with(['.', '-', '/', '_', '$']) {
        return None;
    }
    // "port 2.0", "TCP 1,000".
    let mut rest = behind.chars();
    let marks = rest.next().is_some_and(|c| ".,".contains(c));
    if marks && rest.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let number = group("port")
        .or_else(|| group("bare"))
        .or_else(|| group("slash"))?;
    let port: u16 = number.parse().ok().filter(|&port| port > 0)?;
    let protocol = group("before").or_else(|| group("behind"));
    let next = first_word(behind);
    let counted = group("slash").is_none()
        && !next.is_empty()
        && behind.starts_with(' ')
        && !has_word(next.trim_end_matches(['.', ',']), PORT_GOES_ON)
        && next.starts_with(char::is_lowercase);
    if counted || has_word(last_word(before), NO_PORT) {
        return None;
    }
    Some(match protocol {
        Some(protocol) => format!("port:{port}/{}", protocol.to_ascii_lowercase()),
        None => format!("port:{port}"),
    })
}

//! URLs, e-mail addresses, IP addresses and domain names, defanged or not.

mod domain;
mod ip;
mod url;

use super::{
    EntityKind, Mention,
    context::{Context, has_word},
    refang::Refanged,
};
use crate::{span::Span, text::BlockKind};
use regex::Regex;
use std::sync::LazyLock;

static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    // URLs end at what RFC 3986 excludes, and at quotation marks.
    let form = r#"(?x)
        (?-u:\b)(?P<url>(?i-u:https?|ftps?|sftp|ssh|wss?|ldaps?|smb|git|rmi)://[^\s<>"'`{}|\\^“”„‘’«»]+)
        | (?P<email>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,10}[A-Za-z]{2,24})(?-u:\b)
        | (?P<dotted>[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)
        | (?P<colons>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)"#;
    Regex::new(form).expect("the forms of addresses are a regular expression")
});

/// Words in whose sentence a name with a doubtful ending is a domain.
#[rustfmt::skip]
const DOMAIN: &[&str] = &[
    "domain", "website", "site", "hostname", "subdomain", "homepage", "dns", "visit", "tld", "c2",
    "phishing", "registrar", "nameserver",
];

/// Words in whose sentence four small numbers with dots are an address.
#[rustfmt::skip]
const HOST: &[&str] = &[
    "ip", "ipv4", "address", "addresses", "host", "inet", "ping", "subnet", "netmask", "dns",
    "router", "gateway", "nameserver", "resolver", "traceroute", "firewall", "dhcp", "localhost",
];

/// Every address in the body.
pub(super) fn find(context: &Context<'_>) -> Vec<Mention> {
    let refanged = Refanged::new(context.text());
    let mut found = Found {
        context,
        refanged: &refanged,
        mentions: Vec::new(),
    };
    for captures in FORMS.captures_iter(refanged.text()) {
        let group = |name: &str| {
            captures
                .name(name)
                .map(|met| Span::new(met.start(), met.end()))
        };
        if let Some(span) = group("url") {
            found.url(span);
        } else if let Some(span) = group("email") {
            found.email(span);
        } else if let Some(span) = group("dotted") {
            found.dotted(span);
        } else if let Some(span) = group("colons") {
            found.colons(span);
        }
    }
    found.mentions
}

/// The addresses found so far; spans are those of the refanged text.
struct Found<'a> {
    context: &'a Context<'a>,
    refanged: &'a Refanged<'a>,
    mentions: Vec<Mention>,
}

impl Found<'_> {
    fn push(&mut self, kind: EntityKind, id: String, span: Span) {
        self.mentions.push(Mention {
            kind,
            id,
            name: None,
            span: self.refanged.source(span),
        });
    }

    fn before(&self, span: Span) -> &str {
        &self.refanged.text()[..span.start()]
    }

    fn behind(&self, span: Span) -> &str {
        &self.refanged.text()[span.end()..]
    }

    fn url(&mut self, span: Span) {
        let span = url::trimmed(self.refanged.text(), span);
        let text = span.slice(self.refanged.text());
        // An elided URL leads nowhere; its host is still one.
        let elided = text.contains('…')
            || text.ends_with("..")
            || self.behind(span).starts_with("...")
            || self.behind(span).starts_with('…');
        let Some(read) = url::read(text) else { return };
        if !elided {
            self.push(EntityKind::Url, read.id, span);
        }
        let host = read.host.shifted(span.start());
        let words = host.slice(self.refanged.text());
        if let Some(id) = ip::v4(words).or_else(|| ip::v6(words.trim_matches(['[', ']']))) {
            self.push(EntityKind::Ip, id, host);
        } else if let Some(id) = domain::read(words, domain::Signs::Address) {
            self.push(EntityKind::Domain, id, host);
        }
    }

    fn email(&mut self, span: Span) {
        let text = span.slice(self.refanged.text());
        // `@user@host` is a name in the fediverse, `git@host:path` a repository.
        let handle = self.before(span).ends_with(['@', '/', ':', '=']);
        let path = text.starts_with("git@") || self.behind(span).starts_with([':', '/', '(']);
        let Some((_, host)) = text.split_once('@') else {
            return;
        };
        if path {
            return;
        }
        let Some(id) = domain::read(host, domain::Signs::Address) else {
            return;
        };
        if handle && !self.before(span).ends_with("mailto:") {
            let host = Span::new(span.end() - host.len(), span.end());
            self.push(EntityKind::Domain, id, host);
        } else {
            self.push(EntityKind::Email, text.to_lowercase(), span);
        }
    }

    /// Words parted by dots: an address of IPv4, a domain, or something else.
    fn dotted(&mut self, span: Span) {
        let text = span.slice(self.refanged.text());
        let defanged = self.refanged.has_mark(span);
        if text.starts_with(|c: char| c.is_ascii_digit())
            && text.bytes().all(|b| b == b'.' || b.is_ascii_digit())
        {
            self.ipv4(span, text, defanged);
            return;
        }
        let before = self.before(span);
        let behind = self.behind(span);
        let wildcard = before.ends_with("*.");
        let joined = before
            .ends_with(|c: char| "@/\\$%&=~#.-_:".contains(c) || c.is_alphanumeric())
            && !wildcard;
        let called = behind.starts_with(['(', '[', '@', '=', '\\', '*'])
            || behind.starts_with("::")
            || behind.starts_with("_");
        if (joined || called) && !defanged {
            return;
        }
        let port = behind
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let sure = defanged || text.starts_with("www.");
        let code = self.context.block(self.refanged.source(span).start()) == BlockKind::Code;
        let signs = if sure {
            domain::Signs::Address
        } else if wildcard || (!code && (port || behind.starts_with('/'))) {
            domain::Signs::Path
        } else if code {
            domain::Signs::Code
        } else if self.says_domain(span) {
            domain::Signs::Words
        } else {
            domain::Signs::None
        };
        if let Some(id) = domain::read(text, signs) {
            self.push(EntityKind::Domain, id, span);
        }
    }

    fn says_domain(&self, span: Span) -> bool {
        let source = self.refanged.source(span);
        let text = span.slice(self.refanged.text());
        domain::needs_words(text) && self.context.has_word(source, DOMAIN)
    }

    fn ipv4(&mut self, span: Span, text: &str, defanged: bool) {
        let before = self.before(span);
        let behind = self.behind(span);
        let Some(id) = ip::v4(text) else { return };
        let joined = before.ends_with(|c: char| "._-+".contains(c) || c.is_alphanumeric())
            || behind.starts_with(['-', '_', '+']);
        let source = self.refanged.source(span);
        let (before, _) = self.context.around(source);
        let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        let followed = behind.strip_prefix([':', '/']).is_some_and(digit);
        let hosts = || followed || self.context.has_word(source, HOST);
        if !defanged && (joined || ip::is_version(text, before, hosts())) {
            return;
        }
        let (id, span) = match ip::prefix(behind, 32) {
            Some((prefix, len)) => (
                format!("{id}/{prefix}"),
                Span::new(span.start(), span.end() + len),
            ),
            None => (id, span),
        };
        self.push(EntityKind::Ip, id, span);
    }

    fn colons(&mut self, span: Span) {
        let text = span.slice(self.refanged.text());
        let trimmed = match text.trim_end_matches('.') {
            text if text.ends_with("::") => text,
            text => text.trim_end_matches(':'),
        };
        let span = Span::new(span.start(), span.start() + trimmed.len());
        let before = self.before(span);
        let behind = self.behind(span);
        let joined = before.ends_with(|c: char| "_-:.)]$".contains(c) || c.is_alphanumeric())
            || behind.starts_with(|c: char| "_-:".contains(c) || c.is_alphanumeric());
        // A slice of Python: `a[::1]`.
        let outside = before.strip_suffix('[');
        let sliced = outside
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_alphanumeric() || "_)]".contains(c)));
        if joined || sliced || !ip::looks_like_v6(trimmed) {
            return;
        }
        let Some(id) = ip::v6(trimmed) else { return };
        let (id, span) = match ip::prefix(behind, 128) {
            Some((prefix, len)) => (
                format!("{id}/{prefix}"),
                Span::new(span.start(), span.end() + len),
            ),
            None => (id, span),
        };
        self.push(EntityKind::Ip, id, span);
    }
}

/// Whether the words say that a version follows.
fn says_version(before: &str) -> bool {
    #[rustfmt::skip]
    const VERSION: &[&str] = &[
        "version", "v", "ver", "release", "build", "firmware", "kernel", "update", "section",
        "chapter", "rev", "driver", "patch", "oid", "revision", "upgrade", "downgrade",
    ];
    let mut rest = before;
    // "version: 1.2.3.4", "upgraded to 1.2.3.4", "versions 1.2.3.3 and 1.2.3.4".
    for _ in 0..3 {
        let trimmed = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n');
        let start = trimmed
            .rfind(|c: char| !c.is_alphanumeric() && c != '.')
            .map_or(0, |at| at + 1);
        let word = trimmed.get(start..).unwrap_or_default();
        if has_word(word, VERSION) || word.to_lowercase().starts_with("upgrad") {
            return true;
        }
        rest = trimmed.get(..start).unwrap_or_default();
    }
    false
}

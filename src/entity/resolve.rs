//! Of mentions that overlap, the longest stays; identifiers and hosts may stand inside a URL.

use super::{EntityKind, Mention};

/// The mentions that stay, in order.
pub(super) fn resolve(mut found: Vec<Mention>) -> Vec<Mention> {
    found.sort_by(|a, b| {
        let key = |mention: &Mention| {
            (
                mention.span.start(),
                usize::MAX - mention.span.end(),
                mention.kind,
            )
        };
        key(a).cmp(&key(b))
    });
    let mut kept: Vec<Mention> = Vec::with_capacity(found.len());
    // The end of the last URL, and of the last mention that is none.
    let mut url_end = 0;
    let mut inner_end = 0;
    for mention in found {
        let (start, end) = (mention.span.start(), mention.span.end());
        if mention.kind == EntityKind::Url {
            if start < url_end {
                continue;
            }
            // What began before the URL and reaches into it is shorter, or no part of it.
            while start < inner_end {
                kept.pop();
                inner_end = kept.last().map_or(0, |last| last.span.end());
            }
            url_end = end;
            kept.push(mention);
            continue;
        }
        if start < url_end && (end > url_end || !stands_in_urls(mention.kind)) {
            continue;
        }
        if start < inner_end {
            let shorter = kept.last().is_some_and(|last| {
                last.kind != EntityKind::Url && last.span.len() < mention.span.len()
            });
            if !shorter {
                continue;
            }
            kept.pop();
        }
        inner_end = end;
        kept.push(mention);
    }
    kept
}

/// Whether a mention inside a URL says something of its own. A link to a product's site is no talk of the product.
fn stands_in_urls(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Domain
            | EntityKind::Ip
            | EntityKind::Cve
            | EntityKind::Cwe
            | EntityKind::Ghsa
            | EntityKind::Cvss
            | EntityKind::Technique
            | EntityKind::Tactic
    )
}

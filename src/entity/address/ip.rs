//! Addresses of IPv4 and IPv6, told from versions, times and paths of names.

use super::says_version;
use crate::entity::{context::last_word, names::is_product};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The address in its usual form; octets have no leading zeros.
pub(super) fn v4(text: &str) -> Option<String> {
    let address: Ipv4Addr = text.parse().ok()?;
    Some(address.to_string())
}

/// The address in the form of RFC 5952.
pub(super) fn v6(text: &str) -> Option<String> {
    if text.len() > 45 || !text.contains(':') {
        return None;
    }
    let address: Ipv6Addr = text.parse().ok()?;
    Some(address.to_string())
}

/// Whether something that can be read as IPv6 is likely to be meant so: `a::b` is a name in programs.
pub(super) fn looks_like_v6(text: &str) -> bool {
    let groups = text.split(':').filter(|group| !group.is_empty()).count();
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    text == "::1"
        || (digit && groups >= 3)
        || (digit && groups >= 1 && text.ends_with("::") && text.len() >= 6)
}

/// The length of a network's prefix that follows, and how many bytes say it.
pub(super) fn prefix(behind: &str, most: u8) -> Option<(u8, usize)> {
    let digits = behind.strip_prefix('/')?;
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !digits[len..].starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '_');
    let prefix: u8 = digits[..len]
        .parse()
        .ok()
        .filter(|&prefix| prefix <= most)?;
    ends.then_some((prefix, len + 1))
}

/// Whether four numbers with dots are a version rather than an address; `hosts` tells that the sentence
/// speaks of hosts.
pub(super) fn is_version(text: &str, before: &str, hosts: bool) -> bool {
    if says_version(before) {
        return true;
    }
    let word = last_word(before);
    if hosts {
        return false;
    }
    // Versions have small numbers; "Opera 9.8.0.1" and "Skype 5.5.0.119" name what they are versions of.
    let small = |count: usize| {
        let numbers = text
            .split('.')
            .filter_map(|number| number.parse::<u8>().ok());
        numbers.take(count).all(|number| number < 32)
    };
    let known = text == "0.0.0.0"
        || text.starts_with("10.")
        || ["1.1.1.1", "8.8.8.8", "9.9.9.9", "8.8.4.4"].contains(&text);
    let zero = text.starts_with("0.") && !known;
    zero || is_product(word)
        || (small(2) && word.starts_with(char::is_uppercase))
        || (small(4) && !known)
}

//! Which URLs may be asked for, and which addresses connected to.
//!
//! A page decides what is asked for next, and a name server which machine a name means. Neither may make a
//! crawl knock on the machines beside the one it runs on, so that every address is looked at after the name
//! was resolved, and the connection is made to that very address.

use super::client::Failure;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use url::{Host, Url};

/// Why a URL may not be asked for, if it may not.
pub(super) fn objection(url: &Url) -> Option<&'static str> {
    match url {
        _ if !matches!(url.scheme(), "http" | "https") => Some("only http and https are fetched"),
        _ if !url.username().is_empty() || url.password().is_some() => {
            Some("the address holds a name or password; nothing is fetched with a login")
        }
        _ if url.host().is_none() => Some("the address names no host"),
        _ => None,
    }
}

/// The addresses that may be connected to for a URL.
pub(super) fn resolve(url: &Url, allow_private: bool) -> Result<Vec<SocketAddr>, Failure> {
    if let Some(objection) = objection(url) {
        return Err(Failure::Refused(objection.to_owned()));
    }
    let port = url.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![(ip, port).into()],
        Some(Host::Ipv6(ip)) => vec![(ip, port).into()],
        Some(Host::Domain(name)) => (name, port)
            .to_socket_addrs()
            .map_err(|error| Failure::Transient(format!("{name} is not found: {error}")))?
            .collect(),
        None => Vec::new(),
    };
    let fit = |address: &SocketAddr| allow_private || is_public(address.ip());
    let (fit, unfit): (Vec<_>, Vec<_>) = found.into_iter().partition(fit);
    match unfit.first() {
        Some(address) if fit.is_empty() => Err(Failure::Refused(format!(
            "{} is no public address; --allow-private lets it be asked",
            address.ip()
        ))),
        None if fit.is_empty() => Err(Failure::Transient("the host has no address".to_owned())),
        _ => Ok(fit),
    }
}

/// The host of a URL if it is seen without a name server that it is not of the public internet.
pub(super) fn private(url: &Url) -> Option<String> {
    let is_private = match url.host()? {
        Host::Ipv4(ip) => !is_public_v4(ip),
        Host::Ipv6(ip) => !is_public_v6(ip),
        // RFC 6761, section 6.3.
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
    };
    is_private.then(|| url.host_str().unwrap_or_default().to_owned())
}

/// Whether an address belongs to the public internet, by the special-purpose registries of IANA.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match (a, b, c) {
        // This network, private, loopback; multicast and all above it.
        (0 | 10 | 127 | 224.., ..) => true,
        // Shared by carriers (CGNAT).
        (100, 64..=127, _) => true,
        (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Protocol assignments, documentation, 6to4 relays, benchmarks.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) => true,
        (198, 51, 100) | (203, 0, 113) => true,
        _ => false,
    };
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        // IPv4 inside of IPv6: mapped, translated (NAT64), 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            embedded(high, low)
        }
        [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments (Teredo among them), documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All that has been given out for global unicast lies here.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(ip: &str) -> bool {
        is_public(ip.parse().unwrap())
    }

    #[test]
    fn only_the_public_internet_is_public() {
        for ip in [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "223.255.255.1",
            "2600::1",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(public(ip), "{ip}");
        }
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!public(ip), "{ip}");
        }
    }

    #[test]
    fn numbers_and_names_of_this_machine_are_seen_through() {
        for text in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]:8080/",
            "http://localhost/",
        ] {
            let url = Url::parse(text).unwrap();
            assert!(
                matches!(resolve(&url, false), Err(Failure::Refused(_))),
                "{text}"
            );
            assert!(resolve(&url, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn other_schemes_and_logins_are_refused_even_where_private_is_allowed() {
        for text in [
            "file:///etc/passwd",
            "ftp://forum.example/",
            "data:,x",
            "http://me:secret@forum.example/",
        ] {
            let url = Url::parse(text).unwrap();
            assert!(
                matches!(resolve(&url, true), Err(Failure::Refused(_))),
                "{text}"
            );
        }
    }
}

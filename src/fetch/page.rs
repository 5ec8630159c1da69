//! A page or answer as those see it who look for what to ask next.

use flate2::read::MultiGzDecoder;
use scraper::{Html, Selector};
use serde_json::Value;
use std::{cell::OnceCell, io::Read, sync::LazyLock};
use url::Url;

/// What came from one address.
#[derive(Debug)]
pub struct Page {
    /// Where it came from.
    pub url: Url,
    /// The HTTP status.
    pub status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether some of the body is missing.
    pub is_cut: bool,
    json: OnceCell<Option<Value>>,
    links: OnceCell<Vec<Link>>,
}

/// A link on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, without a fragment.
    pub url: Url,
    /// Its `rel`.
    pub rel: String,
    /// Its classes.
    pub class: String,
    /// Its words.
    pub text: String,
}

static LINKS: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("a[href], link[href]").expect("a selector that is right"));
static BASE: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("base[href]").expect("a selector that is right"));

impl Page {
    /// A page from an answer's head and its body as it was sent; at most `max_size` bytes are unpacked.
    #[must_use]
    pub fn new(url: Url, head: &[u8], body: Vec<u8>, max_size: u64) -> Self {
        let (status, headers) = parse_head(head);
        let mut page = Self {
            url,
            status,
            headers,
            body,
            is_cut: false,
            json: OnceCell::new(),
            links: OnceCell::new(),
        };
        if matches!(page.header("content-encoding"), Some("gzip" | "x-gzip")) {
            let mut unpacked = Vec::new();
            let mut packed = MultiGzDecoder::new(&*page.body).take(max_size.saturating_add(1));
            // What was unpacked before an error is kept.
            page.is_cut = packed.read_to_end(&mut unpacked).is_err();
            if unpacked.len() as u64 > max_size {
                page.is_cut = true;
                unpacked.pop();
            }
            page.body = unpacked;
        }
        page
    }

    /// Whether the host sends on to another address.
    #[must_use]
    pub const fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// A header's value, the first where there are several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(header)
            .map(|(_, value)| value.as_str())
    }

    /// The page's bytes, unpacked.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Whether the page's bytes hold a text.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        !text.is_empty()
            && self
                .body
                .windows(text.len())
                .any(|bytes| bytes == text.as_bytes())
    }

    /// The answer as JSON, if it is such.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        self.json
            .get_or_init(|| serde_json::from_slice(&self.body).ok())
            .as_ref()
    }

    /// The links of `a` and `link` elements in the order of the page; none where the page is JSON.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        self.links.get_or_init(|| {
            let first = self.body.iter().find(|byte| !byte.is_ascii_whitespace());
            if matches!(first, Some(b'{' | b'[') | None) {
                return Vec::new();
            }
            links(&self.url, &String::from_utf8_lossy(&self.body))
        })
    }
}

fn links(url: &Url, text: &str) -> Vec<Link> {
    let html = Html::parse_document(text);
    let base = html
        .select(&BASE)
        .find_map(|element| url.join(element.attr("href")?).ok());
    let base = base.as_ref().unwrap_or(url);
    let links = html.select(&LINKS).filter_map(|element| {
        let mut url = base.join(element.attr("href")?.trim()).ok()?;
        url.set_fragment(None);
        let value = |name| element.attr(name).unwrap_or_default().to_owned();
        let text: String = element.text().collect();
        Some(Link {
            url,
            rel: value("rel"),
            class: value("class"),
            text: text.trim().to_owned(),
        })
    });
    links.collect()
}

impl Link {
    /// Whether a word stands in its `rel`.
    #[must_use]
    pub fn has_rel(&self, rel: &str) -> bool {
        self.rel
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case(rel))
    }

    /// Whether it has a class.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.class
            .split_ascii_whitespace()
            .any(|word| word == class)
    }
}

/// Status and headers of an answer's head; status 0 where there is none.
fn parse_head(head: &[u8]) -> (u16, Vec<(String, String)>) {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split_ascii_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0);
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    (status, headers.collect())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    /// A page for tests of other modules.
    pub(in super::super) fn page(url: &str, body: &str) -> Page {
        let url = Url::parse(url).unwrap();
        Page::new(url, b"HTTP/1.1 200 OK\r\n\r\n", body.into(), 1 << 20)
    }

    #[test]
    fn links_are_absolute_whatever_the_page_says_they_are_relative_to() {
        let text = "<a href='b?x=1#y' rel='Next nofollow' class='p q'> more </a><a>no</a>";
        let page = page("http://forum.example/a/c", text);
        let [link] = page.links() else {
            panic!("{:?}", page.links())
        };
        assert_eq!(link.url.as_str(), "http://forum.example/a/b?x=1");
        assert!(link.has_rel("next") && link.has_class("q") && link.text == "more");
        let text = "<base href='/z/'><a href=b>x</a>";
        let page = self::page("http://forum.example/a/c", text);
        assert_eq!(page.links()[0].url.as_str(), "http://forum.example/z/b");
    }

    #[test]
    fn a_body_is_unpacked_up_to_a_limit() {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&[b'a'; 5000]).unwrap();
        let packed = packer.finish().unwrap();
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        let read = |bytes: &[u8], limit| {
            let url = Url::parse("http://forum.example/").unwrap();
            let page = Page::new(url, head, bytes.to_vec(), limit);
            (page.body().len(), page.is_cut)
        };
        assert_eq!(read(&packed, 5000), (5000, false));
        assert_eq!(read(&packed, 4999), (4999, true));
        assert!(read(&packed[..packed.len() - 4], 5000).1);
        assert_eq!(read(b"no gzip", 5000), (0, true));
    }

    #[test]
    fn a_head_is_read_leniently() {
        let (status, headers) = parse_head(b"HTTP/1.0 301\r\nLOCATION:  /x \r\nodd\r\n\r\n");
        assert_eq!((status, headers.len()), (301, 1));
        assert_eq!(headers[0], ("LOCATION".to_owned(), "/x".to_owned()));
        assert_eq!(parse_head(b"").0, 0);
    }
}

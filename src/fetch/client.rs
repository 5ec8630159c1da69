//! One request and its answer, as they went over the wire.

use super::{Options, address, lock};
use crate::error::{Error, ErrorKind, Result};
use reqwest::{
    blocking,
    dns::{Addrs, Name, Resolve, Resolving},
    header::HeaderValue,
    redirect, retry,
};
use std::{
    collections::HashMap,
    fmt::Write as _,
    io::Read,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use url::{Position, Url};

/// Asks hosts; connections are kept open between requests.
pub(super) struct Client {
    http: blocking::Client,
    checked: Arc<Checked>,
    agent: String,
    timeout: Duration,
    max_size: u64,
}

/// An answer that came, if only in part.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Status line and header lines, each with its line end, and the empty line behind them.
    pub(super) head: Vec<u8>,
    /// As sent: still packed where `Content-Encoding` says so.
    pub(super) body: Vec<u8>,
    pub(super) cut: Option<Cut>,
    pub(super) from: Option<IpAddr>,
    /// The head of the request.
    pub(super) sent: Vec<u8>,
}

/// Why an answer is not whole; the names are those of `WARC-Truncated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Length,
    Time,
    Disconnect,
}

impl Cut {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// It would be the same the next time.
    Refused(String),
    /// It may be better the next time.
    Transient(String),
}

/// What the last answer said about its version, so that the host need not send it again.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// Addresses that were found fit, by host. The client connects to no others, so that a name cannot mean
/// one machine while it is checked and another one afterwards.
#[derive(Default)]
struct Checked(Mutex<HashMap<String, Vec<SocketAddr>>>);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let found = lock(&self.0).get(name.as_str()).cloned();
        let answer = match found {
            Some(found) => Ok(Box::new(found.into_iter()) as Addrs),
            None => Err("the host was not checked".into()),
        };
        Box::pin(std::future::ready(answer))
    }
}

impl Client {
    pub(super) fn new(options: &Options) -> Result<Self> {
        if HeaderValue::from_str(&options.agent).is_err() {
            let cause = format!("{:?} cannot be sent as a name", options.agent);
            let remedy = "use letters, digits and marks of ASCII alone";
            return Err(Error::new(ErrorKind::Malformed, cause).remedy(remedy));
        }
        let checked = Arc::new(Checked::default());
        let http = builder(options.timeout).dns_resolver(Arc::clone(&checked));
        let http = http.build().map_err(no_connections)?;
        Ok(Self {
            http,
            checked,
            agent: options.agent.clone(),
            timeout: options.timeout,
            max_size: options.max_size,
        })
    }

    /// Finds the addresses of a URL's host and keeps those that may be connected to.
    pub(super) fn check(&self, url: &Url, allow_private: bool) -> Result<(), Failure> {
        let addresses = address::resolve(url, allow_private)?;
        if let Some(name) = url.domain() {
            lock(&self.checked.0).insert(name.to_owned(), addresses);
        }
        Ok(())
    }

    /// Sends a request to a host that was checked.
    pub(super) fn ask(&self, url: &Url, known: &Known) -> Result<Answer, Failure> {
        let headers = self.headers(known);
        let mut request = self.http.get(url.clone());
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        let started = Instant::now();
        let response = request
            .send()
            .map_err(|error| Failure::Transient(chain(&error.without_url())))?;
        let mut answer = Answer {
            status: response.status().as_u16(),
            head: head(&response),
            body: Vec::new(),
            cut: None,
            from: response.remote_addr().map(|address| address.ip()),
            sent: sent(url, &headers),
        };
        answer.cut = read(
            response,
            self.max_size,
            started,
            self.timeout,
            &mut answer.body,
        );
        Ok(answer)
    }

    fn headers<'a>(&'a self, known: &'a Known) -> Vec<(&'static str, &'a str)> {
        let mut headers = vec![
            ("User-Agent", self.agent.as_str()),
            ("Accept", "text/html, application/json, */*;q=0.5"),
            ("Accept-Encoding", "gzip"),
        ];
        if let Some(etag) = &known.etag {
            headers.push(("If-None-Match", etag));
        }
        if let Some(modified) = &known.modified {
            headers.push(("If-Modified-Since", modified));
        }
        headers
    }
}

/// What makes requests that go to the named host, once, and take no longer than `timeout` for each step.
pub(super) fn builder(timeout: Duration) -> blocking::ClientBuilder {
    // Fails where the program that uses this library has chosen another provider: then that is used.
    let _ = rustls::crypto::ring::default_provider().install_default();
    blocking::Client::builder()
        // Each hop is checked, counted and recorded like any other request.
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        // A proxy would resolve names by itself, unchecked.
        .no_proxy()
        .referer(false)
        .http1_only()
        .connect_timeout(timeout)
        .timeout(timeout)
}

pub(super) fn no_connections(error: reqwest::Error) -> Error {
    let cause = format!("no secure connections can be made: {}", chain(&error));
    Error::new(ErrorKind::Io, cause)
        .remedy("install the certificates of the system (package ca-certificates)")
}

/// Reads a body up to the limits of size and time, and says which one it met.
pub(super) fn read(
    mut from: impl Read,
    max_size: u64,
    started: Instant,
    timeout: Duration,
    body: &mut Vec<u8>,
) -> Option<Cut> {
    let mut chunk = [0; 16 * 1024];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return None,
            Ok(count) => {
                let room = max_size.saturating_sub(body.len() as u64);
                let count_fit = count.min(usize::try_from(room).unwrap_or(usize::MAX));
                body.extend(chunk.iter().take(count_fit));
                if count_fit < count {
                    return Some(Cut::Length);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if started.elapsed() >= timeout => return Some(Cut::Time),
            Err(_) => return Some(Cut::Disconnect),
        }
        // The client's own limit is for each read: a host that sends byte by byte never meets it.
        if started.elapsed() >= timeout {
            return Some(Cut::Time);
        }
    }
}

/// The head of an answer. How the body was cut into chunks is left out, for it is no longer cut.
fn head(response: &blocking::Response) -> Vec<u8> {
    let status = response.status();
    let reason = status.canonical_reason().unwrap_or_default();
    let mut head =
        format!("{:?} {} {reason}\r\n", response.version(), status.as_u16()).into_bytes();
    for (name, value) in response.headers() {
        if name != "transfer-encoding" {
            head.extend_from_slice(name.as_str().as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
    }
    head.extend_from_slice(b"\r\n");
    head
}

fn sent(url: &Url, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut sent = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\n",
        &url[Position::BeforePath..Position::AfterQuery],
        &url[Position::BeforeHost..Position::AfterPort]
    );
    for (name, value) in headers {
        let _ = write!(sent, "{name}: {value}\r\n");
    }
    sent += "\r\n";
    sent.into_bytes()
}

/// An error with all that led to it.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let _ = write!(text, ": {cause}");
        next = cause.source();
    }
    text
}

//! Asks a language model behind an OpenAI-compatible address for an answer.
//!
//! The interface is that of `POST /v1/chat/completions`, which most servers of local models have too
//! (<https://platform.openai.com/docs/api-reference/chat>). The address is the user's own choice, so that it
//! may be one of this machine. Redirects are not followed: what is sent goes to the named host alone.

use super::{
    address,
    client::{Cut, builder, chain, no_connections, read},
};
use crate::error::{Error, ErrorKind, Result};
use reqwest::{
    blocking,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use url::Url;

/// Bytes of an answer at most: prose has kilobytes, and servers may add how it was reasoned.
const MAX_SIZE: u64 = 1 << 20;

/// Characters of a server's own message that are shown at most.
const MESSAGE: usize = 200;

/// A model behind an address.
#[derive(Debug)]
pub struct Chat {
    http: blocking::Client,
    url: Url,
    model: String,
    /// The header that holds the key; marked as sensitive, so that it is not printed.
    key: Option<HeaderValue>,
    timeout: Duration,
}

impl Chat {
    /// A model at `address`: the interface's base (`http://localhost:8080/v1`), or all of
    /// `.../chat/completions`. The `key` is sent as a bearer token; `timeout` is that of one answer.
    ///
    /// # Errors
    /// When nothing can be asked at that address, or the key cannot be sent.
    pub fn new(address: &str, model: &str, key: Option<&str>, timeout: Duration) -> Result<Self> {
        Ok(Self {
            http: builder(timeout).build().map_err(no_connections)?,
            url: completions(address)?,
            model: model.to_owned(),
            key: key.map(bearer).transpose()?,
            timeout,
        })
    }

    /// Where it is asked, without parameters, in which some services want a key.
    #[must_use]
    pub fn endpoint(&self) -> String {
        let mut url = self.url.clone();
        url.set_query(None);
        url.into()
    }

    /// The model's answer to `content`, which it is to treat as `instructions` say. It is asked to choose
    /// the likeliest words; whether it gives the same answer twice is up to the server.
    ///
    /// # Errors
    /// When there is no answer within the time, or it is none.
    pub fn ask(&self, instructions: &str, content: &str) -> Result<String> {
        let request = json!({
            "model": self.model,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": content},
            ],
            "temperature": 0,
            "seed": 0,
            "stream": false,
        });
        let answer = self.send(&request);
        answer.map_err(|error| error.input(self.endpoint()))
    }

    fn send(&self, request: &Value) -> Result<String> {
        let started = Instant::now();
        let mut asked = self.http.post(self.url.clone());
        if let Some(key) = &self.key {
            asked = asked.header(AUTHORIZATION, key);
        }
        let asked = asked.header(CONTENT_TYPE, "application/json");
        let response = asked.body(request.to_string()).send().map_err(|error| {
            if error.is_timeout() {
                return self.late();
            }
            let cause = format!("cannot be asked: {}", chain(&error.without_url()));
            Error::new(ErrorKind::Io, cause).remedy("start the server, or name another address")
        })?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        match read(response, MAX_SIZE, started, self.timeout, &mut body) {
            Some(Cut::Time) => return Err(self.late()),
            Some(Cut::Length) => {
                let cause = format!("the answer has more than {MAX_SIZE} bytes");
                return Err(Error::new(ErrorKind::TooLarge, cause).remedy("name another model"));
            }
            Some(Cut::Disconnect) => {
                let error = Error::new(ErrorKind::Io, "the answer breaks off");
                return Err(error.remedy("see what the server logged"));
            }
            None => {}
        }
        let body = serde_json::from_slice::<Value>(&body).ok();
        match status {
            200..=299 => content(body.as_ref()),
            _ => Err(self.refusal(status, body.as_ref())),
        }
    }

    fn late(&self) -> Error {
        let cause = format!("no answer within {} s", self.timeout.as_secs_f64());
        Error::new(ErrorKind::Io, cause).remedy("allow more time with --llm-timeout")
    }

    /// What a status that is no success means, with what the server says of it.
    fn refusal(&self, status: u16, body: Option<&Value>) -> Error {
        let said = body.and_then(said).map(|said| format!(": {said}"));
        let said = said.unwrap_or_default();
        let (cause, remedy) = match status {
            // Servers repeat the key here; it must not get into logs.
            401 | 403 => (
                "it does not accept the key, or wants one".to_owned(),
                "name the environment variable that holds the key with --llm-key-env",
            ),
            404 => (
                format!("it has no such address, or no model `{}`{said}", self.model),
                "check --llm, which ends in /v1 on most servers, and --llm-model",
            ),
            300..=399 => (
                "it redirects, which is not followed".to_owned(),
                "name the address that it redirects to",
            ),
            429 | 500.. => (
                format!("it cannot answer now{said}"),
                "ask again later, or see what the server logged",
            ),
            _ => (
                format!("it refuses the request{said}"),
                "ask for fewer --words where they are too many for the model, or see what the \
                 server logged",
            ),
        };
        Error::new(ErrorKind::Io, format!("status {status}: {cause}")).remedy(remedy)
    }
}

/// The header that holds a key.
fn bearer(key: &str) -> Result<HeaderValue> {
    let header = HeaderValue::from_str(&format!("Bearer {key}"));
    let mut header = header.map_err(|_| {
        let cause = "the key holds a character that cannot be sent";
        let remedy = "set its variable to the key alone, without line ends";
        Error::new(ErrorKind::Malformed, cause).remedy(remedy)
    })?;
    header.set_sensitive(true);
    Ok(header)
}

/// The address that is asked.
fn completions(address: &str) -> Result<Url> {
    const REMEDY: &str = "name it like http://localhost:8080/v1";
    let malformed = |cause: String| Error::new(ErrorKind::Malformed, cause).remedy(REMEDY);
    // What stands before `@` may be a password.
    let shown = address.rsplit_once('@').map_or(address, |(_, host)| host);
    let mut url = Url::parse(address)
        .map_err(|error| malformed(format!("it is no address: {error}")).input(shown))?;
    if let Some(objection) = address::objection(&url) {
        return Err(malformed(objection.to_owned()).input(shown));
    }
    let base = url.path().trim_end_matches('/');
    if !base.ends_with("/chat/completions") {
        let path = format!("{base}/chat/completions");
        url.set_path(&path);
    }
    url.set_fragment(None);
    Ok(url)
}

/// The text of a completion.
fn content(body: Option<&Value>) -> Result<String> {
    let cause = match body {
        None => "the answer is no JSON",
        Some(body) => match body.pointer("/choices/0/message/content") {
            Some(Value::String(text)) if !text.trim().is_empty() => return Ok(text.clone()),
            Some(_) => "the answer holds no text",
            None => "the answer has no `choices` with a message",
        },
    };
    let remedy = "name the address of an OpenAI-compatible interface and a model that chats";
    Err(Error::new(ErrorKind::Malformed, cause).remedy(remedy))
}

/// What a server says of its refusal, fit to be shown.
fn said(body: &Value) -> Option<String> {
    let places = ["/error/message", "/error", "/message", "/detail"];
    let said = places.iter().find_map(|at| body.pointer(at)?.as_str())?;
    let plain = said.chars().map(|c| match c {
        ' '..='~' => c,
        c if c.is_alphanumeric() => c,
        _ => ' ',
    });
    Some(plain.take(MESSAGE).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_and_a_whole_address_mean_the_same() {
        for address in [
            "http://127.0.0.1:8080/v1",
            "http://127.0.0.1:8080/v1/",
            "http://127.0.0.1:8080/v1/chat/completions",
            "http://127.0.0.1:8080/v1/chat/completions/#top",
        ] {
            let url = completions(address).unwrap();
            let path = url.path().trim_end_matches('/');
            assert_eq!(path, "/v1/chat/completions", "{address}");
            assert_eq!(url.fragment(), None);
        }
        let with_query = completions("https://llm.example/v1?version=2").unwrap();
        assert_eq!(with_query.query(), Some("version=2"));
        let chat = |address| Chat::new(address, "m", Some("s3cret"), Duration::from_secs(1));
        let chat = chat("https://llm.example/v1?version=2").unwrap();
        assert_eq!(chat.endpoint(), "https://llm.example/v1/chat/completions");
        assert!(!format!("{chat:?}").contains("s3cret"));
    }

    #[test]
    fn addresses_that_cannot_be_asked_are_refused_without_their_password() {
        for (address, cause) in [
            ("localhost:8080/v1", "only http and https"),
            ("ftp://llm.example/", "only http and https"),
            ("no address", "it is no address"),
            ("http://me:s3cret@llm.example/v1", "name or password"),
        ] {
            let error = completions(address).unwrap_err().to_string();
            assert!(error.contains(cause), "{error}");
            assert!(error.ends_with("http://localhost:8080/v1"), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
        let error = Chat::new("http://a.example", "m", Some("a\nb"), Duration::ZERO).unwrap_err();
        assert!(error.to_string().contains("the key holds"), "{error}");
    }

    #[test]
    fn messages_of_servers_are_plain_and_short() {
        let body =
            json!({"error": {"message": format!("\u{1b}[31mno\u{202e} {}", "x".repeat(999))}});
        let said = said(&body).unwrap();
        assert!(said.starts_with(" [31mno  xxx"), "{said}");
        assert_eq!(said.chars().count(), MESSAGE);
    }
}

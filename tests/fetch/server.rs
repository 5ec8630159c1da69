//! A small HTTP server that answers as it is told and notes what it was asked.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// An answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Bytes of the body after which the connection breaks.
    pub(crate) cut: Option<usize>,
    /// Time before each byte.
    pub(crate) slow: Option<Duration>,
    /// Whether the body goes in chunks.
    pub(crate) chunked: bool,
}

/// A request: its path with parameters, its head and its body.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: String,
    /// Requests before this one.
    pub(crate) before: usize,
}

pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
}

pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Reply {
    status(200, body)
}

pub(crate) fn status(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply {
        status,
        body: body.into(),
        ..Reply::default()
    }
}

impl Reply {
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Server {
    pub(crate) fn new(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            stopped: Arc::default(),
        };
        let (asked, stopped) = (Arc::clone(&server.asked), Arc::clone(&server.stopped));
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                let Ok(stream) = stream else { continue };
                // The other side may leave at any time.
                thread::spawn(move || serve(stream, &asked, &*answer).ok());
            }
        });
        server
    }

    /// A server with some pages and no `robots.txt`; other addresses are not found.
    pub(crate) fn of(pages: Vec<(&'static str, String)>) -> Self {
        Self::new(move |request| {
            let page = pages.iter().find(|(path, _)| *path == request.path);
            page.map_or_else(|| status(404, "no"), |(_, body)| ok(body.as_str()))
        })
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was asked for, in order, without `robots.txt`.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.retain(|path| path != "/robots.txt");
        asked
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    mut stream: TcpStream,
    asked: &Mutex<Vec<String>>,
    answer: &dyn Fn(&Request) -> Reply,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    // Nothing is posted but to a language model that the user named.
    let is_chat = head.starts_with("POST ") && path.ends_with("/chat/completions");
    assert!(head.starts_with("GET ") || is_chat, "{head}");
    let lower = head.to_lowercase();
    let length = lower.split("content-length: ").nth(1);
    let length = length.and_then(|rest| rest.split('\r').next()?.parse().ok());
    let mut body = String::new();
    reader.take(length.unwrap_or(0)).read_to_string(&mut body)?;
    let before = {
        let mut asked = asked.lock().unwrap();
        asked.push(path.clone());
        asked.len() - 1
    };
    let reply = answer(&Request {
        path,
        head,
        body,
        before,
    });
    let mut out = format!("HTTP/1.1 {} x\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        out += &format!("{name}: {value}\r\n");
    }
    let length = reply.body.len();
    out += &match reply.chunked {
        true => "Transfer-Encoding: chunked\r\n\r\n".to_owned(),
        false => format!("Content-Length: {length}\r\n\r\n"),
    };
    stream.write_all(out.as_bytes())?;
    let body = &reply.body[..reply.cut.unwrap_or(length).min(length)];
    if let Some(pause) = reply.slow {
        for byte in body {
            stream.write_all(&[*byte])?;
            thread::sleep(pause);
        }
    } else if reply.chunked {
        for chunk in body.chunks(7) {
            write!(stream, "{:x}\r\n", chunk.len())?;
            stream.write_all(chunk)?;
            stream.write_all(b"\r\n")?;
        }
        stream.write_all(b"0\r\n\r\n")?;
    } else {
        stream.write_all(body)?;
    }
    stream.flush()
}

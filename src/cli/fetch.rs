//! `rejoinder fetch`: threads from the web, by way of a WARC file.

use super::{Outcome, input::Inputs, message::Messages, parse, web};
use crate::fetch::{self, Options, Report};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{self, Read},
    path::PathBuf,
    time::Duration,
};

/// What to fetch, where to keep it, and how to behave.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    /// Addresses of threads
    #[arg(value_name = "URL", required_unless_present = "from")]
    urls: Vec<String>,
    /// Read addresses from this file too, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// WARC file for all answers (name.warc.gz); where it exists the crawl goes on in it
    #[arg(short, long, value_name = "FILE", required_unless_present = "dry_run")]
    output: Option<PathBuf>,
    /// How boards can reach you: a mail or web address, sent with every request
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// Call yourself this instead of rejoinder/VERSION
    #[arg(long, value_name = "NAME", conflicts_with = "contact")]
    user_agent: Option<String>,
    /// Seconds between requests to a host; a longer Crawl-delay of its robots.txt wins
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    delay: Duration,
    /// Send no more requests than this, repeated ones included
    #[arg(long, value_name = "N", default_value_t = 1000)]
    max_requests: usize,
    /// Seconds for one answer
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// Bytes of one answer, packed or unpacked
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    max_size: u64,
    /// Let the named hosts have private addresses: machines of your own network
    #[arg(long)]
    allow_private: bool,
    /// Ask again for what the file holds; what has not changed is not sent again
    #[arg(long)]
    refresh: bool,
    /// Show what would be asked for, and ask nobody
    #[arg(long)]
    dry_run: bool,
}

const AFTER: &str = "Every answer is kept in the WARC file as it came; the threads in it are written to \
standard output as `rejoinder parse` writes them. Interrupted, the same command goes on where it stopped.

Exit codes: 0 all was had, 1 something is missing, 2 nothing was had.";

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "it is no number".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "it is no time in seconds".to_owned())
}

pub(super) fn run(args: &Args, messages: &Messages) -> Result<Outcome> {
    let urls = args.addresses()?;
    if args.dry_run {
        return dry_run(&urls, args.allow_private);
    }
    let Some(path) = &args.output else {
        bail!("no file is named for the answers; name one with -o");
    };
    let options = args.options();
    if args.contact.is_none() && args.user_agent.is_none() {
        messages.note("boards cannot reach you if something goes wrong; say how with --contact");
    }
    let report = web::crawl(&urls, path, &options, messages)?;
    if report.pages() == 0 {
        bail!("nothing was had: {report}");
    }
    match report.is_whole() {
        true => messages.note(&report.to_string()),
        false => messages.error(&report),
    }
    let inputs = Inputs::of(path.display().to_string());
    let read = parse::write(&inputs, None, messages)?;
    Ok(outcome(read, &report))
}

fn outcome(read: Outcome, report: &Report) -> Outcome {
    match report.is_whole() {
        true => read,
        false => Outcome::Skipped,
    }
}

fn dry_run(urls: &[String], allow_private: bool) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    for text in urls {
        match fetch::plan(text, allow_private) {
            Ok(step) => {
                let (board, follows) = match step.board {
                    Some(board) => (board.id(), board.follows()),
                    None => (
                        "its page will tell the board",
                        "what the board's pages name",
                    ),
                };
                let url = step.url;
                anstream::println!("{text}\n  first: {url}\n  board: {board}\n  then: {follows}");
            }
            Err(why) => {
                outcome = Outcome::Skipped;
                anstream::println!("{text}\n  not asked for: {why}");
            }
        }
    }
    Ok(outcome)
}

impl Args {
    fn options(&self) -> Options {
        let contact = self.contact.as_deref();
        let agent = self.user_agent.clone();
        Options {
            agent: agent.unwrap_or_else(|| fetch::agent(contact)),
            delay: self.delay,
            max_requests: self.max_requests,
            max_size: self.max_size,
            timeout: self.timeout,
            allow_private: self.allow_private,
            refresh: self.refresh,
            ..Options::default()
        }
    }

    /// The addresses named, and those of the file; empty lines and lines that begin with `#` are passed
    /// over.
    fn addresses(&self) -> Result<Vec<String>> {
        let mut urls = self.urls.clone();
        if let Some(path) = &self.from {
            let mut text = String::new();
            let read = match path.as_os_str() == "-" {
                true => io::stdin().read_to_string(&mut text).map(drop),
                false => fs::read_to_string(path).map(|read| text = read),
            };
            read.with_context(|| format!("{}: cannot read the addresses", path.display()))?;
            let lines = text.lines().map(str::trim);
            let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
            urls.extend(lines.map(str::to_owned));
        }
        if urls.is_empty() {
            bail!("no address is given; name one, or put some into the file of --from");
        }
        Ok(urls)
    }
}

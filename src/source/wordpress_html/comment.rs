//! Reads one comment: who wrote it, when, what it says.

use super::{
    classes::{ANSWERED, AROUND_NAME, AROUND_TEXT, AROUND_TIME, NAME, NOISE, TEXT},
    nesting::{Part, Place, plain_class},
    words,
};
use crate::{
    source::{
        markup::{attr, digits_after, has_class, instant},
        time,
    },
    text::{
        Body,
        html::{self, Role},
    },
    thread::{Author, CommentKind, Draft, Score, State},
};
use jiff::Timestamp;
use scraper::ElementRef;

/// A comment, read.
#[derive(Debug)]
pub(super) struct Read {
    /// All but the parent.
    pub(super) draft: Draft,
    /// Number of the comment that it says it answers.
    pub(super) answered: Option<String>,
    /// Whether readers are offered to answer it.
    pub(super) has_reply_link: bool,
}

/// Reads the comment at a place.
pub(super) fn read(place: &Place<'_>) -> Read {
    let reader = Reader::new(place);
    let id = place.id.clone().or_else(|| reader.number_in_links());
    let name = reader.name();
    let is_kind = |class| place.roots.iter().any(|&root| has_class(root, class));
    let kind = match is_kind("pingback") || is_kind("trackback") {
        true => CommentKind::Pingback,
        false => CommentKind::Comment,
    };
    let draft = Draft {
        posted: reader.posted(name.as_ref().map(|(name, _)| name.as_str())),
        posted_locally: !reader.has_zone(),
        // Of a notice from another site the name is all that it says.
        body: reader.body(
            name.as_ref()
                .and_then(|(_, element)| *element)
                .filter(|_| kind == CommentKind::Comment),
        ),
        author: name.map(|(name, _)| reader.author(name)),
        score: reader.score(),
        state: reader.state(),
        kind,
        id: id.unwrap_or_default(),
        ..Draft::default()
    };
    Read {
        draft,
        answered: reader.answered(),
        has_reply_link: place.parts.iter().any(is_reply_link),
    }
}

fn is_reply_link(part: &Part<'_>) -> bool {
    let leads_to_form = |href: &str| href.contains("replytocom=") || href.ends_with("#respond");
    let is_link = part.element.value().name() == "a";
    let leads = || part.element.attr("href").is_some_and(leads_to_form);
    is_link && (part.is_any(&["commentreplylink"]) || leads()) || part.is_any(&["wpdreplybutton"])
}

/// Whether an element's link leads to the comment with the given number.
fn leads_to(element: ElementRef<'_>, id: &str) -> bool {
    element.value().name() == "a" && linked(element) == Some(id)
}

/// Number of the comment on a page to which a link leads.
fn linked(element: ElementRef<'_>) -> Option<&str> {
    let (_, anchor) = element.attr("href")?.split_once('#')?;
    let id = anchor
        .rsplit_once("comment-")
        .map_or_else(|| anchor.strip_prefix('c'), |(_, id)| Some(id))?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

struct Reader<'p, 'a> {
    place: &'p Place<'a>,
    /// The part that holds the text and nothing else.
    text: Option<&'p Part<'a>>,
    /// The parts of the text within those of the comment.
    inside: std::ops::Range<usize>,
}

impl<'p, 'a> Reader<'p, 'a> {
    fn new(place: &'p Place<'a>) -> Self {
        let mut inside = 0..place.parts.len();
        let mut text = None;
        // A theme may name one element so inside another; the innermost is the text.
        while let Some(at) = inside.clone().find(|&at| holds_text(&place.parts[at])) {
            text = Some(&place.parts[at]);
            inside = at + 1..place.parts[at].end;
        }
        if text.is_none() {
            inside = 0..0;
        }
        Self {
            place,
            text,
            inside,
        }
    }

    /// The parts around the text.
    fn outside(&self) -> impl Iterator<Item = &'p Part<'a>> {
        let (before, after) = (self.inside.start, self.inside.end);
        let parts = self.place.parts.iter().enumerate();
        parts
            .filter(move |(at, _)| *at < before || *at >= after)
            .map(|(_, part)| part)
    }

    /// The parts inside `part`.
    fn within(&self, part: &'p Part<'a>) -> impl Iterator<Item = &'p Part<'a>> {
        let parts = &self.place.parts;
        let start = parts.iter().position(|other| other.element == part.element);
        let start = start.map_or(part.end, |start| start + 1);
        parts.get(start..part.end).unwrap_or_default().iter()
    }

    fn number_in_links(&self) -> Option<String> {
        let in_link = |part: &'p Part<'a>| {
            let href = part.element.attr("href").unwrap_or_default();
            attr(part.element, "data-commentid")
                .or_else(|| digits_after(href, "replytocom="))
                .or_else(|| linked(part.element))
        };
        self.outside().find_map(in_link).map(str::to_owned)
    }

    /// The author's name, and the element that holds it.
    fn name(&self) -> Option<(String, Option<ElementRef<'a>>)> {
        let named = |part: &&'p Part<'a>| part.is_any(NAME);
        let is_named = |part: &&'p Part<'a>| part.element.attr("itemprop") == Some("name");
        let sure = self
            .first(|part| part.is_any(&["fn"]))
            .or_else(|| self.first(named))
            .or_else(|| self.first(is_named))
            .or_else(|| self.first(|part| part.element.value().name() == "cite"));
        let linked = || {
            self.first(|part| {
                let rel = part.element.attr("rel").unwrap_or_default();
                part.element.value().name() == "a"
                    && (part.is_any(&["url"]) || rel.contains("external"))
            })
        };
        let with_element = |(name, element)| (name, Some(element));
        sure.or_else(|| self.name_among_others())
            .or_else(linked)
            .map(with_element)
            .or_else(|| self.name_in_credit().map(|name| (name, None)))
    }

    /// The words of the first part around the text that is wanted and has any.
    fn first(&self, wanted: impl Fn(&&'p Part<'a>) -> bool) -> Option<(String, ElementRef<'a>)> {
        self.outside().filter(wanted).find_map(|part| {
            let name = words::name(&line(part.element))?;
            Some((name, part.element))
        })
    }

    /// The name where an element holds it with a time or a link: what is strong there, or linked, or first.
    fn name_among_others(&self) -> Option<(String, ElementRef<'a>)> {
        let around = self.outside().filter(|part| part.is_any(AROUND_NAME));
        for part in around.take(8) {
            let inner = |names: &[&str]| {
                let mut parts = self.within(part).filter(|part| {
                    let is_action = part.is_any(NOISE) || is_reply_link(part);
                    names.contains(&part.element.value().name()) && !is_action
                });
                parts.find_map(|part| words::name(&line(part.element)))
            };
            let name = inner(&["strong", "b", "h3", "h4", "h5", "h6"])
                .or_else(|| inner(&["a"]))
                .or_else(|| words::name(&line(part.element)));
            if let Some(name) = name {
                return Some((name, part.element));
            }
        }
        None
    }

    /// The name in a line like "Name • August 1, 2006 2:39 PM", or in what the link for replies is called.
    fn name_in_credit(&self) -> Option<String> {
        let credits = self
            .outside()
            .filter(|part| part.is_any(AROUND_TIME))
            .take(8);
        let parted = |part: &Part<'_>| {
            let line = line(part.element);
            let (name, _) = line.split_once(['•', '|', '·'])?;
            words::name(name)
        };
        let called = || {
            let mut parts = self.outside().filter(|part| is_reply_link(part));
            parts.find_map(|part| words::name_in_label(part.element.attr("aria-label")?))
        };
        { credits }.find_map(parted).or_else(called)
    }

    fn author(&self, name: String) -> Author {
        let mut classes = self
            .place
            .roots
            .iter()
            .flat_map(|root| root.value().classes());
        let id = classes.find_map(|class| class.strip_prefix("comment-author-"));
        let wrote_article = self
            .place
            .roots
            .iter()
            .any(|&root| has_class(root, "bypostauthor"));
        Author {
            anonymous: words::is_nobody(&name),
            name,
            id: id.map(str::to_owned),
            badge: wrote_article.then(|| "author".to_owned()),
        }
    }

    /// Whether some element gives a time for programs, with its zone.
    fn has_zone(&self) -> bool {
        let mut times = self
            .outside()
            .filter_map(|part| part.element.attr("datetime"));
        times.any(|time| time::parse(time).is_some() && !time::is_local(time))
    }

    fn posted(&self, name: Option<&str>) -> Option<Timestamp> {
        let id = self.place.id.as_deref().unwrap_or_default();
        let times = self
            .outside()
            .filter(|part| part.element.value().name() == "time");
        let links = self.outside().filter(|part| leads_to(part.element, id));
        let around = self.outside().filter(|part| part.is_any(AROUND_TIME));
        // A name may hold the name of a month.
        let in_words = |part: &Part<'_>| {
            let line = html::line(part.element);
            time::parse(&line.replacen(name.unwrap_or_default(), "", 1))
        };
        { times }
            .find_map(|part| instant(part.element))
            .or_else(|| { links }.find_map(|part| instant(part.element)))
            .or_else(|| {
                { around }.take(8).find_map(|part| {
                    instant(part.element)
                        .filter(|_| part.element.attr("title").is_some())
                        .or_else(|| in_words(part))
                })
            })
    }

    /// The text. Where no element holds it alone, what is known to stand around it is left out.
    fn body(&self, name: Option<ElementRef<'a>>) -> Body {
        let id = self.place.id.as_deref().unwrap_or_default();
        let is_noise = |element: ElementRef<'a>| is_noise(element) || self.place.is_other(element);
        if let Some(part) = self.text {
            let body = html::body_with(part.element, |element| {
                match element != part.element && is_noise(element) {
                    true => Role::Skip,
                    false => Role::Usual,
                }
            });
            return words::cleaned(&[body], false);
        }
        let around = self
            .place
            .parts
            .iter()
            .find(|part| part.is_any(AROUND_TEXT));
        let roots = around.map_or_else(|| self.place.roots.clone(), |part| vec![part.element]);
        let bodies = roots.iter().map(|&root| {
            html::body_with(root, |element| {
                let frame = matches!(
                    element.value().name(),
                    "header" | "footer" | "cite" | "time" | "form"
                );
                let is_around =
                    frame || name == Some(element) || leads_to(element, id) || is_noise(element);
                match element != root && is_around {
                    true => Role::Skip,
                    false => Role::Usual,
                }
            })
        });
        words::cleaned(&bodies.collect::<Vec<_>>(), true)
    }

    /// Votes as the plugins for them show them.
    fn score(&self) -> Option<Score> {
        let votes = |wanted: &dyn Fn(&Part<'_>) -> bool| {
            let mut parts = self.outside().filter(|part| wanted(part));
            parts.find_map(|part| {
                html::line(part.element)
                    .trim_start_matches('+')
                    .parse()
                    .ok()
            })
        };
        let karma = |way: &'static str| {
            move |part: &Part<'_>| {
                let id = part.element.value().id().unwrap_or_default();
                id.starts_with("karma-") && id.ends_with(way)
            }
        };
        let score = Score {
            points: votes(&|part| part.is_any(&["wpdvoteresult"])),
            up: votes(&karma("-up")),
            down: votes(&karma("-down")),
            label: None,
        };
        (score != Score::default()).then_some(score)
    }

    /// A comment that readers disliked is folded.
    fn state(&self) -> State {
        let is_folded = |part: &Part<'_>| {
            let id = part.element.value().id();
            id.is_some_and(|id| id.starts_with("ckhide-"))
        };
        match self.place.parts.iter().any(is_folded) {
            true => State::Collapsed,
            false => State::Live,
        }
    }

    fn answered(&self) -> Option<String> {
        let leads = self.outside().filter(|part| part.is_any(ANSWERED)).take(8);
        let other = |part: &Part<'a>| {
            linked(part.element).filter(|id| self.place.id.as_deref() != Some(*id))
        };
        let answered =
            { leads }.find_map(|part| other(part).or_else(|| self.within(part).find_map(other)));
        answered.map(str::to_owned)
    }
}

fn holds_text(part: &Part<'_>) -> bool {
    let property = part.element.attr("itemprop");
    part.is_any(TEXT) || matches!(property, Some("text" | "commentText"))
}

/// The words of an element but for what is known to be no name.
fn line(element: ElementRef<'_>) -> String {
    let body = html::body_with(element, |inner| {
        let is_action = [
            "says",
            "reply",
            "comment-reply-link",
            "screen-reader-text",
            "avatar",
        ];
        let skip = inner != element
            && (is_action.iter().any(|class| has_class(inner, class))
                || inner.value().name() == "time");
        if skip { Role::Skip } else { Role::Usual }
    });
    let words: Vec<_> = body.text.split_whitespace().collect();
    words.join(" ")
}

/// Whether an element inside a comment is no text of it.
fn is_noise(element: ElementRef<'_>) -> bool {
    let mut classes = element.value().classes().map(plain_class);
    let shows_votes = |id: &str| id.starts_with("karma-");
    classes.any(|class| NOISE.contains(&class.as_str()))
        || element.value().id().is_some_and(shows_votes)
}

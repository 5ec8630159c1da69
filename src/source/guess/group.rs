//! Finds the elements that are a page's comments: the class, or the beginning of an id, that many elements
//! share of which each shows a text and who wrote it or when.

use super::signs;
use crate::text::html::{Step, walk};
use scraper::ElementRef;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

/// Groups that are looked at closely.
const LOOKED_AT: usize = 48;
/// Elements of a group that are looked at, evenly spread; the others are taken to be like them.
const SAMPLE: usize = 200;
/// Elements of a group without a sign of comments from which it may hold comments all the same.
const UNMARKED: usize = 3;

/// Elements that a page marks alike.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The mark, as a selector.
    pub(super) mark: String,
    pub(super) elements: Vec<ElementRef<'a>>,
}

/// What the elements of a group show.
#[derive(Debug)]
struct Rank {
    /// How many of ten show an author, a time, a text: the sum of all three.
    signs: usize,
    count: usize,
    /// Whether some stand in others, as replies do.
    nested: bool,
    letters: usize,
    /// How deep in the page the first of them stands.
    depth: usize,
}

/// The group that is a page's comments, if there is one: of those that show most, and are about as many as
/// any, the one that nests, or else the one that holds most.
pub(super) fn comments(root: ElementRef<'_>) -> Option<Group<'_>> {
    let groups = groups(root);
    // An element stands in elements of many groups, and is judged once.
    let signs: HashMap<_, Signs> = match groups.is_empty() {
        true => HashMap::new(),
        false => root
            .descendent_elements()
            .map(|e| (e.id(), Signs::of(e)))
            .collect(),
    };
    let signs_of = |e: ElementRef<'_>| signs.get(&e.id()).copied().unwrap_or_default();
    let ranked: Vec<(Rank, Group<'_>)> = groups
        .into_iter()
        .filter_map(|group| Some((rank(&group, signs_of)?, group)))
        .collect();
    let signs = ranked.iter().map(|(rank, _)| rank.signs).max()?;
    let of_most = |rank: &Rank| 4 * rank.signs >= 3 * signs;
    let most = ranked
        .iter()
        .filter(|(rank, _)| of_most(rank))
        .map(|(rank, _)| rank.count)
        .max()?;
    let close = ranked
        .into_iter()
        .filter(|(rank, _)| of_most(rank) && 5 * rank.count >= 4 * most);
    // Of equals the last is found, and the first is wanted: classes stand before ids.
    let best = close
        .rev()
        .max_by_key(|(rank, _)| (rank.nested, rank.letters, Reverse(rank.depth)));
    best.map(|(_, group)| group)
}

/// The groups that may be comments, those marked as comments first.
fn groups(root: ElementRef<'_>) -> Vec<Group<'_>> {
    let mut by_mark: BTreeMap<String, Vec<ElementRef<'_>>> = BTreeMap::new();
    walk(root, |step| {
        let Step::Open(element) = step else {
            return false;
        };
        let name = element.value().name();
        if matches!(
            name,
            "head" | "nav" | "script" | "style" | "svg" | "template"
        ) {
            return false;
        }
        if matches!(
            name,
            "li" | "div"
                | "article"
                | "section"
                | "tr"
                | "td"
                | "table"
                | "dl"
                | "dd"
                | "dt"
                | "p"
                | "blockquote"
        ) {
            for mark in marks(element, name) {
                by_mark.entry(mark).or_default().push(element);
            }
        }
        true
    });
    let mut groups: Vec<Group<'_>> = by_mark
        .into_iter()
        .map(|(mark, elements)| Group { mark, elements })
        .collect();
    let is_marked = |group: &Group<'_>| {
        group
            .elements
            .first()
            .is_some_and(|e| signs::is_among_comments(*e))
    };
    groups.retain(|group| group.elements.len() >= UNMARKED || is_marked(group));
    let is_named = |group: &Group<'_>| {
        let (_, name) = group.mark.split_once(['.', '=']).unwrap_or_default();
        signs::names_comment(name)
    };
    groups.sort_by_key(|group| {
        let count = group.elements.len();
        (!is_named(group), !is_marked(group), usize::MAX - count)
    });
    groups.truncate(LOOKED_AT);
    groups
}

/// What may be an element's mark: each class, and its id without the number.
fn marks(element: ElementRef<'_>, name: &str) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    for class in element.value().classes() {
        // Numbers in classes part what belongs together: depths, ids, columns.
        if !class.contains(|c: char| c.is_ascii_digit()) {
            marks.push(format!("{name}.{class}"));
        }
    }
    if let Some(id) = element.attr("id") {
        let word =
            id.trim_end_matches(|c: char| c.is_ascii_alphanumeric() && !c.is_ascii_alphabetic());
        if word.len() < id.len() && !word.is_empty() {
            marks.push(format!("{name}[id^={word}]"));
        }
    }
    marks
}

/// What one element is a sign of.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    author: bool,
    time: bool,
    teaser: bool,
    field: bool,
}

impl Signs {
    fn of(element: ElementRef<'_>) -> Self {
        Self {
            author: signs::is_author(element),
            time: signs::is_time(element),
            teaser: signs::is_teaser(element),
            field: signs::is_field(element),
        }
    }
}

/// What one element shows outside the others of its group.
#[derive(Debug, Default)]
struct Shown {
    letters: usize,
    linked: usize,
    signs: Signs,
}

/// How likely a group is comments; none where it is not.
fn rank<'a>(group: &Group<'a>, signs_of: impl Fn(ElementRef<'a>) -> Signs) -> Option<Rank> {
    let members: HashSet<_> = group.elements.iter().map(|element| element.id()).collect();
    let step = group.elements.len().div_ceil(SAMPLE).max(1);
    let shown: Vec<Shown> = group
        .elements
        .iter()
        .step_by(step)
        .map(|element| show(*element, |inner| members.contains(&inner.id()), &signs_of))
        .collect();
    let (count, sample) = (group.elements.len(), shown.len());
    let share = |has: &dyn Fn(&Shown) -> bool| {
        shown.iter().filter(|one| has(one)).count() * 10 / sample.max(1)
    };
    let (author, time) = (share(&|one| one.signs.author), share(&|one| one.signs.time));
    let text = share(&|one| one.letters > 1);
    let letters: usize = shown.iter().map(|one| one.letters).sum();
    let linked: usize = shown.iter().map(|one| one.linked).sum();
    let teasers = share(&|one| one.signs.teaser);
    let fields = shown.iter().filter(|one| one.signs.field).count();
    let is_marked = group
        .elements
        .first()
        .is_some_and(|e| signs::is_among_comments(*e));
    let fits = match is_marked {
        true => count > 1 && author.max(time) >= 4 || count == 1 && author > 0 && time > 0,
        // Lists of articles look much like comments; their themes call an article an entry.
        false => {
            let is_entry = group.mark.ends_with("entry") || group.mark.ends_with("article");
            count >= UNMARKED && author >= 8 && time >= 8 && teasers < 3 && !is_entry
        }
    };
    // Lists of links and boxes to write in show names and times too.
    let is_prose = text >= if is_marked { 5 } else { 8 }
        && 10 * linked <= 6 * letters
        && (fields == 0 || 2 * fields < sample);
    let nested = group.elements.iter().any(|element| {
        let mut above = element.ancestors();
        above.any(|node| members.contains(&node.id()))
    });
    (fits && is_prose && teasers < 6).then(|| Rank {
        signs: author + time + text,
        count,
        nested,
        letters: letters * step,
        depth: group.elements.first().map_or(0, |e| e.ancestors().count()),
    })
}

/// Reads an element without those of its group inside it.
fn show<'a>(
    element: ElementRef<'a>,
    is_member: impl Fn(ElementRef<'a>) -> bool,
    signs_of: impl Fn(ElementRef<'a>) -> Signs,
) -> Shown {
    let mut shown = Shown::default();
    let mut links = 0_usize;
    walk(element, |step| match step {
        Step::Open(inner) => {
            if inner != element && is_member(inner)
                || matches!(inner.value().name(), "script" | "style")
            {
                return false;
            }
            links += usize::from(inner.value().name() == "a");
            if inner != element {
                let signs = signs_of(inner);
                shown.signs.author |= signs.author;
                shown.signs.time |= signs.time;
                shown.signs.teaser |= signs.teaser;
                shown.signs.field |= signs.field;
            }
            true
        }
        Step::Text(text) => {
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            shown.letters += letters;
            if links > 0 {
                shown.linked += letters;
            }
            false
        }
        Step::Close(inner) => {
            // What is not entered is closed too.
            if inner.value().name() == "a" && (inner == element || !is_member(inner)) {
                links = links.saturating_sub(1);
            }
            false
        }
    });
    shown
}

//! Finds who answers whom among messages that name the messages before them.
//!
//! After Jamie Zawinski's algorithm, with what later readers of mail learned: a message answers the last
//! of its references that exists; `In-Reply-To` counts where references say nothing or name the same
//! message in another order; messages that answer one message outside the archive stay together; and a reference that names a
//! message outside the archive leads on to what that message answers, if another one's references tell.

use std::collections::{HashMap, HashSet};

/// What a message says of its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    /// Its own id; unique.
    pub(super) id: String,
    /// Ids of the messages before it, the oldest first.
    pub(super) references: Vec<String>,
    /// The id of the message that it answers, where the header holds nothing else.
    pub(super) in_reply_to: Option<String>,
    /// What may be the id of that message, in a header that holds other words as well.
    pub(super) doubtful: Vec<String>,
    /// Its subject as [`subject_key`] makes it; empty where the subject says nothing.
    pub(super) subject: String,
}

/// What a message answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing.
    Nothing,
    /// The message at this place, which it names.
    Message(usize),
    /// The message at this place, since it was the first of its subject.
    First(usize),
    /// A message that is not in the archive.
    Ghost(String),
}

/// Messages that belong together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The id of the message that all answer, in the archive or not.
    pub(super) root: String,
    /// Their places, in the order of the archive.
    pub(super) members: Vec<usize>,
}

/// What each message answers, and which belong together, in the order of their first messages.
///
/// `by_subject` lets a message whose references lead nowhere answer the first message of its subject.
/// Circles stay; the thread's builder cuts them.
pub(super) fn thread(links: &[Link], by_subject: bool) -> (Vec<Above>, Vec<Group>) {
    let mut forest = Forest::new(links);
    forest.link_messages(links);
    forest.link_ghosts(links);
    forest.pass_ghosts();
    if by_subject {
        forest.link_subjects(links);
    }
    forest.finish(links)
}

/// A subject without what replies and lists put before it, in lower case.
pub(super) fn subject_key(subject: &str) -> String {
    let words: Vec<_> = without_prefixes(subject, true).split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// A subject without the prefixes that replies put before it; `tags` says whether lists' names in
/// brackets go as well.
pub(super) fn without_prefixes(subject: &str, tags: bool) -> &str {
    const PREFIXES: [&str; 11] = [
        "re", "aw", "antw", "sv", "vs", "ref", "rif", "odp", "res", "回复", "答复",
    ];
    let mut rest = subject.trim();
    loop {
        let colon = rest.find([':', '：']);
        let prefix = colon.map(|at| (&rest[..at], at));
        let shorter = prefix.and_then(|(prefix, at)| {
            // "Re[2]:", "Re (2):", "Re^2:"
            let name = prefix
                .split(['[', '(', '^'])
                .next()
                .unwrap_or(prefix)
                .trim()
                .to_lowercase();
            let sign = rest[at..].chars().next()?;
            PREFIXES
                .contains(&name.as_str())
                .then(|| rest[at + sign.len_utf8()..].trim_start())
        });
        let shorter = shorter.or_else(|| {
            let (_, behind) = rest.strip_prefix('[').filter(|_| tags)?.split_once(']')?;
            Some(behind.trim_start())
        });
        match shorter {
            Some(shorter) if !shorter.is_empty() => rest = shorter,
            _ => return rest,
        }
    }
}

/// Messages, in the order of the archive, and behind them the ghosts: messages that are only named.
struct Forest<'a> {
    places: HashMap<&'a str, usize>,
    names: Vec<&'a str>,
    messages: usize,
    parents: Vec<Option<usize>>,
    /// Messages whose parents only their subjects show.
    by_subject: HashSet<usize>,
    sets: Sets,
}

impl<'a> Forest<'a> {
    fn new(links: &'a [Link]) -> Self {
        let mut places = HashMap::with_capacity(links.len());
        let mut names = Vec::with_capacity(links.len());
        for (at, link) in links.iter().enumerate() {
            places.entry(link.id.as_str()).or_insert(at);
            names.push(link.id.as_str());
        }
        for link in links {
            for id in link.references.iter().chain(&link.in_reply_to) {
                places.entry(id).or_insert_with(|| {
                    names.push(id);
                    names.len() - 1
                });
            }
        }
        Self {
            places,
            messages: links.len(),
            parents: vec![None; names.len()],
            by_subject: HashSet::new(),
            sets: Sets::new(names.len()),
            names,
        }
    }

    fn is_message(&self, at: usize) -> bool {
        at < self.messages
    }

    fn link(&mut self, below: usize, above: usize) {
        self.parents[below] = Some(above);
        self.sets.join(below, above);
    }

    /// Gives each message the parent that it names itself.
    fn link_messages(&mut self, links: &[Link]) {
        for (at, link) in links.iter().enumerate() {
            let place = |id: &String| self.places.get(id.as_str()).copied();
            let held =
                |id: &String| place(id).filter(|&above| self.is_message(above) && above != at);
            let stated = link.in_reply_to.as_ref();
            // Some trackers list references in another order; then the header of one id is the surer one.
            let agreed = stated
                .filter(|id| link.references.contains(id))
                .and_then(held);
            let parent = agreed
                .or_else(|| link.references.iter().rev().find_map(held))
                .or_else(|| stated.and_then(held))
                .or_else(|| link.doubtful.iter().find_map(held))
                .or_else(|| link.references.last().and_then(place))
                .or_else(|| stated.and_then(place));
            if let Some(parent) = parent.filter(|&parent| parent != at) {
                self.link(at, parent);
            }
        }
    }

    /// Links the ghosts in the order in which references name them.
    fn link_ghosts(&mut self, links: &[Link]) {
        for link in links {
            for pair in link.references.windows(2) {
                let place = |id: &String| self.places.get(id.as_str()).copied();
                let (Some(above), Some(below)) = (place(&pair[0]), place(&pair[1])) else {
                    continue;
                };
                let free = !self.is_message(below) && self.parents[below].is_none();
                // Two that are not linked yet make no circle.
                if free && !self.sets.joined(below, above) {
                    self.link(below, above);
                }
            }
        }
    }

    /// Lets messages answer the first message above the ghosts over them.
    fn pass_ghosts(&mut self) {
        for at in 0..self.messages {
            let Some(ghost) = self.parents[at].filter(|&above| !self.is_message(above)) else {
                continue;
            };
            let (top, path) = self.above_ghosts(ghost);
            // The next walk over the same ghosts is one step.
            for passed in path {
                self.parents[passed] = Some(top).filter(|&top| top != passed);
            }
            self.parents[at] = Some(if self.is_message(top) { top } else { ghost });
        }
    }

    /// The first message above a ghost, or else the highest ghost; and the ghosts on the way.
    fn above_ghosts(&self, ghost: usize) -> (usize, Vec<usize>) {
        let mut path = vec![ghost];
        let mut top = ghost;
        while let Some(above) = self.parents[top] {
            top = above;
            if self.is_message(top) {
                break;
            }
            path.push(top);
        }
        (top, path)
    }

    /// Lets a message without a parent in the archive answer the first one of its subject.
    fn link_subjects(&mut self, links: &'a [Link]) {
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, link) in links
            .iter()
            .enumerate()
            .filter(|(_, link)| !link.subject.is_empty())
        {
            let oldest = *first.entry(&link.subject).or_insert(at);
            let alone = self.parents[at].is_none_or(|above| !self.is_message(above));
            if alone && oldest != at && !self.is_below(oldest, at) {
                self.link(at, oldest);
                self.by_subject.insert(at);
            }
        }
    }

    /// Whether a message stands below another; one that is too far down counts as such.
    fn is_below(&mut self, below: usize, above: usize) -> bool {
        const FAR: usize = 1000;
        if !self.sets.joined(below, above) {
            return false;
        }
        let walk = std::iter::successors(self.parents[below], |&at| self.parents[at]);
        let mut steps = 0;
        for at in walk {
            steps += 1;
            if at == above || steps > FAR {
                return true;
            }
        }
        false
    }

    fn finish(mut self, links: &[Link]) -> (Vec<Above>, Vec<Group>) {
        let above: Vec<_> = (0..self.messages)
            .map(|at| match self.parents[at] {
                None => Above::Nothing,
                Some(parent) if self.by_subject.contains(&at) => Above::First(parent),
                Some(parent) if self.is_message(parent) => Above::Message(parent),
                Some(ghost) => Above::Ghost(self.names[ghost].to_owned()),
            })
            .collect();
        let mut groups: Vec<Group> = Vec::new();
        let mut group_of: HashMap<usize, usize> = HashMap::new();
        for at in 0..self.messages {
            let set = self.sets.find(at);
            let group = *group_of.entry(set).or_insert_with(|| {
                groups.push(Group {
                    root: String::new(),
                    members: Vec::new(),
                });
                groups.len() - 1
            });
            groups[group].members.push(at);
        }
        for group in &mut groups {
            let members = || group.members.iter().copied();
            let start = members().find(|&at| above[at] == Above::Nothing);
            let ghost =
                members().find_map(|at| self.parents[at].filter(|&above| !self.is_message(above)));
            group.root = match (start, ghost) {
                (Some(start), _) => links[start].id.clone(),
                (None, Some(ghost)) => self.names[self.above_ghosts(ghost).0].to_owned(),
                (None, None) => members()
                    .next()
                    .map(|at| links[at].id.clone())
                    .unwrap_or_default(),
            };
        }
        (above, groups)
    }
}

/// Sets of places that grow together.
struct Sets {
    above: Vec<usize>,
    sizes: Vec<u32>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self {
            above: (0..count).collect(),
            sizes: vec![1; count],
        }
    }

    fn find(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn joined(&mut self, one: usize, other: usize) -> bool {
        self.find(one) == self.find(other)
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return;
        }
        let (large, small) = match self.sizes[one] < self.sizes[other] {
            true => (other, one),
            false => (one, other),
        };
        self.above[small] = large;
        self.sizes[large] += self.sizes[small];
    }
}

#[cfg(test)]
mod tests;

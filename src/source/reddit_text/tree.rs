//! The tree from the number of comments below each: comments come before their replies, so a comment
//! with n below it is followed by these n.
//!
//! Where a count does not fit, comments are missing, and from there to the next comment that surely
//! begins a thread of its own only a first reply is known.

/// What an item tells of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A comment.
    Comment {
        /// How many comments stand below it.
        below: Option<usize>,
        /// Whether the page folds it, perhaps with all that stands below it.
        folded: bool,
        /// Whether its links say that it answers another one.
        is_reply: Option<bool>,
    },
    /// A stub for so many comments.
    More(usize),
    /// A stub for all that stands below a comment.
    Deep,
}

/// Where an item stands. `short` says how many comments below it are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Root { short: usize },
    Below { parent: usize, short: usize },
    Unknown { depth: usize, short: usize },
}

impl Place {
    fn set_short(&mut self, count: usize) {
        let (Self::Root { short } | Self::Below { short, .. } | Self::Unknown { short, .. }) = self;
        *short = count;
    }
}

/// The places of all items. Folded comments may hide what stands below them: of the two readings, the one
/// that fits better is taken.
pub(super) fn places(shapes: &[Shape]) -> Vec<Place> {
    let counts = shapes
        .iter()
        .filter(|shape| matches!(shape, Shape::Comment { below: Some(_), .. }))
        .count();
    let comments = shapes
        .iter()
        .filter(|shape| matches!(shape, Shape::Comment { .. }))
        .count();
    if counts * 2 < comments {
        return without_counts(shapes);
    }
    let shown = Fit::of(shapes, false);
    let fit = match shown.misfits {
        0 => shown,
        _ => {
            let hidden = Fit::of(shapes, true);
            if hidden.misfits < shown.misfits {
                hidden
            } else {
                shown
            }
        }
    };
    fit.places
}

/// What can be known without counts: which comments are no replies, as far as their links say it.
fn without_counts(shapes: &[Shape]) -> Vec<Place> {
    let places = shapes.iter().enumerate().map(|(at, shape)| match shape {
        Shape::Comment {
            is_reply: Some(false),
            ..
        } => Place::Root { short: 0 },
        Shape::Comment { is_reply: None, .. } if at == 0 => Place::Root { short: 0 },
        Shape::Comment {
            is_reply: Some(true),
            ..
        }
        | Shape::Deep => Place::Unknown { depth: 1, short: 0 },
        _ => Place::Unknown { depth: 0, short: 0 },
    });
    places.collect()
}

/// A comment below which others are still to come.
struct Open {
    at: usize,
    left: usize,
}

struct Fit {
    places: Vec<Place>,
    /// How often a count did not fit.
    misfits: usize,
    open: Vec<Open>,
    /// The last comment that begins a thread of its own, and whether all below it fits.
    start: usize,
    fits: bool,
}

impl Fit {
    /// Reads the counts; `hidden` says whether folded comments hide what stands below them.
    fn of(shapes: &[Shape], hidden: bool) -> Self {
        let mut fit = Self {
            places: Vec::with_capacity(shapes.len()),
            misfits: 0,
            open: Vec::new(),
            start: 0,
            fits: true,
        };
        for (at, shape) in shapes.iter().enumerate() {
            fit.add(at, *shape, hidden, shapes);
        }
        // A text that ends early is cut, and what it shows fits.
        for open in std::mem::take(&mut fit.open) {
            fit.places[open.at].set_short(open.left);
        }
        fit.end_thread(shapes);
        fit
    }

    fn add(&mut self, at: usize, shape: Shape, hidden: bool, shapes: &[Shape]) {
        while self.open.last().is_some_and(|open| open.left == 0) {
            self.open.pop();
        }
        let (below, needed) = match shape {
            Shape::Comment { below, folded, .. } => {
                let below = below.unwrap_or(0);
                (
                    if folded && hidden { 0 } else { below },
                    below.saturating_add(1),
                )
            }
            Shape::More(count) => (0, count),
            Shape::Deep => (0, self.open.last().map_or(0, |open| open.left)),
        };
        let is_reply = match shape {
            Shape::Comment { is_reply, .. } => is_reply,
            _ => None,
        };
        let surely_root = is_reply == Some(false);
        while let Some(open) = self
            .open
            .last()
            .filter(|open| surely_root || open.left < needed)
        {
            self.places[open.at].set_short(open.left);
            self.open.pop();
            self.misfit();
        }
        match self.open.last_mut() {
            Some(open) => {
                open.left -= needed;
                let parent = open.at;
                self.places.push(Place::Below { parent, short: 0 });
            }
            None => {
                self.end_thread(shapes);
                self.start = at;
                if is_reply == Some(true) {
                    self.misfit();
                    self.places.push(Place::Unknown { depth: 1, short: 0 });
                } else {
                    self.places.push(Place::Root { short: 0 });
                }
            }
        }
        if below > 0 {
            self.open.push(Open { at, left: below });
        } else if needed > 1 && hidden && matches!(shape, Shape::Comment { .. }) {
            self.places[at].set_short(needed - 1);
        }
    }

    fn misfit(&mut self) {
        self.misfits += 1;
        self.fits = false;
    }

    /// Takes back what the counts of a thread said, if they did not fit.
    fn end_thread(&mut self, shapes: &[Shape]) {
        let unsure = !std::mem::replace(&mut self.fits, true);
        let from = self.start + 1;
        for at in from..self.places.len().max(from) {
            let is_first = matches!(
                shapes[at - 1],
                Shape::Comment {
                    below: Some(1..),
                    folded: false,
                    ..
                }
            );
            if let Place::Below { short, .. } = self.places[at]
                && unsure
                && !is_first
            {
                self.places[at] = Place::Unknown { depth: 1, short };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn comment(below: usize) -> Shape {
        Shape::Comment {
            below: Some(below),
            folded: false,
            is_reply: None,
        }
    }

    const fn root(below: usize) -> Shape {
        Shape::Comment {
            below: Some(below),
            folded: false,
            is_reply: Some(false),
        }
    }

    /// Parents by place; `-1` for none, `-2` for unknown ones.
    fn parents(shapes: &[Shape]) -> Vec<i64> {
        let places = places(shapes);
        places
            .iter()
            .map(|place| match place {
                Place::Root { .. } => -1,
                Place::Below { parent, .. } => *parent as i64,
                Place::Unknown { .. } => -2,
            })
            .collect()
    }

    #[test]
    fn counts_that_fit_are_the_tree() {
        let shapes = [
            comment(3),
            comment(1),
            comment(0),
            comment(0),
            comment(0),
            comment(4),
            comment(3),
            Shape::Deep,
        ];
        assert_eq!(parents(&shapes), [-1, 0, 1, 0, -1, -1, 5, 6]);
        let shapes = [
            comment(5),
            comment(2),
            Shape::More(2),
            Shape::More(2),
            Shape::More(9),
        ];
        assert_eq!(parents(&shapes), [-1, 0, 1, 0, -1]);
    }

    #[test]
    fn a_text_that_is_cut_fits() {
        let shapes = [comment(5), comment(2), comment(0)];
        assert_eq!(parents(&shapes), [-1, 0, 1]);
        assert_eq!(places(&shapes)[0], Place::Root { short: 2 });
    }

    #[test]
    fn what_does_not_fit_is_not_guessed() {
        let shapes = [root(3), comment(1), comment(0), root(1), comment(0)];
        assert_eq!(parents(&shapes), [-1, 0, 1, -1, 3]);
        let shapes = [
            root(4),
            comment(1),
            comment(0),
            comment(0),
            root(1),
            comment(0),
        ];
        assert_eq!(parents(&shapes), [-1, 0, 1, -2, -1, 4]);
        assert_eq!(places(&shapes)[0], Place::Root { short: 1 });
    }

    #[test]
    fn folded_comments_may_hide_their_replies() {
        let folded = Shape::Comment {
            below: Some(2),
            folded: true,
            is_reply: None,
        };
        assert_eq!(parents(&[root(3), folded, root(0)]), [-1, 0, -1]);
        assert_eq!(
            parents(&[root(3), folded, comment(1), comment(0), root(0)]),
            [-1, 0, 1, 2, -1]
        );
    }

    #[test]
    fn without_counts_little_is_known() {
        let reply = Shape::Comment {
            below: None,
            folded: false,
            is_reply: Some(true),
        };
        let first = Shape::Comment {
            below: None,
            folded: false,
            is_reply: Some(false),
        };
        assert_eq!(parents(&[first, reply, reply, first]), [-1, -2, -2, -1]);
    }
}

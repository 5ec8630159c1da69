//! A thread whose labels are marked in its words, with its relations: what tests of the layers above begin with.

use super::{Relation, relate};
use crate::{
    label::{ThreadLabels, label_thread},
    model::marked::Marked,
    segment::{self, Unit},
    thread::Thread,
};

/// A thread with all that is known of it when its relations are.
pub(crate) struct Case {
    pub(crate) thread: Thread,
    pub(crate) units: Vec<Unit>,
    pub(crate) labels: ThreadLabels,
    pub(crate) relations: Vec<Relation>,
}

impl Case {
    pub(crate) fn new(thread: Thread) -> Self {
        let units = segment::units(&thread);
        let labels = label_thread(&thread, &units, &Marked::new(), false);
        let relations = relate(&thread, &units, &labels);
        Self {
            thread,
            units,
            labels,
            relations,
        }
    }
}

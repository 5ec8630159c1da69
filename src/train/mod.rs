//! Trains the `fast` model, and splits labeled data so that its scores can be believed.
//!
//! [`data`] reads the labeled threads, [`public`] the public research sets, [`split`] puts every group on
//! one side, [`dual`] learns the tables, `softmax` the combiners, [`fit`] puts the model together, and [`store`]
//! writes it.

pub mod collect;
pub mod crossfit;
pub mod data;
pub mod dual;
pub mod fit;
mod layer;
pub mod links;
pub mod measure;
pub mod public;
pub mod samples;
pub mod settings;
mod softmax;
pub mod split;
pub mod store;
pub mod targets;

//! Measures a model on labeled texts, beside baselines.
//!
//! [`input`] reads labeled threads and [`public`] sets. [`evaluate`] asks the model about every text, given
//! the labeled units where there are any, and compares what it asserts with the labels. Intervals come from
//! a bootstrap over groups (Efron and Tibshirani 1993), because the comments of one thread are not
//! independent. Baselines learn from the training side of the same split, or by cross-validation.

pub mod baseline;
mod bootstrap;
pub mod input;
pub mod markdown;
mod meaning;
pub mod public;
mod relation;
pub mod report;
mod row;
mod score;
pub mod sides;
pub mod verdict;
pub mod whole;

pub(crate) use bootstrap::middle;
pub use report::{Report, evaluate};

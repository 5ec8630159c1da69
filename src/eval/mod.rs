//! Measures a model on labeled threads, beside baselines.
//!
//! [`evaluate`] asks the model about every comment, given the labeled units, and compares what it asserts
//! with the labels. Intervals come from a bootstrap over groups (Efron and Tibshirani 1993), because the
//! comments of one thread are not independent. Baselines learn from the training side of the same split.

pub mod baseline;
mod bootstrap;
pub mod markdown;
pub mod report;
pub mod verdict;

pub use report::{Report, evaluate};

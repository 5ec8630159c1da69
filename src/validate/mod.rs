//! Validates labels by human judgement: draws what people judge, and tells from their answers how good the
//! labels are and what their shares in the corpus would be without the classifier's errors.
//!
//! [`Draw`] takes a stratified random sample of each label's population, [`sheet`] writes it as CSV, [`answers`]
//! reads it when it is filled in, and [`report()`] estimates. All figures are about the corpus that was drawn
//! from, by the weights of its strata (Cochran 1977). `docs/validation.md` has the formulas.

pub mod answers;
mod draw;
mod estimate;
mod item;
pub mod markdown;
mod random;
mod report;
pub mod sheet;
mod stratum;
#[cfg(test)]
mod tests;

pub use draw::{Draw, Row, Sample};
pub use estimate::Figure;
pub use item::Item;
pub use report::{LabelReport, PairReport, Report, report};
pub use stratum::Stratum;

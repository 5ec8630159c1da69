//! Acceptability: which arguments stand, given who attacks and who supports whom.
//!
//! Everything here is about numbers from 0 to n - 1 and pairs of them; what an argument says is not
//! known. `docs/semantics.md` has the definitions with examples.
//!
//! - [`Framework`]: an abstract argumentation framework (Dung 1995).
//! - [`grounded`]: the grounded labeling, in linear time.
//! - [`preferred`] and [`stable`]: all preferred and stable extensions, within a bound on work.
//! - [`Bipolar`]: supports beside attacks, read as deductive support (Boella et al. 2010; Cayrol and
//!   Lagasquie-Schiex 2013) and reduced to a framework.
//! - [`quadratic_energy`]: a strength between 0 and 1 for each argument (Potyka 2018).
//!
//! Nothing recurses, so chains may be as long as memory allows, and no result depends on a clock, on
//! chance or on the order of a hash map.

mod bipolar;
mod components;
mod extensions;
mod framework;
mod gradual;
mod grounded;
mod search;
#[cfg(test)]
mod tests;

pub use bipolar::{Bipolar, Deductive};
pub use extensions::{Bound, Enumeration, preferred, stable};
pub use framework::{Framework, Invalid};
pub use gradual::{Influence, NEUTRAL, Settings, Strengths, quadratic_energy};
pub use grounded::{Label, grounded};

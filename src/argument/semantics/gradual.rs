//! A gradual semantics: how strong an argument is after all that attacks and supports it, in degrees.

use super::{Invalid, components::components, framework::Rows};

/// The base score of an argument of which nothing else is known: neither believed nor doubted. It makes
/// attack and support symmetric, as both can move the strength by a half.
pub const NEUTRAL: f64 = 0.5;

/// An attack or a support with its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// The argument that attacks or supports.
    pub from: usize,
    /// The argument that is attacked or supported.
    pub to: usize,
    /// From -1 to 1: a support above 0, an attack below.
    pub weight: f64,
}

/// How the strengths of circles are found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The step of time.
    pub step: f64,
    /// A circle is at rest when no strength in it changes faster than this, per unit of time.
    pub tolerance: f64,
    /// Steps for each circle at most.
    pub steps: usize,
}

impl Default for Settings {
    /// A step of 0.25, rest at 10⁻⁶, and 1,000 steps. Near rest, strengths approach it like exp(-t) or
    /// somewhat slower, so that fewer than 100 steps are usual.
    fn default() -> Self {
        Self {
            step: 0.25,
            tolerance: 1e-6,
            steps: 1_000,
        }
    }
}

/// Strengths, and whether they are final.
#[derive(Debug, Clone, PartialEq)]
pub struct Strengths {
    /// Of each argument, from 0 (weakest) to 1.
    pub values: Vec<f64>,
    /// Whether all circles came to rest; where not, `values` has where they were when the steps ran out.
    pub settled: bool,
}

/// Strengths by the quadratic energy model (Potyka 2018), with weights on the edges.
///
/// The *energy* of an argument is the sum, over all that attack or support it, of weight times strength.
/// With `h(x) = max(x, 0)² / (1 + max(x, 0)²)` and the base score w, its strength is at rest at
/// `w + (1 - w) h(energy) - w h(-energy)`: energy above 0 moves it towards 1, below 0 towards 0, much
/// energy more than little, and never all the way. Without energy it keeps its base score. Potyka
/// gives no weights to edges; that they multiply strengths is the form of Mossakowski and Neuhaus (2018)
/// and Potyka (2021), and all of weight 1 gives the model of 2018.
///
/// An argument that is in no circle gets that value at once, behind all that influence it. Arguments in a
/// circle start from their base scores and change by `ds/dt = (the value above) - s`, in steps of the
/// classical Runge-Kutta method, until they are at rest; what stands before the circle is at rest
/// already. No proof is known that every circle comes to rest, hence the limit and
/// [`Strengths::settled`]. Takes at most 4 × `steps` + 1 rounds over arguments and influences, one where
/// there is no circle.
///
/// - Nico Potyka (2018): Continuous dynamical systems for weighted bipolar argumentation. KR 2018.
/// - Till Mossakowski, Fabian Neuhaus (2018): Modular semantics and characteristics for bipolar weighted
///   argumentation graphs. arXiv:1807.06685.
/// - Nico Potyka (2021): Interpreting neural networks as quantitative argumentation frameworks. AAAI 2021.
///
/// # Errors
/// [`Invalid::Argument`] where an end has no base score; [`Invalid::Weight`] where a base score is not
/// between 0 and 1 or a weight not between -1 and 1.
pub fn quadratic_energy(
    base: &[f64],
    influences: &[Influence],
    settings: Settings,
) -> Result<Strengths, Invalid> {
    let n = base.len();
    check(base, influences)?;
    let flow = Flow::new(base, influences);
    let mut strengths = Strengths {
        values: base.to_vec(),
        settled: true,
    };
    for members in components(n, influences.iter().map(|i| (i.from, i.to))) {
        match members[..] {
            [alone] if !flow.influences_itself(alone) => {
                strengths.values[alone] = flow.rest(&strengths.values, alone);
            }
            _ => strengths.settled &= flow.settle(&mut strengths.values, &members, settings),
        }
    }
    Ok(strengths)
}

fn check(base: &[f64], influences: &[Influence]) -> Result<(), Invalid> {
    // Written so that what is no number is refused too.
    if let Some(&wrong) = base.iter().find(|score| !(0.0..=1.0).contains(*score)) {
        return Err(Invalid::Weight(wrong));
    }
    for influence in influences {
        let ends = [influence.from, influence.to];
        if let Some(&end) = ends.iter().find(|&&end| end >= base.len()) {
            return Err(Invalid::Argument(end));
        }
        if !(-1.0..=1.0).contains(&influence.weight) {
            return Err(Invalid::Weight(influence.weight));
        }
    }
    Ok(())
}

/// What moves strengths.
struct Flow<'a> {
    base: &'a [f64],
    /// The influences, those on one argument beside each other in the order given.
    influences: Vec<Influence>,
    /// Their places by argument.
    incoming: Rows,
}

impl<'a> Flow<'a> {
    fn new(base: &'a [f64], influences: &[Influence]) -> Self {
        let places = influences.iter().enumerate().map(|(at, i)| (i.to, at));
        let incoming = Rows::new(base.len(), places);
        let ordered = incoming.items().iter().map(|&at| influences[at]);
        Self {
            base,
            influences: ordered.collect(),
            incoming,
        }
    }

    /// The influences on `argument`.
    fn on(&self, argument: usize) -> &[Influence] {
        &self.influences[self.incoming.range(argument)]
    }

    fn influences_itself(&self, argument: usize) -> bool {
        self.on(argument).iter().any(|i| i.from == argument)
    }

    /// The strength at which `argument` would be at rest if all others kept theirs.
    fn rest(&self, strengths: &[f64], argument: usize) -> f64 {
        let influences = self.on(argument).iter();
        let energy: f64 = influences.map(|i| i.weight * strengths[i.from]).sum();
        let base = self.base[argument];
        let moved = base + (1.0 - base) * pull(energy) - base * pull(-energy);
        moved.clamp(0.0, 1.0)
    }

    /// Lets the strengths of a circle run until they are at rest; says whether they came to it.
    fn settle(&self, strengths: &mut [f64], members: &[usize], settings: Settings) -> bool {
        let step = settings.step;
        let slope = |strengths: &[f64]| -> Vec<f64> {
            let change = members
                .iter()
                .map(|&a| self.rest(strengths, a) - strengths[a]);
            change.collect()
        };
        let mut start: Vec<f64> = members.iter().map(|&a| strengths[a]).collect();
        for _ in 0..settings.steps {
            let first = slope(strengths);
            if first
                .iter()
                .all(|change| change.abs() <= settings.tolerance)
            {
                return true;
            }
            let mut ahead = |part: f64, slopes: &[f64]| {
                for ((&a, from), slope) in members.iter().zip(&start).zip(slopes) {
                    strengths[a] = from + part * step * slope;
                }
                slope(strengths)
            };
            let second = ahead(0.5, &first);
            let third = ahead(0.5, &second);
            let fourth = ahead(1.0, &third);
            for (at, &a) in members.iter().enumerate() {
                let mean = first[at] + 2.0 * (second[at] + third[at]) + fourth[at];
                start[at] = (start[at] + step / 6.0 * mean).clamp(0.0, 1.0);
                strengths[a] = start[at];
            }
        }
        false
    }
}

/// How far energy moves a strength, from 0 to 1.
fn pull(energy: f64) -> f64 {
    let square = energy.max(0.0) * energy.max(0.0);
    square / (1.0 + square)
}

//! The Sustainable Development Goals: which are claimed at which evidence level, and which of a set are not. What a
//! crosswalk infers is never declared.

mod data;
mod inferred;
mod unasked;

use std::collections::BTreeSet;

use entity::vocabulary::Attribute;

pub use self::data::{Candidate, candidates, candidates_of, goals_of_dataset, supply_without_claim, unused};
pub use self::inferred::InferredFrom;
pub use self::unasked::{are_unasked, unasked};
use super::Figure;
use crate::atlas::{Atlas, CodeIx, Dimension, Filter, Impact, OrgIx, Value, WaveIx};

/// All goals.
pub const GOALS: std::ops::RangeInclusive<u8> = 1..=17;

/// One goal over a selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    pub number: u8,
    /// Organisations that declare it, by least evidence level 1 to 5.
    pub declared: [u64; 5],
    /// Organisations linked to it by a published rule; never added to declared.
    pub inferred: u64,
    /// Organisations linked to it by nothing but answers recovered from damage in their source; among the inferred
    /// only where the filter wants recovered answers.
    pub recovered: u64,
    /// Whether the instruments of the selection's waves can yield it.
    pub asked: bool,
    /// Whether one of them asks for it as such.
    pub asked_directly: bool,
}

/// The goals over a selection.
#[derive(Clone, Debug, PartialEq)]
pub struct Goals {
    pub figure: Figure,
    pub goals: Vec<Goal>,
}

/// Every goal over the organisations of a filter.
pub fn goals(atlas: &Atlas, filter: &Filter) -> Goals {
    let selection = atlas.select(filter);
    let figure = Figure::new(atlas, filter, &selection, Dimension::Sdg);
    let asked_in = |waves: &mut dyn Iterator<Item = WaveIx>| -> BTreeSet<u8> {
        waves.flat_map(|wave| atlas.wave(wave).asked_goals.iter().copied()).collect()
    };
    let asked = asked_in(&mut figure.waves.iter().copied());
    let asked_directly = asked_in(&mut figure.waves.iter().copied().filter(|&wave| asks_for_goals(atlas, wave)));
    let goals = GOALS
        .map(|number| Goal {
            number,
            declared: std::array::from_fn(|at| {
                atlas.goal_declared(number, at as u8 + 1).intersection_len(&selection.organisations)
            }),
            inferred: atlas.goal_inferred(number, filter.include_recovered).intersection_len(&selection.organisations),
            recovered: atlas.goal_recovered(number).intersection_len(&selection.organisations),
            asked: asked.contains(&number),
            asked_directly: asked_directly.contains(&number),
        })
        .collect();
    Goals { figure, goals }
}

/// Whether a wave asks for goals as such.
fn asks_for_goals(atlas: &Atlas, wave: WaveIx) -> bool {
    atlas.wave(wave).asked.contains(&Attribute::Sdg)
}

/// The goals that someone declares at an evidence level or more; level 0 takes inferred ones in.
pub fn covered(goals: &[Goal], level: u8) -> BTreeSet<u8> {
    let at = usize::from(level.clamp(1, 5)) - 1;
    let claimed = |goal: &&Goal| goal.declared[at] > 0 || level == 0 && goal.inferred > 0;
    goals.iter().filter(claimed).map(|goal| goal.number).collect()
}

/// The share of the seventeen goals.
pub fn coverage(covered: &BTreeSet<u8>) -> f64 {
    covered.len() as f64 / 17.0
}

/// The goals of a priority set that nobody covers, and their share of the set.
pub fn gap(priority: &BTreeSet<u8>, covered: &BTreeSet<u8>) -> (BTreeSet<u8>, Option<f64>) {
    let gap: BTreeSet<u8> = priority.difference(covered).copied().collect();
    let share = (!priority.is_empty()).then(|| gap.len() as f64 / priority.len() as f64);
    (gap, share)
}

/// One target over a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub code: CodeIx,
    /// Whether its goal was asked and an answer leads to it.
    pub asked: bool,
    pub declared: u64,
    pub inferred: u64,
}

/// The targets of a goal over the organisations of a filter. One is asked where the waves ask for its goal and
/// either goals are asked for as such, or some answer of the questionnaire maps to it.
pub fn targets(atlas: &Atlas, goal: CodeIx, filter: &Filter) -> Vec<Target> {
    let selection = atlas.select(filter);
    let number: u8 = atlas.str(atlas.code_row(goal).code).parse().unwrap_or(0);
    let waves: Vec<_> = atlas
        .waves()
        .filter(|&wave| atlas.has_any(Dimension::Wave, Value::Wave(wave), &selection.organisations))
        .filter(|&wave| atlas.wave(wave).asked_goals.contains(&number))
        .collect();
    let as_such = waves.iter().any(|&wave| atlas.wave(wave).asked.contains(&Attribute::Sdg));
    let mapped: BTreeSet<CodeIx> =
        atlas.codes().flat_map(|code| atlas.mappings_of(code)).map(|mapping| mapping.to).collect();
    let mut targets: Vec<Target> = atlas
        .codes_of("sdg_target")
        .filter(|&code| atlas.code_row(code).parent == Some(goal))
        .map(|code| Target {
            code,
            asked: !waves.is_empty() && (as_such || mapped.contains(&code)),
            declared: 0,
            inferred: 0,
        })
        .collect();
    for org in selection.organisations.iter().map(OrgIx::new) {
        for target in &mut targets {
            let mut impacts = atlas.impacts_of(org).iter().filter(|impact| impact.code == Some(target.code));
            if impacts.clone().any(Impact::is_declared) {
                target.declared += 1;
            } else if impacts.any(|impact| impact.is_inferred() && (filter.include_recovered || !impact.is_recovered()))
            {
                target.inferred += 1;
            }
        }
    }
    targets
}

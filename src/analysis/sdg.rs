//! The Sustainable Development Goals: which are claimed at which evidence level, which of a set are not, which
//! have data and no claim, and whom to ask. What a crosswalk infers is never declared.

use std::collections::BTreeSet;

use entity::vocabulary::DatasetStatus;

use super::Figure;
use crate::atlas::{Atlas, DatasetIx, Dimension, Filter, OrgIx, Selection};

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
    /// Whether the instruments of the selection's waves can yield it.
    pub asked: bool,
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
    let asked: BTreeSet<u8> =
        figure.waves.iter().flat_map(|&wave| atlas.wave(wave).asked_goals.iter().copied()).collect();
    let goals = GOALS
        .map(|number| Goal {
            number,
            declared: std::array::from_fn(|at| {
                atlas.goal_declared(number, at as u8 + 1).intersection_len(&selection.organisations)
            }),
            inferred: atlas.goal_inferred(number).intersection_len(&selection.organisations),
            asked: asked.contains(&number),
        })
        .collect();
    Goals { figure, goals }
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

/// The goals that a dataset is tagged with.
pub fn goals_of_dataset(atlas: &Atlas, dataset: DatasetIx) -> BTreeSet<u8> {
    let codes = atlas.themes_of(dataset).iter().map(|&code| atlas.code_row(code));
    let goals =
        codes.filter(|code| atlas.str(code.scheme) == "sdg").filter_map(|code| atlas.str(code.code).parse().ok());
    goals.collect()
}

/// Goals that published data is tagged with and nobody declares.
pub fn supply_without_claim(atlas: &Atlas, covered: &BTreeSet<u8>) -> BTreeSet<u8> {
    let published = atlas.datasets().filter(|&dataset| atlas.dataset(dataset).status == DatasetStatus::Published);
    let supply: BTreeSet<u8> = published.flat_map(|dataset| goals_of_dataset(atlas, dataset)).collect();
    supply.difference(covered).copied().collect()
}

/// Whom to ask: organisations that use a dataset tagged with a goal which they do not declare.
pub fn candidates(atlas: &Atlas, selection: &Selection) -> Vec<(OrgIx, u8)> {
    let mut candidates = Vec::new();
    for org in selection.organisations.iter().map(OrgIx::new) {
        let claimed = atlas.goals_of(org);
        let used: BTreeSet<u8> = selection
            .claims_of(atlas, org)
            .filter_map(|(_, claim)| claim.dataset)
            .flat_map(|dataset| goals_of_dataset(atlas, dataset))
            .collect();
        candidates.extend(used.into_iter().filter(|goal| !claimed.contains(goal)).map(|goal| (org, goal)));
    }
    candidates
}

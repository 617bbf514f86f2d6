//! Selections by goals about which nobody was asked.

use entity::vocabulary::{Attribute, Missing};

use super::asks_for_goals;
use crate::atlas::{Atlas, Coverage, Dimension, Filter, Selection, Value};

/// Whether a filter selects nobody because nobody was asked about the goals that it names: that is no finding.
pub fn are_unasked(atlas: &Atlas, filter: &Filter, selection: &Selection) -> bool {
    unasked(atlas, filter, selection).is_some()
}

/// The coverage of such a filter: everybody whom it selects without its goals was not asked.
pub fn unasked(atlas: &Atlas, filter: &Filter, selection: &Selection) -> Option<Coverage> {
    if !selection.organisations.is_empty() {
        return None;
    }
    let wanted: Vec<u8> = filter.sdg.iter().filter_map(|word| word.parse().ok()).collect();
    if wanted.is_empty() {
        return None;
    }
    let others = Filter { sdg: Vec::new(), ..filter.clone() };
    let organisations = atlas.select(&others).organisations;
    let elsewhere = atlas.elsewhere(&others);
    let mut waves = atlas
        .waves()
        .filter(|wave| !elsewhere.contains(wave.get()))
        .filter(|&wave| atlas.has_any(Dimension::Wave, Value::Wave(wave), &organisations));
    let is_asked = waves.any(|wave| {
        asks_for_goals(atlas, wave) && wanted.iter().any(|goal| atlas.wave(wave).asked_goals.contains(goal))
    });
    let mut coverage = Coverage::none(Attribute::Sdg);
    coverage.missing[Missing::NotAsked.index()] = organisations.len();
    (!is_asked && !organisations.is_empty()).then_some(coverage)
}

//! Waves: who stayed, came and left among those validated in both, and how many answered. Raw totals of two
//! waves are never compared.

use std::collections::BTreeSet;

use entity::vocabulary::ResponseStatus;

use crate::atlas::{Atlas, Dimension, OrgIx, Value, WaveIx};
use crate::domain::participation::{Rates, rates};

/// Users of one body or dataset in two waves.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel<T> {
    /// |U1 ∩ U2| / |U1|; `None` without users in the first wave.
    pub retention: Option<f64>,
    pub stayed: Vec<T>,
    pub entry: Vec<T>,
    pub exit: Vec<T>,
}

/// The panel of two sets of users.
pub fn panel<T: Ord + Copy>(first: &BTreeSet<T>, second: &BTreeSet<T>) -> Panel<T> {
    let stayed: Vec<T> = first.intersection(second).copied().collect();
    Panel {
        retention: (!first.is_empty()).then(|| stayed.len() as f64 / first.len() as f64),
        stayed,
        entry: second.difference(first).copied().collect(),
        exit: first.difference(second).copied().collect(),
    }
}

/// The organisations that were validated in both waves and may be shown.
fn both(atlas: &Atlas, waves: [WaveIx; 2]) -> BTreeSet<OrgIx> {
    let validated = |wave: WaveIx| {
        atlas.responders(wave).into_iter().map(OrgIx::new).filter(move |&org| {
            let valid = |status| matches!(status, ResponseStatus::Submitted | ResponseStatus::Validated);
            atlas.responses_of(org).iter().any(|r| r.wave == wave && valid(r.status))
        })
    };
    let second: BTreeSet<OrgIx> = validated(waves[1]).collect();
    validated(waves[0]).filter(|org| second.contains(org) && atlas.is_shown(*org)).collect()
}

/// How many organisations were validated in both waves: the panel.
pub fn in_both(atlas: &Atlas, waves: [WaveIx; 2]) -> usize {
    both(atlas, waves).len()
}

/// The panels of the bodies with the most users, at most so many, those without users in either wave left out.
pub fn of_publishers(atlas: &Atlas, waves: [WaveIx; 2], most: usize) -> Vec<(OrgIx, Panel<OrgIx>)> {
    let panels = atlas
        .publisher_users()
        .iter()
        .map(|(body, _)| (*body, of_value(atlas, waves, Dimension::Publisher, Value::Publisher(*body))));
    panels.filter(|(_, panel)| panel.retention.is_some() || !panel.entry.is_empty()).take(most).collect()
}

/// The panel of a body or dataset over two waves: only organisations validated in both are looked at.
pub fn of_value(atlas: &Atlas, waves: [WaveIx; 2], dimension: Dimension, value: Value) -> Panel<OrgIx> {
    let both = both(atlas, waves);
    let users = |wave: WaveIx| -> BTreeSet<OrgIx> {
        let uses = |org: &OrgIx| {
            atlas.claims_of(*org).iter().any(|claim| {
                claim.is_countable() && claim.wave == Some(wave) && atlas.claim_has(claim, dimension, value)
            })
        };
        both.iter().copied().filter(uses).collect()
    };
    panel(&users(waves[0]), &users(waves[1]))
}

/// How many of a wave answered, by the one rule that its desk counts by too. A wave that is answered here counts all
/// its responses, also those that nobody has validated yet; one that was brought in counts those that are recorded.
pub fn of_wave(atlas: &Atlas, wave: WaveIx) -> Rates {
    if !atlas.has_opened(wave) {
        return Rates::default();
    }
    if let Some(returned) = &atlas.wave(wave).returned {
        return rates(returned.responses.iter().copied());
    }
    let own = atlas.responses().iter().filter(|response| response.wave == wave);
    rates(own.map(|response| (response.status, response.completed_by, 1)))
}

/// How many of a wave that is answered here have sent their answers and wait for somebody to look through them.
pub fn awaiting(atlas: &Atlas, wave: WaveIx) -> u64 {
    let returned = atlas.wave(wave).returned.as_ref().filter(|_| atlas.has_opened(wave));
    returned.map_or(0, crate::atlas::rows::Returned::awaiting)
}

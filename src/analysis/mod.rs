//! The figures of the platform as pure functions over an [`Atlas`] or plain numbers: no database, no async, no
//! rounding. Every figure says what it rests on.
//!
//! | figure | function |
//! |---|---|
//! | flow between publishers, datasets, sectors, goals | [`flow::flow`] |
//! | what stands around a node | [`network::network`] |
//! | most used datasets | [`top::top_datasets`] |
//! | reuse intensity | [`intensity`] |
//! | concentration | [`concentration::concentration`], [`concentration::hhi`] |
//! | coverage of the goals, gaps, candidates | [`sdg`] |
//! | what a wave says of impact, and what may be told of it | [`impact::of_wave`] |
//! | value attributable to open data | [`value`] |
//! | peers, and what they use | [`peers::peers`], [`peers::data_of_peers`] |
//! | demand heat | [`demand::heat`] |
//! | what breaks if data stops | [`reliance::reliance`] |
//! | scorecard of a publisher | [`scorecard::scorecard_of`] |
//! | dataset risk | [`risk::risk`] |
//! | wave panel, response rate | [`panel`] |
//! | coverage per question of a wave | [`questions::of_wave`] |
//! | terms of data requests | [`terms`] |

pub mod concentration;
pub mod counts;
pub mod demand;
pub mod flow;
pub mod impact;
pub mod intensity;
pub mod method;
pub mod network;
pub mod panel;
pub mod peers;
pub mod publishers;
pub mod questions;
pub mod reliance;
pub mod risk;
pub mod scorecard;
pub mod sdg;
pub mod studies;
pub mod terms;
pub mod top;
pub mod value;

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};

use crate::atlas::{Atlas, Coverage, Dimension, Filter, RolledUp, Selection, Value, WaveIx};

/// What every figure says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The validity date.
    pub as_of: NaiveDate,
    /// The recording time asked for; `None` is now.
    pub known_at: Option<DateTime<Utc>>,
    /// How publishers are rolled up.
    pub rollup: RolledUp,
    /// The waves of the organisations counted.
    pub waves: Vec<WaveIx>,
    /// Whether the record reaches the day for the studies asked for; where not, nobody was asked, and `n` is 0.
    pub is_recorded: bool,
    /// Distinct organisations counted.
    pub n: u64,
    /// Organisations that match and may not be shown, where they are five or more.
    pub undisclosed: Option<u64>,
    /// The filter as a canonical query string.
    pub filters: String,
    /// The version of the method.
    pub method_version: &'static str,
    /// How many of those asked have answered.
    pub coverage: Coverage,
    /// The revision of the record.
    pub revision: i64,
}

impl Figure {
    /// What a figure over a selection says about itself; coverage is that of one dimension.
    pub fn new(atlas: &Atlas, filter: &Filter, selection: &Selection, dimension: Dimension) -> Self {
        let organisations = &selection.organisations;
        let coverage = sdg::unasked(atlas, filter, selection)
            .unwrap_or_else(|| atlas.coverage_left_open(filter, selection, dimension));
        let elsewhere = atlas.elsewhere(filter);
        let own = atlas.waves().filter(|wave| !elsewhere.contains(wave.get()));
        let waves = own.filter(|&wave| atlas.has_any(Dimension::Wave, Value::Wave(wave), organisations));
        Self {
            as_of: atlas.as_of,
            known_at: atlas.known_at,
            rollup: atlas.rollup_of(filter.rollup, organisations),
            waves: waves.collect(),
            is_recorded: atlas.tells(filter, organisations.len()),
            n: organisations.len(),
            undisclosed: selection.undisclosed_count(),
            filters: filter.canonical(),
            method_version: method::METHOD_VERSION,
            coverage,
            revision: atlas.revision,
        }
    }
}

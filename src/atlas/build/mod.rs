//! Rows in, atlas out: sorts the records into their dense order, turns texts and references into handles,
//! and lays the indexes over them. A row that refers to nothing is left out and counted.

mod claims;
mod records;
mod settle;

use std::sync::OnceLock;

use roaring::RoaringBitmap;
use uuid::Uuid;

use super::collation::Collation;
use super::handle::{AreaIx, CodeIx, DatasetIx, FastMap, Groups, IndicatorIx, OrgIx, SourceIx, StudyIx, WaveIx};
use super::order::Orders;
use super::rows::Rows;
use super::strings::{Lang, Strings, StringsBuilder};
use super::values::{Dimension, Values};
use super::{Atlas, lookup, places, publishers, search};
use crate::domain::draft::LangText;

/// Handles by id while building.
#[derive(Default)]
struct Ids {
    organisations: FastMap<Uuid, OrgIx>,
    datasets: FastMap<Uuid, DatasetIx>,
    codes: FastMap<Uuid, CodeIx>,
    areas: FastMap<Uuid, AreaIx>,
    sources: FastMap<Uuid, SourceIx>,
    studies: FastMap<Uuid, StudyIx>,
    waves: FastMap<Uuid, WaveIx>,
    indicators: FastMap<Uuid, IndicatorIx>,
}

/// What is shared by the steps.
struct Builder {
    texts: StringsBuilder,
    ids: Ids,
    skipped: usize,
}

impl Builder {
    /// Takes a value that is there; counts the row as left out otherwise.
    fn need<T>(&mut self, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.skipped += 1;
        }
        found
    }
}

/// A label before it has a handle, in the language asked for or the next best.
fn best(text: &LangText, lang: Lang) -> &str {
    [lang.as_str(), "es", "en"]
        .iter()
        .find_map(|lang| text.get(*lang))
        .or_else(|| text.values().next())
        .map_or("", String::as_str)
}

impl Atlas {
    /// Builds the atlas of some rows.
    pub fn build(mut rows: Rows) -> Self {
        let collation = Collation::new();
        records::sort(&mut rows, &collation);
        let mut builder = Builder { texts: StringsBuilder::default(), ids: Ids::default(), skipped: 0 };
        let mut atlas = Self::empty(&rows, collation);
        builder.records(&mut atlas, &mut rows);
        builder.organisations(&mut atlas, &mut rows);
        builder.datasets(&mut atlas, &mut rows);
        builder.indicators(&mut atlas, &mut rows);
        atlas.hierarchy = publishers::Hierarchy::new(atlas.organisations.len(), &atlas.relations, atlas.as_of);
        builder.use_claims(&mut atlas, &mut rows);
        builder.impact_claims(&mut atlas, &mut rows);
        builder.evidence(&mut atlas, &mut rows);
        builder.batches(&mut atlas, &rows);
        drop(rows);
        records::bodies(&mut atlas);
        atlas.skipped = builder.skipped;
        atlas.strings = builder.texts.finish();
        atlas.settle();
        atlas.lay_indexes();
        atlas
    }

    fn empty(rows: &Rows, collation: Collation) -> Self {
        Self {
            strings: Strings::default(),
            collation,
            revision: rows.revision,
            recorded_at: rows.recorded_at,
            as_of: rows.as_of,
            known_at: rows.known_at,
            skipped: 0,
            organisations: Vec::new(),
            names: Groups::default(),
            identifiers: Groups::default(),
            locations: Groups::default(),
            relations: Groups::default(),
            assignments: Groups::default(),
            missing: Groups::default(),
            responses: Groups::default(),
            answers: Groups::default(),
            publishers: Vec::new(),
            publisher_slots: FastMap::default(),
            hierarchy: publishers::Hierarchy::default(),
            datasets: Vec::new(),
            dataset_themes: Groups::default(),
            dataset_identifiers: Groups::default(),
            distributions: Groups::default(),
            designations: Groups::default(),
            editions: Groups::default(),
            publisher_datasets: Groups::default(),
            areas: Vec::new(),
            area_children: Groups::default(),
            schemes: Vec::new(),
            codes: Vec::new(),
            mappings: Groups::default(),
            sources: Vec::new(),
            studies: Vec::new(),
            waves: Vec::new(),
            claims: Vec::new(),
            details: Vec::new(),
            claim_groups: Groups::default(),
            dataset_claims: Groups::default(),
            publisher_claims: Groups::default(),
            claim_evidence: Groups::default(),
            impacts: Vec::new(),
            impact_groups: Groups::default(),
            impact_evidence: Groups::default(),
            indicators: Vec::new(),
            observations: Vec::new(),
            sealed: Vec::new(),
            organisation_observations: Groups::default(),
            batches: Vec::new(),
            chapters: Vec::new(),
            families: Vec::new(),
            redirects: FastMap::default(),
            has_recovered: false,
            organisation_ids: lookup::Lookup::default(),
            organisation_slugs: lookup::Lookup::default(),
            dataset_ids: lookup::Lookup::default(),
            dataset_slugs: lookup::Lookup::default(),
            claim_ids: lookup::Lookup::default(),
            impact_ids: lookup::Lookup::default(),
            observation_ids: lookup::Lookup::default(),
            code_words: lookup::Lookup::default(),
            area_codes: lookup::Lookup::default(),
            listed: RoaringBitmap::new(),
            reusers: RoaringBitmap::new(),
            active: RoaringBitmap::new(),
            decided: RoaringBitmap::new(),
            values: Values::default(),
            default_bodies: RoaringBitmap::new(),
            facet_areas: RoaringBitmap::new(),
            whole_facets: std::array::from_fn::<_, { Dimension::ALL.len() }, _>(|_| OnceLock::new()),
            orders: Orders::default(),
            publisher_users: Vec::new(),
            places: places::Places::default(),
            search: search::Index::default(),
        }
    }
}

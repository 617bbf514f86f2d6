//! Rows in, atlas out: sorts the records into their dense order, turns texts and references into handles,
//! and lays the indexes over them. A row that refers to nothing is left out and counted.

mod claims;
mod datasets;
mod frame;
mod kept;
mod observations;
mod order;
mod organisations;
mod requests;
mod settle;

use std::sync::OnceLock;

use roaring::RoaringBitmap;
use uuid::Uuid;

use kept::{Kept, Origins};

use super::collation::Collation;
use super::handle::{
    AreaIx, ClaimIx, CodeIx, DatasetIx, FastMap, Groups, ImpactIx, IndicatorIx, OrgIx, SourceIx, StudyIx, WaveIx,
};
use super::ranking::Orders;
use super::rows::{Changed, Rows};
use super::stated::StatedParts;
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
struct Builder<'a> {
    texts: StringsBuilder,
    ids: Ids,
    skipped: usize,
    kept: Option<Kept<'a>>,
    claim_origins: Origins<ClaimIx>,
    impact_origins: Origins<ImpactIx>,
}

impl<'a> Builder<'a> {
    fn new(kept: Option<Kept<'a>>) -> Self {
        let texts = kept.as_ref().map_or_else(StringsBuilder::default, |kept| StringsBuilder::again(&kept.old.strings));
        Self {
            texts,
            ids: Ids::default(),
            skipped: kept.as_ref().map_or(0, |kept| kept.old.skipped),
            kept,
            claim_origins: Vec::new(),
            impact_origins: Vec::new(),
        }
    }

    /// Takes a value that is there; counts the row as left out otherwise.
    fn need<T>(&mut self, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.skipped += 1;
        }
        found
    }
}

/// Bytes of texts that patches may always leave behind.
const SPARE_TEXTS: usize = 4 * 1024 * 1024;

/// Reference data that the atlas before refers to is gone.
struct Lost;

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
    pub fn build(rows: Rows) -> Self {
        Self::assemble(rows, None).unwrap_or_else(|Lost| unreachable!("nothing is kept, so nothing can be lost"))
    }

    /// The atlas after a change: reference data, and the rows of what has changed with all that hangs on it,
    /// come anew; the rest is kept. `None` where that cannot be told apart, and all has to be read again.
    pub fn patch(&self, rows: Rows, changed: &Changed) -> Option<Self> {
        Self::assemble(rows, Some(Kept::new(self, changed))).ok()
    }

    /// Whether patches have left so many texts behind that it should be built anew.
    pub fn is_worn(&self) -> bool {
        self.strings.size() > self.texts_built + self.texts_built / 4 + SPARE_TEXTS
    }

    fn assemble(mut rows: Rows, kept: Option<Kept<'_>>) -> Result<Self, Lost> {
        let collation = Collation::new();
        order::sort(&mut rows, &collation);
        let mut builder = Builder::new(kept);
        let mut atlas = Self::empty(&rows, collation);
        builder.records(&mut atlas, &mut rows)?;
        builder.organisations(&mut atlas, &mut rows);
        builder.datasets(&mut atlas, &mut rows);
        builder.observations(&mut atlas, &mut rows);
        atlas.hierarchy = publishers::Hierarchy::new(atlas.organisations.len(), &atlas.relations, atlas.as_of);
        builder.use_claims(&mut atlas, &mut rows);
        builder.impact_claims(&mut atlas, &mut rows);
        builder.evidence(&mut atlas, &mut rows);
        builder.requests(&mut atlas, &mut rows);
        builder.batches(&mut atlas, &rows);
        drop(rows);
        organisations::bodies(&mut atlas);
        atlas.skipped = builder.skipped;
        atlas.texts_built = builder.kept.as_ref().map(|kept| kept.old.texts_built).unwrap_or_default();
        atlas.strings = builder.texts.finish();
        if atlas.texts_built == 0 {
            atlas.texts_built = atlas.strings.size();
        }
        atlas.settle();
        organisations::choose(&mut atlas);
        atlas.lay_indexes();
        Ok(atlas)
    }

    fn empty(rows: &Rows, collation: Collation) -> Self {
        Self {
            strings: Strings::default(),
            collation,
            revision: rows.revision,
            recorded_at: rows.recorded_at,
            recorded_from: rows.recorded_from,
            as_of: rows.as_of,
            known_at: rows.known_at,
            skipped: 0,
            texts_built: 0,
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
            feedback: Groups::default(),
            ratings: Groups::default(),
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
            requests: Vec::new(),
            batches: Vec::new(),
            chapters: Vec::new(),
            families: Vec::new(),
            redirects: FastMap::default(),
            has_recovered: false,
            has_displaced: false,
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
            shared_acronyms: RoaringBitmap::new(),
            whole_facets: std::array::from_fn::<_, { Dimension::ALL.len() }, _>(|_| OnceLock::new()),
            orders: Orders::default(),
            publisher_users: Vec::new(),
            stated_parts: StatedParts::default(),
            unspecified_theme: None,
            places: places::Places::default(),
            search: search::Index::default(),
            described: OnceLock::new(),
        }
    }
}

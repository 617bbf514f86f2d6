//! Studies, their waves, sources and values.

use entity::id::{IndicatorDefinitionId, IndicatorObservationId, StudyId, WaveId};

use crate::atlas::{
    Atlas, Batch, Indicator, IndicatorIx, Lang, Observation, ObservationIx, OrgIx, Source, SourceIx, StrIx, Study,
    StudyIx, Wave, WaveIx,
};

/// The chapter of the sample, whose organisations are fictional.
const SAMPLE: &str = "sample";

/// Studies, their waves, sources and values.
impl Atlas {
    /// Every study.
    pub fn studies(&self) -> impl ExactSizeIterator<Item = StudyIx> + use<> {
        (0..self.studies.len() as u32).map(StudyIx::new)
    }

    /// The study of a handle.
    pub fn study(&self, study: StudyIx) -> &Study {
        &self.studies[study.at()]
    }

    /// Whether a study is the sample, whose organisations are fictional.
    pub fn is_fictional(&self, study: StudyIx) -> bool {
        self.str(self.study(study).chapter) == SAMPLE
    }

    /// Whom a study wants named, without the study's own name before it: what several studies may share.
    pub fn holder_of(&self, study: StudyIx) -> &str {
        let row = self.study(study);
        let attribution = self.str(row.attribution).trim_end_matches('.');
        let mut own = [Lang::ES, Lang::EN].into_iter().map(|lang| self.label(row.title, lang).value);
        own.find_map(|title| attribution.strip_prefix(title)?.strip_prefix(", ")).unwrap_or(attribution)
    }

    /// A study by id.
    pub fn study_by_id(&self, id: StudyId) -> Option<StudyIx> {
        self.studies().find(|&ix| self.study(ix).id == id)
    }

    /// A study by slug.
    pub fn study_by_slug(&self, slug: &str) -> Option<StudyIx> {
        self.studies().find(|&ix| self.str(self.study(ix).slug) == slug)
    }

    /// The chapters loaded.
    pub fn chapters(&self) -> &[StrIx] {
        &self.chapters
    }

    /// Every wave, oldest first.
    pub fn waves(&self) -> impl ExactSizeIterator<Item = WaveIx> + use<> {
        (0..self.waves.len() as u32).map(WaveIx::new)
    }

    /// The wave of a handle.
    pub fn wave(&self, wave: WaveIx) -> &Wave {
        &self.waves[wave.at()]
    }

    /// A wave by id.
    pub fn wave_by_id(&self, id: WaveId) -> Option<WaveIx> {
        self.waves().find(|&ix| self.wave(ix).id == id)
    }

    /// Every source.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = SourceIx> + use<> {
        (0..self.sources.len() as u32).map(SourceIx::new)
    }

    /// The source of a handle.
    pub fn source(&self, source: SourceIx) -> &Source {
        &self.sources[source.at()]
    }

    /// Every indicator, by key.
    pub fn indicators(&self) -> impl ExactSizeIterator<Item = IndicatorIx> + use<> {
        (0..self.indicators.len() as u32).map(IndicatorIx::new)
    }

    /// The indicator of a handle.
    pub fn indicator(&self, indicator: IndicatorIx) -> &Indicator {
        &self.indicators[indicator.at()]
    }

    /// An indicator by key.
    pub fn indicator_by_key(&self, key: &str) -> Option<IndicatorIx> {
        self.indicators().find(|&ix| self.str(self.indicator(ix).key) == key)
    }

    /// An indicator by id.
    pub fn indicator_by_id(&self, id: IndicatorDefinitionId) -> Option<IndicatorIx> {
        self.indicators().find(|&ix| self.indicator(ix).id == id)
    }

    /// Every public observation, by indicator and period.
    pub fn observations(&self) -> impl ExactSizeIterator<Item = ObservationIx> + use<> {
        (0..self.observations.len() as u32).map(ObservationIx::new)
    }

    /// The observation of a handle.
    pub fn observation(&self, observation: ObservationIx) -> &Observation {
        &self.observations[observation.at()]
    }

    /// A public observation by id.
    pub fn observation_by_id(&self, id: IndicatorObservationId) -> Option<ObservationIx> {
        self.observation_ids.find(|at| self.observations[at].id.cmp(&id)).map(ObservationIx::new)
    }

    /// An organisation's public observations.
    pub fn observations_of(&self, org: OrgIx) -> &[ObservationIx] {
        self.organisation_observations.of(org)
    }

    /// Values that are `aggregate_only`: for `analysis::value` alone, which applies the disclosure rule.
    pub(crate) fn sealed_observations(&self) -> &[Observation] {
        &self.sealed
    }

    /// Finished imports.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }
}

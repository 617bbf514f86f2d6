//! What a patch keeps of the atlas before it: all that hangs on records which have not changed, with its
//! handles turned into the new ones. Records stay in the order of their names, so their places shift.

use uuid::Uuid;

use super::{Builder, Ids};
use crate::atlas::Atlas;
use crate::atlas::handle::{
    AreaIx, ClaimIx, CodeIx, DatasetIx, FastMap, Groups, Handle, ImpactIx, IndicatorIx, OrgIx, SourceIx, WaveIx,
};
use crate::atlas::model::{
    Answer, Assignment, Claim, ClaimDetail, Evidence, Impact, Location, Observation, Relation, Response, Specificity,
    Subject,
};
use crate::atlas::rows::Changed;

/// The new handle of each old one, where there is one.
struct Moves<K>(Vec<Option<K>>);

impl<K: Handle> Moves<K> {
    fn new(old: impl Iterator<Item = Uuid>, new: &FastMap<Uuid, K>) -> Self {
        Self(old.map(|id| new.get(&id).copied()).collect())
    }

    fn to(&self, old: K) -> Option<K> {
        self.0[old.number() as usize]
    }

    fn maybe(&self, old: Option<K>) -> Option<K> {
        old.and_then(|old| self.to(old))
    }

    fn is_complete(&self) -> bool {
        self.0.iter().all(Option::is_some)
    }
}

impl<K> Default for Moves<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// The atlas before, what has changed in it, and where the rest stands now.
pub(super) struct Kept<'a> {
    pub(super) old: &'a Atlas,
    changed: &'a Changed,
    codes: Moves<CodeIx>,
    areas: Moves<AreaIx>,
    sources: Moves<SourceIx>,
    waves: Moves<WaveIx>,
    indicators: Moves<IndicatorIx>,
    organisations: Moves<OrgIx>,
    datasets: Moves<DatasetIx>,
    /// Those that stay as they are: where they were, and where they are.
    organisations_kept: Vec<(OrgIx, OrgIx)>,
    datasets_kept: Vec<(DatasetIx, DatasetIx)>,
}

/// The claim or impact of the atlas before that each new one was.
pub(super) type Origins<K> = Vec<Option<K>>;

impl<'a> Kept<'a> {
    pub(super) fn new(old: &'a Atlas, changed: &'a Changed) -> Self {
        Self {
            old,
            changed,
            codes: Moves::default(),
            areas: Moves::default(),
            sources: Moves::default(),
            waves: Moves::default(),
            indicators: Moves::default(),
            organisations: Moves::default(),
            datasets: Moves::default(),
            organisations_kept: Vec::new(),
            datasets_kept: Vec::new(),
        }
    }

    /// Finds codes, areas, sources, waves and indicators again; says whether all are still there.
    pub(super) fn find_reference(&mut self, ids: &Ids) -> bool {
        let old = self.old;
        self.codes = Moves::new(old.codes.iter().map(|row| row.id.0), &ids.codes);
        self.areas = Moves::new(old.areas.iter().map(|row| row.id.0), &ids.areas);
        self.sources = Moves::new(old.sources.iter().map(|row| row.id.0), &ids.sources);
        self.waves = Moves::new(old.waves.iter().map(|row| row.id.0), &ids.waves);
        self.indicators = Moves::new(old.indicators.iter().map(|row| row.id.0), &ids.indicators);
        self.codes.is_complete()
            && self.areas.is_complete()
            && self.sources.is_complete()
            && self.waves.is_complete()
            && self.indicators.is_complete()
            && old.studies.iter().all(|row| ids.studies.contains_key(&row.id.0))
    }

    pub(super) fn find_organisations(&mut self, ids: &Ids) {
        self.organisations = Moves::new(self.old.organisations.iter().map(|row| row.id.0), &ids.organisations);
        let kept = self.organisations().into_iter();
        self.organisations_kept = kept.filter_map(|old| Some((old, self.organisation(old)?))).collect();
    }

    pub(super) fn find_datasets(&mut self, ids: &Ids) {
        self.datasets = Moves::new(self.old.datasets.iter().map(|row| row.id.0), &ids.datasets);
        let kept = self.datasets().into_iter();
        self.datasets_kept = kept.filter_map(|old| Some((old, self.dataset(old)?))).collect();
    }

    pub(super) fn keeps_organisation(&self, old: OrgIx) -> bool {
        !self.changed.organisations.contains(&self.old.organisation(old).id)
    }

    pub(super) fn keeps_dataset(&self, old: DatasetIx) -> bool {
        !self.changed.datasets.contains(&self.old.dataset(old).id)
    }

    /// The organisations that stay as they are, in their order.
    pub(super) fn organisations(&self) -> Vec<OrgIx> {
        self.old.organisations().filter(|&org| self.keeps_organisation(org)).collect()
    }

    /// The datasets that stay as they are, in their order.
    pub(super) fn datasets(&self) -> Vec<DatasetIx> {
        self.old.datasets().filter(|&dataset| self.keeps_dataset(dataset)).collect()
    }

    pub(super) fn organisation(&self, old: OrgIx) -> Option<OrgIx> {
        self.organisations.to(old)
    }

    pub(super) fn dataset(&self, old: DatasetIx) -> Option<DatasetIx> {
        self.datasets.to(old)
    }

    pub(super) fn source(&self, old: Option<SourceIx>) -> Option<SourceIx> {
        self.sources.maybe(old)
    }

    pub(super) fn code(&self, old: CodeIx) -> Option<CodeIx> {
        self.codes.to(old)
    }

    /// What hangs on the organisations that stay.
    pub(super) fn of_organisations<T>(
        &self,
        groups: &Groups<OrgIx, T>,
        moved: impl FnMut(&T) -> Option<T>,
    ) -> Vec<(OrgIx, T)> {
        hanging(&self.organisations_kept, groups, moved)
    }

    /// What hangs on the datasets that stay.
    pub(super) fn of_datasets<T>(
        &self,
        groups: &Groups<DatasetIx, T>,
        moved: impl FnMut(&T) -> Option<T>,
    ) -> Vec<(DatasetIx, T)> {
        hanging(&self.datasets_kept, groups, moved)
    }

    pub(super) fn location(&self, old: &Location) -> Location {
        Location { area: self.areas.maybe(old.area), ..old.clone() }
    }

    pub(super) fn assignment(&self, old: &Assignment) -> Assignment {
        Assignment { code: self.codes.maybe(old.code), wave: self.waves.maybe(old.wave), ..old.clone() }
    }

    pub(super) fn answer(&self, old: &Answer) -> Option<Answer> {
        Some(Answer { wave: self.waves.to(old.wave)?, ..old.clone() })
    }

    pub(super) fn response(&self, old: &Response) -> Option<Response> {
        let organisation = self.organisation(old.organisation)?;
        Some(Response { organisation, wave: self.waves.to(old.wave)?, ..old.clone() })
    }

    /// Relations whose subject stays, as (subject, relation seen from it).
    pub(super) fn relations(&self) -> Vec<(OrgIx, Relation)> {
        let mut pairs = Vec::new();
        for &(old, from) in &self.organisations_kept {
            for relation in self.old.relations.of(old).iter().filter(|relation| relation.outgoing) {
                let Some(other) = self.organisation(relation.other) else { continue };
                pairs.push((from, Relation { other, source: self.source(relation.source), ..relation.clone() }));
            }
        }
        pairs
    }

    /// A claim of an organisation that stays, unless what it names is gone. What depends on others, such as who
    /// publishes its dataset, is found again.
    pub(super) fn claim(&self, atlas: &Atlas, old: ClaimIx) -> Option<(Claim, ClaimDetail)> {
        let (claim, detail) = (self.old.claim(old), self.old.claim_detail(old));
        if !self.keeps_organisation(claim.organisation) {
            return None;
        }
        let organisation = self.organisation(claim.organisation)?;
        let dataset = claim.dataset.map(|dataset| self.dataset(dataset).ok_or(())).transpose().ok()?;
        let theme = claim.theme.map(|theme| self.code(theme).ok_or(())).transpose().ok()?;
        let publisher = match (detail.specificity, dataset) {
            (Specificity::Distribution | Specificity::Dataset | Specificity::Series, Some(dataset)) => {
                Some(atlas.datasets[dataset.at()].publisher)
            }
            _ => claim.publisher.map(|body| self.organisation(body).ok_or(())).transpose().ok()?,
        };
        let mut flags = claim.flags & (Claim::COUNTABLE | Claim::INDIRECT | Claim::RECOVERED);
        if publisher == Some(organisation) {
            flags |= Claim::SELF_USE;
        }
        let moved = Claim {
            organisation,
            dataset,
            publisher,
            stated: self.organisations.maybe(claim.stated),
            theme,
            wave: self.waves.maybe(claim.wave),
            newer: None,
            flags,
            ..*claim
        };
        Some((moved, ClaimDetail { via: self.organisations.maybe(detail.via), ..detail.clone() }))
    }

    /// An impact of an organisation that stays.
    pub(super) fn impact(&self, old: ImpactIx) -> Option<Impact> {
        let row = self.old.impact(old);
        if !self.keeps_organisation(row.organisation) {
            return None;
        }
        Some(Impact {
            organisation: self.organisation(row.organisation)?,
            code: self.codes.maybe(row.code),
            wave: self.waves.maybe(row.wave),
            ..row.clone()
        })
    }

    pub(super) fn evidence(&self, old: &Evidence) -> Option<Evidence> {
        Some(Evidence { source: self.sources.to(old.source)?, ..old.clone() })
    }

    /// An observation whose subject stays.
    pub(super) fn observation(&self, old: &Observation) -> Option<Observation> {
        let subject = match old.subject {
            Subject::Organisation(org) if !self.keeps_organisation(org) => return None,
            Subject::Organisation(org) => Subject::Organisation(self.organisation(org)?),
            Subject::Sector(code) => Subject::Sector(self.code(code)?),
            Subject::Area(area) => Subject::Area(self.areas.to(area)?),
            Subject::Dataset(dataset) => Subject::Dataset(self.dataset(dataset)?),
        };
        Some(Observation {
            subject,
            indicator: self.indicators.to(old.indicator)?,
            wave: self.waves.maybe(old.wave),
            source: self.sources.maybe(old.source),
            ..old.clone()
        })
    }
}

/// The items of some owners, under their new handles.
fn hanging<K: Handle, T>(
    kept: &[(K, K)],
    groups: &Groups<K, T>,
    mut moved: impl FnMut(&T) -> Option<T>,
) -> Vec<(K, T)> {
    let mut pairs = Vec::with_capacity(groups.all().len());
    for &(old, owner) in kept {
        pairs.extend(groups.of(old).iter().filter_map(|item| Some((owner, moved(item)?))));
    }
    pairs
}

impl<'a> Builder<'a> {
    /// What is kept of the atlas before; nothing when it is built from rows alone.
    pub(super) fn kept<T>(&self, take: impl FnOnce(&Kept<'a>) -> Vec<T>) -> Vec<T> {
        self.kept.as_ref().map(take).unwrap_or_default()
    }
}

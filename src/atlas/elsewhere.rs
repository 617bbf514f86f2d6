//! An organisation answers in several waves, for one chapter or several: what it said elsewhere is in no figure of a
//! chapter or wave.

use entity::vocabulary::{Attribute, Missing};
use roaring::RoaringBitmap;

use super::facets::{Coverage, whose_lack};
use super::handle::{OrgIx, WaveIx};
use super::model::Claim;
use super::values::Dimension;
use super::{Atlas, Filter, Selection};

impl Atlas {
    /// The waves that a filter leaves out, by naming chapters or waves; none where it names neither.
    pub fn elsewhere(&self, filter: &Filter) -> RoaringBitmap {
        self.waves().filter(|&wave| !self.leaves_in(wave, filter)).map(WaveIx::get).collect()
    }

    /// Whether a filter leaves a wave in.
    pub(super) fn leaves_in(&self, wave: WaveIx, filter: &Filter) -> bool {
        let row = self.wave(wave);
        let is_chosen = filter.wave.is_empty() || filter.wave.iter().any(|word| word == self.str(row.slug));
        is_chosen && self.is_of_chapters(wave, &filter.chapter)
    }

    /// Organisations of whom some waves say anything.
    fn in_waves(&self, waves: &RoaringBitmap) -> RoaringBitmap {
        let known = waves.iter().filter_map(|wave| self.values.heard.get(&WaveIx::new(wave)));
        known.fold(RoaringBitmap::new(), |all, known| all | known)
    }

    /// Who has no value in a dimension for a reason, apart from what they said in some waves.
    pub(super) fn lacking(&self, dimension: Dimension, code: Missing, elsewhere: &RoaringBitmap) -> RoaringBitmap {
        let everywhere = &self.values.of(dimension).missing[code.index()];
        let shared = self.in_waves(elsewhere);
        let here = |&org: &u32| {
            let org = OrgIx::new(org);
            self.missing_apart_from(org, dimension, self.missing_anywhere(org, dimension), elsewhere) == Some(code)
        };
        (everywhere - &shared) | shared.iter().filter(here).collect::<RoaringBitmap>()
    }

    /// Why an organisation has no value in a dimension, whatever was said where; `None` where it has one.
    fn missing_anywhere(&self, org: OrgIx, dimension: Dimension) -> Option<Missing> {
        let lacks = |set: &RoaringBitmap| set.contains(org.get());
        let code = self.values.of(whose_lack(dimension)).missing.iter().position(lacks)?;
        Some(Missing::ALL[code])
    }

    /// How many of what a filter selects have a value in a dimension, by what they said in the chapters and waves that
    /// it names.
    pub fn coverage_of(&self, filter: &Filter, organisations: &RoaringBitmap, dimension: Dimension) -> Coverage {
        let mut coverage = self.coverage(organisations, dimension);
        let elsewhere = self.elsewhere(filter);
        for org in (self.in_waves(&elsewhere) & organisations).iter().map(OrgIx::new) {
            let found = self.missing_anywhere(org, dimension);
            coverage.replace(found, self.missing_apart_from(org, dimension, found, &elsewhere));
        }
        coverage
    }

    /// The coverage of what a selection leaves open. Of those who use a publisher's data each names a publisher: it was
    /// asked for; what is open is which data, and of users of a dataset what they do.
    pub fn coverage_left_open(&self, filter: &Filter, selection: &Selection, dimension: Dimension) -> Coverage {
        match dimension {
            Dimension::Publisher if !filter.dataset.is_empty() => {
                self.coverage_of(filter, &selection.organisations, Dimension::Sector)
            }
            Dimension::Publisher if !filter.publisher.is_empty() => self.coverage_of_data(filter, selection),
            asked => self.coverage_of(filter, &selection.organisations, asked),
        }
    }

    /// How many of those who use some bodies' data name a dataset of these bodies. Who names datasets of others alone
    /// has left it open here.
    pub fn coverage_of_data(&self, filter: &Filter, selection: &Selection) -> Coverage {
        let mut coverage = self.coverage_of(filter, &selection.organisations, Dimension::Dataset);
        let naming = selection.all_claims(self).filter(|(_, claim)| claim.dataset.is_some());
        let named: RoaringBitmap = naming.map(|(_, claim)| claim.organisation.get()).collect();
        let silent = self.values.of(Dimension::Dataset).missing.iter().fold(named, |all, set| all | set);
        let of_others = (&selection.organisations - silent).len().min(coverage.answered);
        for _ in 0..of_others {
            coverage.replace(None, Some(Missing::NoAnswer));
        }
        coverage
    }

    /// Why an organisation has no value in a dimension, apart from what it said in some waves; `None` where it has one.
    /// That its source names no single body is a value of its own.
    fn missing_apart_from(
        &self,
        org: OrgIx,
        dimension: Dimension,
        everywhere: Option<Missing>,
        elsewhere: &RoaringBitmap,
    ) -> Option<Missing> {
        let here = |wave: Option<WaveIx>| wave.is_none_or(|wave| !elsewhere.contains(wave.get()));
        let claims = |has: &dyn Fn(&Claim) -> bool| {
            let mut counted = self.claims_of(org).iter().filter(|claim| claim.may_figure(false) && here(claim.wave));
            counted.any(has)
        };
        let has_value = match dimension {
            Dimension::Publisher => claims(&|claim| claim.publisher.is_some() || self.is_unspecified(claim)),
            Dimension::Dataset => claims(&|claim| claim.dataset.is_some()),
            Dimension::Sdg => self
                .impacts_of(org)
                .iter()
                .any(|impact| impact.goal.is_some() && impact.is_declared() && here(impact.wave)),
            // A property is known of the organisation, whoever asked.
            _ => everywhere.is_none(),
        };
        if has_value {
            return None;
        }
        Some(self.missing_in(org, dimension.attribute(), elsewhere))
    }

    /// The reason why a property has no value, apart from some waves: as stated, else whether one of the others asked
    /// for it.
    pub fn missing_in(&self, org: OrgIx, attribute: Attribute, elsewhere: &RoaringBitmap) -> Missing {
        self.stated_missing(org, attribute).unwrap_or_else(|| {
            self.unsaid(attribute, self.waves_of(org).filter(|wave| !elsewhere.contains(wave.get())))
        })
    }
}

impl Coverage {
    /// Counts one organisation otherwise.
    fn replace(&mut self, before: Option<Missing>, after: Option<Missing>) {
        match before {
            Some(code) => self.missing[code.index()] -= 1,
            None => self.answered -= 1,
        }
        match after {
            Some(code) => self.missing[code.index()] += 1,
            None => self.answered += 1,
        }
        let out = self.missing[Missing::NotAsked.index()] + self.missing[Missing::NotApplicable.index()];
        self.asked = self.answered + self.missing.iter().sum::<u64>() - out;
    }
}

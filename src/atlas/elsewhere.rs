//! An organisation that several chapters know answers for each in its own waves: what it said elsewhere is in no figure
//! of a chapter.

use entity::vocabulary::{Attribute, Missing};
use roaring::RoaringBitmap;

use super::facets::Coverage;
use super::handle::{OrgIx, WaveIx};
use super::model::Claim;
use super::values::{Dimension, Value};
use super::{Atlas, Filter, Selection};

impl Atlas {
    /// The waves of other chapters than those that a filter names, by their words or by their waves; none where it
    /// names neither.
    pub fn elsewhere(&self, filter: &Filter) -> RoaringBitmap {
        let chapter_of = |wave: WaveIx| self.str(self.study(self.wave(wave).study).chapter);
        let mut chapters: Vec<&str> = filter.chapter.iter().map(String::as_str).collect();
        if chapters.is_empty() {
            chapters.extend(filter.wave.iter().filter_map(|word| self.wave_by_slug(word)).map(chapter_of));
        }
        let others = self.waves().filter(|&wave| !chapters.is_empty() && !chapters.contains(&chapter_of(wave)));
        others.map(WaveIx::get).collect()
    }

    /// How many of what a filter selects have a value in a dimension, by what they said in the chapters it names.
    pub fn coverage_of(&self, filter: &Filter, organisations: &RoaringBitmap, dimension: Dimension) -> Coverage {
        let mut coverage = self.coverage(organisations, dimension);
        let elsewhere = self.elsewhere(filter);
        let table = self.values.of(Dimension::Wave);
        let known = elsewhere.iter().filter_map(|wave| table.get(Value::Wave(WaveIx::new(wave))));
        let shared = known.fold(RoaringBitmap::new(), |all, known| all | known) & organisations;
        for org in shared.iter().map(OrgIx::new) {
            let everywhere = self.coverage(&std::iter::once(org.get()).collect(), dimension);
            let found = everywhere.missing.iter().position(|&count| count > 0).map(|at| Missing::ALL[at]);
            coverage.replace(found, self.missing_apart_from(org, dimension, found, &elsewhere));
        }
        coverage
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
    fn missing_apart_from(
        &self,
        org: OrgIx,
        dimension: Dimension,
        everywhere: Option<Missing>,
        elsewhere: &RoaringBitmap,
    ) -> Option<Missing> {
        let here = |wave: Option<WaveIx>| wave.is_none_or(|wave| !elsewhere.contains(wave.get()));
        let claims = |has: fn(&Claim) -> bool| {
            let mut counted = self.claims_of(org).iter().filter(|claim| claim.may_figure(false) && here(claim.wave));
            counted.any(has)
        };
        let has_value = match dimension {
            Dimension::Publisher => claims(|claim| claim.publisher.is_some()),
            Dimension::Dataset => claims(|claim| claim.dataset.is_some()),
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

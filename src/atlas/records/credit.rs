//! Whom to name for a record, and under which licence: the study that brought it in, else this register itself. A file,
//! a page and the API ask here, so that they name the same.

use crate::atlas::{Atlas, ClaimIx, DatasetIx, OrgIx, StudyIx};

/// Whom to name, and under which licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit<'a> {
    /// The sentence to show.
    pub text: &'a str,
    /// SPDX id of the licence.
    pub licence: &'a str,
    /// Address of the licence's text.
    pub licence_url: &'a str,
}

/// What contributors brought in and no study asked for, as LICENSE-DATA.md says.
const OWN: Credit<'static> = Credit {
    text: "Open Data 100",
    licence: "CC-BY-SA-4.0",
    licence_url: "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
};

/// Whom to name for a record.
impl Atlas {
    /// Whom to name for what a study brought in, or for what none did.
    pub fn credit(&self, study: Option<StudyIx>) -> Credit<'_> {
        study.map_or(OWN, |study| {
            let row = self.study(study);
            let [text, licence, licence_url] = [row.attribution, row.licence, row.licence_url].map(|ix| self.str(ix));
            Credit { text, licence, licence_url }
        })
    }

    /// The study whose licence covers what is said of an organisation. Its source may be one that a contributor cited
    /// later, and a body or a nominee has none: then what it answered, declared or was named in tells.
    pub fn study_behind(&self, org: OrgIx) -> Option<StudyIx> {
        let cited = self.organisation(org).source.and_then(|source| self.source(source).study);
        let answered = || self.waves_of(org).min().map(|wave| self.wave(wave).study);
        // A body that a survey states as a parent is named by nobody, and counted all the same.
        let counted = || {
            let users = self.users_of(org);
            let mut claims = users.iter().flat_map(|user| self.claims_of(OrgIx::new(user)));
            let claim = claims.find(|claim| claim.wave.is_some() && self.counts_for(claim).any(|body| body == org))?;
            claim.wave.map(|wave| self.wave(wave).study)
        };
        cited.or_else(answered).or_else(|| self.study_of_claims(self.claims_naming(org))).or_else(counted)
    }

    /// The study whose licence covers a dataset. One that a contributor proposed with a source is not its publisher's.
    pub fn study_behind_dataset(&self, dataset: DatasetIx) -> Option<StudyIx> {
        let row = self.dataset(dataset);
        let cited = row.source.and_then(|source| self.source(source).study);
        let named = cited.or_else(|| self.study_of_claims(self.claims_on(dataset)));
        named.or_else(|| row.source.is_none().then(|| self.study_behind(row.publisher)).flatten())
    }

    /// The study whose licence covers a claim: a row of it repeats what is known of the organisation.
    pub fn study_behind_claim(&self, claim: ClaimIx) -> Option<StudyIx> {
        let row = self.claim(claim);
        row.wave.map(|wave| self.wave(wave).study).or_else(|| self.study_behind(row.organisation))
    }

    /// The study whose wave named something first: bodies and datasets are known from what was said of them, and whoever
    /// names them again later did not bring them in.
    fn study_of_claims(&self, claims: &[ClaimIx]) -> Option<StudyIx> {
        claims.iter().filter_map(|&claim| self.claim(claim).wave).min().map(|wave| self.wave(wave).study)
    }
}

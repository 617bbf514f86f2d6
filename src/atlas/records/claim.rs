//! Claims of use and of impact.

use entity::id::{ImpactClaimId, UseClaimId};

use crate::atlas::{Atlas, Claim, ClaimDetail, ClaimIx, CodeIx, DatasetIx, Evidence, Impact, ImpactIx, OrgIx};

/// Claims.
impl Atlas {
    /// How many claims count.
    pub fn claim_count(&self) -> usize {
        self.claims.iter().filter(|claim| claim.is_current()).count()
    }

    /// The claim of a handle.
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        &self.claims[claim.at()]
    }

    /// The rest of a claim.
    pub fn claim_detail(&self, claim: ClaimIx) -> &ClaimDetail {
        &self.details[claim.at()]
    }

    /// A claim by id.
    pub fn claim_by_id(&self, id: UseClaimId) -> Option<ClaimIx> {
        self.claim_ids.find(|at| self.details[at].id.cmp(&id)).map(ClaimIx::new)
    }

    /// The place of an organisation's claims.
    pub(crate) fn claim_range(&self, org: OrgIx) -> std::ops::Range<usize> {
        self.claim_groups.range(org)
    }

    /// Its claims, countable or not, by publisher and dataset.
    pub fn claims_of(&self, org: OrgIx) -> &[Claim] {
        &self.claims[self.claim_range(org)]
    }

    /// The same as handles.
    pub fn claim_handles_of(&self, org: OrgIx) -> impl ExactSizeIterator<Item = ClaimIx> + use<> {
        let range = self.claim_range(org);
        (range.start as u32..range.end as u32).map(ClaimIx::new)
    }

    /// The claims on a dataset, by the names of the organisations.
    pub fn claims_on(&self, dataset: DatasetIx) -> &[ClaimIx] {
        self.dataset_claims.of(dataset)
    }

    /// The claims that name a publisher or a dataset of it.
    pub fn claims_naming(&self, publisher: OrgIx) -> &[ClaimIx] {
        self.publisher_claims.of(publisher)
    }

    /// The theme that a claim names. That its source does not specify any is none.
    pub fn named_theme(&self, claim: &Claim) -> Option<CodeIx> {
        claim.theme.filter(|_| claim.theme != self.unspecified_theme)
    }

    /// Whether a code is a type of data, by which uses are counted and chosen: datasets have codes of other lists too.
    fn is_data_type(&self, code: CodeIx) -> bool {
        self.str(self.code_row(code).scheme) == "od500_data_type"
    }

    /// The themes of a claim: the one it names, or those of its dataset.
    pub fn claim_themes(&self, claim: &Claim) -> impl Iterator<Item = CodeIx> {
        let of_dataset = claim.dataset.map_or(&[][..], |dataset| self.dataset_themes.of(dataset));
        self.named_theme(claim).into_iter().chain(of_dataset.iter().copied().filter(|&code| self.is_data_type(code)))
    }

    /// Whether a use is of data of no single body, as its source says.
    pub(crate) fn is_unspecified(&self, claim: &Claim) -> bool {
        claim.publisher.is_none() && claim.theme.is_some() && claim.theme == self.unspecified_theme
    }

    /// The evidence of a claim.
    pub fn evidence_of(&self, claim: ClaimIx) -> &[Evidence] {
        self.claim_evidence.of(claim)
    }

    /// The impact claim of a handle.
    pub fn impact(&self, impact: ImpactIx) -> &Impact {
        &self.impacts[impact.at()]
    }

    /// An impact claim by id.
    pub fn impact_by_id(&self, id: ImpactClaimId) -> Option<ImpactIx> {
        self.impact_ids.find(|at| self.impacts[at].id.cmp(&id)).map(ImpactIx::new)
    }

    /// An organisation's impact claims.
    pub fn impacts_of(&self, org: OrgIx) -> &[Impact] {
        &self.impacts[self.impact_groups.range(org)]
    }

    /// The same as handles.
    pub fn impact_handles_of(&self, org: OrgIx) -> impl ExactSizeIterator<Item = ImpactIx> + use<> {
        let range = self.impact_groups.range(org);
        (range.start as u32..range.end as u32).map(ImpactIx::new)
    }

    /// The evidence of an impact claim.
    pub fn impact_evidence_of(&self, impact: ImpactIx) -> &[Evidence] {
        self.impact_evidence.of(impact)
    }
}

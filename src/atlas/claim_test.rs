//! Which claims count under a filter: its claim-level conditions, and the newest claim of each use among the waves that it
//! leaves.

use roaring::RoaringBitmap;

use super::Atlas;
use super::handle::{ClaimIx, OrgIx, WaveIx};
use super::model::Claim;
use super::stated::Stated;
use super::values::Dimension;

/// A claim-level condition.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Publisher {
        bodies: RoaringBitmap,
        stated: Stated,
    },
    Dataset(RoaringBitmap),
    Theme(RoaringBitmap),
    Wave(RoaringBitmap),
    /// Claims made in none of these waves.
    NotOfWaves(RoaringBitmap),
    Grade(u8),
    Criticality(u8),
    Access(u8),
}

/// A claim-level condition with what it lets pass besides claims.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) dimension: Option<Dimension>,
    pub(super) test: Test,
    /// Organisations for which the value is unknown, where that was asked for: each of their claims passes.
    pub(super) unknown: RoaringBitmap,
    /// Organisations that pass without any claim: the unknown ones, and those that answered in a wave.
    pub(super) alone: RoaringBitmap,
    /// Organisations with a claim that passes, where a bitmap knows them: `unknown` and `alone` included.
    pub(super) any: Option<RoaringBitmap>,
}

/// The claim-level conditions of a filter. Of a use that was said in several waves the newest claim counts, among those
/// waves that the filter leaves: what a study or a wave found stays what it found when another asks again.
#[derive(Clone, Debug, Default)]
pub struct ClaimTest {
    pub(super) conditions: Vec<Condition>,
    pub(super) include_recovered: bool,
}

impl ClaimTest {
    /// Whether a claim counts and meets every condition.
    pub fn passes(&self, atlas: &Atlas, claim: &Claim) -> bool {
        claim.may_figure(self.include_recovered)
            && self.meets(atlas, claim)
            && newer(atlas, claim).all(|newer| !self.is_of_waves(atlas, newer))
    }

    /// The same where nothing but the claim's own wave is looked at besides.
    pub(crate) fn passes_in_its_wave(&self, atlas: &Atlas, claim: &Claim) -> bool {
        claim.may_figure(self.include_recovered)
            && self.meets(atlas, claim)
            && newer(atlas, claim).all(|newer| newer.wave != claim.wave)
    }

    fn meets(&self, atlas: &Atlas, claim: &Claim) -> bool {
        let mut conditions = self.conditions.iter();
        conditions
            .all(|condition| condition.meets(atlas, claim) || condition.unknown.contains(claim.organisation.get()))
    }

    /// Whether a claim is of an edition whose series its organisation claims too, among the waves that the filter leaves.
    pub fn is_covered(&self, atlas: &Atlas, claim: &Claim) -> bool {
        if !claim.is_covered() || !self.conditions.iter().any(Condition::is_of_waves) {
            return claim.is_covered();
        }
        let series = claim.dataset.and_then(|dataset| atlas.dataset(dataset).series).map(|(series, _)| series);
        let mut own = atlas.claims_of(claim.organisation).iter();
        own.any(|of| of.dataset == series && of.is_countable() && self.is_of_waves(atlas, of))
    }

    /// Whether a claim is of the waves that the filter leaves.
    fn is_of_waves(&self, atlas: &Atlas, claim: &Claim) -> bool {
        let mut of_waves = self.conditions.iter().filter(|condition| condition.is_of_waves());
        of_waves.all(|condition| condition.meets(atlas, claim))
    }

    /// Whether an organisation passes without any claim: nothing is asked of claims, or what it left open.
    pub(crate) fn lets_pass_alone(&self, org: OrgIx) -> bool {
        self.conditions.iter().all(|condition| condition.alone.contains(org.get()))
    }

    /// Whether a wave is another chapter's.
    pub(crate) fn leaves_out(&self, wave: WaveIx) -> bool {
        let mut tests = self.conditions.iter().map(|condition| &condition.test);
        tests.any(|test| matches!(test, Test::NotOfWaves(waves) if waves.contains(wave.get())))
    }

    /// Whether it asks for nothing but that claims count, recovered ones left out: what the bitmaps hold.
    pub fn is_plain(&self) -> bool {
        self.conditions.is_empty() && !self.include_recovered
    }

    pub(super) fn lets_pass(&self, atlas: &Atlas, org: OrgIx) -> bool {
        self.lets_pass_alone(org) || atlas.claims_of(org).iter().any(|claim| self.passes(atlas, claim))
    }
}

/// The newer claims of the same use, the next first.
fn newer<'a>(atlas: &'a Atlas, claim: &Claim) -> impl Iterator<Item = &'a Claim> {
    let claim_of = |ix: Option<ClaimIx>| ix.map(|ix| atlas.claim(ix));
    std::iter::successors(claim_of(claim.newer), move |claim| claim_of(claim.newer))
}

impl Condition {
    pub(super) fn plain(dimension: Option<Dimension>, test: Test, any: Option<RoaringBitmap>) -> Self {
        Self { dimension, test, unknown: RoaringBitmap::new(), alone: RoaringBitmap::new(), any }
    }

    pub(super) const fn is_of_waves(&self) -> bool {
        matches!(self.test, Test::Wave(_) | Test::NotOfWaves(_))
    }

    fn meets(&self, atlas: &Atlas, claim: &Claim) -> bool {
        match &self.test {
            Test::Publisher { bodies, stated } => {
                // A claim that names no body counts for none, whatever parent the survey states.
                if claim.publisher.is_none() {
                    return false;
                }
                let within = |body: Option<OrgIx>| body.is_some_and(|body| bodies.contains(body.get()));
                match stated {
                    Stated::Ignored => within(claim.publisher),
                    Stated::WhileUndecided => {
                        within(claim.publisher) || within(claim.stated) && atlas.counts_as_stated(claim)
                    }
                    Stated::Only => within(claim.stated.or(claim.publisher)),
                }
            }
            Test::Dataset(datasets) => claim.dataset.is_some_and(|dataset| datasets.contains(dataset.get())),
            Test::Theme(themes) => atlas.claim_themes(claim).any(|theme| themes.contains(theme.get())),
            Test::Wave(waves) => claim.wave.is_some_and(|wave| waves.contains(wave.get())),
            Test::NotOfWaves(waves) => claim.wave.is_none_or(|wave| !waves.contains(wave.get())),
            Test::Grade(bits) => bits & 1 << claim.grade.index() != 0,
            Test::Criticality(bits) => bits & 1 << claim.criticality.index() != 0,
            Test::Access(bits) => bits & 1 << claim.access_mode.index() != 0,
        }
    }
}

//! What a wave asked and what came back: one coverage per property, also for those that it did not ask.

use entity::vocabulary::{Attribute, Criticality, Missing};
use roaring::RoaringBitmap;

use crate::atlas::rows::Returned;
use crate::atlas::{Atlas, Coverage, Dimension, Filter, OrgIx, UNDISCLOSED_MINIMUM, Value, WaveIx};

/// The properties that a dimension knows whether an organisation has, whatever reason is stated.
const COUNTED: [Dimension; 8] = [
    Dimension::Sector,
    Dimension::Sdg,
    Dimension::Area,
    Dimension::Publisher,
    Dimension::Dataset,
    Dimension::Size,
    Dimension::Kind,
    Dimension::Model,
];

/// What uses tell by themselves, one by one as they become public.
const OF_USES: [Attribute; 3] = [Attribute::Dataset, Attribute::Criticality, Attribute::UsedSince];

/// How a property was answered in a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub coverage: Coverage,
    /// How many answers wait for somebody to look through them; `None` while others have been looked through. Of what uses
    /// tell one by one it is how many responses wait of which no public use tells it yet: they are in no other number. Of
    /// the rest these are among those that answered.
    pub pending: Option<u64>,
}

impl From<Coverage> for Answered {
    fn from(coverage: Coverage) -> Self {
        Self { coverage, pending: Some(0) }
    }
}

/// Whether how each question was answered is kept back: of few that sent their answers, whom all can name, and as long as
/// more may be sent, since the difference of two moments would be what the one between them has answered.
fn is_kept_back(returned: &Returned) -> bool {
    returned.sent < UNDISCLOSED_MINIMUM || !returned.is_complete
}

/// Whether it may be said of each question how many of its answers wait. Looking through one response is one revision,
/// which names its organisation: of two revisions, or of two moments, the difference would be how that one has answered.
/// So it is said as long as it is all, and once it is none.
fn is_told_apart(returned: &Returned) -> bool {
    let awaiting = returned.awaiting();
    awaiting == 0 || returned.sent <= awaiting
}

/// Of how many that took part in a wave a use which they declared in it says how much it matters, or since when it is.
fn said_of_uses(atlas: &Atlas, wave: WaveIx, organisations: &RoaringBitmap, attribute: Attribute) -> Coverage {
    let mut coverage = Coverage::none(attribute);
    for org in organisations.iter().map(OrgIx::new) {
        let is_said = atlas.claim_handles_of(org).any(|ix| {
            let claim = atlas.claim(ix);
            let says = match attribute {
                Attribute::UsedSince => atlas.claim_detail(ix).started.is_some(),
                _ => claim.criticality != Criticality::Unknown,
            };
            says && claim.wave == Some(wave) && claim.may_figure(false)
        });
        coverage.count((!is_said).then_some(Missing::NoAnswer));
    }
    coverage
}

/// Every property over those who took part in a wave, in the order of the vocabulary. What the wave did not ask
/// is in no denominator, whatever other waves have found out since. What came back of a wave that is answered here is told
/// once it is closed, from five that have sent their answers on; else, what uses tell anyway (docs/decisions/0016). While
/// answers are looked through, what waits is said apart from what nobody knows.
pub fn of_wave(atlas: &Atlas, wave: WaveIx) -> Vec<Answered> {
    let asked = &atlas.wave(wave).asked;
    let returned = atlas.wave(wave).returned.as_ref();
    let filter = Filter { wave: vec![atlas.str(atlas.wave(wave).slug).to_owned()], ..Filter::default() };
    let responders = atlas.responders(wave);
    // A use that was declared in a wave that is answered here may be public before the response has been looked through.
    let early = returned.map(|_| atlas.organisations_with(Dimension::Wave, Value::Wave(wave)) - &responders);
    let early = early.unwrap_or_default();
    let of_uses = |count: &dyn Fn(&RoaringBitmap) -> Coverage| -> Answered {
        let mut coverage = count(&responders);
        let Some(returned) = returned else { return coverage.into() };
        // What their uses do not tell is no gap yet: another of them may be decided on.
        let told = count(&early).answered;
        (coverage.answered, coverage.asked) = (coverage.answered + told, coverage.asked + told);
        let without = returned.without_uses;
        let partly = early.len().saturating_sub(told).min(returned.awaiting().saturating_sub(without));
        Answered { coverage, pending: Some(without + partly) }
    };
    let of = |&attribute: &Attribute| -> Answered {
        let mut missing = [0; 6];
        // A wave that is answered here says itself what came back, whatever was known of its organisations before.
        // Which of them name a dataset, and what is said of each use, their uses tell; where the rest is kept back also
        // whose data they name, which the head of the page says in any case.
        let is_told_by_uses = |returned: &Returned| {
            OF_USES.contains(&attribute) || (attribute == Attribute::Publisher && is_kept_back(returned))
        };
        if let Some(returned) = returned.filter(|returned| !is_told_by_uses(returned)) {
            let own = returned.answers.iter().find(|own| own.attribute == attribute);
            if own.is_some() && is_kept_back(returned) {
                missing[Missing::Suppressed.index()] = returned.sent;
                return Answered { coverage: Coverage { attribute, answered: 0, asked: 0, missing }, pending: None };
            }
            let Some(&own) = own else {
                if !asked.contains(&attribute) {
                    missing[Missing::NotAsked.index()] = returned.sent;
                }
                return Coverage { attribute, answered: 0, asked: 0, missing }.into();
            };
            let out = own.missing[Missing::NotAsked.index()] + own.missing[Missing::NotApplicable.index()];
            let asked = own.answered + own.missing.iter().sum::<u64>() - out;
            let coverage = Coverage { attribute, answered: own.answered, asked, missing: own.missing };
            return Answered { coverage, pending: is_told_apart(returned).then_some(own.awaiting) };
        }
        if !asked.contains(&attribute) {
            missing[Missing::NotAsked.index()] = responders.len() + early.len();
            return Coverage { attribute, answered: 0, asked: 0, missing }.into();
        }
        if returned.is_some() && matches!(attribute, Attribute::Criticality | Attribute::UsedSince) {
            return of_uses(&|organisations| said_of_uses(atlas, wave, organisations, attribute));
        }
        if let Some(&dimension) = COUNTED.iter().find(|dimension| dimension.attribute() == attribute) {
            return of_uses(&|organisations| atlas.coverage_of(&filter, organisations, dimension));
        }
        for org in responders.iter().map(OrgIx::new) {
            if let Some(code) = atlas.stated_missing(org, attribute) {
                missing[code.index()] += 1;
            }
        }
        let out = missing[Missing::NotAsked.index()] + missing[Missing::NotApplicable.index()];
        let answered = responders.len() - missing.iter().sum::<u64>();
        Coverage { attribute, answered, asked: responders.len() - out, missing }.into()
    };
    Attribute::ALL.iter().map(of).collect()
}

//! What a wave asked and what came back: one coverage per property, also for those that it did not ask.

use entity::vocabulary::{Attribute, Criticality, Missing};

use crate::atlas::{Atlas, Coverage, Dimension, Filter, OrgIx, UNDISCLOSED_MINIMUM, WaveIx};

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

/// Of how many that took part in a wave a use which they declared in it says how much it matters, or since when it is.
fn said_of_uses(atlas: &Atlas, wave: WaveIx, attribute: Attribute) -> Coverage {
    let mut coverage = Coverage::none(attribute);
    for org in atlas.responders(wave).iter().map(OrgIx::new) {
        let is_said = atlas.claim_handles_of(org).any(|ix| {
            let claim = atlas.claim(ix);
            let says = match attribute {
                Attribute::UsedSince => atlas.claim_detail(ix).started.is_some(),
                _ => claim.criticality != Criticality::Unknown,
            };
            says && claim.wave == Some(wave) && claim.figures(false)
        });
        coverage.count((!is_said).then_some(Missing::NoAnswer));
    }
    coverage
}

/// Every property over those who took part in a wave, in the order of the vocabulary. What the wave did not ask
/// is in no denominator, whatever other waves have found out since. What came back of a wave that is answered here is told
/// from five that have sent their answers on; of fewer, what uses tell anyway (docs/decisions/0016).
pub fn of_wave(atlas: &Atlas, wave: WaveIx) -> Vec<Coverage> {
    let asked = &atlas.wave(wave).asked;
    let returned = atlas.wave(wave).returned.as_ref();
    let filter = Filter { wave: vec![atlas.str(atlas.wave(wave).slug).to_owned()], ..Filter::default() };
    let organisations = atlas.responders(wave);
    let of = |&attribute: &Attribute| {
        let mut missing = [0; 6];
        // A wave that is answered here says itself what came back, whatever was known of its organisations before.
        // Which of them name a dataset, and what is said of each use, their uses tell; of few also whose data they name,
        // which the head of the page says in any case.
        let told_by_uses =
            |sent| OF_USES.contains(&attribute) || (attribute == Attribute::Publisher && sent < UNDISCLOSED_MINIMUM);
        if let Some(returned) = returned.filter(|returned| !told_by_uses(returned.sent)) {
            let own = returned.answers.iter().find(|(of, ..)| *of == attribute);
            // Who took part is listed: of few, the reason for no value is that of somebody whom all can name.
            if own.is_some() && returned.sent < UNDISCLOSED_MINIMUM {
                missing[Missing::Suppressed.index()] = returned.sent;
                return Coverage { attribute, answered: 0, asked: 0, missing };
            }
            let Some(&(_, answered, missing)) = own else {
                if !asked.contains(&attribute) {
                    missing[Missing::NotAsked.index()] = returned.sent;
                }
                return Coverage { attribute, answered: 0, asked: 0, missing };
            };
            let out = missing[Missing::NotAsked.index()] + missing[Missing::NotApplicable.index()];
            return Coverage { attribute, answered, asked: answered + missing.iter().sum::<u64>() - out, missing };
        }
        if !asked.contains(&attribute) {
            missing[Missing::NotAsked.index()] = organisations.len();
            return Coverage { attribute, answered: 0, asked: 0, missing };
        }
        if returned.is_some() && matches!(attribute, Attribute::Criticality | Attribute::UsedSince) {
            return said_of_uses(atlas, wave, attribute);
        }
        if let Some(&dimension) = COUNTED.iter().find(|dimension| dimension.attribute() == attribute) {
            return atlas.coverage_of(&filter, &organisations, dimension);
        }
        for org in organisations.iter().map(OrgIx::new) {
            if let Some(code) = atlas.stated_missing(org, attribute) {
                missing[code.index()] += 1;
            }
        }
        let out = missing[Missing::NotAsked.index()] + missing[Missing::NotApplicable.index()];
        let answered = organisations.len() - missing.iter().sum::<u64>();
        Coverage { attribute, answered, asked: organisations.len() - out, missing }
    };
    Attribute::ALL.iter().map(of).collect()
}

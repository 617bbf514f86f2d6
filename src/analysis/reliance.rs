//! What would break without some data: how much it matters to its users, since when they use it, what for, and
//! what they would do without it. Each answer says of how many it is known; what nobody was asked is no zero.

use chrono::Datelike;
use entity::vocabulary::{Attribute, Criticality, Missing, PublisherAck, UseType, WaveState};

use super::value::Counterfactual;
use super::{Figure, sealed};
use crate::atlas::{Answer, Atlas, Coverage, Dimension, Filter, OrgIx};
use crate::domain::instrument::{COUNTERFACTUAL, IF_STOPPED};

/// Distinct organisations by their answer, and how many answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally<T> {
    /// In the order of the answers, those that nobody gave included.
    pub rows: Vec<(T, u64)>,
    pub coverage: Coverage,
}

impl<T: Copy + Ord> Tally<T> {
    fn new(attribute: Attribute, answers: &[T]) -> Self {
        Self { rows: answers.iter().map(|&answer| (answer, 0)).collect(), coverage: Coverage::none(attribute) }
    }

    /// Counts an organisation once per answer of its own; without any, why there is none.
    fn add(&mut self, atlas: &Atlas, org: OrgIx, mut answers: Vec<T>) {
        answers.sort_unstable();
        answers.dedup();
        if answers.is_empty() {
            self.coverage.count(Some(atlas.missing_code(org, self.coverage.attribute)));
            return;
        }
        self.coverage.count(None);
        for answer in answers {
            match self.rows.iter_mut().find(|(of, _)| *of == answer) {
                Some((_, count)) => *count += 1,
                None => self.rows.push((answer, 1)),
            }
        }
    }
}

/// What hangs on the data of a selection's claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliance {
    pub figure: Figure,
    /// By what it is used for; an organisation may say several.
    pub use_types: Tally<UseType>,
    /// By the most that a use matters to the organisation.
    pub criticality: Tally<Criticality>,
    /// By the first year of use.
    pub since: Tally<i32>,
    /// By what would happen without government data as a whole: waves do not ask it of one body.
    pub if_stopped: Tally<Counterfactual>,
    /// Users whose use the publisher has confirmed.
    pub confirmed: u64,
}

/// What hangs on the data that a filter's claims are about. Answers for sums alone are counted in the record of today
/// alone (`is_now`): two counts of two days would give one of them away.
pub fn reliance(atlas: &Atlas, filter: &Filter, is_now: bool) -> Reliance {
    const WEIGHTS: [Criticality; 3] = [Criticality::Core, Criticality::Supporting, Criticality::Occasional];
    let selection = atlas.select(filter);
    let uses: Vec<UseType> = UseType::ALL.iter().copied().filter(|of| *of != UseType::Unknown).collect();
    let mut out = Reliance {
        figure: Figure::new(atlas, filter, &selection, Dimension::Publisher),
        use_types: Tally::new(Attribute::UseType, &uses),
        criticality: Tally::new(Attribute::Criticality, &WEIGHTS),
        since: Tally::new(Attribute::UsedSince, &[]),
        if_stopped: Tally::new(Attribute::IfStopped, &Counterfactual::ALL),
        confirmed: 0,
    };
    let mut stopped = Vec::new();
    for org in selection.organisations.iter().map(OrgIx::new) {
        let (mut types, mut weights, mut years, mut confirmed) = (Vec::new(), Vec::new(), Vec::new(), false);
        for (ix, claim) in selection.claims_of(atlas, org) {
            let detail = atlas.claim_detail(ix);
            types.extend(Some(detail.use_type).filter(|of| *of != UseType::Unknown));
            weights.extend(WEIGHTS.iter().position(|weight| *weight == claim.criticality));
            years.extend(detail.started.map(|date| date.on.year()));
            confirmed |= detail.publisher_ack == PublisherAck::Confirmed;
        }
        out.use_types.add(atlas, org, types);
        out.criticality.add(atlas, org, weights.into_iter().min().map(|at| WEIGHTS[at]).into_iter().collect());
        out.since.add(atlas, org, years.into_iter().min().into_iter().collect());
        stopped.push((org, if_stopped(atlas, org)));
        out.confirmed += u64::from(confirmed);
    }
    let in_confidence = |said: Option<Said>| said.filter(|said| said.is_sealed);
    let sealed: Vec<(OrgIx, Counterfactual)> =
        stopped.iter().filter_map(|&(org, said)| Some((org, in_confidence(said)?.answer))).collect();
    let answers = |org| in_confidence(if_stopped(atlas, org)).is_some();
    let may_tell = is_now && sealed::may_count(atlas, filter, &selection, &sealed, answers);
    for (org, said) in stopped {
        match said {
            Some(said) if said.is_sealed && !may_tell => out.if_stopped.coverage.count(Some(Missing::Suppressed)),
            said => out.if_stopped.add(atlas, org, said.map(|said| said.answer).into_iter().collect()),
        }
    }
    out.since.rows.sort_unstable();
    out
}

/// An answer, and whether it was given for sums alone.
#[derive(Clone, Copy)]
struct Said {
    answer: Counterfactual,
    is_sealed: bool,
}

/// What an organisation said last that it would do without government data; for sums alone, of the waves that are over:
/// while answers come in, a count would give away the one that came last.
fn if_stopped(atlas: &Atlas, org: OrgIx) -> Option<Said> {
    let is_over = |answer: &&Answer| !matches!(atlas.wave(answer.wave).state, WaveState::Draft | WaveState::Open);
    let open = atlas.answers_of(org).iter().map(|answer| (answer, false));
    let sealed = atlas.sealed_answers_of(org).iter().filter(is_over).map(|answer| (answer, true));
    let asked = |answer: &Answer| [IF_STOPPED, COUNTERFACTUAL].contains(&atlas.str(answer.question));
    let known = open.chain(sealed).filter(|(answer, _)| asked(answer)).filter_map(|(answer, is_sealed)| {
        let said = Counterfactual::from_answer(atlas.maybe(answer.value)?)?;
        Some((answer.wave, Said { answer: said, is_sealed }))
    });
    known.max_by_key(|(wave, _)| atlas.wave(*wave).opens_on).map(|(_, said)| said)
}

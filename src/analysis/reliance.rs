//! What would break without some data: how much it matters to its users, since when they use it, what for, and
//! what they would do without it. Each answer says of how many it is known; what nobody was asked is no zero.

use chrono::Datelike;
use entity::vocabulary::{Attribute, Criticality, PublisherAck, UseType};

use super::Figure;
use super::value::Counterfactual;
use crate::atlas::{Atlas, Coverage, Dimension, Filter, OrgIx};
use crate::domain::instrument::IF_STOPPED;

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

/// What hangs on the data that a filter's claims are about.
pub fn reliance(atlas: &Atlas, filter: &Filter) -> Reliance {
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
        out.if_stopped.add(atlas, org, if_stopped(atlas, org).into_iter().collect());
        out.confirmed += u64::from(confirmed);
    }
    out.since.rows.sort_unstable();
    out
}

/// What an organisation said last that it would do without government data.
fn if_stopped(atlas: &Atlas, org: OrgIx) -> Option<Counterfactual> {
    let answers = atlas.answers_of(org).iter().filter(|answer| atlas.str(answer.question) == IF_STOPPED);
    let known =
        answers.filter_map(|answer| Some((answer.wave, Counterfactual::from_word(atlas.maybe(answer.value)?)?)));
    known.max_by_key(|(wave, _)| atlas.wave(*wave).opens_on).map(|(_, answer)| answer)
}

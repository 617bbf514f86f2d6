//! The uses of a fictional organisation, of every grade, specificity and criticality.

use super::pick::{between, chance, one, weighted};
use super::study::{CONTRACT, NEWS, NOTE, SURVEY, WAVES, WEBSITE, both, day, opens, partial};
use super::world::{Offer, Target};
use crate::domain::draft::{ClaimDraft, EvidenceDraft, TargetDraft};
use crate::domain::grade::{Weighed, derive};
use chrono::Days;
use entity::vocabulary::{
    AccessMode, AssertedBy, ClaimStatus, Criticality, DatePrecision, Origin, Polarity, PublisherAck, SourceKind,
    UseType,
};
use rand_chacha::ChaCha8Rng;

/// The claims of an organisation that took part in these waves.
pub(super) fn make(rng: &mut ChaCha8Rng, offer: &Offer, waves: &[usize]) -> Vec<ClaimDraft> {
    let number = *weighted(rng, &[(0, 4), (1, 16), (2, 18), (3, 18), (5, 18), (7, 13), (10, 9), (16, 4)]);
    let mut out: Vec<ClaimDraft> = Vec::with_capacity(number);
    for _ in 0..number {
        let wave = *one(rng, waves);
        let claim = claim(rng, offer, wave);
        if !out.iter().any(|held| held.target == claim.target) {
            out.push(claim);
        }
    }
    out
}

fn claim(rng: &mut ChaCha8Rng, offer: &Offer, wave: usize) -> ClaimDraft {
    let (target, stated_publisher) = target(rng, offer);
    let (status, ack, evidence) = evidence(rng);
    let weighed: Vec<Weighed> =
        evidence.iter().map(|(kind, _, polarity)| Weighed { kind: *kind, polarity: *polarity }).collect();
    let since = opens(wave);
    ClaimDraft {
        target,
        stated_publisher,
        purpose: chance(rng, 40).then(|| {
            both("Uso ficticio: alimenta un tablero inventado.", "Fictional use: feeds an invented dashboard.")
        }),
        use_type: *one(rng, UseType::ALL),
        criticality: *weighted(
            rng,
            &[
                (Criticality::Core, 25),
                (Criticality::Supporting, 35),
                (Criticality::Occasional, 20),
                (Criticality::Unknown, 20),
            ],
        ),
        access_mode: *one(rng, AccessMode::ALL),
        started: chance(rng, 50).then(|| partial(day(between(rng, 2008, 2020) as i32, 1, 1), DatePrecision::Year)),
        last_observed_on: Some(since + Days::new(u64::from(between(rng, 0, 110)))),
        valid_from: Some(partial(since, DatePrecision::Day)),
        valid_to: (wave == 0 && chance(rng, 6)).then(|| partial(day(2023, 1, 1), DatePrecision::Year)),
        wave: Some(WAVES[wave].to_owned()),
        asserted_by: if weighed[0].kind == SourceKind::CuratorNote {
            AssertedBy::Curator
        } else {
            AssertedBy::SelfReported
        },
        origin: Origin::Declared,
        status,
        grade: derive(&weighed, ack, status),
        publisher_ack: ack,
        evidence: evidence
            .into_iter()
            .map(|(_, source, polarity)| EvidenceDraft {
                source: source.to_owned(),
                polarity,
                locator: Some("página ficticia 1".to_owned()),
                identity: None,
                quote: None,
            })
            .collect(),
    }
}

/// Three in ten name a dataset, a few of them a whole series; most name a body, some no more than a theme.
fn target(rng: &mut ChaCha8Rng, offer: &Offer) -> (TargetDraft, Option<String>) {
    let named = |target: &Target| {
        let key = target.key.clone();
        let draft = if target.is_series { TargetDraft::Series(key) } else { TargetDraft::Dataset(key) };
        (draft, Some(target.root.clone()))
    };
    match between(rng, 0, 99) {
        // A little above three in ten: popular datasets are drawn twice and merged.
        0..=31 => named(&offer.datasets[offer.dataset_weights.pick(rng)]),
        32..=87 => {
            let body = &offer.bodies[offer.body_weights.pick(rng)];
            (TargetDraft::Publisher(body.key.clone()), Some(body.root.clone()))
        }
        _ => {
            let theme = *one(rng, &["economics", "education", "transportation", "environment", "unspecified"]);
            (TargetDraft::Theme("od500_data_type".to_owned(), theme.to_owned()), None)
        }
    }
}

type Found = (SourceKind, &'static str, Polarity);

/// Evidence that leads to each grade, with status and acknowledgement.
fn evidence(rng: &mut ChaCha8Rng) -> (ClaimStatus, PublisherAck, Vec<Found>) {
    use Polarity::{Contradicts, Supports};
    let survey = (SourceKind::SurveyAnswer, SURVEY, Supports);
    let accepted = ClaimStatus::Accepted;
    match between(rng, 0, 99) {
        0..=9 => (accepted, PublisherAck::Confirmed, vec![survey]),
        10..=17 => {
            (accepted, PublisherAck::Requested, vec![survey, (SourceKind::ContractOrCitation, CONTRACT, Supports)])
        }
        18..=37 => (accepted, PublisherAck::None, vec![(SourceKind::OrganisationWebsite, WEBSITE, Supports), survey]),
        38..=70 => (accepted, PublisherAck::None, vec![survey]),
        71..=87 => (accepted, PublisherAck::None, vec![(SourceKind::CuratorNote, NOTE, Supports)]),
        88..=91 => (ClaimStatus::Proposed, PublisherAck::None, vec![survey]),
        92..=93 => (ClaimStatus::Expired, PublisherAck::None, vec![survey]),
        94 => (accepted, PublisherAck::NotRecognised, vec![survey]),
        _ => (ClaimStatus::Disputed, PublisherAck::None, vec![survey, (SourceKind::News, NEWS, Contradicts)]),
    }
}

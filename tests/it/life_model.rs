//! The lives of responses and of claims against models that remember what happened instead of a state: ten thousand
//! lives of chance each, and both agree at every step.

use entity::vocabulary::{ClaimStatus, ResponseStatus as Status};
use od100::domain::participation::{Step, advance, takes_answers};
use od100::domain::review::{Step as Move, after};
use rand::Rng;

use crate::chance::chance;

/// What has happened to a response.
#[expect(clippy::struct_excessive_bools, reason = "a model remembers what happened, one thing each")]
#[derive(Clone, Copy, Debug, Default)]
struct Life {
    is_asked: bool,
    is_begun: bool,
    is_saved: bool,
    is_sent: bool,
    is_looked_through: bool,
    /// Why it is out, where it is.
    out: Option<Status>,
}

impl Life {
    fn status(self) -> Status {
        match self {
            Self { out: Some(why), .. } => why,
            Self { is_looked_through: true, .. } => Status::Validated,
            Self { is_sent: true, .. } => Status::Submitted,
            Self { is_saved: true, .. } => Status::Partial,
            Self { is_begun: true, .. } => Status::Opened,
            Self { is_asked: true, .. } => Status::Invited,
            Self { .. } => Status::Identified,
        }
    }

    /// Whether it can still be answered.
    fn is_under_way(self) -> bool {
        self.is_asked && !self.is_sent && self.out.is_none()
    }

    /// What a step makes of it; `None` where it cannot follow.
    fn then(self, step: Step) -> Option<Self> {
        let is_in = self.out.is_none();
        match step {
            // One who would not, or was not found, may be asked again and begins anew.
            Step::Invite if matches!(self.out, Some(Status::Refused | Status::NoContact)) => {
                Some(Self { is_asked: true, ..Self::default() })
            }
            Step::Invite if is_in && !self.is_sent => Some(Self { is_asked: true, ..self }),
            Step::Open if self.is_under_way() => Some(Self { is_begun: true, ..self }),
            Step::Save if self.is_under_way() => Some(Self { is_saved: true, ..self }),
            Step::Submit if self.is_under_way() => Some(Self { is_sent: true, ..self }),
            Step::Validate if is_in && self.is_sent && !self.is_looked_through => {
                Some(Self { is_looked_through: true, ..self })
            }
            Step::Refuse if is_in && !self.is_sent => Some(Self { out: Some(Status::Refused), ..self }),
            Step::LoseContact if is_in && !self.is_begun && !self.is_saved && !self.is_sent => {
                Some(Self { out: Some(Status::NoContact), ..self })
            }
            Step::RuleOut if is_in => Some(Self { out: Some(Status::Ineligible), ..self }),
            Step::MarkDuplicate if is_in => Some(Self { out: Some(Status::Duplicate), ..self }),
            _ => None,
        }
    }
}

#[test]
fn ten_thousand_lives_of_responses_are_those_of_the_model() {
    let (seed, mut rng) = chance(26);
    let mut reached = std::collections::BTreeSet::new();
    for number in 0..10_000 {
        let (mut life, mut status) = (Life::default(), Status::Identified);
        let mut way = Vec::new();
        for _ in 0..rng.random_range(1..16) {
            let step = Step::ALL[rng.random_range(0..Step::ALL.len())];
            way.push(step);
            match (life.then(step), advance(status, step)) {
                (Some(next), Ok(after)) => (life, status) = (next, after),
                (None, Err(refused)) => assert_eq!(refused.0, status),
                (model, real) => panic!("seed {seed}, life {number}, {way:?}: {model:?} and {real:?}"),
            }
            assert_eq!(life.status(), status, "seed {seed}, life {number}, {way:?}");
            assert_eq!(life.is_under_way(), takes_answers(status), "seed {seed}, life {number}, {way:?}");
            reached.insert(status.as_str());
        }
    }
    assert_eq!(reached.len(), Status::ALL.len(), "every state was reached");
}

/// What has happened to a claim.
#[derive(Clone, Copy, Debug, Default)]
struct Claim {
    is_taken: bool,
    /// What was decided first.
    was_accepted: Option<bool>,
    is_disputed: bool,
    /// How it ended, where it did.
    end: Option<ClaimStatus>,
}

impl Claim {
    fn status(self) -> ClaimStatus {
        match self {
            Self { end: Some(end), .. } => end,
            Self { was_accepted: Some(false), .. } => ClaimStatus::Rejected,
            Self { is_disputed: true, .. } => ClaimStatus::Disputed,
            Self { was_accepted: Some(true), .. } => ClaimStatus::Accepted,
            Self { is_taken: true, .. } => ClaimStatus::UnderReview,
            Self { .. } => ClaimStatus::Proposed,
        }
    }

    /// What a step makes of it; `None` where it cannot follow.
    fn then(self, step: Move) -> Option<Self> {
        let is_waiting = self.was_accepted.is_none();
        let stands = self.was_accepted == Some(true) && self.end.is_none();
        match step {
            Move::Take if is_waiting && !self.is_taken => Some(Self { is_taken: true, ..self }),
            Move::Accept if is_waiting => Some(Self { was_accepted: Some(true), ..self }),
            Move::Accept if stands && self.is_disputed => Some(Self { is_disputed: false, ..self }),
            Move::Reject if is_waiting => Some(Self { was_accepted: Some(false), ..self }),
            Move::Dispute if stands && !self.is_disputed => Some(Self { is_disputed: true, ..self }),
            // What is disputed has to be settled before time or another claim takes its place.
            Move::Supersede if stands && !self.is_disputed => Some(Self { end: Some(ClaimStatus::Superseded), ..self }),
            Move::Expire if stands && !self.is_disputed => Some(Self { end: Some(ClaimStatus::Expired), ..self }),
            Move::Retract if stands => Some(Self { end: Some(ClaimStatus::Retracted), ..self }),
            _ => None,
        }
    }
}

#[test]
fn ten_thousand_lives_of_claims_are_those_of_the_model() {
    const MOVES: [Move; 7] =
        [Move::Take, Move::Accept, Move::Reject, Move::Dispute, Move::Supersede, Move::Retract, Move::Expire];
    let (seed, mut rng) = chance(27);
    let mut reached = std::collections::BTreeSet::new();
    for number in 0..10_000 {
        let (mut claim, mut status) = (Claim::default(), ClaimStatus::Proposed);
        let mut way = Vec::new();
        for _ in 0..rng.random_range(1..16) {
            let step = MOVES[rng.random_range(0..MOVES.len())];
            way.push(step);
            match (claim.then(step), after(status, step)) {
                (Some(next), Some(moved)) => (claim, status) = (next, moved),
                (None, None) => {}
                (model, real) => panic!("seed {seed}, claim {number}, {way:?}: {model:?} and {real:?}"),
            }
            assert_eq!(claim.status(), status, "seed {seed}, claim {number}, {way:?}");
            reached.insert(status.as_str());
        }
    }
    assert_eq!(reached.len(), ClaimStatus::ALL.len(), "every state was reached");
}

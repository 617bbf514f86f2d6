//! What a decision may do: the life of a claim, the life of a case, and the grade that follows from evidence and
//! verifications. Nothing here knows who asks.

mod content;

pub use content::{Cited, Field, Proposed, SECTORS, Subject, Target, check_cited, check_proposed};

use entity::vocabulary::{
    AssertedBy, CaseStatus, ClaimStatus, Grade, Polarity, PublisherAck, SourceKind, VerificationDecision,
    VerificationRole,
};

use super::grade::{Weighed, derive};

/// What is done to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Take,
    Accept,
    Reject,
    Dispute,
    Supersede,
    Retract,
    Expire,
}

/// The state of a claim after a step; `None` where the claim is in no state to take it.
///
/// proposed → under review → accepted or rejected; accepted ↔ disputed; accepted → superseded, retracted, expired.
/// What is disputed is retracted as what is accepted is.
pub fn after(status: ClaimStatus, step: Step) -> Option<ClaimStatus> {
    use ClaimStatus as S;
    Some(match (status, step) {
        (S::Proposed, Step::Take) => S::UnderReview,
        (S::Proposed | S::UnderReview | S::Disputed, Step::Accept) => S::Accepted,
        (S::Proposed | S::UnderReview, Step::Reject) => S::Rejected,
        (S::Accepted, Step::Dispute) => S::Disputed,
        (S::Accepted, Step::Supersede) => S::Superseded,
        (S::Accepted | S::Disputed, Step::Retract) => S::Retracted,
        (S::Accepted, Step::Expire) => S::Expired,
        _ => return None,
    })
}

/// Whether a case still waits for a decision.
pub fn is_open(status: CaseStatus) -> bool {
    matches!(status, CaseStatus::Open | CaseStatus::UnderReview | CaseStatus::Asked)
}

/// The latest verification of each side, as far as a grade needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    pub role: VerificationRole,
    pub decision: VerificationDecision,
}

/// All that the grade of a claim follows from.
#[derive(Clone, Debug)]
pub struct Grounds<'g> {
    pub evidence: &'g [Weighed],
    /// The latest of each side.
    pub verified: &'g [Verified],
    pub ack: PublisherAck,
    pub asserted_by: AssertedBy,
}

/// The grade of a claim. An organisation's confirmation counts as its own word, and its denial contradicts; answers that
/// were filled in at the desk are nobody's own word.
pub fn grade(grounds: &Grounds<'_>, status: ClaimStatus) -> Grade {
    use VerificationDecision as D;
    use VerificationRole as R;
    let at_desk = grounds.asserted_by == AssertedBy::Curator;
    let own = |kind| if at_desk && kind == SourceKind::SurveyAnswer { SourceKind::CuratorNote } else { kind };
    let mut evidence: Vec<Weighed> =
        grounds.evidence.iter().map(|one| Weighed { kind: own(one.kind), ..*one }).collect();
    let said = |role| grounds.verified.iter().find(|one| one.role == role).map(|one| one.decision);
    match said(R::Organisation) {
        Some(D::Confirmed) => {
            evidence.push(Weighed { kind: SourceKind::Interview, polarity: Polarity::Supports });
        }
        Some(D::NotRecognised) => {
            evidence.push(Weighed { kind: SourceKind::Interview, polarity: Polarity::Contradicts });
        }
        _ => {}
    }
    let ack = match said(R::Publisher) {
        Some(D::Confirmed) => PublisherAck::Confirmed,
        Some(D::NotRecognised) => PublisherAck::NotRecognised,
        _ => grounds.ack,
    };
    derive(&evidence, ack, status)
}

/// Whether anything supports a claim: without that it cannot be accepted.
pub fn is_supported(evidence: &[Weighed]) -> bool {
    evidence.iter().any(|one| one.polarity == Polarity::Supports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_moves_along_its_life_and_no_other_way() {
        use ClaimStatus as S;
        let steps =
            [Step::Take, Step::Accept, Step::Reject, Step::Dispute, Step::Supersede, Step::Retract, Step::Expire];
        let moves: Vec<(S, Step, S)> = S::ALL
            .iter()
            .flat_map(|from| steps.iter().filter_map(|step| Some((*from, *step, after(*from, *step)?))))
            .collect();
        assert_eq!(
            moves,
            [
                (S::Proposed, Step::Take, S::UnderReview),
                (S::Proposed, Step::Accept, S::Accepted),
                (S::Proposed, Step::Reject, S::Rejected),
                (S::UnderReview, Step::Accept, S::Accepted),
                (S::UnderReview, Step::Reject, S::Rejected),
                (S::Accepted, Step::Dispute, S::Disputed),
                (S::Accepted, Step::Supersede, S::Superseded),
                (S::Accepted, Step::Retract, S::Retracted),
                (S::Accepted, Step::Expire, S::Expired),
                (S::Disputed, Step::Accept, S::Accepted),
                (S::Disputed, Step::Retract, S::Retracted),
            ]
        );
    }

    #[test]
    fn the_grade_follows_evidence_and_the_latest_word_of_each_side() {
        use VerificationDecision::{CannotTell, Confirmed, NotRecognised};
        use VerificationRole::{Organisation, Publisher};
        let answer = [Weighed { kind: SourceKind::SurveyAnswer, polarity: Polarity::Supports }];
        let report = [Weighed { kind: SourceKind::Report, polarity: Polarity::Supports }];
        let (own, desk) = (AssertedBy::SelfReported, AssertedBy::Curator);
        for (evidence, verified, asserted_by, expected) in [
            (&answer[..], &[][..], own, Grade::C),
            (&answer, &[], desk, Grade::D),
            (&answer, &[(Organisation, Confirmed)], desk, Grade::C),
            (&answer, &[(Publisher, Confirmed)], own, Grade::A),
            (&report, &[], desk, Grade::B),
            (&report, &[(Organisation, Confirmed), (Publisher, Confirmed)], desk, Grade::A),
            (&report, &[(Organisation, NotRecognised)], desk, Grade::E),
            (&answer, &[(Publisher, NotRecognised)], own, Grade::E),
            (&answer, &[(Publisher, CannotTell)], own, Grade::C),
        ] {
            let verified: Vec<_> = verified.iter().map(|&(role, decision)| Verified { role, decision }).collect();
            let grounds = Grounds { evidence, verified: &verified, ack: PublisherAck::None, asserted_by };
            assert_eq!(grade(&grounds, ClaimStatus::Accepted), expected, "{grounds:?}");
            assert_eq!(grade(&grounds, ClaimStatus::Disputed), Grade::E);
        }
    }

    #[test]
    fn what_only_mentions_supports_nothing() {
        let one = |polarity| [Weighed { kind: SourceKind::News, polarity }];
        assert!(is_supported(&one(Polarity::Supports)));
        assert!(!is_supported(&one(Polarity::Mentions)) && !is_supported(&one(Polarity::Contradicts)));
        assert!(!is_supported(&[]));
    }
}

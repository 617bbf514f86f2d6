//! The grade of a use claim, derived from its evidence and never typed: who supports it, and whether
//! anybody contradicts it. Impact claims have levels instead; those are not derived here.

use entity::vocabulary::{ClaimStatus, Grade, Polarity, PublisherAck, SourceKind};

/// One piece of evidence, as far as the grade needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// What sort of source it is.
    pub kind: SourceKind,
    /// What it does to the claim.
    pub polarity: Polarity,
}

/// The grade of a claim with this evidence.
///
/// A: both sides support it. B: a public document names it, or the publisher alone confirms it. C: only the
/// organisation's own word. D: inference, or a legacy row without a source. E: contradicted, or disputed.
pub fn derive(evidence: &[Weighed], ack: PublisherAck, status: ClaimStatus) -> Grade {
    let contradicted = evidence.iter().any(|e| e.polarity == Polarity::Contradicts);
    if contradicted || ack == PublisherAck::NotRecognised || status == ClaimStatus::Disputed {
        return Grade::E;
    }
    let supports =
        |wanted: fn(SourceKind) -> bool| evidence.iter().any(|e| e.polarity == Polarity::Supports && wanted(e.kind));
    let publisher = ack == PublisherAck::Confirmed || supports(is_publisher_side);
    if publisher && supports(is_organisation_side) {
        Grade::A
    } else if publisher || supports(is_public_document) {
        Grade::B
    } else if supports(is_organisation_side) {
        Grade::C
    } else {
        Grade::D
    }
}

/// The organisation itself speaks.
fn is_organisation_side(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::SurveyAnswer | SourceKind::OrganisationWebsite | SourceKind::Interview)
}

/// The publisher, or a record that both signed, speaks.
fn is_publisher_side(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::ApiLog | SourceKind::ContractOrCitation | SourceKind::PublisherWebsite)
}

/// Anybody can read it.
fn is_public_document(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::OrganisationWebsite
            | SourceKind::Report
            | SourceKind::News
            | SourceKind::Academic
            | SourceKind::Catalogue
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grade_follows_the_evidence() {
        use Polarity::{Contradicts, Mentions, Supports};
        use SourceKind::{
            ApiLog, ContractOrCitation, LegacyImport, News, OrganisationWebsite, PublisherWebsite, SurveyAnswer,
        };
        let none = PublisherAck::None;
        for (evidence, ack, status, grade) in [
            (&[(SurveyAnswer, Supports), (ApiLog, Supports)][..], none, ClaimStatus::Accepted, Grade::A),
            (&[(SurveyAnswer, Supports)], PublisherAck::Confirmed, ClaimStatus::Accepted, Grade::A),
            (&[(ContractOrCitation, Supports), (News, Supports)], none, ClaimStatus::Accepted, Grade::B),
            (&[(OrganisationWebsite, Supports)], none, ClaimStatus::Accepted, Grade::B),
            (&[(PublisherWebsite, Supports)], none, ClaimStatus::Accepted, Grade::B),
            (&[(News, Supports)], none, ClaimStatus::Accepted, Grade::B),
            (&[(News, Mentions), (SurveyAnswer, Supports)], none, ClaimStatus::Accepted, Grade::C),
            (&[(SurveyAnswer, Supports)], PublisherAck::Requested, ClaimStatus::Accepted, Grade::C),
            (&[(LegacyImport, Supports)], none, ClaimStatus::Accepted, Grade::D),
            (&[], none, ClaimStatus::Accepted, Grade::D),
            // A publisher's word lifts a row without a source, but not to both sides.
            (&[(LegacyImport, Supports)], PublisherAck::Confirmed, ClaimStatus::Accepted, Grade::B),
            (&[], PublisherAck::Confirmed, ClaimStatus::Accepted, Grade::B),
            (&[(SurveyAnswer, Supports), (News, Contradicts)], none, ClaimStatus::Accepted, Grade::E),
            (&[(SurveyAnswer, Supports)], PublisherAck::NotRecognised, ClaimStatus::Accepted, Grade::E),
            (&[(SurveyAnswer, Supports)], PublisherAck::Confirmed, ClaimStatus::Disputed, Grade::E),
        ] {
            let weighed: Vec<Weighed> = evidence.iter().map(|&(kind, polarity)| Weighed { kind, polarity }).collect();
            assert_eq!(derive(&weighed, ack, status), grade, "{evidence:?} {ack:?} {status:?}");
        }
    }
}

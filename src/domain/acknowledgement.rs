//! What a publisher's answer makes of a claim. Answers are never changed: a later one stands in the place of an
//! earlier one, so that taking one back is answering again.

use entity::vocabulary::{AssertedBy, PublisherAck, SourceKind, VerificationDecision};

use super::text::one_line;
use super::violation::{Fault, Violation};

/// The longest note.
pub const LONGEST_NOTE: usize = 1_000;

/// How a claim stands with its publisher after an answer. Who corrects a claim or cannot tell has not confirmed it,
/// and has not denied it either.
pub fn after(decision: VerificationDecision) -> PublisherAck {
    match decision {
        VerificationDecision::Confirmed => PublisherAck::Confirmed,
        VerificationDecision::NotRecognised => PublisherAck::NotRecognised,
        VerificationDecision::Corrected | VerificationDecision::CannotTell => PublisherAck::None,
    }
}

/// What sort of source a piece of evidence is for a claim. The answers of a wave that somebody at the desk has filled
/// in are no words of the organisation's own.
pub fn weighed_as(kind: SourceKind, asserted_by: AssertedBy) -> SourceKind {
    match (kind, asserted_by) {
        (SourceKind::SurveyAnswer, AssertedBy::Curator) => SourceKind::CuratorNote,
        (kind, _) => kind,
    }
}

/// A note on one line of thought: trimmed, `None` when there is nothing in it.
pub fn note(text: Option<&str>, faults: &mut Vec<Violation>) -> Option<String> {
    let text = text.map(one_line).filter(|text| !text.is_empty())?;
    if text.chars().count() > LONGEST_NOTE {
        faults.push(Violation::new("note", format!("a note has at most {LONGEST_NOTE} characters")).of(Fault::TooLong));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use entity::vocabulary::{ClaimStatus, Grade, Polarity};

    use super::*;
    use crate::domain::grade::{Weighed, derive};

    #[test]
    fn answers_move_the_grade() {
        use VerificationDecision::{CannotTell, Confirmed, Corrected, NotRecognised};
        for (evidence, asserted_by, decision, grade) in [
            (SourceKind::SurveyAnswer, AssertedBy::SelfReported, Confirmed, Grade::A),
            (SourceKind::SurveyAnswer, AssertedBy::Curator, Confirmed, Grade::B),
            (SourceKind::LegacyImport, AssertedBy::Import, Confirmed, Grade::B),
            (SourceKind::OrganisationWebsite, AssertedBy::Curator, Confirmed, Grade::A),
            (SourceKind::SurveyAnswer, AssertedBy::SelfReported, Corrected, Grade::C),
            (SourceKind::SurveyAnswer, AssertedBy::SelfReported, CannotTell, Grade::C),
            (SourceKind::SurveyAnswer, AssertedBy::Curator, CannotTell, Grade::D),
            (SourceKind::SurveyAnswer, AssertedBy::SelfReported, NotRecognised, Grade::E),
        ] {
            let weighed = Weighed { kind: weighed_as(evidence, asserted_by), polarity: Polarity::Supports };
            let found = derive(&[weighed], after(decision), ClaimStatus::Accepted);
            assert_eq!(found, grade, "{evidence:?} by {asserted_by:?}, {decision:?}");
        }
    }

    #[test]
    fn notes_are_trimmed_and_bounded() {
        let mut faults = Vec::new();
        assert_eq!(note(Some("  yes \n"), &mut faults), Some("yes".to_owned()));
        assert_eq!(note(Some("  "), &mut faults), None);
        assert!(faults.is_empty());
        note(Some(&"x".repeat(LONGEST_NOTE + 1)), &mut faults);
        assert_eq!(faults[0].fault, Fault::TooLong);
    }
}

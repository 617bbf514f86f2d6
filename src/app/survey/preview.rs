//! What becomes public when the answers are sent and accepted: read from the same outcomes that are sent.

use entity::vocabulary::RowVisibility;

use super::answer::confirmed;
use super::claims::is_shown;
use crate::domain::instrument::{Answers, Instrument, outcomes};

/// The questions whose answers become public, in order; none where the organisation may not be shown.
pub fn public(instrument: &Instrument, answers: &Answers) -> Vec<String> {
    let outcomes = outcomes(instrument, &confirmed(answers));
    if !is_shown(&outcomes) {
        return Vec::new();
    }
    let mut questions: Vec<String> = Vec::new();
    for outcome in outcomes {
        if outcome.visibility == RowVisibility::Public
            && !matches!(outcome.claimed, crate::domain::instrument::Claimed::Consent { .. })
            && questions.last() != Some(&outcome.question)
        {
            questions.push(outcome.question);
        }
    }
    questions
}

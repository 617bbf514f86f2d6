//! What becomes public when the answers are sent and accepted: read from the same outcomes that are sent.

use entity::vocabulary::RowVisibility;

use super::answer::confirmed;
use super::claims::is_shown;
use crate::domain::instrument::{Answers, Claimed, Given, Instrument, asked, outcomes, reason, tells_why};

/// The questions whose answers become public, in order; none where the organisation may not be shown. A reason stands
/// with what it is the reason of, and "I don't know" is told where the question is one that all see the answer to.
pub fn public(instrument: &Instrument, answers: &Answers) -> Vec<String> {
    let answers = confirmed(answers);
    let outcomes = outcomes(instrument, &answers);
    if !is_shown(&outcomes) {
        return Vec::new();
    }
    let asked = asked(instrument, &answers);
    let mut public: Vec<&str> = Vec::new();
    for outcome in outcomes.iter().filter(|one| one.visibility == RowVisibility::Public) {
        match &outcome.claimed {
            Claimed::Consent { .. } => continue,
            Claimed::Impact { dimension, rationale: Some(_), .. } => {
                public.extend(reason(&asked, dimension).map(|question| question.key.as_str()));
            }
            _ => {}
        }
        public.push(&outcome.question);
    }
    let is_told = |key: &str| public.contains(&key);
    let is_why = |key: &str| {
        let (question, answer) = (instrument.question(key), answers.get(key));
        question.zip(answer).is_some_and(|(question, answer)| match answer.given {
            Given::Missing(missing) => tells_why(question, answer.visibility, missing).is_some(),
            Given::Value(_) => false,
        })
    };
    let keys = asked.iter().map(|question| question.key.as_str());
    keys.filter(|key| is_told(key) || is_why(key)).map(str::to_owned).collect()
}

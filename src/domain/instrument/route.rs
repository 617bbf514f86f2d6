//! The way through an instrument: what is asked given the answers so far, and how far somebody has come.

use std::collections::HashSet;

use super::{Answers, Instrument, Question};

/// The questions that are asked, in order. A question whose condition rests on one that is not asked is
/// judged as if that had no answer.
pub fn asked<'i>(instrument: &'i Instrument, answers: &Answers) -> Vec<&'i Question> {
    let mut so_far: HashSet<&str> = HashSet::new();
    let mut out = Vec::new();
    for question in instrument.questions() {
        let is_asked =
            question.asked_if.as_ref().is_none_or(|condition| condition.holds(answers, &|key| so_far.contains(key)));
        if is_asked {
            so_far.insert(&question.key);
            out.push(question);
        }
    }
    out
}

/// The questions that still need an answer before all can be sent.
pub fn left<'i>(instrument: &'i Instrument, answers: &Answers) -> Vec<&'i Question> {
    let mut asked = asked(instrument, answers);
    asked.retain(|question| question.required && !answers.contains_key(&question.key));
    asked
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Questions that are asked.
    pub asked: usize,
    /// Those of them with an answer, a reason for none included.
    pub answered: usize,
    /// Those of them that need an answer and have none.
    pub left: usize,
}

/// How far somebody has come.
pub fn progress(instrument: &Instrument, answers: &Answers) -> Progress {
    let asked = asked(instrument, answers);
    Progress {
        asked: asked.len(),
        answered: asked.iter().filter(|question| answers.contains_key(&question.key)).count(),
        left: left(instrument, answers).len(),
    }
}

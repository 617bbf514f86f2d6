//! When a question is asked: a small closed expression over earlier answers.

use serde::{Deserialize, Serialize};

use super::{Answers, Given};

/// A condition on earlier answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The question has an answer that is a value.
    Answered(String),
    /// The answer of a question chooses one of these.
    Chose {
        question: String,
        any_of: Vec<String>,
    },
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

impl Condition {
    /// Whether it holds. `counts` tells whether a question was asked at all: the answer of one that no longer
    /// is counts for nothing.
    pub fn holds(&self, answers: &Answers, counts: &dyn Fn(&str) -> bool) -> bool {
        let value = |question: &str| {
            answers.get(question).filter(|_| counts(question)).and_then(|answer| match &answer.given {
                Given::Value(value) => Some(value),
                Given::Missing(_) => None,
            })
        };
        match self {
            Self::Answered(question) => value(question).is_some(),
            Self::Chose { question, any_of } => {
                value(question).is_some_and(|value| value.chosen().iter().any(|id| any_of.iter().any(|one| one == id)))
            }
            Self::Not(one) => !one.holds(answers, counts),
            Self::All(all) => all.iter().all(|one| one.holds(answers, counts)),
            Self::Any(any) => any.iter().any(|one| one.holds(answers, counts)),
        }
    }

    /// Calls `found` with each question that it asks about and the ids it compares.
    pub fn each(&self, found: &mut dyn FnMut(&str, &[String])) {
        match self {
            Self::Answered(question) => found(question, &[]),
            Self::Chose { question, any_of } => found(question, any_of),
            Self::Not(one) => one.each(found),
            Self::All(of) | Self::Any(of) => {
                for one in of {
                    one.each(found);
                }
            }
        }
    }

    /// How deep conditions stand in conditions.
    pub fn depth(&self) -> usize {
        1 + match self {
            Self::Answered(_) | Self::Chose { .. } => 0,
            Self::Not(one) => one.depth(),
            Self::All(of) | Self::Any(of) => of.iter().map(Self::depth).max().unwrap_or_default(),
        }
    }
}

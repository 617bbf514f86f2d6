//! A questionnaire as data: what it asks, what may be answered, which questions follow, and what an answer
//! says about the organisation. Codes of questions and options are stable; only their wording is translated.

mod answer;
mod check;
mod condition;
mod country;
mod edit;
mod measure;
mod model;
mod outcome;
mod revision;
mod route;
mod value;

pub use answer::{AHEAD, ahead_of, check_answer, check_sent, contact_of, is_year, word_count};
pub use check::check;
pub use condition::Condition;
pub use country::Lists;
pub use edit::{Edit, NewKind, Reworded};
pub use measure::{IF_STOPPED, asked_by, is_for_sums, tells, tells_why};
pub use model::{
    Band, Choice, ConsentTo, GridOf, Instrument, Kind, Question, Step, Target, TextForm, Version, Wording, says,
};
pub use outcome::{Claimed, Outcome, outcomes, reason};
pub use revision::revision;
pub use route::{Progress, asked, left, progress};
pub use value::{Answer, Answers, Given, Named, Use, Value, Wanted, take_language};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

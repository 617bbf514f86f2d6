//! The rules of requests for data: how one moves on, when an answer is due, and what a request has to say.

mod due;
mod heat;
mod status;
mod wanted;

pub use due::{LONGEST_TERM, due};
pub use heat::{Supporter, age_months};
pub use status::{IllegalStep, Step, advance, is_answered, is_open, is_settled};
pub use wanted::{MOST_THEMES, THEMES, Text, Wish, themes, wish};

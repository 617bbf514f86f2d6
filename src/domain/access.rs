//! Who may do what: actors, what they are trusted with, what they want to do, and the one function that
//! decides. Nothing here asks a database; whoever calls says what the object is.

mod action;
mod actor;
mod object;
mod policy;

pub use action::Action;
pub use actor::{Account, Actor, Grant, Respondent, Scope, is_staffs};
pub use object::Object;
pub use policy::{Terms, Verdict, is_second_person, may, might, might_awake};

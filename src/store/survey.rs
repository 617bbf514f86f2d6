//! Studies under way: instruments, waves, invitations, what is being answered, and what was sent.

pub mod draft;
pub mod hand;
pub mod instrument;
pub mod invitation;
pub mod invite_draft;
pub mod letter_wish;
pub mod organisation;
pub mod respondent;
pub mod response;
pub mod sent;
pub mod study;

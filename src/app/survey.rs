//! Surveys: instruments, waves, invitations, answering and what comes of it.

pub mod answer;
pub(in crate::app) mod claims;
pub mod contact_log;
mod fate;
pub(in crate::app) mod hand;
pub mod instrument;
pub mod invite;
pub mod invite_draft;
pub(crate) mod letter;
pub mod link;
mod missing;
pub mod nominate;
mod person;
mod prefill;
pub mod preview;
pub mod published;
pub mod remind;
pub mod renew;
pub mod response;
mod revision;
pub mod save;
mod standing;
pub mod study;
mod willing;

use chrono::{DateTime, Utc};
use entity::id::{ResponseId, StudyId, WaveId};
use entity::vocabulary::ResponseStatus;

use super::{Context, Error};
use crate::domain::access::Object;
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::response::Move;
use crate::store::survey::study::Wave;

/// Something of a study, which only those who run it may know of.
pub(in crate::app) fn of_study(study: StudyId, at: DateTime<Utc>) -> Object {
    Object::hidden(at).in_study(study)
}

/// A wave of which only those who run its study know all.
async fn wave(ctx: &Context, id: WaveId) -> Result<Wave, Error> {
    crate::store::survey::study::wave(&ctx.db, id).await?.ok_or(Error::NotFound)
}

/// Why nobody is invited into a wave, and nobody answers in it.
fn not_open() -> Error {
    let message = "this wave is not open: organisations are invited and answer from its opening until its last day";
    Error::Conflict(message.to_owned())
}

/// A move of a response at a moment.
fn a_move(ctx: &Context, (from, to): (ResponseStatus, ResponseStatus), at: DateTime<Utc>) -> Move {
    Move { from, to, at, version: ResponseId(ctx.id()) }
}

/// A text in one line, or what is wrong with it.
fn named(field: &str, text: &str, longest: usize, faults: &mut Vec<Violation>) -> String {
    let text = crate::domain::text::one_line(text);
    if text.is_empty() {
        faults.push(Violation::new(field, "this is needed").of(Fault::Missing));
    } else if text.chars().count() > longest {
        faults.push(Violation::new(field, format!("this has at most {longest} characters")).of(Fault::TooLong));
    }
    text
}

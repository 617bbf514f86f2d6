//! When a form was shown, in a form that nobody else can have made: programs that fill one in at once are told from
//! people. No two forms have the same stamp, so one that is sent twice is known again by it.

use std::sync::OnceLock;

use crate::app::Context;
use crate::domain::secret::{Secret, digest};

/// Nobody fills a form in faster, in seconds.
const FASTEST: i64 = 3;
/// And an older form is made anew.
const OLDEST: i64 = 6 * 60 * 60;

/// The stamp of a form about something, shown now.
pub(super) fn stamp(ctx: &Context, what: &str) -> String {
    let (at, own) = (ctx.now().timestamp(), ctx.secret());
    format!("{at}.{}.{}", own.expose(), mark(ctx, what, at, own.expose()))
}

/// Whether a stamp was made here, and not too short or too long ago for a person.
pub(super) fn is_human(ctx: &Context, what: &str, value: &str) -> bool {
    let mut parts = value.splitn(3, '.');
    let (Some(at), Some(own), Some(given)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let Ok(at) = at.parse::<i64>() else { return false };
    let age = ctx.now().timestamp().saturating_sub(at);
    Secret::parse(own).is_some() && mark(ctx, what, at, own) == given && (FASTEST..OLDEST).contains(&age)
}

fn mark(ctx: &Context, what: &str, at: i64, own: &str) -> String {
    static KEY: OnceLock<String> = OnceLock::new();
    let key = KEY.get_or_init(|| ctx.secret().digest());
    digest(&[key.as_bytes(), what.as_bytes(), &at.to_le_bytes(), own.as_bytes()])
}

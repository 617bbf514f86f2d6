//! Checks the history of a record: a row that was changed past the program breaks its chain.

use uuid::Uuid;

use super::write::link_digest;
use super::{Context, Error};
use crate::domain::history::content_digest;
use crate::store;

/// How many changes are read at a time.
const PAGE: u64 = 500;

/// Walks the chain of a subject; the number of the first change that does not hang on the one before, or
/// whose words are not those it was written with. Erased words are no fault.
pub async fn broken_at(ctx: &Context, subject: Uuid) -> Result<Option<i64>, Error> {
    let (mut number, mut digest) = (0, String::new());
    loop {
        let rows = store::history::of(&ctx.db, subject, number, PAGE).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        for row in rows {
            let words = row.salt.as_ref().is_none_or(|salt| {
                content_digest(salt, row.before.as_deref(), row.after.as_deref()) == row.content_digest
            });
            if row.number != number + 1 || !words || link_digest(&digest, &row) != row.digest {
                return Ok(Some(row.number));
            }
            (number, digest) = (row.number, row.digest);
        }
    }
}

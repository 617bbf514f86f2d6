//! Takes a merge, a split or a series back: every row stands again as it stood, unless one of them has been changed
//! since.

use std::collections::BTreeMap;

use entity::id::{OrganisationId, RearrangementId, ResponseId};
use entity::vocabulary::{RearrangementKind, ResponseStatus};
use serde_json::json;
use uuid::Uuid;

use super::super::permit::permit;
use super::super::survey::letter;
use super::super::write::{Change, Write};
use super::super::{Context, Error};
use super::frame::Kept;
use super::{LONGEST_REASON, Rearrangement};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::contact::contact_fault;
use crate::domain::participation::takes_answers;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store::edit::Restored;
use crate::store::fact::table_named;
use crate::store::survey::response::{self as responses, Response};
use crate::store::{self, rearrangement};

/// Takes one back.
pub async fn undo(ctx: &Context, actor: &Actor, id: RearrangementId, reason: &str) -> Result<Rearrangement, Error> {
    permit(actor, Action::DecideClaim, &Object::platform(ctx.now()))?;
    let reason: &str = &one_line(reason);
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        let fault = if reason.is_empty() { Fault::Missing } else { Fault::TooLong };
        let message = format!("say why, in 1 to {LONGEST_REASON} characters; the reason stands in the public history");
        return Err(Violation::new("reason", message).of(fault).into());
    }
    if let Some(fault) = contact_fault("reason", reason) {
        return Err(fault.into());
    }
    let Some(by) = actor.id() else { return Err(Error::Unauthenticated) };
    let mut write = Write::begin(ctx, actor).await?;
    let row = rearrangement::locked(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    if !rearrangement::mark_undone(write.transaction(), id, write.at(), by).await? {
        return Err(Error::Conflict("this has been taken back already".to_owned()));
    }
    let kept: Kept = serde_json::from_str(&row.images).map_err(|error| Error::Internal(error.into()))?;
    refuse_orphans(&write, &row, &kept).await?;
    put_back(ctx, &mut write, &row, &kept).await?;
    addresses(&write, &row, &kept).await?;
    store::follow::come_back(write.transaction(), &kept.followed, row.kept_id, row.other_id).await?;
    let (kept_title, other_title) = &kept.titles;
    let says = json!({ "kind": row.kind.as_str(), "kept": kept_title, "other": other_title });
    for subject in [row.kept_id, row.other_id] {
        write.change(Change {
            kind: "rearrangement",
            record: id.0,
            subject,
            is_public: false,
            before: Some(says.clone()),
            after: None,
        });
    }
    rearrangement::forget_names(write.transaction(), id).await?;
    store::matching::reopen(write.transaction(), row.kind, (row.kept_id, row.other_id)).await?;
    write.commit(reason, &id.0).await?;
    rearrangement::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)
}

/// What was made by a split has to be without anything that came since.
async fn refuse_orphans(write: &Write<'_>, row: &Rearrangement, kept: &Kept) -> Result<(), Error> {
    let added: Vec<(&str, Uuid)> = kept
        .images
        .iter()
        .filter(|image| image.before.is_none())
        .map(|image| (image.table.as_str(), image.id))
        .collect();
    for (table, id) in added {
        let ours: Vec<Uuid> = kept.images.iter().map(|image| image.id).collect();
        if rearrangement::is_referred_to(write.transaction(), table, id, &ours).await? {
            return Err(Error::Conflict(format!(
                "the record that this {} made has got claims or data of its own since; move those first",
                row.kind.as_str().replace('_', " ")
            )));
        }
    }
    Ok(())
}

async fn put_back(ctx: &Context, write: &mut Write<'_>, row: &Rearrangement, kept: &Kept) -> Result<(), Error> {
    let mut by_table: BTreeMap<&str, Vec<(Uuid, Option<serde_json::Value>)>> = BTreeMap::new();
    // What was done last is taken back first: a row that made room for another comes back once that has left.
    for image in kept.images.iter().rev() {
        by_table.entry(&image.table).or_default().push((image.id, image.before.clone()));
    }
    // Parents first, so that nothing hangs on a record that is not there yet.
    for table in store::fact::TABLES {
        let Some(images) = by_table.remove(table) else { continue };
        let restored = if *table == "response" {
            responses_back(ctx, write, row, images).await?
        } else {
            let times = (row.done_at, write.at());
            rearrangement::take_back(write.transaction(), table, &images, || ctx.id(), times).await?
        };
        let Some(restored) = restored else {
            return Err(Error::Conflict(
                "something that came along has been changed since; take that change back first".to_owned(),
            ));
        };
        for one in restored {
            let subject = subject_of(one.after.as_ref().or(one.before.as_ref())).unwrap_or(row.kept_id);
            write.change(Change {
                kind: table,
                record: one.record,
                subject,
                is_public: true,
                before: one.before,
                after: one.after,
            });
        }
    }
    for (table, id) in &kept.touched {
        if let Some(table) = table_named(table) {
            write.touch(table, *id);
        }
    }
    Ok(())
}

/// Who is asked for answers may have begun to give them since: that is no change of the merge, and is not lost with it.
async fn responses_back(
    ctx: &Context,
    write: &Write<'_>,
    row: &Rearrangement,
    images: Vec<(Uuid, Option<serde_json::Value>)>,
) -> Result<Option<Vec<Restored>>, Error> {
    // A merge makes no response.
    let images = images.into_iter().filter_map(|(_, before)| before);
    let before: Result<Vec<Response>, _> = images.map(serde_json::from_value).collect();
    let before = before.map_err(|error| Error::Internal(error.into()))?;
    let merged = (OrganisationId(row.kept_id), OrganisationId(row.other_id));
    let done = responses::take_back(write.transaction(), before, merged, (write.at(), || ctx.id())).await?;
    // Who was not written to because the merge had made its response double is written to after all.
    let again = done.iter().flatten().filter(|one| is_wanted_again(one)).map(|one| ResponseId(one.record));
    letter::wait_again(write, again.collect::<Vec<_>>(), row.done_at).await?;
    Ok(done)
}

/// Whether a response was double and takes answers again.
fn is_wanted_again(one: &Restored) -> bool {
    let status = |row: &Option<serde_json::Value>| {
        row.as_ref().and_then(|row| serde_json::from_value::<Response>(row.clone()).ok()).map(|row| row.status)
    };
    status(&one.before) == Some(ResponseStatus::Duplicate) && status(&one.after).is_some_and(takes_answers)
}

/// Whose history a row belongs to: what it hangs on, or itself.
fn subject_of(row: Option<&serde_json::Value>) -> Option<Uuid> {
    let row = row?;
    let named = |column: &str| row.get(column).and_then(|value| value.as_str()).and_then(|text| text.parse().ok());
    ["organisation_id", "from_id", "dataset_id", "use_claim_id", "impact_claim_id", "entity_id"]
        .into_iter()
        .find_map(named)
}

async fn addresses(write: &Write<'_>, row: &Rearrangement, kept: &Kept) -> Result<(), Error> {
    let transaction = write.transaction();
    for (kind, slug) in &kept.led {
        rearrangement::lead_no_more(transaction, kind, slug).await?;
    }
    let kind = match row.kind {
        RearrangementKind::OrganisationMerge | RearrangementKind::OrganisationSplit => "organisation",
        _ => "dataset",
    };
    let slugs: Vec<String> = kept.led_on.iter().map(|(_, slug)| slug.clone()).collect();
    Ok(rearrangement::lead_back(transaction, kind, &slugs, row.other_id).await?)
}

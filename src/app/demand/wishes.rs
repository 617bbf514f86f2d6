//! The wishes of surveys: a curator makes requests of them, or adds them to those there are.

use entity::id::{DataRequestId, ProposalId};
use entity::vocabulary::{BlockingReason, ClaimStatus, RequestOrigin, RowVisibility};

use super::{Request, Whose, add_support, submit};
use crate::app::permit::permit;
use crate::app::survey::hand;
use crate::app::write::{Change, Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::demand::{Wish, is_settled};
use crate::domain::instrument::{Wanted, take_language};
use crate::domain::violation::Violation;
use crate::store;
pub use crate::store::demand::wish::Wish as Row;
use crate::store::review::On;

/// Wishes on one page.
const SHOWN: u64 = 100;

/// A wish, and what it says.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub row: Row,
    pub wanted: Wanted,
}

/// The wishes that wait, the oldest first.
pub async fn waiting(ctx: &Context, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    permit(actor, Action::TriageRequest, &Object::hidden(ctx.now()))?;
    let rows = store::demand::wish::waiting(&ctx.db, SHOWN).await?;
    rows.into_iter().map(|row| Ok(Waiting { wanted: read(&row)?, row })).collect()
}

fn read(row: &Row) -> Result<Wanted, Error> {
    spoken(row).map(|(wanted, _)| wanted)
}

/// What is wished for, and the language in which it was written.
fn spoken(row: &Row) -> Result<(Wanted, &'static str), Error> {
    let content = serde_json::from_str(&row.content);
    let mut content: serde_json::Value = content.map_err(|error| Error::Internal(error.into()))?;
    let lang = take_language(&mut content);
    let wanted = serde_json::from_value(content).map_err(|error| Error::Internal(error.into()))?;
    Ok((wanted, lang))
}

/// Makes a request of a wish, which then waits to be shown, or adds its organisation to those who support a request
/// of the board.
pub async fn take(
    ctx: &Context,
    actor: &Actor,
    id: ProposalId,
    into: Option<&str>,
    key: Option<&str>,
) -> Result<Request, Error> {
    permit(actor, Action::TriageRequest, &Object::hidden(ctx.now()))?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated(Once { mutation: "requestTakeWish", key }, &(id, into)).await? {
        let found = store::demand::request::by_id_in(write.transaction(), DataRequestId(before)).await?;
        return found.ok_or(Error::NotFound);
    }
    let row = store::demand::wish::by_id(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    hand::apart(On::Write(write.transaction()), actor, Some(row.response_id)).await?;
    let request = if let Some(slug) = into.filter(|slug| !slug.is_empty()) {
        existing(&write, slug).await?
    } else {
        let (wanted, lang) = spoken(&row)?;
        let blocking = wanted.reason.unwrap_or(BlockingReason::NotPublished);
        let publisher = wanted.publisher.filter(|name| !name.trim().is_empty());
        let wish = Wish {
            title: wanted.title,
            description: publisher,
            purpose: wanted.purpose,
            frequency: None,
            format: None,
            blocking,
            lang: lang.to_owned(),
        };
        let request = submit::row(ctx, &write, wish, RequestOrigin::SurveyWishlist);
        let request = Request { organisation_id: Some(row.organisation_id), wave_id: Some(row.wave_id), ..request };
        submit::insert(&mut write, &request).await?;
        request
    };
    let on = row.created_at.date_naive();
    // Who may be named is decided by the answer: without consent it is counted and not named.
    let visibility =
        if row.visibility == RowVisibility::Public { RowVisibility::Public } else { RowVisibility::AggregateOnly };
    let whose = Whose::Organisation(row.organisation_id);
    add_support(&mut write, &request, whose, (visibility, false, None), on).await?;
    decide(&mut write, &row, ClaimStatus::Accepted).await?;
    write.commit("wish taken in", &request.entity_id.0).await?;
    Ok(request)
}

async fn existing(write: &Write<'_>, slug: &str) -> Result<Request, Error> {
    let found = store::demand::request::by_slug_in(write.transaction(), slug).await?;
    found
        .filter(|request| !is_settled(request.status))
        .ok_or_else(|| Violation::new("into", "there is no open request of this address on the board").into())
}

/// Says that a wish is no request.
pub async fn dismiss(ctx: &Context, actor: &Actor, id: ProposalId, reason: &str) -> Result<(), Error> {
    permit(actor, Action::TriageRequest, &Object::hidden(ctx.now()))?;
    let reason = crate::domain::text::one_line(reason);
    if reason.is_empty() {
        return Err(super::missing("reason"));
    }
    let reason: String = reason.chars().take(300).collect();
    let mut write = Write::begin(ctx, actor).await?;
    let row = store::demand::wish::by_id(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    hand::apart(On::Write(write.transaction()), actor, Some(row.response_id)).await?;
    decide(&mut write, &row, ClaimStatus::Rejected).await?;
    write.commit(&reason, &()).await?;
    Ok(())
}

async fn decide(write: &mut Write<'_>, row: &Row, to: ClaimStatus) -> Result<(), Error> {
    let by = (write.at(), write.actor_id());
    if !store::demand::wish::decide(write.transaction(), row.id, to, by).await? {
        return Err(Error::Conflict("somebody has decided about this wish already".to_owned()));
    }
    let image = |status: ClaimStatus| Some(serde_json::json!({ "status": status.as_str() }));
    write.change(Change {
        kind: "proposal",
        record: row.id.0,
        subject: row.organisation_id.0,
        is_public: false,
        before: image(row.status),
        after: image(to),
    });
    Ok(())
}

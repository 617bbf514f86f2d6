//! Anybody may say that something on a page is wrong, without an account. What is reported waits in the queue.

use std::net::IpAddr;
use std::sync::LazyLock;

use entity::id::OrganisationId;
use entity::vocabulary::{CaseKind, Consent, RowVisibility};

use super::Case;
use super::intake::{open, opened};
use crate::app::door::Door;
use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::instrument::mentions_a_person;
use crate::domain::review::{Proposed, check_proposed};
use crate::store::review::{On, facts};

/// Reports from one address within an hour, and from all.
const MOST_PER_ADDRESS: usize = 5;
/// See above.
const MOST: usize = 60;

/// The door of this process for reports.
pub fn door() -> &'static Door {
    static DOOR: LazyLock<Door> = LazyLock::new(|| Door::new(MOST_PER_ADDRESS, MOST));
    &DOOR
}

/// Takes a report about a page of this site.
pub async fn report(
    ctx: &Context,
    door: &Door,
    from: IpAddr,
    actor: &Actor,
    (path, text): (&str, &str),
) -> Result<Case, Error> {
    permit(actor, Action::ReportError, &Object::platform(ctx.now()))?;
    let path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
    let content = check_proposed(Proposed::ErrorReport { path: path.clone(), text: text.to_owned() });
    let content = content.map_err(Error::Invalid)?;
    door.enter(from, ctx.now()).map_err(Error::TooMany)?;
    let write = Write::begin(ctx, actor).await?;
    let mut case = opened(&write, ctx.id(), CaseKind::ErrorReport, RowVisibility::Public);
    case.mentions_person = mentions_a_person(text);
    case.content = Some(serde_json::to_string(&content).map_err(|error| Error::Internal(error.into()))?);
    concerning(On::Write(write.transaction()), &path, &mut case).await?;
    let case = open(&write, ctx, case).await?;
    write.commit("error reported", &()).await?;
    Ok(case)
}

/// Notes which record the page shows, so that the report is found beside it.
async fn concerning(on: On<'_>, path: &str, case: &mut Case) -> Result<(), Error> {
    let mut parts = path.trim_start_matches('/').split('/');
    let (Some(kind), Some(slug)) = (parts.next(), parts.next()) else { return Ok(()) };
    match kind {
        "organisations" | "publishers" => {
            let found = facts::organisation_at(on, slug).await?;
            let shown = found.filter(|row| row.visibility == RowVisibility::Public && row.consent != Consent::No);
            let id: Option<OrganisationId> = shown.map(|row| row.entity_id);
            case.subject_id = id.map(|id| id.0);
            if kind == "publishers" { case.publisher_id = id } else { case.organisation_id = id }
        }
        "datasets" => {
            let found = facts::dataset_at(on, slug).await?.filter(|row| row.visibility == RowVisibility::Public);
            case.publisher_id = found.as_ref().map(|row| row.publisher_id);
            case.subject_id = found.map(|row| row.entity_id.0);
        }
        _ => {}
    }
    Ok(())
}

//! Anybody may say that something on a page is wrong, without an account. What is reported waits in the queue.

use std::net::IpAddr;
use std::sync::LazyLock;

use entity::id::OrganisationId;
use entity::vocabulary::{CaseKind, Consent, RowVisibility};
use serde::Serialize;

use super::Case;
use super::intake::{open, opened};
use super::pages;
use crate::app::door::Door;
use crate::app::permit::permit;
use crate::app::write::{Once, Write, answered};
use crate::app::{Context, Error};
use crate::atlas::Atlas;
use crate::domain::access::{Action, Actor, Object};
use crate::domain::contact::mentions_a_person;
use crate::domain::review::{Proposed, check_proposed};
use crate::domain::violation::Violation;
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

/// What somebody reports, as it was typed.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Said<'a> {
    /// The page.
    pub path: &'a str,
    /// What is wrong on it.
    pub text: &'a str,
}

/// Takes a report about a page of this site; the same one sent twice with a key is one.
pub async fn report(
    (ctx, atlas): (&Context, &Atlas),
    (door, from): (&Door, IpAddr),
    actor: &Actor,
    said: Said<'_>,
    key: Option<&str>,
) -> Result<(), Error> {
    permit(actor, Action::ReportError, &Object::platform(ctx.now()))?;
    let path = said.path.split(['?', '#']).next().unwrap_or_default().to_owned();
    let content = check_proposed(Proposed::ErrorReport { path: path.clone(), text: said.text.to_owned() });
    let mut faults = content.as_ref().err().cloned().unwrap_or_default();
    if !faults.iter().any(|fault| fault.field == "about") && !pages::has(atlas, &path) {
        let message = "this site has no page at this address; give that of a page, such as /organisations/empresa";
        faults.push(Violation::new("about", message));
    }
    let content = match content {
        Ok(content) if faults.is_empty() => content,
        _ => return Err(Error::Invalid(faults)),
    };
    let once = Once { mutation: "errorReport", key };
    if answered::<()>(ctx, actor, once, &said).await?.is_some() {
        return Ok(());
    }
    let at = ctx.now();
    door.enter(from, at).map_err(Error::TooMany)?;
    let mut write = Write::begin(ctx, actor).await?;
    if write.repeated::<()>(once, &said).await?.is_some() {
        // Its twin came first and was counted.
        door.leave(from, at);
        return Ok(());
    }
    let mut case = opened(&write, ctx.id(), CaseKind::ErrorReport, RowVisibility::Public);
    case.mentions_person = mentions_a_person(said.text);
    case.content = Some(serde_json::to_string(&content).map_err(|error| Error::Internal(error.into()))?);
    concerning(On::Write(write.transaction()), &path, &mut case).await?;
    open(&write, ctx, case).await?;
    write.commit("error reported", &()).await?;
    Ok(())
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

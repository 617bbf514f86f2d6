//! The queue as reviewers see it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{AccountId, ReviewCaseId, StudyId};
use entity::vocabulary::{CaseKind, Role};

use super::names::Names;
use super::{Assignee, Case, Filter, is_sealed};
use crate::app::permit::permit;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::domain::draft::LangText;
use crate::store;
use crate::store::review::{self as stored, On, facts};

/// How many cases a page holds at most.
pub const PAGE: u64 = 100;

/// A case in the queue.
#[derive(Clone, Debug)]
pub struct Listed {
    pub case: Case,
    /// What it is about, in a line; empty where that is closed to the reader.
    pub headline: String,
    pub organisation: Option<String>,
    pub assignee: Option<String>,
    /// Whether what it holds is closed until the reader takes it.
    pub is_sealed: bool,
}

/// A page of the queue.
#[derive(Clone, Debug)]
pub struct Page {
    pub cases: Vec<Listed>,
    /// How many the filter finds.
    pub total: u64,
    /// How many of each kind there are, whatever kind is asked for.
    pub kinds: Vec<(CaseKind, i64)>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The cases that a filter finds, the oldest first.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    filter: &Filter,
    (after, first): (Option<&str>, u64),
    lang: &str,
) -> Result<Page, Error> {
    let filter = &within(actor, filter, ctx.now())?;
    let first = first.clamp(1, PAGE);
    let after = after.and_then(cursor);
    let mut cases = stored::page(&ctx.db, filter, after, first + 1).await?;
    let has_more = cases.len() as u64 > first;
    cases.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    let next = cases.last().filter(|_| has_more).map(cursor_of);
    let names = Names::of(On::Record(&ctx.db), &cases, lang).await?;
    let now = ctx.now();
    let listed = cases.into_iter().map(|case| listed(actor, case, &names, now));
    Ok(Page {
        cases: listed.collect(),
        total: stored::count(&ctx.db, filter).await?,
        kinds: stored::counts(&ctx.db, filter).await?,
        next,
    })
}

/// Some cases as the queue lists them, by their ids; those that there are not are left out.
pub async fn named(
    ctx: &Context,
    actor: &Actor,
    ids: &[ReviewCaseId],
    lang: &str,
) -> Result<HashMap<ReviewCaseId, Listed>, Error> {
    let now = ctx.now();
    read(actor, now)?;
    let mut cases = Vec::with_capacity(ids.len());
    for &id in ids.iter().take(super::decide::MOST) {
        cases.extend(stored::case(On::Record(&ctx.db), id).await?);
    }
    let names = Names::of(On::Record(&ctx.db), &cases, lang).await?;
    Ok(cases.into_iter().map(|case| (case.id, listed(actor, case, &names, now))).collect())
}

fn listed(actor: &Actor, case: Case, names: &Names, now: DateTime<Utc>) -> Listed {
    let is_sealed = is_sealed(actor, &case, now);
    let name = |id: Option<uuid::Uuid>| id.and_then(|id| names.label(id)).map(str::to_owned);
    Listed {
        headline: if is_sealed { String::new() } else { names.headline(&case) },
        organisation: name(case.organisation_id.or(case.publisher_id).map(|id| id.0)),
        assignee: name(case.assignee_id.map(|id| id.0)),
        is_sealed,
        case,
    }
}

/// The cases before and after another among those that a filter finds, for those who go through them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<ReviewCaseId>,
    pub next: Option<ReviewCaseId>,
}

/// What stands beside a case in the queue of a filter, whether the filter finds the case itself or not.
pub async fn neighbours(ctx: &Context, actor: &Actor, case: &Case, filter: &Filter) -> Result<Neighbours, Error> {
    let filter = &within(actor, filter, ctx.now())?;
    let at = (case.opened_at, case.id);
    let next = stored::page(&ctx.db, filter, Some(at), 1).await?;
    let previous = stored::previous(&ctx.db, filter, at).await?;
    Ok(Neighbours { previous: previous.map(|case| case.id), next: next.first().map(|case| case.id) })
}

/// What a queue can be narrowed to by name.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Who may be given a case.
    pub people: Vec<(AccountId, String)>,
    /// The studies that cases come from, with their titles.
    pub studies: Vec<(StudyId, LangText)>,
}

/// What the queue can be narrowed to by name.
pub async fn choices(ctx: &Context, actor: &Actor) -> Result<Choices, Error> {
    let within = within(actor, &Filter::default(), ctx.now())?.within;
    // Who only recommends gives nobody a case.
    let people = if within.is_none() { reviewers(ctx, actor).await? } else { Vec::new() };
    let mut stored = stored::studies(&ctx.db).await?;
    stored.retain(|(id, _)| within.as_ref().is_none_or(|within| within.contains(id)));
    let mut studies: Vec<(StudyId, LangText)> =
        stored.into_iter().map(|(id, title)| (id, serde_json::from_str(&title).unwrap_or_default())).collect();
    studies.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(Choices { people, studies })
}

/// Who may be given a case, by name.
pub async fn reviewers(ctx: &Context, actor: &Actor) -> Result<Vec<(AccountId, String)>, Error> {
    let now = ctx.now();
    read(actor, now)?;
    let ids = store::access::grant::holders(&ctx.db, Role::Curator, now).await?;
    let mut found = facts::accounts(On::Record(&ctx.db), &ids).await?;
    found.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(found)
}

/// A filter, narrowed to the cases that the reader may see: all of them for those who decide, those of the own studies
/// for those who recommend.
fn within(actor: &Actor, filter: &Filter, at: DateTime<Utc>) -> Result<Filter, Error> {
    let decides = read(actor, at);
    let studies = own_studies(actor, at);
    match decides {
        Ok(()) => Ok(filter.clone()),
        Err(error) if studies.is_empty() => Err(error),
        Err(_) => Ok(Filter { within: Some(studies), ..filter.clone() }),
    }
}

/// The studies of whose cases somebody may say what should become of them.
fn own_studies(actor: &Actor, at: DateTime<Utc>) -> Vec<StudyId> {
    let held = actor.account().into_iter().flat_map(|account| account.held(at));
    let studies = held.filter_map(|grant| match grant.scope {
        Scope::Study(id) => Some(id),
        _ => None,
    });
    let may = |id: &StudyId| {
        let of = Object { study: Some(*id), ..Object::hidden(at) };
        permit(actor, Action::RecommendClaim, &of).is_ok()
    };
    studies.filter(may).collect()
}

pub(super) fn read(actor: &Actor, at: DateTime<Utc>) -> Result<(), Error> {
    permit(actor, Action::ReadQueue, &Object::platform(at)).map(|_| ())
}

/// Cases of somebody, or of nobody.
pub fn assignee_of(word: &str, actor: &Actor) -> Option<Assignee> {
    match word {
        "nobody" => Some(Assignee::Nobody),
        "me" => actor.account().map(|account| Assignee::Somebody(account.id)),
        other => other.parse().ok().map(|id| Assignee::Somebody(AccountId(id))),
    }
}

/// Where a case stands in the queue.
pub fn cursor_of(case: &Case) -> String {
    format!("{}.{}", case.opened_at.timestamp_micros(), case.id)
}

fn cursor(text: &str) -> Option<(DateTime<Utc>, ReviewCaseId)> {
    let (micros, id) = text.split_once('.')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, ReviewCaseId(id.parse().ok()?)))
}

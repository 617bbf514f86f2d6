//! One account, as administrators see it: its roles with their places and dates, and what can be ended.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use entity::id::{AccountId, RoleGrantId};
use entity::vocabulary::{Role, ScopeKind};
use maud::{Markup, html};
use uuid::Uuid;

use super::{ACCOUNTS, fault_key};
use crate::app::Error;
use crate::app::access::account::{self, Account};
use crate::app::access::grant::{self, Grant};
use crate::app::access::revoke as ending;
use crate::domain::text::fold;
use crate::http::desk::frame::Frame;
use crate::http::desk::pick::{self, Pick};
use crate::http::form::Sent;
use crate::http::{Desk, Site};
use crate::texts::phrases::DOT;
use crate::texts::words_of;

pub(super) async fn show(State(site): State<Arc<Site>>, Path(account): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw(&frame, &account, None, None).await,
        Err(answer) => answer,
    }
}

pub(super) async fn give(State(site): State<Arc<Site>>, Path(account): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => given(desk, &frame, &sent, &account).await,
        Err(answer) => return answer,
    };
    after(&site, &sent, &account, done).await
}

async fn given(desk: &Desk, frame: &Frame<'_>, sent: &Sent, account: &str) -> Result<(), Error> {
    let account = id_of(account)?;
    let role: Role = sent.field("role").parse().map_err(|_| Error::NotFound)?;
    let scope_kind = scope_of(role);
    let slug = match scope_kind {
        ScopeKind::Study => study_slug(frame, sent.field("study")),
        ScopeKind::Organisation => frame.picked_slug(Pick::Organisation, sent.field("organisation")),
        _ => frame.picked_slug(Pick::Publisher, sent.field("publisher")),
    };
    let scope_id = match scope_kind {
        ScopeKind::Global => None,
        kind => Some(grant::scope_id(&desk.access.ctx, &sent.actor, kind, &slug).await?),
    };
    let day = |name: &str| sent.field(name).parse::<NaiveDate>().ok();
    let new = grant::New {
        account,
        role,
        scope_kind,
        scope_id,
        starts_at: day("from").map(|day| day.and_time(NaiveTime::MIN).and_utc()),
        // The last day is included.
        ends_at: day("until").map(|day| (day + TimeDelta::days(1)).and_time(NaiveTime::MIN).and_utc()),
        reason: sent.field("reason").to_owned(),
    };
    grant::give(&desk.access, &sent.actor, new, None).await.map(|_| ())
}

/// The only sort of place that a role can be for.
fn scope_of(role: Role) -> ScopeKind {
    match role {
        Role::Researcher => ScopeKind::Study,
        Role::OrganisationRepresentative => ScopeKind::Organisation,
        Role::AgencyLiaison => ScopeKind::PublisherSubtree,
        Role::Contributor | Role::Curator | Role::Admin | Role::Service => ScopeKind::Global,
    }
}

pub(super) async fn take(State(site): State<Arc<Site>>, Path(account): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = match sent.field("grant").parse() {
        Ok(id) => grant::take(&desk.access, &sent.actor, RoleGrantId(id), Some(sent.field("reason"))).await.map(|_| ()),
        Err(_) => Err(Error::NotFound),
    };
    after(&site, &sent, &account, done).await
}

pub(super) async fn set_disabled(
    State(site): State<Arc<Site>>,
    Path(account): Path<String>,
    request: Request,
) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = match id_of(&account) {
        Ok(id) => {
            account::set_disabled(&desk.access, &sent.actor, id, sent.field("disabled") == "yes").await.map(|_| ())
        }
        Err(error) => Err(error),
    };
    after(&site, &sent, &account, done).await
}

pub(super) async fn revoke(State(site): State<Arc<Site>>, Path(account): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = match id_of(&account) {
        Ok(id) => ending::all(&desk.access, &sent.actor, Some(id)).await.map(|_| ()),
        Err(error) => Err(error),
    };
    after(&site, &sent, &account, done).await
}

fn id_of(account: &str) -> Result<AccountId, Error> {
    account.parse::<Uuid>().map(AccountId).map_err(|_| Error::NotFound)
}

/// The page after a change, or with what is wrong.
async fn after(site: &Arc<Site>, sent: &Sent, account: &str, done: Result<(), Error>) -> Response {
    let frame = match Frame::with(site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    match done {
        Ok(()) => frame.after(&format!("{ACCOUNTS}/{account}"), "saved"),
        Err(error) => match fault_key(&error) {
            Some(key) => {
                let mut response = draw(&frame, account, Some(key), Some(sent)).await;
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                response
            }
            None => frame.refused(&error),
        },
    }
}

/// The page, with what was sent in vain.
async fn draw(frame: &Frame<'_>, account: &str, fault: Option<&'static str>, sent: Option<&Sent>) -> Response {
    let read = async {
        let account = account::one(frame.ctx, &frame.actor, id_of(account)?).await?;
        let grants = grant::of(frame.ctx, &frame.actor, &[account.id]).await?;
        let slugs = grant::scope_slugs(frame.ctx, &frame.actor, &grants).await?;
        Ok::<_, Error>((account, grants, slugs))
    };
    let (account, grants, slugs) = match read.await {
        Ok(read) => read,
        Err(error) => return frame.refused(&error),
    };
    let path = |end: &str| frame.link(&format!("{ACCOUNTS}/{}{end}", account.id));
    let body = html! {
        p { a href=(frame.link(ACCOUNTS)) { "← " (frame.say("page.accounts.title")) } }
        h1 { (account.display_name) }
        @if let Some(key) = fault { p class="notice" role="alert" { (frame.say(key)) } }
        p {
            (account.email) (DOT) (frame.say("page.account.since")) " " (frame.day(account.created_at.date_naive()))
            @if account.disabled_at.is_some() { (DOT) strong { (frame.say("page.accounts.disabled")) } }
        }
        (held(frame, &grants, &slugs, &path("/roles/end")))
        (new_role(frame, &path("/roles"), sent))
        (ends(frame, &account, &path("/disabled"), &path("/revoked")))
    };
    frame.page("page.accounts.title", &body)
}

fn held(frame: &Frame<'_>, grants: &[Grant], slugs: &[(Uuid, String)], end: &str) -> Markup {
    let now = frame.ctx.now();
    let open = |grant: &&Grant| grant.revoked_at.is_none() && grant.ends_at.is_none_or(|end| end > now);
    let held: Vec<_> = grants.iter().filter(open).collect();
    html! {
        section class="form-block" {
            h2 { (frame.say("page.account.roles")) }
            @if held.is_empty() { p { (frame.say("page.accounts.noRole")) } }
            ul {
                @for grant in held {
                    @let name = words_of(frame.lang, "page.account.role", grant.role.as_str());
                    @let place = slugs.iter().find(|(id, _)| Some(*id) == grant.scope_id).map(|(_, slug)| slug.as_str());
                    li {
                        p {
                        strong { (name) }
                        @if grant.scope_kind != ScopeKind::Global {
                            (DOT) (words_of(frame.lang, "page.account.scopeKind", grant.scope_kind.as_str())) (DOT) @match place { Some(slug) => { (frame.picked_name(slug).unwrap_or_else(|| study_name(frame, slug))) } None => "…" }
                        }
                        @if grant.starts_at > now { (DOT) (frame.say("page.accounts.from")) " " (frame.day(grant.starts_at.date_naive())) }
                        @if let Some(last) = grant.ends_at { (DOT) (frame.say("page.account.until")) " " (frame.day(last_day(last))) }
                        }
                        small { (crate::texts::granted(frame.lang, &grant.reason)) }
                        form method="post" action=(end) {
                            (frame.hidden())
                            input type="hidden" name="grant" value=(grant.id);
                            label { span { (frame.say("page.accounts.takeReason")) } input class="field" name="reason" maxlength="500" autocomplete="off"; }
                            button type="submit" class="btn" aria-label={ (frame.say("page.accounts.take")) " " (name) } { (frame.say("page.accounts.take")) }
                        }
                    }
                }
            }
        }
    }
}

/// The studies that everybody may see: the last parts of their addresses, and their titles.
fn studies(frame: &Frame<'_>) -> Vec<(String, String)> {
    let Some(atlas) = (frame.site.atlas)() else { return Vec::new() };
    let of = |ix| {
        let study = atlas.study(ix);
        (atlas.str(study.slug).to_owned(), atlas.label(study.title, frame.lang).value.to_owned())
    };
    atlas.studies().map(of).collect()
}

/// The last part of the address of the study that was named, by that or by its title.
fn study_slug(frame: &Frame<'_>, typed: &str) -> String {
    let key = fold(typed);
    let found = studies(frame).into_iter().find(|(slug, title)| slug == typed.trim() || fold(title) == key);
    found.map_or_else(|| typed.trim().to_owned(), |(slug, _)| slug)
}

/// The title of a study, else the last part of its address.
fn study_name(frame: &Frame<'_>, slug: &str) -> String {
    let found = studies(frame).into_iter().find(|(one, _)| one == slug);
    found.map_or_else(|| slug.to_owned(), |(_, title)| title)
}

/// The last day on which a role holds.
fn last_day(end: DateTime<Utc>) -> NaiveDate {
    (end - TimeDelta::microseconds(1)).date_naive()
}

fn new_role(frame: &Frame<'_>, action: &str, sent: Option<&Sent>) -> Markup {
    // Another form of the page has a reason too.
    let sent = sent.filter(|sent| !sent.field("role").is_empty());
    let value = |name: &str| sent.map_or("", |sent| sent.field(name));
    html! {
        form method="post" action=(action) class="form-block" {
            h2 { (frame.say("page.accounts.give")) }
            p { (frame.say("page.accounts.giveText")) }
            (frame.hidden())
            label { (frame.say("page.accounts.role"))
                select class="field" name="role" {
                    @for role in Role::ALL {
                        option value=(role.as_str()) selected[value("role") == role.as_str()] { (words_of(frame.lang, "page.account.role", role.as_str())) }
                    }
                }
            }
            label { (frame.say("page.accounts.study"))
                input class="field" name="study" value=(value("study")) list="studies" maxlength="120" autocomplete="off";
                datalist id="studies" { @for (slug, title) in studies(frame) { option value=(slug) { (title) } } }
            }
            (frame.pick(&pick::Field { name: "organisation", label: frame.say("page.accounts.organisation"), value: value("organisation"), pick: Pick::Organisation }, &html! {}))
            (frame.pick(&pick::Field { name: "publisher", label: frame.say("page.accounts.publisher"), value: value("publisher"), pick: Pick::Publisher }, &html! {}))
            label { (frame.say("page.accounts.from")) input class="field" type="date" name="from" value=(value("from")); }
            label { (frame.say("page.accounts.lastDay")) input class="field" type="date" name="until" value=(value("until")); }
            label { (frame.say("page.accounts.reason")) input class="field" name="reason" value=(value("reason")) required maxlength="500" autocomplete="off"; }
            button type="submit" class="btn main" { (frame.say("page.accounts.give")) }
        }
    }
}

fn ends(frame: &Frame<'_>, account: &Account, disabled: &str, revoked: &str) -> Markup {
    let is_disabled = account.disabled_at.is_some();
    let (value, key) = if is_disabled { ("no", "page.accounts.enable") } else { ("yes", "page.accounts.disable") };
    html! {
        section class="form-block" {
            h2 { (frame.say("page.accounts.ends")) }
            form method="post" action=(revoked) {
                p { (frame.say("page.accounts.revokeText")) }
                (frame.hidden())
                button type="submit" class="btn" { (frame.say("page.accounts.revoke")) }
            }
            form method="post" action=(disabled) {
                p { (frame.say("page.accounts.disableText")) }
                (frame.hidden())
                input type="hidden" name="disabled" value=(value);
                button type="submit" class="btn" { (frame.say(key)) }
            }
        }
    }
}

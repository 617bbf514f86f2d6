//! Claims of the record, each on a page of its own with what may be done about it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use entity::vocabulary::ClaimStatus;
use maud::{Markup, html};

use super::frame::Frame;
use super::pick::{self, Pick};
use super::review_words;
use crate::app::Error;
use crate::app::review::claim::{self, Listed, Sort, Standing};
use crate::app::review::{dispute, names};
use crate::domain::access::{Action, might};
use crate::domain::review::{Subject, Target};
use crate::http::Site;
use crate::http::form::Sent;
use crate::texts::phrases::DOT;
use crate::texts::phrases::Texts;
use crate::texts::words_of;

/// Where claims are looked for.
pub(super) const CLAIMS: &str = "/desk/claims";
/// A reason may be long.
const FORM_BYTES: usize = 16_384;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(CLAIMS, get(list)).route("/desk/claims/{kind}/{id}", get(show).post(act))
}

/// The page of a claim.
pub(super) fn path(claim: Subject) -> Option<String> {
    match claim {
        Subject::UseClaim(id) => Some(format!("{CLAIMS}/use/{id}")),
        Subject::ImpactClaim(id) => Some(format!("{CLAIMS}/impact/{id}")),
        Subject::Observation(id) => Some(format!("{CLAIMS}/observation/{id}")),
        Subject::Organisation(_) | Subject::Dataset(_) => None,
    }
}

fn named(kind: &str, id: &str) -> Result<Subject, Error> {
    let id: uuid::Uuid = id.parse().map_err(|_| Error::NotFound)?;
    match kind {
        "use" => Ok(Subject::UseClaim(id.into())),
        "impact" => Ok(Subject::ImpactClaim(id.into())),
        "observation" => Ok(Subject::Observation(id.into())),
        _ => Err(Error::NotFound),
    }
}

/// The claims of the organisation that the address names, of every kind or of one.
async fn list(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    if !might(&frame.actor, Action::DisputeClaim, frame.ctx.now()) {
        return frame.refused(&Error::Forbidden);
    }
    let query = parts.uri.query().unwrap_or_default();
    let asked = |wanted: &str| {
        let found = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == wanted);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let (about, only) = (asked("about"), Sort::of(&asked("kind")));
    let target = match names::target_at(frame.ctx, &frame.actor, &frame.picked(Pick::Organisation, &about)).await {
        Ok(target) => target,
        Err(error) => return frame.refused(&error),
    };
    let found = match target {
        Some(Target::Publisher(id)) => {
            match claim::of_organisation(frame.ctx, &frame.actor, id, frame.lang.as_str()).await {
                Ok(found) => Some(found),
                Err(Error::NotFound) => None,
                Err(error) => return frame.refused(&error),
            }
        }
        _ => None,
    };
    let body = html! {
        h1 { (frame.say("page.claims.title")) }
        p class="muted" { (frame.say("page.claims.text")) }
        form method="get" action=(CLAIMS) class="sheet" {
            input type="hidden" name="lang" value=(frame.lang);
            (frame.pick(&pick::Field { name: "about", label: frame.say("page.propose.organisationAt"), value: &about, pick: Pick::Organisation }, &html! {}))
            button class="btn main" { (frame.say("page.claims.find")) }
        }
        @match &found {
            Some(found) if !found.is_empty() => { (listed(&frame, found, (&about, only))) }
            Some(_) => { p class="empty" { (frame.say("page.claims.none")) } }
            None if !about.trim().is_empty() => { p class="notice" role="alert" { (frame.say("page.claims.noSuch")) } }
            None => {}
        }
    };
    frame.page("page.claims.title", &body)
}

/// Claims with what kind each is; kinds of which there are none cannot be chosen.
fn listed(frame: &Frame<'_>, found: &[Listed], (about, only): (&str, Option<Sort>)) -> Markup {
    let about: String = url::form_urlencoded::byte_serialize(about.as_bytes()).collect();
    let count = |of: Option<Sort>| found.iter().filter(|one| of.is_none_or(|of| one.sort == of)).count();
    let pill = |of: Option<Sort>| {
        let kind = of.map(|of| format!("&kind={}", of.as_str())).unwrap_or_default();
        html! {
            li { a class="pill" href=(frame.link(&format!("{CLAIMS}?about={about}{kind}"))) aria-current=[(of == only).then_some("true")] {
                @match of {
                    Some(of) => { (words_of(frame.lang, "page.claims.kinds", of.as_str())) }
                    None => { (frame.say("page.review.all")) }
                }
                " " span class="num" { (count(of)) }
            } }
        }
    };
    html! {
        nav aria-label=(frame.say("page.claims.kind")) {
            ul class="pills" {
                (pill(None))
                @for sort in Sort::ALL { @if count(Some(sort)) > 0 || only == Some(sort) { (pill(Some(sort))) } }
            }
        }
        @if count(only) == 0 { p class="empty" { (frame.say("page.claims.none")) } }
        ul class="cases" {
            @for one in found.iter().filter(|one| only.is_none_or(|only| one.sort == only)) {
                li {
                    p class="kicker" {
                        (words_of(frame.lang, "page.claims.kinds", one.sort.as_str()))
                        (DOT) (words_of(frame.lang, "page.organisation.status", one.status.as_str()))
                    }
                    a href=(frame.link(&path(one.claim).unwrap_or_default())) dir="auto" {
                        @if one.what.is_empty() { (frame.say("page.review.untitled")) } @else { (one.what) }
                    }
                }
            }
        }
    }
}

async fn show(State(site): State<Arc<Site>>, Path((kind, id)): Path<(String, String)>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    match named(&kind, &id) {
        Ok(claim) => draw(&frame, claim, None).await,
        Err(error) => frame.refused(&error),
    }
}

async fn draw(frame: &Frame<'_>, claim: Subject, refusal: Option<&Error>) -> Response {
    match claim::standing(frame.ctx, &frame.actor, claim, frame.lang.as_str()).await {
        Ok(standing) => {
            let mut response = frame.page("page.claims.title", &body(frame, &standing, refusal));
            if refusal.is_some() {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            response
        }
        Err(error) => frame.refused(&error),
    }
}

fn body(frame: &Frame<'_>, one: &Standing, refusal: Option<&Error>) -> Markup {
    let page = one.organisation.as_ref().map(|(_, slug)| format!("/organisations/{slug}"));
    let about = page.as_ref().map(|page| format!("?about={page}")).unwrap_or_default();
    let in_head = ["organisation_id", "status", "claim_status", "grade"];
    let mut fields: Vec<_> = one.fields.iter().filter(|field| !in_head.contains(&field.field.as_str())).collect();
    fields.sort_by_key(|field| review_words::place(&field.field));
    html! {
        p { a href=(frame.link(&format!("{CLAIMS}{about}"))) { "← " (frame.say("page.claims.title")) } }
        header class="case" {
            @if let (Some((name, _)), Some(page)) = (&one.organisation, &page) {
                p class="kicker" { bdi { @if one.is_public { a href=(frame.link(page)) { (name) } } @else { (name) } } }
            }
            h1 { (sentence(frame, one)) }
            p class="marks" {
                span class="chip" { (words_of(frame.lang, "page.organisation.status", one.status.as_str())) }
                @if let Some(grade) = one.grade.filter(|_| one.status != ClaimStatus::Proposed) { span class="chip" { (frame.say("page.review.grade")) " " (grade.as_str()) } }
                @for (side, decision) in &one.verified {
                    span class="chip" { (words_of(frame.lang, "page.review.side", side.as_str())) ": " (words_of(frame.lang, "page.review.verified", decision.as_str())) }
                }
            }
        }
        (frame.refusal(refusal))
        @if one.is_in_dispute { p class="note warn" { (frame.say("page.claims.inDispute")) } }
        (super::review_case::response_waits(frame, one.response))
        div class="scrolls" tabindex="0" role="region" aria-label=(frame.say("page.claims.says")) {
            table class="compared" {
                thead { tr { th scope="col" { (frame.say("page.review.fieldName")) } th scope="col" { (frame.say("page.claims.says")) } } }
                tbody {
                    @for field in fields {
                        tr { th scope="row" { (review_words::field(frame.lang, &field.field)) } td { (review_words::cell(frame, field, field.proposed.as_ref()).unwrap_or_default()) } }
                    }
                }
            }
        }
        section {
            h2 { (frame.say("page.review.evidence")) }
            (super::review_case::sources(frame, &one.evidence, false))
            (super::review_case::verifications(frame, &one.said))
            @if one.grade.is_some() && one.is_public {
                p class="small" { a href=(frame.link(&format!("/desk/propose/evidence{about}"))) { (frame.say("page.claims.addEvidence")) } }
            }
        }
        (actions(frame, one))
    }
}

/// What is claimed, as a sentence: of a use who uses what.
fn sentence(frame: &Frame<'_>, one: &Standing) -> String {
    match (&one.organisation, one.claim) {
        _ if one.what.is_empty() => frame.say("page.review.untitled").to_owned(),
        (Some((name, _)), Subject::UseClaim(_)) => {
            Texts::of(frame.lang).fill("page.claims.uses", &[("organisation", name), ("what", &one.what)])
        }
        _ => one.what.clone(),
    }
}

/// What the reader may do about it.
fn actions(frame: &Frame<'_>, one: &Standing) -> Markup {
    let id = match one.claim {
        Subject::UseClaim(id) => Some(id),
        _ => None,
    };
    html! {
        section {
            h2 { (frame.say("page.claims.do")) }
            @if one.may_verify { p { a href=(frame.link("/desk/organisation")) { (frame.say("page.claims.verify")) } } }
            @if let (true, Some(id)) = (one.may_acknowledge, id) {
                p { a href=(frame.link(&format!("/desk/publisher/claims/{id}"))) { (frame.say("page.claims.acknowledge")) } }
            }
            @if one.may_dispute || one.may_retract {
                form method="post" action=(frame.link(&path(one.claim).unwrap_or_default())) class="verdict" {
                    (frame.hidden())
                    label { span { (frame.say("page.claims.reason")) } textarea class="field" name="reason" rows="3" maxlength="2000" required {} }
                    (does(frame, &[(one.may_dispute, "page.review.dispute", "page.claims.disputeDoes"), (one.may_retract, "page.review.retract", "page.claims.retractDoes")]))
                    div class="actions" {
                        @if one.may_retract { button class="btn" name="action" value="retract" { (frame.say("page.review.retract")) } }
                        @if one.may_dispute { button class="btn main" name="action" value="dispute" { (frame.say("page.review.dispute")) } }
                    }
                }
            } @else { p class="quiet" { (frame.say("page.claims.nothing")) } }
        }
    }
}

/// What each button does that the reader has.
pub(super) fn does(frame: &Frame<'_>, each: &[(bool, &'static str, &'static str)]) -> Markup {
    html! { dl class="does" { @for (_, name, text) in each.iter().filter(|(is_there, ..)| *is_there) { div { dt { (frame.say(name)) } dd { (frame.say(text)) } } } } }
}

async fn act(State(site): State<Arc<Site>>, Path((kind, id)): Path<(String, String)>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let claim = match named(&kind, &id) {
        Ok(claim) => claim,
        Err(error) => return frame.refused(&error),
    };
    match acted(&frame, claim, &sent).await {
        Ok(word) => frame.after(&path(claim).unwrap_or_default(), word),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => draw(&frame, claim, Some(&error)).await,
        Err(error) => frame.refused(&error),
    }
}

/// Does what a form asks for; the word for it.
async fn acted(frame: &Frame<'_>, claim: Subject, sent: &Sent) -> Result<&'static str, Error> {
    let reason = sent.field("reason");
    match sent.field("action") {
        "dispute" => dispute::dispute(frame.ctx, &frame.actor, claim, reason, None).await.map(|_| "disputed"),
        "retract" => dispute::retract(frame.ctx, &frame.actor, claim, reason, None).await.map(|_| "retracted"),
        _ => Err(Error::NotFound),
    }
}

//! "Is this your organisation?": where its people ask to speak for it, see what they have to put where, and follow what
//! becomes of it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use entity::id::ProfileTakeoverId;
use entity::vocabulary::{TakeoverProof, TakeoverStatus};
use maud::{Markup, html};

use super::frame::Frame;
use super::matches::asked;
use super::pick::{self, Pick};
use crate::app::Error;
use crate::app::takeover::{self, Begun, Hurdle, Listed, New, is_expired};
use crate::domain::takeover::{BELOW, FILE, line};
use crate::http::form::{Sent, see_other};
use crate::http::{Site, error, session};
use crate::texts::phrases::DOT;
use crate::texts::{in_language, words_of};

/// Where the room is.
pub(in crate::http) const ROOM: &str = "/desk/takeover";
/// Where the link of a letter leads; what follows is a key.
pub(in crate::http) const LINK: &str = "/desk/takeover/link/";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(ROOM, get(show).post(act)).route("/desk/takeover/link/{token}", get(button).post(confirm))
}

/// What is said above the page.
enum Notice {
    None,
    Wrong(Error),
    /// An attempt was begun, with what is shown once.
    Begun(Box<Begun>),
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw(&frame, &Notice::None, None).await,
        Err(answer) => answer,
    }
}

async fn act(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let frame = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let (access, actor) = (&desk.access, &frame.actor);
    let action = sent.field("action");
    let done = match (action, id_of(&sent)) {
        ("begin", _) => match begin(&frame, &sent).await {
            // What is shown once is shown now; the rest is read again, so that nothing is sent twice.
            Ok(begun) if begun.token.is_some() => {
                return draw(&frame, &Notice::Begun(Box::new(begun)), None).await;
            }
            done => done.map(|_| ()),
        },
        ("prove", Some(id)) => takeover::prove(access, actor, id).await.map(|_| ()),
        ("withdraw", Some(id)) => takeover::withdraw(access, actor, id).await.map(|_| ()),
        _ => Err(Error::NotFound),
    };
    let word = if action == "withdraw" { "withdrawn" } else { "asking" };
    after(&frame, &sent, done, word).await
}

fn id_of(sent: &Sent) -> Option<ProfileTakeoverId> {
    sent.field("takeover").parse().ok().map(ProfileTakeoverId)
}

async fn begin(frame: &Frame<'_>, sent: &Sent) -> Result<Begun, Error> {
    let Some(desk) = &frame.site.desk else { return Err(Error::NotFound) };
    let organisation =
        takeover::organisation_at(frame.ctx, &frame.actor, &frame.picked(Pick::Organisation, sent.field("of"))).await?;
    let proof: TakeoverProof = sent.field("proof").parse().map_err(|_| Error::NotFound)?;
    let new = New { organisation, proof, note: sent.field("note").to_owned() };
    takeover::begin(&desk.access, &frame.actor, new, None).await
}

/// How many seconds whoever came too often has to wait.
const fn waits(error: &Error) -> Option<u32> {
    if let Error::TooMany(seconds) = error { Some(*seconds) } else { None }
}

/// A page that says why nothing was done.
fn told(mut page: Response, seconds: Option<u32>) -> Response {
    let Some(seconds) = seconds else {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return page;
    };
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    error::after(page, seconds)
}

async fn after(frame: &Frame<'_>, sent: &Sent, done: Result<(), Error>, word: &str) -> Response {
    match done {
        Ok(()) => frame.after(ROOM, word),
        Err(error) if Hurdle::of(&error).is_some() || matches!(error, Error::TooMany(_)) => {
            let seconds = waits(&error);
            told(draw(frame, &Notice::Wrong(error), Some(sent)).await, seconds)
        }
        Err(error) => frame.refused(&error),
    }
}

/// What stands in the way, in the reader's language.
pub(super) fn said(frame: &Frame<'_>, error: &Error) -> String {
    match Hurdle::of(error) {
        Some(hurdle) => words_of(frame.lang, "page.takeover.hurdle", hurdle.as_str()),
        None => frame.say("page.takeover.tooMany").to_owned(),
    }
}

async fn draw(frame: &Frame<'_>, notice: &Notice, sent: Option<&Sent>) -> Response {
    let own = match takeover::own(frame.ctx, &frame.actor).await {
        Ok(own) => own,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        h1 { (frame.say("page.takeover.title")) }
        p class="lede" { (frame.say("page.takeover.lead")) }
        @match notice {
            Notice::None => {}
            Notice::Wrong(error) => { p class="notice" role="alert" { (said(frame, error)) } }
            Notice::Begun(begun) => { (once(frame, begun)) }
        }
        @if !own.is_empty() {
            section aria-labelledby="own" {
                h2 id="own" { (frame.say("page.takeover.own")) }
                ul class="cases" { @for one in &own { (attempt(frame, one)) } }
            }
        }
        (form(frame, sent))
    };
    frame.page("page.takeover.title", &body)
}

/// What has to be put somewhere, while it can be read.
fn once(frame: &Frame<'_>, begun: &Begun) -> Markup {
    let domain = begun.row.domain.as_deref().unwrap_or_default();
    html! {
        @if let Some(token) = &begun.token {
            section class="notice" role="status" {
                h2 { (frame.say("page.takeover.once")) }
                p { code class="token" { (line(token)) } }
                @if begun.row.proof == TakeoverProof::Dns {
                    p { (frame.say("page.takeover.putRecord").replace("{domain}", domain).replace("{below}", &format!("{BELOW}.{domain}"))) }
                } @else {
                    p { (frame.say("page.takeover.putFile").replace("{file}", FILE)) }
                    p { (frame.say("page.takeover.putLink")) }
                    p { code class="token" { (profile_link(begun)) } }
                }
                p { (frame.say("page.takeover.thenLook")) }
            }
        }
    }
}

/// The link that the organisation's own page may have instead of the file.
fn profile_link(begun: &Begun) -> String {
    let line = begun.token.as_ref().map(line).unwrap_or_default();
    format!("<a href=\"{}#{line}\">", begun.profile)
}

/// The page of the organisation that is asked about.
fn asked_of(frame: &Frame<'_>) -> String {
    asked(frame, "of").unwrap_or_default()
}

fn attempt(frame: &Frame<'_>, one: &Listed) -> Markup {
    let (row, expired) = (&one.row, is_expired(&one.row, frame.ctx.now()));
    let names = serde_json::from_str(&one.name).unwrap_or_default();
    let status = if expired { "expired" } else { row.status.as_str() };
    let looks = matches!(row.proof, TakeoverProof::Dns | TakeoverProof::Website);
    html! {
        li {
            p class="kicker" { (words_of(frame.lang, "page.takeover.proof", row.proof.as_str())) (DOT) (frame.day(row.begun_at.date_naive())) }
            p { a href=(frame.link(&format!("/organisations/{}", one.slug))) { b { (in_language(&names, frame.lang)) } } }
            p class="marks" {
                span class="chip" { (words_of(frame.lang, "page.takeover.status", status)) }
                @if let Some(domain) = &row.domain { span class="chip" { (domain) } }
            }
            @if row.status == TakeoverStatus::Open && !expired {
                p class="small" {
                    @if !looks { (frame.say("page.takeover.letterSent")) " " }
                    (frame.say("page.takeover.until")) " " (frame.moment(row.expires_at))
                }
            }
            @if row.status == TakeoverStatus::Waiting { p class="small" { (frame.say(if row.proved_at.is_some() { "page.takeover.provedWaits" } else { "page.takeover.waits" })) } }
            @if row.status == TakeoverStatus::Granted { p class="small" { a href=(frame.link("/desk/organisation")) { (frame.say("page.organisation.title")) } } }
            @if let Some(reason) = &row.reason { blockquote { p { (reason) } } }
            @if (row.status == TakeoverStatus::Open && !expired) || row.status == TakeoverStatus::Waiting {
                form method="post" action=(frame.link(ROOM)) class="verdict" {
                    (frame.hidden())
                    input type="hidden" name="takeover" value=(row.id);
                    div class="actions" {
                        button class="btn" name="action" value="withdraw" { (frame.say("page.takeover.withdraw")) }
                        @if looks && row.status == TakeoverStatus::Open { button class="btn main" name="action" value="prove" { (frame.say("page.takeover.look")) } }
                    }
                }
            }
        }
    }
}

/// The form; what was chosen and written stands in it again where it was refused.
fn form(frame: &Frame<'_>, sent: Option<&Sent>) -> Markup {
    let typed = |name: &str| sent.map(|sent| sent.field(name)).filter(|text| !text.is_empty());
    let chosen = typed("proof").unwrap_or(TakeoverProof::ALL[0].as_str());
    let of = typed("of").map_or_else(|| asked_of(frame), str::to_owned);
    let action = if of.is_empty() {
        frame.link(ROOM)
    } else {
        let about: String = url::form_urlencoded::byte_serialize(of.as_bytes()).collect();
        frame.link(&format!("{ROOM}?of={about}"))
    };
    html! {
        form method="post" action=(action) class="form-block" {
            h2 { (frame.say("page.takeover.begin")) }
            (frame.hidden())
            (frame.pick(&pick::Field { name: "of", label: frame.say("page.takeover.of"), value: &of, pick: Pick::Organisation }, &html! {}))
            fieldset {
                legend { (frame.say("page.takeover.how")) }
                @for proof in TakeoverProof::ALL {
                    label class="tick" {
                        input type="radio" name="proof" value=(proof.as_str()) required checked[proof.as_str() == chosen];
                        span {
                            b { (words_of(frame.lang, "page.takeover.proof", proof.as_str())) }
                            br;
                            small { (words_of(frame.lang, "page.takeover.proofText", proof.as_str())) }
                        }
                    }
                }
            }
            label { (frame.say("page.takeover.note")) textarea class="field" name="note" rows="3" maxlength="1000" { (typed("note").unwrap_or_default()) } }
            p class="tiny muted" { (frame.say("page.takeover.noteSeen")) }
            button class="btn main" name="action" value="begin" { (frame.say("page.takeover.ask")) }
        }
    }
}

/// The button that the link of a letter leads to: looking at it uses nothing up.
async fn button(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => frame.page("page.takeover.linkTitle", &link_form(&frame, &token, None)),
        Err(answer) => answer,
    }
}

fn link_form(frame: &Frame<'_>, token: &str, wrong: Option<&Error>) -> Markup {
    html! {
        h1 { (frame.say("page.takeover.linkTitle")) }
        @if let Some(error) = wrong {
            p class="notice" role="alert" { (said(frame, error)) }
            p { a href=(frame.link(ROOM)) { (frame.say("page.takeover.title")) } }
        } @else {
            p { (frame.say("page.takeover.linkText")) }
            form method="post" action=(frame.link(&format!("{LINK}{token}"))) class="form-block" {
                (frame.hidden())
                button class="btn main" { (frame.say("page.takeover.linkButton")) }
            }
        }
    }
}

async fn confirm(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let frame = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let from = session::address(&sent.parts);
    match takeover::confirm(&desk.access, &frame.actor, from, &token).await {
        Ok(_) => see_other(&frame.link(ROOM)),
        Err(error) if Hurdle::of(&error).is_some() || matches!(error, Error::TooMany(_)) => {
            told(frame.page("page.takeover.linkTitle", &link_form(&frame, &token, Some(&error))), waits(&error))
        }
        Err(error) => frame.refused(&error),
    }
}

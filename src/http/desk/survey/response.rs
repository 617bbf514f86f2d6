//! One response: how far it has come, who answers, its links, what it sent, and the steps that a person decides on.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::Method,
};
use entity::id::{InvitationId, ResponseId};
use entity::vocabulary::{Missing, ResponseStatus};
use maud::{Markup, html};

use super::parts::{Again, Answer, FORM_BYTES, fill, id_of, in_language, parts_of};
use super::wave::back;
use crate::app::Error;
use crate::app::review::{Case, mistake, whole};
use crate::app::survey::{contact_log, instrument, link, response, study};
use crate::domain::instrument::{Instrument, Kind};
use crate::domain::participation::{Step, advance, is_set_aside, may_decide};
use crate::domain::secret::Secret;
use crate::http::desk::answered::{asked, said};
use crate::http::desk::frame::Frame;
use crate::http::desk::review::QUEUE;
use crate::http::{Site, answer};
use crate::texts::phrases::DOT;
use crate::texts::words_of;

/// The steps that a person decides on, by the word that a form sends.
const STEPS: [(&str, Step); 6] = [
    ("validate", Step::Validate),
    ("ineligible", Step::RuleOut),
    ("duplicate", Step::MarkDuplicate),
    ("no_contact", Step::LoseContact),
    ("refuse", Step::Refuse),
    ("restore", Step::Restore),
];

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = body(&frame, id, Again::default(), None).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.response", &body))
}

pub(super) async fn decide(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: ResponseId = id_of(&frame, &id)?;
    let step = STEPS.iter().find(|(word, _)| *word == sent.field("step")).map(|(_, step)| *step);
    let step = step.ok_or_else(|| frame.refused(&Error::NotFound))?;
    match response::decide(frame.ctx, &frame.actor, id, step, sent.field("reason")).await {
        Ok(_) => Ok(frame.after(&format!("/desk/responses/{id}"), "decided")),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(&sent), faults: &faults };
            let body = body(&frame, id, again, None).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.response", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

/// Makes the link anew, and shows it this once.
pub(super) async fn renew(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (_, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: ResponseId = id_of(&frame, &id)?;
    let secret = link::rotate(frame.ctx, &frame.actor, id, None).await.map_err(|error| frame.refused(&error))?;
    let body = body(&frame, id, Again::default(), secret.as_ref()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.response", &body))
}

pub(super) async fn revoke(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: ResponseId = id_of(&frame, &id)?;
    let done = if sent.field("link").is_empty() {
        link::revoke_all(frame.ctx, &frame.actor, id).await.map(|_| ())
    } else {
        let link: InvitationId = id_of(&frame, sent.field("link"))?;
        link::revoke(frame.ctx, &frame.actor, link).await.map(|_| ())
    };
    done.map_err(|error| frame.refused(&error))?;
    Ok(frame.after(&format!("/desk/responses/{id}"), "revoked"))
}

async fn body(frame: &Frame<'_>, id: ResponseId, again: Again<'_>, new: Option<&Secret>) -> Result<Markup, Error> {
    let listed = response::one(frame.ctx, &frame.actor, id).await?;
    let wave = study::wave(frame.ctx, &frame.actor, listed.response.wave_id).await?;
    let links = response::links(frame.ctx, &frame.actor, id).await?;
    let told = mistake::told(frame.ctx, &frame.actor, id).await?;
    let answers = response::sent_of(frame.ctx, &frame.actor, id).await?;
    let decided = whole::decided(frame.ctx, &frame.actor, id).await?;
    let questionnaire = instrument::of_wave(frame.ctx, &frame.actor, &wave).await?;
    let awaited = link::awaited(frame.ctx, &frame.actor, id).await?.is_some();
    // Last of all: what could not be shown is no look. A browser that asks for the head alone is shown nothing.
    if listed.respondent.is_some() && frame.parts.method != Method::HEAD {
        contact_log::note(frame.ctx, &frame.actor, id).await?;
    }
    let status = words_of(frame.lang, "page.survey.status", listed.response.status.as_str());
    Ok(html! {
        (back(frame, &wave).await)
        h1 { (in_language(&listed.organisation.name, frame.lang)) }
        p class="kicker" { (status) (DOT) (words_of(frame.lang, "page.survey.channelOf", listed.response.channel.as_str())) (DOT) (words_of(frame.lang, "page.survey.by", listed.response.completed_by.as_str())) }
        (frame.notice(again.faults))
        @if let Some(secret) = new {
            div class="notice good" role="status" {
                p { (frame.say("page.survey.newLink")) }
                p { code { (frame.site.public_url) "/answer/" (secret.expose()) } }
            }
        }
        @if let Some(person) = &listed.respondent {
            section { h2 { (frame.say("page.survey.contact")) } p { @if !person.name.is_empty() { (person.name) (DOT) } (person.email) } p class="small" { (frame.say("page.survey.contactText")) }
                @if listed.is_unwilling { p class="note" { (frame.say("page.survey.noLetters")) } }
            }
        } @else if listed.is_leaving {
            section { h2 { (frame.say("page.survey.contact")) } p class="note" { (frame.say("page.survey.contactLeaving")) } }
        }
        (mistakes(frame, &told))
        @if awaited {
            section {
                h2 { (frame.say("page.survey.atDesk")) }
                p class="small" { (frame.say("page.survey.atDeskText")) }
                div class="actions" { a class="btn" href=(frame.link(&answer::by_account(id))) { (frame.say("page.survey.fillIn")) } }
            }
        }
        (claims(frame, &listed, decided))
        (decisions(frame, &listed, again))
        (links_section(frame, &wave, &listed, &links))
        (answers_section(frame, questionnaire.as_ref(), &answers))
    })
}

/// What whoever answered has said to be wrong since; the answers below are as they were sent.
fn mistakes(frame: &Frame<'_>, told: &[(Case, String)]) -> Markup {
    html! {
        @if !told.is_empty() { section class="notice" {
            h2 { (frame.say("page.survey.mistakes")) }
            p class="small" { (frame.say("page.survey.mistakesText")) }
            ul { @for (case, text) in told {
                li { (frame.day(case.opened_at.date_naive())) ": " (text) " "
                    a href=(frame.link(&format!("/desk/review/{}", case.id))) { (frame.say("page.survey.mistakeCase")) } }
            } }
        } }
    }
}

/// How far what it says has been decided on, and what waits for the response as a whole.
fn claims(frame: &Frame<'_>, listed: &response::Listed, (decided, all): (u64, u64)) -> Markup {
    let (organisation, wave) = (listed.response.organisation_id, listed.response.wave_id);
    let cases = frame.link(&format!("{QUEUE}?state=all&organisation={organisation}&wave={wave}"));
    let counts = [("n", decided.to_string()), ("all", all.to_string())];
    html! {
        @if all > 0 { section {
            h2 { (frame.say("page.survey.claims")) }
            p { (fill(frame.say("page.survey.claimsDecided"), &counts.each_ref().map(|(name, count)| (*name, count.as_str())))) " " a href=(cases) { (frame.say("page.survey.toCases")) } }
            @if listed.response.status == ResponseStatus::Submitted { p class="note" { (frame.say("page.review.responseWaits")) } }
            @if decided > 0 && is_set_aside(listed.response.status) { p class="notice" { (frame.say("page.survey.claimsStay")) } }
        } }
    }
}

fn decisions(frame: &Frame<'_>, listed: &response::Listed, again: Again<'_>) -> Markup {
    let open: Vec<_> = STEPS.iter().filter(|(_, step)| may_decide(listed.response.status, *step)).collect();
    html! {
        @if !open.is_empty() { section {
            h2 { (frame.say("page.survey.decide")) }
            form method="post" action=(frame.link(&format!("/desk/responses/{}/decide", listed.response.entity_id))) class="sheet" {
                (frame.hidden())
                fieldset {
                    legend { (frame.say("page.survey.decideAs")) }
                    @for (word, _) in &open {
                        label class="tick" { input type="radio" name="step" value=(word) required checked[again.value("step", "") == *word]; (words_of(frame.lang, "page.survey.step", word)) }
                    }
                }
                (frame.input(&again, ("reason", "text"), frame.say("page.survey.reason"), ""))
                button type="submit" class="btn" { (frame.say("page.survey.decide")) }
            }
        } }
    }
}

fn links_section(
    frame: &Frame<'_>,
    wave: &study::Wave,
    listed: &response::Listed,
    links: &[response::Invitation],
) -> Markup {
    let now = frame.ctx.now();
    let at = |what: &str| frame.link(&format!("/desk/responses/{}/{what}", listed.response.entity_id));
    let may_renew = link::is_open(wave, now) && advance(listed.response.status, Step::Invite).is_ok();
    let is_good = |one: &response::Invitation| one.revoked_at.is_none() && one.expires_at > now;
    html! {
        section {
            h2 { (frame.say("page.survey.links")) }
            @if !links.is_empty() { div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.links")) { table class="rows" {
                thead { tr {
                    th scope="col" { (frame.say("page.survey.link")) }
                    th scope="col" { (frame.say("page.survey.made")) }
                    th scope="col" { (frame.say("page.survey.state")) }
                    th scope="col" { (frame.say("page.survey.actions")) }
                } }
                tbody { @for one in links { tr {
                    th scope="row" { "…" (one.hint) }
                    td { (frame.day(one.created_at.date_naive())) @if one.sent_at.is_some() { (DOT) (frame.say("page.survey.byPost")) } @if one.opened_at.is_some() { (DOT) (frame.say("page.survey.used")) } }
                    td { @if one.revoked_at.is_some() { (frame.say("page.survey.revoked")) } @else if is_good(one) { (frame.say("page.survey.goodUntil")) " " (frame.day(link::last_day(one.expires_at))) } @else { (frame.say("page.survey.expired")) } }
                    td { @if is_good(one) {
                        form method="post" action=(at("revoke")) { (frame.hidden()) input type="hidden" name="link" value=(one.id);
                            button type="submit" class="btn" { (frame.say("page.survey.revoke")) span class="vh" { " …" (one.hint) } } }
                    } }
                } } }
            } } }
            div class="actions" {
                @if may_renew { form method="post" action=(at("renew")) { (frame.hidden()) button type="submit" class="btn" { (frame.say("page.survey.renew")) } } }
                @if links.iter().filter(|one| is_good(one)).count() > 1 { form method="post" action=(at("revoke")) { (frame.hidden()) button type="submit" class="btn" { (frame.say("page.survey.revokeAll")) } } }
            }
        }
    }
}

/// Whether nothing was said to a question: neither a value nor why there is none.
fn is_blank(one: &response::Sent) -> bool {
    one.value.is_none() && matches!(one.missing, None | Some(Missing::NoAnswer | Missing::NotAsked))
}

/// Whether it is what whoever answers allows, and no answer.
fn is_consent(of: Option<&Instrument>, one: &response::Sent) -> bool {
    let question = of.and_then(|of| of.question(&one.question));
    question.is_some_and(|question| matches!(question.kind, Kind::Consent { .. }))
}

fn answers_section(frame: &Frame<'_>, of: Option<&Instrument>, answers: &[response::Sent]) -> Markup {
    // As they were asked; what the instrument does not know comes last.
    let place =
        |key: &str| of.and_then(|of| of.questions().position(|question| question.key == key)).unwrap_or(usize::MAX);
    let mut answers: Vec<_> = answers.iter().collect();
    answers.sort_by_key(|one| place(&one.question));
    html! {
        section {
            h2 { (frame.say("page.survey.answers")) }
            @if answers.is_empty() { p class="empty" { (frame.say("page.survey.notSent")) } }
            @else {
                p { (frame.say("page.survey.answersText")) }
                div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.answers")) { table class="rows" {
                    thead { tr { th scope="col" { (frame.say("page.survey.question")) } th scope="col" { (frame.say("page.survey.answer")) } th scope="col" { (frame.say("page.survey.audience")) } } }
                    tbody { @for one in answers { tr {
                        th scope="row" { (asked(frame, of, &one.question)) }
                        td { @match (&one.value, one.missing) {
                            (Some(value), _) => (said(frame, of, &one.question, value)),
                            (None, Some(missing)) => i { (words_of(frame.lang, "page.survey.part", missing.as_str())) },
                            (None, None) => "–",
                        } }
                        // Where nothing was said there is nothing to be seen; a consent has no audience.
                        td { @if is_blank(one) || is_consent(of, one) { "–" } @else { (words_of(frame.lang, "page.survey.audienceOf", one.visibility.as_str())) } }
                    } } }
                } }
            }
        }
    }
}

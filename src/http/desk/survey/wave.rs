//! A wave: how many have answered, who has, its settings, its opening and its end.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use entity::id::{InstrumentId, ResponseId, StudyId, WaveId};
use entity::vocabulary::{Frame as Found, ResponseStatus, WaveState};
use maud::{Markup, html};

use super::parts::{Again, Answer, FORM_BYTES, both, fill, id_of, in_language, parts_of, tick};
use super::study::study_body;
use crate::app::Error;
use crate::app::survey::{link, remind, response, study};
use crate::domain::text::by_language;
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::http::form::Sent;
use crate::texts::phrases::DOT;
use crate::texts::phrases::Texts;
use crate::texts::{label, percent, words_of};

/// How many responses a page of the table holds.
const ROWS: usize = 50;
/// Of fewer organisations than these the response rate is said as a count.
const FEW: u64 = 20;

pub(super) async fn create(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let study: StudyId = id_of(&frame, &id)?;
    let instrument: InstrumentId = id_of(&frame, sent.field("instrument"))?;
    let day = |name: &str| sent.field(name).parse().ok();
    let new = study::NewWave {
        study,
        title: both(&sent, "title"),
        population: both(&sent, "population"),
        opens_on: day("opensOn").unwrap_or_else(|| frame.ctx.today()),
        closes_on: day("closesOn"),
        frame: sent.field("frame").parse().unwrap_or(Found::List),
        instrument,
        takes_nominations: !sent.field("nominations").is_empty(),
    };
    match study::wave_create(frame.ctx, &frame.actor, new, Some(sent.field("once"))).await {
        Ok(wave) => Ok(frame.after(&format!("/desk/waves/{}", wave.entity_id), "prepared")),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(&sent), faults: &faults };
            let body = study_body(&frame, study, again).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.title", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = wave_body(&frame, id, Again::default()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.title", &body))
}

pub(super) async fn open(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id = id_of(&frame, &id)?;
    let done = study::wave_open(frame.ctx, &frame.actor, id).await;
    after(&frame, &sent, id, done, "opened").await
}

pub(super) async fn settings(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id = id_of(&frame, &id)?;
    let before = study::wave(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    let closes_on = sent.field("closesOn").parse().ok();
    let edit = study::WaveEdit {
        closes_on: (closes_on != before.closes_on).then_some(closes_on),
        takes_nominations: Some(!sent.field("nominations").is_empty()),
        words: (before.state == WaveState::Draft).then(|| (both(&sent, "title"), both(&sent, "population"))),
    };
    let done = study::wave_update(frame.ctx, &frame.actor, id, edit).await;
    after(&frame, &sent, id, done, "saved").await
}

/// What closing means, before it is done.
pub(super) async fn ask_close(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let refused = |error| frame.refused(&error);
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(refused)?;
    let outcomes = response::outcomes(frame.ctx, &frame.actor, id).await.map_err(refused)?;
    let rates = outcomes.rates;
    let waiting = rates.eligible.saturating_sub(rates.complete + rates.desk + rates.refused + rates.no_contact);
    let body = html! {
        (back(&frame, &wave).await)
        h1 { (frame.say("page.survey.closeTitle")) }
        p { (Texts::of(frame.lang).count("page.survey.closeText", waiting, &[("partial", &rates.partial.to_string())])) }
        ul class="plain" {
            li { (frame.say("page.survey.closeLinks")) }
            li { (frame.say("page.survey.closeAnswers")) }
            li { (frame.say("page.survey.closeDrafts")) }
            li { (frame.say("page.survey.closeForGood")) }
        }
        form method="post" action=(frame.link(&format!("/desk/waves/{id}/close"))) class="actions" {
            (frame.hidden())
            button type="submit" class="btn bad" { (frame.say("page.survey.close")) }
            a class="btn main" href=(frame.link(&format!("/desk/waves/{id}"))) { (frame.say("page.survey.notNow")) }
        }
    };
    Ok(frame.page("page.survey.closeTitle", &body))
}

pub(super) async fn close(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id = id_of(&frame, &id)?;
    let done = study::wave_close(frame.ctx, &frame.actor, id).await;
    after(&frame, &sent, id, done, "closed").await
}

async fn after(
    frame: &Frame<'_>,
    sent: &Sent,
    id: WaveId,
    done: Result<study::Wave, Error>,
    word: &str,
) -> Result<Response, Response> {
    match done {
        Ok(_) => Ok(frame.after(&format!("/desk/waves/{id}"), word)),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(sent), faults: &faults };
            let body = wave_body(frame, id, again).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.title", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

/// The way back to a wave.
pub(super) async fn back(frame: &Frame<'_>, wave: &study::Wave) -> Markup {
    let (study, path) = (format!("/desk/studies/{}", wave.study_id), format!("/desk/waves/{}", wave.entity_id));
    let (title, study_name) = (in_language(&wave.title, frame.lang), frame.study_name(wave.study_id).await);
    frame.crumbs(&[
        ("/desk/studies", frame.say("page.survey.title")),
        (&study, &study_name),
        (&path, &frame.wave_name(&title, &study_name)),
    ])
}

async fn wave_body(frame: &Frame<'_>, id: WaveId, again: Again<'_>) -> Result<Markup, Error> {
    let wave = study::wave(frame.ctx, &frame.actor, id).await?;
    let outcomes = response::outcomes(frame.ctx, &frame.actor, id).await?;
    let due = remind::due(frame.ctx, &frame.actor, id).await?.len();
    let at = |below: &str| frame.link(&format!("/desk/waves/{id}{below}"));
    let is_open = link::is_open(&wave, frame.ctx.now());
    let of_status = outcomes.by_status.iter().find(|(status, _)| *status == ResponseStatus::Submitted);
    let sent = of_status.map_or(0, |(_, count)| *count);
    let study_path = format!("/desk/studies/{}", wave.study_id);
    Ok(html! {
        (frame.crumbs(&[("/desk/studies", frame.say("page.survey.title")), (&study_path, &frame.study_name(wave.study_id).await)]))
        h1 { (in_language(&wave.title, frame.lang)) }
        p class="kicker" {
            (label(frame.lang, "waveState", wave.state.as_str())) (DOT) (frame.day(wave.opens_on)) @if let Some(closes) = wave.closes_on { " – " (frame.day(closes)) }
            (DOT) (wave.instrument) (DOT) (in_language(&wave.population, frame.lang))
        }
        (frame.notice(again.faults))
        (rates(frame, &outcomes))
        @if sent > 0 { p class="note" { (to_validate(frame, id, sent)) } }
        div class="actions" {
            @if wave.state == WaveState::Draft {
                form method="post" action=(at("/open")) { (frame.hidden()) button type="submit" class="btn main" { (frame.say("page.survey.open")) } }
            }
            @if is_open {
                a class="btn main" href=(at("/invite")) { (frame.say("page.survey.inviteList")) }
                a class="btn" href=(at("/register")) { (frame.say("page.survey.inviteRegister")) }
                a class="btn" href=(at("/reminders")) { (fill(frame.say("page.survey.remind"), &[("n", &due.to_string())])) }
            }
            a class="btn" href=(at("/outcomes")) { (frame.say("page.survey.outcomes")) }
            a class="btn" href=(at("/answers.csv")) { (frame.say("page.survey.download")) }
            @if wave.state == WaveState::Open { a class="btn" href=(at("/close")) { (frame.say("page.survey.closeAsk")) } }
        }
        @if wave.state == WaveState::Draft { p class="note" { (frame.say("page.survey.draftText")) } }
        @if wave.state == WaveState::Closed { p class="note" { (frame.say("page.survey.closedText")) } }
        (table(frame, &wave, &outcomes.by_status).await?)
        @if matches!(wave.state, WaveState::Draft | WaveState::Open) { (settings_form(frame, &wave, is_open, again)) }
    })
}

/// How many answers of a wave were sent and wait to be looked through, as the way to them.
pub(super) fn to_validate(frame: &Frame<'_>, wave: WaveId, count: u64) -> Markup {
    let list = format!("/desk/waves/{wave}?status={}", ResponseStatus::Submitted.as_str());
    html! {
        a href={ (frame.link(&list)) "#responses" } {
            (Texts::of(frame.lang).count("page.survey.toValidate", count, &[]))
        }
    }
}

/// The rates with what they are of.
fn rates(frame: &Frame<'_>, outcomes: &response::Outcomes) -> Markup {
    let rates = &outcomes.rates;
    let of = fill(
        frame.say("page.survey.rate.of"),
        &[("n", &rates.complete.to_string()), ("all", &rates.eligible.to_string())],
    );
    // A percentage of a few would be finer than what was counted.
    let share = match rates.response_rate() {
        Some(_) if rates.eligible < FEW => None,
        Some(rate) => Some(percent(frame.lang, format_args!("{:.1}", rate * 100.0))),
        None => Some("–".to_owned()),
    };
    let counts = [
        ("page.survey.rate.all", rates.all),
        ("page.survey.rate.partial", rates.partial),
        ("page.survey.rate.desk", rates.desk),
        ("page.survey.rate.refused", rates.refused),
        ("page.survey.rate.noContact", rates.no_contact),
        ("page.survey.rate.outside", rates.all - rates.eligible),
        ("page.survey.rate.contacts", outcomes.contacts),
    ];
    html! {
        dl class="figures" {
            div class="first" {
                dt { (frame.say("page.survey.rate.response")) }
                dd { @if let Some(share) = share { b { (share) } " " span { (of) } } @else { b { (of) } } }
            }
            @for (key, count) in counts { div { dt { (frame.say(key)) } dd { b { (count) } } } }
        }
    }
}

async fn table(frame: &Frame<'_>, wave: &study::Wave, by_status: &[(ResponseStatus, u64)]) -> Result<Markup, Error> {
    let status: Option<ResponseStatus> = frame.query("status").and_then(|word| word.parse().ok());
    let name = frame.query("name");
    let after = frame.query("after").and_then(|text| text.parse().ok()).map(ResponseId);
    let sought = response::Sought { status, name: name.clone() };
    let page = (after, ROWS as u64 + 1);
    let mut found = response::page(frame.ctx, &frame.actor, wave.entity_id, &sought, page).await?;
    let has_more = found.len() > ROWS;
    found.truncate(ROWS);
    let path = format!("/desk/waves/{}", wave.entity_id);
    let address = |status: Option<&str>, after: Option<String>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in [("status", status), ("name", name.as_deref()), ("after", after.as_deref())] {
            if let Some(value) = value {
                query.append_pair(key, value);
            }
        }
        let query = query.finish();
        frame.link(&if query.is_empty() { path.clone() } else { format!("{path}?{query}") })
    };
    let says = |status: &str| words_of(frame.lang, "page.survey.status", status);
    let next = found.last().filter(|_| has_more).map(|last| last.response.entity_id.to_string());
    Ok(html! {
        section id="responses" {
            h2 { (frame.say("page.survey.responses")) }
            nav class="filters" aria-label=(frame.say("page.survey.byStatus")) {
                ul {
                    li { a class="chip" href=(address(None, None)) aria-current=[status.is_none().then_some("true")] { (frame.say("page.survey.everyStatus")) } }
                    @for (one, count) in by_status {
                        li { a class="chip" href=(address(Some(one.as_str()), None)) aria-current=[(status == Some(*one)).then_some("true")] { (says(one.as_str())) " " b { (count) } } }
                    }
                }
            }
            form method="get" action=(path) class="find" {
                @if let Some(status) = status { input type="hidden" name="status" value=(status.as_str()); }
                @if let Some(lang) = frame.query("lang") { input type="hidden" name="lang" value=(lang); }
                label { span class="vh" { (frame.say("page.survey.findName")) } input class="field" type="search" name="name" value=(name.clone().unwrap_or_default()) placeholder=(frame.say("page.survey.findName")); }
                button type="submit" class="btn" { (frame.say("page.survey.find")) }
            }
            @if found.is_empty() { p class="empty" { (frame.say("page.survey.noResponse")) } }
            @else {
                div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.responses")) { table class="rows" {
                    thead { tr {
                        th scope="col" { (frame.say("page.survey.organisation")) }
                        th scope="col" { (frame.say("page.survey.state")) }
                        th scope="col" { (frame.say("page.survey.channel")) }
                        th scope="col" { (frame.say("page.survey.saved")) }
                        th scope="col" class="num" { (frame.say("page.survey.reminded")) }
                    } }
                    tbody { @for row in &found { tr {
                        th scope="row" { a href=(frame.link(&format!("/desk/responses/{}", row.response.entity_id))) { (in_language(&row.organisation.name, frame.lang)) } }
                        td { (says(row.response.status.as_str())) }
                        td { (words_of(frame.lang, "page.survey.channelOf", row.response.channel.as_str())) }
                        td { @if let Some(at) = row.answering.as_ref().and_then(|one| one.submitted_at.or(one.saved_at)) { (frame.day(at.date_naive())) } @else { "–" } }
                        td class="num" { (row.answering.as_ref().map_or(0, |one| one.reminders)) }
                    } } }
                } }
                @if after.is_some() || next.is_some() { p class="actions" {
                    @if after.is_some() { a href=(address(status.map(ResponseStatus::as_str), None)) { (frame.say("page.survey.first")) } }
                    @if next.is_some() { a href=(address(status.map(ResponseStatus::as_str), next)) { (frame.say("page.survey.next")) } }
                } }
            }
        }
    })
}

fn settings_form(frame: &Frame<'_>, wave: &study::Wave, is_open: bool, again: Again<'_>) -> Markup {
    let closes = wave.closes_on.map(|day| day.to_string()).unwrap_or_default();
    let join = format!("{}/join/{}", frame.site.public_url, wave.slug);
    html! {
        section {
            h2 { (frame.say("page.survey.settings")) }
            form method="post" action=(frame.link(&format!("/desk/waves/{}/settings", wave.entity_id))) class="sheet" {
                (frame.hidden())
                // Who is asked is asked by these words: they stay once it is open.
                @if wave.state == WaveState::Draft {
                    (frame.texts(&again, "title", frame.say("page.survey.waveTitle"), &by_language(&wave.title)))
                    (frame.texts(&again, "population", frame.say("page.survey.population"), &by_language(&wave.population)))
                }
                (frame.input(&again, ("closesOn", "date"), frame.say("page.survey.closesOn"), &closes))
                (tick(&again, "nominations", frame.say("page.survey.takesNominations"), wave.takes_nominations))
                @if wave.takes_nominations && is_open {
                    p { (frame.say("page.survey.nominationLink")) " " a href=(join) { (join) } }
                }
                button type="submit" class="btn" { (frame.say("page.survey.save")) }
            }
        }
    }
}

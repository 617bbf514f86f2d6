//! Studies: those that the reader runs, and one with its waves, its instruments, and who stayed between two waves.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::StudyId;
use entity::vocabulary::{Frame as Found, InstrumentState, WaveState};
use maud::{Markup, html};

use super::parts::{Again, Answer, FORM_BYTES, both, fill, id_of, in_language, parts_of, select, tick};
use super::wave;
use crate::analysis::panel;
use crate::app::Error;
use crate::app::survey::{instrument, response, study};
use crate::atlas::{Atlas, OrgIx};
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::http::desk::whereabouts;
use crate::texts::phrases::DOT;
use crate::texts::{label, percent, phrases::Texts, words_of};

pub(super) async fn list(State(site): State<Arc<Site>>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let body = list_body(&frame, Again::default()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.title", &body))
}

pub(super) async fn create(State(site): State<Arc<Site>>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let field = |name| sent.field(name).trim().to_owned();
    let new = study::New {
        title: both(&sent, "title"),
        country: field("country"),
        licence: field("licence"),
        licence_url: field("licenceUrl"),
        attribution: field("attribution"),
        url: field("url"),
    };
    match study::create(frame.ctx, &frame.actor, new, Some(sent.field("once"))).await {
        Ok(study) => Ok(frame.after(&format!("/desk/studies/{}", study.entity_id), "begun")),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(&sent), faults: &faults };
            let body = list_body(&frame, again).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.title", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

async fn list_body(frame: &Frame<'_>, again: Again<'_>) -> Result<Markup, Error> {
    let studies = study::run_by(frame.ctx, &frame.actor).await?;
    let to_validate = response::to_validate(frame.ctx, &frame.actor).await?;
    let none = BTreeMap::new();
    let licence = "https://creativecommons.org/licenses/by/4.0/";
    Ok(html! {
        h1 { (frame.say("page.survey.title")) }
        (frame.notice(again.faults))
        @if studies.is_empty() { p class="empty" { (frame.say("page.survey.noStudy")) } }
        ul class="doors" {
            @for study in &studies {
                li {
                    a href=(frame.link(&format!("/desk/studies/{}", study.entity_id))) { (in_language(&study.title, frame.lang)) }
                    p { (whereabouts::country_name(frame, &study.country)) (DOT) (study.attribution) }
                    @for (wave, count) in to_validate.iter().filter(|(wave, _)| wave.study_id == study.entity_id) {
                        p { b { (in_language(&wave.title, frame.lang)) } " " (wave::to_validate(frame, wave.entity_id, *count)) }
                    }
                }
            }
        }
        details open[studies.is_empty() || again.sent.is_some()] {
            summary { (frame.say("page.survey.newStudy")) }
            form method="post" action=(frame.link("/desk/studies")) class="sheet" {
                (frame.hidden()) (frame.once(&again))
                p { (frame.say("page.survey.newStudyText")) }
                (frame.texts(&again, "title", frame.say("page.survey.studyTitle"), &none))
                (whereabouts::country(frame, ("country", "page.survey.country"), &again.value("country", ""), &frame.faults(&again, "country")))
                (frame.input(&again, ("attribution", "text"), frame.say("page.survey.attribution"), ""))
                (frame.input(&again, ("url", "text"), frame.say("page.survey.studyUrl"), ""))
                (frame.input(&again, ("licence", "text"), frame.say("page.survey.licence"), "CC-BY-4.0"))
                (frame.input(&again, ("licenceUrl", "text"), frame.say("page.survey.licenceUrl"), licence))
                button type="submit" class="btn main" { (frame.say("page.survey.begin")) }
            }
        }
    })
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = study_body(&frame, id, Again::default()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.title", &body))
}

/// The page of a study, with the form for a wave.
pub(super) async fn study_body(frame: &Frame<'_>, id: StudyId, again: Again<'_>) -> Result<Markup, Error> {
    let study = study::by_id(frame.ctx, &frame.actor, id).await?;
    let waves = study::waves(frame.ctx, &frame.actor, id).await?;
    let instruments = instrument::of(frame.ctx, &frame.actor, id).await?;
    let atlas = (frame.site.atlas)();
    Ok(html! {
        (frame.crumbs(&[("/desk/studies", frame.say("page.survey.title"))]))
        h1 { (in_language(&study.title, frame.lang)) }
        (frame.notice(again.faults))
        section {
            h2 { (frame.say("page.survey.waves")) }
            @if waves.is_empty() { p class="empty" { (frame.say("page.survey.noWave")) } }
            @else { (waves_table(frame, &waves)) }
            (new_wave(frame, &study, &instruments, again))
        }
        section {
            h2 { (frame.say("page.survey.instruments")) }
            p { (frame.say("page.survey.instrumentsText")) }
            @if !instruments.is_empty() {
                div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.instruments")) { table class="rows" {
                    thead { tr { th scope="col" { (frame.say("page.survey.instrument")) } th scope="col" { (frame.say("page.survey.state")) } th scope="col" { (frame.say("page.survey.actions")) } } }
                    tbody { @for row in &instruments { tr {
                        th scope="row" { a href=(frame.link(&format!("/desk/instruments/{}", row.id))) { (row.key) " " (row.version) } }
                        td { (words_of(frame.lang, "page.survey.instrumentState", row.state.as_str())) }
                        td { (fork(frame, id, Some(row))) }
                    } } }
                } }
            }
            (lists(frame, &study.country)?)
            (fork(frame, id, None))
        }
        @if let Some(atlas) = atlas { (panel_section(frame, &atlas, &waves)) }
    })
}

/// Which lists the questionnaire that ships has in a country: before it is copied, and before anybody answers it.
fn lists(frame: &Frame<'_>, country: &str) -> Result<Markup, Error> {
    let (_, lists) = instrument::built_in_for(country)?;
    let n = lists.areas.unwrap_or_default().to_string();
    let currency = lists.currency.as_deref().unwrap_or_default();
    let named = whereabouts::country_name(frame, country);
    let say = |text| fill(text, &[("country", &named), ("n", &n), ("currency", currency)]);
    let areas = frame.say(if lists.areas.is_some() { "page.survey.listsAreas" } else { "page.survey.listsNoAreas" });
    let money = frame.say(match (&lists.currency, lists.in_bands) {
        (Some(_), true) => "page.survey.listsBands",
        (Some(_), false) => "page.survey.listsAmount",
        (None, _) => "page.survey.listsNoMoney",
    });
    Ok(html! { p class="note" { (say(areas)) " " (say(money)) } })
}

fn fork(frame: &Frame<'_>, study: StudyId, from: Option<&instrument::Row>) -> Markup {
    html! {
        form method="post" action=(frame.link(&format!("/desk/studies/{study}/instruments"))) {
            (frame.hidden()) (frame.once(&Again::default()))
            @if let Some(from) = from { input type="hidden" name="from" value=(from.id); }
            button type="submit" class="btn" {
                @match from {
                    Some(from) => { (frame.say("page.survey.copy")) span class="vh" { " " (from.key) " " (from.version) } }
                    None => (frame.say("page.survey.copyBuiltIn")),
                }
            }
        }
    }
}

fn waves_table(frame: &Frame<'_>, waves: &[study::Wave]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.waves")) { table class="rows" {
            thead { tr {
                th scope="col" { (frame.say("page.survey.wave")) }
                th scope="col" { (frame.say("page.survey.state")) }
                th scope="col" { (frame.say("page.survey.days")) }
                th scope="col" { (frame.say("page.survey.instrument")) }
            } }
            tbody { @for wave in waves { tr {
                th scope="row" { a href=(frame.link(&format!("/desk/waves/{}", wave.entity_id))) { (in_language(&wave.title, frame.lang)) } }
                td { (label(frame.lang, "waveState", wave.state.as_str())) }
                td { (frame.day(wave.opens_on)) @if let Some(closes) = wave.closes_on { " – " (frame.day(closes)) } }
                td { (wave.instrument) }
            } } }
        } }
    }
}

fn new_wave(frame: &Frame<'_>, study: &study::Study, instruments: &[instrument::Row], again: Again<'_>) -> Markup {
    let published: Vec<_> = instruments
        .iter()
        .filter(|row| row.state == InstrumentState::Published)
        .map(|row| (row.id.to_string(), format!("{} {}", row.key, row.version)))
        .collect();
    let frames: Vec<_> = Found::ALL
        .iter()
        .map(|one| (one.as_str().to_owned(), words_of(frame.lang, "page.survey.frame", one.as_str())))
        .collect();
    let none = BTreeMap::new();
    let today = frame.ctx.today().to_string();
    html! {
        details open[again.sent.is_some()] {
            summary { (frame.say("page.survey.newWave")) }
            @if published.is_empty() { p class="empty" { (frame.say("page.survey.publishFirst")) } }
            @else {
                form method="post" action=(frame.link(&format!("/desk/studies/{}/waves", study.entity_id))) class="sheet" {
                    (frame.hidden()) (frame.once(&again))
                    (frame.texts(&again, "title", frame.say("page.survey.waveTitle"), &none))
                    (frame.texts(&again, "population", frame.say("page.survey.population"), &none))
                    (frame.input(&again, ("opensOn", "date"), frame.say("page.survey.opensOn"), &today))
                    (frame.input(&again, ("closesOn", "date"), frame.say("page.survey.closesOn"), ""))
                    (select("frame", frame.say("page.survey.frame"), &again.value("frame", "list"), &frames))
                    (select("instrument", frame.say("page.survey.instrument"), &again.value("instrument", ""), &published))
                    (tick(&again, "nominations", frame.say("page.survey.takesNominations"), false))
                    button type="submit" class="btn main" { (frame.say("page.survey.prepare")) }
                }
            }
        }
    }
}

/// Who stayed, came and left among those that answered both of the last two waves.
fn panel_section(frame: &Frame<'_>, atlas: &Atlas, waves: &[study::Wave]) -> Markup {
    let over = |wave: &&study::Wave| wave.state != WaveState::Draft;
    let known: Vec<_> = waves.iter().filter(over).filter_map(|wave| atlas.wave_by_id(wave.entity_id)).take(2).collect();
    let &[second, first] = known.as_slice() else { return html! {} };
    let title = |ix| atlas.label(atlas.wave(ix).title, frame.lang).value.to_owned();
    let rows = panel::of_publishers(atlas, [first, second], 10);
    let both = panel::in_both(atlas, [first, second]);
    let names = |all: &[OrgIx]| all.iter().map(|ix| atlas.name(*ix, frame.lang).value).collect::<Vec<_>>().join(", ");
    let waves = [("first", title(first)), ("second", title(second))];
    let waves = waves.each_ref().map(|(name, title)| (*name, title.as_str()));
    let text = Texts::of(frame.lang).count("page.survey.panelText", both as u64, &waves);
    html! {
        section {
            h2 { (frame.say("page.survey.panel")) }
            p { (text) }
            @if !rows.is_empty() {
                div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.panel")) { table class="rows" {
                    thead { tr {
                        th scope="col" { (frame.say("page.survey.body")) }
                        th scope="col" class="num" { (frame.say("page.survey.retention")) }
                        th scope="col" { (frame.say("page.survey.entry")) }
                        th scope="col" { (frame.say("page.survey.exit")) }
                    } }
                    tbody { @for (body, panel) in &rows { tr {
                        th scope="row" { (atlas.name(*body, frame.lang).value) }
                        td class="num" {
                            @match panel.retention {
                                Some(share) => { (percent(frame.lang, format_args!("{:.0}", share * 100.0))) " " small { "(" (panel.stayed.len()) "/" (panel.stayed.len() + panel.exit.len()) ")" } }
                                None => "–",
                            }
                        }
                        td { (panel.entry.len()) @if !panel.entry.is_empty() { (DOT) (names(&panel.entry)) } }
                        td { (panel.exit.len()) @if !panel.exit.is_empty() { (DOT) (names(&panel.exit)) } }
                    } } }
                } }
            }
        }
    }
}

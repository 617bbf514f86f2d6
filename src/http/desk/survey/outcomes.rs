//! Item non-response: to each question how many gave a value, and how many gave none and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::WaveId;
use maud::{Markup, html};

use super::parts::{Answer, fill, id_of, parts_of};
use super::wave::back;
use crate::app::survey::{instrument, response, study};
use crate::domain::instrument::{ConsentTo, Target, says};
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::texts::words_of;

/// What may stand where an answer would, in the order of the bars. Who was not asked is in no denominator.
const PARTS: [&str; 5] = ["answered", "dont_know", "refused", "not_applicable", "no_answer"];
/// How finely a bar is divided.
const WIDE: u64 = 1000;

/// The counts of a question in the order of [`PARTS`], and how many were asked.
fn counts(of: Option<&BTreeMap<String, u64>>) -> ([u64; 5], u64) {
    let one = |word: &str| of.and_then(|counts| counts.get(word)).copied().unwrap_or_default();
    let parts = PARTS.map(one);
    (parts, parts.iter().sum())
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let refused = |error| frame.refused(&error);
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(refused)?;
    let outcomes = response::outcomes(frame.ctx, &frame.actor, id).await.map_err(refused)?;
    let questionnaire = instrument::of_wave(frame.ctx, &frame.actor, &wave).await.map_err(refused)?;
    let sent = outcomes.rates.complete + outcomes.rates.desk;
    let lang = frame.lang.as_str();
    let rows: Vec<(String, [u64; 5], u64)> = match &questionnaire {
        Some(of) => of
            .questions()
            // Whether one may be written to is kept with the contact, not among the answers.
            .filter(|question| question.maps_to != Target::Consent { of: ConsentTo::Contact })
            .map(|question| {
                let (parts, asked) = counts(outcomes.by_question.get(&question.key));
                (says(&question.wording, lang).to_owned(), parts, asked)
            })
            .collect(),
        None => outcomes
            .by_question
            .iter()
            .map(|(key, of)| {
                let (parts, asked) = counts(Some(of));
                (key.clone(), parts, asked)
            })
            .collect(),
    };
    let body = html! {
        (back(&frame, &wave).await)
        h1 { (frame.say("page.survey.outcomes")) }
        p { (fill(frame.say("page.survey.outcomesText"), &[("n", &sent.to_string())])) }
        @if sent == 0 { p class="empty" { (frame.say("page.survey.nothingSent")) } }
        @else {
            (patterns())
            ul class="legend" aria-hidden="true" {
                @for (at, part) in PARTS.iter().enumerate() {
                    li { (bar(&std::array::from_fn(|one| u64::from(one == at)), 1)) (words_of(frame.lang, "page.survey.part", part)) }
                }
                @if rows.iter().any(|(.., asked)| *asked == 0) { li { (bar(&[0; 5], 0)) (words_of(frame.lang, "page.survey.part", "not_asked")) } }
            }
            (table(&frame, &rows))
        }
    };
    Ok(frame.page("page.survey.outcomes", &body))
}

fn table(frame: &Frame<'_>, rows: &[(String, [u64; 5], u64)]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.survey.outcomes")) { table class="rows outcomes" {
            thead { tr {
                th scope="col" { (frame.say("page.survey.question")) }
                th scope="col" { span class="vh" { (frame.say("page.survey.bar")) } }
                th scope="col" class="num" { (frame.say("page.survey.asked")) }
                @for part in PARTS { th scope="col" class="num" { (words_of(frame.lang, "page.survey.part", part)) } }
            } }
            tbody { @for (wording, parts, asked) in rows { tr {
                th scope="row" { (wording) }
                td { (bar(parts, *asked)) }
                td class="num" { (asked) }
                @for part in parts { td class="num" { (part) } }
            } } }
        } }
    }
}

/// The parts of a whole side by side; the table beside it says the same in figures.
fn bar(parts: &[u64; 5], asked: u64) -> Markup {
    let wide = |count: u64| (count * WIDE).checked_div(asked).unwrap_or_default();
    // In percent, as nothing is stretched then: a pattern looks the same in every bar.
    let percent = |wide: u64| format!("{}.{}%", wide / 10, wide % 10);
    let mut from = 0;
    html! {
        svg class="stack" aria-hidden="true" {
            @for (part, count) in PARTS.iter().zip(parts) {
                @let at = from;
                @let width = wide(*count);
                ({ from += width; "" })
                @if width > 0 { rect class=(part) x=(percent(at)) y="0" width=(percent(width)) height="100%" {} }
            }
        }
    }
}

/// What the parts without a value are filled with, as on the page of the method: not knowing has a shape, no colour.
fn patterns() -> Markup {
    html! {
        svg class="vh" aria-hidden="true" { defs {
            @for (id, side, lines) in [
                ("part-dont_know", "4", &["M-1 1 1-1M0 4 4 0M3 5 5 3"][..]),
                ("part-refused", "5", &["M-1 1 1-1M0 5 5 0M4 6 6 4", "M-1 4 1 6M0 0 5 5M4-1 6 1"][..]),
                ("part-no_answer", "6", &["M-1 5 1 7M0 0 6 6M5-1 7 1"][..]),
            ] {
                pattern id=(id) width=(side) height=(side) patternUnits="userSpaceOnUse" { @for line in lines { path d=(line) {} } }
            }
        } }
    }
}

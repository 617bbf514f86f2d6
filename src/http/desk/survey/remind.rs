//! Reminders: who is due, what they are written, and the sending.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::{ResponseId, WaveId};
use maud::{Markup, html};

use super::parts::{Again, Answer, LONG_FORM_BYTES, fill, id_of, in_language, parts_of};
use super::wave::back;
use crate::app::Error;
use crate::app::survey::{remind, study};
use crate::domain::violation::Violation;
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::texts::phrases::DOT;
use crate::texts::words_of;

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = body(&frame, id, &[]).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.remindTitle", &body))
}

pub(super) async fn send(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, LONG_FORM_BYTES).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let chosen: Vec<ResponseId> = sent.all("response").filter_map(|text| text.parse().ok()).map(ResponseId).collect();
    match remind::send(frame.ctx, &frame.actor, id, Some(&chosen), Some(sent.field("once"))).await {
        Ok(_) => Ok(frame.after(&format!("/desk/waves/{id}"), "reminded")),
        Err(Error::Invalid(faults)) => {
            let body = body(&frame, id, &faults).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.remindTitle", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

async fn body(frame: &Frame<'_>, id: WaveId, faults: &[Violation]) -> Result<Markup, Error> {
    let wave = study::wave(frame.ctx, &frame.actor, id).await?;
    let due = remind::due(frame.ctx, &frame.actor, id).await?;
    let study = study::by_id(frame.ctx, &frame.actor, wave.study_id).await?;
    let of = (&wave, &study);
    // One for each language of those who are due.
    let languages: BTreeSet<&str> = due.iter().map(|(_, answering)| answering.lang.as_str()).collect();
    let first_of = |lang: &str| due.iter().find(|(_, answering)| answering.lang == lang).map(|(one, _)| one);
    let letters: Vec<(String, String)> = languages
        .into_iter()
        .filter_map(|lang| Some(remind::preview(frame.ctx, of, &first_of(lang)?.organisation.name, lang)))
        .collect();
    Ok(html! {
        (back(frame, &wave).await)
        h1 { (frame.say("page.survey.remindTitle")) }
        (frame.notice(faults))
        p { (frame.say("page.survey.remindText")) }
        @if due.is_empty() { p class="empty" { (frame.say("page.survey.nobodyDue")) } }
        @else {
            @for (subject, text) in &letters {
                details open { summary { (frame.say("page.survey.letter")) }
                    div class="letter" { p { b { (subject) } } @for line in text.split("\n\n") { p { (line) } } } }
            }
            form method="post" action=(frame.link(&format!("/desk/waves/{id}/reminders"))) class="sheet wide" {
                (frame.hidden()) (frame.once(&Again::default()))
                fieldset class="ticks" {
                    legend { (fill(frame.say("page.survey.due"), &[("n", &due.len().to_string())])) }
                    @for (one, answering) in &due {
                        label class="tick" {
                            input type="checkbox" name="response" value=(one.response.entity_id) checked;
                            span { (in_language(&one.organisation.name, frame.lang)) (DOT) (words_of(frame.lang, "page.survey.status", one.response.status.as_str())) (DOT) (fill(frame.say("page.survey.remindersOf"), &[("n", &answering.reminders.to_string()), ("most", &remind::MOST_REMINDERS.to_string())])) }
                        }
                    }
                }
                button type="submit" class="btn main" { (frame.say("page.survey.sendReminders")) }
            }
        }
    })
}

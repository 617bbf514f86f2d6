//! The questionnaire as those who answer it see it, with nothing that is saved.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::InstrumentId;
use maud::html;

use super::parts::{Answer, id_of, parts_of};
use crate::app::survey::instrument;
use crate::http::desk::frame::Frame;
use crate::http::{Site, answer};

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id: InstrumentId = id_of(&frame, &id)?;
    let row = instrument::one(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    let content = instrument::content(&row).map_err(|error| frame.refused(&error))?;
    let notice = html! {
        p class="notice" { (frame.say("page.survey.previewNotice")) }
        p { a href=(frame.link(&format!("/desk/instruments/{id}"))) { (frame.say("page.survey.toInstrument")) } }
    };
    let way = html! {
        @if let Some((other, name, address)) = frame.other_language() {
            a href=(address) lang=(other) hreflang=(other) { (name) }
        }
    };
    Ok(answer::preview((site.atlas)(), content, frame.lang, (&way, &notice)))
}

//! Inviting organisations of the register: searched by name, sector and state, chosen by ticks.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::WaveId;
use entity::vocabulary::AreaScheme;
use maud::{Markup, html};

use super::invite::links;
use super::parts::{Again, Answer, LONG_FORM_BYTES, id_of, parts_of, select, tick};
use super::wave::back;
use crate::app::Error;
use crate::app::survey::invite::How;
use crate::app::survey::{invite, study};
use crate::atlas::{Atlas, Dimension, Filter, OrgIx};
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::texts::phrases::Texts;

/// Organisations that a page offers.
const ROWS: usize = 100;

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.inviteRegister", &form(&frame, &wave, Again::default()).await))
}

pub(super) async fn invite(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, LONG_FORM_BYTES).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    let slugs: Vec<String> = sent.all("organisation").map(str::to_owned).collect();
    let leaves_invited = sent.field("renew").is_empty();
    let how = How { leaves_invited, key: Some(sent.field("once")), ..How::default() };
    let done = invite::from_register(frame.ctx, &frame.actor, &wave, (&slugs, sent.field("askIn")), how).await;
    match done {
        Ok(invited) => {
            // All were without a problem: whoever has no new link has kept an old one.
            let kept = (slugs.len() - invited.len()) as u64;
            let names: Vec<_> = (1..).zip(slugs).collect();
            let body = html! {
                (links(&frame, &wave, &invited, &names).await)
                @if kept > 0 { p { (Texts::of(frame.lang).count("page.survey.keptLinks", kept, &[])) } }
            };
            Ok(frame.page("page.survey.invitedTitle", &body))
        }
        Err(Error::Invalid(faults)) => {
            let body = form(&frame, &wave, Again { sent: None, faults: &faults }).await;
            Ok(frame.wrong("page.survey.inviteRegister", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

/// What is looked for: words of a name, a sector, a state.
fn filter(frame: &Frame<'_>) -> Filter {
    let one = |name: &str| frame.query(name).into_iter().collect::<Vec<_>>();
    Filter { text: frame.query("text"), sector: one("sector"), area: one("area"), ..Filter::default() }
}

async fn form(frame: &Frame<'_>, wave: &study::Wave, again: Again<'_>) -> Markup {
    let path = format!("/desk/waves/{}/register", wave.entity_id);
    let Some(atlas) = (frame.site.atlas)() else { return html! { p { (frame.say("page.desk.conflict")) } } };
    let filter = filter(frame);
    let is_sought = !filter.is_empty();
    let found = found(&atlas, &filter);
    let total = found.len();
    html! {
        (back(frame, wave).await)
        h1 { (frame.say("page.survey.inviteRegister")) }
        (frame.notice(again.faults))
        form method="get" action=(path) class="sheet wide" {
            @if let Some(lang) = frame.query("lang") { input type="hidden" name="lang" value=(lang); }
            div class="columns" {
                (frame.input(&Again::default(), ("text", "search"), frame.say("page.survey.findName"), filter.text.as_deref().unwrap_or_default()))
                (select("sector", frame.say("page.survey.sector"), filter.sector.first().map_or("", String::as_str), &sectors(frame, &atlas)))
                (select("area", frame.say("page.survey.area"), filter.area.first().map_or("", String::as_str), &areas(frame, &atlas)))
            }
            button type="submit" class="btn" { (frame.say("page.survey.find")) }
        }
        @if is_sought {
            p role="status" { (Texts::of(frame.lang).count("page.survey.found", total as u64, &[("shown", &total.min(ROWS).to_string())])) }
            @if total > 0 {
                form method="post" action=(frame.link(&path)) class="sheet wide" {
                    (frame.hidden()) (frame.once(&Again::default()))
                    fieldset class="ticks" {
                        legend { (frame.say("page.survey.whom")) }
                        @for ix in found.iter().take(ROWS) {
                            @let slug = atlas.str(atlas.organisation(*ix).slug);
                            label class="tick" { input type="checkbox" name="organisation" value=(slug) checked; (atlas.name(*ix, frame.lang).value) }
                        }
                    }
                    (select("askIn", frame.say("page.survey.askIn"), frame.lang.as_str(), &[("es".to_owned(), "Español".to_owned()), ("en".to_owned(), "English".to_owned())]))
                    (tick(&Again::default(), "renew", frame.say("page.survey.renewKnown"), false))
                    p { (frame.say("page.survey.registerText")) }
                    button type="submit" class="btn main" { (frame.say("page.survey.invite")) }
                }
            }
        } @else { p class="empty" { (frame.say("page.survey.registerEmpty")) } }
    }
}

fn found(atlas: &Atlas, filter: &Filter) -> Vec<OrgIx> {
    if filter.is_empty() || atlas.check(filter).is_err() {
        return Vec::new();
    }
    atlas.select(filter).organisations.iter().map(OrgIx::new).collect()
}

fn sectors(frame: &Frame<'_>, atlas: &Atlas) -> Vec<(String, String)> {
    options(
        frame,
        atlas.codes_of("od500_category").map(|ix| {
            let row = atlas.code_row(ix);
            (atlas.str(row.code).to_owned(), atlas.label(row.label, frame.lang).value.to_owned())
        }),
    )
}

fn areas(frame: &Frame<'_>, atlas: &Atlas) -> Vec<(String, String)> {
    let used = |ix: &crate::atlas::AreaIx| {
        let value = crate::atlas::Value::Area(*ix);
        !atlas.organisations_with(Dimension::Area, value).is_empty()
    };
    let states = atlas.areas().filter(|ix| atlas.area(*ix).scheme == AreaScheme::Subdivision).filter(used);
    options(
        frame,
        states.map(|ix| {
            let row = atlas.area(ix);
            (atlas.str(row.code).to_owned(), atlas.label(row.name, frame.lang).value.to_owned())
        }),
    )
}

fn options(frame: &Frame<'_>, of: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), frame.say("page.survey.any").to_owned())).chain(of).collect()
}

//! The room where a record that is two is split: what goes to the new one is chosen, what would happen is shown, and
//! then it is done. What was done can be taken back where merges are.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Frame;
use super::matches;
use super::matches_side::effect;
use super::pick::{Field, Pick};
use crate::app::Error;
use crate::app::rearrange::parts::{Part, Parts, Whole, parts};
use crate::app::rearrange::{self, Effect, Plan};
use crate::http::Site;
use crate::http::form::see_other;
use crate::texts::phrases::Texts;

/// Where the room is.
pub(super) const PATH: &str = "/desk/split";
/// A form that names many claims is long.
const FORM_BYTES: usize = 262_144;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(PATH, get(show).post(perform))
}

/// What is chosen: the record, the name of the new one, and what goes there.
#[derive(Clone, Debug, Default)]
struct Chosen {
    record: String,
    name: String,
    reason: String,
    claims: Vec<Uuid>,
    impacts: Vec<Uuid>,
    datasets: Vec<Uuid>,
    is_preview: bool,
}

impl Chosen {
    fn of<'q>(pairs: impl Iterator<Item = (&'q str, &'q str)>) -> Self {
        let mut chosen = Self::default();
        for (key, value) in pairs {
            let ids = match key {
                "claim" => &mut chosen.claims,
                "impact" => &mut chosen.impacts,
                "dataset" => &mut chosen.datasets,
                "record" => {
                    value.trim().clone_into(&mut chosen.record);
                    continue;
                }
                "name" => {
                    value.clone_into(&mut chosen.name);
                    continue;
                }
                "reason" => {
                    value.clone_into(&mut chosen.reason);
                    continue;
                }
                "show" => {
                    chosen.is_preview = true;
                    continue;
                }
                _ => continue,
            };
            ids.extend(value.parse::<Uuid>().ok());
        }
        chosen
    }

    fn plan(&self, whole: Whole) -> Plan {
        let use_claims = self.claims.iter().copied().map(Into::into).collect();
        match whole {
            Whole::Organisation(from) => Plan::OrganisationSplit {
                from,
                name: self.name.clone(),
                use_claims,
                impact_claims: self.impacts.iter().copied().map(Into::into).collect(),
                datasets: self.datasets.iter().copied().map(Into::into).collect(),
            },
            Whole::Dataset(from) => Plan::DatasetSplit { from, title: self.name.clone(), use_claims },
        }
    }
}

/// A record as an address names it.
fn named(whole: Whole) -> String {
    match whole {
        Whole::Organisation(id) => format!("organisation:{id}"),
        Whole::Dataset(id) => format!("dataset:{id}"),
    }
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let query = parts.uri.query().unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let chosen = Chosen::of(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    draw(&frame, &chosen, None).await
}

/// The page; with what went wrong, where something did.
async fn draw(frame: &Frame<'_>, chosen: &Chosen, wrong: Option<&Error>) -> Response {
    if chosen.record.is_empty() {
        return match rearrange::page(frame.ctx, &frame.actor, None, 1).await {
            Ok(_) => frame.page("page.split.title", &first(frame, chosen, false)),
            Err(error) => frame.refused(&error),
        };
    }
    let Some(whole) = frame.picked_record(&chosen.record) else { return missing(frame, chosen) };
    if named(whole) != chosen.record {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("record", &named(whole)).finish();
        return see_other(&frame.link(&format!("{PATH}?{query}")));
    }
    let found = match parts(frame.ctx, &frame.actor, whole, frame.lang.as_str()).await {
        Ok(found) => found,
        Err(Error::NotFound) => return missing(frame, chosen),
        Err(error) => return frame.refused(&error),
    };
    let preview = if chosen.is_preview && wrong.is_none() {
        Some(rearrange::preview(frame.ctx, &frame.actor, &chosen.plan(whole)).await)
    } else {
        None
    };
    let sheet = Sheet { frame, chosen, whole, parts: &found };
    let is_refused = wrong.is_some() || matches!(preview, Some(Err(_)));
    let body = match &preview {
        Some(Ok(done)) => sheet.preview(done),
        Some(Err(error @ (Error::Invalid(_) | Error::Conflict(_) | Error::NotFound))) => sheet.form(Some(error)),
        Some(Err(error)) => return frame.refused(error),
        None => sheet.form(wrong),
    };
    let mut response = frame.page("page.split.title", &body);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn missing(frame: &Frame<'_>, chosen: &Chosen) -> Response {
    let mut response = frame.page("page.split.title", &first(frame, chosen, true));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// The page that asks which record.
fn first(frame: &Frame<'_>, chosen: &Chosen, is_missing: bool) -> Markup {
    let label = frame.say("page.split.record");
    html! {
        p { a href=(frame.link(matches::PATH)) { "← " (frame.say("page.matches.title")) } }
        h1 { (frame.say("page.split.title")) }
        p class="lede" { (frame.say("page.split.lead")) }
        @if is_missing {
            p class="notice" role="alert" { (Texts::of(frame.lang).fill("page.review.noSuchRecord", &[("name", &chosen.record)])) }
        }
        form method="get" action=(PATH) class="verdict" {
            input type="hidden" name="lang" value=(frame.lang);
            (frame.pick(&Field { name: "record", label, value: &chosen.record, pick: Pick::Record }, &html! {}))
            div class="actions" { button class="btn main" { (frame.say("page.split.choose")) } }
        }
    }
}

/// A record that is to be split.
struct Sheet<'s, 'f> {
    frame: &'s Frame<'f>,
    chosen: &'s Chosen,
    whole: Whole,
    parts: &'s Parts,
}

impl Sheet<'_, '_> {
    fn head(&self) -> Markup {
        let frame = self.frame;
        let place = if matches!(self.whole, Whole::Dataset(_)) { "dataset" } else { "organisation" };
        let id = named(self.whole);
        let id = id.rsplit(':').next().unwrap_or_default();
        html! {
            p { a href=(frame.link(PATH)) { "← " (frame.say("page.split.other")) } }
            h1 { (frame.say("page.split.title")) }
            p { (frame.say("page.split.of")) ": " a href=(format!("/id/{place}/{id}")) { (self.parts.name) } }
        }
    }

    /// What can go to the new record, to be ticked.
    fn form(&self, wrong: Option<&Error>) -> Markup {
        let (frame, chosen, parts) = (self.frame, self.chosen, self.parts);
        let is_dataset = matches!(self.whole, Whole::Dataset(_));
        let is_bare =
            parts.uses.is_empty() && parts.used_by.is_empty() && parts.impacts.is_empty() && parts.datasets.is_empty();
        html! {
            (self.head())
            (frame.refusal(wrong))
            @if is_bare { p class="empty" { (frame.say("page.split.nothing")) } }
            @else {
                form method="get" action=(PATH) class="verdict split" {
                    input type="hidden" name="lang" value=(frame.lang);
                    input type="hidden" name="record" value=(named(self.whole));
                    label { span { (frame.say(if is_dataset { "page.split.newTitle" } else { "page.split.newName" })) }
                        input class="field" name="name" required maxlength="300" autocomplete="off" value=(chosen.name); }
                    p class="small muted" { (frame.say("page.split.stays")) }
                    (ticks(frame, "page.split.datasets", "dataset", &parts.datasets, &chosen.datasets))
                    (ticks(frame, if is_dataset { "page.split.usersOf" } else { "page.split.usedBy" }, "claim", &parts.used_by, &chosen.claims))
                    (ticks(frame, "page.split.uses", "claim", &parts.uses, &chosen.claims))
                    (ticks(frame, "page.split.impacts", "impact", &parts.impacts, &chosen.impacts))
                    div class="actions" { button class="btn main" name="show" value="1" { (frame.say("page.matches.preview")) } }
                }
            }
        }
    }

    /// What goes where, and the form that does it.
    fn preview(&self, done: &Effect) -> Markup {
        let (frame, chosen, parts) = (self.frame, self.chosen, self.parts);
        let back = {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("record", &chosen.record).append_pair("name", &chosen.name);
            query.extend_pairs(self.pairs().iter().map(|(key, id)| (*key, id.to_string())));
            frame.link(&format!("{PATH}?{}", query.finish()))
        };
        html! {
            (self.head())
            section class="beside" aria-label=(frame.say("page.split.where")) {
                section { h2 { (frame.say("page.split.goes")) " " (chosen.name) } (self.listed(true)) }
                section { h2 { (frame.say("page.split.remains")) " " (parts.name) } (self.listed(false)) }
            }
            (effect(frame, done))
            form method="post" action=(frame.link(PATH)) class="decide" {
                (frame.hidden())
                input type="hidden" name="record" value=(chosen.record);
                input type="hidden" name="name" value=(chosen.name);
                @for (key, id) in self.pairs() { input type="hidden" name=(key) value=(id); }
                label { (frame.say("page.matches.publicReason")) input class="field" name="reason" required maxlength="500" value=(chosen.reason); }
                p class="buttons" {
                    a class="btn" href=(back) { (frame.say("page.split.change")) }
                    button type="submit" class="btn main" { (frame.say("page.split.do")) }
                }
            }
        }
    }

    fn pairs(&self) -> Vec<(&'static str, Uuid)> {
        let chosen = self.chosen;
        [("claim", &chosen.claims), ("impact", &chosen.impacts), ("dataset", &chosen.datasets)]
            .into_iter()
            .flat_map(|(key, ids)| ids.iter().map(move |id| (key, *id)))
            .collect()
    }

    /// The rows that go, or those that stay.
    fn listed(&self, goes: bool) -> Markup {
        let (frame, chosen, parts) = (self.frame, self.chosen, self.parts);
        let is_dataset = matches!(self.whole, Whole::Dataset(_));
        html! {
            (rows(frame, "page.split.datasets", &parts.datasets, &chosen.datasets, goes))
            (rows(frame, if is_dataset { "page.split.usersOf" } else { "page.split.usedBy" }, &parts.used_by, &chosen.claims, goes))
            (rows(frame, "page.split.uses", &parts.uses, &chosen.claims, goes))
            (rows(frame, "page.split.impacts", &parts.impacts, &chosen.impacts, goes))
        }
    }
}

fn text(frame: &Frame<'_>, one: &Part) -> Markup {
    let text = if one.text.is_empty() { frame.say("page.review.untitled") } else { one.text.as_str() };
    html! { (text) @if let Some(wave) = &one.wave { " " span class="muted small" { (wave) } } }
}

fn ticks(frame: &Frame<'_>, legend: &'static str, name: &str, all: &[Part], chosen: &[Uuid]) -> Markup {
    html! {
        @if !all.is_empty() {
            fieldset class="ticks" {
                legend { (frame.say(legend)) " (" (all.len()) ")" }
                @for one in all {
                    label class="tick" { input type="checkbox" name=(name) value=(one.id) checked[chosen.contains(&one.id)]; span { (text(frame, one)) } }
                }
            }
        }
    }
}

fn rows(frame: &Frame<'_>, title: &'static str, all: &[Part], chosen: &[Uuid], goes: bool) -> Markup {
    let found: Vec<_> = all.iter().filter(|one| chosen.contains(&one.id) == goes).collect();
    html! {
        @if !found.is_empty() {
            h3 { (frame.say(title)) " (" (found.len()) ")" }
            ul class="small" { @for one in found { li { (text(frame, one)) } } }
        }
    }
}

async fn perform(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let chosen = Chosen::of(sent.pairs());
    let Some(whole) = frame.picked_record(&chosen.record) else { return missing(&frame, &chosen) };
    match rearrange::perform(frame.ctx, &frame.actor, &chosen.plan(whole), &chosen.reason, None).await {
        Ok(_) => frame.after("/desk/matches/merged", "decided"),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => draw(&frame, &chosen, Some(&error)).await,
        Err(error) => frame.refused(&error),
    }
}

//! The room where relations between bodies are decided: by the body they lead to, with what a decision comes to
//! before it is made.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use entity::id::{OrganisationId, RelationId};
use entity::vocabulary::{Decision, RelationKind};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Frame;
use super::matches::{asked, choices, refused};
use crate::analysis::publishers::users_once_decided;
use crate::app::Error;
use crate::app::matching::Side;
use crate::app::relations::{self, Outcome, Parent, Related, Verdict};
use crate::atlas::OrgIx;
use crate::domain::succession;
use crate::http::Site;
use crate::http::form::{Sent, see_other, with_language};
use crate::texts::phrases::DOT;
use crate::texts::{phrases::Texts, words_of};

/// Where the room is.
pub(super) const PATH: &str = "/desk/relations";
/// Where a decision is looked at before it is made: a page with an address, so that Back leads to it.
const PREVIEW: &str = "/desk/relations/preview";
/// How many relations are shown, and decided by one form.
const SHOWN: u64 = 50;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(PATH, get(show).post(decide)).route(PREVIEW, get(preview))
}

/// What is said above the form.
enum Notice {
    None,
    Wrong(Error),
    /// What a decision would come to, with the ids it is about.
    Preview(Outcome, Vec<Uuid>, Box<Verdict>),
}

/// Which relations are shown.
#[derive(Clone, Copy)]
struct Place {
    parent: Option<Uuid>,
    decision: Option<Decision>,
    sort: Option<Sort>,
    after: Option<RelationId>,
}

/// Which kinds are shown.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Parts,
    Successions,
}

impl Sort {
    const ALL: [Self; 2] = [Self::Parts, Self::Successions];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Parts => "parts",
            Self::Successions => "successions",
        }
    }

    const fn kinds(self) -> &'static [RelationKind] {
        match self {
            Self::Parts => &[RelationKind::PartOf, RelationKind::OwnedBy],
            Self::Successions => &[
                RelationKind::SucceededBy,
                RelationKind::MergedInto,
                RelationKind::SplitFrom,
                RelationKind::AbsorbsFunctions,
            ],
        }
    }
}

impl Place {
    /// What the address of the room says, or that of a preview, where the same words mean what is to be decided.
    fn of(frame: &Frame<'_>, parent: &str, decision: &str) -> Self {
        Self {
            parent: asked(frame, parent).and_then(|id| id.parse().ok()),
            decision: asked(frame, decision).and_then(|word| word.parse().ok()),
            sort: asked(frame, "sort").and_then(|word| Sort::ALL.into_iter().find(|sort| sort.as_str() == word)),
            after: asked(frame, "after").and_then(|id| id.parse().ok()).map(RelationId),
        }
    }

    fn of_room(frame: &Frame<'_>) -> Self {
        Self::of(frame, "to", "decision")
    }
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw(&frame, &Notice::None, Place::of_room(&frame)).await,
        Err(answer) => answer,
    }
}

/// What a decision would come to; nothing is decided.
async fn preview(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let query = parts.uri.query().unwrap_or_default();
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let ids: Vec<Uuid> = pairs.filter(|(name, _)| name == "relation").filter_map(|(_, id)| id.parse().ok()).collect();
    let field = |name: &str| asked(&frame, name).unwrap_or_default();
    let Some(verdict) = verdict(&field) else { return see_other(&frame.link(PATH)) };
    let relations: Vec<RelationId> = ids.iter().copied().map(RelationId).collect();
    let place = Place::of(&frame, "parent", "state");
    match relations::many(frame.ctx, &frame.actor, &relations, &verdict, true).await {
        Ok(outcome) => draw(&frame, &Notice::Preview(outcome, ids, Box::new(verdict)), place).await,
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => draw(&frame, &Notice::Wrong(error), place).await,
        Err(error) => frame.refused(&error),
    }
}

/// What somebody has chosen; `None` where it is no decision.
fn verdict(field: &dyn Fn(&str) -> String) -> Option<Verdict> {
    let decision: Decision = field("decision").parse().ok()?;
    let day = |name: &str| field(name).parse().ok();
    Some(Verdict {
        decision: Some(decision).filter(|decision| *decision != Decision::Proposed),
        valid_from: day("from"),
        valid_to: day("to"),
        reason: field("reason"),
    })
}

async fn decide(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let relations: Vec<RelationId> = sent.all("relation").filter_map(|id| id.parse().ok()).map(RelationId).collect();
    let field = |name: &str| sent.field(name).to_owned();
    let Some(verdict) = verdict(&field).filter(|_| sent.field("sure") == "yes") else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let done = relations::many(&desk.access.ctx, &sent.actor, &relations, &verdict, false).await;
    let notice = match done {
        Ok(_) => {
            let parent = sent.field("parent");
            let to = if parent.is_empty() { PATH.to_owned() } else { format!("{PATH}?to={parent}") };
            let language = with_language("", &sent.parts);
            let language = if to.contains('?') { language.replacen('?', "&", 1) } else { language };
            return see_other(&format!("{to}{language}"));
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => Notice::Wrong(error),
        Err(error) => return refused(&site, &sent, &error),
    };
    match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => draw(&frame, &notice, Place::of_room(&frame)).await,
        Err(answer) => answer,
    }
}

async fn draw(frame: &Frame<'_>, notice: &Notice, place: Place) -> Response {
    let Place { parent, decision, sort, after } = place;
    let kinds = sort.map_or(&[][..], Sort::kinds);
    let which = (decision.unwrap_or(Decision::Proposed), parent.map(OrganisationId), kinds);
    let found = async {
        let parents = relations::parents(frame.ctx, &frame.actor, 100).await?;
        let rows = relations::page(frame.ctx, &frame.actor, which, after, SHOWN + 1).await?;
        Ok::<_, Error>((parents, rows))
    };
    let (parents, mut rows) = match found.await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let next = (rows.len() as u64 > SHOWN).then(|| rows.truncate(SHOWN as usize)).and_then(|()| rows.last());
    let next = next.map(|last| last.row.id);
    let address = |place: Place| {
        let Place { parent, decision, sort, after } = place;
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parent.map(|parent| ("to", parent.to_string())));
        query.extend_pairs(decision.map(|decision| ("decision", decision.as_str())));
        query.extend_pairs(sort.map(|sort| ("sort", sort.as_str())));
        query.extend_pairs(after.map(|after| ("after", after.to_string())));
        let query = query.finish();
        frame.link(&if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") })
    };
    let of = parent.and_then(|id| parents.iter().find(|parent| parent.body.id == id));
    let decided = [Decision::Accepted, Decision::Rejected];
    let body = html! {
        h1 { (frame.say("page.relations.title")) }
        p class="lede" { (frame.say("page.relations.lead")) }
        (above(frame, notice, &rows, parent))
        div class="filters" {
            (choices(frame, "page.relations.decisions", decision.filter(|one| *one != Decision::Proposed), &decided, |decision| address(Place { decision, after: None, ..place }), "page.relations.decision", Decision::as_str))
            (choices(frame, "page.relations.sorts", sort, &Sort::ALL, |sort| address(Place { sort, after: None, ..place }), "page.relations.sort", Sort::as_str))
        }
        @if !parents.is_empty() && decision.is_none() { (bodies(frame, &parents, parent, |parent| address(Place { parent, decision: None, sort: None, after: None }))) }
        @if let Some(of) = of.filter(|of| of.has_parts) { p { strong { (of.body.name) } ". " (frame.say(if of.is_decided { "page.relations.isRoot" } else { "page.relations.willBeRoot" })) } }
        @if rows.is_empty() { p { (frame.say("page.relations.none")) } } @else { (form(frame, &rows, place)) }
        @if let Some(next) = next { p { a rel="next" href=(address(Place { after: Some(next), ..place })) { (frame.say("page.matches.more")) } } }
    };
    let mut response = frame.page("page.relations.title", &body);
    if matches!(notice, Notice::Wrong(_)) {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    response
}

fn above(frame: &Frame<'_>, notice: &Notice, rows: &[Related], parent: Option<Uuid>) -> Markup {
    match notice {
        Notice::None => html! {},
        Notice::Wrong(error) => html! {
            (frame.refusal(Some(error)))
        },
        Notice::Preview(outcome, ids, verdict) => html! {
            section class="effect" aria-labelledby="effect" {
                h2 id="effect" { (frame.say("page.matches.effect")) }
                ul {
                    @for row in rows.iter().filter(|row| ids.contains(&row.row.id.0)) { li { (sentence(frame, row)) } }
                }
                p { (outcome.decided) " " (frame.say("page.relations.wouldDecide")) }
                @if outcome.claims > 0 && verdict.decision == Some(Decision::Accepted) { p { (outcome.claims) " " (frame.say("page.relations.claims")) } }
                @if outcome.shown > 0 { p { (outcome.shown) " " (frame.say("page.relations.shown")) } }
                @if outcome.hidden > 0 { p { (outcome.hidden) " " (frame.say("page.relations.hidden")) } }
                (figures(frame, rows.iter().filter(|row| ids.contains(&row.row.id.0)), verdict))
                @if outcome.becomes_root { p class="notice" { (frame.say("page.relations.becomesRoot")) } }
                form method="post" action=(frame.link(&here(parent))) class="decide" {
                    (frame.hidden())
                    input type="hidden" name="sure" value="yes";
                    input type="hidden" name="parent" value=(parent.map(|id| id.to_string()).unwrap_or_default());
                    input type="hidden" name="decision" value=(verdict.decision.unwrap_or(Decision::Proposed).as_str());
                    @for id in ids { input type="hidden" name="relation" value=(id); }
                    @if let Some(day) = verdict.valid_from { input type="hidden" name="from" value=(day); }
                    @if let Some(day) = verdict.valid_to { input type="hidden" name="to" value=(day); }
                    label { (frame.say("page.matches.publicReason")) input class="field" name="reason" required maxlength="500" value=(verdict.reason); }
                    button type="submit" class="btn main" {
                        (words_of(frame.lang, "page.relations.decide", verdict.decision.unwrap_or(Decision::Proposed).as_str()))
                    }
                }
            }
        },
    }
}

/// How many organisations use the bodies above now, and would after the decision, each with the bodies that count for it.
/// What taking a decision back comes to is not foreseen.
fn figures<'a>(frame: &Frame<'_>, rows: impl Iterator<Item = &'a Related>, verdict: &Verdict) -> Markup {
    let Some((atlas, decision)) = (frame.site.atlas)().zip(verdict.decision) else { return html! {} };
    let body = |side: &Side| atlas.organisation_by_id(OrganisationId(side.id));
    let mut parts: BTreeMap<OrgIx, Vec<OrgIx>> = BTreeMap::new();
    for row in rows.filter(|row| row.row.kind == RelationKind::PartOf) {
        let Some((part, whole)) = body(&row.from).zip(body(&row.to)) else { continue };
        let from = verdict.valid_from.or(row.row.valid_from);
        let to = verdict.valid_to.or(row.row.valid_to);
        let holds = from.is_none_or(|day| day <= atlas.as_of) && to.is_none_or(|day| day > atlas.as_of);
        let accepted = Some(part).filter(|_| decision == Decision::Accepted && holds);
        parts.entry(whole).or_default().extend(accepted);
    }
    let texts = Texts::of(frame.lang);
    html! {
        @for (whole, parts) in &parts { p {
            @let (before, after) = (atlas.users_of(*whole).len(), users_once_decided(&atlas, *whole, parts));
            (texts.fill("page.relations.users", &[
                ("name", atlas.name(*whole, frame.lang).value),
                ("before", &texts.number(before)),
                ("after", &texts.number(after)),
            ]))
        } }
    }
}

/// The room, with the body it is about.
fn here(parent: Option<Uuid>) -> String {
    parent.map_or_else(|| PATH.to_owned(), |to| format!("{PATH}?to={to}"))
}

fn bodies(
    frame: &Frame<'_>,
    parents: &[Parent],
    taken: Option<Uuid>,
    address: impl Fn(Option<Uuid>) -> String,
) -> Markup {
    html! {
        nav class="parents" aria-label=(frame.say("page.relations.parents")) {
            ul {
                @for parent in parents {
                    li { a href=(address(Some(parent.body.id))) aria-current=[(taken == Some(parent.body.id)).then_some("true")] {
                        (parent.body.name) " (" (parent.waiting) ")"
                    } }
                }
            }
        }
    }
}

/// `CONAPO belongs to SEGOB`, with its years and note.
fn sentence(frame: &Frame<'_>, row: &Related) -> Markup {
    let year = |day: Option<chrono::NaiveDate>| day.map(|day| day.format("%Y").to_string());
    let (from, to) = (year(row.row.valid_from), year(row.row.valid_to));
    html! {
        (row.from.name) " " em { (words_of(frame.lang, "page.relations.kind", row.row.kind.as_str())) } " " (row.to.name)
        @if from.is_some() || to.is_some() { " (" (from.unwrap_or_default()) "–" (to.unwrap_or_default()) ")" }
        @let (note, is_unverified) = succession::read(row.row.note.as_deref());
        @if let Some(note) = note { (DOT) (note) }
        @if is_unverified { (DOT) (frame.say("page.relations.unverified")) }
    }
}

fn form(frame: &Frame<'_>, rows: &[Related], place: Place) -> Markup {
    let state = place.decision.unwrap_or(Decision::Proposed);
    let choices: &[Decision] = match state {
        Decision::Proposed => &[Decision::Accepted, Decision::Rejected],
        Decision::Accepted | Decision::Rejected => &[Decision::Proposed],
    };
    html! {
        form method="get" action=(PREVIEW) class="decide relations" {
            input type="hidden" name="lang" value=(frame.lang);
            @if let Some(parent) = place.parent { input type="hidden" name="parent" value=(parent); }
            @if let Some(sort) = place.sort { input type="hidden" name="sort" value=(sort.as_str()); }
            @if let Some(after) = place.after { input type="hidden" name="after" value=(after); }
            input type="hidden" name="state" value=(state.as_str());
            fieldset {
                legend { (frame.say("page.relations.choose")) }
                @for row in rows {
                    label class="tick" { input type="checkbox" name="relation" value=(row.row.id); span { (sentence(frame, row)) } }
                }
            }
            @if state == Decision::Proposed {
                div class="dates" {
                    label { (frame.say("page.relations.from")) input class="field" type="date" name="from"; }
                    label { (frame.say("page.relations.to")) input class="field" type="date" name="to"; }
                }
            }
            p class="buttons" {
                @for decision in choices {
                    button type="submit" class="btn" name="decision" value=(decision.as_str()) {
                        (words_of(frame.lang, "page.relations.preview", decision.as_str()))
                    }
                }
            }
        }
    }
}

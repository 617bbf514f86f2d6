//! The room where pairs are decided that may be one thing: the queue, two records side by side with what a merge
//! would do, and what has been merged and can be taken back.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use entity::id::{DatasetId, MatchCandidateId, OrganisationId, RearrangementId};
use entity::vocabulary::{MatchDecision, MatchKind, MatchVerdict, RearrangementKind};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Frame;
use super::matches_side::{self, Comparison, effect};
use super::pick::{Field, Pick};
use crate::app::Error;
use crate::app::matching::{self, Match, Wanted};
use crate::app::rearrange::parts::Whole;
use crate::app::rearrange::{self, Plan, Rearrangement};
use crate::http::Site;
use crate::http::form::{Sent, see_other, with_language};
use crate::http::said::saying;
use crate::texts::phrases::DOT;
use crate::texts::phrases::Texts;
use crate::texts::{percent, words_of};

/// Where the room is.
pub(super) const PATH: &str = "/desk/matches";
/// Where two records of one's choice are compared.
const COMPARE: &str = "/desk/matches/compare";
/// How many are shown at a time.
const SHOWN: u64 = 30;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(PATH, get(queue))
        .route("/desk/matches/find", post(find))
        .route(COMPARE, get(ask).post(compare))
        .route("/desk/matches/merged", get(merged))
        .route("/desk/matches/merged/{id}/undo", post(undo))
        .route("/desk/matches/{id}", get(pair))
        .route("/desk/matches/{id}/decide", post(decide))
        .route("/desk/matches/{id}/merge", post(merge))
}

/// A parameter of the address.
pub(super) fn asked(frame: &Frame<'_>, key: &str) -> Option<String> {
    let query = frame.parts.uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == key).map(|(_, value)| value.into_owned())
}

async fn queue(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let kind = asked(&frame, "kind").and_then(|word| word.parse::<MatchKind>().ok());
    let decision = asked(&frame, "decision").and_then(|word| word.parse::<MatchDecision>().ok());
    let after = asked(&frame, "after").and_then(|text| {
        let (score, id) = text.split_once('.')?;
        Some((score.parse().ok()?, MatchCandidateId(id.parse().ok()?)))
    });
    let wanted = Wanted { kind, decision };
    let found = async {
        let found = matching::page(frame.ctx, &frame.actor, wanted, after, SHOWN + 1).await?;
        let standing = match found.first() {
            Some(first) => {
                Some(matching::standing(frame.ctx, &frame.actor, wanted, (first.row.score, first.row.id)).await?)
            }
            None => None,
        };
        Ok::<_, Error>((found, standing))
    };
    let (mut found, standing) = match found.await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let has_more = found.len() as u64 > SHOWN;
    found.truncate(SHOWN as usize);
    let next = found.last().filter(|_| has_more).map(|last| format!("{}.{}", last.row.score, last.row.id));
    let address = |kind: Option<MatchKind>, decision: Option<MatchDecision>, after: Option<&str>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kind.map(|kind| ("kind", kind.as_str())));
        query.extend_pairs(decision.map(|decision| ("decision", decision.as_str())));
        query.extend_pairs(after.map(|after| ("after", after)));
        let query = query.finish();
        frame.link(&if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") })
    };
    let body = html! {
        h1 { (frame.say("page.matches.title")) }
        p class="lede" { (frame.say("page.matches.lead")) }
        div class="filters" {
            (choices(&frame, "page.matches.kinds", kind, MatchKind::ALL, |kind| address(kind, decision, None), "page.matches.kind", MatchKind::as_str))
            (choices(&frame, "page.matches.decisions", decision, MatchDecision::ALL, |decision| address(kind, decision, None), "page.matches.decision", MatchDecision::as_str))
        }
        @if found.is_empty() { p { (frame.say("page.matches.none")) } }
        @if let Some(standing) = standing { (range(&frame, standing, found.len() as u64)) }
        ol class="pairs" {
            @for one in &found { (row(&frame, one)) }
        }
        @if let Some(next) = next { p { a rel="next" href=(address(kind, decision, Some(&next))) { (frame.say("page.matches.more")) } } }
        div class="asides" {
            form method="post" action=(frame.link("/desk/matches/find")) {
                (frame.hidden())
                p { (frame.say("page.matches.findText")) }
                button type="submit" class="btn" { (frame.say("page.matches.find")) }
            }
            ul {
                li { a href=(frame.link(COMPARE)) { (frame.say("page.matches.compare")) } }
                li { a href=(frame.link(super::split::PATH)) { (frame.say("page.split.title")) } }
                li { a href=(frame.link("/desk/matches/merged")) { (frame.say("page.matches.merged")) } }
            }
        }
    };
    frame.page("page.matches.title", &body)
}

/// Which pairs of how many a page shows.
fn range(frame: &Frame<'_>, (before, total): (u64, u64), shown: u64) -> Markup {
    let texts = Texts::of(frame.lang);
    let [from, to, n] = [before + 1, before + shown, total].map(|n| texts.number(n));
    html! { p class="small muted" { (texts.fill("page.shown", &[("from", &from), ("to", &to), ("n", &n)])) } }
}

/// A row of choices, of which one is taken.
pub(super) fn choices<T: Copy + PartialEq>(
    frame: &Frame<'_>,
    title: &'static str,
    taken: Option<T>,
    all: &[T],
    address: impl Fn(Option<T>) -> String,
    group: &str,
    word: impl Fn(T) -> &'static str,
) -> Markup {
    html! {
        nav aria-label=(frame.say(title)) {
            ul {
                li { a href=(address(None)) aria-current=[taken.is_none().then_some("true")] {
                    (words_of(frame.lang, group, "any"))
                } }
                @for &one in all {
                    li { a href=(address(Some(one))) aria-current=[(taken == Some(one)).then_some("true")] {
                        (words_of(frame.lang, group, word(one)))
                    } }
                }
            }
        }
    }
}

fn row(frame: &Frame<'_>, one: &Match) -> Markup {
    let gone = || frame.say("page.matches.gone").to_owned();
    let name = |side: &Option<matching::Side>| {
        side.as_ref().map_or_else(gone, |side| matches_side::name(frame, one.row.kind, side))
    };
    html! {
        li {
            p class="pair" {
                a href=(frame.link(&format!("{PATH}/{}", one.row.id))) { (name(&one.left)) " ⟷ " (name(&one.right)) }
            }
            p class="why" {
                span class="score" { (words_of(frame.lang, "page.matches.verdict", one.row.verdict.as_str())) (DOT) (percent(frame.lang, one.row.score / 10)) }
                (DOT) (reasons(frame, one))
            }
        }
    }
}

/// What speaks for a pair, in words.
pub(super) fn reasons(frame: &Frame<'_>, one: &Match) -> String {
    let words: Vec<String> = one
        .features
        .reasons
        .iter()
        .map(|reason| words_of(frame.lang, "page.matches.reason", reason.as_str()))
        .collect();
    words.join(DOT)
}

async fn find(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match matching::find_beside(&desk.access.ctx, &sent.actor, MatchKind::ALL.to_vec()).await {
        Ok(_) => see_other(&with_language(PATH, &sent.parts)),
        Err(error) => refused(&site, &sent, &error),
    }
}

/// What a form could not do.
pub(super) fn refused(site: &Arc<Site>, sent: &Sent, error: &Error) -> Response {
    match Frame::with(site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame.refused(error),
        Err(answer) => answer,
    }
}

/// Which of the two stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Left,
    Right,
}

impl Keep {
    fn of(word: &str) -> Option<Self> {
        match word {
            "left" => Some(Self::Left),
            "right" => Some(Self::Right),
            _ => None,
        }
    }
}

/// What a form asked for in vain: it is shown again as it was sent.
struct Tried<'a> {
    wrong: &'a Error,
    /// Which should have stayed, where it was a merge.
    keep: Option<Keep>,
    reason: &'a str,
}

/// What is done to a pair: a series where the years differ, else a merge.
pub(super) fn plan(one: &Match, keep: Keep) -> Plan {
    let (kept, gone) = match keep {
        Keep::Left => (one.row.left_id, one.row.right_id),
        Keep::Right => (one.row.right_id, one.row.left_id),
    };
    let is_series = matches!(one.row.verdict, MatchVerdict::SameSeries | MatchVerdict::SeriesAndEdition);
    match one.row.kind {
        MatchKind::Dataset if is_series => Plan::DatasetSeries { left: DatasetId(kept), right: DatasetId(gone) },
        MatchKind::Dataset => Plan::DatasetMerge { kept: DatasetId(kept), gone: DatasetId(gone) },
        MatchKind::Organisation | MatchKind::Body => {
            Plan::OrganisationMerge { kept: OrganisationId(kept), gone: OrganisationId(gone) }
        }
    }
}

/// The page that asks which two.
async fn ask(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let named = |key| asked(&frame, key).unwrap_or_default();
    match matching::waiting(frame.ctx, &frame.actor).await {
        Ok(_) => frame.page("page.matches.compare", &two(&frame, [&named("left"), &named("right")], &html! {})),
        Err(error) => frame.refused(&error),
    }
}

fn two(frame: &Frame<'_>, [left, right]: [&str; 2], wrong: &Markup) -> Markup {
    let field =
        |name, label, value| frame.pick(&Field { name, label: frame.say(label), value, pick: Pick::Record }, &html! {});
    html! {
        p { a href=(frame.link(PATH)) { "← " (frame.say("page.matches.title")) } }
        h1 { (frame.say("page.matches.compare")) }
        p class="lede" { (frame.say("page.matches.compareText")) }
        (wrong)
        form method="post" action=(frame.link(COMPARE)) class="verdict" {
            (frame.hidden())
            (field("left", "page.matches.first", left))
            (field("right", "page.matches.second", right))
            div class="actions" { button type="submit" class="btn main" { (frame.say("page.matches.compare")) } }
        }
    }
}

async fn compare(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent(&site, request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let typed = [sent.field("left"), sent.field("right")];
    let found = typed.map(|typed| frame.picked_record(typed).map(id_of));
    let no_record = |name: &str| Texts::of(frame.lang).fill("page.review.noSuchRecord", &[("name", name)]);
    let wrong = match found {
        [Some(left), Some(right)] => match matching::compare(frame.ctx, &frame.actor, (left, right)).await {
            Ok(one) => return see_other(&frame.link(&format!("{PATH}/{}", one.row.id))),
            Err(error @ (Error::Invalid(_) | Error::NotFound)) => frame.refusal(Some(&error)),
            Err(error) => return frame.refused(&error),
        },
        [None, _] => html! { p class="notice" role="alert" { (no_record(typed[0])) } },
        [_, None] => html! { p class="notice" role="alert" { (no_record(typed[1])) } },
    };
    let mut response = frame.page("page.matches.compare", &two(&frame, typed, &wrong));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

fn id_of(whole: Whole) -> Uuid {
    match whole {
        Whole::Organisation(id) => id.0,
        Whole::Dataset(id) => id.0,
    }
}

async fn pair(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    draw(&frame, MatchCandidateId(id), None).await
}

/// Two records side by side; with what was tried, where it went wrong.
async fn draw(frame: &Frame<'_>, id: MatchCandidateId, tried: Option<Tried<'_>>) -> Response {
    let one = match matching::by_id(frame.ctx, &frame.actor, id).await {
        Ok(one) => one,
        Err(error) => return frame.refused(&error),
    };
    let asked_to_keep = || asked(frame, "keep").as_deref().and_then(Keep::of);
    let keep = tried.as_ref().and_then(|tried| tried.keep).or_else(asked_to_keep);
    let reason =
        |is_merge: bool| tried.as_ref().filter(|one| one.keep.is_some() == is_merge).map_or("", |one| one.reason);
    let preview = match keep {
        None => None,
        Some(keep) => match rearrange::preview(frame.ctx, &frame.actor, &plan(&one, keep)).await {
            Ok(done) => Some((keep, Ok(done))),
            Err(error @ (Error::Invalid(_) | Error::Conflict(_) | Error::NotFound)) => Some((keep, Err(error))),
            Err(error) => return frame.refused(&error),
        },
    };
    let comparison = Comparison { frame, one: &one };
    let body = html! {
        p { a href=(frame.link(PATH)) { "← " (frame.say("page.matches.title")) } }
        h1 { (frame.say(matches_side::question(&one))) }
        (frame.refusal(tried.as_ref().map(|tried| tried.wrong)))
        (comparison.sides())
        (comparison.likeness())
        @if one.left.is_some() && one.right.is_some() {
            (comparison.keep(keep))
            @match &preview {
                None => {}
                Some((keep, Ok(done))) => { (effect(frame, done)) (comparison.merge(*keep, reason(true))) }
                Some((_, Err(error))) => {
                    (frame.refusal(Some(error)))
                }
            }
            (comparison.decide(reason(false)))
        }
    };
    let mut response = frame.page(matches_side::question(&one), &body);
    if tried.is_some() {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    response
}

async fn decide(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let id = MatchCandidateId(id);
    // Without a word a decision is taken back.
    let decision = match sent.field("decision") {
        "" => None,
        word => match word.parse::<MatchDecision>() {
            Ok(decision) => Some(decision),
            Err(_) => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        },
    };
    let reason = Some(sent.field("reason")).filter(|reason| !reason.trim().is_empty());
    match matching::decide(&desk.access.ctx, &sent.actor, id, decision, reason).await {
        Ok(_) => see_other(&saying(&with_language(PATH, &sent.parts), "decided")),
        Err(error) => again(&site, &sent, id, None, &error).await,
    }
}

async fn again(site: &Arc<Site>, sent: &Sent, id: MatchCandidateId, keep: Option<Keep>, wrong: &Error) -> Response {
    if !matches!(wrong, Error::Invalid(_) | Error::Conflict(_)) {
        return refused(site, sent, wrong);
    }
    match Frame::with(site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => draw(&frame, id, Some(Tried { wrong, keep, reason: sent.field("reason") })).await,
        Err(answer) => answer,
    }
}

async fn merge(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let id = MatchCandidateId(id);
    let Some(keep) = Keep::of(sent.field("keep")) else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    let ctx = &desk.access.ctx;
    let done = match matching::by_id(ctx, &sent.actor, id).await {
        Ok(one) => rearrange::perform(ctx, &sent.actor, &plan(&one, keep), sent.field("reason"), None).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => see_other(&saying(&with_language("/desk/matches/merged", &sent.parts), "decided")),
        Err(error) => again(&site, &sent, id, Some(keep), &error).await,
    }
}

async fn merged(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => list_merged(&frame, None).await,
        Err(answer) => answer,
    }
}

async fn list_merged(frame: &Frame<'_>, wrong: Option<&Error>) -> Response {
    let found = match rearrange::page(frame.ctx, &frame.actor, None, 100).await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        p { a href=(frame.link(PATH)) { "← " (frame.say("page.matches.title")) } }
        h1 { (frame.say("page.matches.merged")) }
        (frame.refusal(wrong))
        @if found.is_empty() { p { (frame.say("page.matches.noneMerged")) } }
        ol class="pairs" { @for row in &found { (done(frame, row)) } }
    };
    let mut response = frame.page("page.matches.merged", &body);
    if wrong.is_some() {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    response
}

fn done(frame: &Frame<'_>, row: &Rearrangement) -> Markup {
    let (kept, other) = rearrange::titles(row);
    let place = match row.kind {
        RearrangementKind::OrganisationMerge | RearrangementKind::OrganisationSplit => "organisation",
        _ => "dataset",
    };
    html! {
        li id=(format!("r-{}", row.id)) {
            p class="pair" {
                (words_of(frame.lang, "page.matches.done", row.kind.as_str())) ": "
                a href=(format!("/id/{place}/{}", row.kept_id)) { (kept) } " ⟵ " (other)
            }
            p class="why" { (frame.moment(row.done_at)) (DOT) (row.reason) }
            @if let Some(at) = row.undone_at {
                p { (frame.say("page.matches.undone")) " " (frame.moment(at)) }
            } @else {
                details {
                    summary { (frame.say("page.matches.undo")) }
                    form method="post" action=(frame.link(&format!("/desk/matches/merged/{}/undo", row.id))) class="decide" {
                        (frame.hidden())
                        label { (frame.say("page.matches.reason")) input class="field" name="reason" required maxlength="500"; }
                        button type="submit" class="btn" { (frame.say("page.matches.undo")) }
                    }
                }
            }
        }
    }
}

async fn undo(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match rearrange::undo(&desk.access.ctx, &sent.actor, RearrangementId(id), sent.field("reason")).await {
        Ok(_) => see_other(&saying(&with_language("/desk/matches/merged", &sent.parts), "decided")),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            match Frame::with(&site, &sent.parts, sent.actor.clone()) {
                Ok(frame) => list_merged(&frame, Some(&error)).await,
                Err(answer) => answer,
            }
        }
        Err(error) => refused(&site, &sent, &error),
    }
}

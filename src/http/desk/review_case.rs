//! A case: what is proposed beside what stands, the evidence, what happened so far, and the decision.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use entity::id::{AccountId, ReviewCaseId};
use entity::vocabulary::{ActorKind, CaseKind, CaseStatus, CaseStep, MatchKind, Role};
use maud::{Markup, html};

use super::frame::Frame;
use super::pick::{self, Pick};
use super::review::{QUEUE, keys};
use super::review_filter::Asked;
use super::review_words;
use crate::app::Error;
use crate::app::review::case::{self, Compared, Duplicate, Evidence, Outlook, Sheet};
use crate::app::review::decide::{self, Decision, Verdict};
use crate::app::review::whole::Waiting;
use crate::app::review::{dispute, names, queue, recommend, step};
use crate::domain::review::{Subject, is_open};
use crate::http::Site;
use crate::http::form::{Sent, see_other};
use crate::http::said::saying;
use crate::texts::phrases::DOT;
use crate::texts::{percent, words_of};

/// A reason may be long.
const FORM_BYTES: usize = 16_384;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/desk/review/{id}", get(show).post(act))
}

async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    draw(&frame, &id, None).await
}

async fn draw(frame: &Frame<'_>, id: &str, refusal: Option<&Error>) -> Response {
    let Ok(id) = id.parse() else { return frame.refused(&Error::NotFound) };
    match case::sheet(frame.ctx, &frame.actor, ReviewCaseId(id), frame.lang.as_str()).await {
        Ok(sheet) => {
            let people = queue::reviewers(frame.ctx, &frame.actor).await.unwrap_or_default();
            let asked = Asked::of(frame.parts.uri.query()).words();
            let filter = asked.filter(frame.ctx, &frame.actor);
            let beside = match queue::neighbours(frame.ctx, &frame.actor, &sheet.case, &filter).await {
                Ok(beside) => beside,
                // Who proposed a case may see it, and not the queue.
                Err(Error::Forbidden | Error::NotFound) => queue::Neighbours::default(),
                Err(error) => return frame.refused(&error),
            };
            let ways = Ways { asked: &asked, beside };
            let mut response = frame.page("page.review.title", &body(frame, &sheet, &ways, &people, refusal));
            if refusal.is_some() {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            response
        }
        Err(error) => frame.refused(&error),
    }
}

/// The ways from a case through the queue that it was opened in.
struct Ways<'w> {
    asked: &'w Asked,
    beside: queue::Neighbours,
}

impl Ways<'_> {
    /// A case, with what the queue was narrowed to.
    fn to(&self, frame: &Frame<'_>, id: ReviewCaseId) -> String {
        frame.link(&self.asked.on(&format!("{QUEUE}/{id}")))
    }

    fn drawn(&self, frame: &Frame<'_>) -> Markup {
        html! {
            nav class="ways" aria-label=(frame.say("page.review.ways")) {
                a href=(frame.link(&self.asked.on(QUEUE))) data-up { "← " (frame.say("page.review.title")) }
                @if let Some(id) = self.beside.previous { a rel="prev" href=(self.to(frame, id)) { (frame.say("page.review.previousCase")) } }
                @if let Some(id) = self.beside.next { a rel="next" href=(self.to(frame, id)) { (frame.say("page.review.nextCase")) } }
            }
        }
    }
}

fn body(
    frame: &Frame<'_>,
    sheet: &Sheet,
    ways: &Ways<'_>,
    people: &[(AccountId, String)],
    refusal: Option<&Error>,
) -> Markup {
    let case = &sheet.case;
    let label = |id: Option<uuid::Uuid>| id.and_then(|id| sheet.names.label(id));
    let about = case.organisation_id.or(case.publisher_id).map(|id| id.0);
    html! {
        (ways.drawn(frame))
        header class="case" {
            p class="kicker" {
                (words_of(frame.lang, "page.review.kind", case.kind.as_str()))
                @if let Some(name) = label(about) { (DOT) bdi { (name) } }
                (DOT)
                @match case.decided_at {
                    Some(at) => { (frame.say("page.review.decidedOn")) " " (frame.day(at.date_naive())) }
                    None => { (frame.say("page.review.since")) " " (frame.day(case.opened_at.date_naive())) }
                }
            }
            h1 { @if sheet.is_sealed { (frame.say("page.review.sealed")) } @else if sheet.headline.is_empty() { (frame.say("page.review.untitled")) } @else { (review_words::question(frame, case, &sheet.headline, label(about))) } }
            (review_words::reported(frame, case.kind, &sheet.headline))
            p class="marks" {
                span class="chip" { (words_of(frame.lang, "page.review.status", case.status.as_str())) }
                @if let Some(name) = label(case.assignee_id.map(|id| id.0)) { span class="chip" { bdi { (name) } } }
                @if let Some(problem) = case.problem { span class="chip warn" { (words_of(frame.lang, "page.review.problem", problem.as_str())) } }
                @if case.mentions_person { span class="chip warn" { (frame.say("page.review.person")) } }
                @if let Outlook::Ready(Some(grade)) = &sheet.outlook { span class="chip" { (frame.say("page.review.outlook")) " " (grade.as_str()) } }
            }
        }
        (frame.refusal(refusal))
        (recommended(frame, sheet))
        (response_waits(frame, sheet.response.filter(|_| case.status == CaseStatus::Accepted)))
        @if let Some(status) = sheet.set_aside { p class="note warn" { (words_of(frame.lang, "page.review.setAside", status.as_str())) } }
        @if sheet.is_own { p class="note warn" { (frame.say("page.review.own")) } }
        @if sheet.has_hand { p class="note warn" { (frame.say("page.review.hand")) } }
        @if let Outlook::Stuck(why) = &sheet.outlook { p class="note warn" { (frame.say("page.review.stuck")) " " (frame.why(&Error::Conflict(why.clone()))) } }
        @if sheet.is_sealed { p class="note" { (frame.say("page.review.sealedText")) } }
        @if !sheet.compared.is_empty() { (compared(frame, &sheet.compared)) }
        @else if case.kind == CaseKind::Attribute && matches!(sheet.outlook, Outlook::Ready(_)) { p class="note" { (frame.say("page.review.sameAsNow")) } }
        (duplicates(frame, sheet))
        @if let Some(words) = sheet.words.as_ref().filter(|words| !sheet.headline.contains(words.as_str())) { blockquote { p { bdi { (words) } } } }
        div class="beside" { (evidence(frame, sheet)) (history(frame, sheet)) }
        @if sheet.others > 0 {
            @if let Some(id) = case.organisation_id {
                p { a href=(frame.link(&format!("{QUEUE}?organisation={id}"))) { (frame.say("page.review.others")) " (" (sheet.others) ")" } }
            }
        }
        @if is_open(case.status) && sheet.may_decide { (decision(frame, sheet, ways)) (assignment(frame, sheet, ways, people)) }
        @else if is_open(case.status) { @if sheet.may_recommend { (recommendation(frame, sheet, ways)) } }
        @else if sheet.may_decide { (decided(frame, sheet, ways)) }
        @if let Some(path) = claim_of(sheet).and_then(super::claims::path).filter(|_| sheet.may_decide && !is_open(case.status)) {
            p { a href=(frame.link(&path)) { (frame.say("page.claims.open")) } }
        }
        @if sheet.may_decide { (keys(frame)) }
    }
}

/// The claim that a case is about.
fn claim_of(sheet: &Sheet) -> Option<Subject> {
    match (sheet.case.kind, sheet.case.subject_id?) {
        (CaseKind::UseClaim, id) => Some(Subject::UseClaim(id.into())),
        (CaseKind::ImpactClaim, id) => Some(Subject::ImpactClaim(id.into())),
        (CaseKind::Observation, _) => sheet.value.map(Subject::Observation),
        _ => None,
    }
}

/// That what was decided is told in parts only, while the response that it came from waits to be validated.
pub(super) fn response_waits(frame: &Frame<'_>, waits: Option<Waiting>) -> Markup {
    html! {
        @if let Some(waits) = waits {
            p class="note" {
                (frame.say("page.review.responseWaits"))
                @if waits.is_seen { " " a href=(frame.link(&format!("/desk/responses/{}", waits.response))) { (frame.say("page.review.toResponse")) } }
            }
        }
    }
}

/// What those say who run the study and do not decide.
fn recommended(frame: &Frame<'_>, sheet: &Sheet) -> Markup {
    let said = |step: CaseStep| matches!(step, CaseStep::RecommendedAccept | CaseStep::RecommendedReject);
    html! {
        @for event in sheet.events.iter().filter(|event| said(event.step)) {
            p class="note" {
                @if let Some(name) = event.actor_id.and_then(|id| sheet.names.label(id)) { b { bdi { (name) } } ", " }
                // Nobody else recommends: the policy gives it to this role alone.
                (words_of(frame.lang, "page.account.role", Role::Researcher.as_str())) " – "
                (words_of(frame.lang, "page.review.step", event.step.as_str())) ": " (event.note)
            }
        }
    }
}

/// The form of those who say what should become of it.
fn recommendation(frame: &Frame<'_>, sheet: &Sheet, ways: &Ways<'_>) -> Markup {
    let case = &sheet.case;
    html! {
        form method="post" action=(ways.to(frame, case.id)) class="verdict" {
            (frame.hidden())
            input type="hidden" name="version" value=(case.version);
            p class="small quiet" { (frame.say("page.review.recommendText")) }
            label { span { (frame.say("page.review.recommendReason")) } textarea class="field" name="reason" rows="2" maxlength="2000" required {} }
            div class="actions" {
                button class="btn" name="action" value="recommend-reject" { (frame.say("page.review.recommendReject")) }
                button class="btn main" name="action" value="recommend-accept" { (frame.say("page.review.recommendAccept")) }
            }
        }
    }
}

/// What stands beside what is proposed.
fn compared(frame: &Frame<'_>, fields: &[Compared]) -> Markup {
    // What is new stands beside nothing: a column for that would say nothing.
    let is_new = fields.iter().all(|one| one.stands.is_none());
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|one| review_words::place(&one.field));
    html! {
        div class="scrolls" tabindex="0" role="region" aria-label=(frame.say("page.review.difference")) {
            table class="compared" {
                thead { tr { th scope="col" { (frame.say("page.review.fieldName")) } @if !is_new { th scope="col" { (frame.say("page.review.stands")) } } th scope="col" { (frame.say("page.review.proposed")) } } }
                tbody {
                    @for one in fields {
                        tr {
                            th scope="row" { (review_words::field(frame.lang, &one.field)) }
                            @if !is_new { td { @match review_words::cell(frame, one, one.stands.as_ref()) { Some(text) => { del { (text) } } None => { span class="quiet" { "–" } } } } }
                            td { @match review_words::cell(frame, one, one.proposed.as_ref()) { Some(text) => { ins { (text) } } None => { span class="quiet" { "–" } } } }
                        }
                    }
                }
            }
        }
    }
}

/// Records that may be what is proposed, each with what speaks for it and the way to the comparison.
fn duplicates(frame: &Frame<'_>, sheet: &Sheet) -> Markup {
    let is_new = matches!(sheet.case.kind, CaseKind::Organisation | CaseKind::Dataset);
    html! {
        @if !sheet.duplicates.is_empty() || (is_new && is_open(sheet.case.status) && !sheet.is_sealed) {
            section aria-labelledby="duplicates" {
                h2 id="duplicates" { (frame.say("page.review.duplicates")) }
                @if sheet.duplicates.is_empty() { p class="quiet" { (frame.say("page.review.noDuplicates")) } }
                ul class="evidence" { @for one in &sheet.duplicates { (duplicate(frame, one)) } }
            }
        }
    }
}

fn duplicate(frame: &Frame<'_>, one: &Duplicate) -> Markup {
    let place = if one.kind == MatchKind::Dataset { "datasets" } else { "organisations" };
    let reasons: Vec<_> =
        one.reasons.iter().map(|reason| words_of(frame.lang, "page.matches.reason", reason.as_str())).collect();
    html! {
        li {
            p class="kicker" { (words_of(frame.lang, "page.matches.verdict", one.verdict.as_str())) (DOT) (percent(frame.lang, one.score / 10)) }
            p { @if one.side.is_public { a href=(frame.link(&format!("/{place}/{}", one.side.slug))) { (one.side.name) } } @else { (one.side.name) } }
            p class="small" { (reasons.join(DOT)) }
            @if let Some(case) = one.waiting {
                p class="small" { a href=(frame.link(&format!("/desk/review/{case}"))) { (frame.say("page.review.waitsToo")) } }
            }
            @if let Some(pair) = one.comparison {
                p class="small" { a href=(frame.link(&format!("{}/{pair}", super::matches::PATH))) { (frame.say("page.review.compare")) } }
            }
        }
    }
}

fn evidence(frame: &Frame<'_>, sheet: &Sheet) -> Markup {
    html! {
        section {
            h2 { (frame.say("page.review.evidence")) }
            (sources(frame, &sheet.evidence, sheet.case.wave_id.is_some()))
            (verifications(frame, &sheet.verifications))
        }
    }
}

/// What the sides of a claim have said of it, and when.
pub(super) fn verifications(frame: &Frame<'_>, said: &[entity::verification::Model]) -> Markup {
    html! {
        @for one in said {
            p class="small" {
                b { (words_of(frame.lang, "page.review.side", one.role.as_str())) } ": "
                (words_of(frame.lang, "page.review.verified", one.decision.as_str()))
                ", " (frame.day(one.verified_at.date_naive()))
                @if let Some(note) = &one.note { " – " bdi { (note) } }
            }
        }
    }
}

/// Sources with what they say; without any, where else it stands.
pub(super) fn sources(frame: &Frame<'_>, evidence: &[Evidence], is_answered: bool) -> Markup {
    html! {
        @if evidence.is_empty() { p class="quiet" { (frame.say(if is_answered { "page.review.answerItself" } else { "page.review.noEvidence" })) } }
        ul class="evidence" {
            @for one in evidence {
                li {
                    p class="kicker" {
                        (words_of(frame.lang, "page.review.polarity", one.polarity.as_str())) (DOT)
                        (words_of(frame.lang, "page.review.source", one.kind.as_str()))
                        @if let Some(place) = &one.locator { (DOT) (place) }
                    }
                    p { (one.title) }
                    @if let Some(quote) = &one.quote { blockquote { p { (quote) } } }
                    @if let Some(url) = &one.url {
                        p class="small" { a href=(url) rel="noopener noreferrer nofollow external" target="_blank" { (url) } " ↗ " span class="quiet" { (frame.say("page.review.external")) } }
                    }
                }
            }
        }
    }
}

fn history(frame: &Frame<'_>, sheet: &Sheet) -> Markup {
    html! {
        section {
            h2 { (frame.say("page.review.history")) }
            @if sheet.events.is_empty() { p class="quiet" { (frame.say("page.review.noHistory")) } }
            ol class="events" {
                @for event in &sheet.events {
                    li {
                        p class="kicker" {
                            (words_of(frame.lang, "page.review.step", event.step.as_str()))
                            @if let Some(name) = event.actor_id.and_then(|id| sheet.names.label(id)) { (DOT) bdi { (name) } }
                            (DOT) (frame.moment(event.happened_at))
                        }
                        @if !event.note.is_empty() { p { (event.note) } }
                    }
                }
            }
        }
    }
}

fn decision(frame: &Frame<'_>, sheet: &Sheet, ways: &Ways<'_>) -> Markup {
    let case = &sheet.case;
    html! {
        form method="post" action=(ways.to(frame, case.id)) class="verdict" data-decision {
            (frame.hidden())
            input type="hidden" name="version" value=(case.version);
            @if case.kind == CaseKind::Use {
                (frame.pick(&pick::Field { name: "target", label: frame.say("page.review.target"), value: "", pick: Pick::Data }, &html! {}))
            }
            label { span { (frame.say("page.review.reason")) } textarea class="field" name="reason" rows="2" maxlength="2000" {} }
            div class="actions" {
                @if !sheet.is_own && !sheet.has_hand {
                    // Who proposed it without an account has no page to answer on.
                    @if case.proposer_kind == Some(ActorKind::Account) {
                        button class="btn" name="action" value="ask" data-key="q" { (frame.say("page.review.ask")) " " kbd { "Q" } }
                    }
                    button class="btn" name="action" value="reject" data-key="r" { (frame.say("page.review.reject")) " " kbd { "R" } }
                    button class="btn main" name="action" value="accept" data-key="a" { (frame.say("page.review.accept")) " " kbd { "A" } }
                }
            }
        }
    }
}

fn assignment(frame: &Frame<'_>, sheet: &Sheet, ways: &Ways<'_>, people: &[(AccountId, String)]) -> Markup {
    let case = &sheet.case;
    html! {
        form method="post" action=(ways.to(frame, case.id)) class="assign" {
            (frame.hidden())
            input type="hidden" name="version" value=(case.version);
            label { span { (frame.say("page.review.assignTo")) }
                select class="field" name="assignee" {
                    option value="" { (frame.say("page.review.nobody")) }
                    @for (id, name) in people {
                        option value=(id) selected[case.assignee_id == Some(*id)] { (name) }
                    }
                }
            }
            button class="btn" name="action" value="assign" { (frame.say("page.review.assign")) }
            button class="btn" name="action" value="take" data-key="t" { (frame.say("page.review.take")) }
        }
    }
}

fn decided(frame: &Frame<'_>, sheet: &Sheet, ways: &Ways<'_>) -> Markup {
    let case = &sheet.case;
    let is_claim = matches!(case.kind, CaseKind::UseClaim | CaseKind::ImpactClaim);
    let may_doubt = is_claim && !sheet.has_hand && case.status == CaseStatus::Accepted;
    let may_undo = !sheet.is_own && !sheet.has_hand;
    html! {
        form method="post" action=(ways.to(frame, case.id)) class="verdict" data-decision {
            (frame.hidden())
            input type="hidden" name="version" value=(case.version);
            label { span { (frame.say("page.review.reason")) } textarea class="field" name="reason" rows="2" maxlength="2000" {} }
            (super::claims::does(frame, &[
                (may_doubt, "page.review.dispute", "page.claims.disputeDoes"),
                (may_doubt, "page.review.retract", "page.claims.retractDoes"),
                (may_undo, "page.review.undo", "page.review.undoDoes"),
            ]))
            div class="actions" {
                @if may_doubt {
                    button class="btn" name="action" value="dispute" data-key="d" { (frame.say("page.review.dispute")) " " kbd { "D" } }
                    button class="btn" name="action" value="retract" { (frame.say("page.review.retract")) }
                }
                @if may_undo { button class="btn" name="action" value="undo" data-key="u" { (frame.say("page.review.undo")) " " kbd { "U" } } }
            }
        }
    }
}

async fn act(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    match acted(&frame, &id, &sent).await {
        Ok(to) => see_other(&frame.link(&to)),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => draw(&frame, &id, Some(&error)).await,
        // The page says who decides on what one has proposed oneself.
        Err(Error::Forbidden) if is_own(&frame, &id).await => {
            let mut response = draw(&frame, &id, None).await;
            *response.status_mut() = StatusCode::FORBIDDEN;
            response
        }
        Err(error) => frame.refused(&error),
    }
}

/// Whether whoever acts has proposed what a case is about.
async fn is_own(frame: &Frame<'_>, id: &str) -> bool {
    let Ok(id) = id.parse() else { return false };
    let sheet = case::sheet(frame.ctx, &frame.actor, ReviewCaseId(id), frame.lang.as_str()).await;
    sheet.is_ok_and(|sheet| sheet.is_own)
}

/// Does what a form asks for; where to go on.
async fn acted(frame: &Frame<'_>, id: &str, sent: &Sent) -> Result<String, Error> {
    let id = ReviewCaseId(id.parse().map_err(|_| Error::NotFound)?);
    let at = (id, sent.field("version").parse().unwrap_or_default());
    let (ctx, actor, reason) = (frame.ctx, &frame.actor, sent.field("reason"));
    let asked = Asked::of(frame.parts.uri.query()).words();
    let at_case = |id: ReviewCaseId| asked.on(&format!("{QUEUE}/{id}"));
    let here = at_case(id);
    let verdict = match sent.field("action") {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "ask" => return step::ask(ctx, actor, at, reason).await.map(|_| saying(&here, "asked")),
        "take" => {
            let me = actor.account().map(|account| account.id);
            return step::assign(ctx, actor, at, me).await.map(|_| saying(&here, "assigned"));
        }
        "assign" => {
            let to = sent.field("assignee");
            let to = if to.is_empty() { None } else { Some(AccountId(to.parse().map_err(|_| Error::NotFound)?)) };
            return step::assign(ctx, actor, at, to).await.map(|_| saying(&here, "assigned"));
        }
        word @ ("recommend-accept" | "recommend-reject") => {
            let verdict = if word == "recommend-accept" { Verdict::Accept } else { Verdict::Reject };
            recommend::recommend(ctx, actor, at, verdict, reason).await?;
            return Ok(saying(&here, "recommended"));
        }
        "undo" => return decide::undo(ctx, actor, at, reason).await.map(|_| saying(&here, "undone")),
        action @ ("dispute" | "retract") => {
            let sheet = case::sheet(ctx, actor, id, frame.lang.as_str()).await?;
            let claim = match (sheet.case.kind, sheet.case.subject_id) {
                (CaseKind::UseClaim, Some(id)) => Subject::UseClaim(id.into()),
                (CaseKind::ImpactClaim, Some(id)) => Subject::ImpactClaim(id.into()),
                _ => return Err(Error::NotFound),
            };
            let (done, word) = if action == "dispute" {
                (dispute::dispute(ctx, actor, claim, reason, None).await?, "disputed")
            } else {
                (dispute::retract(ctx, actor, claim, reason, None).await?, "retracted")
            };
            return Ok(saying(&at_case(done.id), word));
        }
        _ => return Err(Error::NotFound),
    };
    let target = match frame.picked(Pick::Data, sent.field("target")).as_str() {
        "" => None,
        address => match names::target_at(ctx, actor, address).await? {
            Some(target) => Some(target),
            None => return Err(Error::Conflict("the register has no dataset or body at this address".to_owned())),
        },
    };
    let done = decide::decide(ctx, actor, at, Decision { verdict, reason: reason.to_owned(), target }).await?;
    let next = queue::neighbours(ctx, actor, &done.case, &asked.filter(ctx, actor)).await?.next;
    let word = if verdict == Verdict::Accept { "accepted" } else { "rejected" };
    Ok(format!("{}&was={id}", saying(&next.map_or_else(|| asked.on(QUEUE), at_case), word)))
}

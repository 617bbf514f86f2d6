//! Proposals: a form for each kind, and what became of one's own.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
    routing::{get, post},
};
use entity::id::{ReviewCaseId, UseClaimId};
use entity::vocabulary::{AccessMode, CaseKind, CaseStatus, Criticality, OrganisationKind, Polarity, SourceKind};
use maud::{Markup, html};

use super::correction::{self, Asked};
use super::frame::Frame;
use super::pick::Pick;
use super::propose_fields::Fields;
use super::whereabouts;
use crate::app::Error;
use crate::app::review::propose::{self, New, NewImpact, NewUse, Own};
use crate::app::review::{merged, names, step};
use crate::app::write::REUSED;
use crate::domain::review::{Cited, Field, Proposed, Subject, Target};
use crate::domain::rfc::PlainRfc;
use crate::domain::violation::Violation;
use crate::http::Site;
use crate::http::form::Sent;
use crate::texts::phrases::DOT;
use crate::texts::words_of;

/// Where proposals are made.
const HERE: &str = "/desk/propose";
/// A description may be long.
const FORM_BYTES: usize = 16_384;

/// What can be proposed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Organisation,
    Dataset,
    Use,
    Impact,
    Correction,
    Evidence,
}

impl Sort {
    const ALL: [Self; 6] =
        [Self::Organisation, Self::Dataset, Self::Use, Self::Impact, Self::Correction, Self::Evidence];

    fn word(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Dataset => "dataset",
            Self::Use => "use",
            Self::Impact => "impact",
            Self::Correction => "correction",
            Self::Evidence => "evidence",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }
}

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(HERE, get(home))
        .route("/desk/propose/answer", post(answer))
        .route("/desk/propose/{sort}", get(show).post(send))
}

async fn home(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    match propose::own(frame.ctx, &frame.actor, frame.lang.as_str()).await {
        Ok(own) => frame.page("page.propose.title", &list(&frame, &own)),
        Err(error) => frame.refused(&error),
    }
}

fn list(frame: &Frame<'_>, own: &[Own]) -> Markup {
    html! {
        h1 { (frame.say("page.propose.title")) }
        p class="muted" { (frame.say("page.propose.text")) }
        ul class="doors" {
            @for sort in Sort::ALL {
                li {
                    a href=(frame.link(&format!("{HERE}/{}", sort.word()))) { (words_of(frame.lang, "page.propose.sort", sort.word())) }
                    p { (words_of(frame.lang, "page.propose.sortText", sort.word())) }
                }
            }
        }
        h2 { (frame.say("page.propose.own")) }
        @if own.is_empty() { p class="empty" { (frame.say("page.propose.none")) } }
        ul class="cases" {
            @for one in own {
                li {
                    p class="kicker" { (words_of(frame.lang, "page.review.kind", one.case.kind.as_str())) (DOT) (frame.day(one.case.opened_at.date_naive())) }
                    p { b { (super::review_words::headline(frame, one.case.kind, &one.headline)) } }
                    p class="marks" { span class="chip" { (words_of(frame.lang, "page.review.status", one.case.status.as_str())) } }
                    @if let Some(slug) = &one.made { (made(frame, one.case.kind, slug)) }
                    @for event in one.events.iter().filter(|event| !event.note.is_empty() && event.number > 1) {
                        p class="small" { b { (words_of(frame.lang, "page.review.step", event.step.as_str())) } ": " (event.note) }
                    }
                    @if one.case.status == CaseStatus::Asked {
                        form method="post" action=(frame.link("/desk/propose/answer")) class="verdict" {
                            (frame.hidden())
                            input type="hidden" name="case" value={ (one.case.id) "." (one.case.version) };
                            label { span { (frame.say("page.propose.answer")) } textarea class="field" name="answer" rows="3" maxlength="2000" required {} }
                            button class="btn main" { (frame.say("page.propose.sendAnswer")) }
                        }
                    }
                }
            }
        }
    }
}

/// The way to what was accepted. An organisation has a page once it has a use.
fn made(frame: &Frame<'_>, kind: CaseKind, slug: &str) -> Markup {
    let place = if kind == CaseKind::Dataset { "datasets" } else { "organisations" };
    let path = format!("/{place}/{slug}");
    let has_page = (frame.site.atlas)().is_some_and(|atlas| match kind {
        CaseKind::Dataset => atlas.dataset_by_slug(slug).is_some(),
        _ => atlas.organisation_by_slug(slug).is_some_and(|org| atlas.listed().contains(org.get())),
    });
    let about: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    html! {
        @if has_page { p { a href=(frame.link(&path)) { (frame.say("page.propose.seeIt")) } } }
        @else if kind == CaseKind::Organisation {
            p class="small" { (frame.say("page.propose.noPageYet")) " "
                a href=(frame.link(&format!("{HERE}/use?about={about}"))) { (frame.say("page.propose.itsUse")) } }
        }
    }
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let Some((id, version)) = super::review::case_version(sent.field("case")) else {
        return frame.refused(&Error::NotFound);
    };
    let at: (ReviewCaseId, i64) = (id, version);
    match step::answer(frame.ctx, &frame.actor, at, sent.field("answer")).await {
        Ok(_) => frame.after(HERE, "answered"),
        Err(error) => frame.refused(&error),
    }
}

async fn show(State(site): State<Arc<Site>>, Path(sort): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let Some(sort) = Sort::of(&sort) else { return frame.refused(&Error::NotFound) };
    let asked = |name: &str| asked(&parts, name);
    form(&frame, sort, &asked, &[], None).await
}

fn asked(parts: &Parts, name: &str) -> String {
    let query = parts.uri.query().unwrap_or_default();
    let found = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}

/// The claims about an organisation that evidence may be given for.
async fn claims_of(frame: &Frame<'_>, about: &str) -> Vec<(UseClaimId, String)> {
    match names::target_at(frame.ctx, &frame.actor, &frame.picked(Pick::Organisation, about)).await {
        Ok(Some(Target::Publisher(id))) => {
            propose::claims_of(frame.ctx, &frame.actor, id, frame.lang.as_str()).await.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The key of a form: what was found wrong is sent again as the same; what was sent before as something else is sent as
/// another.
fn key_of(frame: &Frame<'_>, sent: String, is_again: bool) -> String {
    if is_again && !sent.is_empty() { sent } else { frame.ctx.id().to_string() }
}

/// A form as it was sent, with what is wrong with it.
async fn form(
    frame: &Frame<'_>,
    sort: Sort,
    value: &(dyn Fn(&str) -> String + Sync),
    faults: &[Violation],
    refusal: Option<&Error>,
) -> Response {
    if !crate::domain::access::might(&frame.actor, crate::domain::access::Action::Propose, frame.ctx.now()) {
        return frame.refused(&Error::Forbidden);
    }
    let claims = match sort {
        Sort::Evidence => claims_of(frame, &value("about")).await,
        _ => Vec::new(),
    };
    let correction = match sort {
        Sort::Correction => correction::asked(frame, value).await,
        _ => Asked::default(),
    };
    let is_refused = !faults.is_empty() || refusal.is_some();
    let faults = if correction.faults.is_empty() { faults } else { &correction.faults };
    let f = Fields { frame, value, faults };
    let was_sent = matches!(refusal, Some(Error::Conflict(why)) if why == REUSED);
    let once = key_of(frame, value("once"), is_refused && refusal.is_none());
    let body = html! {
        p { a href=(frame.link(HERE)) { "← " (frame.say("page.propose.title")) } }
        h1 { (words_of(frame.lang, "page.propose.heading", sort.word())) }
        p class="muted" { (words_of(frame.lang, "page.propose.sortText", sort.word())) }
        @if !faults.is_empty() { p class="notice" role="alert" { (frame.say("page.propose.faults")) } }
        @if was_sent { p class="notice" role="alert" { (frame.say("page.propose.sentBefore")) } } @else { (frame.refusal(refusal)) }
        @if sort == Sort::Evidence && claims.is_empty() {
            form method="get" action=(format!("{HERE}/evidence")) class="sheet" {
                input type="hidden" name="lang" value=(frame.lang);
                (f.pick("about", "page.propose.organisationAt", Pick::Organisation))
                button class="btn main" { (frame.say("page.propose.findClaims")) }
            }
        } @else if sort == Sort::Correction && correction.what.is_none() {
            (correction::choose(&f, &format!("{HERE}/correction"), &correction))
        } @else {
            form method="post" action=(frame.link(&format!("{HERE}/{}", sort.word()))) class="sheet" {
                (frame.hidden()) input type="hidden" name="once" value=(once);
                @match sort {
                    Sort::Organisation => {
                        (f.text("name", "page.propose.name", ""))
                        (f.open_choice("kind", "page.propose.kind", "page.propose.kindOf", OrganisationKind::ALL.iter().map(|word| word.as_str())))
                        (f.text("website", "page.propose.website", "https://…"))
                        (whereabouts::sector(frame, ("sector", "page.propose.sector"), &value("sector"), &f.fault("sector")))
                        (whereabouts::area(frame, ("area", "page.propose.area"), &value("area"), &f.fault("area")))
                        (f.text("locality", "page.propose.locality", "Zapopan"))
                        p class="small quiet" { (frame.say("page.propose.placeText")) }
                        (f.rfc())
                        (f.long("description", "page.propose.description"))
                    }
                    Sort::Dataset => {
                        (f.text("title", "page.propose.datasetTitle", ""))
                        (f.pick("publisherId", "page.propose.publisherAt", Pick::Publisher))
                        (f.text("landingPage", "page.propose.landingPage", "https://…"))
                        (f.long("description", "page.propose.description"))
                    }
                    Sort::Use => {
                        (f.pick("about", "page.propose.organisationAt", Pick::Organisation))
                        (f.pick("targetId", "page.propose.targetAt", Pick::Data))
                        (f.long("purpose", "page.propose.purpose"))
                        (f.choice("criticality", "page.propose.criticality", "page.answer.criticality", Criticality::ALL.iter().rev().map(|word| word.as_str())))
                        (f.choice("accessMode", "page.propose.accessMode", "page.answer.accessMode", AccessMode::ALL.iter().rev().map(|word| word.as_str())))
                        (f.text("since", "page.propose.since", "2019"))
                    }
                    Sort::Impact => {
                        (f.pick("about", "page.propose.organisationAt", Pick::Organisation))
                        (f.choice("dimension", "page.propose.dimension", "page.propose.dimensionOf", ["sdg", "sdg_target", "od500_social_impact", "od500_data_impact"].into_iter()))
                        (f.text("code", "page.propose.code", "13"))
                        (f.long("rationale", "page.propose.rationale"))
                    }
                    Sort::Correction => {
                        (correction::value(&f, &correction, &format!("{HERE}/correction")))
                    }
                    Sort::Evidence => {
                        input type="hidden" name="about" value=(value("about"));
                        fieldset { legend { (frame.say("page.propose.claim")) }
                            @for (id, what) in &claims {
                                label class="tick" { input type="radio" name="claim" value=(id) required; (what) }
                            }
                        }
                    }
                }
                fieldset { legend { (frame.say("page.propose.evidence")) }
                    (f.text("evidenceUrl", "page.propose.evidenceUrl", "https://…"))
                    (f.choice("evidenceKind", "page.propose.evidenceKind", "page.review.source", open_kinds()))
                    @if sort == Sort::Evidence { (f.choice("polarity", "page.propose.polarity", "page.review.polarity", Polarity::ALL.iter().map(|word| word.as_str()))) }
                    (f.text("evidenceTitle", "page.propose.evidenceTitle", ""))
                    (f.text("evidenceQuote", "page.propose.evidenceQuote", ""))
                }
                (f.text("note", "page.propose.note", ""))
                p class="small quiet" {
                    (frame.say("page.propose.persons"))
                    @if matches!(sort, Sort::Organisation | Sort::Dataset) { " " (frame.say("page.propose.licence")) }
                }
                button class="btn main" { (frame.say("page.propose.send")) }
            }
        }
    };
    let mut response = frame.page("page.propose.title", &body);
    if is_refused {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Sources that anybody can read.
fn open_kinds() -> impl Iterator<Item = &'static str> {
    let open = [
        SourceKind::OrganisationWebsite,
        SourceKind::PublisherWebsite,
        SourceKind::Report,
        SourceKind::News,
        SourceKind::Academic,
        SourceKind::Catalogue,
        SourceKind::ContractOrCitation,
    ];
    open.into_iter().map(SourceKind::as_str)
}

async fn send(State(site): State<Arc<Site>>, Path(sort): Path<String>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let Some(sort) = Sort::of(&sort) else { return frame.refused(&Error::NotFound) };
    let frame = frame.at_its_form();
    let note = Some(sent.field("note").to_owned());
    let once = Some(sent.field("once")).filter(|once| !once.is_empty());
    let done = match read(&frame, sort, &sent).await {
        Ok(new) => propose::propose(frame.ctx, &frame.actor, new, note, once).await,
        Err(error) => Err(error),
    };
    let value = |name: &str| sent.field(name).to_owned();
    match done {
        Ok(_) => frame.after(HERE, "proposed"),
        Err(Error::Invalid(faults)) => form(&frame, sort, &value, &faults, None).await,
        Err(error @ (Error::Conflict(_) | Error::NotFound)) => form(&frame, sort, &value, &[], Some(&error)).await,
        Err(error) => frame.refused(&error),
    }
}

/// What is wrong with an address that shows nothing to the reader: of a record that was merged, where it went.
pub(super) async fn nothing_at(frame: &Frame<'_>, field: &str, address: &str) -> Violation {
    match merged::at(frame.ctx, &frame.actor, address).await {
        Ok(Some(message)) => Violation::new(field, message),
        _ => Violation::new(field, "the register shows nothing at this address"),
    }
}

async fn read(frame: &Frame<'_>, sort: Sort, sent: &Sent) -> Result<New, Error> {
    let given = |name: &str| Some(sent.field(name).to_owned()).filter(|text| !text.trim().is_empty());
    let lang = frame.lang.as_str().to_owned();
    let cited = Cited {
        url: sent.field("evidenceUrl").to_owned(),
        kind: sent.field("evidenceKind").parse().unwrap_or(SourceKind::Report),
        title: sent.field("evidenceTitle").to_owned(),
        quote: given("evidenceQuote"),
        polarity: sent.field("polarity").parse().unwrap_or(Polarity::Supports),
    };
    let at = |name: &'static str, pick: Pick| async move {
        let found = names::target_at(frame.ctx, &frame.actor, &frame.picked(pick, sent.field(name))).await?;
        match found {
            Some(found) => Ok(found),
            None => Err(Error::from(nothing_at(frame, name, &frame.picked(pick, sent.field(name))).await)),
        }
    };
    let body = |name: &'static str, pick: Pick| async move {
        match at(name, pick).await? {
            Target::Publisher(id) => Ok(id),
            Target::Dataset(_) => Err(Error::from(Violation::new(name, "give the address of an organisation"))),
        }
    };
    Ok(match sort {
        Sort::Organisation => {
            let organisation = Proposed::Organisation {
                name: sent.field("name").to_owned(),
                lang,
                kind: sent.field("kind").parse().unwrap_or(OrganisationKind::Other),
                website: given("website"),
                description: given("description"),
                sector: given("sector"),
                area: given("area"),
                locality: given("locality"),
                cited,
            };
            New::Registered(organisation, PlainRfc(sent.field("rfc").to_owned()))
        }
        Sort::Dataset => New::Content(Proposed::Dataset {
            title: sent.field("title").to_owned(),
            lang,
            publisher: body("publisherId", Pick::Publisher).await?,
            landing_page: given("landingPage"),
            description: given("description"),
            cited,
        }),
        Sort::Use => New::Use(NewUse {
            organisation: body("about", Pick::Organisation).await?,
            target: at("targetId", Pick::Data).await?,
            purpose: given("purpose"),
            lang,
            criticality: sent.field("criticality").parse().unwrap_or(Criticality::Unknown),
            access: sent.field("accessMode").parse().unwrap_or(AccessMode::Unknown),
            since: given("since").map(|text| text.trim().parse().unwrap_or(0)),
            cited,
        }),
        Sort::Impact => New::Impact(NewImpact {
            organisation: body("about", Pick::Organisation).await?,
            dimension: sent.field("dimension").to_owned(),
            code: sent.field("code").trim().to_owned(),
            rationale: given("rationale"),
            lang,
            cited,
        }),
        Sort::Correction => New::Content(Proposed::Correction {
            subject: correction::subject(frame, &frame.picked(Pick::Record, sent.field("about"))).await?,
            field: Field::of(sent.field("field")).ok_or(Error::NotFound)?,
            value: sent.field("value").to_owned(),
            lang,
            cited: given("evidenceUrl").map(|_| cited),
        }),
        Sort::Evidence => {
            let claim = sent.field("claim").parse().map_err(|_| Violation::new("claim", "choose a claim"))?;
            New::Content(Proposed::Evidence { claim: Subject::UseClaim(entity::id::UseClaimId(claim)), cited })
        }
    })
}

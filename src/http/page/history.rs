//! The history of a record: what was written about it, when, in which role and why. The one public page that asks
//! the record and not the atlas (docs/decisions/0009): few rows of one chain, by an index, and it costs its reader
//! more of the allowance than others.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Extension,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SecondsFormat, Utc};
use entity::vocabulary::WaveState;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::private::history_document;
use super::{
    View, encoded,
    titled::{marked, within},
};
use crate::app::history::{self, Author, Did, Entry, Field, Of, Page, Shown};
use crate::atlas::{Lang, Text};
use crate::domain::{demand::THEMES, history::says_nothing};
use crate::http::{Site, desk::review_words, edge::Who, error};
use crate::texts::phrases::DOT;
use crate::texts::{reasons, words_of};

/// How many changes a page reads.
const CHANGES: u64 = 200;
/// Where records with a history are.
const PLACES: [&str; 6] = ["organisations", "publishers", "datasets", "requests", "studies", "waves"];
/// What a page costs beside the point of every request.
const COST: u64 = 4;

type Asked<T> = (State<Arc<Site>>, Option<Extension<Who>>, OriginalUri, HeaderMap, Path<T>);

/// A record with a history.
struct Subject {
    of: Of,
    name: String,
    /// The language of the name.
    lang: Lang,
    /// The path of its profile.
    profile: String,
    /// The slug of the organisation whose claims can be looked at one by one.
    claims: Option<String>,
}

impl Subject {
    fn named(&self) -> Text<'_> {
        Text { value: &self.name, lang: self.lang }
    }
}

/// The record that an address names; the refusal where it names none that may be shown, or has moved.
fn subject(view: &View, place: &str, slug: &str, end: &str) -> Result<Subject, Response> {
    let atlas = &view.atlas;
    let missing = || view.missing();
    let (of, now, name) = if place == "datasets" {
        let dataset = atlas.dataset_by_slug(slug).ok_or_else(missing)?;
        let row = atlas.dataset(dataset);
        (Of::whole(row.id.0), atlas.str(row.slug), atlas.title(dataset, view.lang))
    } else if place == "requests" {
        let row = atlas.request(atlas.request_by_slug(slug).ok_or_else(missing)?);
        (Of::whole(row.id.0), atlas.str(row.slug), Text { value: atlas.str(row.title), lang: row.lang })
    } else if place == "studies" {
        let row = atlas.study(atlas.study_by_slug(slug).ok_or_else(missing)?);
        (Of::whole(row.id.0), atlas.str(row.slug), atlas.label(row.title, view.lang))
    } else if place == "waves" {
        let wave = atlas.wave_by_slug(slug).filter(|&wave| atlas.wave(wave).state != WaveState::Draft);
        let row = atlas.wave(wave.ok_or_else(missing)?);
        let study = atlas.study(row.study).id.0;
        (Of::wave(study, row.id.0), atlas.str(row.slug), atlas.label(row.title, view.lang))
    } else {
        let org = atlas.organisation_by_slug(slug).filter(|&org| atlas.is_shown(org));
        let org = org.filter(|&org| match place {
            "organisations" => atlas.listed().contains(org.get()),
            _ => atlas.publisher(org).is_some(),
        });
        let org = org.ok_or_else(missing)?;
        let row = atlas.organisation(org);
        (Of::whole(row.id.0), atlas.str(row.slug), atlas.name(org, view.lang))
    };
    let profile = format!("/{place}/{}", encoded(now));
    if now != slug {
        return Err(view.moved(&format!("{profile}/{end}")));
    }
    let claims = (place == "organisations").then(|| now.to_owned());
    Ok(Subject { of, name: name.value.to_owned(), lang: name.lang, profile, claims })
}

/// The page.
pub(super) async fn page(asked: Asked<(String, String)>) -> Response {
    answer(asked, "history", |view, subject, page| {
        let title = view.texts.fill("page.history.title", &[("name", &subject.name)]);
        history_document(view.lang, &title, &nav(view, subject), &body(view, subject, &title, page))
    })
    .await
}

/// The same for programs.
pub(super) async fn json(asked: Asked<(String, String)>) -> Response {
    answer(asked, "history.json", |view, subject, page| {
        let entries: Vec<Value> = page.entries.iter().map(entry_json).collect();
        let told = json!({
            "id": subject.of.record(), "name": subject.name, "profile": view.absolute(&subject.profile),
            "changeCount": page.count, "isUnbroken": (!page.is_unwalked).then_some(page.broken_at.is_none()),
            "brokenAt": page.broken_at, "before": page.next, "entries": entries,
        });
        ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], told.to_string()).into_response()
    })
    .await
}

async fn answer(
    (State(site), who, uri, headers, Path((place, slug))): Asked<(String, String)>,
    end: &str,
    draw: impl FnOnce(&View, &Subject, &Page) -> Response,
) -> Response {
    if !PLACES.contains(&place.as_str()) {
        return error::problem(StatusCode::NOT_FOUND, "nothing is at this address");
    }
    let view = match View::open(&site, &uri, headers).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let (subject, ctx) = match (subject(&view, &place, &slug, end), &site.record) {
        (Ok(subject), Some(ctx)) => (subject, ctx),
        (Err(response), _) => return response,
        (_, None) => return view.missing(),
    };
    if let Some(Extension(Who(who))) = who {
        site.allowance.charge(who, COST);
    }
    let before = view.asked("before").and_then(|text| text.parse().ok());
    match history::page(ctx, subject.of, before, CHANGES).await {
        Ok(page) => view.finish(draw(&view, &subject, &page)),
        Err(error) => {
            tracing::error!(error = %error, "the history of a record could not be read");
            error::internal(&error)
        }
    }
}

fn nav(view: &View, subject: &Subject) -> Markup {
    html! {
        nav aria-label=(view.texts.get("shell.nav")) { ul {
            li { a href=(view.link(&subject.profile)) { (marked(view, subject.named())) } }
            li { a href=(view.link("/explore")) { (view.texts.get("nav.explore")) } }
            @for (lang, name) in [("es", "Español"), ("en", "English")] {
                @if lang != view.lang.as_str() { li { a href=(view.in_language(lang)) lang=(lang) hreflang=(lang) { (name) } } }
            }
        } }
    }
}

fn body(view: &View, subject: &Subject, title: &str, page: &Page) -> Markup {
    let texts = view.texts;
    let count = texts.number(page.count.unsigned_abs());
    let chain = match page.broken_at {
        Some(number) => texts.fill("page.history.broken", &[("number", &number.to_string())]),
        None if page.is_unwalked => texts.fill("page.history.unwalked", &[("count", &count)]),
        None if page.count == 0 => texts.get("page.history.noChanges").to_owned(),
        None => texts.count("page.history.unbroken", page.count.unsigned_abs(), &[]),
    };
    html! {
        h1 { (within(view.lang, title, subject.named())) }
        p class="lede" { (texts.get("page.history.lead")) }
        p class=[page.broken_at.is_some().then_some("notice")] { (chain) }
        @if page.entries.is_empty() { p { (texts.get("page.history.none")) } }
        ol class="history" { @for entry in &page.entries { (told(view, subject, entry)) } }
        @if let Some(next) = page.next {
            p { a rel="next" href=(view.link(&format!("{}/history?before={next}", subject.profile))) { (texts.get("page.history.more")) } }
        }
        p { a href=(view.link(&format!("{}/history.json", subject.profile))) { (texts.get("page.history.json")) } }
        @if let Some(slug) = &subject.claims {
            p { a href=(super::profile::doubted(view, slug)) rel="nofollow" { (texts.get("organisation.doubt")) } }
        }
        p { a href=(view.link(&subject.profile)) { (texts.get("page.history.back")) } }
    }
}

fn told(view: &View, subject: &Subject, entry: &Entry) -> Markup {
    let texts = view.texts;
    let at = stamp(entry.recorded_at);
    let then = format!("{}?knownAt={}", subject.profile, encoded(&at));
    let then = if view.asked("lang").is_some() { format!("{then}&lang={}", view.lang) } else { then };
    html! {
        li {
            h2 { time datetime=(at) { (crate::texts::days::moment(view.lang, entry.recorded_at)) } (DOT) (author(view, entry)) }
            @if let Some(said) = reasons::of_program(view.lang, &entry.reason) { p class="reason" { (said) } }
            @else if !entry.reason.is_empty() { p class="reason" { "“" (entry.reason) "”" } }
            @if let Some(told) = &entry.told {
                @let name = |name: &str| if name.is_empty() { texts.get("page.history.unnamed").to_owned() } else { name.to_owned() };
                p {
                    @if told.is_undone { (texts.get("page.history.undone")) " " }
                    (texts.fill(&format!("page.history.told.{}", told.kind), &[("kept", &name(&told.kept)), ("other", &name(&told.other))]))
                }
            }
            @if !entry.changes.is_empty() { ul { @for change in &entry.changes { li { (change_line(view, subject, change)) } } } }
            @for ((table, _), count) in &entry.more {
                p { (texts.fill("page.history.others", &[("count", &count.to_string()), ("what", &words_of(view.lang, "page.table", table))])) }
            }
            p { a href=(then) { (texts.get("page.history.then")) } }
        }
    }
}

fn author(view: &View, entry: &Entry) -> String {
    let lang = view.lang;
    match &entry.author {
        Author::Role(role) => words_of(lang, "page.account.role", role.as_str()),
        Author::Organisation => words_of(lang, "page.history.author", "organisation"),
        Author::Program => words_of(lang, "page.history.author", "program"),
        Author::Operator => words_of(lang, "page.history.author", "operator"),
        Author::Import(source) => {
            let key = if entry.is_undone { "page.history.author.importUndone" } else { "page.history.author.import" };
            view.texts.fill(key, &[("source", &words_of(lang, "page.history.source", source))])
        }
    }
}

fn change_line(view: &View, subject: &Subject, change: &Shown) -> Markup {
    html! {
        (words_of(view.lang, "page.history.did", change.did.as_str())) ": "
        (words_of(view.lang, "page.table", &change.table))
        @if let Some(name) = &change.name { " “" (within(view.lang, name, subject.named())) "”" }
        @let fields: Vec<_> = change.fields.iter().filter(|field| change.did != Did::Added || says(field)).collect();
        @if !fields.is_empty() { dl { @for field in fields {
            dt { (words_of(view.lang, "page.history.field", &field.name)) }
            dd { (difference(view, &change.table, field)) }
        } } }
    }
}

/// Whether a field of a new row says anything.
fn says(field: &Field) -> bool {
    field.after.as_ref().is_some_and(|value| !says_nothing(value))
}

fn difference(view: &View, table: &str, field: &Field) -> Markup {
    let words = |value: &Option<Value>| {
        value.as_ref().map_or_else(
            || html! { (view.texts.get("page.history.nothing")) },
            |value| value_said(view, table, &field.name, value),
        )
    };
    html! {
        @if field.before.is_some() { del { (words(&field.before)) } " → " }
        ins { (words(&field.after)) }
    }
}

/// A value as it is read: a text in several languages in the reader's own, else in the first.
fn value_said(view: &View, table: &str, field: &str, value: &Value) -> Markup {
    let texts = value.as_str().and_then(|text| serde_json::from_str::<BTreeMap<String, String>>(text).ok());
    let Some(texts) = texts else { return html! { (value_words(view, table, field, value)) } };
    let own = texts.get_key_value(view.lang.as_str()).or_else(|| texts.first_key_value());
    own.map_or_else(|| html! {}, |(lang, text)| marked(view, Text { value: text, lang: Lang::new(lang) }))
}

/// A value in one language: a word of a closed set by its label.
fn value_words(view: &View, table: &str, field: &str, value: &Value) -> String {
    let text = match value {
        Value::String(text) => text,
        Value::Bool(is_so) => return words_of(view.lang, "page.history.is", if *is_so { "so" } else { "not" }),
        other => return other.to_string(),
    };
    match (table, field) {
        ("relation", "kind") => return words_of(view.lang, "page.relations.kind", text),
        ("data_request", "themes") => return themes(view, text),
        (_, "decision" | "series_decision") => return words_of(view.lang, "page.relations.decision", text),
        ("organisation", "kind") => return words_of(view.lang, "api.kind", &text.to_uppercase()),
        ("publisher_profile", "level") => return words_of(view.lang, "api.level", &text.to_uppercase()),
        _ => {}
    }
    match review_words::value(view.lang, (table, field), text) {
        said if said.is_empty() => view.texts.get("page.history.nothing").to_owned(),
        said => said,
    }
}

/// Themes by their names.
fn themes(view: &View, text: &str) -> String {
    let codes: Vec<String> = serde_json::from_str(text).unwrap_or_default();
    let named = |code: &String| {
        let known =
            view.atlas.code(THEMES, code).map(|ix| view.atlas.label(view.atlas.code_row(ix).label, view.lang).value);
        known.unwrap_or(code.as_str()).to_owned()
    };
    match codes.iter().map(named).collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => view.texts.get("page.history.nothing").to_owned(),
        some => some,
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn entry_json(entry: &Entry) -> Value {
    let author = match &entry.author {
        Author::Role(role) => role.as_str().to_owned(),
        Author::Organisation => "organisation".to_owned(),
        Author::Program => "program".to_owned(),
        Author::Operator => "operator".to_owned(),
        Author::Import(source) => format!("import {source}"),
    };
    let changes = entry.changes.iter().map(|change| {
        let fields = change.fields.iter();
        let fields = fields.map(|field| json!({ "name": field.name, "before": field.before, "after": field.after }));
        json!({ "table": change.table, "name": change.name, "did": change.did.as_str(), "fields": fields.collect::<Vec<_>>() })
    });
    let told = entry
        .told
        .as_ref()
        .map(|told| json!({ "kind": told.kind, "kept": told.kept, "other": told.other, "isUndone": told.is_undone }));
    let more = entry.more.iter().map(|((table, did), count)| json!({ "table": table, "did": did, "count": count }));
    json!({
        "recordedAt": stamp(entry.recorded_at), "author": author, "reason": entry.reason, "isUndone": entry.is_undone,
        "rearrangement": told, "changes": changes.collect::<Vec<_>>(), "more": more.collect::<Vec<_>>(),
    })
}

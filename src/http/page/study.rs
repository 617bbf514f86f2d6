//! The pages of a study and of one of its waves.

use axum::response::Response;
use entity::vocabulary::{Attribute, Missing, WaveState};
use maud::{Markup, html};
use serde_json::json;

use super::{
    Asked, Page, View, answer, encoded, explore, profile, subject,
    titled::{marked, within},
    without_nulls,
};
use crate::{
    analysis::{
        Figure, panel,
        questions::{self, Answered},
    },
    atlas::{Coverage, Dimension, Filter, StudyIx, Value, WaveIx},
    picture::{card::Card, figure, mark::Mark},
    texts::{self, days, phrases::DOT},
};

pub(super) async fn study(asked: Asked<String>) -> Response {
    answer(asked, |view, slug| study_page(view, &slug)).await
}

/// The page for its handler and its preview.
pub(super) fn study_page(view: &View, slug: &str) -> Result<Page, Response> {
    let study = view.atlas.study_by_slug(slug).ok_or_else(|| view.missing_or_lower("/studies/", slug))?;
    let asked =
        Filter { chapter: vec![view.atlas.str(view.atlas.study(study).chapter).to_owned()], ..Filter::default() };
    if !view.moment.is_now() && !view.atlas.reaches_for(&asked) {
        let waves = view.atlas.waves().map(|wave| view.atlas.wave(wave)).filter(|wave| wave.study == study);
        return Ok(view.unrecorded(waves.map(|wave| wave.opens_on).min()));
    }
    Ok(of_study(view, study))
}

fn of_study(view: &View, ix: StudyIx) -> Page {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let row = atlas.study(ix);
    let named = atlas.label(row.title, lang);
    let title = named.value;
    let organisations = atlas.organisations_with(Dimension::Chapter, Value::Chapter(row.chapter));
    let headline = view.dated(texts.count("study.headline", organisations.len(), &[("title", title)]));
    let whole = Filter { chapter: vec![atlas.str(row.chapter).to_owned()], ..Filter::default() };
    let mut figure = Figure::new(atlas, &whole, &atlas.select(&whole), Dimension::Publisher);
    // Before anybody has answered its waves are its waves all the same.
    if figure.waves.is_empty() {
        figure.waves = atlas.waves().filter(|&wave| atlas.wave(wave).study == ix && atlas.has_opened(wave)).collect();
    }
    let limits = texts::list_of(lang, "api.limit", atlas.str(row.chapter));
    let files = ["csv", "json"].map(|ending| {
        let path = format!("/download/organisations.{ending}?chapter={}", atlas.str(row.chapter));
        json!({ "@type": "DataDownload", "encodingFormat": ending, "contentUrl": view.absolute(&path) })
    });
    let linked = json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": title, "description": headline,
        "@id": view.absolute(&format!("/id/study/{}", row.id)), "url": view.absolute(&view.path),
        "sameAs": atlas.str(row.url), "license": atlas.str(row.licence_url), "creditText": atlas.str(row.attribution),
        "distribution": files,
    });
    let body = html! {
        h1 { (within(lang, &headline, named)) }
        (view.conditions(&figure, &figure::parts(atlas, &figure, lang), &headline, &[named]))
        p { a href=(atlas.str(row.url)) rel="noopener" { (atlas.str(row.url)) } }
        h2 { (texts.get("study.waves")) }
        ul { @for wave in atlas.waves().filter(|&wave| atlas.wave(wave).study == ix) {
            li { (wave_link(view, wave)) (take_part(view, wave)) }
        } }
        @if !limits.is_empty() {
            h2 { (texts.get("study.limits")) }
            ul { @for limit in &limits { li { (limit) } } }
        }
        h2 { (texts.get("study.licence")) }
        p { (atlas.str(row.attribution)) ", " a href=(atlas.str(row.licence_url)) rel="license" { (atlas.str(row.licence)) } }
        h2 { (texts.get("list.title")) }
        (explore::list(view, &organisations))
        (profile::history_link(view, "studies", atlas.str(row.slug)))
    };
    let card = Card {
        kicker: texts.get("facet.CHAPTER").to_owned(),
        title: title.to_owned(),
        label: texts.label("page.preview.recorded", organisations.len()),
        mark: Mark::Map(organisations.clone(), None),
        chapters: vec![atlas.str(row.chapter).to_owned()],
        ..Card::of(organisations)
    };
    page(view, headline, body, linked, card)
}

pub(super) async fn wave(asked: Asked<String>) -> Response {
    answer(asked, |view, slug| wave_page(view, &slug)).await
}

/// The page for its handler and its preview.
pub(super) fn wave_page(view: &View, slug: &str) -> Result<Page, Response> {
    let wave = view.atlas.wave_by_slug(slug).filter(|&wave| view.atlas.wave(wave).state != WaveState::Draft);
    let wave = wave.ok_or_else(|| view.missing_or_lower("/waves/", slug))?;
    if view.atlas.has_opened(wave) {
        Ok(of_wave(view, wave))
    } else {
        Ok(view.unrecorded(Some(view.atlas.wave(wave).opens_on)))
    }
}

fn of_wave(view: &View, ix: WaveIx) -> Page {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let row = atlas.wave(ix);
    let study = atlas.study(row.study);
    let named = atlas.label(row.title, lang);
    let title = named.value;
    let organisations = atlas.organisations_with(Dimension::Wave, Value::Wave(ix));
    let headline = view.dated(texts.count("wave.headline", organisations.len(), &[("title", title)]));
    let closes = row.closes_on.map_or_else(|| "..".to_owned(), |day| day.to_string());
    let linked = json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": title, "description": headline,
        "@id": view.absolute(&format!("/id/wave/{}", row.id)), "url": view.absolute(&view.path),
        "temporalCoverage": format!("{}/{closes}", row.opens_on), "license": atlas.str(study.licence_url),
        "creditText": atlas.str(study.attribution),
        "isPartOf": { "@type": "Dataset", "name": atlas.label(study.title, lang).value },
    });
    let (rate, awaiting) = (panel::of_wave(atlas, ix), panel::awaiting(atlas, ix));
    let asked = Filter { wave: vec![atlas.str(row.slug).to_owned()], ..Filter::default() };
    // Whoever was asked in another wave as well is here as one of this.
    let figure = Figure { waves: vec![ix], ..Figure::new(atlas, &asked, &atlas.select(&asked), Dimension::Publisher) };
    let body = html! {
        h1 { (within(lang, &headline, named)) }
        (view.conditions(&figure, &figure::parts(atlas, &figure, lang), &headline, &[named]))
        p { (texts.get("wave.of")) " "
            a href=(view.link(&format!("/studies/{}", encoded(atlas.str(study.slug))))) { (marked(view, atlas.label(study.title, lang))) }
        }
        (take_part(view, ix))
        dl {
            dt { (texts.get("wave.days")) } dd { (days::day(lang, row.opens_on)) @if let Some(day) = row.closes_on { " – " (days::day(lang, day)) } }
            dt { (texts.get("wave.population")) } dd { (marked(view, atlas.label(row.population, lang))) }
            dt { (texts.get("wave.frame")) } dd { (texts.word("frame", row.frame.as_str())) }
            dt { (texts.get("wave.instrument")) } dd { (questionnaire(view, atlas.str(row.instrument))) }
            dt { (texts.get("wave.answered")) }
            dd { @if rate.unknown > 0 { (texts.word("missing", Missing::DontKnow.as_str())) }
                @else if rate.eligible == 0 { (texts.get("wave.nobodyYet")) }
                @else { (texts.number(rate.complete)) " / " (texts.number(rate.eligible)) }
                @if awaiting > 0 { span class="note" { (DOT) (texts.count("wave.pending", awaiting, &[])) } }
            }
        }
        p { a href=(view.link(&format!("/waves/{}/impact", encoded(atlas.str(row.slug))))) { (texts.get("wave.impact")) } }
        h2 { (texts.get("wave.questions")) }
        @let asked = questions::of_wave(atlas, ix);
        @if asked.iter().any(|one| one.coverage.asked == 0 && one.coverage.missing[Missing::Suppressed.index()] > 0) { p { (texts.get("wave.withheld")) } }
        (coverage(view, texts.get("wave.questions"), &asked, &row.asked))
        h2 { (texts.get("list.title")) }
        (explore::list(view, &organisations))
        (profile::history_link(view, "waves", atlas.str(row.slug)))
    };
    let card = Card {
        kicker: atlas.label(study.title, lang).value.to_owned(),
        title: title.to_owned(),
        label: texts.label("page.preview.inWave", organisations.len()),
        mark: Mark::Families(organisations.clone()),
        chapters: vec![atlas.str(study.chapter).to_owned()],
        ..Card::of(organisations)
    };
    page(view, headline, body, linked, card)
}

/// A questionnaire by its name and version, of what the record calls it by: `od500/0`. Version 0 is what was asked before
/// there were versions.
fn questionnaire(view: &View, word: &str) -> String {
    let numbered = word.rsplit_once('/').filter(|(_, version)| version.parse::<u32>().is_ok());
    let (key, version) = numbered.map_or((word, "0"), |(name, version)| (name, version));
    let name = texts::words_of(view.lang, "instrument", key);
    if version == "0" { name } else { view.texts.fill("instrument.version", &[("name", &name), ("version", version)]) }
}

/// One row per question: answered, asked, and why the others did not answer; `put` says what was asked where nobody has
/// answered yet.
pub(super) fn coverage(view: &View, label: &str, rows: &[Answered], put: &[Attribute]) -> Markup {
    let texts = view.texts;
    html! {
        (subject::scrolls(view, 4))
        div.scroll tabindex="0" role="region" aria-label=(label) { table {
            thead { tr {
                th scope="col" { (texts.get("method.question")) }
                th scope="col" class="num" { (texts.get("method.answered")) }
                th scope="col" class="num" { (texts.get("method.askedOf")) }
                th scope="col" { (texts.get("page.without")) }
            } }
            tbody { @for Answered { coverage: row, pending } in rows { tr {
                th scope="row" { (texts.word("attribute", row.attribute.as_str())) }
                td class="num" {
                    @if row.asked > 0 { (texts.number(row.answered)) }
                    // It stands after a number, where there is one.
                    @if let Some(pending @ 1..) = *pending {
                        span class="note" { @if row.asked > 0 { (DOT) } (texts.count("wave.pending", pending, &[])) }
                    }
                }
                td class="num" { @if row.asked > 0 { (texts.number(row.asked)) } }
                // What waits to be looked through is no gap.
                td { @if row.asked > 0 || pending.is_none_or(|pending| pending == 0) { (without(view, row, put)) } }
            } } }
        } }
    }
}

/// How many gave no value, by reason, in words. A reason may end in a number of its own, so a colon stands between.
fn without(view: &View, row: &Coverage, put: &[Attribute]) -> String {
    let texts = view.texts;
    if row.asked == 0 && row.missing.iter().all(|count| *count == 0) {
        let code = if put.contains(&row.attribute) { Missing::DontKnow } else { Missing::NotAsked };
        return texts.word("missing", code.as_str()).to_owned();
    }
    let found = Missing::ALL.iter().zip(row.missing).filter(|(_, count)| *count > 0);
    found
        .map(|(code, count)| format!("{}: {}", texts.word("missing", code.as_str()), texts.number(count)))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The way into a wave that is open to anybody; a day that is past has none.
pub(super) fn take_part(view: &View, wave: WaveIx) -> Markup {
    let path = view.atlas.nomination_path(wave).filter(|_| view.moment.is_now());
    html! { @if let Some(path) = path { p { a href={ (path) "?lang=" (view.lang) } { (view.texts.get("wave.takePart")) } } } }
}

pub(super) fn wave_link(view: &View, wave: WaveIx) -> Markup {
    let row = view.atlas.wave(wave);
    let path = format!("/waves/{}", encoded(view.atlas.str(row.slug)));
    html! { a href=(view.link(&path)) { (marked(view, view.atlas.label(row.title, view.lang))) } }
}

fn page(view: &View, headline: String, body: Markup, linked: serde_json::Value, card: Card) -> Page {
    Page {
        title: card.title.clone(),
        description: headline,
        body,
        linked: vec![without_nulls(linked)],
        listed: view.asked("after").is_none(),
        card,
    }
}

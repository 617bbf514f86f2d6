//! What a wave says of impact: how many organisations name each effect, and sums of what rests on open data, for
//! readers and as files. Drawn by the server alone, as the history of a record is.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use entity::vocabulary::Missing;
use maud::{Markup, html};

use super::private::history_document;
use super::{
    Asked, View, encoded, layout,
    titled::{among, marked, within},
};
use crate::analysis::impact::{Impact, Told, Totals, Worth, is_shown, of_wave, printed};
use crate::analysis::value::Interval;
use crate::atlas::{CodeIx, Coverage, Dimension, Text, Value, WaveIx};
use crate::export::cell::{Cell, Guard, csv_row, json_object};
use crate::texts::days;

/// The columns of the file.
const COLUMNS: [&str; 18] = [
    "wave",
    "figure",
    "key",
    "label",
    "period",
    "unit",
    "organisations",
    "recovered",
    "answered",
    "asked",
    "state",
    "low",
    "central",
    "high",
    "coverage",
    "as_of",
    "method_version",
    "licence",
];

/// The page.
pub(super) async fn page(asked: Asked<String>) -> Response {
    answer(asked, "impact", |view, wave| {
        let found = of_wave(&view.atlas, wave, view.moment.is_now());
        let title = view.texts.fill("page.impact.title", &[("wave", name(view, wave).value)]);
        history_document(view.lang, &title, &nav(view, wave), &body(view, wave, &title, &found))
    })
    .await
}

/// The same as a table.
pub(super) async fn csv(asked: Asked<String>) -> Response {
    answer(asked, "impact.csv", |view, wave| {
        let mut out = String::new();
        csv_row(&mut out, COLUMNS.iter().map(|&column| column.into()), Guard::On);
        for row in rows(view, wave) {
            csv_row(&mut out, row.into_iter(), Guard::On);
        }
        file(view, wave, "csv", "text/csv; charset=utf-8", out)
    })
    .await
}

/// The same for programs.
pub(super) async fn json(asked: Asked<String>) -> Response {
    answer(asked, "impact.json", |view, wave| {
        let mut out = String::from("[");
        for (at, row) in rows(view, wave).iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            json_object(&mut out, &COLUMNS, row);
        }
        out.push_str("\n]\n");
        file(view, wave, "json", "application/json; charset=utf-8", out)
    })
    .await
}

async fn answer(
    (axum::extract::State(site), uri, headers, axum::extract::Path(slug)): Asked<String>,
    end: &str,
    draw: impl FnOnce(&View, WaveIx) -> Response,
) -> Response {
    let view = match View::open(&site, &uri, headers).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let found = view.atlas.wave_by_slug(&slug).filter(|&wave| is_shown(&view.atlas, wave));
    let Some(wave) = found else { return view.missing() };
    let now = view.atlas.str(view.atlas.wave(wave).slug);
    if now != slug {
        return view.moved(&format!("/waves/{}/{end}", encoded(now)));
    }
    view.finish(draw(&view, wave))
}

fn file(view: &View, wave: WaveIx, ending: &str, media: &'static str, text: String) -> Response {
    let mut response = ([(header::CONTENT_TYPE, media)], text).into_response();
    let name = format!("attachment; filename=\"od100-impact-{}.{ending}\"", view.atlas.str(view.atlas.wave(wave).slug));
    if let Ok(value) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn name(view: &View, wave: WaveIx) -> Text<'_> {
    view.atlas.label(view.atlas.wave(wave).title, view.lang)
}

fn path(view: &View, wave: WaveIx) -> String {
    format!("/waves/{}", encoded(view.atlas.str(view.atlas.wave(wave).slug)))
}

fn nav(view: &View, wave: WaveIx) -> Markup {
    html! {
        nav aria-label=(view.texts.get("shell.nav")) { ul {
            li { a href=(view.link(&path(view, wave))) { (marked(view, name(view, wave))) } }
            li { a href=(view.link("/explore")) { (view.texts.get("nav.explore")) } }
            @for (lang, name) in [("es", "Español"), ("en", "English")] {
                @if lang != view.lang.as_str() { li { a href=(view.in_language(lang)) lang=(lang) hreflang=(lang) { (name) } } }
            }
        } }
    }
}

fn body(view: &View, wave: WaveIx, title: &str, found: &Impact) -> Markup {
    let texts = view.texts;
    let study = view.atlas.study(view.atlas.wave(wave).study);
    let taking_part = view.atlas.organisations_with(Dimension::Wave, Value::Wave(wave));
    html! {
        (layout::banner(&view.atlas, &taking_part, texts))
        h1 { (within(view.lang, title, name(view, wave))) }
        p class="lede" { (texts.get("page.impact.lead")) }
        p class="small muted" { (texts.count("page.impact.figure", found.figure.n, &[
            ("day", &days::day(view.lang, found.figure.as_of)),
            ("version", found.figure.method_version),
        ])) " " a href=(view.link("/method")) { (texts.get("page.publisher.card.how")) } }
        @for one in &found.totals { (totals(view, one)) }
        section aria-labelledby="worth" {
            h2 id="worth" { (texts.get("page.impact.worth")) }
            p { (texts.get("page.impact.worthText")) }
            @if !view.moment.is_now() { p class="note" { (texts.get("page.impact.nowAlone")) } }
            @else if found.worth.is_empty() { p class="note" { (texts.get("page.impact.noneAsked")) } }
            @else { (worths(view, &found.worth)) }
        }
        p class="small" { (view.atlas.str(study.attribution)) ", " a href=(view.atlas.str(study.licence_url)) rel="license" { (view.atlas.str(study.licence)) } }
        p class="actions" {
            @for ending in ["csv", "json"] {
                a class="btn" href=(view.link(&format!("{}/impact.{ending}", path(view, wave)))) { (texts.get("page.impact.file")) " " (ending.to_uppercase()) }
            }
        }
        p { a href=(view.link(&path(view, wave))) { (texts.get("page.impact.back")) } }
    }
}

/// One list of effects, with how many have answered.
fn totals(view: &View, one: &Totals) -> Markup {
    let texts = view.texts;
    let key = format!("page.impact.list.{}", one.scheme);
    let has_recovered = one.rows.iter().any(|row| row.recovered > 0);
    html! {
        section {
            h2 id=(one.scheme) { (texts.get(&key)) }
            @if one.coverage.asked == 0 && !is_kept_back(&one.coverage) {
                p class="note" { (texts.word("missing", Missing::NotAsked.as_str())) }
            } @else {
                p class="small muted" {
                    @if is_kept_back(&one.coverage) { (texts.get("wave.withheld")) }
                    @else { (texts.fill("page.impact.answered", &[("n", &texts.number(one.coverage.answered)), ("of", &texts.number(one.coverage.asked))])) }
                }
                div class="tablebox" tabindex="0" role="region" aria-label=(texts.get(&key)) {
                    table {
                        thead { tr {
                            th scope="col" { (texts.get("page.impact.effect")) }
                            th scope="col" class="num" { (texts.get("page.impact.organisations")) }
                            @if has_recovered { th scope="col" class="num" { (texts.get("page.impact.recovered")) } }
                        } }
                        tbody { @for row in &one.rows { tr {
                            th scope="row" { (marked(view, label(view, row.code))) }
                            td class="num" { (texts.number(row.declared)) }
                            @if has_recovered { td class="num" { (texts.number(row.recovered)) } }
                        } } }
                    }
                }
                @if has_recovered { p class="small muted" { (texts.get("page.impact.recoveredText")) } }
            }
        }
    }
}

/// Whether how many answered is not told yet. Each effect that is accepted is public all the same, on its profile.
fn is_kept_back(coverage: &Coverage) -> bool {
    coverage.asked == 0 && coverage.missing[Missing::Suppressed.index()] > 0
}

fn label(view: &View, code: Option<CodeIx>) -> Text<'_> {
    code.map_or_else(
        || Text { value: view.texts.get("page.impact.otherWords"), lang: view.lang },
        |code| view.atlas.label(view.atlas.code_row(code).label, view.lang),
    )
}

/// The name of a measure, with what it is multiplied by.
fn measure(view: &View, one: &Worth) -> String {
    measured(view, one).iter().map(|name| name.value).collect::<Vec<_>>().join(" × ")
}

/// The names in it.
fn measured<'v>(view: &'v View, one: &Worth) -> Vec<Text<'v>> {
    let name = |ix| view.atlas.label(view.atlas.indicator(ix).name, view.lang);
    [Some(one.indicator), one.share].into_iter().flatten().map(name).collect()
}

fn unit<'v>(view: &'v View, one: &'v Worth) -> &'v str {
    one.currency.as_deref().unwrap_or_else(|| view.atlas.str(view.atlas.indicator(one.indicator).unit))
}

/// The unit in words, where it has any; files keep its code.
fn unit_word<'v>(view: &'v View, one: &'v Worth) -> &'v str {
    match unit(view, one) {
        "persons" => view.texts.get("unit.persons"),
        "h" => view.texts.get("unit.h"),
        code => code,
    }
}

fn worths(view: &View, all: &[Worth]) -> Markup {
    let texts = view.texts;
    html! {
        @for one in all {
            h3 { (among(view.lang, &measure(view, one), &measured(view, one))) ", " (one.period) }
            p class="small muted" { (texts.fill("page.impact.complete", &[("n", &one.complete.to_string()), ("of", &one.eligible.to_string())])) }
            @match one.told {
                Told::Sum { sum, is_whole } => {
                    dl class="figures" {
                        div { dt { (texts.get("page.impact.reported")) } dd { (amount(view, sum.reported)) " " (unit_word(view, one)) } }
                        @if is_whole {
                            div { dt { (texts.get("page.impact.worstCase")) } dd { (amount(view, sum.worst_case)) " " (unit_word(view, one)) } }
                            @if sum.imputed_count > 0 { div { dt { (texts.label("page.impact.imputed", sum.imputed_count as u64)) } dd { (amount(view, sum.imputed)) " " (unit_word(view, one)) } } }
                            @if let Some(part) = sum.revenue_coverage { div { dt { (texts.get("page.impact.coverage")) } dd { (format!("{:.0} %", part * 100.0)) } } }
                        } @else { div { dt { (texts.get("page.impact.worstCase")) } dd class="words" { (texts.get("page.impact.givesAway")) } } }
                        @if sum.unbounded > 0 { div { dt { (texts.get("page.impact.unbounded")) } dd { (sum.unbounded) } } }
                    }
                }
                Told::Open => { p class="note" { (texts.get("page.impact.state.open")) } }
                Told::TooFew => { p class="note" { (texts.get("page.impact.state.too_few")) } }
                Told::Dominated => { p class="note" { (texts.get("page.impact.state.dominated")) } }
            }
        }
    }
}

/// An interval as it is printed.
fn amount(view: &View, one: Interval) -> String {
    let number = |value: f64| view.texts.number(printed(value).round() as u64);
    let high = one.high.map_or_else(|| view.texts.get("page.impact.open").to_owned(), number);
    format!("{} ({} – {high})", number(one.central), number(one.low))
}

/// The word for what may be told.
const fn state(told: &Told) -> &'static str {
    match told {
        Told::Sum { .. } => "published",
        Told::Open => "open",
        Told::TooFew => "too_few",
        Told::Dominated => "dominated",
    }
}

/// The rows of the file: one for each effect, and one for each sum.
fn rows<'v>(view: &'v View, wave: WaveIx) -> Vec<Vec<Cell<'v>>> {
    let (atlas, found) = (&view.atlas, of_wave(&view.atlas, wave, view.moment.is_now()));
    let row = atlas.wave(wave);
    let (slug, licence) = (atlas.str(row.slug), atlas.str(atlas.study(row.study).licence));
    let count = |value: u64| Cell::Count(value as i64);
    let end = |mut cells: Vec<Cell<'v>>| -> Vec<Cell<'v>> {
        cells.extend([found.figure.as_of.to_string().into(), found.figure.method_version.into(), licence.into()]);
        cells
    };
    let mut all = Vec::new();
    for one in &found.totals {
        for effect in &one.rows {
            let key = effect.code.map_or("", |code| atlas.str(atlas.code_row(code).code));
            all.push(end(vec![
                slug.into(),
                one.scheme.into(),
                key.into(),
                label(view, effect.code).value.into(),
                Cell::Empty,
                "organisations".into(),
                count(effect.declared),
                count(effect.recovered),
                if is_kept_back(&one.coverage) { Cell::Empty } else { count(one.coverage.answered) },
                if is_kept_back(&one.coverage) { Cell::Empty } else { count(one.coverage.asked) },
                "published".into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ]));
        }
    }
    for one in &found.worth {
        let whole = match one.told {
            Told::Sum { sum, is_whole } => {
                vec![("reported", Some(sum.reported)), ("worst_case", is_whole.then_some(sum.worst_case))]
            }
            _ => vec![("reported", None)],
        };
        for (figure, span) in whole {
            let coverage = match one.told {
                Told::Sum { sum, is_whole: true } => sum.revenue_coverage,
                _ => None,
            };
            let number = |value: Option<f64>| value.map(printed).map_or(Cell::Empty, Cell::Number);
            all.push(end(vec![
                slug.into(),
                figure.into(),
                atlas.str(atlas.indicator(one.indicator).key).into(),
                measure(view, one).into(),
                one.period.clone().into(),
                unit(view, one).to_owned().into(),
                Cell::Count(one.complete as i64),
                Cell::Empty,
                Cell::Count(one.complete as i64),
                Cell::Count(one.eligible as i64),
                if span.is_none() && state(&one.told) == "published" {
                    "gives_away".into()
                } else {
                    state(&one.told).into()
                },
                number(span.map(|span| span.low)),
                number(span.map(|span| span.central)),
                number(span.and_then(|span| span.high)),
                number(coverage),
            ]));
        }
    }
    all
}

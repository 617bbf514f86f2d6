//! The explorer without its map: the organisations that the filters of the address select, as a list.

use axum::response::Response;
use entity::vocabulary::Attribute;
use maud::{Markup, html};
use roaring::RoaringBitmap;
use serde_json::json;

use super::{
    Asked, Page, View, answer, encoded, flow, home, subject,
    titled::{self, among, marked},
    views,
};
use crate::{
    analysis::{publishers::users_per_publisher, sdg},
    atlas::{Cursor, Dimension, Filter, OrgIx, OrganisationOrder, Refusal, Selection, Text, Value},
    export::query,
    picture::{card::Card, credit, figure, mark::Mark},
    texts::{phrases::DOT, value_label},
};

/// Organisations on one page.
const SHOWN: usize = 100;
/// Publishers in a preview.
const PUBLISHERS: usize = 7;

pub(super) async fn explore(asked: Asked) -> Response {
    answer(asked, |view, ()| page(view).map_err(|refusal| view.refused(&refusal))).await
}

/// The page for its handler and its preview.
pub(super) fn page(view: &View) -> Result<Page, Refusal> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let query = query::of_address(view.pairs())?;
    query.check(atlas)?;
    let filter = query.filter;
    let selection = atlas.select(&filter);
    if !view.moment.is_now() && !atlas.tells(&filter, selection.organisations.len()) {
        return Ok(view.unrecorded(view.begins_on));
    }
    if view.moment.is_now() && atlas.listed().is_empty() {
        let title = texts.get("empty.title").to_owned();
        let body = home::empty_record(view);
        return Ok(Page {
            description: title.clone(),
            title,
            body,
            linked: Vec::new(),
            listed: false,
            card: Card::default(),
        });
    }
    let (headline, names) = (headline(view, &filter, &selection), names(view, &filter));
    let body = html! {
        h1 { (among(view.lang, &headline, &names)) }
        (view.figure_line_of(&filter, &headline, &names, covered(view)))
        @if sdg::are_unasked(atlas, &filter, &selection) {
            p {
                (texts.get("explore.goalsInferred"))
                @for goal in filter.sdg.iter().filter(|word| word.parse::<u8>().is_ok()) {
                    " " a href=(view.link(&format!("/sdgs/{goal}"))) { (texts.fill("explore.goalPage", &[("number", goal)])) }
                }
            }
        }
        (views::ways(view))
        (view.search(true))
        @if !selection.organisations.is_empty() { (views::places(view, &filter)) }
        @if view.asked("view") == Some("flow") { (flow::tables(view, &filter)) }
        h2 { (texts.get("list.title")) }
        (list(view, &selection.organisations))
        p {
            (texts.get("list.title")) ": "
            @for ending in ["csv", "json", "geojson"] {
                a href=(views::file(view, &format!("/download/organisations.{ending}"))) { (if ending == "geojson" { "GeoJSON".to_owned() } else { ending.to_uppercase() }) } " "
            }
        }
    };
    let files = ["csv", "json", "geojson"].map(|ending| {
        let path = views::file(view, &format!("/download/organisations.{ending}"));
        json!({ "@type": "DataDownload", "encodingFormat": ending, "contentUrl": view.absolute(&path) })
    });
    let linked = json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": headline,
        "description": texts.get("home.question"), "url": view.absolute("/explore"), "inLanguage": view.lang.as_str(),
        "creditText": credit::lines(atlas, &figure::waves_of(atlas, &selection.organisations, &filter.chapter), texts).join("; "),
        "distribution": files,
    });
    let card = card(view, &filter, &selection);
    Ok(Page {
        description: format!("{headline}. {}", texts.get("home.question")),
        title: headline,
        body,
        linked: vec![linked],
        listed: view.query.iter().all(|(key, _)| key == "lang"),
        card,
    })
}

/// What the coverage in the figure line is of: of what the application's picture at this address rests on, which is the
/// map where none is named.
fn covered(view: &View) -> Dimension {
    match view.asked("view") {
        Some("flow" | "table") => Dimension::Publisher,
        Some("network") => Dimension::Dataset,
        _ => Dimension::Area,
    }
}

/// How many a selection holds, in a sentence. Studies are not added up: where several are in sight, each has its own
/// figure, and a selection is a part of its own study alone.
pub(super) fn headline(view: &View, filter: &Filter, selection: &Selection) -> String {
    let (count, texts) = (selection.organisations.len(), view.texts);
    let parts = parts(view, filter, &selection.organisations);
    let sentence = match (parts.as_slice(), is_narrowed(filter)) {
        _ if count == 0 => none(view, filter, selection).to_owned(),
        ([] | [_], true) => {
            let whole = parts.first().map_or_else(|| whole_of(view, filter).len(), |part| part.whole);
            let filters = conditions(view, filter);
            texts.count("explore.match", count, &[("of", &texts.label("list.of", whole)), ("filters", &filters)])
        }
        ([] | [_], false) => texts.count("explore.reuse", count, &[]),
        (several, narrowed) => {
            let key = if narrowed { "explore.partOf" } else { "explore.part" };
            let each = several.iter().map(|part| {
                let (k, total) = (texts.number(part.count), texts.number(part.whole));
                texts.fill(key, &[("k", &k), ("total", &total), ("study", part.title)])
            });
            let each = each.collect::<Vec<_>>().join("; ");
            let key = if narrowed { "explore.matchStudies" } else { "explore.reuseStudies" };
            let filters = if narrowed { conditions(view, filter) } else { String::new() };
            texts.count(key, count, &[("each", &each), ("filters", &filters)])
        }
    };
    view.dated(sentence)
}

/// So many conditions are named, the others counted.
const NAMED: usize = 3;

/// What a selection is narrowed by, in brackets behind a sentence; nothing where it has no name. The application says it
/// alike (`web/src/screens/explore/conditions.ts`). A study says which whole, and narrows nothing.
fn conditions(view: &View, filter: &Filter) -> String {
    let names = words(view, &Filter { chapter: Vec::new(), ..filter.clone() });
    let counted = filter.criticality.len() + filter.access.len() + usize::from(filter.bbox.is_some());
    let rest = names.len().saturating_sub(NAMED) + counted;
    match names[..names.len().min(NAMED)].join(DOT) {
        none if none.is_empty() => none,
        said if rest > 0 => format!(" ({})", view.texts.count("explore.andMore", rest as u64, &[("names", &said)])),
        said => format!(" ({said})"),
    }
}

/// What is said where nobody matches: of goals that nobody was asked about it is no finding.
fn none(view: &View, filter: &Filter, selection: &Selection) -> &'static str {
    let is_unasked = sdg::are_unasked(&view.atlas, filter, selection);
    view.texts.get(if is_unasked { "explore.goalsUnasked" } else { "explore.none" })
}

/// A study in sight: how many of its organisations match, and how many it has.
struct Part<'a> {
    title: &'a str,
    count: u64,
    whole: u64,
}

/// The studies that a selection has organisations of.
fn parts<'a>(view: &'a View, filter: &Filter, organisations: &RoaringBitmap) -> Vec<Part<'a>> {
    let atlas = &view.atlas;
    let whole = whole_of(view, filter);
    let is_chosen = |chapter: &str| filter.chapter.is_empty() || filter.chapter.iter().any(|word| word == chapter);
    let of = |study| {
        let row = atlas.study(study);
        let members = atlas.organisations_with(Dimension::Chapter, Value::Chapter(row.chapter));
        let count = members.intersection_len(organisations);
        let title = atlas.label(row.title, view.lang).value;
        let is_part = count > 0 && is_chosen(atlas.str(row.chapter));
        is_part.then(|| Part { title, count, whole: members.intersection_len(&whole) })
    };
    atlas.studies().filter_map(of).collect()
}

/// What a selection is a part of: the studies that it names, as bodies are added up.
fn whole_filter(filter: &Filter) -> Filter {
    Filter { chapter: filter.chapter.clone(), rollup: filter.rollup, ..Filter::default() }
}

fn whole_of(view: &View, filter: &Filter) -> RoaringBitmap {
    view.atlas.select(&whole_filter(filter)).organisations
}

/// Whether a filter selects by anything but the whole.
fn is_narrowed(filter: &Filter) -> bool {
    filter.canonical() != whole_filter(filter).canonical()
}

/// The picture of a selection: what it selects by, and how it looks in the view that the address names.
fn card(view: &View, filter: &Filter, selection: &Selection) -> Card {
    let (atlas, texts) = (&view.atlas, view.texts);
    let organisations = selection.organisations.clone();
    let mark = match view.asked("view") {
        Some("flow" | "network") => {
            let users = users_per_publisher(atlas, selection, filter.rollup).into_iter().take(PUBLISHERS);
            Mark::Ranking(users.map(|(org, users)| (atlas.name(org, view.lang).value.to_owned(), users)).collect())
        }
        Some("table") => Mark::Families(organisations.clone()),
        _ => Mark::Map(organisations.clone(), None),
    };
    let words = words(view, filter);
    let parts = parts(view, filter, &organisations);
    let label = match (parts.as_slice(), is_narrowed(filter)) {
        ([] | [_], false) => texts.label("page.preview.reuse", organisations.len()),
        _ if organisations.is_empty() => none(view, filter, selection).to_owned(),
        ([] | [_], true) => {
            let whole = parts.first().map_or_else(|| whole_of(view, filter).len(), |part| part.whole);
            texts.count("page.preview.match", organisations.len(), &[("of", &texts.label("list.of", whole))])
        }
        (_, false) => texts.label("page.preview.reuseStudies", organisations.len()),
        (_, true) => texts.label("page.preview.matchStudies", organisations.len()),
    };
    let title = if words.is_empty() { texts.get("home.question").to_owned() } else { words.join(", ") };
    let chapters = filter.chapter.clone();
    let count = Some(organisations.len()).filter(|&count| count > 0);
    Card { count, kicker: texts.get("nav.explore").to_owned(), title, label, mark, chapters, ..Card::of(organisations) }
}

/// The names of the record that such a sentence may hold: of what a filter selects by, and of the studies.
pub(super) fn names<'a>(view: &'a View, filter: &Filter) -> Vec<Text<'a>> {
    let mut names = titled::studies(view);
    for dimension in Dimension::ALL {
        let values = filter.words(dimension).iter().flat_map(|word| view.atlas.values_of_word(dimension, word));
        names.extend(values.filter_map(|value| view.atlas.value_label(value, view.lang)));
    }
    names
}

/// What a filter selects by, in words.
pub(super) fn words(view: &View, filter: &Filter) -> Vec<String> {
    let atlas = &view.atlas;
    let mut words: Vec<String> = Vec::new();
    for dimension in Dimension::ALL {
        words.extend(
            filter
                .grade
                .iter()
                .filter(|_| dimension == Dimension::Grade)
                .map(|grade| view.texts.fill("chips.grade", &[("grade", grade.as_str())])),
        );
        let named = filter.words(dimension).iter().filter_map(|word| {
            // `unknown` stands for six reasons, which have one word.
            let value = atlas.values_of_word(dimension, word).first().copied()?;
            // A word may name somebody who may not be shown.
            if let Value::Publisher(org) = value
                && !atlas.is_shown(org)
            {
                return None;
            }
            let is_any = word == "unknown";
            let label =
                if is_any { view.texts.get("facet.unknown").to_owned() } else { value_label(atlas, value, view.lang) };
            // A gap names what is missing, a size what it counts: alone they could be of anything.
            let is_bare = matches!(value, Value::Unknown(_) | Value::Unspecified | Value::Size(_));
            let label = if matches!(value, Value::Size(_)) { label.replace('-', "–") } else { label };
            let facet = format!("facet.{}", dimension.as_str().to_uppercase());
            Some(if is_bare { format!("{}: {label}", view.texts.get(&facet)) } else { label })
        });
        words.extend(named);
    }
    if let Some(text) = filter.text.as_deref() {
        words.push(view.texts.fill("chips.text", &[("text", text)]));
    }
    words
}

/// Organisations by name, a hundred at a time, with their sector and place.
pub(super) fn list(view: &View, organisations: &RoaringBitmap) -> Markup {
    let (atlas, lang, order) = (&view.atlas, view.lang, OrganisationOrder::Name.into());
    let after = view.asked("after").and_then(Cursor::decode);
    let page = atlas
        .page(organisations, order, lang, SHOWN, after.as_ref())
        .or_else(|_| atlas.page(organisations, order, lang, SHOWN, None));
    let Ok(page) = page else { return html! {} };
    // A cursor says after which row, not after how many.
    let before = page.items.first().filter(|_| page.has_previous).and_then(|first| {
        let all = atlas.page(organisations, order, lang, page.total as usize, None).ok()?;
        all.items.iter().position(|org| org == first)
    });
    let before = before.unwrap_or(0);
    let next = page.items.last().filter(|_| page.has_next).map(|&last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(view.query.iter().filter(|(key, _)| key != "after"));
        query.append_pair("after", &atlas.cursor(last, order, lang).encode());
        format!("{}?{}", view.path, query.finish())
    });
    html! {
        ul { @for &org in &page.items { li { (organisation(view, org)) } } }
        @if !page.items.is_empty() { (subject::pager(view, before, SHOWN, page.total as usize, next)) }
    }
}

/// One organisation in a line.
fn organisation(view: &View, org: OrgIx) -> Markup {
    let (atlas, lang) = (&view.atlas, view.lang);
    let row = atlas.organisation(org);
    // What is not known is said with its reason: who left it out here could not be told from who has none.
    let gap = |key, attribute| {
        let why = view.texts.word("missing", atlas.missing_code(org, attribute).as_str());
        format!("{}: {why}", view.texts.get(key))
    };
    let sector = row.sector.map(|code| atlas.label(atlas.code_row(code).label, lang));
    let area = row.area.map(|area| atlas.label(atlas.area(area).name, lang));
    html! {
        a href=(view.link(&format!("/organisations/{}", encoded(atlas.str(row.slug))))) { (marked(view, atlas.name(org, lang))) }
        (DOT)
        @if let Some(sector) = sector { (marked(view, sector)) }
        @else if let Some(own) = atlas.maybe(row.sector_text) { (own) }
        @else { (gap("glance.sector", Attribute::Sector)) }
        (DOT)
        @if let Some(area) = area { (marked(view, area)) } @else { (gap("glance.place", Attribute::Area)) }
    }
}

//! The page of a country, state or municipality.

use axum::response::Response;
use maud::html;
use serde_json::json;

use super::{
    Asked, Page, View, answer, encoded, explore,
    observed::observed,
    subject,
    titled::{marked, within},
};
use crate::{
    analysis::publishers::users_per_publisher,
    atlas::{AreaIx, Dimension, Filter, Subject, Value},
    picture::{card::Card, mark::Mark},
};

/// Publishers named.
const SHOWN: usize = 10;

pub(super) async fn area(asked: Asked<String>) -> Response {
    answer(asked, |view, code| page(view, &code)).await
}

/// The page for its handler and its preview.
pub(super) fn page(view: &View, code: &str) -> Result<Page, Response> {
    let area = view.atlas.area_by_code(code).ok_or_else(|| {
        // Codes of areas are in capitals.
        let capitals = code.to_uppercase();
        if view.atlas.area_by_code(&capitals).is_some() {
            view.moved(&format!("/areas/{}", encoded(&capitals)))
        } else {
            view.missing()
        }
    })?;
    Ok(of_area(view, area))
}

fn of_area(view: &View, area: AreaIx) -> Page {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let row = atlas.area(area);
    let (named, code) = (atlas.label(row.name, lang), atlas.str(row.code));
    let name = named.value;
    let speaking = view.speaking(Filter { area: vec![code.to_owned()], ..Filter::default() });
    let organisations = &atlas.organisations_with(Dimension::Area, Value::Area(area)) & &speaking.whole;
    let headline = view.dated(texts.count("area.headline", organisations.len(), &[("area", name)]));
    let publishers = users_per_publisher(atlas, &atlas.select(&speaking.filter), None);
    let linked = json!({
        "@context": "https://schema.org", "@type": "AdministrativeArea", "name": name, "identifier": code,
        "@id": view.absolute(&format!("/id/area/{}", row.id)), "url": view.absolute(&view.path),
        "containedInPlace": row.parent.map(|parent| json!({
            "@type": "AdministrativeArea", "name": atlas.label(atlas.area(parent).name, lang).value,
        })),
    });
    let inside_of = |child| atlas.organisations_with(Dimension::Area, Value::Area(child));
    let inside: Vec<(AreaIx, u64)> = atlas
        .area_children(area)
        .iter()
        .map(|&child| (child, inside_of(child).intersection_len(&speaking.whole)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let body = html! {
        h1 { (within(lang, &headline, named)) }
        (view.figure_line(&speaking.filter, &headline, &[named]))
        @if let Some(parent) = row.parent { p { (texts.get("relation.PART_OF.FROM")) " " (area_link(view, parent)) } }
        @if organisations.is_empty() { p { (texts.get("area.noneHint")) } }
        (speaking.switch(view))
        @if !publishers.is_empty() {
            h2 { (texts.get("area.publishers")) }
            ol { @for &(org, users) in publishers.iter().take(SHOWN) {
                li {
                    a href=(subject::publisher_address(view, &speaking, org)) {
                        (marked(view, atlas.name(org, lang)))
                    }
                    (subject::counted(view, users))
                }
            } }
        }
        @if !inside.is_empty() {
            h2 { (texts.get("area.inside")) }
            ul { @for &(child, count) in &inside { li { (area_link(view, child)) (subject::counted(view, count)) } } }
        }
        h2 { (texts.get("list.title")) }
        (explore::list(view, &organisations))
        (observed(view, Subject::Area(area)))
    };
    let kicker = row.parent.map_or(texts.get("facet.AREA"), |parent| atlas.label(atlas.area(parent).name, lang).value);
    // A country is seen by its states; a state within its country.
    let mark = Mark::Map(if row.parent.is_some() { speaking.whole.clone() } else { organisations.clone() }, Some(area));
    let card = Card {
        kicker: kicker.to_owned(),
        title: name.to_owned(),
        label: texts.label("page.preview.here", organisations.len()),
        mark,
        chapters: speaking.filter.chapter,
        ..Card::of(organisations)
    };
    Page {
        title: name.to_owned(),
        description: headline,
        body,
        linked: vec![super::without_nulls(linked)],
        listed: view.asked("after").is_none(),
        card,
    }
}

fn area_link(view: &View, area: AreaIx) -> maud::Markup {
    let row = view.atlas.area(area);
    let path = format!("/areas/{}", encoded(view.atlas.str(row.code)));
    html! { a href=(view.link(&path)) { (marked(view, view.atlas.label(row.name, view.lang))) } }
}

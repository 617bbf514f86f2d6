//! The explorer without its map: the organisations that the filters of the address select, as a list.

use axum::response::Response;
use maud::{Markup, html};
use roaring::RoaringBitmap;

use super::{Asked, Page, View, answer, encoded};
use crate::{
    atlas::{Cursor, OrgIx, OrganisationOrder, Refusal},
    export::query,
};

/// Organisations on one page.
const SHOWN: usize = 100;

pub(super) async fn explore(asked: Asked) -> Response {
    answer(asked, |view, ()| page(view).map_err(|refusal| view.refused(&refusal))).await
}

fn page(view: &View) -> Result<Page, Refusal> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let query = query::of_address(view.pairs())?;
    query.check(atlas)?;
    let filter = query.filter;
    if !view.moment.is_now() && !atlas.reaches_for(&filter) {
        return Ok(view.unrecorded(view.begins_on));
    }
    let selection = atlas.select(&filter);
    let (count, total) = (selection.organisations.len(), atlas.listed().len());
    let headline = if filter.is_empty() {
        texts.count("explore.reuse", count, &[])
    } else {
        texts.count("explore.match", count, &[("total", &texts.number(total))])
    };
    let headline = view.dated(headline);
    let body = html! {
        h1 { (headline) }
        (list(view, &selection.organisations))
        p {
            @for ending in ["csv", "json", "geojson"] {
                a href={ "/download/organisations." (ending) (view.search) } { (ending.to_uppercase()) } " "
            }
        }
    };
    Ok(Page {
        description: texts.get("home.question").to_owned(),
        title: headline,
        body,
        linked: Vec::new(),
        listed: view.query.iter().all(|(key, _)| key == "lang"),
    })
}

/// Organisations by name, a hundred at a time, with their sector and place.
pub(super) fn list(view: &View, organisations: &RoaringBitmap) -> Markup {
    let (atlas, lang, order) = (&view.atlas, view.lang, OrganisationOrder::Name);
    let after = view.asked("after").and_then(Cursor::decode);
    let page = atlas
        .page(organisations, order, lang, SHOWN, after.as_ref())
        .or_else(|_| atlas.page(organisations, order, lang, SHOWN, None));
    let Ok(page) = page else { return html! {} };
    let next = page.items.last().filter(|_| page.has_next).map(|&last| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(view.query.iter().filter(|(key, _)| key != "after"));
        query.append_pair("after", &atlas.cursor(last, order, lang).encode());
        format!("{}?{}", view.path, query.finish())
    });
    html! {
        ul { @for &org in &page.items { li { (organisation(view, org)) } } }
        @if let Some(next) = next { p { a href=(next) rel="next" { (view.texts.get("pager.next")) } } }
    }
}

/// One organisation in a line.
fn organisation(view: &View, org: OrgIx) -> Markup {
    let (atlas, lang) = (&view.atlas, view.lang);
    let row = atlas.organisation(org);
    html! {
        a href=(view.link(&format!("/organisations/{}", encoded(atlas.str(row.slug))))) { (atlas.name(org, lang).value) }
        @if let Some(sector) = row.sector { ", " (atlas.label(atlas.code_row(sector).label, lang).value) }
        @if let Some(area) = row.area { ", " (atlas.label(atlas.area(area).name, lang).value) }
    }
}

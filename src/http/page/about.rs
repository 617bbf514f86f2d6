//! What this is, who made the data in it, and how to contribute.

use axum::response::Response;
use maud::html;
use serde_json::json;

use super::{Asked, Page, View, answer_of_any_day, encoded, titled::marked};
use crate::{
    atlas::Filter,
    picture::{card::Card, mark::Mark},
};

pub(super) async fn about(asked: Asked) -> Response {
    answer_of_any_day(asked, |view, ()| Ok(page(view))).await
}

/// The page for its handler and its preview.
pub(super) fn page(view: &View) -> Page {
    let (atlas, texts) = (&view.atlas, view.texts);
    let body = html! {
        h1 { (texts.get("about.headline")) }
        p { (texts.get("about.lede")) }
        h2 { (texts.get("about.made")) }
        ul { @for study in atlas.studies() {
            @let row = atlas.study(study);
            li {
                a href=(view.link(&format!("/studies/{}", encoded(atlas.str(row.slug))))) { (marked(view, atlas.label(row.title, view.lang))) }
                ". " (atlas.str(row.attribution)) ", "
                a href=(atlas.str(row.licence_url)) rel="license" { (atlas.str(row.licence)) }
            }
        } }
        p { (texts.get("foot.boundaries")) }
        h2 { (texts.get("about.contribute")) }
        @for key in ["about.contributeError", "about.contributeStudy", "about.contributeCode"] { p { (texts.get(key)) } }
    };
    let (title, description) = (texts.get("about.headline").to_owned(), texts.get("about.lede").to_owned());
    let linked = vec![json!({
        "@context": "https://schema.org", "@type": "AboutPage", "name": title, "description": description,
        "url": view.absolute("/about"), "inLanguage": view.lang.as_str(),
    })];
    let speaking = view.speaking(Filter::default());
    let whole = speaking.whole;
    let card = Card {
        kicker: texts.get("nav.about").to_owned(),
        title: title.clone(),
        label: texts.label("page.preview.reuse", whole.len()),
        mark: Mark::Families(whole.clone()),
        chapters: speaking.filter.chapter,
        ..Card::of(whole)
    };
    Page { title, description, body, linked, listed: true, card }
}

//! The first page: the question, how much is recorded, and where to go; with an empty record, the two
//! commands that fill it.

use axum::response::Response;
use maud::{Markup, html};
use serde_json::json;

use super::{
    Asked, Page, View, answer, study, subject,
    titled::{self, among, marked},
};
use crate::{
    atlas::{Filter, WaveIx},
    picture::{card::Card, mark::Mark},
    texts::phrases::DOT,
};

/// How many publishers and datasets are named.
const SHOWN: usize = 10;

pub(super) async fn home(asked: Asked) -> Response {
    answer(asked, |view, ()| Ok(page(view))).await
}

/// A record without organisations: what to type to fill it.
pub(super) fn empty_record(view: &View) -> Markup {
    html! {
        h1 { (view.texts.get("empty.title")) }
        p { (view.texts.get("empty.text")) }
        dl {
            dt { (view.texts.get("empty.study")) } dd { code { "od100 import od500 --chapter mx" } }
            dt { (view.texts.get("empty.sample")) } dd { code { "od100 sample" } }
        }
    }
}

/// The waves that anybody may answer now.
fn open_waves(view: &View) -> Markup {
    let is_open = |&wave: &WaveIx| view.moment.is_now() && view.atlas.nomination_path(wave).is_some();
    let open: Vec<_> = view.atlas.waves().filter(is_open).collect();
    html! {
        @if !open.is_empty() {
            ul { @for wave in open { li { (study::wave_link(view, wave)) (study::take_part(view, wave)) } } }
        }
    }
}

/// The page for its handler and its preview.
pub(super) fn page(view: &View) -> Page {
    let (atlas, texts) = (&view.atlas, view.texts);
    let speaking = view.speaking(Filter::default());
    let count = speaking.whole.len();
    let question = texts.get("home.question");
    let linked = json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": texts.get("page.name"), "url": view.absolute("/"),
        "description": question, "inLanguage": ["es", "en"],
    });
    let map = view.link(&speaking.address("/explore"));
    let body = if count == 0 {
        html! { (empty_record(view)) (open_waves(view)) }
    } else {
        html! {
            h1 { (question) }
            p { (among(view.lang, &view.dated(texts.count("home.lede", count, &[("study", speaking.title(view))])), &titled::studies(view))) }
            (view.figure_line(&speaking.filter, question, &[]))
            (speaking.switch(view))
            (view.search(false))
            p { a href=(map) { (texts.count("home.openMap", count, &[])) } }
            (open_waves(view))
            h2 { (texts.get("nav.publishers")) }
            ol { @for (org, users) in subject::publishers_of(view, &speaking).into_iter().take(SHOWN) {
                li {
                    a href=(subject::publisher_address(view, &speaking, org)) {
                        (marked(view, atlas.name(org, view.lang)))
                    }
                    (subject::counted(view, users))
                }
            } }
            p { a href=(view.link(&speaking.address("/publishers"))) { (texts.get("nav.publishers")) } (DOT)
                a href=(view.link(&speaking.address("/datasets"))) { (texts.get("nav.datasets")) } }
        }
    };
    let card = Card {
        title: question.to_owned(),
        label: texts.label("page.preview.reuse", count),
        mark: Mark::Map(speaking.whole.clone(), None),
        chapters: speaking.filter.chapter,
        ..Card::of(speaking.whole)
    };
    Page {
        card,
        title: texts.get("page.name").to_owned(),
        description: question.to_owned(),
        body,
        linked: vec![linked],
        listed: true,
    }
}

//! The code lists of the record and what each code corresponds to in others.

use axum::response::Response;
use maud::{Markup, html};
use serde_json::json;

use super::{
    Asked, Page, View, answer_of_any_day, encoded,
    titled::{marked, within},
};
use crate::{
    atlas::{CodeIx, Lang, Scheme, Text},
    domain::text::fold,
    picture::{card::Card, mark::Mark},
};

pub(super) async fn schemes(asked: Asked) -> Response {
    answer_of_any_day(asked, |view, ()| Ok(all(view))).await
}

/// The page for its handler and its preview.
pub(super) fn all(view: &View) -> Page {
    let (atlas, texts) = (&view.atlas, view.texts);
    let title = texts.get("schemes.title").to_owned();
    let mut schemes: Vec<_> = atlas.schemes().iter().collect();
    // By the names that the reader sees.
    schemes.sort_by_cached_key(|scheme| fold(atlas.label(scheme.name, view.lang).value));
    let body = html! {
        h1 { (title) }
        p { (texts.get("schemes.lede")) }
        ul { @for scheme in schemes {
            li {
                a href=(view.link(&format!("/schemes/{}", encoded(atlas.str(scheme.id))))) { (marked(view, atlas.label(scheme.name, view.lang))) }
                ", " (atlas.str(scheme.version)) ", " (publisher(view, scheme))
            }
        } }
    };
    let description = texts.get("schemes.lede").to_owned();
    let linked = vec![json!({
        "@context": "https://schema.org", "@type": "CollectionPage", "name": title, "description": description,
        "url": view.absolute("/schemes"), "inLanguage": view.lang.as_str(),
    })];
    let count = atlas.schemes().len() as u64;
    let lengths = atlas.schemes().iter().map(|scheme| {
        (atlas.label(scheme.name, view.lang).value.to_owned(), atlas.codes_of(atlas.str(scheme.id)).count() as u64)
    });
    let mut lengths: Vec<(String, u64)> = lengths.collect();
    lengths.sort_by_key(|(_, codes)| std::cmp::Reverse(*codes));
    let card = Card {
        title: title.clone(),
        label: texts.label("page.preview.schemes", count),
        mark: Mark::Ranking(lengths),
        ..Card::of(atlas.listed().clone())
    };
    Page { title, description, body, linked, listed: true, card: Card { count: Some(count), ..card } }
}

pub(super) async fn scheme(asked: Asked<String>) -> Response {
    answer_of_any_day(asked, |view, id| one(view, &id)).await
}

/// The page for its handler and its preview.
pub(super) fn one(view: &View, id: &str) -> Result<Page, Response> {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let scheme = atlas.schemes().iter().find(|scheme| atlas.str(scheme.id) == id).ok_or_else(|| view.missing())?;
    let named = atlas.label(scheme.name, lang);
    let title = named.value.to_owned();
    let codes: Vec<_> = atlas.codes_of(id).collect();
    let headline = texts.count("schemes.headline", codes.len() as u64, &[("name", &title)]);
    let linked = json!({
        "@context": "https://schema.org", "@type": "DefinedTermSet", "name": title, "version": atlas.str(scheme.version),
        "url": view.absolute(&view.path), "sameAs": atlas.str(scheme.url), "license": atlas.label(scheme.licence, lang).value,
    });
    let body = html! {
        h1 { (within(lang, &headline, named)) }
        p { (atlas.str(scheme.version)) ", " (publisher(view, scheme)) ", " (marked(view, atlas.label(scheme.licence, lang))) }
        p { a href=(atlas.str(scheme.url)) rel="noopener" { (atlas.str(scheme.url)) } }
        dl { @for &code in &codes {
            @let row = atlas.code_row(code);
            dt { (marked(view, atlas.label(row.label, lang))) " " code { (atlas.str(row.code)) } }
            @for mapping in atlas.mappings_of(code) {
                dd { (meant(view, mapping.to)) " (" (texts.word("confidence", mapping.confidence.as_str())) ")" }
            }
        } }
    };
    let card = Card {
        kicker: texts.get("schemes.title").to_owned(),
        title: title.clone(),
        label: texts.label("page.preview.codes", codes.len() as u64),
        ..Card::of(atlas.listed().clone())
    };
    let card = Card { count: Some(codes.len() as u64), ..card };
    Ok(Page { title, description: headline, body, linked: vec![linked], listed: true, card })
}

/// Who publishes a list; a name of another language is marked as such.
fn publisher(view: &View, scheme: &Scheme) -> Markup {
    let name = view.atlas.label(scheme.publisher, view.lang);
    marked(view, name)
}

/// A code of another list: the list by its title, and the code where its label does not end in it.
fn meant(view: &View, code: CodeIx) -> Markup {
    let atlas = &view.atlas;
    let row = atlas.code_row(code);
    let scheme = atlas.schemes().iter().find(|scheme| scheme.id == row.scheme);
    let unnamed = Text { value: atlas.str(row.scheme), lang: Lang::UNKNOWN };
    let scheme = scheme.map_or(unnamed, |scheme| atlas.label(scheme.name, view.lang));
    let (code, label) = (atlas.str(row.code), atlas.label(row.label, view.lang));
    let is_said = label.value.split_whitespace().last() == Some(code);
    html! { (marked(view, scheme)) ": " @if !is_said { (code) " " } (marked(view, label)) }
}

//! How the figures are made: grades, the ways of not knowing, the studies and their licences.

use axum::response::Response;
use entity::vocabulary::{Grade, Missing};
use maud::html;
use serde_json::json;

use super::{Asked, Page, View, answer_of_any_day, method_parts, titled::marked};
use crate::{
    analysis::method::METHOD_VERSION,
    atlas::{Filter, OrgIx},
    picture::{card::Card, mark::Mark},
    texts,
};

pub(super) async fn method(asked: Asked) -> Response {
    answer_of_any_day(asked, |view, ()| Ok(page(view))).await
}

/// The page for its handler and its preview.
pub(super) fn page(view: &View) -> Page {
    let (atlas, texts) = (&view.atlas, view.texts);
    let body = html! {
        h1 { (texts.get("method.headline")) }
        p { (texts.fill("method.lede", &[("version", METHOD_VERSION)])) }
        (method_parts::coverage(view))
        h2 { (texts.get("method.counting")) }
        p { (texts.get("method.countingText")) }
        p { (texts.get("method.rollupText")) }
        p { (texts.get("method.inferredText")) }
        h2 { (texts.get("method.grades")) }
        p { (texts.get("method.gradesNote")) }
        dl { @for grade in Grade::ALL {
            dt { (grade.as_str()) " " (texts.word("grade", grade.as_str())) }
            dd { (texts.word("gradeNote", grade.as_str())) }
        } }
        h2 { (texts.get("method.missing")) }
        p { (texts.get("method.missingNote")) }
        dl { @for code in Missing::ALL {
            dt { (texts.word("missing", code.as_str())) } dd { (texts.word("missingNote", code.as_str())) }
        } }
        (method_parts::formulas(view))
        (method_parts::printed(view))
        h2 { (texts.get("method.studies")) }
        p { (texts.get("foot.notRandom")) }
        ul { @for study in atlas.studies() {
            @let study = atlas.study(study);
            li {
                a href=(view.link(&format!("/studies/{}", super::encoded(atlas.str(study.slug))))) { (marked(view, atlas.label(study.title, view.lang))) } ". "
                (atlas.str(study.attribution)) ", "
                a href=(atlas.str(study.licence_url)) rel="license" { (atlas.str(study.licence)) }
                @let limits = texts::list_of(view.lang, "api.limit", atlas.str(study.chapter));
                @if !limits.is_empty() {
                    p { (texts.get("study.limits")) ":" }
                    ul { @for limit in limits { li { (limit) } } }
                }
            }
        } }
        h2 { (texts.get("schemes.title")) }
        p { (texts.get("schemes.lede")) " " a href=(view.link("/schemes")) { (texts.get("schemes.browse")) } }
    };
    let (title, description) =
        (texts.get("method.headline").to_owned(), texts.fill("method.lede", &[("version", METHOD_VERSION)]));
    let linked = vec![json!({
        "@context": "https://schema.org", "@type": "TechArticle", "headline": title, "description": description,
        "url": view.absolute("/method"), "inLanguage": view.lang.as_str(), "version": METHOD_VERSION,
    })];
    let speaking = view.speaking(Filter::default());
    let whole = speaking.whole;
    let claims: Vec<(String, u64)> = Grade::ALL
        .iter()
        .map(|&grade| {
            let of_grade = |org| {
                let claims = atlas.claims_of(OrgIx::new(org)).iter();
                claims.filter(|claim| claim.is_current() && claim.grade == grade).count() as u64
            };
            let name = format!("{} {}", grade.as_str(), texts.word("grade", grade.as_str()));
            (name, whole.iter().map(of_grade).sum())
        })
        .collect();
    let count = claims.iter().map(|(_, count)| count).sum();
    let card = Card {
        kicker: texts.get("nav.method").to_owned(),
        title: title.clone(),
        label: texts.label("page.preview.claims", count),
        mark: Mark::Ranking(claims),
        chapters: speaking.filter.chapter,
        ..Card::of(whole)
    };
    Page { title, description, body, linked, listed: true, card: Card { count: Some(count), ..card } }
}

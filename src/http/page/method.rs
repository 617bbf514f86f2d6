//! How the figures are made: grades, the ways of not knowing, the studies and their licences.

use axum::response::Response;
use entity::vocabulary::{Grade, Missing};
use maud::html;

use super::{Asked, Page, answer_of_any_day};
use crate::analysis::method::METHOD_VERSION;

pub(super) async fn method(asked: Asked) -> Response {
    answer_of_any_day(asked, |view, ()| {
        let (atlas, texts) = (&view.atlas, view.texts);
        let body = html! {
            h1 { (texts.get("method.headline")) }
            p { (texts.fill("method.lede", &[("version", METHOD_VERSION)])) }
            p { (texts.get("method.inferredText")) }
            p { (texts.get("method.rollupText")) }
            dl { @for grade in Grade::ALL {
                dt { (grade.as_str()) " " (texts.word("grade", grade.as_str())) }
                dd { (texts.word("gradeNote", grade.as_str())) }
            } }
            h2 { (texts.get("method.missing")) }
            dl { @for code in Missing::ALL {
                dt { (texts.word("missing", code.as_str())) } dd { (texts.word("missingNote", code.as_str())) }
            } }
            h2 { (texts.get("method.studies")) }
            ul { @for study in atlas.studies() {
                @let study = atlas.study(study);
                li {
                    a href=(view.link(&format!("/studies/{}", super::encoded(atlas.str(study.slug))))) { (atlas.label(study.title, view.lang).value) } ". "
                    (atlas.str(study.attribution)) ", "
                    a href=(atlas.str(study.licence_url)) rel="license" { (atlas.str(study.licence)) }
                }
            } }
        };
        let (title, description) =
            (texts.get("method.headline").to_owned(), texts.fill("method.lede", &[("version", METHOD_VERSION)]));
        Ok(Page { title, description, body, linked: Vec::new(), listed: true })
    })
    .await
}

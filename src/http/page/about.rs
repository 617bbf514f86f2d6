//! What this is, who made the data in it, and how to contribute.

use axum::response::Response;
use maud::html;

use super::{Asked, Page, answer_of_any_day, encoded};

pub(super) async fn about(asked: Asked) -> Response {
    answer_of_any_day(asked, |view, ()| {
        let (atlas, texts) = (&view.atlas, view.texts);
        let body = html! {
            h1 { (texts.get("about.headline")) }
            p { (texts.get("about.lede")) }
            h2 { (texts.get("about.made")) }
            ul { @for study in atlas.studies() {
                @let row = atlas.study(study);
                li {
                    a href=(view.link(&format!("/studies/{}", encoded(atlas.str(row.slug))))) { (atlas.label(row.title, view.lang).value) }
                    ". " (atlas.str(row.attribution)) ", "
                    a href=(atlas.str(row.licence_url)) rel="license" { (atlas.str(row.licence)) }
                }
            } }
            p { (texts.get("foot.boundaries")) }
            h2 { (texts.get("about.contribute")) }
            @for key in ["about.contributeError", "about.contributeStudy", "about.contributeCode"] { p { (texts.get(key)) } }
        };
        let (title, description) = (texts.get("about.headline").to_owned(), texts.get("about.lede").to_owned());
        Ok(Page { title, description, body, linked: Vec::new(), listed: true })
    })
    .await
}

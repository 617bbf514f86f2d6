//! What somebody is asked for: the study, its wave, who runs it and until when, before anything is answered.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::app::survey::study::{Study, Wave};
use crate::atlas::Lang;
use crate::texts::days::day;
use crate::texts::{in_language, text};

/// What a study says of itself to those whom it asks.
pub(super) fn about(lang: Lang, study: &Study, wave: &Wave, until: Option<NaiveDate>) -> Markup {
    let say = |key| text(lang, key);
    let of = |json: &str| in_language(&serde_json::from_str(json).unwrap_or_default(), lang).to_owned();
    let (title, part) = (of(&study.title), of(&wave.title));
    html! {
        dl class="about" {
            dt { (say("page.survey.study")) }
            dd { a href=(study.url) rel="noreferrer" { (title) } }
            @if part != title { dt { (say("page.survey.wave")) } dd { (part) } }
            dt { (say("page.answer.runBy")) }
            dd { (study.attribution) }
            @if let Some(until) = until { dt { (say("page.answer.until")) } dd { (day(lang, until)) } }
        }
    }
}

//! The boxes of a form that say what a request for data is about.

use maud::{Markup, html};

use crate::atlas::{Atlas, Lang};
use crate::domain::demand::THEMES;
use crate::texts::text;

/// One box for each theme, closed where none is chosen; `fault` says what is wrong with the choice.
pub(in crate::http) fn boxes(atlas: &Atlas, lang: Lang, chosen: &[String], fault: &Markup) -> Markup {
    html! {
        details open[!chosen.is_empty()] {
            summary { (text(lang, "page.requests.themes")) }
            fieldset class="boxes" {
                legend { (text(lang, "page.requests.themesText")) (fault) }
                @for code in atlas.codes_of(THEMES) {
                    @let row = atlas.code_row(code);
                    @let word = atlas.str(row.code);
                    label class="tick" {
                        input type="checkbox" name="themes" value=(word) checked[chosen.iter().any(|one| one == word)];
                        (atlas.label(row.label, lang).value)
                    }
                }
            }
        }
    }
}

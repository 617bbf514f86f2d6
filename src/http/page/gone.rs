//! What stands in place of a page that there is not, in the same words with and without the application around it, and the
//! search that it leads to.

use maud::{Markup, html};

use crate::texts::phrases::Texts;

/// That there is no such page, the search, and the way to everything.
pub(super) fn gone(texts: &Texts, everything: &str, kept: &[(&str, &str)]) -> Markup {
    html! {
        h1 { (texts.get("gone.title")) }
        p { (texts.get("gone.text")) }
        (search(texts, None, kept))
        p { a href=(everything) { (texts.get("gone.explore")) } }
    }
}

/// The search for organisations: what has been sought, and the words of the address that it keeps.
pub(super) fn search(texts: &Texts, sought: Option<&str>, kept: &[(&str, &str)]) -> Markup {
    html! {
        form role="search" action="/explore" {
            label { (texts.get("page.search.label")) " "
                input class="field" type="search" name="q" maxlength="200" value=[sought]; }
            @for (key, value) in kept { input type="hidden" name=(key) value=(value); }
            button type="submit" class="btn" { (texts.get("page.search.go")) }
        }
    }
}

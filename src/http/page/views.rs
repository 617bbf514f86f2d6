//! The pictures of the explorer where no script draws them: the ways from one to the other, and the map as its counts.

use maud::{Markup, html};

use super::{View, strange::is_strange, subject, titled};
use crate::{
    analysis::counts::counts,
    atlas::{Dimension, Filter},
    export::query,
    texts::phrases::DOT,
};

/// The views of the explorer with the keys of their names; the map needs no word in an address.
const VIEWS: [(&str, &str); 4] =
    [("map", "explore.map"), ("flow", "explore.flow"), ("network", "explore.network"), ("table", "explore.table")];

/// The view that an address names; the map where it names none.
fn current(view: &View) -> &'static str {
    let asked = view.asked("view");
    VIEWS.iter().map(|(word, _)| *word).find(|word| Some(*word) == asked).unwrap_or("map")
}

/// What each view is drawn by, as `web/src/views.ts` has it; the table also has an order.
const OWN: [(&str, &[&str]); 4] = [
    ("map", &["layer", "at"]),
    ("flow", &["form", "skip"]),
    ("network", &["node", "depth", "colour", "sized"]),
    ("table", &["columns", "sort"]),
];

/// The words by which other views than the one of the address are drawn. They stay in an address for the way back to
/// those; what is cited is what is shown.
pub(super) fn of_others(view: &View) -> Vec<&'static str> {
    if view.path != "/explore" {
        return Vec::new();
    }
    OWN.iter().filter(|(word, _)| *word != current(view)).flat_map(|(_, words)| *words).copied().collect()
}

/// The words of an address that say what its page shows.
fn said(view: &View) -> Vec<&str> {
    let others = of_others(view);
    let is_explorer = view.path == "/explore";
    let says = |&(key, value): &(&str, &str)| {
        !(others.contains(&key) || query::is_passed_on(key) || (is_explorer && is_strange(key, value)))
    };
    view.pairs().filter(says).map(|(key, _)| key).collect()
}

/// The address of a file with what the address of its page says, as it is shown: what the page passes over would be refused.
pub(super) fn file(view: &View, path: &str) -> String {
    view.with(path, &said(view))
}

/// The absolute address of a page as it is shown, in the language that it was asked for or in another one: for programs
/// that keep a page, or show it to others.
pub(super) fn shared(view: &View) -> String {
    view.absolute(&view.with(&view.path, &said(view)))
}

/// The same in any language, or in the one that is given.
pub(super) fn alternate(view: &View, lang: Option<&str>) -> String {
    let words: Vec<&str> = said(view).into_iter().filter(|key| *key != "lang").collect();
    let page = view.with(&view.path, &words);
    let lang = lang.map(|lang| format!("{}lang={lang}", if page.contains('?') { '&' } else { '?' }));
    view.absolute(&format!("{page}{}", lang.unwrap_or_default()))
}

/// The ways to the other views of the same selection.
pub(super) fn ways(view: &View) -> Markup {
    let address = |word: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(view.pairs().filter(|(key, _)| !matches!(*key, "view" | "after")));
        query.extend_pairs((word != "map").then_some(("view", word)));
        let query = query.finish();
        if query.is_empty() { view.path.clone() } else { format!("{}?{query}", view.path) }
    };
    html! {
        nav aria-label=(view.texts.get("explore.view")) { p {
            @for (at, (word, name)) in VIEWS.into_iter().enumerate() {
                @if at > 0 { (DOT) }
                a href=(address(word)) aria-current=[(word == current(view)).then_some("page")] { (view.texts.get(name)) }
            }
        } }
    }
}

/// What the map draws: how many of a selection are where, most first; those without a place last, with the reason.
pub(super) fn places(view: &View, filter: &Filter) -> Markup {
    if current(view) != "map" {
        return html! {};
    }
    let rows = counts(&view.atlas, Dimension::Area, filter).rows;
    html! {
        h2 { (view.texts.get("facet.AREA")) }
        ul { @for (value, count) in rows { li { span { (titled::value(view, value)) } (subject::counted(view, count)) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_know_what_a_view_is_drawn_by() {
        let theirs = include_str!("../../../web/src/views.ts");
        for (view, words) in OWN {
            let quoted: Vec<String> =
                words.iter().filter(|word| **word != "sort").map(|word| format!("'{word}'")).collect();
            let line = format!("{view}: [{}],", quoted.join(", "));
            assert!(theirs.contains(&line), "{line} is not in web/src/views.ts");
        }
    }
}

//! The pictures of the explorer where no script draws them: the ways from one to the other, and the map as its counts.

use maud::{Markup, html};

use super::{View, subject};
use crate::{
    analysis::counts::counts,
    atlas::{Dimension, Filter},
    texts::{phrases::DOT, value_label},
};

/// The views of the explorer with the keys of their names; the map needs no word in an address.
const VIEWS: [(&str, &str); 4] =
    [("map", "explore.map"), ("flow", "explore.flow"), ("network", "explore.network"), ("table", "explore.table")];

/// The view that an address names; the map where it names none.
fn current(view: &View) -> &'static str {
    let asked = view.asked("view");
    VIEWS.iter().map(|(word, _)| *word).find(|word| Some(*word) == asked).unwrap_or("map")
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
    let name = |value| value_label(&view.atlas, value, view.lang);
    html! {
        h2 { (view.texts.get("facet.AREA")) }
        ul { @for (value, count) in rows { li { span { (name(value)) } (subject::counted(view, count)) } } }
    }
}

//! The title of a source where a page names it, marked with the language it is in where that is not the page's.

use maud::{Markup, html};

use super::View;
use crate::atlas::Source;

/// A sentence that holds the title of a source, or the title alone.
pub(super) fn titled(view: &View, sentence: &str, source: &Source) -> Markup {
    let title = view.atlas.str(source.title);
    let lang = source.lang.map(|lang| view.atlas.str(lang)).filter(|lang| *lang != view.lang.as_str());
    if let (Some(lang), Some((before, after))) = (lang, sentence.split_once(title)) {
        html! { (before) span lang=(lang) { (title) } (after) }
    } else {
        html! { (sentence) }
    }
}

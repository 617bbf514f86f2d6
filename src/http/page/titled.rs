//! Names and titles of the record where a page says them, marked with the language they are in where that is not the
//! page's.

use maud::{Markup, html};

use super::View;
use crate::atlas::{Lang, Source, Text};

/// A name or title alone.
pub(super) fn marked(view: &View, text: Text<'_>) -> Markup {
    within(view.lang, text.value, text)
}

/// A sentence that holds one.
pub(super) fn within(own: Lang, sentence: &str, text: Text<'_>) -> Markup {
    let is_other = text.lang != own && text.lang != Lang::UNKNOWN && !text.value.is_empty();
    if let Some((before, after)) = sentence.split_once(text.value).filter(|_| is_other) {
        html! { (before) span lang=(text.lang.as_str()) { (text.value) } (after) }
    } else {
        html! { (sentence) }
    }
}

/// A sentence that holds the title of a source, or the title alone.
pub(super) fn titled(view: &View, sentence: &str, source: &Source) -> Markup {
    let lang = source.lang.map_or(Lang::UNKNOWN, |lang| Lang::new(view.atlas.str(lang)));
    within(view.lang, sentence, Text { value: view.atlas.str(source.title), lang })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_language_where_the_page_has_another() {
        let said =
            |own, lang| within(own, "3 organisations use Censo’s data", Text { value: "Censo", lang }).into_string();
        assert_eq!(said(Lang::EN, Lang::ES), "3 organisations use <span lang=\"es\">Censo</span>’s data");
        for (own, lang) in [(Lang::ES, Lang::ES), (Lang::EN, Lang::UNKNOWN)] {
            assert_eq!(said(own, lang), "3 organisations use Censo’s data");
        }
        let unnamed = Text { value: "", lang: Lang::ES };
        assert_eq!(within(Lang::EN, "Nobody", unnamed).into_string(), "Nobody");
    }
}

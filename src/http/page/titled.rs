//! Names and titles of the record where a page says them, marked with the language they are in where that is not the
//! page's.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::View;
use crate::{
    atlas::{Lang, Source, StudyIx, Text, Value},
    texts::value_label,
};

/// A name or title alone.
pub(super) fn marked(view: &View, text: Text<'_>) -> Markup {
    within(view.lang, text.value, text)
}

/// The language of a name where it is not the page's, for what can hold no more than words.
pub(super) fn foreign(view: &View, text: Text<'_>) -> Option<Lang> {
    is_other(view.lang, text).then_some(text.lang)
}

/// The label of a value: a name of the record, or the interface's word for it.
pub(super) fn value(view: &View, value: Value) -> Markup {
    view.atlas
        .value_label(value, view.lang)
        .map_or_else(|| html! { (value_label(&view.atlas, value, view.lang)) }, |text| marked(view, text))
}

/// What a study is called.
pub(super) fn study(view: &View, study: StudyIx) -> Text<'_> {
    view.atlas.label(view.atlas.study(study).title, view.lang)
}

/// What all studies are called: sentences name them of which nobody said beforehand that they would.
pub(super) fn studies(view: &View) -> Vec<Text<'_>> {
    view.atlas.studies().map(|one| study(view, one)).collect()
}

/// A sentence that holds one.
pub(in crate::http) fn within(own: Lang, sentence: &str, text: Text<'_>) -> Markup {
    among(own, sentence, &[text])
}

/// A sentence that may hold several, each as often as it likes.
pub(in crate::http) fn among(own: Lang, sentence: &str, texts: &[Text<'_>]) -> Markup {
    let others: Vec<Text<'_>> = texts.iter().copied().filter(|&text| is_other(own, text)).collect();
    let (mut told, mut rest) = (Vec::new(), sentence);
    while let Some((at, text)) = first(rest, &others) {
        told.push((&rest[..at], text));
        rest = &rest[at + text.value.len()..];
    }
    html! { @for (before, text) in told { (before) span lang=(text.lang.as_str()) { (text.value) } } (rest) }
}

fn is_other(own: Lang, text: Text<'_>) -> bool {
    text.lang != own && text.lang != Lang::UNKNOWN && !text.value.is_empty()
}

/// The text that comes first in a sentence, and where; of those that begin there the longest. Part of a word is none.
fn first<'t>(sentence: &str, texts: &[Text<'t>]) -> Option<(usize, Text<'t>)> {
    let goes_on = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let place = |text: &Text<'t>| {
        let mut places = sentence.match_indices(text.value).map(|(at, _)| at);
        let at = places.find(|&at| {
            let (before, after) = (&sentence[..at], &sentence[at + text.value.len()..]);
            !goes_on(before.chars().next_back()) && !goes_on(after.chars().next())
        })?;
        Some((at, *text))
    };
    texts.iter().filter_map(place).min_by_key(|(at, text)| (*at, Reverse(text.value.len())))
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

    #[test]
    fn a_sentence_marks_every_name_in_it_and_no_part_of_a_word() {
        let names = [("Censo", Lang::ES), ("Censo de aguas", Lang::ES), ("Rain", Lang::EN), ("art", Lang::ES)];
        let names = names.map(|(value, lang)| Text { value, lang });
        for (sentence, marked) in [
            ("Censo: 3; Censo de aguas: 2; Rain: 1", "[Censo]: 3; [Censo de aguas]: 2; Rain: 1"),
            ("Censo, Censo", "[Censo], [Censo]"),
            ("Part of a Censometer, art", "Part of a Censometer, [art]"),
            ("Nobody", "Nobody"),
            ("", ""),
        ] {
            let said = among(Lang::EN, sentence, &names).into_string();
            assert_eq!(said.replace("<span lang=\"es\">", "[").replace("</span>", "]"), marked);
        }
    }
}

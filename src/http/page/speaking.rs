//! Which study speaks on a page that several have something to say on. They asked at other times and in other places,
//! so their totals are not added up: one speaks, as in the application, and the others are a link away.

use maud::{Markup, html};
use roaring::RoaringBitmap;

use super::{
    View, subject,
    titled::{marked, within},
};
use crate::atlas::{Dimension, Filter, StudyIx, Value};

/// The study that speaks, where there is a choice.
pub(super) struct Speaking {
    /// What a page is about, narrowed to the study.
    pub(super) filter: Filter,
    /// All organisations that may be shown, of the study.
    pub(super) whole: RoaringBitmap,
    /// Those with something on the page, and how many each has there.
    studies: Vec<(StudyIx, u64)>,
    /// The one of them that speaks.
    chosen: Option<StudyIx>,
    /// Whether others are in the record.
    is_one_of_several: bool,
}

impl View {
    /// Chooses the study that the address names, else the first that has something `within` it; what is fictional
    /// speaks last.
    pub(super) fn speaking(&self, within: Filter) -> Speaking {
        let atlas = &self.atlas;
        let members = |study: StudyIx| {
            let chapter = Value::Chapter(atlas.study(study).chapter);
            atlas.organisations_with(Dimension::Chapter, chapter)
        };
        let mut loaded: Vec<StudyIx> = atlas.studies().filter(|&study| !members(study).is_empty()).collect();
        loaded.sort_by_key(|&study| atlas.is_fictional(study));
        let found = if within.is_empty() { atlas.listed().clone() } else { atlas.select(&within).organisations };
        let counted = loaded.iter().map(|&study| (study, members(study).intersection_len(&found)));
        let studies: Vec<(StudyIx, u64)> = counted.filter(|(_, count)| *count > 0).collect();
        let asked = self.asked("chapter").and_then(|words| words.split(',').next()).unwrap_or_default();
        let named = studies.iter().find(|(study, _)| atlas.str(atlas.study(*study).chapter) == asked);
        let chosen = named.or(studies.first()).map(|&(study, _)| study);
        let is_one_of_several = loaded.len() > 1;
        let (mut filter, mut whole) = (within, atlas.listed().clone());
        if let Some(study) = chosen.filter(|_| is_one_of_several) {
            filter.chapter = vec![atlas.str(atlas.study(study).chapter).to_owned()];
            whole = members(study);
        }
        Speaking { filter, whole, studies, chosen, is_one_of_several }
    }
}

impl Speaking {
    /// Whether figures keep to one of several studies.
    pub(super) fn is_narrowed(&self) -> bool {
        self.is_one_of_several && self.chosen.is_some()
    }

    /// What the study that speaks is called; empty where none does.
    pub(super) fn title<'a>(&self, view: &'a View) -> &'a str {
        self.chosen.map_or("", |study| view.atlas.label(view.atlas.study(study).title, view.lang).value)
    }

    /// An address with the study that speaks, where there is a choice.
    pub(super) fn address(&self, path: &str) -> String {
        match self.filter.chapter.as_slice() {
            [chapter] if self.is_narrowed() => format!("{path}?chapter={}", super::encoded(chapter)),
            _ => path.to_owned(),
        }
    }

    /// Names the study that speaks, and offers the others; nothing where the record has one.
    pub(super) fn switch(&self, view: &View) -> Markup {
        let (atlas, texts) = (&view.atlas, view.texts);
        let title = |study: StudyIx| atlas.label(atlas.study(study).title, view.lang);
        let link = |study: StudyIx| {
            let page = view.without(&["chapter", "after", "page"]);
            let chapter = atlas.str(atlas.study(study).chapter);
            format!("{page}{}chapter={}", if page.contains('?') { '&' } else { '?' }, super::encoded(chapter))
        };
        html! {
            @if let Some(chosen) = self.chosen.filter(|_| self.is_one_of_several) {
                @if self.studies.len() < 2 {
                    p { (within(view.lang, &texts.fill("study.speaks", &[("title", title(chosen).value)]), title(chosen))) }
                } @else {
                    nav aria-label=(texts.get("home.studies")) { ul { @for &(study, count) in &self.studies {
                        li {
                            a href=(link(study)) aria-current=[(study == chosen).then_some("true")] { (marked(view, title(study))) }
                            (subject::counted(view, count))
                        }
                    } } }
                    p { (texts.get("home.studiesNote")) }
                }
            }
        }
    }
}

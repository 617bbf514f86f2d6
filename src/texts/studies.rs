//! Which studies the users of a body or a dataset belong to, in a sentence.

use super::phrases::Texts;
use crate::atlas::{Atlas, Dimension, Filter, Lang, StudyIx, Value};

/// How many each of several studies has; of one what the filter narrows the users to, and nothing where that is all that
/// is recorded.
pub fn of_users(atlas: &Atlas, filter: &Filter, studies: &[(StudyIx, u64)], lang: Lang) -> Option<String> {
    let texts = Texts::of(lang);
    let title = |study: StudyIx| atlas.label(atlas.study(study).title, lang).value;
    if studies.len() > 1 {
        let each = studies.iter().map(|&(study, count)| format!("{} {}", title(study), texts.number(count)));
        let each = each.collect::<Vec<_>>().join(", ");
        let n = texts.number(studies.len() as u64);
        return Some(texts.fill("page.users.studies", &[("n", &n), ("each", &each)]));
    }
    let waves = filter.wave.iter().filter_map(|word| atlas.wave_by_slug(word));
    let mut named: Vec<&str> = waves.map(|wave| atlas.label(atlas.wave(wave).title, lang).value).collect();
    if named.is_empty() {
        let has_others = |study: &StudyIx| {
            !atlas.organisations_with(Dimension::Chapter, Value::Chapter(atlas.study(*study).chapter)).is_empty()
        };
        if atlas.studies().filter(has_others).count() < 2 {
            return None;
        }
        let is_named =
            |study: &StudyIx| filter.chapter.iter().any(|word| word == atlas.str(atlas.study(*study).chapter));
        named = atlas.studies().filter(is_named).map(title).collect();
    }
    (!named.is_empty()).then(|| texts.fill("page.users.alone", &[("title", &named.join(", "))]))
}

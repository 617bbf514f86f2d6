//! Whom to name: one line for each holder and licence. Where one holder has several studies in sight it is named once,
//! with their names.

use crate::atlas::{Atlas, StudyIx, WaveIx};
use crate::texts::phrases::Texts;

/// Whom to name for some studies, under which licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit<'a> {
    pub licence: &'a str,
    pub licence_url: &'a str,
    /// The sentence to show, without a full stop.
    pub source: String,
}

/// The credits of some studies, in the order in which their holders first come.
pub fn credits<'a>(atlas: &'a Atlas, studies: impl IntoIterator<Item = StudyIx>, texts: &Texts) -> Vec<Credit<'a>> {
    let mut groups: Vec<(&str, Vec<StudyIx>)> = Vec::new();
    let licence = |study: StudyIx| atlas.study(study).licence;
    for study in studies {
        let holder = atlas.holder_of(study);
        let known = groups.iter_mut().find(|(of, own)| *of == holder && licence(own[0]) == licence(study));
        match known {
            Some((_, own)) if own.contains(&study) => {}
            Some((_, own)) => own.push(study),
            None => groups.push((holder, vec![study])),
        }
    }
    let credit = |(holder, studies): (&str, Vec<StudyIx>)| {
        let first = atlas.study(studies[0]);
        let source = match studies.as_slice() {
            // The program made the sample and says so in the reader's language.
            [study] if atlas.is_fictional(*study) => texts.get("page.footSample").to_owned(),
            [_] => atlas.str(first.attribution).trim_end_matches('.').to_owned(),
            several => {
                let title = |&study: &StudyIx| atlas.label(atlas.study(study).title, texts.lang()).value;
                format!("{holder} ({})", several.iter().map(title).collect::<Vec<_>>().join(", "))
            }
        };
        Credit { licence: atlas.str(first.licence), licence_url: atlas.str(first.licence_url), source }
    };
    groups.into_iter().map(credit).collect()
}

/// Those of the studies of some waves in one line each, with the licence.
pub fn lines(atlas: &Atlas, waves: &[WaveIx], texts: &Texts) -> Vec<String> {
    let credits = credits(atlas, waves.iter().map(|&wave| atlas.wave(wave).study), texts);
    credits.into_iter().map(|credit| format!("{}, {}", credit.source, credit.licence)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Lang;
    use crate::atlas::fixture::{id, mini, study};
    use crate::atlas::rows::StudyRow;

    #[test]
    fn a_holder_is_named_once_for_each_licence_with_its_studies() {
        let own = |slug: &str, title: &str, attribution: &str, licence: &str| StudyRow {
            id: id("study", slug),
            slug: slug.to_owned(),
            chapter: slug.to_owned(),
            title: [("es".to_owned(), format!("{title} en español")), ("en".to_owned(), title.to_owned())].into(),
            attribution: attribution.to_owned(),
            licence: licence.to_owned(),
            ..study()
        };
        let of = |studies: Vec<StudyRow>| {
            let mut rows = mini().rows();
            (rows.studies, rows.waves, rows.responses) = (studies, Vec::new(), Vec::new());
            let atlas = Atlas::build(rows);
            let found = credits(&atlas, atlas.studies().chain(atlas.studies()), Texts::of(Lang::EN));
            found.into_iter().map(|credit| format!("{}, {}", credit.source, credit.licence)).collect::<Vec<_>>()
        };
        let mx = own("mx", "Open Data 100", "Open Data 100 en español, The 500, The Lab", "BY-SA");
        let us = own("us", "Open Data 500", "The 500, The Lab.", "BY-SA");
        assert_eq!(
            of(vec![mx.clone()]),
            ["Open Data 100 en español, The 500, The Lab, BY-SA"],
            "one is named as it wants"
        );
        assert_eq!(of(vec![mx.clone(), us.clone()]), ["The 500, The Lab (Open Data 100, Open Data 500), BY-SA"]);
        let apart = own("au", "Open Data Australia", "The 500, The Lab", "BY");
        assert_eq!(
            of(vec![mx, us, apart, own("kr", "Korea", "Another", "BY-SA")]),
            ["The 500, The Lab, BY", "Another, BY-SA", "The 500, The Lab (Open Data 100, Open Data 500), BY-SA"]
        );
    }
}

//! What the parameters of a frame's address take: who writes one by hand is told the words that there are.

use entity::vocabulary::{AccessMode, BusinessModel, Criticality, Grade, OrganisationKind, SizeBand};

use crate::atlas::{Atlas, Dimension, Fault, Refusal, RolledUp, Rollup};
use crate::texts::phrases::Texts;

/// The colours of a frame. They share their parameter with the kinds of data.
pub(super) const COLOURS: [&str; 2] = ["light", "dark"];

/// The words that a parameter takes, where there are few enough to be named.
pub(super) fn taken(atlas: &Atlas, name: &str) -> Option<String> {
    let codes = |scheme, dimension| -> Vec<&str> {
        let codes = atlas.codes_of(scheme).map(|code| atlas.str(atlas.code_row(code).code));
        codes.filter(|code| !atlas.values_of_word(dimension, code).is_empty()).collect()
    };
    let words: Vec<&str> = match name {
        "theme" => [COLOURS.to_vec(), codes("od500_data_type", Dimension::Theme)].concat(),
        "sector" => codes("od500_category", Dimension::Sector),
        "family" => atlas.families().iter().map(|&family| atlas.str(family)).collect(),
        "chapter" => atlas.chapters().iter().map(|&chapter| atlas.str(chapter)).collect(),
        "wave" => atlas.waves().map(|wave| atlas.str(atlas.wave(wave).slug)).collect(),
        "size" => SizeBand::ALL.iter().map(|band| band.as_str()).collect(),
        "kind" => OrganisationKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        "model" => BusinessModel::ALL.iter().map(|model| model.as_str()).collect(),
        "grade" => Grade::ALL.iter().map(|grade| grade.as_str()).collect(),
        "criticality" => Criticality::ALL.iter().map(|level| level.as_str()).collect(),
        "access" => AccessMode::ALL.iter().map(|mode| mode.as_str()).collect(),
        "rollup" => Rollup::ALL.iter().map(|rollup| rollup.as_str()).chain([RolledUp::AS_DECIDED]).collect(),
        "sdg" => return Some("1–17".to_owned()),
        _ => return None,
    };
    Some(words.join(", "))
}

/// What is wrong with a word in the address of a frame: what the filter rail calls by another name is called as the address
/// writes it.
pub(super) fn fault(texts: &Texts, refusal: &Refusal) -> String {
    match (refusal.fault, refusal.name.as_str()) {
        (Fault::Unknown, name @ ("theme" | "rollup")) => {
            texts.fill("fault.value", &[("filter", name), ("value", &refusal.value)])
        }
        _ => super::refusal::fault(texts, refusal),
    }
}

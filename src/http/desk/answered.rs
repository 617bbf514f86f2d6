//! Answers of a survey in words: what was asked, and what was said.

use entity::vocabulary::Attribute;

use super::frame::Frame;
use crate::domain::instrument::IF_STOPPED;
use crate::domain::instrument::{Instrument, Named, Value, says};
use crate::texts::{label as word, words_of};

/// What a question asks, as its instrument words it; else by the property that it is about; else its key.
pub(super) fn asked(frame: &Frame<'_>, of: Option<&Instrument>, key: &str) -> String {
    if let Some(question) = of.and_then(|of| of.question(key)) {
        return says(&question.wording, frame.lang.as_str()).to_owned();
    }
    match Attribute::ALL.iter().find(|one| one.as_str() == key) {
        Some(attribute) => word(frame.lang, "attribute", attribute.as_str()).to_owned(),
        // Studies that were brought in from elsewhere have no instrument here.
        None => words_of(frame.lang, "page.organisation.questionOf", key),
    }
}

/// A value in words: labels of what was chosen, and lists line by line.
pub(super) fn said(frame: &Frame<'_>, of: Option<&Instrument>, key: &str, json: &str) -> String {
    let question = of.and_then(|of| of.question(key));
    let (lang, atlas) = (frame.lang.as_str(), (frame.site.atlas)());
    // What the register does not show has no name here; its id leads to it.
    let dataset = |id| {
        let atlas = atlas.as_ref()?;
        Some(atlas.title(atlas.dataset_by_id(id)?, frame.lang).value.to_owned())
    };
    let publisher = |id| {
        let atlas = atlas.as_ref()?;
        Some(atlas.name(atlas.organisation_by_id(id)?, frame.lang).value.to_owned())
    };
    let label = |id: &str| match question.and_then(|one| one.kind.label(id)) {
        Some(label) => says(label, lang).to_owned(),
        None => id.to_owned(),
    };
    let named = |what: &Named| match what {
        Named::Dataset(id) => dataset(*id).unwrap_or_else(|| id.to_string()),
        Named::Publisher(id) => publisher(*id).unwrap_or_else(|| id.to_string()),
        Named::Unlisted(text) => text.clone(),
    };
    match serde_json::from_str(json) {
        Ok(Value::Text(text) | Value::Date(text)) => text,
        Ok(Value::Number(number)) => number.to_string(),
        Ok(Value::Consent(true)) => frame.say("page.survey.consented").to_owned(),
        Ok(Value::Consent(false)) => frame.say("page.survey.notConsented").to_owned(),
        Ok(Value::Uses(rows)) => rows.iter().map(|row| named(&row.what)).collect::<Vec<_>>().join("; "),
        Ok(Value::Requests(rows)) => rows.into_iter().map(|row| row.title).collect::<Vec<_>>().join("; "),
        Ok(chosen) => chosen.chosen().into_iter().map(label).collect::<Vec<_>>().join("; "),
        // Answers that were brought in from elsewhere are kept as they stood there.
        Err(_) if key == IF_STOPPED => words_of(frame.lang, "ifStopped", &json.to_uppercase()),
        Err(_) => json.to_owned(),
    }
}

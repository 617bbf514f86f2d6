//! What is known of an organisation already, as answers that somebody has to confirm.

use chrono::Datelike;
use entity::vocabulary::{Criticality, OrganisationKind};

use crate::domain::instrument::{Answer, Answers, Given, Instrument, Named, Target, Use, Value, check_answer};
use crate::domain::text::in_language;
use crate::store::survey::organisation::{Known, Organisation};

/// Answers from the record. Only what fits the question is suggested.
pub(super) fn answers(instrument: &Instrument, organisation: &Organisation, known: &Known, lang: &str) -> Answers {
    let mut out = Answers::new();
    for question in instrument.questions() {
        let Some(value) = value(&question.maps_to, organisation, known, lang) else { continue };
        let Ok(given) = check_answer(question, Given::Value(value)) else { continue };
        let answer = Answer { given, visibility: question.visibility, is_prefilled: true };
        out.insert(question.key.clone(), answer);
    }
    out
}

fn value(target: &Target, organisation: &Organisation, known: &Known, lang: &str) -> Option<Value> {
    let words = |json: &str| {
        let words: Vec<String> = serde_json::from_str(json).unwrap_or_default();
        (!words.is_empty()).then_some(Value::Choices(words))
    };
    match target {
        Target::Attribute { field } => match field.as_str() {
            "name" => text(Some(&organisation.name), lang),
            "website" => organisation.website.clone().map(Value::Text),
            "description" => text(organisation.description.as_deref(), lang),
            "founded" => organisation.founded_on.map(|day| Value::Date(format!("{:04}", day.year()))),
            "locality" => known.seat.0.clone().map(Value::Text),
            _ => None,
        },
        Target::Area => known.seat.1.clone().map(Value::Choice),
        // "Other" is what the record says before anybody has said anything.
        Target::OrganisationKind => Some(organisation.kind)
            .filter(|kind| *kind != OrganisationKind::Other)
            .map(|kind| Value::Choice(kind.as_str().to_owned())),
        Target::SizeBand => organisation.size_band.map(|band| Value::Choice(band.as_str().to_owned())),
        Target::BusinessModel => words(&organisation.business_models),
        Target::UseType => words(&organisation.use_types),
        Target::Code { scheme, role } => {
            let of = known.codes.iter().filter(|(of, _, has)| of == scheme && has == role);
            let ids: Vec<String> = of.map(|(_, code, _)| code.clone()).collect();
            match (ids.len(), role) {
                (0, _) => None,
                (_, entity::vocabulary::CodeRole::ReuseSectorPrimary) => ids.into_iter().next().map(Value::Choice),
                _ => Some(Value::Choices(ids)),
            }
        }
        Target::Uses => {
            let mut rows: Vec<Use> = Vec::new();
            // What two waves have found is one use, and asked for once.
            for row in known.uses.iter().filter_map(known_use) {
                if rows.iter().all(|one| one.what != row.what) {
                    rows.push(row);
                }
            }
            (!rows.is_empty()).then_some(Value::Uses(rows))
        }
        Target::Impact { .. }
        | Target::Rationale { .. }
        | Target::Observation { .. }
        | Target::Requests
        | Target::Consent { .. }
        | Target::Kept => None,
    }
}

fn known_use(row: &entity::use_claim::Model) -> Option<Use> {
    let dataset = row.dataset_id.or(row.series_id).map(Named::Dataset);
    let what = dataset.or(row.publisher_id.map(Named::Publisher))?;
    // Whether it still matters as much is for the organisation to say.
    Some(Use {
        what,
        publisher: None,
        criticality: Criticality::Unknown,
        access: row.access_mode,
        since: None,
        rating: None,
    })
}

fn text(json: Option<&str>, lang: &str) -> Option<Value> {
    in_language(json?, lang).map(Value::Text)
}

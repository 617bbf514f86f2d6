//! Cases in words: what the record keeps as codes, as the interface says it.

use entity::vocabulary::CaseKind;
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::review::Case;
use crate::app::review::case::Compared;
use crate::atlas::Lang;
use crate::domain::review::{Field, Proposed};
use crate::http::named;
use crate::texts::phrases::Texts;
use crate::texts::{band, days, words};

/// Where the words of a column are, by its name and that of its table.
fn group(record: &str, field: &str) -> Option<&'static str> {
    Some(match (record, field) {
        ("data_request", "status") => "requests.status",
        ("dataset", "status") => "datasetStatus",
        ("organisation", "status") => "status",
        ("data_request", "blocking") => "requests.need",
        ("data_request", "origin") => "page.history.origin",
        ("wave", "frame") => "page.survey.frame",
        ("wave", "state") => "api.refusal.word",
        (_, "access_mode" | "access") => "page.answer.accessMode",
        (_, "asserted_by" | "assigned_by") => "page.organisation.said",
        (_, "attribute") => "page.review.field",
        (_, "criticality") => "page.answer.criticality",
        (_, "missing") => "missing",
        (_, "polarity") => "page.review.polarity",
        (_, "publisher_ack") => "page.publisher.ackWord",
        (_, "precision") => "precision",
        ("source", "kind") => "page.review.source",
        ("organisation" | "", "kind") => "page.propose.kindOf",
        ("use_claim" | "impact_claim", "status") | ("indicator_observation", "claim_status") => {
            "page.organisation.status"
        }
        (_, "business_models") => "model",
        (_, "dependence") => "dependence",
        (_, "ownership") => "ownership",
        (_, "use_type" | "use_types") => "useType",
        (
            _,
            "based_in_country" | "confidence" | "consent" | "direction" | "earns_revenue" | "lang" | "origin" | "role"
            | "strength" | "uses_data" | "visibility",
        ) => "page.review.value",
        _ => return None,
    })
}

/// The key of a word: groups that the frontend reads too have them in capitals.
fn word(lang: Lang, group: &str, word: &str) -> Option<&'static str> {
    let of = words(lang);
    let upper = word.to_uppercase();
    // `b2b` is `B_2B` in the API.
    let apart = upper.replacen('2', "_2", 1);
    [word, upper.as_str(), apart.as_str()]
        .into_iter()
        .find_map(|word| of.get(&format!("{group}.{word}")))
        .map(String::as_str)
}

/// A value of a column in words: codes, lists of codes, days; anything else stays as it is.
pub(in crate::http) fn value(lang: Lang, (record, field): (&str, &str), text: &str) -> String {
    if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
        return list.iter().map(|one| value(lang, (record, field), one)).collect::<Vec<_>>().join(", ");
    }
    if let Some(word) = group(record, field).and_then(|group| word(lang, group, text)) {
        return word.to_owned();
    }
    // What is not known is so in every group.
    if let ("status", "unknown") = (field, text) {
        return crate::texts::text(lang, "page.review.value.unknown").to_owned();
    }
    if field == "size_band" {
        return band(text);
    }
    match (field, text.parse::<chrono::NaiveDate>()) {
        // Of what is only known to the year the first day is kept.
        ("started_on" | "founded_on", Ok(day)) if text.ends_with("-01-01") => chrono::Datelike::year(&day).to_string(),
        (_, Ok(day)) => days::day(lang, day),
        _ => text.to_owned(),
    }
}

/// What a reader looks for first; the others follow as they come.
const FIRST: [&str; 14] = [
    "organisation_id",
    "name",
    "title",
    "dataset_id",
    "publisher_id",
    "series_id",
    "attribute",
    "scheme",
    "code_id",
    "missing",
    "text",
    "purpose",
    "rationale",
    "kind",
];

/// What is read last: it says how something came to be known, and who may see it.
const LAST: [&str; 10] = [
    "grade",
    "status",
    "origin",
    "asserted_by",
    "first_observed_on",
    "last_observed_on",
    "source_id",
    "wave_id",
    "consent",
    "visibility",
];

/// Where a column stands among those of its case.
pub(super) fn place(name: &str) -> usize {
    let among = |these: &[&str]| these.iter().position(|one| *one == name);
    let last = || among(&LAST).map(|at| FIRST.len() + 1 + at);
    among(&FIRST).or_else(last).unwrap_or(FIRST.len())
}

/// The name of a column.
pub(super) fn field(lang: Lang, name: &str) -> String {
    crate::texts::words_of(lang, "page.review.field", name)
}

/// What stood or is proposed for one column.
pub(super) fn cell(frame: &Frame<'_>, one: &Compared, text: Option<&String>) -> Option<String> {
    text.map(|text| value(frame.lang, (one.record, &one.field), text))
}

/// The headline of a case: what an answer says of a column, in words; a report without the address it is about.
pub(super) fn headline(frame: &Frame<'_>, kind: CaseKind, said: &str) -> String {
    let lang = frame.lang;
    match (kind, said.split_once(": ")) {
        (CaseKind::Display, Some((_, "no"))) => frame.say("page.review.notDisplayed").to_owned(),
        (CaseKind::Display, _) => frame.say("page.review.displayed").to_owned(),
        (CaseKind::ErrorReport, Some((_, text))) => text.to_owned(),
        (CaseKind::Attribute, Some((name, values))) => {
            let values: Vec<_> = values.split(", ").map(|one| value(lang, ("", name), one)).collect();
            format!("{}: {}", field(lang, name), values.join(", "))
        }
        (CaseKind::Observation, Some((key, said))) => format!("{}: {said}", indicator(frame, key)),
        (CaseKind::Code, Some((scheme, code))) => coded(frame, scheme, code).unwrap_or_else(|| code.to_owned()),
        _ => said.to_owned(),
    }
}

/// What whoever decides is asked: the headline of a case as a question, about the organisation that it names. What a case
/// without an organisation is about stands before what is said of it.
pub(super) fn question(frame: &Frame<'_>, case: &Case, said: &str, organisation: Option<&str>) -> String {
    let what = headline(frame, case.kind, said);
    let within = |name: &str| said.strip_prefix(name).and_then(|rest| rest.strip_prefix(": "));
    let (about, text) = match organisation.and_then(|name| Some((name, within(name)?))) {
        Some(parts) => parts,
        None => said.split_once(": ").unwrap_or((said, "")),
    };
    let key = format!("page.review.question.{}", case.kind.as_str());
    let texts = Texts::of(frame.lang);
    match case.kind {
        CaseKind::Organisation | CaseKind::Dataset | CaseKind::ErrorReport => texts.fill(&key, &[("what", &what)]),
        CaseKind::Evidence | CaseKind::Dispute | CaseKind::Retraction => {
            texts.fill(&key, &[("what", about), ("text", text)])
        }
        CaseKind::Correction => {
            let content = case.content.as_deref().and_then(|content| serde_json::from_str(content).ok());
            let Some(Proposed::Correction { field: of, value: new, .. }) = content else { return what };
            let new = match of {
                Field::Kind | Field::SizeBand | Field::Status | Field::Founded => {
                    value(frame.lang, ("organisation", of.as_str()), &new)
                }
                // A sector or a place is called by its name, which the headline has; a long text is cut there.
                _ => text.to_owned(),
            };
            let of = field(frame.lang, of.as_str());
            texts.fill(&key, &[("organisation", about), ("field", &of), ("what", &new)])
        }
        CaseKind::UseClaim
        | CaseKind::Use
        | CaseKind::ImpactClaim
        | CaseKind::Attribute
        | CaseKind::Code
        | CaseKind::Observation
        | CaseKind::Display => match organisation {
            Some(name) => texts.fill(&key, &[("organisation", name), ("what", &what)]),
            None => what,
        },
    }
}

/// The name of an indicator.
fn indicator(frame: &Frame<'_>, key: &str) -> String {
    let named = (frame.site.atlas)().and_then(|atlas| {
        let row = atlas.indicator(atlas.indicator_by_key(key)?);
        Some(atlas.label(row.name, frame.lang).value.to_owned())
    });
    named.unwrap_or_else(|| key.to_owned())
}

/// The label of a code of a list.
fn coded(frame: &Frame<'_>, scheme: &str, code: &str) -> Option<String> {
    let atlas = (frame.site.atlas)()?;
    let row = atlas.code_row(atlas.code(scheme, code)?);
    Some(atlas.label(row.label, frame.lang).value.to_owned())
}

/// The page that a report is about.
pub(super) fn reported(frame: &Frame<'_>, kind: CaseKind, said: &str) -> Markup {
    let path = said.split_once(": ").map(|(path, _)| path).filter(|path| path.starts_with('/'));
    html! {
        @if let (CaseKind::ErrorReport, Some(path)) = (kind, path) {
            @let name = (frame.site.atlas)().and_then(|atlas| named::at(&atlas, frame.lang, path));
            p class="small" { (frame.say("page.review.reportedOn")) " " a href=(frame.link(path)) { (name.as_deref().unwrap_or(path)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_words() {
        for (column, text, said) in [
            (("use_claim", "access_mode"), "download", "Descarga"),
            (("use_claim", "criticality"), "core", "Esencial"),
            (("use_claim", "origin"), "declared", "declarado"),
            (("organisation", "kind"), "company", "Empresa"),
            (("organisation", "business_models"), r#"["b2b","b2g"]"#, "empresas, gobierno"),
            (("", "use_types"), "product_service", "un producto o servicio"),
            (("use_claim", "first_observed_on"), "2026-11-27", "27 nov 2026"),
            (("use_claim", "started_on"), "2021-01-01", "2021"),
            (("organisation", "website"), "https://example.org", "https://example.org"),
            (("organisation", "size_band"), "11-50", "11–50"),
        ] {
            assert_eq!(value(Lang::ES, column, text), said, "{column:?}");
        }
    }
}

//! What a decision would show to everybody: none of its texts may hold an address or a telephone number, whoever wrote them
//! and whenever. Whoever writes one today is asked to leave it out; this is for what came in before, and by answers.

use serde_json::Value;

use super::row::Op;
use crate::app::Error;
use crate::domain::contact::mentions_a_person;

/// The columns of the tables that decisions write in which somebody's own words stand for everybody to read, each with its
/// word for whoever decides.
const WORDS: &[(&str, &[(&str, &str)])] = &[
    ("source", &[("title", "title"), ("author", "title")]),
    (
        "organisation",
        &[("name", "name"), ("legal_name", "name"), ("description", "description"), ("summary", "description")],
    ),
    ("organisation_name", &[("text", "name")]),
    ("organisation_identifier", &[]),
    ("organisation_code", &[("text", "answer")]),
    ("organisation_missing", &[]),
    ("answer", &[("value", "answer")]),
    ("location", &[("address", "place"), ("locality", "place")]),
    (
        "dataset",
        &[("title", "title"), ("description", "description"), ("licence", "licence"), ("keywords", "description")],
    ),
    ("dataset_feedback", &[("comment", "comment"), ("reply", "comment")]),
    ("use_claim", &[("purpose", "purpose")]),
    ("impact_claim", &[("text", "answer"), ("rationale", "rationale")]),
    ("indicator_observation", &[]),
    ("evidence", &[("quote", "quote")]),
    // Its note is for whoever reviews.
    ("verification", &[]),
];

/// Whether everybody may read a row.
fn is_public(table: &str, image: &Value) -> bool {
    let is_claim = matches!(table, "use_claim" | "impact_claim");
    let stands = !is_claim || matches!(image["status"].as_str(), Some("accepted" | "disputed"));
    stands && image["visibility"] == "public"
}

/// The word for the first text that a step would newly show with an address or a number in it.
fn telling(table: &str, before: Option<&Value>, after: &Value) -> Option<&'static str> {
    let columns = WORDS.iter().find(|(of, _)| *of == table).map_or(&[][..], |(_, columns)| *columns);
    let known = before.filter(|image| is_public(table, image));
    let is_new = |column: &str| known.is_none_or(|image| image[column] != after[column]);
    let tells = |column: &str| after[column].as_str().is_some_and(mentions_a_person);
    let found = columns.iter().find(|(column, _)| is_new(column) && tells(column));
    found.map(|(_, word)| *word).filter(|_| is_public(table, after))
}

/// Refuses steps that would show such a text; what stands there already hinders nobody.
pub(super) fn check(ops: &[Op]) -> Result<(), Error> {
    for op in ops {
        let found = match op {
            Op::Add(row) => telling(row.table(), None, &row.image()?),
            Op::Replace(before, after) => telling(after.table(), Some(&before.image()?), &after.image()?),
            Op::End(_) => None,
        };
        if let Some(word) = found {
            let message = format!(
                "an e-mail address or a telephone number would be public with this ('{word}'); reject it, and say why"
            );
            return Err(Error::Conflict(message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::app::review::row::TABLES;

    #[test]
    fn every_table_that_decisions_write_has_its_words() {
        let listed: Vec<&str> = WORDS.iter().map(|(table, _)| *table).collect();
        assert_eq!(listed, TABLES);
    }

    #[test]
    fn only_what_is_newly_shown_is_looked_at() {
        const SAID: &str = r#"{"es":"Llame al 55 1234 5678"}"#;
        let claim = |status: &str, visibility: &str, purpose: &str| json!({ "status": status, "visibility": visibility, "purpose": purpose, "id": "01234567-8901-2345-6789-012345678901" });
        let body = |visibility: &str, description: &str| json!({ "status": "active", "visibility": visibility, "description": description });
        for (table, before, after, word) in [
            ("organisation", None, body("public", SAID), Some("description")),
            ("organisation", None, body("private", SAID), None),
            ("organisation", Some(body("private", SAID)), body("public", SAID), Some("description")),
            ("organisation", Some(body("public", "x")), body("public", SAID), Some("description")),
            ("organisation", Some(body("public", SAID)), body("public", SAID), None),
            ("use_claim", Some(claim("proposed", "public", SAID)), claim("accepted", "public", SAID), Some("purpose")),
            ("use_claim", Some(claim("accepted", "public", SAID)), claim("disputed", "public", SAID), None),
            ("use_claim", Some(claim("accepted", "public", SAID)), claim("superseded", "public", SAID), None),
            ("use_claim", Some(claim("proposed", "public", "x")), claim("accepted", "public", "x"), None),
        ] {
            assert_eq!(telling(table, before.as_ref(), &after), word, "{table} {before:?} {after}");
        }
    }
}

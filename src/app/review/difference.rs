//! What stands beside what is proposed, field by field.

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use super::amount;
use super::names::Names;
use super::row::{Op, Row};
use crate::app::Error;
use crate::domain::history::says_nothing;

/// Columns that say how a row came into the record, and nothing about the world.
const BOOKKEEPING: &[&str] = &[
    "id",
    "entity_id",
    "recorded_at",
    "superseded_at",
    "import_batch_id",
    "created_by",
    "folded",
    "slug",
    "content_hash",
    "response_id",
    "stated_at",
    "low_scale",
    "high_scale",
    "central_scale",
    "founded_on_precision",
    "started_on_precision",
    "ended_on_precision",
    "valid_from_precision",
    "valid_to_precision",
    "valid_from",
    "use_claim_id",
    "impact_claim_id",
    "observation_id",
    "study_id",
    "accessed_at",
];

/// One field of one record: what stands, and what is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The table.
    pub record: &'static str,
    /// The column.
    pub field: String,
    pub stands: Option<String>,
    pub proposed: Option<String>,
}

/// A field that differs, before its values are put into words.
pub(super) struct Raw {
    record: &'static str,
    field: String,
    stands: Value,
    proposed: Value,
}

/// What a plan changes.
pub(super) fn of_ops(ops: &[Op]) -> Result<Vec<Raw>, Error> {
    let mut out = Vec::new();
    for op in ops {
        if let Op::Add(row) | Op::Replace(_, row) | Op::End(row) = op
            && row.image()?["scheme"] == "rfc_hmac"
        {
            let is_new = !matches!(op, Op::End(_));
            // That there is an RFC is told, and nothing else of it.
            let told = |is: bool| if is { Value::String("•••".to_owned()) } else { Value::Null };
            out.push(Raw {
                record: row.table(),
                field: "rfc".to_owned(),
                stands: told(!is_new),
                proposed: told(is_new),
            });
            continue;
        }
        match op {
            Op::Add(row) => fields(row.table(), &Value::Null, &image(row)?, &mut out),
            Op::Replace(before, after) => fields(after.table(), &image(before)?, &image(after)?, &mut out),
            Op::End(row) => fields(row.table(), &image(row)?, &Value::Null, &mut out),
        }
    }
    // Records that the plan makes are told by what they say, and not by which hangs on which.
    let made: BTreeSet<Uuid> =
        ops.iter().filter_map(|op| if let Op::Add(row) = op { Some(row.id()) } else { None }).collect();
    out.retain(|one| id(&one.proposed).is_none_or(|id| !made.contains(&id)));
    // What is cited becomes public with what it supports.
    out.retain(|one| (one.record, one.field.as_str()) != ("source", "visibility"));
    // A record and what hangs on it are seen by the same people: that is said once.
    let mut told = Vec::new();
    out.retain(|one| {
        let is_told = one.field == "visibility" && told.contains(&one.proposed);
        told.extend((one.field == "visibility").then(|| one.proposed.clone()));
        !is_told
    });
    Ok(out)
}

/// The image of a row as it is told.
fn image(row: &Row) -> Result<Value, Error> {
    let image = row.image()?;
    Ok(match row.table() {
        "indicator_observation" => amount::together(image),
        // Somebody else looks at what was thought of a dataset; here it is told alone.
        "dataset_feedback" => serde_json::json!({ "rating": image["rating"] }),
        _ => image,
    })
}

/// The fields in which two images of a row differ.
pub(super) fn fields(record: &'static str, before: &Value, after: &Value, out: &mut Vec<Raw>) {
    let keys: BTreeSet<&String> =
        [before, after].into_iter().filter_map(Value::as_object).flat_map(|map| map.keys()).collect();
    for key in keys {
        let (stands, proposed) = (before[key.as_str()].clone(), after[key.as_str()].clone());
        let is_news = !says_nothing(&stands) || !says_nothing(&proposed);
        if stands != proposed && is_news && !BOOKKEEPING.contains(&key.as_str()) {
            out.push(Raw { record, field: key.clone(), stands, proposed });
        }
    }
}

/// Leaves the grade of what waits out: it follows from the evidence that comes with it, and the outlook says it.
pub(super) fn without_grade(raw: &mut Vec<Raw>) {
    raw.retain(|one| one.field != "grade");
}

/// Takes out who may see an organisation that does not agree to be shown: its row is no secret, and it is in no list all
/// the same, so that "everybody" would say the contrary of what is decided.
pub(super) fn without_audience(raw: &mut Vec<Raw>) {
    if raw.iter().any(|one| one.field == "consent" && one.proposed == "no") {
        raw.retain(|one| one.field != "visibility");
    }
}

/// The id that a value names.
fn id(value: &Value) -> Option<Uuid> {
    value.as_str().or(value["indicator"].as_str()).and_then(|text| text.parse().ok())
}

/// The ids that values name.
pub(super) fn ids(raw: &[Raw]) -> Vec<Uuid> {
    raw.iter().flat_map(|one| [id(&one.stands), id(&one.proposed)]).flatten().collect()
}

/// The fields in words.
pub(super) fn worded(raw: Vec<Raw>, names: &Names) -> Vec<Compared> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(match text.parse::<Uuid>() {
            Ok(id) => names.label(id).unwrap_or(text).to_owned(),
            Err(_) if text.starts_with('{') => names.worded(text),
            Err(_) => text.clone(),
        }),
        Value::Object(_) => Some(names.amount(value)),
        other => Some(other.to_string()),
    };
    raw.into_iter()
        .map(|one| Compared {
            record: one.record,
            stands: text(&one.stands),
            proposed: text(&one.proposed),
            field: one.field,
        })
        .collect()
}

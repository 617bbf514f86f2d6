//! What answers say about an organisation: the one reading of an instrument that the review queue, the
//! preview and the record share.

use entity::vocabulary::{CodeRole, RowVisibility};

use super::{Answers, ConsentTo, Given, Instrument, Kind, Question, Target, Use, Value, Wanted, asked};

/// What one answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The question that it comes from.
    pub question: String,
    /// Who may see it.
    pub visibility: RowVisibility,
    pub claimed: Claimed,
}

/// Something said of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// A property by the name that the record has for it, such as `name` or `size_band`.
    Attribute {
        field: String,
        values: Vec<String>,
    },
    Code {
        scheme: String,
        role: CodeRole,
        code: String,
    },
    Use(Use),
    Impact {
        dimension: String,
        code: String,
        rationale: Option<String>,
    },
    /// A value of an indicator as an interval in whole units, or basis points of a share.
    Observation {
        indicator: String,
        low: i64,
        high: Option<i64>,
        currency: Option<String>,
        is_share: bool,
    },
    Request(Wanted),
    Consent {
        of: ConsentTo,
        given: bool,
    },
}

/// All that the answers say. What is not asked any more says nothing, nor does what has no value.
pub fn outcomes(instrument: &Instrument, answers: &Answers) -> Vec<Outcome> {
    let asked = asked(instrument, answers);
    let value = |question: &Question| match answers.get(&question.key).map(|answer| &answer.given) {
        Some(Given::Value(value)) => Some(value),
        _ => None,
    };
    // A reason that fewer may see than what it is the reason of stays out.
    let rationale = |dimension: &str, seen_by: RowVisibility| {
        let question = reason(&asked, dimension)?;
        let is_seen = answers.get(&question.key).is_some_and(|answer| rank(answer.visibility) >= rank(seen_by));
        match value(question) {
            Some(Value::Text(text)) if is_seen => Some(text.clone()),
            _ => None,
        }
    };
    let mut out = Vec::new();
    for question in &asked {
        let (Some(value), Some(answer)) = (value(question), answers.get(&question.key)) else { continue };
        let says = claimed(question, value, &|dimension: &str| rationale(dimension, answer.visibility));
        out.extend(says.into_iter().map(|claimed| Outcome {
            question: question.key.clone(),
            visibility: answer.visibility,
            claimed,
        }));
    }
    out
}

/// The question that asks why something is named of a dimension.
pub fn reason<'q>(asked: &[&'q Question], dimension: &str) -> Option<&'q Question> {
    let is_why = |target: &Target| matches!(target, Target::Rationale { dimension: of } if of == dimension);
    asked.iter().find(|question| is_why(&question.maps_to)).copied()
}

/// How many may see something: the more, the higher.
fn rank(visibility: RowVisibility) -> u8 {
    match visibility {
        RowVisibility::Private => 0,
        RowVisibility::AggregateOnly => 1,
        RowVisibility::Public => 2,
    }
}

fn claimed(question: &Question, value: &Value, rationale: &dyn Fn(&str) -> Option<String>) -> Vec<Claimed> {
    let attribute = |field: &str| {
        let values = match value {
            Value::Text(text) | Value::Date(text) => vec![text.clone()],
            Value::Number(number) => vec![number.to_string()],
            other => other.chosen().into_iter().map(str::to_owned).collect(),
        };
        vec![Claimed::Attribute { field: field.to_owned(), values }]
    };
    match (&question.maps_to, value) {
        (Target::Attribute { field }, _) => attribute(field),
        (Target::Area, _) => attribute("area"),
        (Target::OrganisationKind, _) => attribute("kind"),
        (Target::SizeBand, _) => attribute("size_band"),
        (Target::BusinessModel, _) => attribute("business_models"),
        (Target::UseType, _) => attribute("use_types"),
        (Target::Code { scheme, role }, value) => {
            let code = |id: &str| Claimed::Code { scheme: scheme.clone(), role: *role, code: id.to_owned() };
            value.chosen().into_iter().map(code).collect()
        }
        (Target::Uses, Value::Uses(rows)) => rows.iter().cloned().map(Claimed::Use).collect(),
        (Target::Requests, Value::Requests(rows)) => rows.iter().cloned().map(Claimed::Request).collect(),
        (Target::Impact { dimension }, value) => {
            let why = rationale(dimension);
            let impact = |id: &str| Claimed::Impact {
                dimension: dimension.clone(),
                code: id.to_owned(),
                rationale: why.clone(),
            };
            value.chosen().into_iter().map(impact).collect()
        }
        (Target::Observation { indicator }, value) => observation(question, indicator, value).into_iter().collect(),
        (Target::Consent { of }, Value::Consent(given)) => vec![Claimed::Consent { of: *of, given: *given }],
        (Target::Rationale { .. } | Target::Kept | Target::Uses | Target::Requests | Target::Consent { .. }, _) => {
            Vec::new()
        }
    }
}

fn observation(question: &Question, indicator: &str, value: &Value) -> Option<Claimed> {
    let (low, high) = match value {
        Value::Number(number) => (*number, Some(*number)),
        Value::Choice(id) => question.kind.band(id).map(|band| (band.low, band.high))?,
        _ => return None,
    };
    let currency = match &question.kind {
        Kind::Money { currency, .. } => Some(currency.clone()),
        _ => None,
    };
    let is_share = matches!(question.kind, Kind::Share { .. });
    Some(Claimed::Observation { indicator: indicator.to_owned(), low, high, currency, is_share })
}

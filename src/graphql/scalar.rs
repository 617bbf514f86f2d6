//! Scalars that async-graphql does not bring: partial dates and columns.

use async_graphql::{InputValueError, InputValueResult, Name, Scalar, ScalarType, Value};
use async_graphql_value::RAW_VALUE_TOKEN;
use chrono::Datelike;
use entity::vocabulary::DatePrecision;
use serde::{Serialize, Serializer};

use crate::domain::draft::{self, YEARS};

/// A date known to the year, month or day: `2014`, `2014-10` or `2014-10-01`.
#[derive(Clone, Copy, Debug)]
pub struct PartialDate(pub draft::PartialDate);

/// A date known to the year, month or day: `2014`, `2014-10` or `2014-10-01`.
#[Scalar]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        Err(InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        let format = match self.0.precision {
            DatePrecision::Year => "%Y",
            DatePrecision::Month => "%Y-%m",
            DatePrecision::Day => "%Y-%m-%d",
        };
        Value::String(self.0.on.format(format).to_string())
    }
}

/// How a day is written.
const DAY: &str = "a day such as 2014-10-01, in the years 1 to 9999";
/// How a moment is written.
const MOMENT: &str = "a moment such as 2014-10-01T12:00:00Z, in the years 1 to 9999";

/// A calendar day, `2014-10-01`.
#[derive(Clone, Copy, Debug)]
pub struct Date(pub chrono::NaiveDate);

/// A calendar day, `2014-10-01`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                let day = text.parse().ok().filter(|day: &chrono::NaiveDate| YEARS.contains(&day.year()));
                day.map(Date).ok_or_else(|| InputValueError::custom(format!("'{text}' is not {DAY}")))
            }
            _ => Err(InputValueError::custom(format!("{value} is not {DAY}"))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment, RFC 3339 in UTC.
#[derive(Clone, Copy, Debug)]
pub struct DateTime(pub chrono::DateTime<chrono::Utc>);

/// A moment, RFC 3339 in UTC.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => chrono::DateTime::parse_from_rfc3339(text)
                .ok()
                .map(|moment| moment.to_utc())
                .filter(|moment| YEARS.contains(&moment.year()))
                .map(DateTime)
                .ok_or_else(|| InputValueError::custom(format!("'{text}' is not {MOMENT}"))),
            _ => Err(InputValueError::custom(format!("{value} is not {MOMENT}"))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

/// A JSON object of equally long arrays: one array per column, one position per row.
#[derive(Clone, Debug)]
pub struct Columns(Vec<u8>);

impl Columns {
    /// Columns to be filled, in the order in which they are added.
    pub(super) fn new() -> Self {
        Self(b"{".to_vec())
    }

    /// Adds a column; `values` are plain ones, which are always JSON.
    pub(super) fn with<T: Serialize>(mut self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        name.serialize(&mut serde_json::Serializer::new(&mut self.0)).expect("a name is JSON");
        self.0.push(b':');
        serde_json::Serializer::new(&mut self.0).collect_seq(values).expect("plain values are JSON");
        self
    }
}

/// A JSON object of equally long arrays: one array per column, one position per row.
#[Scalar]
impl ScalarType for Columns {
    fn parse(value: Value) -> InputValueResult<Self> {
        Err(InputValueError::expected_type(value))
    }

    /// The finished text: thousands of values would cost more as a tree than what they say. That it is a text is seen
    /// once, here, and not with each column.
    fn to_value(&self) -> Value {
        let text = String::from_utf8([self.0.as_slice(), b"}"].concat()).expect("JSON is UTF-8");
        Value::Object(std::iter::once((Name::new(RAW_VALUE_TOKEN), Value::String(text))).collect())
    }
}

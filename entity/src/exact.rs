//! Writes degrees as text, so that a row read back from its before-image equals the row that was
//! written: JSON readers may round the last digit of a number.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// Serialises as the shortest text that reads back as the same number.
#[expect(clippy::ref_option, reason = "serde hands over the field by reference")]
pub(crate) fn serialize<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => to.serialize_some(&value.to_string()),
        None => to.serialize_none(),
    }
}

/// Reads what [`serialize`] wrote.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    Option::<String>::deserialize(from)?.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}

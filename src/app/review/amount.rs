//! Values in words: a share in percent, money with its currency, anything else as the number that it is.

use serde_json::{Value, json};

use crate::atlas::Lang;
use crate::texts::percent;
use crate::texts::phrases::Texts;

/// The ends and the middle of a value, as columns.
const PARTS: [&str; 3] = ["low", "central", "high"];

/// What a number measures.
#[derive(Clone, Copy)]
pub(super) enum Unit<'u> {
    Percent,
    Money(&'u str),
    Other,
}

/// A number of so many decimals, with its unit.
pub(super) fn worded(lang: Lang, (mantissa, scale): (i64, u32), unit: Unit<'_>) -> String {
    let one = 10_u64.checked_pow(scale).unwrap_or(1);
    let (whole, rest) = (mantissa.unsigned_abs() / one, mantissa.unsigned_abs() % one);
    let mut text = if mantissa < 0 { "-".to_owned() } else { String::new() };
    text.push_str(&Texts::of(lang).number(whole));
    if rest > 0 {
        let decimals = format!("{rest:0width$}", width = scale as usize);
        text.push('.');
        text.push_str(decimals.trim_end_matches('0'));
    }
    match unit {
        Unit::Percent => percent(lang, text),
        Unit::Money(currency) => format!("{text}\u{a0}{currency}"),
        Unit::Other => text,
    }
}

/// What an answer says of a value: from, to.
pub(super) fn answered(lang: Lang, content: &Value) -> String {
    // A share is answered in hundredths of a percent.
    let (scale, unit) = match content["currency"].as_str() {
        _ if content["isShare"].as_bool().unwrap_or_default() => (2, Unit::Percent),
        Some(currency) => (0, Unit::Money(currency)),
        None => (0, Unit::Other),
    };
    let end = |key: &str| content[key].as_i64().map_or("…".to_owned(), |value| worded(lang, (value, scale), unit));
    format!("{} – {}", end("low"), end("high"))
}

/// The image of a recorded value with each number as one, together with all that it takes to say it.
pub(super) fn together(mut image: Value) -> Value {
    let (currency, indicator) = (image["currency"].clone(), image["indicator_definition_id"].clone());
    for part in PARTS {
        let (mantissa, scale) = (image[format!("{part}_mantissa")].as_i64(), image[format!("{part}_scale")].as_i64());
        if let Some(mantissa) = mantissa {
            image[format!("{part}_mantissa")] = json!({
                "mantissa": mantissa, "scale": scale.unwrap_or_default(), "currency": currency, "indicator": indicator,
            });
        }
    }
    if let Some(columns) = image.as_object_mut() {
        columns.remove("currency");
    }
    image
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_say_what_they_measure() {
        for (number, unit, said) in [
            ((2_501, 2), Unit::Percent, "25.01%"),
            ((5_000, 2), Unit::Percent, "50%"),
            ((1, 2), Unit::Percent, "0.01%"),
            ((5_000_000, 0), Unit::Money("MXN"), "5,000,000\u{a0}MXN"),
            ((-150, 1), Unit::Other, "-15"),
            ((12, 0), Unit::Other, "12"),
        ] {
            assert_eq!(worded(Lang::EN, number, unit), said);
        }
        for (content, said) in [
            (json!({ "low": 2_501, "high": 5_000, "isShare": true }), "25.01% – 50%"),
            (json!({ "low": 0, "high": null, "currency": "MXN" }), "0\u{a0}MXN – …"),
            (json!({ "low": 3, "high": 9 }), "3 – 9"),
        ] {
            assert_eq!(answered(Lang::EN, &content), said);
        }
    }
}

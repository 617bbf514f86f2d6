//! NUL characters in requests: no text of the record holds one, and one of the two databases takes none. A variable
//! loses them, as the fields of a form do; a query has no reason to write one.

use async_graphql::{Value, Variables};

/// Leaves the NULs out of the texts of variables.
pub(super) fn strip(variables: &mut Variables) {
    for (_, value) in variables.iter_mut() {
        clean(value);
    }
}

/// Whether a query writes a NUL, as it is or escaped.
pub(super) fn writes(query: &str) -> bool {
    query.contains('\0') || query.contains("\\u0000") || query.contains("\\u{0")
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', ""),
        Value::List(list) => list.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_their_nuls_wherever_they_are() {
        let json = serde_json::json!({ "a": "x\0y", "b": { "c": ["\0", { "d": "\0\0z" }], "e": 1 }, "f": "\\u0000" });
        let mut variables = Variables::from_json(json);
        strip(&mut variables);
        let kept = serde_json::to_value(&variables).unwrap();
        assert_eq!(kept, serde_json::json!({ "a": "xy", "b": { "c": ["", { "d": "z" }], "e": 1 }, "f": "\\u0000" }));
    }

    #[test]
    fn a_query_that_writes_one_is_known() {
        for (query, writes_one) in [
            ("{ a(b: \"\0\") }", true),
            ("{ a(b: \"\\u0000\") }", true),
            ("{ a(b: \"\\u{0}\") }", true),
            ("{ a(b: \"\\u0020\") }", false),
        ] {
            assert_eq!(writes(query), writes_one, "{query:?}");
        }
    }
}

//! What a change leaves behind: the fields that differ, and a digest that hangs on the one before, so that
//! a change made past the program is found.

use serde_json::{Map, Value};

use super::secret::digest;

/// The fields that differ, before and after; `None` where there was, or is, no record.
pub fn difference(before: Option<&Value>, after: Option<&Value>) -> (Option<String>, Option<String>) {
    if let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, after) {
        let differing = |one: &Map<String, Value>, other: &Map<String, Value>| {
            let kept = one.iter().filter(|(key, value)| other.get(*key) != Some(value));
            Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect()).to_string()
        };
        return (Some(differing(old, new)), Some(differing(new, old)));
    }
    (before.map(Value::to_string), after.map(Value::to_string))
}

/// Whether a value says nothing of the world: what is left open in a new record is no news, and no difference to none.
pub fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => matches!(text.as_str(), "" | "unknown" | "none" | "[]" | "{}"),
        _ => false,
    }
}

/// The digest of what a change says; with its salt gone, nobody can guess the words from it.
pub fn content_digest(salt: &str, before: Option<&str>, after: Option<&str>) -> String {
    let part = |text: Option<&str>| text.map_or_else(Vec::new, |text| [b"+", text.as_bytes()].concat());
    digest(&[salt.as_bytes(), &part(before), &part(after)])
}

/// What a link of the chain holds beside its content.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub subject: &'a str,
    pub number: i64,
    pub kind: &'a str,
    pub record: &'a str,
    pub actor_kind: &'a str,
    pub actor: &'a str,
    pub reason: &'a str,
    pub recorded_at: &'a str,
    pub content_digest: &'a str,
}

/// The digest of a link, given that of the one before.
pub fn chain(before: &str, link: &Link<'_>) -> String {
    let number = link.number.to_string();
    let parts = [
        before,
        link.subject,
        &number,
        link.kind,
        link.record,
        link.actor_kind,
        link.actor,
        link.reason,
        link.recorded_at,
        link.content_digest,
    ];
    digest(&parts.map(str::as_bytes))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_left_open_says_nothing() {
        for value in [json!(null), json!(false), json!(""), json!("unknown"), json!("none"), json!("[]"), json!("{}")] {
            assert!(says_nothing(&value), "{value}");
        }
        for value in [json!(true), json!(0), json!("no"), json!("[1]"), json!({})] {
            assert!(!says_nothing(&value), "{value}");
        }
    }

    #[test]
    fn only_what_differs_is_kept() {
        let (before, after) = (json!({ "a": 1, "b": 2, "c": null }), json!({ "a": 1, "b": 3, "d": 4 }));
        let (old, new) = difference(Some(&before), Some(&after));
        assert_eq!(old.as_deref(), Some(r#"{"b":2,"c":null}"#));
        assert_eq!(new.as_deref(), Some(r#"{"b":3,"d":4}"#));
        assert_eq!(difference(None, Some(&after)), (None, Some(after.to_string())));
    }

    #[test]
    fn nothing_and_an_empty_text_differ() {
        assert_ne!(content_digest("s", None, Some("")), content_digest("s", None, None));
        assert_ne!(content_digest("s", Some("x"), None), content_digest("s", None, Some("x")));
    }
}

//! What a request asks, once its wrapping is off; where the wrapping is wrong, what about it, without its content.

use std::borrow::Cow;

use async_graphql::{
    Pos, Variables,
    parser::{Error, parse_query},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::transport_wire::{JSON, Verb};

/// What a request asks.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    pub(super) query: Option<String>,
    pub(super) id: Option<String>,
    pub(super) operation_name: Option<String>,
    #[serde(default)]
    pub(super) variables: Option<Variables>,
    #[serde(default)]
    extensions: Option<Map<String, Value>>,
}

impl Asked {
    /// The hash that a known query goes by: as our own frontend names it, else as Apollo's clients do.
    pub(super) fn named(&mut self) -> Option<String> {
        let of_apollo = || self.extensions.as_ref()?.get("persistedQuery")?.get("sha256Hash")?.as_str();
        match &self.query {
            None if self.id.is_none() => of_apollo().map(str::to_owned),
            _ => self.id.take(),
        }
    }
}

/// Why the body of a request is not of the media type that is read, if so.
pub(super) fn unread_type(verb: Verb, content_type: Option<&str>, encoding: Option<&str>) -> Option<&'static str> {
    if verb == Verb::Get {
        return None;
    }
    let mut parts = content_type.unwrap_or_default().split(';').map(str::trim);
    if !parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case(JSON)) {
        return Some("send application/json");
    }
    let mut charsets =
        parts.filter_map(|part| part.split_once('=')).filter(|(name, _)| name.eq_ignore_ascii_case("charset"));
    if charsets.any(|(_, charset)| !charset.trim_matches('"').eq_ignore_ascii_case("utf-8")) {
        return Some("send application/json in UTF-8");
    }
    let is_packed = encoding.is_some_and(|encoding| !encoding.trim().eq_ignore_ascii_case("identity"));
    is_packed.then_some("send the body as it is, without Content-Encoding")
}

/// A parameter of an address.
pub(super) fn find<'a>(pairs: &'a [(Cow<'_, str>, Cow<'_, str>)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
}

/// Reads a request that stands in an address.
pub(super) fn of_address(pairs: &[(Cow<'_, str>, Cow<'_, str>)]) -> Result<Asked, String> {
    let text = |name: &str| find(pairs, name).map(Value::from);
    let object = |name: &str| match find(pairs, name) {
        None | Some("") => Ok(None),
        Some(text) => {
            serde_json::from_str(text).map(Some).map_err(|error| format!("'{name}' is no JSON: {}", place(&error)))
        }
    };
    let named = find(pairs, "operationName").filter(|name| !name.is_empty()).map(Value::from);
    let parts = [
        ("query", text("query")),
        ("id", text("id")),
        ("operationName", named),
        ("variables", object("variables")?),
        ("extensions", object("extensions")?),
    ];
    let parts = parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    of_object(Value::Object(parts.collect()))
}

/// Reads a request that is the body of one.
pub(super) fn of_body(body: &[u8]) -> Result<Asked, String> {
    let text =
        std::str::from_utf8(body).map_err(|error| format!("the body is not UTF-8 at byte {}", error.valid_up_to()))?;
    if text.trim().is_empty() {
        return Err("the body is empty; send an object such as {\"query\": \"{ meta { revision } }\"}".to_owned());
    }
    // An array would be taken for an object; a batch is not a request.
    if text.trim_start().starts_with('{')
        && let Ok(asked) = serde_json::from_str(text)
    {
        return Ok(asked);
    }
    let value: Value = serde_json::from_str(text).map_err(|error| format!("the body is no JSON: {}", place(&error)))?;
    // Of two parts of one name the value has kept one.
    of_object(value).and_then(|_| Err("a name stands twice in the request".to_owned()))
}

/// Where JSON breaks off. What stands there is the sender's, and may be long.
fn place(error: &serde_json::Error) -> String {
    let what = if error.is_eof() { "it ends too soon" } else { "something else was expected" };
    format!("{what} at line {}, column {}", error.line(), error.column())
}

fn of_object(value: Value) -> Result<Asked, String> {
    let Value::Object(parts) = &value else {
        let what = if value.is_array() { "a batch; send one request at a time" } else { "no object" };
        return Err(format!("the request is {what}"));
    };
    for (name, is_text) in
        [("query", true), ("id", true), ("operationName", true), ("variables", false), ("extensions", false)]
    {
        let is_right = |part: &Value| part.is_null() || if is_text { part.is_string() } else { part.is_object() };
        if parts.get(name).is_some_and(|part| !is_right(part)) {
            return Err(format!("'{name}' has to be {}", if is_text { "a text" } else { "an object" }));
        }
    }
    serde_json::from_value(value).map_err(|_| "the request cannot be read".to_owned())
}

/// The longest name that is repeated.
const ECHOED: usize = 12;

/// What is wrong with a query that cannot be parsed, and where. The parser's own message repeats the query, which may be
/// long and is the sender's anyway.
pub(super) fn unparsed(query: &str) -> (String, Option<Pos>) {
    let Err(error) = parse_query(query) else { return (UNPARSED.to_owned(), None) };
    let at = error.positions().next();
    let what = match (&error, at) {
        (Error::Syntax { .. }, Some(at)) => {
            let met = met(query, at).map_or_else(|| "it ends".to_owned(), |met| format!("'{met}' stands"));
            format!("{UNPARSED} at line {}, column {}, where {met}", at.line, at.column)
        }
        (Error::MultipleOperations { .. }, _) => "an operation without a name stands beside others".to_owned(),
        (Error::OperationDuplicated { .. }, _) => "two operations have one name".to_owned(),
        (Error::FragmentDuplicated { .. }, _) => "two fragments have one name".to_owned(),
        (Error::MissingOperation, _) => "the query has no operation".to_owned(),
        (Error::RecursionLimitExceeded, _) => "the query is nested too deeply".to_owned(),
        _ => UNPARSED.to_owned(),
    };
    (what, at)
}

const UNPARSED: &str = "the query is not valid GraphQL";

/// The word or sign at a place, or after the blanks there; `None` at the end.
fn met(query: &str, at: Pos) -> Option<String> {
    let start = query.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum();
    let rest: &str = query.get(start..)?;
    let mut rest = rest.chars().skip(at.column.saturating_sub(1)).skip_while(|letter| letter.is_whitespace());
    let first = rest.next()?;
    let is_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let word = rest.take_while(|letter| is_word(&first) && is_word(letter)).take(ECHOED - 1);
    Some(std::iter::once(first).chain(word).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_none_is_told_why() {
        for (body, why) in [
            (&b""[..], "is empty"),
            (b"{\"query\":\"\xff\"}", "not UTF-8 at byte 10"),
            (b"{\"query\":", "no JSON: it ends too soon at line 1, column 9"),
            (b"{\"query\" 1}", "no JSON: something else was expected at line 1"),
            (b"[{\"query\":\"{a}\"}]", "a batch"),
            (b"[\"{a}\"]", "a batch"),
            (b"1", "no object"),
            (b"{\"query\":1}", "'query' has to be a text"),
            (b"{\"query\":\"{a}\",\"variables\":[1]}", "'variables' has to be an object"),
            (b"{\"query\":\"{a}\",\"extensions\":\"x\"}", "'extensions' has to be an object"),
            (b"{\"query\":\"{a}\",\"query\":\"{b}\"}", "twice"),
        ] {
            let said = of_body(body).unwrap_err();
            assert!(said.contains(why), "{said}, not {why}");
        }
        let pairs = |text: &'static str| url::form_urlencoded::parse(text.as_bytes()).collect::<Vec<_>>();
        let said = of_address(&pairs("query={a}&variables={")).unwrap_err();
        assert!(said.starts_with("'variables' is no JSON: it ends too soon"), "{said}");
        assert!(of_address(&pairs("query={a}&variables=[1]")).is_err());
        assert!(of_address(&pairs("query={a}&variables=&operationName=")).is_ok());
    }

    #[test]
    fn a_known_query_is_named_by_its_hash_in_two_ways() {
        let named = |body: &str| of_body(body.as_bytes()).unwrap().named();
        assert_eq!(named(r#"{"id":"a"}"#).as_deref(), Some("a"));
        let apollo = r#""extensions":{"persistedQuery":{"version":1,"sha256Hash":"b"}}"#;
        assert_eq!(named(&format!("{{{apollo}}}")).as_deref(), Some("b"));
        assert_eq!(named(&format!(r#"{{"query":"{{a}}",{apollo}}}"#)), None, "the text is at hand");
        assert_eq!(named(r#"{"extensions":{"persistedQuery":1}}"#), None);
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        let read = |content: &str, encoding| unread_type(Verb::Post, Some(content), encoding).is_none();
        assert!(read("application/json", None) && read("Application/JSON; charset=\"UTF-8\"", Some("identity")));
        assert!(!read("application/json; charset=utf-16", None) && !read("text/plain", None));
        assert!(!read("application/json", Some("gzip")));
        assert!(unread_type(Verb::Post, None, None).is_some() && unread_type(Verb::Get, None, None).is_none());
    }

    #[test]
    fn a_query_that_cannot_be_parsed_is_told_where() {
        for (query, said) in [
            ("{", "line 1, column 2, where it ends"),
            ("{ a\n  b) }", "line 2, column 4, where ')' stands"),
            ("", ""),
            ("query A {a} query A {a}", "two operations have one name"),
        ] {
            let (found, _) = unparsed(query);
            assert!(found.contains(said) && found.len() < 90, "{query}: {found}");
        }
        let (said, _) = unparsed(&format!("{{ a }} {}", "x".repeat(500)));
        assert!(said.len() < 90, "{said}");
    }
}

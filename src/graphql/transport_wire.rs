//! A GraphQL request and its answer as HTTP sees them, in plain values: what was asked, in which
//! media type and language it is answered. No web framework enters.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Response, Value};
use bytes::Bytes;
use serde_json::json;

use super::caller::Caller;
use super::language::Language;

/// The media type of the GraphQL-over-HTTP draft.
pub const GRAPHQL: &str = "application/graphql-response+json";
/// The media type of every other client.
pub const JSON: &str = "application/json";

/// The verbs that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    pub verb: Verb,
    /// The query string, undecoded, without `?`.
    pub query: &'a str,
    pub content_type: Option<&'a str>,
    pub content_encoding: Option<&'a str>,
    pub accept: Option<&'a str>,
    pub accept_language: Option<&'a str>,
    pub accept_encoding: Option<&'a str>,
    pub if_none_match: Option<&'a str>,
    pub body: &'a [u8],
    /// Names this request in logs and in masked errors.
    pub request_id: &'a str,
    /// Who sent it.
    pub caller: &'a Arc<Caller>,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    pub body: Bytes,
    /// What the request is charged against its sender's allowance.
    pub points: u64,
}

impl Outgoing {
    /// An answer with a body in `media`.
    pub fn new(media: Media, status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, content_type: media.header(), headers: Vec::new(), body: body.into(), points: 0 }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The media type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    GraphQl,
    Json,
}

impl Media {
    /// The best media type of `Accept` that we can serve; a missing header means JSON.
    pub fn negotiate(accept: Option<&str>) -> Option<Self> {
        let Some(accept) = accept else { return Some(Self::Json) };
        let mut best: Option<(Self, u32)> = None;
        for (media, quality) in ranked(accept) {
            let media = match media.to_ascii_lowercase().as_str() {
                GRAPHQL => Self::GraphQl,
                JSON | "application/*" | "*/*" => Self::Json,
                _ => continue,
            };
            if quality > 0 && best.is_none_or(|(_, other)| quality > other) {
                best = Some((media, quality));
            }
        }
        best.map(|(media, _)| media)
    }

    /// The value of `Content-Type`.
    pub fn header(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The parts of a list such as `Accept` in its order, each with its quality in thousandths.
pub fn ranked(header: &str) -> impl Iterator<Item = (&str, u32)> {
    header.split(',').filter_map(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let value = pieces.next().filter(|value| !value.is_empty())?;
        let quality = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
        Some((value, (quality.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0) as u32))
    })
}

/// Whether `Accept-Encoding` takes gzip.
pub fn takes_gzip(accept_encoding: Option<&str>) -> bool {
    accept_encoding.is_some_and(|header| ranked(header).any(|(name, q)| name.eq_ignore_ascii_case("gzip") && q > 0))
}

/// The language that an answer's labels come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Spanish: the language of the first study.
    #[default]
    Es,
    En,
}

impl Lang {
    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `es-MX`, if we have it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "es" => Some(Self::Es),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// What was asked for by name, else the best of `Accept-Language`, else Spanish.
    pub fn negotiate(asked: Option<&str>, accept_language: Option<&str>) -> Self {
        if let Some(lang) = asked.and_then(Self::of_tag) {
            return lang;
        }
        let mut best: Option<(Self, u32)> = None;
        for (tag, quality) in accept_language.into_iter().flat_map(ranked) {
            if let Some(lang) = Self::of_tag(tag)
                && quality > 0
                && best.is_none_or(|(_, other)| quality > other)
            {
                best = Some((lang, quality));
            }
        }
        best.map(|(lang, _)| lang).unwrap_or_default()
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Es => Self::Es,
            Lang::En => Self::En,
        }
    }
}

/// A refusal that began no operation: no data, one error with a code.
pub fn refuse(media: Media, status: u16, code: &str, message: &str) -> Outgoing {
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": code } }] });
    Outgoing::new(media, status, body.to_string().into_bytes())
}

/// Whether an answer is to a request that never began to run: it has no data and no error has a path.
pub fn never_ran(response: &Response) -> bool {
    response.is_err() && response.data == Value::Null && response.errors.iter().all(|e| e.path.is_empty())
}

//! Forms that need no script. A form repeats what a cookie of its browser says, and the browser says that a
//! page of ours sent it: either alone would do.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use super::error::Why;
use super::{Desk, Site, again, error, page, session};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::domain::secret::{Secret, digest};

/// The cookie that a form has to repeat.
const FORM: &str = "od100-form";
/// The longest form.
const FORM_BYTES: usize = 32_768;

/// A form that a page of ours has sent.
pub(super) struct Sent {
    pub(super) parts: Parts,
    /// Who the browser is.
    pub(super) actor: Actor,
    pub(super) fields: Vec<(String, String)>,
}

impl Sent {
    /// Reads a form, and refuses one that no page of ours has shown to this browser.
    pub(super) async fn of(site: &Arc<Site>, request: Request) -> Result<(Self, &Desk), Response> {
        Self::of_at_most(site, request, FORM_BYTES).await
    }

    /// The same for a form that may be longer.
    pub(super) async fn of_at_most(
        site: &Arc<Site>,
        request: Request,
        bytes: usize,
    ) -> Result<(Self, &Desk), Response> {
        let (parts, body) = request.into_parts();
        let Some(desk) = &site.desk else { return Err(StatusCode::NOT_FOUND.into_response()) };
        let Some(actor) = session::visitor(site, &parts).await? else { return Err(foreign()) };
        let fields = fields(&parts.headers, body, bytes).await?;
        let sent = Self { parts, actor, fields };
        let cookie = session::cookie(&sent.parts.headers, &form_cookie(site));
        // The digest hides how much of a guess was right.
        let same = cookie.is_some_and(|value| digest(&[value.as_bytes()]) == digest(&[sent.field("form").as_bytes()]));
        if !same {
            return Err(again::offered(site, &sent));
        }
        Ok((sent, desk))
    }

    /// A field; empty where it was not sent.
    pub(super) fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(one, _)| one == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field, such as ticked boxes.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// All fields, in their order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

async fn fields(headers: &HeaderMap, body: Body, bytes: usize) -> Result<Vec<(String, String)>, Response> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media.split(';').next() != Some("application/x-www-form-urlencoded") {
        let detail = "this address takes forms";
        return Err(error::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let body: Bytes = axum::body::to_bytes(body, bytes)
        .await
        .map_err(|_| error::problem(StatusCode::PAYLOAD_TOO_LARGE, "the form is too long"))?;
    // A NUL is in no text of the record, and PostgreSQL takes none.
    let pairs = url::form_urlencoded::parse(&body).into_owned();
    Ok(pairs.map(|(name, value)| (name, value.replace('\0', ""))).collect())
}

/// The refusal of a form that another site has sent.
pub(super) fn foreign() -> Response {
    tracing::info!(rule = "foreign form", "a form was refused");
    error::because(StatusCode::FORBIDDEN, Why::Foreign, "this form was sent by a page of another site")
}

/// What the browser and the form have in common.
pub(super) struct FormToken {
    /// What the form repeats.
    pub(super) value: String,
    is_new: bool,
}

fn form_cookie(site: &Site) -> String {
    if session::is_https(site) { format!("__Host-{FORM}") } else { FORM.to_owned() }
}

/// The token of a browser, or a new one.
pub(super) fn form_token(site: &Site, parts: &Parts) -> FormToken {
    let sound = session::cookie(&parts.headers, &form_cookie(site)).filter(|value| Secret::parse(value).is_some());
    match (sound, &site.desk) {
        (Some(value), _) => FormToken { value: value.to_owned(), is_new: false },
        (None, Some(desk)) => FormToken { value: desk.access.ctx.secret().expose().to_owned(), is_new: true },
        (None, None) => FormToken { value: String::new(), is_new: false },
    }
}

impl FormToken {
    /// Gives a new token to the browser along with a page.
    pub(super) fn on(&self, site: &Site, mut response: Response) -> Response {
        if self.is_new {
            let secure = if session::is_https(site) { "; Secure" } else { "" };
            let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}", form_cookie(site), self.value);
            if let Ok(mut value) = HeaderValue::from_str(&cookie) {
                value.set_sensitive(true);
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// Leads on after a form.
pub(super) fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store")]).into_response()
}

/// The language of a reader.
pub(super) fn language(parts: &Parts) -> Lang {
    page::language(&parts.uri, &parts.headers)
}

/// The language, where the address asks for one.
pub(super) fn language_query(parts: &Parts) -> String {
    let asked = parts.uri.query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("lang=")));
    if asked { format!("?lang={}", language(parts)) } else { String::new() }
}

/// An address in the language that was asked for.
pub(super) fn with_language(path: &str, parts: &Parts) -> String {
    let query = language_query(parts);
    match query.strip_prefix('?') {
        Some(query) if path.contains('?') => format!("{path}&{query}"),
        _ => format!("{path}{query}"),
    }
}

//! A form that was shown too long ago, or whose cookie is gone: what was written in it is shown again, to be sent once
//! more from here. That a page of ours has sent it was asked before.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::error::{self, Why};
use super::form::{Sent, form_token, language};
use super::{Site, page};
use crate::texts::text;

/// A value of more letters is a text that its author wants to read again.
const SHORT: usize = 40;

/// Offers to send a form once more; a secret that it holds is typed anew.
pub(super) fn offered(site: &Site, sent: &Sent) -> Response {
    const DETAIL: &str = "this form is too old; go back, load the page again and send it once more";
    tracing::info!(rule = "form token", "a form was refused");
    let is_secret =
        |name: &str| ["password", "secret", "token", "rfc"].iter().any(|part| name.to_lowercase().contains(part));
    if !error::wants_page(&sent.parts.headers)
        || sent.fields.iter().any(|(name, value)| is_secret(name) || (name == "field" && value == "rfc"))
    {
        return error::because(StatusCode::FORBIDDEN, Why::OldForm, DETAIL);
    }
    let (lang, token) = (language(&sent.parts), form_token(site, &sent.parts));
    let address = sent.parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let fields = sent.fields.iter().filter(|(name, _)| name != "form");
    let body = html! {
        h1 { (text(lang, "page.trouble.oldForm")) }
        p { (text(lang, "page.trouble.againText")) }
        form method="post" action=(address) class="form-block" {
            input type="hidden" name="form" value=(token.value);
            @for (name, value) in fields {
                @if value.chars().count() > SHORT && !is_made(value) {
                    textarea class="field" name=(name) rows="4" aria-label=(text(lang, "page.trouble.written")) { (value) }
                } @else {
                    input type="hidden" name=(name) value=(value);
                }
            }
            button type="submit" class="btn main" { (text(lang, "page.trouble.again")) }
        }
    };
    let response = page::public(lang, text(lang, "page.trouble.oldForm"), (&html! {}, None), &body);
    let mut response = token.on(site, response);
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

/// Whether a value was made by a page rather than written: one word.
fn is_made(value: &str) -> bool {
    !value.contains(char::is_whitespace)
}

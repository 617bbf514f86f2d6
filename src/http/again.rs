//! A form that was shown too long ago, whose cookie is gone, or whose sender is signed out by now: what was written in it is
//! shown again, to be sent once more from here. That a page of ours has sent it was asked before. Nothing of it is kept by
//! the server.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::error::{self, Why};
use super::form::{Sent, form_token, language, with_language};
use super::{Site, page, way};
use crate::texts::text;

/// A value of more letters is a text that its author wants to read again.
const SHORT: usize = 40;

/// Offers to send a form once more; a secret that it holds is typed anew.
pub(super) fn offered(site: &Site, sent: &Sent) -> Response {
    const DETAIL: &str = "this form is too old; go back, load the page again and send it once more";
    tracing::info!(rule = "form token", "a form was refused");
    if !error::wants_page(&sent.parts.headers) || holds_a_secret(sent) {
        return error::because(StatusCode::FORBIDDEN, Why::OldForm, DETAIL);
    }
    let lang = language(&sent.parts);
    shown(site, sent, "page.trouble.oldForm", &html! { p { (text(lang, "page.trouble.againText")) } })
}

/// The same to somebody who is signed out by now: they sign in beside it. Where nothing was written, or a secret was, they
/// sign in and begin anew.
pub(super) fn signed_out(site: &Site, sent: &Sent) -> Response {
    let is_written = sent.fields.iter().any(|(name, value)| name != "form" && !is_made(value.trim()));
    if !error::wants_page(&sent.parts.headers) || holds_a_secret(sent) || !is_written {
        return way::to_sign_in(site, &sent.parts);
    }
    let lang = language(&sent.parts);
    let how = html! {
        p { (text(lang, "page.trouble.signedOutText")) }
        p { a class="btn" href=(with_language("/sign-in", &sent.parts)) target="_blank" rel="noopener" { (text(lang, "page.signIn.title")) } }
    };
    shown(site, sent, "page.trouble.signedOut", &how)
}

fn holds_a_secret(sent: &Sent) -> bool {
    let is_secret =
        |name: &str| ["password", "secret", "token", "rfc"].iter().any(|part| name.to_lowercase().contains(part));
    sent.fields.iter().any(|(name, value)| is_secret(name) || (name == "field" && value == "rfc"))
}

fn shown(site: &Site, sent: &Sent, title: &'static str, how: &Markup) -> Response {
    let (lang, token) = (language(&sent.parts), form_token(site, &sent.parts));
    let address = sent.parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let fields = sent.fields.iter().filter(|(name, _)| name != "form");
    let body = html! {
        h1 { (text(lang, title)) }
        (how)
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
    let response = page::public(lang, text(lang, title), (&html! {}, None), &body);
    let mut response = token.on(site, response);
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

/// Whether a value was made by a page rather than written: one word.
fn is_made(value: &str) -> bool {
    !value.contains(char::is_whitespace)
}

//! The page of a link that leads nowhere, and another link for who asks for one. Both say the same of every address:
//! whether it ever was a link, and to whom a letter goes, is told to nobody.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::html;

use super::door::{address, context, document, is_same_origin, language, other_language};
use super::{LINK, failed, fields, form_of};
use crate::app::{self, survey::renew};
use crate::atlas::Lang;
use crate::http::Site;
use crate::http::form::foreign;
use crate::texts::text;

/// The page of a link that leads nowhere; it does not say why, and offers a new one.
pub(super) fn gone(lang: Lang, token: &str) -> Response {
    page(lang, token, None, StatusCode::NOT_FOUND)
}

/// Asks for a new link. The answer is the same whatever the old one was.
pub(super) async fn ask(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_same_origin(&site, &parts.headers) {
        return foreign();
    }
    let lang = language(&parts.uri, &parts.headers);
    let (ctx, sent) = match (context(&site), fields(&parts.headers, body).await) {
        (Ok(ctx), Ok(sent)) => (ctx, sent),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    if sent.first("form") != Some(form_of(&token).as_str()) {
        return gone(lang, &token);
    }
    match renew::renew(&ctx, (renew::door(), address(&parts)), &token).await {
        Ok(()) => {
            let title = text(lang, "page.answer.renewedTitle");
            let body = html! { h1 { (title) } p role="status" { (text(lang, "page.answer.renewedText")) } };
            document(lang, title, &html! {}, &body)
        }
        Err(app::Error::TooMany(seconds)) => {
            let mut response = page(lang, &token, Some("page.join.tooMany"), StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => failed(&error, || gone(lang, &token)),
    }
}

fn page(lang: Lang, token: &str, notice: Option<&'static str>, status: StatusCode) -> Response {
    let title = text(lang, "page.answer.goneTitle");
    let path: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    let body = html! {
        h1 { (title) }
        p { (text(lang, "page.answer.goneText")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (text(lang, notice)) } }
        form method="post" action={ (LINK) (path) "/renew?lang=" (lang) } {
            input type="hidden" name="form" value=(form_of(token));
            p { (text(lang, "page.answer.renewText")) }
            button type="submit" class="button primary" { (text(lang, "page.answer.renew")) }
        }
    };
    let way = other_language(lang, &format!("{LINK}{path}"));
    let mut response = document(lang, title, &way, &body);
    *response.status_mut() = status;
    response
}

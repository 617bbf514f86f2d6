//! Saying that something in answers that were sent is wrong. They stay as they are; somebody reads it.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::{Markup, html};

use super::{Reader, failed, renew, sent};
use crate::app;
use crate::app::review::mistake;
use crate::http::Site;
use crate::texts::refusals;

/// The longest text, as the rules have it.
const LONGEST: u16 = 2_000;

pub(super) async fn tell(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (reader, fields) = match sent(&site, token, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let text = fields.first("text").unwrap_or_default();
    let again = |notice: &str, status: StatusCode| {
        let title = reader.say("page.answer.sentTitle");
        let mut response = reader.page(title, &html! { h1 { (title) } (reader.mistake(Some((notice, text)))) });
        *response.status_mut() = status;
        response
    };
    match mistake::tell(&reader.ctx, &reader.followed, text).await {
        Ok(()) => {
            let title = reader.say("page.answer.mistakeTold");
            let back = html! { p { a href=(reader.at("")) { (reader.say("page.answer.mistakeBack")) } } };
            reader.page(
                title,
                &html! { h1 { (title) } p role="status" { (reader.say("page.answer.mistakeToldText")) } (back) },
            )
        }
        Err(app::Error::Invalid(faults)) => {
            again(&refusals::of_faults(reader.lang, &faults), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(app::Error::TooMany(seconds)) => {
            let mut response = again(reader.say("page.join.tooMany"), StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => failed(&error, || renew::gone(reader.lang, &reader.token)),
    }
}

impl Reader {
    /// The form under what was sent; with what was typed and what was wrong with it.
    pub(super) fn mistake(&self, again: Option<(&str, &str)>) -> Markup {
        html! {
            section aria-labelledby="mistake" {
                h2 id="mistake" { (self.say("page.answer.mistakeTitle")) }
                p { (self.say("page.answer.mistakeText")) }
                form method="post" action=(self.at("/mistake")) {
                    input type="hidden" name="form" value=(self.form());
                    @if let Some((notice, _)) = again { p class="fault" role="alert" { (notice) } }
                    label for="mistake-text" { (self.say("page.answer.mistakeWhat")) }
                    textarea id="mistake-text" name="text" rows="5" maxlength=(LONGEST) required { (again.map_or("", |(_, text)| text)) }
                    button type="submit" class="button" { (self.say("page.answer.mistakeSend")) }
                }
            }
        }
    }
}

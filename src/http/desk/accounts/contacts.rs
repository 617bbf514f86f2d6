//! Who has looked at the contacts of those who answer, for administrators.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use maud::html;

use super::super::frame::Frame;
use crate::app::survey::contact_log;
use crate::http::Site;
use crate::texts::in_language;
use crate::texts::phrases::DOT;

/// Where it is.
pub(super) const HERE: &str = "/desk/accounts/contacts";

pub(super) async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let looks = match contact_log::latest(frame.ctx, &frame.actor).await {
        Ok(looks) => looks,
        Err(error) => return frame.refused(&error),
    };
    let named = |texts: &str| {
        let texts = serde_json::from_str(texts).unwrap_or_default();
        in_language(&texts, frame.lang).to_owned()
    };
    let body = html! {
        p { a href=(frame.link(super::ACCOUNTS)) { "← " (frame.say("page.accounts.title")) } }
        h1 { (frame.say("page.accounts.contacts")) }
        p class="muted" { (frame.say("page.accounts.contactsText")) }
        @if looks.is_empty() { p class="empty" { (frame.say("page.accounts.noContacts")) } }
        @else {
            div class="scrolls" tabindex="0" role="region" aria-label=(frame.say("page.accounts.contacts")) {
                table class="compared" {
                    thead { tr { th scope="col" { (frame.say("page.accounts.contactsWhen")) } th scope="col" { (frame.say("page.accounts.contactsWho")) } th scope="col" { (frame.say("page.accounts.contactsWhose")) } } }
                    tbody {
                        @for one in &looks {
                            tr {
                                td { (frame.moment(one.at)) }
                                td { (one.who.as_deref().unwrap_or("–")) }
                                td { @if one.organisations.is_empty() { "–" } @else { (one.organisations.iter().map(|texts| named(texts)).collect::<Vec<_>>().join(DOT)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    frame.page("page.accounts.contacts", &body)
}

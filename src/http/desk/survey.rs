//! The room of those who run studies: studies, instruments, waves, and who has answered. Each form calls the use case
//! that the mutation of the same name calls.

mod editor;
mod instrument;
mod invite;
mod outcomes;
mod parts;
mod preview;
mod register;
mod remind;
mod response;
mod sheet;
mod study;
mod wave;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::domain::access::Action;
use crate::http::Site;

use super::frame::Door;

/// The way in.
pub(super) const DOOR: Door = Door {
    path: "/desk/studies",
    behind: &["/desk/waves", "/desk/instruments", "/desk/responses"],
    title: "page.survey.title",
    text: "page.survey.text",
    short: None,
    action: Action::StartStudy,
    or: None,
    shut: Some("page.survey.whoBegins"),
};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/desk/studies", get(study::list).post(study::create))
        .route("/desk/studies/{id}", get(study::show))
        .route("/desk/studies/{id}/waves", post(wave::create))
        .route("/desk/studies/{id}/instruments", post(instrument::fork))
        .route("/desk/waves/{id}", get(wave::show))
        .route("/desk/waves/{id}/open", post(wave::open))
        .route("/desk/waves/{id}/settings", post(wave::settings))
        .route("/desk/waves/{id}/close", get(wave::ask_close).post(wave::close))
        .route("/desk/waves/{id}/register", get(register::show).post(register::invite))
        .route("/desk/waves/{id}/outcomes", get(outcomes::show))
        .route("/desk/waves/{id}/answers.csv", get(sheet::download))
        .route("/desk/responses/{id}", get(response::show))
        .route("/desk/responses/{id}/decide", post(response::decide))
        .route("/desk/responses/{id}/renew", post(response::renew))
        .route("/desk/responses/{id}/revoke", post(response::revoke))
        .route("/desk/instruments/{id}", get(instrument::show).post(instrument::change))
        .route("/desk/instruments/{id}/publish", post(instrument::publish))
        .route("/desk/instruments/{id}/discard", post(instrument::discard))
        .route("/desk/instruments/{id}/questions/{key}", get(editor::show).post(editor::save))
        .route("/desk/instruments/{id}/preview", get(preview::show))
}

/// The forms that are long: lists of organisations and of responses, whole instruments.
pub(super) fn long_routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/desk/waves/{id}/invite", get(invite::show).post(invite::send))
        .route("/desk/waves/{id}/reminders", get(remind::show).post(remind::send))
        .route("/desk/instruments/{id}/json", get(instrument::raw).post(instrument::save_raw))
}

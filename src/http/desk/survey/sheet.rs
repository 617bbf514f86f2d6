//! The answers of a wave as a table to download, for those who run its study: no contacts, and nobody else's study.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use entity::id::WaveId;

use super::parts::{Answer, id_of, in_language, parts_of};
use crate::app::survey::{response, study};
use crate::export::cell::{Cell, Guard, csv_row};
use crate::http::Site;
use crate::http::desk::frame::Frame;

const COLUMNS: [&str; 11] = [
    "response",
    "organisation",
    "name",
    "channel",
    "status",
    "completed_by",
    "submitted_at",
    "question",
    "value",
    "missing",
    "visibility",
];

pub(super) async fn download(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id: WaveId = id_of(&frame, &id)?;
    let refused = |error| frame.refused(&error);
    let wave = study::wave(frame.ctx, &frame.actor, id).await.map_err(refused)?;
    let rows = response::sheet(frame.ctx, &frame.actor, id).await.map_err(refused)?;
    let mut csv = String::from("\u{feff}");
    csv_row(&mut csv, COLUMNS.into_iter().map(Cell::from), Guard::On);
    for (listed, answers) in &rows {
        let response = &listed.response;
        let submitted = listed.answering.as_ref().and_then(|one| one.submitted_at).map(|at| at.to_rfc3339());
        let head = || {
            [
                Cell::from(response.entity_id.to_string()),
                Cell::from(listed.organisation.slug.clone()),
                Cell::from(in_language(&listed.organisation.name, frame.lang)),
                Cell::from(response.channel.as_str()),
                Cell::from(response.status.as_str()),
                Cell::from(response.completed_by.as_str()),
                Cell::from(submitted.clone()),
            ]
        };
        if answers.is_empty() {
            csv_row(&mut csv, head().into_iter().chain(std::iter::repeat_n(Cell::Empty, 4)), Guard::On);
        }
        for answer in answers {
            let rest = [
                Cell::from(answer.question.clone()),
                Cell::from(answer.value.clone()),
                Cell::from(answer.missing.map(|missing| missing.as_str().to_owned())),
                Cell::from(answer.visibility.as_str()),
            ];
            csv_row(&mut csv, head().into_iter().chain(rest), Guard::On);
        }
    }
    let name = format!("attachment; filename=\"answers-{}.csv\"", wave.slug);
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, csv).into_response())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_column_is_described() {
        assert_eq!(crate::export::described("answers.csv"), super::COLUMNS, "docs/columns.md");
    }
}

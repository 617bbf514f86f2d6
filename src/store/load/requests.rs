//! Reads requests for data: those that a curator has shown, and of persons who support them the number alone.

use super::{Condition, Error, Loaded, Reader};
use crate::atlas::rows::{RequestRow, RequestSupportRow, Rows};

pub(super) async fn read(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let columns = "entity_id, slug, title, description, purpose, lang, publisher_id, blocking, frequency, format, \
                   origin, status, submitted_on, forwarded_on, due_on, answered_on, planned_on, published_on, answer, \
                   answer_lang, legal_basis, duplicate_of_id";
    reader
        .public(columns, "data_request", &mut rows.requests, |row| {
            Ok(RequestRow {
                id: row.take()?,
                slug: row.take()?,
                title: row.take()?,
                description: row.take()?,
                purpose: row.take()?,
                lang: row.take()?,
                publisher: row.take()?,
                blocking: row.word()?,
                frequency: row.take()?,
                format: row.take()?,
                origin: row.word()?,
                status: row.word()?,
                submitted_on: row.take()?,
                forwarded_on: row.take()?,
                due_on: row.take()?,
                answered_on: row.take()?,
                planned_on: row.take()?,
                published_on: row.take()?,
                answer: row.take()?,
                answer_lang: row.take()?,
                legal_basis: row.take()?,
                duplicate_of: row.take()?,
            })
        })
        .await?;
    let shown: Loaded<_> = rows.requests.iter().map(|row| row.id).collect();
    let columns = "data_request_id, dataset_id";
    reader
        .recorded(columns, "data_request_dataset", Condition::default(), &mut rows.request_datasets, |row| {
            let (request, dataset) = (row.take()?, row.take()?);
            Ok(shown.contains(&request).then_some((request, dataset)))
        })
        .await?;
    let columns = "data_request_id, organisation_id, visibility = 'public', supported_on, blocks_project";
    let organisations = Condition {
        visible: "'public', 'aggregate_only'",
        and: " and organisation_id is not null",
        ..Condition::default()
    };
    reader
        .recorded(columns, "request_support", organisations, &mut rows.request_supports, |row| {
            let support = RequestSupportRow {
                request: row.take()?,
                organisation: row.take()?,
                is_named: row.take()?,
                supported_on: row.take()?,
                blocks_project: row.take()?,
                count: 1,
            };
            Ok(shown.contains(&support.request).then_some(support))
        })
        .await?;
    let columns = "data_request_id, supported_on, blocks_project, count(*)";
    let persons = Condition {
        visible: "'aggregate_only'",
        and: " and organisation_id is null group by data_request_id, supported_on, blocks_project",
        ..Condition::default()
    };
    reader
        .recorded(columns, "request_support", persons, &mut rows.request_supports, |row| {
            let support = RequestSupportRow {
                request: row.take()?,
                organisation: None,
                is_named: false,
                supported_on: row.take()?,
                blocks_project: row.take()?,
                count: row.take()?,
            };
            Ok(shown.contains(&support.request).then_some(support))
        })
        .await
}

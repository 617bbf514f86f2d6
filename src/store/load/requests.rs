//! Reads requests for data: those that a curator has shown, and of persons who support them the number alone.
//!
//! What an import delivers holds from the days that it names. What people do here holds from the day on which they do
//! it: of a day before that, the version that stood then is read, and a support that has been taken back since.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use entity::id::DataRequestId;
use sea_orm::Value;

use super::{Columns, Error, Loaded, Reader};
use crate::atlas::rows::{RequestRow, RequestSupportRow, Rows};

const COLUMNS: &str = "entity_id, slug, title, description, purpose, lang, publisher_id, blocking, frequency, format, \
                       origin, status, submitted_on, forwarded_on, due_on, answered_on, planned_on, published_on, \
                       answer, answer_lang, legal_basis, duplicate_of_id, triaged_on, themes, wave_id";

/// A version of a request.
struct Version {
    row: RequestRow,
    recorded_at: DateTime<Utc>,
    is_imported: bool,
}

pub(super) async fn read(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let mut versions = Vec::new();
    let columns = format!("{COLUMNS}, recorded_at, import_batch_id is not null");
    reader.public(&columns, "data_request", &mut versions, version).await?;
    let is_later = |version: &Version| !version.is_imported && version.recorded_at.date_naive() > reader.as_of;
    if versions.iter().any(is_later) {
        let mut before = former(reader, &columns).await?;
        for version in versions.iter_mut().filter(|version| is_later(version)) {
            let former = before.remove(&version.row.id).unwrap_or_default();
            // The last one of the day; where there is none, the first of all, whose dates say whether it was shown.
            let last = former.iter().position(|version| !is_later(version)).unwrap_or(former.len().saturating_sub(1));
            if let Some(stood) = former.into_iter().nth(last) {
                *version = stood;
            }
        }
    }
    rows.requests.extend(versions.into_iter().map(|version| version.row));
    let shown: Loaded<_> = rows.requests.iter().map(|row| row.id).collect();
    let (held, values) = held(reader, "data_request_dataset");
    let still = reader.still("visibility", "data_request_dataset", "'public'");
    let text = format!(
        "select data_request_id, dataset_id from data_request_dataset where visibility = 'public'{held}{still}"
    );
    reader
        .each(&text, values, &mut rows.request_datasets, |row| {
            let (request, dataset) = (row.take()?, row.take()?);
            Ok(shown.contains(&request).then_some((request, dataset)))
        })
        .await?;
    supports(reader, rows, &shown).await
}

/// The versions that others have taken the place of, by request, the latest first.
async fn former(reader: &Reader<'_>, columns: &str) -> Result<HashMap<DataRequestId, Vec<Version>>, Error> {
    let mut text =
        format!("select {columns} from data_request where visibility = 'public' and superseded_at is not null");
    let mut values = Vec::new();
    if let Some(at) = reader.known_at {
        text.push_str(" and superseded_at <= ?");
        values.push(Value::from(at));
    }
    let mut all = Vec::new();
    reader.each(&(text + " order by recorded_at desc"), values, &mut all, |row| version(row).map(Some)).await?;
    let mut found: HashMap<DataRequestId, Vec<Version>> = HashMap::new();
    for version in all {
        found.entry(version.row.id).or_default().push(version);
    }
    Ok(found)
}

async fn supports(reader: &Reader<'_>, rows: &mut Rows, shown: &Loaded<DataRequestId>) -> Result<(), Error> {
    let (held, values) = held(reader, "request_support");
    let (seen, still) =
        (reader.seen("request_support"), reader.still("visibility", "request_support", "'public', 'aggregate_only'"));
    let text = format!(
        "select data_request_id, organisation_id, ({seen}) = 'public', supported_on, blocks_project \
         from request_support where visibility in ('public', 'aggregate_only') and organisation_id is not null\
         {held}{still}"
    );
    reader
        .each(&text, values.clone(), &mut rows.request_supports, |row| {
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
    let text = format!(
        "select data_request_id, supported_on, blocks_project, count(*) from request_support \
         where visibility = 'aggregate_only' and organisation_id is null{held}{still} \
         group by data_request_id, supported_on, blocks_project"
    );
    reader
        .each(&text, values, &mut rows.request_supports, |row| {
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

/// The rows of a table that held on the day: those recorded, and those that people have ended after it; of what people
/// wrote, only what they had written by then. A version that another has taken the place of has not ended.
fn held(reader: &Reader<'_>, table: &str) -> (String, Vec<Value>) {
    let after = Value::from(next_day(reader.as_of));
    let (known, current, at) = match reader.known_at {
        None => ("", "superseded_at is null", None),
        Some(at) => (" and recorded_at <= ?", "(superseded_at is null or superseded_at > ?)", Some(Value::from(at))),
    };
    let text = format!(
        "{known} and ({current} or (superseded_at >= ? and import_batch_id is null and not exists (select 1 \
         from {table} later where later.entity_id = {table}.entity_id and later.recorded_at >= {table}.superseded_at))) \
         and (import_batch_id is not null or (select min(began.recorded_at) from {table} began \
         where began.entity_id = {table}.entity_id) < ?)"
    );
    let values = at.iter().chain(at.iter()).cloned().chain([after.clone(), after]);
    (text, values.collect())
}

/// The first moment that is no longer of a day.
fn next_day(day: NaiveDate) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    next.and_time(NaiveTime::MIN).and_utc()
}

fn version(row: &mut Columns<'_>) -> Result<Version, Error> {
    let request = RequestRow {
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
        triaged_on: row.take()?,
        themes: row.json()?,
        wave: row.take()?,
    };
    Ok(Version { row: request, recorded_at: row.take()?, is_imported: row.take()? })
}

//! The history of a record: what anybody may read of it, and whether its chain is whole. A row that was changed
//! past the program breaks its chain.
//!
//! What may be read is what is public now: fields whose class is public, of rows that are public, since they last
//! became so. Who did it is told as a role, never as a person.

use std::collections::{BTreeMap, HashMap, HashSet, hash_map};

use chrono::{DateTime, Utc};
use entity::vocabulary::{ActorKind, Role, RowVisibility};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::write::link_digest;
use super::{Context, Error};
use crate::domain::history::content_digest;
use crate::domain::privacy::{Class, of as kept};
use crate::domain::text::by_language;
use crate::store;
use crate::store::history::RecordChange;

/// How many changes are read at a time.
const PAGE: u64 = 500;
/// A longer chain is not walked while somebody waits.
const WALKED: i64 = 5_000;
/// How many changes of one entry are told one by one.
const TOLD: usize = 60;

/// Tables whose changes anybody may read.
const TOLD_TABLES: &[&str] = &[
    "organisation",
    "organisation_name",
    "organisation_identifier",
    "organisation_code",
    "location",
    "relation",
    "publisher_profile",
    "dataset",
    "dataset_identifier",
    "dataset_code",
    "dataset_designation",
    "distribution",
    "use_claim",
    "impact_claim",
    "evidence",
    "study",
    "wave",
    "data_request",
    "data_request_dataset",
    "request_support",
];

/// Tables whose rows change in their place, without versions. What was done to one before it was shown took no
/// revision.
const IN_PLACE: &[&str] = &["study", "wave"];

/// Columns that only say how a row is kept.
const UNTOLD: &[&str] =
    &["id", "entity_id", "folded", "visibility", "recorded_at", "superseded_at", "import_batch_id", "created_by"];

/// Columns that name another record: they are told by that record's name, and left out without one.
const NAMING: &[&str] = &[
    "organisation_id",
    "from_id",
    "to_id",
    "publisher_id",
    "stated_publisher_id",
    "via_id",
    "dataset_id",
    "series_id",
];

/// What a history is of: all that hangs on a record, or one record within the chain of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    chain: Uuid,
    only: Option<Uuid>,
}

impl Of {
    /// A record that has a chain of its own.
    pub const fn whole(record: Uuid) -> Self {
        Self { chain: record, only: None }
    }

    /// A wave, which is written down with its study.
    pub const fn wave(study: Uuid, wave: Uuid) -> Self {
        Self { chain: study, only: Some(wave) }
    }

    /// The record itself.
    pub fn record(self) -> Uuid {
        self.only.unwrap_or(self.chain)
    }
}

/// In what role somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    Role(Role),
    /// The organisation itself, by its answer link.
    Organisation,
    /// An import, by its source; taken back, where its entry says so.
    Import(String),
    Program,
    /// Whoever runs the machine.
    Operator,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    Added,
    Changed,
    Ended,
}

/// A public field, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub table: String,
    /// The name of the row, where a history tells of several: that of a wave.
    pub name: Option<String>,
    pub did: Did,
    pub fields: Vec<Field>,
}

/// A merge, a split or a series that an entry tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The word of what was done.
    pub kind: String,
    /// Names of the record that stays and of the other; empty where they may not be shown.
    pub kept: String,
    pub other: String,
    /// Whether it was taken back.
    pub is_undone: bool,
}

/// What one write, or one import, did.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The number of its first change in the chain; 0 for an import, which has its own books.
    pub number: i64,
    pub recorded_at: DateTime<Utc>,
    pub author: Author,
    pub reason: String,
    pub told: Option<Told>,
    /// Rows one by one, at most 60.
    pub changes: Vec<Shown>,
    /// How many rows of each table, and what became of them, where there are more.
    pub more: BTreeMap<(String, &'static str), usize>,
    /// Whether it is an import that was taken back.
    pub is_undone: bool,
}

/// A page of a history, the newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub entries: Vec<Entry>,
    /// The number before which the next page begins.
    pub next: Option<i64>,
    /// How many changes the chain holds.
    pub count: i64,
    /// The first change that does not hang on the one before.
    pub broken_at: Option<i64>,
    /// Whether the chain is too long to be walked now.
    pub is_unwalked: bool,
}

/// The history of a record before a number. The caller has made sure that the record may be shown.
pub async fn page(ctx: &Context, of: Of, before: Option<i64>, first: u64) -> Result<Page, Error> {
    let before = before.unwrap_or(i64::MAX);
    let mut rows = store::history::before(&ctx.db, (of.chain, of.only), before, first + 1).await?;
    let has_more = rows.len() as u64 > first;
    if has_more {
        rows.pop();
    }
    let next = if has_more { rows.last().map(|row| row.number) } else { None };
    let count = store::history::count(&ctx.db, of.chain).await?;
    let is_unwalked = count > WALKED;
    let broken_at = if is_unwalked { None } else { broken_at(ctx, of.chain).await? };
    let mut entries = entries(ctx, rows).await?;
    if before == i64::MAX {
        entries.extend(imports(ctx, of.record()).await?);
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.recorded_at, entry.number)));
    }
    Ok(Page { entries, next, count, broken_at, is_unwalked })
}

async fn entries(ctx: &Context, rows: Vec<RecordChange>) -> Result<Vec<Entry>, Error> {
    let hidden = hidden(ctx, &rows).await?;
    let names = names(ctx, &rows).await?;
    let authors = authors(ctx, &rows).await?;
    let mut found: Vec<Entry> = Vec::new();
    for row in rows {
        let told = told(&row);
        let since = hidden.get(&(row.kind.clone(), row.record_id));
        let is_first = since.is_some_and(|since| *since == Some(row.recorded_at)) && shows(&row);
        let is_seen = is_first || since.is_none_or(|since| since.is_some_and(|since| row.recorded_at > since));
        let shown = if is_seen { shown(&row, is_first, &names) } else { None };
        if told.is_none() && shown.is_none() {
            continue;
        }
        let is_same = |entry: &Entry| entry.recorded_at == row.recorded_at && entry.reason == row.reason;
        if !found.last().is_some_and(is_same) {
            found.push(Entry {
                number: row.number,
                recorded_at: row.recorded_at,
                author: author(&row, &authors),
                reason: row.reason.clone(),
                told: None,
                changes: Vec::new(),
                more: BTreeMap::new(),
                is_undone: false,
            });
        }
        let Some(entry) = found.last_mut() else { continue };
        entry.number = row.number;
        entry.told = entry.told.take().or(told);
        match shown {
            Some(shown) if entry.changes.len() < TOLD => entry.changes.push(shown),
            Some(shown) => *entry.more.entry((shown.table, shown.did.as_str())).or_default() += 1,
            None => {}
        }
    }
    Ok(found)
}

impl Did {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Ended => "ended",
        }
    }
}

fn read(image: Option<&str>) -> Option<Map<String, Value>> {
    match serde_json::from_str(image?) {
        Ok(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn told(row: &RecordChange) -> Option<Told> {
    if row.kind != "rearrangement" {
        return None;
    }
    let (before, after) = (read(row.before.as_deref()), read(row.after.as_deref()));
    let is_undone = after.is_none();
    let says = after.or(before)?;
    let word = |key: &str| says.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(Told { kind: word("kind"), kept: word("kept"), other: word("other"), is_undone })
}

/// What may be told of a change; `None` where nothing may. The first that is seen of a row says nothing of what stood
/// before.
fn shown(row: &RecordChange, is_first: bool, names: &HashMap<Uuid, String>) -> Option<Shown> {
    let table = row.kind.as_str();
    if !TOLD_TABLES.contains(&table) || IN_PLACE.contains(&table) && row.revision.is_none() {
        return None;
    }
    let (before, after) = (images(row, row.before.as_deref()), images(row, row.after.as_deref()));
    let before = before.filter(|_| !is_first);
    let did = match (&before, &after) {
        (None, None) => return None,
        (None, _) => Did::Added,
        (_, None) => Did::Ended,
        _ => Did::Changed,
    };
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    // A tax number is compared and never shown, in no form.
    let is_secret = |fields: &Map<String, Value>| fields.get("scheme").and_then(Value::as_str) == Some("rfc_hmac");
    if is_secret(&before) || is_secret(&after) {
        return None;
    }
    let mut columns: Vec<&String> = before.keys().chain(after.keys()).collect();
    columns.sort_unstable();
    columns.dedup();
    let is_public = |column: &str| {
        kept(&row.kind, column).is_some_and(|kept| kept.class == Class::Public) && !column.ends_with("_precision")
    };
    let fields = columns.into_iter().filter(|column| is_public(column) && !UNTOLD.contains(&column.as_str()));
    let fields = fields.filter_map(|column| {
        let value = |fields: &Map<String, Value>| {
            let value = fields.get(column).filter(|value| !value.is_null())?.clone();
            if NAMING.contains(&column.as_str()) {
                let id: Uuid = value.as_str()?.parse().ok()?;
                return names.get(&id).cloned().map(Value::String);
            }
            if column.ends_with("_id") { None } else { Some(value) }
        };
        let (before, after) = (value(&before), value(&after));
        let says = before.is_some() || after.is_some();
        says.then(|| Field { name: column.clone(), before, after })
    });
    let fields: Vec<Field> = fields.collect();
    // A change of which nothing may be told is none to the reader.
    let name = (row.kind == "wave").then(|| names.get(&row.record_id).cloned()).flatten();
    (did != Did::Changed || !fields.is_empty()).then(|| Shown { table: row.kind.clone(), name, did, fields })
}

/// Whether a change shows its row to everybody.
fn shows(row: &RecordChange) -> bool {
    let after = read(row.after.as_deref()).unwrap_or_default();
    after.get("visibility").and_then(Value::as_str) == Some(RowVisibility::Public.as_str())
}

/// What a change says of its row, by the names of columns.
fn images(row: &RecordChange, image: Option<&str>) -> Option<Map<String, Value>> {
    let mut fields = read(image)?;
    // Who supports a request is written down in a form of its own: persons are a number.
    if row.kind == "request_support" {
        let named = fields.remove("organisation");
        fields.extend(named.map(|named| ("organisation_id".to_owned(), named)));
    }
    Some(fields)
}

/// Rows that are not public, or were not once; since when they are, where they are.
type Hidden = HashMap<(String, Uuid), Option<DateTime<Utc>>>;

async fn hidden(ctx: &Context, rows: &[RecordChange]) -> Result<Hidden, Error> {
    let mut by_table: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
    for row in rows.iter().filter(|row| TOLD_TABLES.contains(&row.kind.as_str())) {
        by_table.entry(&row.kind).or_default().push(row.record_id);
    }
    let mut hidden = Hidden::new();
    for (table, mut ids) in by_table {
        ids.sort_unstable();
        ids.dedup();
        let found = store::history::not_public(&ctx.db, table, &ids).await?;
        for (id, until) in found {
            match hidden.entry((table.to_owned(), id)) {
                hash_map::Entry::Vacant(entry) => drop(entry.insert(until)),
                // A version without an end outweighs those that ended.
                hash_map::Entry::Occupied(mut entry) => {
                    let latest = entry.get().zip(until).map(|(one, other)| one.max(other));
                    entry.insert(latest);
                }
            }
        }
    }
    Ok(hidden)
}

/// Public names of the organisations and datasets that changes name.
async fn names(ctx: &Context, rows: &[RecordChange]) -> Result<HashMap<Uuid, String>, Error> {
    let mut ids = HashSet::new();
    for row in rows {
        ids.extend((row.kind == "wave").then_some(row.record_id));
        for fields in [images(row, row.before.as_deref()), images(row, row.after.as_deref())].into_iter().flatten() {
            let named = NAMING.iter().filter_map(|column| fields.get(*column)?.as_str()?.parse::<Uuid>().ok());
            ids.extend(named);
        }
    }
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    let found = store::history::public_names(&ctx.db, &ids).await?;
    let shown = |text: &str| -> String {
        let texts = by_language(text);
        texts.get("es").or_else(|| texts.values().next()).cloned().unwrap_or_default()
    };
    Ok(found.into_iter().map(|(id, name)| (id, shown(&name))).collect())
}

/// Accounts with their roles and since and until when those hold.
type Held = HashMap<Uuid, Vec<(Role, DateTime<Utc>, Option<DateTime<Utc>>)>>;

async fn authors(ctx: &Context, rows: &[RecordChange]) -> Result<Held, Error> {
    let accounts = rows.iter().filter(|row| row.actor_kind == ActorKind::Account).filter_map(|row| row.actor_id);
    let mut accounts: Vec<Uuid> = accounts.collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut held: Held = HashMap::new();
    for (account, role, from, until) in store::history::roles_of(&ctx.db, &accounts).await? {
        held.entry(account).or_default().push((role, from, until));
    }
    Ok(held)
}

fn author(row: &RecordChange, held: &Held) -> Author {
    /// The role that most likely acted: those that decide before those that propose.
    const ORDER: [Role; 7] = [
        Role::Curator,
        Role::AgencyLiaison,
        Role::Researcher,
        Role::OrganisationRepresentative,
        Role::Contributor,
        Role::Admin,
        Role::Service,
    ];
    match row.actor_kind {
        ActorKind::Respondent => Author::Organisation,
        ActorKind::Service => Author::Program,
        ActorKind::Operator => Author::Operator,
        ActorKind::Account => {
            let roles = row.actor_id.and_then(|id| held.get(&id)).map(Vec::as_slice).unwrap_or_default();
            let holds = |role: Role| {
                let at = row.recorded_at;
                roles.iter().any(|(one, from, until)| *one == role && *from <= at && until.is_none_or(|end| at < end))
            };
            Author::Role(ORDER.into_iter().find(|role| holds(*role)).unwrap_or(Role::Contributor))
        }
    }
}

/// Imports that brought rows of a record, and those that were taken back.
async fn imports(ctx: &Context, subject: Uuid) -> Result<Vec<Entry>, Error> {
    let found = store::history::batches_of(&ctx.db, subject).await?;
    let entries = found.into_iter().map(|batch| Entry {
        number: 0,
        recorded_at: batch.at,
        author: Author::Import(batch.source),
        reason: String::new(),
        told: None,
        changes: Vec::new(),
        more: BTreeMap::new(),
        is_undone: batch.is_undone,
    });
    Ok(entries.collect())
}

/// Walks the chain of a subject; the number of the first change that does not hang on the one before, or
/// whose words are not those it was written with. Erased words are no fault.
pub async fn broken_at(ctx: &Context, subject: Uuid) -> Result<Option<i64>, Error> {
    let (mut number, mut digest) = (0, String::new());
    loop {
        let rows = store::history::of(&ctx.db, subject, number, PAGE).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        for row in rows {
            let words = row.salt.as_ref().is_none_or(|salt| {
                content_digest(salt, row.before.as_deref(), row.after.as_deref()) == row.content_digest
            });
            if row.number != number + 1 || !words || link_digest(&digest, &row) != row.digest {
                return Ok(Some(row.number));
            }
            (number, digest) = (row.number, row.digest);
        }
    }
}

/// What a check of all chains found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub chains: u64,
    pub changes: i64,
    /// The first chain that is broken, and where.
    pub broken: Option<(Uuid, i64)>,
}

/// Walks the chains of all subjects, or of one, until the first that is broken.
pub async fn verify(ctx: &Context, only: Option<Uuid>) -> Result<Verified, Error> {
    let mut verified = Verified::default();
    let mut after = None;
    loop {
        let subjects = match only {
            Some(one) if verified.chains == 0 => vec![one],
            Some(_) => Vec::new(),
            None => store::history::subjects(&ctx.db, after, PAGE).await?,
        };
        let Some(last) = subjects.last().copied() else { return Ok(verified) };
        for subject in subjects {
            if let Some(number) = broken_at(ctx, subject).await? {
                return Ok(Verified { broken: Some((subject, number)), ..verified });
            }
            verified.chains += 1;
            verified.changes += store::history::count(&ctx.db, subject).await?;
        }
        after = Some(last);
    }
}

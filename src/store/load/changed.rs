//! Reads what a change has touched: the records that it names, whose they are, and all that hangs on those.
//! Where the effect of a change cannot be told apart, it says so, and everything is read again.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{DatasetId, ImportBatchId, OrganisationId};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::super::fact::TABLES;
use super::super::{Changes, changed_in};
use super::source::Source;
use super::{Db, Error, Owner, Reader, Transaction, begin_snapshot, sql};
use crate::atlas::rows::{Changed, Rows};

/// When more owners than this have changed, and more than one in [`PART`], everything is read.
const MOST: usize = 2_000;
/// One in so many.
const PART: usize = 8;
/// How many ids one statement names: some name them three times, and SQLite binds 32,766 values.
const AT_ONCE: usize = 5_000;

/// The atlas that a change is read for.
#[derive(Debug)]
pub struct Before {
    /// Its revision.
    pub revision: i64,
    /// When that was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// Its validity date.
    pub as_of: NaiveDate,
    /// Its organisations.
    pub organisations: HashSet<OrganisationId>,
    /// Its datasets.
    pub datasets: HashSet<DatasetId>,
    /// Its studies, waves and sources.
    pub reference: HashSet<Uuid>,
}

/// Whose rows are read, and which others stay.
pub(super) struct Scope {
    organisations: Vec<Value>,
    datasets: Vec<Value>,
    pub(super) organisations_kept: HashSet<OrganisationId>,
    pub(super) datasets_kept: HashSet<DatasetId>,
}

impl Scope {
    fn new(before: Before, changed: &Changed) -> Self {
        let mut scope = Self {
            organisations: changed.organisations.iter().map(|id| id.0.into()).collect(),
            datasets: changed.datasets.iter().map(|id| id.0.into()).collect(),
            organisations_kept: before.organisations,
            datasets_kept: before.datasets,
        };
        scope.organisations_kept.retain(|id| !changed.organisations.contains(id));
        scope.datasets_kept.retain(|id| !changed.datasets.contains(id));
        scope
    }

    /// The conditions on an owner that find all of them together, each with its values; none where every row is
    /// wanted.
    pub(super) fn clauses(&self, owner: Owner) -> Option<Vec<(String, Vec<Value>)>> {
        let (template, ids) = match owner {
            Owner::Nothing => return None,
            Owner::Organisation(template) => (template, &self.organisations),
            Owner::Dataset(template) => (template, &self.datasets),
        };
        let times = template.matches("{}").count();
        let clause = |ids: &[Value]| {
            let values = std::iter::repeat_n(ids, times).flatten().cloned();
            (format!(" and {}", template.replace("{}", &places(ids.len()))), values.collect())
        };
        Some(ids.chunks(AT_ONCE).map(clause).collect())
    }
}

fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// The public rows of what has changed since an atlas was built, with all reference data; `None` where
/// everything has to be read.
pub async fn changed(db: &Db, before: Before) -> Result<Option<(Rows, Changed)>, Error> {
    let transaction = begin_snapshot(db).await?;
    let found = within(&transaction, before).await;
    transaction.rollback().await?;
    found
}

async fn within(transaction: &Transaction, before: Before) -> Result<Option<(Rows, Changed)>, Error> {
    let as_of = before.as_of;
    let Changes::Records(records) = changed_in(transaction, before.revision).await? else { return Ok(None) };
    let most = MOST.max((before.organisations.len() + before.datasets.len()) / PART);
    let Some(changed) = owners(transaction, records, &before).await?.filter(|changed| changed.len() <= most) else {
        return Ok(None);
    };
    let scope = Some(Scope::new(before, &changed));
    let reader = Reader { source: Source::Borrowed(transaction), as_of, known_at: None, scope };
    Ok(Some((reader.rows().await?, changed)))
}

/// Whose the changed records are.
async fn owners(
    transaction: &Transaction,
    records: Vec<(String, Uuid)>,
    before: &Before,
) -> Result<Option<Changed>, Error> {
    let mut by_table: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for (table, id) in records {
        by_table.entry(table).or_default().push(id);
    }
    let mut changed = Changed::default();
    for (table, ids) in by_table {
        let Some(select) = owner_of(&table) else { return Ok(None) };
        if is_back(transaction, &table, &ids, before).await? {
            return Ok(None);
        }
        // A record that is gone has no row to ask.
        match table.as_str() {
            "organisation" => changed.organisations.extend(ids.iter().copied().map(OrganisationId)),
            "dataset" => changed.datasets.extend(ids.iter().copied().map(DatasetId)),
            _ => {}
        }
        for (kind, select) in select {
            for owner in read_ids(transaction, select, &ids).await? {
                match (kind, owner) {
                    // A value of no organisation: of an area, a sector or a dataset.
                    (_, None) => return Ok(None),
                    (Kind::Organisation, Some(id)) => _ = changed.organisations.insert(OrganisationId(id)),
                    (Kind::Dataset, Some(id)) => _ = changed.datasets.insert(DatasetId(id)),
                }
            }
        }
    }
    Ok(Some(changed))
}

/// The organisations and datasets that rows of a batch belong to, by their tables: what has to be read again once
/// the batch is taken back. `None` where its effect reaches further.
pub async fn owners_of_batch(
    transaction: &Transaction,
    batch: ImportBatchId,
) -> Result<Option<BTreeSet<(&'static str, Uuid)>>, Error> {
    let on = transaction.get_database_backend();
    let mut owners = BTreeSet::new();
    for table in TABLES {
        let rows = format!(
            "select id from {table} where import_batch_id = ?
             union select row_id from import_change where import_batch_id = ? and table_name = '{table}'"
        );
        let values = || [Value::from(batch.0), Value::from(batch.0)];
        let Some(selects) = owner_of(table) else {
            let any = format!("select 1 from ({rows}) touched limit 1");
            if transaction.query_one_raw(sql(on, &any, values())).await?.is_some() {
                return Ok(None);
            }
            continue;
        };
        for (kind, select) in selects {
            for row in transaction.query_all_raw(sql(on, &format!("{select} in ({rows})"), values())).await? {
                let Some(owner) = row.try_get_by_index(0)? else { return Ok(None) };
                owners.insert((kind.table(), owner));
            }
        }
    }
    Ok(Some(owners))
}

#[derive(Clone, Copy)]
enum Kind {
    Organisation,
    Dataset,
}

impl Kind {
    const fn table(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Dataset => "dataset",
        }
    }
}

/// The selects that find the owners of a table's records; `None` for a table whose changes reach anywhere.
fn owner_of(table: &str) -> Option<&'static [(Kind, &'static str)]> {
    use Kind::{Dataset, Organisation};
    Some(match table {
        // Read whole each time.
        "study" | "wave" | "source" | "slug_redirect" | "data_request" | "data_request_dataset" | "request_support" => {
            &[]
        }
        "organisation" => &[(Organisation, "select entity_id from organisation where id")],
        "organisation_name" => &[(Organisation, "select organisation_id from organisation_name where id")],
        "organisation_identifier" => &[(Organisation, "select organisation_id from organisation_identifier where id")],
        "organisation_code" => &[(Organisation, "select organisation_id from organisation_code where id")],
        "organisation_missing" => &[(Organisation, "select organisation_id from organisation_missing where id")],
        "location" => &[(Organisation, "select organisation_id from location where id")],
        "relation" => &[(Organisation, "select from_id from relation where id")],
        "publisher_profile" => &[(Organisation, "select organisation_id from publisher_profile where id")],
        "response" => &[(Organisation, "select organisation_id from response where id")],
        "answer" => &[(
            Organisation,
            "select r.organisation_id from answer a join response r on r.id = a.response_id where a.id",
        )],
        "use_claim" => &[(Organisation, "select organisation_id from use_claim where id")],
        "impact_claim" => &[(Organisation, "select organisation_id from impact_claim where id")],
        "indicator_observation" => &[(Organisation, "select organisation_id from indicator_observation where id")],
        "evidence" => &[(
            Organisation,
            "select coalesce(u.organisation_id, i.organisation_id, o.organisation_id, r.from_id) from evidence e
             left join use_claim u on u.id = e.use_claim_id left join impact_claim i on i.id = e.impact_claim_id
             left join indicator_observation o on o.id = e.observation_id left join relation r on r.id = e.relation_id
             where e.id",
        )],
        "verification" => &[(
            Organisation,
            "select coalesce(u.organisation_id, i.organisation_id) from verification v
             left join use_claim u on u.id = v.use_claim_id left join impact_claim i on i.id = v.impact_claim_id
             where v.id",
        )],
        "dataset_feedback" => &[(Dataset, "select dataset_id from dataset_feedback where id")],
        "dataset" => &[(Dataset, "select entity_id from dataset where id")],
        "dataset_identifier" => &[(Dataset, "select dataset_id from dataset_identifier where id")],
        "dataset_code" => &[(Dataset, "select dataset_id from dataset_code where id")],
        "dataset_designation" => &[(Dataset, "select dataset_id from dataset_designation where id")],
        "distribution" => &[
            (Dataset, "select dataset_id from distribution where id"),
            // A claim on a file that is no longer public goes with it.
            (Organisation, "select organisation_id from use_claim where distribution_id"),
        ],
        _ => return None,
    })
}

async fn read_ids(transaction: &Transaction, select: &str, ids: &[Uuid]) -> Result<Vec<Option<Uuid>>, Error> {
    let mut found = Vec::new();
    for ids in ids.chunks(AT_ONCE) {
        let text = format!("{select} in ({})", places(ids.len()));
        let values = ids.iter().map(|&id| Value::from(id));
        for row in transaction.query_all_raw(sql(transaction.get_database_backend(), &text, values)).await? {
            found.push(row.try_get_by_index(0)?);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Whether one of the records was public before, then not, and may be again: what refers to it was left out
/// of the atlas, and is not among what has changed.
async fn is_back(transaction: &Transaction, table: &str, ids: &[Uuid], before: &Before) -> Result<bool, Error> {
    let is_known = |id: &Uuid| match table {
        "organisation" => before.organisations.contains(&OrganisationId(*id)),
        "dataset" => before.datasets.contains(&DatasetId(*id)),
        "study" | "wave" | "source" => before.reference.contains(id),
        _ => true,
    };
    let unknown: Vec<Uuid> = ids.iter().copied().filter(|id| !is_known(id)).collect();
    let (Some(recorded_at), false) = (before.recorded_at, unknown.is_empty()) else { return Ok(false) };
    for unknown in unknown.chunks(AT_ONCE) {
        let text = format!(
            "select 1 from {table} where entity_id in ({}) and (superseded_at is not null or recorded_at <= ?) limit 1",
            places(unknown.len())
        );
        let values = unknown.iter().map(|&id| Value::from(id)).chain([recorded_at.into()]);
        let row = transaction.query_one_raw(sql(transaction.get_database_backend(), &text, values)).await?;
        if row.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

//! Writes rows of facts for a batch: equal rows are left alone, changed ones keep their former version
//! beside them (so that `known at` can be answered) and their before-image with the batch (so that it
//! can be undone). It compares and writes; what a row says is not its matter.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::id::ImportBatchId;
use entity::vocabulary::{BatchStatus, RowChange};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait, QueryFilter,
    QueryResult, Value,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Error, Transaction, sql};

/// The most rows of one statement.
pub const ROWS: usize = 500;

/// The most values that one statement may bind on both databases.
const VALUES: usize = 32_000;

/// The most records that a revision names; above it everything is read again.
pub const NAMED: usize = 20_000;

/// A row that has versions and belongs to a batch.
pub trait Fact:
    ModelTrait<Entity: EntityTrait<Model = Self, ActiveModel: Send>>
    + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
    + Clone
    + PartialEq
    + Serialize
    + DeserializeOwned
    + Send
    + Sync
{
    /// The name of its table.
    const TABLE: &'static str;

    /// Its id.
    fn id(&self) -> Uuid;
    /// The id that all its versions share.
    fn entity_id(&self) -> Uuid;
    /// The same row under another id.
    #[must_use]
    fn with_id(self, id: Uuid) -> Self;
    /// Since when, until when and by which batch it is recorded.
    fn record(&mut self) -> Record<'_>;
    /// The slug, where the table has one that the database makes unique by a suffix.
    fn slug(&mut self) -> Option<&mut String> {
        None
    }
}

/// The columns that say how a row came into the record.
#[derive(Debug)]
pub struct Record<'r> {
    /// Since when it is recorded.
    pub recorded_at: &'r mut DateTime<Utc>,
    /// Until when, for a former version.
    pub superseded_at: &'r mut Option<DateTime<Utc>>,
    /// The batch that made it.
    pub import_batch_id: &'r mut Option<ImportBatchId>,
    /// The person who made it.
    pub created_by: &'r mut Option<Uuid>,
}

/// Implements [`Fact`] for each table and lists them, parents before children.
macro_rules! facts {
    ($($table:ident: $id:ident $(($slug:ident))?),+ $(,)?) => {
        /// The tables of facts, parents before children.
        pub const TABLES: &[&str] = &[$(stringify!($table)),+];

        $(impl Fact for entity::$table::Model {
            const TABLE: &'static str = stringify!($table);

            fn id(&self) -> Uuid {
                self.id.0
            }

            fn entity_id(&self) -> Uuid {
                self.entity_id.0
            }

            fn with_id(self, id: Uuid) -> Self {
                Self { id: entity::id::$id(id), ..self }
            }

            fn record(&mut self) -> Record<'_> {
                Record {
                    recorded_at: &mut self.recorded_at,
                    superseded_at: &mut self.superseded_at,
                    import_batch_id: &mut self.import_batch_id,
                    created_by: &mut self.created_by,
                }
            }

            $(fn slug(&mut self) -> Option<&mut String> {
                Some(&mut self.$slug)
            })?
        })+

        /// Writes before-images back, whatever stands there now.
        pub(crate) async fn restore(transaction: &Transaction, table: &str, images: &[String]) -> Result<(), Error> {
            match table {
                $(stringify!($table) => restore_as::<entity::$table::Model>(transaction, images).await,)+
                _ => Err(unknown(table)),
            }
        }

        /// Puts rows of a table back as they stood before a write; see [`edit::take_back`](super::edit).
        pub(crate) async fn take_back(
            transaction: &Transaction,
            table: &str,
            images: &[(Uuid, Option<serde_json::Value>)],
            version: &mut (dyn FnMut() -> Uuid + Send),
            times: (DateTime<Utc>, DateTime<Utc>),
        ) -> Result<Option<Vec<super::edit::Restored>>, Error> {
            match table {
                $(stringify!($table) => {
                    super::edit::take_back::<entity::$table::Model>(transaction, images, version, times).await
                })+
                _ => Err(unknown(table)),
            }
        }

        /// The name of a table as a constant.
        pub fn table_named(name: &str) -> Option<&'static str> {
            TABLES.iter().copied().find(|table| *table == name)
        }

        impl Writer<'_> {
            async fn remove_from(&mut self, table: &str, ids: Vec<Uuid>) -> Result<(), Error> {
                match table {
                    $(stringify!($table) => self.remove::<entity::$table::Model>(ids).await,)+
                    _ => Err(unknown(table)),
                }
            }
        }
    };
}

facts! {
    study: StudyId,
    wave: WaveId,
    source: SourceId,
    organisation: OrganisationId (slug),
    organisation_name: OrganisationNameId,
    organisation_identifier: OrganisationIdentifierId,
    organisation_code: OrganisationCodeId,
    organisation_missing: OrganisationMissingId,
    location: LocationId,
    relation: RelationId,
    publisher_profile: PublisherProfileId,
    response: ResponseId,
    answer: AnswerId,
    catalogue: CatalogueId,
    dataset: DatasetId (slug),
    dataset_identifier: DatasetIdentifierId,
    dataset_code: DatasetCodeId,
    distribution: DistributionId,
    dataset_designation: DatasetDesignationId,
    use_claim: UseClaimId,
    impact_claim: ImpactClaimId,
    indicator_observation: IndicatorObservationId,
    evidence: EvidenceId,
    verification: VerificationId,
    data_request: DataRequestId (slug),
    data_request_dataset: DataRequestDatasetId,
    request_support: RequestSupportId,
    dataset_feedback: DatasetFeedbackId,
}

fn unknown(table: &str) -> Error {
    Error::Custom(format!("'{table}' is not a table of facts"))
}

/// What a batch did to one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows that were not there.
    pub inserted: u64,
    /// Rows that said something else.
    pub updated: u64,
    /// Rows that said the same.
    pub unchanged: u64,
    /// Rows that the source no longer delivers.
    pub removed: u64,
}

/// Writes the rows of one batch inside one transaction.
#[derive(Debug)]
pub struct Writer<'t> {
    transaction: &'t Transaction,
    batch: ImportBatchId,
    at: DateTime<Utc>,
    counts: BTreeMap<&'static str, Counts>,
    /// Tables that were empty when the batch began: nothing to compare with.
    empty: HashSet<&'static str>,
    /// What earlier batches of the same source and chapter delivered and this one has not (yet).
    leftover: HashMap<&'static str, HashSet<Uuid>>,
    /// Slugs in use per table, read when first needed.
    slugs: HashMap<&'static str, HashSet<String>>,
    /// The last suffix given to a slug.
    suffixes: HashMap<(&'static str, String), u32>,
    position: i64,
    touched: Vec<(&'static str, Uuid)>,
    touched_count: u64,
    /// Records that were merged, and into which.
    merged: HashMap<Uuid, Uuid>,
}

impl<'t> Writer<'t> {
    /// Begins the batch; `earlier` are the published batches of the same source and chapter.
    pub async fn new(
        transaction: &'t Transaction,
        batch: ImportBatchId,
        at: DateTime<Utc>,
        earlier: &[ImportBatchId],
    ) -> Result<Writer<'t>, Error> {
        let on = transaction.get_database_backend();
        let mut writer = Writer {
            transaction,
            batch,
            at,
            counts: BTreeMap::new(),
            empty: HashSet::new(),
            leftover: HashMap::new(),
            slugs: HashMap::new(),
            suffixes: HashMap::new(),
            position: 0,
            touched: Vec::new(),
            touched_count: 0,
            merged: super::rearrangement::merged(transaction).await?,
        };
        for table in TABLES {
            let any = sql(on, &format!("select 1 from {table} limit 1"), []);
            if transaction.query_one_raw(any).await?.is_none() {
                writer.empty.insert(table);
                continue;
            }
            for batch in earlier {
                let text = format!("select id from {table} where import_batch_id = ? and superseded_at is null");
                let rows = transaction.query_all_raw(sql(on, &text, [batch.0.into()])).await?;
                let ids = rows.iter().map(first_uuid).collect::<Result<Vec<_>, Error>>()?;
                writer.leftover.entry(table).or_default().extend(ids);
            }
        }
        Ok(writer)
    }

    /// Writes rows of one table, new, changed or equal.
    pub async fn put<M: Fact>(&mut self, rows: Vec<M>) -> Result<(), Error> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<M> = rows.by_ref().take(ROWS).collect();
            self.put_chunk(chunk).await?;
        }
        Ok(())
    }

    async fn put_chunk<M: Fact>(&mut self, chunk: Vec<M>) -> Result<(), Error> {
        let mut before: HashMap<Uuid, M> = if self.empty.contains(M::TABLE) {
            HashMap::new()
        } else {
            rows_by_id::<M>(self.transaction, chunk.iter().map(M::id)).await?
        };
        let mut counts = self.counts.get(M::TABLE).copied().unwrap_or_default();
        let (mut fresh, mut changed, mut images) = (Vec::with_capacity(chunk.len()), Vec::new(), Vec::new());
        for mut row in chunk {
            let id = row.id();
            if let Some(leftover) = self.leftover.get_mut(M::TABLE) {
                leftover.remove(&id);
            }
            let Some(mut old) = before.remove(&id) else {
                let mut row = self.led_on(row)?;
                *row.record().recorded_at = self.at;
                *row.record().import_batch_id = Some(self.batch);
                fresh.push(row);
                continue;
            };
            let image = old.clone();
            if let (Some(slug), Some(kept)) = (row.slug(), old.slug()) {
                slug.clone_from(kept);
            }
            let was = old.record();
            let new = row.record();
            *new.recorded_at = *was.recorded_at;
            *new.import_batch_id = *was.import_batch_id;
            *new.created_by = *was.created_by;
            // What a person has decided since is not taken back by running an import again.
            if row == image || old.record().created_by.is_some() {
                counts.unchanged += 1;
                continue;
            }
            *row.record().recorded_at = self.at;
            self.touch(M::TABLE, row.entity_id());
            images.push((RowChange::Updated, image));
            changed.push(row);
        }
        self.name_slugs(&mut fresh).await?;
        for row in &fresh {
            self.touch(M::TABLE, row.entity_id());
        }
        counts.inserted += fresh.len() as u64;
        counts.updated += changed.len() as u64;
        self.counts.insert(M::TABLE, counts);
        insert(self.transaction, fresh).await?;
        self.keep(images).await?;
        upsert(self.transaction, changed).await
    }

    /// A new claim or dataset, of the record that a merge led its own into.
    fn led_on<M: Fact>(&self, row: M) -> Result<M, Error> {
        if self.merged.is_empty() || !["use_claim", "impact_claim", "dataset"].contains(&M::TABLE) {
            return Ok(row);
        }
        let failed = |error: serde_json::Error| Error::Json(error.to_string());
        let mut image = serde_json::to_value(&row).map_err(failed)?;
        let mut is_led = false;
        for (column, value) in image.as_object_mut().into_iter().flatten() {
            let named = value.as_str().filter(|_| column.ends_with("_id") && column != "entity_id");
            let into = named.and_then(|text| self.merged.get(&text.parse::<Uuid>().ok()?));
            if let Some(into) = into {
                *value = into.to_string().into();
                is_led = true;
            }
        }
        if is_led { serde_json::from_value(image).map_err(failed) } else { Ok(row) }
    }

    /// Supersedes what earlier batches of the source delivered and this one did not, children first.
    pub async fn remove_leftover(&mut self) -> Result<(), Error> {
        for table in TABLES.iter().rev() {
            let Some(ids) = self.leftover.remove(table) else { continue };
            let mut ids: Vec<Uuid> = ids.into_iter().collect();
            ids.sort_unstable();
            for chunk in ids.chunks(ROWS) {
                self.remove_from(table, chunk.to_vec()).await?;
            }
        }
        Ok(())
    }

    async fn remove<M: Fact>(&mut self, ids: Vec<Uuid>) -> Result<(), Error> {
        let rows = rows_by_id::<M>(self.transaction, ids.into_iter()).await?;
        let mut rows: Vec<M> = rows.into_values().collect();
        rows.retain_mut(|row| row.record().created_by.is_none());
        rows.sort_unstable_by_key(M::id);
        self.counts.entry(M::TABLE).or_default().removed += rows.len() as u64;
        let mut images = Vec::with_capacity(rows.len());
        for row in &mut rows {
            images.push((RowChange::Removed, row.clone()));
            self.touch(M::TABLE, row.entity_id());
            *row.record().superseded_at = Some(self.at);
        }
        self.keep(images).await?;
        upsert(self.transaction, rows).await
    }

    /// Keeps changed rows as they were: a before-image for the batch and, for updates, a former version.
    async fn keep<M: Fact>(&mut self, images: Vec<(RowChange, M)>) -> Result<(), Error> {
        let mut changes = Vec::with_capacity(images.len());
        let mut versions = Vec::new();
        for (change, image) in images {
            self.position += 1;
            changes.push(entity::import_change::Model {
                id: entity::id::ImportChangeId(Uuid::new_v5(&self.batch.0, &self.position.to_be_bytes())),
                import_batch_id: self.batch,
                position: self.position,
                table_name: M::TABLE.to_owned(),
                row_id: image.id(),
                change,
                before: serde_json::to_string(&image).map_err(|e| Error::Json(e.to_string()))?,
            });
            if change == RowChange::Updated {
                let id = Uuid::new_v5(&image.id(), self.batch.0.as_bytes());
                let mut version = image.with_id(id);
                version.record().superseded_at.get_or_insert(self.at);
                *version.record().import_batch_id = Some(self.batch);
                versions.push(version);
            }
        }
        for chunk in chunks(changes, 7) {
            entity::import_change::Entity::insert_many(chunk.into_iter().map(IntoActiveModel::into_active_model))
                .exec_without_returning(self.transaction)
                .await?;
        }
        insert(self.transaction, versions).await
    }

    /// Makes the slugs of new rows unique, in the order of their ids.
    async fn name_slugs<M: Fact>(&mut self, rows: &mut [M]) -> Result<(), Error> {
        if rows.first_mut().is_none_or(|row| row.slug().is_none()) {
            return Ok(());
        }
        if !self.slugs.contains_key(M::TABLE) {
            let text = format!("select slug from {} union select slug from slug_redirect where kind = '{0}'", M::TABLE);
            let found = self.transaction.query_all_raw(sql(self.transaction.get_database_backend(), &text, [])).await?;
            let taken = found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, Error>>()?;
            self.slugs.insert(M::TABLE, taken);
        }
        let taken = self.slugs.entry(M::TABLE).or_default();
        rows.sort_unstable_by_key(M::id);
        for row in rows {
            let Some(slug) = row.slug() else { continue };
            if taken.insert(slug.clone()) {
                continue;
            }
            let suffix = self.suffixes.entry((M::TABLE, slug.clone())).or_insert(1);
            *slug = loop {
                *suffix += 1;
                let name = format!("{slug}-{suffix}");
                if taken.insert(name.clone()) {
                    break name;
                }
            };
        }
        Ok(())
    }

    fn touch(&mut self, table: &'static str, id: Uuid) {
        self.touched_count += 1;
        if self.touched.len() <= NAMED {
            self.touched.push((table, id));
        }
    }

    /// What was done to each table.
    pub fn counts(&self) -> BTreeMap<&'static str, Counts> {
        self.counts.iter().filter(|(_, counts)| **counts != Counts::default()).map(|(t, c)| (*t, *c)).collect()
    }

    /// What the revision has to name.
    pub(crate) fn into_touched(self) -> (u64, Vec<(&'static str, Uuid)>) {
        (self.touched_count, if self.touched.len() > NAMED { Vec::new() } else { self.touched })
    }
}

/// The published batches of a source and chapter.
pub async fn earlier(transaction: &Transaction, source: &str, chapter: &str) -> Result<Vec<ImportBatchId>, Error> {
    use entity::import_batch::{Column, Entity};
    let batches = Entity::find()
        .filter(Column::Source.eq(source))
        .filter(Column::Chapter.eq(chapter))
        .filter(Column::Status.eq(BatchStatus::Published))
        .all(transaction)
        .await?;
    Ok(batches.into_iter().map(|batch| batch.id).collect())
}

/// Which of the ids are rows of a table today.
pub async fn existing(transaction: &Transaction, table: &'static str, ids: &[Uuid]) -> Result<HashSet<Uuid>, Error> {
    let mut found = HashSet::new();
    for chunk in ids.chunks(ROWS) {
        let marks = vec!["?"; chunk.len()].join(", ");
        let text = format!("select id from {table} where id in ({marks}) and superseded_at is null");
        let statement = sql(transaction.get_database_backend(), &text, chunk.iter().map(|id| Value::from(*id)));
        for row in transaction.query_all_raw(statement).await? {
            found.insert(first_uuid(&row)?);
        }
    }
    Ok(found)
}

fn first_uuid(row: &QueryResult) -> Result<Uuid, Error> {
    row.try_get_by_index(0)
}

pub(super) async fn rows_by_id<M: Fact>(
    transaction: &Transaction,
    ids: impl Iterator<Item = Uuid> + Send,
) -> Result<HashMap<Uuid, M>, Error> {
    let rows = M::Entity::find().filter(id_column::<M>().is_in(ids)).all(transaction).await?;
    Ok(rows.into_iter().map(|row| (row.id(), row)).collect())
}

/// The column of the id: the first of each table.
pub(super) fn id_column<M: Fact>() -> <M::Entity as EntityTrait>::Column {
    <M::Entity as EntityTrait>::Column::iter().next().expect("a table has columns")
}

fn width<M: Fact>() -> usize {
    <M::Entity as EntityTrait>::Column::iter().count()
}

/// Cuts rows into statements that neither database finds too long.
fn chunks<T>(rows: Vec<T>, width: usize) -> impl Iterator<Item = Vec<T>> {
    let size = ROWS.min(VALUES / width.max(1));
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<T> = rows.by_ref().take(size).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}

pub(super) async fn insert<M: Fact>(transaction: &Transaction, rows: Vec<M>) -> Result<(), Error> {
    for chunk in chunks(rows, width::<M>()) {
        let rows = chunk.into_iter().map(IntoActiveModel::into_active_model);
        M::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

pub(super) async fn upsert<M: Fact>(transaction: &Transaction, rows: Vec<M>) -> Result<(), Error> {
    for chunk in chunks(rows, width::<M>()) {
        let replace = OnConflict::column(id_column::<M>())
            .update_columns(<M::Entity as EntityTrait>::Column::iter().skip(1))
            .to_owned();
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        M::Entity::insert_many(rows).on_conflict(replace).exec_without_returning(transaction).await?;
    }
    Ok(())
}

async fn restore_as<M: Fact>(transaction: &Transaction, images: &[String]) -> Result<(), Error> {
    let rows = images.iter().map(|image| serde_json::from_str(image).map_err(|e| Error::Json(e.to_string())));
    upsert(transaction, rows.collect::<Result<Vec<M>, Error>>()?).await
}

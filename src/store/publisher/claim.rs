//! Claims on the data of some bodies, as the public may see them, with their evidence and what was answered. No row of
//! an organisation that may not be shown, nor one that waits for a decision, is ever read here.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::id::{DatasetId, OrganisationId, UseClaimId};
use entity::vocabulary::{
    AccessMode, AssertedBy, ClaimStatus, Criticality, Grade, Origin, Polarity, PublisherAck, SourceKind, UseType,
    VerificationRole,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QueryResult, Value};

use crate::domain::draft::LangText;
use crate::domain::grade::Weighed;
use crate::store::{Db, Error, Transaction, sql};

/// A use claim as it is stored.
pub type UseClaim = entity::use_claim::Model;
/// An answer as it is stored.
pub type Verification = entity::verification::Model;

/// The most ids of one statement.
const AT_ONCE: usize = 5_000;

/// A claim as whoever speaks for the body reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub id: UseClaimId,
    pub organisation: OrganisationId,
    pub organisation_slug: String,
    pub organisation_name: LangText,
    pub organisation_folded: String,
    /// The body whose data it is: the one named, or the publisher of the dataset.
    pub body: OrganisationId,
    pub body_slug: String,
    pub body_name: LangText,
    pub dataset: Option<DatasetId>,
    pub dataset_slug: Option<String>,
    pub dataset_title: Option<LangText>,
    pub purpose: Option<LangText>,
    pub use_type: UseType,
    pub criticality: Criticality,
    pub access_mode: AccessMode,
    pub started_on: Option<NaiveDate>,
    pub last_observed_on: Option<NaiveDate>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub status: ClaimStatus,
    pub grade: Grade,
    pub ack: PublisherAck,
}

/// Which claims are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// How they stand with the publisher; all where none is named.
    pub ack: Vec<PublisherAck>,
    /// Only those that the publisher's side has never answered.
    pub unanswered: bool,
    pub grade: Option<Grade>,
    pub dataset: Option<DatasetId>,
    /// A part of the organisation's name, folded.
    pub text: Option<String>,
    /// The claim before the first: its organisation's folded name, and its id.
    pub after: Option<(String, UseClaimId)>,
    pub first: u64,
}

const COLUMNS: &str = "c.id, o.id, o.slug, o.name, o.folded, b.id, b.slug, b.name, d.id, d.slug, d.title, c.purpose, \
    c.use_type, c.criticality, c.access_mode, c.started_on, c.last_observed_on, c.asserted_by, c.origin, c.status, \
    c.grade, c.publisher_ack";

/// What may be shown of claims: public rows of organisations that do not refuse it, decided, not ended.
const FROM: &str = "from use_claim c join organisation o on o.id = c.organisation_id \
    left join distribution f on f.id = c.distribution_id \
    left join dataset d on d.id = coalesce(c.dataset_id, c.series_id, f.dataset_id) \
    join organisation b on b.id = coalesce(d.publisher_id, c.publisher_id) \
    where c.superseded_at is null and c.visibility = 'public' and c.status in ('accepted', 'disputed') \
    and (c.valid_from is null or c.valid_from <= ?) and (c.valid_to is null or c.valid_to >= ?) \
    and o.superseded_at is null and o.visibility = 'public' and o.consent <> 'no' \
    and b.superseded_at is null and b.visibility = 'public' \
    and (d.id is null or (d.superseded_at is null and d.visibility = 'public'))";

/// Whether the publisher's side has answered a claim, whatever it said: who corrects it or cannot tell leaves it as it
/// stood.
const ANSWERED: &str = "exists (select 1 from verification v where v.use_claim_id = c.id and v.role = 'publisher' \
    and v.superseded_at is null)";

/// The claims on some bodies on a day, in the order of their organisations.
pub async fn of(db: &Db, bodies: &[OrganisationId], on: NaiveDate, wanted: &Wanted) -> Result<Vec<Claim>, Error> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let (mut text, mut values) = bounded(bodies, on);
    if !wanted.ack.is_empty() {
        text.push_str(&format!(" and c.publisher_ack in ({})", places(wanted.ack.len())));
        values.extend(wanted.ack.iter().map(|ack| Value::from(ack.as_str())));
    }
    if wanted.unanswered {
        text.push_str(&format!(" and not {ANSWERED}"));
    }
    if let Some(grade) = wanted.grade {
        text.push_str(" and c.grade = ?");
        values.push(grade.as_str().into());
    }
    if let Some(dataset) = wanted.dataset {
        text.push_str(" and d.id = ?");
        values.push(dataset.0.into());
    }
    if let Some(part) = &wanted.text {
        text.push_str(" and o.folded like ? escape '!'");
        values.push(format!("%{}%", part.replace('!', "!!").replace('%', "!%").replace('_', "!_")).into());
    }
    if let Some((folded, id)) = &wanted.after {
        text.push_str(" and (o.folded > ? or (o.folded = ? and c.id > ?))");
        values.extend([Value::from(folded.clone()), Value::from(folded.clone()), Value::from(id.0)]);
    }
    let text = format!("select {COLUMNS} {FROM}{text} order by o.folded, c.id limit {}", wanted.first);
    let rows = db.reader.query_all_raw(sql(db.backend(), &text, values)).await?;
    rows.iter().map(claim).collect()
}

/// How many claims on some bodies stand how with their publisher, body by body, and how many of them were never
/// answered.
pub async fn counts(
    db: &Db,
    bodies: &[OrganisationId],
    on: NaiveDate,
) -> Result<Vec<(OrganisationId, PublisherAck, (u64, u64))>, Error> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let (condition, values) = bounded(bodies, on);
    let unanswered = format!("sum(case when {ANSWERED} then 0 else 1 end)");
    let columns = format!("b.id, c.publisher_ack, count(*), {unanswered}");
    let text = format!("select {columns} {FROM}{condition} group by b.id, c.publisher_ack");
    let rows = db.reader.query_all_raw(sql(db.backend(), &text, values)).await?;
    let count = |row: &QueryResult| {
        let ack: PublisherAck = word(row, 1)?;
        let number = |at| Ok::<_, Error>(u64::try_from(row.try_get_by_index::<i64>(at)?).unwrap_or_default());
        Ok((row.try_get_by_index(0)?, ack, (number(2)?, number(3)?)))
    };
    rows.iter().map(count).collect()
}

/// One claim, if it may be shown on a day.
pub async fn one(connection: &Transaction, id: UseClaimId, on: NaiveDate) -> Result<Option<Claim>, Error> {
    by_id(connection, id, on).await
}

/// The same past every transaction.
pub async fn one_now(db: &Db, id: UseClaimId, on: NaiveDate) -> Result<Option<Claim>, Error> {
    by_id(&db.reader, id, on).await
}

async fn by_id(connection: &impl ConnectionTrait, id: UseClaimId, on: NaiveDate) -> Result<Option<Claim>, Error> {
    let text = format!("select {COLUMNS} {FROM} and c.id = ?");
    let values = [Value::from(on), Value::from(on), Value::from(id.0)];
    let row = connection.query_one_raw(sql(connection.get_database_backend(), &text, values)).await?;
    row.as_ref().map(claim).transpose()
}

fn bounded(bodies: &[OrganisationId], on: NaiveDate) -> (String, Vec<Value>) {
    let bodies = bodies.iter().take(AT_ONCE);
    let values: Vec<Value> = [on.into(), on.into()].into_iter().chain(bodies.map(|body| body.0.into())).collect();
    (format!(" and b.id in ({})", places(values.len() - 2)), values)
}

fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}

fn claim(row: &QueryResult) -> Result<Claim, Error> {
    Ok(Claim {
        id: row.try_get_by_index(0)?,
        organisation: row.try_get_by_index(1)?,
        organisation_slug: row.try_get_by_index(2)?,
        organisation_name: json(&row.try_get_by_index::<String>(3)?)?,
        organisation_folded: row.try_get_by_index(4)?,
        body: row.try_get_by_index(5)?,
        body_slug: row.try_get_by_index(6)?,
        body_name: json(&row.try_get_by_index::<String>(7)?)?,
        dataset: row.try_get_by_index(8)?,
        dataset_slug: row.try_get_by_index(9)?,
        dataset_title: row.try_get_by_index::<Option<String>>(10)?.map(|text| json(&text)).transpose()?,
        purpose: row.try_get_by_index::<Option<String>>(11)?.map(|text| json(&text)).transpose()?,
        use_type: word(row, 12)?,
        criticality: word(row, 13)?,
        access_mode: word(row, 14)?,
        started_on: row.try_get_by_index(15)?,
        last_observed_on: row.try_get_by_index(16)?,
        asserted_by: word(row, 17)?,
        origin: word(row, 18)?,
        status: word(row, 19)?,
        grade: word(row, 20)?,
        ack: word(row, 21)?,
    })
}

fn word<T: std::str::FromStr<Err = entity::vocabulary::UnknownWord>>(row: &QueryResult, at: usize) -> Result<T, Error> {
    let word: String = row.try_get_by_index(at)?;
    word.parse().map_err(|error: entity::vocabulary::UnknownWord| Error::Type(error.to_string()))
}

fn json(text: &str) -> Result<LangText, Error> {
    serde_json::from_str(text).map_err(|error| Error::Json(error.to_string()))
}

/// A piece of evidence as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub kind: SourceKind,
    pub polarity: Polarity,
    pub title: String,
    pub url: Option<String>,
    pub quote: Option<String>,
}

/// The public evidence of claims.
pub async fn evidence(db: &Db, ids: &[UseClaimId]) -> Result<HashMap<UseClaimId, Vec<Shown>>, Error> {
    let mut found: HashMap<UseClaimId, Vec<Shown>> = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let text = format!(
            "select e.use_claim_id, s.kind, e.polarity, s.title, s.url, e.quote from evidence e \
             join source s on s.id = e.source_id where e.superseded_at is null and e.visibility = 'public' \
             and s.superseded_at is null and s.visibility = 'public' and e.use_claim_id in ({}) order by e.id",
            places(ids.len())
        );
        let values = ids.iter().map(|id| Value::from(id.0));
        for row in db.reader.query_all_raw(sql(db.backend(), &text, values)).await? {
            let shown = Shown {
                kind: word(&row, 1)?,
                polarity: word(&row, 2)?,
                title: row.try_get_by_index(3)?,
                url: row.try_get_by_index(4)?,
                quote: row.try_get_by_index(5)?,
            };
            found.entry(row.try_get_by_index(0)?).or_default().push(shown);
        }
    }
    Ok(found)
}

/// All evidence of a claim, as far as its grade needs it.
pub async fn weighed(transaction: &Transaction, id: UseClaimId) -> Result<Vec<Weighed>, Error> {
    let text = "select s.kind, e.polarity from evidence e join source s on s.id = e.source_id \
                where e.superseded_at is null and e.use_claim_id = ?";
    let rows = transaction.query_all_raw(sql(transaction.get_database_backend(), text, [id.0.into()])).await?;
    rows.iter().map(|row| Ok(Weighed { kind: word(row, 0)?, polarity: word(row, 1)? })).collect()
}

/// The current evidence of a claim, as it is stored.
pub async fn evidence_rows(transaction: &Transaction, id: UseClaimId) -> Result<Vec<entity::evidence::Model>, Error> {
    use entity::evidence::{Column, Entity};
    let own = Column::UseClaimId.eq(id).and(Column::SupersededAt.is_null());
    Entity::find().filter(own).order_by_asc(Column::Id).all(transaction).await
}

/// The latest answer of the publisher's side to each of some claims.
pub async fn answers(db: &Db, ids: &[UseClaimId]) -> Result<HashMap<UseClaimId, Verification>, Error> {
    let mut found = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        for row in verifications(&db.reader, ids).await? {
            // In the order in which they were given: the last one stays.
            if let Some(id) = row.use_claim_id {
                found.insert(id, row);
            }
        }
    }
    Ok(found)
}

/// The latest answer of the publisher's side to one claim.
pub async fn answer_to(transaction: &Transaction, id: UseClaimId) -> Result<Option<Verification>, Error> {
    Ok(verifications(transaction, &[id]).await?.pop())
}

async fn verifications(connection: &impl ConnectionTrait, ids: &[UseClaimId]) -> Result<Vec<Verification>, Error> {
    use entity::verification::{Column, Entity};
    let these = Column::UseClaimId.is_in(ids.iter().copied()).and(Column::Role.eq(VerificationRole::Publisher));
    Entity::find()
        .filter(these.and(Column::SupersededAt.is_null()))
        .order_by_asc(Column::VerifiedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await
}

/// A public dataset: its publisher, and whether it is a series.
pub async fn dataset(transaction: &Transaction, id: DatasetId) -> Result<Option<(OrganisationId, bool)>, Error> {
    let found = crate::store::survey::sent::datasets(transaction, &[id]).await?;
    Ok(found.into_iter().next().map(|(_, publisher, is_series)| (publisher, is_series)))
}

/// The public datasets of some bodies by title, to choose from.
pub async fn datasets(
    db: &Db,
    bodies: &[OrganisationId],
    first: u64,
) -> Result<Vec<(DatasetId, String, LangText)>, Error> {
    use entity::dataset::{Column, Entity};
    use sea_orm::QuerySelect;
    let public = Column::Visibility.eq(entity::vocabulary::RowVisibility::Public).and(Column::SupersededAt.is_null());
    let rows = Entity::find()
        .filter(public.and(Column::PublisherId.is_in(bodies.iter().copied().take(AT_ONCE))))
        .order_by_asc(Column::Folded)
        .limit(first)
        .all(&db.reader)
        .await?;
    rows.into_iter().map(|row| Ok((row.entity_id, row.slug, json(&row.title)?))).collect()
}

/// The names of public bodies.
pub async fn bodies(db: &Db, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, String, LangText)>, Error> {
    use entity::organisation::{Column, Entity};
    let public = Column::Visibility.eq(entity::vocabulary::RowVisibility::Public).and(Column::SupersededAt.is_null());
    let rows = Entity::find()
        .filter(public.and(Column::EntityId.is_in(ids.iter().copied().take(AT_ONCE))))
        .order_by_asc(Column::Folded)
        .all(&db.reader)
        .await?;
    rows.into_iter().map(|row| Ok((row.entity_id, row.slug, json(&row.name)?))).collect()
}

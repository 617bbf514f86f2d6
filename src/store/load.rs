//! Reads the public rows of one revision for the atlas: a handful of plain selects of the needed columns, inside one
//! snapshot or, where everything is read, two of the same revision: what is public changes with the revision alone.
//! Private rows are never selected, so no public query can reach them.

mod changed;
mod claims;
mod columns;
mod copied;
mod facts;
mod frame;
mod requests;
mod returned;
mod source;

pub use changed::{Before, changed, owners_of_batch};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::Value;
use tokio::task::JoinSet;

use super::{Db, Error, FIRST, HEAD, Transaction, begin_snapshot, head_of, sql};
use crate::atlas::FastSet;
use crate::atlas::rows::Rows;
use changed::Scope;
use columns::{Columns, parse, read_json};
use entity::id::{DatasetId, OrganisationId};
use source::Source;

/// The public rows valid on `as_of`, as recorded at `known_at` (`None`: as recorded now).
pub async fn rows(db: &Db, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Result<Rows, Error> {
    let reader = |source| Reader { source, as_of, known_at, scope: None };
    let first = reader(Source::of(db).await?);
    // Claims are half of everything: they are read at the same time where a connection is to be had.
    let second = Source::beside(db).await.map(reader);
    let head = first.head().await?;
    let Some(second) = second else { return first.whole().await };
    if second.head().await? != head {
        // A change came between the two.
        second.source.finish().await;
        return first.whole().await;
    }
    let mut beside = JoinSet::new();
    beside.spawn(async move {
        let claims = second.claims().await?;
        second.source.finish().await;
        Ok::<_, Error>(claims)
    });
    let mut rows = first.records().await?;
    if let Some(claims) = beside.join_next().await {
        let claims = claims.map_err(|error| Error::Custom(error.to_string()))??;
        rows.use_claims = claims.use_claims;
        rows.impact_claims = claims.impact_claims;
        rows.observations = claims.observations;
        rows.evidence = claims.evidence;
    }
    claims::keep_loaded(&first, &mut rows);
    first.source.finish().await;
    Ok(rows)
}

/// Runs the selects of one load.
struct Reader<'t> {
    source: Source<'t>,
    as_of: NaiveDate,
    known_at: Option<DateTime<Utc>>,
    /// Only what hangs on these, where not everything is read.
    scope: Option<Scope>,
}

impl Reader<'_> {
    async fn rows(&self) -> Result<Rows, Error> {
        let mut rows = self.records().await?;
        claims::read(self, &mut rows).await?;
        claims::keep_loaded(self, &mut rows);
        Ok(rows)
    }

    /// Everything, after which the record is let go.
    async fn whole(self) -> Result<Rows, Error> {
        let rows = self.rows().await?;
        self.source.finish().await;
        Ok(rows)
    }

    /// Claims and what hangs on them, alone.
    async fn claims(&self) -> Result<Rows, Error> {
        let mut rows = Rows::default();
        claims::read(self, &mut rows).await?;
        Ok(rows)
    }

    /// Everything but claims and what hangs on them.
    async fn records(&self) -> Result<Rows, Error> {
        let mut rows = Rows { as_of: self.as_of, known_at: self.known_at, ..Rows::default() };
        (rows.revision, rows.recorded_at) = self.head().await?;
        rows.recorded_from = self.one(FIRST, |row| row.take::<DateTime<Utc>>().map(Some)).await?.flatten();
        frame::read(self, &mut rows).await?;
        facts::read(self, &mut rows).await?;
        requests::read(self, &mut rows).await?;
        Ok(rows)
    }

    async fn head(&self) -> Result<(i64, Option<DateTime<Utc>>), Error> {
        let head = self.one(HEAD, |row| Ok((row.take()?, row.take()?))).await?;
        head_of(head)
    }

    /// The only row of a select, if there is one.
    async fn one<T>(
        &self,
        text: &str,
        read: impl FnMut(&mut Columns<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = Vec::new();
        self.all(text, &mut found, read).await?;
        Ok(found.pop())
    }

    /// The organisations that what is read may hang on or name: those loaded, and those that stay.
    fn organisations(&self, rows: &Rows) -> Loaded<OrganisationId> {
        let mut loaded: Loaded<OrganisationId> = rows.organisations.iter().map(|row| row.id).collect();
        loaded.extend(self.scope.iter().flat_map(|scope| &scope.organisations_kept));
        loaded
    }

    /// The same of datasets.
    fn datasets(&self, rows: &Rows) -> Loaded<DatasetId> {
        let mut loaded: Loaded<DatasetId> = rows.datasets.iter().map(|row| row.id).collect();
        loaded.extend(self.scope.iter().flat_map(|scope| &scope.datasets_kept));
        loaded
    }

    /// Reads every row of a select into `into`; `read` may pass over one by `None`.
    async fn each<T>(
        &self,
        text: &str,
        values: Vec<Value>,
        into: &mut Vec<T>,
        mut read: impl FnMut(&mut Columns<'_>) -> Result<Option<T>, Error>,
    ) -> Result<(), Error> {
        self.source
            .each(text, values, |row| {
                into.extend(read(row)?);
                Ok(())
            })
            .await
    }

    /// Reads a table of reference data.
    async fn all<T>(
        &self,
        text: &str,
        into: &mut Vec<T>,
        mut read: impl FnMut(&mut Columns<'_>) -> Result<T, Error>,
    ) -> Result<(), Error> {
        self.each(text, Vec::new(), into, |row| read(row).map(Some)).await
    }

    /// Reads the recorded rows of a table of facts with a visibility in `visible` that also meet `and`.
    async fn recorded<T>(
        &self,
        columns: &str,
        table: &str,
        condition: Condition<'_>,
        into: &mut Vec<T>,
        read: impl FnMut(&mut Columns<'_>) -> Result<Option<T>, Error>,
    ) -> Result<(), Error> {
        let whole = if self.scope.is_none() { self.source.whole() } else { "" };
        let mut text = format!("select {columns} from {table}{whole} where visibility in ({})", condition.visible);
        let mut values = Vec::new();
        match self.known_at {
            None => text.push_str(" and superseded_at is null"),
            Some(at) => {
                text.push_str(" and recorded_at <= ? and (superseded_at is null or superseded_at > ?)");
                text.push_str(&self.still("visibility", table, condition.visible));
                values.extend([Value::from(at), Value::from(at)]);
            }
        }
        if condition.is_dated {
            text.push_str(" and (valid_from is null or valid_from <= ?) and (valid_to is null or valid_to >= ?)");
            values.extend([Value::from(self.as_of), Value::from(self.as_of)]);
        }
        let Some(clauses) = self.scope.as_ref().and_then(|scope| scope.clauses(condition.owner)) else {
            return self.each(&(text + condition.and), values, into, read).await;
        };
        let mut read = read;
        for (clause, owners) in clauses {
            let values = values.iter().cloned().chain(owners).collect();
            self.each(&format!("{text}{clause}{}", condition.and), values, into, &mut read).await?;
        }
        Ok(())
    }

    /// The condition that a column of a record is one of some words today too, whatever it was at the moment that is
    /// read: what has been withdrawn since is withdrawn for all moments. A record that is gone says nothing today.
    fn still(&self, column: &str, table: &str, words: &str) -> String {
        if self.known_at.is_none() {
            return String::new();
        }
        // A version that stands has its record's own id.
        format!(
            " and not exists (select 1 from {table} today where today.id = {table}.entity_id \
             and today.{column} not in ({words}))"
        )
    }

    /// The visibility of a row that is public or for sums only: public where it is so both then and today.
    fn seen(&self, table: &str) -> String {
        if self.known_at.is_none() {
            return "visibility".to_owned();
        }
        format!(
            "case when exists (select 1 from {table} today where today.id = {table}.entity_id \
             and today.visibility <> 'public') then 'aggregate_only' else {table}.visibility end"
        )
    }

    /// Reads the public recorded rows of a table of facts.
    async fn public<T>(
        &self,
        columns: &str,
        table: &str,
        into: &mut Vec<T>,
        mut read: impl FnMut(&mut Columns<'_>) -> Result<T, Error>,
    ) -> Result<(), Error> {
        self.recorded(columns, table, Condition::default(), into, |row| read(row).map(Some)).await
    }
}

/// Which rows of a table of facts are wanted.
struct Condition<'c> {
    /// The visibilities, as a list of literals.
    visible: &'c str,
    /// What it hangs on; a patch reads only what hangs on something changed.
    owner: Owner,
    /// Whether the row must be valid on the day.
    is_dated: bool,
    /// More, beginning with ` and` or ` order by`.
    and: &'c str,
}

impl Default for Condition<'_> {
    fn default() -> Self {
        Self { visible: "'public'", owner: Owner::Nothing, is_dated: false, and: "" }
    }
}

/// What the rows of a table hang on, with the condition that finds those of some owners: `{}` is their list.
#[derive(Clone, Copy)]
enum Owner {
    /// Nothing: the table is short, and always read whole.
    Nothing,
    /// Organisations.
    Organisation(&'static str),
    /// Datasets.
    Dataset(&'static str),
}

/// The column that most tables of an organisation's facts have.
const OF_ORGANISATION: Owner = Owner::Organisation("organisation_id in ({})");
/// The same for a dataset's facts.
const OF_DATASET: Owner = Owner::Dataset("dataset_id in ({})");

/// The ids of loaded rows: what hangs on a row that is not public is not public either.
type Loaded<T> = FastSet<T>;

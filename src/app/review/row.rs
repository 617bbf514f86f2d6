//! Rows that a decision writes: of any table of facts, added, replaced or ended, and put back as they were.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::app::Error;
use crate::app::write::Write;
use crate::store::fact::Fact;
use crate::store::{Transaction, edit};

/// What becomes of one row.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Add(Row),
    Replace(Row, Row),
    End(Row),
}

/// A row as it was before a decision and after it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Image {
    pub(super) table: String,
    pub(super) id: Uuid,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
}

/// Declares the tables that decisions write.
macro_rules! rows {
    ($($name:ident $table:ident),+ $(,)?) => {
        /// A row of one of the tables that decisions write.
        #[derive(Clone, Debug)]
        pub(super) enum Row { $($name(Box<entity::$table::Model>)),+ }

        $(impl From<entity::$table::Model> for Row {
            fn from(row: entity::$table::Model) -> Self {
                Self::$name(Box::new(row))
            }
        })+

        /// The tables, in their order.
        #[cfg(test)]
        pub(super) const TABLES: &[&str] = &[$(stringify!($table)),+];

        impl Row {
            pub(super) fn table(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($table)),+ }
            }

            pub(super) fn id(&self) -> Uuid {
                match self { $(Self::$name(row) => Fact::id(row.as_ref())),+ }
            }

            /// The row as it is stored with an action.
            pub(super) fn image(&self) -> Result<Value, Error> {
                let image = match self { $(Self::$name(row) => serde_json::to_value(row)),+ };
                image.map_err(|error| Error::Internal(error.into()))
            }

            fn recorded_at(&mut self) -> DateTime<Utc> {
                match self { $(Self::$name(row) => *row.record().recorded_at),+ }
            }

            fn is_current(&mut self) -> bool {
                match self { $(Self::$name(row) => row.record().superseded_at.is_none()),+ }
            }

            /// What is stored along with the row when it is written.
            fn stamp(&mut self, at: DateTime<Utc>, by: Option<Uuid>) {
                match self { $(Self::$name(row) => {
                    let record = row.record();
                    *record.recorded_at = at;
                    *record.created_by = by;
                }),+ }
            }

            fn with_id(self, id: Uuid) -> Self {
                match self { $(Self::$name(row) => Self::$name(Box::new(Fact::with_id(*row, id)))),+ }
            }

            async fn add(self, write: &mut Write<'_>, subject: Uuid) -> Result<(), Error> {
                match self { $(Self::$name(row) => write.add(*row, subject).await),+ }
            }

            async fn end(self, write: &mut Write<'_>, subject: Uuid) -> Result<(), Error> {
                match self { $(Self::$name(row) => write.end(*row, subject).await),+ }
            }

            async fn replaced_by(self, after: Self, write: &mut Write<'_>, subject: Uuid) -> Result<(), Error> {
                match (self, after) {
                    $((Self::$name(before), Self::$name(after)) => write.replace(*before, *after, subject).await,)+
                    _ => Err(Error::Internal(anyhow::anyhow!("a row cannot be replaced by one of another table"))),
                }
            }

            fn of_image(table: &str, image: Value) -> Result<Self, Error> {
                let read = match table {
                    $(stringify!($table) => serde_json::from_value::<entity::$table::Model>(image).map(Self::from),)+
                    _ => return Err(Error::Internal(anyhow::anyhow!("no decision writes '{table}'"))),
                };
                read.map_err(|error| Error::Internal(error.into()))
            }

            async fn stored(transaction: &Transaction, table: &str, id: Uuid) -> Result<Option<Self>, Error> {
                Ok(match table {
                    $(stringify!($table) => edit::by_id::<entity::$table::Model>(transaction, id).await?.map(Self::from),)+
                    _ => None,
                })
            }
        }
    };
}

rows! {
    Source source,
    Organisation organisation,
    OrganisationName organisation_name,
    OrganisationIdentifier organisation_identifier,
    OrganisationCode organisation_code,
    OrganisationMissing organisation_missing,
    Answer answer,
    Location location,
    Dataset dataset,
    DatasetFeedback dataset_feedback,
    UseClaim use_claim,
    ImpactClaim impact_claim,
    IndicatorObservation indicator_observation,
    Evidence evidence,
    Verification verification,
}

/// Writes what a plan says; the rows as they were and as they are.
pub(super) async fn apply(write: &mut Write<'_>, ops: Vec<Op>, subject: Uuid) -> Result<Vec<Image>, Error> {
    let (at, by) = (write.at(), write.actor().id());
    let mut images = Vec::with_capacity(ops.len());
    for op in ops {
        let (table, id, before, after) = match op {
            Op::Add(mut row) => {
                row.stamp(at, by);
                let image = (row.table(), row.id(), None, Some(row.image()?));
                row.add(write, subject).await?;
                image
            }
            Op::Replace(before, mut after) => {
                after.stamp(at, by);
                let image = (after.table(), after.id(), Some(before.image()?), Some(after.image()?));
                before.replaced_by(after, write, subject).await?;
                image
            }
            Op::End(row) => {
                let image = (row.table(), row.id(), Some(row.image()?), None);
                row.end(write, subject).await?;
                image
            }
        };
        images.push(Image { table: table.to_owned(), id, before, after });
    }
    Ok(images)
}

/// Puts rows back as they were before a decision, the last first. Refused where somebody has changed one since.
pub(super) async fn undo(
    write: &mut Write<'_>,
    images: Vec<Image>,
    subject: Uuid,
    new_id: impl Fn() -> Uuid,
) -> Result<(), Error> {
    for Image { table, id, before, after } in images.into_iter().rev() {
        let stored = Row::stored(write.transaction(), &table, id).await?;
        let as_left = match (stored, &after) {
            (Some(mut row), Some(after)) => {
                let mut left = Row::of_image(&table, after.clone())?;
                (row.is_current() && row.recorded_at() == left.recorded_at()).then_some(row)
            }
            (Some(mut row), None) => (!row.is_current()).then_some(row),
            (None, _) => None,
        };
        let Some(row) = as_left else {
            let message = "something that this decision wrote has been changed since; decide on that first";
            return Err(Error::Conflict(message.to_owned()));
        };
        match (before, after) {
            (None, Some(_)) => row.end(write, subject).await?,
            (Some(before), Some(_)) => {
                row.replaced_by(Row::of_image(&table, before)?, write, subject).await?;
            }
            // What was ended keeps its former version; the same words begin anew beside it.
            (Some(before), None) => {
                let mut again = Row::of_image(&table, before)?.with_id(new_id());
                again.stamp(write.at(), write.actor().id());
                again.add(write, subject).await?;
            }
            (None, None) => {}
        }
    }
    Ok(())
}

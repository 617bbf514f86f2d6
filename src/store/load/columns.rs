//! The columns of one row, taken from left to right, whichever driver read it.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::{FromSql, FromSqlResult, ValueRef};
use sea_orm::{QueryResult, RuntimeErr, TryGetable};
use uuid::Uuid;

use super::Error;
use super::copied::{self, Copied, FromCopied};
use crate::atlas::rows::partial;
use crate::domain::draft::{LangText, PartialDate};

/// A row, as what it is read from has it.
pub(super) enum Row<'r> {
    /// Of the pool's.
    Pool(&'r QueryResult),
    /// Of PostgreSQL's, as it was sent.
    Copied(Copied<'r>),
    /// Of the file's, as it lies.
    File(&'r rusqlite::Row<'r>),
}

pub(super) struct Columns<'r> {
    row: Row<'r>,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(super) fn new(row: Row<'r>) -> Self {
        Self { row, next: 0 }
    }

    /// What stands behind a row of so many columns that was sent.
    pub(super) fn behind(self, count: usize) -> Result<Copied<'r>, Error> {
        let Row::Copied(mut rest) = self.row else { return Err(Error::Type("this row was not sent".to_owned())) };
        for _ in self.next..count {
            rest.next()?;
        }
        Ok(rest)
    }

    pub(super) fn take<T: Cell>(&mut self) -> Result<T, Error> {
        self.next += 1;
        match &mut self.row {
            Row::Pool(row) => row.try_get_by_index(self.next - 1),
            Row::Copied(row) => copied::take(row),
            Row::File(row) => row.get_ref(self.next - 1).and_then(|value| Ok(T::of(value)?)).map_err(|e| unread(&e)),
        }
    }

    /// Reads a text where it lies; `None` of a null.
    fn in_place<T>(&mut self, read: impl FnOnce(Option<&str>) -> Result<T, Error>) -> Result<T, Error> {
        match &mut self.row {
            Row::Pool(_) => read(self.take::<Option<String>>()?.as_deref()),
            Row::Copied(row) => {
                self.next += 1;
                read(row.next()?.map(copied::text).transpose()?)
            }
            Row::File(row) => {
                self.next += 1;
                let value = row.get_ref(self.next - 1).and_then(|value| Ok(value.as_str_or_null()?));
                read(value.map_err(|e| unread(&e))?)
            }
        }
    }

    /// A count.
    pub(super) fn number(&mut self) -> Result<u64, Error> {
        Ok(self.take::<i64>()?.unsigned_abs())
    }

    /// A closed set's value: parsed from the text itself, which is several times faster than the
    /// enumeration's own way.
    pub(super) fn word<T: Word>(&mut self) -> Result<T, Error> {
        self.in_place(|word| parse(word.ok_or_else(missing)?))
    }

    pub(super) fn word_if<T: Word>(&mut self) -> Result<Option<T>, Error> {
        self.in_place(|word| word.map(parse).transpose())
    }

    pub(super) fn words<T: Word>(&mut self) -> Result<Vec<T>, Error> {
        self.json::<Vec<String>>()?.iter().map(|word| parse(word)).collect()
    }

    pub(super) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Error> {
        self.in_place(|text| read_json(text.ok_or_else(missing)?))
    }

    pub(super) fn text(&mut self) -> Result<LangText, Error> {
        self.json()
    }

    pub(super) fn text_if(&mut self) -> Result<Option<LangText>, Error> {
        self.in_place(|text| text.map(read_json).transpose())
    }

    /// A first day and its precision.
    pub(super) fn date(&mut self) -> Result<Option<PartialDate>, Error> {
        let on = self.take()?;
        Ok(partial(on, self.word_if()?))
    }
}

/// The name of a value of a closed set.
pub(super) trait Word: std::str::FromStr<Err = entity::vocabulary::UnknownWord> {}
impl<T: std::str::FromStr<Err = entity::vocabulary::UnknownWord>> Word for T {}

pub(super) fn parse<T: Word>(word: &str) -> Result<T, Error> {
    word.parse().map_err(|e: entity::vocabulary::UnknownWord| Error::Type(e.to_string()))
}

pub(super) fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| Error::Json(e.to_string()))
}

fn missing() -> Error {
    Error::Type("a column is null that must not be".to_owned())
}

fn unread(error: &rusqlite::Error) -> Error {
    Error::Query(RuntimeErr::Internal(error.to_string()))
}

/// A value that either driver reads.
pub(super) trait Cell: TryGetable {
    /// From SQLite's own form.
    fn of(value: ValueRef<'_>) -> FromSqlResult<Self>;
    /// From a column that PostgreSQL sent; `None` is null.
    fn of_column(bytes: Option<&[u8]>) -> Result<Self, Error>;
}

impl<T: Cell> Cell for Option<T> {
    fn of(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(None),
            value => T::of(value).map(Some),
        }
    }

    fn of_column(bytes: Option<&[u8]>) -> Result<Self, Error> {
        bytes.map(|bytes| T::of_column(Some(bytes))).transpose()
    }
}

macro_rules! cells {
    ($($name:ty),+ $(,)?) => {$(
        impl Cell for $name {
            fn of(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <$name>::column_result(value)
            }

            fn of_column(bytes: Option<&[u8]>) -> Result<Self, Error> {
                Self::of_copied(bytes.ok_or_else(missing)?)
            }
        }
    )+};
}

cells!(bool, i16, i32, i64, f64, String, Uuid, NaiveDate, DateTime<Utc>);

macro_rules! ids {
    ($($name:ident),+ $(,)?) => {$(
        impl Cell for entity::id::$name {
            fn of(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Uuid::column_result(value).map(Self)
            }

            fn of_column(bytes: Option<&[u8]>) -> Result<Self, Error> {
                Uuid::of_column(bytes).map(Self)
            }
        }
    )+};
}

ids!(
    AreaId,
    CodeId,
    DataRequestId,
    DatasetFeedbackId,
    DatasetId,
    DistributionId,
    ImpactClaimId,
    IndicatorDefinitionId,
    IndicatorObservationId,
    OrganisationId,
    ResponseId,
    SourceId,
    StudyId,
    UseClaimId,
    WaveId,
);

//! Rows of PostgreSQL as `copy … to stdout (format binary)` sends them: a number of columns, then each with its length
//! before it. They come several times cheaper than rows of the pool's, of which each goes through four streams.

use chrono::{DateTime, Days, Duration, NaiveDate, SecondsFormat, Utc};
use futures_util::TryStreamExt;
use sea_orm::sqlx::postgres::PgConnection;
use sea_orm::{RuntimeErr, Value, sqlx};
use uuid::Uuid;

use super::Error;
use super::columns::{Cell, Columns, Row};

/// What stands before the first row: a signature, flags, and the length of an extension that nobody uses.
const HEADER: usize = 19;
/// The length of a column that is null.
const NONE: i32 = -1;

/// One row, whose columns are taken from left to right.
pub(super) struct Copied<'r> {
    rest: &'r [u8],
}

impl<'r> Copied<'r> {
    /// The next column; `None` of a null.
    pub(super) fn next(&mut self) -> Result<Option<&'r [u8]>, Error> {
        let length = i32::from_be_bytes(*self.cut::<4>()?);
        if length == NONE {
            return Ok(None);
        }
        let length = usize::try_from(length).map_err(|_| torn())?;
        let (value, rest) = self.rest.split_at_checked(length).ok_or_else(torn)?;
        self.rest = rest;
        Ok(Some(value))
    }

    fn cut<const N: usize>(&mut self) -> Result<&'r [u8; N], Error> {
        let (value, rest) = self.rest.split_first_chunk().ok_or_else(torn)?;
        self.rest = rest;
        Ok(value)
    }
}

/// Hands each row of a select over. After an error the connection is of no use any more.
pub(super) async fn each(
    connection: &mut PgConnection,
    text: &str,
    values: Vec<Value>,
    mut read: impl FnMut(&mut Columns<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let select = format!("copy ({}) to stdout (format binary)", bound(text, values)?);
    let mut messages = connection.copy_out_raw(&select).await.map_err(failed)?;
    let mut before = HEADER;
    while let Some(message) = messages.try_next().await.map_err(failed)? {
        all_of(&message, &mut before, &mut read)?;
    }
    Ok(())
}

/// The rows of one message; `before` is what stands before the first of all.
fn all_of(
    message: &[u8],
    before: &mut usize,
    read: &mut impl FnMut(&mut Columns<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let header = message.len().min(*before);
    *before -= header;
    let mut row = Copied { rest: &message[header..] };
    while !row.rest.is_empty() {
        // The number after the last row is none.
        let Ok(count) = usize::try_from(i16::from_be_bytes(*row.cut::<2>()?)) else { return Ok(()) };
        let mut columns = Columns::new(Row::Copied(row));
        read(&mut columns)?;
        row = columns.behind(count)?;
    }
    Ok(())
}

/// A select with its values in it: a copy takes none beside it.
fn bound(text: &str, values: Vec<Value>) -> Result<String, Error> {
    let mut parts = text.split('?');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    let mut values = values.into_iter();
    for part in parts {
        whole.push_str(&match values.next() {
            Some(Value::ChronoDate(Some(day))) => format!("date '{day}'"),
            Some(Value::ChronoDateTimeUtc(Some(at))) => {
                format!("timestamptz '{}'", at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }
            other => return Err(Error::Type(format!("a load binds no {other:?}"))),
        });
        whole.push_str(part);
    }
    Ok(whole)
}

pub(super) fn failed(error: sqlx::Error) -> Error {
    Error::Query(RuntimeErr::SqlxError(error.into()))
}

fn torn() -> Error {
    Error::Type("a row of PostgreSQL ends before its columns do".to_owned())
}

/// The bytes of a value of a fixed length.
fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Error> {
    bytes.try_into().map_err(|_| Error::Type(format!("a column has {} bytes, not {N}", bytes.len())))
}

/// A whole number, however wide its column is.
fn whole(bytes: &[u8]) -> Result<i64, Error> {
    Ok(match bytes.len() {
        2 => i16::from_be_bytes(exactly(bytes)?).into(),
        4 => i32::from_be_bytes(exactly(bytes)?).into(),
        _ => i64::from_be_bytes(exactly(bytes)?),
    })
}

/// A text where it lies.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|e| Error::Type(e.to_string()))
}

/// The day from which PostgreSQL counts days, and microseconds.
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();

/// A value in PostgreSQL's binary form.
pub(super) trait FromCopied: Sized {
    /// Reads it; errors where the column has another type.
    fn of_copied(bytes: &[u8]) -> Result<Self, Error>;
}

macro_rules! whole_numbers {
    ($($name:ty),+) => {$(
        impl FromCopied for $name {
            fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
                whole(bytes)?.try_into().map_err(|_| Error::Type("a number is too large for its column".to_owned()))
            }
        }
    )+};
}

whole_numbers!(i16, i32, i64);

impl FromCopied for bool {
    fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
        Ok(exactly::<1>(bytes)? != [0])
    }
}

impl FromCopied for f64 {
    fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
        exactly(bytes).map(Self::from_be_bytes)
    }
}

impl FromCopied for String {
    fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
        text(bytes).map(str::to_owned)
    }
}

impl FromCopied for Uuid {
    fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
        exactly(bytes).map(Self::from_bytes)
    }
}

impl FromCopied for NaiveDate {
    fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
        let days = i32::from_be_bytes(exactly(bytes)?);
        let distance = Days::new(days.unsigned_abs().into());
        let day = if days < 0 { EPOCH.checked_sub_days(distance) } else { EPOCH.checked_add_days(distance) };
        day.ok_or_else(|| Error::Type("a day is out of reach".to_owned()))
    }
}

impl FromCopied for DateTime<Utc> {
    fn of_copied(bytes: &[u8]) -> Result<Self, Error> {
        let since = Duration::microseconds(i64::from_be_bytes(exactly(bytes)?));
        let at = EPOCH.and_time(chrono::NaiveTime::MIN).and_utc().checked_add_signed(since);
        at.ok_or_else(|| Error::Type("a moment is out of reach".to_owned()))
    }
}

/// Takes the next column as it is declared.
pub(super) fn take<T: Cell>(row: &mut Copied<'_>) -> Result<T, Error> {
    T::of_column(row.next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &[Option<&[u8]>]) -> Vec<u8> {
        let mut bytes = (columns.len() as i16).to_be_bytes().to_vec();
        for column in columns {
            match column {
                None => bytes.extend(NONE.to_be_bytes()),
                Some(value) => {
                    bytes.extend((value.len() as i32).to_be_bytes());
                    bytes.extend(*value);
                }
            }
        }
        bytes
    }

    fn rows(messages: &[Vec<u8>]) -> Result<Vec<(Option<String>, i64)>, Error> {
        let (mut before, mut found) = (HEADER, Vec::new());
        for message in messages {
            all_of(message, &mut before, &mut |row| {
                let text: Option<String> = row.take()?;
                // Whoever passes over a row leaves columns of it.
                if text.as_deref() != Some("no") {
                    found.push((text, row.take()?));
                }
                Ok(())
            })?;
        }
        Ok(found)
    }

    #[test]
    fn rows_are_told_apart_however_the_messages_hold_them() {
        let header = [b"PGCOPY\n\xff\r\n\0".as_slice(), &[0; 8]].concat();
        let passed = row(&[Some(b"no"), Some(&9_i32.to_be_bytes())]);
        let one = [passed, row(&[Some(b"uno"), Some(&7_i32.to_be_bytes())])].concat();
        let two = row(&[None, Some(&(-7_i64).to_be_bytes())]);
        let end = (-1_i16).to_be_bytes().to_vec();
        let expected = vec![(Some("uno".to_owned()), 7), (None, -7)];
        let joined = [header.clone(), one.clone(), two.clone(), end.clone()].concat();
        assert_eq!(rows(&[joined]).unwrap(), expected);
        assert_eq!(rows(&[header.clone(), one.clone(), two.clone(), end.clone()]).unwrap(), expected);
        assert_eq!(rows(&[[header.clone(), one.clone()].concat(), two.clone(), end.clone()]).unwrap(), expected);
        assert_eq!(rows(&[[header.clone(), end].concat()]).unwrap(), []);
        assert!(rows(&[header, one[..one.len() - 1].to_vec()]).is_err(), "a row is torn");
    }

    #[test]
    fn values_are_those_of_the_record() {
        assert_eq!(NaiveDate::of_copied(&(-1_i32).to_be_bytes()).unwrap().to_string(), "1999-12-31");
        assert_eq!(NaiveDate::of_copied(&9464_i32.to_be_bytes()).unwrap().to_string(), "2025-11-29");
        let moment = DateTime::<Utc>::of_copied(&1_500_000_i64.to_be_bytes()).unwrap();
        assert_eq!(moment.to_rfc3339_opts(SecondsFormat::AutoSi, true), "2000-01-01T00:00:01.500Z");
        assert!(bool::of_copied(&[1]).unwrap() && !bool::of_copied(&[0]).unwrap());
        assert_eq!(i32::of_copied(&300_i16.to_be_bytes()).unwrap(), 300);
        assert!(i16::of_copied(&70_000_i32.to_be_bytes()).is_err() && i64::of_copied(&[1]).is_err());
        assert!(NaiveDate::of_copied(&i32::MAX.to_be_bytes()).is_err(), "infinity is no day");
    }

    #[test]
    fn a_select_holds_its_values() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let at = day.and_hms_opt(1, 2, 3).unwrap().and_utc();
        let text = bound("select a where b <= ? and c > ?", vec![Value::from(day), Value::from(at)]).unwrap();
        assert_eq!(text, "select a where b <= date '2026-11-29' and c > timestamptz '2026-11-29T01:02:03Z'");
        assert!(bound("select a where b = ?", vec![Value::from("x")]).is_err());
        assert!(bound("select a where b = ?", vec![]).is_err());
    }
}

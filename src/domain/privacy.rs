//! What each column of the database holds: how private it is, what it is for, who may read it and how long
//! it is kept. A column that is not named here fails a test.

mod demand;
mod matching;
mod people;
mod publisher;
mod record;
mod survey;
mod takeover;

use super::secret::digest;

/// How private a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Anyone may read it, where its row is public.
    Public,
    /// For those who run the platform.
    Internal,
    /// About a person, or words that nobody has reviewed.
    Personal,
    /// Never leaves the database.
    Secret,
}

/// Who may read a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Everyone,
    /// The person or organisation that it is about.
    Owner,
    Researcher,
    Curator,
    Admin,
    /// Whoever runs the machine.
    Operator,
    /// Only compared, never shown.
    Nobody,
}

/// How long a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// As long as the record it belongs to.
    WithTheRecord,
    /// As long as the account.
    WithTheAccount,
    /// So many days after it was used, ended or made.
    Days(u16),
}

/// What some columns of a table hold.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    pub table: &'static str,
    /// Names, separated by spaces.
    pub columns: &'static str,
    pub class: Class,
    /// What it is needed for.
    pub purpose: &'static str,
    pub readers: &'static [Reader],
    pub retention: Retention,
}

/// All that is kept.
pub fn all() -> impl Iterator<Item = &'static Kept> {
    let areas = [
        record::RECORD,
        people::PEOPLE,
        survey::SURVEY,
        demand::DEMAND,
        matching::MATCHING,
        publisher::PUBLISHER,
        takeover::TAKEOVER,
    ];
    areas.into_iter().flatten()
}

/// The digest that an address leaves behind which asks to be forgotten: by it alone it is known until then, and after.
pub fn digest_of(email_key: &str) -> String {
    digest(&[b"erasure", email_key.as_bytes()])
}

/// What a column holds; `None` where nobody has said.
pub fn of(table: &str, column: &str) -> Option<&'static Kept> {
    all().find(|kept| kept.table == table && kept.columns.split_whitespace().any(|name| name == column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_is_named_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for kept in all() {
            for column in kept.columns.split_whitespace() {
                assert!(seen.insert((kept.table, column)), "{}.{column} is named twice", kept.table);
            }
        }
    }

    #[test]
    fn secrets_are_read_by_nobody_and_what_is_personal_not_by_everyone() {
        for kept in all() {
            let (class, readers) = (kept.class, kept.readers);
            assert!(class != Class::Secret || readers == [Reader::Nobody], "{kept:?}");
            assert_eq!(class == Class::Public, readers.contains(&Reader::Everyone), "{kept:?}");
            assert!(!kept.purpose.is_empty() && !readers.is_empty(), "{kept:?}");
        }
    }
}

//! Tells a database that cannot be reached or written right now from a statement that is wrong. Who is told so
//! may try again; what was confirmed before is kept.

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

/// SQLite's primary codes of a file that is busy, locked, read-only, failing, full or not to be opened.
const SQLITE: [i64; 6] = [5, 6, 8, 10, 13, 14];

/// Classes of PostgreSQL's codes: connections, resources, the operator's hand, the system around it, turns
/// that have to be taken anew.
const POSTGRES: [&str; 5] = ["08", "53", "57", "58", "40"];

/// Single codes of PostgreSQL: a lock that was not had in time, a transaction that was idle too long.
const POSTGRES_CODES: [&str; 2] = ["55P03", "25P03"];

/// SQLite's code of a file that is not to be opened.
const CANNOT_OPEN: &str = "14";

/// Classes of PostgreSQL's codes of connections that broke and of servers that are going down or coming up.
const AWAY: [&str; 2] = ["08", "57P"];

/// Whether a statement failed for the state of the database, not for what it says.
pub fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => of_driver(error),
        _ => false,
    }
}

/// What whoever runs the server looks at while the database is in such a state; `None` of a statement that is wrong.
pub fn obstacle(error: &DbErr) -> Option<&'static str> {
    if !is_outage(error) {
        return None;
    }
    Some(if is_away(error) {
        "the database cannot be reached, or has no connection free: look whether it runs, takes connections from this \
         machine and is the one of DATABASE_URL"
    } else {
        "the database answers, and cannot do this now: look at its log, at the room on its disk and at what else holds it"
    })
}

/// Whether nobody answers, or nobody could be asked.
fn is_away(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => match &**error {
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default();
                code == CANNOT_OPEN || AWAY.iter().any(|class| code.len() == 5 && code.starts_with(class))
            }
            sqlx::Error::BeginFailed => false,
            _ => true,
        },
        _ => false,
    }
}

/// The same of one of SQLite's codes, extended or not: the lower byte is the primary one.
pub(super) fn is_outage_of_sqlite(code: i64) -> bool {
    SQLITE.contains(&(code & 0xff))
}

fn of_driver(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            // PostgreSQL's have five characters.
            match code.parse::<i64>() {
                Ok(number) if code.len() < 5 => is_outage_of_sqlite(number),
                _ => POSTGRES.iter().any(|class| code.starts_with(class)) || POSTGRES_CODES.contains(&code.as_ref()),
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::fmt;

    use super::*;

    #[derive(Debug)]
    struct Refusal(&'static str);

    impl fmt::Display for Refusal {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::error::Error for Refusal {}

    impl sqlx::error::DatabaseError for Refusal {
        fn message(&self) -> &str {
            self.0
        }
        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }
        fn as_error(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
            self
        }
        fn as_error_mut(&mut self) -> &mut (dyn std::error::Error + Send + Sync + 'static) {
            self
        }
        fn into_error(self: Box<Self>) -> Box<dyn std::error::Error + Send + Sync + 'static> {
            self
        }
        fn kind(&self) -> sqlx::error::ErrorKind {
            sqlx::error::ErrorKind::Other
        }
    }

    #[test]
    fn an_outage_is_told_from_a_wrong_statement() {
        let cases = [
            ("5", true),      // busy
            ("13", true),     // full
            ("778", true),    // a write that failed
            ("1034", true),   // a flush that failed
            ("1555", false),  // a primary key that is taken
            ("787", false),   // a foreign key that leads nowhere
            ("1", false),     // a statement that is wrong
            ("57P01", true),  // the server is shut down
            ("57014", true),  // it took too long
            ("40001", true),  // writers met
            ("55P03", true),  // a lock was not had
            ("53100", true),  // the disk is full
            ("08006", true),  // the connection broke
            ("23505", false), // a value is taken
            ("42601", false), // a statement that is wrong
            ("22P02", false), // a value that is none
        ];
        for (code, expected) in cases {
            let error = DbErr::Exec(RuntimeErr::SqlxError(sqlx::Error::Database(Box::new(Refusal(code))).into()));
            assert_eq!(is_outage(&error), expected, "{code}");
        }
        assert!(!is_outage(&DbErr::RecordNotInserted));
        assert!(is_outage(&DbErr::Query(RuntimeErr::SqlxError(sqlx::Error::PoolTimedOut.into()))));
    }

    #[test]
    fn who_runs_the_server_is_told_where_to_look() {
        let of = |error: sqlx::Error| obstacle(&DbErr::Query(RuntimeErr::SqlxError(error.into())));
        let said = |code| of(sqlx::Error::Database(Box::new(Refusal(code))));
        for (found, expected) in [
            (of(sqlx::Error::PoolTimedOut), Some("cannot be reached")),
            (of(sqlx::Error::PoolClosed), Some("cannot be reached")),
            (said("57P03"), Some("cannot be reached")),
            (said("08006"), Some("cannot be reached")),
            (said("14"), Some("cannot be reached")),
            (said("57014"), Some("answers, and cannot do this now")),
            (said("53100"), Some("answers, and cannot do this now")),
            (said("13"), Some("answers, and cannot do this now")),
            (said("42601"), None),
        ] {
            assert_eq!(found.is_some(), expected.is_some(), "{found:?}");
            assert!(found.unwrap_or_default().contains(expected.unwrap_or_default()), "{found:?}");
        }
        let timed_out = DbErr::Conn(RuntimeErr::Internal("timed out".to_owned()));
        assert!(obstacle(&timed_out).is_some_and(|said| said.contains("DATABASE_URL")));
    }
}

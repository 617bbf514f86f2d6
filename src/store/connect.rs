//! Opens the database with the settings that keep acknowledged writes, and says in one sentence what
//! is wrong when it cannot. The settings are read back: a database that ignores one is refused.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

use super::{Db, Error, sql, sqlite_hook};

/// Readers beside the one writer on SQLite.
const READERS: u32 = 4;

/// Connections to PostgreSQL.
const POOL: u32 = 8;

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address begins with neither `sqlite:` nor `postgres:`.
    #[error("the database address must begin with sqlite: or postgres:, not with '{0}'")]
    Scheme(String),
    /// An in-memory database would be another one for each connection.
    #[error("the database needs a file: an in-memory SQLite database cannot be shared by its connections")]
    InMemory,
    /// The folder of the file is not there.
    #[error("the folder '{}' of the database does not exist", .0.display())]
    Folder(PathBuf),
    /// The file is there, but something else.
    #[error("the file '{}' is not an SQLite database", .0.display())]
    NotADatabase(PathBuf),
    /// There is a folder where the file should be.
    #[error("'{}' is a folder; the database needs a file, such as '{}'", .0.display(), .0.join("od100.db").display())]
    IsFolder(PathBuf),
    /// Another program's tables are in it.
    #[error("the database '{}' is another program's (it has tables, and none of od100); name another file", .0.display())]
    Foreign(PathBuf),
    /// What is stored is damaged.
    #[error("the database '{}' is damaged; restore a backup, or move the file away and import again", .0.display())]
    Damaged(PathBuf),
    /// The file cannot be read or written.
    #[error("the database file '{}' cannot be opened for reading and writing", .0.display())]
    Unreadable(PathBuf, #[source] Error),
    /// A setting did not take.
    #[error("the database keeps {name} at '{found}' where '{wanted}' is needed")]
    Setting { name: &'static str, wanted: &'static str, found: String },
    /// Nobody answers.
    #[error("the database server cannot be reached or refuses the login")]
    Unreachable(#[source] Error),
}

/// Opens the database at `url`, `sqlite:FILE` or `postgres://…`; a missing SQLite file is made.
pub async fn connect(url: &str) -> Result<Db, OpenError> {
    let statements = Arc::new(AtomicU64::new(0));
    let (mut writer, mut reader) = match url.split_once(':') {
        Some(("sqlite", rest)) => sqlite(url, rest).await?,
        Some(("postgres" | "postgresql", _)) => {
            let pool = postgres(url).await?;
            (pool.clone(), pool)
        }
        // The rest may hold a password: only the scheme is repeated.
        Some((scheme, _)) => return Err(OpenError::Scheme(format!("{scheme}:"))),
        None => return Err(OpenError::Scheme(url.chars().take(20).collect())),
    };
    for pool in [&mut writer, &mut reader] {
        let statements = Arc::clone(&statements);
        pool.set_metric_callback(move |_| {
            statements.fetch_add(1, Ordering::Relaxed);
        });
    }
    Ok(Db { writer, reader, statements, is_closed: Arc::default() })
}

/// The SQLite file that an address names and that is not there; `None` for other databases.
pub fn missing_file(url: &str) -> Option<PathBuf> {
    database_file(url).filter(|path| !path.exists())
}

/// The file of an `SQLite` database, whether it is there or not; `None` for one in memory and for another database.
pub fn database_file(url: &str) -> Option<PathBuf> {
    let ("sqlite", rest) = url.split_once(':')? else { return None };
    file_of(url, rest)
}

/// The file that an address names, as the driver reads it: `%20` is a space. `None` where it names none.
fn file_of(url: &str, rest: &str) -> Option<PathBuf> {
    let name = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
    if name.is_empty() || name == ":memory:" || rest.contains("mode=memory") {
        return None;
    }
    Some(url.parse::<SqliteConnectOptions>().ok()?.get_filename().to_owned())
}

/// Refuses a file that another program has made, before any setting is written to it.
async fn is_ours(url: &str, path: &Path) -> Result<(), OpenError> {
    if path.is_dir() {
        return Err(OpenError::IsFolder(path.to_owned()));
    }
    if path.metadata().is_ok_and(|file| file.len() == 0) || !path.exists() {
        return Ok(());
    }
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|options| options.read_only(true));
    let refuse = |error: Error| sqlite_refusal(path, error);
    let look = Database::connect(options).await.map_err(refuse)?;
    let tables = "select count(*), coalesce(sum(name = 'seaql_migrations'), 0) from sqlite_master where type = 'table'";
    let row = look.query_one_raw(sql(look.get_database_backend(), tables, [])).await.map_err(refuse)?;
    let (all, own): (i64, i64) = match row {
        Some(row) => (row.try_get_by_index(0).map_err(refuse)?, row.try_get_by_index(1).map_err(refuse)?),
        None => (0, 0),
    };
    look.close().await.map_err(refuse)?;
    if all > 0 && own == 0 { Err(OpenError::Foreign(path.to_owned())) } else { Ok(()) }
}

async fn sqlite(url: &str, rest: &str) -> Result<(DatabaseConnection, DatabaseConnection), OpenError> {
    let path = file_of(url, rest).ok_or(OpenError::InMemory)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(OpenError::Folder(folder.to_owned()));
    }
    is_ours(url, &path).await?;
    if !rest.contains("mode=ro") {
        make_private(&path).map_err(|error| OpenError::Unreadable(path.clone(), Error::Custom(error.to_string())))?;
    }
    let refuse = |error: Error| sqlite_refusal(&path, error);
    let writer = Database::connect(sqlite_options(url, 1, false)).await.map_err(refuse)?;
    let reader = Database::connect(sqlite_options(url, READERS, true)).await.map_err(refuse)?;
    for (pool, query_only) in [(&writer, "0"), (&reader, "1")] {
        for (name, wanted) in [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("secure_delete", "1"),
            ("busy_timeout", "5000"),
            ("trusted_schema", "0"),
            ("cell_size_check", "1"),
            ("query_only", query_only),
        ] {
            let found = pragma(pool, name).await.map_err(refuse)?;
            if found != wanted {
                return Err(OpenError::Setting { name, wanted, found });
            }
        }
    }
    Ok((writer, reader))
}

/// Makes the file of a new record readable for its owner alone: it will hold names and addresses of persons. SQLite
/// gives its other files the same rights. The rights of a file that is there are its owner's business.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Whether a statement failed because another program holds the file.
pub fn is_locked(error: &Error) -> bool {
    error.to_string().contains("database is locked")
}

/// Whether a statement failed because the file, or the folder that its other files need, may only be read.
pub fn is_read_only(error: &Error) -> bool {
    error.to_string().contains("attempt to write a readonly database")
}

/// Whether a statement failed because what is stored is damaged.
pub fn is_damaged(error: &Error) -> bool {
    error.to_string().contains("disk image is malformed")
}

fn sqlite_refusal(path: &Path, error: Error) -> OpenError {
    let text = error.to_string();
    if text.contains("not a database") || text.contains("code: 26") {
        OpenError::NotADatabase(path.to_owned())
    } else if is_damaged(&error) {
        OpenError::Damaged(path.to_owned())
    } else {
        OpenError::Unreadable(path.to_owned(), error)
    }
}

async fn pragma(pool: &DatabaseConnection, name: &'static str) -> Result<String, Error> {
    let row = pool.query_one_raw(sql(pool.get_database_backend(), &format!("pragma {name}"), [])).await?;
    let Some(row) = row else { return Ok(String::new()) };
    match row.try_get_by_index::<String>(0) {
        Ok(text) => Ok(text),
        Err(_) => Ok(row.try_get_by_index::<i64>(0)?.to_string()),
    }
}

fn sqlite_options(url: &str, connections: u32, is_read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |options| {
            options
                .create_if_missing(true)
                .busy_timeout(Duration::from_secs(5))
                // A patch of the atlas reads many rows: with the library's 50 the two threads mostly wake each other.
                .row_buffer_size(4_096)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                // What a person had erased is gone from the file too.
                .pragma("secure_delete", "ON")
                .pragma("trusted_schema", "OFF")
                .pragma("cell_size_check", "ON")
                .pragma("journal_size_limit", "67108864")
                .pragma("wal_autocheckpoint", "1000")
                .pragma("temp_store", "MEMORY")
                .pragma("mmap_size", "0")
                // Readers load the atlas once and then hardly read; each connection has a cache of its own.
                .pragma("cache_size", if is_read_only { "-8192" } else { "-65536" })
                .pragma("query_only", if is_read_only { "ON" } else { "OFF" })
        })
        .map_sqlx_sqlite_before_acquire(|connection, _| sqlite_hook::before_acquire(connection));
    if !is_read_only {
        // A writer in the middle of an import makes the others wait for it, not fail after five seconds.
        options.acquire_timeout(Duration::from_mins(1));
    }
    options
}

async fn postgres(url: &str) -> Result<DatabaseConnection, OpenError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(POOL)
        .min_connections(1)
        .connect_timeout(Duration::from_secs(5))
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .test_before_acquire(true)
        .map_sqlx_postgres_opts(|options| {
            options.application_name("od100").options([
                ("statement_timeout", "5s"),
                ("idle_in_transaction_session_timeout", "10s"),
                ("lock_timeout", "3s"),
                ("synchronous_commit", "on"),
                ("timezone", "UTC"),
            ])
        });
    Database::connect(options).await.map_err(OpenError::Unreachable)
}

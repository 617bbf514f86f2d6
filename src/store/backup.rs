//! Copies the whole database while it is in use. The copy is one moment of it: it is made by the database, never
//! from its files, which are of several moments. It gets its name when it is whole and on the disk.

use std::path::{Path, PathBuf};

use sea_orm::{ConnectOptions, ConnectionTrait, Database};

use super::{Db, Error, sql};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has the name already.
    #[error("'{}' exists; a backup overwrites nothing, so name another file", .0.display())]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("'{}' cannot be written", .0.display())]
    File(PathBuf, #[source] std::io::Error),
    /// PostgreSQL has a program of its own for this.
    #[error(
        "this database is in PostgreSQL, whose own program copies it while it is in use: pg_dump --format=custom --file=FILE DATABASE_URL; pg_restore puts it back"
    )]
    Postgres,
    /// The copy is not what it should be; it was removed.
    #[error("the copy is damaged ({0}); the disk or the database is failing")]
    Damaged(String),
    /// A statement failed.
    #[error("the database cannot be copied")]
    Statement(#[from] Error),
}

/// Copies the database to a file that is not there yet; says how many bytes it has.
pub async fn backup(db: &Db, file: &Path) -> Result<u64, BackupError> {
    if db.is_postgres() {
        return Err(BackupError::Postgres);
    }
    let fault = |error| BackupError::File(file.to_owned(), error);
    if file.try_exists().map_err(fault)? {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = Part(file.with_file_name(name));
    // Empty, and for nobody but its owner: it will hold contacts. A part of a backup that was killed is overwritten.
    fresh(&part.0).map_err(fault)?;
    let to = part.0.to_string_lossy().into_owned();
    db.writer.execute_raw(sql(db.backend(), "vacuum into ?", [to.into()])).await?;
    whole(&part.0).await?;
    let copy = std::fs::File::open(&part.0).map_err(fault)?;
    copy.sync_all().map_err(fault)?;
    let bytes = copy.metadata().map_err(fault)?.len();
    // A link fails where somebody has taken the name meanwhile; a renaming would overwrite.
    std::fs::hard_link(&part.0, file).map_err(fault)?;
    drop(part);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
    Ok(bytes)
}

/// A copy that is not whole yet; it goes when nobody needs it.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // What cannot be removed is overwritten by the next.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn fresh(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    Ok(())
}

/// Reads the copy through, as a restore would.
async fn whole(path: &Path) -> Result<(), BackupError> {
    let mut options = ConnectOptions::new(format!("sqlite:{}", path.display()));
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|options| options.read_only(true));
    let copy = Database::connect(options).await?;
    for check in ["pragma integrity_check", "pragma foreign_key_check"] {
        let rows = copy.query_all_raw(sql(copy.get_database_backend(), check, [])).await?;
        let found: Option<String> = rows.first().map(|row| row.try_get_by_index(0)).transpose()?;
        if let Some(found) = found.filter(|found| found != "ok") {
            return Err(BackupError::Damaged(found));
        }
    }
    Ok(copy.close().await?)
}

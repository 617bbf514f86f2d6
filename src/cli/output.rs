//! Files that commands write: whole or not at all, and never in the place of the record or of what was read.

use std::{
    fmt, fs,
    io::{self, BufWriter, Read as _, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use tempfile::{Builder, NamedTempFile};

use crate::store;

/// What every file of `SQLite` begins with.
const DATABASE: &[u8] = b"SQLite format 3\0";
/// What `SQLite` keeps beside a database, under its name with this at the end.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Whoever may read what the user of the command writes.
    Usual,
    /// Its owner alone: it names persons.
    Owner,
}

/// A place that a command may write to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output<'a>(&'a Path);

impl fmt::Display for Output<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.display().fmt(to)
    }
}

/// The file that is named; `-` is the standard output, as in other programs.
pub(super) fn file(named: Option<&Path>) -> Option<&Path> {
    named.filter(|path| *path != Path::new("-"))
}

impl<'a> Output<'a> {
    /// Refuses the database that `database_url` names, any other database, and the files that the command reads.
    /// Another file is replaced: who runs a command again wants its newest answer.
    pub(super) fn new(path: &'a Path, database_url: &str, sources: &[PathBuf]) -> anyhow::Result<Self> {
        if path.is_symlink() && !path.exists() {
            bail!("{} is a link to a file that is not there; name that file itself", path.display());
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            bail!("{} is no folder; make it, or name another place for {}", folder.display(), path.display());
        }
        let place = real(path);
        if sources.iter().any(|source| real(source) == place) {
            bail!("{} is what is read; give another name, so that it stays as it is", path.display());
        }
        let database = store::database_file(database_url).map(|file| real(&file).into_os_string());
        let is_database = database.is_some_and(|file| {
            BESIDE.iter().any(|end| {
                let mut name = file.clone();
                name.push(end);
                place.as_os_str() == name
            })
        });
        if is_database || begins_as_database(path) {
            bail!("{} is a database; give another name, so that nothing in it is lost", path.display());
        }
        Ok(Self(path))
    }

    /// Writes beside the file and moves it into place at the end, so that nobody finds half of one.
    pub(super) fn write(
        &self,
        readers: Readers,
        fill: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.fill(readers, fill).with_context(|| format!("{self} cannot be written"))
    }

    fn fill(&self, readers: Readers, fill: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
        // A pipe or a device is no file that another could stand in for.
        if fs::metadata(self.0).is_ok_and(|there| !there.is_file()) {
            let mut file = BufWriter::new(fs::OpenOptions::new().write(true).open(self.0)?);
            fill(&mut file)?;
            return Ok(file.flush()?);
        }
        let place = real(self.0);
        let mut file = BufWriter::new(beside(&place, readers)?);
        fill(&mut file)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&place)?;
        Ok(())
    }
}

/// A file without a name of its own yet; it goes when it does not get one.
fn beside(place: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    #[cfg(unix)]
    if readers == Readers::Usual {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let file = builder.prefix(".od100-").suffix(".part").tempfile_in(folder)?;
    // What is replaced keeps its readers.
    if readers == Readers::Usual
        && let Ok(there) = fs::metadata(place)
    {
        file.as_file().set_permissions(there.permissions())?;
    }
    Ok(file)
}

/// The one name of a place, whether it is there or not.
fn real(path: &Path) -> PathBuf {
    if let Ok(there) = fs::canonicalize(path) {
        return there;
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (whole.parent().map(fs::canonicalize), whole.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => whole,
    }
}

fn begins_as_database(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut start = [0; DATABASE.len()];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == DATABASE
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_record_and_what_is_read_are_no_place_to_write_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("inner")).unwrap();
        for (name, bytes) in [("other.db", &b"SQLite format 3\0..."[..]), ("in.csv", b"a,b"), ("old.csv", b"old")] {
            fs::write(at(name), bytes).unwrap();
        }
        for (target, link) in [("in.csv", "link.csv"), ("old.csv", "good.csv"), ("nowhere.csv", "dangling.csv")] {
            std::os::unix::fs::symlink(at(target), at(link)).unwrap();
        }
        let url = format!("sqlite://{}", at("od100.db").display());
        for (name, may) in [
            ("od100.db", false),
            ("inner/../od100.db", false),
            ("od100.db-wal", false),
            ("other.db", false),
            ("in.csv", false),
            ("inner/../in.csv", false),
            ("link.csv", false),
            ("good.csv", true),
            ("dangling.csv", false),
            ("nowhere/new.csv", false),
            ("old.csv", true),
            ("new.csv", true),
            ("od100.db.csv", true),
        ] {
            assert_eq!(Output::new(&at(name), &url, &[at("in.csv")]).is_ok(), may, "{name}");
        }
    }

    #[test]
    fn a_file_is_written_whole_or_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let output = Output::new(&path, "sqlite::memory:", &[]).unwrap();
        let say = |text: &'static str| move |out: &mut dyn Write| Ok(out.write_all(text.as_bytes())?);
        output.write(Readers::Usual, say("first")).unwrap();
        output.write(Readers::Usual, say("second")).unwrap();
        let broken = output.write(Readers::Usual, |out| {
            out.write_all(b"half")?;
            bail!("the disk is full")
        });
        assert!(broken.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
        output.write(Readers::Usual, say("third")).unwrap();
        assert_eq!(mode(), 0o664, "what is replaced keeps its readers");
        output.write(Readers::Owner, say("of a person")).unwrap();
        assert_eq!(mode(), 0o600);
    }
}

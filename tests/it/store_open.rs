//! The database is opened with the settings that keep what was acknowledged, or refused in one sentence.

use crate::harness::{self, on_each_database};
use od100::store::{self, OpenError};
use sea_orm::ConnectionTrait;

async fn refusal(url: &str) -> String {
    store::connect(url).await.expect_err("it should be refused").to_string()
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display();
    assert_eq!(
        refusal("mysql://user:secret@host/db").await,
        "the database address must begin with sqlite: or postgres:, not with 'mysql:'"
    );
    assert_eq!(
        refusal("sqlite::memory:").await,
        "the database needs a file: an in-memory SQLite database cannot be shared by its connections"
    );
    assert_eq!(
        refusal(&format!("sqlite:{path}/none/od100.db")).await,
        format!("the folder '{path}/none' of the database does not exist")
    );
    let text = folder.path().join("text.db");
    std::fs::write(&text, "This is a letter, and it is long enough to look like a file of something. ".repeat(20))
        .unwrap();
    assert_eq!(
        refusal(&format!("sqlite:{}", text.display())).await,
        format!("the file '{}' is not an SQLite database", text.display())
    );
    assert_eq!(
        refusal(&format!("sqlite:{path}")).await,
        format!("'{path}' is a folder; the database needs a file, such as '{path}/od100.db'")
    );
    let other = folder.path().join("other.db");
    let url = format!("sqlite:{}", other.display());
    let theirs = sea_orm::Database::connect(format!("{url}?mode=rwc")).await.unwrap();
    theirs.execute_unprepared("create table foo (bar integer)").await.unwrap();
    theirs.close().await.unwrap();
    let before = std::fs::read(&other).unwrap();
    assert!(matches!(store::connect(&url).await.unwrap_err(), OpenError::Foreign(file) if file == other));
    assert_eq!(std::fs::read(&other).unwrap(), before, "nothing is written to it");
    assert_eq!(
        refusal("postgres://nobody:secret@127.0.0.1:1/none").await,
        "the database server cannot be reached or refuses the login"
    );
}

#[tokio::test]
async fn a_file_may_have_a_name_that_its_address_escapes() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/mapa%20de%20m%C3%A9xico%3F.db", folder.path().display());
    assert_eq!(store::missing_file(&url).unwrap().file_name().unwrap(), "mapa de méxico?.db");
    let db = store::connect(&url).await.unwrap();
    store::migrate(&db).await.unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    assert_eq!(store::load::rows(&db, today, None).await.unwrap().revision, store::head(&db).await.unwrap().0);
    assert_eq!(store::missing_file(&url), None);
    for file in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        assert!(name.starts_with("mapa de méxico?.db"), "{name}");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
            assert_eq!(mode & 0o077, 0, "{name} is its owner's alone");
        }
    }
    db.close().await.unwrap();
}

on_each_database! {
    async fn statements_are_counted(base) {
        let before = base.ctx.db.statements();
        store::head(&base.ctx.db).await.unwrap();
        assert_eq!(base.ctx.db.statements(), before + 1);
    }

    async fn a_reader_sees_no_half_of_a_write(base) {
        let transaction = store::begin(&base.ctx.db).await.unwrap();
        store::setting::set(&transaction, "half", "1").await.unwrap();
        assert_eq!(store::setting::value(&base.ctx.db, "half").await.unwrap(), None);
        transaction.commit().await.unwrap();
        assert_eq!(store::setting::value(&base.ctx.db, "half").await.unwrap().as_deref(), Some("1"));
    }
}

/// When SQLite runs out of space it rolls back by itself; a pool that does not look would acknowledge
/// every later write and lose it.
#[tokio::test]
async fn no_acknowledged_write_is_lost_when_the_disk_is_full() {
    let base = harness::sqlite().await;
    let transaction = store::begin(&base.ctx.db).await.unwrap();
    let pages =
        transaction.query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, "pragma page_count"));
    let pages: i64 = pages.await.unwrap().unwrap().try_get_by_index(0).unwrap();
    transaction.execute_unprepared(&format!("pragma max_page_count = {}", pages + 60)).await.unwrap();
    transaction.commit().await.unwrap();
    let (mut kept, mut refused) = (Vec::new(), 0);
    for number in 0..40 {
        let key = format!("write/{number}");
        let write = async {
            let transaction = store::begin(&base.ctx.db).await?;
            store::setting::set(&transaction, &key, &"x".repeat(40_000)).await?;
            transaction.commit().await
        };
        match write.await {
            Ok(()) => kept.push(key),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 0, "the limit was not reached");
    assert!(kept.len() > refused, "writes go on after the fault");
    let fresh = store::connect(&base.url).await.unwrap();
    for key in kept {
        assert!(store::setting::value(&fresh, &key).await.unwrap().is_some(), "{key} was acknowledged and is lost");
    }
}

/// A record holds names and addresses of persons: on a shared machine nobody but its owner reads the file.
#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    let db = store::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    store::migrate(&db).await.unwrap();
    for name in ["new.db", "new.db-wal", "new.db-shm"] {
        let mode = folder.path().join(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

/// PostgreSQL tells of each new revision when it is committed.
#[tokio::test]
async fn postgres_announces_revisions() {
    assert!(store::listen(&harness::sqlite().await.ctx.db).await.unwrap().is_none());
    let Some(base) = harness::postgres().await else { return };
    let mut listener = store::listen(&base.ctx.db).await.unwrap().unwrap();
    let outcome = base.take(harness::header(), harness::organisations(1)).await.unwrap();
    let heard = tokio::time::timeout(std::time::Duration::from_secs(10), listener.next()).await.unwrap().unwrap();
    assert_eq!(Some(heard), outcome.revision);
}

/// Every connection that the pool may have, with the limit of its statements.
async fn connections(base: &harness::Base) -> std::collections::BTreeSet<(i32, String)> {
    let (mut held, mut found) = (Vec::new(), std::collections::BTreeSet::new());
    for _ in 0..8 {
        let transaction = store::begin(&base.ctx.db).await.unwrap();
        let text = "select pg_backend_pid(), current_setting('statement_timeout')";
        let row = transaction.query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, text));
        let row = row.await.unwrap().unwrap();
        found.insert((row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()));
        held.push(transaction);
    }
    assert_eq!(found.len(), held.len());
    for transaction in held {
        transaction.rollback().await.unwrap();
    }
    found
}

/// A new connection to PostgreSQL takes longer than many a load: whole loads give theirs back, with the limits that it
/// had. One that was given up leaves messages behind, which nobody after it may take for answers.
#[tokio::test]
async fn a_load_gives_its_connection_back_and_one_given_up_does_not() {
    let Some(base) = harness::postgres().await else { return };
    base.take(harness::header(), harness::organisations(3)).await.unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let rows = || store::load::rows(&base.ctx.db, today, None);
    let before = connections(&base).await;
    for _ in 0..3 {
        assert_eq!(rows().await.unwrap().organisations.len(), 6);
    }
    assert_eq!(connections(&base).await, before);
    for length in 0..30 {
        let _ = tokio::time::timeout(std::time::Duration::from_millis(length), rows()).await;
    }
    assert_eq!(rows().await.unwrap().organisations.len(), 6);
    assert!(connections(&base).await.iter().all(|(_, limit)| limit == "5s"));
}

//! The migrated schema is the one that the entities describe, and migrating twice does nothing.

use crate::harness::{every_table, on_each_database};
use od100::{app, store};
use sea_orm::{ConnectionTrait, EntityName, EntityTrait, Iden, Iterable, QuerySelect};

on_each_database! {
    async fn every_entity_reads_its_table(base) {
        let db = base.raw().await;
        macro_rules! read {
            ($($table:ident)+) => {$(
                entity::$table::Entity::find().limit(1).all(&db).await.expect(stringify!($table));
                assert_eq!(entity::$table::Entity.table_name(), stringify!($table));
            )+};
        }
        every_table!(read);
    }

    async fn the_tables_have_no_other_columns(base) {
        let db = base.raw().await;
        macro_rules! compare {
            ($($table:ident)+) => {$(
                let mut known: Vec<String> =
                    entity::$table::Column::iter().map(|column| column.unquoted().to_owned()).collect();
                let mut found = columns(&db, stringify!($table)).await;
                known.sort();
                found.sort();
                assert_eq!(found, known, stringify!($table));
            )+};
        }
        every_table!(compare);
    }

    async fn migrating_again_does_nothing(base) {
        assert_eq!(store::pending(&base.ctx.db).await.unwrap(), Vec::<String>::new());
        let revision = store::head(&base.ctx.db).await.unwrap();
        assert_eq!(store::migrate(&base.ctx.db).await.unwrap(), 0);
        assert!(app::reference::load(&base.ctx).await.unwrap(), "the harness has set another stamp");
        assert!(!app::reference::load(&base.ctx).await.unwrap());
        let after = store::head(&base.ctx.db).await.unwrap();
        assert_eq!(after.0, revision.0 + 1);
    }

    async fn a_newer_database_is_refused(base) {
        let newer = "insert into seaql_migrations (version, applied_at) values ('m29990101_000000_later', 0)";
        base.raw().await.execute_unprepared(newer).await.unwrap();
        for refused in [store::migrate(&base.ctx.db).await.map(|_| ()), store::pending(&base.ctx.db).await.map(|_| ())] {
            assert_eq!(
                refused.unwrap_err().to_string(),
                "the database was made by a newer version of od100 (it knows 'm29990101_000000_later', this one does not)"
            );
        }
    }
}

async fn columns(db: &sea_orm::DatabaseConnection, table: &str) -> Vec<String> {
    let text = match db.get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            format!("select column_name::text from information_schema.columns where table_name = '{table}'")
        }
        _ => format!("select name from pragma_table_info('{table}')"),
    };
    let rows = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), text)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

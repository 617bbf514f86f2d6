//! Every column of every table has a class, a purpose, readers and a term; and the tables that hold
//! people's data are named by no public room.

use std::collections::BTreeSet;

use od100::domain::privacy::{self, Class};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::harness::on_each_database;

on_each_database! {
    async fn every_column_has_a_class(base) {
        let found = columns(&base.raw().await).await;
        assert!(found.len() > 400, "the columns of the database can be read");
        let silent: Vec<_> = found.iter().filter(|(table, column)| privacy::of(table, column).is_none()).collect();
        assert!(silent.is_empty(), "src/domain/privacy does not say what these hold: {silent:?}");
        let gone: Vec<_> = privacy::all()
            .flat_map(|kept| kept.columns.split_whitespace().map(|column| (kept.table.to_owned(), column.to_owned())))
            .filter(|named| !found.contains(named))
            .collect();
        assert!(gone.is_empty(), "src/domain/privacy names what is not there: {gone:?}");
    }
}

/// (table, column) of the whole schema, but the history of migrations.
async fn columns(db: &DatabaseConnection) -> BTreeSet<(String, String)> {
    let on = db.get_database_backend();
    let text = match on {
        DbBackend::Postgres => {
            "select table_name::text, column_name::text from information_schema.columns
             where table_schema = current_schema()"
        }
        _ => "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'",
    };
    let rows = db.query_all_raw(Statement::from_string(on, text)).await.unwrap();
    let pairs = rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()));
    pairs.filter(|(table, _): &(String, String)| table != "seaql_migrations" && !table.starts_with("sqlite_")).collect()
}

#[test]
fn the_atlas_reads_no_table_about_people() {
    let people: BTreeSet<&str> = privacy::all()
        .filter(|kept| matches!(kept.class, Class::Secret))
        .map(|kept| kept.table)
        .chain(["account", "outbox_message", "access_event", "answer_draft", "respondent", "proposal"])
        .collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for room in ["src/atlas", "src/analysis", "src/export", "src/store/load"] {
        let mut files = Vec::new();
        crate::tidy::sources(&root.join(room), &mut files);
        for file in files {
            let text = crate::tidy::code(&file);
            for table in &people {
                assert!(!text.contains(&format!("entity::{table}")), "{} names {table}", file.display());
                assert!(!text.contains(&format!("from {table} ")), "{} reads {table}", file.display());
            }
        }
    }
}

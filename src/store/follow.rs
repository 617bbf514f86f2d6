//! What is no fact and yet names a record: roles, and what waits for a decision. When the record becomes part of
//! another, it follows; when that is taken back, it comes back.

use sea_orm::{ConnectionTrait, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Error, Transaction, sql};

/// Which rows follow: table, column, and a condition that leaves out what has ended.
const FOLLOWERS: &[(&str, &str, &str)] = &[
    ("role_grant", "scope_id", "scope_kind in ('organisation', 'publisher_subtree') and revoked_at is null"),
    ("profile_takeover", "organisation_id", "ended_at is null"),
    ("review_case", "organisation_id", WAITS),
    ("review_case", "publisher_id", WAITS),
    ("review_case", "subject_id", WAITS),
];

/// A case that nobody has decided.
const WAITS: &str = "status in ('open', 'under_review', 'asked')";

/// A row that has followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    table: String,
    column: String,
    id: Uuid,
    /// Whether what the row holds names the record too.
    #[serde(default)]
    in_content: bool,
}

impl Followed {
    /// The table and the row, as they are counted in what a merge does.
    pub fn row(&self) -> (&'static str, Uuid) {
        let found = FOLLOWERS.iter().find(|(table, ..)| *table == self.table);
        (found.map_or("", |(table, ..)| table), self.id)
    }
}

/// Lets what names `from` name `to`; says which rows. A reviewer who has one before them is told to look again.
pub async fn follow(transaction: &Transaction, from: Uuid, to: Uuid) -> Result<Vec<Followed>, Error> {
    let on = transaction.get_database_backend();
    let mut found = Vec::new();
    for (table, column, condition) in FOLLOWERS {
        let text = format!("select id from {table} where {column} = ? and {condition}");
        for row in transaction.query_all_raw(sql(on, &text, [Value::from(from)])).await? {
            let id: Uuid = row.try_get_by_index(0)?;
            found.push(Followed { table: (*table).into(), column: (*column).into(), id, in_content: false });
        }
    }
    // What somebody proposes for a record names it in its words.
    let text = format!("select id, content from review_case where content like ? and {WAITS}");
    for row in transaction.query_all_raw(sql(on, &text, [Value::from(format!("%{from}%"))])).await? {
        let (id, content): (Uuid, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        // One that names both is about the two of them, and stays as it is.
        if !content.contains(&to.to_string()) {
            found.push(Followed { table: "review_case".into(), column: "content".into(), id, in_content: true });
        }
    }
    for one in &found {
        one.turn(transaction, from, to).await?;
    }
    Ok(found)
}

/// Lets rows name `to` again that still name `from`.
pub async fn come_back(transaction: &Transaction, rows: &[Followed], from: Uuid, to: Uuid) -> Result<(), Error> {
    for one in rows {
        one.turn(transaction, from, to).await?;
    }
    Ok(())
}

impl Followed {
    async fn turn(&self, transaction: &Transaction, from: Uuid, to: Uuid) -> Result<(), Error> {
        let on = transaction.get_database_backend();
        let (table, _) = self.row();
        let version = if table == "review_case" { ", version = version + 1" } else { "" };
        if self.in_content {
            let text = format!("update review_case set content = replace(content, ?, ?){version} where id = ?");
            let values = [Value::from(from.to_string()), Value::from(to.to_string()), Value::from(self.id)];
            transaction.execute_raw(sql(on, &text, values)).await?;
            return Ok(());
        }
        let Some((_, column, _)) = FOLLOWERS.iter().find(|(_, column, _)| *column == self.column) else {
            return Ok(());
        };
        let text = format!("update {table} set {column} = ?{version} where id = ? and {column} = ?");
        let values = [Value::from(to), Value::from(self.id), Value::from(from)];
        transaction.execute_raw(sql(on, &text, values)).await?;
        Ok(())
    }
}

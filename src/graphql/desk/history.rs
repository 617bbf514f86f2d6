//! What was written about a record.

use async_graphql::{Result, SimpleObject};

use crate::app::history::{self, Author, Did, Of};
use crate::app::{Context, permit::permit};
use crate::domain::access::{Action, Actor, Object};
use crate::graphql::outcome::refuse;
use crate::graphql::page::{PageInfo, bad_cursor, open, seal};
use crate::graphql::scalar::DateTime;

/// One field of a record, before and after; null where nothing was said.
#[derive(SimpleObject)]
pub struct HistoryField {
    /// The column.
    name: String,
    /// As it was, as JSON.
    before: Option<String>,
    /// As it is, as JSON.
    after: Option<String>,
}

/// What one write did to one record.
#[derive(SimpleObject)]
pub struct HistoryChange {
    /// The table.
    table: String,
    /// The name of the row, where a history tells of several: that of a wave.
    name: Option<String>,
    /// `added`, `changed` or `ended`.
    did: &'static str,
    /// The public fields that differ.
    fields: Vec<HistoryField>,
}

/// What one write did.
#[derive(SimpleObject)]
pub struct HistoryEntry {
    /// When.
    recorded_at: DateTime,
    /// In what role: never a person's name.
    author: String,
    /// Why, as it was written down.
    reason: String,
    /// What it did.
    changes: Vec<HistoryChange>,
}

/// A write in a list.
#[derive(SimpleObject)]
pub struct HistoryEdge {
    /// The cursor of this write.
    cursor: String,
    /// What it did.
    node: HistoryEntry,
}

/// The history of a record, the newest first.
#[derive(SimpleObject)]
pub struct HistoryConnection {
    /// What was written.
    edges: Vec<HistoryEdge>,
    /// Where the page stands.
    page_info: PageInfo,
    /// How many changes the chain holds.
    change_count: i32,
    /// The number of the first change that does not hang on the one before; null where the chain is unbroken.
    broken_at: Option<i32>,
}

/// A page of the history of a record, as those may read it who decide.
pub(super) async fn history_page(
    ctx: &Context,
    actor: &Actor,
    of: Of,
    first: usize,
    after: Option<String>,
) -> Result<HistoryConnection> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now())).map_err(refuse)?;
    let before = after.as_deref().map(open).transpose()?;
    let before = before.map(|words| words.parse::<i64>().map_err(|_| bad_cursor())).transpose()?;
    let page = history::page(ctx, of, before, first as u64).await.map_err(refuse)?;
    let edges: Vec<_> = page
        .entries
        .into_iter()
        .map(|entry| HistoryEdge {
            cursor: seal(&entry.number.to_string()),
            node: HistoryEntry {
                recorded_at: DateTime(entry.recorded_at),
                author: match entry.author {
                    Author::Role(role) => role.as_str().to_owned(),
                    Author::Organisation => "organisation".to_owned(),
                    Author::Import(source) => format!("import {source}"),
                    Author::Program => "program".to_owned(),
                    Author::Operator => "operator".to_owned(),
                },
                reason: entry.reason,
                changes: entry.changes.into_iter().map(shown).collect(),
            },
        })
        .collect();
    Ok(HistoryConnection {
        page_info: PageInfo {
            has_next_page: page.next.is_some(),
            has_previous_page: after.is_some(),
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: page.next.map(|number| seal(&number.to_string())),
        },
        edges,
        change_count: page.count.try_into().unwrap_or(i32::MAX),
        broken_at: page.broken_at.map(|number| number.try_into().unwrap_or(i32::MAX)),
    })
}

fn shown(change: history::Shown) -> HistoryChange {
    HistoryChange {
        table: change.table,
        name: change.name,
        did: match change.did {
            Did::Added => "added",
            Did::Changed => "changed",
            Did::Ended => "ended",
        },
        fields: change
            .fields
            .into_iter()
            .map(|field| HistoryField {
                name: field.name,
                before: field.before.map(|value| value.to_string()),
                after: field.after.map(|value| value.to_string()),
            })
            .collect(),
    }
}

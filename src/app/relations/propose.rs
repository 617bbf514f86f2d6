//! Puts relations forward that ship with the program. A row waits for a decision where the record has one of its
//! bodies, or one that other rows lead to; a body that the record lacks is written down with it and stays unseen
//! until one of its relations is accepted.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::id::{OrganisationId, RelationId};
use entity::vocabulary::{DatePrecision, Decision, PublisherLevel, RelationKind, RowVisibility};
use uuid::Uuid;

use super::bodies::{self, KnownBody};
use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::succession;
use crate::domain::text::fold;
use crate::store;
use crate::store::relation::{Named, Relation};

/// A relation that somebody knows of, by the names of its bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub from: String,
    pub to: String,
    pub kind: RelationKind,
    /// The year it began.
    pub year: Option<i32>,
    pub is_verified: bool,
    pub note: Option<String>,
}

/// What became of a relation that was to be put forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It waits for a decision now.
    Fresh,
    /// It was there already.
    There(Decision),
    /// Somebody has taken it away before.
    Ended,
    /// The record has neither of its bodies, nor any that other rows lead to.
    Unlinked,
    /// Several bodies of the record bear the name of one of them.
    Ambiguous,
}

/// What became of relations that were to be put forward.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// Each relation, in the order of the list.
    pub rows: Vec<(Known, Fate)>,
    /// Names of the bodies that were written down with them.
    pub bodies: Vec<String>,
}

impl Proposed {
    /// How many have a fate.
    pub fn count(&self, is: impl Fn(Fate) -> bool) -> usize {
        self.rows.iter().filter(|(_, fate)| is(*fate)).count()
    }
}

/// A body that a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// The record has it.
    Recorded(OrganisationId),
    /// The record has several.
    Several,
    /// The record lacks it.
    Lacking,
}

/// Which body each name stands for: by its name now, a topmost body before a part of one, else by a former name.
fn named(rows: Vec<Named>) -> HashMap<String, Body> {
    let mut best: HashMap<String, (u8, Body)> = HashMap::new();
    for row in rows {
        let rank = u8::from(!row.is_own) * 2 + u8::from(row.is_part);
        let body = Body::Recorded(row.id);
        best.entry(row.folded)
            .and_modify(|(known, found)| {
                if rank < *known {
                    (*known, *found) = (rank, body);
                } else if rank == *known && *found != body {
                    *found = Body::Several;
                }
            })
            .or_insert((rank, body));
    }
    best.into_iter().map(|(name, (_, body))| (name, body)).collect()
}

/// Which rows hang on a body of the record, by other rows if need be.
fn linked(all: &[Known], by_name: &HashMap<String, Body>) -> Vec<bool> {
    let of = |name: &str| by_name.get(&fold(name)).copied().unwrap_or(Body::Lacking);
    let mut reached: Vec<String> = Vec::new();
    let mut linked = vec![false; all.len()];
    loop {
        let mut is_more = false;
        for (at, known) in all.iter().enumerate() {
            let ends = [&known.from, &known.to];
            let is_there = |name: &&String| matches!(of(name), Body::Recorded(_)) || reached.contains(&fold(name));
            if linked[at] || ends.iter().any(|name| of(name) == Body::Several) || !ends.iter().any(is_there) {
                continue;
            }
            linked[at] = true;
            is_more = true;
            reached.extend(ends.map(|name| fold(name)));
        }
        if !is_more {
            return linked;
        }
    }
}

/// Puts relations forward; `bodies` says what is known of those that the record lacks.
pub async fn propose(
    ctx: &Context,
    actor: &Actor,
    all: &[Known],
    known_bodies: &[KnownBody],
) -> Result<Proposed, Error> {
    permit(actor, Action::Import, &Object::platform(ctx.now()))?;
    let mut by_name = named(store::relation::bodies(&ctx.db).await?);
    let linked = linked(all, &by_name);
    let mut write = Write::begin(ctx, actor).await?;
    let mut outcome = Proposed::default();
    for (known, is_linked) in all.iter().zip(linked) {
        let fate = if is_linked {
            let mut ends = [OrganisationId(Uuid::nil()); 2];
            for (end, name) in ends.iter_mut().zip([&known.from, &known.to]) {
                *end = if let Some(Body::Recorded(id)) = by_name.get(&fold(name)) {
                    *id
                } else {
                    let source = bodies::source(&mut write).await?;
                    let id = bodies::add(&mut write, &described(name, known_bodies), source).await?;
                    by_name.insert(fold(name), Body::Recorded(id));
                    outcome.bodies.push(name.clone());
                    id
                };
            }
            put(&mut write, known, ends).await?
        } else if [&known.from, &known.to].into_iter().any(|name| by_name.get(&fold(name)) == Some(&Body::Several)) {
            Fate::Ambiguous
        } else {
            Fate::Unlinked
        };
        outcome.rows.push((known.clone(), fate));
    }
    write.commit("known successions put forward", &()).await?;
    Ok(outcome)
}

/// What is known of a body, or its name alone.
fn described(name: &str, known: &[KnownBody]) -> KnownBody {
    known.iter().find(|body| fold(&body.name) == fold(name)).cloned().unwrap_or_else(|| KnownBody {
        name: name.to_owned(),
        acronym: None,
        level: PublisherLevel::Unknown,
    })
}

async fn put(write: &mut Write<'_>, known: &Known, [from, to]: [OrganisationId; 2]) -> Result<Fate, Error> {
    let name = format!("{from} {} {to}", known.kind.as_str());
    let id = RelationId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()));
    if let Some(there) = store::relation::find(write.transaction(), (from, to, known.kind), id).await? {
        return Ok(if there.superseded_at.is_some() { Fate::Ended } else { Fate::There(there.decision) });
    }
    let row = Relation {
        id,
        from_id: from,
        to_id: to,
        kind: known.kind,
        decision: Decision::Proposed,
        valid_from: known.year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)),
        valid_from_precision: known.year.map(|_| DatePrecision::Year),
        valid_to: None,
        valid_to_precision: None,
        source_id: Some(bodies::source(write).await?),
        note: succession::noted(known.note.as_deref(), known.is_verified),
        share_bp: None,
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    write.add(row, from.0).await?;
    Ok(Fate::Fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(from: &str, to: &str) -> Known {
        let (from, to) = (from.to_owned(), to.to_owned());
        Known { from, to, kind: RelationKind::SucceededBy, year: None, is_verified: false, note: None }
    }

    fn row(id: u128, folded: &str, is_own: bool, is_part: bool) -> Named {
        Named { id: OrganisationId(Uuid::from_u128(id)), folded: folded.to_owned(), is_own, is_part }
    }

    #[test]
    fn a_name_stands_for_the_topmost_body_that_bears_it_now() {
        let body = |id| Body::Recorded(OrganisationId(Uuid::from_u128(id)));
        for (rows, expected) in [
            (vec![row(1, "a", true, false)], body(1)),
            (vec![row(1, "a", true, true), row(2, "a", true, false)], body(2)),
            (vec![row(1, "a", false, false), row(2, "a", true, true)], body(2)),
            (vec![row(1, "a", true, false), row(1, "a", true, false)], body(1)),
            (vec![row(1, "a", true, false), row(2, "a", true, false)], Body::Several),
            (vec![row(1, "a", true, false), row(2, "a", true, false), row(3, "a", false, false)], Body::Several),
        ] {
            assert_eq!(named(rows.clone()).get("a"), Some(&expected), "{rows:?}");
        }
    }

    #[test]
    fn a_row_is_put_forward_where_the_record_is_reached() {
        let by_name = named(vec![row(1, "b", true, false), row(2, "s", true, false), row(3, "s", true, false)]);
        let all =
            [known("D", "E"), known("C", "D"), known("B", "C"), known("X", "Y"), known("B", "S"), known("S", "Z")];
        assert_eq!(linked(&all, &by_name), [true, true, true, false, false, false]);
    }
}

//! The state of an expansion: ids from keys, what the run has delivered, what it still has to find.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::id::{CodeId, DatasetId, OrganisationId, SourceId, WaveId};
use uuid::Uuid;

use super::rows::Chunk;
use crate::domain::draft::{Decimal, Key, PartialDate};
use crate::domain::violation::Violation;
use crate::store::reference::Codes;

/// Completes a row of facts with the columns that say how it came into the record; the writer fills
/// them in when it knows whether the row is new.
macro_rules! fact {
    ($table:ident, $id:expr, $visibility:expr, { $($fields:tt)* }) => {
        entity::$table::Model {
            id: $id,
            $($fields)*
            entity_id: $id,
            visibility: $visibility,
            recorded_at: chrono::DateTime::UNIX_EPOCH,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        }
    };
}
pub(super) use fact;

/// A row that must exist and that the run itself has not delivered.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) table: &'static str,
    pub(super) id: Uuid,
    pub(super) violation: Violation,
}

/// Turns drafts into rows.
#[derive(Debug)]
pub(super) struct Expand<'c> {
    root: Uuid,
    pub(super) codes: &'c Codes,
    pub(super) waves: HashMap<Key, (WaveId, NaiveDate)>,
    pub(super) organisations: HashSet<OrganisationId>,
    pub(super) datasets: HashSet<DatasetId>,
    sources: HashSet<SourceId>,
    pub(super) rows: Chunk,
    pub(super) wanted: Vec<Wanted>,
    pub(super) faults: Vec<Violation>,
    pub(super) merged: u64,
}

/// The id of what hangs on a row.
pub(super) fn child(parent: Uuid, name: &str) -> Uuid {
    Uuid::new_v5(&parent, name.as_bytes())
}

/// The namespace of a source's keys.
fn root(source: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("od100/source/{source}").as_bytes())
}

impl<'c> Expand<'c> {
    pub(super) fn new(source: &str, codes: &'c Codes) -> Self {
        Self {
            root: root(source),
            codes,
            waves: HashMap::new(),
            organisations: HashSet::new(),
            datasets: HashSet::new(),
            sources: HashSet::new(),
            rows: Chunk::default(),
            wanted: Vec::new(),
            faults: Vec::new(),
            merged: 0,
        }
    }

    /// The id of a record of this source.
    pub(super) fn id(&self, kind: &str, key: &str) -> Uuid {
        child(self.root, &format!("{kind}/{key}"))
    }

    /// The id that another source's organisation has.
    pub(super) fn organisation_of(source: &str, key: &str) -> OrganisationId {
        OrganisationId(child(root(source), &format!("organisation/{key}")))
    }

    pub(super) fn fault(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(Violation::new(field, message));
    }

    pub(super) fn want(&mut self, table: &'static str, id: Uuid, field: &str, key: &str) {
        let violation = Violation::new(field, format!("there is no {table} '{key}'"));
        self.wanted.push(Wanted { table, id, violation });
    }

    /// Remembers an organisation that the run delivers; each key may come once.
    pub(super) fn deliver(&mut self, key: &str) -> OrganisationId {
        let id = OrganisationId(self.id("organisation", key));
        if !self.organisations.insert(id) {
            self.fault(key, "two records of the run have this key");
        }
        id
    }

    pub(super) fn deliver_source(&mut self, key: &str) -> SourceId {
        let id = SourceId(self.id("source", key));
        self.sources.insert(id);
        id
    }

    pub(super) fn organisation_id(&mut self, field: &str, key: &str) -> OrganisationId {
        let id = OrganisationId(self.id("organisation", key));
        if !self.organisations.contains(&id) {
            self.want("organisation", id.0, field, key);
        }
        id
    }

    pub(super) fn dataset_id(&mut self, field: &str, key: &str) -> DatasetId {
        let id = DatasetId(self.id("dataset", key));
        if !self.datasets.contains(&id) {
            self.want("dataset", id.0, field, key);
        }
        id
    }

    pub(super) fn source_id(&mut self, field: &str, key: &str) -> SourceId {
        let id = SourceId(self.id("source", key));
        if !self.sources.contains(&id) {
            self.want("source", id.0, field, key);
        }
        id
    }

    /// The wave and the day it opened; imported validity begins there. It is one of the run, or of the record by its
    /// address.
    pub(super) fn wave(&mut self, field: &str, key: Option<&Key>) -> Option<(WaveId, NaiveDate)> {
        let key = key?;
        let found = self.waves.get(key).copied().or_else(|| self.codes.wave(key));
        if found.is_none() {
            self.fault(field, format!("there is no wave '{key}' in the run"));
        }
        found
    }

    pub(super) fn code(&mut self, field: &str, scheme: &str, code: &str) -> Option<CodeId> {
        let found = self.codes.code(scheme, code);
        if found.is_none() {
            self.fault(field, format!("there is no code '{code}' in the list '{scheme}'"));
        }
        // Invariant I9.
        if scheme == "sdg_target" && found.is_some_and(|(_, goal)| goal.is_none()) {
            self.fault(field, format!("the target '{code}' belongs to no goal"));
        }
        found.map(|(id, _)| id)
    }

    /// Invariant I3 for dates.
    pub(super) fn period(&mut self, field: &str, from: Option<PartialDate>, to: Option<PartialDate>) {
        if let (Some(from), Some(to)) = (from, to)
            && from.on > to.on
        {
            self.fault(field, format!("begins on {} and ends before it, on {}", from.on, to.on));
        }
    }
}

/// Compares decimals of different scales exactly.
pub(super) fn is_at_most(a: Decimal, b: Decimal) -> bool {
    let scale = a.scale.max(b.scale);
    let widen = |d: Decimal| i128::from(d.mantissa) * 10_i128.pow(u32::from((scale - d.scale).unsigned_abs()));
    widen(a) <= widen(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_compare_across_scales() {
        let d = |mantissa, scale| Decimal { mantissa, scale };
        assert!(is_at_most(d(15, 1), d(2, 0)));
        assert!(is_at_most(d(20, 1), d(2, 0)));
        assert!(!is_at_most(d(2_000_001, 6), d(2, 0)));
        assert!(is_at_most(d(i64::MIN, 0), d(i64::MAX, 18)));
    }
}

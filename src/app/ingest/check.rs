//! What can only be checked against the record: that named rows exist, and that relations make no ring.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::id::OrganisationId;
use entity::vocabulary::{Decision, RelationKind};
use uuid::Uuid;

use super::expand::Expand;
use crate::app::Error;
use crate::domain::violation::Violation;
use crate::store::relation::Relation;
use crate::store::{self, Transaction};

/// The violations of rows that are named and do not exist; forgets what was found.
pub(super) async fn dangling(transaction: &Transaction, expand: &mut Expand<'_>) -> Result<Vec<Violation>, Error> {
    let mut tables: BTreeMap<&'static str, HashMap<Uuid, Violation>> = BTreeMap::new();
    for wanted in std::mem::take(&mut expand.wanted) {
        tables.entry(wanted.table).or_default().entry(wanted.id).or_insert(wanted.violation);
    }
    let mut faults = Vec::new();
    for (table, mut wanted) in tables {
        let mut ids: Vec<Uuid> = wanted.keys().copied().collect();
        ids.sort_unstable();
        for found in store::fact::existing(transaction, table, &ids).await? {
            wanted.remove(&found);
        }
        faults.extend(wanted.into_values());
    }
    faults.sort_by(|a, b| (&a.field, &a.message).cmp(&(&b.field, &b.message)));
    Ok(faults)
}

/// Invariant I4: belonging and succession make no ring, and nothing is part of two at one date.
pub(in crate::app) async fn relations(transaction: &Transaction) -> Result<(), Error> {
    let all = store::relation::current(transaction).await?;
    let accepted: Vec<&Relation> = all.iter().filter(|relation| relation.decision == Decision::Accepted).collect();
    let mut faults = Vec::new();
    for (kinds, what) in [
        (&[RelationKind::PartOf][..], "is part of itself"),
        (&[RelationKind::SucceededBy, RelationKind::MergedInto][..], "succeeds itself"),
    ] {
        let mut edges: HashMap<OrganisationId, Vec<OrganisationId>> = HashMap::new();
        for relation in accepted.iter().filter(|relation| kinds.contains(&relation.kind)) {
            edges.entry(relation.from_id).or_default().push(relation.to_id);
        }
        if let Some(on_ring) = ring(&edges) {
            faults.push(Violation::new(store::relation::name_of(transaction, on_ring).await?, what));
        }
    }
    for (from, to) in double_parents(&accepted) {
        let message =
            format!("is part of two bodies at one date ({})", store::relation::name_of(transaction, to).await?);
        faults.push(Violation::new(store::relation::name_of(transaction, from).await?, message));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

fn double_parents(relations: &[&Relation]) -> Vec<(OrganisationId, OrganisationId)> {
    let mut parents: BTreeMap<OrganisationId, Vec<&Relation>> = BTreeMap::new();
    for relation in relations.iter().filter(|relation| relation.kind == RelationKind::PartOf) {
        parents.entry(relation.from_id).or_default().push(relation);
    }
    let begins_by = |a: &Relation, b: &Relation| match (a.valid_from, b.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    let mut found = Vec::new();
    for (from, parents) in parents {
        for (at, a) in parents.iter().enumerate() {
            let meets = |b: &&&Relation| begins_by(a, b) && begins_by(b, a);
            found.extend(parents[at + 1..].iter().find(meets).map(|b| (from, b.to_id)));
        }
    }
    found
}

/// Some node of a ring, if there is one.
fn ring(edges: &HashMap<OrganisationId, Vec<OrganisationId>>) -> Option<OrganisationId> {
    let mut done: HashSet<OrganisationId> = HashSet::new();
    let mut starts: Vec<OrganisationId> = edges.keys().copied().collect();
    starts.sort_unstable();
    for start in starts {
        let mut path: Vec<(OrganisationId, usize)> = vec![(start, 0)];
        let mut on_path = HashSet::from([start]);
        while let Some((node, next)) = path.last_mut() {
            let (node, at) = (*node, *next);
            *next += 1;
            match edges.get(&node).and_then(|to| to.get(at)).copied() {
                Some(to) if on_path.contains(&to) => return Some(to),
                Some(to) if !done.contains(&to) => {
                    on_path.insert(to);
                    path.push((to, 0));
                }
                Some(_) => {}
                None => {
                    done.insert(node);
                    on_path.remove(&node);
                    path.pop();
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_found_and_diamonds_are_none() {
        let id = |n: u128| OrganisationId(Uuid::from_u128(n));
        let edges = |pairs: &[(u128, u128)]| {
            let mut edges: HashMap<_, Vec<_>> = HashMap::new();
            for (from, to) in pairs {
                edges.entry(id(*from)).or_default().push(id(*to));
            }
            edges
        };
        assert_eq!(ring(&edges(&[(1, 2), (1, 3), (2, 4), (3, 4)])), None);
        assert!(ring(&edges(&[(1, 2), (2, 3), (3, 2)])).is_some());
    }
}

//! The order of records: organisations and datasets by their Spanish names, so that a bitmap lists by name.

use std::cmp::Ordering;

use super::best;
use crate::atlas::Lang;
use crate::atlas::collation::Collation;
use crate::atlas::rows::Rows;

/// Puts rows into the order of the atlas.
pub(super) fn sort(rows: &mut Rows, collation: &Collation) {
    rows.organisations.sort_by_cached_key(|row| {
        let name = best(&row.name, Lang::ES);
        (collation.key(Lang::ES, name), name.to_owned(), row.id)
    });
    rows.datasets.sort_by_cached_key(|row| {
        let title = best(&row.title, Lang::ES);
        (collation.key(Lang::ES, title), title.to_owned(), row.id)
    });
    rows.codes.sort_by(|a, b| (&a.scheme, a.position, &a.code).cmp(&(&b.scheme, b.position, &b.code)));
    rows.areas.sort_by(|a, b| (a.scheme, &a.code).cmp(&(b.scheme, &b.code)));
    rows.waves.sort_by(|a, b| (a.opens_on, &a.slug).cmp(&(b.opens_on, &b.slug)));
    rows.sources.sort_by_key(|row| row.id);
    rows.schemes.sort_by(|a, b| a.id.cmp(&b.id));
    rows.studies.sort_by(|a, b| a.slug.cmp(&b.slug));
    rows.indicators.sort_by(|a, b| a.key.cmp(&b.key));
}

/// A record of the atlas before that stays as it is, or a row.
pub(super) enum Entry<K, R> {
    Kept(K),
    New(R),
}

/// Merges two sorted lists, the second of which is short.
pub(super) fn merge<K: Copy, R>(old: &[K], new: Vec<R>, compare: impl Fn(K, &R) -> Ordering) -> Vec<Entry<K, R>> {
    let mut merged = Vec::with_capacity(old.len() + new.len());
    let mut rest = old;
    for row in new {
        let before = rest.partition_point(|&kept| compare(kept, &row).is_lt());
        merged.extend(rest[..before].iter().map(|&kept| Entry::Kept(kept)));
        rest = &rest[before..];
        merged.push(Entry::New(row));
    }
    merged.extend(rest.iter().map(|&kept| Entry::Kept(kept)));
    merged
}

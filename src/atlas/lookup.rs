//! Finding a dense handle by id or slug: a permutation in key order and a binary search, so that a lookup
//! table costs four bytes per record.

use std::cmp::Ordering;

/// A permutation of records in the order of some key.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    order: Vec<u32>,
}

impl Lookup {
    /// Orders `count` records by their keys.
    pub(crate) fn new<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Self {
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_unstable_by_key(|&at| key(at as usize));
        Self { order }
    }

    /// The record whose key compares as equal.
    pub(crate) fn find(&self, compare: impl Fn(usize) -> Ordering) -> Option<u32> {
        self.order.binary_search_by(|&at| compare(at as usize)).ok().map(|at| self.order[at])
    }
}

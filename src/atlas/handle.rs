//! Dense handles and the small containers that are indexed by them. A handle is four bytes, also when it
//! is optional; it is valid only in the atlas that gave it.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::marker::PhantomData;
use std::num::NonZeroU32;

/// A dense index: `get` is its number from 0.
pub trait Handle: Copy {
    /// The handle of a number.
    fn of(number: u32) -> Self;
    /// The number of a handle.
    fn number(self) -> u32;
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The handle of a number from 0.
            pub const fn new(number: u32) -> Self {
                Self(NonZeroU32::MIN.saturating_add(number))
            }

            /// Its number from 0.
            pub const fn get(self) -> u32 {
                self.0.get() - 1
            }

            /// Its number, to index with.
            pub const fn at(self) -> usize {
                self.get() as usize
            }
        }

        impl Handle for $name {
            fn of(number: u32) -> Self {
                Self::new(number)
            }

            fn number(self) -> u32 {
                self.get()
            }
        }
    )+};
}

handles! {
    /// An organisation: a reuser, a public body, or both. In the order of Spanish names.
    OrgIx,
    /// A dataset or series, in the order of Spanish titles.
    DatasetIx,
    /// A code of a scheme.
    CodeIx,
    /// A country, state or municipality.
    AreaIx,
    /// A study.
    StudyIx,
    /// A wave of a study.
    WaveIx,
    /// A use claim; those of one organisation stand together.
    ClaimIx,
    /// An impact claim; those of one organisation stand together.
    ImpactIx,
    /// A source.
    SourceIx,
    /// An indicator's definition.
    IndicatorIx,
    /// A public observation.
    ObservationIx,
    /// A request for data, the newest first.
    RequestIx,
    /// A text.
    StrIx,
    /// A text in several languages.
    LabelIx,
}

/// Items grouped by the handle of their owner.
#[derive(Debug)]
pub struct Groups<K, T> {
    ends: Vec<u32>,
    items: Vec<T>,
    key: PhantomData<fn(K)>,
}

impl<K, T> Default for Groups<K, T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new(), key: PhantomData }
    }
}

impl<K: Handle, T> Groups<K, T> {
    /// Groups pairs by their owner; the order inside a group stays.
    pub(crate) fn new(owners: usize, mut pairs: Vec<(K, T)>) -> Self {
        pairs.sort_by_key(|(owner, _)| owner.number());
        let mut ends = vec![0_u32; owners];
        for (owner, _) in &pairs {
            ends[owner.number() as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        Self { ends, items: pairs.into_iter().map(|(_, item)| item).collect(), key: PhantomData }
    }

    /// Sorts the items of each owner.
    pub(crate) fn sort_each(&mut self, compare: impl Fn(&T, &T) -> std::cmp::Ordering) {
        let mut start = 0;
        for &end in &self.ends {
            self.items[start..end as usize].sort_by(&compare);
            start = end as usize;
        }
    }

    /// The place of an owner's items.
    pub fn range(&self, owner: K) -> std::ops::Range<usize> {
        let at = owner.number() as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        start..self.ends[at] as usize
    }

    /// An owner's items.
    pub fn of(&self, owner: K) -> &[T] {
        &self.items[self.range(owner)]
    }

    /// All items, in the order of their owners.
    pub fn all(&self) -> &[T] {
        &self.items
    }
}

/// A hash that is fast on ids and short texts; the keys are ours, so nobody can choose them to collide.
#[derive(Default)]
pub struct FastHasher(u64);

const SEED: u64 = 0x517c_c1b7_2722_0a95;

impl FastHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SEED);
    }
}

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.add(u64::from_le_bytes(last) ^ ((rest.len() as u64) << 56));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.add(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.add(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }

    fn finish(&self) -> u64 {
        // The table takes the low bits; multiplication leaves the entropy in the high ones.
        self.0 ^ (self.0 >> 29)
    }
}

/// A map with the fast hash.
pub type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

/// A set with the fast hash.
pub type FastSet<T> = HashSet<T, BuildHasherDefault<FastHasher>>;

/// The fast hash of some bytes.
pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = FastHasher::default();
    hasher.write(bytes);
    hasher.write_usize(bytes.len());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_handles_cost_nothing_and_groups_keep_their_order() {
        assert_eq!(size_of::<Option<OrgIx>>(), 4);
        let pairs = vec![(OrgIx::new(2), 'a'), (OrgIx::new(0), 'b'), (OrgIx::new(2), 'c')];
        let groups = Groups::new(4, pairs);
        assert_eq!(groups.of(OrgIx::new(0)), ['b']);
        assert!(groups.of(OrgIx::new(1)).is_empty());
        assert_eq!(groups.of(OrgIx::new(2)), ['a', 'c']);
        assert!(groups.of(OrgIx::new(3)).is_empty());
    }
}

//! A dense set of handles, for one request: a bit for each, in one piece. Finding one is a load and a mask, where a
//! compressed set has to search.

use roaring::RoaringBitmap;

/// A plain set of documents: filled and intersected faster than a compressed one at these sizes.
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, at: u32) {
        self.0[at as usize / 64] |= 1 << (at % 64);
    }

    pub(crate) fn contains(&self, at: u32) -> bool {
        self.0[at as usize / 64] & 1 << (at % 64) != 0
    }

    /// Takes one out; says whether it was in.
    pub(crate) fn take(&mut self, at: u32) -> bool {
        let was = self.contains(at);
        self.0[at as usize / 64] &= !(1 << (at % 64));
        was
    }

    /// Keeps those that pass a test.
    pub(crate) fn retain(&mut self, passes: impl Fn(u32) -> bool) {
        for (at, word) in self.0.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                if !passes(at as u32 * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub(crate) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    at as u32 * 64 + bit
                })
            })
        })
    }
}

/// A selection that many other sets are counted in.
pub(crate) struct Within<'a> {
    selection: &'a RoaringBitmap,
    bits: Bits,
}

impl<'a> Within<'a> {
    /// A selection of handles below `size`.
    pub(crate) fn new(selection: &'a RoaringBitmap, size: usize) -> Self {
        let mut bits = Bits::new(size);
        selection.iter().for_each(|at| bits.insert(at));
        Self { selection, bits }
    }

    /// Whether it has a handle.
    pub(crate) fn contains(&self, at: u32) -> bool {
        self.bits.contains(at)
    }

    /// How many of a set are in it.
    pub(crate) fn count(&self, set: &RoaringBitmap) -> u64 {
        // An intersection of lists walks both: members of the shorter one are quicker looked up.
        if set.len() <= self.selection.len() {
            set.iter().filter(|&at| self.contains(at)).count() as u64
        } else {
            set.intersection_len(self.selection)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_agrees_with_intersecting() {
        let selection: RoaringBitmap = (0..10_000).filter(|at| at % 3 == 0).collect();
        let within = Within::new(&selection, 10_000);
        for step in [1, 2, 7, 100, 5_000] {
            let set: RoaringBitmap = (0..10_000).step_by(step).collect();
            assert_eq!(within.count(&set), set.intersection_len(&selection), "every {step}th");
        }
    }
}

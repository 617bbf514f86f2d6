//! The counts that small marks are drawn from: organisations by family and by area.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::AreaScheme;
use roaring::RoaringBitmap;

use super::projection::Ground;
use crate::atlas::{Atlas, Dimension, OrgIx, Value};

/// Organisations per family, in the order of legends; those without any are left out.
pub(super) fn families(atlas: &Atlas, organisations: &RoaringBitmap) -> Vec<(String, u64)> {
    let mut counts = vec![0_u64; atlas.families().len()];
    for org in organisations {
        let family = atlas.family(OrgIx::new(org));
        if let Some(slot) = atlas.families().iter().position(|&of| of == family) {
            counts[slot] += 1;
        }
    }
    let named = atlas.families().iter().map(|&family| atlas.str(family).to_owned());
    named.zip(counts).filter(|(_, count)| *count > 0).collect()
}

/// What a map of some organisations shows, and how many work from each of its areas, by code.
pub struct Places {
    /// The ground that holds them.
    pub ground: Ground,
    /// Organisations per area that has any.
    pub counts: BTreeMap<String, u64>,
}

/// Where organisations are: in the states of the one country they share, else in the countries of the world.
/// `None` where no place is known.
pub fn places(atlas: &Atlas, organisations: &RoaringBitmap) -> Option<Places> {
    let count = |scheme: AreaScheme| -> BTreeMap<String, u64> {
        atlas
            .areas()
            .filter(|&area| atlas.area(area).scheme == scheme)
            .filter_map(|area| {
                let here = atlas.organisations_with(Dimension::Area, Value::Area(area));
                let count = here.intersection_len(organisations);
                (count > 0).then(|| (atlas.str(atlas.area(area).code).to_owned(), count))
            })
            .collect()
    };
    let countries = count(AreaScheme::Country);
    let states = count(AreaScheme::Subdivision);
    let mut codes: Vec<&str> =
        countries.keys().map(String::as_str).chain(states.keys().map(|code| &code[..code.len().min(2)])).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes[..] {
        [] => None,
        [one] => {
            let ground = Ground::of_country(one).filter(|_| !states.is_empty());
            Some(match ground {
                Some(ground) => Places { ground, counts: states },
                None => Places { ground: Ground::World, counts: countries },
            })
        }
        _ => Some(Places { ground: Ground::World, counts: countries }),
    }
}

/// Upper bounds of the first four classes; zero stands apart, the fifth is open.
const BREAKS: [u64; 4] = [1, 4, 9, 49];
/// The classes in words, zero first.
pub(super) const CLASSES: [&str; 6] = ["0", "1", "2–4", "5–9", "10–49", "50+"];

/// The class of a count on the sequential scale, 0 to 5.
pub fn class_of(count: u64) -> usize {
    if count == 0 { 0 } else { BREAKS.iter().position(|&limit| count <= limit).map_or(5, |at| at + 1) }
}

/// The classes that some count is of, with their words; where there is one, others have none.
pub fn classes_of(counts: impl Iterator<Item = u64>) -> Vec<(usize, &'static str)> {
    let found: BTreeSet<usize> = counts.map(class_of).chain([0]).collect();
    CLASSES.into_iter().enumerate().filter(|(class, _)| found.contains(class)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_round_breaks() {
        let cases = [(0, 0), (1, 1), (2, 2), (4, 2), (5, 3), (9, 3), (10, 4), (49, 4), (50, 5), (9_999, 5)];
        for (count, class) in cases {
            assert_eq!(class_of(count), class, "{count}");
        }
    }

    #[test]
    fn a_key_has_the_classes_that_occur() {
        assert_eq!(classes_of([7, 1, 6, 120].into_iter()), [(0, "0"), (1, "1"), (3, "5–9"), (5, "50+")]);
        assert_eq!(classes_of([].into_iter()), [(0, "0")]);
    }
}

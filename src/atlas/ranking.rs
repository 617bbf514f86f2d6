//! Organisations in each order that lists have: made when a list first asks for it, and kept with the atlas.

use std::collections::HashMap;
use std::sync::OnceLock;

use roaring::RoaringBitmap;

use super::Atlas;
use super::handle::OrgIx;
use super::order::{OrganisationOrder, Sort, SortKey};
use super::strings::Lang;

/// A permutation and its inverse.
#[derive(Debug, Default)]
pub(crate) struct Ranking {
    order: Vec<u32>,
    rank: Vec<u32>,
}

impl Ranking {
    pub(crate) fn new(order: Vec<u32>) -> Self {
        let mut rank = vec![0; order.len()];
        for (at, &of) in order.iter().enumerate() {
            rank[of as usize] = at as u32;
        }
        Self { order, rank }
    }

    /// The first rows of a selection from a place on. The work is bounded by the smaller of the selection and
    /// the stretch of the order that must be walked to find enough of it.
    pub(crate) fn take(&self, ids: &RoaringBitmap, from: u32, count: usize) -> Vec<u32> {
        let (selected, all) = (ids.len(), self.order.len() as u64);
        if selected.saturating_mul(selected) > all.saturating_mul(count as u64) {
            let rest = self.order.get(from as usize..).unwrap_or_default();
            return rest.iter().copied().filter(|&of| ids.contains(of)).take(count).collect();
        }
        let mut ranks: Vec<u32> = ids.iter().map(|of| self.rank[of as usize]).filter(|&rank| rank >= from).collect();
        if ranks.len() > count {
            ranks.select_nth_unstable(count - 1);
            ranks.truncate(count);
        }
        ranks.sort_unstable();
        ranks.into_iter().map(|rank| self.order[rank as usize]).collect()
    }

    /// The row at a place.
    pub(crate) fn at(&self, place: u32) -> u32 {
        self.order[place as usize]
    }
}

/// The orders of organisations.
#[derive(Debug)]
pub(crate) struct Orders {
    rankings: Vec<OnceLock<Ranking>>,
}

impl Default for Orders {
    fn default() -> Self {
        Self { rankings: (0..OrganisationOrder::ALL.len() * 4).map(|_| OnceLock::new()).collect() }
    }
}

impl Orders {
    /// The ranking of an order in a language.
    pub(crate) fn of(&self, atlas: &Atlas, sort: Sort, lang: Lang) -> &Ranking {
        let is_english = sort.by.speaks() && lang == Lang::EN;
        let at = sort.by as usize * 4 + usize::from(sort.is_turned) * 2 + usize::from(is_english);
        self.rankings[at].get_or_init(|| rank(atlas, sort, lang))
    }
}

/// Ranks all organisations; equal ones stand in the order of their handles, which is by Spanish name.
fn rank(atlas: &Atlas, sort: Sort, lang: Lang) -> Ranking {
    let all = || (0..atlas.organisations.len() as u32).map(OrgIx::new);
    let keys: Vec<_> = all().map(|org| atlas.sort_key(sort.by, org, lang)).collect();
    let places = places(atlas, lang, &keys);
    let mut rows: Vec<(bool, i64, u32)> = all()
        .zip(&keys)
        .map(|(org, key)| {
            let place = match key {
                None => 0,
                Some(SortKey::Number(number)) => *number,
                Some(SortKey::Text(text)) => places[text],
            };
            // The complement runs the other way, and has no number that it cannot turn.
            (key.is_none(), if sort.is_turned { !place } else { place }, org.get())
        })
        .collect();
    if sort.by == OrganisationOrder::Name {
        // Equal names stand by id, as cursors compare them.
        rows.sort_unstable_by_key(|&(_, place, org)| (place, atlas.organisation(OrgIx::new(org)).id));
    } else {
        rows.sort_unstable();
    }
    Ranking::new(rows.into_iter().map(|(_, _, org)| org).collect())
}

/// The place of each text among all, as its language orders them.
fn places<'a>(atlas: &Atlas, lang: Lang, keys: &[Option<SortKey<'a>>]) -> HashMap<&'a str, i64> {
    let mut texts: Vec<&str> =
        keys.iter().filter_map(|key| if let Some(SortKey::Text(text)) = key { Some(*text) } else { None }).collect();
    texts.sort_unstable();
    texts.dedup();
    let order = atlas.collation.order(lang, texts.iter().map(|text| ((), text)));
    order.into_iter().zip(0..).map(|(text, place)| (texts[text as usize], place)).collect()
}

//! The order of the table on the screen, for its file: by any column, either way round.

use crate::atlas::{Atlas, Lang, OrgIx, OrganisationOrder, Sort};
use roaring::RoaringBitmap;

/// The order that the address means by a word; `-` in front turns it round.
pub fn sort_of(word: &str) -> Option<Sort> {
    let (is_turned, word) = word.strip_prefix('-').map_or((false, word), |rest| (true, rest));
    let by = match word {
        "name" => OrganisationOrder::Name,
        "publishers" => OrganisationOrder::PublishersUsed,
        "datasets" => OrganisationOrder::DatasetsUsed,
        "claims" => OrganisationOrder::Claims,
        "founded" => OrganisationOrder::Founded,
        "updated" => OrganisationOrder::Updated,
        "sector" => OrganisationOrder::Sector,
        "place" => OrganisationOrder::Place,
        "kind" => OrganisationOrder::Kind,
        "size" => OrganisationOrder::Size,
        "evidence" => OrganisationOrder::Evidence,
        _ => return None,
    };
    Some(Sort { by, is_turned })
}

/// The organisations in this order.
pub(super) fn rows(sort: Sort, atlas: &Atlas, organisations: &RoaringBitmap, lang: Lang) -> Vec<u32> {
    let first = usize::try_from(organisations.len()).unwrap_or(usize::MAX - 1);
    let page = atlas.page(organisations, sort, lang, first, None);
    page.map(|page| page.items.into_iter().map(OrgIx::get).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_has_a_word_and_the_sign_turns_it() {
        let words = "name publishers datasets claims founded updated sector place kind size evidence";
        let orders: Vec<_> = words.split(' ').filter_map(sort_of).map(|sort| sort.by).collect();
        assert_eq!(orders, OrganisationOrder::ALL);
        assert_eq!(sort_of("-size"), Some(Sort { by: OrganisationOrder::Size, is_turned: true }));
        assert_eq!(sort_of("fame"), None);
    }
}

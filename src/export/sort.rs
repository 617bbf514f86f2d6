//! The order of the table on the screen, for its file: by any column, either way round.

use std::cmp::Reverse;

use crate::atlas::{Atlas, Lang, OrgIx, OrganisationOrder};
use entity::vocabulary::Grade;
use roaring::RoaringBitmap;

/// What rows are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// An order that lists of the API have too.
    List(OrganisationOrder),
    Sector,
    Place,
    Kind,
    Size,
    Evidence,
}

/// A column that rows are ordered by, and whether the other way round than at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    by: By,
    is_turned: bool,
}

/// What a row is compared by; what is not known comes last whichever way it runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Text(Vec<u8>),
    Number(i64),
}

impl Sort {
    /// The order that the address means by a word; `-` in front turns it round.
    pub fn of(word: &str) -> Option<Self> {
        let (is_turned, word) = word.strip_prefix('-').map_or((false, word), |rest| (true, rest));
        let by = match word {
            "name" => By::List(OrganisationOrder::Name),
            "publishers" => By::List(OrganisationOrder::PublishersUsed),
            "datasets" => By::List(OrganisationOrder::DatasetsUsed),
            "claims" => By::List(OrganisationOrder::Claims),
            "founded" => By::List(OrganisationOrder::Founded),
            "updated" => By::List(OrganisationOrder::Updated),
            "sector" => By::Sector,
            "place" => By::Place,
            "kind" => By::Kind,
            "size" => By::Size,
            "evidence" => By::Evidence,
            _ => return None,
        };
        Some(Self { by, is_turned })
    }

    /// The organisations in this order; equal ones stand by name.
    pub(super) fn rows(self, atlas: &Atlas, organisations: &RoaringBitmap, lang: Lang) -> Vec<u32> {
        let listed = |order: OrganisationOrder| -> Vec<OrgIx> {
            let first = usize::try_from(organisations.len()).unwrap_or(usize::MAX - 1);
            atlas.page(organisations, order, lang, first, None).map(|page| page.items).unwrap_or_default()
        };
        let mut rows = match self.by {
            By::List(order) if !self.is_turned => listed(order),
            _ => listed(OrganisationOrder::Name),
        };
        if self.by == By::List(OrganisationOrder::Name) {
            if self.is_turned {
                rows.reverse();
            }
        } else if self.is_turned || !matches!(self.by, By::List(_)) {
            // The first way of numbers runs from the greatest, but for the year founded.
            let runs_down = self.is_turned != self.runs_down();
            rows.sort_by_cached_key(|&org| {
                let key = self.key(atlas, org, lang);
                let (up, down) = if runs_down { (None, Some(Reverse(key.clone()))) } else { (Some(key.clone()), None) };
                (key.is_none(), up, down)
            });
        }
        rows.into_iter().map(OrgIx::get).collect()
    }

    fn runs_down(self) -> bool {
        use OrganisationOrder::{Founded, Name};
        match self.by {
            By::Size => true,
            By::List(order) => !matches!(order, Founded | Name),
            By::Sector | By::Place | By::Kind | By::Evidence => false,
        }
    }

    fn key(self, atlas: &Atlas, org: OrgIx, lang: Lang) -> Option<Key> {
        let row = atlas.organisation(org);
        let text = |text: &str| Key::Text(atlas.collation().key(lang, text));
        let named = |count: u32| Some(count).filter(|&count| count > 0).map(|count| Key::Number(count.into()));
        match self.by {
            By::Sector => {
                let label = row.sector.map(|code| atlas.label(atlas.code_row(code).label, lang).value);
                label.or_else(|| atlas.maybe(row.sector_text)).map(text)
            }
            By::Place => {
                let area = row.area.map(|area| atlas.label(atlas.area(area).name, lang).value);
                let stated = || atlas.locations_of(org).first().and_then(|location| atlas.maybe(location.locality));
                area.or_else(stated).map(text)
            }
            By::Kind => Some(text(crate::texts::label(lang, "api.kind", row.kind.as_str()))),
            By::Size => row.size_band.map(|band| Key::Number(band as i64)),
            By::Evidence => {
                let place = |grade: Grade| Grade::ALL.iter().position(|one| *one == grade).unwrap_or_default();
                atlas.best_grade(org).map(|grade| Key::Number(place(grade) as i64))
            }
            By::List(order) => match order {
                OrganisationOrder::Name => None,
                OrganisationOrder::PublishersUsed => named(row.publishers_used),
                OrganisationOrder::DatasetsUsed => named(row.datasets_used),
                OrganisationOrder::Claims => Some(Key::Number(row.claim_count.into())),
                OrganisationOrder::Founded => {
                    row.founded.map(|founded| Key::Number(chrono::Datelike::num_days_from_ce(&founded.on).into()))
                }
                OrganisationOrder::Updated => Some(Key::Number(row.updated_at.timestamp_micros())),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::fixture::mini;

    #[test]
    fn every_column_sorts_either_way_and_what_is_not_known_comes_last() {
        let atlas = mini().atlas();
        let all = atlas.listed();
        let words = [
            "name",
            "publishers",
            "datasets",
            "claims",
            "founded",
            "updated",
            "sector",
            "place",
            "kind",
            "size",
            "evidence",
        ];
        for word in words {
            let sort = Sort::of(word).unwrap();
            let turned = Sort::of(&format!("-{word}")).unwrap();
            let (there, back) = (sort.rows(&atlas, all, Lang::EN), turned.rows(&atlas, all, Lang::EN));
            assert_eq!(there.iter().copied().collect::<RoaringBitmap>(), *all, "{word}: every row once");
            assert_eq!(back.iter().copied().collect::<RoaringBitmap>(), *all, "{word}");
            if word == "name" {
                assert_eq!(there.iter().rev().copied().collect::<Vec<_>>(), back);
                continue;
            }
            let keys = |rows: &[u32]| -> Vec<Option<Key>> {
                rows.iter().map(|&org| sort.key(&atlas, OrgIx::new(org), Lang::EN)).collect()
            };
            for (rows, down) in [(there, sort.runs_down()), (back, !sort.runs_down())] {
                let keys = keys(&rows);
                let known: Vec<_> = keys.iter().flatten().collect();
                assert!(keys[known.len()..].iter().all(Option::is_none), "{word}: what is not known is last");
                assert!(
                    known.windows(2).all(|pair| if down { pair[0] >= pair[1] } else { pair[0] <= pair[1] }),
                    "{word}"
                );
            }
        }
        assert_eq!(Sort::of("fame"), None);
    }
}

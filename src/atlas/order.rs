//! Orders of lists, pages of them, and cursors that stay valid when the atlas is built anew: a cursor
//! names the last row by its sort key and id, not by its place.

use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::id::OrganisationId;
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::handle::OrgIx;
use super::strings::Lang;
use super::{Atlas, DatasetIx};

/// How a list of organisations is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganisationOrder {
    /// By name, in the language asked for.
    Name,
    /// By distinct publishers used, most first.
    PublishersUsed,
    /// By distinct datasets used, most first.
    DatasetsUsed,
    /// By counted claims, most first.
    Claims,
    /// By year founded, oldest first; unknown last.
    Founded,
    /// By last change, newest first.
    Updated,
}

impl OrganisationOrder {
    /// Every order.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::PublishersUsed, Self::DatasetsUsed, Self::Claims, Self::Founded, Self::Updated];
}

/// The last row of a page: order, sort key, id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    order: u8,
    lang: Lang,
    number: i64,
    name: String,
    id: Uuid,
}

impl Cursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let mut bytes = vec![self.order];
        bytes.extend_from_slice(self.lang.as_str().as_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        bytes.extend_from_slice(self.name.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads the opaque text; `None` when it is not one of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (head, name) = bytes.split_at_checked(27)?;
        Some(Self {
            order: head[0],
            lang: Lang::new(std::str::from_utf8(&head[1..3]).ok()?),
            number: i64::from_be_bytes(head[3..11].try_into().ok()?),
            id: Uuid::from_slice(&head[11..27]).ok()?,
            name: String::from_utf8(name.to_vec()).ok()?,
        })
    }
}

/// A cursor that belongs to another order, language or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongCursor;

/// Some rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Whether rows follow.
    pub has_next: bool,
    /// Whether rows precede: the page was asked for with a cursor.
    pub has_previous: bool,
    /// All rows of the list.
    pub total: u64,
}

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
    fn take(&self, ids: &RoaringBitmap, from: u32, count: usize) -> Vec<u32> {
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
}

/// The orders of organisations; by Spanish name they stand in the order of their handles.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    names_en: Ranking,
    by_number: Vec<Ranking>,
}

impl Orders {
    pub(crate) fn build(atlas: &Atlas) -> Self {
        let all = || (0..atlas.organisations.len() as u32).map(OrgIx::new);
        let names = all().map(|org| (atlas.organisation(org).id, atlas.name(org, Lang::EN).value));
        let names_en = Ranking::new(atlas.collation.order(Lang::EN, names));
        let by_number = OrganisationOrder::ALL[1..]
            .iter()
            .map(|&order| {
                let mut rows: Vec<(i64, u32)> = all().map(|org| (atlas.sort_number(order, org), org.get())).collect();
                rows.sort_unstable();
                Ranking::new(rows.into_iter().map(|(_, org)| org).collect())
            })
            .collect();
        Self { names_en, by_number }
    }
}

impl Atlas {
    /// A page of a selection of organisations in some order, after a cursor.
    pub fn page(
        &self,
        ids: &RoaringBitmap,
        order: OrganisationOrder,
        lang: Lang,
        first: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<OrgIx>, WrongCursor> {
        let from = match after {
            None => 0,
            Some(cursor) => self.place_after(order, lang, cursor)?,
        };
        let mut items: Vec<u32> = match self.ranking(order, lang) {
            None => ids.range(from..).take(first + 1).collect(),
            Some(ranking) => ranking.take(ids, from, first + 1),
        };
        let has_next = items.len() > first;
        items.truncate(first);
        Ok(Page {
            items: items.into_iter().map(OrgIx::new).collect(),
            has_next,
            has_previous: after.is_some(),
            total: ids.len(),
        })
    }

    /// The cursor of a row.
    pub fn cursor(&self, org: OrgIx, order: OrganisationOrder, lang: Lang) -> Cursor {
        Cursor {
            order: order as u8,
            lang: order_language(lang),
            number: self.sort_number(order, org),
            name: self.sort_name(order, org, lang).to_owned(),
            id: self.organisation(org).id.0,
        }
    }

    fn ranking(&self, order: OrganisationOrder, lang: Lang) -> Option<&Ranking> {
        match order {
            OrganisationOrder::Name if lang == Lang::EN => Some(&self.orders.names_en),
            OrganisationOrder::Name => None,
            order => Some(&self.orders.by_number[order as usize - 1]),
        }
    }

    /// The number that an order goes by, smallest first; 0 when it goes by name.
    fn sort_number(&self, order: OrganisationOrder, org: OrgIx) -> i64 {
        let row = self.organisation(org);
        match order {
            OrganisationOrder::Name => 0,
            OrganisationOrder::PublishersUsed => -i64::from(row.publishers_used),
            OrganisationOrder::DatasetsUsed => -i64::from(row.datasets_used),
            OrganisationOrder::Claims => -i64::from(row.claim_count),
            OrganisationOrder::Founded => {
                row.founded.map_or(i64::MAX, |founded| i64::from(chrono::Datelike::num_days_from_ce(&founded.on)))
            }
            OrganisationOrder::Updated => -row.updated_at.timestamp_micros(),
        }
    }

    /// The name that breaks ties: Spanish wherever the order goes by a number.
    fn sort_name(&self, order: OrganisationOrder, org: OrgIx, lang: Lang) -> &str {
        let lang = if order == OrganisationOrder::Name { lang } else { Lang::ES };
        self.name(org, lang).value
    }

    /// The place of the first row after a cursor, also when its row is gone or has moved.
    fn place_after(&self, order: OrganisationOrder, lang: Lang, cursor: &Cursor) -> Result<u32, WrongCursor> {
        if cursor.order != order as u8 || cursor.lang != order_language(lang) {
            return Err(WrongCursor);
        }
        let ranking = self.ranking(order, lang);
        let name_lang = if order == OrganisationOrder::Name { lang } else { Lang::ES };
        let compare = |org: OrgIx| -> Ordering {
            self.sort_number(order, org).cmp(&cursor.number).then_with(|| {
                self.collation
                    .compare(name_lang, self.sort_name(order, org, lang), &cursor.name)
                    .then_with(|| self.organisation(org).id.cmp(&OrganisationId(cursor.id)))
            })
        };
        let count = self.organisations.len();
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            let org = OrgIx::new(ranking.map_or(middle as u32, |ranking| ranking.order[middle]));
            if compare(org).is_gt() { high = middle } else { low = middle + 1 }
        }
        Ok(low as u32)
    }

    /// A page of a list of datasets that already stands in its order; the cursor names the last row by id.
    pub fn dataset_page(
        &self,
        rows: &[DatasetIx],
        first: usize,
        after: Option<&str>,
    ) -> Result<Page<DatasetIx>, WrongCursor> {
        page_of(rows, first, after, |row| self.dataset(*row).id.0)
    }
}

/// The order knows two languages.
fn order_language(lang: Lang) -> Lang {
    if lang == Lang::EN { Lang::EN } else { Lang::ES }
}

/// A page of a short list that already stands in its order. Where the cursor's row has left the list the
/// cursor is refused, so that no row is skipped silently.
pub fn page_of<T: Clone>(
    rows: &[T],
    first: usize,
    after: Option<&str>,
    id: impl Fn(&T) -> Uuid,
) -> Result<Page<T>, WrongCursor> {
    let from = match after {
        None => 0,
        Some(cursor) => {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| WrongCursor)?;
            let wanted = Uuid::from_slice(&bytes).map_err(|_| WrongCursor)?;
            rows.iter().position(|row| id(row) == wanted).ok_or(WrongCursor)? + 1
        }
    };
    let items: Vec<T> = rows[from..].iter().take(first).cloned().collect();
    Ok(Page { has_next: from + items.len() < rows.len(), has_previous: from > 0, items, total: rows.len() as u64 })
}

/// The cursor of a row of a short list.
pub fn id_cursor(id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(id.as_bytes())
}

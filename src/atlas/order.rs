//! Orders of lists, pages of them, and cursors that stay valid when the atlas is built anew: a cursor
//! names the last row by its sort key and id, not by its place.

use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::id::OrganisationId;
use entity::vocabulary::OrganisationKind;
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::handle::OrgIx;
use super::ranking::Ranking;
use super::strings::Lang;
use super::{Atlas, DatasetIx};

/// What a list of organisations is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganisationOrder {
    /// By name, in the language asked for.
    Name,
    /// By distinct publishers used, most first; those that name none last.
    PublishersUsed,
    /// By distinct datasets used, most first; those that name none last.
    DatasetsUsed,
    /// By counted claims, most first.
    Claims,
    /// By year founded, oldest first; unknown last.
    Founded,
    /// By last change, newest first.
    Updated,
    /// By sector, in the language asked for; a sector that no list has by its stated name; none last.
    Sector,
    /// By area, in the language asked for, else by the stated place; unknown last.
    Place,
    /// By kind, in the order of the list of kinds.
    Kind,
    /// By employees, most first; unknown last.
    Size,
    /// By the best grade of its counted claims, best first; none last.
    Evidence,
}

impl OrganisationOrder {
    /// Every order.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::PublishersUsed,
        Self::DatasetsUsed,
        Self::Claims,
        Self::Founded,
        Self::Updated,
        Self::Sector,
        Self::Place,
        Self::Kind,
        Self::Size,
        Self::Evidence,
    ];

    /// Whether it differs by language.
    pub(crate) fn speaks(self) -> bool {
        matches!(self, Self::Name | Self::Sector | Self::Place)
    }
}

/// An order and the way it runs. What is not known comes last either way, and equal rows stand by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What it goes by.
    pub by: OrganisationOrder,
    /// Whether it runs the other way than its order says.
    pub is_turned: bool,
}

impl From<OrganisationOrder> for Sort {
    fn from(by: OrganisationOrder) -> Self {
        Self { by, is_turned: false }
    }
}

impl Sort {
    fn code(self) -> u8 {
        self.by as u8 | if self.is_turned { 0x80 } else { 0 }
    }

    fn run(self, ordering: Ordering) -> Ordering {
        if self.is_turned { ordering.reverse() } else { ordering }
    }
}

/// What a row is ordered by, smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortKey<'a> {
    /// A text, which its language orders.
    Text(&'a str),
    /// A number.
    Number(i64),
}

/// The last row of a page: order, sort key, name, id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    sort: u8,
    is_known: bool,
    lang: Lang,
    number: i64,
    text: String,
    name: String,
    id: Uuid,
}

impl Cursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let mut bytes = vec![self.sort, u8::from(self.is_known)];
        bytes.extend_from_slice(self.lang.as_str().as_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        bytes.extend_from_slice(self.text.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(self.name.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads the opaque text; `None` when it is not one of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (head, texts) = bytes.split_at_checked(28)?;
        let (text, name) = std::str::from_utf8(texts).ok()?.split_once('\0')?;
        Some(Self {
            sort: head[0],
            is_known: head[1] == 1,
            lang: Lang::new(std::str::from_utf8(&head[2..4]).ok()?),
            number: i64::from_be_bytes(head[4..12].try_into().ok()?),
            text: text.to_owned(),
            name: name.to_owned(),
            id: Uuid::from_slice(&head[12..28]).ok()?,
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

impl Atlas {
    /// A page of a selection of organisations in some order, after a cursor.
    pub fn page(
        &self,
        ids: &RoaringBitmap,
        sort: Sort,
        lang: Lang,
        first: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<OrgIx>, WrongCursor> {
        let lang = order_language(lang);
        let ranking = self.ranking(sort, lang);
        let from = match after {
            None => 0,
            Some(cursor) => self.place_after(ranking, sort, lang, cursor)?,
        };
        let mut items: Vec<u32> = match ranking {
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
    pub fn cursor(&self, org: OrgIx, sort: Sort, lang: Lang) -> Cursor {
        let lang = order_language(lang);
        let key = self.sort_key(sort.by, org, lang);
        Cursor {
            sort: sort.code(),
            is_known: key.is_some(),
            lang,
            number: if let Some(SortKey::Number(number)) = key { number } else { 0 },
            text: if let Some(SortKey::Text(text)) = key { text.to_owned() } else { String::new() },
            name: self.sort_name(sort.by, org, lang).to_owned(),
            id: self.organisation(org).id.0,
        }
    }

    /// The ranking of an order; `None` where rows stand in the order of their handles, which is by Spanish name.
    fn ranking(&self, sort: Sort, lang: Lang) -> Option<&Ranking> {
        let is_plain = sort.by == OrganisationOrder::Name && !sort.is_turned && lang != Lang::EN;
        (!is_plain).then(|| self.orders.of(self, sort, lang))
    }

    /// What an organisation is ordered by; `None` where it is not known.
    pub(crate) fn sort_key(&self, by: OrganisationOrder, org: OrgIx, lang: Lang) -> Option<SortKey<'_>> {
        let row = self.organisation(org);
        let most_first = |count: u32| SortKey::Number(-i64::from(count));
        match by {
            OrganisationOrder::Name => Some(SortKey::Text(self.name(org, lang).value)),
            OrganisationOrder::PublishersUsed => Some(row.publishers_used).filter(|&count| count > 0).map(most_first),
            OrganisationOrder::DatasetsUsed => Some(row.datasets_used).filter(|&count| count > 0).map(most_first),
            OrganisationOrder::Claims => Some(most_first(row.claim_count)),
            OrganisationOrder::Founded => {
                row.founded.map(|founded| SortKey::Number(chrono::Datelike::num_days_from_ce(&founded.on).into()))
            }
            OrganisationOrder::Updated => Some(SortKey::Number(-row.updated_at.timestamp_micros())),
            OrganisationOrder::Sector => {
                let label = row.sector.map(|code| self.label(self.code_row(code).label, lang).value);
                label.or_else(|| self.maybe(row.sector_text)).map(SortKey::Text)
            }
            OrganisationOrder::Place => {
                let area = row.area.map(|area| self.label(self.area(area).name, lang).value);
                let stated = || self.locations_of(org).first().and_then(|location| self.maybe(location.locality));
                area.or_else(stated).map(SortKey::Text)
            }
            OrganisationOrder::Kind => {
                OrganisationKind::ALL.iter().position(|&kind| kind == row.kind).map(|at| SortKey::Number(at as i64))
            }
            OrganisationOrder::Size => row.size_band.map(|band| SortKey::Number(-(band as i64))),
            OrganisationOrder::Evidence => self.best_grade(org).map(|grade| SortKey::Number(grade as i64)),
        }
    }

    /// The name that equal rows stand by: Spanish wherever the order goes by something else.
    fn sort_name(&self, by: OrganisationOrder, org: OrgIx, lang: Lang) -> &str {
        self.name(org, tie_language(by, lang)).value
    }

    /// Where a row stands to the one that a cursor names.
    fn compare(&self, org: OrgIx, sort: Sort, lang: Lang, cursor: &Cursor) -> Ordering {
        let by_key = match self.sort_key(sort.by, org, lang) {
            None => cursor.is_known.cmp(&false),
            Some(_) if !cursor.is_known => Ordering::Less,
            Some(SortKey::Number(number)) => sort.run(number.cmp(&cursor.number)),
            Some(SortKey::Text(text)) => sort.run(self.collation.compare(lang, text, &cursor.text)),
        };
        by_key
            .then_with(|| {
                self.collation.compare(tie_language(sort.by, lang), self.sort_name(sort.by, org, lang), &cursor.name)
            })
            .then_with(|| self.organisation(org).id.cmp(&OrganisationId(cursor.id)))
    }

    /// The place of the first row after a cursor, also when its row is gone or has moved.
    fn place_after(
        &self,
        ranking: Option<&Ranking>,
        sort: Sort,
        lang: Lang,
        cursor: &Cursor,
    ) -> Result<u32, WrongCursor> {
        if cursor.sort != sort.code() || cursor.lang != lang {
            return Err(WrongCursor);
        }
        let (mut low, mut high) = (0, self.organisations.len() as u32);
        while low < high {
            let middle = u32::midpoint(low, high);
            let org = OrgIx::new(ranking.map_or(middle, |ranking| ranking.at(middle)));
            if self.compare(org, sort, lang, cursor).is_gt() { high = middle } else { low = middle + 1 }
        }
        Ok(low)
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

/// The language of the name that equal rows stand by.
fn tie_language(by: OrganisationOrder, lang: Lang) -> Lang {
    if by == OrganisationOrder::Name { lang } else { Lang::ES }
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

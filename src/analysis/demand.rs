//! The heat of data requests: who asks, and how long ago; and the demand for data that they add up to.

mod asked;

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::RequestStatus;
use roaring::RoaringBitmap;

use super::terms::{Punctuality, Term, punctuality};
use super::{Figure, method};
use crate::atlas::{Atlas, CodeIx, Dimension, Filter, OrgIx, Request, RequestIx};
use crate::domain::demand::{Supporter, age_months, is_open};

pub use asked::{Asked, Order, Words, chapters, requests, sectors};

/// Some that support a request since the same day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Support {
    pub by: Supporter,
    pub count: u32,
    pub age_months: f64,
}

impl Support {
    fn heat(self) -> f64 {
        let weight = match self.by {
            Supporter::Organisation => method::HEAT_ORGANISATION,
            Supporter::Person => method::HEAT_PERSON,
        };
        weight * f64::from(self.count) * 0.5_f64.powf(self.age_months / method::HEAT_HALF_LIFE)
    }
}

/// How much of the need is left. Refusing does not end it: what is refused is shown as refused, and as hot as before.
pub const fn urgency(status: RequestStatus) -> f64 {
    use RequestStatus as S;
    match status {
        S::Submitted | S::Triaged | S::Forwarded | S::AcceptedPlanned | S::Rejected => 1.0,
        S::PartiallyPublished => 0.5,
        S::Published | S::Duplicate | S::Withdrawn | S::NotGovernmentData => 0.0,
    }
}

/// The heat of a request.
pub fn heat(status: RequestStatus, supports: impl IntoIterator<Item = Support>) -> f64 {
    // A sum of nothing would be -0, which files and pages would print.
    urgency(status) * supports.into_iter().map(Support::heat).fold(0.0, |sum, heat| sum + heat)
}

/// The heat that organisations alone give it.
pub fn business_heat(status: RequestStatus, supports: impl IntoIterator<Item = Support>) -> f64 {
    heat(status, supports.into_iter().filter(|support| support.by == Supporter::Organisation))
}

/// Who supports a request, on the day of the atlas.
pub fn supports<'a>(atlas: &'a Atlas, request: &'a Request) -> impl Iterator<Item = Support> + 'a {
    request.supports.iter().map(|row| Support {
        by: row.by,
        count: row.count,
        age_months: age_months(row.supported_on, atlas.as_of),
    })
}

/// The heat of a request of the atlas, and that of organisations alone.
pub fn heat_of(atlas: &Atlas, request: &Request) -> (f64, f64) {
    let all = supports(atlas, request);
    (heat(request.status, all), business_heat(request.status, supports(atlas, request)))
}

/// Whether the term of a request is over and nothing was said.
pub fn is_overdue(atlas: &Atlas, request: &Request) -> bool {
    let waits = request.status == RequestStatus::Forwarded && request.answered_on.is_none();
    waits && request.due_on.is_some_and(|due| due < atlas.as_of)
}

/// How many days after the end of its term a request was answered, or has been waiting; `None` in time.
pub fn late_days(atlas: &Atlas, request: &Request) -> Option<u64> {
    let until = match request.answered_on {
        None if request.status != RequestStatus::Forwarded => return None,
        answered => answered.unwrap_or(atlas.as_of),
    };
    let days = (until - request.due_on?).num_days();
    u64::try_from(days).ok().filter(|days| *days > 0)
}

/// How the terms of some requests were kept.
pub fn kept(atlas: &Atlas, list: &[RequestIx]) -> Punctuality {
    let terms: Vec<Term> = list
        .iter()
        .map(|&ix| atlas.request(ix))
        // What was taken back or ruled out owes no answer.
        .filter(|request| request.answered_on.is_some() || request.status == RequestStatus::Forwarded)
        .filter_map(|request| {
            Some(Term {
                forwarded_on: request.forwarded_on?,
                due_on: request.due_on?,
                answered_on: request.answered_on,
            })
        })
        .collect();
    punctuality(&terms, atlas.as_of)
}

/// Whose need a cell of the matrix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Of organisations of a sector.
    Sector(CodeIx),
    /// Of organisations whose sector is not known or not shown.
    NoSector,
    /// Of persons.
    Persons,
}

/// What one sort of supporters ask one body for.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The body; `None` where nobody has said whose data it would be.
    pub publisher: Option<OrgIx>,
    pub side: Side,
    pub heat: f64,
    /// Distinct requests.
    pub requests: u32,
    /// Supports, each counted once per request.
    pub supports: u32,
}

/// What is asked for about one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Themed {
    /// `None` for requests of which nobody has said what they are about.
    pub theme: Option<CodeIx>,
    /// Distinct requests; one may be about several themes.
    pub requests: u32,
    pub heat: f64,
}

/// The demand for data.
#[derive(Clone, Debug)]
pub struct Demand {
    pub figure: Figure,
    /// The hottest first.
    pub cells: Vec<Cell>,
    /// By theme, in the order of the list, those about none last; the choice of themes itself is passed over.
    pub themes: Vec<Themed>,
    pub requests: usize,
    pub open: usize,
    pub punctuality: Punctuality,
    /// Supports of organisations and of persons.
    pub organisations: u32,
    pub persons: u32,
    /// Projects that wait for the data.
    pub blocked: u32,
    pub heat: f64,
    pub business_heat: f64,
}

/// Heat, requests and supports of one cell.
type Sums = (f64, BTreeSet<RequestIx>, u32);

/// The demand that some requests add up to; `n` counts the distinct organisations that support them and may be shown.
pub fn demand(atlas: &Atlas, asked: &Asked) -> Demand {
    let list = requests(atlas, asked, Order::Heat);
    let mut cells: BTreeMap<(Option<OrgIx>, Side), Sums> = BTreeMap::new();
    let (mut organisations, mut persons, mut blocked, mut heats) = (0, 0, 0, (0.0, 0.0));
    let mut named = RoaringBitmap::new();
    for &ix in &list {
        let request = atlas.request(ix);
        named.extend(request.named(atlas).map(OrgIx::get));
        let (all, business) = heat_of(atlas, request);
        heats = (heats.0 + all, heats.1 + business);
        for row in &request.supports {
            let support =
                Support { by: row.by, count: row.count, age_months: age_months(row.supported_on, atlas.as_of) };
            let side = match row.by {
                Supporter::Person => Side::Persons,
                Supporter::Organisation => row
                    .organisation
                    .filter(|&org| row.is_named && atlas.listed().contains(org.get()))
                    .and_then(|org| atlas.organisation(org).sector)
                    .map_or(Side::NoSector, Side::Sector),
            };
            match row.by {
                Supporter::Person => persons += row.count,
                Supporter::Organisation => organisations += row.count,
            }
            blocked += if row.blocks_project { row.count } else { 0 };
            let cell = cells.entry((request.publisher, side)).or_default();
            cell.0 += heat(request.status, [support]);
            cell.1.insert(ix);
            cell.2 += row.count;
        }
    }
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(|((publisher, side), (heat, requests, supports))| Cell {
            publisher,
            side,
            heat,
            requests: requests.len() as u32,
            supports,
        })
        .collect();
    cells.sort_by(|a, b| b.heat.total_cmp(&a.heat).then((a.publisher, a.side).cmp(&(b.publisher, b.side))));
    Demand {
        figure: figure(atlas, asked, &named),
        cells,
        themes: themes(atlas, asked),
        requests: list.len(),
        open: list.iter().filter(|&&ix| is_open(atlas.request(ix).status)).count(),
        punctuality: kept(atlas, &list),
        organisations,
        persons,
        blocked,
        heat: heats.0,
        business_heat: heats.1,
    }
}

fn themes(atlas: &Atlas, asked: &Asked) -> Vec<Themed> {
    let mut sums: BTreeMap<(bool, Option<CodeIx>), (u32, f64)> = BTreeMap::new();
    for ix in requests(atlas, &Asked { themes: Vec::new(), ..asked.clone() }, Order::Newest) {
        let request = atlas.request(ix);
        let heat = heat_of(atlas, request).0;
        let none = request.themes.is_empty().then_some(None);
        for theme in request.themes.iter().copied().map(Some).chain(none) {
            let sum = sums.entry((theme.is_none(), theme)).or_default();
            *sum = (sum.0 + 1, sum.1 + heat);
        }
    }
    sums.into_iter().map(|((_, theme), (requests, heat))| Themed { theme, requests, heat }).collect()
}

fn figure(atlas: &Atlas, asked: &Asked, named: &RoaringBitmap) -> Figure {
    let mut selection = atlas.select(&Filter::default());
    selection.organisations &= named;
    let figure = Figure::new(atlas, &Filter::default(), &selection, Dimension::Sector);
    // Whoever may not be shown is in the counts of supports, never in a number of its own.
    Figure { filters: asked.canonical(atlas), n: named.len(), undisclosed: None, ..figure }
}

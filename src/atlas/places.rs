//! Where organisations are, for maps: points inside a box, one counted symbol where several share a point or
//! crowd together, and counts per first-level area. Columns out, never one object per point.

use entity::vocabulary::{AreaScheme, Precision};
use roaring::RoaringBitmap;
use rstar::{AABB, RTree, RTreeObject};

use super::bits::Within;
use super::filter::Selection;
use super::values::{Dimension, Value};
use super::{AreaIx, Atlas, OrgIx};

/// One point of the earth with all that are on it.
#[derive(Clone, Debug, PartialEq)]
struct Site {
    longitude: f64,
    latitude: f64,
    /// Where it is in web Mercator: from 0 at the west and north to 1.
    mercator: [f64; 2],
    /// Place of its organisations in `Places::at_sites`.
    from: u32,
    to: u32,
}

/// A site in the tree: its point, and its place among the sites.
#[derive(Clone, Debug, PartialEq)]
struct Leaf {
    point: [f64; 2],
    site: u32,
}

impl RTreeObject for Leaf {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.point)
    }
}

/// No site: the organisation has no point.
const NOWHERE: u32 = u32::MAX;

/// The index of points.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// By longitude, then latitude.
    sites: Vec<Site>,
    tree: RTree<Leaf>,
    at_sites: Vec<u32>,
    /// By organisation, a place in `sites`.
    site_of: Vec<u32>,
    precisions: Vec<Precision>,
    placed: RoaringBitmap,
}

/// What part of the map is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// West, south, east, north; none: the whole earth.
    pub bbox: Option<[f64; 4]>,
    /// The zoom of web maps; none: every point, up to [`MOST_POINTS`].
    pub zoom: Option<f64>,
}

/// Beyond this many, points are clustered even where no zoom is given.
pub const MOST_POINTS: u64 = 20_000;
/// A cell of the zoom's grid with more organisations than this becomes one symbol.
pub const MOST_SINGLE: usize = 8;
/// The side of a grid cell, in pixels of a 512-pixel tile.
const CELL: f64 = 64.0;

/// Single organisations, as columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    pub organisation: Vec<OrgIx>,
    pub longitude: Vec<f64>,
    pub latitude: Vec<f64>,
    pub precision: Vec<Precision>,
}

/// Counted symbols, as columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Symbols {
    pub longitude: Vec<f64>,
    pub latitude: Vec<f64>,
    pub count: Vec<u32>,
    /// Organisations per family, in the order of `Atlas::families`.
    pub families: Vec<Vec<u32>>,
    /// Whether all of them stand on this one point.
    pub coincident: Vec<bool>,
    /// The first-level area of all of them, where it is one.
    pub area: Vec<Option<AreaIx>>,
    /// The first-level areas that they are in, those with most first: symbol after symbol, see [`Symbols::areas_of`].
    areas: Vec<AreaIx>,
    /// Where each symbol's areas end.
    area_ends: Vec<u32>,
}

impl Symbols {
    /// The first-level areas in which the organisations of the symbol at that place are, those with most first.
    pub fn areas_of(&self, at: usize) -> &[AreaIx] {
        let from = at.checked_sub(1).map_or(0, |before| self.area_ends[before]);
        &self.areas[from as usize..self.area_ends[at] as usize]
    }

    /// Adds the areas of the next symbol.
    fn push_areas(&mut self, areas: impl IntoIterator<Item = AreaIx>) {
        self.areas.extend(areas);
        self.area_ends.push(self.areas.len() as u32);
    }
}

/// A map's contents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapPoints {
    pub points: Points,
    pub symbols: Symbols,
    /// Distinct organisations per first-level area, of the whole selection.
    pub areas: Vec<(AreaIx, u64)>,
    /// Organisations inside the view.
    pub placed: u64,
    /// Organisations of the selection without a point anywhere.
    pub unplaced: u64,
}

impl Places {
    pub(crate) fn build(atlas: &Atlas) -> Self {
        let mut points: Vec<(i64, i64, u32)> = Vec::new();
        let mut precisions = vec![Precision::Country; atlas.organisations.len()];
        let mut placed = RoaringBitmap::new();
        for org in &atlas.reusers {
            if let Some((longitude, latitude, precision)) = position(atlas, OrgIx::new(org)) {
                precisions[org as usize] = precision;
                placed.insert(org);
                points.push(((longitude * 1e6).round() as i64, (latitude * 1e6).round() as i64, org));
            }
        }
        points.sort_unstable();
        let mut at_sites = Vec::with_capacity(points.len());
        let mut site_of = vec![NOWHERE; atlas.organisations.len()];
        let mut sites: Vec<Site> = Vec::new();
        for group in points.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let from = at_sites.len() as u32;
            for (_, _, org) in group {
                site_of[*org as usize] = sites.len() as u32;
                at_sites.push(*org);
            }
            let (longitude, latitude) = (group[0].0 as f64 / 1e6, group[0].1 as f64 / 1e6);
            let mercator = mercator(longitude, latitude);
            sites.push(Site { longitude, latitude, mercator, from, to: at_sites.len() as u32 });
        }
        let leaf = |(at, site): (usize, &Site)| Leaf { point: [site.longitude, site.latitude], site: at as u32 };
        let tree = RTree::bulk_load(sites.iter().enumerate().map(leaf).collect());
        Self { sites, tree, at_sites, site_of, precisions, placed }
    }

    /// The sites in a box, in no order.
    fn sites_in(&self, bbox: [f64; 4]) -> impl Iterator<Item = u32> {
        let [_, south, _, north] = bbox;
        longitudes(bbox)
            .into_iter()
            .flatten()
            .flat_map(move |(west, east)| {
                self.tree.locate_in_envelope(&AABB::from_corners([west, south], [east, north]))
            })
            .map(|leaf| leaf.site)
    }

    fn members(&self, site: u32) -> &[u32] {
        let site = &self.sites[site as usize];
        &self.at_sites[site.from as usize..site.to as usize]
    }
}

/// The one or two stretches of longitude of a box: one that crosses the antimeridian has two; one wider than the
/// earth is the earth.
fn longitudes([west, _, east, _]: [f64; 4]) -> [Option<(f64, f64)>; 2] {
    if east - west >= 360.0 {
        [Some((-180.0, 180.0)), None]
    } else if west > east {
        [Some((west, 180.0)), Some((-180.0, east))]
    } else {
        [Some((west, east)), None]
    }
}

/// Where an organisation stands: its own coordinates, else the centre of its state or municipality. The
/// centre of a country would say more than is known.
fn position(atlas: &Atlas, org: OrgIx) -> Option<(f64, f64, Precision)> {
    let location = atlas.locations_of(org).first()?;
    let valid = |longitude: f64, latitude: f64| longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
    if let (Some(longitude), Some(latitude)) = (location.longitude, location.latitude)
        && valid(longitude, latitude)
    {
        return Some((longitude, latitude, location.precision.unwrap_or(Precision::Point)));
    }
    let area = atlas.area(location.area?);
    let precision = match area.scheme {
        AreaScheme::Country => return None,
        AreaScheme::InegiMun => Precision::Municipality,
        AreaScheme::Subdivision | AreaScheme::InegiEnt => Precision::State,
    };
    let (longitude, latitude) = (area.longitude?, area.latitude?);
    valid(longitude, latitude).then_some((longitude, latitude, precision))
}

/// The organisations of a selection on each of its sites.
#[derive(Default)]
struct Gathered {
    /// The sites, ascending, and the end of each one's members.
    sites: Vec<(u32, u32)>,
    members: Vec<u32>,
}

impl Gathered {
    fn members(&self, at: usize) -> &[u32] {
        let from = if at == 0 { 0 } else { self.sites[at - 1].1 };
        &self.members[from as usize..self.sites[at].1 as usize]
    }

    fn add(&mut self, site: u32, members: impl Iterator<Item = u32>) {
        let before = self.members.len();
        self.members.extend(members);
        if self.members.len() > before {
            self.sites.push((site, self.members.len() as u32));
        }
    }
}

impl Atlas {
    /// The organisations inside a box, undisclosed ones included.
    pub(crate) fn organisations_in(&self, bbox: [f64; 4]) -> RoaringBitmap {
        self.places.sites_in(bbox).flat_map(|site| self.places.members(site)).copied().collect()
    }

    /// The position of an organisation: longitude, latitude, precision.
    pub fn position(&self, org: OrgIx) -> Option<(f64, f64, Precision)> {
        position(self, org)
    }

    /// What a map shows of a selection.
    pub fn map_points(&self, selection: &Selection, view: View) -> MapPoints {
        let chosen = &selection.organisations;
        let here = self.gather(chosen, view.bbox);
        let mut map = MapPoints {
            areas: self.choropleth(selection),
            placed: here.members.len() as u64,
            unplaced: chosen.len() - chosen.intersection_len(&self.places.placed),
            ..MapPoints::default()
        };
        let crowded = chosen.len() > MOST_POINTS;
        match view.zoom.or(crowded.then_some(5.0)) {
            None => (0..here.sites.len()).for_each(|at| self.draw_site(&mut map, &here, at)),
            Some(zoom) => self.draw_cells(&mut map, &here, zoom),
        }
        map
    }

    /// The organisations of a selection by site, in a box or everywhere.
    fn gather(&self, chosen: &RoaringBitmap, bbox: Option<[f64; 4]>) -> Gathered {
        let places = &self.places;
        let mut gathered = Gathered::default();
        // A small selection is walked itself; of a large one, the sites in the box.
        if chosen.len() < places.sites.len() as u64 / 2 {
            let is_inside = |site: &Site| {
                let Some(bbox @ [_, south, _, north]) = bbox else { return true };
                (south..=north).contains(&site.latitude)
                    && longitudes(bbox).iter().flatten().any(|(west, east)| (*west..=*east).contains(&site.longitude))
            };
            let at = |org: u32| (places.site_of[org as usize], org);
            let mut found: Vec<(u32, u32)> = chosen.iter().map(at).filter(|(site, _)| *site != NOWHERE).collect();
            found.sort_unstable();
            for group in found.chunk_by(|a, b| a.0 == b.0) {
                if is_inside(&places.sites[group[0].0 as usize]) {
                    gathered.add(group[0].0, group.iter().map(|(_, org)| *org));
                }
            }
            return gathered;
        }
        let within = Within::new(chosen, self.organisations.len());
        let mut sites: Vec<u32> = match bbox {
            Some(bbox) => places.sites_in(bbox).collect(),
            None => (0..places.sites.len() as u32).collect(),
        };
        sites.sort_unstable();
        for site in sites {
            gathered.add(site, places.members(site).iter().copied().filter(|&org| within.contains(org)));
        }
        gathered
    }

    /// Draws what is in each cell of the zoom's grid: a crowd as one symbol, a few points each by itself.
    fn draw_cells(&self, map: &mut MapPoints, here: &Gathered, zoom: f64) {
        let scale = 512.0 * zoom.clamp(0.0, 24.0).floor().exp2() / CELL;
        let cell = |at: usize| {
            let [x, y] = self.places.sites[here.sites[at].0 as usize].mercator;
            ((x * scale) as u32, (y * scale) as u32)
        };
        let mut cells: Vec<_> = (0..here.sites.len()).map(|at| (cell(at), at)).collect();
        cells.sort_unstable();
        let mut crowd = Vec::new();
        for group in cells.chunk_by(|a, b| a.0 == b.0) {
            crowd.clear();
            crowd.extend(group.iter().flat_map(|&(_, at)| here.members(at)));
            if group.len() == 1 || crowd.len() <= MOST_SINGLE {
                for &(_, at) in group {
                    self.draw_site(map, here, at);
                }
                continue;
            }
            let (mut longitude, mut latitude) = (0.0, 0.0);
            for &(_, at) in group {
                let (site, weight) = (&self.places.sites[here.sites[at].0 as usize], here.members(at).len() as f64);
                longitude += site.longitude * weight;
                latitude += site.latitude * weight;
            }
            let count = crowd.len() as f64;
            self.draw(map, longitude / count, latitude / count, &crowd, false);
        }
    }

    fn draw_site(&self, map: &mut MapPoints, here: &Gathered, at: usize) {
        let site = &self.places.sites[here.sites[at].0 as usize];
        self.draw(map, site.longitude, site.latitude, here.members(at), true);
    }

    fn draw(&self, map: &mut MapPoints, longitude: f64, latitude: f64, members: &[u32], coincident: bool) {
        if let [org] = *members {
            map.points.organisation.push(OrgIx::new(org));
            map.points.longitude.push(longitude);
            map.points.latitude.push(latitude);
            map.points.precision.push(self.places.precisions[org as usize]);
            return;
        }
        let mut families = vec![0; self.families.len()];
        for &org in members {
            let family = self.family(OrgIx::new(org));
            if let Some(slot) = self.families.iter().position(|&of| of == family) {
                families[slot] += 1;
            }
        }
        let column = self.values.column(Dimension::Area);
        let unit = |&org: &u32| match column?.value(OrgIx::new(org))? {
            Value::Area(area) => Some(area),
            _ => None,
        };
        let mut by_area: Vec<(AreaIx, u32)> = Vec::new();
        let mut is_whole = true;
        for area in members.iter().map(unit) {
            match (area, area.and_then(|area| by_area.iter_mut().find(|(of, _)| *of == area))) {
                (_, Some((_, count))) => *count += 1,
                (Some(area), None) => by_area.push((area, 1)),
                (None, None) => is_whole = false,
            }
        }
        let code = |area: AreaIx| self.str(self.area(area).code);
        by_area.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| code(a.0).cmp(code(b.0))));
        let shared = match by_area[..] {
            [(area, _)] if is_whole => Some(area),
            _ => None,
        };
        let symbols = &mut map.symbols;
        symbols.longitude.push(longitude);
        symbols.latitude.push(latitude);
        symbols.count.push(members.len() as u32);
        symbols.families.push(families);
        symbols.coincident.push(coincident);
        symbols.area.push(shared);
        symbols.push_areas(by_area.into_iter().map(|(area, _)| area));
    }

    /// Distinct organisations per first-level area.
    fn choropleth(&self, selection: &Selection) -> Vec<(AreaIx, u64)> {
        let area = |(value, count)| match value {
            Value::Area(area) => Some((area, count)),
            _ => None,
        };
        let counts = self.count_by(selection, Dimension::Area, None);
        let mut areas: Vec<(AreaIx, u64)> = counts.into_iter().filter_map(area).collect();
        areas.sort_unstable();
        areas
    }
}

/// Where a point is in web Mercator, whose edge is at 85.05 degrees.
fn mercator(longitude: f64, latitude: f64) -> [f64; 2] {
    let latitude = latitude.clamp(-85.0511, 85.0511).to_radians();
    let x = (longitude + 180.0) / 360.0;
    let y = (1.0 - latitude.tan().asinh() / std::f64::consts::PI) / 2.0;
    [x, y]
}

//! Where organisations are, for maps: points inside a box, one counted symbol where several share a point or
//! crowd together, and counts per first-level area. Columns out, never one object per point.

use std::collections::BTreeMap;

use entity::vocabulary::{AreaScheme, Precision};
use roaring::RoaringBitmap;
use rstar::{AABB, RTree, RTreeObject};

use super::bits::Within;
use super::filter::Selection;
use super::{AreaIx, Atlas, OrgIx};

/// One point of the earth with all that are on it.
#[derive(Clone, Debug, PartialEq)]
struct Site {
    longitude: f64,
    latitude: f64,
    /// Place of its organisations in `Places::at_sites`.
    from: u32,
    to: u32,
}

impl RTreeObject for Site {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_point([self.longitude, self.latitude])
    }
}

/// The index of points.
#[derive(Debug, Default)]
pub(crate) struct Places {
    tree: RTree<Site>,
    at_sites: Vec<u32>,
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
        let mut sites = Vec::new();
        for group in points.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let from = at_sites.len() as u32;
            at_sites.extend(group.iter().map(|(_, _, org)| *org));
            let (longitude, latitude) = (group[0].0 as f64 / 1e6, group[0].1 as f64 / 1e6);
            sites.push(Site { longitude, latitude, from, to: at_sites.len() as u32 });
        }
        Self { tree: RTree::bulk_load(sites), at_sites, precisions, placed }
    }

    fn sites_in(&self, bbox: [f64; 4]) -> impl Iterator<Item = &Site> {
        let [west, south, east, north] = bbox;
        // A box that crosses the antimeridian is two boxes; one wider than the earth is the earth.
        let halves = if east - west >= 360.0 {
            [Some((-180.0, 180.0)), None]
        } else if west > east {
            [Some((west, 180.0)), Some((-180.0, east))]
        } else {
            [Some((west, east)), None]
        };
        halves.into_iter().flatten().flat_map(move |(west, east)| {
            self.tree.locate_in_envelope(&AABB::from_corners([west, south], [east, north]))
        })
    }

    fn members(&self, site: &Site) -> &[u32] {
        &self.at_sites[site.from as usize..site.to as usize]
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

/// What gathers in one cell or point.
#[derive(Default)]
struct Crowd {
    members: Vec<u32>,
    longitude: f64,
    latitude: f64,
    sites: u32,
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
        let within = Within::new(chosen, self.organisations.len());
        let mut map = MapPoints {
            areas: self.choropleth(&within),
            unplaced: chosen.len() - chosen.intersection_len(&self.places.placed),
            ..MapPoints::default()
        };
        let crowded = chosen.len() > MOST_POINTS;
        let zoom = view.zoom.or(crowded.then_some(5.0));
        let mut cells: BTreeMap<(i64, i64), Crowd> = BTreeMap::new();
        let everyone = chosen.len() == self.reusers.len();
        for site in self.places.sites_in(view.bbox.unwrap_or([-180.0, -90.0, 180.0, 90.0])) {
            let members = self.places.members(site);
            let here: Vec<u32> = if everyone {
                members.to_vec()
            } else {
                members.iter().copied().filter(|&org| within.contains(org)).collect()
            };
            if here.is_empty() {
                continue;
            }
            map.placed += here.len() as u64;
            match zoom {
                None => self.draw(&mut map, site.longitude, site.latitude, &here, true),
                Some(zoom) => {
                    let crowd = cells.entry(cell(site, zoom)).or_default();
                    let weight = here.len() as f64;
                    crowd.longitude += site.longitude * weight;
                    crowd.latitude += site.latitude * weight;
                    crowd.sites += 1;
                    crowd.members.extend(here);
                }
            }
        }
        for crowd in cells.into_values() {
            let count = crowd.members.len() as f64;
            if crowd.sites == 1 || crowd.members.len() > MOST_SINGLE {
                let (longitude, latitude) = (crowd.longitude / count, crowd.latitude / count);
                self.draw(&mut map, longitude, latitude, &crowd.members, crowd.sites == 1);
            } else {
                self.draw_apart(&mut map, crowd.members);
            }
        }
        map
    }

    /// A small crowd of several points: each point by itself.
    fn draw_apart(&self, map: &mut MapPoints, members: Vec<u32>) {
        let mut placed: Vec<(f64, f64, u32)> = members
            .into_iter()
            .filter_map(|org| {
                position(self, OrgIx::new(org)).map(|(longitude, latitude, _)| (longitude, latitude, org))
            })
            .collect();
        placed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        for group in placed.chunk_by(|a, b| (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6) {
            let here: Vec<u32> = group.iter().map(|(_, _, org)| *org).collect();
            self.draw(map, group[0].0, group[0].1, &here, true);
        }
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
        let mut area = None;
        let mut one_area = true;
        for (at, org) in members.iter().map(|&org| OrgIx::new(org)).enumerate() {
            let family = self.family(org);
            if let Some(slot) = self.families.iter().position(|&of| of == family) {
                families[slot] += 1;
            }
            let unit = self.organisation(org).area.map(|area| self.area_unit(area));
            if at == 0 {
                area = unit;
            }
            one_area &= area == unit;
        }
        let symbols = &mut map.symbols;
        symbols.longitude.push(longitude);
        symbols.latitude.push(latitude);
        symbols.count.push(members.len() as u32);
        symbols.families.push(families);
        symbols.coincident.push(coincident);
        symbols.area.push(area.filter(|_| one_area));
    }

    /// Distinct organisations per first-level area.
    fn choropleth(&self, within: &Within<'_>) -> Vec<(AreaIx, u64)> {
        let table = self.values.of(super::Dimension::Area);
        self.facet_areas
            .iter()
            .map(AreaIx::new)
            .filter_map(|area| {
                let set = table.get(super::Value::Area(area))?;
                Some((area, within.count(set))).filter(|(_, count)| *count > 0)
            })
            .collect()
    }
}

/// The cell of the zoom's grid, in web Mercator.
fn cell(site: &Site, zoom: f64) -> (i64, i64) {
    let scale = 512.0 * zoom.clamp(0.0, 24.0).floor().exp2() / CELL;
    let latitude = site.latitude.clamp(-85.0511, 85.0511).to_radians();
    let x = (site.longitude + 180.0) / 360.0;
    let y = (1.0 - latitude.tan().asinh() / std::f64::consts::PI) / 2.0;
    ((x * scale).floor() as i64, (y * scale).floor() as i64)
}

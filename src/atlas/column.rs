//! A dimension the other way round: for each organisation the place of its value. A small selection is counted
//! by walking it once, where bitmaps would have to be walked for every value of the world.

use entity::vocabulary::Missing;
use roaring::RoaringBitmap;

use super::Atlas;
use super::handle::{AreaIx, OrgIx};
use super::values::{Table, Value};

/// What an organisation without a value that is shown has.
const NONE: u16 = u16::MAX;

/// One value per organisation.
#[derive(Debug)]
pub(crate) struct Column {
    /// The values, in their order, and the place of the area around each.
    values: Vec<(Value, u16)>,
    /// By organisation, a place in `values`.
    slots: Vec<u16>,
}

impl Column {
    /// The values of a table that `is_shown` lets pass, `Unlisted`, and why there is none. Where an organisation has several (a
    /// state and its country), the innermost is its value.
    pub(crate) fn new(atlas: &Atlas, table: &Table, is_shown: impl Fn(Value) -> bool) -> Self {
        let mut found: Vec<(Value, &RoaringBitmap)> =
            table.values.iter().map(|(&value, set)| (value, set)).filter(|&(value, _)| is_shown(value)).collect();
        found.push((Value::Unlisted, &table.unlisted));
        found.extend(Missing::ALL.iter().map(|&code| (Value::Unknown(code), &table.missing[code.index()])));
        // From the outside to the inside, so that the innermost is written last.
        found.sort_by_key(|&(value, _)| match value {
            Value::Area(area) => atlas.area_chain(area).len(),
            _ => 0,
        });
        let mut column = Self { values: Vec::with_capacity(found.len()), slots: vec![NONE; atlas.organisations.len()] };
        for (value, set) in found {
            // Sectors, sizes, kinds and first-level areas are thousands at most.
            let slot = u16::try_from(column.values.len()).expect("fewer values than a column can number");
            for org in set {
                column.slots[org as usize] = slot;
            }
            let around = column.around(atlas, value);
            column.values.push((value, around));
        }
        column
    }

    fn around(&self, atlas: &Atlas, value: Value) -> u16 {
        let Value::Area(area) = value else { return NONE };
        let place = |area: &AreaIx| self.values.iter().position(|&(of, _)| of == Value::Area(*area));
        atlas.area_chain(area).iter().skip(1).find_map(place).map_or(NONE, |at| at as u16)
    }

    /// The value of an organisation.
    pub(crate) fn value(&self, org: OrgIx) -> Option<Value> {
        let slot = self.slots[org.at()];
        (slot != NONE).then(|| self.values[usize::from(slot)].0)
    }

    /// Distinct organisations of a selection per value, `Unknown` among them; values without any are left out.
    pub(crate) fn count(&self, selection: &RoaringBitmap) -> Vec<(Value, u64)> {
        // One place more, for those without a value.
        let mut counts = vec![0_u64; self.values.len() + 1];
        for org in selection {
            counts[usize::from(self.slots[org as usize]).min(self.values.len())] += 1;
        }
        // What is inside stands after what is around it.
        for at in (0..self.values.len()).rev() {
            let around = self.values[at].1;
            if around != NONE {
                counts[usize::from(around)] += counts[at];
            }
        }
        self.values
            .iter()
            .zip(counts)
            .map(|(&(value, _), count)| (value, count))
            .filter(|&(_, count)| count > 0)
            .collect()
    }
}

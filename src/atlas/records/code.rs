//! Codes of lists, and areas.

use entity::id::{AreaId, CodeId};
use entity::vocabulary::AreaScheme;

use crate::atlas::{Area, AreaIx, Atlas, Code, CodeIx, Mapping, Scheme};

/// Codes and areas.
impl Atlas {
    /// Every code scheme.
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// Every code, by scheme and place.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = CodeIx> + use<> {
        (0..self.codes.len() as u32).map(CodeIx::new)
    }

    /// The codes of one scheme, in its order.
    pub fn codes_of(&self, scheme: &str) -> impl Iterator<Item = CodeIx> {
        self.codes().filter(move |&code| self.str(self.code_row(code).scheme) == scheme)
    }

    /// The code of a handle.
    pub fn code_row(&self, code: CodeIx) -> &Code {
        &self.codes[code.at()]
    }

    /// A code by scheme and code.
    pub fn code(&self, scheme: &str, code: &str) -> Option<CodeIx> {
        let found = self.code_words.find(|at| {
            let row = &self.codes[at];
            self.str(row.scheme).cmp(scheme).then_with(|| self.str(row.code).cmp(code))
        });
        found.map(CodeIx::new)
    }

    /// A code by id.
    pub fn code_by_id(&self, id: CodeId) -> Option<CodeIx> {
        self.codes().find(|&ix| self.code_row(ix).id == id)
    }

    /// The code of a goal, 1 to 17.
    pub fn goal_code(&self, goal: u8) -> Option<CodeIx> {
        self.code("sdg", &goal.to_string())
    }

    /// Its mappings to other schemes.
    pub fn mappings_of(&self, code: CodeIx) -> &[Mapping] {
        self.mappings.of(code)
    }

    /// Every area, by scheme and code.
    pub fn areas(&self) -> impl ExactSizeIterator<Item = AreaIx> + use<> {
        (0..self.areas.len() as u32).map(AreaIx::new)
    }

    /// The area of a handle.
    pub fn area(&self, area: AreaIx) -> &Area {
        &self.areas[area.at()]
    }

    /// An area by code, such as `MX` or `MX-JAL`.
    pub fn area_by_code(&self, code: &str) -> Option<AreaIx> {
        self.area_codes.find(|at| self.str(self.areas[at].code).cmp(code)).map(AreaIx::new)
    }

    /// An area by id.
    pub fn area_by_id(&self, id: AreaId) -> Option<AreaIx> {
        self.areas().find(|&ix| self.area(ix).id == id)
    }

    /// The areas inside one.
    pub fn area_children(&self, area: AreaIx) -> &[AreaIx] {
        self.area_children.of(area)
    }

    /// An area and those around it, up to the country.
    pub fn area_chain(&self, area: AreaIx) -> Vec<AreaIx> {
        let mut chain = vec![area];
        while let Some(parent) = chain.last().and_then(|&last| self.area(last).parent) {
            if chain.contains(&parent) {
                break;
            }
            chain.push(parent);
        }
        chain
    }

    /// The first-level area that one lies in, or itself when it is a country.
    pub fn area_unit(&self, area: AreaIx) -> AreaIx {
        let first_level = |ix: &AreaIx| matches!(self.area(*ix).scheme, AreaScheme::Subdivision | AreaScheme::InegiEnt);
        let chain = self.area_chain(area);
        chain.iter().copied().rfind(first_level).unwrap_or(area)
    }
}

//! Areas and the places of organisations.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::filter::{Filter, resolve};
use super::language::Language;
use super::narrowed::narrowed;
use super::node::id;
use super::vocabulary::{AreaScheme, Precision};
use crate::atlas::{self, AreaIx, Atlas};

/// A country, state or municipality.
#[derive(Clone)]
pub struct Area {
    atlas: Arc<Atlas>,
    pub(crate) ix: AreaIx,
    /// What its figures keep to where a field has no filter of its own.
    filter: atlas::Filter,
}

impl Area {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: AreaIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix, filter: atlas::Filter::default() }
    }

    /// Another area whose figures keep to the same.
    fn beside(&self, ix: AreaIx) -> Self {
        Self { ix, ..self.clone() }
    }

    /// The same area, its figures narrowed to a filter.
    pub(crate) fn within(self, filter: atlas::Filter) -> Self {
        Self { filter, ..self }
    }

    fn row(&self) -> &atlas::Area {
        self.atlas.area(self.ix)
    }

    /// The filter of a field, else that of the area.
    fn or_own(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        if filter.is_some() { resolve(&self.atlas, filter) } else { Ok(self.filter.clone()) }
    }

    /// A filter narrowed to this area.
    fn narrowed(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        let mut filter = self.or_own(filter)?;
        filter.area = vec![self.atlas.str(self.row().code).to_owned()];
        Ok(filter)
    }
}

narrowed! {
    /// A country, state or municipality.
    impl Area {
        /// Global id, `area:<uuid>`.
        pub async fn id(&self) -> ID {
            id("area", self.row().id.0)
        }

        /// Code in its scheme, such as `MX-JAL`.
        async fn code(&self) -> &str {
            self.atlas.str(self.row().code)
        }

        /// The scheme of its code.
        async fn scheme(&self) -> AreaScheme {
            self.row().scheme.into()
        }

        /// Its name.
        async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
            self.atlas.label(self.row().name, super::language::lang(ctx, lang)).value
        }

        /// The wider area.
        async fn parent(&self) -> Option<Area> {
            self.row().parent.map(|ix| self.beside(ix))
        }

        /// The areas inside it, by code.
        async fn children(&self) -> Vec<Area> {
            self.atlas.area_children(self.ix).iter().map(|&ix| self.beside(ix)).collect()
        }

        /// Degrees north of a point inside it, WGS 84.
        async fn latitude(&self) -> Option<f64> {
            self.row().latitude
        }

        /// Degrees east of a point inside it, WGS 84.
        async fn longitude(&self) -> Option<f64> {
            self.row().longitude
        }

        /// Distinct organisations of the selection whose main location is in it.
        async fn organisation_count(&self, filter: Option<Filter>) -> Result<u64> {
            let filter = self.or_own(filter)?;
            Ok({
                let here = self.atlas.organisations_with(atlas::Dimension::Area, atlas::Value::Area(self.ix));
                self.atlas.select(&filter).organisations.intersection_len(&here)
            })
        }
    }
}

/// Where an organisation is.
pub struct Location {
    atlas: Arc<Atlas>,
    row: atlas::Location,
}

impl Location {
    pub(crate) fn new(atlas: &Arc<Atlas>, row: &atlas::Location) -> Self {
        Self { atlas: Arc::clone(atlas), row: row.clone() }
    }
}

/// Where an organisation is.
#[Object(serial)]
impl Location {
    /// City or town as recorded.
    async fn locality(&self) -> Option<&str> {
        self.row.locality.map(|ix| self.atlas.str(ix))
    }

    /// Postal code as recorded.
    async fn postal_code(&self) -> Option<&str> {
        self.row.postal_code.map(|ix| self.atlas.str(ix))
    }

    /// The area it is in.
    async fn area(&self) -> Option<Area> {
        self.row.area.map(|ix| Area::new(&self.atlas, ix))
    }

    /// Degrees north, WGS 84.
    async fn latitude(&self) -> Option<f64> {
        self.row.latitude
    }

    /// Degrees east, WGS 84.
    async fn longitude(&self) -> Option<f64> {
        self.row.longitude
    }

    /// How exactly the point is known.
    async fn precision(&self) -> Option<Precision> {
        self.row.precision.map(Into::into)
    }
}

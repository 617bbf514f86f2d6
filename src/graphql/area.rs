//! Areas and the places of organisations.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use super::connection::{OrganisationConnection, OrganisationOrder, PublisherConnection, PublisherOrder};
use super::figure::Counts;
use super::filter::{Dimension, Filter, resolve};
use super::flow::TopDatasets;
use super::language::Language;
use super::node::id;
use super::page::{Page, first_of};
use super::vocabulary::{AreaScheme, Precision};
use crate::atlas::{self, AreaIx, Atlas};

/// A country, state or municipality.
#[derive(Clone)]
pub struct Area {
    atlas: Arc<Atlas>,
    pub(crate) ix: AreaIx,
}

impl Area {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: AreaIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Area {
        self.atlas.area(self.ix)
    }

    /// A filter narrowed to this area.
    fn narrowed(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        let mut filter = resolve(&self.atlas, filter)?;
        filter.area = vec![self.atlas.str(self.row().code).to_owned()];
        Ok(filter)
    }
}

/// A country, state or municipality.
#[Object(serial)]
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
        self.row().parent.map(|ix| Area::new(&self.atlas, ix))
    }

    /// The areas inside it, by code.
    async fn children(&self) -> Vec<Area> {
        self.atlas.area_children(self.ix).iter().map(|&ix| Area::new(&self.atlas, ix)).collect()
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
        let filter = resolve(&self.atlas, filter)?;
        Ok({
            let here = self.atlas.organisations_with(atlas::Dimension::Area, atlas::Value::Area(self.ix));
            self.atlas.select(&filter).organisations.intersection_len(&here)
        })
    }

    /// The organisations whose main location is in it.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(OrganisationOrder::PublishersUsed)")] order_by: Option<OrganisationOrder>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<OrganisationConnection> {
        let filter = self.narrowed(filter)?;
        let order = order_by.unwrap_or(OrganisationOrder::PublishersUsed);
        OrganisationConnection::new(ctx, &self.atlas, filter, order, &Page { first: first_of(first, 20), after })
    }

    /// Its organisations per value of a dimension.
    #[graphql(complexity = "20 + 10 * child_complexity")]
    async fn counts(&self, by: Dimension, filter: Option<Filter>) -> Result<Counts> {
        Ok(Counts::new(&self.atlas, by, &self.narrowed(filter)?))
    }

    /// The publishers that its organisations use, most users first.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn publishers(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<PublisherConnection> {
        let page = Page { first: first_of(first, 20), after };
        PublisherConnection::new(ctx, &self.atlas, &self.narrowed(None)?, PublisherOrder::Users, &page)
    }

    /// The datasets that its organisations use most, and uses that name none apart.
    async fn top_datasets(
        &self,
        #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
    ) -> Result<TopDatasets> {
        Ok(TopDatasets::new(&self.atlas, &self.narrowed(None)?, first_of(first, 10)))
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

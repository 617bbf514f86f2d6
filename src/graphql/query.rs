//! The root of every query.

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensions, ID, Object, Result};

use super::area::Area;
use super::code::{Code, CodeScheme};
use super::connection::{
    DatasetOrder, OrganisationConnection, OrganisationOrder, PublisherConnection, PublisherOrder, sorted,
};
use super::dataset::{Dataset, DatasetConnection};
use super::figure::{Counts, Rollup};
use super::filter::{Dimension, Filter, atlas_of, box_of, resolve_root};
use super::flow::{Concentration, Flow, FlowLevel, TopDatasets};
use super::indicator::{Indicator, ObservationConnection};
use super::language::lang;
use super::list::List;
use super::meta::Meta;
use super::network::{self, Network, NetworkKind};
use super::node::{self, Node, uuid_of};
use super::organisation::Organisation;
use super::page::{Page, first_of};
use super::places::MapPoints;
use super::publisher::Publisher;
use super::request::{self, DataRequest, Demand, RequestConnection, RequestFilter, RequestOrder};
use super::scalar::{Date, DateTime};
use super::sdg::{Sdg, Sector};
use super::search::{SearchHit, SearchResults, SearchType};
use super::snapshot::{atlas, current};
use super::study::{Study, Wave};
use crate::analysis;
use crate::atlas::{self, Atlas};

/// Everything that can be asked.
pub struct Query;

fn page(first: Option<i32>, default: usize, after: Option<String>) -> Page {
    Page { first: first_of(first, default), after }
}

/// The refusal of a field that wants one of two names.
pub(crate) fn one_of_two() -> Error {
    refusal("BAD_ARGUMENT", "give either 'slug' or 'id'")
}

fn refusal(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, e| e.set("code", code))
}

/// One of `slug` and `id`, as the organisation it names.
fn organisation_ix(atlas: &Atlas, kind: &str, slug: Option<&str>, id: Option<&ID>) -> Result<Option<atlas::OrgIx>> {
    match (slug, id) {
        (Some(slug), None) => Ok(atlas.organisation_by_slug(slug)),
        (None, Some(id)) => Ok(uuid_of(kind, id).and_then(|uuid| atlas.organisation_by_id(uuid.into()))),
        _ => Err(one_of_two()),
    }
}

/// Everything that can be asked.
#[Object]
impl Query {
    /// The state of the record: what is loaded, at which revision.
    async fn meta(&self, ctx: &Context<'_>) -> Result<Meta> {
        Ok(Meta::new(current(ctx)?))
    }

    /// Anything by its global id; null when nothing public bears it.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        Ok(node::find(&current(ctx)?, &id))
    }

    /// Organisations that reuse government data.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(OrganisationOrder::Name)")] order_by: Option<OrganisationOrder>,
        #[graphql(default_with = "Some(false)")] reverse: Option<bool>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<OrganisationConnection> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        OrganisationConnection::new(
            ctx,
            &atlas,
            filter,
            sorted(order_by, reverse, OrganisationOrder::Name),
            &page(first, 20, after),
        )
    }

    /// One organisation, by slug (old slugs lead on) or id.
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        slug: Option<String>,
        id: Option<ID>,
        as_of: Option<Date>,
        known_at: Option<DateTime>,
    ) -> Result<Option<Organisation>> {
        let atlas = atlas(ctx, as_of.map(|d| d.0), known_at.map(|d| d.0)).await?;
        let ix = organisation_ix(&atlas, "organisation", slug.as_deref(), id.as_ref())?;
        Ok(ix
            .filter(|&ix| atlas.is_shown(ix) && atlas.is_founded(ix) && atlas.reaches())
            .map(|ix| Organisation::new(&atlas, ix)))
    }

    /// Requests for data: what is needed and is not open, or not as it is needed.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn requests(
        &self,
        ctx: &Context<'_>,
        filter: Option<RequestFilter>,
        #[graphql(default_with = "Some(RequestOrder::Heat)")] order_by: Option<RequestOrder>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<RequestConnection> {
        let (as_of, known_at) = filter.as_ref().map(RequestFilter::moment).unwrap_or_default();
        let atlas = atlas(ctx, as_of, known_at).await?;
        let asked = request::asked(&atlas, filter)?;
        RequestConnection::new(&atlas, &asked, order_by.unwrap_or(RequestOrder::Heat), &page(first, 20, after))
    }

    /// One request for data, by slug or id.
    async fn request(&self, ctx: &Context<'_>, slug: Option<String>, id: Option<ID>) -> Result<Option<DataRequest>> {
        request::find(&current(ctx)?, slug.as_deref(), id.as_ref())
    }

    /// The demand for data that some requests add up to: what to open next, and for whom.
    #[graphql(complexity = "50 + 10 * child_complexity")]
    async fn demand(&self, ctx: &Context<'_>, filter: Option<RequestFilter>) -> Result<Demand> {
        let (as_of, known_at) = filter.as_ref().map(RequestFilter::moment).unwrap_or_default();
        let atlas = atlas(ctx, as_of, known_at).await?;
        let asked = request::asked(&atlas, filter)?;
        Ok(Demand::new(&atlas, &asked))
    }

    /// Publishers that the selected organisations use.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn publishers(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(PublisherOrder::Users)")] order_by: Option<PublisherOrder>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<PublisherConnection> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        PublisherConnection::new(
            ctx,
            &atlas,
            &filter,
            order_by.unwrap_or(PublisherOrder::Users),
            &page(first, 20, after),
        )
    }

    /// One publisher, by slug (old slugs lead on) or id.
    async fn publisher(
        &self,
        ctx: &Context<'_>,
        slug: Option<String>,
        id: Option<ID>,
        as_of: Option<Date>,
        known_at: Option<DateTime>,
    ) -> Result<Option<Publisher>> {
        let atlas = atlas(ctx, as_of.map(|d| d.0), known_at.map(|d| d.0)).await?;
        let ix = organisation_ix(&atlas, "publisher", slug.as_deref(), id.as_ref())?;
        Ok(ix.filter(|&ix| atlas.publisher(ix).is_some()).map(|ix| Publisher::new(&atlas, ix)))
    }

    /// Datasets that the selected organisations use; without a filter every dataset known.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn datasets(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(DatasetOrder::Users)")] order_by: Option<DatasetOrder>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<DatasetConnection> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        DatasetConnection::of_filter(
            &atlas,
            &filter,
            order_by.unwrap_or(DatasetOrder::Users),
            lang(ctx, None),
            &page(first, 20, after),
        )
    }

    /// One dataset, by slug (old slugs lead on) or id.
    async fn dataset(
        &self,
        ctx: &Context<'_>,
        slug: Option<String>,
        id: Option<ID>,
        as_of: Option<Date>,
        known_at: Option<DateTime>,
    ) -> Result<Option<Dataset>> {
        let atlas = atlas(ctx, as_of.map(|d| d.0), known_at.map(|d| d.0)).await?;
        let ix = match (slug, id) {
            (Some(slug), None) => atlas.dataset_by_slug(&slug),
            (None, Some(id)) => uuid_of("dataset", &id).and_then(|uuid| atlas.dataset_by_id(uuid.into())),
            _ => return Err(refusal("BAD_ARGUMENT", "give either 'slug' or 'id'")),
        };
        Ok(ix.map(|ix| Dataset::new(&atlas, ix)))
    }

    /// Reuse sectors with the selected organisations of each, most first.
    async fn sectors(&self, ctx: &Context<'_>, filter: Option<Filter>) -> Result<List<Sector>> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(Sector::list(&atlas, &filter).into())
    }

    /// One reuse sector by its code.
    async fn sector(&self, ctx: &Context<'_>, code: String, filter: Option<Filter>) -> Result<Option<Sector>> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(atlas.code("od500_category", &code).map(|ix| Sector::new(&atlas, ix, filter)))
    }

    /// The seventeen goals: declared and inferred counts apart, and whether the waves could yield them.
    async fn sdgs(&self, ctx: &Context<'_>, filter: Option<Filter>) -> Result<List<Sdg>> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(Sdg::list(&atlas, &filter).into())
    }

    /// One goal by its number, 1 to 17.
    async fn sdg(&self, ctx: &Context<'_>, number: u8, filter: Option<Filter>) -> Result<Option<Sdg>> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(Sdg::list(&atlas, &filter).into_iter().find(|sdg| sdg.goal == number))
    }

    /// Areas known, by scheme and parent: `parent: "MX"` lists the Mexican states.
    async fn areas(
        &self,
        ctx: &Context<'_>,
        scheme: Option<super::vocabulary::AreaScheme>,
        parent: Option<String>,
    ) -> Result<List<Area>> {
        let atlas = current(ctx)?;
        let scheme: Option<entity::vocabulary::AreaScheme> = scheme.map(Into::into);
        let parent = match parent {
            None => None,
            Some(code) => match atlas.area_by_code(&code) {
                Some(ix) => Some(ix),
                None => return Ok(Vec::new().into()),
            },
        };
        Ok(atlas
            .areas()
            .filter(|&ix| {
                let row = atlas.area(ix);
                scheme.is_none_or(|s| row.scheme == s) && parent.is_none_or(|p| row.parent == Some(p))
            })
            .map(|ix| Area::new(&atlas, ix))
            .collect())
    }

    /// One area by its ISO code, such as `MX` or `MX-JAL`, its figures narrowed to a filter.
    async fn area(&self, ctx: &Context<'_>, code: String, filter: Option<Filter>) -> Result<Option<Area>> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(atlas.area_by_code(&code).map(|ix| Area::new(&atlas, ix).within(filter)))
    }

    /// Code schemes with their versions.
    async fn schemes(&self, ctx: &Context<'_>) -> Result<List<CodeScheme>> {
        let atlas = current(ctx)?;
        Ok(atlas.schemes().iter().map(|row| CodeScheme { atlas: Arc::clone(&atlas), row: row.clone() }).collect())
    }

    /// One code scheme.
    async fn scheme(&self, ctx: &Context<'_>, id: String) -> Result<Option<CodeScheme>> {
        let atlas = current(ctx)?;
        let row = atlas.schemes().iter().find(|row| atlas.str(row.id) == id).cloned();
        Ok(row.map(|row| CodeScheme { atlas: Arc::clone(&atlas), row }))
    }

    /// One code of a scheme.
    async fn code(&self, ctx: &Context<'_>, scheme: String, code: String) -> Result<Option<Code>> {
        let atlas = current(ctx)?;
        Ok(atlas.code(&scheme, &code).map(|ix| Code::new(&atlas, ix)))
    }

    /// Indicators defined.
    async fn indicators(&self, ctx: &Context<'_>) -> Result<List<Indicator>> {
        let atlas = current(ctx)?;
        Ok(atlas.indicators().map(|ix| Indicator::new(&atlas, ix)).collect())
    }

    /// Public observations, by indicator (key) and subject: area (ISO code), organisation (slug) or sector (code).
    #[expect(clippy::too_many_arguments, reason = "one argument of the field each")]
    #[graphql(complexity = "5 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn indicator_observations(
        &self,
        ctx: &Context<'_>,
        indicator: Option<String>,
        area: Option<String>,
        organisation: Option<String>,
        sector: Option<String>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<ObservationConnection> {
        use atlas::Subject;
        let atlas = current(ctx)?;
        let unknown = |what: &str, word: &str| refusal("BAD_FILTER", format!("'{what}' has no value '{word}'"));
        let mut subjects = Vec::new();
        if let Some(word) = &area {
            subjects.push(Subject::Area(atlas.area_by_code(word).ok_or_else(|| unknown("area", word))?));
        }
        if let Some(word) = &organisation {
            let ix = atlas.organisation_by_slug(word).filter(|&ix| atlas.is_shown(ix));
            subjects.push(Subject::Organisation(ix.ok_or_else(|| unknown("organisation", word))?));
        }
        if let Some(word) = &sector {
            let ix = atlas.code("od500_category", word);
            subjects.push(Subject::Sector(ix.ok_or_else(|| unknown("sector", word))?));
        }
        if subjects.len() > 1 {
            return Err(refusal("BAD_ARGUMENT", "give at most one of 'area', 'organisation' and 'sector'"));
        }
        let key = match &indicator {
            None => None,
            Some(word) => Some(atlas.indicator_by_key(word).ok_or_else(|| unknown("indicator", word))?),
        };
        let matches = |ix: &atlas::ObservationIx| {
            let row = atlas.observation(*ix);
            let is_hidden = matches!(row.subject, Subject::Organisation(org) if !atlas.is_shown(org));
            !is_hidden
                && key.is_none_or(|key| row.indicator == key)
                && subjects.first().is_none_or(|s| row.subject == *s)
        };
        let list: Vec<_> = match subjects.first() {
            Some(&Subject::Organisation(org)) => atlas.observations_of(org).iter().copied().filter(matches).collect(),
            _ => atlas.observations().filter(matches).collect(),
        };
        ObservationConnection::of_list(&atlas, &list, &page(first, 20, after))
    }

    /// Studies loaded.
    async fn studies(&self, ctx: &Context<'_>) -> Result<List<Study>> {
        let atlas = current(ctx)?;
        Ok(atlas.studies().map(|ix| Study::new(&atlas, ix)).collect())
    }

    /// One study by its slug.
    async fn study(&self, ctx: &Context<'_>, slug: String) -> Result<Option<Study>> {
        let atlas = current(ctx)?;
        Ok(atlas.study_by_slug(&slug).map(|ix| Study::new(&atlas, ix)))
    }

    /// One wave by its slug.
    async fn wave(&self, ctx: &Context<'_>, slug: String) -> Result<Option<Wave>> {
        let atlas = current(ctx)?;
        Ok(atlas.wave_by_slug(&slug).map(|ix| Wave::new(&atlas, ix)))
    }

    /// Waves, of one chapter if asked.
    async fn waves(&self, ctx: &Context<'_>, chapter: Option<String>) -> Result<List<Wave>> {
        let atlas = current(ctx)?;
        let of_chapter = |ix: atlas::WaveIx| {
            let study = atlas.study(atlas.wave(ix).study);
            chapter.as_deref().is_none_or(|chapter| atlas.str(study.chapter) == chapter)
        };
        Ok(atlas.waves().filter(|&ix| of_chapter(ix)).map(|ix| Wave::new(&atlas, ix)).collect())
    }

    /// Distinct organisations per value of one dimension.
    #[graphql(complexity = "20 + 10 * child_complexity")]
    async fn counts(&self, ctx: &Context<'_>, by: Dimension, filter: Option<Filter>) -> Result<Counts> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(Counts::new(&atlas, by, &filter))
    }

    /// Distinct organisations on each link between adjacent levels; publisher to sector by default. Beyond `top`
    /// nodes a level gathers the rest under "other" (`tops` says how many for each level in turn); `skip` opens it: so
    /// many nodes of each level are passed over, most organisations first, with all that flows through them. `top` and
    /// each of `tops` are at most 500.
    #[graphql(complexity = "100 + 10 * child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "one argument of the field each")]
    async fn flow(
        &self,
        ctx: &Context<'_>,
        rollup: Option<Rollup>,
        filter: Option<Filter>,
        levels: Option<Vec<FlowLevel>>,
        #[graphql(default_with = "Some(20)", validator(minimum = 1, maximum = 500))] top: Option<i32>,
        #[graphql(validator(list, minimum = 1, maximum = 500))] tops: Option<Vec<i32>>,
        #[graphql(validator(list, minimum = 0))] skip: Option<Vec<i32>>,
    ) -> Result<Flow> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let mut filter = resolve_root(&atlas, filter)?;
        if rollup.is_some() {
            filter.rollup = rollup.and_then(Rollup::asked);
        }
        let levels: Vec<analysis::flow::Level> = match levels {
            None => vec![analysis::flow::Level::Publisher, analysis::flow::Level::Sector],
            Some(levels) => levels.into_iter().map(Into::into).collect(),
        };
        let distinct: std::collections::HashSet<_> = levels.iter().copied().collect();
        if levels.len() < 2 || distinct.len() != levels.len() {
            return Err(refusal("BAD_ARGUMENT", "'levels' wants two to four different levels"));
        }
        let sizes = |given: Option<Vec<i32>>| -> Vec<usize> {
            given.unwrap_or_default().into_iter().map(|count| first_of(Some(count), 0)).collect()
        };
        let (tops, skip) = (sizes(tops), sizes(skip));
        let window = analysis::flow::Window { top: Some(first_of(top, 20)), tops: &tops, skip: &skip };
        let flow = analysis::flow::flow_within(&atlas, &filter, &levels, window);
        Ok(Flow { figure: flow.figure.clone(), flow, atlas })
    }

    /// What stands around an organisation, a dataset or a publisher, to `depth` steps (at most 3) and `first` nodes (at
    /// most 400): the most closely linked ones, with how many were left out. Null when nothing public bears the slug.
    #[graphql(complexity = "200 + 10 * child_complexity")]
    async fn network(
        &self,
        ctx: &Context<'_>,
        kind: NetworkKind,
        slug: String,
        #[graphql(default_with = "Some(1)", validator(minimum = 1, maximum = 3))] depth: Option<i32>,
        #[graphql(default_with = "Some(200)", validator(minimum = 1, maximum = 400))] first: Option<i32>,
        filter: Option<Filter>,
    ) -> Result<Option<Network>> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        let Some(centre) = network::find(&atlas, kind, &slug) else { return Ok(None) };
        let depth = u8::try_from(first_of(depth, 1)).unwrap_or(1);
        let network = analysis::network::network(&atlas, &filter, centre, depth, first_of(first, 200));
        Ok(Some(Network { figure: network.figure.clone(), network, atlas }))
    }

    /// Datasets by distinct organisations, and uses that name no dataset apart.
    async fn top_datasets(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
    ) -> Result<TopDatasets> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        Ok(TopDatasets::new(ctx, &atlas, &filter, first_of(first, 10)))
    }

    /// How concentrated links are on few publishers, sectors, areas, datasets.
    async fn concentration(&self, ctx: &Context<'_>, by: Dimension, filter: Option<Filter>) -> Result<Concentration> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        let by = by.into();
        let value = analysis::concentration::concentration(&atlas, &filter, by);
        Ok(Concentration { figure: value.figure.clone(), value, atlas })
    }

    /// The points of the selection inside a box (west, south, east, north; the filter's by default): single
    /// organisations when few, clusters when many. The whole earth without a box.
    async fn map_points(
        &self,
        ctx: &Context<'_>,
        bbox: Option<Vec<f64>>,
        zoom: Option<f64>,
        filter: Option<Filter>,
    ) -> Result<MapPoints> {
        let atlas = atlas_of(ctx, filter.as_ref()).await?;
        let filter = resolve_root(&atlas, filter)?;
        let bbox = bbox.as_deref().map(box_of).transpose()?.or(filter.bbox);
        if zoom.is_some_and(|zoom| !(0.0..=24.0).contains(&zoom)) {
            return Err(refusal("BAD_ARGUMENT", "'zoom' runs from 0 to 24"));
        }
        let selection = atlas.select(&filter);
        let map = atlas.map_points(&selection, atlas::View { bbox, zoom });
        let figure = analysis::Figure::new(&atlas, &filter, &selection, atlas::Dimension::Area);
        Ok(MapPoints { figure, map, lang: lang(ctx, None), atlas })
    }

    /// Search as you type over names, former names, acronyms, titles and labels; accents ignored. `first` is at most 50.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(validator(chars_max_length = 200))] text: String,
        #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 50))] first: Option<i32>,
        types: Option<Vec<SearchType>>,
    ) -> Result<SearchResults> {
        let atlas = current(ctx)?;
        let kinds: Option<Vec<atlas::SearchKind>> = types.map(|types| types.into_iter().map(Into::into).collect());
        let hits = atlas.find(&text, first_of(first, 10), kinds.as_deref().unwrap_or_default());
        Ok(SearchResults {
            total_count: hits.total,
            corrected: hits.corrected,
            hits: hits.hits.into_iter().map(|hit| SearchHit { atlas: Arc::clone(&atlas), hit }).collect(),
        })
    }
}

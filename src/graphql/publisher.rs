//! A body that publishes data: who uses it, what it consists of, what came before and after it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::connection::{OrganisationConnection, OrganisationOrder, sorted};
use super::dataset::DatasetConnection;
use super::figure::Counts;
use super::filter::{Dimension, Filter, resolve};
use super::flow::TopDatasets;
use super::language::{Language, lang};
use super::list::List;
use super::node::id;
use super::organisation::Organisation;
use super::organisation_parts::Name;
use super::page::{Page, first_of};
use super::reliance::Reliance;
use super::request::{Demand, RequestConnection, RequestOrder};
use super::scalar::PartialDate;
use super::scorecard::Scorecard;
use super::source::Source;
use super::user_studies::UserStudies;
use super::vocabulary::{Decision, OrganisationStatus, PublisherLevel, RelationKind, RequestStatus};
use crate::analysis;
use crate::analysis::demand::Asked;
use crate::atlas::{self, Atlas, OrgIx};
use crate::domain::succession;

/// A body that publishes data.
#[derive(Clone)]
pub struct Publisher {
    atlas: Arc<Atlas>,
    pub(crate) ix: OrgIx,
    /// Its users in the selection of the list that it stands in.
    users: Option<u64>,
    /// How that list adds bodies up; whatever is asked of its publishers goes by it, unless it names another way.
    rollup: Option<atlas::Rollup>,
}

impl Publisher {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: OrgIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix, users: None, rollup: None }
    }

    /// The publisher in a list that selects so many of its users, under a roll-up.
    pub(crate) fn counted(atlas: &Arc<Atlas>, ix: OrgIx, users: u64, rollup: Option<atlas::Rollup>) -> Self {
        Self { users: Some(users), rollup, ..Self::new(atlas, ix) }
    }

    fn row(&self) -> &atlas::Organisation {
        self.atlas.organisation(self.ix)
    }

    /// A filter narrowed to this publisher, under the roll-up of its list where it names none.
    fn narrowed(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        let names_rollup = filter.as_ref().is_some_and(|filter| filter.rollup.is_some());
        let mut filter = resolve(&self.atlas, filter)?;
        if !names_rollup {
            filter.rollup = self.rollup;
        }
        filter.publisher = vec![self.atlas.str(self.row().slug).to_owned()];
        Ok(filter)
    }
}

/// A body that is part of a publisher.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PublisherChild {
    /// The part.
    publisher: Publisher,
    /// A proposed part is counted with its parent only where the survey states that parent.
    decision: Decision,
    /// Distinct organisations that use it.
    user_count: u64,
}

/// A body before or after a publisher.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Succession {
    /// The other body.
    publisher: Publisher,
    /// What happened.
    kind: RelationKind,
    /// When it happened.
    on: Option<PartialDate>,
    /// Whether nobody has looked that date up.
    is_date_unverified: bool,
    /// A remark.
    note: Option<String>,
    /// Where it comes from.
    source: Option<Source>,
}

/// A publisher that the same organisations use.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AlsoUsed {
    /// The publisher.
    publisher: Publisher,
    /// Distinct organisations that use both.
    shared_users: u64,
}

/// A body that publishes data.
#[Object(serial)]
impl Publisher {
    /// Global id, `publisher:<uuid>`: the same uuid as the organisation's.
    pub async fn id(&self) -> ID {
        id("publisher", self.row().id.0)
    }

    /// Stable word in its address.
    async fn slug(&self) -> &str {
        self.atlas.str(self.row().slug)
    }

    /// Its name.
    async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.name(self.ix, super::language::lang(ctx, lang)).value
    }

    /// The language that `name` is in, ISO 639-1.
    async fn name_lang(&self, ctx: &Context<'_>) -> String {
        self.atlas.name(self.ix, lang(ctx, None)).lang.to_string()
    }

    /// Its acronym, such as `INEGI`.
    async fn acronym(&self) -> Option<&str> {
        self.atlas.publisher(self.ix)?.acronym.map(|ix| self.atlas.str(ix))
    }

    /// What to call it where room is short: its acronym where no other publisher bears it and its name has more than 14
    /// letters, else its name.
    async fn short_name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.short_name(self.ix, super::language::lang(ctx, lang))
    }

    /// Every name it bears or bore.
    async fn names(&self) -> List<Name> {
        Name::list(&self.atlas, self.ix).into()
    }

    /// The level of government it belongs to.
    async fn level(&self) -> PublisherLevel {
        self.atlas.publisher(self.ix).map_or(entity::vocabulary::PublisherLevel::Unknown, |p| p.level).into()
    }

    /// The same in words.
    async fn level_label(&self, ctx: &Context<'_>, lang: Option<Language>) -> &'static str {
        let level = self.atlas.publisher(self.ix).map_or(entity::vocabulary::PublisherLevel::Unknown, |p| p.level);
        crate::texts::label(super::language::lang(ctx, lang), "api.level", level.as_str())
    }

    /// Its website, http or https.
    async fn website(&self) -> Option<&str> {
        self.row().website.map(|ix| self.atlas.str(ix))
    }

    /// Whether it still exists.
    async fn status(&self) -> OrganisationStatus {
        self.row().status.into()
    }

    /// The same body as an organisation.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.atlas, self.ix)
    }

    /// The body it is part of, proposed ones included.
    async fn parent(&self) -> Option<Publisher> {
        self.atlas.parent_relation(self.ix).map(|r| Publisher::new(&self.atlas, r.other))
    }

    /// Whether that has been decided.
    async fn parent_decision(&self) -> Option<Decision> {
        self.atlas.parent_relation(self.ix).map(|r| r.decision.into())
    }

    /// The bodies that are part of it, most users first, proposed ones included.
    async fn children(&self) -> List<PublisherChild> {
        let mut children: Vec<_> = self
            .atlas
            .relations_of(self.ix)
            .iter()
            .filter(|r| {
                r.kind == entity::vocabulary::RelationKind::PartOf
                    && !r.outgoing
                    && r.decision != entity::vocabulary::Decision::Rejected
            })
            .map(|r| PublisherChild {
                publisher: Publisher::new(&self.atlas, r.other),
                decision: r.decision.into(),
                user_count: self.atlas.users_of(r.other).len(),
            })
            .collect();
        children.sort_by_key(|child| (std::cmp::Reverse(child.user_count), child.publisher.ix));
        children.into()
    }

    /// Bodies it took over from.
    async fn predecessors(&self) -> List<Succession> {
        self.successions(false).into()
    }

    /// Bodies that took over from it.
    async fn successors(&self) -> List<Succession> {
        self.successions(true).into()
    }

    /// The organisations that use its data.
    #[expect(clippy::too_many_arguments, reason = "one argument of the field each")]
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(OrganisationOrder::Name)")] order_by: Option<OrganisationOrder>,
        #[graphql(default_with = "Some(false)")] reverse: Option<bool>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
        #[graphql(default_with = "Some(true)")] include_descendants: Option<bool>,
        #[graphql(default_with = "Some(true)")] include_predecessors: Option<bool>,
    ) -> Result<OrganisationConnection> {
        let mut filter = self.narrowed(filter)?;
        filter.with_descendants = include_descendants.unwrap_or(true);
        filter.with_predecessors = include_predecessors.unwrap_or(true);
        OrganisationConnection::new(
            ctx,
            &self.atlas,
            filter,
            sorted(order_by, reverse, OrganisationOrder::Name),
            &Page { first: first_of(first, 20), after },
        )
    }

    /// Distinct organisations that use its data, descendants and predecessors included; in a list of publishers those
    /// that its filter selects, under its roll-up.
    async fn user_count(&self) -> u64 {
        self.users.unwrap_or_else(|| self.atlas.users_of(self.ix).len())
    }

    /// The studies that its users belong to.
    async fn user_studies(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        lang: Option<Language>,
    ) -> Result<UserStudies> {
        let lang = super::language::lang(ctx, lang);
        Ok(UserStudies::new(&self.atlas, &self.narrowed(filter)?, lang))
    }

    /// Its users per value of a dimension.
    async fn counts(&self, by: Dimension, filter: Option<Filter>) -> Result<Counts> {
        Ok(Counts::new(&self.atlas, by, &self.narrowed(filter)?))
    }

    /// Its datasets, most users first; those of the bodies that count for it under a roll-up included, as in its scorecard.
    async fn datasets(
        &self,
        ctx: &Context<'_>,
        rollup: Option<super::figure::Rollup>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<DatasetConnection> {
        let mut filter = self.narrowed(None)?;
        if let Some(rollup) = rollup {
            filter.rollup = rollup.asked();
        }
        let datasets = self.atlas.datasets_below(self.ix, &filter, lang(ctx, None));
        DatasetConnection::of_publisher(&self.atlas, filter, &datasets, &Page { first: first_of(first, 20), after })
    }

    /// Requests for its data, the hottest first; those about its descendants and predecessors included.
    async fn requests(
        &self,
        status: Option<Vec<RequestStatus>>,
        #[graphql(default_with = "Some(RequestOrder::Heat)")] order_by: Option<RequestOrder>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<RequestConnection> {
        let statuses = status.into_iter().flatten().map(Into::into).collect();
        let asked = Asked { publishers: vec![self.ix], statuses, ..Asked::default() };
        let page = Page { first: first_of(first, 20), after };
        RequestConnection::new(&self.atlas, &asked, order_by.unwrap_or(RequestOrder::Heat), &page)
    }

    /// The demand for its data, and how it keeps its terms.
    async fn demand(&self) -> Demand {
        Demand::new(&self.atlas, &Asked { publishers: vec![self.ix], ..Asked::default() })
    }

    /// Its datasets by distinct organisations, and those that name no dataset apart.
    async fn top_datasets(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
    ) -> Result<TopDatasets> {
        Ok(TopDatasets::new(ctx, &self.atlas, &self.narrowed(filter)?, first_of(first, 10)))
    }

    /// Publishers that its users use too, most in common first.
    async fn also_used(
        &self,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
    ) -> Result<List<AlsoUsed>> {
        let users = self.atlas.select(&self.narrowed(filter)?).organisations;
        Ok(analysis::scorecard::also_used(&self.atlas, self.ix, &users, first_of(first, 5))
            .into_iter()
            .map(|(ix, shared_users)| AlsoUsed { publisher: Publisher::new(&self.atlas, ix), shared_users })
            .collect())
    }

    /// What is known of its users.
    async fn scorecard(&self, filter: Option<Filter>) -> Result<Scorecard> {
        Ok(Scorecard::new(&self.atlas, self.ix, self.narrowed(filter)?))
    }

    /// What would break if it stopped publishing, as far as its users were asked.
    async fn reliance(&self, filter: Option<Filter>) -> Result<Reliance> {
        Ok(Reliance::new(&self.atlas, &self.narrowed(filter)?))
    }

    /// The sources that claims on it cite.
    async fn sources(&self) -> List<Source> {
        self.atlas.publisher_sources(self.ix).into_iter().map(|ix| Source::new(&self.atlas, ix)).collect()
    }
}

impl Publisher {
    fn successions(&self, after: bool) -> Vec<Succession> {
        self.atlas
            .successions_of(self.ix)
            .filter(|(_, is_after)| *is_after == after)
            .map(|(r, _)| {
                let (note, is_date_unverified) = succession::read(r.note.map(|ix| self.atlas.str(ix)));
                Succession {
                    publisher: Publisher::new(&self.atlas, r.other),
                    kind: r.kind.into(),
                    on: r.valid_from.map(PartialDate),
                    is_date_unverified,
                    note: note.map(ToOwned::to_owned),
                    source: r.source.map(|ix| Source::new(&self.atlas, ix)),
                }
            })
            .collect()
    }
}

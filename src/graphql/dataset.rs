//! A dataset, a series of editions, or an edition.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use super::claim::UseClaimConnection;
use super::code::Code;
use super::connection::{DatasetOrder, OrganisationConnection, OrganisationOrder, sorted};
use super::figure::{Counts, LazyFigure, aggregate, lazily};
use super::filter::{Dimension, Filter, resolve};
use super::language::{Language, lang};
use super::list::List;
use super::node::id;
use super::page::{Page, PageInfo, first_of, slice};
use super::publisher::Publisher;
use super::reliance::Reliance;
use super::scalar::{Date, PartialDate};
use super::source::{Attribution, Source, Text};
use super::user_studies::UserStudies;
use super::vocabulary::{
    DatasetAccess, DatasetStatus, Decision, DesignationKind, FeedbackDimension, FeedbackSeverity, FeedbackState,
    HttpState,
};
use crate::analysis;
use crate::analysis::risk::Note;
use crate::atlas::{self, Atlas, DatasetIx, OrgIx};

/// What the coverage of a list of datasets is of: how many name a dataset at all.
const DATASETS: atlas::Dimension = atlas::Dimension::Dataset;

/// A dataset, a series of editions, or an edition.
#[derive(Clone)]
pub struct Dataset {
    atlas: Arc<Atlas>,
    pub(crate) ix: DatasetIx,
}

impl Dataset {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: DatasetIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Dataset {
        self.atlas.dataset(self.ix)
    }

    /// A filter narrowed to this dataset.
    fn narrowed(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        let mut filter = resolve(&self.atlas, filter)?;
        filter.dataset = vec![self.atlas.str(self.row().slug).to_owned()];
        Ok(filter)
    }
}

/// An identifier of a dataset.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct DatasetIdentifier {
    /// `url`, `catalogue`, `doi`, `od500` or `sample`.
    scheme: String,
    /// The identifier.
    value: String,
    /// The address, where the identifier is one.
    url: Option<String>,
}

/// A file or service that carries a dataset.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Distribution {
    /// Where it is, http or https.
    url: String,
    /// Such as `CSV`.
    format: Option<String>,
    /// What a link check last found.
    http_state: HttpState,
}

/// An official designation, such as strategic open data infrastructure.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Designation {
    /// What it is designated as.
    kind: DesignationKind,
    /// Code in the designation's own list.
    code: Option<String>,
    /// Who designated it.
    by: String,
    /// Since when.
    valid_from: Option<PartialDate>,
}

/// What a user says about a dataset.
#[derive(SimpleObject)]
#[graphql(name = "DatasetFeedback", serial)]
pub struct Feedback {
    /// `dataset_feedback:<uuid>`.
    id: ID,
    /// When it was said.
    on: Date,
    /// From 1 (poor) to 4 (excellent).
    rating: Option<i32>,
    /// What it is about.
    dimension: Option<FeedbackDimension>,
    /// How much it hinders.
    severity: Option<FeedbackSeverity>,
    /// The words.
    comment: String,
    /// Their language, ISO 639-1.
    lang: String,
    /// An example of what is meant.
    sample_url: Option<String>,
    /// What the publisher has done.
    state: FeedbackState,
    /// What the publisher answers.
    reply: Option<String>,
    /// Since when it is fixed.
    fixed_on: Option<Date>,
}

/// The ratings of one dataset, or of all of a publisher, from studies and from their pages.
#[derive(SimpleObject)]
#[graphql(name = "DatasetRating", serial)]
pub struct Rating {
    /// How many have rated: distinct organisations, accounts and unsigned forms. Of each the latest rating of a dataset
    /// counts.
    n: u64,
    /// The mean of their ratings, from 1 (poor) to 4 (excellent); null where they are too few to say anything.
    mean: Option<f64>,
    /// The fewest who have to have rated for a mean to be shown.
    smallest: usize,
}

impl Rating {
    pub(crate) const fn new(of: analysis::scorecard::Rating) -> Self {
        Self { n: of.n, mean: of.mean, smallest: analysis::method::SMALLEST_MEAN }
    }
}

/// How much harm a late dataset does: lateness times dependence.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Risk {
    /// When the next change was due; null without a known interval.
    due: Option<Date>,
    /// Days past due and grace; null without a known interval.
    overdue_days: Option<i64>,
    /// From 0 (on time) to 1 (a whole interval late, or every file dead); null when it is not known.
    lateness: Option<f64>,
    /// Sum over users of criticality times grade weight.
    dependence: f64,
    /// Their product.
    risk: f64,
    /// Distinct organisations that use it.
    users: u64,
    /// Those that call it core.
    core_users: u64,
    /// Why lateness is not known, or what it comes from.
    note: Option<RiskNote>,
}

/// A remark on a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analysis::risk::Note")]
pub enum RiskNote {
    /// Its frequency has no interval, or none is stated.
    NoInterval,
    /// Nobody says when it last changed.
    NoDate,
    /// Every one of its files was found dead.
    Dead,
}

/// A dataset, a series of editions, or an edition.
#[Object(serial)]
impl Dataset {
    /// Global id, `dataset:<uuid>`.
    pub async fn id(&self) -> ID {
        id("dataset", self.row().id.0)
    }

    /// Stable word in its address.
    async fn slug(&self) -> &str {
        self.atlas.str(self.row().slug)
    }

    /// Its title.
    async fn title(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().title, super::language::lang(ctx, lang)).value
    }

    /// The language that `title` is in, ISO 639-1.
    async fn title_lang(&self, ctx: &Context<'_>) -> String {
        self.atlas.label(self.row().title, lang(ctx, None)).lang.to_string()
    }

    /// What it holds.
    async fn description(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.row().description, super::language::lang(ctx, lang))
    }

    /// Who publishes it.
    async fn publisher(&self) -> Publisher {
        Publisher::new(&self.atlas, self.row().publisher)
    }

    /// Whether editions hang on it.
    async fn is_series(&self) -> bool {
        self.row().is_series
    }

    /// The series it is an edition of, proposed ones included.
    async fn series(&self) -> Option<Dataset> {
        self.row().series.map(|(ix, _)| Dataset::new(&self.atlas, ix))
    }

    /// Whether that has been decided; a proposed edition is counted apart from its series.
    async fn series_decision(&self) -> Option<Decision> {
        self.row().series.map(|(_, decision)| decision.into())
    }

    /// Label of the edition, such as a year.
    async fn edition(&self) -> Option<&str> {
        self.row().edition.map(|ix| self.atlas.str(ix))
    }

    /// Its editions, proposed ones included.
    async fn editions(&self) -> List<Dataset> {
        self.atlas.editions_of(self.ix).iter().map(|&ix| Dataset::new(&self.atlas, ix)).collect()
    }

    /// Whether it is out.
    async fn status(&self) -> DatasetStatus {
        self.row().status.into()
    }

    /// How it may be reached.
    async fn access(&self) -> DatasetAccess {
        self.row().access.into()
    }

    /// Its page at the publisher's, http or https.
    async fn landing_page(&self) -> Option<&str> {
        self.row().landing_page.map(|ix| self.atlas.str(ix))
    }

    /// SPDX id or name of its licence.
    async fn licence(&self) -> Option<&str> {
        self.row().licence.map(|ix| self.atlas.str(ix))
    }

    /// ISO 8601 repeating interval such as `R/P1M`, or irregular, continuous, never, unknown.
    async fn frequency(&self) -> Option<&str> {
        self.row().frequency.map(|ix| self.atlas.str(ix))
    }

    /// When it was first published.
    async fn issued_on(&self) -> Option<Date> {
        self.row().issued_on.map(Date)
    }

    /// When its data last changed.
    async fn modified_on(&self) -> Option<Date> {
        self.row().modified_on.map(Date)
    }

    /// What it is about.
    async fn themes(&self) -> List<Code> {
        self.atlas.themes_of(self.ix).iter().map(|&ix| Code::new(&self.atlas, ix)).collect()
    }

    /// Its identifiers; old addresses are kept.
    async fn identifiers(&self) -> List<DatasetIdentifier> {
        self.atlas
            .dataset_identifiers_of(self.ix)
            .iter()
            .map(|row| {
                let value = self.atlas.str(row.value).to_owned();
                let url = (value.starts_with("http://") || value.starts_with("https://")).then(|| value.clone());
                DatasetIdentifier { scheme: row.scheme.as_str().to_owned(), value, url }
            })
            .collect()
    }

    /// Its files and services.
    async fn distributions(&self) -> List<Distribution> {
        self.atlas
            .distributions_of(self.ix)
            .iter()
            .map(|row| Distribution {
                url: self.atlas.str(row.url).to_owned(),
                format: row.format.map(|ix| self.atlas.str(ix).to_owned()),
                http_state: row.http_state.into(),
            })
            .collect()
    }

    /// What users say about it, the newest first; what nobody has looked at is not among it.
    async fn feedback(&self) -> List<Feedback> {
        let atlas = &self.atlas;
        let text = |ix| atlas.str(ix).to_owned();
        atlas
            .feedback_of(self.ix)
            .iter()
            .map(|row| Feedback {
                id: id("dataset_feedback", row.id.0),
                on: Date(row.on),
                rating: row.rating.map(i32::from),
                dimension: row.dimension.map(Into::into),
                severity: row.severity.map(Into::into),
                comment: text(row.comment),
                lang: row.lang.to_string(),
                sample_url: row.sample_url.map(text),
                state: row.state.into(),
                reply: row.reply.map(text),
                fixed_on: row.fixed_on.map(Date),
            })
            .collect()
    }

    /// What its users think of it, in one figure.
    async fn rating(&self) -> Rating {
        Rating::new(analysis::scorecard::rating(&self.atlas, [self.ix]))
    }

    /// Its official designations.
    async fn designations(&self) -> List<Designation> {
        self.atlas
            .designations_of(self.ix)
            .iter()
            .map(|row| Designation {
                kind: row.kind.into(),
                code: row.code.map(|ix| self.atlas.str(ix).to_owned()),
                by: self.atlas.str(row.by).to_owned(),
                valid_from: row.valid_from.map(PartialDate),
            })
            .collect()
    }

    /// The source that its facts come from.
    async fn source(&self) -> Option<Source> {
        self.row().source.map(|ix| Source::new(&self.atlas, ix))
    }

    /// Whom to name when showing it, and under which licence.
    async fn attribution(&self) -> Attribution {
        Attribution::of(&self.atlas, self.atlas.study_behind_dataset(self.ix))
    }

    /// The organisations that use it.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(OrganisationOrder::Name)")] order_by: Option<OrganisationOrder>,
        #[graphql(default_with = "Some(false)")] reverse: Option<bool>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<OrganisationConnection> {
        let filter = self.narrowed(filter)?;
        OrganisationConnection::new(
            ctx,
            &self.atlas,
            filter,
            sorted(order_by, reverse, OrganisationOrder::Name),
            &Page { first: first_of(first, 20), after },
        )
    }

    /// Distinct organisations that use it.
    async fn user_count(&self, filter: Option<Filter>) -> Result<u64> {
        Ok(match filter {
            None => self.row().users.into(),
            Some(_) => self.atlas.select(&self.narrowed(filter)?).organisations.len(),
        })
    }

    /// Distinct organisations that use it or one of its accepted editions; `userCount` has those that name it itself.
    async fn user_count_with_editions(&self, filter: Option<Filter>) -> Result<u64> {
        if filter.is_none() {
            return Ok(self.atlas.users_with_editions(self.ix).len());
        }
        let filter = self.atlas.with_editions(self.ix, self.narrowed(filter)?);
        Ok(self.atlas.select(&filter).organisations.len())
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

    /// What would break without it, as far as its users were asked.
    async fn reliance(&self, filter: Option<Filter>) -> Result<Reliance> {
        Ok(Reliance::new(&self.atlas, &self.narrowed(filter)?))
    }

    /// What is at stake when it is late.
    async fn risk(&self) -> Risk {
        let risk = analysis::risk::risk(&self.atlas, self.ix);
        Risk {
            due: risk.lateness.map(|late| Date(late.due)),
            overdue_days: risk.lateness.map(|late| late.overdue_days),
            lateness: (risk.note.is_none() || risk.note == Some(Note::Dead)).then_some(risk.factor),
            dependence: risk.dependence,
            risk: risk.risk,
            users: risk.users,
            core_users: risk.core_users,
            note: risk.note.map(Into::into),
        }
    }

    /// The claims on it, of organisations that may be shown.
    async fn claims(
        &self,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<UseClaimConnection> {
        let claims = self.atlas.claims_on(self.ix).iter().copied();
        let shown = claims.filter(|&claim| self.atlas.is_shown(self.atlas.claim(claim).organisation));
        UseClaimConnection::of_range(&self.atlas, shown, &Page { first: first_of(first, 20), after })
    }
}

/// A page of datasets.
pub struct DatasetConnection {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: LazyFigure,
    total: usize,
    items: Vec<(String, DatasetIx, u64)>,
    info: PageInfo,
}

aggregate! {
    /// A page of datasets.
    impl DatasetConnection {
        /// All of them.
        async fn total_count(&self) -> usize {
            self.total
        }

        /// This page, with cursors.
        async fn edges(&self) -> List<DatasetEdge> {
            self.items
                .iter()
                .map(|(cursor, ix, users)| DatasetEdge {
                    cursor: cursor.clone(),
                    node: Dataset::new(&self.atlas, *ix),
                    user_count: *users,
                })
                .collect()
        }

        /// This page, without.
        async fn nodes(&self) -> List<Dataset> {
            self.items.iter().map(|(_, ix, _)| Dataset::new(&self.atlas, *ix)).collect()
        }

        /// Where it stands.
        async fn page_info(&self) -> PageInfo {
            self.info.clone()
        }
    }
}

/// A dataset and its cursor.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct DatasetEdge {
    /// Opaque: pass it as `after`.
    cursor: String,
    /// The dataset.
    node: Dataset,
    /// Distinct organisations of the selection that use it.
    user_count: u64,
}

impl DatasetConnection {
    /// The datasets of a publisher in order, with the users of each under no other filter.
    pub(crate) fn of_publisher(
        atlas: &Arc<Atlas>,
        filter: atlas::Filter,
        list: &[DatasetIx],
        page: &Page,
    ) -> Result<Self> {
        let whole = Arc::clone(atlas);
        let figure = lazily(move || analysis::Figure::new(&whole, &filter, &whole.select(&filter), DATASETS));
        Self::with_counts(atlas, figure, list, page, |ix| u64::from(atlas.dataset(ix).users))
    }

    /// The datasets of one organisation in order, with all users of each.
    pub(crate) fn of_organisation(atlas: &Arc<Atlas>, org: OrgIx, list: &[DatasetIx], page: &Page) -> Result<Self> {
        let whole = Arc::clone(atlas);
        let figure = lazily(move || {
            let filter = atlas::Filter::default();
            let all = whole.select(&filter);
            let organisations = std::iter::once(org.get()).collect();
            let own = atlas::Selection { organisations, ..all };
            analysis::Figure { undisclosed: None, ..analysis::Figure::new(&whole, &filter, &own, DATASETS) }
        });
        Self::with_counts(atlas, figure, list, page, |ix| u64::from(atlas.dataset(ix).users))
    }

    /// Datasets that a filter's organisations use, with those users; every dataset known under no filter.
    pub(crate) fn of_filter(
        atlas: &Arc<Atlas>,
        filter: &atlas::Filter,
        order: DatasetOrder,
        lang: atlas::Lang,
        page: &Page,
    ) -> Result<Self> {
        let mut users: HashMap<DatasetIx, u64> = HashMap::new();
        let mut list: Vec<DatasetIx> = if filter.is_empty() && atlas.knows_the_unused() {
            users.extend(atlas.datasets().map(|ix| (ix, u64::from(atlas.dataset(ix).users))));
            atlas.datasets().collect()
        } else {
            let counts = atlas.count_by(&atlas.select(filter), atlas::Dimension::Dataset, filter.rollup);
            users.extend(counts.into_iter().filter_map(|(value, count)| match value {
                atlas::Value::Dataset(ix) => Some((ix, count)),
                _ => None,
            }));
            users.keys().copied().collect()
        };
        let title = |ix: DatasetIx| atlas.title(ix, lang).value;
        list.sort_by(|&a, &b| {
            let by_title = || atlas.collation().compare(lang, title(a), title(b)).then(a.cmp(&b));
            match order {
                DatasetOrder::Users => users[&b].cmp(&users[&a]).then_with(by_title),
                DatasetOrder::Title => by_title(),
                DatasetOrder::Modified => {
                    atlas.dataset(b).modified_on.cmp(&atlas.dataset(a).modified_on).then_with(by_title)
                }
            }
        });
        let (whole, filter) = (Arc::clone(atlas), filter.clone());
        let figure = lazily(move || analysis::Figure::new(&whole, &filter, &whole.select(&filter), DATASETS));
        Self::with_counts(atlas, figure, &list, page, |ix| users[&ix])
    }

    /// A page of a list in order, with counts of the caller's.
    fn with_counts(
        atlas: &Arc<Atlas>,
        figure: LazyFigure,
        list: &[DatasetIx],
        page: &Page,
        users: impl Fn(DatasetIx) -> u64,
    ) -> Result<Self> {
        let slice = slice(list, page, |ix| atlas.dataset(ix).id.0)?;
        let items = slice.items.into_iter().map(|(cursor, ix)| (cursor, ix, users(ix))).collect();
        Ok(Self { atlas: Arc::clone(atlas), figure, total: list.len(), items, info: slice.info })
    }
}

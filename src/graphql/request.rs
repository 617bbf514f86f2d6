//! A request for data: what is needed, who needs it, and what its publisher says. Persons are numbers.

use std::sync::Arc;

use async_graphql::{Enum, ID, InputObject, Object, Result, SimpleObject};

use super::code::Code;
use super::dataset::Dataset;
use super::filter::refused;
use super::list::List;
use super::node::id;
use super::organisation::Organisation;
use super::page::{Page, PageInfo, slice};
use super::publisher::Publisher;
use super::scalar::{Date, DateTime};
use super::study::Study;
use super::vocabulary::{BlockingReason, RequestOrigin, RequestStatus};
use crate::analysis::demand::{self, Asked, Words};
use crate::analysis::method::METHOD_VERSION;
use crate::atlas::{self, Atlas, RequestIx};
use crate::domain::demand::{Supporter, is_open};

/// A request for data that is not open, or not as it is needed.
#[derive(Clone)]
pub struct DataRequest {
    atlas: Arc<Atlas>,
    ix: RequestIx,
}

impl DataRequest {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: RequestIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Request {
        self.atlas.request(self.ix)
    }
}

/// Who needs the data. Organisations are named where they may be; persons never.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RequestSupport {
    /// Organisations that support it, those that are not named included.
    organisation_count: u32,
    /// Persons with an account that do.
    person_count: u32,
    /// How many of them say that a project waits for the data.
    blocked_count: u32,
    /// The organisations that may be named, in the order of their names.
    organisations: List<Organisation>,
}

/// A request for data that is not open, or not as it is needed.
#[Object(serial)]
impl DataRequest {
    /// Global id, `data_request:<uuid>`.
    pub async fn id(&self) -> ID {
        id("data_request", self.row().id.0)
    }

    /// Stable word in its address.
    async fn slug(&self) -> &str {
        self.atlas.str(self.row().slug)
    }

    /// What is asked for, in a line.
    async fn title(&self) -> &str {
        self.atlas.str(self.row().title)
    }

    /// The language of its texts, ISO 639-1.
    async fn title_lang(&self) -> String {
        self.row().lang.to_string()
    }

    /// The same at length.
    async fn description(&self) -> Option<&str> {
        self.atlas.maybe(self.row().description)
    }

    /// What it is needed for.
    async fn purpose(&self) -> Option<&str> {
        self.atlas.maybe(self.row().purpose)
    }

    /// Why the data cannot be used as it is.
    async fn blocking(&self) -> BlockingReason {
        self.row().blocking.into()
    }

    /// How often it is needed anew, as it was said.
    async fn frequency(&self) -> Option<&str> {
        self.atlas.maybe(self.row().frequency)
    }

    /// The format it is needed in, as it was said.
    async fn format(&self) -> Option<&str> {
        self.atlas.maybe(self.row().format)
    }

    /// What it is about: codes of the list of themes of datasets.
    async fn themes(&self) -> List<Code> {
        self.row().themes.iter().map(|&ix| Code::new(&self.atlas, ix)).collect()
    }

    /// The study in whose answers it was named, whose licence covers it; null where it was asked for here.
    async fn study(&self) -> Option<Study> {
        self.row().study.map(|ix| Study::new(&self.atlas, ix))
    }

    /// Where it comes from.
    async fn origin(&self) -> RequestOrigin {
        self.row().origin.into()
    }

    /// How it stands.
    async fn status(&self) -> RequestStatus {
        self.row().status.into()
    }

    /// Whether something is still to be done about it.
    async fn is_open(&self) -> bool {
        is_open(self.row().status)
    }

    /// The body that has the data, as far as anybody has said.
    async fn publisher(&self) -> Option<Publisher> {
        self.row().publisher.map(|ix| Publisher::new(&self.atlas, ix))
    }

    /// When it was asked for.
    async fn submitted_on(&self) -> Date {
        Date(self.row().submitted_on)
    }

    /// When it was passed to the publisher.
    async fn forwarded_on(&self) -> Option<Date> {
        self.row().forwarded_on.map(Date)
    }

    /// By when the publisher has to answer: so many calendar or business days later, as it has set.
    async fn due_on(&self) -> Option<Date> {
        self.row().due_on.map(Date)
    }

    /// When it was first answered.
    async fn answered_on(&self) -> Option<Date> {
        self.row().answered_on.map(Date)
    }

    /// Whether the term is over and nothing was said.
    async fn is_overdue(&self) -> bool {
        demand::is_overdue(&self.atlas, self.row())
    }

    /// How many days after the end of the term it was answered, or has been waiting; null in time.
    async fn late_days(&self) -> Option<u64> {
        demand::late_days(&self.atlas, self.row())
    }

    /// By when the publisher means to publish.
    async fn planned_on(&self) -> Option<Date> {
        self.row().planned_on.map(Date)
    }

    /// When it was published.
    async fn published_on(&self) -> Option<Date> {
        self.row().published_on.map(Date)
    }

    /// What the publisher says.
    async fn answer(&self) -> Option<&str> {
        self.atlas.maybe(self.row().answer)
    }

    /// The language of the answer, ISO 639-1.
    async fn answer_lang(&self) -> Option<String> {
        self.row().answer.map(|_| self.row().answer_lang.to_string())
    }

    /// On what legal basis it was refused.
    async fn legal_basis(&self) -> Option<&str> {
        self.atlas.maybe(self.row().legal_basis)
    }

    /// The request that asks for the same and stays.
    async fn duplicate_of(&self) -> Option<DataRequest> {
        self.row().duplicate_of.map(|ix| Self::new(&self.atlas, ix))
    }

    /// What it has led to.
    async fn datasets(&self) -> List<Dataset> {
        self.row().datasets.iter().map(|&ix| Dataset::new(&self.atlas, ix)).collect()
    }

    /// Who needs the data.
    async fn support(&self) -> RequestSupport {
        let row = self.row();
        let mut named: Vec<_> = row.named(&self.atlas).collect();
        named.sort_unstable();
        RequestSupport {
            organisation_count: row.count(Supporter::Organisation),
            person_count: row.count(Supporter::Person),
            blocked_count: row.blocked(),
            organisations: named.into_iter().map(|ix| Organisation::new(&self.atlas, ix)).collect(),
        }
    }

    /// How much it is needed: 3 for each organisation and 1 for each person, halved every 24 months; half of it where
    /// a part is published, 0 where it is settled.
    async fn heat(&self) -> f64 {
        demand::heat_of(&self.atlas, self.row()).0
    }

    /// The heat that organisations alone give it.
    async fn business_heat(&self) -> f64 {
        demand::heat_of(&self.atlas, self.row()).1
    }
}

/// Which requests are asked for; what is left out asks for all.
#[derive(Clone, InputObject, Default)]
pub struct RequestFilter {
    /// Slugs of publishers; each with what belongs to it and what came before it.
    pub publisher: Option<Vec<String>>,
    /// Codes of sectors: supported by an organisation of one of them.
    pub sector: Option<Vec<String>>,
    /// Codes of themes: about one of them.
    pub theme: Option<Vec<String>>,
    /// Chapters: of the study in whose answers it was named; else of the organisations that are named as supporters.
    pub chapter: Option<Vec<String>>,
    /// How they stand.
    pub status: Option<Vec<RequestStatus>>,
    /// Why the data cannot be used as it is.
    pub blocking: Option<Vec<BlockingReason>>,
    /// Only those whose term is over with nothing said.
    pub is_overdue: Option<bool>,
    /// With all of these words.
    pub text: Option<String>,
    /// As they stood on a day: asked for and supported by then.
    pub as_of: Option<Date>,
    /// As they had been recorded by a moment.
    pub known_at: Option<DateTime>,
}

/// How a list of requests is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "demand::Order")]
pub enum RequestOrder {
    /// What most organisations ask for first; what is settled last.
    Organisations,
    /// What most projects wait for first; what is settled last.
    Blocked,
    /// The hottest first: what to open next.
    Heat,
    /// The one asked for last first.
    Newest,
    /// The one due first first; those without a term last.
    Due,
}

impl RequestFilter {
    /// The day and moment it asks for.
    pub(crate) fn moment(&self) -> (Option<chrono::NaiveDate>, Option<chrono::DateTime<chrono::Utc>>) {
        (self.as_of.map(|day| day.0), self.known_at.map(|at| at.0))
    }
}

/// Puts a filter into the atlas's words; a word that names nothing here is refused.
pub(crate) fn asked(atlas: &Atlas, filter: Option<RequestFilter>) -> Result<Asked> {
    let filter = filter.unwrap_or_default();
    let words = Words {
        publisher: filter.publisher.unwrap_or_default(),
        sector: filter.sector.unwrap_or_default(),
        theme: filter.theme.unwrap_or_default(),
        chapter: filter.chapter.unwrap_or_default(),
        status: filter.status.into_iter().flatten().map(Into::into).collect(),
        need: filter.blocking.into_iter().flatten().map(Into::into).collect(),
        is_overdue: filter.is_overdue.unwrap_or_default(),
        text: filter.text,
    };
    words.asked(atlas).map_err(|refusal| refused(&refusal))
}

/// A page of requests.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RequestConnection {
    /// All of them.
    total_count: usize,
    /// The day that heats and terms are reckoned on.
    as_of: Date,
    /// Version of the formulas and assumptions.
    method_version: &'static str,
    /// This page, with cursors.
    edges: Vec<RequestEdge>,
    /// This page, without.
    nodes: Vec<DataRequest>,
    /// Where it stands.
    page_info: PageInfo,
}

/// A request and its cursor.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RequestEdge {
    /// Opaque: pass it as `after`.
    cursor: String,
    /// The request.
    node: DataRequest,
}

impl RequestConnection {
    pub(crate) fn new(atlas: &Arc<Atlas>, asked: &Asked, order: RequestOrder, page: &Page) -> Result<Self> {
        let list = demand::requests(atlas, asked, order.into());
        let slice = slice(&list, page, |ix| atlas.request(ix).id.0)?;
        let nodes: Vec<_> = slice.items.iter().map(|(_, ix)| DataRequest::new(atlas, *ix)).collect();
        let edges = slice.items.into_iter().zip(&nodes);
        let edges = edges.map(|((cursor, _), node)| RequestEdge { cursor, node: node.clone() }).collect();
        Ok(Self {
            total_count: list.len(),
            as_of: Date(atlas.as_of),
            method_version: METHOD_VERSION,
            edges,
            nodes,
            page_info: slice.info,
        })
    }
}

/// What one sort of supporters need of one body.
pub struct DemandCell {
    atlas: Arc<Atlas>,
    row: demand::Cell,
}

/// Whose need a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DemandSide {
    /// Of organisations of a sector.
    Sector,
    /// Of organisations whose sector is not known or not shown.
    NoSector,
    /// Of persons.
    Persons,
}

/// What one sort of supporters need of one body.
#[Object(serial)]
impl DemandCell {
    /// The body; null where nobody has said whose data it would be.
    async fn publisher(&self) -> Option<Publisher> {
        self.row.publisher.map(|ix| Publisher::new(&self.atlas, ix))
    }

    /// Whose need it is.
    async fn side(&self) -> DemandSide {
        match self.row.side {
            demand::Side::Sector(_) => DemandSide::Sector,
            demand::Side::NoSector => DemandSide::NoSector,
            demand::Side::Persons => DemandSide::Persons,
        }
    }

    /// The sector, where it is one.
    async fn sector(&self) -> Option<Code> {
        match self.row.side {
            demand::Side::Sector(ix) => Some(Code::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// The heat of it; the cells sum to the whole.
    async fn heat(&self) -> f64 {
        self.row.heat
    }

    /// Distinct requests.
    async fn request_count(&self) -> u32 {
        self.row.requests
    }

    /// Supports, one for each organisation or person and request.
    async fn support_count(&self) -> u32 {
        self.row.supports
    }
}

/// What is asked for about one theme.
pub struct DemandTheme {
    atlas: Arc<Atlas>,
    row: demand::Themed,
}

/// What is asked for about one theme.
#[Object(serial)]
impl DemandTheme {
    /// The theme; null for requests of which nobody has said what they are about.
    async fn theme(&self) -> Option<Code> {
        self.row.theme.map(|ix| Code::new(&self.atlas, ix))
    }

    /// Distinct requests; one may be about several themes.
    async fn request_count(&self) -> u32 {
        self.row.requests
    }

    /// The heat of them.
    async fn heat(&self) -> f64 {
        self.row.heat
    }
}

/// How publishers keep their terms.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Punctuality {
    /// Forwarded, and answered.
    answered: usize,
    /// Of those, by the day they were due.
    answered_in_time: usize,
    /// Forwarded, not answered, and past their day.
    overdue: usize,
    /// Forwarded, not answered, and within their term.
    waiting: usize,
    /// Answered in time, of those answered or overdue; null of none.
    on_time_rate: Option<f64>,
    /// The median of days to an answer, where there are three or more.
    median_days: Option<f64>,
}

impl Punctuality {
    pub(crate) fn new(row: &crate::analysis::terms::Punctuality) -> Self {
        Self {
            answered: row.answered,
            answered_in_time: row.answered_in_time,
            overdue: row.overdue,
            waiting: row.open,
            on_time_rate: row.on_time_rate,
            median_days: row.median_days,
        }
    }
}

/// The demand for data that some requests add up to. `n` counts the distinct organisations that are named as
/// supporters.
pub struct Demand {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: crate::analysis::Figure,
    row: demand::Demand,
}

impl Demand {
    pub(crate) fn new(atlas: &Arc<Atlas>, asked: &Asked) -> Self {
        let row = demand::demand(atlas, asked);
        Self { atlas: Arc::clone(atlas), figure: row.figure.clone(), row }
    }
}

super::figure::aggregate! {
    /// The demand for data that some requests add up to. `n` counts the distinct organisations that are named as
    /// supporters.
    impl Demand {
        /// Requests.
        async fn request_count(&self) -> usize {
            self.row.requests
        }

        /// Those of them about which something is still to be done.
        async fn open_count(&self) -> usize {
            self.row.open
        }

        /// How publishers keep their terms.
        async fn punctuality(&self) -> Punctuality {
            Punctuality::new(&self.row.punctuality)
        }

        /// Supports of organisations, one for each organisation and request, those that are not named included.
        async fn organisation_support_count(&self) -> u32 {
            self.row.organisations
        }

        /// Supports of persons, one for each person and request.
        async fn person_support_count(&self) -> u32 {
            self.row.persons
        }

        /// Supports that say that a project waits for the data.
        async fn blocked_count(&self) -> u32 {
            self.row.blocked
        }

        /// The heat of all of them.
        async fn heat(&self) -> f64 {
            self.row.heat
        }

        /// The heat that organisations alone give them.
        async fn business_heat(&self) -> f64 {
            self.row.business_heat
        }

        /// Requests by theme, those about none last. The filter's own choice of themes is passed over.
        async fn themes(&self) -> List<DemandTheme> {
            self.row.themes.iter().map(|&row| DemandTheme { atlas: Arc::clone(&self.atlas), row }).collect()
        }

        /// Heat by body and by who needs the data, the hottest first.
        async fn cells(&self) -> List<DemandCell> {
            self.row.cells.iter().map(|row| DemandCell { atlas: Arc::clone(&self.atlas), row: row.clone() }).collect()
        }
    }
}

/// One request by slug or id; null where nothing shown bears it.
pub(crate) fn find(atlas: &Arc<Atlas>, slug: Option<&str>, id: Option<&ID>) -> Result<Option<DataRequest>> {
    let ix = match (slug, id) {
        (Some(slug), None) => atlas.request_by_slug(slug),
        (None, Some(id)) => super::node::uuid_of("data_request", id).and_then(|uuid| atlas.request_by_id(uuid.into())),
        _ => return Err(super::query::one_of_two()),
    };
    Ok(ix.map(|ix| DataRequest::new(atlas, ix)))
}

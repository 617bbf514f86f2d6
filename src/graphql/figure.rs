//! What every figure says about itself, and counts per value of a dimension.

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, Enum, Interface, Object, SimpleObject};

use super::code::family_of;
use super::dataset::Dataset;
use super::filter::Dimension;
use super::language::Language;
use super::list::List;
use super::publisher::Publisher;
use super::scalar::{Date, DateTime};
use super::study::Wave;
use super::vocabulary::{Attribute, Grade, Missing};
use crate::analysis;
use crate::atlas::{self, Atlas, Value};
pub(crate) use crate::texts::value_label as label_of;

/// How the users of bodies are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Rollup {
    /// The body that was named.
    Publisher,
    /// The parent body as the survey states it.
    AsStated,
    /// The topmost body today, by accepted relations: its successor's where it has been succeeded, else its parent's.
    Root,
    /// The level of government.
    Level,
    /// The body that has succeeded the one named.
    SuccessorChain,
    /// The default: each claim to the root where a relation of its bodies has been decided, else as the survey states it.
    /// An answer says so where both hold for some of its claims.
    AsDecided,
}

impl Rollup {
    /// What is asked for; `None` is the default.
    pub(crate) const fn asked(self) -> Option<atlas::Rollup> {
        Some(match self {
            Self::Publisher => atlas::Rollup::Publisher,
            Self::AsStated => atlas::Rollup::AsStated,
            Self::Root => atlas::Rollup::Root,
            Self::Level => atlas::Rollup::Level,
            Self::SuccessorChain => atlas::Rollup::SuccessorChain,
            Self::AsDecided => return None,
        })
    }
}

impl From<atlas::RolledUp> for Rollup {
    fn from(said: atlas::RolledUp) -> Self {
        match said {
            atlas::RolledUp::AsDecided => Self::AsDecided,
            atlas::RolledUp::By(rollup) => match rollup {
                atlas::Rollup::Publisher => Self::Publisher,
                atlas::Rollup::AsStated => Self::AsStated,
                atlas::Rollup::Root => Self::Root,
                atlas::Rollup::Level => Self::Level,
                atlas::Rollup::SuccessorChain => Self::SuccessorChain,
            },
        }
    }
}

/// How many answered, of how many asked.
pub struct Coverage(pub(crate) atlas::Coverage);

/// How many lack a value for one reason.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct MissingCount {
    /// The reason.
    code: Missing,
    /// Distinct organisations.
    count: u64,
}

/// How many answered, of how many asked.
#[Object(serial)]
impl Coverage {
    /// The property that was asked for.
    async fn attribute(&self) -> Attribute {
        self.0.attribute.into()
    }

    /// Distinct organisations with a value.
    async fn answered(&self) -> u64 {
        self.0.answered
    }

    /// Distinct organisations, without those not asked and those it does not apply to.
    async fn asked(&self) -> u64 {
        self.0.asked
    }

    /// Those without a value, by reason.
    async fn missing(&self) -> List<MissingCount> {
        missing_of(&self.0)
    }
}

/// Those without a value, by reason.
pub(super) fn missing_of(coverage: &atlas::Coverage) -> List<MissingCount> {
    entity::vocabulary::Missing::ALL
        .iter()
        .zip(coverage.missing)
        .filter(|(_, count)| *count > 0)
        .map(|(&code, count)| MissingCount { code: code.into(), count })
        .collect()
}

/// Claims of one grade.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct GradeCount {
    /// The grade.
    pub grade: Grade,
    /// How many.
    pub count: u64,
}

impl GradeCount {
    /// Counts grades, A to E, zeros included.
    pub(crate) fn of(grades: impl Iterator<Item = entity::vocabulary::Grade>) -> Vec<Self> {
        let mut counts = [0_u64; 5];
        for grade in grades {
            counts[grade.index()] += 1;
        }
        Self::from_counts(counts)
    }

    pub(crate) fn from_counts<const N: usize>(counts: [u64; N]) -> Vec<Self> {
        entity::vocabulary::Grade::ALL
            .iter()
            .zip(counts)
            .map(|(&grade, count)| Self { grade: grade.into(), count })
            .collect()
    }
}

/// What a figure says about itself, worked out once somebody asks.
pub(crate) type LazyFigure = LazyLock<analysis::Figure, Box<dyn FnOnce() -> analysis::Figure + Send>>;

/// Leaves a figure to be worked out once somebody asks.
pub(crate) fn lazily(figure: impl FnOnce() -> analysis::Figure + Send + 'static) -> LazyFigure {
    LazyLock::new(Box::new(figure))
}

/// Writes the fields of [`Aggregate`] into an object that has `atlas` and `figure`.
macro_rules! aggregate {
    ($(#[$doc:meta])* impl $name:ident { $($body:tt)* }) => {
        $crate::graphql::figure::aggregate! { @ #[async_graphql::Object(serial)] $(#[$doc])* impl $name { $($body)* } }
    };
    // Where a field says what it costs, the attribute has to stand where the field does.
    (@ $hash:tt $object:tt $(#[$doc:meta])* impl $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        $hash $object
        impl $name {
            $($body)*

            /// The day the facts are valid on.
            pub async fn as_of(&self) -> $crate::graphql::scalar::Date {
                $crate::graphql::scalar::Date(self.figure.as_of)
            }

            /// What had been recorded by then; null is now.
            pub async fn known_at(&self) -> Option<$crate::graphql::scalar::DateTime> {
                self.figure.known_at.map($crate::graphql::scalar::DateTime)
            }

            /// How bodies were added up.
            pub async fn rollup(&self) -> $crate::graphql::figure::Rollup {
                self.figure.rollup.into()
            }

            /// The waves that the claims and answers behind it come from.
            pub async fn waves(&self) -> $crate::graphql::list::List<$crate::graphql::study::Wave> {
                self.figure.waves.iter().map(|&ix| $crate::graphql::study::Wave::new(&self.atlas, ix)).collect()
            }

            /// Whether the record reaches the day: before the first wave opened and the first claim held nobody was
            /// asked, and a zero is no finding.
            pub async fn is_recorded(&self) -> bool {
                self.figure.is_recorded
            }

            /// Distinct organisations counted.
            pub async fn n(&self) -> u64 {
                self.figure.n
            }

            /// The filter as a query string in a fixed order: the words of an explorer address.
            pub async fn filters(&self) -> &str {
                &self.figure.filters
            }

            /// Version of the formulas and assumptions.
            pub async fn method_version(&self) -> &'static str {
                self.figure.method_version
            }

            /// How many answered, of how many asked.
            pub async fn coverage(&self) -> $crate::graphql::figure::Coverage {
                $crate::graphql::figure::Coverage(self.figure.coverage.clone())
            }

            /// Revision of the record that it was made from.
            pub async fn revision(&self) -> i64 {
                self.figure.revision
            }
        }
    };
}
pub(crate) use aggregate;

/// What every figure says about itself.
#[derive(Interface)]
#[graphql(
    field(name = "as_of", ty = "Date", desc = "The day the facts are valid on."),
    field(name = "known_at", ty = "Option<DateTime>", desc = "What had been recorded by then; null is now."),
    field(name = "rollup", ty = "Rollup", desc = "How bodies were added up."),
    field(name = "waves", ty = "List<Wave>", desc = "The waves that the claims and answers behind it come from."),
    field(
        name = "is_recorded",
        ty = "bool",
        desc = "Whether the record reaches the day; where not, nobody was asked."
    ),
    field(name = "n", ty = "u64", desc = "Distinct organisations counted."),
    field(name = "filters", ty = "&str", desc = "The filter as a query string in a fixed order."),
    field(name = "method_version", ty = "&'static str", desc = "Version of the formulas and assumptions."),
    field(name = "coverage", ty = "Coverage", desc = "How many answered, of how many asked."),
    field(name = "revision", ty = "i64", desc = "Revision of the record that it was made from.")
)]
pub enum Aggregate {
    /// Organisations.
    OrganisationConnection(super::connection::OrganisationConnection),
    /// Publishers.
    PublisherConnection(super::connection::PublisherConnection),
    /// Datasets.
    DatasetConnection(super::dataset::DatasetConnection),
    /// A sector with its organisations.
    Sector(super::sdg::Sector),
    /// A goal with its organisations.
    Sdg(super::sdg::Sdg),
    /// Counts.
    Counts(Counts),
    /// A flow.
    Flow(super::flow::Flow),
    /// Top datasets.
    TopDatasets(super::flow::TopDatasets),
    /// A concentration.
    Concentration(super::flow::Concentration),
    /// A network.
    Network(super::network::Network),
    /// Map points.
    MapPoints(super::places::MapPoints),
    /// What would break without some data.
    Reliance(super::reliance::Reliance),
    /// The demand for data.
    Demand(super::request::Demand),
    /// What an organisation's peers use and it does not.
    DataOfPeers(super::peers::DataOfPeers),
    /// What is known of a publisher's users.
    Scorecard(super::scorecard::Scorecard),
    /// What a wave says of impact.
    Impact(super::impact::Impact),
}

/// Distinct organisations of one value.
pub struct CountRow {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) value: Value,
    pub(crate) count: u64,
}

/// Distinct organisations of one value.
#[Object(serial)]
impl CountRow {
    /// The word for it in filters.
    async fn value(&self) -> String {
        self.atlas.word_of(self.value)
    }

    /// Its label.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        label_of(&self.atlas, self.value, super::language::lang(ctx, lang))
    }

    /// Distinct organisations.
    async fn count(&self) -> u64 {
        self.count
    }

    /// Set where it counts those without a value.
    async fn missing(&self) -> Option<Missing> {
        match self.value {
            Value::Unknown(code) => Some(code.into()),
            _ => None,
        }
    }

    /// Sector family, for colour; sectors and families only.
    async fn family(&self) -> Option<&str> {
        match self.value {
            Value::Code(ix) => family_of(&self.atlas, Some(ix)),
            Value::Family(ix) => Some(self.atlas.str(ix)),
            _ => None,
        }
    }

    /// The publisher, where it counts by publisher.
    async fn publisher(&self) -> Option<Publisher> {
        match self.value {
            Value::Publisher(ix) => Some(Publisher::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// The dataset, where it counts by dataset.
    async fn dataset(&self) -> Option<Dataset> {
        match self.value {
            Value::Dataset(ix) => Some(Dataset::new(&self.atlas, ix)),
            _ => None,
        }
    }
}

/// Distinct organisations per value of one dimension, most first, unknown last.
pub struct Counts {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) by: crate::atlas::Dimension,
    pub(crate) rows: Vec<(Value, u64)>,
    pub(crate) figure: analysis::Figure,
}

aggregate! {
    /// Distinct organisations per value of one dimension, most first, unknown last.
    impl Counts {
        /// What is counted by.
        async fn by(&self) -> Dimension {
            self.by.into()
        }

        /// One row per value that occurs; organisations with several values are in several rows.
        async fn rows(&self) -> List<CountRow> {
            self.rows
                .iter()
                .map(|&(value, count)| CountRow { atlas: Arc::clone(&self.atlas), value, count })
                .collect()
        }
    }
}

impl Counts {
    pub(crate) fn new(atlas: &Arc<Atlas>, by: Dimension, filter: &atlas::Filter) -> Self {
        let by = by.into();
        let counts = analysis::counts::counts(atlas, by, filter);
        Self { atlas: Arc::clone(atlas), by, rows: counts.rows, figure: counts.figure }
    }
}

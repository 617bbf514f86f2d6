//! Reuse sectors and goals with the organisations of each.

use std::sync::{Arc, LazyLock};

use async_graphql::{Context, Object, Result, SimpleObject};

use super::code::{Code, family_of};
use super::connection::OrganisationConnection;
use super::dataset::Dataset;
use super::figure::{CountRow, Counts, Coverage, LazyFigure, aggregate, lazily};
use super::flow::TopDatasets;
use super::list::List;
use super::organisation::Organisation;
use super::page::{Page, first_of};
use crate::analysis;
use crate::atlas::{self, Atlas, CodeIx, Dimension, Value};

/// A reuse sector.
pub struct Sector {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: LazyFigure,
    ix: CodeIx,
    filter: atlas::Filter,
}

impl Sector {
    /// The sector, narrowed to a filter.
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: CodeIx, mut filter: atlas::Filter) -> Self {
        filter.sector = vec![atlas.str(atlas.code_row(ix).code).to_owned()];
        let figure = {
            let (atlas, filter) = (Arc::clone(atlas), filter.clone());
            lazily(move || Self::figure(&atlas, &filter))
        };
        Self { atlas: Arc::clone(atlas), figure, ix, filter }
    }

    /// Of its organisations; how many have a sector at all is told of the selection that it is a part of.
    fn figure(atlas: &Atlas, filter: &atlas::Filter) -> analysis::Figure {
        let whole = atlas::Filter { sector: Vec::new(), ..filter.clone() };
        let coverage = atlas.coverage_of(&whole, &atlas.select(&whole).organisations, Dimension::Sector);
        let own = analysis::Figure::new(atlas, filter, &atlas.select(filter), Dimension::Sector);
        analysis::Figure { coverage, ..own }
    }

    /// Every sector with organisations in the selection, most first.
    pub(crate) fn list(atlas: &Arc<Atlas>, filter: &atlas::Filter) -> Vec<Self> {
        let counts = analysis::counts::counts(atlas, Dimension::Sector, filter);
        let codes = counts.rows.into_iter().filter_map(|(value, _)| match value {
            Value::Code(ix) => Some(ix),
            _ => None,
        });
        codes.map(|ix| Self::new(atlas, ix, filter.clone())).collect()
    }
}

aggregate! {
    @ #[Object(serial)]
    /// A reuse sector.
    impl Sector {
        /// Its code, with label, definition and mappings to industries.
        async fn code(&self) -> Code {
            Code::new(&self.atlas, self.ix)
        }

        /// Its family, for colour.
        async fn family(&self) -> &str {
            family_of(&self.atlas, Some(self.ix)).unwrap_or("none")
        }

        /// Distinct organisations of the selection in it.
        async fn organisation_count(&self) -> u64 {
            self.atlas.select(&self.filter).organisations.len()
        }

        /// The publishers that its organisations use most.
        async fn top_publishers(
            &self,
            #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        ) -> List<CountRow> {
            let selection = self.atlas.select(&self.filter);
            analysis::publishers::users_per_publisher(&self.atlas, &selection, self.filter.rollup)
                .into_iter()
                .take(first_of(first, 5))
                .map(|(ix, count)| CountRow { atlas: Arc::clone(&self.atlas), value: Value::Publisher(ix), count })
                .collect()
        }

        /// Its organisations per value of a dimension.
        #[graphql(complexity = "20 + 10 * child_complexity")]
        async fn counts(&self, by: super::filter::Dimension) -> Counts {
            Counts::new(&self.atlas, by, &self.filter)
        }

        /// The datasets that its organisations use most, and uses that name none apart.
        async fn top_datasets(
            &self,
            ctx: &Context<'_>,
            #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        ) -> TopDatasets {
            TopDatasets::new(ctx, &self.atlas, &self.filter, first_of(first, 10))
        }

        /// Publishers that organisations of other sectors use most and nobody here does, most users first.
        async fn unused_publishers(
            &self,
            #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        ) -> Vec<CountRow> {
            analysis::publishers::unused_here(&self.atlas, &self.filter)
                .into_iter()
                .take(first_of(first, 5))
                .map(|(ix, count)| CountRow { atlas: Arc::clone(&self.atlas), value: Value::Publisher(ix), count })
                .collect()
        }

        /// Its organisations.
        #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
        async fn organisations(
            &self,
            ctx: &Context<'_>,
            #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
            after: Option<String>,
        ) -> Result<OrganisationConnection> {
            let page = Page { first: first_of(first, 20), after };
            OrganisationConnection::new(ctx, &self.atlas, self.filter.clone(), atlas::OrganisationOrder::PublishersUsed.into(), &page)
        }
    }
}

/// A Sustainable Development Goal.
pub struct Sdg {
    pub(crate) atlas: Arc<Atlas>,
    /// Of the selection that its counts are made over: those who do not declare it included.
    pub(crate) figure: Arc<analysis::Figure>,
    pub(crate) goal: u8,
    ix: CodeIx,
    row: analysis::sdg::Goal,
    /// What rules have to infer from, counted once for all goals and only where it is asked for.
    inferred_from: Arc<LazyInferredFrom>,
    filter: atlas::Filter,
}

type LazyInferredFrom = LazyLock<analysis::sdg::InferredFrom, Box<dyn FnOnce() -> analysis::sdg::InferredFrom + Send>>;

/// A target of a goal over the selection.
pub struct SdgTarget {
    atlas: Arc<Atlas>,
    row: analysis::sdg::Target,
}

/// A target of a goal.
#[Object(serial)]
impl SdgTarget {
    /// Its code.
    async fn code(&self) -> Code {
        Code::new(&self.atlas, self.row.code)
    }

    /// Whether an answer to the waves of the selection could yield it; a target not asked is not a gap.
    async fn asked(&self) -> bool {
        self.row.asked
    }

    /// Distinct organisations that declare it.
    async fn declared_count(&self) -> u64 {
        self.row.declared
    }

    /// Distinct organisations for which a published rule infers it.
    async fn inferred_count(&self) -> u64 {
        self.row.inferred
    }
}

/// An organisation worth asking about a goal that it does not declare: a rule infers it, if only from answers that were
/// recovered, or it uses data about it.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SdgCandidate {
    /// Whom to ask.
    organisation: Organisation,
    /// Whether a published rule infers the goal from its other answers: one of `inferredCount`.
    inferred: bool,
    /// Whether such a rule has nothing but answers recovered from damage in their source: one of `recoveredCount`.
    recovered: bool,
    /// The data about the goal that it uses.
    datasets: Vec<Dataset>,
}

/// Distinct organisations at one level of evidence.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LevelCount {
    /// 1 described, 2 output figures, 3 outcome data, 4 comparison, 5 replication.
    level: u8,
    /// Distinct organisations with a claim of this level or more.
    count: u64,
}

impl Sdg {
    /// The seventeen goals, narrowed to a filter.
    pub(crate) fn list(atlas: &Arc<Atlas>, filter: &atlas::Filter) -> Vec<Self> {
        let analysis::sdg::Goals { figure, goals } = analysis::sdg::goals(atlas, filter);
        let figure = Arc::new(figure);
        let inferred_from: Arc<LazyInferredFrom> = {
            let (atlas, filter) = (Arc::clone(atlas), filter.clone());
            Arc::new(LazyLock::new(Box::new(move || analysis::sdg::InferredFrom::new(&atlas, &filter))))
        };
        goals
            .into_iter()
            .filter_map(|row| {
                let ix = atlas.goal_code(row.number)?;
                let mut filter = filter.clone();
                filter.sdg = vec![row.number.to_string()];
                let (figure, inferred_from) = (Arc::clone(&figure), Arc::clone(&inferred_from));
                Some(Self { atlas: Arc::clone(atlas), figure, goal: row.number, ix, row, inferred_from, filter })
            })
            .collect()
    }

    /// The selection that its counts are made over: those who do not declare it included.
    fn filter_without_goal(&self) -> atlas::Filter {
        atlas::Filter { sdg: Vec::new(), ..self.filter.clone() }
    }
}

aggregate! {
    @ #[Object(serial)]
    /// A Sustainable Development Goal.
    impl Sdg {
        /// 1 to 17.
        async fn number(&self) -> u8 {
            self.goal
        }

        /// Its code, with its name.
        async fn code(&self) -> Code {
            Code::new(&self.atlas, self.ix)
        }

        /// Official colour, `#rrggbb`.
        async fn color(&self) -> &str {
            self.atlas.code_row(self.ix).color.map_or("", |ix| self.atlas.str(ix))
        }

        /// Distinct organisations that declare it, evidence level 1 or more.
        async fn declared_count(&self) -> u64 {
            self.row.declared[0]
        }

        /// Distinct organisations that do not declare it and for which a published rule infers it: level 0. What rests
        /// on nothing but recovered answers is among them only where the filter says `includeRecovered`.
        async fn inferred_count(&self) -> u64 {
            self.row.inferred
        }

        /// How many have answered what rules infer the goal from, of how many were asked; asked is 0 where no rule leads to
        /// it from what the waves asked, and then no `inferredCount` is a finding. `coverage` is of those who declare.
        async fn inferred_coverage(&self) -> Coverage {
            Coverage(self.inferred_from.of(self.goal))
        }

        /// Distinct organisations that nothing but answers recovered from damage in their source link to it.
        async fn recovered_count(&self) -> u64 {
            self.row.recovered
        }

        /// Whether the waves of the selection could yield it, directly or by crosswalk; a goal not asked is not a gap.
        async fn asked(&self) -> bool {
            self.row.asked
        }

        /// Whether one of them asks for it as such; where none does, no `declaredCount` is a finding.
        async fn asked_directly(&self) -> bool {
            self.row.asked_directly
        }

        /// Declared organisations by level of evidence, each level including the higher ones.
        async fn levels(&self) -> List<LevelCount> {
            (1_u8..).zip(self.row.declared).map(|(level, count)| LevelCount { level, count }).collect()
        }

        /// Its targets, in their order.
        async fn targets(&self) -> Vec<SdgTarget> {
            analysis::sdg::targets(&self.atlas, self.ix, &self.filter_without_goal())
                .into_iter()
                .map(|row| SdgTarget { atlas: Arc::clone(&self.atlas), row })
                .collect()
        }

        /// Organisations worth asking about it: inferred, recovered or using data about it, and not declaring it; by name.
        async fn candidates(
            &self,
            #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        ) -> Vec<SdgCandidate> {
            let selection = self.atlas.select(&self.filter_without_goal());
            analysis::sdg::candidates_of(&self.atlas, &selection, self.goal)
                .into_iter()
                .take(first_of(first, 10))
                .map(|row| SdgCandidate {
                    organisation: Organisation::new(&self.atlas, row.organisation),
                    inferred: row.is_inferred,
                    recovered: row.is_recovered,
                    datasets: row.datasets.into_iter().map(|ix| Dataset::new(&self.atlas, ix)).collect(),
                })
                .collect()
        }

        /// All organisations worth asking about it.
        async fn candidate_count(&self) -> usize {
            let selection = self.atlas.select(&self.filter_without_goal());
            analysis::sdg::candidates_of(&self.atlas, &selection, self.goal).len()
        }

        /// Published data about it that nobody is known to use, of the studies asked for.
        async fn unused_datasets(
            &self,
            ctx: &Context<'_>,
            #[graphql(default_with = "Some(10)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        ) -> Vec<Dataset> {
            let lang = super::language::lang(ctx, None);
            let mut unused = analysis::sdg::unused(&self.atlas, self.goal, &self.filter.chapter);
            unused.sort_by(|&a, &b| self.atlas.compare_titles(a, b, lang));
            unused
                .into_iter()
                .take(first_of(first, 10))
                .map(|ix| Dataset::new(&self.atlas, ix))
                .collect()
        }

        /// The organisations that declare it.
        #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
        async fn organisations(
            &self,
            ctx: &Context<'_>,
            #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
            after: Option<String>,
        ) -> Result<OrganisationConnection> {
            let page = Page { first: first_of(first, 20), after };
            OrganisationConnection::new(ctx, &self.atlas, self.filter.clone(), atlas::OrganisationOrder::PublishersUsed.into(), &page)
        }
    }
}

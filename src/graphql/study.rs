//! Studies and their waves.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use roaring::RoaringBitmap;

use super::connection::{OrganisationConnection, OrganisationOrder, sorted};
use super::figure::{Counts, MissingCount, missing_of};
use super::filter::{Dimension, Filter, resolve};
use super::impact::Impact;
use super::language::Language;
use super::list::List;
use super::narrowed::narrowed;
use super::node::id;
use super::page::{Page, first_of};
use super::printed::PrintedFigure;
use super::scalar::Date;
use super::source::Attribution;
use super::vocabulary::{Attribute, Frame, WaveState};
use crate::analysis;
use crate::atlas::{self, Atlas, StudyIx, WaveIx};

/// A programme of survey waves.
#[derive(Clone)]
pub struct Study {
    atlas: Arc<Atlas>,
    ix: StudyIx,
}

impl Study {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: StudyIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Study {
        self.atlas.study(self.ix)
    }

    /// Its organisations that may be shown.
    fn members(&self) -> RoaringBitmap {
        let chapter = atlas::Value::Chapter(self.row().chapter);
        self.atlas.organisations_with(atlas::Dimension::Chapter, chapter)
    }

    /// A filter narrowed to this study.
    fn narrowed(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        let mut filter = resolve(&self.atlas, filter)?;
        filter.chapter = vec![self.atlas.str(self.row().chapter).to_owned()];
        Ok(filter)
    }
}

narrowed! {
    /// A programme of survey waves.
    impl Study {
        /// Global id, `study:<uuid>`.
        pub async fn id(&self) -> ID {
            id("study", self.row().id.0)
        }

        /// Stable word for it.
        async fn slug(&self) -> &str {
            self.atlas.str(self.row().slug)
        }

        /// The word that filters by it: the country of an imported chapter, `sample`, or the slug of a study begun here.
        async fn chapter(&self) -> &str {
            self.atlas.str(self.row().chapter)
        }

        /// Its title.
        async fn title(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
            self.atlas.label(self.row().title, super::language::lang(ctx, lang)).value
        }

        /// Whom to name, and under which licence.
        async fn attribution(&self) -> Attribution {
            Attribution::of(&self.atlas, Some(self.ix))
        }

        /// Where it is published.
        async fn url(&self) -> &str {
            self.atlas.str(self.row().url)
        }

        /// Its waves, oldest first.
        async fn waves(&self) -> List<Wave> {
            self.atlas
                .waves()
                .filter(|&ix| self.atlas.wave(ix).study == self.ix)
                .map(|ix| Wave::new(&self.atlas, ix))
                .collect()
        }

        /// Distinct organisations in it that may be shown.
        async fn organisation_count(&self) -> u64 {
            self.members().len()
        }

        /// The median of the publishers that one uses, over its organisations that name any; null of fewer than three.
        async fn median_publishers_used(&self) -> Option<f64> {
            analysis::intensity::median(&self.atlas, &self.members(), |row| row.publishers_used)
        }

        /// The median of the datasets that one names, over its organisations that name any; null of fewer than three.
        async fn median_datasets_used(&self) -> Option<f64> {
            analysis::intensity::median(&self.atlas, &self.members(), |row| row.datasets_used)
        }

        /// What is known to be wrong with it, or missing from it: one sentence each.
        async fn limits(&self, ctx: &Context<'_>, lang: Option<Language>) -> Vec<&'static str> {
            let lang = super::language::lang(ctx, lang);
            crate::texts::list_of(lang, "api.limit", self.atlas.str(self.row().chapter))
        }

        /// The figures of its printed report, each beside what the record gives now.
        async fn printed(&self) -> Vec<PrintedFigure> {
            PrintedFigure::list(&self.atlas, self.ix)
        }
    }
}

/// One wave of a study.
#[derive(Clone)]
pub struct Wave {
    atlas: Arc<Atlas>,
    ix: WaveIx,
}

impl Wave {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: WaveIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Wave {
        self.atlas.wave(self.ix)
    }

    /// A filter narrowed to this wave.
    fn narrowed(&self, filter: Option<Filter>) -> Result<atlas::Filter> {
        let mut filter = resolve(&self.atlas, filter)?;
        filter.wave = vec![self.atlas.str(self.row().slug).to_owned()];
        Ok(filter)
    }
}

/// How many of a wave's organisations answered. Desk research never counts as an answer.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ResponseRate {
    /// All but the ineligible and the duplicates.
    eligible: u64,
    /// Submitted or validated by the organisation.
    answered: u64,
    /// Filled in by a researcher.
    desk: u64,
    /// The study does not say who filled it in.
    unknown: u64,
    /// Sent, by whomever, and nobody has looked through it yet; 0 of a wave that was brought in.
    pending_review: u64,
}

/// How a property was answered in a wave.
pub struct QuestionCoverage(analysis::questions::Answered);

/// How a property was answered in a wave.
#[Object(serial)]
impl QuestionCoverage {
    /// The property that was asked for.
    async fn attribute(&self) -> Attribute {
        self.0.coverage.attribute.into()
    }

    /// How many answered with a value.
    async fn answered(&self) -> u64 {
        self.0.coverage.answered
    }

    /// How many were asked, without those it does not apply to.
    async fn asked(&self) -> u64 {
        self.0.coverage.asked
    }

    /// Those without a value, by reason.
    async fn missing(&self) -> List<MissingCount> {
        missing_of(&self.0.coverage)
    }

    /// How many answers nobody has looked through yet; null while others have been looked through, as it would tell of one.
    /// They are among those that answered, but for what uses tell one by one: there it is how many responses wait of
    /// which no public use tells it yet, and they are in no other number.
    async fn pending_review(&self) -> Option<u64> {
        self.0.pending
    }
}

/// One wave of a study.
#[Object(serial)]
impl Wave {
    /// Global id, `wave:<uuid>`.
    pub async fn id(&self) -> ID {
        id("wave", self.row().id.0)
    }

    /// Stable word for it.
    async fn slug(&self) -> &str {
        self.atlas.str(self.row().slug)
    }

    /// Its title.
    async fn title(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().title, super::language::lang(ctx, lang)).value
    }

    /// The study it belongs to.
    async fn study(&self) -> Study {
        Study::new(&self.atlas, self.row().study)
    }

    /// First day.
    async fn opens_on(&self) -> Date {
        Date(self.row().opens_on)
    }

    /// Last day.
    async fn closes_on(&self) -> Option<Date> {
        self.row().closes_on.map(Date)
    }

    /// Whom it wanted to reach.
    async fn population(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().population, super::language::lang(ctx, lang)).value
    }

    /// How it found its organisations.
    async fn frame(&self) -> Frame {
        self.row().frame.into()
    }

    /// Where it stands.
    async fn state(&self) -> WaveState {
        self.row().state.into()
    }

    /// The page on which anybody may put an organisation forward for it, as a path of this site; null while nobody may.
    async fn nomination_path(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let is_now = Arc::ptr_eq(&self.atlas, &super::snapshot::current(ctx)?);
        Ok(self.atlas.nomination_path(self.ix).filter(|_| is_now))
    }

    /// Key and version of its questionnaire.
    async fn instrument(&self) -> &str {
        self.atlas.str(self.row().instrument)
    }

    /// The properties it asks for; the others are `NOT_ASKED`.
    async fn asked(&self) -> List<Attribute> {
        self.row().asked.iter().map(|&a| a.into()).collect()
    }

    /// Goals that its questions could yield, directly or by crosswalk.
    async fn asked_goals(&self) -> &[u8] {
        &self.row().asked_goals
    }

    /// Every property with how many of those who took part answered; those not asked have `NOT_ASKED`. Of a wave that is
    /// answered here, a property has `SUPPRESSED` until the wave is closed, and where fewer than five sent their answers. What
    /// uses tell one by one (publisher, dataset, how much it matters, since when) is told in any case: there `NO_ANSWER` counts
    /// those of whom no public use tells it, whether they named none or it is not decided on.
    #[graphql(complexity = "20 + 20 * child_complexity")]
    async fn questions(&self) -> Vec<QuestionCoverage> {
        analysis::questions::of_wave(&self.atlas, self.ix).into_iter().map(QuestionCoverage).collect()
    }

    /// Distinct organisations in it that may be shown.
    async fn organisation_count(&self) -> u64 {
        self.atlas.organisations_with(atlas::Dimension::Wave, atlas::Value::Wave(self.ix)).len()
    }

    /// The organisations in it.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        filter: Option<Filter>,
        #[graphql(default_with = "Some(OrganisationOrder::PublishersUsed)")] order_by: Option<OrganisationOrder>,
        #[graphql(default_with = "Some(false)")] reverse: Option<bool>,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<OrganisationConnection> {
        let filter = self.narrowed(filter)?;
        let order = sorted(order_by, reverse, OrganisationOrder::PublishersUsed);
        OrganisationConnection::new(ctx, &self.atlas, filter, order, &Page { first: first_of(first, 20), after })
    }

    /// Its organisations per value of a dimension.
    #[graphql(complexity = "20 + 10 * child_complexity")]
    async fn counts(&self, by: Dimension, filter: Option<Filter>) -> Result<Counts> {
        Ok(Counts::new(&self.atlas, by, &self.narrowed(filter)?))
    }

    /// What it says of impact; null before it opens.
    #[graphql(complexity = "100 + 10 * child_complexity")]
    async fn impact(&self, ctx: &Context<'_>) -> Result<Option<Impact>> {
        let is_now = Arc::ptr_eq(&self.atlas, &super::snapshot::current(ctx)?);
        let is_shown = crate::analysis::impact::is_shown(&self.atlas, self.ix);
        Ok(is_shown.then(|| Impact::new(&self.atlas, self.ix, is_now)))
    }

    /// How many answered.
    async fn response_rate(&self) -> ResponseRate {
        let rate = analysis::panel::of_wave(&self.atlas, self.ix);
        ResponseRate {
            eligible: rate.eligible,
            answered: rate.complete,
            desk: rate.desk,
            unknown: rate.unknown,
            pending_review: analysis::panel::awaiting(&self.atlas, self.ix),
        }
    }
}

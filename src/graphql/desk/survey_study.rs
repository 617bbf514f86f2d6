//! Studies and waves as those who run them see them.

use std::collections::BTreeMap;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::id::ResponseId;

use super::survey_instrument::Instrument;
use super::survey_response::{SurveyOutcomes, SurveyResponseConnection};
use crate::app::survey::{contact_log, instrument, link, remind, response, study};
use crate::domain::text::by_language;
use crate::graphql::caller::access;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, refuse};
use crate::graphql::page::{bad_cursor, first_of, open};
use crate::graphql::scalar::Date;
use crate::graphql::vocabulary::{Frame, ResponseStatus, WaveState};

/// A text in Spanish, English, or both.
#[derive(SimpleObject)]
pub struct SurveyText {
    /// In Spanish.
    es: Option<String>,
    /// In English.
    en: Option<String>,
}

impl SurveyText {
    pub(super) fn of(json: &str) -> Self {
        let mut texts = by_language(json);
        Self { es: texts.remove("es"), en: texts.remove("en") }
    }
}

/// A text in Spanish, English, or both.
#[derive(Clone, InputObject)]
pub struct SurveyTextInput {
    /// In Spanish.
    es: Option<String>,
    /// In English.
    en: Option<String>,
}

impl SurveyTextInput {
    pub(super) fn texts(self) -> BTreeMap<String, String> {
        let both = [("es", self.es), ("en", self.en)];
        both.into_iter().filter_map(|(lang, text)| Some((lang.to_owned(), text?))).collect()
    }
}

/// A study that one runs.
#[derive(Clone)]
pub struct SurveyStudy(pub(super) study::Study);

/// A study that one runs.
#[Object]
impl SurveyStudy {
    /// Global id, `study:uuid`.
    async fn id(&self) -> ID {
        id("study", self.0.entity_id.0)
    }

    /// Stable word for it.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its title.
    async fn title(&self) -> SurveyText {
        SurveyText::of(&self.0.title)
    }

    /// ISO 3166-1 code of its country.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// How its data are to be cited.
    async fn attribution(&self) -> &str {
        &self.0.attribution
    }

    /// Whether one of its waves has opened, so that everybody may know of it.
    async fn is_public(&self) -> bool {
        self.0.visibility == entity::vocabulary::RowVisibility::Public
    }

    /// Its waves, the newest first.
    #[graphql(complexity = "10 + 10 * child_complexity")]
    async fn waves(&self, ctx: &Context<'_>) -> Result<Vec<SurveyWave>> {
        let (access, actor) = access(ctx)?;
        let found = study::waves(&access.ctx, actor, self.0.entity_id).await.map_err(refuse)?;
        Ok(found.into_iter().map(SurveyWave).collect())
    }

    /// Its instruments, the newest first.
    #[graphql(complexity = "10 + 5 * child_complexity")]
    async fn instruments(&self, ctx: &Context<'_>) -> Result<Vec<Instrument>> {
        let (access, actor) = access(ctx)?;
        let found = instrument::of(&access.ctx, actor, self.0.entity_id).await.map_err(refuse)?;
        Ok(found.into_iter().map(Instrument).collect())
    }
}

/// A wave of a study that one runs.
#[derive(Clone)]
pub struct SurveyWave(pub(super) study::Wave);

/// A wave of a study that one runs.
#[Object]
impl SurveyWave {
    /// Global id, `wave:uuid`.
    async fn id(&self) -> ID {
        id("wave", self.0.entity_id.0)
    }

    /// Global id of its study.
    async fn study_id(&self) -> ID {
        id("study", self.0.study_id.0)
    }

    /// Stable word for it.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its title.
    async fn title(&self) -> SurveyText {
        SurveyText::of(&self.0.title)
    }

    /// Whom it is for.
    async fn population(&self) -> SurveyText {
        SurveyText::of(&self.0.population)
    }

    /// How far it has come.
    async fn state(&self) -> WaveState {
        self.0.state.into()
    }

    /// How it found its organisations.
    async fn frame(&self) -> Frame {
        self.0.frame.into()
    }

    /// Its first day.
    async fn opens_on(&self) -> Date {
        Date(self.0.opens_on)
    }

    /// Its last day; null where none is fixed.
    async fn closes_on(&self) -> Option<Date> {
        self.0.closes_on.map(Date)
    }

    /// The instrument it asks by, `key/version`.
    async fn instrument(&self) -> &str {
        &self.0.instrument
    }

    /// Whether organisations may put themselves forward while it is open.
    async fn takes_nominations(&self) -> bool {
        self.0.takes_nominations
    }

    /// The page on which they do so, as a path of this site; null while they may not.
    async fn nomination_path(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let (access, _) = access(ctx)?;
        let takes = self.0.takes_nominations && link::is_open(&self.0, access.ctx.now());
        Ok(takes.then(|| format!("/join/{}", self.0.slug)))
    }

    /// Its responses, in the order in which they came into the wave.
    #[graphql(complexity = "10 + first.unwrap_or(20).max(0) as usize * child_complexity")]
    async fn responses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this status.")] status: Option<ResponseStatus>,
        #[graphql(desc = "Only those whose organisation's name holds this.")] name: Option<String>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the response before the first.")] after: Option<String>,
    ) -> Result<SurveyResponseConnection> {
        let (access, actor) = access(ctx)?;
        let first = first_of(first, 20);
        let is_first = after.is_none();
        let after = after.map(|cursor| open(&cursor)?.parse().map(ResponseId).map_err(|_| bad_cursor())).transpose()?;
        let sought = response::Sought { status: status.map(Into::into), name };
        let page = (after, first as u64 + 1);
        let found = response::page(&access.ctx, actor, self.0.entity_id, &sought, page).await.map_err(refuse)?;
        // One event for the page, whatever the number of contacts on it.
        let shows_contacts = ctx.look_ahead().field("edges").field("node").field("contact").exists();
        if shows_contacts {
            let known = found.iter().take(first).filter(|one| one.respondent.is_some());
            let known: Vec<ResponseId> = known.map(|one| one.response.entity_id).collect();
            contact_log::note_page(&access.ctx, actor, self.0.entity_id, &known).await.map_err(refuse)?;
        }
        Ok(SurveyResponseConnection::of(found, first, (is_first, shows_contacts)))
    }

    /// How many answered, and how many left each question unanswered, and why.
    #[graphql(complexity = "20 + 30 * child_complexity")]
    async fn outcomes(&self, ctx: &Context<'_>) -> Result<SurveyOutcomes> {
        let (access, actor) = access(ctx)?;
        let found = response::outcomes(&access.ctx, actor, self.0.entity_id).await.map_err(refuse)?;
        Ok(SurveyOutcomes(found))
    }

    /// How many may be reminded now: they have an address, have not answered, and were not reminded in the last five
    /// days or three times already.
    #[graphql(complexity = "50")]
    async fn reminders_due(&self, ctx: &Context<'_>) -> Result<usize> {
        let (access, actor) = access(ctx)?;
        Ok(remind::due(&access.ctx, actor, self.0.entity_id).await.map_err(refuse)?.len())
    }
}

/// What `studyCreate` takes.
#[derive(InputObject)]
pub struct StudyCreateInput {
    /// The title.
    pub(super) title: SurveyTextInput,
    /// ISO 3166-1 code of the country, two letters.
    pub(super) country: String,
    /// The licence of its data, such as `CC-BY-4.0`.
    pub(super) licence: String,
    /// Where the licence is to be read.
    pub(super) licence_url: String,
    /// How its data are to be cited.
    pub(super) attribution: String,
    /// The page of the study.
    pub(super) url: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// A study that was begun.
#[derive(SimpleObject)]
pub struct StudyPayload {
    /// The study; null where nothing was done.
    pub(super) study: Option<SurveyStudy>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `waveCreate` takes.
#[derive(InputObject)]
pub struct WaveCreateInput {
    /// The study.
    pub(super) study_id: ID,
    /// A published instrument of the study.
    pub(super) instrument_id: ID,
    /// The title.
    pub(super) title: SurveyTextInput,
    /// Whom it is for.
    pub(super) population: SurveyTextInput,
    /// Its first day.
    pub(super) opens_on: Date,
    /// Its last day; open where left out.
    pub(super) closes_on: Option<Date>,
    /// How it finds its organisations.
    pub(super) frame: Frame,
    /// Whether organisations may put themselves forward while it is open.
    #[graphql(default = false)]
    pub(super) takes_nominations: bool,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `waveUpdate` takes; what is left out stays.
#[derive(InputObject)]
pub struct WaveUpdateInput {
    /// The wave.
    pub(super) wave_id: ID,
    /// Its last day.
    pub(super) closes_on: Option<Date>,
    /// Whether organisations may put themselves forward while it is open.
    pub(super) takes_nominations: Option<bool>,
}

/// What `waveOpen` and `waveClose` take.
#[derive(InputObject)]
pub struct WaveInput {
    /// The wave.
    pub(super) wave_id: ID,
}

/// A wave that was prepared, opened, changed or closed.
#[derive(SimpleObject)]
pub struct WavePayload {
    /// The wave; null where nothing was done.
    pub(super) wave: Option<SurveyWave>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What whoever runs a study decides about a response.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub enum SurveyDecision {
    /// What was sent has been looked through.
    Validate,
    /// The organisation does not want to take part.
    Refuse,
    /// Nobody could be reached.
    NoContact,
    /// It does not belong to the population.
    Ineligible,
    /// Another response is of the same organisation.
    Duplicate,
    /// It was set aside by mistake, as ineligible or double: it stands again as it did before.
    Restore,
}

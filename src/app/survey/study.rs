//! Studies and waves: begun, opened, closed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::id::{InstrumentId, RoleGrantId, SourceId, StudyId, WaveId};
use entity::vocabulary::{AccessEventKind, Attribute, Frame, Role, RowVisibility, ScopeKind, SourceKind, WaveState};
use serde::Serialize;
use uuid::Uuid;

use super::{named, of_study};
use crate::app::history::Of;
use crate::app::permit::permit;
use crate::app::write::{Change, Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::contact::contact_fault;
use crate::domain::instrument::{Instrument, Target, asked_by};
use crate::domain::licence::identifier;
use crate::domain::text::{by_language, slug, web_address};
use crate::domain::violation::Violation;
use crate::store;
use crate::store::access::grant::Grant;
pub use crate::store::survey::study::{Study, Wave};
use crate::store::survey::{instrument as stored, sent, study as rows};

/// A study to begin.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    /// The title by language.
    pub title: BTreeMap<String, String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub licence: String,
    pub licence_url: String,
    /// How its data are to be cited.
    pub attribution: String,
    pub url: String,
}

/// A wave to prepare.
#[derive(Clone, Debug, Serialize)]
pub struct NewWave {
    pub study: StudyId,
    pub title: BTreeMap<String, String>,
    /// Whom it is for.
    pub population: BTreeMap<String, String>,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
    pub frame: Frame,
    /// A published instrument of the study.
    pub instrument: InstrumentId,
    /// Whether organisations may put themselves forward while it is open.
    pub takes_nominations: bool,
}

/// What may be changed of a wave that is not over.
#[derive(Clone, Debug, Default)]
pub struct WaveEdit {
    /// Its title and whom it is for, while it is a draft: who is asked is asked by these words.
    pub words: Option<(BTreeMap<String, String>, BTreeMap<String, String>)>,
    /// Its last day; `None` within leaves it open.
    pub closes_on: Option<Option<NaiveDate>>,
    pub takes_nominations: Option<bool>,
}

/// Chapters of studies that are imported or made as a sample.
const IMPORTED: [&str; 5] = ["mx", "us", "kr", "au", "sample"];

/// Begins a study; nobody sees it before one of its waves opens. Whoever begins it runs it.
pub async fn create(ctx: &Context, actor: &Actor, new: New, key: Option<&str>) -> Result<Study, Error> {
    permit(actor, Action::StartStudy, &Object::platform(ctx.now()))?;
    let mut faults = Vec::new();
    let title = texts("title", &new.title, &mut faults);
    let country = new.country.to_ascii_uppercase();
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        faults.push(Violation::new("country", "give a code of two letters such as MX"));
    }
    let licence = identifier(&named("licence", &new.licence, 100, &mut faults));
    let attribution = public("attribution", &new.attribution, 300, &mut faults);
    let mut address = |field, text: &str| {
        web_address(text).unwrap_or_else(|| {
            faults.push(Violation::new(field, "give an address such as https://example.org"));
            String::new()
        })
    };
    let (licence_url, url) = (address("licenceUrl", &new.licence_url), address("url", &new.url));
    let slug = slug_of(&title);
    if IMPORTED.contains(&slug.as_str()) {
        faults.push(Violation::new("title", "give a longer title; this one is the code of a study that is imported"));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated::<Uuid>(Once { mutation: "studyCreate", key }, &new).await? {
        return rows::by_id(&ctx.db, StudyId(before)).await?.ok_or(Error::NotFound);
    }
    let id = StudyId(ctx.id());
    let study = Study {
        id,
        // A chapter of its own: another study of the same country has other organisations.
        chapter: slug.clone(),
        slug,
        title: json(&title)?,
        country,
        licence,
        licence_url,
        attribution,
        url,
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: actor.id(),
    };
    rows::insert(write.transaction(), study.clone()).await.map_err(|error| taken(error, "title"))?;
    write.change(change("study", id.0, id, false, "begun"));
    if let Some(account) = actor.account() {
        let grant = Grant {
            id: RoleGrantId(ctx.id()),
            account_id: account.id,
            role: Role::Researcher,
            scope_kind: ScopeKind::Study,
            scope_id: Some(id.0),
            starts_at: write.at(),
            ends_at: None,
            granted_at: write.at(),
            granted_by: Some(account.id),
            reason: "began the study".to_owned(),
            revoked_at: None,
            revoked_by: None,
        };
        let grant_id = grant.id.0;
        store::access::grant::insert(write.transaction(), grant).await?;
        let role = Role::Researcher.as_str();
        write.event(AccessEventKind::RoleGranted, Some(account.id), Some(grant_id), role).await?;
    }
    write.commit("study begun", &id.0).await?;
    Ok(study)
}

/// Prepares a wave.
pub async fn wave_create(ctx: &Context, actor: &Actor, new: NewWave, key: Option<&str>) -> Result<Wave, Error> {
    permit(actor, Action::RunWave, &of_study(new.study, ctx.now()))?;
    let mut faults = Vec::new();
    let title = texts("title", &new.title, &mut faults);
    let population = texts("population", &new.population, &mut faults);
    if new.closes_on.is_some_and(|closes| closes < new.opens_on) {
        faults.push(Violation::new("closesOn", "the wave closes before it opens"));
    }
    let instrument = stored::by_id(&ctx.db, new.instrument).await?.filter(|row| row.study_id == new.study);
    match &instrument {
        None => faults.push(Violation::new("instrument", "the study has no such instrument")),
        Some(row) if row.published_at.is_none() => {
            faults.push(Violation::new("instrument", "publish the instrument first"));
        }
        Some(_) => {}
    }
    let Some(instrument) = instrument.filter(|_| faults.is_empty()) else { return Err(Error::Invalid(faults)) };
    let (asked, asked_goals) = asks(&super::instrument::content(&instrument)?);
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated::<Uuid>(Once { mutation: "waveCreate", key }, &new).await? {
        return rows::wave(&ctx.db, WaveId(before)).await?.ok_or(Error::NotFound);
    }
    let id = WaveId(ctx.id());
    let wave = Wave {
        id,
        study_id: new.study,
        slug: slug_of(&title),
        title: json(&title)?,
        opens_on: new.opens_on,
        closes_on: new.closes_on,
        population: json(&population)?,
        frame: new.frame,
        state: WaveState::Draft,
        instrument: format!("{}/{}", instrument.key, instrument.version),
        asked: json(&asked)?,
        asked_goals: json(&asked_goals)?,
        takes_nominations: new.takes_nominations,
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: actor.id(),
    };
    rows::insert_wave(write.transaction(), wave.clone()).await.map_err(|error| taken(error, "title"))?;
    write.change(change("wave", id.0, new.study, false, "prepared"));
    write.commit("wave prepared", &id.0).await?;
    Ok(wave)
}

/// Opens a wave: organisations may be invited and may answer, and everyone sees that there is such a wave.
pub async fn wave_open(ctx: &Context, actor: &Actor, id: WaveId) -> Result<Wave, Error> {
    move_wave(ctx, actor, id, (WaveState::Draft, WaveState::Open)).await
}

/// Closes a wave: its links are worthless from now on, and its answers stay as they are.
pub async fn wave_close(ctx: &Context, actor: &Actor, id: WaveId) -> Result<Wave, Error> {
    move_wave(ctx, actor, id, (WaveState::Open, WaveState::Closed)).await
}

async fn move_wave(
    ctx: &Context,
    actor: &Actor,
    id: WaveId,
    (from, to): (WaveState, WaveState),
) -> Result<Wave, Error> {
    let wave = super::wave(ctx, id).await?;
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    let study = rows::by_id(&ctx.db, wave.study_id).await?.ok_or(Error::NotFound)?;
    // A wave that is closed before its day has ended then: nobody could answer it later.
    let closes_on = match to {
        WaveState::Closed => {
            let today = ctx.today().max(wave.opens_on);
            Some(wave.closes_on.map_or(today, |day| day.min(today)))
        }
        _ => wave.closes_on,
    };
    let moved = Wave { state: to, visibility: RowVisibility::Public, closes_on, ..wave.clone() };
    let mut write = Write::begin(ctx, actor).await?;
    if !rows::move_wave(write.transaction(), id, (from, to), (RowVisibility::Public, closes_on)).await? {
        let now = rows::wave_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
        return Err(no_move(now.state, to));
    }
    if to == WaveState::Open {
        store::survey::study::show(write.transaction(), wave.study_id).await?;
        sent::insert_source(write.transaction(), source(&wave, write.at())).await?;
        if study.visibility == RowVisibility::Public {
            write.touch("study", study.entity_id.0);
        } else {
            let shown = Study { visibility: RowVisibility::Public, ..study };
            write.change(seen("study", shown.entity_id.0, wave.study_id, (None, Some(&shown)))?);
        }
    }
    // What everybody sees begins with the opening.
    let before = Some(&wave).filter(|wave| wave.visibility == RowVisibility::Public);
    write.change(seen("wave", id.0, wave.study_id, (before, Some(&moved)))?);
    write.commit(if to == WaveState::Open { "wave opened" } else { "wave closed" }, &()).await?;
    Ok(moved)
}

/// Why a wave cannot be opened or closed, and what can be done instead.
fn no_move(now: WaveState, to: WaveState) -> Error {
    Error::Conflict(
        match (to, now) {
            (WaveState::Open, WaveState::Open) => "this wave is open already; look at it again",
            (WaveState::Open, _) => "this wave is over and does not open again; to ask anew, prepare another wave",
            (_, WaveState::Draft) => "this wave has not been opened, so there is nothing to close; open it first",
            _ => "this wave is over already; look at it again",
        }
        .to_owned(),
    )
}

/// A wave, for those who run it.
pub async fn wave(ctx: &Context, actor: &Actor, id: WaveId) -> Result<Wave, Error> {
    let wave = super::wave(ctx, id).await?;
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    Ok(wave)
}

/// The studies that somebody runs, the latest first.
pub async fn run_by(ctx: &Context, actor: &Actor) -> Result<Vec<Study>, Error> {
    permit(actor, Action::StartStudy, &Object::platform(ctx.now()))?;
    let mut own = rows::all(&ctx.db).await?;
    own.retain(|study| permit(actor, Action::RunWave, &of_study(study.entity_id, ctx.now())).is_ok());
    Ok(own)
}

/// Where the history of a study is; `None` for one that nobody but its researchers may know of.
pub async fn whole_history_of(ctx: &Context, id: StudyId) -> Result<Option<Of>, Error> {
    let study = rows::by_id(&ctx.db, id).await?.filter(|study| study.visibility == RowVisibility::Public);
    Ok(study.map(|study| Of::whole(study.entity_id.0)))
}

/// Where the history of a wave is; `None` for one that nobody but its researchers may know of.
pub async fn history_of(ctx: &Context, id: WaveId) -> Result<Option<Of>, Error> {
    let wave = rows::wave(&ctx.db, id).await?.filter(|wave| wave.state != WaveState::Draft);
    Ok(wave.map(|wave| Of::wave(wave.study_id.0, id.0)))
}

/// The study of a wave that somebody is asked to answer: an answer link, or the open door of the wave, tells of it.
pub async fn asking(ctx: &Context, wave: &Wave) -> Result<Study, Error> {
    rows::by_id(&ctx.db, wave.study_id).await?.ok_or(Error::NotFound)
}

/// A study, for those who run it.
pub async fn by_id(ctx: &Context, actor: &Actor, id: StudyId) -> Result<Study, Error> {
    let study = rows::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::RunWave, &of_study(id, ctx.now()))?;
    Ok(study)
}

/// The waves of a study, the newest first, for those who run it.
pub async fn waves(ctx: &Context, actor: &Actor, study: StudyId) -> Result<Vec<Wave>, Error> {
    permit(actor, Action::RunWave, &of_study(study, ctx.now()))?;
    Ok(rows::waves(&ctx.db, study).await?)
}

/// Changes the last day of a wave that is not over, or whether organisations may put themselves forward.
pub async fn wave_update(ctx: &Context, actor: &Actor, id: WaveId, edit: WaveEdit) -> Result<Wave, Error> {
    let wave = super::wave(ctx, id).await?;
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    if !matches!(wave.state, WaveState::Draft | WaveState::Open) {
        return Err(Error::Conflict(
            "a wave that is over does not change; to ask anew, prepare another wave".to_owned(),
        ));
    }
    let closes_on = edit.closes_on.unwrap_or(wave.closes_on);
    let earliest = if wave.state == WaveState::Open { wave.opens_on.max(ctx.today()) } else { wave.opens_on };
    if edit.closes_on.is_some() && closes_on.is_some_and(|closes| closes < earliest) {
        let message = format!("the last day is not before {earliest}; to end the wave now, close it");
        return Err(Violation::new("closesOn", message).into());
    }
    let takes_nominations = edit.takes_nominations.unwrap_or(wave.takes_nominations);
    let (title, population) = match &edit.words {
        Some((title, population)) => {
            let mut faults = Vec::new();
            let title = texts("title", title, &mut faults);
            let population = texts("population", population, &mut faults);
            if !faults.is_empty() {
                return Err(Error::Invalid(faults));
            }
            (json(&title)?, json(&population)?)
        }
        None => (wave.title.clone(), wave.population.clone()),
    };
    let after = Wave { closes_on, takes_nominations, title, population, ..wave.clone() };
    let mut write = Write::begin(ctx, actor).await?;
    let is_late = edit.words.is_some() && wave.state != WaveState::Draft;
    if is_late || !rows::edit_wave(write.transaction(), (id, wave.state), &after).await? {
        return Err(Error::Conflict("somebody has just changed this wave; look at it again".to_owned()));
    }
    let image = |wave: &Wave| {
        let mut image = serde_json::json!({ "closes_on": wave.closes_on, "takes_nominations": wave.takes_nominations });
        if edit.words.is_some() {
            image["title"] = wave.title.as_str().into();
            image["population"] = wave.population.as_str().into();
        }
        Some(image)
    };
    write.change(Change {
        kind: "wave",
        record: id.0,
        subject: wave.study_id.0,
        is_public: wave.state == WaveState::Open,
        before: image(&wave),
        after: image(&after),
    });
    write.commit("wave changed", &()).await?;
    Ok(after)
}

/// The open wave of an address, which everyone may know of.
pub async fn open_wave(ctx: &Context, slug: &str) -> Result<Option<Wave>, Error> {
    Ok(rows::open_wave(&ctx.db, slug).await?)
}

/// The wave of an address that has opened, whether or not it is closed by now.
pub async fn begun_wave(ctx: &Context, slug: &str) -> Result<Option<Wave>, Error> {
    Ok(rows::begun_wave(&ctx.db, slug).await?)
}

/// What the answers of a wave are cited as.
pub(in crate::app) fn source_of(wave: WaveId) -> SourceId {
    SourceId(Uuid::new_v5(&wave.0, b"answers"))
}

fn source(wave: &Wave, at: chrono::DateTime<chrono::Utc>) -> entity::source::Model {
    let id = source_of(wave.entity_id);
    let titles = by_language(&wave.title);
    entity::source::Model {
        id,
        kind: SourceKind::SurveyAnswer,
        title: titles.values().next().cloned().unwrap_or_else(|| wave.slug.clone()),
        url: None,
        archived_url: None,
        author: None,
        published_on: None,
        accessed_at: None,
        licence: None,
        lang: titles.keys().next().cloned(),
        content_hash: None,
        study_id: Some(wave.study_id),
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    }
}

/// What an instrument asks for, in the words that coverage is counted by.
fn asks(instrument: &Instrument) -> (Vec<Attribute>, Vec<u8>) {
    let mut asked: Vec<Attribute> = Vec::new();
    let mut goals = Vec::new();
    for question in instrument.questions() {
        for attribute in asked_by(question) {
            if !asked.contains(&attribute) {
                asked.push(attribute);
            }
        }
        if matches!(&question.maps_to, Target::Impact { dimension } if dimension == "sdg") {
            goals = question.kind.ids().iter().filter_map(|id| id.parse().ok()).collect();
        }
    }
    (asked, goals)
}

/// A text of one line that names nobody. What is too long is not looked through.
fn public(field: &str, text: &str, longest: usize, faults: &mut Vec<Violation>) -> String {
    let text = named(field, text, longest, faults);
    if text.chars().count() <= longest {
        faults.extend(contact_fault(field, &text));
    }
    text
}

fn texts(field: &str, of: &BTreeMap<String, String>, faults: &mut Vec<Violation>) -> BTreeMap<String, String> {
    if of.is_empty() || of.keys().any(|lang| !matches!(lang.as_str(), "es" | "en")) {
        faults.push(Violation::new(field, "give a text in es, en or both"));
    }
    let mut text = |lang: &str, text: &str| {
        let field = format!("{field}.{lang}");
        public(&field, text, 500, faults)
    };
    of.iter().map(|(lang, said)| (lang.clone(), text(lang, said))).collect()
}

fn taken(error: store::Error, field: &str) -> Error {
    if store::is_taken(&error) {
        Violation::new(field, "another has this title").of(crate::domain::violation::Fault::Taken).into()
    } else {
        error.into()
    }
}

fn change(kind: &'static str, record: Uuid, study: StudyId, is_public: bool, state: &str) -> Change {
    let after = Some(serde_json::json!({ "state": state }));
    Change { kind, record, subject: study.0, is_public, before: None, after }
}

/// The slug of a title by language: that of the first.
fn slug_of(title: &BTreeMap<String, String>) -> String {
    title.iter().next().map_or_else(|| slug("es", ""), |(lang, text)| slug(lang, text))
}

/// A change of what everybody sees.
fn seen<T: Serialize>(
    kind: &'static str,
    record: Uuid,
    study: StudyId,
    (before, after): (Option<&T>, Option<&T>),
) -> Result<Change, Error> {
    let image = |row: Option<&T>| row.map(serde_json::to_value).transpose();
    let image = |row| image(row).map_err(|error| Error::Internal(error.into()));
    Ok(Change { kind, record, subject: study.0, is_public: true, before: image(before)?, after: image(after)? })
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.into()))
}

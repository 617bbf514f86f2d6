//! Instruments: copied, edited while they are drafts, set aside, or published once and for good.

use entity::id::{InstrumentId, StudyId};
use entity::vocabulary::InstrumentState;

use super::of_study;
use crate::app::permit::permit;
use crate::app::write::{Change, Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::instrument::{Choice, Edit, Instrument, Lists, Version, check, revision};
use crate::domain::text::fold;
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::instrument as stored;
pub use crate::store::survey::instrument::Instrument as Row;
use crate::store::survey::study::{self as studies, Wave};
use crate::{reference, store};

/// The longest content of an instrument, in bytes.
const LONGEST: usize = 512 * 1024;

/// The instrument that ships with the program.
pub fn built_in() -> Result<Instrument, Error> {
    let bytes = reference::file("instrument_v1.json").ok_or(Error::NotFound)?;
    serde_json::from_slice(&bytes).map_err(|error| Error::Internal(error.into()))
}

/// The same for a country, and which lists it has there.
pub fn built_in_for(country: &str) -> Result<(Instrument, Lists), Error> {
    let table = reference::table("subdivisions").map_err(|error| Error::Internal(anyhow::anyhow!(error)))?;
    let mut areas: Vec<Choice> = table
        .records()
        .filter(|row| row.get("country") == country)
        .map(|row| Choice {
            id: row.get("code").to_owned(),
            label: ["en", "es"].map(|lang| (lang.to_owned(), row.get(&format!("name_{lang}")).to_owned())).into(),
        })
        .collect();
    areas.sort_by_cached_key(|area| area.label.get("es").map(|name| fold(name)));
    Ok(built_in()?.for_country(country, &areas))
}

/// What a row holds.
pub fn content(row: &Row) -> Result<Instrument, Error> {
    serde_json::from_str(&row.content).map_err(|error| Error::Internal(error.into()))
}

/// Copies an instrument into a study as a draft of the next version; the one that ships with the program
/// where none is named, with the lists of the study's country. A copy may be changed, so it never keeps the version of what
/// it was copied from. Each study counts its own versions of a key.
pub async fn fork(
    ctx: &Context,
    actor: &Actor,
    (study, from): (StudyId, Option<InstrumentId>),
    key: Option<&str>,
) -> Result<Row, Error> {
    permit(actor, Action::RunWave, &of_study(study, ctx.now()))?;
    let mut instrument = match from {
        None => {
            let study = studies::by_id(&ctx.db, study).await?.ok_or(Error::NotFound)?;
            built_in_for(&study.country)?.0
        }
        Some(id) => content(&one(ctx, actor, id).await?)?,
    };
    let mut write = Write::begin(ctx, actor).await?;
    let once = Once { mutation: "instrumentFork", key };
    if let Some(before) = write.repeated::<InstrumentId>(once, &(study, from)).await? {
        return stored::by_id_in(write.transaction(), before).await?.ok_or(Error::NotFound);
    }
    let taken = stored::versions(write.transaction(), study, &instrument.key).await?;
    let taken = taken.iter().filter_map(|version| version.parse().ok());
    instrument.version = taken.fold(instrument.version, Version::max).next();
    let row = Row {
        id: InstrumentId(ctx.id()),
        study_id: study,
        key: instrument.key.clone(),
        version: instrument.version.to_string(),
        state: InstrumentState::Draft,
        content: json(&instrument)?,
        based_on_id: from,
        created_at: write.at(),
        created_by: actor.id(),
        published_at: None,
        published_by: None,
    };
    stored::insert(write.transaction(), row.clone()).await.map_err(taken_by_another)?;
    write.change(change(&row, "draft"));
    write.commit("instrument copied", &row.id).await?;
    Ok(row)
}

/// The revision of what a row holds: whoever sends it back says with it what they have read.
pub fn revision_of(row: &Row) -> String {
    revision(&row.content)
}

/// Writes the content of a draft, where it still is the one of the revision that its sender has `seen`; without one,
/// whatever stands is written over. Its key and version stay those it was made with.
pub async fn save(
    ctx: &Context,
    actor: &Actor,
    id: InstrumentId,
    text: &str,
    seen: Option<&str>,
) -> Result<Row, Error> {
    let row = one(ctx, actor, id).await?;
    if row.state == InstrumentState::Draft && seen.is_some_and(|seen| seen != revision_of(&row)) {
        let message = "somebody has saved this draft since you read it; read it again, put your changes into what it \
                       says now, and save that";
        return Err(Violation::new("revision", message).of(Fault::Changed).into());
    }
    if text.len() > LONGEST {
        return Err(Violation::new("content", "an instrument has at most 512 KB").of(Fault::TooLong).into());
    }
    let mut instrument: Instrument = serde_json::from_str(text)
        .map_err(|error| Error::from(Violation::new("content", format!("this is no instrument: {error}"))))?;
    let kept = content(&row)?;
    (instrument.key, instrument.version) = (kept.key, kept.version);
    write(ctx, actor, row, &instrument).await
}

/// Makes one change to a draft, where what it writes over still is what its sender has `seen`. Others may have changed the
/// rest meanwhile.
pub async fn edit(
    ctx: &Context,
    actor: &Actor,
    id: InstrumentId,
    edit: Edit,
    seen: Option<&str>,
) -> Result<Row, Error> {
    let row = one(ctx, actor, id).await?;
    let mut instrument = content(&row)?;
    let now = instrument.revision_under(&edit);
    if row.state == InstrumentState::Draft && seen.is_some() && now.is_some() && now.as_deref() != seen {
        let message = "somebody has changed this since you opened it: compare what you wrote with what it says now, \
                       and save again";
        return Err(Violation::new("revision", message).of(Fault::Changed).into());
    }
    instrument.edit(edit)?;
    write(ctx, actor, row, &instrument).await
}

/// Puts a content in the place of the one that was read: of two who edit at once, the second is told.
async fn write(ctx: &Context, actor: &Actor, row: Row, instrument: &Instrument) -> Result<Row, Error> {
    let content = json(instrument)?;
    let mut write = Write::begin(ctx, actor).await?;
    if !stored::save(write.transaction(), row.id, (&row.content, content.clone())).await? {
        return Err(match stored::by_id_in(write.transaction(), row.id).await? {
            Some(now) if now.state == InstrumentState::Draft => {
                Error::Conflict("somebody has just edited this instrument; look at it again".to_owned())
            }
            now => no_draft(now),
        });
    }
    write.change(change(&row, "draft"));
    write.commit("instrument edited", &()).await?;
    Ok(Row { content, ..row })
}

/// What a wave asks, for those who run its study; `None` for one that was asked by something else.
pub async fn of_wave(ctx: &Context, actor: &Actor, wave: &Wave) -> Result<Option<Instrument>, Error> {
    let all = of(ctx, actor, wave.study_id).await?;
    let named = all.iter().find(|row| format!("{}/{}", row.key, row.version) == wave.instrument);
    named.map(content).transpose()
}

/// Publishes a draft that is sound; from then on it never changes.
pub async fn publish(ctx: &Context, actor: &Actor, id: InstrumentId) -> Result<Row, Error> {
    let row = one(ctx, actor, id).await?;
    let faults = check(&content(&row)?);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    // What was checked is what is published: a draft that was edited in between is not.
    let now = stored::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    if now.state == InstrumentState::Draft && now.content != row.content {
        return Err(Error::Conflict("somebody has just edited this instrument; look at it again".to_owned()));
    }
    if !stored::publish(write.transaction(), id, write.at(), actor.id()).await? {
        return Err(no_draft(stored::by_id_in(write.transaction(), id).await?));
    }
    write.change(change(&row, "published"));
    let published_at = Some(write.at());
    write.commit("instrument published", &()).await?;
    Ok(Row { state: InstrumentState::Published, published_at, published_by: actor.id(), ..row })
}

/// Sets aside a draft that no wave asks by. It is in no list from then on, and its version is given to no other.
pub async fn discard(ctx: &Context, actor: &Actor, id: InstrumentId) -> Result<Row, Error> {
    let row = one(ctx, actor, id).await?;
    let waves = studies::waves(&ctx.db, row.study_id).await?;
    if waves.iter().any(|wave| wave.instrument == format!("{}/{}", row.key, row.version)) {
        return Err(is_published());
    }
    let mut write = Write::begin(ctx, actor).await?;
    if !stored::discard(write.transaction(), id).await? {
        return Err(no_draft(stored::by_id_in(write.transaction(), id).await?));
    }
    write.change(change(&row, "discarded"));
    write.commit("instrument discarded", &()).await?;
    Ok(Row { state: InstrumentState::Discarded, ..row })
}

/// All that is wrong with an instrument before it can be published.
pub fn faults(row: &Row) -> Result<Vec<Violation>, Error> {
    Ok(check(&content(row)?))
}

/// The instruments of a study.
pub async fn of(ctx: &Context, actor: &Actor, study: StudyId) -> Result<Vec<Row>, Error> {
    permit(actor, Action::RunWave, &of_study(study, ctx.now()))?;
    Ok(stored::of(&ctx.db, study).await?)
}

/// One instrument, for those who run its study. A draft that was set aside is gone.
pub async fn one(ctx: &Context, actor: &Actor, id: InstrumentId) -> Result<Row, Error> {
    let row = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::RunWave, &of_study(row.study_id, ctx.now()))?;
    if row.state == InstrumentState::Discarded { Err(Error::NotFound) } else { Ok(row) }
}

/// What somebody is told who has read a draft that is none any more: set aside, it is gone.
fn no_draft(now: Option<Row>) -> Error {
    let is_gone = now.is_none_or(|now| now.state == InstrumentState::Discarded);
    if is_gone { Error::NotFound } else { is_published() }
}

fn is_published() -> Error {
    Error::Conflict("a published instrument never changes; make a copy of it".to_owned())
}

fn taken_by_another(error: store::Error) -> Error {
    if store::is_taken(&error) {
        Error::Conflict("somebody has just made this version; try again".to_owned())
    } else {
        error.into()
    }
}

fn change(row: &Row, state: &str) -> Change {
    Change {
        kind: "instrument",
        record: row.id.0,
        subject: row.study_id.0,
        is_public: false,
        before: None,
        after: Some(serde_json::json!({ "key": row.key, "version": row.version, "state": state })),
    }
}

fn json(instrument: &Instrument) -> Result<String, Error> {
    serde_json::to_string(instrument).map_err(|error| Error::Internal(error.into()))
}

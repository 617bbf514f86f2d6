//! What of a record can become part of a new one, for whoever splits it.

use entity::id::{DatasetId, OrganisationId};
use uuid::Uuid;

use super::super::permit::permit;
use super::super::{Context, Error};
use crate::app::review::names::Names;
use crate::domain::access::{Action, Actor, Object};
use crate::store;
use crate::store::review::{On, facts};

/// A record that can be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    Organisation(OrganisationId),
    Dataset(DatasetId),
}

/// A row that can go to the new record, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub id: Uuid,
    /// What it says, as names of records.
    pub text: String,
    /// The wave that it comes from.
    pub wave: Option<String>,
}

/// Everything that hangs on a record and can go to a new one.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub name: String,
    pub slug: String,
    /// Claims that the organisation makes.
    pub uses: Vec<Part>,
    /// Claims of others on the body, or on the dataset.
    pub used_by: Vec<Part>,
    pub impacts: Vec<Part>,
    pub datasets: Vec<Part>,
}

/// What hangs on a record, in words.
pub async fn parts(ctx: &Context, actor: &Actor, whole: Whole, lang: &str) -> Result<Parts, Error> {
    permit(actor, Action::DecideClaim, &Object::platform(ctx.now()))?;
    let on = On::Record(&ctx.db);
    let mut names = Names::of(on, &[], lang).await?;
    let id = match whole {
        Whole::Organisation(id) => id.0,
        Whole::Dataset(id) => id.0,
    };
    let (uses, impacts) = match whole {
        Whole::Organisation(id) => (facts::uses_of(on, id).await?, facts::impacts_of(on, id).await?),
        Whole::Dataset(_) => (Vec::new(), Vec::new()),
    };
    let mut used_by = store::rearrangement::claims_on(&ctx.db, id).await?;
    used_by.retain(|row| row.organisation_id.0 != id);
    let datasets = store::rearrangement::datasets_of(&ctx.db, id).await?;
    let mut wanted = vec![id];
    for row in uses.iter().chain(&used_by) {
        wanted.extend(target(row));
        wanted.push(row.organisation_id.0);
        wanted.extend(row.wave_id.map(|id| id.0));
    }
    wanted.extend(impacts.iter().flat_map(|row| [row.code_id.map(|id| id.0), row.wave_id.map(|id| id.0)]).flatten());
    wanted.extend(datasets.iter().map(|row| row.id.0));
    names.read(on, wanted).await?;
    let name = names.label(id).ok_or(Error::NotFound)?.to_owned();
    let label = |id: Option<Uuid>| id.and_then(|id| names.label(id)).unwrap_or("–").to_owned();
    let wave = |id: Option<entity::id::WaveId>| id.and_then(|id| names.label(id.0)).map(str::to_owned);
    let mut all = Parts {
        slug: names.slug(id).unwrap_or_default().to_owned(),
        uses: uses.iter().map(|row| Part { id: row.id.0, text: label(target(row)), wave: wave(row.wave_id) }).collect(),
        used_by: used_by
            .iter()
            .map(|row| Part { id: row.id.0, text: label(Some(row.organisation_id.0)), wave: wave(row.wave_id) })
            .collect(),
        impacts: impacts
            .iter()
            .map(|row| Part {
                id: row.id.0,
                text: row.text.clone().unwrap_or_else(|| label(row.code_id.map(|id| id.0))),
                wave: wave(row.wave_id),
            })
            .collect(),
        datasets: datasets.iter().map(|row| Part { id: row.id.0, text: label(Some(row.id.0)), wave: None }).collect(),
        name,
    };
    all.uses.sort_by(|one, other| (&one.text, one.id).cmp(&(&other.text, other.id)));
    all.used_by.sort_by(|one, other| (&one.text, one.id).cmp(&(&other.text, other.id)));
    all.impacts.sort_by(|one, other| (&one.text, one.id).cmp(&(&other.text, other.id)));
    all.datasets.sort_by(|one, other| (&one.text, one.id).cmp(&(&other.text, other.id)));
    Ok(all)
}

/// What a claim is on.
fn target(row: &entity::use_claim::Model) -> Option<Uuid> {
    let dataset = row.dataset_id.or(row.series_id).map(|id| id.0);
    dataset.or(row.publisher_id.map(|id| id.0)).or(row.theme_id.map(|id| id.0))
}

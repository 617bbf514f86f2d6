//! The organisations that a list names, as they stand: an old address leads on, and one that was merged away counts as the
//! one that it is part of.

use std::collections::HashMap;
use std::iter::once;

use entity::id::OrganisationId;
use entity::vocabulary::RowVisibility;

use crate::app::{Context, Error};
use crate::store::rearrangement::{led_on, merged_of};
use crate::store::survey::organisation::{self as organisations, Organisation};
use crate::store::survey::response as responses;
use crate::store::survey::study::Wave;

/// An organisation that a name stands for.
pub(super) struct Named {
    pub(super) stands: Organisation,
    /// Those of the name that were merged into it.
    merged: Vec<Organisation>,
}

impl Named {
    /// All that it has been.
    pub(super) fn all(&self) -> impl Iterator<Item = &Organisation> {
        once(&self.stands).chain(&self.merged)
    }
}

/// The organisations that these ends of addresses are or lead to, as far as whoever runs the study may know of them.
pub(super) async fn at_slugs(
    ctx: &Context,
    wave: &Wave,
    slugs: &[String],
) -> Result<HashMap<String, Organisation>, Error> {
    let found = visible(ctx, wave, organisations::by_slugs(&ctx.db, slugs).await?).await?;
    let mut out: HashMap<_, _> = found.into_iter().map(|one| (one.slug.clone(), one)).collect();
    let others: Vec<String> = slugs.iter().filter(|slug| !out.contains_key(*slug)).cloned().collect();
    let led = led_on(&ctx.db, "organisation", &others).await?;
    let standing = these(ctx, wave, led.iter().map(|(_, to)| OrganisationId(*to))).await?;
    out.extend(led.into_iter().filter_map(|(slug, to)| Some((slug, standing.get(&OrganisationId(to))?.clone()))));
    Ok(out)
}

/// The organisations of these folded names, or that one of such a name was merged into, as far as whoever runs the study
/// may know of both.
pub(super) async fn of_names(
    ctx: &Context,
    wave: &Wave,
    names: &[String],
) -> Result<HashMap<String, Vec<Named>>, Error> {
    let mut out: HashMap<String, Vec<Named>> = HashMap::new();
    for one in visible(ctx, wave, organisations::of_names(&ctx.db, names).await?).await? {
        out.entry(one.folded.clone()).or_default().push(Named { stands: one, merged: Vec::new() });
    }
    let mut gone = organisations::gone_of_names(&ctx.db, names).await?;
    let ids: Vec<_> = gone.iter().map(|one| one.entity_id.0).collect();
    let into = merged_of(&ctx.db, &ids).await?;
    gone.retain(|one| into.contains_key(&one.entity_id.0));
    let own = responses::once_of_study(&ctx.db, wave.study_id, &hidden(&gone)).await?;
    gone.retain(|one| is_public(one) || own.contains(&one.entity_id));
    let standing = these(ctx, wave, gone.iter().map(|one| OrganisationId(into[&one.entity_id.0]))).await?;
    for one in gone {
        let Some(stands) = standing.get(&OrganisationId(into[&one.entity_id.0])) else { continue };
        let same = out.entry(one.folded.clone()).or_default();
        match same.iter_mut().find(|named| named.stands.entity_id == stands.entity_id) {
            Some(named) => named.merged.push(one),
            None => same.push(Named { stands: stands.clone(), merged: vec![one] }),
        }
    }
    Ok(out)
}

async fn these(
    ctx: &Context,
    wave: &Wave,
    ids: impl Iterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, Organisation>, Error> {
    let found = organisations::by_ids(&ctx.db, &ids.collect::<Vec<_>>()).await?;
    Ok(visible(ctx, wave, found).await?.into_iter().map(|one| (one.entity_id, one)).collect())
}

/// The public ones, and those in a wave of the study: what another study has found is not told.
async fn visible(ctx: &Context, wave: &Wave, mut found: Vec<Organisation>) -> Result<Vec<Organisation>, Error> {
    let own = responses::of_study(&ctx.db, wave.study_id, &hidden(&found)).await?;
    found.retain(|one| is_public(one) || own.contains(&one.entity_id));
    Ok(found)
}

fn is_public(one: &Organisation) -> bool {
    one.visibility == RowVisibility::Public
}

fn hidden(found: &[Organisation]) -> Vec<OrganisationId> {
    found.iter().filter(|one| !is_public(one)).map(|one| one.entity_id).collect()
}

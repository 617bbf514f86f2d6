//! Part of a record becomes one of its own: the claims and datasets that were chosen go there.

use std::collections::BTreeMap;

use entity::id::{DatasetId, ImpactClaimId, OrganisationId, UseClaimId};
use entity::vocabulary::AssertedPart;
use entity::{dataset, impact_claim, organisation, publisher_profile, use_claim};
use uuid::Uuid;

use super::super::Error;
use super::dataset::public_title;
use super::frame::Rearranging;
use super::organisation::public_name;
use super::series::{New, fresh};
use crate::app::matching::shown;
use crate::domain::text::fold;
use crate::domain::violation::{Fault, Violation};
use crate::store::fact::Fact;
use crate::store::slug::Kind;

/// What goes to the new organisation.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) use_claims: &'a [UseClaimId],
    pub(super) impact_claims: &'a [ImpactClaimId],
    pub(super) datasets: &'a [DatasetId],
}

fn in_spanish(name: &str) -> Result<String, Error> {
    let names = BTreeMap::from([("es", name)]);
    serde_json::to_string(&names).map_err(|error| Error::Internal(error.into()))
}

/// The chosen rows, all of which have to be there.
async fn chosen<M: Fact>(work: &Rearranging<'_>, field: &str, ids: &[Uuid]) -> Result<Vec<M>, Error> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<M> = work.naming("id", &ids).await?;
    if rows.len() != ids.len() {
        let message = "one of these is not there any more; choose again";
        return Err(Violation::new(field, message).of(Fault::Invalid).into());
    }
    Ok(rows)
}

/// A new organisation or body out of another.
pub(super) async fn organisation(
    work: &mut Rearranging<'_>,
    from: OrganisationId,
    name: &str,
    part: Part<'_>,
) -> Result<(Uuid, Uuid), Error> {
    let Some(old) = work.one::<organisation::Model>(from.0).await? else { return Err(work.absent(from.0).await) };
    let id = OrganisationId(work.ctx.id());
    let row = organisation::Model {
        id,
        slug: work.free_slug(Kind::Organisation, ("es", name)).await?,
        name: in_spanish(name)?,
        folded: fold(name),
        legal_name: None,
        legal_form: None,
        founded_on: None,
        founded_on_precision: None,
        website: None,
        description: None,
        summary: None,
        size_band: None,
        entity_id: id,
        recorded_at: work.write.at(),
        stated_at: None,
        source_id: None,
        import_batch_id: None,
        created_by: None,
        ..old.clone()
    };
    work.titles = (public_name(&old), public_name(&row));
    work.add(row, id.0).await?;
    let profile: Vec<publisher_profile::Model> = work.naming("organisation_id", &[from.0]).await?;
    for profile in profile {
        let profile_id = entity::id::PublisherProfileId(work.ctx.id());
        let row = publisher_profile::Model {
            id: profile_id,
            entity_id: profile_id,
            organisation_id: id,
            portal_slug: None,
            recorded_at: work.write.at(),
            import_batch_id: None,
            created_by: None,
            ..profile
        };
        work.add(row, id.0).await?;
    }
    let ids: Vec<Uuid> = part.datasets.iter().map(|id| id.0).collect();
    let datasets: Vec<dataset::Model> = chosen(work, "datasetIds", &ids).await?;
    let ours = |is: bool, field: &str| {
        let message = "this does not belong to the organisation that is split";
        if is { Ok(()) } else { Err(Error::from(Violation::new(field, message))) }
    };
    ours(datasets.iter().all(|row| row.publisher_id == from), "datasetIds")?;
    let moved = datasets.into_iter().map(|row| (row.clone(), dataset::Model { publisher_id: id, ..row }));
    work.shift(moved.collect(), |row| row.id.0).await?;

    let name = shown(&old.name);
    let ids: Vec<Uuid> = part.use_claims.iter().map(|id| id.0).collect();
    let claims: Vec<use_claim::Model> = chosen(work, "useClaimIds", &ids).await?;
    let mut moved = Vec::new();
    for row in claims {
        let by = row.organisation_id == from;
        let on = row.publisher_id == Some(from);
        ours(by || on, "useClaimIds")?;
        // A claim that it made goes as its own; one on its data goes with the data.
        let after = if by {
            work.asserted(row.id.0, AssertedPart::Organisation, &name);
            use_claim::Model { organisation_id: id, ..row.clone() }
        } else {
            work.asserted(row.id.0, AssertedPart::Publisher, &name);
            use_claim::Model { publisher_id: Some(id), ..row.clone() }
        };
        moved.push((row, after));
    }
    work.shift(moved, |row| row.organisation_id.0).await?;
    let ids: Vec<Uuid> = part.impact_claims.iter().map(|id| id.0).collect();
    let impacts: Vec<impact_claim::Model> = chosen(work, "impactClaimIds", &ids).await?;
    ours(impacts.iter().all(|row| row.organisation_id == from), "impactClaimIds")?;
    for row in &impacts {
        work.asserted(row.id.0, AssertedPart::Organisation, &name);
    }
    let moved = impacts.into_iter().map(|row| (row.clone(), impact_claim::Model { organisation_id: id, ..row }));
    work.shift(moved.collect(), |row| row.organisation_id.0).await?;
    work.touch("organisation", from.0);
    Ok((from.0, id.0))
}

/// A new dataset out of another.
pub(super) async fn dataset(
    work: &mut Rearranging<'_>,
    from: DatasetId,
    title: &str,
    use_claims: &[UseClaimId],
) -> Result<(Uuid, Uuid), Error> {
    let Some(old) = work.one::<dataset::Model>(from.0).await? else { return Err(work.absent(from.0).await) };
    let new = New { name: title, title: in_spanish(title)?, publisher: old.publisher_id, visibility: old.visibility };
    let row =
        dataset::Model { status: old.status, access: old.access, is_series: old.is_series, ..fresh(work, new).await? };
    let id = row.id;
    work.titles = (public_title(&old), public_title(&row));
    work.add(row, id.0).await?;
    let name = shown(&old.title);
    let ids: Vec<Uuid> = use_claims.iter().map(|id| id.0).collect();
    let claims: Vec<use_claim::Model> = chosen(work, "useClaimIds", &ids).await?;
    let mut moved = Vec::new();
    for row in claims {
        let here = |of: Option<DatasetId>| if of == Some(from) { Some(id) } else { of };
        let after =
            use_claim::Model { dataset_id: here(row.dataset_id), series_id: here(row.series_id), ..row.clone() };
        if after == row {
            return Err(Violation::new("useClaimIds", "this is no claim on the dataset that is split").into());
        }
        work.asserted(row.id.0, AssertedPart::Dataset, &name);
        moved.push((row, after));
    }
    work.shift(moved, |row| row.organisation_id.0).await?;
    work.touch("dataset", from.0);
    Ok((from.0, id.0))
}

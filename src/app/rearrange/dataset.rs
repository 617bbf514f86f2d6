//! One dataset takes in another.

use std::collections::HashSet;

use entity::id::DatasetId;
use entity::vocabulary::{AssertedPart, RowVisibility};
use entity::{
    dataset, dataset_code, dataset_designation, dataset_identifier, distribution, impact_claim, indicator_observation,
    use_claim,
};
use uuid::Uuid;

use super::super::Error;
use super::frame::{Rearranging, Remark};
use super::values::{Settled, settle};
use super::{claims, demand};
use crate::app::matching::shown;
use crate::domain::violation::Violation;

type Dataset = dataset::Model;

/// Two current datasets, the first and the second; nobody else changes them until this is done.
pub(super) async fn pair(
    work: &Rearranging<'_>,
    first: DatasetId,
    second: DatasetId,
) -> Result<(Dataset, Dataset), Error> {
    let mut both: Vec<Dataset> = work.naming("id", &[first.0, second.0]).await?;
    both.sort_by_key(|row| row.id != first);
    let mut both = both.into_iter();
    match (both.next(), both.next()) {
        (Some(one), Some(other)) => Ok((one, other)),
        (Some(only), None) => Err(work.absent(if only.id == first { second.0 } else { first.0 }).await),
        _ => Err(work.absent(second.0).await),
    }
}

/// The title of a dataset that may be shown; empty for others.
pub(super) fn public_title(row: &Dataset) -> String {
    if row.visibility == RowVisibility::Public { shown(&row.title) } else { String::new() }
}

/// `gone` becomes part of `kept`.
pub(super) async fn merge(work: &mut Rearranging<'_>, kept: DatasetId, gone: DatasetId) -> Result<(Uuid, Uuid), Error> {
    let (stays, goes) = pair(work, kept, gone).await?;
    if stays.is_series != goes.is_series {
        let message = "a series and a dataset are not the same thing; make the one an edition of the other instead";
        return Err(Violation::new("goneId", message).into());
    }
    work.titles = (public_title(&stays), public_title(&goes));
    if stays.publisher_id != goes.publisher_id {
        work.remark(Remark::PublishersDiffer);
    }
    let filled = Dataset {
        description: stays.description.clone().or_else(|| goes.description.clone()),
        landing_page: stays.landing_page.clone().or_else(|| goes.landing_page.clone()),
        licence: stays.licence.clone().or_else(|| goes.licence.clone()),
        licence_url: stays.licence_url.clone().or_else(|| goes.licence_url.clone()),
        frequency: stays.frequency.clone().or_else(|| goes.frequency.clone()),
        issued_on: stays.issued_on.or(goes.issued_on),
        modified_on: stays.modified_on.max(goes.modified_on),
        ..stays.clone()
    };
    if stays.visibility == goes.visibility {
        work.shift(vec![(stays.clone(), filled)], |row| row.id.0).await?;
    }
    hanging(work, kept, gone).await?;
    let editions: Vec<Dataset> = work.naming("series_id", &[gone.0]).await?;
    let editions = editions.into_iter().filter(|row| row.id != kept);
    let moved = editions.map(|row| (row.clone(), Dataset { series_id: Some(kept), ..row })).collect();
    work.shift(moved, |row| row.id.0).await?;
    of_claims(work, &goes, kept).await?;
    demand::of_dataset(work, kept, gone).await?;
    work.lead("dataset", (gone.0, &goes.slug), (kept.0, &stays.slug)).await?;
    work.end(vec![goes], |row| row.id.0).await?;
    work.touch("dataset", kept.0);
    Ok((kept.0, gone.0))
}

/// Moves what the one that stays does not have; what it has too ends.
macro_rules! move_or_end {
    ($work:ident, $table:ident, $kept:ident, $gone:ident, |$row:ident| $key:expr) => {
        let own: Vec<$table::Model> = $work.naming("dataset_id", &[$kept.0]).await?;
        let others: Vec<$table::Model> = $work.naming("dataset_id", &[$gone.0]).await?;
        let key = |$row: &$table::Model| $key;
        let mut said: HashSet<_> = own.iter().map(key).collect();
        let (moved, ended): (Vec<_>, Vec<_>) = others.into_iter().partition(|row| said.insert(key(row)));
        let moved = moved.into_iter().map(|row| (row.clone(), $table::Model { dataset_id: $kept, ..row }));
        $work.shift(moved.collect(), |row| row.dataset_id.0).await?;
        $work.end(ended, |row| row.dataset_id.0).await?;
    };
}

async fn hanging(work: &mut Rearranging<'_>, kept: DatasetId, gone: DatasetId) -> Result<(), Error> {
    move_or_end!(work, dataset_identifier, kept, gone, |row| (row.scheme, row.value.clone()));
    move_or_end!(work, dataset_code, kept, gone, |row| row.code_id);
    move_or_end!(work, dataset_designation, kept, gone, |row| (row.kind, row.code.clone(), row.valid_from));
    // A claim may be on a file: two records of one file both stay.
    let files: Vec<distribution::Model> = work.naming("dataset_id", &[gone.0]).await?;
    let moved = files.into_iter().map(|row| (row.clone(), distribution::Model { dataset_id: kept, ..row }));
    work.shift(moved.collect(), |row| row.dataset_id.0).await?;
    let own: Vec<indicator_observation::Model> = work.naming("dataset_id", &[kept.0]).await?;
    let others: Vec<indicator_observation::Model> = work.naming("dataset_id", &[gone.0]).await?;
    let Settled { moved, ended } = settle(own, others);
    if !ended.is_empty() {
        work.remark(Remark::ValuesDiffer);
    }
    let moved = moved
        .into_iter()
        .map(|row| (row.clone(), indicator_observation::Model { dataset_id: Some(kept), ..row }))
        .collect();
    // What ends makes room first.
    work.end(ended, |_| kept.0).await?;
    work.shift(moved, |_| kept.0).await
}

async fn of_claims(work: &mut Rearranging<'_>, goes: &Dataset, kept: DatasetId) -> Result<(), Error> {
    let gone = goes.id;
    let name = shown(&goes.title);
    let mut rows: Vec<use_claim::Model> = work.naming("dataset_id", &[gone.0]).await?;
    rows.extend(work.naming::<use_claim::Model>("series_id", &[gone.0]).await?);
    for row in &rows {
        work.asserted(row.id.0, AssertedPart::Dataset, &name);
    }
    let here = |id: Option<DatasetId>| if id == Some(gone) { Some(kept) } else { id };
    let moved: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let (dataset_id, series_id) = (here(row.dataset_id), here(row.series_id));
            (row.clone(), use_claim::Model { dataset_id, series_id, ..row })
        })
        .collect();
    let united = rewrite(work, moved).await?;
    let impacts: Vec<impact_claim::Model> = work.naming("dataset_id", &[gone.0]).await?;
    let mut makers: Vec<Uuid> = impacts.iter().map(|row| row.organisation_id.0).collect();
    makers.sort_unstable();
    makers.dedup();
    let others = work.naming("organisation_id", &makers).await?;
    let moved = impacts.into_iter().map(|row| (row.clone(), impact_claim::Model { dataset_id: Some(kept), ..row }));
    claims::impact_claims(work, moved.collect(), others, &united).await
}

/// Writes use claims anew, beside the other claims of those who made them.
pub(super) async fn rewrite(
    work: &mut Rearranging<'_>,
    moved: Vec<(use_claim::Model, use_claim::Model)>,
) -> Result<std::collections::HashMap<entity::id::UseClaimId, entity::id::UseClaimId>, Error> {
    let mut users: Vec<Uuid> = moved.iter().map(|(_, after)| after.organisation_id.0).collect();
    users.sort_unstable();
    users.dedup();
    let others = work.naming("organisation_id", &users).await?;
    claims::use_claims(work, moved, others).await
}

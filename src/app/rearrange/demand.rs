//! What was asked of the one that goes, and said about it, is asked of and said about the one that stays.

use std::collections::{HashMap, HashSet};

use entity::id::{DataRequestId, DatasetId, OrganisationId};
use entity::{data_request, data_request_dataset, dataset_feedback, request_support};

use super::super::Error;
use super::frame::Rearranging;

/// Requests of or to an organisation, what it supports, and what it has said about datasets.
pub(super) async fn of_organisation(
    work: &mut Rearranging<'_>,
    kept: OrganisationId,
    gone: OrganisationId,
) -> Result<(), Error> {
    let said: Vec<dataset_feedback::Model> = work.naming("organisation_id", &[gone.0]).await?;
    let moved =
        said.into_iter().map(|row| (row.clone(), dataset_feedback::Model { organisation_id: Some(kept), ..row }));
    work.shift(moved.collect(), |row| row.dataset_id.0).await?;
    let mut asked: Vec<data_request::Model> = work.naming("publisher_id", &[gone.0]).await?;
    let by_itself: Vec<data_request::Model> = work.naming("organisation_id", &[gone.0]).await?;
    asked.extend(by_itself.into_iter().filter(|row| row.publisher_id != Some(gone)));
    let here = |id: Option<OrganisationId>| if id == Some(gone) { Some(kept) } else { id };
    let moved = asked.into_iter().map(|row| {
        let (publisher_id, organisation_id) = (here(row.publisher_id), here(row.organisation_id));
        (row.clone(), data_request::Model { publisher_id, organisation_id, ..row })
    });
    work.shift(moved.collect(), |row| row.id.0).await?;
    supports(work, kept, gone).await
}

/// An organisation supports a request once; where both do, one of them may need it for a project.
async fn supports(work: &mut Rearranging<'_>, kept: OrganisationId, gone: OrganisationId) -> Result<(), Error> {
    let own: Vec<request_support::Model> = work.naming("organisation_id", &[kept.0]).await?;
    let mut own: HashMap<DataRequestId, request_support::Model> =
        own.into_iter().map(|row| (row.data_request_id, row)).collect();
    let (mut moved, mut ended) = (Vec::new(), Vec::new());
    for row in work.naming::<request_support::Model>("organisation_id", &[gone.0]).await? {
        match own.remove(&row.data_request_id) {
            None => moved.push((row.clone(), request_support::Model { organisation_id: Some(kept), ..row })),
            Some(stays) => {
                let blocks_project = stays.blocks_project || row.blocks_project;
                moved.push((stays.clone(), request_support::Model { blocks_project, ..stays }));
                ended.push(row);
            }
        }
    }
    // What ends makes room first.
    work.end(ended, |row| row.data_request_id.0).await?;
    work.shift(moved, |row| row.data_request_id.0).await
}

/// What has been said about a dataset, and the requests that it has come of.
pub(super) async fn of_dataset(work: &mut Rearranging<'_>, kept: DatasetId, gone: DatasetId) -> Result<(), Error> {
    let said: Vec<dataset_feedback::Model> = work.naming("dataset_id", &[gone.0]).await?;
    let moved = said.into_iter().map(|row| (row.clone(), dataset_feedback::Model { dataset_id: kept, ..row }));
    work.shift(moved.collect(), |row| row.dataset_id.0).await?;
    let own: Vec<data_request_dataset::Model> = work.naming("dataset_id", &[kept.0]).await?;
    let own: HashSet<_> = own.into_iter().map(|row| row.data_request_id).collect();
    let others: Vec<data_request_dataset::Model> = work.naming("dataset_id", &[gone.0]).await?;
    let (ended, moved): (Vec<_>, Vec<_>) = others.into_iter().partition(|row| own.contains(&row.data_request_id));
    let moved = moved.into_iter().map(|row| (row.clone(), data_request_dataset::Model { dataset_id: kept, ..row }));
    work.end(ended, |row| row.data_request_id.0).await?;
    work.shift(moved.collect(), |row| row.data_request_id.0).await
}

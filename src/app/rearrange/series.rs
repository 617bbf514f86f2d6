//! Two datasets of one publisher whose titles differ by their years become editions of one series; or the one
//! without a year becomes the series of the other.

use std::collections::BTreeMap;

use entity::id::{DatasetId, OrganisationId};
use entity::vocabulary::{DatasetAccess, DatasetStatus, Decision, RowVisibility};
use entity::{dataset, use_claim};
use uuid::Uuid;

use super::super::Error;
use super::dataset::{pair, public_title, rewrite};
use super::frame::Rearranging;
use crate::app::matching::shown;
use crate::domain::resolve::{fold_title, split_years, without_years};
use crate::domain::text::{by_language, fold};
use crate::domain::violation::Violation;
use crate::store::slug::Kind;

type Dataset = dataset::Model;

/// The series, and the edition (or one of both).
pub(super) async fn make(work: &mut Rearranging<'_>, left: DatasetId, right: DatasetId) -> Result<(Uuid, Uuid), Error> {
    let (one, other) = pair(work, left, right).await?;
    if one.publisher_id != other.publisher_id {
        return Err(Violation::new("rightId", "editions of one series have one publisher").into());
    }
    let years = |row: &Dataset| split_years(&fold_title(&shown(&row.title)));
    let ((stem, one_years), (other_stem, other_years)) = (years(&one), years(&other));
    if stem != other_stem || stem.is_empty() {
        let message = "the titles differ by more than their years; merge the two, or leave them apart";
        return Err(Violation::new("rightId", message).into());
    }
    match (one.is_series, other.is_series) {
        (true, true) => Err(Violation::new("rightId", "both are series already; merge them instead").into()),
        (true, false) => joined(work, &one, vec![(other, other_years)]).await,
        (false, true) => joined(work, &other, vec![(one, one_years)]).await,
        (false, false) if one_years.is_empty() => {
            let series = raised(work, one).await?;
            joined(work, &series, vec![(other, other_years)]).await
        }
        (false, false) if other_years.is_empty() => {
            let series = raised(work, other).await?;
            joined(work, &series, vec![(one, one_years)]).await
        }
        (false, false) => {
            let accepted = |row: &Dataset| row.series_id.filter(|_| row.series_decision == Some(Decision::Accepted));
            let series = match accepted(&one).or_else(|| accepted(&other)) {
                Some(id) => work.one::<Dataset>(id.0).await?.ok_or(Error::NotFound)?,
                None => begun(work, &one).await?,
            };
            joined(work, &series, vec![(one, one_years), (other, other_years)]).await
        }
    }
}

/// A dataset without a year becomes a series; claims on it are claims on the series.
async fn raised(work: &mut Rearranging<'_>, row: Dataset) -> Result<Dataset, Error> {
    let after = Dataset { is_series: true, ..row.clone() };
    work.shift(vec![(row, after.clone())], |row| row.id.0).await?;
    let claims: Vec<use_claim::Model> = work.naming("dataset_id", &[after.id.0]).await?;
    let moved = claims
        .into_iter()
        .map(|claim| (claim.clone(), use_claim::Model { dataset_id: None, series_id: Some(after.id), ..claim }));
    rewrite(work, moved.collect()).await?;
    Ok(after)
}

/// A new series, named as the edition without its years.
async fn begun(work: &mut Rearranging<'_>, edition: &Dataset) -> Result<Dataset, Error> {
    let titles: BTreeMap<String, String> =
        by_language(&edition.title).into_iter().map(|(lang, title)| (lang, without_years(&title))).collect();
    let name = titles.get("es").or_else(|| titles.values().next()).cloned().unwrap_or_default();
    let title = serde_json::to_string(&titles).map_err(|error| Error::Internal(error.into()))?;
    let new = New { name: &name, title, publisher: edition.publisher_id, visibility: edition.visibility };
    let row = Dataset { is_series: true, ..fresh(work, new).await? };
    work.add(row.clone(), row.id.0).await?;
    Ok(row)
}

/// What a new dataset is.
pub(super) struct New<'a> {
    pub(super) name: &'a str,
    /// As it is stored, by language.
    pub(super) title: String,
    pub(super) publisher: OrganisationId,
    pub(super) visibility: RowVisibility,
}

/// A dataset of which nothing else is known.
pub(super) async fn fresh(work: &Rearranging<'_>, new: New<'_>) -> Result<Dataset, Error> {
    let id = DatasetId(work.ctx.id());
    let titles = by_language(&new.title);
    let lang = titles.iter().find(|(_, title)| *title == new.name).map_or("es", |(lang, _)| lang.as_str());
    Ok(Dataset {
        id,
        slug: work.free_slug(Kind::Dataset, (lang, new.name)).await?,
        folded: fold(new.name),
        title: new.title,
        description: None,
        publisher_id: new.publisher,
        is_series: false,
        series_id: None,
        series_decision: None,
        edition: None,
        status: DatasetStatus::Unknown,
        access: DatasetAccess::Unknown,
        landing_page: None,
        licence: None,
        licence_url: None,
        frequency: None,
        issued_on: None,
        modified_on: None,
        metadata_modified_on: None,
        keywords: None,
        lang: None,
        has_personal_data: None,
        catalogue_id: None,
        source_id: None,
        entity_id: id,
        visibility: new.visibility,
        recorded_at: work.write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    })
}

/// Datasets become editions of a series.
async fn joined(
    work: &mut Rearranging<'_>,
    series: &Dataset,
    editions: Vec<(Dataset, Vec<String>)>,
) -> Result<(Uuid, Uuid), Error> {
    work.titles.0 = public_title(series);
    let titles: Vec<String> = editions.iter().map(|(row, _)| public_title(row)).collect();
    work.titles.1 = titles.join(" · ");
    let mut rows = Vec::new();
    let mut last = series.id.0;
    for (row, years) in editions {
        let edition = row.edition.clone().or_else(|| (!years.is_empty()).then(|| years.join("-")));
        let (series_id, series_decision) = (Some(series.id), Some(Decision::Accepted));
        last = row.id.0;
        rows.push((row.clone(), Dataset { series_id, series_decision, edition, ..row }));
    }
    work.shift(rows, |row| row.id.0).await?;
    work.touch("dataset", series.id.0);
    Ok((series.id.0, last))
}

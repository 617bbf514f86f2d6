//! Reads claims, observations and evidence: by far the most rows.

use entity::id::{CodeId, DatasetId, DistributionId, OrganisationId};
use std::collections::HashMap;

use super::{Columns, Condition, Error, Loaded, OF_ORGANISATION, Owner, Reader};
use crate::atlas::rows::{
    EvidenceRow, EvidencedRow, ImpactClaimRow, ObservationRow, Rows, SubjectRow, TargetRow, UseClaimRow,
};
use crate::domain::draft::Decimal;

/// Claims that the public may see; proposals and retractions stay in the workspace.
const SHOWN: &str = " and status in ('accepted', 'disputed')";

/// Evidence hangs on what it is about.
const EVIDENCE: Owner = Owner::Organisation(
    "(use_claim_id in (select entity_id from use_claim where organisation_id in ({})) \
     or impact_claim_id in (select entity_id from impact_claim where organisation_id in ({})) \
     or observation_id in (select entity_id from indicator_observation where organisation_id in ({})))",
);

pub(super) async fn read(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    use_claims(reader, rows).await?;
    impact_claims(reader, rows).await?;
    observations(reader, rows).await?;
    evidence(reader, rows).await
}

/// Keeps what hangs on records that were loaded.
pub(super) fn keep_loaded(reader: &Reader<'_>, rows: &mut Rows) {
    let (organisations, datasets) = (reader.organisations(rows), reader.datasets(rows));
    rows.use_claims.retain(|claim| {
        let is_target_loaded = match claim.target {
            TargetRow::Distribution(id) | TargetRow::Dataset(id) | TargetRow::Series(id) => datasets.contains(&id),
            TargetRow::Publisher(id) => organisations.contains(&id),
            TargetRow::Theme(_) => true,
        };
        is_target_loaded && organisations.contains(&claim.organisation)
    });
    rows.impact_claims.retain(|claim| organisations.contains(&claim.organisation));
    rows.observations.retain(|observation| match observation.subject {
        SubjectRow::Organisation(id) => organisations.contains(&id),
        SubjectRow::Dataset(id) => datasets.contains(&id),
        SubjectRow::Sector(_) | SubjectRow::Area(_) => true,
    });
    let uses: Loaded<_> = rows.use_claims.iter().map(|row| row.id).collect();
    let impacts: Loaded<_> = rows.impact_claims.iter().map(|row| row.id).collect();
    let observed: Loaded<_> = rows.observations.iter().map(|row| row.id).collect();
    rows.evidence.retain(|evidence| match evidence.about {
        EvidencedRow::Use(id) => uses.contains(&id),
        EvidencedRow::Impact(id) => impacts.contains(&id),
        EvidencedRow::Observation(id) => observed.contains(&id),
    });
}

async fn use_claims(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let mut files = Vec::new();
    reader.public("entity_id, dataset_id", "distribution", &mut files, |row| Ok((row.take()?, row.take()?))).await?;
    let files: HashMap<DistributionId, DatasetId> = files.into_iter().collect();
    let columns = "distribution_id, dataset_id, series_id, publisher_id, theme_id, entity_id, organisation_id, \
                   stated_publisher_id, purpose, use_type, criticality, access_mode, via_id, started_on, \
                   started_on_precision, last_observed_on, valid_from, valid_from_precision, wave_id, asserted_by, \
                   origin, status, grade, publisher_ack";
    let shown = Condition { owner: OF_ORGANISATION, is_dated: true, and: SHOWN, ..Condition::default() };
    reader
        .recorded(columns, "use_claim", shown, &mut rows.use_claims, |row| {
            let Some(target) = target(row, &files)? else { return Ok(None) };
            use_claim(row, target).map(Some)
        })
        .await
}

fn target(row: &mut Columns<'_>, files: &HashMap<DistributionId, DatasetId>) -> Result<Option<TargetRow>, Error> {
    let file: Option<DistributionId> = row.take()?;
    let dataset: Option<DatasetId> = row.take()?;
    let series: Option<DatasetId> = row.take()?;
    let publisher: Option<OrganisationId> = row.take()?;
    let theme: Option<CodeId> = row.take()?;
    Ok(file
        .and_then(|file| files.get(&file).copied())
        .map(TargetRow::Distribution)
        .or(dataset.map(TargetRow::Dataset))
        .or(series.map(TargetRow::Series))
        .or(publisher.map(TargetRow::Publisher))
        .or(theme.map(TargetRow::Theme)))
}

fn use_claim(row: &mut Columns<'_>, target: TargetRow) -> Result<UseClaimRow, Error> {
    Ok(UseClaimRow {
        id: row.take()?,
        organisation: row.take()?,
        target,
        stated_publisher: row.take()?,
        purpose: row.text_if()?,
        use_type: row.word()?,
        criticality: row.word()?,
        access_mode: row.word()?,
        via: row.take()?,
        started: row.date()?,
        last_observed_on: row.take()?,
        valid_from: row.date()?,
        wave: row.take()?,
        asserted_by: row.word()?,
        origin: row.word()?,
        status: row.word()?,
        grade: row.word()?,
        publisher_ack: row.word()?,
    })
}

async fn impact_claims(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let columns = "entity_id, organisation_id, dimension, code_id, text, direction, strength, evidence_level, \
                   rationale, asserted_by, origin, confidence, wave_id, status";
    let shown = Condition { owner: OF_ORGANISATION, is_dated: true, and: SHOWN, ..Condition::default() };
    reader
        .recorded(columns, "impact_claim", shown, &mut rows.impact_claims, |row| {
            Ok(Some(ImpactClaimRow {
                id: row.take()?,
                organisation: row.take()?,
                dimension: row.take()?,
                code: row.take()?,
                text: row.take()?,
                direction: row.word()?,
                strength: row.word()?,
                evidence_level: u8::try_from(row.take::<i16>()?).map_err(|e| Error::Type(e.to_string()))?,
                rationale: row.text_if()?,
                asserted_by: row.word()?,
                origin: row.word()?,
                confidence: row.word_if()?,
                wave: row.take()?,
                status: row.word()?,
            }))
        })
        .await
}

async fn observations(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let columns = format!(
        "organisation_id, code_id, area_id, dataset_id, entity_id, indicator_definition_id, period, low_mantissa, \
         low_scale, central_mantissa, central_scale, high_mantissa, high_scale, missing, currency, status, {}, \
         wave_id, source_id",
        reader.seen("indicator_observation")
    );
    // A value that is in doubt or was taken back is private, and so for every moment.
    let stands = format!(
        " and claim_status = 'accepted'{}",
        reader.still("claim_status", "indicator_observation", "'accepted'")
    );
    let sealed_too = Condition {
        visible: "'public', 'aggregate_only'",
        owner: OF_ORGANISATION,
        and: &stands,
        ..Condition::default()
    };
    reader
        .recorded(&columns, "indicator_observation", sealed_too, &mut rows.observations, |row| {
            let organisation = row.take::<Option<OrganisationId>>()?.map(SubjectRow::Organisation);
            let sector = row.take::<Option<_>>()?.map(SubjectRow::Sector);
            let area = row.take::<Option<_>>()?.map(SubjectRow::Area);
            let dataset = row.take::<Option<_>>()?.map(SubjectRow::Dataset);
            let Some(subject) = organisation.or(sector).or(area).or(dataset) else { return Ok(None) };
            Ok(Some(ObservationRow {
                id: row.take()?,
                indicator: row.take()?,
                subject,
                period: row.take()?,
                low: decimal(row)?,
                central: decimal(row)?,
                high: decimal(row)?,
                missing: row.word_if()?,
                currency: row.take()?,
                status: row.word()?,
                visibility: row.word()?,
                wave: row.take()?,
                source: row.take()?,
            }))
        })
        .await
}

fn decimal(row: &mut Columns<'_>) -> Result<Option<Decimal>, Error> {
    let mantissa: Option<i64> = row.take()?;
    let scale: Option<i16> = row.take()?;
    Ok(mantissa.zip(scale).map(|(mantissa, scale)| Decimal { mantissa, scale }))
}

async fn evidence(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let columns = "use_claim_id, impact_claim_id, observation_id, source_id, polarity, locator, quote";
    let about_these = Condition { owner: EVIDENCE, and: " and relation_id is null", ..Condition::default() };
    reader
        .recorded(columns, "evidence", about_these, &mut rows.evidence, |row| {
            let of_use = row.take::<Option<_>>()?.map(EvidencedRow::Use);
            let of_impact = row.take::<Option<_>>()?.map(EvidencedRow::Impact);
            let of_value = row.take::<Option<_>>()?.map(EvidencedRow::Observation);
            let Some(about) = of_use.or(of_impact).or(of_value) else { return Ok(None) };
            let (source, polarity) = (row.take()?, row.word()?);
            Ok(Some(EvidenceRow { about, source, polarity, locator: row.take()?, quote: row.take()? }))
        })
        .await
}

//! Reads organisations and datasets with all that hangs on them.

use std::collections::HashMap;

use entity::id::{DatasetId, OrganisationId, ResponseId, WaveId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Columns, Condition, Error, Loaded, OF_DATASET, OF_ORGANISATION, Owner, Reader};
use crate::atlas::rows::{
    AnswerRow, DatasetRow, DesignationRow, DistributionRow, FeedbackRow, IdentifierRow, LocationRow, MissingRow,
    NameRow, OrganisationCodeRow, OrganisationRow, PublisherRow, RelationRow, ResponseRow, Rows,
};
use crate::domain::participation::SET_ASIDE;

pub(super) async fn read(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    // Whether it may be shown is as it has said last, whatever moment is read.
    let consent = match reader.known_at {
        None => "consent",
        Some(_) => {
            "coalesce((select today.consent from organisation today where today.id = organisation.entity_id), consent)"
        }
    };
    let columns = format!(
        "entity_id, slug, name, kind, ownership, status, legal_form, founded_on, founded_on_precision, website, \
         description, summary, size_band, business_models, use_types, dependence, based_in_country, earns_revenue, \
         uses_data, {consent}, source_id, stated_at, recorded_at"
    );
    // A version that stands has its record's own id.
    let themselves = Condition { owner: Owner::Organisation("id in ({})"), ..Condition::default() };
    let read = |row: &mut Columns<'_>| organisation(row).map(Some);
    reader.recorded(&columns, "organisation", themselves, &mut rows.organisations, read).await?;
    let loaded = reader.organisations(rows);
    names_and_places(reader, rows, &loaded).await?;
    relations_and_codes(reader, rows, &loaded).await?;
    responses(reader, rows, &loaded).await?;
    datasets(reader, rows, &loaded).await
}

fn organisation(row: &mut Columns<'_>) -> Result<OrganisationRow, Error> {
    Ok(OrganisationRow {
        id: row.take()?,
        slug: row.take()?,
        name: row.text()?,
        kind: row.word()?,
        ownership: row.word()?,
        status: row.word()?,
        legal_form: row.take()?,
        founded: row.date()?,
        website: row.take()?,
        description: row.text_if()?,
        summary: row.text_if()?,
        size_band: row.word_if()?,
        business_models: row.words()?,
        use_types: row.words()?,
        dependence: row.word()?,
        based_in_country: row.word()?,
        earns_revenue: row.word()?,
        uses_data: row.word()?,
        consent: row.word()?,
        source: row.take()?,
        updated_at: match row.take()? {
            Some(stated) => stated,
            None => row.take()?,
        },
    })
}

/// Keeps the row when the organisation or dataset that it hangs on was loaded.
fn of<T, Id: Eq + std::hash::Hash>(loaded: &Loaded<Id>, owner: &Id, row: T) -> Option<T> {
    loaded.contains(owner).then_some(row)
}

async fn names_and_places(reader: &Reader<'_>, rows: &mut Rows, loaded: &Loaded<OrganisationId>) -> Result<(), Error> {
    let any = || Condition { owner: OF_ORGANISATION, ..Condition::default() };
    let columns = "organisation_id, text, lang, kind, valid_from, valid_from_precision, valid_to, valid_to_precision";
    reader
        .recorded(columns, "organisation_name", any(), &mut rows.names, |row| {
            let organisation = row.take()?;
            let name = NameRow {
                organisation,
                text: row.take()?,
                lang: row.take()?,
                kind: row.word()?,
                valid_from: row.date()?,
                valid_to: row.date()?,
            };
            Ok(of(loaded, &organisation, name))
        })
        .await?;
    let columns = "organisation_id, scheme, value, is_verified";
    reader
        .recorded(columns, "organisation_identifier", any(), &mut rows.identifiers, |row| {
            let organisation = row.take()?;
            let identifier =
                IdentifierRow { organisation, scheme: row.word()?, value: row.take()?, verified: row.take()? };
            Ok(of(loaded, &organisation, identifier))
        })
        .await?;
    let columns = "organisation_id, role, locality, postal_code, area_id, latitude, longitude, \"precision\"";
    reader
        .recorded(columns, "location", any(), &mut rows.locations, |row| {
            let organisation = row.take()?;
            let location = LocationRow {
                organisation,
                role: row.word()?,
                locality: row.take()?,
                postal_code: row.take()?,
                area: row.take()?,
                latitude: row.take()?,
                longitude: row.take()?,
                precision: row.word_if()?,
            };
            Ok(of(loaded, &organisation, location))
        })
        .await
}

async fn relations_and_codes(
    reader: &Reader<'_>,
    rows: &mut Rows,
    loaded: &Loaded<OrganisationId>,
) -> Result<(), Error> {
    let any = || Condition { owner: OF_ORGANISATION, ..Condition::default() };
    let from = Condition { owner: Owner::Organisation("from_id in ({})"), ..Condition::default() };
    let columns = "from_id, to_id, kind, decision, valid_from, valid_from_precision, valid_to, valid_to_precision, note, \
         source_id";
    reader
        .recorded(columns, "relation", from, &mut rows.relations, |row| {
            let (from, to) = (row.take()?, row.take()?);
            let relation = RelationRow {
                from,
                to,
                kind: row.word()?,
                decision: row.word()?,
                valid_from: row.date()?,
                valid_to: row.date()?,
                note: row.take()?,
                source: row.take()?,
            };
            Ok(of(loaded, &from, relation).filter(|_| loaded.contains(&to)))
        })
        .await?;
    let columns = "organisation_id, level, portal_slug, area_id, accepts_requests";
    reader
        .recorded(columns, "publisher_profile", Condition::default(), &mut rows.profiles, |row| {
            let organisation = row.take()?;
            let profile = PublisherRow {
                organisation,
                level: row.word()?,
                portal_slug: row.take()?,
                area: row.take()?,
                accepts_requests: row.take()?,
            };
            Ok(of(loaded, &organisation, profile))
        })
        .await?;
    let columns = "organisation_id, code_id, text, role, assigned_by, confidence, wave_id";
    reader
        .recorded(columns, "organisation_code", any(), &mut rows.organisation_codes, |row| {
            let organisation = row.take()?;
            let code = OrganisationCodeRow {
                organisation,
                code: row.take()?,
                text: row.take()?,
                role: row.word()?,
                assigned_by: row.word()?,
                confidence: row.word()?,
                wave: row.take()?,
            };
            Ok(of(loaded, &organisation, code))
        })
        .await?;
    let columns = "organisation_id, attribute, missing";
    reader
        .recorded(columns, "organisation_missing", any(), &mut rows.missing, |row| {
            let organisation = row.take()?;
            let missing = MissingRow { organisation, attribute: row.word()?, missing: row.word()? };
            Ok(of(loaded, &organisation, missing))
        })
        .await
}

async fn responses(reader: &Reader<'_>, rows: &mut Rows, loaded: &Loaded<OrganisationId>) -> Result<(), Error> {
    let mut of_response: HashMap<ResponseId, (OrganisationId, WaveId)> = HashMap::new();
    let columns = "entity_id, organisation_id, wave_id, channel, status, completed_by";
    let of_these = Condition { owner: OF_ORGANISATION, ..Condition::default() };
    reader
        .recorded(columns, "response", of_these, &mut rows.responses, |row| {
            let id = row.take()?;
            let (organisation, wave) = (row.take()?, row.take()?);
            if !loaded.contains(&organisation) {
                return Ok(None);
            }
            of_response.insert(id, (organisation, wave));
            Ok(Some(ResponseRow {
                organisation,
                wave,
                channel: row.word()?,
                status: row.word()?,
                completed_by: row.word()?,
            }))
        })
        .await?;
    let columns = "response_id, question, value, missing";
    let owner = Owner::Organisation("response_id in (select entity_id from response where organisation_id in ({}))");
    let of_these = Condition { owner, ..Condition::default() };
    reader
        .recorded(columns, "answer", of_these, &mut rows.answers, |row| {
            let Some((organisation, wave)) = of_response.get(&row.take()?).copied() else { return Ok(None) };
            let (question, value) = (row.take()?, row.take()?);
            Ok(Some(AnswerRow { organisation, wave, question, value, missing: row.word_if()? }))
        })
        .await
}

async fn datasets(reader: &Reader<'_>, rows: &mut Rows, bodies: &Loaded<OrganisationId>) -> Result<(), Error> {
    let columns = "entity_id, slug, title, description, publisher_id, is_series, series_id, series_decision, edition, \
                   status, access, landing_page, licence, frequency, issued_on, modified_on, source_id";
    let themselves = Condition { owner: Owner::Dataset("id in ({})"), ..Condition::default() };
    reader
        .recorded(columns, "dataset", themselves, &mut rows.datasets, |row| {
            let dataset = dataset(row)?;
            Ok(of(bodies, &dataset.publisher.clone(), dataset))
        })
        .await?;
    let loaded = reader.datasets(rows);
    for dataset in &mut rows.datasets {
        dataset.series = dataset.series.filter(|(series, _)| loaded.contains(series));
    }
    let any = || Condition { owner: OF_DATASET, ..Condition::default() };
    reader
        .recorded("dataset_id, code_id", "dataset_code", any(), &mut rows.dataset_codes, |row| {
            let dataset = row.take()?;
            Ok(of(&loaded, &dataset, (dataset, row.take()?)))
        })
        .await?;
    reader
        .recorded("dataset_id, scheme, value", "dataset_identifier", any(), &mut rows.dataset_identifiers, |row| {
            let dataset = row.take()?;
            Ok(of(&loaded, &dataset, (dataset, row.word()?, row.take()?)))
        })
        .await?;
    reader
        .recorded("dataset_id, url, format, http_state", "distribution", any(), &mut rows.distributions, |row| {
            let dataset = row.take()?;
            let file = DistributionRow { dataset, url: row.take()?, format: row.take()?, http_state: row.word()? };
            Ok(of(&loaded, &dataset, file))
        })
        .await?;
    let columns = "dataset_id, kind, code, designated_by, valid_from, valid_from_precision";
    let dated = Condition { is_dated: true, owner: OF_DATASET, ..Condition::default() };
    reader
        .recorded(columns, "dataset_designation", dated, &mut rows.designations, |row| {
            let dataset = row.take()?;
            let designation = DesignationRow {
                dataset,
                kind: row.word()?,
                code: row.take()?,
                by: row.take()?,
                valid_from: row.date()?,
            };
            Ok(of(&loaded, &dataset, designation))
        })
        .await?;
    // What nobody had signed is signed by whoever changed it first: the first version tells whose it is.
    let columns = format!(
        "dataset_id, entity_id, {}, coalesce(organisation_id, (select first.created_by from dataset_feedback first \
         where first.entity_id = dataset_feedback.entity_id order by first.recorded_at limit 1), entity_id), rating, dimension, severity, comment, lang, sample_url, submitted_at, state, \
         reply, fixed_on",
        reader.seen("dataset_feedback")
    );
    // What came with a response that is set aside counts no more than it does.
    let shown = format!(
        " and moderation = 'shown'{} and not exists (select 1 from response r where r.id = dataset_feedback.response_id \
         and r.status in ({}))",
        reader.still("moderation", "dataset_feedback", "'shown'"),
        SET_ASIDE.map(|status| format!("'{}'", status.as_str())).join(", ")
    );
    let looked_at =
        Condition { visible: "'public', 'aggregate_only'", owner: OF_DATASET, and: &shown, ..Condition::default() };
    reader
        .recorded(&columns, "dataset_feedback", looked_at, &mut rows.feedback, |row| {
            let dataset = row.take()?;
            let feedback = FeedbackRow {
                dataset,
                id: row.take()?,
                visibility: row.word()?,
                voice: voice(row.take()?),
                rating: row.take()?,
                dimension: row.word_if()?,
                severity: row.word_if()?,
                comment: row.take()?,
                lang: row.take()?,
                sample_url: row.take()?,
                at: row.take()?,
                state: row.word()?,
                reply: row.take()?,
                fixed_on: row.take()?,
            };
            Ok(of(&loaded, &dataset, feedback))
        })
        .await
}

/// The digest of whoever says something.
fn voice(of: Uuid) -> u64 {
    let digest = Sha256::digest(of.as_bytes());
    digest.iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
}

fn dataset(row: &mut Columns<'_>) -> Result<DatasetRow, Error> {
    Ok(DatasetRow {
        id: row.take()?,
        slug: row.take()?,
        title: row.text()?,
        description: row.text_if()?,
        publisher: row.take()?,
        is_series: row.take()?,
        series: {
            let series: Option<DatasetId> = row.take()?;
            series.zip(row.word_if()?)
        },
        edition: row.take()?,
        status: row.word()?,
        access: row.word()?,
        landing_page: row.take()?,
        licence: row.take()?,
        frequency: row.take()?,
        issued_on: row.take()?,
        modified_on: row.take()?,
        source: row.take()?,
    })
}

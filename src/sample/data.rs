//! Datasets that do not exist: frequency, age, designations and files.

use super::pick::{between, chance, one, weighted};
use super::study::{both, day, partial};
use crate::domain::draft::{DatasetDraft, DesignationDraft, DistributionDraft, LangText};
use chrono::Days;
use entity::vocabulary::{DatasetAccess, DatasetIdentifierScheme, DatasetStatus, DatePrecision, DesignationKind};
use rand_chacha::ChaCha8Rng;

/// A dataset on a theme and a goal, a third of them long overdue.
pub(super) fn dataset(
    rng: &mut ChaCha8Rng,
    key: &str,
    title: LangText,
    publisher: &str,
    theme: &str,
    goal: u8,
) -> DatasetDraft {
    let frequency = *one(rng, &["R/P1D", "R/P1M", "R/P3M", "R/P1Y", "R/P5Y", "irregular", "unknown"]);
    let status = *weighted(
        rng,
        &[
            (DatasetStatus::Published, 88),
            (DatasetStatus::Planned, 4),
            (DatasetStatus::Withdrawn, 4),
            (DatasetStatus::UnpublishedKnown, 4),
        ],
    );
    let is_out = matches!(status, DatasetStatus::Published | DatasetStatus::Withdrawn);
    // A third is long overdue.
    let age = if chance(rng, 33) { between(rng, 400, 2500) } else { between(rng, 1, 40) };
    let address = format!("https://datos.example.org/{}", key.rsplit('/').next().unwrap_or_default());
    DatasetDraft {
        key: key.to_owned(),
        description: Some(both("Conjunto de datos ficticio de la muestra.", "Fictional dataset of the sample.")),
        title,
        publisher: publisher.to_owned(),
        is_series: false,
        series: None,
        status,
        access: *weighted(
            rng,
            &[
                (DatasetAccess::Open, 80),
                (DatasetAccess::Registration, 10),
                (DatasetAccess::Fee, 5),
                (DatasetAccess::Restricted, 5),
            ],
        ),
        landing_page: is_out.then(|| address.clone()),
        licence: chance(rng, 80).then(|| "CC-BY-4.0".to_owned()),
        frequency: Some(frequency.to_owned()),
        issued_on: is_out.then(|| day(2012, 1, 1) + Days::new(u64::from(between(rng, 0, 3000)))),
        modified_on: is_out.then(|| day(2025, 6, 30) - Days::new(u64::from(age))),
        themes: vec![("od500_data_type".to_owned(), theme.to_owned()), ("sdg".to_owned(), goal.to_string())],
        identifiers: vec![(DatasetIdentifierScheme::Sample, key.to_owned())],
        designations: designations(rng),
        distributions: if is_out { distributions(rng, &address) } else { Vec::new() },
    }
}

fn designations(rng: &mut ChaCha8Rng) -> Vec<DesignationDraft> {
    if !chance(rng, 18) {
        return Vec::new();
    }
    let kind = *weighted(
        rng,
        &[
            (DesignationKind::StrategicInfrastructure, 5),
            (DesignationKind::EuHvd, 3),
            (DesignationKind::NationalInterestInfo, 2),
            (DesignationKind::ReferenceData, 1),
        ],
    );
    let code = (kind == DesignationKind::EuHvd)
        .then(|| (*one(rng, &["geospatial", "meteorological", "statistics", "companies", "mobility"])).to_owned());
    let since = partial(day(between(rng, 2015, 2023) as i32, 1, 1), DatePrecision::Year);
    vec![DesignationDraft { kind, code, by: "Consejo Ficticio de Datos".to_owned(), valid_from: Some(since) }]
}

fn distributions(rng: &mut ChaCha8Rng, address: &str) -> Vec<DistributionDraft> {
    let formats = ["CSV", "JSON", "XLSX", "SHP", "API"];
    let first = between(rng, 0, 4) as usize;
    (0..between(rng, 1, 3) as usize)
        .map(|at| formats[(first + at) % formats.len()])
        .map(|format| DistributionDraft {
            url: format!("{address}/{}", format.to_lowercase()),
            format: Some(format.to_owned()),
        })
        .collect()
}

//! The Open Data 500 chapters: two published CSV files per country become drafts. Every trap of these
//! files that is known is met here, and everything repaired or left out is a problem in the report.

pub mod bodies;
mod body_facts;
pub mod chapter;
pub mod datasets;
pub mod impacts;
pub mod labels;
pub mod literal;
pub mod nature;
pub mod organisation;
pub mod places;
pub mod split;
pub mod uses;
pub mod value;

pub use chapter::Chapter;
pub use uses::RawFigures;

use super::problem::{Problems, SourceError};
use super::table::Table;
use super::text::{clean_line, mask_contacts};
use crate::domain::draft::{Header, OrganisationDraft, Problem};
use crate::domain::text::slug;
use entity::vocabulary::{Attribute, Missing};
use std::collections::{HashMap, HashSet};

/// The version that batches record.
pub const IMPORTER_VERSION: &str = "od500/1";

/// The namespace of all keys.
pub const SOURCE: &str = "od500";

/// What is said of a row that stands there twice.
const REPEATED: &str = "repeats an earlier row in every cell; merged";

/// The columns of the file of organisations, exactly.
pub const COMPANY_COLUMNS: [&str; 22] = [
    "company_name_id",
    "company_name",
    "url",
    "year_founded",
    "city",
    "state",
    "country",
    "zip_code",
    "full_time_employees",
    "company_type",
    "company_category",
    "revenue_source",
    "business_model",
    "social_impact",
    "description",
    "description_short",
    "source_count",
    "data_types",
    "example_uses",
    "data_impacts",
    "financial_info",
    "last_updated",
];

/// The columns of the file of uses, exactly.
pub const AGENCY_COLUMNS: [&str; 11] = [
    "agency_name",
    "agency_abbrev",
    "agency_type",
    "subagency_name",
    "subagency_abbrev",
    "url",
    "used_by",
    "used_by_category",
    "used_by_fte",
    "dataset_name",
    "dataset_url",
];

/// The two files of a chapter.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// `<cc>_companies.csv`.
    pub companies: &'a [u8],
    /// `<cc>_agencies.csv`.
    pub agencies: &'a [u8],
}

/// A chapter as drafts.
#[derive(Clone, Debug)]
pub struct ChapterRead {
    /// Study, wave, source, bodies, relations and datasets.
    pub header: Header,
    /// The organisations with all that is said of them.
    pub organisations: Vec<OrganisationDraft>,
    /// What could not be taken or was repaired.
    pub problems: Vec<Problem>,
    /// The files' own figures, before pseudo-bodies are kept out and rows merged.
    pub raw: RawFigures,
}

/// Reads a chapter. A file that is none ends the run; a bad row or value is a problem.
pub fn read_chapter(chapter: Chapter, files: Files) -> Result<ChapterRead, SourceError> {
    let mut problems = Problems::default();
    let companies = Table::read(&chapter.companies_file(), files.companies, &COMPANY_COLUMNS, &[], &mut problems)?;
    let agencies = Table::read(&chapter.agencies_file(), files.agencies, &AGENCY_COLUMNS, &[], &mut problems)?;
    check_country(chapter, &companies)?;
    let (labels, walks) = (labels::Labels::of(chapter), impacts::Crosswalks::embedded());
    let reader = organisation::Reader { chapter, table: &companies, labels: &labels, walks: &walks };
    let mut organisations = Vec::with_capacity(companies.records.len());
    let mut stated = HashMap::new();
    let mut keys = HashSet::new();
    let mut names: HashSet<String> = HashSet::new();
    let mut seen: HashSet<Vec<&str>> = HashSet::new();
    for record in &companies.records {
        let spot = companies.spot(record, "company_name");
        let name = companies.get(record, "company_name");
        if value::names_nothing(name) {
            problems.refuse(spot, name, "name.blank", "the organisation has no name; the row was left out");
            continue;
        }
        if !seen.insert(record.trimmed().collect()) {
            problems.warn(spot, name, "row.duplicate", REPEATED);
            continue;
        }
        let key = organisation_key(chapter, companies.get(record, "company_name_id"), name, &mut keys);
        if let Some(id) = key.1 {
            let reason = format!("this id stands there twice; kept apart as {}", key.0);
            problems.warn(companies.spot(record, "company_name_id"), &id, "id.duplicate", reason);
        }
        if !names.insert(crate::domain::text::fold(name)) {
            let reason = "an earlier row has the same name; uses by that name belong to the first";
            problems.warn(spot, name, "name.duplicate", reason);
        }
        let of_record = ["company_category", "full_time_employees"].map(|c| companies.get(record, c).to_owned());
        let ([category, size], locator) = (of_record, companies.locator(record));
        stated.insert(key.0.clone(), uses::Stated { category, size, locator });
        organisations.push(reader.draft(record, key.0, &mut problems));
    }
    let bodies = bodies::Bodies::read(chapter, &agencies, &mut problems);
    let datasets = datasets::Datasets::read(chapter, &agencies, &bodies, &mut problems);
    let uses = uses::Uses { chapter, table: &agencies, bodies: &bodies, datasets: &datasets };
    let raw = uses.join(&mut organisations, &stated, &mut problems);
    for organisation in &mut organisations {
        settle_missing(chapter, organisation);
    }
    let datasets = datasets.into_drafts(chapter, &bodies);
    let (bodies, relations) = bodies.into_drafts(chapter, &mut problems);
    let header = Header {
        source: SOURCE.to_owned(),
        chapter: chapter.code().to_owned(),
        importer_version: IMPORTER_VERSION.to_owned(),
        study: Some(chapter.study()),
        waves: vec![chapter.wave()],
        sources: vec![chapter.source()],
        bodies,
        relations,
        datasets,
        ..Header::default()
    };
    Ok(ChapterRead { header, organisations, problems: problems.into_sorted(), raw })
}

/// A file of another chapter is a mistake, not a file full of problems.
fn check_country(chapter: Chapter, companies: &Table) -> Result<(), SourceError> {
    let of = |record| companies.get(record, "country").to_lowercase();
    if companies.records.iter().any(|record| of(record) == chapter.code()) {
        return Ok(());
    }
    let what = companies.records.first().map_or_else(
        || "the file has a header and no records; fetch it again".to_owned(),
        |record| {
            let (found, expected) = (of(record), chapter.code());
            format!("the file is of chapter {found:?}, expected {expected:?}; check --chapter and the folder")
        },
    );
    Err(SourceError::new(&companies.file, what))
}

/// A key that no other record has; the id, when it had to be changed.
fn organisation_key(chapter: Chapter, id: &str, name: &str, keys: &mut HashSet<String>) -> (String, Option<String>) {
    let id = if id.is_empty() { slug("es", name) } else { id.to_owned() };
    let base = format!("{}/organisation/{id}", chapter.code());
    if keys.insert(base.clone()) {
        return (base, None);
    }
    let mut number = 2;
    loop {
        let key = format!("{base}-{number}");
        if keys.insert(key.clone()) {
            return (key, Some(id));
        }
        number += 1;
    }
}

/// One reason per attribute without value: what the form does not ask is `not_asked`, whatever the cell says.
fn settle_missing(chapter: Chapter, organisation: &mut OrganisationDraft) {
    let asked = chapter.asked();
    let found = std::mem::take(&mut organisation.missing);
    let mut out: Vec<(Attribute, Missing)> = Vec::new();
    for attribute in Attribute::ALL.iter().copied() {
        if let Some((_, reason)) = found.iter().find(|(a, _)| *a == attribute) {
            out.push((attribute, if asked.contains(&attribute) { *reason } else { Missing::NotAsked }));
        } else if matches!(attribute, Attribute::UseType | Attribute::Sdg) {
            // No chapter asks for goals: those that the crosswalk infers are no answers.
            out.push((attribute, Missing::NotAsked));
        }
    }
    organisation.missing = out;
}

/// A cell as one line, without contacts; `None` when it says nothing.
fn clean_cell(cell: &str) -> Option<String> {
    let text = mask_contacts(&clean_line(cell)).0;
    (!value::is_blank(&text)).then_some(text)
}

/// The language of a chapter's keys, such as `mx/body/…`.
fn chapter_lang(key: &str) -> &'static str {
    key.split('/').next().and_then(Chapter::from_code).map_or("en", Chapter::lang)
}

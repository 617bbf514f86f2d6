//! The file of uses as claims: one per organisation and target, however many rows say it; each row stays
//! as evidence. What is used is the dataset if one is named, else the body, else no more than a theme.

use super::bodies::{Bodies, Named};
use super::chapter::Chapter;
use super::datasets::{Datasets, is_named};
use super::value::{Reading, is_blank, size_band};
use crate::domain::draft::{ClaimDraft, EvidenceDraft, OrganisationDraft, PartialDate, TargetDraft};
use crate::domain::text::fold;
use crate::import::problem::{Problems, Spot};
use crate::import::table::{Record, Table};
use crate::import::text::{clean_line, mask_contacts};
use entity::vocabulary::{
    AccessMode, AssertedBy, Attribute, ClaimStatus, CodeRole, Criticality, DatePrecision, Grade, Missing, Origin,
    Polarity, PublisherAck, UseType,
};
use std::collections::{HashMap, HashSet};

/// The scheme of themes, and the code for data of nobody in particular.
const THEMES: &str = "od500_data_type";
/// No body and no theme is named.
const UNSPECIFIED: &str = "unspecified";
/// The longest quotation of a source.
const QUOTE_LENGTH: usize = 300;
/// So many organisations without a record of use, and more than so many of a hundred, make a file of uses doubtful: the
/// Mexican one, whole, leaves 1 of 105 without, the American one 3 of 529.
const FEWEST_WITHOUT: usize = 5;
const PERCENT_WITHOUT: usize = 2;

/// What the file says beside its claims, counted as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RawFigures {
    /// Records of the file of organisations.
    pub organisations: usize,
    /// Records of the file of uses.
    pub use_rows: usize,
    /// Different records among them.
    pub distinct_use_rows: usize,
    /// Names in the agency column, whether they are bodies or not.
    pub agency_names: usize,
    /// Pairs of organisation and agency name.
    pub organisation_agency_links: usize,
    /// Records that name a dataset.
    pub rows_naming_a_dataset: usize,
}

/// What the file of organisations says of one, where the file of uses repeats it, and where it says so.
#[derive(Debug)]
pub struct Stated {
    /// Its category.
    pub category: String,
    /// Its size.
    pub size: String,
    /// Its row.
    pub locator: String,
}

/// The claims of a chapter, and its bodies and datasets.
#[derive(Debug)]
pub struct Uses<'a> {
    /// The chapter.
    pub chapter: Chapter,
    /// The file of uses.
    pub table: &'a Table,
    /// Its bodies.
    pub bodies: &'a Bodies,
    /// Its datasets.
    pub datasets: &'a Datasets,
}

impl Uses<'_> {
    /// Adds every record's claim to its organisation.
    pub fn join(
        &self,
        organisations: &mut [OrganisationDraft],
        stated: &HashMap<String, Stated>,
        problems: &mut Problems,
    ) -> RawFigures {
        let by_name = names(organisations);
        let mut seen: HashSet<Vec<&str>> = HashSet::new();
        let (mut agencies, mut links, mut strangers) = (HashSet::new(), HashSet::new(), HashSet::new());
        let mut figures = RawFigures {
            organisations: organisations.len(),
            use_rows: self.table.records.len(),
            ..RawFigures::default()
        };
        for record in &self.table.records {
            let agency = fold(self.table.get(record, "agency_name"));
            // Cleaned as the name in the other file is, so that the two meet.
            let user = mask_contacts(&clean_line(self.table.raw(record, "used_by"))).0;
            let user = user.as_str();
            agencies.insert(agency.clone());
            figures.rows_naming_a_dataset += usize::from(is_named(self.table.get(record, "dataset_name")));
            let spot = self.table.spot(record, "used_by");
            let Some(at) = by_name.get(user).or_else(|| by_name.get(&fold(user))).copied() else {
                strangers.insert(fold(user));
                problems.refuse(
                    spot,
                    user,
                    "used_by.unknown",
                    "is no organisation of the other file; the row was left out",
                );
                continue;
            };
            links.insert((at, agency));
            if !seen.insert(record.trimmed().collect()) {
                problems.warn(spot, user, "row.duplicate", super::REPEATED);
                continue;
            }
            self.compare(record, stated.get(&organisations[at].key), problems);
            if let Some(claim) = self.claim(record, problems) {
                merge(&mut organisations[at].claims, claim);
            } else {
                let spot = self.table.spot(record, "agency_name");
                let agency = self.table.get(record, "agency_name");
                problems.refuse(spot, agency, "agency.blank", "no publisher is named; the row was left out");
            }
        }
        figures.distinct_use_rows = seen.len();
        figures.agency_names = agencies.len();
        figures.organisation_agency_links = links.len();
        let users: HashSet<usize> = links.iter().map(|(at, _)| *at).collect();
        // Whoever is named as nobody knows them has a report of their own.
        self.doubt_whole(organisations.len(), users.len() + strangers.len(), problems);
        for organisation in organisations {
            finish(self.chapter, organisation, stated.get(&organisation.key));
        }
        figures
    }

    /// A file that was cut off between two records cannot tell so itself; the other one can: organisations were listed
    /// for the data that they use, and of the published files' next to none has no record of use.
    fn doubt_whole(&self, organisations: usize, users: usize, problems: &mut Problems) {
        let without = organisations.saturating_sub(users);
        if without < FEWEST_WITHOUT || without * 100 <= organisations * PERCENT_WITHOUT {
            return;
        }
        let reason = format!(
            "{without} of the {organisations} organisations of the other file have no record here: the file may have \
             been cut off; compare its end with the published one"
        );
        problems.warn(Spot { file: &self.table.file, row: 0, field: "" }, "", "file.incomplete", reason);
    }

    fn claim(&self, record: &Record, problems: &mut Problems) -> Option<ClaimDraft> {
        let dataset = self.table.get(record, "dataset_name");
        let named = is_named(dataset);
        let (target, stated_publisher) = match self.bodies.named(self.chapter, self.table, record)? {
            Named::NoBody => {
                let spot = self.table.spot(record, "agency_name");
                let reason = "stands for no body; recorded as a use of unspecified data";
                problems.warn(spot, self.table.get(record, "agency_name"), "agency.no_body", reason);
                if named {
                    let spot = self.table.spot(record, "dataset_name");
                    let reason = "no body is named whose dataset it could be; kept as evidence";
                    problems.warn(spot, dataset, "dataset.no_body", reason);
                }
                self.keep_address(record, "no body is named whose data it could be; kept as evidence", problems);
                (TargetDraft::Theme(THEMES.to_owned(), UNSPECIFIED.to_owned()), None)
            }
            Named::Body { agency, body } => {
                let target = if named {
                    TargetDraft::Dataset(self.datasets.key_of(self.table, record, self.bodies, agency, body))
                } else {
                    self.keep_address(record, "no dataset is named; kept as evidence", problems);
                    TargetDraft::Publisher(self.bodies.at(body).key.clone())
                };
                (target, Some(self.bodies.at(agency).key.clone()))
            }
        };
        let mut claim = blank_claim(self.chapter, target);
        claim.stated_publisher = stated_publisher;
        claim.evidence.push(self.evidence(record));
        Some(claim)
    }

    /// Notes the address of data that make no dataset of the record.
    fn keep_address(&self, record: &Record, reason: &str, problems: &mut Problems) {
        let address = self.table.get(record, "dataset_url");
        if !is_blank(address) {
            let spot = self.table.spot(record, "dataset_url");
            problems.warn(spot, address, "dataset.address_without_name", reason);
        }
    }

    fn evidence(&self, record: &Record) -> EvidenceDraft {
        let columns = ["agency_name", "subagency_name", "dataset_name", "dataset_url"];
        let parts = columns.map(|column| self.table.get(record, column));
        let quote = parts.into_iter().filter(|part| !is_blank(part)).collect::<Vec<_>>().join(" · ");
        let quote = mask_contacts(&clean_line(&quote)).0;
        EvidenceDraft {
            source: self.chapter.source_key(),
            polarity: Polarity::Supports,
            locator: Some(self.table.locator(record)),
            identity: Some(format!("{} record {}", self.table.file, record.number)),
            quote: Some(quote.chars().take(QUOTE_LENGTH).collect()),
        }
    }

    /// The file of uses repeats category and size; a difference is worth a remark.
    fn compare(&self, record: &Record, stated: Option<&Stated>, problems: &mut Problems) {
        let Some(Stated { category, size, .. }) = stated else { return };
        let here = self.table.get(record, "used_by_category");
        if fold(here) != fold(category) {
            let reason = format!("the file of organisations says {category:?}; that was taken");
            problems.warn(self.table.spot(record, "used_by_category"), here, "used_by.category_differs", reason);
        }
        let here = self.table.get(record, "used_by_fte");
        let band = |text: &str| match size_band(text) {
            Reading::Plain(band) | Reading::Repaired(band, ..) => Some(band),
            Reading::Blank | Reading::Refused(..) => None,
        };
        if band(here) != band(size) {
            let reason = format!("the file of organisations says {size:?}; that was taken");
            problems.warn(self.table.spot(record, "used_by_fte"), here, "used_by.size_differs", reason);
        }
    }
}

/// Organisations by name and by folded name; the first of a name wins.
fn names(organisations: &[OrganisationDraft]) -> HashMap<String, usize> {
    let mut out = HashMap::new();
    for (at, organisation) in organisations.iter().enumerate() {
        out.entry(organisation.name.clone()).or_insert(at);
    }
    for (at, organisation) in organisations.iter().enumerate() {
        out.entry(fold(&organisation.name)).or_insert(at);
    }
    out
}

fn blank_claim(chapter: Chapter, target: TargetDraft) -> ClaimDraft {
    ClaimDraft {
        target,
        stated_publisher: None,
        purpose: None,
        use_type: UseType::Unknown,
        criticality: Criticality::Unknown,
        access_mode: AccessMode::Unknown,
        started: None,
        last_observed_on: None,
        valid_from: Some(PartialDate { on: chapter.days().0, precision: DatePrecision::Day }),
        valid_to: None,
        wave: Some(chapter.wave_key()),
        asserted_by: AssertedBy::Import,
        origin: Origin::Declared,
        status: ClaimStatus::Accepted,
        grade: Grade::D,
        publisher_ack: PublisherAck::None,
        evidence: Vec::new(),
    }
}

fn merge(claims: &mut Vec<ClaimDraft>, claim: ClaimDraft) {
    match claims.iter_mut().find(|held| held.target == claim.target) {
        Some(held) => held.evidence.extend(claim.evidence),
        None => claims.push(claim),
    }
}

/// Adds the claims by data type, the day of observation, and why publishers or datasets are missing.
fn finish(chapter: Chapter, organisation: &mut OrganisationDraft, stated: Option<&Stated>) {
    let has = |wanted: fn(&TargetDraft) -> bool| organisation.claims.iter().any(|claim| wanted(&claim.target));
    let names_dataset = has(|target| matches!(target, TargetDraft::Dataset(_) | TargetDraft::Series(_)));
    let names_body = names_dataset || has(|target| matches!(target, TargetDraft::Publisher(_)));
    // "Several sources of the federal government" is an answer that names no body.
    let answers = names_body || has(|target| matches!(target, TargetDraft::Theme(_, theme) if theme == UNSPECIFIED));
    for (attribute, is_there) in [(Attribute::Publisher, answers), (Attribute::Dataset, names_dataset)] {
        if !is_there {
            organisation.missing.push((attribute, Missing::NoAnswer));
        }
    }
    let themes: Vec<String> = organisation
        .codes
        .iter()
        .filter(|code| code.role == CodeRole::DataType)
        .filter_map(|code| code.code.clone())
        .collect();
    let file = chapter.companies_file();
    for theme in themes {
        let mut claim = blank_claim(chapter, TargetDraft::Theme(THEMES.to_owned(), theme));
        claim.evidence.push(EvidenceDraft {
            source: chapter.source_key(),
            polarity: Polarity::Supports,
            locator: stated.map(|stated| stated.locator.clone()),
            identity: Some(format!("{file} data_types of {}", organisation.key)),
            quote: None,
        });
        merge(&mut organisation.claims, claim);
    }
    let observed = organisation.recorded_at.map(|at| at.date_naive());
    for claim in &mut organisation.claims {
        claim.last_observed_on = observed;
    }
}

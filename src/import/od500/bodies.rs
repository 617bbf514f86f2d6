//! Public bodies of a chapter: agencies, and the sub-bodies that the survey hangs under them. Relations
//! are proposals; names that stand for no body at all ("Multiple ...") are kept out.

use super::body_facts::{Curated, area_of, curated, doubt, level_of};
use super::chapter::Chapter;
use super::value::{Reading, ckan_organisation, is_blank, names_nothing, web_address};
use crate::domain::draft::{BodyDraft, IdentifierDraft, NameDraft, RelationDraft};
use crate::domain::resolve::fold_name;
use crate::domain::text::fold;
use crate::import::problem::{Problems, Spot};
use crate::import::table::{Record, Table};
use crate::import::text::clean_line;
use entity::vocabulary::{Decision, IdentifierScheme, NameKind, OrganisationStatus, PublisherLevel, RelationKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names in the American file that stand for no body.
const NO_BODIES: [&str; 4] = [
    "multiple government open data sources",
    "multiple city and local data sources",
    "multiple federal data sources",
    "multiple state data sources",
];

/// What a row names as its publisher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Nobody in particular.
    NoBody,
    /// An agency, and the sub-body if one is named.
    Body {
        /// Index of the agency.
        agency: usize,
        /// Index of the sub-body, or of the agency again.
        body: usize,
    },
}

/// One body while it is put together.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its key.
    pub key: String,
    /// Its name as the file writes it.
    pub name: String,
    /// The record that names it first.
    row: u64,
    parent: Option<usize>,
    acronym: Option<String>,
    aliases: Vec<NameDraft>,
    level: PublisherLevel,
    website: Option<String>,
    portal_ids: BTreeSet<String>,
    area: Option<String>,
}

/// All bodies of a chapter.
#[derive(Debug, Default)]
pub struct Bodies {
    list: Vec<Body>,
    by_key: HashMap<String, usize>,
}

/// A part of a key: folded, words joined by hyphens.
pub fn key_part(text: &str) -> String {
    fold(text).replace(' ', "-")
}

/// Whether the sub-body's cell means the agency itself.
fn is_agency_itself(agency: &str, sub: &str) -> bool {
    names_nothing(sub) || fold(sub) == "general" || fold(sub) == fold(agency)
}

impl Bodies {
    /// Reads all bodies of the file of uses.
    pub fn read(chapter: Chapter, table: &Table, problems: &mut Problems) -> Self {
        let mut out = Self::default();
        let curated = curated(chapter);
        for record in &table.records {
            out.take(chapter, table, record, &curated, problems);
        }
        out.share_portal_ids(&table.file, problems);
        out
    }

    /// What a record names.
    pub fn named(&self, chapter: Chapter, table: &Table, record: &Record) -> Option<Named> {
        let (agency, sub) = (table.get(record, "agency_name"), table.get(record, "subagency_name"));
        if NO_BODIES.contains(&fold(agency).as_str()) {
            return Some(Named::NoBody);
        }
        let agency_at = *self.by_key.get(&agency_key(chapter, agency))?;
        let body =
            if is_agency_itself(agency, sub) { agency_at } else { *self.by_key.get(&sub_key(chapter, agency, sub))? };
        Some(Named::Body { agency: agency_at, body })
    }

    /// The body at an index.
    pub fn at(&self, index: usize) -> &Body {
        &self.list[index]
    }

    fn take(
        &mut self,
        chapter: Chapter,
        table: &Table,
        record: &Record,
        curated: &HashMap<String, Curated>,
        problems: &mut Problems,
    ) {
        let (agency, sub) = (table.get(record, "agency_name"), table.get(record, "subagency_name"));
        if names_nothing(agency) || NO_BODIES.contains(&fold(agency).as_str()) {
            return;
        }
        if names_nothing(sub) && !is_blank(sub) {
            let reason = "names nothing without its markup; the row was taken as one of the agency itself";
            problems.warn(table.spot(record, "subagency_name"), sub, "sub_body.blank", reason);
        }
        let known = curated.get(&fold(agency));
        let key = agency_key(chapter, agency);
        let itself = is_agency_itself(agency, sub);
        let index = self.by_key.get(&key).copied().unwrap_or_else(|| {
            let level = level_of(table, record, known, problems);
            let mut body = new_body(chapter, &key, agency, level, known);
            body.row = record.number;
            take_acronym(&mut body, table, record, "agency_abbrev", problems);
            self.add(body)
        });
        if itself {
            take_address(&mut self.list[index], table.spot(record, "url"), table.get(record, "url"), problems);
            return;
        }
        let sub_key = sub_key(chapter, agency, sub);
        let at = self.by_key.get(&sub_key).copied().unwrap_or_else(|| {
            let known = curated.get(&fold(sub));
            let level = known.map(|c| c.level).filter(|level| *level != PublisherLevel::Unknown);
            let level = level.unwrap_or(self.list[index].level);
            let mut body = new_body(chapter, &sub_key, sub, level, known);
            body.row = record.number;
            body.parent = Some(index);
            if body.area.is_none() {
                body.area.clone_from(&self.list[index].area);
            }
            take_acronym(&mut body, table, record, "subagency_abbrev", problems);
            if self.by_key.contains_key(&agency_key(chapter, sub)) {
                let reason = "has the name of an agency; kept apart as a part of the agency of its row";
                problems.warn(table.spot(record, "subagency_name"), sub, "sub_body.same_name", reason);
            }
            self.add(body)
        });
        take_address(&mut self.list[at], table.spot(record, "url"), table.get(record, "url"), problems);
    }

    fn add(&mut self, body: Body) -> usize {
        let at = self.list.len();
        self.by_key.insert(body.key.clone(), at);
        self.list.push(body);
        at
    }

    /// A portal id names one body: a sub-body goes before its agency, the first before the next.
    fn share_portal_ids(&mut self, file: &str, problems: &mut Problems) {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let subs_first: Vec<usize> = {
            let (subs, tops): (Vec<usize>, Vec<usize>) =
                (0..self.list.len()).partition(|at| self.list[*at].parent.is_some());
            subs.into_iter().chain(tops).collect()
        };
        for at in subs_first {
            let ids = std::mem::take(&mut self.list[at].portal_ids);
            for id in ids {
                if let Some(owner) = taken.get(&id) {
                    let reason = format!("the portal's id is that of {}; left out here", self.list[*owner].name);
                    let spot = Spot { file, row: self.list[at].row, field: "url" };
                    problems.warn(spot, &format!("{}: {id}", self.list[at].name), "portal_id.shared", reason);
                } else {
                    taken.insert(id.clone(), at);
                    self.list[at].portal_ids.insert(id);
                }
            }
        }
    }

    /// The bodies, agencies before sub-bodies, and the proposed relations.
    pub fn into_drafts(self, chapter: Chapter, problems: &mut Problems) -> (Vec<BodyDraft>, Vec<RelationDraft>) {
        let mut relations = Vec::new();
        for body in &self.list {
            let Some(parent) = body.parent.map(|at| &self.list[at]) else { continue };
            let doubt = doubt(chapter, &parent.name, &body.name);
            if let Some(note) = doubt {
                let file = chapter.agencies_file();
                let spot = Spot { file: &file, row: body.row, field: "subagency_name" };
                let reason =
                    format!("hangs under {}, which is doubtful: {note}; proposed with that remark", parent.name);
                problems.warn(spot, &body.name, "sub_body.not_a_part", reason);
            }
            relations.push(RelationDraft {
                from: body.key.clone(),
                to: parent.key.clone(),
                kind: RelationKind::PartOf,
                decision: Decision::Proposed,
                valid_from: None,
                valid_to: None,
                source: Some(chapter.source_key()),
                note: Some(doubt.map_or_else(
                    || "Hierarchy as the survey stated it.".to_owned(),
                    |note| format!("The survey's hierarchy is doubtful: {note}"),
                )),
            });
        }
        let (tops, subs): (Vec<Body>, Vec<Body>) = self.list.into_iter().partition(|body| body.parent.is_none());
        let drafts = tops.into_iter().chain(subs).map(|body| draft(body, chapter)).collect();
        (drafts, relations)
    }
}

fn draft(body: Body, chapter: Chapter) -> BodyDraft {
    BodyDraft {
        identifiers: body
            .portal_ids
            .iter()
            .map(|id| IdentifierDraft { scheme: IdentifierScheme::CkanOrg, value: id.clone() })
            .collect(),
        key: body.key,
        name: body.name,
        lang: chapter.lang().to_owned(),
        acronym: body.acronym,
        aliases: body.aliases,
        level: body.level,
        website: body.website,
        status: OrganisationStatus::Unknown,
        area: body.area,
        source: Some(chapter.source_key()),
    }
}

fn agency_key(chapter: Chapter, agency: &str) -> String {
    format!("{}/body/{}", chapter.code(), key_part(agency))
}

fn sub_key(chapter: Chapter, agency: &str, sub: &str) -> String {
    format!("{}/{}", agency_key(chapter, agency), key_part(sub))
}

fn new_body(chapter: Chapter, key: &str, name: &str, level: PublisherLevel, known: Option<&Curated>) -> Body {
    let name = clean_line(name);
    let folded = fold_name(&name);
    let alias = |text: &str, kind| NameDraft { text: text.to_owned(), lang: chapter.lang().to_owned(), kind };
    Body {
        key: key.to_owned(),
        row: 0,
        parent: None,
        acronym: known.map(|c| c.acronym.to_owned()).filter(|a| !a.is_empty()),
        aliases: folded
            .acronyms
            .iter()
            .map(|a| alias(a, NameKind::Acronym))
            .chain(folded.asides.iter().map(|a| alias(a, NameKind::Alias)))
            .collect(),
        level,
        website: None,
        portal_ids: known.map(|c| c.portal_id.to_owned()).into_iter().filter(|id| !id.is_empty()).collect(),
        area: area_of(chapter, &name, level),
        name,
    }
}

fn take_acronym(body: &mut Body, table: &Table, record: &Record, column: &str, problems: &mut Problems) {
    let raw = table.get(record, column);
    if is_blank(raw) {
        return;
    }
    if raw.contains('.') && !raw.contains(' ') && matches!(web_address(raw), Reading::Plain(_) | Reading::Repaired(..))
    {
        let reason = "is a web address where an acronym was asked; taken as such";
        problems.warn(table.spot(record, column), raw, "acronym.web_address", reason);
        take_address(body, table.spot(record, column), raw, problems);
        let swapped = table.get(record, "url");
        if !swapped.contains('.') && !is_blank(swapped) {
            body.acronym.get_or_insert_with(|| swapped.to_owned());
        }
        return;
    }
    let mut parts = raw.split('/').map(clean_line).filter(|p| !p.is_empty());
    let Some(first) = parts.next() else { return };
    let others: Vec<String> = parts.collect();
    let lang = super::chapter_lang(&body.key);
    let mut alias = |text: String| {
        body.aliases.push(NameDraft { text, lang: lang.to_owned(), kind: NameKind::Acronym });
    };
    for other in others {
        alias(other);
    }
    match &body.acronym {
        Some(curated) if fold(curated) != fold(&first) => {
            let reason = format!("the table of bodies says {curated}; kept as another name");
            problems.warn(table.spot(record, column), &first, "acronym.curated", reason);
            alias(first);
        }
        Some(_) => {}
        None => body.acronym = Some(first),
    }
}

fn take_address(body: &mut Body, spot: Spot, raw: &str, problems: &mut Problems) {
    let reading = web_address(raw);
    if let Reading::Repaired(_, code, reason) = reading {
        problems.warn(spot, raw, code, reason);
    }
    match reading {
        Reading::Plain(url) | Reading::Repaired(url, ..) => {
            if let Some(id) = ckan_organisation(&url) {
                body.portal_ids.insert(id);
            } else if body.website.is_none() {
                body.website = Some(url);
            }
        }
        Reading::Blank => {}
        Reading::Refused(..) if body.acronym.as_deref() == Some(raw) => {}
        Reading::Refused(code, reason) => problems.refuse(spot, raw, code, reason),
    }
}

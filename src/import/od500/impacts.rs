//! Impacts as declared, and what the published crosswalks infer from them. What is inferred has level 0
//! and is never mixed with what was declared; what a browser lost is recovered and counted apart.

use super::chapter::Chapter;
use super::labels::{Labels, Mapped, crosswalk};
use super::literal::parse_list;
use crate::domain::draft::{EvidenceDraft, ImpactDraft, LangText};
use crate::import::problem::Problems;
use crate::import::table::{Record, Table};
use crate::import::text::{clean_line, mask_contacts};
use entity::vocabulary::{
    AssertedBy, Attribute, ClaimStatus, Confidence, Direction, Missing, Origin, Polarity, Strength,
};
use std::collections::BTreeMap;

/// Impacts of an organisation, and which of the questions have no answer.
#[derive(Debug, Default)]
pub struct Impacts {
    /// Declared, recovered and inferred.
    pub drafts: Vec<ImpactDraft>,
    /// Questions without answer.
    pub missing: Vec<(Attribute, Missing)>,
}

/// Mappings that this room applies.
#[derive(Debug)]
pub struct Crosswalks {
    sdg: BTreeMap<&'static str, Vec<Mapped>>,
    impact_type: BTreeMap<&'static str, Vec<Mapped>>,
}

impl Crosswalks {
    /// From the embedded table.
    pub fn embedded() -> Self {
        Self {
            sdg: crosswalk("od500_social_impact", "sdg"),
            impact_type: crosswalk("od500_data_impact", "impact_type"),
        }
    }
}

/// Reads both questions of a record.
pub fn read(
    chapter: Chapter,
    table: &Table,
    record: &Record,
    labels: &Labels,
    walks: &Crosswalks,
    problems: &mut Problems,
) -> Impacts {
    let mut out = Impacts::default();
    let evidence = vec![EvidenceDraft {
        source: chapter.source_key(),
        polarity: Polarity::Supports,
        locator: Some(table.locator(record)),
        identity: Some(format!("{} record {}", table.file, record.number)),
        quote: None,
    }];
    let social = social(chapter, table, record, labels, &evidence, problems);
    let data = data(chapter, table, record, labels, &evidence, problems);
    if social.is_empty() {
        out.missing.push((Attribute::SocialImpact, Missing::NoAnswer));
    }
    if data.is_empty() {
        out.missing.push((Attribute::DataImpact, Missing::NoAnswer));
    }
    let goals = infer("sdg", &social, &walks.sdg, chapter, &evidence);
    let types = infer("impact_type", &data, &walks.impact_type, chapter, &evidence);
    out.drafts = [social, data, goals, types].concat();
    out
}

fn declared(
    scheme: &str,
    code: Option<&str>,
    text: Option<String>,
    chapter: Chapter,
    evidence: &[EvidenceDraft],
) -> ImpactDraft {
    ImpactDraft {
        scheme: scheme.to_owned(),
        code: code.map(ToOwned::to_owned),
        text,
        direction: Direction::Positive,
        strength: Strength::Primary,
        evidence_level: 1,
        rationale: None,
        asserted_by: AssertedBy::SelfReported,
        origin: Origin::Declared,
        confidence: None,
        wave: Some(chapter.wave_key()),
        status: ClaimStatus::Accepted,
        evidence: evidence.to_vec(),
    }
}

fn social(
    chapter: Chapter,
    table: &Table,
    record: &Record,
    labels: &Labels,
    evidence: &[EvidenceDraft],
    problems: &mut Problems,
) -> Vec<ImpactDraft> {
    const SCHEME: &str = "od500_social_impact";
    // Not trimmed: a comma at the end is what the browser left of a lost option.
    let raw = table.raw(record, "social_impact");
    if super::value::is_blank(raw) {
        return Vec::new();
    }
    let spot = table.spot(record, "social_impact");
    let (codes, split) = labels.question(SCHEME).split(raw);
    let mut out: Vec<ImpactDraft> =
        codes.iter().map(|code| declared(SCHEME, Some(code), None, chapter, evidence)).collect();
    if let Some(rest) = split.rest {
        problems.warn(spot, &rest, "social_impact.outside_list", "is not on the form's list; kept as text");
        out.push(declared(SCHEME, None, Some(mask_contacts(&clean_line(&rest)).0), chapter, evidence));
    }
    if split.has_empty_item {
        if chapter == Chapter::Mx && !codes.contains(&"good_governance") {
            let reason = "the form's page lost the option \"Buen Gobierno\" and sent an empty one; recovered";
            problems.warn(spot, raw, "social_impact.recovered", reason);
            out.push(ImpactDraft {
                origin: Origin::Recovered,
                asserted_by: AssertedBy::Import,
                confidence: Some(Confidence::Medium),
                ..declared(SCHEME, Some("good_governance"), None, chapter, evidence)
            });
        } else {
            problems.warn(spot, raw, "answer.empty_item", "an empty item was left out");
        }
    }
    out
}

fn data(
    chapter: Chapter,
    table: &Table,
    record: &Record,
    labels: &Labels,
    evidence: &[EvidenceDraft],
    problems: &mut Problems,
) -> Vec<ImpactDraft> {
    const SCHEME: &str = "od500_data_impact";
    let raw = table.get(record, "data_impacts");
    let spot = table.spot(record, "data_impacts");
    let items = match parse_list(raw) {
        Ok(items) => items,
        Err(error) => {
            problems.refuse(spot, raw, "data_impacts.unreadable", format!("is {error}; left out"));
            return Vec::new();
        }
    };
    let question = labels.question(SCHEME);
    let mut out: Vec<ImpactDraft> = Vec::new();
    for item in items.iter().map(|item| clean_line(item)).filter(|item| !super::value::is_blank(item)) {
        let (item, _) = mask_contacts(&item);
        let code = question.code(&item);
        if code.is_none() {
            problems.warn(spot, &item, "data_impacts.outside_list", "is not on the form's list; kept as text");
        }
        let draft = declared(SCHEME, code, code.is_none().then_some(item), chapter, evidence);
        if !out.iter().any(|d| d.code == draft.code && d.text == draft.text) {
            out.push(draft);
        }
    }
    out
}

/// One inferred claim per target code; a declared origin goes before a recovered one, a high confidence
/// before a low one.
fn infer(
    scheme: &str,
    from: &[ImpactDraft],
    walk: &BTreeMap<&'static str, Vec<Mapped>>,
    chapter: Chapter,
    evidence: &[EvidenceDraft],
) -> Vec<ImpactDraft> {
    let mut out: BTreeMap<&'static str, ImpactDraft> = BTreeMap::new();
    for source in from {
        let Some(code) = source.code.as_deref() else { continue };
        // Only the main target: the others are suggestions for a curator.
        for mapped in walk.get(code).into_iter().flatten().take(1) {
            let draft = ImpactDraft {
                strength: if mapped.confidence == Confidence::Low { Strength::Indirect } else { Strength::Primary },
                evidence_level: 0,
                rationale: Some(rationale(code, mapped)),
                asserted_by: AssertedBy::Crosswalk,
                origin: if source.origin == Origin::Recovered { Origin::Recovered } else { Origin::Inferred },
                confidence: Some(mapped.confidence),
                ..declared(scheme, Some(mapped.code), None, chapter, evidence)
            };
            let better = out.get(mapped.code).is_none_or(|held| {
                (held.origin == Origin::Recovered, held.confidence, held.strength)
                    > (draft.origin == Origin::Recovered, draft.confidence, draft.strength)
            });
            if better {
                out.insert(mapped.code, draft);
            }
        }
    }
    out.into_values().collect()
}

fn rationale(code: &str, mapped: &Mapped) -> LangText {
    let why = if mapped.note.is_empty() { String::new() } else { format!(" ({})", mapped.note) };
    super::chapter::both(
        &format!("Inferido de la respuesta «{code}» por la tabla de correspondencias publicada{why}."),
        &format!("Inferred from the answer “{code}” by the published crosswalk{why}."),
    )
}

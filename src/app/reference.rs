//! Turns the embedded reference files into rows with stable ids and writes them when they have changed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::str::FromStr;

use entity::id::{AreaId, CodeId, CodeMappingId, IndicatorDefinitionId};
use entity::vocabulary::{AreaScheme, SubjectLevel};
use entity::{area, code, code_mapping, code_scheme, indicator_definition};
use uuid::Uuid;

use super::{Context, Error};
use crate::domain::draft::LangText;
use crate::reference::{Record, Table};
use crate::store;
use crate::store::batch::Change;
use crate::store::reference::Reference;

/// The setting that holds the checksum of the files last loaded.
const STAMP: &str = "reference_sha256";

/// Loads the embedded files when their checksum is not the one last loaded; says whether it did.
pub async fn load(ctx: &Context) -> Result<bool, Error> {
    let files = crate::reference::recorded();
    let stamp = crate::reference::stamp(&files);
    if store::setting::value(&ctx.db, STAMP).await?.as_ref() == Some(&stamp) {
        return Ok(false);
    }
    let reference = rows(&files).map_err(|fault| Error::Internal(anyhow::anyhow!("reference data: {fault}")))?;
    put(ctx, reference, &stamp).await?;
    Ok(true)
}

/// Writes rows of reference data under a stamp.
pub async fn put(ctx: &Context, reference: Reference, stamp: &str) -> Result<(), Error> {
    let at = ctx.now();
    let count = reference.codes.len() + reference.areas.len() + reference.indicators.len();
    let transaction = store::begin_long(&ctx.db).await?;
    store::reference::put(&transaction, reference).await?;
    store::setting::set(&transaction, STAMP, stamp).await?;
    let change = Change { kind: "reference", batch: None, count: count as u64, records: Vec::new() };
    store::batch::revise(&transaction, at, change).await?;
    transaction.commit().await?;
    Ok(())
}

/// The id of a row of reference data: the same on every machine.
fn id(kind: &str, parts: &[&str]) -> Uuid {
    let root = Uuid::new_v5(&Uuid::NAMESPACE_OID, b"od100/reference");
    Uuid::new_v5(&root, format!("{kind}/{}", parts.join("/")).as_bytes())
}

/// Reads all files into rows; a dangling reference or unknown word is a fault of the files.
pub fn rows(files: &BTreeMap<String, String>) -> Result<Reference, String> {
    let table = |name: &str| files.get(name).map(|text| Table::parse(name, text)).transpose();
    let mut reference = Reference::default();
    if let Some(countries) = table("countries")? {
        for record in countries.records() {
            let code = record.get("iso2");
            reference.areas.push(area(AreaScheme::Country, code, None, record)?);
        }
    }
    if let Some(subdivisions) = table("subdivisions")? {
        for record in subdivisions.records() {
            let parent = AreaId(id("area", &[AreaScheme::Country.as_str(), record.get("country")]));
            if !reference.areas.iter().any(|area| area.id == parent) {
                return Err(format!("subdivision '{}' is of an unknown country", record.get("code")));
            }
            reference.areas.push(area(AreaScheme::Subdivision, record.get("code"), Some(parent), record)?);
        }
    }
    if let Some(schemes) = table("schemes")? {
        for record in schemes.records() {
            reference.schemes.push(scheme(record));
        }
    }
    reference.codes = codes(files, &reference.schemes)?;
    if let Some(mappings) = table("mappings")? {
        let known: HashSet<CodeId> = reference.codes.iter().map(|code| code.id).collect();
        for record in mappings.records() {
            reference.mappings.push(mapping(record, &known)?);
        }
    }
    if let Some(indicators) = table("indicators")? {
        for record in indicators.records() {
            reference.indicators.push(indicator(record)?);
        }
    }
    Ok(reference)
}

/// `field_en` and `field_es`, as far as they are filled, as JSON.
fn text(record: Record<'_>, field: &str) -> String {
    lang_text(record, field).map_or_else(|| "{}".to_owned(), |text| super::ingest::json(&text))
}

fn text_if(record: Record<'_>, field: &str) -> Option<String> {
    lang_text(record, field).map(|text| super::ingest::json(&text))
}

fn lang_text(record: Record<'_>, field: &str) -> Option<LangText> {
    let of = |lang: &str| record.some(&format!("{field}_{lang}")).map(|text| (lang.to_owned(), text.to_owned()));
    Some([of("en"), of("es")].into_iter().flatten().collect::<LangText>()).filter(|text| !text.is_empty())
}

fn word<T: FromStr>(record: Record<'_>, field: &str, of: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    record.get(field).parse().map_err(|e| format!("{of}: {e}"))
}

fn degrees(record: Record<'_>, field: &str, of: &str) -> Result<Option<f64>, String> {
    record.some(field).map(|text| text.parse().map_err(|_| format!("{of}: '{text}' is no {field}"))).transpose()
}

fn area(scheme: AreaScheme, code: &str, parent: Option<AreaId>, record: Record<'_>) -> Result<area::Model, String> {
    let aliases: BTreeMap<&str, &str> = ["iso3", "numeric", "inegi", "od500", "od500_alias"]
        .into_iter()
        .filter_map(|field| Some((field, record.some(field)?)))
        .collect();
    Ok(area::Model {
        id: AreaId(id("area", &[scheme.as_str(), code])),
        scheme,
        code: code.to_owned(),
        name: text(record, "name"),
        parent_id: parent,
        latitude: degrees(record, "latitude", code)?,
        longitude: degrees(record, "longitude", code)?,
        valid_from: None,
        valid_to: None,
        aliases: Some(super::ingest::json(&aliases)).filter(|_| !aliases.is_empty()),
    })
}

fn scheme(record: Record<'_>) -> code_scheme::Model {
    code_scheme::Model {
        id: record.get("scheme").to_owned(),
        version: record.get("version").to_owned(),
        name: text(record, "name"),
        publisher: text(record, "publisher"),
        licence: text(record, "licence"),
        url: record.get("url").to_owned(),
    }
}

/// The codes of all schemes, parents before children. A parent is of the same scheme, or of the scheme
/// that the name extends (`sdg` for `sdg_target`).
fn codes(files: &BTreeMap<String, String>, schemes: &[code_scheme::Model]) -> Result<Vec<code::Model>, String> {
    let mut codes = Vec::new();
    for scheme in schemes.iter().map(|scheme| scheme.id.as_str()) {
        let name = format!("schemes/{scheme}");
        let file = files.get(&name).ok_or_else(|| format!("{name}.tsv is missing"))?;
        for (position, record) in (0..).zip(Table::parse(&name, file)?.records()) {
            let parent = record.some("parent").map(|parent| (scheme.to_owned(), parent.to_owned()));
            codes.push((code(scheme, position, record), parent));
        }
    }
    let known: HashMap<CodeId, usize> = codes.iter().enumerate().map(|(at, (code, _))| (code.id, at)).collect();
    let mut parents = vec![None; codes.len()];
    for (at, (code, parent)) in codes.iter_mut().enumerate() {
        let Some((scheme, parent)) = parent else { continue };
        let outer = scheme.rsplit_once('_').map(|(outer, _)| outer);
        let found = [Some(scheme.as_str()), outer]
            .into_iter()
            .flatten()
            .map(|scheme| CodeId(id("code", &[scheme, parent])))
            .find(|id| known.contains_key(id));
        let found = found.ok_or_else(|| format!("{scheme} {}: there is no parent '{parent}'", code.code))?;
        code.parent_id = Some(found);
        parents[at] = known.get(&found).copied();
    }
    let depth = |mut at: usize| {
        let mut depth = 0;
        while let Some(parent) = parents[at].filter(|_| depth < 100) {
            (at, depth) = (parent, depth + 1);
        }
        depth
    };
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by_key(|at| depth(*at));
    Ok(order.into_iter().map(|at| codes[at].0.clone()).collect())
}

fn code(scheme: &str, position: i32, record: Record<'_>) -> code::Model {
    let code = record.get("code");
    code::Model {
        id: CodeId(id("code", &[scheme, code])),
        scheme: scheme.to_owned(),
        code: code.to_owned(),
        label: text(record, "label"),
        parent_id: None,
        definition: text_if(record, "definition"),
        position,
        extra: record.some("extra").map(str::to_owned),
    }
}

fn mapping(record: Record<'_>, known: &HashSet<CodeId>) -> Result<code_mapping::Model, String> {
    let end = |scheme: &str, code: &str| {
        let (scheme, code) = (record.get(scheme), record.get(code));
        let found = CodeId(id("code", &[scheme, code]));
        known.contains(&found).then_some(found).ok_or_else(|| format!("mappings: there is no {scheme} '{code}'"))
    };
    let (from_id, to_id) = (end("from_scheme", "from_code")?, end("to_scheme", "to_code")?);
    Ok(code_mapping::Model {
        id: CodeMappingId(id("mapping", &[&from_id.to_string(), &to_id.to_string()])),
        from_id,
        to_id,
        relation: word(record, "relation", "mappings")?,
        confidence: word(record, "confidence", "mappings")?,
        note: text_if(record, "note"),
    })
}

fn indicator(record: Record<'_>) -> Result<indicator_definition::Model, String> {
    let key = record.get("key");
    // Products are not recorded yet: an indicator that may also be observed of them loses nothing.
    let levels = record.get("subject_levels").split('|').filter(|word| !matches!(*word, "" | "product"));
    let levels: Vec<&str> = levels.map(|word| if word == "org" { "organisation" } else { word }).collect();
    if let Some(fault) = levels.iter().find_map(|level| level.parse::<SubjectLevel>().err()) {
        return Err(format!("{key}: {fault}"));
    }
    Ok(indicator_definition::Model {
        id: IndicatorDefinitionId(id("indicator", &[key])),
        key: key.to_owned(),
        name: text(record, "name"),
        definition: text(record, "definition"),
        concept: record.get("concept").to_owned(),
        unit: record.get("unit").to_owned(),
        chain_stage: word(record, "chain_stage", key)?,
        measure: word(record, "measure", key)?,
        subject_levels: super::ingest::json(&levels),
        frequency: record.get("frequency").to_owned(),
        source_scheme: word(record, "source_scheme", key)?,
        source_code: record.some("source_code").map(str::to_owned),
        is_higher_better: None,
    })
}

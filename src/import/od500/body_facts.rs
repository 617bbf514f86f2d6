//! What is known of a body beyond its row: level, area, and which hierarchies of the survey are doubtful.

use super::chapter::Chapter;
use crate::domain::text::fold;
use crate::embedded;
use crate::import::problem::Problems;
use crate::import::table::{Record, Table};
use entity::vocabulary::PublisherLevel;
use std::collections::HashMap;

/// What the curated table says of a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curated {
    /// Its level.
    pub(super) level: PublisherLevel,
    /// Its acronym.
    pub(super) acronym: &'static str,
    /// Its id on the national portal.
    pub(super) portal_id: &'static str,
}

/// The curated table by folded name.
pub(super) fn curated(chapter: Chapter) -> HashMap<String, Curated> {
    if chapter != Chapter::Mx {
        return HashMap::new();
    }
    embedded::records("bodies_mx")
        .map(|row| {
            let level = row.get("level").parse().unwrap_or(PublisherLevel::Unknown);
            (fold(row.get("name")), Curated { level, acronym: row.get("acronym"), portal_id: row.get("ckan_slug") })
        })
        .collect()
}

/// Why the table of doubts says that a body is no part of its agency; `%` stands for any text.
pub(super) fn doubt(chapter: Chapter, agency: &str, sub: &str) -> Option<&'static str> {
    if chapter != Chapter::Mx {
        return None;
    }
    let (agency, sub) = (fold(agency), fold(sub));
    embedded::records("not_sub_bodies")
        .find(|row| fold(row.get("parent")) == agency && is_like(&sub, row.get("sub")))
        .map(|row| row.get("note"))
}

/// Whether a folded text has the parts of a pattern in their order.
fn is_like(text: &str, pattern: &str) -> bool {
    let parts: Vec<String> = pattern.split('%').map(fold).collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let mut rest = match text.strip_prefix(first.as_str()) {
        Some(rest) if parts.len() == 1 => return rest.is_empty(),
        Some(rest) => rest,
        None => return false,
    };
    for part in &parts[1..parts.len() - 1] {
        let Some(at) = rest.find(part.as_str()) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last.as_str())
}

/// The level that the curated table or the file says.
pub(super) fn level_of(
    table: &Table,
    record: &Record,
    known: Option<&Curated>,
    problems: &mut Problems,
) -> PublisherLevel {
    let stated = table.get(record, "agency_type");
    let spot = table.spot(record, "agency_type");
    let plain = match fold(stated).as_str() {
        "federal" => Some(PublisherLevel::Federal),
        "state" => Some(PublisherLevel::State),
        "city county" => Some(PublisherLevel::Municipal),
        "university institution" => Some(PublisherLevel::University),
        "other" => Some(PublisherLevel::Other),
        "federal open data" => {
            problems.warn(spot, stated, "agency_type.variant", "read as Federal");
            Some(PublisherLevel::Federal)
        }
        _ => None,
    };
    match (known.map(|c| c.level).filter(|level| *level != PublisherLevel::Unknown), plain) {
        (Some(level), Some(stated_level)) if level == stated_level => level,
        (Some(level), _) => {
            let reason = format!("the table of bodies says {}; taken from there", level.as_str());
            problems.warn(spot, stated, "agency_type.curated", reason);
            level
        }
        (None, Some(level)) => level,
        (None, None) => {
            problems.warn(spot, stated, "agency_type.unknown", "is no level of government; recorded as unknown");
            PublisherLevel::Unknown
        }
    }
}

/// The state that a name mentions, else the country for its national bodies.
pub(super) fn area_of(chapter: Chapter, name: &str, level: PublisherLevel) -> Option<String> {
    use PublisherLevel::{
        Autonomous, Federal, International, Judicial, Legislative, Municipal, Other, State, StateEnterprise,
        University, Unknown,
    };
    let country = || Some(chapter.country().to_owned());
    let folded = fold(name);
    match level {
        Federal | Legislative | StateEnterprise => country(),
        State | Municipal => mentioned_state(chapter, &folded, &[]),
        // Here the country's own name is more likely than the state of that name.
        Autonomous | Judicial => mentioned_state(chapter, &folded, &["mexico"]).or_else(|| {
            let national = ["nacional", "federal", "federacion", "nacion", "mexico"];
            folded.split(' ').any(|word| national.contains(&word)).then(country).flatten()
        }),
        University | International | Other | Unknown => None,
    }
}

/// The state of the longest mention, from the end of the name: `Toluca, Estado de México`.
fn mentioned_state(chapter: Chapter, folded: &str, but_not: &[&str]) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    (1..=words.len().min(4)).rev().find_map(|length| {
        words
            .windows(length)
            .rev()
            .map(|part| part.join(" "))
            .filter(|text| (text.len() > 3 || text == "df") && !but_not.contains(&text.as_str()))
            .find_map(|text| crate::gazetteer::Gazetteer::embedded().state(chapter.country(), &text))
            .map(ToOwned::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_gaps() {
        for (text, pattern, expected) in [
            ("instituto electoral de tlaxcala", "Instituto %Electoral%", true),
            ("instituto estatal electoral de oaxaca", "Instituto %Electoral%", true),
            ("instituto de salud", "Instituto %Electoral%", false),
            ("datatur", "DATATUR", true),
            ("datatur nacional", "DATATUR", false),
            ("consejo estatal electoral en guerrero", "Consejo Estatal Electoral%", true),
        ] {
            assert_eq!(is_like(text, pattern), expected, "{text} {pattern}");
        }
    }

    #[test]
    fn areas_follow_names() {
        use PublisherLevel::{Autonomous, Federal, Judicial, Municipal, State, University};
        for (name, level, area) in [
            ("Municipio de Toluca, Estado de México", Municipal, Some("MX-MEX")),
            ("Municipio de Zapopan, Estado de Jalisco", Municipal, Some("MX-JAL")),
            ("Contraloría del Distrito Federal", Municipal, Some("MX-CMX")),
            ("Secretaría de Desarrollo Económico del DF", Municipal, Some("MX-CMX")),
            ("Gobierno de Morelos", State, Some("MX-MOR")),
            ("Instituto Nacional de Estadística", Federal, Some("MX")),
            ("Banco de México", Autonomous, Some("MX")),
            ("Instituto Electoral del Estado de México", Autonomous, Some("MX-MEX")),
            ("Poder Judicial del Estado de Veracruz", Judicial, Some("MX-VER")),
            ("Universidad Autónoma Metropolitana", University, None),
            ("Ayuntamiento de Ningún Lugar", Municipal, None),
        ] {
            assert_eq!(area_of(Chapter::Mx, name, level).as_deref(), area, "{name}");
        }
    }
}

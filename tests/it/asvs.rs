//! docs/asvs.md has a line for each requirement of ASVS 5.0, levels 1 and 2, with a verdict, a reason and, where it
//! is met, code that is there.

use std::collections::BTreeSet;
use std::path::Path;

/// The requirements of levels 1 and 2 by section: how many, counted from 1. None of these sections has one of level 3
/// before the last of these.
const SECTIONS: &[(&str, u32)] = &[
    ("1.1", 2),
    ("1.2", 9),
    ("1.3", 11),
    ("1.4", 3),
    ("1.5", 2),
    ("2.1", 3),
    ("2.2", 3),
    ("2.3", 4),
    ("2.4", 1),
    ("3.2", 2),
    ("3.3", 4),
    ("3.4", 6),
    ("3.5", 5),
    ("3.7", 2),
    ("4.1", 3),
    ("4.2", 1),
    ("4.3", 2),
    ("4.4", 4),
    ("5.1", 1),
    ("5.2", 3),
    ("5.3", 2),
    ("5.4", 3),
    ("6.1", 3),
    ("6.2", 12),
    ("6.3", 4),
    ("6.4", 4),
    ("6.5", 5),
    ("6.6", 3),
    ("6.8", 4),
    ("7.1", 3),
    ("7.2", 4),
    ("7.3", 2),
    ("7.4", 5),
    ("7.5", 2),
    ("7.6", 2),
    ("8.1", 2),
    ("8.2", 3),
    ("8.3", 1),
    ("8.4", 1),
    ("9.1", 3),
    ("9.2", 4),
    ("10.1", 2),
    ("10.2", 2),
    ("10.3", 4),
    ("10.4", 11),
    ("10.5", 5),
    ("10.6", 2),
    ("10.7", 3),
    ("11.1", 2),
    ("11.2", 3),
    ("11.3", 3),
    ("11.4", 4),
    ("11.5", 1),
    ("11.6", 1),
    ("12.1", 3),
    ("12.2", 2),
    ("12.3", 4),
    ("13.1", 1),
    ("13.2", 5),
    ("13.3", 2),
    ("13.4", 5),
    ("14.1", 2),
    ("14.2", 4),
    ("14.3", 3),
    ("15.1", 3),
    ("15.2", 3),
    ("15.3", 7),
    ("16.1", 1),
    ("16.2", 5),
    ("16.3", 4),
    ("16.4", 3),
    ("16.5", 3),
    ("17.1", 1),
    ("17.2", 4),
    ("17.3", 2),
];

/// `met` by the program, `deploy` by whoever runs it as docs/security.md says, `partly`, `open`, or not applicable.
const VERDICTS: [&str; 5] = ["met", "partly", "deploy", "open", "n/a"];

/// `6.2.1`, or `10.4.1–11` for several of one section.
fn ids(cell: &str) -> Vec<String> {
    let Some((first, last)) = cell.split_once('–') else { return vec![cell.to_owned()] };
    let (section, from) = first.rsplit_once('.').unwrap();
    let (from, last): (u32, u32) = (from.parse().unwrap(), last.parse().unwrap());
    (from..=last).map(|number| format!("{section}.{number}")).collect()
}

#[test]
fn every_requirement_has_a_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/asvs.md")).unwrap();
    let wanted: BTreeSet<String> = SECTIONS
        .iter()
        .flat_map(|(section, count)| (1..=*count).map(move |number| format!("{section}.{number}")))
        .collect();
    assert_eq!(wanted.len(), 253);
    let mut found = BTreeSet::new();
    for line in
        text.lines().filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit()))
    {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, verdict, how, places] = cells[..] else { panic!("not four cells: {line}") };
        assert!(VERDICTS.contains(&verdict), "{id} is '{verdict}'");
        assert!(how.chars().count() > 10, "{id} gives no reason");
        assert!(verdict != "met" || !places.is_empty(), "{id} is met, and nothing shows it");
        for place in places.split('`').skip(1).step_by(2) {
            assert!(root.join(place).exists(), "{id} names {place}, which is not there");
        }
        for id in ids(id) {
            assert!(found.insert(id.clone()), "{id} has two lines");
        }
    }
    assert_eq!(found, wanted);
}

#[test]
fn dependencies_come_from_the_public_registries() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let sources: BTreeSet<&str> = lock.lines().filter_map(|line| line.strip_prefix("source = ")).collect();
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|source| source.starts_with("\"registry+")), "{sources:?}");
    let lock = std::fs::read_to_string(root.join("web/package-lock.json")).unwrap();
    let lock: serde_json::Value = serde_json::from_str(&lock).unwrap();
    for (name, package) in lock["packages"].as_object().unwrap() {
        assert!(name.is_empty() || package["integrity"].is_string(), "{name} has no checksum");
    }
}

//! Every text that the server names exists in both languages, and none of its own is there for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Rooms whose literals with dots in them are codes and paths of their own, not keys of texts.
const WITHOUT_TEXTS: [&str; 3] = ["src/domain", "src/import", "src/gazetteer.rs"];

/// Forms of a counted text; Spanish has a third, for whole millions.
const FORMS: [&str; 3] = ["_one", "_other", "_many"];

fn locale(lang: &str) -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("locales/{lang}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Rust sources below a folder, by their path in the project.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// A literal that looks like a key of a group of texts, or like the beginning of one that a value ends: `page.search.go`,
/// `page.survey.fault.{…`.
struct Named<'a> {
    key: &'a str,
    is_beginning: bool,
}

/// The name of a style sheet looks like a key.
fn is_sheet(key: &str) -> bool {
    key.rsplit('.').next() == Some("css")
}

/// What a source names by literals.
fn named<'a>(source: &'a str, groups: &BTreeSet<&str>) -> Vec<Named<'a>> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let literal = |rest: &'a str| {
        let end = rest.find(|c: char| !is_word(c))?;
        let (key, after) = rest.split_at(end);
        let is_beginning = after.starts_with('{') || key.ends_with('.');
        let dotted = key.contains('.') && after.starts_with(['"', '{']) && !is_sheet(key);
        let group = key.split('.').next()?;
        (dotted && groups.contains(group)).then_some(Named { key, is_beginning })
    };
    source.match_indices('"').filter_map(|(at, _)| literal(&source[at + 1..])).collect()
}

#[test]
fn every_text_that_the_server_names_exists_in_both_languages() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let mut seen = 0;
    for lang in ["es", "en"] {
        let texts = locale(lang);
        let groups: BTreeSet<&str> = texts.keys().filter_map(|key| key.split('.').next()).collect();
        let begins =
            |start: &str| texts.range(start.to_owned()..).next().is_some_and(|(key, _)| key.starts_with(start));
        for (path, source) in found.iter().filter(|(path, _)| !WITHOUT_TEXTS.iter().any(|room| path.starts_with(room)))
        {
            for Named { key, is_beginning } in named(source, &groups) {
                // A whole key; one that is counted; a group from which a word chooses; the beginning of a format.
                let exists = if is_beginning {
                    begins(key)
                } else {
                    texts.contains_key(key) || texts.contains_key(&format!("{key}_other")) || begins(&format!("{key}."))
                };
                assert!(exists, "{path} names the text {key}, which {lang} has not");
                seen += 1;
            }
            // What is asked for as it stands has to be there as it stands.
            for (call, forms) in
                [("get(\"", &[""][..]), ("fill(\"", &[""]), (".count(\"", &FORMS[..2]), (".label(\"", &FORMS[..2])]
            {
                for rest in source.split(call).skip(1) {
                    let key = rest.split('"').next().unwrap_or_default();
                    let is_key = key.split_once('.').is_some_and(|(group, _)| groups.contains(group));
                    for form in forms.iter().filter(|_| is_key && !is_sheet(key)) {
                        assert!(
                            texts.contains_key(&format!("{key}{form}")),
                            "{path}: {call}{key}{form}\" is not in {lang}"
                        );
                    }
                }
            }
        }
    }
    assert!(seen > 4000, "{seen}");
}

#[test]
fn no_text_of_the_servers_own_is_there_for_nothing() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let texts = locale("en");
    let groups: BTreeSet<&str> = texts.keys().filter_map(|key| key.split('.').next()).collect();
    let (mut whole, mut starts) = (BTreeSet::new(), BTreeSet::new());
    for Named { key, is_beginning } in found.iter().flat_map(|(_, source)| named(source, &groups)) {
        if is_beginning {
            starts.insert(key)
        } else {
            whole.insert(key)
        };
    }
    // Those of refusals and reasons are found by what the sentence says.
    let by_sentence = |key: &str| key.starts_with("api.refusal.") || key.starts_with("page.reason.");
    let own = texts.keys().filter(|key| (key.starts_with("page.") || key.starts_with("api.")) && !by_sentence(key));
    let is_named = |key: &str| {
        let base = FORMS.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key);
        let group = |(at, _): (usize, &str)| whole.contains(&base[..at]);
        whole.contains(key)
            || whole.contains(base)
            || base.match_indices('.').skip(1).any(group)
            || starts.iter().any(|start| base.starts_with(start))
    };
    let idle: Vec<&String> = own.filter(|key| !is_named(key)).collect();
    assert!(idle.is_empty(), "nothing names {idle:?}");
}

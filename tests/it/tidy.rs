//! The house keeps its rooms apart: which room may name which, read from the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// Room, and the words that must not occur in its code.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("entity/src", &["async_graphql", "axum", "od100::"]),
    ("migration/src", &["entity::"]),
    ("src/domain", &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "async fn", "crate::atlas"]),
    ("src/store", &["async_graphql", "axum::", "crate::app", "crate::graphql", "crate::http", "crate::import"]),
    (
        "src/atlas",
        &["sea_orm", "async_graphql", "axum::", "crate::app", "crate::graphql", "crate::http", "crate::store"],
    ),
    (
        "src/analysis",
        &["sea_orm", "async_graphql", "axum::", "async fn", "crate::store", "crate::app", "crate::graphql"],
    ),
    ("src/app", &["async_graphql", "axum::", "crate::graphql", "crate::http"]),
    ("src/import", &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::atlas"]),
    ("src/sample", &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::atlas"]),
    (
        "src/mail",
        &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::http", "crate::graphql"],
    ),
    (
        "src/oidc.rs",
        &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::http", "crate::graphql"],
    ),
    (
        "src/proof.rs",
        &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::http", "crate::graphql"],
    ),
    (
        "src/proof",
        &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::http", "crate::graphql"],
    ),
    (
        "src/gazetteer.rs",
        &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app", "crate::http", "crate::import"],
    ),
    ("src/export", &["sea_orm", "async_graphql", "axum::", "crate::store", "crate::app"]),
    (
        "src/picture",
        &[
            "sea_orm",
            "async_graphql",
            "axum::",
            "async fn",
            "crate::store",
            "crate::app",
            "crate::graphql",
            "crate::http",
            "crate::export",
        ],
    ),
    ("src/graphql", &["sea_orm", "crate::http", "crate::import"]),
    ("src/http", &["sea_orm", "crate::import"]),
];

pub(crate) fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    if folder.is_file() {
        out.push(folder.to_owned());
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Code without comments and without the unit tests at its foot.
pub(crate) fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source can be read");
    let body = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn rooms_name_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for (room, words) in FORBIDDEN {
        let mut files = Vec::new();
        sources(&root.join(room), &mut files);
        assert!(!files.is_empty(), "{room} has no sources: the table is out of date");
        for file in files {
            let text = code(&file);
            for word in *words {
                if text.contains(word) {
                    faults.push(format!("{} names {word}", file.strip_prefix(root).unwrap_or(&file).display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_source_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for room in ["src", "entity/src", "migration/src", "tests/it"] {
        sources(&root.join(room), &mut files);
    }
    let silent: Vec<_> = files
        .iter()
        .filter(|f| !fs::read_to_string(f).expect("a source can be read").starts_with("//!"))
        .map(|f| f.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no //! header: {}", silent.join(", "));
}

#[test]
fn the_environment_and_the_clock_have_one_reader_each() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    for file in files {
        let text = code(&file);
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        assert!(!text.contains("env::var") || name == "src/config.rs", "{name} reads the environment");
        assert!(
            !(text.contains("Utc::now") || text.contains("now_v7")) || name == "src/app/context.rs",
            "{name} reads the clock"
        );
    }
}

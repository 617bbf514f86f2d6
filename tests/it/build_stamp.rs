//! A release embeds no frontend that was built from other sources: both sides of the build count them alike. And the
//! program knows from which sources it was built itself.

use std::path::{Component, Path, PathBuf};
use std::process::Command;

#[path = "../../build/sources.rs"]
mod sources;

#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn both_builds_count_the_sources_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = Command::new("node").arg(root.join("web/tools/stamp.mjs")).arg("--print").output();
    let Ok(said) = said else {
        println!("skipped: there is no node on this machine");
        return;
    };
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), sources::stamp(root, &sources::SOURCES).unwrap());
}

#[test]
fn a_source_that_is_another_is_noticed_and_its_time_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    for source in sources::SOURCES {
        if Path::new(source).extension().is_some() {
            std::fs::create_dir_all(at(source).parent().unwrap()).unwrap();
            std::fs::write(at(source), "x").unwrap();
        } else {
            std::fs::create_dir_all(at(source)).unwrap();
        }
    }
    std::fs::write(at("web/src/main.tsx"), "one").unwrap();
    let first = sources::stamp(folder.path(), &sources::SOURCES).unwrap();
    std::fs::remove_file(at("web/src/main.tsx")).unwrap();
    std::fs::write(at("web/src/main.tsx"), "one").unwrap();
    assert_eq!(sources::stamp(folder.path(), &sources::SOURCES).unwrap(), first, "the content counts");
    std::fs::write(at("web/src/main.tsx"), "two").unwrap();
    let second = sources::stamp(folder.path(), &sources::SOURCES).unwrap();
    assert_ne!(second, first);
    std::fs::write(at("web/src/other.tsx"), "").unwrap();
    assert_ne!(sources::stamp(folder.path(), &sources::SOURCES).unwrap(), second, "so does what is there");
}

/// What browsers keep of one build is not taken for what another gives under the same version.
#[test]
fn the_program_names_the_build_that_it_is() {
    let (version, build) = od100::BUILD.rsplit_once('-').unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(version, od100::VERSION);
    assert_eq!(build, &sources::stamp(root, &sources::PROGRAM).unwrap()[..12]);
}

/// Whatever the code embeds makes another build when it changes; what tests alone embed does not have to.
#[test]
fn the_build_counts_all_that_the_program_embeds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut embedded = Vec::new();
    for file in rust_files(&root.join("src")).into_iter().chain(rust_files(&root.join("entity/src"))) {
        let code = std::fs::read_to_string(&file).unwrap();
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let folder = file.parent().unwrap().strip_prefix(root).unwrap();
        for (mark, from) in [("include_str!(", folder), ("include_bytes!(", folder), ("#[folder = ", Path::new(""))] {
            for rest in code.split(mark).skip(1) {
                let path = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                embedded.push(plain(&from.join(path.unwrap_or_else(|| panic!("{mark} in {}", file.display())))));
            }
        }
    }
    for known in ["web/src/styles/tokens.css", "docs/columns.md", "data", "web/dist"] {
        assert!(embedded.contains(&PathBuf::from(known)), "{known} is embedded: {embedded:?}");
    }
    let is_counted = |path: &Path| sources::PROGRAM.iter().any(|source| path.starts_with(source));
    embedded.retain(|path| !path.starts_with("tests") && !path.starts_with("web/dist") && !is_counted(path));
    assert!(embedded.is_empty(), "to be added to PROGRAM: {embedded:?}");
}

/// The files of code below a folder.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// A path without its steps upwards.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => assert!(plain.pop(), "{}", path.display()),
            part => plain.push(part),
        }
    }
    plain
}

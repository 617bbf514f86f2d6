//! A release embeds no frontend that was built from other sources: both sides of the build count them alike. And the
//! program knows from which sources it was built itself.

use std::path::Path;
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
    assert_eq!((version, build.len()), (od100::VERSION, 12));
    assert!(build.bytes().all(|byte| byte.is_ascii_hexdigit()), "{build}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(sources::PROGRAM.iter().all(|source| root.join(source).exists()));
    assert_ne!(sources::stamp(root, &sources::PROGRAM).unwrap(), sources::stamp(root, &sources::SOURCES).unwrap());
}

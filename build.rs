//! Tells the program which build it is, and looks whether the frontend that will be embedded is that of these sources: a
//! release with an old one, or with none, is refused.
#![expect(clippy::disallowed_methods, reason = "cargo tells a build script by variables what it builds")]

#[path = "build/sources.rs"]
mod sources;

use std::{env, fs, path::Path};

/// What the build of the frontend writes beside its files.
const STAMP: &str = "web/dist/.sources";
const COMMAND: &str = "npm --prefix web ci && npm --prefix web run build";

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".to_owned());
    let root = Path::new(&root);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/sources.rs");
    for source in sources::PROGRAM {
        println!("cargo::rerun-if-changed={source}");
    }
    match sources::stamp(root, &sources::PROGRAM) {
        Ok(stamp) => println!("cargo::rustc-env=OD100_BUILD={}", &stamp[..12]),
        Err(error) => println!("cargo::error=the sources of the program cannot be read: {error}"),
    }
    if env::var("PROFILE").as_deref() != Ok("release") {
        // A development build reads the frontend when it runs.
        return;
    }
    for source in sources::SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    // A file that is not there would have this run each time.
    let watched = [STAMP, "web/dist", "web"].into_iter().find(|path| root.join(path).exists());
    if let Some(watched) = watched {
        println!("cargo::rerun-if-changed={watched}");
    }
    let built = fs::read_to_string(root.join(STAMP)).ok();
    let wrong = match (built, sources::stamp(root, &sources::SOURCES)) {
        (Some(built), Ok(now)) if built.trim() == now => return,
        (None, _) if !root.join("web/dist/.vite/manifest.json").exists() => "there is no frontend in web/dist",
        (None, _) => "nobody knows what the frontend in web/dist was built from",
        (Some(_), Ok(_)) => "the frontend in web/dist was built from other sources than these",
        (Some(_), Err(_)) => "the sources of the frontend cannot be read",
    };
    println!("cargo::error={wrong}; run: {COMMAND}");
}

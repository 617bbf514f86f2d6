// What the frontend, and the program, are built from, each as one digest. `web/tools/stamp.mjs` takes that of the frontend
// too and writes it beside what it has built. The content counts, not the times of the files: a checkout gives them any.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Files and folders that the build of the frontend reads; the same stand in `web/tools/stamp.mjs`.
pub(crate) const SOURCES: [&str; 11] = [
    "data/geo",
    "locales",
    "schema.graphql",
    "web/graphiql.html",
    "web/index.html",
    "web/package-lock.json",
    "web/package.json",
    "web/public",
    "web/src",
    "web/tools",
    "web/vite.config.ts",
];

/// Files and folders that say what the program answers with, whatever the record: its code, what that is compiled with, and
/// all that it embeds but the built frontend, which has a digest of its own. One build of them gives other files, pages and
/// answers than another, under the same version.
pub(crate) const PROGRAM: [&str; 8] =
    ["Cargo.lock", "Cargo.toml", "data", "docs/columns.md", "entity", "locales", "src", "web/src/styles/tokens.css"];

/// The digest of some sources in a checkout: SHA-256 over the path and the bytes of each file, in the order of the paths.
pub(crate) fn stamp(root: &Path, sources: &[&str]) -> std::io::Result<String> {
    let mut files = Vec::new();
    for source in sources {
        gather(&root.join(source), &mut files)?;
    }
    let mut named = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file);
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        named.push((parts.join("/"), file));
    }
    named.sort();
    let mut hash = Sha256::new();
    for (name, file) in named {
        hash.update(name);
        hash.update([0]);
        hash.update(std::fs::read(file)?);
        hash.update([0]);
    }
    Ok(format!("{:x}", hash.finalize()))
}

fn gather(path: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        out.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        gather(&entry?.path(), out)?;
    }
    Ok(())
}

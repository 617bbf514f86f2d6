// What the frontend is built from, as one number. `web/tools/stamp.mjs` counts the same and writes it beside what it has
// built. The content counts, not the times of the files: a checkout gives them any.

use std::path::{Path, PathBuf};

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

/// The number of the sources in a checkout: FNV-1a over the path and the bytes of each file, in the order of the paths.
pub(crate) fn stamp(root: &Path) -> std::io::Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        gather(&root.join(source), &mut files)?;
    }
    let mut named = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file);
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        named.push((parts.join("/"), file));
    }
    named.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (name, file) in named {
        let bytes = std::fs::read(file)?;
        for byte in name.bytes().chain([0]).chain(bytes).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{hash:016x}"))
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

//! Letters as files, for whoever develops: one `.eml` each.

use std::path::Path;

use super::{Failure, Letter};

/// Whether a folder takes letters.
pub(super) fn ready(folder: &Path) -> Result<(), String> {
    let named = folder.display();
    if !folder.is_dir() {
        return Err(format!("the folder '{named}' is not there; make it, or name another"));
    }
    let trial = folder.join(".od100-trial");
    let written = std::fs::write(&trial, b"").and_then(|()| std::fs::remove_file(&trial));
    written
        .map_err(|error| format!("the folder '{named}' takes no files ({error}); change its rights, or name another"))
}

/// Writes a letter; the same letter again is the same file.
pub(super) async fn put(folder: &Path, letter: &Letter, bytes: &[u8]) -> Result<(), Failure> {
    let name: String = letter.message_id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(36).collect();
    let written = async {
        tokio::fs::create_dir_all(folder).await?;
        // Whoever looks for letters finds whole ones only.
        let hidden = folder.join(format!(".{name}"));
        tokio::fs::write(&hidden, bytes).await?;
        tokio::fs::rename(hidden, folder.join(format!("{name}.eml"))).await
    };
    written.await.map_err(|error: std::io::Error| Failure::Later(error.to_string()))
}

//! Letters as files, for whoever develops: one `.eml` each.

use std::path::Path;

use super::{Failure, Letter};

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

//! What a note of a relation says about its date: lists of successions are often written down before anybody has
//! looked the dates up, and whoever reads a profile has to see that.

/// What stands in the note of a relation whose date nobody has looked up.
pub const UNVERIFIED: &str = "dates unverified";

/// A note with the word on its date.
pub fn noted(note: Option<&str>, is_verified: bool) -> Option<String> {
    let parts: Vec<&str> = note.into_iter().chain((!is_verified).then_some(UNVERIFIED)).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A note without the word on its date, and whether that word stands there.
pub fn read(note: Option<&str>) -> (Option<&str>, bool) {
    let Some(note) = note else { return (None, false) };
    let Some(rest) = note.strip_suffix(UNVERIFIED) else { return (Some(note), false) };
    (Some(rest.trim_end_matches([';', ' '])).filter(|rest| !rest.is_empty()), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_whether_its_date_is_verified() {
        for (note, is_verified, stored) in [
            (None, true, None),
            (None, false, Some("dates unverified")),
            (Some("PGR to FGR"), true, Some("PGR to FGR")),
            (Some("PGR to FGR"), false, Some("PGR to FGR; dates unverified")),
        ] {
            let made = noted(note, is_verified);
            assert_eq!(made.as_deref(), stored);
            assert_eq!(read(made.as_deref()), (note, !is_verified));
        }
    }
}

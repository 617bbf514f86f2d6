//! Licences by their SPDX identifiers, as the record has them.

/// The identifier of a licence that is named in the usual way: `CC BY-SA 4.0` is `CC-BY-SA-4.0`. What is no licence of
/// Creative Commons stays as it was written.
pub fn identifier(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    let parts: Vec<&str> = upper.split([' ', '-', '_']).filter(|part| !part.is_empty()).collect();
    let is_known = match parts.as_slice() {
        ["CC0", "1.0"] => true,
        ["CC", "BY", terms @ .., version] => {
            matches!(terms, [] | ["NC" | "SA" | "ND"] | ["NC", "SA" | "ND"])
                && matches!(*version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0")
        }
        _ => false,
    };
    if is_known { parts.join("-") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn a_licence_has_one_name() {
        for (name, id) in [
            ("CC BY 4.0", "CC-BY-4.0"),
            ("cc by-sa 4.0", "CC-BY-SA-4.0"),
            ("CC-BY-NC-ND-3.0", "CC-BY-NC-ND-3.0"),
            ("CC0 1.0", "CC0-1.0"),
            ("CC BY", "CC BY"),
            ("CC BY-XX 4.0", "CC BY-XX 4.0"),
            ("ODbL-1.0", "ODbL-1.0"),
            ("Libre Uso MX", "Libre Uso MX"),
        ] {
            assert_eq!(identifier(name), id, "{name}");
        }
    }
}

//! Addresses and telephone numbers in words that everybody may read: whoever writes such words is asked to leave them out,
//! and what came in with them is not published. Contacts have tables of their own, which no public read loads.

mod beside;
mod number;
mod spelled;

use super::violation::Violation;

/// Whether a text that is meant for everyone names an address or a number of somebody. An official one is one too.
pub fn mentions_a_person(text: &str) -> bool {
    contact_in(text).is_some()
}

/// The first part of a text that is an address or a number of somebody, written as such or spelled out.
pub fn contact_in(text: &str) -> Option<&str> {
    let is_address = |word: &&str| {
        word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.trim_matches('.').contains('.'))
    };
    let address = text.split_whitespace().find(is_address);
    let found = address.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    found.or_else(|| spelled::address_in(text)).or_else(|| number::number_in(text))
}

/// What is said of words for everybody that hold such a thing.
pub const LEAVE_OUT: &str =
    "this will be public: leave out e-mail addresses, telephone numbers and other data of persons";

/// What is wrong with words for everybody, if they hold such a thing.
pub fn contact_fault(field: &str, text: &str) -> Option<Violation> {
    mentions_a_person(text).then(|| Violation::new(field, LEAVE_OUT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_seen() {
        for (text, mentions) in [
            ("Escriba a ana@example.org.", true),
            ("55 1234 5678 a@private-m.example", true),
            ("Llame al 55 1234 5678, o al (81) 8123-4567", true),
            ("+52 (55) 2014-2015", true),
            ("5512345678", true),
            ("Usamos 12 series de 2014 a 2024 y 3 más", false),
            ("Censos 1990 2000 2010 2020", false),
            ("Ola 2014-2015 (2016)", false),
            ("@datos en redes", false),
            ("precio de 1,500,000 pesos", false),
            ("", false),
        ] {
            assert_eq!(mentions_a_person(text), mentions, "{text}");
            assert_eq!(contact_fault("x", text).is_some(), mentions, "{text}");
        }
    }

    #[test]
    fn the_part_that_is_meant_is_named() {
        for (text, part) in [
            ("Escriba a <ana@example.org>.", Some("ana@example.org")),
            ("Llame al 55 1234 5678, o venga", Some("55 1234 5678")),
            ("Tel. +52 (55) 1234-5678.", Some("+52 (55) 1234-5678")),
            ("De 2014 a 2024", None),
        ] {
            assert_eq!(contact_in(text), part, "{text}");
        }
    }
}

//! Addresses of people: what is one, and when two are the same. Nothing that could begin a second header
//! or a second recipient passes.

use super::violation::{Fault, Violation};

/// The longest address that mail servers take.
const LONGEST: usize = 254;
/// The longest part before the `@`.
const LONGEST_LOCAL: usize = 64;

/// An address.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    text: String,
    key: String,
}

impl Email {
    /// Reads an address; `field` is where it was written.
    pub fn parse(field: &str, text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Violation::new(field, "an e-mail address is needed").of(Fault::Missing));
        }
        if text.len() > LONGEST {
            return Err(Violation::new(field, "an e-mail address has at most 254 characters").of(Fault::TooLong));
        }
        let sound = text.rsplit_once('@').is_some_and(|(local, host)| is_local(local) && is_host(host));
        if !sound {
            return Err(Violation::new(field, "this is not an e-mail address such as name@example.org"));
        }
        Ok(Self { text: text.to_owned(), key: text.to_ascii_lowercase() })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What equal addresses have in common.
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(…)")
    }
}

fn is_local(local: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    (1..=LONGEST_LOCAL).contains(&local.len())
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_host(host: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_compared_without_case() {
        let key = |text: &str| Email::parse("email", text).unwrap().key().to_owned();
        assert_eq!(key(" Ana.Ruiz+x@Example.ORG "), "ana.ruiz+x@example.org");
        assert_eq!(key("a@b.mx"), "a@b.mx");
    }

    #[test]
    fn what_could_steer_a_letter_is_no_address() {
        for bad in [
            "a",
            "a@",
            "@b.mx",
            "a@b",
            "a b@c.mx",
            "a@b.mx,c@d.mx",
            "a@b.mx\r\nBcc: c@d.mx",
            "a@b.mx\nx",
            "<a@b.mx>",
            "\"a b\"@c.mx",
            "a@b..mx",
            ".a@b.mx",
            "a.@b.mx",
            "a@-b.mx",
            "a@b.mx;",
            "a\u{0}@b.mx",
            "a@b.mx>",
            "á@b.mx",
            "a@b.mx\u{2028}c",
            "a@[127.0.0.1]",
            "a:b@c.mx",
            "a@@b.mx",
            "a(x)@b.mx",
        ] {
            assert!(Email::parse("email", bad).is_err(), "{bad:?}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        assert!(Email::parse("email", &long).is_err());
        assert_eq!(Email::parse("email", " ").unwrap_err().fault, Fault::Missing);
        assert_eq!(Email::parse("email", &format!("a@{}.mx", "b.".repeat(150))).unwrap_err().fault, Fault::TooLong);
    }
}

//! Identifiers of organisations: web domains, LEI, RFC. Only what can be checked without asking anybody.

use sha2::{Digest, Sha256};

/// Hosts that many organisations share; equal hosts there say nothing about identity.
pub(super) const SHARED_HOSTS: &[&str] = &[
    "about.me",
    "amazon.com",
    "apple.com",
    "bit.ly",
    "blogspot.com",
    "blogspot.mx",
    "facebook.com",
    "github.com",
    "github.io",
    "google.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "medium.com",
    "naver.com",
    "tumblr.com",
    "twitter.com",
    "weebly.com",
    "wix.com",
    "wixsite.com",
    "wordpress.com",
    "x.com",
    "youtube.com",
];

/// Second levels under which names are registered in the countries we import.
const SECOND_LEVELS: &[&str] = &["ac", "co", "com", "edu", "go", "gob", "gov", "id", "ne", "net", "or", "org", "re"];

/// The registrable part of a host: `www.inegi.org.mx` gives `inegi.org.mx`.
pub fn registrable(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 || labels.iter().any(|l| l.is_empty()) || labels.iter().all(|l| l.parse::<u8>().is_ok()) {
        return None;
    }
    let country = labels.last().is_some_and(|l| l.len() == 2);
    let take = if country && labels.len() > 2 && SECOND_LEVELS.contains(&labels[labels.len() - 2]) { 3 } else { 2 };
    Some(labels[labels.len() - take..].join("."))
}

/// The domain that identifies an organisation by its website; none where the host is shared.
pub fn domain_of(website: &str) -> Option<String> {
    let parsed = url::Url::parse(website).ok()?;
    let domain = registrable(parsed.host_str()?)?;
    (!SHARED_HOSTS.contains(&domain.as_str())).then_some(domain)
}

/// Whether a legal entity identifier is well formed: 20 characters, check digits by ISO 7064 mod 97-10.
pub fn lei_is_valid(lei: &str) -> bool {
    lei.len() == 20
        && lei.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        && lei[18..].chars().all(|c| c.is_ascii_digit())
        && lei.chars().fold(0_u32, |rest, c| match c.to_digit(36) {
            Some(value) if value < 10 => (rest * 10 + value) % 97,
            Some(value) => (rest * 100 + value) % 97,
            None => rest,
        }) == 1
}

/// Why a Mexican taxpayer code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RfcError {
    /// Thirteen characters: a natural person's, which holds the birth date.
    #[error("an RFC of 13 characters belongs to a person and is not recorded; give the 12 characters of a company")]
    Person,
    /// Not an RFC at all.
    #[error("an RFC has three letters, six digits of a date and three characters")]
    Malformed,
}

/// A company's RFC as the keyed hash that may be stored; the code itself never is.
pub fn rfc_hmac(key: &[u8], rfc: &str) -> Result<String, RfcError> {
    let rfc: String = rfc.chars().filter(|c| c.is_alphanumeric() || *c == '&').flat_map(char::to_uppercase).collect();
    let chars: Vec<char> = rfc.chars().collect();
    let letters = |part: &[char]| part.iter().all(|c| c.is_ascii_uppercase() || *c == '&' || *c == 'Ñ');
    let digits = |part: &[char]| part.iter().all(char::is_ascii_digit);
    let end = |part: &[char]| part.iter().all(char::is_ascii_alphanumeric);
    match chars.len() {
        12 if letters(&chars[..3]) && digits(&chars[3..9]) && end(&chars[9..]) => Ok(hmac(key, rfc.as_bytes())),
        13 if letters(&chars[..4]) && digits(&chars[4..10]) => Err(RfcError::Person),
        _ => Err(RfcError::Malformed),
    }
}

/// HMAC-SHA256 (RFC 2104) in lower-case hexadecimal.
fn hmac(key: &[u8], message: &[u8]) -> String {
    let mut block = [0_u8; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|b| b ^ 0x36)).chain_update(message).finalize();
    let outer = Sha256::new().chain_update(block.map(|b| b ^ 0x5c)).chain_update(inner).finalize();
    outer.iter().fold(String::with_capacity(64), |mut out, byte| {
        use std::fmt::Write;
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_registrable_and_never_shared() {
        for (website, domain) in [
            ("http://www.inegi.org.mx/sistemas", Some("inegi.org.mx")),
            ("https://datos.ejemplo.mx", Some("ejemplo.mx")),
            ("http://a.b.example.com.au/", Some("example.com.au")),
            ("https://play.google.com/store/apps/details?id=x", None),
            ("https://miproyecto.wordpress.com", None),
            ("http://localhost/", None),
            ("http://10.0.0.1/", None),
            ("not a url", None),
        ] {
            assert_eq!(domain_of(website).as_deref(), domain, "{website}");
        }
    }

    #[test]
    fn lei_has_check_digits() {
        assert!(lei_is_valid("9999TESTOPENDATA1046"));
        assert!(!lei_is_valid("9999TESTOPENDATA1047"));
        assert!(!lei_is_valid("9999TESTOPENDATA104"));
        assert!(!lei_is_valid("9999testopendata1046"));
    }

    #[test]
    fn rfc_of_a_person_is_refused() {
        assert_eq!(rfc_hmac(b"key", "GODE561231GR8"), Err(RfcError::Person));
        assert_eq!(rfc_hmac(b"key", "ABC"), Err(RfcError::Malformed));
        let hash = rfc_hmac(b"key", "abc-010101-xy1").unwrap();
        assert_eq!(hash, rfc_hmac(b"key", "ABC010101XY1").unwrap());
        assert_ne!(hash, rfc_hmac(b"other", "ABC010101XY1").unwrap());
    }

    #[test]
    fn hmac_agrees_with_rfc_4231() {
        assert_eq!(
            hmac(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}

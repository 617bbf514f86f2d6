//! Identifiers of organisations: web domains and LEI. Only what can be checked without asking anybody.

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
}

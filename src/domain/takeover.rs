//! What shows that somebody may speak for an organisation: which domain is its own, which mailboxes are there, and
//! what has to be found at the domain or on the website.

use url::{Host, Url};

use super::identifier::SHARED_HOSTS;
use super::secret::{LENGTH, Secret};

/// What stands before the token, in a DNS record, a file and a link.
pub const MARK: &str = "od100-verification=";
/// The name below the domain where the record may stand instead of at the domain itself.
pub const BELOW: &str = "_od100";
/// Where the website may serve the token.
pub const FILE: &str = "/.well-known/od100.txt";
/// More marks than these are not read: a page that tries tokens out finds none.
const MOST_MARKS: usize = 50;

/// Domains where everybody may have a mailbox. To have one there says nothing about an organisation.
const MAIL_PROVIDERS: &[&str] = &[
    "126.com",
    "163.com",
    "aol.com",
    "att.net",
    "att.net.mx",
    "bluewin.ch",
    "btinternet.com",
    "comcast.net",
    "daum.net",
    "duck.com",
    "email.com",
    "fastmail.com",
    "fastmail.fm",
    "free.fr",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.es",
    "gmx.net",
    "googlemail.com",
    "hanmail.net",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.com.mx",
    "hotmail.es",
    "hotmail.fr",
    "hushmail.com",
    "icloud.com",
    "inbox.com",
    "infinitummail.com",
    "kakao.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "live.com.mx",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "mailinator.com",
    "me.com",
    "msn.com",
    "nate.com",
    "naver.com",
    "orange.fr",
    "outlook.com",
    "outlook.com.mx",
    "outlook.es",
    "pm.me",
    "posteo.de",
    "posteo.net",
    "prodigy.net.mx",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "riseup.net",
    "rocketmail.com",
    "t-online.de",
    "telcel.com",
    "telefonica.net",
    "terra.com",
    "terra.com.mx",
    "tuta.com",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "web.de",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.ar",
    "yahoo.com.au",
    "yahoo.com.br",
    "yahoo.com.mx",
    "yahoo.es",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "yeah.net",
    "ymail.com",
    "yopmail.com",
    "zoho.com",
    "zohomail.com",
];

/// The domain that whoever runs a website has registered. None where the address is no name, where many share it, or
/// where names are registered and nobody has their own.
pub fn own_domain(website: &str) -> Option<String> {
    let url = Url::parse(website).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    match url.host()? {
        Host::Domain(host) => registered(host).filter(|domain| !is_shared(domain)),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// The part of a host that somebody has registered, by the Public Suffix List.
fn registered(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    psl::domain_str(&host).filter(|_| is_known).map(str::to_owned)
}

fn is_shared(domain: &str) -> bool {
    SHARED_HOSTS.contains(&domain) || MAIL_PROVIDERS.contains(&domain)
}

/// Whether a mailbox is at a domain, or below it within the same registration.
pub fn is_mailbox_at(email: &str, domain: &str) -> bool {
    let Some((_, host)) = email.rsplit_once('@') else { return false };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let below = host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    below && !is_shared(domain) && registered(&host).as_deref() == Some(domain)
}

/// Whether a host is a domain or below it within the same registration.
pub fn is_host_at(host: &str, domain: &str) -> bool {
    registered(host).as_deref() == Some(domain)
}

/// What the record and the file have to say.
pub fn line(token: &Secret) -> String {
    format!("{MARK}{}", token.expose())
}

/// Whether a text says the line whose token has this digest.
pub fn says(text: &str, token_hash: &str) -> bool {
    tokens(text).any(|(_, token)| token.digest() == token_hash)
}

/// Whether a page links to a profile with the token whose digest this is: `<a href="PROFILE#od100-verification=…">`. A
/// link without it says that somebody knows the profile, and not who may speak for it.
pub fn links(html: &str, profile: &str, token_hash: &str) -> bool {
    tokens(html).any(|(before, token)| {
        let link = before.strip_suffix('#').and_then(|before| before.strip_suffix(profile)).unwrap_or_default();
        let is_link = link.strip_suffix(['"', '\'']).is_some_and(|tag| tag.trim_end().ends_with("href="));
        is_link && token.digest() == token_hash
    })
}

/// The tokens of a text, each with what stands before its mark.
fn tokens(text: &str) -> impl Iterator<Item = (&str, Secret)> {
    text.match_indices(MARK).take(MOST_MARKS).filter_map(|(at, mark)| {
        let token = text.get(at + mark.len()..at + mark.len() + LENGTH)?;
        Some((&text[..at], Secret::parse(token)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_own_where_somebody_has_registered_it() {
        for (website, domain) in [
            ("https://www.mapas.example.com/es", Some("example.com")),
            ("http://WWW.INEGI.ORG.MX:8080/", Some("inegi.org.mx")),
            ("https://datos.cdmx.gob.mx", Some("cdmx.gob.mx")),
            ("https://www.gob.mx/sct", Some("www.gob.mx")),
            ("https://ejemplo.mx.", Some("ejemplo.mx")),
            ("https://mapas.github.io/x", Some("mapas.github.io")),
            ("https://a.b.city.kawasaki.jp", Some("city.kawasaki.jp")),
            // Where names are registered, nobody is at home.
            ("https://gob.mx", None),
            ("https://com.mx/", None),
            ("https://co.uk", None),
            ("https://github.io", None),
            ("https://mx", None),
            // Shared by many.
            ("https://www.facebook.com/mapas", None),
            ("https://sites.google.com/view/x", None),
            ("https://linktr.ee/x", None),
            ("https://gmail.com", None),
            // No names at all.
            ("http://10.0.0.1/", None),
            ("http://2130706433/", None),
            ("http://[::1]/", None),
            ("http://localhost/", None),
            ("https://intranet.local/", None),
            ("https://server", None),
            ("ftp://example.com/", None),
            ("javascript:alert(1)", None),
            ("www.example.com", None),
            ("", None),
        ] {
            assert_eq!(own_domain(website).as_deref(), domain, "{website}");
        }
    }

    #[test]
    fn a_mailbox_is_at_a_domain_or_below_it() {
        for (email, domain, is_there) in [
            ("ana@example.com", "example.com", true),
            ("ana@EXAMPLE.com", "example.com", true),
            ("ana@mail.example.com", "example.com", true),
            ("ana@a.b.example.com", "example.com", true),
            ("ana@badexample.com", "example.com", false),
            ("ana@example.com.evil.org", "example.com", false),
            ("ana@example.org", "example.com", false),
            ("example.com@evil.org", "example.com", false),
            ("ana@com", "example.com", false),
            ("ana@gmail.com", "gmail.com", false),
            ("ana@outlook.es", "outlook.es", false),
            ("ana@sct.gob.mx", "gob.mx", false),
            ("ana@mapas.github.io", "github.io", false),
            ("ana@mapas.github.io", "mapas.github.io", true),
            ("ana", "example.com", false),
            ("", "example.com", false),
        ] {
            assert_eq!(is_mailbox_at(email, domain), is_there, "{email} at {domain}");
        }
        for provider in MAIL_PROVIDERS {
            assert!(!is_mailbox_at(&format!("ana@{provider}"), provider), "{provider}");
            assert_eq!(own_domain(&format!("https://www.{provider}/")), None, "{provider}");
        }
        assert!(MAIL_PROVIDERS.is_sorted(), "easy to look through");
    }

    #[test]
    fn only_the_own_token_is_found() {
        let (own, other) = (Secret::of_bits([7; 32]), Secret::of_bits([8; 32]));
        let hash = own.digest();
        assert!(says(&line(&own), &hash));
        assert!(says(&format!("v=spf1 -all\n{}\n{}\n", line(&other), line(&own)), &hash));
        assert!(!says(&line(&other), &hash));
        assert!(!says(own.expose(), &hash), "the mark belongs to it");
        assert!(!says(&line(&own)[..MARK.len() + LENGTH - 1], &hash));
        assert!(!says(&format!("{MARK}é{}", own.expose()), &hash));
        assert!(!says("", &hash) && !says(MARK, &hash));
        let many = format!("{}\n", line(&other)).repeat(MOST_MARKS);
        assert!(!says(&format!("{many}{}", line(&own)), &hash));
    }

    #[test]
    fn a_link_proves_with_the_token_alone() {
        let (profile, token) = ("https://od100.example/organisations/mapas", Secret::of_bits([7; 32]));
        let hash = token.digest();
        for (html, proves) in [
            (format!("<p><a rel=me href=\"{profile}#{}\">x</a>", line(&token)), true),
            (format!("<a href = '{profile}#{}'>x</a>", line(&token)), false),
            (format!("<a href='{profile}#{}'>x</a>", line(&token)), true),
            (format!("<a href=\"{profile}\">x</a>"), false),
            (format!("<a href=\"{profile}#{MARK}\">x</a>"), false),
            (format!("<a href=\"https://evil.example/?{profile}#{}\">x</a>", line(&token)), false),
            (format!("<a href=\"{profile}-sur#{}\">x</a>", line(&token)), false),
            (format!("<p>{profile}#{}</p>", line(&token)), false),
            (format!("<a href=\"{profile}#{}\">x</a>", line(&Secret::of_bits([8; 32]))), false),
        ] {
            assert_eq!(links(&html, profile, &hash), proves, "{html}");
        }
    }
}

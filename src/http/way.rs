//! The way back of somebody who had to sign in first: to support a request for data, or to ask to speak for an
//! organisation, and nowhere else.

use axum::{
    http::{HeaderValue, header, request::Parts},
    response::Response,
};

use super::{Site, session};

/// Where one asks to speak for an organisation.
const TAKEOVER: &str = super::desk::takeover::ROOM;
/// The cookie that holds it, a path of this site.
const WAY: &str = "od100-way";
/// So long it is kept, in seconds: a letter with a link may take a while.
const KEPT: u32 = 60 * 60;
/// The longest slug.
const LONGEST: usize = 100;

/// Remembers where somebody wanted to go.
pub(super) fn remember(site: &Site, path: &str, response: &mut Response) {
    if is_sound(path) {
        put(site, path, KEPT, response);
    }
}

/// Where somebody wanted to go, taken from the browser: a cookie that says anything else says nothing.
pub(super) fn take(site: &Site, parts: &Parts, response: &mut Response) -> Option<String> {
    let way = session::cookie(&parts.headers, WAY)?;
    put(site, "", 0, response);
    is_sound(way).then(|| way.to_owned())
}

fn put(site: &Site, path: &str, age: u32, response: &mut Response) {
    let secure = if session::is_https(site) { "; Secure" } else { "" };
    let cookie = format!("{WAY}={path}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Whether a path is that of a request's page of support, or of the form in which one asks to speak for an organisation.
fn is_sound(path: &str) -> bool {
    let support = path.strip_prefix("/requests/").and_then(|rest| rest.strip_suffix("/support"));
    let of = path.strip_prefix(TAKEOVER).and_then(|rest| rest.strip_prefix("?of=/organisations/"));
    path == TAKEOVER
        || support.or(of).is_some_and(|slug| {
            (1..=LONGEST).contains(&slug.len())
                && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_anywhere_else() {
        for (path, sound) in [
            ("/requests/rain-by-the-hour/support", true),
            ("/requests/1/support", true),
            ("/requests//support", false),
            ("/requests/a/b/support", false),
            ("/requests/../desk/support", false),
            ("//evil.example/requests/a/support", false),
            ("https://evil.example/support", false),
            ("/requests/a/support?x=1", false),
            ("/requests/a%2f/support", false),
            ("/desk", false),
            ("/desk/takeover", true),
            ("/desk/takeover?of=/organisations/mapas-vivos", true),
            ("/desk/takeover?of=/organisations/", false),
            ("/desk/takeover?of=/organisations/a&next=//evil.example", false),
            ("/desk/takeover?of=//evil.example", false),
            ("/desk/takeover/link/abc", false),
        ] {
            assert_eq!(is_sound(path), sound, "{path}");
        }
        assert!(!is_sound(&format!("/requests/{}/support", "a".repeat(LONGEST + 1))));
    }
}

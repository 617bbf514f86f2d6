//! The way back of somebody who had to sign in first: to the page that they asked for, on this site and nowhere else.
//! However they sign in, they are taken there: the way is kept by the browser, not by the form.

use axum::{
    http::{HeaderValue, Method, header, request::Parts},
    response::Response,
};

use super::form::{language_query, see_other, with_language};
use super::{Site, session};

/// The cookie that holds it, a path of this site.
const WAY: &str = "od100-way";
/// So long it is kept, in seconds: a letter with a link may take a while.
const KEPT: u32 = 60 * 60;
/// The longest way: far from what browsers and proxies refuse.
const LONGEST: usize = 1000;

/// Sends somebody who is not signed in to where one signs in; whoever asked for a page comes back to it. A form that
/// was sent has to be filled in anew.
pub(super) fn to_sign_in(site: &Site, parts: &Parts) -> Response {
    let mut response = see_other(&with_language("/sign-in", parts));
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    if parts.method == Method::GET && is_sound(path) {
        put(site, path, KEPT, &mut response);
    }
    response
}

/// Where somebody wanted to go, in the language in which they signed in, taken from the browser: a cookie that says
/// anything else says nothing.
pub(super) fn take(site: &Site, parts: &Parts, response: &mut Response) -> Option<String> {
    let way = session::cookie(&parts.headers, WAY)?;
    put(site, "", 0, response);
    is_sound(way).then(|| in_language_of(way, parts))
}

fn in_language_of(way: &str, parts: &Parts) -> String {
    let Some((path, query)) = way.split_once('?').filter(|_| !language_query(parts).is_empty()) else {
        return with_language(way, parts);
    };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    let bare = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    with_language(&bare, parts)
}

fn put(site: &Site, path: &str, age: u32, response: &mut Response) {
    let secure = if session::is_https(site) { "; Secure" } else { "" };
    let cookie = format!("{WAY}={path}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Whether this is a path of this very site: it begins with one slash. Browsers read a backslash as a slash and leave
/// out control characters, so that either could begin the name of another host; and a semicolon ends a cookie.
fn is_sound(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b';');
    path.starts_with('/') && !path.starts_with("//") && path.len() <= LONGEST && path.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for (path, sound) in [
            ("/", true),
            ("/desk", true),
            ("/desk/review?status=open&page=2&lang=en", true),
            ("/desk/takeover?of=%2Forganisations%2Fmapas-vivos", true),
            ("/requests/rain-by-the-hour/support", true),
            // An address in a question stays a question.
            ("/desk/takeover?of=//evil.example", true),
            ("", false),
            ("desk", false),
            ("//evil.example", false),
            ("///evil.example", false),
            ("/\\evil.example", false),
            ("\\\\evil.example", false),
            ("/\t/evil.example", false),
            ("/\n/evil.example", false),
            ("/\r\nSet-Cookie: a=b", false),
            ("/\u{7f}/evil.example", false),
            (" //evil.example", false),
            ("/desk x", false),
            ("https://evil.example", false),
            ("https:/desk", false),
            ("javascript:alert(1)", false),
            ("@evil.example", false),
            (".evil.example", false),
            ("/desk; Domain=evil.example", false),
            ("/desk\"", false),
            ("/escritorio/año", false),
        ] {
            assert_eq!(is_sound(path), sound, "{path:?}");
        }
        assert!(is_sound(&format!("/{}", "a".repeat(LONGEST - 1))));
        assert!(!is_sound(&format!("/{}", "a".repeat(LONGEST))));
    }

    #[test]
    fn a_way_is_in_the_language_in_which_somebody_signs_in() {
        for (way, at, to) in [
            ("/desk", "/sign-in", "/desk"),
            ("/desk", "/sign-in?lang=en", "/desk?lang=en"),
            ("/desk?lang=es", "/sign-in?lang=en", "/desk?lang=en"),
            ("/desk?a=1&lang=es&b=2", "/sign-in?lang=en", "/desk?a=1&b=2&lang=en"),
            // The provider of identities sends back without a language.
            ("/desk?a=1&lang=en", "/sign-in/provider/back?code=1", "/desk?a=1&lang=en"),
        ] {
            let (parts, ()) = axum::http::Request::builder().uri(at).body(()).unwrap().into_parts();
            assert_eq!(in_language_of(way, &parts), to, "{way} at {at}");
        }
    }
}

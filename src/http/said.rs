//! What a form has done, as the page says it that the form leads back to: its address has a word, and the word a sentence
//! among the texts of `page.said`.

use axum::http::{Method, request::Parts};
use maud::{Markup, html};

use crate::atlas::Lang;
use crate::texts::words;

/// The name of the word in an address.
pub(super) const SAID: &str = "said";

/// An address with the word for what has just been done.
pub(super) fn saying(path: &str, word: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}{SAID}={word}")
}

/// The word of the address of a page that is looked at; the answer to a form says of itself what it is.
pub(super) fn word(parts: &Parts) -> Option<String> {
    let query = parts.uri.query().filter(|_| parts.method == Method::GET)?;
    url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == SAID).map(|(_, word)| word.into_owned())
}

/// What has just been done, with what stands behind it.
pub(super) fn told(lang: Lang, parts: &Parts, behind: &Markup) -> Markup {
    // A counted sentence is for a page that knows how many.
    let word = word(parts).filter(|word| !word.contains('_'));
    let text = word.and_then(|word| words(lang).get(&format!("page.said.{word}")));
    html! { @if let Some(text) = text { p class="notice good" role="status" { (text) (behind) } } }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn an_address_says_what_was_done() {
        assert_eq!(saying("/account", "saved"), "/account?said=saved");
        assert_eq!(saying("/account?lang=en", "saved"), "/account?lang=en&said=saved");
        let told = |method: Method, path: &str| {
            let request = Request::builder().method(method).uri(path).body(());
            let (parts, ()) = request.unwrap_or_default().into_parts();
            told(Lang::EN, &parts, &html! {}).into_string()
        };
        assert_eq!(told(Method::GET, "/account?said=saved"), r#"<p class="notice good" role="status">Saved.</p>"#);
        for (method, path) in [
            (Method::POST, "/account?said=saved"),
            (Method::GET, "/account?said=%3Cb%3E"),
            (Method::GET, "/account?said=acceptedMany_one"),
            (Method::GET, "/account"),
        ] {
            assert_eq!(told(method, path), "", "{path}");
        }
    }
}

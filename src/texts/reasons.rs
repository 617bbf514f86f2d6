//! Why something was written, where the program has said it itself: in the reader's language. The history keeps it in
//! English, as one sentence of `page.reason.…`; what people have given as their reason stays as they wrote it.

use std::sync::LazyLock;

use super::refusals::sentence;
use super::sentences::Sentences;
use crate::atlas::Lang;

static REASONS: LazyLock<Sentences> = LazyLock::new(|| Sentences::under("page.reason.", &[]));

/// The program's own reason in a language, as a sentence; `None` for what somebody has written.
pub fn of_program(lang: Lang, reason: &str) -> Option<String> {
    REASONS.said(lang, reason, |value| value).map(|said| sentence(&said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_says_is_translated_and_what_people_say_is_not() {
        for (reason, es, en) in [
            ("wave opened", Some("Ola abierta."), Some("Wave opened.")),
            ("accepted", Some("Aceptado."), Some("Accepted.")),
            ("accepted: the page says so", Some("Aceptado: the page says so."), Some("Accepted: the page says so.")),
            ("the ministry wrote to us", None, None),
            ("", None, None),
        ] {
            let said = [Lang::ES, Lang::EN].map(|lang| of_program(lang, reason));
            assert_eq!([said[0].as_deref(), said[1].as_deref()], [es, en], "{reason}");
        }
    }
}

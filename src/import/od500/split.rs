//! Answers with several values joined by commas, where the values hold commas themselves: the listed
//! options are found first, longest first, and what remains is one free text.

use crate::domain::text::fold;

/// An answer taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Indexes of the options found, in the order of the answer, each once.
    pub known: Vec<usize>,
    /// Everything else as one text.
    pub rest: Option<String>,
    /// Whether an item was empty: the browser lost an option.
    pub has_empty_item: bool,
}

/// The listed options of a question, ready for matching.
#[derive(Clone, Debug, Default)]
pub struct Options(Vec<Vec<String>>);

impl Options {
    /// Prepares the labels; indexes of [`Split::known`] follow their order.
    pub fn new<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        Self(labels.into_iter().map(|label| label.split(',').map(fold).collect()).collect())
    }

    /// Takes an answer apart.
    pub fn split(&self, answer: &str) -> Split {
        let mut out = Split::default();
        if answer.trim().is_empty() {
            return out;
        }
        let items: Vec<&str> = answer.split(',').map(str::trim).collect();
        let folded: Vec<String> = items.iter().map(|item| fold(item)).collect();
        let mut rest: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < items.len() {
            if items[at].is_empty() {
                out.has_empty_item = true;
                at += 1;
            } else if let Some((option, length)) = self.longest(&folded[at..]) {
                if !out.known.contains(&option) {
                    out.known.push(option);
                }
                at += length;
            } else {
                // The form's own word for "something else", in front of what it was.
                if !matches!(folded[at].as_str(), "other" | "otro" | "otra") {
                    rest.push(items[at]);
                }
                at += 1;
            }
        }
        out.rest = (!rest.is_empty()).then(|| rest.join(", "));
        out
    }

    fn longest(&self, items: &[String]) -> Option<(usize, usize)> {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, option)| items.starts_with(option) && !option.iter().all(String::is_empty))
            .max_by_key(|(at, option)| (option.len(), std::cmp::Reverse(*at)))
            .map(|(at, option)| (at, option.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LABELS: [&str; 5] =
        ["Acceso financiero", "Participación ciudadana", "Seguridad pública", "Food, water", "Food"];

    #[test]
    fn options_first_then_one_text() {
        let options = Options::new(LABELS);
        for (answer, known, rest, lost) in [
            ("", &[][..], None, false),
            ("Acceso financiero, Participación ciudadana, ", &[0, 1], None, true),
            (
                "PARTICIPACION CIUDADANA, transparencia, inversión social",
                &[1],
                Some("transparencia, inversión social"),
                false,
            ),
            ("Food, water, Food", &[3, 4], None, false),
            ("Other,Recursos Humanos", &[], Some("Recursos Humanos"), false),
            ("algo, Seguridad pública, y más", &[2], Some("algo, y más"), false),
            ("Seguridad pública, Seguridad pública", &[2], None, false),
        ] {
            let split = options.split(answer);
            assert_eq!(
                (&split.known[..], split.rest.as_deref(), split.has_empty_item),
                (known, rest, lost),
                "{answer}"
            );
        }
    }

    proptest! {
        #[test]
        fn chosen_options_survive(chosen in proptest::sample::subsequence((0..LABELS.len()).collect::<Vec<_>>(), 0..5), rest in "[b-z]{0,12}") {
            // "Food" before "Food, water" cannot be told apart; keep the longer one in front.
            let options = Options::new(LABELS);
            let mut items: Vec<&str> = chosen.iter().map(|i| LABELS[*i]).collect();
            if !rest.is_empty() && fold(&rest) != "otro" { items.push(&rest); }
            let split = options.split(&items.join(", "));
            prop_assert_eq!(&split.known, &chosen);
            prop_assert_eq!(split.rest.is_some(), items.len() > chosen.len());
        }

        #[test]
        fn no_answer_panics_or_loses_text(answer in any::<String>()) {
            let split = Options::new(LABELS).split(&answer);
            prop_assert!(split.rest.is_none_or(|rest| !rest.trim().is_empty()));
        }
    }
}

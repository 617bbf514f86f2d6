//! What a chapter's form calls each code, and the published crosswalks, from the embedded tables.

use super::chapter::Chapter;
use super::split::{Options, Split};
use crate::domain::text::fold;
use crate::embedded;
use entity::vocabulary::Confidence;
use std::collections::BTreeMap;

/// What the table says for a phrase that means that there is no answer.
const NO_ANSWER: &str = "no_answer";

/// One question's options.
#[derive(Debug, Default)]
pub struct Question {
    /// Label and code, in the order of the table.
    pub options: Vec<(&'static str, &'static str)>,
    folded: Vec<String>,
    matcher: Options,
}

impl Question {
    /// The code of a label, whatever its case and accents.
    pub fn code(&self, label: &str) -> Option<&'static str> {
        let wanted = fold(label);
        let found = self.folded.iter().position(|folded| *folded == wanted).map(|at| self.options[at].1);
        found.filter(|code| *code != NO_ANSWER)
    }

    /// Codes of an answer with several values, each once, and what is left of it.
    pub fn split(&self, answer: &str) -> (Vec<&'static str>, Split) {
        let split = self.matcher.split(answer);
        let mut codes: Vec<&'static str> = Vec::new();
        for at in &split.known {
            let code = self.options[*at].1;
            if code != NO_ANSWER && !codes.contains(&code) {
                codes.push(code);
            }
        }
        (codes, split)
    }
}

/// All questions of a chapter.
#[derive(Debug)]
pub struct Labels {
    by_scheme: BTreeMap<&'static str, Question>,
    none: Question,
}

impl Labels {
    /// The labels of a chapter's form.
    pub fn of(chapter: Chapter) -> Self {
        let mut by_scheme: BTreeMap<&'static str, Question> = BTreeMap::new();
        // A chapter's own labels first, then those that all forms share.
        for wanted in [chapter.code(), "*"] {
            for row in embedded::records("od500_labels").filter(|row| row.get("chapter") == wanted) {
                let question = by_scheme.entry(row.get("scheme")).or_default();
                question.options.push((row.get("label"), row.get("code")));
            }
        }
        for question in by_scheme.values_mut() {
            question.folded = question.options.iter().map(|(label, _)| fold(label)).collect();
            question.matcher = Options::new(question.options.iter().map(|(label, _)| *label));
        }
        Self { by_scheme, none: Question::default() }
    }

    /// The options of a scheme; none when the form does not have it.
    pub fn question(&self, scheme: &str) -> &Question {
        self.by_scheme.get(scheme).unwrap_or(&self.none)
    }
}

/// One published mapping.
#[derive(Clone, Copy, Debug)]
pub struct Mapped {
    /// Code in the other scheme.
    pub code: &'static str,
    /// How it relates: `exact`, `close`, `broad`, `narrow`, `related`.
    pub relation: &'static str,
    /// How safe it is.
    pub confidence: Confidence,
    /// Why.
    pub note: &'static str,
}

/// Mappings between two schemes, by code of the first; the table names the main one first.
pub fn crosswalk(from: &str, to: &str) -> BTreeMap<&'static str, Vec<Mapped>> {
    let mut out: BTreeMap<&'static str, Vec<Mapped>> = BTreeMap::new();
    for row in embedded::records("mappings") {
        if row.get("from_scheme") == from && row.get("to_scheme") == to {
            out.entry(row.get("from_code")).or_default().push(Mapped {
                code: row.get("to_code"),
                relation: row.get("relation"),
                confidence: row.get("confidence").parse().unwrap_or(Confidence::Low),
                note: row.get("note"),
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_to_codes_of_their_schemes_or_to_no_answer() {
        for scheme in
            ["od500_category", "od500_social_impact", "od500_data_impact", "od500_data_type", "od500_revenue_source"]
        {
            let codes: Vec<&str> = embedded::records(&format!("schemes/{scheme}")).map(|row| row.get("code")).collect();
            for chapter in Chapter::ALL {
                for (label, code) in &Labels::of(chapter).question(scheme).options {
                    assert!(codes.contains(code) || *code == NO_ANSWER, "{scheme}: {label} is {code}");
                }
            }
        }
        let labels = Labels::of(Chapter::Us);
        let (codes, split) = labels.question("od500_revenue_source").split("Not reported by company, Subscriptions");
        assert_eq!((codes, split.rest), (vec!["subscriptions"], None));
    }
}

//! What a form of questions has sent, read as answers. An answer and a reason for none at once is the reason:
//! whoever prefers not to say does not say. A list that somebody has made is not dropped for a tick, and is not sent against
//! it either: both are kept for the rules to refuse, so that whoever answers says which is meant.

use std::collections::BTreeSet;

use entity::vocabulary::{Missing, RowVisibility};

use crate::app::survey::save::{Said, asks_person};
use crate::domain::instrument::{Given, GridOf, Kind, Question, Value};

/// Before a reason among options that are chosen from: no id begins so.
const REASON: char = '!';

/// The fields of a form, in the order in which they were sent.
#[derive(Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn parse(body: &[u8]) -> Self {
        // A NUL is in no text of the record, and PostgreSQL takes none.
        let pairs = url::form_urlencoded::parse(body).into_owned();
        Self(pairs.map(|(name, value)| (name, value.replace('\0', ""))).collect())
    }

    /// The first value of a name.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(one, _)| one == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The text of a name; none where it is blank.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.first(name).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The numbers of the rows that a grid has sent.
    pub(super) fn rows(&self, question: &str) -> BTreeSet<u8> {
        let prefix = format!("q.{question}.");
        let numbers = self.0.iter().filter_map(|(name, _)| name.strip_prefix(&prefix)?.split('.').next()?.parse().ok());
        numbers.collect()
    }

    /// Whether the form has shown a question.
    pub(super) fn has(&self, question: &str) -> bool {
        self.first(&format!("s.{question}")).is_some()
    }

    /// What was said to those of the questions that the form has shown.
    pub(super) fn said<'q>(
        &self,
        questions: impl Iterator<Item = &'q Question>,
        named: &dyn Fn(&str) -> Option<crate::domain::instrument::Named>,
    ) -> Vec<Said> {
        let shown = questions.filter(|question| self.has(&question.key) && !self.takes_theirs(&question.key));
        let typed = |name: &str| self.first(name).unwrap_or_default().to_owned();
        shown
            .map(|question| {
                let (reason, value) = (self.reason(question), || self.value(question, named).map(Given::Value));
                let rows = matches!(question.kind, Kind::ClaimGrid { .. }).then(value).flatten();
                let beside = reason.filter(|_| rows.is_some());
                Said {
                    question: question.key.clone(),
                    given: rows.or_else(|| reason.map(Given::Missing)).or_else(value),
                    beside,
                    visibility: self.first(&format!("v.{}", question.key)).and_then(|word| word.parse().ok()),
                    person: asks_person(question).then(|| (typed("c.name"), typed("c.email"))),
                    shown: self.shown(&question.key),
                }
            })
            .collect()
    }

    /// Why there is no answer.
    fn reason(&self, question: &Question) -> Option<Missing> {
        let reason = self.first(&format!("m.{}", question.key));
        let chosen = || self.first(&format!("q.{}", question.key))?.strip_prefix(REASON);
        reason.or_else(chosen)?.parse().ok()
    }

    fn value(
        &self,
        question: &Question,
        named: &dyn Fn(&str) -> Option<crate::domain::instrument::Named>,
    ) -> Option<Value> {
        let (key, name) = (&question.key, format!("q.{}", question.key));
        // What was typed and is no number or date is refused by the rules, in words.
        let number = |text: &str| {
            text.replace([',', ' ', '\u{a0}'], "").parse().map_or(Value::Text(text.to_owned()), Value::Number)
        };
        Some(match &question.kind {
            Kind::Text { .. } => Value::Text(self.text(&name)?.to_owned()),
            Kind::Single { .. } | Kind::Band { .. } | Kind::Share { .. } => Value::Choice(self.text(&name)?.to_owned()),
            Kind::Money { bands, .. } if !bands.is_empty() => Value::Choice(self.text(&name)?.to_owned()),
            Kind::Multi { .. } => {
                let ids: Vec<String> = self.all(&name).into_iter().map(str::to_owned).collect();
                (!ids.is_empty()).then_some(Value::Choices(ids))?
            }
            Kind::Number { .. } | Kind::Money { .. } | Kind::Likert { .. } => number(self.text(&name)?),
            Kind::Date { .. } => Value::Date(self.text(&name)?.to_owned()),
            Kind::ClaimGrid { of: GridOf::Uses, .. } => {
                let rows = super::grid::uses(self, key, named);
                (!rows.is_empty()).then_some(Value::Uses(rows))?
            }
            Kind::ClaimGrid { of: GridOf::Requests, .. } => {
                let rows = super::grid::requests(self, key);
                (!rows.is_empty()).then_some(Value::Requests(rows))?
            }
            Kind::Consent { .. } => Value::Consent(self.text(&name)? == "yes"),
        })
    }
}

/// The words of the reasons that a question offers.
pub(super) fn reasons(question: &Question) -> Vec<(Missing, &'static str)> {
    if matches!(question.kind, Kind::Consent { .. }) {
        return Vec::new();
    }
    let mut out = vec![(Missing::DontKnow, "page.answer.dontKnow"), (Missing::Refused, "page.answer.refused")];
    if question.may_not_apply {
        out.push((Missing::NotApplicable, "page.answer.notApplicable"));
    }
    out
}

/// Who may see an answer, in words.
pub(super) fn audience(visibility: RowVisibility) -> &'static str {
    match visibility {
        RowVisibility::Public => "page.answer.public",
        RowVisibility::AggregateOnly => "page.answer.inSums",
        RowVisibility::Private => "page.answer.private",
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::instrument::{Choice, Target, TextForm};

    use super::*;

    fn question(kind: Kind) -> Question {
        Question {
            key: "a".into(),
            wording: std::collections::BTreeMap::default(),
            help: None,
            kind,
            required: false,
            visibility: RowVisibility::Public,
            may_choose: false,
            may_not_apply: false,
            asked_if: None,
            maps_to: Target::Kept,
        }
    }

    fn given(kind: Kind, body: &str) -> Option<Given> {
        let question = question(kind);
        let said = Fields::parse(body.as_bytes()).said([&question].into_iter(), &|_| None);
        said.into_iter().next().and_then(|said| said.given)
    }

    fn choices() -> Vec<Choice> {
        ["x", "y"].map(|id| Choice { id: id.into(), label: std::collections::BTreeMap::default() }).into()
    }

    #[test]
    fn fields_are_read_as_the_question_wants_them() {
        let text = || Kind::Text { words: 5, form: TextForm::Line };
        let value = |value| Some(Given::Value(value));
        assert_eq!(given(text(), "s.a=1&q.a=+Luz+"), value(Value::Text("Luz".into())));
        assert_eq!(given(text(), "s.a=1&q.a=+"), None);
        assert_eq!(given(text(), "s.a=1&q.a=Luz&m.a=refused"), Some(Given::Missing(Missing::Refused)));
        assert_eq!(given(Kind::Single { choices: choices() }, "s.a=1&q.a=x"), value(Value::Choice("x".into())));
        assert_eq!(
            given(Kind::Single { choices: choices() }, "s.a=1&q.a=!dont_know"),
            Some(Given::Missing(Missing::DontKnow))
        );
        let both = Value::Choices(vec!["x".into(), "y".into()]);
        assert_eq!(given(Kind::Multi { choices: choices(), most: None }, "s.a=1&q.a=x&q.a=y"), value(both));
        assert_eq!(given(Kind::Number { low: 0, high: 9 }, "s.a=1&q.a=1,200"), value(Value::Number(1200)));
        assert_eq!(given(Kind::Number { low: 0, high: 9 }, "s.a=1&q.a=many"), value(Value::Text("many".into())));
        assert_eq!(
            given(Kind::Consent { text: std::collections::BTreeMap::default() }, "s.a=1&q.a=yes"),
            value(Value::Consent(true))
        );
    }

    #[test]
    fn a_list_and_a_reason_for_none_are_both_kept() {
        let question = question(Kind::ClaimGrid { of: GridOf::Uses, most: 9 });
        let row = "q.a.0.name=Lluvia";
        for (body, rows, reason, beside) in [
            (row, 1, None, None),
            ("m.a=dont_know", 0, Some(Missing::DontKnow), None),
            ("m.a=refused&q.a.0.name=+", 0, Some(Missing::Refused), None),
            ("m.a=dont_know&q.a.0.name=Lluvia", 1, None, Some(Missing::DontKnow)),
            ("m.a=dont_know&q.a.0.name=Lluvia&q.a.0.remove=1", 0, Some(Missing::DontKnow), None),
        ] {
            let fields = Fields::parse(format!("s.a=1&{body}").as_bytes());
            let said = fields.said([&question].into_iter(), &|_| None).remove(0);
            let found = match &said.given {
                Some(Given::Value(Value::Uses(rows))) => (rows.len(), None),
                Some(Given::Missing(missing)) => (0, Some(*missing)),
                _ => (0, None),
            };
            assert_eq!((found, said.beside), ((rows, reason), beside), "{body}");
        }
    }

    #[test]
    fn a_question_that_was_not_shown_is_not_answered() {
        let question = question(Kind::Text { words: 5, form: TextForm::Line });
        assert_eq!(Fields::parse(b"q.a=Luz").said([&question].into_iter(), &|_| None).len(), 0);
    }
}

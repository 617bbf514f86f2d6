//! Editing a draft one question at a time. Keys and ids are stable: what is there keeps them, and only what is new is
//! given one. Whether the whole can be published is for `check` to say.

use super::{Band, Choice, Instrument, Kind, Question, Step, Target, TextForm, Wording};
use crate::domain::violation::{Fault, Violation};
use entity::vocabulary::RowVisibility;

/// A change to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The title, and what stands before the first question.
    Head { title: Wording, intro: Wording },
    /// The title and the help of a step.
    Step { key: String, title: Wording, help: Option<Wording> },
    /// All that may change of a question.
    Question { key: String, to: Box<Reworded> },
    /// A question changes places with the one before it in its step, or the one behind.
    Move { key: String, is_up: bool },
    /// A question is not asked any more.
    Remove { key: String },
    /// A new question at the end of a step, whose answer is kept and says nothing else.
    Add { step: String, key: String, wording: Wording, kind: NewKind },
}

/// What may change of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reworded {
    pub wording: Wording,
    pub help: Option<Wording>,
    pub required: bool,
    pub may_choose: bool,
    /// The longest answer, in words.
    pub words: Option<u16>,
    /// The most options, or rows.
    pub most: Option<u8>,
    /// The options that stay, in their order, with their labels; one that is left out is retired.
    pub options: Vec<(String, Wording)>,
    /// Options that are new: at the end, under ids that nothing had.
    pub added: Vec<(String, Wording)>,
}

/// What a question may be that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    Line,
    Paragraph,
    Single,
    Multi,
    Number,
}

impl NewKind {
    /// Every one, by the word that names it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("line", Self::Line),
        ("paragraph", Self::Paragraph),
        ("single", Self::Single),
        ("multi", Self::Multi),
        ("number", Self::Number),
    ];

    fn kind(self) -> Kind {
        match self {
            Self::Line => Kind::Text { words: 40, form: TextForm::Line },
            Self::Paragraph => Kind::Text { words: 150, form: TextForm::Paragraph },
            Self::Single => Kind::Single { choices: Vec::new() },
            Self::Multi => Kind::Multi { choices: Vec::new(), most: None },
            Self::Number => Kind::Number { low: 0, high: 1_000_000 },
        }
    }
}

impl Instrument {
    /// Makes a change; says what of it cannot be made.
    pub fn edit(&mut self, edit: Edit) -> Result<(), Violation> {
        match edit {
            Edit::Head { title, intro } => (self.title, self.intro) = (title, intro),
            Edit::Step { key, title, help } => {
                let step = self.steps.iter_mut().find(|step| step.key == key).ok_or_else(|| nothing(&key))?;
                (step.title, step.help) = (title, help);
            }
            Edit::Question { key, to } => reword(self.place(&key)?, *to)?,
            Edit::Move { key, is_up } => self.shift(&key, is_up)?,
            Edit::Remove { key } => {
                self.place(&key)?;
                self.steps.iter_mut().for_each(|step| step.questions.retain(|question| question.key != key));
                self.steps.retain(|step| !step.questions.is_empty());
            }
            Edit::Add { step, key, wording, kind } => self.add(&step, key, wording, kind)?,
        }
        Ok(())
    }

    fn place(&mut self, key: &str) -> Result<&mut Question, Violation> {
        let mut all = self.steps.iter_mut().flat_map(|step| &mut step.questions);
        all.find(|question| question.key == key).ok_or_else(|| nothing(key))
    }

    fn shift(&mut self, key: &str, is_up: bool) -> Result<(), Violation> {
        let holds = |step: &Step| step.questions.iter().position(|question| question.key == key);
        let found = self.steps.iter_mut().find_map(|step| holds(step).map(|at| (step, at)));
        let (step, at) = found.ok_or_else(|| nothing(key))?;
        let to = if is_up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < step.questions.len()) };
        if let Some(to) = to {
            step.questions.swap(at, to);
        }
        Ok(())
    }

    fn add(&mut self, step: &str, key: String, wording: Wording, kind: NewKind) -> Result<(), Violation> {
        if self.question(&key).is_some() {
            return Err(Violation::new("key", "another question has this key").of(Fault::Taken));
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if key.is_empty() || key.len() > 40 || !key.chars().all(plain) {
            return Err(Violation::new("key", "a key is 1 to 40 small letters, digits and underscores"));
        }
        let step = self.steps.iter_mut().find(|one| one.key == step).ok_or_else(|| nothing(step))?;
        step.questions.push(Question {
            key,
            wording,
            help: None,
            kind: kind.kind(),
            required: false,
            visibility: RowVisibility::AggregateOnly,
            may_choose: false,
            may_not_apply: false,
            asked_if: None,
            maps_to: Target::Kept,
        });
        Ok(())
    }
}

fn reword(question: &mut Question, to: Reworded) -> Result<(), Violation> {
    (question.wording, question.help) = (to.wording, to.help);
    (question.required, question.may_choose) = (to.required, to.may_choose);
    let has_any = |id: &str, ids: &[String]| ids.iter().any(|one| one == id);
    match &mut question.kind {
        Kind::Text { words, .. } => *words = to.words.filter(|words| *words > 0).unwrap_or(*words),
        Kind::ClaimGrid { most, .. } => *most = to.most.filter(|most| *most > 0).unwrap_or(*most),
        Kind::Single { choices } => *choices = chosen(choices, to.options, to.added)?,
        Kind::Multi { choices, most } => {
            *choices = chosen(choices, to.options, to.added)?;
            *most = to.most.filter(|most| *most > 0);
        }
        // A range is more than its label: the form takes labels away and anew, and whole ranges away.
        Kind::Band { bands } | Kind::Share { bands } | Kind::Money { bands, .. } => {
            let kept: Vec<String> = to.options.iter().map(|(id, _)| id.clone()).collect();
            bands.retain(|band: &Band| has_any(&band.id, &kept));
            for (id, label) in to.options {
                if let Some(band) = bands.iter_mut().find(|band| band.id == id) {
                    band.label = label;
                }
            }
        }
        Kind::Number { .. } | Kind::Date { .. } | Kind::Likert { .. } | Kind::Consent { .. } => {}
    }
    Ok(())
}

/// The options after an edit: those that stay under their ids, then the new ones.
fn chosen(
    before: &[Choice],
    stay: Vec<(String, Wording)>,
    added: Vec<(String, Wording)>,
) -> Result<Vec<Choice>, Violation> {
    let known = |id: &str| before.iter().any(|choice| choice.id == id);
    if let Some((id, _)) = stay.iter().find(|(id, _)| !known(id)) {
        return Err(nothing(id));
    }
    if added.iter().any(|(id, _)| known(id)) {
        let message = "an option has this id already, or had it in this version";
        return Err(Violation::new("options", message).of(Fault::Taken));
    }
    Ok(stay.into_iter().chain(added).map(|(id, label)| Choice { id, label }).collect())
}

fn nothing(key: &str) -> Violation {
    Violation::new("key", format!("the instrument has nothing named '{key}'"))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{choices, question, words};
    use super::*;

    fn instrument() -> Instrument {
        let text = Kind::Text { words: 5, form: TextForm::Line };
        let one = question("one", text, Target::Kept);
        let two = question("two", Kind::Single { choices: choices(&["a", "b"]) }, Target::Kept);
        let step = Step { key: "s".into(), title: words("s"), help: None, questions: vec![one, two] };
        Instrument {
            key: "k".into(),
            version: "1.0.0".parse().unwrap(),
            languages: vec!["es".into(), "en".into()],
            title: words("t"),
            intro: words("i"),
            steps: vec![step],
        }
    }

    fn keys(of: &Instrument) -> Vec<&str> {
        of.questions().map(|question| question.key.as_str()).collect()
    }

    #[test]
    fn questions_change_places_within_their_step() {
        for (key, is_up, order) in [
            ("two", true, ["two", "one"]),
            ("one", false, ["two", "one"]),
            ("one", true, ["one", "two"]),
            ("two", false, ["one", "two"]),
        ] {
            let mut of = instrument();
            of.edit(Edit::Move { key: key.into(), is_up }).unwrap();
            assert_eq!(keys(&of), order, "{key} {is_up}");
        }
    }

    #[test]
    fn options_keep_their_ids_are_retired_and_added() {
        let mut of = instrument();
        let to = |options: &[&str], added: &[&str]| {
            let labels = |ids: &[&str]| ids.iter().map(|id| ((*id).to_owned(), words(&format!("new {id}")))).collect();
            let to = Reworded {
                wording: words("w"),
                required: true,
                options: labels(options),
                added: labels(added),
                ..Reworded::default()
            };
            Edit::Question { key: "two".into(), to: Box::new(to) }
        };
        of.edit(to(&["b"], &["c"])).unwrap();
        let two = of.question("two").unwrap();
        assert_eq!((two.kind.ids(), two.required, &two.wording), (vec!["b", "c"], true, &words("w")));
        assert_eq!(two.kind.label("b"), Some(&words("new b")));
        assert_eq!(of.edit(to(&["b", "c"], &["c"])).unwrap_err().fault, Fault::Taken);
        assert!(of.edit(to(&["z"], &[])).is_err());
    }

    #[test]
    fn questions_come_and_go() {
        let mut of = instrument();
        let add =
            |key: &str| Edit::Add { step: "s".into(), key: key.into(), wording: words("q"), kind: NewKind::Paragraph };
        of.edit(add("three")).unwrap();
        assert_eq!(keys(&of), ["one", "two", "three"]);
        assert_eq!(of.edit(add("three")).unwrap_err().fault, Fault::Taken);
        assert!(of.edit(add("No key")).is_err());
        of.edit(Edit::Remove { key: "one".into() }).unwrap();
        assert_eq!(keys(&of), ["two", "three"]);
        assert!(of.edit(Edit::Remove { key: "one".into() }).is_err());
        let longer = Reworded { words: Some(9), ..Reworded::default() };
        of.edit(Edit::Question { key: "three".into(), to: Box::new(longer) }).unwrap();
        assert!(matches!(of.question("three").unwrap().kind, Kind::Text { words: 9, .. }));
    }
}

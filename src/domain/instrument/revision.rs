//! Which state of a draft a form has shown. Two people may have one draft open: what one of them sends is compared with what
//! the other has saved meanwhile, and nobody's words are written over unseen.

use serde::Serialize;

use super::{Edit, Instrument, Question, Step};
use crate::domain::secret::digest;

/// Digits of a revision. It tells apart states of one draft; it keeps nothing secret.
const DIGITS: usize = 16;

/// The revision of a whole content, as it is kept.
pub fn revision(content: &str) -> String {
    let mut all = digest(&[content.as_bytes()]);
    all.truncate(DIGITS);
    all
}

impl Instrument {
    /// The revision of its title and of what stands before the first question.
    pub fn head_revision(&self) -> String {
        of(&(&self.title, &self.intro))
    }

    /// The revision of what an edit would write over; `None` where it writes over nothing, or over what is not there.
    pub fn revision_under(&self, edit: &Edit) -> Option<String> {
        match edit {
            Edit::Head { .. } => Some(self.head_revision()),
            Edit::Step { key, .. } => self.steps.iter().find(|step| step.key == *key).map(Step::revision),
            Edit::Question { key, .. } | Edit::Remove { key } => self.question(key).map(Question::revision),
            Edit::Move { .. } | Edit::Add { .. } => None,
        }
    }
}

impl Step {
    /// The revision of its title and its help; its questions have their own.
    pub fn revision(&self) -> String {
        of(&(&self.title, &self.help))
    }
}

impl Question {
    /// The revision of all that it says.
    pub fn revision(&self) -> String {
        of(self)
    }
}

fn of(part: &impl Serialize) -> String {
    revision(&serde_json::to_string(part).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{question, words};
    use super::super::{Kind, Reworded, Target, TextForm};
    use super::*;

    #[test]
    fn each_part_has_a_revision_of_its_own() {
        let text = || Kind::Text { words: 5, form: TextForm::Line };
        let questions = vec![question("one", text(), Target::Kept), question("two", text(), Target::Kept)];
        let mut of = Instrument {
            key: "k".into(),
            version: "1.0.0".parse().unwrap(),
            languages: vec!["es".into(), "en".into()],
            title: words("t"),
            intro: words("i"),
            steps: vec![Step { key: "s".into(), title: words("s"), help: None, questions }],
        };
        let reworded = |key: &str| Edit::Question {
            key: key.into(),
            to: Box::new(Reworded { wording: words("new"), ..Reworded::default() }),
        };
        let head = Edit::Head { title: words("x"), intro: words("y") };
        let step = Edit::Step { key: "s".into(), title: words("x"), help: None };
        let remove = Edit::Remove { key: "one".into() };
        let all = |of: &Instrument| {
            [&reworded("one"), &reworded("two"), &head, &step, &remove].map(|edit| of.revision_under(edit))
        };
        let before = all(&of);
        of.edit(reworded("one")).unwrap();
        let after = all(&of);
        let is_same: Vec<bool> = before.iter().zip(&after).map(|(before, after)| before == after).collect();
        assert_eq!(is_same, [false, true, true, true, false], "only the question that was changed, and its removal");
        assert_eq!(of.revision_under(&Edit::Move { key: "one".into(), is_up: true }), None);
        assert_eq!(of.revision_under(&reworded("nothing")), None);
    }
}

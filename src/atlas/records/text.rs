//! Texts, names and labels in a language.

use crate::atlas::values::Value;
use crate::atlas::{Atlas, DatasetIx, LabelIx, Lang, OrgIx, StrIx, Text};

/// Texts.
impl Atlas {
    /// A text.
    pub fn str(&self, ix: StrIx) -> &str {
        self.strings.get(ix)
    }

    /// A text that may be missing.
    pub fn maybe(&self, ix: Option<StrIx>) -> Option<&str> {
        ix.map(|ix| self.strings.get(ix))
    }

    /// A label in a language, else Spanish, English, any; the answer says which.
    pub fn label(&self, ix: LabelIx, lang: Lang) -> Text<'_> {
        self.strings.label(ix, lang)
    }

    /// All texts, for what needs every language.
    pub fn strings(&self) -> &crate::atlas::Strings {
        &self.strings
    }

    /// The order of names.
    pub fn collation(&self) -> &crate::atlas::Collation {
        &self.collation
    }

    /// The name of an organisation.
    pub fn name(&self, org: OrgIx, lang: Lang) -> Text<'_> {
        self.label(self.organisation(org).name, lang)
    }

    /// The title of a dataset.
    pub fn title(&self, dataset: DatasetIx, lang: Lang) -> Text<'_> {
        self.label(self.dataset(dataset).title, lang)
    }

    /// The label of a value: of a code, area, body, dataset or wave. `None` for words that the interface
    /// translates (sizes, kinds, grades, families, missing codes).
    pub fn value_label(&self, value: Value, lang: Lang) -> Option<Text<'_>> {
        Some(match value {
            Value::Code(code) => self.label(self.code_row(code).label, lang),
            Value::Goal(goal) => self.label(self.code_row(self.goal_code(goal)?).label, lang),
            Value::Area(area) => self.label(self.area(area).name, lang),
            Value::Publisher(org) => self.name(org, lang),
            Value::Dataset(dataset) => self.title(dataset, lang),
            Value::Wave(wave) => self.label(self.wave(wave).title, lang),
            Value::Chapter(chapter) => {
                let study = self.studies.iter().find(|study| study.chapter == chapter)?;
                self.label(study.title, lang)
            }
            _ => return None,
        })
    }
}

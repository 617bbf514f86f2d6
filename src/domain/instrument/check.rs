//! Whether an instrument is one that people can answer: all that is wrong with it, before it is published.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use entity::vocabulary::{BusinessModel, OrganisationKind, RowVisibility, SizeBand, UseType};

use super::{Band, Choice, ConsentTo, GridOf, Instrument, Kind, Question, Target, Wording};
use crate::domain::violation::Violation;

/// More questions nobody answers.
const MOST_QUESTIONS: usize = 100;
/// The longest wording.
const LONGEST_WORDING: usize = 2_000;
/// The longest key or id.
const LONGEST_KEY: usize = 40;
/// Conditions may stand in conditions so deep.
const DEEPEST: usize = 4;

/// All that is wrong with an instrument; fields are paths such as `questions.name.wording.es`.
pub fn check(instrument: &Instrument) -> Vec<Violation> {
    let mut check = Check { languages: &instrument.languages, faults: Vec::new() };
    check.key("key", &instrument.key);
    check.languages();
    check.wording("title", &instrument.title);
    check.wording("intro", &instrument.intro);
    if instrument.questions().count() > MOST_QUESTIONS {
        check.fault("steps", format!("an instrument has at most {MOST_QUESTIONS} questions"));
    }
    check.steps(instrument);
    check.conditions(instrument);
    check.once(instrument);
    check.faults
}

struct Check<'i> {
    languages: &'i [String],
    faults: Vec<Violation>,
}

impl Check<'_> {
    fn fault(&mut self, field: &str, message: impl Into<String>) {
        self.faults.push(Violation::new(field, message));
    }

    fn key(&mut self, field: &str, key: &str) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if key.is_empty() || key.len() > LONGEST_KEY || !key.chars().all(plain) {
            self.fault(field, format!("'{key}' is not 1 to {LONGEST_KEY} small letters, digits and underscores"));
        }
    }

    fn languages(&mut self) {
        let distinct: BTreeSet<_> = self.languages.iter().collect();
        let known = self.languages.iter().all(|lang| matches!(lang.as_str(), "es" | "en"));
        if self.languages.is_empty() || distinct.len() != self.languages.len() || !known {
            self.fault("languages", "name es, en or both, each once");
        }
    }

    fn wording(&mut self, field: &str, wording: &Wording) {
        for lang in self.languages {
            let text = wording.get(lang).map_or("", String::as_str);
            if text.trim().is_empty() {
                self.faults.push(Violation::new(format!("{field}.{lang}"), "there is no wording"));
            } else if text.chars().count() > LONGEST_WORDING {
                let message = format!("a wording has at most {LONGEST_WORDING} characters");
                self.faults.push(Violation::new(format!("{field}.{lang}"), message));
            }
        }
        let others = wording.keys().filter(|lang| !self.languages.contains(lang)).cloned().collect::<Vec<_>>();
        for lang in others {
            self.fault(&format!("{field}.{lang}"), "the instrument does not name this language");
        }
    }

    fn steps(&mut self, instrument: &Instrument) {
        let (mut steps, mut questions) = (BTreeSet::new(), BTreeSet::new());
        for step in &instrument.steps {
            let field = format!("steps.{}", step.key);
            self.key(&field, &step.key);
            if !steps.insert(&step.key) {
                self.fault(&field, "two steps have this key");
            }
            if step.questions.is_empty() {
                self.fault(&field, "a step asks at least one question");
            }
            self.wording(&format!("{field}.title"), &step.title);
            if let Some(help) = &step.help {
                self.wording(&format!("{field}.help"), help);
            }
            for question in &step.questions {
                if !questions.insert(&question.key) {
                    self.fault(&format!("questions.{}", question.key), "two questions have this key");
                }
                self.question(question);
            }
        }
        if instrument.steps.is_empty() {
            self.fault("steps", "there is nothing to answer");
        }
    }

    fn question(&mut self, question: &Question) {
        let field = format!("questions.{}", question.key);
        self.key(&field, &question.key);
        self.wording(&format!("{field}.wording"), &question.wording);
        if let Some(help) = &question.help {
            self.wording(&format!("{field}.help"), help);
        }
        self.kind(&format!("{field}.kind"), &question.kind);
        if !fits(&question.kind, &question.maps_to) {
            self.fault(&format!("{field}.maps_to"), "an answer of this kind cannot say this");
        }
        self.words(&format!("{field}.kind"), question);
        if matches!(question.kind, Kind::Money { .. }) && question.visibility == RowVisibility::Public {
            self.fault(&format!("{field}.visibility"), "amounts are public in sums only, unless their owner says so");
        }
    }

    fn kind(&mut self, field: &str, kind: &Kind) {
        match kind {
            Kind::Text { words, .. } if !(1..=1_000).contains(words) => {
                self.fault(field, "the limit is 1 to 1000 words");
            }
            Kind::Single { choices } => self.choices(field, choices),
            Kind::Multi { choices, most } => {
                self.choices(field, choices);
                if most.is_some_and(|most| most == 0 || usize::from(most) > choices.len()) {
                    self.fault(field, "'most' is from 1 to the number of options");
                }
            }
            Kind::Band { bands } | Kind::Share { bands } => self.bands(field, bands),
            Kind::Money { currency, bands } => {
                if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
                    self.fault(field, "the currency is a code of ISO 4217 such as MXN");
                }
                if !bands.is_empty() {
                    self.bands(field, bands);
                }
            }
            Kind::Number { low, high } if low > high => self.fault(field, "the lowest number is above the highest"),
            Kind::ClaimGrid { most, .. } if !(1..=100).contains(most) => self.fault(field, "a grid has 1 to 100 rows"),
            Kind::Likert { points, low, high } => {
                if !(2..=11).contains(points) {
                    self.fault(field, "a scale has 2 to 11 points");
                }
                self.wording(&format!("{field}.low"), low);
                self.wording(&format!("{field}.high"), high);
            }
            Kind::Consent { text } => self.wording(&format!("{field}.text"), text),
            Kind::Text { .. } | Kind::Number { .. } | Kind::ClaimGrid { .. } | Kind::Date { .. } => {}
        }
        if let Kind::Share { bands } = kind
            && bands.iter().any(|band| band.low < 0 || band.high.is_none_or(|high| high > 10_000))
        {
            self.fault(field, "shares are from 0 to 10000 basis points");
        }
    }

    fn choices(&mut self, field: &str, choices: &[Choice]) {
        if choices.len() < 2 {
            self.fault(field, "there is nothing to choose from");
        }
        self.ids(field, choices.iter().map(|choice| (choice.id.as_str(), &choice.label)));
    }

    fn bands(&mut self, field: &str, bands: &[Band]) {
        if bands.len() < 2 {
            self.fault(field, "there is nothing to choose from");
        }
        self.ids(field, bands.iter().map(|band| (band.id.as_str(), &band.label)));
        let upside_down = bands.iter().any(|band| band.high.is_some_and(|high| high < band.low));
        let overlap = bands.windows(2).any(|two| two[0].high.is_none_or(|high| high >= two[1].low));
        if upside_down || overlap {
            self.fault(field, "ranges rise and do not overlap");
        }
    }

    fn ids<'c>(&mut self, field: &str, options: impl Iterator<Item = (&'c str, &'c Wording)>) {
        let mut seen = BTreeSet::new();
        for (id, label) in options {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_+-/.".contains(c);
            if id.is_empty() || id.len() > LONGEST_KEY || !id.chars().all(plain) {
                self.fault(field, format!("'{id}' is no id"));
            }
            if !seen.insert(id) {
                self.fault(field, format!("two options have the id '{id}'"));
            }
            self.wording(&format!("{field}.{id}"), label);
        }
    }

    /// Ids that stand for words of a closed set have to be such words.
    fn words(&mut self, field: &str, question: &Question) {
        let is_word: fn(&str) -> bool = match question.maps_to {
            Target::OrganisationKind => |id| OrganisationKind::from_str(id).is_ok(),
            Target::SizeBand => |id| SizeBand::from_str(id).is_ok(),
            Target::BusinessModel => |id| BusinessModel::from_str(id).is_ok(),
            Target::UseType => |id| UseType::from_str(id).is_ok(),
            _ => return,
        };
        for id in question.kind.ids().into_iter().filter(|id| !is_word(id)) {
            self.fault(field, format!("'{id}' is not a word of the record"));
        }
    }

    /// A condition asks about questions that stand before, and about options that they have.
    fn conditions(&mut self, instrument: &Instrument) {
        let mut before: BTreeMap<&str, &Kind> = BTreeMap::new();
        for question in instrument.questions() {
            if let Some(condition) = &question.asked_if {
                let field = format!("questions.{}.asked_if", question.key);
                if condition.depth() > DEEPEST {
                    self.fault(&field, format!("conditions stand in one another at most {DEEPEST} deep"));
                }
                condition.each(&mut |key, ids| match before.get(key) {
                    None => self.fault(&field, format!("'{key}' is not asked before")),
                    Some(kind) => {
                        let known = kind.ids();
                        for id in ids.iter().filter(|id| !known.contains(&id.as_str())) {
                            self.fault(&field, format!("'{key}' has no option '{id}'"));
                        }
                    }
                });
            }
            before.insert(&question.key, &question.kind);
        }
    }

    /// What the record has one of is asked once; whether the organisation may be shown is always asked.
    fn once(&mut self, instrument: &Instrument) {
        let mut seen: Vec<&Target> = Vec::new();
        for question in instrument.questions().filter(|question| question.maps_to != Target::Kept) {
            if seen.contains(&&question.maps_to) {
                self.fault(&format!("questions.{}.maps_to", question.key), "another question asks for this already");
            }
            seen.push(&question.maps_to);
        }
        if !seen.contains(&&Target::Consent { of: ConsentTo::Display }) {
            self.fault("steps", "nothing asks whether the organisation may be shown");
        }
    }
}

/// The fields that a text or date may fill.
const TEXT_FIELDS: [&str; 5] = ["name", "website", "locality", "description", "purpose"];

fn fits(kind: &Kind, target: &Target) -> bool {
    let is_text = matches!(kind, Kind::Text { .. });
    let is_multi = matches!(kind, Kind::Multi { .. });
    let is_single = matches!(kind, Kind::Single { .. });
    match target {
        Target::Attribute { field } if field == "founded" => matches!(kind, Kind::Date { .. }),
        Target::Attribute { field } => is_text && TEXT_FIELDS.contains(&field.as_str()),
        Target::Area | Target::OrganisationKind | Target::SizeBand => is_single,
        Target::BusinessModel | Target::UseType => is_multi,
        Target::Code { .. } | Target::Impact { .. } => is_single || is_multi,
        Target::Rationale { .. } => is_text,
        Target::Uses => matches!(kind, Kind::ClaimGrid { of: GridOf::Uses, .. }),
        Target::Requests => matches!(kind, Kind::ClaimGrid { of: GridOf::Requests, .. }),
        Target::Observation { .. } => {
            matches!(kind, Kind::Band { .. } | Kind::Share { .. } | Kind::Number { .. } | Kind::Money { .. })
        }
        Target::Consent { .. } => matches!(kind, Kind::Consent { .. }),
        Target::Kept => !matches!(kind, Kind::Consent { .. } | Kind::ClaimGrid { .. }),
    }
}

//! A small instrument that has every kind of question, for tests.

use entity::vocabulary::{DatePrecision, RowVisibility};

use super::{Band, Choice, Condition, ConsentTo, GridOf, Instrument, Kind, Question, Step, Target, TextForm, Wording};

pub(super) fn words(text: &str) -> Wording {
    [("es", text), ("en", text)].map(|(lang, text)| (lang.to_owned(), text.to_owned())).into()
}

pub(super) fn choices(ids: &[&str]) -> Vec<Choice> {
    ids.iter().map(|id| Choice { id: (*id).to_owned(), label: words(id) }).collect()
}

pub(super) fn bands(of: &[(&str, i64, Option<i64>)]) -> Vec<Band> {
    of.iter().map(|(id, low, high)| Band { id: (*id).to_owned(), label: words(id), low: *low, high: *high }).collect()
}

pub(super) fn question(key: &str, kind: Kind, maps_to: Target) -> Question {
    Question {
        key: key.to_owned(),
        wording: words(key),
        help: None,
        kind,
        required: false,
        visibility: RowVisibility::Public,
        may_choose: false,
        may_not_apply: false,
        asked_if: None,
        maps_to,
    }
}

fn asked_if(condition: Condition, question: Question) -> Question {
    Question { asked_if: Some(condition), ..question }
}

pub(super) fn chose(question: &str, ids: &[&str]) -> Condition {
    Condition::Chose { question: question.to_owned(), any_of: ids.iter().map(|id| (*id).to_owned()).collect() }
}

pub(super) fn instrument() -> Instrument {
    let text = |words, form| Kind::Text { words, form };
    let indicator = |key: &str| Target::Observation { indicator: key.to_owned() };
    let attribute = |field: &str| Target::Attribute { field: field.to_owned() };
    let kinds = choices(&["company", "civil_society", "other"]);
    let sealed = |question| Question { visibility: RowVisibility::AggregateOnly, may_choose: true, ..question };
    let questions = vec![
        Question { required: true, ..question("name", text(5, TextForm::Line), attribute("name")) },
        Question { may_not_apply: true, ..question("site", text(1, TextForm::Url), attribute("website")) },
        question("founded", Kind::Date { precision: DatePrecision::Month }, attribute("founded")),
        Question { required: true, ..question("kind", Kind::Single { choices: kinds }, Target::OrganisationKind) },
        asked_if(chose("kind", &["other"]), question("which", text(9, TextForm::Paragraph), Target::Kept)),
        asked_if(Condition::Answered("which".into()), question("sure", likert(), Target::Kept)),
        question("uses", Kind::ClaimGrid { of: GridOf::Uses, most: 3 }, Target::Uses),
        question(
            "goals",
            Kind::Multi { choices: choices(&["1", "2", "3"]), most: Some(2) },
            Target::Impact { dimension: "sdg".into() },
        ),
        Question {
            required: true,
            asked_if: Some(Condition::Answered("goals".into())),
            ..question("why", text(20, TextForm::Paragraph), Target::Rationale { dimension: "sdg".into() })
        },
        sealed(question(
            "share",
            Kind::Share { bands: bands(&[("0", 0, Some(0)), ("some", 1, Some(9_999)), ("all", 10_000, Some(10_000))]) },
            indicator("data_share"),
        )),
        sealed(question("money", Kind::Money { currency: "MXN".into(), bands: Vec::new() }, indicator("revenue"))),
        sealed(question("staff", Kind::Number { low: 0, high: 500 }, indicator("staff"))),
        question(
            "sources",
            Kind::Band { bands: bands(&[("few", 1, Some(10)), ("many", 11, None)]) },
            indicator("sources"),
        ),
        question("wishes", Kind::ClaimGrid { of: GridOf::Requests, most: 2 }, Target::Requests),
        Question {
            required: true,
            ..question("show", Kind::Consent { text: words("yes") }, Target::Consent { of: ConsentTo::Display })
        },
    ];
    Instrument {
        key: "small".into(),
        version: "1.0.0".parse().unwrap(),
        languages: vec!["es".into(), "en".into()],
        title: words("small"),
        intro: words("intro"),
        steps: vec![Step { key: "all".into(), title: words("all"), help: None, questions }],
    }
}

fn likert() -> Kind {
    Kind::Likert { points: 5, low: words("no"), high: words("yes") }
}

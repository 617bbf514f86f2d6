//! Tables of cases for instruments and answers, and what holds of all of them.

use chrono::NaiveDate;
use entity::id::DatasetId;
use entity::vocabulary::{AccessMode, BlockingReason, Criticality, Missing, RowVisibility};
use proptest::prelude::*;
use uuid::Uuid;

use super::fixture::{bands, choices, chose, instrument, question, words};
use super::*;

fn answer(given: Given) -> Answer {
    Answer { given, visibility: RowVisibility::Public, is_prefilled: false }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn one(id: &str) -> Value {
    Value::Choice(id.to_owned())
}

fn many(ids: &[&str]) -> Value {
    Value::Choices(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn uses(what: Named) -> Use {
    let (criticality, access) = (Criticality::Core, AccessMode::Unknown);
    Use { what, publisher: None, criticality, access, since: None, rating: None }
}

fn dataset() -> Use {
    uses(Named::Dataset(DatasetId(Uuid::from_u128(1))))
}

fn wanted(title: &str) -> Wanted {
    Wanted { title: title.to_owned(), publisher: None, reason: None, purpose: None }
}

fn given(answers: &[(&str, Value)]) -> Answers {
    answers.iter().map(|(key, value)| ((*key).to_owned(), answer(Given::Value(value.clone())))).collect()
}

fn checked(key: &str, value: Value) -> Result<Value, String> {
    let instrument = instrument();
    match check_answer(instrument.question(key).unwrap(), Given::Value(value)) {
        Ok(Given::Value(value)) => Ok(value),
        Ok(Given::Missing(_)) => unreachable!(),
        Err(faults) => Err(faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("; ")),
    }
}

#[test]
fn the_small_instrument_is_sound_and_reads_back() {
    let instrument = instrument();
    assert_eq!(check(&instrument), []);
    let json = serde_json::to_string(&instrument).unwrap();
    assert_eq!(serde_json::from_str::<Instrument>(&json).unwrap(), instrument);
    for question in instrument.questions() {
        let stored = serde_json::to_value(&question.kind).unwrap();
        assert_eq!(stored["type"], question.kind.word(), "{}", question.key);
    }
}

#[test]
fn what_is_wrong_with_an_instrument_is_named_with_its_place() {
    let broken = |change: fn(&mut Instrument)| {
        let mut instrument = instrument();
        change(&mut instrument);
        check(&instrument).iter().map(|fault| fault.field.clone()).collect::<Vec<_>>()
    };
    let at = |instrument: &mut Instrument, key: &str| {
        instrument.steps[0].questions.iter().position(|question| question.key == key).unwrap()
    };
    let cases: Vec<(&str, Vec<String>)> = vec![
        ("questions.name.wording.en", broken(|i| drop(i.steps[0].questions[0].wording.remove("en")))),
        ("title.fr", broken(|i| drop(i.title.insert("fr".into(), "un".into())))),
        ("languages", broken(|i| i.languages.push("es".into()))),
        (
            "questions.name",
            broken(|i| {
                let again = i.steps[0].questions[0].clone();
                i.steps[0].questions.push(again);
            }),
        ),
        ("key", broken(|i| i.key = "No Key".into())),
        ("steps", broken(|i| i.steps.clear())),
        ("steps.all", broken(|i| i.steps.push(Step { questions: Vec::new(), ..i.steps[0].clone() }))),
        (
            "questions.kind.kind",
            broken(|i| i.steps[0].questions[3].kind = Kind::Single { choices: choices(&["firm", "other"]) }),
        ),
        (
            "questions.kind.kind",
            broken(|i| i.steps[0].questions[3].kind = Kind::Single { choices: choices(&["company", "company"]) }),
        ),
        ("questions.name.maps_to", broken(|i| i.steps[0].questions[0].maps_to = Target::Uses)),
        ("questions.name.asked_if", broken(|i| i.steps[0].questions[0].asked_if = Some(chose("kind", &["company"])))),
        ("questions.which.asked_if", broken(|i| i.steps[0].questions[4].asked_if = Some(chose("kind", &["firm"])))),
        (
            "questions.sources.kind",
            broken(|i| {
                i.steps[0].questions[12].kind = Kind::Band { bands: bands(&[("a", 1, None), ("b", 5, Some(6))]) }
            }),
        ),
        ("questions.money.visibility", broken(|i| i.steps[0].questions[10].visibility = RowVisibility::Public)),
        ("steps", broken(|i| drop(i.steps[0].questions.pop()))),
        (
            "questions.again.maps_to",
            broken(|i| {
                let (kind, says) = (i.steps[0].questions[0].kind.clone(), i.steps[0].questions[0].maps_to.clone());
                i.steps[0].questions.push(question("again", kind, says));
            }),
        ),
    ];
    for (field, found) in cases {
        assert!(found.iter().any(|one| one == field), "{field} is not among {found:?}");
    }
    assert_eq!(at(&mut instrument(), "sources"), 12, "the places above are those of the fixture");
    let deep = (0..5).fold(Condition::Answered("name".into()), |inner, _| Condition::Not(Box::new(inner)));
    let mut nested = instrument();
    nested.steps[0].questions[4].asked_if = Some(deep);
    assert_eq!(check(&nested).len(), 1);
}

#[test]
fn answers_are_kept_in_one_form() {
    let cases = [
        ("name", text("  Datos\u{200b} del\tSur "), text("Datos del Sur")),
        ("site", text("https://example.org/a"), text("https://example.org/a")),
        ("site", text("example.org"), text("https://example.org")),
        ("founded", Value::Date("2014-05".into()), Value::Date("2014-05".into())),
        ("founded", Value::Date(" 2014 ".into()), Value::Date("2014".into())),
        ("kind", one("other"), one("other")),
        ("goals", many(&["3", "1", "3"]), many(&["1", "3"])),
        ("which", text("one\r\ntwo"), text("one\ntwo")),
        ("staff", Value::Number(500), Value::Number(500)),
        ("money", Value::Number(0), Value::Number(0)),
        ("sure", Value::Number(5), Value::Number(5)),
        ("show", Value::Consent(false), Value::Consent(false)),
        (
            "uses",
            Value::Uses(vec![uses(Named::Unlisted(" Lluvia  diaria ".into()))]),
            Value::Uses(vec![uses(Named::Unlisted("Lluvia diaria".into()))]),
        ),
        ("wishes", Value::Requests(vec![wanted(" Precios ")]), Value::Requests(vec![wanted("Precios")])),
    ];
    for (key, given, kept) in cases {
        assert_eq!(checked(key, given.clone()), Ok(kept.clone()), "{key}");
        assert_eq!(checked(key, kept.clone()), Ok(kept), "{key}: what is kept is kept as it is");
    }
}

#[test]
fn nothing_has_begun_in_a_year_to_come() {
    let today = NaiveDate::from_ymd_opt(2026, 5, 14).unwrap();
    let instrument = instrument();
    let founded = |text: &str| ("founded", Value::Date(text.to_owned()));
    let used = |since| ("uses", Value::Uses(vec![dataset(), Use { since, ..dataset() }]));
    for ((key, value), is_ahead) in [
        (founded("2026"), false),
        (founded("2026-05"), false),
        (founded("2026-06"), true),
        (founded("2027"), true),
        (founded("2099"), true),
        (used(Some(2026)), false),
        (used(Some(2027)), true),
        (used(None), false),
    ] {
        let question = instrument.question(key).unwrap();
        assert_eq!(ahead_of(question, &Given::Value(value.clone()), today).is_some(), is_ahead, "{key} {value:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused_in_words() {
    let cases = [
        ("name", text(" \u{200b} "), "write something"),
        ("name", text("one two three four five six"), "at most 5 words; these are 6"),
        ("name", text(&"x".repeat(201)), "at most 200 characters; these are 201"),
        ("name", text(&"x".repeat(300)), "at most 200 characters; these are 300"),
        ("name", one("company"), "another sort"),
        ("site", text("javascript:alert(1)"), "give an address"),
        ("site", text("https://user:secret@example.org"), "give an address"),
        ("site", text("https://localhost"), "give an address"),
        ("founded", Value::Date("2014-05-31".into()), "give a month"),
        ("founded", Value::Date("2014-13".into()), "give a month"),
        ("founded", Value::Date("14".into()), "give a month"),
        ("founded", Value::Date("0001".into()), "give a month"),
        ("kind", one("firm"), "'firm' is not one of the options"),
        ("goals", many(&[]), "choose at least one"),
        ("goals", many(&["1", "2", "3"]), "choose at most 2"),
        ("goals", many(&["1", "18"]), "'18' is not one"),
        ("staff", Value::Number(-1), "from 0 to 500"),
        ("sure", Value::Number(6), "from 1 to 5"),
        ("money", Value::Number(-5), "give a number"),
        ("money", one("few"), "another sort"),
        ("uses", Value::Uses(Vec::new()), "list at least one"),
        ("uses", Value::Uses(vec![dataset(); 4]), "list at most 3"),
        ("uses", Value::Uses(vec![Use { rating: Some(5), ..dataset() }]), "rate from 1 to 4"),
        ("uses", Value::Uses(vec![Use { since: Some(0), ..dataset() }]), "give a year"),
        ("uses", Value::Uses(vec![uses(Named::Unlisted(" ".into()))]), "row 1 has no name: name the data, or leave"),
        ("uses", Value::Uses(vec![dataset(), uses(Named::Unlisted("\u{200b}".into()))]), "row 2 has no name"),
        ("wishes", Value::Requests(vec![wanted("x"), wanted(" ")]), "row 2 has no name"),
        ("uses", Value::Requests(vec![wanted("x")]), "another sort"),
        ("wishes", Value::Requests(vec![wanted(&"x".repeat(301))]), "at most 300"),
    ];
    for (key, value, says) in cases {
        let refused = checked(key, value.clone()).unwrap_err();
        assert!(refused.contains(says), "{key} {value:?}: {refused}");
    }
}

#[test]
fn a_row_is_blank_where_it_says_nothing() {
    let blank = || Use { criticality: Criticality::Unknown, ..uses(Named::Unlisted(" \u{200b} ".into())) };
    for (row, is_nameless, is_blank) in [
        (blank(), true, true),
        (Use { publisher: Some(" ".into()), ..blank() }, true, true),
        (Use { publisher: Some("Alcaldía".into()), ..blank() }, true, false),
        (Use { criticality: Criticality::Occasional, ..blank() }, true, false),
        (Use { access: AccessMode::Api, ..blank() }, true, false),
        (Use { since: Some(2014), ..blank() }, true, false),
        (Use { rating: Some(1), ..blank() }, true, false),
        (Use { what: Named::Unlisted("Lluvia".into()), ..blank() }, false, false),
        (Use { what: dataset().what, ..blank() }, false, false),
    ] {
        assert_eq!((row.is_nameless(), row.is_blank()), (is_nameless, is_blank), "{row:?}");
    }
    for (row, is_nameless, is_blank) in [
        (wanted(" "), true, true),
        (Wanted { purpose: Some(" ".into()), ..wanted("") }, true, true),
        (Wanted { publisher: Some("Alcaldía".into()), ..wanted("") }, true, false),
        (Wanted { reason: Some(BlockingReason::NotPublished), ..wanted("") }, true, false),
        (Wanted { purpose: Some("rutas".into()), ..wanted("") }, true, false),
        (wanted("Precios"), false, false),
    ] {
        assert_eq!((row.is_nameless(), row.is_blank()), (is_nameless, is_blank), "{row:?}");
    }
}

#[test]
fn not_knowing_and_not_saying_are_answers_and_not_being_asked_is_none() {
    let instrument = instrument();
    let takes = |key: &str, missing| check_answer(instrument.question(key).unwrap(), Given::Missing(missing)).is_ok();
    for question in instrument.questions() {
        let consents = matches!(question.kind, Kind::Consent { .. });
        assert_eq!(takes(&question.key, Missing::DontKnow), !consents, "{}", question.key);
        assert_eq!(takes(&question.key, Missing::Refused), !consents, "{}", question.key);
        assert_eq!(takes(&question.key, Missing::NotApplicable), question.key == "site", "{}", question.key);
        for never in [Missing::NotAsked, Missing::NoAnswer, Missing::Suppressed] {
            assert!(!takes(&question.key, never), "{} {never:?}", question.key);
        }
    }
}

#[test]
fn questions_follow_from_answers() {
    let instrument = instrument();
    let asked = |answers: &[(&str, Value)]| {
        asked(&instrument, &given(answers)).iter().map(|q| q.key.clone()).collect::<Vec<_>>()
    };
    let has = |keys: &[String], key: &str| keys.iter().any(|one| one == key);
    assert!(!has(&asked(&[]), "which"));
    assert!(has(&asked(&[("kind", one("other"))]), "which"));
    assert!(!has(&asked(&[("kind", one("other"))]), "sure"));
    assert!(has(&asked(&[("kind", one("other")), ("which", text("a club"))]), "sure"));
    let stale = asked(&[("kind", one("company")), ("which", text("a club"))]);
    assert!(!has(&stale, "which") && !has(&stale, "sure"), "an answer that is not asked any more asks nothing");
    assert!(has(&asked(&[("goals", many(&["1"]))]), "why"));

    let mut answers = given(&[("kind", one("company")), ("goals", many(&["1"]))]);
    let keys = |answers: &Answers| left(&instrument, answers).iter().map(|q| q.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&answers), ["name", "why", "show"]);
    answers.insert("name".into(), answer(Given::Missing(Missing::Refused)));
    assert_eq!(keys(&answers), ["why", "show"], "not saying is no blank");
    assert_eq!(progress(&instrument, &answers), Progress { asked: 13, answered: 3, left: 2 });
}

#[test]
fn conditions_combine() {
    let answers = given(&[("a", one("x")), ("b", Value::Consent(true))]);
    let holds = |condition: Condition| condition.holds(&answers, &|_| true);
    assert!(holds(Condition::All(vec![chose("a", &["x", "y"]), chose("b", &["yes"])])));
    assert!(!holds(Condition::All(vec![chose("a", &["y"]), chose("b", &["yes"])])));
    assert!(holds(Condition::Any(vec![chose("a", &["y"]), chose("b", &["yes"])])));
    assert!(holds(Condition::Not(Box::new(Condition::Answered("c".into())))));
    assert!(!chose("a", &["x"]).holds(&answers, &|_| false), "what was not asked counts for nothing");
}

#[test]
fn outcomes_say_what_the_answers_say_and_no_more() {
    let instrument = instrument();
    let mut answers = given(&[
        ("name", text("Datos del Sur")),
        ("kind", one("company")),
        ("which", text("stale")),
        ("uses", Value::Uses(vec![dataset(), uses(Named::Unlisted("Lluvia".into()))])),
        ("goals", many(&["1", "3"])),
        ("why", text("because")),
        ("share", one("some")),
        ("money", Value::Number(2_000_000)),
        ("sources", one("many")),
        ("wishes", Value::Requests(vec![wanted("Precios")])),
        ("show", Value::Consent(true)),
    ]);
    answers.insert("staff".into(), answer(Given::Missing(Missing::DontKnow)));
    answers.get_mut("money").unwrap().visibility = RowVisibility::AggregateOnly;
    let found = outcomes(&instrument, &answers);
    let of = |key: &str| found.iter().filter(|one| one.question == key).map(|one| &one.claimed).collect::<Vec<_>>();
    assert_eq!(of("name"), [&Claimed::Attribute { field: "name".into(), values: vec!["Datos del Sur".into()] }]);
    assert_eq!(of("kind"), [&Claimed::Attribute { field: "kind".into(), values: vec!["company".into()] }]);
    assert_eq!(of("uses").len(), 2);
    let impact =
        |code: &str| Claimed::Impact { dimension: "sdg".into(), code: code.into(), rationale: Some("because".into()) };
    assert_eq!(of("goals"), [&impact("1"), &impact("3")]);
    let observed = |indicator: &str, low, high, currency: Option<&str>, is_share| Claimed::Observation {
        indicator: indicator.into(),
        low,
        high,
        currency: currency.map(str::to_owned),
        is_share,
    };
    assert_eq!(of("share"), [&observed("data_share", 1, Some(9_999), None, true)]);
    assert_eq!(of("money"), [&observed("revenue", 2_000_000, Some(2_000_000), Some("MXN"), false)]);
    assert_eq!(of("sources"), [&observed("sources", 11, None, None, false)], "an open top has no high");
    assert_eq!(of("wishes"), [&Claimed::Request(wanted("Precios"))]);
    for silent in ["which", "staff", "why", "founded"] {
        assert_eq!(of(silent).len(), 0, "{silent}");
    }
    assert_eq!(found.iter().filter(|one| one.visibility == RowVisibility::AggregateOnly).count(), 1);
}

#[test]
fn words_are_counted() {
    for (text, count) in [("", 0), ("  uno  dos\ntres ", 3), ("ñandú", 1)] {
        assert_eq!(word_count(text), count);
    }
}

#[test]
fn versions_are_three_numbers() {
    let version: Version = "1.12.3".parse().unwrap();
    assert_eq!((version.to_string(), version.next().to_string()), ("1.12.3".to_owned(), "1.13.0".to_owned()));
    for bad in ["", "1", "1.2", "1.2.3.4", "1.02.3", "1.-2.3", "1.+2.3", "a.b.c", "1.2.99999"] {
        assert!(bad.parse::<Version>().is_err(), "{bad}");
    }
    assert!("1.10.0".parse::<Version>().unwrap() > "1.9.9".parse().unwrap());
}

#[test]
fn a_text_falls_back_to_another_language() {
    let mut both = words("a");
    both.insert("en".into(), "b".into());
    assert_eq!((says(&both, "en"), says(&both, "fr")), ("b", "a"));
}

fn any_value() -> impl Strategy<Value = Value> {
    let id = || prop::sample::select(vec!["company", "other", "1", "2", "3", "some", "few", "", "zz"]);
    prop_oneof![
        ".{0,60}".prop_map(Value::Text),
        id().prop_map(one),
        prop::collection::vec(id(), 0..5).prop_map(|ids| many(&ids)),
        any::<i64>().prop_map(Value::Number),
        "[0-9-]{0,11}".prop_map(Value::Date),
        any::<bool>().prop_map(Value::Consent),
        prop::collection::vec(".{0,20}".prop_map(|text| uses(Named::Unlisted(text))), 0..5).prop_map(Value::Uses),
        prop::collection::vec(".{0,20}".prop_map(|text| wanted(&text)), 0..4).prop_map(Value::Requests),
    ]
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let keys: Vec<String> = instrument().questions().map(|question| question.key.clone()).collect();
    let given = prop_oneof![
        4 => any_value().prop_map(Given::Value),
        1 => prop::sample::select(Missing::ALL.to_vec()).prop_map(Given::Missing),
    ];
    prop::collection::btree_map(prop::sample::select(keys), given.prop_map(answer), 0..12)
}

proptest! {
    #[test]
    fn checking_twice_changes_nothing(key in 0..15_usize, value in any_value()) {
        let instrument = instrument();
        let question = instrument.questions().nth(key).unwrap();
        if let Ok(kept) = check_answer(question, Given::Value(value)) {
            prop_assert_eq!(check_answer(question, kept.clone()), Ok(kept.clone()));
            let json = serde_json::to_string(&kept).unwrap();
            prop_assert_eq!(serde_json::from_str::<Given>(&json).unwrap(), kept);
        }
    }

    #[test]
    fn what_is_left_is_asked_and_nothing_unasked_has_an_outcome(answers in any_answers()) {
        let instrument = instrument();
        let asked: Vec<&str> = asked(&instrument, &answers).iter().map(|q| q.key.as_str()).collect();
        let progress = progress(&instrument, &answers);
        prop_assert!(progress.answered + progress.left <= progress.asked);
        prop_assert!(left(&instrument, &answers).iter().all(|question| asked.contains(&question.key.as_str())));
        for outcome in outcomes(&instrument, &answers) {
            prop_assert!(asked.contains(&outcome.question.as_str()));
        }
    }
}

fn first_version() -> Instrument {
    serde_json::from_str(include_str!("../../../data/instrument_v1.json")).unwrap()
}

#[test]
fn the_first_version_is_sound_and_asks_all_that_it_should() {
    let instrument = first_version();
    assert_eq!(check(&instrument), []);
    assert_eq!((instrument.steps.len(), instrument.version.to_string().as_str()), (15, "1.0.3"));
    let fields = ["name", "website", "locality", "founded", "purpose"];
    let attribute = |field: &&str| Target::Attribute { field: (*field).to_owned() };
    let observed = ["source_count_band", "data_share", "revenue", "open_data_staff"];
    let observation = |key: &&str| Target::Observation { indicator: (*key).to_owned() };
    let impact = |dimension: &&str| Target::Impact { dimension: (*dimension).to_owned() };
    let mut wanted: Vec<Target> = fields.iter().map(attribute).chain(observed.iter().map(observation)).collect();
    wanted.extend(["od500_data_impact", "sdg"].iter().map(impact));
    wanted.extend([Target::Area, Target::OrganisationKind, Target::SizeBand, Target::BusinessModel, Target::UseType]);
    wanted.extend([Target::Uses, Target::Requests, Target::Rationale { dimension: "sdg".into() }]);
    wanted.extend([ConsentTo::Display, ConsentTo::Contact].map(|of| Target::Consent { of }));
    for target in wanted {
        assert!(instrument.questions().any(|question| question.maps_to == target), "nothing asks for {target:?}");
    }
    assert!(instrument.questions().filter(|question| question.required).count() <= 10, "few questions are mandatory");
    for question in instrument.questions().filter(|question| question.visibility == RowVisibility::Public) {
        assert!(!matches!(question.kind, Kind::Money { .. }), "{} is about money", question.key);
    }
}

#[test]
fn no_amount_is_read_in_two_bands() {
    let instrument = first_version();
    let bands = instrument.questions().find_map(|question| match &question.kind {
        Kind::Money { bands, .. } => Some(bands.as_slice()),
        _ => None,
    });
    let inner: Vec<_> = bands.unwrap().iter().filter(|band| band.low > 0 && band.high.is_some()).collect();
    assert!(inner.len() > 3);
    for band in inner {
        assert!(says(&band.label, "en").contains(" to under "), "{:?}", band.label);
        assert!(says(&band.label, "es").contains(" a menos de "), "{:?}", band.label);
    }
}

#[test]
fn options_of_the_first_version_are_codes_of_their_schemes() {
    let instrument = first_version();
    let mut compared = 0;
    for question in instrument.questions() {
        let scheme = match &question.maps_to {
            Target::Code { scheme, .. } => scheme,
            Target::Impact { dimension } => dimension,
            _ => continue,
        };
        let path = format!("{}/data/schemes/{scheme}.tsv", env!("CARGO_MANIFEST_DIR"));
        let table = std::fs::read_to_string(path).unwrap();
        let codes: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        for id in question.kind.ids() {
            assert!(codes.contains(&id), "{scheme} has no {id}");
            compared += 1;
        }
    }
    assert!(compared > 50);
    let path = format!("{}/data/subdivisions.tsv", env!("CARGO_MANIFEST_DIR"));
    let subdivisions = std::fs::read_to_string(path).unwrap();
    let states = instrument.question("state").unwrap().kind.ids();
    assert_eq!(states.len(), 32);
    assert!(states.iter().all(|id| subdivisions.contains(&format!("\n{id}\t"))));
}

#[test]
fn a_contact_is_refused_where_all_would_read_it_and_where_it_is_sent() {
    use RowVisibility::{AggregateOnly, Public};
    let instrument = instrument();
    let found = |key: &str, text: &str, visibility: RowVisibility| {
        let question = instrument.question(key).unwrap();
        let answer = Answer { visibility, ..answer(Given::Value(Value::Text(text.to_owned()))) };
        assert!(check_answer(question, answer.given.clone()).is_ok(), "it is saved: {text}");
        check_sent(question, &answer).is_err()
    };
    for (key, text, visibility, refused) in [
        ("name", "Datos del Sur", Public, false),
        ("name", "Datos ana@example.org", Public, true),
        ("name", "Datos ana@example.org", AggregateOnly, false),
        ("why", "Llame al 55 1234 5678", Public, true),
        ("site", "https://example.org/5512345678", Public, false),
    ] {
        assert_eq!(found(key, text, visibility), refused, "{key} {text}");
    }
    let question = instrument.question("wishes").unwrap();
    for (text, refused) in [("Precios", false), ("Precios, escriba a ana@example.org", true)] {
        for place in [0, 1, 2] {
            let mut row = wanted("Precios");
            match place {
                0 => text.clone_into(&mut row.title),
                1 => row.publisher = Some(text.to_owned()),
                _ => row.purpose = Some(text.to_owned()),
            }
            let given = Given::Value(Value::Requests(vec![row]));
            let answer = Answer { visibility: Public, ..answer(given) };
            assert_eq!(check_sent(question, &answer).is_err(), refused, "{place} {text}");
        }
    }
}

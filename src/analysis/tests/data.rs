//! Datasets and bodies: ranks, intensity, goals, reliance, lateness, scorecards.

use std::collections::BTreeSet;

use entity::vocabulary::{Attribute, Criticality, Decision, Missing, RelationKind};

use super::{about, body_name};
use crate::analysis::publishers::{Datasets, users_once_decided, users_per_publisher};
use crate::analysis::value::Counterfactual;
use crate::analysis::{intensity, reliance, risk, scorecard, sdg, top};
use crate::atlas::fixture::{answered, claim, dataset, day, goal, id, mini, organisation, relation, study, wave};
use crate::atlas::rows::{AnswerRow, RelationRow, Rows, TargetRow, UseClaimRow};
use crate::atlas::{Atlas, Dimension, Filter, Lang, OrgIx, Rollup, Value};
use crate::domain::instrument::IF_STOPPED;

#[test]
fn top_datasets_rank_by_organisations_then_weight_then_title() {
    let atlas = mini().atlas();
    let top = top::top_datasets(&atlas, &Filter::default());
    let rows: Vec<(&str, u64)> =
        top.rows.iter().map(|row| (atlas.title(row.dataset, Lang::ES).value, row.organisations)).collect();
    assert_eq!(rows, [("D1", 3), ("D3", 2), ("D4", 2), ("D5", 2), ("D2", 1)]);
    for (row, printed) in top.rows.iter().zip(["2.5", "1.9", "1.4", "1.4", "0.9"]) {
        about(row.weighted, printed);
    }
    let unspecified: Vec<(String, u64)> =
        top.unspecified.iter().map(|&(body, n)| (body_name(&atlas, body), n)).collect();
    assert_eq!(unspecified, [("INEGI".to_owned(), 1)]);
}

#[test]
fn reuse_of_what_bodies_publish() {
    let atlas = mini().atlas();
    for (name, users, published, rate) in [("INEGI", 4, 2, "1.0"), ("SEMARNAT", 2, 3, ".667"), ("ZAPOPAN", 2, 1, "1.0")]
    {
        let card = scorecard::scorecard_of(&atlas, atlas.org(name), Filter::default());
        assert_eq!((card.users, card.published), (users, published), "{name}");
        about(card.reuse_rate().unwrap(), rate);
    }
    let all = intensity::of_datasets(&atlas, atlas.datasets(), |ix| atlas.dataset(ix).users > 0);
    assert_eq!((all.used, all.published), (5, 6));
    let named = |organisations| intensity::median(&atlas, organisations, |row| row.datasets_used);
    assert_eq!(named(atlas.listed()), Some(2.0), "of 3, 2, 2, 2 and 1");
    let pair: roaring::RoaringBitmap = ["O1", "O2"].iter().map(|name| atlas.org(name).get()).collect();
    assert_eq!(named(&pair), None, "two are no mean of a group");
}

/// The datasets that count for each body, by name: as many in its row of a file, on its card and in its list.
fn datasets_rolled(atlas: &Atlas, rollup: Option<Rollup>) -> String {
    let filter = Filter { rollup, ..Filter::default() };
    let in_file = Datasets::of(atlas, &filter, &atlas.select(&filter));
    let mut rows = Vec::new();
    for &(body, _) in atlas.publisher_users() {
        let (name, counted) = (atlas.name(body, Lang::ES).value, in_file.of_body(atlas, &filter, body).0 as usize);
        let listed = atlas.datasets_below(body, &filter, Lang::ES);
        let card = scorecard::scorecard_of(atlas, body, filter.clone());
        assert_eq!((listed.len(), card.published), (counted, counted), "{name} {rollup:?}");
        rows.extend((counted > 0).then(|| format!("{name} {counted}")));
    }
    rows.sort();
    rows.join(", ")
}

#[test]
fn datasets_of_bodies_are_rolled_up_as_their_users_are() {
    let atlas = mini().atlas();
    for (rollup, expected) in [
        (None, "CONAGUA 3, INEGI 2, SEMARNAT 3, SMN 1, ZAPOPAN 1"),
        // A part has a page of its own under it too, and stands in no file beside the body that it counts for.
        (Some(Rollup::Root), "CONAGUA 3, INEGI 2, SEMARNAT 3, SMN 1, ZAPOPAN 1"),
        (Some(Rollup::Publisher), "CONAGUA 2, INEGI 2, SMN 1, ZAPOPAN 1"),
        (Some(Rollup::Level), "CONAGUA 2, INEGI 2, SMN 1, ZAPOPAN 1"),
        (Some(Rollup::SuccessorChain), "CONAGUA 2, INEGI 2, SMN 1, ZAPOPAN 1"),
    ] {
        assert_eq!(datasets_rolled(&atlas, rollup), expected, "{rollup:?}");
    }
}

#[test]
fn datasets_under_a_filter_are_those_that_its_organisations_name() {
    let atlas = mini().atlas();
    let of = |body: &str, sector: &str| {
        let filter = Filter { sector: vec![sector.to_owned()], ..Filter::default() };
        let card = scorecard::scorecard_of(&atlas, atlas.org(body), filter.clone());
        let (in_file, _) =
            Datasets::of(&atlas, &filter, &atlas.select(&filter)).of_body(&atlas, &filter, atlas.org(body));
        assert_eq!(in_file, card.datasets_named, "the row of a file and the card: {body} {sector}");
        let publisher = vec![atlas.word_of(Value::Publisher(atlas.org(body)))];
        let named = atlas.datasets_named(&atlas.select(&Filter { publisher, ..filter }));
        let mut titles: Vec<&str> = named.iter().map(|&ix| atlas.title(ix, Lang::ES).value).collect();
        titles.sort_unstable();
        (titles.join(" "), card.published, card.used)
    };
    let sector_of = |name: &str| atlas.str(atlas.code_row(atlas.organisation(atlas.org(name)).sector.unwrap()).code);
    // O2 of finance names D1 and D2; O3 names D1. What a body publishes is no matter of who is asked.
    assert_eq!(of("INEGI", sector_of("O2")), ("D1 D2".to_owned(), 2, 2));
    assert_eq!(of("INEGI", sector_of("O3")), ("D1".to_owned(), 2, 1));
    assert_eq!(of("SEMARNAT", sector_of("O2")), (String::new(), 3, 0));
}

/// The bodies of a file under a filter of organisations, with their users, datasets and own datasets: as their cards say.
fn rows_under(atlas: &Atlas, filter: &Filter) -> String {
    let selection = atlas.select(filter);
    let datasets = Datasets::of(atlas, filter, &selection);
    let mut rows = Vec::new();
    for (body, users) in users_per_publisher(atlas, &selection, filter.rollup) {
        let (counted, own) = datasets.of_body(atlas, filter, body);
        let card = scorecard::scorecard_of(atlas, body, filter.clone());
        let name = atlas.name(body, Lang::ES).value;
        assert_eq!((users, counted), (card.users, card.datasets_named), "{name} {filter:?}");
        rows.push(format!("{name} {users} {counted} {own}"));
    }
    rows.sort();
    rows.join(", ")
}

#[test]
fn a_row_under_a_filter_of_organisations_says_what_the_card_says() {
    let atlas = mini().atlas();
    let of = |org: &str, rollup| {
        let sector = atlas.organisation(atlas.org(org)).sector.unwrap();
        rows_under(&atlas, &Filter { sector: vec![atlas.word_of(Value::Code(sector))], rollup, ..Filter::default() })
    };
    assert_eq!(of("O1", None), "INEGI 1 1 1, SEMARNAT 1 2 0");
    assert_eq!(of("O1", Some(Rollup::Root)), "INEGI 1 1 1, SEMARNAT 1 2 0");
    for rollup in [Rollup::Publisher, Rollup::Level, Rollup::AsStated, Rollup::SuccessorChain] {
        assert_eq!(of("O1", Some(rollup)), "CONAGUA 1 1 1, INEGI 1 1 1, SMN 1 1 1", "{rollup:?}");
    }

    // Under the default a body has what surveys state under another one too, as its page does.
    let stated = claim("0", "Uno", TargetRow::Dataset(id("dataset", "Índice")));
    let rows = Rows {
        as_of: day("2025-06-30"),
        organisations: ["SEGOB", "CONAPO", "Uno", "Dos"].map(organisation).into(),
        datasets: vec![dataset("Índice", "CONAPO"), dataset("Censo", "CONAPO"), dataset("Leyes", "SEGOB")],
        use_claims: vec![
            UseClaimRow { stated_publisher: Some(id("org", "SEGOB")), ..stated },
            claim("1", "Dos", TargetRow::Dataset(id("dataset", "Censo"))),
        ],
        ..Rows::default()
    };
    let atlas = Atlas::build(rows);
    let companies = |rollup| Filter { kind: vec!["company".to_owned()], rollup, ..Filter::default() };
    assert_eq!(rows_under(&atlas, &companies(None)), "CONAPO 2 2 2, SEGOB 1 1 0");
    assert_eq!(rows_under(&atlas, &companies(Some(Rollup::AsStated))), "CONAPO 1 1 2, SEGOB 1 1 0");
}

#[test]
fn datasets_follow_the_stated_parent_until_a_relation_is_decided() {
    let uses = claim("0", "Uno", TargetRow::Dataset(id("dataset", "Índice")));
    let rows = Rows {
        as_of: day("2025-06-30"),
        organisations: ["SEGOB", "CONAPO", "Uno"].map(organisation).into(),
        datasets: vec![dataset("Índice", "CONAPO"), dataset("Leyes", "SEGOB")],
        use_claims: vec![UseClaimRow { stated_publisher: Some(id("org", "SEGOB")), ..uses }],
        ..Rows::default()
    };
    let decided = |decision| {
        let relations = vec![RelationRow { decision, ..relation("CONAPO", "SEGOB", RelationKind::PartOf) }];
        Atlas::build(Rows { relations, ..rows.clone() })
    };
    for (decision, rollup, expected) in [
        (Decision::Proposed, None, "CONAPO 1, SEGOB 2"),
        (Decision::Proposed, Some(Rollup::AsStated), "SEGOB 2"),
        (Decision::Proposed, Some(Rollup::Root), "CONAPO 1, SEGOB 1"),
        (Decision::Accepted, None, "CONAPO 1, SEGOB 2"),
        (Decision::Rejected, None, "CONAPO 1, SEGOB 1"),
    ] {
        assert_eq!(datasets_rolled(&decided(decision), rollup), expected, "{decision:?} {rollup:?}");
    }
}

#[test]
fn what_a_decision_does_to_a_body_is_known_before() {
    let stated = |at: &str, organisation: &str, body: &str| UseClaimRow {
        stated_publisher: Some(id("org", "SEGOB")),
        ..claim(at, organisation, TargetRow::Publisher(id("org", body)))
    };
    let names = ["SEGOB", "CONAPO", "INM", "CENSIDA", "Uno", "Dos", "Tres", "Cuatro"];
    let rows = Rows {
        as_of: day("2025-06-30"),
        organisations: names.map(organisation).into(),
        use_claims: vec![
            stated("0", "Uno", "CONAPO"),
            stated("1", "Dos", "INM"),
            stated("2", "Tres", "INM"),
            claim("3", "Tres", TargetRow::Publisher(id("org", "SEGOB"))),
            stated("4", "Cuatro", "CENSIDA"),
        ],
        ..Rows::default()
    };
    let part = |body, decision| RelationRow { decision, ..relation(body, "SEGOB", RelationKind::PartOf) };
    let built = |relations: Vec<RelationRow>| Atlas::build(Rows { relations, ..rows.clone() });
    let users = |atlas: &Atlas| atlas.users_of(atlas.org("SEGOB")).len();
    let before = built(Vec::new());
    assert_eq!(users(&before), 4);
    for (accepted, rejected, after) in [
        (vec!["CONAPO"], vec![], 2),
        (vec!["CONAPO", "INM"], vec![], 3),
        (vec!["CONAPO", "INM", "CENSIDA"], vec![], 4),
        (vec![], vec!["CENSIDA"], 1),
    ] {
        let relations = accepted.iter().map(|body| part(body, Decision::Accepted));
        let relations = relations.chain(rejected.iter().map(|body| part(body, Decision::Rejected))).collect();
        let parts: Vec<OrgIx> = accepted.iter().map(|body| before.org(body)).collect();
        assert_eq!(users_once_decided(&before, before.org("SEGOB"), &parts), after, "{accepted:?} {rejected:?}");
        assert_eq!(users(&built(relations)), after, "{accepted:?} {rejected:?}");
    }
    // A further decision adds what it accepts.
    let second = built(vec![part("CONAPO", Decision::Accepted)]);
    assert_eq!(users_once_decided(&second, second.org("SEGOB"), &[second.org("INM")]), 3);
}

#[test]
fn goals_covered_missing_and_to_be_asked() {
    let mini = mini();
    let atlas = mini.atlas();
    let goals = sdg::goals(&atlas, &Filter::default()).goals;
    let one = sdg::covered(&goals, 1);
    let two = sdg::covered(&goals, 2);
    assert_eq!(one, BTreeSet::from([2, 8, 11, 13, 16]));
    assert_eq!(two, BTreeSet::from([2, 8, 11, 13]));
    about(sdg::coverage(&one), ".2941");
    about(sdg::coverage(&two), ".2353");
    let priority: BTreeSet<u8> = mini.priority_goals.iter().copied().collect();
    let (gap, share) = sdg::gap(&priority, &one);
    assert_eq!(gap, BTreeSet::from([1, 3, 6]));
    about(share.unwrap(), ".5");
    let (gap, share) = sdg::gap(&priority, &two);
    assert_eq!(gap, BTreeSet::from([1, 3, 6, 16]));
    about(share.unwrap(), ".6667");
    assert_eq!(sdg::supply_without_claim(&atlas, &one), BTreeSet::from([6, 9]));
    let all = atlas.select(&Filter::default());
    let candidates: Vec<(&str, u8)> =
        sdg::candidates(&atlas, &all).into_iter().map(|(org, goal)| (atlas.name(org, Lang::ES).value, goal)).collect();
    let expected = [("O1", 6), ("O1", 8), ("O1", 9), ("O2", 9), ("O3", 8), ("O3", 9), ("O4", 6), ("O5", 11)];
    assert_eq!(candidates, expected);
    let asked = |goal| {
        let rows = sdg::candidates_of(&atlas, &all, goal);
        let used = |data: &Vec<_>| data.iter().map(|&ix| atlas.title(ix, Lang::ES).value).collect::<Vec<_>>().join(" ");
        rows.iter()
            .map(|row| {
                format!("{} {} {}", atlas.name(row.organisation, Lang::ES).value, row.is_inferred, used(&row.datasets))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(9).len(), 3);
    assert!(asked(9).iter().all(|row| row.contains(" false ")), "{:?}", asked(9));
    assert!(asked(5).is_empty(), "a goal without data and inference has nobody to ask");
}

#[test]
fn a_goal_is_inferred_of_those_alone_who_do_not_declare_it() {
    let atlas = |goals: &[(&str, u8, u8)]| {
        let mut rows = mini().rows();
        rows.impact_claims.extend(goals.iter().map(|&(name, number, level)| goal(name, number, level)));
        Atlas::build(rows)
    };
    let of = |atlas: &Atlas| {
        let goals = sdg::goals(atlas, &Filter::default()).goals;
        let two = goals.iter().find(|row| row.number == 2).unwrap();
        (two.declared[0], two.inferred)
    };
    // O1 declares it at level 3, O4 at level 1.
    assert_eq!(of(&atlas(&[])), (2, 0));
    assert_eq!(of(&atlas(&[("O1", 2, 0), ("O4", 2, 0)])), (2, 0));
    assert_eq!(of(&atlas(&[("O1", 2, 0), ("O3", 2, 0)])), (2, 1));
}

#[test]
fn reliance_counts_each_user_once_by_the_most_that_its_uses_matter() {
    use crate::atlas::fixture::id;
    let mini = mini();
    let of = |atlas: &Atlas, body: &str| {
        let filter = Filter { publisher: vec![body.to_lowercase()], ..Filter::default() };
        reliance::reliance(atlas, &filter)
    };
    let atlas = mini.atlas();
    let inegi = of(&atlas, "INEGI");
    let counts = |tally: &reliance::Tally<Criticality>| tally.rows.iter().map(|(_, count)| *count).collect::<Vec<_>>();
    // O1 and O3 support, O2 has a core use beside a supporting one, O5 does not say.
    assert_eq!((inegi.figure.n, counts(&inegi.criticality)), (4, vec![1, 2, 0]));
    assert_eq!((inegi.criticality.coverage.answered, inegi.criticality.coverage.asked), (3, 3));
    assert_eq!(counts(&of(&atlas, "SEMARNAT").criticality), [2, 0, 0]);
    // No wave asked what would happen: that is no answer of zero.
    let stopped = &inegi.if_stopped.coverage;
    assert_eq!((stopped.answered, stopped.asked, stopped.missing[Missing::NotAsked.index()]), (0, 0, 4));

    let mut rows = mini.rows();
    rows.studies.push(study());
    rows.waves.push(wave("first", "2024-01-01", &[Attribute::IfStopped, Attribute::Criticality]));
    rows.responses.extend(["O1", "O3", "O5"].map(|name| answered(name, "first")));
    rows.answers.extend(mini.counterfactual_answers.iter().map(|(name, answer)| AnswerRow {
        organisation: id("org", name),
        wave: id("wave", "first"),
        question: IF_STOPPED.to_owned(),
        value: Some(answer.clone()),
        missing: None,
    }));
    let asked = of(&Atlas::build(rows), "INEGI");
    let said: Vec<_> = asked.if_stopped.rows.iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(said, [&(Counterfactual::Degraded, 1), &(Counterfactual::Cease, 1)]);
    // O5 took part and did not answer; O2 was in no wave.
    let coverage = asked.if_stopped.coverage;
    assert_eq!((coverage.answered, coverage.asked, coverage.missing[Missing::NotAsked.index()]), (2, 3, 1));
    assert_eq!(asked.criticality.coverage.asked, 4);
}

#[test]
fn scorecard_of_a_ministry_includes_its_bodies() {
    let mini = mini();
    let atlas = mini.atlas();
    let card = scorecard::scorecard_of(&atlas, atlas.org("SEMARNAT"), Filter::default());
    assert_eq!((card.users, card.acknowledged, card.sectors), (2, 1, 2));
    assert_eq!(card.users_by_grade, [1, 1, 0, 0]);
    assert_eq!((card.published, card.used), (3, 2));
    about(card.reuse_rate().unwrap(), ".667");
    assert_eq!((card.outside_capital, card.areas_outside, card.with_area), (1, 1, 2));
    assert_eq!(card.stale, [atlas.data("D4")]);
    assert_eq!(card.goals, BTreeSet::from([2, 13]));
    let [o1, o4] = ["O1", "O4"].map(|name| atlas.org(name));
    assert_eq!(card.top_users, [(o1, 2), (o4, 2)]);
    assert_eq!(card.not_confirmed, [o1, o4], "nobody of the body has confirmed one yet");
    assert_eq!((card.requests_open, card.terms.answered, card.terms.overdue), (0, 0, 0));
    assert_eq!((card.figure.n, card.figure.as_of, card.figure.method_version), (2, day("2025-06-30"), "1.0"));
    // Both say how much it matters; nobody was asked for goals, and the two declare them all the same.
    let known = [&card.criticality_coverage, &card.sector_coverage, &card.dataset_coverage, &card.goal_coverage];
    assert_eq!(known.map(|coverage| (coverage.answered, coverage.asked)), [(2, 2); 4]);
    let mut unasked = mini.rows();
    unasked.use_claims.iter_mut().for_each(|claim| claim.criticality = Criticality::Unknown);
    let unasked = Atlas::build(unasked);
    let card = scorecard::scorecard_of(&unasked, unasked.org("SEMARNAT"), Filter::default());
    let coverage = &card.criticality_coverage;
    assert_eq!((card.core_users.len(), coverage.answered, coverage.asked), (0, 0, 0), "not asked is no zero of two");
    let ratings: Vec<u8> = mini.ratings.iter().map(|(_, rating)| *rating).collect();
    about(scorecard::mean_rating(&ratings, 3).unwrap(), "2.667");
    assert_eq!(scorecard::mean_rating(&ratings, 2), None, "one of two has rated two datasets");
    let also = |body: &str| {
        let body = atlas.org(body);
        scorecard::also_used(&atlas, body, &atlas.users_of(body), 5)
    };
    assert_eq!(also("INEGI"), [(atlas.org("ZAPOPAN"), 2), (atlas.org("SEMARNAT"), 1)]);
    let also = also("CONAGUA");
    assert!(
        also.iter().all(|&(other, _)| other != atlas.org("SEMARNAT")),
        "the body above it is no other one: {also:?}"
    );
}

#[test]
fn a_scorecard_is_of_the_bodies_that_its_rollup_counts() {
    let atlas = mini().atlas();
    let of = |body: &str, rollup| {
        let filter = Filter { rollup, ..Filter::default() };
        let card = scorecard::scorecard_of(&atlas, atlas.org(body), filter);
        (card.users, card.published, card.used, card.stale.len())
    };
    assert_eq!(of("SEMARNAT", None), (2, 3, 2, 1));
    assert_eq!(of("SEMARNAT", Some(Rollup::Root)), (2, 3, 2, 1));
    // Nobody names the ministry itself, and what is published is its bodies'.
    assert_eq!(of("SEMARNAT", Some(Rollup::Publisher)), (0, 0, 0, 0));
    let [whole, own] = [None, Some(Rollup::Publisher)].map(|rollup| of("CONAGUA", rollup));
    assert!(own.1 < whole.1, "the weather service has one of its own: {own:?} {whole:?}");
}

#[test]
fn risk_is_lateness_times_dependence() {
    let atlas = mini().atlas();
    for (title, due, interval, grace, overdue, factor, dependence, at_risk) in [
        ("D4", "2024-01-11", 1, 1, 535, "1", "4.2", "4.2"),
        ("D5", "2025-03-01", 28, 2, 119, "1", "3.4", "3.4"),
        ("D1", "2025-05-15", 181, 18, 28, ".1547", "3.9", ".603"),
        ("D2", "2025-07-16", 1826, 182, 0, "0", ".9", "0"),
        ("D3", "2025-06-29", 1, 1, 0, "0", "5.7", "0"),
        ("D7", "2026-01-15", 365, 36, 0, "0", "0", "0"),
    ] {
        let risk = risk::risk(&atlas, atlas.data(title));
        let lateness = risk.lateness.unwrap();
        assert_eq!(lateness.due, day(due), "{title}");
        assert_eq!((lateness.interval_days, lateness.grace_days, lateness.overdue_days), (interval, grace, overdue));
        about(risk.factor, factor);
        about(risk.dependence, dependence);
        about(risk.risk, at_risk);
    }
    let risk = risk::risk(&atlas, atlas.data("D4"));
    assert_eq!((risk.users, risk.core_users), (2, 2));
    let order: Vec<&str> = risk::at_risk(&atlas, atlas.datasets())
        .iter()
        .map(|(dataset, _)| atlas.title(*dataset, Lang::ES).value)
        .collect();
    assert_eq!(order, ["D4", "D5", "D1"]);
    assert_eq!(risk::Interval::parse("irregular"), None);
    assert_eq!(risk::Interval::parse("R/P2W"), Some(risk::Interval { months: 0, days: 14 }));
    assert!(atlas.claims_of(atlas.org("O1")).iter().any(|claim| claim.criticality == Criticality::Core));
}

#[test]
fn who_names_data_of_other_bodies_alone_leaves_open_which_of_these() {
    let atlas = mini().atlas();
    let filter = Filter { publisher: vec!["inegi".to_owned()], ..Filter::default() };
    // O5 names INEGI as a whole, and a dataset of Zapopan.
    let figure = crate::analysis::Figure::new(&atlas, &filter, &atlas.select(&filter), Dimension::Publisher);
    let coverage = figure.coverage;
    assert_eq!((figure.n, coverage.answered, coverage.asked), (4, 3, 4));
    assert_eq!(coverage.missing[Missing::NoAnswer.index()], 1);
    // Each of them names a publisher: counted by publisher, nobody is silent.
    let counts = crate::analysis::counts::counts(&atlas, Dimension::Publisher, &filter);
    assert_eq!((counts.figure.coverage.answered, counts.figure.coverage.asked), (4, 4));
    assert!(
        counts.rows.iter().all(|(value, _)| !matches!(value, crate::atlas::Value::Unknown(_))),
        "{:?}",
        counts.rows
    );
    // Nor by publisher where a dataset is asked for.
    let dataset = atlas.str(atlas.dataset(atlas.datasets().next().unwrap()).slug).to_owned();
    let filter = Filter { dataset: vec![dataset], ..Filter::default() };
    let counts = crate::analysis::counts::counts(&atlas, Dimension::Publisher, &filter);
    assert_eq!(counts.figure.coverage.attribute, Attribute::Publisher);
}

/// The small ecosystem and one who took part in a wave and names nobody's data: its wave and its study are known all the
/// same.
fn with_one_who_names_nobody() -> Atlas {
    let mut rows = mini().rows();
    rows.organisations.push(organisation("Mute"));
    rows.studies.push(study());
    rows.waves.push(wave("one", "2014-01-01", &[Attribute::Publisher]));
    rows.responses.push(answered("Mute", "one"));
    Atlas::build(rows)
}

#[test]
fn a_count_by_what_nobody_is_asked_has_the_coverage_of_its_selection() {
    let atlas = with_one_who_names_nobody();
    let of = |filter: &Filter| {
        crate::analysis::Figure::new(&atlas, filter, &atlas.select(filter), Dimension::Publisher).coverage
    };
    let inegi = Filter { publisher: vec!["inegi".to_owned()], ..Filter::default() };
    for filter in [Filter::default(), inegi] {
        for by in [Dimension::Grade, Dimension::Wave, Dimension::Chapter] {
            let counts = crate::analysis::counts::counts(&atlas, by, &filter);
            assert_eq!(counts.figure.coverage, of(&filter), "{by:?} of {filter:?}");
            assert!(counts.figure.coverage.answered < counts.figure.n, "somebody has left it open");
            assert_eq!(atlas.facets(&filter, &[by])[0].coverage, counts.figure.coverage, "the facet {by:?}");
        }
    }
}

/// A facet passes over its own words, also over the waves and studies that it would leave out.
#[test]
fn a_facet_has_the_coverage_of_the_count_without_its_own_words() {
    let atlas = with_one_who_names_nobody();
    for dimension in [Dimension::Wave, Dimension::Chapter] {
        let mut own = Filter::default();
        *own.words_mut(dimension).unwrap() = vec![if dimension == Dimension::Wave { "one" } else { "mx" }.to_owned()];
        let counts = crate::analysis::counts::counts(&atlas, dimension, &Filter::default());
        assert_eq!(atlas.facets(&own, &[dimension])[0].coverage, counts.figure.coverage, "{dimension:?}");
    }
}

#[test]
fn where_nobody_was_asked_no_row_adds_anybody() {
    let mut rows = mini().rows();
    rows.waves.iter_mut().for_each(|wave| wave.asked_goals.clear());
    let atlas = Atlas::build(rows);
    // No organisation of the fixture declares it.
    let filter = Filter { sdg: vec!["14".to_owned()], ..Filter::default() };
    for by in [Dimension::Sector, Dimension::Sdg] {
        let counts = crate::analysis::counts::counts(&atlas, by, &filter);
        assert_eq!((counts.figure.n, &counts.rows[..]), (0, &[][..]));
        assert!(counts.figure.coverage.missing[Missing::NotAsked.index()] > 0, "its coverage says why");
    }
}

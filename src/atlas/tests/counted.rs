//! Who is counted, and when.

use entity::vocabulary::{CodeRole, Consent, Decision, Grade, RelationKind};

use super::answering;
use super::naive::ground;
use crate::atlas::fixture::{answered, assignment, claim, dataset, id, location, organisation, relation, study, wave};
use crate::atlas::rows::{DatasetRow, OrganisationCodeRow, RelationRow, Rows, TargetRow, UseClaimRow};
use crate::atlas::{Atlas, Coverage, Dimension, Filter, Lang, RolledUp, Rollup, Value, View};

#[test]
fn consent_withheld_hides_and_counts_from_five() {
    // Invariant I14.
    let names = ["Abierta", "B1", "B2", "B3", "B4", "B5"];
    let mut rows = answering(&names);
    for row in rows.organisations.iter_mut().filter(|row| names[1..].iter().any(|name| row.id == id("org", name))) {
        row.consent = Consent::No;
    }
    for name in names {
        rows.locations.push(location(name, Some("MX-JAL"), Some((20.6, -103.3))));
    }
    let atlas = Atlas::build(rows);
    let all = atlas.select(&Filter::default());
    assert_eq!(atlas.names(&all.organisations), ["Abierta"]);
    assert_eq!(all.undisclosed_count(), Some(5));
    assert_eq!(atlas.map_points(&all, View::default()).points.organisation.len(), 1);
    assert!(atlas.find("B1", 5, &[]).hits.is_empty());
    let facet = &atlas.facets(&Filter::default(), &[Dimension::Area])[0];
    assert_eq!(facet.values.iter().map(|row| row.count).sum::<u64>(), 1);
    // A text would let one probe for names.
    let text = Filter { text: Some("B1".to_owned()), ..Filter::default() };
    assert_eq!(atlas.select(&text).undisclosed_count(), None);
    let few = Atlas::build({
        let mut rows = answering(&names[..3]);
        rows.organisations.iter_mut().for_each(|row| row.consent = Consent::No);
        rows
    });
    assert_eq!(few.select(&Filter::default()).undisclosed_count(), None);
}

#[test]
fn who_names_no_single_body_is_counted_by_whichever_claim_is_found() {
    let mut rows = answering(&["Uno", "Dos"]);
    let of = |theme: &str| TargetRow::Theme(id("od500_data_type", theme));
    rows.use_claims.push(UseClaimRow { grade: Grade::B, ..claim("0", "Uno", of("unspecified")) });
    rows.use_claims.push(UseClaimRow { grade: Grade::D, ..claim("1", "Uno", of("water")) });
    rows.use_claims.push(UseClaimRow { grade: Grade::A, ..claim("2", "Dos", of("unspecified")) });
    let atlas = Atlas::build(rows);
    for (grades, users) in [(&[Grade::A, Grade::D][..], 2), (&[Grade::D], 1), (&[Grade::A, Grade::B], 2), (&[], 2)] {
        let filter = Filter { grade: grades.to_vec(), ..Filter::default() };
        let facet = &atlas.facets(&filter, &[Dimension::Publisher])[0];
        let row = facet.values.iter().find(|row| row.value == Value::Unspecified).map(|row| row.count);
        let chosen = Filter { publisher: vec!["unspecified".to_owned()], ..filter };
        assert_eq!((row, atlas.select(&chosen).organisations.len()), (Some(users), users), "{grades:?}");
    }
}

#[test]
fn a_facet_of_bodies_lists_what_the_filter_takes_under_every_rollup() {
    let mut rows = answering(&["Uno", "Dos"]);
    rows.use_claims.push(claim("0", "Uno", TargetRow::Publisher(id("org", "CONAGUA"))));
    rows.use_claims.push(claim("1", "Dos", TargetRow::Publisher(id("org", "SEMARNAT"))));
    let atlas = Atlas::build(rows);
    for rollup in Rollup::ALL {
        let filter = Filter { rollup: Some(rollup), ..Filter::default() };
        let facet = &atlas.facets(&filter, &[Dimension::Publisher])[0];
        assert!(!facet.values.is_empty(), "{rollup:?}");
        for row in &facet.values {
            let word = atlas.word_of(row.value);
            let chosen = atlas.values_of_word(Dimension::Publisher, &word);
            assert_eq!(chosen.into_iter().collect::<Vec<_>>(), [row.value], "{rollup:?} {word}");
        }
    }
}

#[test]
fn a_body_has_the_users_of_its_rollup_wherever_it_is_asked_for() {
    let mut rows = answering(&["Uno", "Dos", "Tres"]);
    rows.relations = vec![
        relation("CONAGUA", "SEMARNAT", RelationKind::PartOf),
        relation("SEMARNAT", "INEGI", RelationKind::PartOf),
        // Part of one body, and taken over by another.
        relation("IFE", "SEMARNAT", RelationKind::PartOf),
        relation("IFE", "INEGI", RelationKind::SucceededBy),
    ];
    for (organisation, body) in [("Uno", "CONAGUA"), ("Dos", "SEMARNAT"), ("Tres", "IFE")] {
        rows.use_claims.push(claim(organisation, organisation, TargetRow::Publisher(id("org", body))));
    }
    let atlas = Atlas::build(rows);
    let users = |body: &str, rollup| {
        let filter = Filter { publisher: vec![body.to_owned()], rollup, ..Filter::default() };
        atlas.names(&atlas.select(&filter).organisations).join(" ")
    };
    assert_eq!(users("semarnat", None), "Dos Tres Uno");
    assert_eq!(users("semarnat", Some(Rollup::Publisher)), "Dos");
    assert_eq!(users("semarnat", Some(Rollup::Level)), "Dos");
    assert_eq!(users("semarnat", Some(Rollup::SuccessorChain)), "Dos");
    assert_eq!(users("semarnat", Some(Rollup::AsStated)), "Dos");
    assert_eq!(users("inegi", Some(Rollup::Root)), "Dos Tres Uno");
    assert_eq!(users("inegi", Some(Rollup::SuccessorChain)), "Tres");
    assert_eq!(users("inegi", Some(Rollup::AsStated)), "");
    for rollup in Rollup::ALL {
        let all = atlas.select(&Filter { rollup: Some(rollup), ..Filter::default() });
        for (body, count) in crate::analysis::publishers::users_per_publisher(&atlas, &all, Some(rollup)) {
            let slug = atlas.str(atlas.organisation(body).slug);
            let listed = users(slug, Some(rollup)).split_whitespace().count() as u64;
            assert_eq!(listed, count, "{rollup:?} {slug}");
        }
    }
}

#[test]
fn an_answer_outside_the_list_is_one() {
    let mut rows = answering(&["Lista", "Otra", "Muda"]);
    rows.use_claims.push(claim("0", "Lista", TargetRow::Theme(id("od500_data_type", "water"))));
    let outside = OrganisationCodeRow {
        code: None,
        text: Some("Vivienda".to_owned()),
        ..assignment("Otra", "od500_data_type", "water", CodeRole::DataType)
    };
    // What stands beside a listed answer takes nothing from it.
    rows.organisation_codes
        .extend([OrganisationCodeRow { organisation: id("org", "Lista"), ..outside.clone() }, outside]);
    let atlas = Atlas::build(rows);
    let of = |theme: &str| Filter { theme: vec![theme.to_owned()], ..Filter::default() };
    let names = |theme: &str| atlas.names(&atlas.select(&of(theme)).organisations);
    assert_eq!(names("unlisted"), ["Otra"]);
    assert_eq!(names("unknown"), ["Muda"]);
    for filter in [Filter::default(), of("unlisted"), of("water")] {
        let facet = &atlas.facets(&filter, &[Dimension::Theme])[0];
        let rows: Vec<_> = facet.values.iter().map(|row| (atlas.word_of(row.value), row.count)).collect();
        assert_eq!(rows[..2], [("water".to_owned(), 1), ("unlisted".to_owned(), 1)], "{filter:?}");
        assert_eq!((facet.coverage.answered, rows.len()), (2, 3), "{filter:?}");
    }
}

#[test]
fn unspecified_data_are_of_no_theme() {
    let mut rows = answering(&["Uno", "Dos"]);
    let of = |theme: &str| TargetRow::Theme(id("od500_data_type", theme));
    rows.use_claims.push(claim("0", "Uno", of("unspecified")));
    rows.use_claims.push(claim("1", "Dos", of("unspecified")));
    rows.use_claims.push(claim("2", "Dos", of("water")));
    let atlas = Atlas::build(rows);
    let dos = atlas.claims_of(atlas.organisation_by_slug("dos").unwrap());
    assert_eq!(dos.iter().filter(|claim| atlas.named_theme(claim).is_some()).count(), 1);
    let facet = &atlas.facets(&Filter::default(), &[Dimension::Theme])[0];
    let missing = facet.values.iter().filter(|row| matches!(row.value, Value::Unknown(_)));
    assert_eq!((facet.coverage.answered, missing.map(|row| row.count).sum::<u64>()), (1, 1));
    assert_eq!(atlas.word_of(facet.values[0].value), "water");
    let chosen = |word: &str| Filter { theme: vec![word.to_owned()], ..Filter::default() };
    assert_eq!(atlas.names(&atlas.select(&chosen("unknown")).organisations), ["Uno"]);
    assert_eq!(atlas.names(&atlas.select(&chosen("water")).organisations), ["Dos"]);
    assert!(atlas.check(&chosen("unspecified")).is_err(), "it is nothing to choose");
    // Whose data they are is told all the same: nobody's in particular.
    let publisher = Filter { publisher: vec!["unspecified".to_owned()], ..Filter::default() };
    assert_eq!(atlas.names(&atlas.select(&publisher).organisations), ["Dos", "Uno"]);
}

#[test]
fn a_series_and_its_edition_count_once() {
    let mut rows = answering(&["Uno"]);
    for (at, title) in ["Censo", "Censo 2010", "Presas"].iter().enumerate() {
        rows.use_claims.push(claim(&at.to_string(), "Uno", TargetRow::Dataset(id("dataset", title))));
    }
    let atlas = Atlas::build(rows.clone());
    let uno = atlas.organisation_by_slug("uno").unwrap();
    assert_eq!(atlas.datasets_used_by(uno), [atlas.data("Presas"), atlas.data("Censo")]);
    assert_eq!(atlas.organisation(uno).datasets_used, 2);
    // A proposal never moves a figure.
    rows.datasets[1] =
        DatasetRow { series: Some((id("dataset", "Censo"), Decision::Proposed)), ..rows.datasets[1].clone() };
    assert_eq!(Atlas::build(rows).organisation(uno).datasets_used, 3);
}

#[test]
fn users_of_a_series_and_of_its_editions_count_once() {
    let mut rows = answering(&["Uno", "Dos", "Tres", "Oculta"]);
    rows.organisations.last_mut().unwrap().consent = Consent::No;
    let proposed = Some((id("dataset", "Censo"), Decision::Proposed));
    let accepted = Some((id("dataset", "Censo"), Decision::Accepted));
    rows.datasets.push(DatasetRow { series: accepted, ..dataset("Censo 2020", "INEGI") });
    rows.datasets.push(DatasetRow { series: proposed, ..dataset("Censo 2000", "INEGI") });
    let said = [
        ("Uno", "Censo 2010"),
        ("Uno", "Censo 2020"),
        ("Dos", "Censo 2020"),
        ("Tres", "Censo 2000"),
        ("Oculta", "Censo 2010"),
    ];
    for (at, (organisation, title)) in said.into_iter().enumerate() {
        rows.use_claims.push(claim(&at.to_string(), organisation, TargetRow::Dataset(id("dataset", title))));
    }
    let users = |rows: &Rows, title: &str| {
        let atlas = Atlas::build(rows.clone());
        let with_editions = atlas.users_with_editions(atlas.data(title));
        (atlas.dataset(atlas.data(title)).users, atlas.names(&with_editions).join(" "))
    };
    // Whoever names two editions is one user; a proposed edition adds nobody, and the series itself has none.
    assert_eq!(users(&rows, "Censo"), (0, "Dos Uno".to_owned()));
    assert_eq!(users(&rows, "Censo 2010"), (1, "Uno".to_owned()));
    // One that names the series beside an edition counts for the series, and still once.
    rows.use_claims.push(claim("9", "Uno", TargetRow::Series(id("dataset", "Censo"))));
    assert_eq!(users(&rows, "Censo"), (1, "Dos Uno".to_owned()));
}

#[test]
fn stated_parents_count_until_a_relation_is_decided() {
    let mut rows = answering(&["Uno"]);
    rows.organisations.extend(["SEGOB", "CONAPO"].map(organisation));
    rows.use_claims.push(UseClaimRow {
        stated_publisher: Some(id("org", "SEGOB")),
        ..claim("0", "Uno", TargetRow::Publisher(id("org", "CONAPO")))
    });
    let proposed = |decision| {
        let mut rows = rows.clone();
        rows.relations.push(RelationRow { decision, ..relation("CONAPO", "SEGOB", RelationKind::PartOf) });
        Atlas::build(rows)
    };
    for (decision, rollup, users) in [
        (Decision::Proposed, Rollup::AsStated, 1),
        (Decision::Accepted, Rollup::Root, 1),
        (Decision::Rejected, Rollup::Root, 0),
    ] {
        let atlas = proposed(decision);
        assert_eq!(atlas.default_rollup(), RolledUp::By(rollup), "{decision:?}");
        assert_eq!(atlas.users_of(atlas.org("SEGOB")).len(), users, "{decision:?}");
        assert_eq!(atlas.users_of(atlas.org("CONAPO")).len(), 1);
    }
}

#[test]
fn the_default_is_named_by_what_it_did_with_every_claim() {
    let mut rows = answering(&["Uno", "Dos"]);
    rows.organisations.extend(["SEGOB", "CONAPO", "SCT", "IMT"].map(organisation));
    let uses = |at: &str, user: &str, body: &str, stated: &str| UseClaimRow {
        stated_publisher: Some(id("org", stated)),
        ..claim(at, user, TargetRow::Publisher(id("org", body)))
    };
    rows.use_claims = vec![uses("0", "Uno", "CONAPO", "SEGOB"), uses("1", "Dos", "IMT", "SCT")];
    let named = |rows: &Rows, users: &[&str]| {
        let atlas = Atlas::build(rows.clone());
        atlas.rollup_of(None, &users.iter().map(|user| atlas.org(user).get()).collect())
    };
    assert_eq!(named(&rows, &["Uno", "Dos"]), RolledUp::By(Rollup::AsStated));
    // One body is decided: its user counts to the root, the other still as the survey states it.
    let accepted = |from, to| RelationRow { decision: Decision::Accepted, ..relation(from, to, RelationKind::PartOf) };
    rows.relations.push(accepted("CONAPO", "SEGOB"));
    assert_eq!(named(&rows, &["Uno", "Dos"]), RolledUp::AsDecided);
    assert_eq!(named(&rows, &["Uno"]), RolledUp::By(Rollup::Root));
    assert_eq!(named(&rows, &["Dos"]), RolledUp::By(Rollup::AsStated));
    rows.relations.push(accepted("IMT", "SCT"));
    assert_eq!(named(&rows, &["Uno", "Dos"]), RolledUp::By(Rollup::Root));
}

#[test]
fn a_chapter_counts_what_was_said_in_its_own_waves() {
    let mut rows = ground();
    rows.studies.push(crate::atlas::rows::StudyRow {
        id: id("study", "us"),
        slug: "od500-us".into(),
        chapter: "us".into(),
        ..study()
    });
    rows.waves.push(crate::atlas::rows::WaveRow { study: id("study", "us"), ..wave("third", "2015-01-01", &[]) });
    rows.organisations.extend(["Both", "Here", "There", "Silent"].map(organisation));
    let said = |word: &str, organisation: &str, body: &str, wave: Option<&str>| UseClaimRow {
        wave: wave.map(|wave| id("wave", wave)),
        ..claim(word, organisation, TargetRow::Publisher(id("org", body)))
    };
    rows.responses.extend([
        answered("Both", "first"),
        answered("Both", "third"),
        answered("Here", "first"),
        answered("There", "third"),
        answered("Silent", "first"),
        answered("Silent", "third"),
    ]);
    rows.use_claims.extend([
        said("a", "Both", "INEGI", Some("first")),
        said("b", "Both", "IFE", Some("third")),
        said("c", "Both", "CONAGUA", None),
        said("d", "Here", "INEGI", Some("second")),
        said("e", "There", "IFE", Some("third")),
        said("f", "Silent", "IFE", Some("third")),
    ]);
    let atlas = Atlas::build(rows);
    let of = |chapters: &[&str], publisher: Option<&str>| {
        let filter = Filter {
            chapter: chapters.iter().map(|word| (*word).to_owned()).collect(),
            publisher: publisher.into_iter().map(str::to_owned).collect(),
            with_predecessors: false,
            ..Filter::default()
        };
        let selection = atlas.select(&filter);
        let claims = selection.all_claims(&atlas).count();
        (atlas.names(&selection.organisations).join(" "), claims)
    };
    assert_eq!(
        of(&["mx"], None),
        ("Both Here Silent".to_owned(), 3),
        "what belongs to no wave belongs to all chapters"
    );
    assert_eq!(of(&["us"], None), ("Both Silent There".to_owned(), 4));
    assert_eq!(of(&["mx", "us"], None), ("Both Here Silent There".to_owned(), 6));
    assert_eq!(of(&["mx"], Some("ife")), (String::new(), 0), "the other chapter's word is not this one's");
    assert_eq!(of(&["us"], Some("ife")), ("Both Silent There".to_owned(), 3));
    assert_eq!(of(&["mx"], Some("inegi")), ("Both Here".to_owned(), 2));
    // A body says what each of its studies has; one study that is no choice is not worth a sentence.
    let said = |chapters: &[&str], body: &str| {
        let chapter = chapters.iter().map(|word| (*word).to_owned()).collect();
        let publisher = vec![body.to_owned()];
        let filter = Filter { chapter, publisher, with_predecessors: false, ..Filter::default() };
        let studies = crate::analysis::studies::users_by_study(&atlas, &filter);
        let sentence = crate::texts::studies::of_users(&atlas, &filter, &studies, Lang::EN);
        (studies.into_iter().map(|(_, users)| users).collect::<Vec<_>>(), sentence)
    };
    assert_eq!(said(&[], "conagua"), (vec![1, 1], Some("In 2 studies: Open Data 100 1, Open Data 100 1.".to_owned())));
    assert_eq!(said(&[], "inegi"), (vec![2], None));
    assert_eq!(said(&["mx"], "conagua"), (vec![1], Some("Open Data 100 alone.".to_owned())));
    assert_eq!(said(&["us"], "inegi"), (vec![], Some("Open Data 100 alone.".to_owned())));
    // Coverage, the list of waves and their facet are of the chapter's own waves too.
    let chapter = |word: &str| Filter { chapter: vec![word.to_owned()], ..Filter::default() };
    let named = |filter: &Filter| {
        let organisations = atlas.select(filter).organisations;
        let Coverage { answered, missing, .. } = atlas.coverage_of(filter, &organisations, Dimension::Publisher);
        (answered, missing.iter().sum::<u64>())
    };
    assert_eq!((named(&chapter("mx")), named(&chapter("us"))), ((2, 1), (3, 0)), "one named nobody in this chapter");
    assert_eq!(
        named(&Filter { wave: vec!["first".to_owned()], ..Filter::default() }),
        (1, 2),
        "one names a body in another wave"
    );
    let slug = |wave: crate::atlas::WaveIx| atlas.str(atlas.wave(wave).slug).to_owned();
    let others = |filter: &Filter| {
        atlas.elsewhere(filter).iter().map(|at| slug(crate::atlas::WaveIx::new(at))).collect::<Vec<_>>()
    };
    assert_eq!(others(&chapter("mx")), ["third"]);
    assert_eq!(others(&Filter { wave: vec!["third".to_owned()], ..Filter::default() }), ["first", "second"]);
    assert!(others(&Filter::default()).is_empty());
    let facet = atlas.facets(&chapter("mx"), &[Dimension::Wave]).remove(0);
    let waves = facet.values.iter().map(|value| (atlas.word_of(value.value), value.count)).collect::<Vec<_>>();
    assert_eq!(waves, [("first".to_owned(), 3), ("second".to_owned(), 1)], "whoever answered without a claim counts");
}

//! The atlas against a naive reading of the same rows, and what lists, cursors, search and maps promise.

mod order;
mod patch;

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::{
    AreaScheme, Attribute, ClaimStatus, CodeRole, Consent, Criticality, Decision, Grade, Missing, NameKind, Origin,
    RelationKind, SizeBand,
};
use proptest::prelude::*;

use super::fixture::{
    answered, area, assignment, claim, code, dataset, day, id, location, mini, organisation, relation, study, wave,
};
use super::rows::{DatasetRow, NameRow, OrganisationRow, RedirectRow, RelationRow, Rows, TargetRow, UseClaimRow};
use super::{Atlas, Coverage, Dimension, Filter, Found, Lang, OrgIx, Rollup, SearchKind, Value, View};
use crate::domain::draft::lang_text;

const BODIES: [&str; 4] = ["INEGI", "SEMARNAT", "CONAGUA", "IFE"];
const DATASETS: [(&str, &str); 4] =
    [("Censo", "INEGI"), ("Censo 2010", "INEGI"), ("Presas", "CONAGUA"), ("Lista", "IFE")];
const SECTORS: [&str; 3] = ["energy", "insurance", "education"];
const THEMES: [&str; 2] = ["water", "people"];
const SIZES: [SizeBand; 2] = [SizeBand::From1To10, SizeBand::Over10000];

/// Bodies, datasets, codes and waves without any reuser.
fn ground() -> Rows {
    let mut rows = Rows { as_of: day("2025-06-30"), ..Rows::default() };
    rows.organisations.extend(BODIES.map(organisation));
    rows.relations.push(relation("CONAGUA", "SEMARNAT", RelationKind::PartOf));
    rows.relations.push(relation("IFE", "INEGI", RelationKind::SucceededBy));
    rows.datasets.extend(DATASETS.map(|(title, publisher)| dataset(title, publisher)));
    rows.datasets[0].is_series = true;
    rows.datasets[1].series = Some((id("dataset", "Censo"), Decision::Accepted));
    rows.dataset_codes.push((id("dataset", "Presas"), id("od500_data_type", "water")));
    rows.codes.extend(SECTORS.iter().zip(0..).map(|(word, at)| code("od500_category", word, at)));
    rows.codes.extend(THEMES.iter().zip(0..).map(|(word, at)| code("od500_data_type", word, at)));
    rows.areas.push(area(AreaScheme::Country, "MX", None));
    rows.areas.push(area(AreaScheme::Subdivision, "MX-JAL", Some("MX")));
    rows.studies.push(study());
    rows.waves.push(wave("first", "2014-01-01", &[Attribute::Size]));
    rows.waves.push(wave("second", "2024-01-01", &[]));
    rows
}

/// A claim in few numbers.
#[derive(Clone, Debug)]
struct Said {
    organisation: usize,
    target: usize,
    grade: Grade,
    criticality: Criticality,
    wave: Option<usize>,
    accepted: bool,
    via: bool,
    recovered: bool,
    stated: Option<usize>,
}

/// An organisation in few numbers.
#[derive(Clone, Debug)]
struct Told {
    sector: Option<usize>,
    size: Option<usize>,
    area: bool,
    answered: Option<usize>,
    consent: bool,
}

fn saids() -> impl Strategy<Value = Vec<Said>> {
    let one = (
        0..7_usize,
        0..10_usize,
        prop::sample::select(Grade::ALL.to_vec()),
        prop::sample::select(Criticality::ALL.to_vec()),
        prop::option::of(0..2_usize),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.1),
        prop::option::of(0..4_usize),
    );
    let said = one.prop_map(|(organisation, target, grade, criticality, wave, accepted, via, recovered, stated)| {
        Said { organisation, target, grade, criticality, wave, accepted, via, recovered, stated }
    });
    prop::collection::vec(said, 0..24)
}

fn tolds() -> impl Strategy<Value = Vec<Told>> {
    let one = (
        prop::option::of(0..3_usize),
        prop::option::of(0..2_usize),
        any::<bool>(),
        prop::option::of(0..2_usize),
        prop::bool::weighted(0.8),
    );
    let told = one.prop_map(|(sector, size, area, answered, consent)| Told { sector, size, area, answered, consent });
    prop::collection::vec(told, 6)
}

fn words(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let some = prop::sample::subsequence(pool.to_vec(), 0..=2.min(pool.len()));
    prop_oneof![
        2 => Just(Vec::new()),
        1 => some.prop_map(|words| words.into_iter().map(str::to_owned).collect()),
    ]
}

fn filters() -> impl Strategy<Value = Filter> {
    let properties = (
        words(&["energy", "insurance", "unknown", "nothing"]),
        words(&["1-10", "10001+", "unknown:no_answer", "unknown"]),
        words(&["MX", "MX-JAL", "unknown"]),
        words(&["mx"]),
    );
    let of_claims = (
        words(&["inegi", "semarnat", "conagua", "ife", "unknown"]),
        words(&["censo", "censo-2010", "presas", "unknown"]),
        words(&["water", "people"]),
        words(&["first", "second"]),
        prop_oneof![2 => Just(Vec::new()), 1 => Just(vec![Grade::A, Grade::D])],
        prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![Criticality::Core])],
    );
    let switches = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    (properties, of_claims, switches).prop_map(|(properties, of_claims, switches)| {
        let (sector, size, area, chapter) = properties;
        let (publisher, dataset, theme, wave, grade, criticality) = of_claims;
        let (with_descendants, with_predecessors, include_recovered) = switches;
        Filter {
            chapter,
            wave,
            sector,
            area,
            publisher,
            with_descendants,
            with_predecessors,
            dataset,
            theme,
            size,
            grade,
            criticality,
            include_recovered,
            ..Filter::default()
        }
    })
}

fn name(at: usize) -> String {
    // The last one is a body that uses data itself.
    if at == 6 { "INEGI".to_owned() } else { format!("O{at}") }
}

fn rows_of(tolds: &[Told], saids: &[Said]) -> Rows {
    let mut rows = ground();
    for (at, told) in tolds.iter().enumerate() {
        let name = name(at);
        let consent = if told.consent { Consent::Yes } else { Consent::No };
        let size_band = told.size.map(|size| SIZES[size]);
        rows.organisations.push(OrganisationRow { size_band, consent, ..organisation(&name) });
        if let Some(sector) = told.sector {
            let role = CodeRole::ReuseSectorPrimary;
            rows.organisation_codes.push(assignment(&name, "od500_category", SECTORS[sector], role));
        }
        if told.area {
            rows.locations.push(location(&name, Some("MX-JAL"), None));
        }
        if let Some(wave) = told.answered {
            rows.responses.push(answered(&name, ["first", "second"][wave]));
        }
    }
    for (at, said) in saids.iter().enumerate() {
        let target = match said.target {
            at @ 0..4 => TargetRow::Dataset(id("dataset", DATASETS[at].0)),
            at @ 4..8 => TargetRow::Publisher(id("org", BODIES[at - 4])),
            at => TargetRow::Theme(id("od500_data_type", THEMES[at - 8])),
        };
        rows.use_claims.push(UseClaimRow {
            grade: said.grade,
            criticality: said.criticality,
            wave: said.wave.map(|wave| id("wave", ["first", "second"][wave])),
            status: if said.accepted { ClaimStatus::Accepted } else { ClaimStatus::Disputed },
            via: said.via.then(|| id("org", "O0")),
            origin: if said.recovered { Origin::Recovered } else { Origin::Declared },
            stated_publisher: said.stated.map(|body| id("org", BODIES[body])),
            ..claim(&format!("{at:03}"), &name(said.organisation), target)
        });
    }
    rows
}

/// The same questions answered without any index.
struct Naive<'a> {
    tolds: &'a [Told],
    /// Claims that count, with whether figures take them when recovered ones are left out or in.
    current: Vec<&'a Said>,
}

impl<'a> Naive<'a> {
    fn new(tolds: &'a [Told], saids: &'a [Said]) -> Self {
        let mut newest: BTreeMap<(usize, usize, bool, bool), (usize, &Said)> = BTreeMap::new();
        for (at, said) in saids.iter().enumerate().filter(|(_, s)| s.accepted && s.grade != Grade::E) {
            let slot = newest.entry((said.organisation, said.target, said.via, said.recovered)).or_insert((at, said));
            let rank = |at: usize, said: &Said| {
                let number: entity::id::UseClaimId = id("claim", &format!("{at:03}"));
                (std::cmp::Reverse(said.wave), said.grade, number)
            };
            if rank(at, said) < rank(slot.0, slot.1) {
                *slot = (at, said);
            }
        }
        Self { tolds, current: newest.into_values().map(|(_, said)| said).collect() }
    }

    fn reusers(&self) -> BTreeSet<usize> {
        let answered = (0..6).filter(|&org| self.tolds[org].answered.is_some());
        answered.chain(self.current.iter().map(|said| said.organisation)).collect()
    }

    fn listed(&self, org: usize) -> bool {
        org == 6 || self.tolds[org].consent
    }

    fn dataset(said: &Said) -> Option<&'static str> {
        DATASETS.get(said.target).map(|(title, _)| *title)
    }

    fn publisher(said: &Said) -> Option<&'static str> {
        match said.target {
            at @ 0..4 => Some(DATASETS[at].1),
            at @ 4..8 => Some(BODIES[at - 4]),
            _ => None,
        }
    }

    fn figures(&self, org: usize, recovered: bool) -> impl Iterator<Item = &'a Said> {
        let own = self.current.iter().copied().filter(move |said| said.organisation == org);
        own.filter(move |said| {
            !said.via && (recovered || !said.recovered) && Self::publisher(said) != Some(name(org).as_str())
        })
    }

    /// The bodies that stand for one, by what the relations of `ground` say.
    fn below(body: &str, descendants: bool, predecessors: bool) -> Vec<&'static str> {
        match body {
            "SEMARNAT" if descendants => vec!["SEMARNAT", "CONAGUA"],
            "INEGI" if predecessors => vec!["INEGI", "IFE"],
            body => BODIES.into_iter().filter(|of| *of == body).collect(),
        }
    }

    fn value_passes(dimension: Dimension, filter: &Filter, said: &Said) -> bool {
        let words = filter.words(dimension);
        match dimension {
            Dimension::Publisher => words.iter().any(|word| {
                let body = word.to_uppercase();
                let below = Self::below(&body, filter.with_descendants, filter.with_predecessors);
                let named = Self::publisher(said);
                // Relations of SEMARNAT and CONAGUA have been decided, those of INEGI and IFE need none.
                let decided = |body: &str| ["SEMARNAT", "CONAGUA"].contains(&body);
                let stated = said.stated.map(|at| BODIES[at]).filter(|stated| {
                    filter.with_descendants && !decided(stated) && named.is_some_and(|named| !decided(named))
                });
                named.is_some_and(|named| below.contains(&named)) || stated.is_some_and(|of| below.contains(&of))
            }),
            Dimension::Dataset => {
                Self::dataset(said).is_some_and(|title| words.contains(&crate::domain::text::slug("es", title)))
            }
            Dimension::Theme => words.iter().any(|word| match said.target {
                2 => word == "water",
                at @ 8..10 => word == THEMES[at - 8],
                _ => false,
            }),
            Dimension::Wave => said.wave.is_some_and(|at| words.contains(&["first", "second"][at].to_owned())),
            _ => true,
        }
    }

    fn missing(&self, org: usize, asked_in_first: bool) -> Missing {
        let answered = self.tolds.get(org).and_then(|told| told.answered);
        if asked_in_first && answered == Some(0) { Missing::NoAnswer } else { Missing::NotAsked }
    }

    fn unknown(&self, org: usize, dimension: Dimension, word: &str) -> bool {
        let without = match dimension {
            Dimension::Publisher => !self.figures(org, false).any(|said| Self::publisher(said).is_some()),
            Dimension::Dataset => !self.figures(org, false).any(|said| Self::dataset(said).is_some()),
            Dimension::Sector => self.tolds.get(org).is_none_or(|told| told.sector.is_none()),
            Dimension::Size => self.tolds.get(org).is_none_or(|told| told.size.is_none()),
            Dimension::Area => self.tolds.get(org).is_none_or(|told| !told.area),
            _ => false,
        };
        let code = self.missing(org, dimension == Dimension::Size);
        without && (word == "unknown" || word.strip_prefix("unknown:") == Some(code.as_str()))
    }

    fn property_passes(&self, org: usize, dimension: Dimension, words: &[String]) -> bool {
        let told = self.tolds.get(org);
        words.iter().any(|word| match dimension {
            Dimension::Sector => told.and_then(|told| told.sector).is_some_and(|at| SECTORS[at] == word),
            Dimension::Size => told.and_then(|told| told.size).is_some_and(|at| SIZES[at].as_str() == word),
            Dimension::Area => told.is_some_and(|told| told.area) && (word == "MX" || word == "MX-JAL"),
            Dimension::Chapter => {
                let answered = told.is_some_and(|told| told.answered.is_some());
                answered || self.current.iter().any(|said| said.organisation == org && said.wave.is_some())
            }
            _ => false,
        } || self.unknown(org, dimension, word))
    }

    /// Whether an organisation matches; `without` leaves one dimension's condition out.
    fn matches(&self, org: usize, filter: &Filter, without: Option<Dimension>) -> bool {
        let properties = [Dimension::Sector, Dimension::Size, Dimension::Area, Dimension::Chapter];
        let fits = properties.into_iter().filter(|of| Some(*of) != without).all(|dimension| {
            let words = filter.words(dimension);
            words.is_empty() || self.property_passes(org, dimension, words)
        });
        fits && self.claims_match(org, filter, without)
    }

    fn claims_match(&self, org: usize, filter: &Filter, without: Option<Dimension>) -> bool {
        let dimensions: Vec<Dimension> = [Dimension::Publisher, Dimension::Dataset, Dimension::Theme, Dimension::Wave]
            .into_iter()
            .filter(|of| Some(*of) != without && !filter.words(*of).is_empty())
            .collect();
        let by_grade = !filter.grade.is_empty() && without != Some(Dimension::Grade);
        let plain = dimensions.is_empty() && !by_grade && filter.criticality.is_empty();
        let is_unknown = |dimension: Dimension| filter.words(dimension).iter().any(|w| self.unknown(org, dimension, w));
        let answered = self.tolds.get(org).and_then(|told| told.answered).map(|at| ["first", "second"][at].to_owned());
        let alone = !by_grade
            && filter.criticality.is_empty()
            && dimensions.iter().all(|&dimension| {
                is_unknown(dimension)
                    || dimension == Dimension::Wave && answered.as_ref().is_some_and(|wave| filter.wave.contains(wave))
            });
        plain || alone || self.matching(org, filter, without).next().is_some()
    }

    fn matching(&self, org: usize, filter: &Filter, without: Option<Dimension>) -> impl Iterator<Item = &'a Said> {
        self.figures(org, filter.include_recovered).filter(move |said| {
            let of_words = [Dimension::Publisher, Dimension::Dataset, Dimension::Theme, Dimension::Wave];
            of_words.into_iter().filter(|of| Some(*of) != without).all(|dimension| {
                let words = filter.words(dimension);
                words.is_empty()
                    || Self::value_passes(dimension, filter, said)
                    || words.iter().any(|word| self.unknown(org, dimension, word))
            }) && (filter.grade.is_empty() || without == Some(Dimension::Grade) || filter.grade.contains(&said.grade))
                && (filter.criticality.is_empty() || filter.criticality.contains(&said.criticality))
        })
    }

    fn select(&self, filter: &Filter, without: Option<Dimension>) -> Vec<usize> {
        self.reusers().into_iter().filter(|&org| self.listed(org) && self.matches(org, filter, without)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn filters_and_facets_agree_with_a_naive_reading(tolds in tolds(), saids in saids(), filter in filters()) {
        let atlas = Atlas::build(rows_of(&tolds, &saids));
        let naive = Naive::new(&tolds, &saids);
        prop_assert_eq!(atlas.skipped, 0);

        let selection = atlas.select(&filter);
        let mut expected: Vec<String> = naive.select(&filter, None).into_iter().map(name).collect();
        expected.sort();
        prop_assert_eq!(atlas.names(&selection.organisations), expected);
        let claims: usize = naive.select(&filter, None).into_iter().map(|org| naive.matching(org, &filter, None).count()).sum();
        prop_assert_eq!(selection.all_claims(&atlas).count(), claims);

        let whole = Filter { with_descendants: true, with_predecessors: true, ..filter.clone() };
        for row in &atlas.facets(&whole, &[Dimension::Publisher])[0].values {
            let chosen = Filter { publisher: vec![atlas.word_of(row.value)], ..whole.clone() };
            prop_assert_eq!(atlas.select(&chosen).organisations.len(), row.count, "{:?}", row.value);
        }

        let facets = atlas.facets(&filter, &[Dimension::Sector, Dimension::Size, Dimension::Area, Dimension::Dataset, Dimension::Grade]);
        for facet in &facets {
            let others = naive.select(&filter, Some(facet.dimension));
            for row in &facet.values {
                let count = others.iter().filter(|&&org| match row.value {
                    Value::Unknown(code) => naive.unknown(org, facet.dimension, &format!("unknown:{}", code.as_str())),
                    Value::Dataset(_) | Value::Grade(_) => {
                        let word = atlas.word_of(row.value);
                        naive.matching(org, &filter, Some(facet.dimension)).any(|said| match row.value {
                            Value::Grade(grade) => said.grade == grade,
                            _ => Naive::dataset(said).is_some_and(|title| crate::domain::text::slug("es", title) == word),
                        })
                    }
                    value => naive.property_passes(org, facet.dimension, &[atlas.word_of(value)]),
                }).count();
                prop_assert_eq!(row.count, count as u64, "{:?} {:?}", facet.dimension, row.value);
            }
            // What a facet promises is what choosing that value alone gives.
            for row in facet.values.iter().filter(|row| facet.dimension != Dimension::Grade && row.count > 0) {
                let mut chosen = filter.clone();
                *chosen.words_mut(facet.dimension).unwrap() = vec![atlas.word_of(row.value)];
                prop_assert_eq!(atlas.select(&chosen).organisations.len(), row.count, "{:?}", row.value);
            }
            let missing: u64 = facet.coverage.missing.iter().sum();
            if facet.dimension.has_unknown() {
                prop_assert_eq!(facet.coverage.answered + missing, others.len() as u64);
            }
        }
    }

    #[test]
    fn flows_sum_to_users(tolds in tolds(), saids in saids(), rollup in prop::sample::select(Rollup::ALL.to_vec())) {
        use crate::analysis::{concentration::bodies, flow::{Level, Node, flow}};
        let atlas = Atlas::build(rows_of(&tolds, &saids));
        let filter = Filter { rollup: Some(rollup), ..Filter::default() };
        let flow = flow(&atlas, &filter, &[Level::Publisher, Level::Sector], None);
        let users = bodies(&atlas, &atlas.select(&filter), Some(rollup));
        prop_assert_eq!(flow.links, users.iter().map(|(_, users)| users).sum::<u64>());
        for (body, users) in users {
            let cells = flow.cells.iter().filter(|cell| cell.from == Node::Body(body));
            prop_assert_eq!(cells.map(|cell| cell.organisations).sum::<u64>(), users);
        }
    }
}

/// Organisations that answered, by name.
fn answering(names: &[&str]) -> Rows {
    let mut rows = ground();
    rows.organisations.extend(names.iter().map(|name| organisation(name)));
    rows.responses.extend(names.iter().map(|name| answered(name, "first")));
    rows
}

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
fn moved_slugs_lead_to_the_record() {
    // Invariant I13: a merged organisation redirects.
    let mut rows = answering(&["Grupo Uno"]);
    let target = rows.organisations.last().unwrap().id.0;
    rows.redirects.push(RedirectRow { kind: "organisation".to_owned(), slug: "uno-sa".to_owned(), target });
    let atlas = Atlas::build(rows);
    assert_eq!(atlas.organisation_by_slug("uno-sa"), atlas.organisation_by_slug("grupo-uno"));
    assert!(atlas.organisation_by_slug("uno-sa").is_some());
    assert_eq!(atlas.dataset_by_slug("uno-sa"), None);
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
        assert_eq!(atlas.default_rollup(), rollup, "{decision:?}");
        assert_eq!(atlas.users_of(atlas.org("SEGOB")).len(), users, "{decision:?}");
        assert_eq!(atlas.users_of(atlas.org("CONAPO")).len(), 1);
    }
}

#[test]
fn a_word_of_any_length_can_be_searched() {
    let mut rows = ground();
    rows.organisations.push(organisation("Acme"));
    let atlas = Atlas::build(rows);
    for length in [1, 63, 64, 65, 255, 256, 300, 20_000] {
        assert_eq!(atlas.find(&"a".repeat(length), 5, &[]).hits.len(), 0, "{length}");
    }
}

#[test]
fn search_finds_as_one_types() {
    let mut rows = answering(&["Buendía & Laredo", "Laredo Datos", "Índice Ciudadano"]);
    for (text, kind) in
        [("Instituto Nacional de Estadística y Geografía", NameKind::Legal), ("Estadística Nacional", NameKind::Former)]
    {
        let (organisation, lang) = (id("org", "INEGI"), "es".to_owned());
        rows.names.push(NameRow { organisation, text: text.to_owned(), lang, kind, valid_from: None, valid_to: None });
    }
    rows.use_claims.push(claim("0", "Laredo Datos", TargetRow::Dataset(id("dataset", "Presas"))));
    let atlas = Atlas::build(rows);
    let titles = |text: &str, kinds: &[SearchKind]| -> Vec<String> {
        let hits = atlas.find(text, 10, kinds).hits;
        hits.iter().map(|hit| hit.title(&atlas, Lang::ES).value.to_owned()).collect()
    };
    assert_eq!(titles("buendia", &[]), ["Buendía & Laredo"]);
    assert_eq!(titles("ÍND", &[]), ["Índice Ciudadano"]);
    // A name that begins so comes before one that has the word.
    assert_eq!(titles("laredo", &[]), ["Laredo Datos", "Buendía & Laredo"]);
    assert_eq!(titles("laredo bue", &[]), ["Buendía & Laredo"]);
    assert_eq!(titles("estadistica nac", &[SearchKind::Publisher]), ["INEGI"]);
    assert_eq!(titles("presas", &[SearchKind::Dataset]), ["Presas"]);
    assert_eq!(titles("energy", &[]), ["energy"]);
    assert!(titles("", &[]).is_empty());
    let former = atlas.find("estadística nacional", 1, &[]).hits[0];
    assert_eq!(
        (former.found, atlas.str(former.matched)),
        (Found::Publisher(atlas.org("INEGI")), "Estadística Nacional")
    );
    // A slip of one letter is forgiven where nothing else matches.
    let slip = atlas.find("buemdia", 5, &[]);
    assert!(slip.corrected);
    assert_eq!(slip.hits[0].title(&atlas, Lang::ES).value, "Buendía & Laredo");
    let filter = Filter { text: Some("laredo".to_owned()), ..Filter::default() };
    assert_eq!(atlas.names(&atlas.select(&filter).organisations), ["Buendía & Laredo", "Laredo Datos"]);
}

#[test]
fn maps_gather_coincident_and_crowded_points() {
    let atlas = mini().atlas();
    let all = atlas.select(&Filter::default());
    let map = atlas.map_points(&all, View::default());
    assert!(map.points.organisation.is_empty(), "three share Guadalajara, two the capital");
    let mut counts = map.symbols.count.clone();
    counts.sort_unstable();
    assert_eq!((counts, map.placed, map.unplaced), (vec![2, 3], 5, 0));
    assert!(map.symbols.coincident.iter().all(|coincident| *coincident));
    let areas: Vec<(String, u64)> =
        map.areas.iter().map(|&(area, count)| (atlas.word_of(Value::Area(area)), count)).collect();
    assert_eq!(areas, [("MX-CMX".to_owned(), 2), ("MX-JAL".to_owned(), 3)]);
    let codes = |map: &super::MapPoints| -> Vec<Vec<String>> {
        let code = |&area: &super::AreaIx| atlas.word_of(Value::Area(area));
        map.symbols.areas.iter().map(|areas| areas.iter().map(code).collect()).collect()
    };
    assert!(map.symbols.area.iter().all(Option::is_some));
    assert!(codes(&map).iter().all(|areas| areas.len() == 1));
    let west = View { bbox: Some([-104.0, 20.0, -103.0, 21.0]), zoom: None };
    assert_eq!(atlas.map_points(&all, west).placed, 3);
    let filter = Filter { bbox: Some([-104.0, 20.0, -103.0, 21.0]), ..Filter::default() };
    assert_eq!(atlas.names(&atlas.select(&filter).organisations), ["O1", "O3", "O5"]);

    let names: Vec<String> = (0..40).map(|at| format!("P{at:02}")).collect();
    let mut rows = answering(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (at, name) in names.iter().enumerate() {
        // Along the antimeridian, half a degree apart.
        let longitude = 170.0 + at as f64 * 0.5;
        let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
        rows.locations.push(location(name, None, Some((10.0, longitude))));
    }
    let atlas = Atlas::build(rows);
    let all = atlas.select(&Filter::default());
    let total = |view| {
        let map = atlas.map_points(&all, view);
        let symbols: u32 = map.symbols.count.iter().sum();
        (map.points.organisation.len() as u32 + symbols, map.symbols.count.len())
    };
    assert_eq!(total(View::default()), (40, 0));
    let (placed, symbols) = total(View { bbox: None, zoom: Some(0.0) });
    assert_eq!(placed, 40);
    assert!((1..=3).contains(&symbols), "{symbols}");
    assert_eq!(total(View { bbox: None, zoom: Some(12.0) }), (40, 0));
    let across = View { bbox: Some([179.0, 0.0, -179.0, 20.0]), zoom: None };
    assert_eq!(atlas.map_points(&all, across).placed, 5);
}

#[test]
fn a_crowd_of_several_areas_has_them_all_those_with_most_first() {
    let names: Vec<String> = (0..10).map(|at| format!("P{at:02}")).collect();
    let mut rows = answering(&names.iter().map(String::as_str).collect::<Vec<_>>());
    rows.areas.push(area(AreaScheme::Subdivision, "MX-COL", Some("MX")));
    for (at, name) in names.iter().enumerate() {
        let area = ["MX-COL", "MX-JAL"][usize::from(at >= 3)];
        rows.locations.push(location(name, Some(area), Some((19.4 + at as f64 * 0.001, -103.7))));
    }
    let atlas = Atlas::build(rows);
    let view = View { bbox: None, zoom: Some(3.0) };
    let symbols = atlas.map_points(&atlas.select(&Filter::default()), view).symbols;
    assert_eq!((symbols.count, symbols.area), (vec![10], vec![None]));
    let codes: Vec<String> = symbols.areas[0].iter().map(|&area| atlas.word_of(Value::Area(area))).collect();
    assert_eq!(codes, ["MX-JAL", "MX-COL"]);
}

#[test]
fn equal_filters_have_equal_strings() {
    let filter = |sector: [&str; 2]| Filter { sector: sector.map(str::to_owned).to_vec(), ..Filter::default() };
    assert_eq!(filter(["b", "a"]).canonical(), filter(["a", "b"]).canonical());
    assert_eq!(filter(["b", "a"]).canonical(), "sector=a%2Cb");
    assert!(Filter::default().is_empty());
    let atlas = mini().atlas();
    let odd = Filter { sector: vec!["energy".into(), "nothing".into()], ..Filter::default() };
    assert_eq!(atlas.check(&odd), Err(crate::atlas::Refusal::new("sector", "nothing", crate::atlas::Fault::Unknown)));
    assert!(atlas.organisations().all(|org: OrgIx| atlas.organisation_by_id(atlas.organisation(org).id) == Some(org)));
}

#[test]
fn a_chapter_counts_what_was_said_in_its_own_waves() {
    let mut rows = ground();
    rows.studies.push(super::rows::StudyRow {
        id: id("study", "us"),
        slug: "od500-us".into(),
        chapter: "us".into(),
        ..study()
    });
    rows.waves.push(super::rows::WaveRow { study: id("study", "us"), ..wave("third", "2015-01-01", &[]) });
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
    // Coverage, the list of waves and their facet are of the chapter's own waves too.
    let chapter = |word: &str| Filter { chapter: vec![word.to_owned()], ..Filter::default() };
    let named = |filter: &Filter| {
        let organisations = atlas.select(filter).organisations;
        let Coverage { answered, missing, .. } = atlas.coverage_of(filter, &organisations, Dimension::Publisher);
        (answered, missing.iter().sum::<u64>())
    };
    assert_eq!((named(&chapter("mx")), named(&chapter("us"))), ((2, 1), (3, 0)), "one named nobody in this chapter");
    assert_eq!(named(&Filter { wave: vec!["first".to_owned()], ..Filter::default() }), (2, 1), "nor in its waves");
    let slug = |wave: super::WaveIx| atlas.str(atlas.wave(wave).slug).to_owned();
    let others =
        |filter: &Filter| atlas.elsewhere(filter).iter().map(|at| slug(super::WaveIx::new(at))).collect::<Vec<_>>();
    assert_eq!(others(&chapter("mx")), ["third"]);
    assert_eq!(others(&Filter { wave: vec!["third".to_owned()], ..Filter::default() }), ["first", "second"]);
    assert!(others(&Filter::default()).is_empty());
    let facet = atlas.facets(&chapter("mx"), &[Dimension::Wave]).remove(0);
    let waves = facet.values.iter().map(|value| (atlas.word_of(value.value), value.count)).collect::<Vec<_>>();
    assert_eq!(waves, [("first".to_owned(), 3), ("second".to_owned(), 1)], "whoever answered without a claim counts");
}

#[test]
fn an_acronym_that_two_bodies_bear_names_neither() {
    let mut rows = ground();
    for (body, acronym) in [("IFE", "IN"), ("INEGI", "FED"), ("CONAGUA", "Fed")] {
        rows.names.push(NameRow {
            organisation: id("org", body),
            text: acronym.to_owned(),
            lang: "es".to_owned(),
            kind: NameKind::Acronym,
            valid_from: None,
            valid_to: None,
        });
    }
    let atlas = Atlas::build(rows);
    assert_eq!(atlas.own_acronym(atlas.org("IFE")), Some("IN"));
    assert_eq!(atlas.short_name(atlas.org("IFE"), Lang::ES), "IFE", "a name that is short needs no acronym");
    assert_eq!(atlas.own_acronym(atlas.org("INEGI")), None);
    assert_eq!(atlas.own_acronym(atlas.org("CONAGUA")), None);
}

//! The atlas against a reading of the same rows without any index.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::{
    AreaScheme, Attribute, ClaimStatus, CodeRole, Consent, Criticality, Decision, Grade, Missing, Origin, RelationKind,
    SizeBand,
};
use proptest::prelude::*;

use crate::atlas::fixture::{
    answered, area, assignment, claim, code, dataset, day, id, location, organisation, relation, study, wave,
};
use crate::atlas::rows::{OrganisationRow, Rows, StudyRow, TargetRow, UseClaimRow};
use crate::atlas::{Atlas, Dimension, Filter, Rollup, Value};

const BODIES: [&str; 4] = ["INEGI", "SEMARNAT", "CONAGUA", "IFE"];
const DATASETS: [(&str, &str); 4] =
    [("Censo", "INEGI"), ("Censo 2010", "INEGI"), ("Presas", "CONAGUA"), ("Lista", "IFE")];
const SECTORS: [&str; 3] = ["energy", "insurance", "education"];
const THEMES: [&str; 2] = ["water", "unspecified"];
const SIZES: [SizeBand; 2] = [SizeBand::From1To10, SizeBand::Over10000];

/// Bodies, datasets, codes and waves without any reuser.
pub(super) fn ground() -> Rows {
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
pub(super) struct Said {
    pub(super) organisation: usize,
    pub(super) target: usize,
    pub(super) grade: Grade,
    pub(super) criticality: Criticality,
    pub(super) wave: Option<usize>,
    pub(super) accepted: bool,
    pub(super) via: bool,
    pub(super) recovered: bool,
    pub(super) stated: Option<usize>,
}

/// An organisation in few numbers.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) sector: Option<usize>,
    pub(super) size: Option<usize>,
    pub(super) area: bool,
    pub(super) answered: Option<usize>,
    pub(super) consent: bool,
}

pub(super) fn saids() -> impl Strategy<Value = Vec<Said>> {
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

pub(super) fn tolds() -> impl Strategy<Value = Vec<Told>> {
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

pub(super) fn words(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let some = prop::sample::subsequence(pool.to_vec(), 0..=2.min(pool.len()));
    prop_oneof![
        2 => Just(Vec::new()),
        1 => some.prop_map(|words| words.into_iter().map(str::to_owned).collect()),
    ]
}

pub(super) fn filters() -> impl Strategy<Value = Filter> {
    let properties = (
        words(&["energy", "insurance", "unknown", "nothing"]),
        words(&["1-10", "10001+", "unknown:no_answer", "unknown"]),
        words(&["MX", "MX-JAL", "unknown"]),
        words(&["mx"]),
    );
    let of_claims = (
        words(&["inegi", "semarnat", "conagua", "ife", "unknown", "unspecified"]),
        words(&["censo", "censo-2010", "presas", "unknown"]),
        words(&["water", "unspecified"]),
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

pub(super) fn name(at: usize) -> String {
    // The last one is a body that uses data itself.
    if at == 6 { "INEGI".to_owned() } else { format!("O{at}") }
}

pub(super) fn rows_of(tolds: &[Told], saids: &[Said]) -> Rows {
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
    /// The chapters of the two waves.
    chapters: [&'static str; 2],
    /// Claims that count in the wave they were made in.
    countable: Vec<(usize, &'a Said)>,
    /// The newest of them of each use.
    current: Vec<&'a Said>,
}

impl<'a> Naive<'a> {
    fn new(tolds: &'a [Told], saids: &'a [Said], chapters: [&'static str; 2]) -> Self {
        let countable = saids.iter().enumerate().filter(|(_, s)| s.accepted && s.grade != Grade::E).collect();
        let mut naive = Self { tolds, chapters, countable, current: Vec::new() };
        naive.current = naive.newest(|_| true);
        naive
    }

    /// The newest claim of each use among some.
    fn newest(&self, among: impl Fn(&Said) -> bool) -> Vec<&'a Said> {
        let mut newest: BTreeMap<(usize, usize, bool, bool), (usize, &Said)> = BTreeMap::new();
        for &(at, said) in self.countable.iter().filter(|(_, said)| among(said)) {
            let slot = newest.entry((said.organisation, said.target, said.via, said.recovered)).or_insert((at, said));
            let rank = |at: usize, said: &Said| {
                let number: entity::id::UseClaimId = id("claim", &format!("{at:03}"));
                (std::cmp::Reverse(said.wave), said.grade, number)
            };
            if rank(at, said) < rank(slot.0, slot.1) {
                *slot = (at, said);
            }
        }
        newest.into_values().map(|(_, said)| said).collect()
    }

    /// Whether a claim is of the waves that a filter leaves.
    fn is_of_waves(&self, filter: &Filter, without: Option<Dimension>, said: &Said) -> bool {
        let by_wave = !filter.wave.is_empty() && without != Some(Dimension::Wave);
        (!by_wave || Self::value_passes(Dimension::Wave, filter, said)) && self.is_of_chapters(filter, said)
    }

    fn is_of_chapters(&self, filter: &Filter, said: &Said) -> bool {
        let is_chosen = |wave: usize| filter.chapter.iter().any(|chapter| chapter == self.chapters[wave]);
        filter.chapter.is_empty() || said.wave.is_none_or(is_chosen)
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
        self.current.iter().copied().filter(move |said| Self::may_figure(said, org, recovered))
    }

    fn may_figure(said: &Said, org: usize, recovered: bool) -> bool {
        let of_others = Self::publisher(said) != Some(name(org).as_str());
        said.organisation == org && !said.via && (recovered || !said.recovered) && of_others
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
            // That a source does not specify the data is no theme, whatever code says it.
            Dimension::Theme => matches!(said.target, 2 | 8) && words.iter().any(|word| word == "water"),
            Dimension::Wave => said.wave.is_some_and(|at| words.contains(&["first", "second"][at].to_owned())),
            _ => true,
        }
    }

    /// Whether a filter leaves a wave in.
    fn is_named(&self, wave: usize, filter: &Filter) -> bool {
        let is_chosen = |words: &[String], word: &str| words.is_empty() || words.iter().any(|of| of == word);
        is_chosen(&filter.wave, ["first", "second"][wave]) && is_chosen(&filter.chapter, self.chapters[wave])
    }

    fn missing(&self, org: usize, filter: &Filter, asked_in_first: bool) -> Missing {
        let answered = self.tolds.get(org).and_then(|told| told.answered);
        // Who declared a use in a wave took part in it, whether its response is recorded or not.
        let mut own = self.countable.iter().filter(|(_, said)| said.organisation == org && !said.recovered);
        let took_part = answered == Some(0) || own.any(|(_, said)| said.wave == Some(0));
        if asked_in_first && took_part && self.is_named(0, filter) { Missing::NoAnswer } else { Missing::NotAsked }
    }

    fn unknown(&self, org: usize, filter: &Filter, dimension: Dimension, word: &str) -> bool {
        // What was said in waves that the filter leaves out is not known here.
        let says = |has: fn(&Said) -> bool| {
            let mut own = self.countable.iter().filter(|(_, said)| Self::may_figure(said, org, false));
            own.any(|(_, said)| has(said) && said.wave.is_none_or(|wave| self.is_named(wave, filter)))
        };
        let without = match dimension {
            Dimension::Publisher if word == "unspecified" => {
                let mut own = self.figures(org, false);
                let mut some = self.figures(org, false).filter(|said| said.target == 9);
                return some.next().is_some() && own.all(|said| Self::publisher(said).is_none());
            }
            Dimension::Publisher => !says(|said| Self::publisher(said).is_some() || said.target == 9),
            Dimension::Dataset => !says(|said| Self::dataset(said).is_some()),
            Dimension::Sector => self.tolds.get(org).is_none_or(|told| told.sector.is_none()),
            Dimension::Size => self.tolds.get(org).is_none_or(|told| told.size.is_none()),
            Dimension::Area => self.tolds.get(org).is_none_or(|told| !told.area),
            _ => false,
        };
        let code = self.missing(org, filter, dimension == Dimension::Size);
        without && (word == "unknown" || word.strip_prefix("unknown:") == Some(code.as_str()))
    }

    fn property_passes(&self, org: usize, filter: &Filter, dimension: Dimension, words: &[String]) -> bool {
        let told = self.tolds.get(org);
        words.iter().any(|word| match dimension {
            Dimension::Sector => told.and_then(|told| told.sector).is_some_and(|at| SECTORS[at] == word),
            Dimension::Size => told.and_then(|told| told.size).is_some_and(|at| SIZES[at].as_str() == word),
            Dimension::Area => told.is_some_and(|told| told.area) && (word == "MX" || word == "MX-JAL"),
            Dimension::Chapter => {
                let own = self.countable.iter().filter(|(_, said)| said.organisation == org);
                let waves = own.filter_map(|(_, said)| said.wave).chain(told.and_then(|told| told.answered));
                waves.into_iter().any(|wave| self.chapters[wave] == word)
            }
            _ => false,
        } || self.unknown(org, filter, dimension, word))
    }

    /// Whether an organisation matches; `without` leaves one dimension's condition out.
    fn matches(&self, org: usize, filter: &Filter, without: Option<Dimension>) -> bool {
        let properties = [Dimension::Sector, Dimension::Size, Dimension::Area, Dimension::Chapter];
        let fits = properties.into_iter().filter(|of| Some(*of) != without).all(|dimension| {
            let words = filter.words(dimension);
            words.is_empty() || self.property_passes(org, filter, dimension, words)
        });
        fits && self.claims_match(org, filter, without)
    }

    fn claims_match(&self, org: usize, filter: &Filter, without: Option<Dimension>) -> bool {
        let dimensions: Vec<Dimension> = [Dimension::Publisher, Dimension::Dataset, Dimension::Theme, Dimension::Wave]
            .into_iter()
            .filter(|of| Some(*of) != without && !filter.words(*of).is_empty())
            .collect();
        let by_grade = !filter.grade.is_empty() && without != Some(Dimension::Grade);
        // Of what a chapter asked it needs no claim.
        let plain = dimensions.is_empty() && !by_grade && filter.criticality.is_empty();
        let is_unknown = |dimension: Dimension| {
            filter.words(dimension).iter().any(|w| w != "unspecified" && self.unknown(org, filter, dimension, w))
        };
        let answered = self.tolds.get(org).and_then(|told| told.answered);
        let alone = !by_grade
            && filter.criticality.is_empty()
            && dimensions.iter().all(|&dimension| {
                is_unknown(dimension)
                    || dimension == Dimension::Wave && answered.is_some_and(|wave| self.is_named(wave, filter))
            });
        plain || alone || self.matching(org, filter, without).next().is_some()
    }

    fn matching(&self, org: usize, filter: &Filter, without: Option<Dimension>) -> impl Iterator<Item = &'a Said> {
        let figures = self.newest(|said| self.is_of_waves(filter, without, said)).into_iter();
        figures.filter(move |said| Self::may_figure(said, org, filter.include_recovered)).filter(move |said| {
            let of_words = [Dimension::Publisher, Dimension::Dataset, Dimension::Theme, Dimension::Wave];
            of_words.into_iter().filter(|of| Some(*of) != without).all(|dimension| {
                let words = filter.words(dimension);
                words.is_empty()
                    || Self::value_passes(dimension, filter, said)
                    || words.iter().any(|word| self.unknown(org, filter, dimension, word))
            }) && self.is_of_chapters(filter, said)
                && (filter.grade.is_empty() || without == Some(Dimension::Grade) || filter.grade.contains(&said.grade))
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
        let naive = Naive::new(&tolds, &saids, ["mx"; 2]);
        prop_assert_eq!(atlas.skipped, 0);

        let selection = atlas.select(&filter);
        let mut expected: Vec<String> = naive.select(&filter, None).into_iter().map(name).collect();
        expected.sort();
        prop_assert_eq!(atlas.names(&selection.organisations), expected);
        let claims: usize = naive.select(&filter, None).into_iter().map(|org| naive.matching(org, &filter, None).count()).sum();
        prop_assert_eq!(selection.all_claims(&atlas).count(), claims);

        for rollup in std::iter::once(None).chain(Rollup::ALL.map(Some)) {
            let whole = Filter { with_descendants: true, with_predecessors: true, rollup, ..filter.clone() };
            for row in &atlas.facets(&whole, &[Dimension::Publisher])[0].values {
                let chosen = Filter { publisher: vec![atlas.word_of(row.value)], ..whole.clone() };
                prop_assert_eq!(atlas.select(&chosen).organisations.len(), row.count, "{:?} {:?}", rollup, row.value);
            }
        }

        let facets = atlas.facets(&filter, &[Dimension::Sector, Dimension::Size, Dimension::Area, Dimension::Dataset, Dimension::Grade, Dimension::Wave]);
        for facet in &facets {
            let others = naive.select(&filter, Some(facet.dimension));
            let everybody = naive.select(&Filter::default(), None);
            for row in &facet.values {
                // A wave has also those whose use a newer one has said again.
                let among = if facet.dimension == Dimension::Wave { &everybody } else { &others };
                let count = among.iter().filter(|&&org| match row.value {
                    Value::Unknown(code) => naive.unknown(org, &filter, facet.dimension, &format!("unknown:{}", code.as_str())),
                    Value::Wave(_) => {
                        let chosen = Filter { wave: vec![atlas.word_of(row.value)], ..filter.clone() };
                        naive.matches(org, &chosen, None)
                    }
                    Value::Dataset(_) | Value::Grade(_) => {
                        let word = atlas.word_of(row.value);
                        naive.matching(org, &filter, Some(facet.dimension)).any(|said| match row.value {
                            Value::Grade(grade) => said.grade == grade,
                            _ => Naive::dataset(said).is_some_and(|title| crate::domain::text::slug("es", title) == word),
                        })
                    }
                    value => naive.property_passes(org, &filter, facet.dimension, &[atlas.word_of(value)]),
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
        // A facet and a count by the same have the same coverage, whatever else the filter asks.
        for dimension in Dimension::ALL {
            let mut others = filter.clone();
            match others.words_mut(dimension) {
                Some(words) => words.clear(),
                None => others.grade.clear(),
            }
            let counted = crate::analysis::counts::counts(&atlas, dimension, &others).figure;
            if counted.n > 0 {
                prop_assert_eq!(atlas.facets(&others, &[dimension])[0].coverage, counted.coverage, "{:?}", dimension);
            }
        }
    }

    /// What a study or a wave found stays what it found when another asks the same organisations again.
    #[test]
    fn a_study_keeps_its_uses_beside_a_newer_one(tolds in tolds(), saids in saids(), filter in filters()) {
        let mut rows = rows_of(&tolds, &saids);
        let other = StudyRow { id: id("study", "us"), slug: "us".to_owned(), chapter: "us".to_owned(), ..study() };
        rows.waves[1].study = other.id;
        rows.studies.push(other);
        let atlas = Atlas::build(rows);
        let naive = Naive::new(&tolds, &saids, ["mx", "us"]);
        for chapter in [filter.chapter.clone(), vec!["mx".to_owned()], vec!["us".to_owned()]] {
            let filter = Filter { chapter, ..filter.clone() };
            let selection = atlas.select(&filter);
            let mut expected: Vec<String> = naive.select(&filter, None).into_iter().map(name).collect();
            expected.sort();
            prop_assert_eq!(atlas.names(&selection.organisations), expected);
            let claims: usize = naive.select(&filter, None).into_iter().map(|org| naive.matching(org, &filter, None).count()).sum();
            prop_assert_eq!(selection.all_claims(&atlas).count(), claims);
        }
        // The newer study may be there or not: the older one has the same users of each body, by the same claims.
        let without: Vec<Said> = saids.iter().filter(|said| said.wave != Some(1)).cloned().collect();
        let silent: Vec<Told> = tolds.iter().map(|told| Told { answered: told.answered.filter(|&wave| wave == 0), ..told.clone() }).collect();
        let alone = Atlas::build(rows_of(&silent, &without));
        for body in BODIES {
            let filter = Filter { chapter: vec!["mx".to_owned()], publisher: vec![body.to_lowercase()], ..Filter::default() };
            let [with, before] = [&atlas, &alone].map(|atlas| atlas.names(&atlas.select(&filter).organisations));
            prop_assert_eq!(with, before, "{}", body);
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

/// An edition is counted by its series where both were said; a wave in which the series was not said counts the edition.
#[test]
fn a_wave_counts_editions_and_gaps_by_what_was_said_in_it() {
    let said = |organisation, target, wave| Said {
        organisation,
        target,
        grade: Grade::B,
        criticality: Criticality::Core,
        wave: Some(wave),
        accepted: true,
        via: false,
        recovered: false,
        stated: None,
    };
    let told = Told { sector: None, size: None, area: false, answered: Some(0), consent: true };
    // The first names an edition, then its series; the second a body, then a dataset of it.
    let saids = [said(0, 1, 0), said(0, 0, 1), said(1, 4, 0), said(1, 0, 1)];
    let atlas = Atlas::build(rows_of(&vec![told; 6], &saids));
    let of = |wave: &[&str]| Filter { wave: wave.iter().map(|&word| word.to_owned()).collect(), ..Filter::default() };
    let found = |wave: &[&str]| {
        let top = crate::analysis::top::top_datasets(&atlas, &of(wave));
        let selection = atlas.select(&of(wave));
        let named: Vec<u64> = top.rows.iter().map(|row| row.organisations).collect();
        (named, atlas.coverage_of(&of(wave), &selection.organisations, Dimension::Dataset).answered)
    };
    assert_eq!(found(&["first"]), (vec![1], 1), "the edition, which one of two names");
    assert_eq!(found(&["second"]), (vec![2], 2), "the series, of both");
    assert_eq!(found(&["first", "second"]), (vec![2], 2));
    assert_eq!(found(&[]), (vec![2], 2));
}

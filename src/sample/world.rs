//! What all organisations of a sample share: study, waves, sources, and a fictional state with its bodies
//! and datasets. Small enough to stay in memory whatever the number of organisations.

use super::data::dataset;
use super::demand;
use super::geography::Geography;
use super::pick::{Cumulative, between, chance, one, stream};
use super::study::{NOTE, both, day, partial, sources, study, wave};
use super::words::{self, PREDECESSORS, SECRETARIATS, SUBJECTS};
use super::{GENERATOR_VERSION, SOURCE};
use crate::domain::draft::demand::{FeedbackDraft, RequestDraft};
use crate::domain::draft::{
    BodyDraft, DatasetDraft, Decimal, Header, IdentifierDraft, ObservationDraft, RelationDraft, SubjectDraft,
};
use entity::vocabulary::{
    AreaScheme, DatePrecision, Decision, IdentifierScheme, ObservationStatus, OrganisationStatus, PublisherLevel,
    RelationKind, RowVisibility,
};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Streams of the seed: organisations use their index, the world what lies above.
const WORLD: u64 = 1 << 40;

/// What a claim may point at, with what the survey would state as its publisher.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Key of the dataset or body.
    pub(super) key: String,
    /// Key of the uppermost body.
    pub(super) root: String,
    /// Whether it is a series.
    pub(super) is_series: bool,
}

/// Bodies and datasets of a country, for choosing.
#[derive(Clone, Debug, Default)]
pub(super) struct Offer {
    /// Bodies.
    pub(super) bodies: Vec<Target>,
    /// Datasets, series and editions.
    pub(super) datasets: Vec<Target>,
    /// Weights of the bodies.
    pub(super) body_weights: Cumulative,
    /// Weights of the datasets.
    pub(super) dataset_weights: Cumulative,
}

/// The shared part of a sample.
#[derive(Debug)]
pub(super) struct World {
    /// Where organisations may be.
    pub(super) geography: Geography,
    /// What may be used, by country.
    pub(super) offers: Vec<Offer>,
    is_mexico_alone: bool,
    bodies: Vec<BodyDraft>,
    relations: Vec<RelationDraft>,
    datasets: Vec<DatasetDraft>,
    observations: Vec<ObservationDraft>,
    requests: Vec<RequestDraft>,
    feedback: Vec<FeedbackDraft>,
    /// Uppermost body of each body.
    roots: BTreeMap<String, String>,
}

impl World {
    pub(super) fn new(organisations: usize, seed: u64, countries: &[(&'static str, u64)]) -> Self {
        let mut rng = stream(seed, WORLD);
        let mut world = Self {
            geography: Geography::new(countries),
            offers: Vec::new(),
            is_mexico_alone: countries.len() == 1,
            bodies: Vec::new(),
            relations: Vec::new(),
            datasets: Vec::new(),
            observations: Vec::new(),
            requests: Vec::new(),
            feedback: Vec::new(),
            roots: BTreeMap::new(),
        };
        for country in 0..countries.len() {
            let (first, first_dataset) = (world.bodies.len(), world.datasets.len());
            if country == 0 {
                world.national_bodies();
            } else {
                world.foreign_bodies(country);
            }
            world.local_bodies(&mut rng, country, (organisations / 100).clamp(8, 120));
            for at in first..world.bodies.len() {
                world.make_datasets(&mut rng, at);
            }
            world.datasets[first_dataset..].sort_by_key(|dataset| dataset.series.is_some());
            let offer = world.offer(first, first_dataset);
            world.offers.push(offer);
            world.context(&mut rng, country);
        }
        world.requests = demand::requests(seed, organisations, &world.bodies, &world.datasets);
        world.feedback = demand::feedback(seed, &world.datasets);
        world
    }

    /// Everything but the organisations.
    pub(super) fn header(&self) -> Header {
        Header {
            source: SOURCE.to_owned(),
            chapter: SOURCE.to_owned(),
            importer_version: GENERATOR_VERSION.to_owned(),
            study: Some(study(self.is_mexico_alone)),
            waves: vec![wave(0), wave(1)],
            sources: sources(),
            bodies: self.bodies.clone(),
            relations: self.relations.clone(),
            datasets: self.datasets.clone(),
            observations: self.observations.clone(),
            requests: self.requests.clone(),
            feedback: self.feedback.clone(),
        }
    }

    /// Three levels of national bodies, and the predecessors of some.
    fn national_bodies(&mut self) {
        for (name, acronym, agencies) in SECRETARIATS {
            let level = if acronym == "IMEC" || acronym == "BIREM" {
                PublisherLevel::Autonomous
            } else {
                PublisherLevel::Federal
            };
            let top = self.add(name, Some(acronym), level, "MX", None);
            for (name, acronym, services) in agencies {
                let agency = self.add(name, Some(acronym), level, "MX", Some((&top, true)));
                for (name, acronym) in *services {
                    // Relations of the third level are what the survey says: nobody has accepted them yet.
                    self.add(name, Some(acronym), level, "MX", Some((&agency, acronym.len() % 2 == 0)));
                }
            }
        }
        for (name, acronym, successor, year) in PREDECESSORS {
            let key = self.add(name, Some(acronym), PublisherLevel::Federal, "MX", None);
            if let Some(body) = self.bodies.iter_mut().find(|body| body.key == key) {
                body.status = OrganisationStatus::Closed;
            }
            let Some(to) = self.bodies.iter().find(|body| body.name == successor).map(|body| body.key.clone()) else {
                continue;
            };
            self.relations.push(RelationDraft {
                valid_from: Some(partial(day(year, 1, 1), DatePrecision::Year)),
                ..relation(&key, &to, RelationKind::SucceededBy, Decision::Accepted)
            });
        }
    }

    /// A statistics office and its parts for another country.
    fn foreign_bodies(&mut self, country: usize) {
        let code = self.geography.countries[country].code;
        let top =
            self.add(&format!("Fictional Ministry of Open Data ({code})"), None, PublisherLevel::Federal, code, None);
        for (name, accepted) in [
            ("Imaginary Statistics Office", true),
            ("Invented Weather Service", true),
            ("Fictional Land Registry", false),
        ] {
            self.add(&format!("{name} ({code})"), None, PublisherLevel::Federal, code, Some((&top, accepted)));
        }
    }

    /// State governments with a department each, and town halls.
    fn local_bodies(&mut self, rng: &mut ChaCha8Rng, country: usize, number: usize) {
        let code = self.geography.countries[country].code;
        let states = self.geography.countries[country].states.clone();
        for at in 0..number {
            let Some((state, es, en)) = states.get(at % states.len().max(1)).copied() else { return };
            let spanish = code == "MX";
            match (at / states.len(), spanish) {
                (0, true) => {
                    let top = self.add(&format!("Gobierno Ficticio de {es}"), None, PublisherLevel::State, state, None);
                    if chance(rng, 50) {
                        self.add(
                            &format!("Secretaría Inventada de Movilidad de {es}"),
                            None,
                            PublisherLevel::State,
                            state,
                            Some((&top, true)),
                        );
                    }
                }
                (0, false) => {
                    self.add(&format!("Fictional Government of {en}"), None, PublisherLevel::State, state, None);
                }
                (_, spanish) => {
                    let town = words::brand(rng);
                    let name = if spanish {
                        format!("Ayuntamiento Imaginario de {town}, {es}")
                    } else {
                        format!("Imaginary Council of {town}, {en}")
                    };
                    self.add(&name, None, PublisherLevel::Municipal, state, None);
                }
            }
        }
    }

    /// Adds a body and returns its key; a parent with `true` is an accepted one.
    fn add(
        &mut self,
        name: &str,
        acronym: Option<&str>,
        level: PublisherLevel,
        area: &str,
        parent: Option<(&str, bool)>,
    ) -> String {
        let key = format!("sample/body/{:05}", self.bodies.len());
        let root = parent.map_or_else(|| key.clone(), |(parent, _)| self.roots[parent].clone());
        self.roots.insert(key.clone(), root);
        self.bodies.push(BodyDraft {
            key: key.clone(),
            name: name.to_owned(),
            lang: if area.starts_with("MX") { "es" } else { "en" }.to_owned(),
            acronym: acronym.map(ToOwned::to_owned),
            aliases: Vec::new(),
            level,
            website: Some(format!("https://{}.example/", crate::domain::text::slug("es", name))),
            identifiers: vec![IdentifierDraft { scheme: IdentifierScheme::Sample, value: key.clone() }],
            status: OrganisationStatus::Active,
            area: Some(area.to_owned()),
            source: Some(NOTE.to_owned()),
        });
        if let Some((parent, is_accepted)) = parent {
            let decision = if is_accepted { Decision::Accepted } else { Decision::Proposed };
            self.relations.push(relation(&key, parent, RelationKind::PartOf, decision));
        }
        key
    }

    /// Some datasets of a body; every fourth is a series with editions.
    fn make_datasets(&mut self, rng: &mut ChaCha8Rng, body: usize) {
        let (publisher, name) = (self.bodies[body].key.clone(), self.bodies[body].acronym.clone());
        let number = if body < 30 { between(rng, 3, 8) } else { between(rng, 1, 4) };
        for at in 0..number {
            let (es, en, theme, goal) = *one(rng, &SUBJECTS);
            let suffix =
                name.as_ref().map_or_else(|| format!(" {}", words::brand(rng)), |acronym| format!(" {acronym}"));
            let part = if at == 0 { String::new() } else { format!(" {}", at + 1) };
            let title = |text: &str| format!("{text}{suffix}{part}");
            let key = format!("sample/dataset/{:05}", self.datasets.len());
            let is_series = chance(rng, 25);
            let mut draft = dataset(rng, &key, both(&title(es), &title(en)), &publisher, theme, goal);
            draft.is_series = is_series;
            self.datasets.push(draft);
            if !is_series {
                continue;
            }
            for year in (2016..=2024).step_by(2).skip(between(rng, 0, 2) as usize) {
                let edition = format!("sample/dataset/{:05}", self.datasets.len());
                let titles = both(&format!("{} {year}", title(es)), &format!("{} {year}", title(en)));
                let mut draft = dataset(rng, &edition, titles, &publisher, theme, goal);
                let decision = if chance(rng, 70) { Decision::Accepted } else { Decision::Proposed };
                draft.series = Some((key.clone(), year.to_string(), decision));
                draft.issued_on = Some(day(year, 6, 1));
                draft.frequency = Some("never".to_owned());
                draft.modified_on = Some(day(year, 9, 1));
                self.datasets.push(draft);
            }
        }
    }

    /// What organisations of this country may use, the first ones by far the most used.
    fn offer(&self, first_body: usize, first_dataset: usize) -> Offer {
        let root = |body: &str| self.roots[body].clone();
        let bodies: Vec<Target> = self.bodies[first_body..]
            .iter()
            .map(|body| Target { key: body.key.clone(), root: root(&body.key), is_series: false })
            .collect();
        let datasets: Vec<Target> = self.datasets[first_dataset..]
            .iter()
            .map(|d| Target { key: d.key.clone(), root: root(&d.publisher), is_series: d.is_series })
            .collect();
        let zipf = |n: usize| Cumulative::new((0..n as u64).map(|at| 100_000 / (at + 3)));
        Offer { body_weights: zipf(bodies.len()), dataset_weights: zipf(datasets.len()), bodies, datasets }
    }

    /// Invented context figures of a country and its states.
    fn context(&mut self, rng: &mut ChaCha8Rng, country: usize) {
        let country = &self.geography.countries[country];
        let mut observe = |indicator: &str, scheme, code: &str, year: u32, low: u32, high: u32| {
            let value = Decimal { mantissa: i64::from(between(rng, low, high)) * 1000, scale: 0 };
            self.observations.push(ObservationDraft {
                indicator: indicator.to_owned(),
                subject: SubjectDraft::Area(scheme, code.to_owned()),
                period: year.to_string(),
                low: Some(value),
                central: Some(value),
                high: Some(value),
                missing: None,
                currency: None,
                status: ObservationStatus::Estimated,
                visibility: RowVisibility::Public,
                wave: None,
                source: Some(NOTE.to_owned()),
            });
        };
        for year in [2021, 2024] {
            observe("population_total", AreaScheme::Country, country.code, year, 20_000, 140_000);
            observe("employed_persons", AreaScheme::Country, country.code, year, 9_000, 60_000);
            for (state, ..) in &country.states {
                observe("economic_units", AreaScheme::Subdivision, state, year, 20, 600);
                observe("employed_persons", AreaScheme::Subdivision, state, year, 200, 8_000);
            }
        }
    }
}

fn relation(from: &str, to: &str, kind: RelationKind, decision: Decision) -> RelationDraft {
    RelationDraft {
        from: from.to_owned(),
        to: to.to_owned(),
        kind,
        decision,
        valid_from: None,
        valid_to: None,
        source: Some(NOTE.to_owned()),
        note: Some("Ficticia.".to_owned()),
    }
}

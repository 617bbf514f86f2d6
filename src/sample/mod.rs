//! A plainly fictional ecosystem, the same for the same seed: what benchmark, tests and a first look run
//! on. Organisations are made one at a time, so that any number of them streams.

mod data;
mod demand;
mod geography;
mod organisation;
mod pick;
mod study;
mod uses;
mod words;
mod world;

use crate::domain::draft::{Header, OrganisationDraft};
use std::sync::Arc;

/// The version that batches record.
pub const GENERATOR_VERSION: &str = "sample/1";

/// The namespace of all keys, and the chapter.
pub const SOURCE: &str = "sample";

/// Makes the header, and organisations one after the other. One country is Mexico alone; more are Mexico,
/// the largest, and others by fixed shares.
pub fn sample(
    organisations: usize,
    seed: u64,
    countries: usize,
) -> (Header, impl Iterator<Item = OrganisationDraft> + Send) {
    let countries = geography::countries(countries);
    let world = Arc::new(world::World::new(organisations, seed, &countries));
    let header = world.header();
    let made = (0..organisations).map(move |index| organisation::make(&world, seed, index));
    (header, made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::TargetDraft;
    use crate::domain::place::Polygons;
    use entity::vocabulary::{
        ClaimStatus, Consent, Criticality, Decision, Grade, Missing, Origin, Precision, RequestStatus,
    };
    use sha2::{Digest, Sha256};
    use std::collections::{BTreeMap, BTreeSet};

    fn made(organisations: usize, countries: usize) -> (Header, Vec<OrganisationDraft>) {
        let (header, all) = sample(organisations, 7, countries);
        (header, all.collect())
    }

    fn share(part: usize, all: usize) -> f64 {
        part as f64 / all as f64
    }

    #[test]
    fn same_seed_same_ecosystem() {
        let hash = |seed| {
            let (header, all) = sample(120, seed, 1);
            let mut hash = Sha256::new();
            hash.update(format!("{header:?}"));
            for organisation in all {
                hash.update(format!("{organisation:?}"));
            }
            format!("{:x?}", hash.finalize())
        };
        assert_eq!(hash(7), hash(7));
        assert_ne!(hash(7), hash(8));
    }

    #[test]
    fn an_organisation_depends_on_its_index_alone() {
        let (_, all) = sample(120, 7, 1);
        let late = all.into_iter().nth(100).map(|o| format!("{o:?}"));
        let (_, all) = made(120, 1);
        assert_eq!(late, Some(format!("{:?}", all[100])));
    }

    #[test]
    fn keys_refer_to_each_other() {
        for countries in [1, 12] {
            let (header, all) = made(400, countries);
            let bodies: BTreeSet<&str> = header.bodies.iter().map(|b| b.key.as_str()).collect();
            assert_eq!(bodies.len(), header.bodies.len());
            let sources: BTreeSet<&str> = header.sources.iter().map(|s| s.key.as_str()).collect();
            let mut datasets = BTreeMap::new();
            for dataset in &header.datasets {
                assert!(bodies.contains(dataset.publisher.as_str()), "{}", dataset.publisher);
                if let Some((series, ..)) = &dataset.series {
                    assert_eq!(datasets.get(series.as_str()), Some(&true), "series before editions");
                }
                assert!(datasets.insert(dataset.key.as_str(), dataset.is_series).is_none());
            }
            for relation in &header.relations {
                assert!(bodies.contains(relation.from.as_str()) && bodies.contains(relation.to.as_str()));
            }
            let mut keys = BTreeSet::new();
            for organisation in &all {
                assert!(keys.insert(organisation.key.clone()));
                let mut targets = BTreeSet::new();
                for claim in &organisation.claims {
                    match &claim.target {
                        TargetDraft::Dataset(key) => assert!(datasets.contains_key(key.as_str())),
                        TargetDraft::Series(key) => assert_eq!(datasets.get(key.as_str()), Some(&true)),
                        TargetDraft::Publisher(key) => assert!(bodies.contains(key.as_str())),
                        TargetDraft::Theme(..) => {}
                    }
                    assert!(targets.insert(format!("{:?}", claim.target)), "one claim per target");
                    assert!(claim.evidence.iter().all(|e| sources.contains(e.source.as_str())));
                    assert!(!claim.evidence.is_empty());
                }
                let attributes: BTreeSet<&str> = organisation.missing.iter().map(|(a, _)| a.as_str()).collect();
                assert_eq!(attributes.len(), organisation.missing.len());
            }
        }
    }

    #[test]
    fn nobody_answers_before_it_is_founded() {
        for (seed, countries) in [(1, 1), (7, 1), (1, 12)] {
            let (header, all) = sample(600, seed, countries);
            let opened: BTreeMap<&str, _> = header.waves.iter().map(|w| (w.key.as_str(), w.opens_on)).collect();
            for organisation in all {
                let Some(founded) = organisation.founded else { continue };
                let answered = organisation.responses.iter().map(|response| response.wave.as_str());
                let said = organisation.claims.iter().filter_map(|claim| claim.wave.as_deref());
                for wave in answered.chain(said) {
                    // It is a year, so that it is over when the wave opens.
                    assert!(founded.on + chrono::Months::new(12) <= opened[wave], "{}: {wave}", organisation.key);
                }
            }
        }
    }

    #[test]
    fn requests_and_feedback_hold_together() {
        use RequestStatus::{AcceptedPlanned, Forwarded, Published, Triaged};
        let (header, all) = made(120, 1);
        let organisations: BTreeSet<&str> = all.iter().map(|o| o.key.as_str()).collect();
        let bodies: BTreeSet<&str> = header.bodies.iter().map(|b| b.key.as_str()).collect();
        let datasets: BTreeSet<&str> = header.datasets.iter().map(|d| d.key.as_str()).collect();
        for request in &header.requests {
            let has_body = request.publisher.as_deref().map(|key| bodies.contains(key));
            assert!(has_body.unwrap_or(true), "{}", request.title);
            assert!(request.term.is_none() || has_body == Some(true));
            assert!(request.datasets.iter().all(|key| datasets.contains(key.as_str())));
            assert!(request.supports.iter().all(|one| organisations.contains(one.organisation.as_str())));
            assert_eq!(request.status == RequestStatus::Rejected, request.legal_basis.is_some());
            assert!(request.answered_on.is_none() || request.answer.is_some());
        }
        let stands = |status| header.requests.iter().any(|request| request.status == status);
        assert!([Triaged, Forwarded, AcceptedPlanned, Published].into_iter().all(stands), "the board shows each state");
        assert!(header.feedback.iter().all(|one| datasets.contains(one.dataset.as_str())));
        assert!(header.feedback.iter().any(|one| one.reply.is_some() && one.comment.is_some()));
        let (none, _) = sample(0, 7, 1);
        assert!(none.requests.is_empty(), "nobody asks where there is nobody");
    }

    #[test]
    fn shares_are_as_described() {
        let (header, all) = made(3000, 1);
        let claims: Vec<_> = all.iter().flat_map(|o| &o.claims).collect();
        let of = |f: &dyn Fn(&TargetDraft) -> bool| share(claims.iter().filter(|c| f(&c.target)).count(), claims.len());
        let naming = of(&|t| matches!(t, TargetDraft::Dataset(_) | TargetDraft::Series(_)));
        assert!((0.26..0.34).contains(&naming), "{naming}");
        let disputed = share(claims.iter().filter(|c| c.status == ClaimStatus::Disputed).count(), claims.len());
        assert!((0.03..0.07).contains(&disputed), "{disputed}");
        for grade in Grade::ALL {
            assert!(claims.iter().any(|c| c.grade == *grade), "{grade:?}");
        }
        for criticality in Criticality::ALL {
            assert!(claims.iter().any(|c| c.criticality == *criticality), "{criticality:?}");
        }
        let sectorless = all.iter().filter(|o| !o.codes.iter().any(|c| c.scheme == "od500_category")).count();
        assert!((0.08..0.12).contains(&share(sectorless, all.len())), "{sectorless}");
        let hidden = share(all.iter().filter(|o| o.consent == Consent::No).count(), all.len());
        assert!((0.003..0.02).contains(&hidden), "{hidden}");
        for missing in Missing::ALL {
            assert!(all.iter().any(|o| o.missing.iter().any(|(_, m)| m == missing)), "{missing:?}");
        }
        let levels: BTreeSet<u8> =
            all.iter().flat_map(|o| &o.impacts).filter(|i| i.scheme == "sdg").map(|i| i.evidence_level).collect();
        assert_eq!(levels, BTreeSet::from([0, 1, 2, 3, 4, 5]));
        assert!(all.iter().flat_map(|o| &o.impacts).all(|i| (i.origin == Origin::Inferred) == (i.evidence_level == 0)));
        let panel = all.iter().filter(|o| o.responses.len() == 2).count();
        assert!((0.3..0.6).contains(&share(panel, all.len())), "{panel}");
        let states: BTreeSet<&str> =
            all.iter().filter_map(|o| o.location.as_ref()?.area.as_ref()).map(|a| a.1.as_str()).collect();
        assert_eq!(states.len(), 32);
        assert!(header.relations.iter().any(|r| r.decision == Decision::Proposed));
        assert!(all.iter().any(|o| o.name.chars().count() > 80));
        assert!(all.iter().any(|o| !o.name.is_ascii()));
        let marked = |o: &OrganisationDraft| {
            o.summary.as_ref().is_some_and(|s| s["es"].contains("ficticia") && s["en"].contains("ictional"))
        };
        assert!(all.iter().all(marked), "each one says that it is fictional");
    }

    #[test]
    fn points_lie_in_their_states_and_some_are_shared() {
        let (_, all) = made(1500, 1);
        let shapes = crate::embedded::text("geo/mx-states.geojson").unwrap();
        let states = Polygons::from_geojson(&shapes).unwrap();
        let mut points: BTreeMap<String, usize> = BTreeMap::new();
        for location in all.iter().filter_map(|o| o.location.as_ref()) {
            let (Some(latitude), Some(longitude)) = (location.latitude, location.longitude) else { continue };
            let state = location.area.as_ref().map_or("", |a| a.1.as_str());
            assert_eq!(states.contains(state, latitude, longitude, 0.1), Some(true), "{state} {latitude} {longitude}");
            *points.entry(format!("{latitude} {longitude}")).or_default() += 1;
        }
        assert!(points.values().any(|n| *n > 20));
        assert!(points.values().filter(|n| **n == 1).count() > 300);
        assert!(all.iter().any(|o| o.location.as_ref().is_some_and(|l| l.precision == Some(Precision::State))));
    }

    #[test]
    fn countries_have_fixed_shares() {
        let (_, all) = made(4000, 12);
        let mut per: BTreeMap<String, usize> = BTreeMap::new();
        for location in all.iter().filter_map(|o| o.location.as_ref()) {
            *per.entry(location.area.as_ref().map_or("", |a| &a.1[..2]).to_owned()).or_default() += 1;
        }
        assert_eq!(per.len(), 12, "{per:?}");
        let mexico = per["MX"];
        assert!(per.iter().all(|(country, n)| country == "MX" || *n < mexico), "{per:?}");
        assert!((0.25..0.35).contains(&share(mexico, all.len())), "{per:?}");
    }
}

//! The version of the method and every assumption that it rests on, in one place. None of them comes from a
//! standard except the form of the disclosure rule; changing one means a new version.

use entity::vocabulary::{Criticality, Grade};

/// Printed with every figure.
pub const METHOD_VERSION: &str = "1.0";

/// The weight of a claim by the grade of its evidence.
pub const fn grade_weight(grade: Grade) -> f64 {
    match grade {
        Grade::A => 1.0,
        Grade::B => 0.9,
        Grade::C => 0.7,
        Grade::D => 0.4,
        Grade::E => 0.0,
    }
}

/// The weight of a use by how much it matters.
pub const fn criticality_weight(criticality: Criticality) -> f64 {
    match criticality {
        Criticality::Core => 3.0,
        Criticality::Supporting | Criticality::Unknown => 1.0,
        Criticality::Occasional => 0.5,
    }
}

/// The weights of peer similarity: datasets, bodies, sector, goals, place.
pub const PEER_WEIGHTS: [f64; 5] = [0.40, 0.15, 0.20, 0.15, 0.10];
/// What two sectors of one industry section are worth.
pub const SAME_SECTION: f64 = 0.5;
/// Over this many kilometres nearness falls to 1/e.
pub const PEER_KILOMETRES: f64 = 250.0;

/// The age in months at which a request's heat has halved.
pub const HEAT_HALF_LIFE: f64 = 24.0;
/// The weight of an organisation's support.
pub const HEAT_ORGANISATION: f64 = 3.0;
/// The weight of the support of a person who is signed in; others cannot support.
pub const HEAT_PERSON: f64 = 1.0;

/// The part of an interval that a dataset may be late without being overdue.
pub const GRACE: f64 = 0.1;
/// An interval shorter than this many days is taken as this long when lateness is scaled.
pub const SHORTEST_SCALE: i64 = 30;

/// A money cell is published with at least this many organisations …
pub const DISCLOSURE_COUNT: usize = 5;
/// … of which the two largest hold at most this share.
pub const DISCLOSURE_SHARE: f64 = 0.85;
/// Shares are imputed from at least this many donors of one size class.
pub const DONORS: usize = 5;
/// The centre of an open band is this much of its floor.
pub const OPEN_BAND: f64 = 1.5;

/// What stays without the data (low, central, high): the assumption set `cf-1`.
pub const COUNTERFACTUALS: &str = "cf-1";

/// Means and medians of fewer are not shown.
pub const SMALLEST_MEAN: usize = 3;

/// First-level areas that hold the capital of their country.
pub const CAPITALS: [&str; 4] = ["MX-CMX", "US-DC", "KR-11", "AU-ACT"];

/// The formulas that pages tell, by key, in their order: those of `docs/method.md`.
pub const FORMULAS: [&str; 15] = [
    "coverage",
    "users",
    "weight",
    "flow",
    "top",
    "intensity",
    "concentration",
    "goals",
    "value",
    "disclosure",
    "peers",
    "reliance",
    "heat",
    "risk",
    "panel",
];

/// Every assumption by key, as pages print it.
pub fn assumptions() -> Vec<(&'static str, f64)> {
    vec![
        ("gradeA", grade_weight(Grade::A)),
        ("gradeB", grade_weight(Grade::B)),
        ("gradeC", grade_weight(Grade::C)),
        ("gradeD", grade_weight(Grade::D)),
        ("gradeE", grade_weight(Grade::E)),
        ("core", criticality_weight(Criticality::Core)),
        ("supporting", criticality_weight(Criticality::Supporting)),
        ("occasional", criticality_weight(Criticality::Occasional)),
        ("peerDatasets", PEER_WEIGHTS[0]),
        ("peerPublishers", PEER_WEIGHTS[1]),
        ("peerSector", PEER_WEIGHTS[2]),
        ("peerGoals", PEER_WEIGHTS[3]),
        ("peerPlace", PEER_WEIGHTS[4]),
        ("peerKilometres", PEER_KILOMETRES),
        ("peerSection", SAME_SECTION),
        ("heatMonths", HEAT_HALF_LIFE),
        ("heatOrganisation", HEAT_ORGANISATION),
        ("heatPerson", HEAT_PERSON),
        ("grace", GRACE),
        ("shortestScale", SHORTEST_SCALE as f64),
        ("openBand", OPEN_BAND),
        ("donors", DONORS as f64),
        ("disclosureCount", DISCLOSURE_COUNT as f64),
        ("disclosureShare", DISCLOSURE_SHARE),
        ("smallestMean", SMALLEST_MEAN as f64),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_have_keys_of_their_own_and_weights_add_up() {
        let all = assumptions();
        let mut keys: Vec<_> = all.iter().map(|(key, _)| *key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all.len());
        assert!((PEER_WEIGHTS.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

//! Who is like whom.

use super::about;
use crate::analysis::peers;
use crate::atlas::Atlas;
use crate::atlas::fixture::mini;

#[test]
fn peers_share_datasets_bodies_sector_goals_and_place() {
    let atlas = mini().atlas();
    for (title, printed) in [("D1", "1.4055"), ("D2", "2.0986"), ("D3", "1.6931"), ("D4", "1.6931"), ("D5", "1.6931")] {
        about(peers::idf(5, u64::from(atlas.dataset(atlas.data(title)).users)), printed);
    }
    let place = |name| {
        let (longitude, latitude, _) = atlas.position(atlas.org(name)).unwrap();
        (longitude, latitude)
    };
    about(peers::kilometres(place("O1"), place("O2")), "461.1");
    for (one, other, similarity, components) in [
        ("O1", "O4", ".5235", [Some(".7067"), Some(".5"), Some("0"), Some("1"), Some(".1581")]),
        ("O1", "O3", ".2367", [Some(".2167"), Some(".3333"), Some("0"), Some("0"), Some("1")]),
        ("O2", "O4", ".2000", [Some("0"), Some("0"), Some(".5"), Some("0"), Some("1")]),
        ("O2", "O5", ".0908", [Some("0"), Some(".5"), Some("0"), Some("0"), Some(".1581")]),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let peer = peers::similarity(&atlas, atlas.org(one), atlas.org(other));
            about(peer.similarity, similarity);
            let found = peer.components;
            let found = [found.datasets, found.publishers, found.sector, found.goals, found.place];
            for (found, printed) in found.into_iter().zip(components) {
                about(found.unwrap(), printed.unwrap());
                // Nothing in common is 0, not -0.
                assert!(found.unwrap().is_sign_positive(), "{one} {other}: {found:?}");
            }
        }
    }
    let best = peers::peers(&atlas, atlas.org("O1"), 10);
    assert_eq!(best[0].organisation, atlas.org("O4"));
    assert_eq!(best[0].shared_datasets, [atlas.data("D3"), atlas.data("D4")]);
    assert_eq!(best[0].shared_publishers, [atlas.org("SEMARNAT")]);
    assert_eq!(best[0].shared_goals, [2, 13]);
    assert!(best.iter().all(|peer| peer.organisation != atlas.org("O1")));
}

#[test]
fn what_peers_use_and_one_does_not_is_the_difference_of_their_data() {
    let atlas = mini().atlas();
    let [o1, o2, o3, o4, o5] = ["O1", "O2", "O3", "O4", "O5"].map(|name| atlas.org(name));
    let data = peers::data_of_peers(&atlas, o1, 5);
    assert_eq!(data.peers.len(), 4);
    assert_eq!(data.peers[..2], [o4, o3]);
    assert!(data.sharing);
    assert_eq!(data.publishers.len(), 1);
    assert_eq!((data.publishers[0].0, data.publishers[0].1.len()), (atlas.org("ZAPOPAN"), 2));
    assert!([o3, o5].iter().all(|user| data.publishers[0].1.contains(user)));
    // Most peers first: D5 is used by two of them, D2 by one.
    let titles: Vec<_> = data.datasets.iter().map(|(dataset, users)| (*dataset, users.len())).collect();
    assert_eq!(titles, [(atlas.data("D5"), 2), (atlas.data("D2"), 1)]);
    // Of the first peer alone nothing is new: it uses what O1 uses.
    assert_eq!(peers::data_of_peers(&atlas, o1, 1).datasets, []);
    assert_eq!(peers::beyond(&atlas, o1, o4), peers::Beyond::default());
    let beyond = peers::beyond(&atlas, o1, o3);
    assert_eq!((beyond.publishers, beyond.datasets), (vec![atlas.org("ZAPOPAN")], vec![atlas.data("D5")]));
    let back = peers::beyond(&atlas, o3, o1);
    assert_eq!(back.publishers, [atlas.org("SEMARNAT")]);
    assert_eq!(back.datasets, [atlas.data("D3"), atlas.data("D4")]);
    assert_eq!(peers::beyond(&atlas, o5, o2).datasets, [atlas.data("D1"), atlas.data("D2")]);
}

#[test]
fn saying_little_gains_no_place_among_peers() {
    // Without a word on its datasets O3 is compared by less, and more alike by that; O4 shares far more.
    let mut rows = mini().rows();
    let o3 = crate::atlas::fixture::id("org", "O3");
    rows.use_claims.retain(|claim| claim.organisation != o3);
    rows.impact_claims.retain(|claim| claim.organisation != o3);
    rows.use_claims.push(crate::atlas::fixture::claim(
        "x",
        "O3",
        crate::atlas::rows::TargetRow::Publisher(crate::atlas::fixture::id("org", "SEMARNAT")),
    ));
    rows.organisation_codes.retain(|code| code.organisation != o3);
    let atlas = Atlas::build(rows);
    let best = peers::peers(&atlas, atlas.org("O1"), 10);
    assert_eq!(best[0].organisation, atlas.org("O4"));
    let little = best.iter().find(|peer| peer.organisation == atlas.org("O3")).unwrap();
    assert!(little.similarity > best[0].similarity, "{} {}", little.similarity, best[0].similarity);
}

#[test]
fn one_that_names_no_data_learns_from_the_most_alike_that_do() {
    let mut rows = mini().rows();
    rows.use_claims.retain(|claim| claim.organisation != crate::atlas::fixture::id("org", "O1"));
    let atlas = Atlas::build(rows);
    let data = peers::data_of_peers(&atlas, atlas.org("O1"), 2);
    assert!(!data.sharing && data.peers.len() <= 2);
    assert!(data.peers.iter().all(|&peer| atlas.organisation(peer).publishers_used > 0));
}

#[test]
fn nobody_real_resembles_somebody_fictional() {
    use crate::atlas::fixture::{answered, id, study, wave};
    let mut rows = mini().rows();
    rows.studies.push(crate::atlas::rows::StudyRow {
        id: id("study", "sample"),
        slug: "sample".to_owned(),
        chapter: "sample".to_owned(),
        ..study()
    });
    rows.waves
        .push(crate::atlas::rows::WaveRow { study: id("study", "sample"), ..wave("invented", "2020-01-01", &[]) });
    for name in ["O4", "O5"] {
        let org = id("org", name);
        rows.responses.retain(|response| response.organisation != org);
        rows.responses.push(answered(name, "invented"));
        for claim in rows.use_claims.iter_mut().filter(|claim| claim.organisation == org) {
            claim.wave = Some(id("wave", "invented"));
        }
    }
    let atlas = Atlas::build(rows);
    let peers_of = |name: &str| -> Vec<_> {
        peers::peers(&atlas, atlas.org(name), 10).into_iter().map(|peer| peer.organisation).collect()
    };
    assert!(peers_of("O1").contains(&atlas.org("O3")) && !peers_of("O1").contains(&atlas.org("O4")));
    assert!(peers_of("O4").iter().all(|&peer| peer == atlas.org("O5")));
    let data = peers::data_of_peers(&atlas, atlas.org("O1"), 5);
    assert!(data.peers.iter().all(|&peer| peer != atlas.org("O4") && peer != atlas.org("O5")));
    // Rarity is that among the three: of D1, D3 and D4 of the one and D1 and D5 of the other they share D1.
    let users = |title: &str| atlas.dataset_users(atlas.data(title));
    let real = |title: &str| {
        users(title).iter().filter(|&org| !["O4", "O5"].iter().any(|name| atlas.org(name).get() == org)).count() as u64
    };
    let weigh = |titles: &[&str]| titles.iter().map(|title| peers::idf(3, real(title))).sum::<f64>();
    let found = peers::similarity(&atlas, atlas.org("O1"), atlas.org("O3")).components.datasets.unwrap();
    assert!((found - weigh(&["D1"]) / weigh(&["D1", "D3", "D4", "D5"])).abs() < 1e-12, "{found}");
}

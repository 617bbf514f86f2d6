//! Every worked number of the method, on the MINI ecosystem.

use std::collections::BTreeSet;

use entity::vocabulary::{
    Attribute, CompletedBy, Criticality, DayKind, Missing, RequestStatus, ResponseStatus, SizeBand,
};

use super::concentration::{bodies, concentration};
use super::demand::{Support, business_heat, heat};
use super::flow::{Level, Node, Window, flow, flow_within};
use super::network;
use super::value::{Counterfactual, Interval, Report};
use super::{intensity, panel, peers, reliance, risk, scorecard, sdg, terms, top, value};
use crate::atlas::fixture::{day, mini};
use crate::atlas::rows::AnswerRow;
use crate::atlas::{Atlas, Body, Dimension, Filter, Lang, OrgIx, Rollup};
use crate::domain::demand::{Supporter, due};

#[track_caller]
fn about(actual: f64, printed: &str) {
    let digits = printed.split('.').nth(1).map_or(0, str::len);
    let scale = 10_f64.powi(digits as i32);
    assert!(
        ((actual * scale).round() / scale - printed.parse::<f64>().unwrap()).abs() < 1e-9,
        "{actual} is not printed as {printed}"
    );
}

fn rolled(rollup: Rollup) -> Filter {
    Filter { rollup: Some(rollup), ..Filter::default() }
}

fn body_name(atlas: &Atlas, body: Body) -> String {
    match body {
        Body::Organisation(org) => atlas.name(org, Lang::ES).value.to_owned(),
        Body::Level(level) => format!("level {level}"),
    }
}

#[test]
fn mini_has_eleven_countable_claims_of_five_organisations() {
    let atlas = mini().atlas();
    assert_eq!(atlas.skipped, 0);
    let all = atlas.select(&Filter::default());
    assert_eq!(atlas.names(&all.organisations), ["O1", "O2", "O3", "O4", "O5"]);
    assert_eq!(all.all_claims(&atlas).count(), 11);
    let named = all.all_claims(&atlas).filter(|(_, claim)| claim.dataset.is_some()).count();
    about(named as f64 / 11.0, ".9091");
}

#[test]
fn flow_counts_distinct_organisations_per_body_and_sector() {
    let atlas = mini().atlas();
    let cells = |rollup| {
        let flow = flow(&atlas, &rolled(rollup), &[Level::Publisher, Level::Sector], None);
        let mut cells: Vec<String> = flow
            .cells
            .iter()
            .map(|cell| {
                let (Node::Body(body), Node::Sector(sector)) = (cell.from, cell.to) else { panic!("{cell:?}") };
                let sector = atlas.str(atlas.code_row(sector).code);
                format!("{} {sector} {}", body_name(&atlas, body), cell.organisations)
            })
            .collect();
        cells.sort();
        (cells, flow.links, flow.figure)
    };
    let (root, links, figure) = cells(Rollup::Root);
    assert_eq!(
        root,
        [
            "INEGI finance_investment 1",
            "INEGI food_agriculture 1",
            "INEGI geospatial_mapping 1",
            "INEGI governance 1",
            "SEMARNAT food_agriculture 1",
            "SEMARNAT insurance 1",
            "ZAPOPAN geospatial_mapping 1",
            "ZAPOPAN governance 1",
        ]
    );
    assert_eq!((links, figure.rollup, figure.n, figure.filters.as_str()), (8, Rollup::Root, 5, "rollup=root"));
    let (publisher, links, _) = cells(Rollup::Publisher);
    assert_eq!((publisher.len(), links), (10, 10));
    // Nothing asked: relations of SEMARNAT have been decided, so that the root counts.
    let default = flow(&atlas, &Filter::default(), &[Level::Publisher, Level::Sector], None);
    assert_eq!((default.figure.rollup, default.links), (Rollup::Root, 8));
}

#[test]
fn users_per_body() {
    let atlas = mini().atlas();
    let count = |rollup| -> Vec<(String, u64)> {
        let all = atlas.select(&Filter::default());
        bodies(&atlas, &all, Some(rollup)).into_iter().map(|(body, n)| (body_name(&atlas, body), n)).collect()
    };
    let named = |rows: &[(&str, u64)]| rows.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(count(Rollup::Root), named(&[("INEGI", 4), ("SEMARNAT", 2), ("ZAPOPAN", 2)]));
    assert_eq!(count(Rollup::Publisher), named(&[("INEGI", 4), ("CONAGUA", 2), ("SMN", 2), ("ZAPOPAN", 2)]));
    assert_eq!(atlas.names(&atlas.users_of(atlas.org("SEMARNAT"))), ["O1", "O4"]);
    assert!(atlas.users_of_alone(atlas.org("SEMARNAT")).is_empty());
}

#[test]
fn flow_of_a_body_sums_to_its_users_at_every_rollup() {
    // Invariant I5: organisations have one primary sector, or are unclassified.
    let mut rows = mini().rows();
    rows.organisation_codes.retain(|row| row.organisation != crate::atlas::fixture::id("org", "O5"));
    let atlas = Atlas::build(rows);
    for rollup in Rollup::ALL {
        let filter = rolled(rollup);
        let flow = flow(&atlas, &filter, &[Level::Publisher, Level::Sector], None);
        let users = bodies(&atlas, &atlas.select(&filter), Some(rollup));
        assert!(!users.is_empty());
        for (body, users) in users {
            let cells = flow.cells.iter().filter(|cell| cell.from == Node::Body(body));
            assert_eq!(cells.map(|cell| cell.organisations).sum::<u64>(), users, "{rollup:?} {body:?}");
        }
        assert!(flow.nodes[1].iter().any(|(node, n)| *node == Node::Unclassified && *n == 1));
    }
}

#[test]
fn longer_flows_pass_through_unspecified() {
    let atlas = mini().atlas();
    let levels = [Level::Publisher, Level::Dataset, Level::Sector, Level::Sdg];
    let long = flow(&atlas, &Filter::default(), &levels, None);
    let inegi = Body::Organisation(atlas.org("INEGI"));
    let unspecified = long.cells.iter().find(|cell| cell.to == Node::UnspecifiedAt(inegi)).unwrap();
    assert_eq!((unspecified.step, unspecified.from, unspecified.organisations), (0, Node::Body(inegi), 1));
    let folded = flow(&atlas, &Filter::default(), &levels, Some(1));
    assert_eq!(folded.links, 8);
    // O1, O3, O5 and O4 use bodies other than INEGI: four organisations, though their links are more.
    assert_eq!(folded.nodes[0], [(Node::Body(inegi), 4), (Node::Other(Level::Publisher), 4)]);
    assert!(folded.folded.contains(&(Node::Other(Level::Publisher), 2)));
}

#[test]
fn the_rest_of_a_flow_opens_by_passing_over_its_first_nodes() {
    let atlas = mini().atlas();
    let levels = [Level::Publisher, Level::Sector];
    let all = flow(&atlas, &Filter::default(), &levels, None);
    let rest =
        flow_within(&atlas, &Filter::default(), &levels, Window { top: Some(1), skip: &[1], ..Window::default() });
    assert_eq!(rest.nodes[0], [all.nodes[0][1], (Node::Other(Level::Publisher), all.nodes[0][2].1)]);
    assert_eq!(rest.folded, [(Node::Other(Level::Publisher), 1), (Node::Other(Level::Sector), rest.folded[1].1)]);
    // What flows through the node passed over is gone from every level.
    let first = all.nodes[0][0].0;
    let through: u64 = all.cells.iter().filter(|cell| cell.from == first).map(|cell| cell.organisations).sum();
    let left = flow_within(&atlas, &Filter::default(), &levels, Window { skip: &[1], ..Window::default() });
    let sum = |of: &[super::flow::Cell]| of.iter().map(|cell| cell.organisations).sum::<u64>();
    assert_eq!(sum(&left.cells), sum(&all.cells) - through);
    assert_eq!(left.figure.n, all.figure.n);
}

#[test]
fn uses_without_a_dataset_are_never_gathered_with_datasets() {
    let atlas = mini().atlas();
    let levels = [Level::Publisher, Level::Dataset];
    let folded = flow(&atlas, &Filter::default(), &levels, Some(0));
    let nodes: Vec<Node> = folded.nodes[1].iter().map(|(node, _)| *node).collect();
    assert_eq!(nodes, [Node::Other(Level::Dataset), Node::OtherUnspecified]);
}

#[test]
fn a_network_grows_step_by_step_and_says_what_it_left_out() {
    use network::{Node as At, network};
    let atlas = mini().atlas();
    let centre = At::Organisation(atlas.org("O1"));
    let around = |depth, limit| network(&atlas, &Filter::default(), centre, depth, limit);
    let one = around(1, 100);
    assert_eq!(one.members[0].node, centre);
    assert!(one.members[1..].iter().all(|member| member.depth == 1 && !matches!(member.node, At::Organisation(_))));
    assert_eq!(one.members[0].size, one.members.len() as u64 - 1);
    assert!(one.members.iter().any(|member| member.node == At::Dataset(atlas.data("D3"))));
    // The second step brings others who use the same: each is linked to something already there.
    let two = around(2, 100);
    let peer = At::Organisation(atlas.org("O4"));
    assert!(two.members.iter().any(|member| member.node == peer && member.depth == 2));
    for member in &two.members[1..] {
        assert!(two.links.iter().any(|link| link.from == member.node || link.to == member.node), "{member:?}");
    }
    assert_eq!((one.beyond, two.beyond), (0, 0));
    let d3 = two.members.iter().find(|member| member.node == At::Dataset(atlas.data("D3"))).unwrap();
    assert_eq!(d3.size, atlas.dataset_users(atlas.data("D3")).len());
    // A cut keeps the centre and counts the rest; links lead only to what is there.
    let cut = around(2, 3);
    assert_eq!(cut.members.len(), 3);
    assert_eq!(cut.members[0].node, centre);
    assert!(cut.beyond > 0);
    let kept: Vec<At> = cut.members.iter().map(|member| member.node).collect();
    assert!(cut.links.iter().all(|link| kept.contains(&link.from) && kept.contains(&link.to)));
}

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
fn intensity_of_organisations_and_publishers() {
    let atlas = mini().atlas();
    let datasets =
        ["O1", "O2", "O3", "O4", "O5"].map(|name| intensity::of_organisation(&atlas, atlas.org(name)).datasets);
    assert_eq!(datasets, [3, 2, 2, 2, 1]);
    about(intensity::mean_datasets(&atlas, atlas.listed()).unwrap(), "2.0");
    for (name, users, published, per_dataset, rate) in
        [("INEGI", 4, 2, "2.0", "1.0"), ("SEMARNAT", 2, 3, ".667", ".667"), ("ZAPOPAN", 2, 1, "2.0", "1.0")]
    {
        let found = intensity::of_publisher(&atlas, atlas.org(name));
        assert_eq!((found.users, found.published), (users, published), "{name}");
        about(found.users_per_dataset().unwrap(), per_dataset);
        about(found.reuse_rate().unwrap(), rate);
    }
    let all = intensity::of_all(&atlas);
    assert_eq!((all.used, all.published), (5, 6));
    about(all.reuse_rate().unwrap(), ".833");
    // One organisation is no mean of a sector.
    assert_eq!(intensity::of_sector(&atlas, atlas.code("od500_category", "insurance").unwrap()), None);
}

#[test]
fn concentration_over_bodies() {
    let atlas = mini().atlas();
    for (rollup, hhi, scaled, normalised, effective, links) in
        [(Rollup::Root, ".375", "3750", ".0625", "2.667", 8), (Rollup::Publisher, ".28", "2800", ".04", "3.571", 10)]
    {
        let index = concentration(&atlas, &rolled(rollup), Dimension::Publisher).index.unwrap();
        about(index.hhi, hhi);
        about(index.hhi_10000(), scaled);
        about(index.normalised.unwrap(), normalised);
        about(index.effective, effective);
        assert_eq!(index.links, links);
    }
    let states = concentration(&atlas, &Filter::default(), Dimension::Area).index.unwrap();
    assert_eq!((states.links, states.values), (5, 2));
    assert_eq!(super::concentration::hhi([0, 0]), None);
    assert_eq!(super::concentration::hhi([7]).unwrap().normalised, None);
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
            .map(|(org, inferred, data)| format!("{} {inferred} {}", atlas.name(*org, Lang::ES).value, used(data)))
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(9).len(), 3);
    assert!(asked(9).iter().all(|row| row.contains(" false ")), "{:?}", asked(9));
    assert!(asked(5).is_empty(), "a goal without data and inference has nobody to ask");
}

fn reports() -> Vec<(String, Report)> {
    let mini = mini();
    let interval =
        |found: Option<[f64; 3]>| found.map(|[low, central, high]| Interval { low, central, high: Some(high) });
    let report = |name: &String| Report {
        value: interval(mini.value_mxn_m[name]),
        share: interval(mini.share[name]),
        size: Some(SizeBand::From1To10),
    };
    mini.value_mxn_m.keys().map(|name| (name.clone(), report(name))).collect()
}

#[track_caller]
fn spans(interval: Interval, low: &str, central: &str, high: &str) {
    about(interval.low, low);
    about(interval.central, central);
    about(interval.high.unwrap(), high);
}

#[test]
fn value_with_bounds_and_coverage() {
    let reports = reports();
    for ((name, report), (low, central, high)) in
        reports.iter().zip([("3.12", "4.56", "6.00"), ("5.00", "7.071", "10.00"), ("3", "3", "3")])
    {
        spans(value::gross(*report).unwrap_or_else(|| panic!("{name}")), low, central, high);
    }
    let reports: Vec<Report> = reports.into_iter().map(|(_, report)| report).collect();
    let sum = value::sum(&reports);
    spans(sum.reported, "11.12", "14.631", "19.00");
    about(sum.worst_case.low, "11.12");
    about(sum.worst_case.high.unwrap(), "219.00");
    assert_eq!((sum.unbounded, sum.complete, sum.eligible, sum.imputed_count), (1, 3, 5, 0));
    about(sum.revenue_coverage.unwrap(), ".30");
    about(sum.revenue_coverage.unwrap() * 285.711, "85.711");
    // The band of O2 has its geometric mean for its centre.
    about(Interval::band(50.0, Some(100.0)).central, "70.71067811865");
    about(Interval::band(0.0, Some(1.0)).central, ".5");
    assert_eq!(Interval::band(1000.0, None), Interval { low: 1000.0, central: 1500.0, high: None });
    let open = Report { value: Some(Interval::band(10.0, None)), ..reports[2] };
    assert_eq!(value::sum(&[open]).reported.high, None);
}

#[test]
fn net_value_keeps_what_would_stay() {
    let mini = mini();
    let named = |word: &str| match word {
        "unchanged" => Counterfactual::Unchanged,
        "substitute_cheap" => Counterfactual::SubstituteCheap,
        "substitute_costly" => Counterfactual::SubstituteCostly,
        "degraded" => Counterfactual::Degraded,
        _ => Counterfactual::Cease,
    };
    for (word, retained) in &mini.counterfactual_cf1 {
        assert!(named(word).retained().iter().zip(retained).all(|(a, b)| (a - b).abs() < 1e-12), "{word}");
    }
    let reports = reports();
    let mut nets = mini.counterfactual_answers.iter().map(|(name, answer)| {
        let report = reports.iter().find(|(of, _)| of == name).unwrap().1;
        value::net(value::gross(report).unwrap(), named(answer))
    });
    spans(nets.next().unwrap(), "1.56", "3.42", "5.40");
    spans(nets.next().unwrap(), "2.7", "3.0", "3.0");
}

#[test]
fn shares_are_imputed_within_a_size_class_only() {
    let mini = mini();
    let small =
        |share: f64| Report { value: None, share: Some(Interval::exact(share)), size: Some(SizeBand::From11To50) };
    let mut reports: Vec<Report> = mini.donor_shares.iter().map(|&share| small(share)).collect();
    about(value::donor_share(&reports, Some(SizeBand::From11To50)).unwrap().central, ".10");
    assert_eq!(value::donor_share(&reports, Some(SizeBand::Over10000)), None);
    reports.push(Report { value: Some(Interval::exact(30.0)), share: None, size: Some(SizeBand::From11To50) });
    let sum = value::sum(&reports);
    assert_eq!((sum.imputed_count, sum.unbounded), (1, 5));
    about(sum.imputed.central, "3.0");
    reports.remove(0);
    assert_eq!(value::sum(&reports).imputed_count, 0, "four donors are too few");
}

#[test]
fn allocation_sums_to_the_whole() {
    let atlas = mini().atlas();
    let o1 = atlas.org("O1");
    let uses: Vec<_> = atlas
        .claims_of(o1)
        .iter()
        .filter(|claim| claim.figures(false))
        .map(|claim| (claim.dataset.unwrap(), value::claim_weight(claim)))
        .collect();
    let parts = value::allocate(4.56, &uses);
    for (title, weight, part) in [("D1", ".9", ".684"), ("D3", "3.0", "2.28"), ("D4", "2.1", "1.596")] {
        let dataset = atlas.data(title);
        about(uses.iter().find(|(of, _)| *of == dataset).unwrap().1, weight);
        about(parts[&dataset], part);
    }
    // Invariant I6.
    assert!((parts.values().sum::<f64>() - 4.56).abs() < 1e-12);
    assert!(value::allocate(4.56, &[(1, 0.0)]).is_empty());
}

#[test]
fn disclosure_hides_what_two_firms_dominate() {
    let cells = mini().money_cells;
    for (cell, (share, publish)) in cells.iter().zip([(".778", true), (".900", false), (".795", false)]) {
        about(value::largest_two(cell).unwrap(), share);
        assert_eq!(value::may_publish(cell), publish, "{cell:?}");
    }
    let even = vec![1.0; 6];
    let larger = vec![2.0; 6];
    assert_eq!(value::suppressed(&[cells[1].clone(), larger.clone(), even.clone()]), [true, false, true]);
    assert_eq!(value::suppressed(&[larger, even]), [false, false]);
}

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
fn reliance_counts_each_user_once_by_the_most_that_its_uses_matter() {
    use crate::atlas::fixture::{answered, id, study, wave};
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
        question: reliance::IF_STOPPED.to_owned(),
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
fn heat_cools_by_half_in_two_years() {
    let printed = ["10.932", "3.5", "2.751", "0"];
    for (request, (printed, business)) in
        mini().requests.iter().zip(printed.into_iter().zip(["5.045", "3", "1.376", "0"]))
    {
        let status = match request.status.as_str() {
            "open" => RequestStatus::Triaged,
            "rejected" => RequestStatus::Rejected,
            "partial" => RequestStatus::PartiallyPublished,
            _ => RequestStatus::Published,
        };
        let of = |by, count| Support { by, count, age_months: request.age_months };
        let supports = [of(Supporter::Organisation, request.orgs), of(Supporter::Person, request.persons)];
        about(heat(status, supports), printed);
        about(business_heat(status, supports), business);
    }
    assert!(heat(RequestStatus::Triaged, []).is_sign_positive(), "no heat is printed without a sign");
}

#[test]
fn scorecard_of_a_ministry_includes_its_bodies() {
    let mini = mini();
    let atlas = mini.atlas();
    let card = scorecard::scorecard(&atlas, atlas.org("SEMARNAT"));
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
    let card = scorecard::scorecard(&unasked, unasked.org("SEMARNAT"));
    let coverage = &card.criticality_coverage;
    assert_eq!((card.core_users.len(), coverage.answered, coverage.asked), (0, 0, 0), "not asked is no zero of two");
    let ratings: Vec<u8> = mini.ratings.iter().map(|(_, rating)| *rating).collect();
    about(scorecard::mean_rating(&ratings).unwrap(), "2.667");
    assert_eq!(scorecard::mean_rating(&ratings[..2]), None);
    let also: Vec<(OrgIx, u64)> = scorecard::also_used(&atlas, atlas.org("INEGI"), 5);
    assert_eq!(also, [(atlas.org("ZAPOPAN"), 2), (atlas.org("SEMARNAT"), 1)]);
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
fn panels_and_response_rates() {
    let mini = mini();
    let set = |key: &str| mini.panel[key].iter().map(String::as_str).collect::<BTreeSet<&str>>();
    let panel = panel::panel(&set("first"), &set("second"));
    about(panel.retention.unwrap(), ".75");
    assert_eq!((panel.entry, panel.exit), (vec!["O5"], vec!["O2"]));

    let counts = &mini.responses;
    let of = |key: &str, status, by| std::iter::repeat_n((status, by), counts[key]);
    let rows: Vec<_> = of("ineligible", ResponseStatus::Ineligible, CompletedBy::Unknown)
        .chain(of("duplicate", ResponseStatus::Duplicate, CompletedBy::Unknown))
        .chain(of("answered", ResponseStatus::Validated, CompletedBy::Organisation))
        .chain(of("desk", ResponseStatus::Validated, CompletedBy::Researcher))
        .chain(of("refused", ResponseStatus::Refused, CompletedBy::Unknown))
        .collect();
    assert_eq!(rows.len(), counts["all"]);
    let rates = crate::domain::participation::rates(rows.into_iter().map(|(status, by)| (status, by, 1)));
    assert_eq!((rates.eligible, rates.complete, rates.desk), (8, 5, 2));
    about(rates.response_rate().unwrap(), ".625");
}

#[test]
fn terms_in_calendar_and_business_days() {
    let term = mini().term;
    assert_eq!(due(term.forwarded_on, term.days, DayKind::Calendar, &[]), term.calendar);
    assert_eq!(due(term.forwarded_on, term.days, DayKind::Business, &[]), term.business);
    let holiday = [day("2025-06-09")];
    assert_eq!(due(term.forwarded_on, term.days, DayKind::Business, &holiday), day("2025-07-15"));
    let on = |answered: Option<&str>| terms::Term {
        forwarded_on: term.forwarded_on,
        due_on: term.calendar,
        answered_on: answered.map(day),
    };
    let terms = [on(Some("2025-06-12")), on(Some("2025-06-22")), on(Some("2025-07-12")), on(None)];
    let kept = terms::punctuality(&terms, day("2025-07-03"));
    assert_eq!((kept.answered, kept.answered_in_time, kept.overdue, kept.open), (3, 2, 1, 0));
    about(kept.on_time_rate.unwrap(), ".5");
    about(kept.median_days.unwrap(), "20");
    assert_eq!(terms::punctuality(&terms[..2], day("2025-07-03")).median_days, None);
}

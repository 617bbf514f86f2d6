//! Who uses whose data: flows, networks, concentration.

use entity::vocabulary::{Attribute, Origin, RelationKind};

use super::{about, body_name, rolled};
use crate::analysis::concentration::{bodies, concentration};
use crate::analysis::flow::{Cell, Level, Node, Unlinked, Window, flow, flow_within};
use crate::analysis::network;
use crate::atlas::fixture::{answered, claim, code, goal, id, mini, organisation, relation, study, wave};
use crate::atlas::rows::{ImpactClaimRow, TargetRow};
use crate::atlas::{Atlas, Body, Dimension, Filter, RolledUp, Rollup};

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
fn who_is_in_no_node_is_told_by_why() {
    let mut rows = mini().rows();
    rows.codes.push(code("od500_data_type", "unspecified", 1));
    rows.organisations.extend(["Mute", "Vague"].map(organisation));
    rows.studies.push(study());
    rows.waves.push(wave("one", "2014-01-01", &[Attribute::Publisher]));
    rows.responses.push(answered("Mute", "one"));
    rows.use_claims.push(claim("vague", "Vague", TargetRow::Theme(id("od500_data_type", "unspecified"))));
    rows.use_claims.push(claim("own", "SEMARNAT", TargetRow::Publisher(id("org", "SEMARNAT"))));
    let atlas = Atlas::build(rows);
    let of = |filter: &Filter, skip: &[usize]| {
        let window = Window { skip, ..Window::default() };
        flow_within(&atlas, filter, &[Level::Publisher, Level::Sector], window).unlinked
    };
    let all = Unlinked { own: 1, unnamed: 1, silent: 1 };
    assert_eq!(of(&Filter::default(), &[]), all);
    assert_eq!(of(&Filter::default(), &[1]), all, "whatever is passed over");
    // Of one body's users everybody is in a node; what their coverage is of is which datasets.
    let inegi = Filter { publisher: vec!["inegi".to_owned()], ..Filter::default() };
    assert_eq!(of(&inegi, &[]), Unlinked::default());
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
    assert_eq!(
        (links, figure.rollup, figure.n, figure.filters.as_str()),
        (8, RolledUp::By(Rollup::Root), 5, "rollup=root")
    );
    let (publisher, links, _) = cells(Rollup::Publisher);
    assert_eq!((publisher.len(), links), (10, 10));
    // Nothing asked: relations of SEMARNAT have been decided, so that the root counts.
    let default = flow(&atlas, &Filter::default(), &[Level::Publisher, Level::Sector], None);
    assert_eq!((default.figure.rollup, default.links), (RolledUp::By(Rollup::Root), 8));
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
fn users_of_a_body_that_was_taken_over_flow_from_the_top_of_its_successor() {
    let mut rows = mini().rows();
    rows.relations.push(relation("ZAPOPAN", "SMN", RelationKind::SucceededBy));
    let atlas = Atlas::build(rows);
    let listed = atlas.users_of(atlas.org("SEMARNAT")).len();
    assert_eq!(listed, 4, "O1 and O4 use CONAGUA and SMN, O3 and O5 what was ZAPOPAN");
    for rollup in [None, Some(Rollup::Root)] {
        let filter = Filter { rollup, ..Filter::default() };
        let flow = flow(&atlas, &filter, &[Level::Publisher, Level::Sector], None);
        let count = |name: &str| {
            let body = Node::Body(Body::Organisation(atlas.org(name)));
            flow.nodes[0].iter().find(|(node, _)| *node == body).map(|(_, count)| *count)
        };
        assert_eq!((count("SEMARNAT"), count("ZAPOPAN")), (Some(listed), None), "{rollup:?}");
        assert_eq!(flow.figure.rollup, RolledUp::By(Rollup::Root));
    }
    // Unless they are asked for by themselves.
    let chain = bodies(&atlas, &atlas.select(&Filter::default()), Some(Rollup::SuccessorChain));
    assert!(chain.contains(&(Body::Organisation(atlas.org("SMN")), 4)), "{chain:?}");
}

#[test]
fn inferred_goals_stand_apart_and_only_for_those_who_declare_none() {
    let inferred =
        |organisation: &str, number: u8| ImpactClaimRow { origin: Origin::Inferred, ..goal(organisation, number, 0) };
    let mut rows = mini().rows();
    rows.impact_claims.retain(|row| row.dimension != "sdg");
    rows.impact_claims.extend([goal("O1", 2, 1), inferred("O1", 3), inferred("O2", 3), inferred("O3", 3)]);
    let atlas = Atlas::build(rows);
    let levels = [Level::Sector, Level::Sdg];
    let flow = flow(&atlas, &Filter::default(), &levels, Some(1));
    let expected = [(Node::Goal(2), 1), (Node::InferredGoal(3), 2), (Node::NoGoal, 2)];
    assert_eq!(flow.nodes[1], expected, "O1 declares one, so that what is inferred of it is left out");
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
    let sum = |of: &[Cell]| of.iter().map(|cell| cell.organisations).sum::<u64>();
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
    assert_eq!(crate::analysis::concentration::hhi([0, 0]), None);
    assert_eq!(crate::analysis::concentration::hhi([7]).unwrap().normalised, None);
    for values in 2..200 {
        let normalised = crate::analysis::concentration::hhi(vec![1; values]).unwrap().normalised.unwrap();
        assert!(normalised.is_sign_positive() && normalised < 1e-9, "{values} equal values: {normalised}");
    }
}

//! The scorecard of a publisher with the bodies that a filter counts with it: what is known, side by side. There is no
//! composite score.

use std::collections::BTreeSet;

use entity::vocabulary::{Attribute, Criticality, Grade, PublisherAck};
use roaring::RoaringBitmap;

use super::terms::Punctuality;
use super::{Figure, demand, intensity, method, risk};
use crate::atlas::{Atlas, Coverage, DatasetIx, Dimension, Filter, OrgIx, RequestIx, Selection, Value};
use crate::domain::demand::is_open;

/// What is known of the use of a publisher's data.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    pub figure: Figure,
    /// Distinct organisations.
    pub users: u64,
    /// Users by the best grade of their claims, A to D.
    pub users_by_grade: [u64; 4],
    /// Users with a claim of grade A: acknowledged by both sides.
    pub acknowledged: u64,
    /// Users with a claim that the publisher has confirmed.
    pub confirmed: u64,
    /// Users that the publisher has not confirmed yet, by name.
    pub not_confirmed: Vec<OrgIx>,
    /// Users that name a dataset.
    pub naming_dataset: u64,
    /// Distinct datasets that are named.
    pub datasets_named: u64,
    pub sectors: u64,
    pub published: usize,
    /// Published datasets with users; under a filter, with users that it selects.
    pub used: usize,
    /// Users whose first-level area is known and holds no capital, of those whose is known.
    pub outside_capital: u64,
    pub with_area: u64,
    /// The first-level areas of those outside a capital.
    pub areas_outside: u64,
    /// Late datasets with users, riskiest first.
    pub stale: Vec<DatasetIx>,
    /// The goals that its users declare.
    pub goals: BTreeSet<u8>,
    /// What users think of its datasets.
    pub rating: Rating,
    /// Users that call a use core, by name.
    pub core_users: Vec<OrgIx>,
    /// Users and how many of its datasets they name, most first, then by name.
    pub top_users: Vec<(OrgIx, u64)>,
    /// Requests for its data that are not settled yet.
    pub requests_open: usize,
    /// How the terms of requests for its data were kept.
    pub terms: Punctuality,
    /// How many users say how much a use matters to them, of those asked. Where nobody was, no figure holds.
    pub criticality_coverage: Coverage,
    /// How many users declare goals, of those asked.
    pub goal_coverage: Coverage,
    /// How many users have a sector, of those asked.
    pub sector_coverage: Coverage,
    /// How many users name one of its datasets, of those asked.
    pub dataset_coverage: Coverage,
}

impl Scorecard {
    /// The share of published datasets that are used; `None` where nothing is published.
    pub fn reuse_rate(&self) -> Option<f64> {
        (self.published > 0).then(|| self.used as f64 / self.published as f64)
    }
}

/// The mean of ratings 1 to 4, shown only where three or more have rated.
pub fn mean_rating(ratings: &[u8], voices: usize) -> Option<f64> {
    let sum: u32 = ratings.iter().map(|&rating| u32::from(rating)).sum();
    (voices >= method::SMALLEST_MEAN).then(|| f64::from(sum) / ratings.len() as f64)
}

/// What users think of some datasets: how many have rated, and the mean of their ratings where they are enough.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rating {
    /// Distinct organisations, accounts and unsigned forms, whatever the number of datasets that each has rated.
    pub n: u64,
    /// Of the latest rating of each of a dataset, from 1 (poor) to 4 (excellent); `None` where too few have rated.
    pub mean: Option<f64>,
}

/// What users think of some datasets.
pub fn rating(atlas: &Atlas, datasets: impl IntoIterator<Item = DatasetIx>) -> Rating {
    let ratings = datasets.into_iter().flat_map(|one| atlas.ratings_of(one));
    let (values, voices): (Vec<u8>, BTreeSet<u64>) = ratings.map(|one| (one.value, one.voice)).unzip();
    Rating { n: voices.len() as u64, mean: mean_rating(&values, voices.len()) }
}

/// The scorecard of a publisher over a filter, which says whether descendants and predecessors count: their users, their
/// datasets and what is asked of them alike. Those that surveys state under it count with their users and their datasets.
pub fn scorecard_of(atlas: &Atlas, publisher: OrgIx, mut filter: Filter) -> Scorecard {
    filter.publisher = vec![atlas.str(atlas.organisation(publisher).slug).to_owned()];
    let selection = atlas.select(&filter);
    let figure = Figure::new(atlas, &filter, &selection, Dimension::Publisher);
    let (descendants, predecessors) = filter.reach();
    // Whom a request is put to follows what is decided, not what a survey states.
    let family = atlas.hierarchy.below(publisher, descendants, predecessors);
    let below = intensity::datasets_of(atlas, &atlas.bodies_counted(publisher, &filter));
    // Under a filter those are used, and in use when late, that a claim names which passes.
    let is_whole = filter.selects_nothing_of_a_body();
    let named_here: BTreeSet<DatasetIx> = if is_whole { BTreeSet::new() } else { named_at_all(atlas, &selection) };
    let is_used = |ix: DatasetIx| if is_whole { atlas.dataset(ix).users > 0 } else { named_here.contains(&ix) };
    let published = intensity::of_datasets(atlas, below.iter().copied(), is_used);
    let late = risk::at_risk(atlas, below.iter().copied().filter(|&ix| is_whole || is_used(ix)));
    let asked: Vec<RequestIx> =
        atlas.requests().filter(|&ix| atlas.request(ix).publisher.is_some_and(|of| family.contains(&of))).collect();
    let mut card = Scorecard {
        figure,
        users: selection.organisations.len(),
        users_by_grade: [0; 4],
        acknowledged: 0,
        confirmed: 0,
        not_confirmed: Vec::new(),
        naming_dataset: 0,
        datasets_named: 0,
        sectors: 0,
        published: published.published,
        used: published.used,
        outside_capital: 0,
        with_area: 0,
        areas_outside: 0,
        stale: late.into_iter().map(|(dataset, _)| dataset).collect(),
        goals: BTreeSet::new(),
        rating: rating(atlas, below.iter().copied()),
        core_users: Vec::new(),
        top_users: Vec::new(),
        requests_open: asked.iter().filter(|&&ix| is_open(atlas.request(ix).status)).count(),
        terms: demand::kept(atlas, &asked),
        criticality_coverage: Coverage::none(Attribute::Criticality),
        goal_coverage: Coverage::none(Attribute::Sdg),
        sector_coverage: Coverage::none(Attribute::Sector),
        dataset_coverage: Coverage::none(Attribute::Dataset),
    };
    let (mut sectors, mut outside) = (BTreeSet::new(), BTreeSet::new());
    for org in selection.organisations.iter().map(OrgIx::new) {
        let mut best = Grade::E;
        let (mut names_dataset, mut confirmed, mut core, mut weighed) = (false, false, false, false);
        let mut named = BTreeSet::new();
        for (ix, claim) in selection.claims_of(atlas, org) {
            best = best.min(claim.grade);
            names_dataset |= claim.dataset.is_some();
            named.extend(claim.dataset.filter(|_| !selection.claims.is_covered(atlas, claim)));
            confirmed |= atlas.claim_detail(ix).publisher_ack == PublisherAck::Confirmed;
            core |= claim.criticality == Criticality::Core;
            weighed |= claim.criticality != Criticality::Unknown;
        }
        if let Some(slot) = card.users_by_grade.get_mut(best.index()) {
            *slot += 1;
        }
        card.acknowledged += u64::from(best == Grade::A);
        card.confirmed += u64::from(confirmed);
        card.naming_dataset += u64::from(names_dataset);
        if !confirmed {
            card.not_confirmed.push(org);
        }
        if core {
            card.core_users.push(org);
        }
        card.top_users.push((org, named.len() as u64));
        let row = atlas.organisation(org);
        sectors.extend(row.sector);
        let goals = atlas.goals_of(org);
        for (coverage, is_known) in [
            (&mut card.criticality_coverage, weighed),
            (&mut card.goal_coverage, !goals.is_empty()),
            (&mut card.sector_coverage, row.sector.is_some()),
            (&mut card.dataset_coverage, names_dataset),
        ] {
            let attribute = coverage.attribute;
            coverage.count((!is_known).then(|| atlas.missing_code(org, attribute)));
        }
        card.goals.extend(goals);
        if let Some(area) = row.area {
            let code = atlas.str(atlas.area(atlas.area_unit(area)).code);
            card.with_area += 1;
            if !method::CAPITALS.contains(&code) {
                card.outside_capital += 1;
                outside.insert(code);
            }
        }
    }
    card.top_users.sort_by_key(|&(org, count)| (std::cmp::Reverse(count), org));
    card.datasets_named = atlas.datasets_named(&selection).len() as u64;
    card.sectors = sectors.len() as u64;
    card.areas_outside = outside.len() as u64;
    card
}

/// The datasets that claims of a selection name, a series beside its editions.
fn named_at_all(atlas: &Atlas, selection: &Selection) -> BTreeSet<DatasetIx> {
    let claims = selection.organisations.iter().flat_map(|org| selection.claims_of(atlas, OrgIx::new(org)));
    claims.filter_map(|(_, claim)| claim.dataset).collect()
}

/// Publishers whose data some users of one use too, most shared users first.
pub fn also_used(atlas: &Atlas, publisher: OrgIx, users: &RoaringBitmap, first: usize) -> Vec<(OrgIx, u64)> {
    let family = atlas.hierarchy.below(publisher, true, true);
    let mut shared: Vec<(OrgIx, u64)> = atlas
        .publisher_users()
        .iter()
        .map(|&(other, _)| other)
        .filter(|&other| other != publisher && !family.contains(&other) && atlas.root_of(other) != publisher)
        // A use of the body is one of every body above it: they are no other publishers.
        .filter(|&other| !atlas.hierarchy.below(other, true, true).contains(&publisher))
        .filter(|&other| atlas.is_default_body(other))
        .map(|other| {
            (other, atlas.organisations_with(Dimension::Publisher, Value::Publisher(other)).intersection_len(users))
        })
        .filter(|&(_, shared)| shared > 0)
        .collect();
    shared.sort_unstable_by_key(|&(other, shared)| (std::cmp::Reverse(shared), other));
    shared.truncate(first);
    shared
}

//! Goals and the data about them: which goals have data and no claim, whom to ask, what nobody uses.

use std::collections::BTreeSet;

use entity::vocabulary::DatasetStatus;

use crate::atlas::{Atlas, DatasetIx, Dimension, OrgIx, Selection, Value};

/// The goals that a dataset is tagged with.
pub fn goals_of_dataset(atlas: &Atlas, dataset: DatasetIx) -> BTreeSet<u8> {
    let codes = atlas.themes_of(dataset).iter().map(|&code| atlas.code_row(code));
    let goals =
        codes.filter(|code| atlas.str(code.scheme) == "sdg").filter_map(|code| atlas.str(code.code).parse().ok());
    goals.collect()
}

/// Goals that published data is tagged with and nobody declares.
pub fn supply_without_claim(atlas: &Atlas, covered: &BTreeSet<u8>) -> BTreeSet<u8> {
    let published = atlas.datasets().filter(|&dataset| atlas.dataset(dataset).status == DatasetStatus::Published);
    let supply: BTreeSet<u8> = published.flat_map(|dataset| goals_of_dataset(atlas, dataset)).collect();
    supply.difference(covered).copied().collect()
}

/// Whom to ask: organisations that use a dataset tagged with a goal which they do not declare.
pub fn candidates(atlas: &Atlas, selection: &Selection) -> Vec<(OrgIx, u8)> {
    let mut candidates = Vec::new();
    for org in selection.organisations.iter().map(OrgIx::new) {
        let claimed = atlas.goals_of(org);
        let used: BTreeSet<u8> = selection
            .claims_of(atlas, org)
            .filter_map(|(_, claim)| claim.dataset)
            .flat_map(|dataset| goals_of_dataset(atlas, dataset))
            .collect();
        candidates.extend(used.into_iter().filter(|goal| !claimed.contains(goal)).map(|goal| (org, goal)));
    }
    candidates
}

/// Whom to ask about one goal, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whom.
    pub organisation: OrgIx,
    /// Whether a rule infers the goal from its other answers.
    pub is_inferred: bool,
    /// Whether such a rule has nothing but answers that were recovered from damage in their source: in no figure.
    pub is_recovered: bool,
    /// The data about the goal that it uses.
    pub datasets: Vec<DatasetIx>,
}

/// Whom to ask about one goal, by name.
pub fn candidates_of(atlas: &Atlas, selection: &Selection, goal: u8) -> Vec<Candidate> {
    let tagged: BTreeSet<DatasetIx> =
        atlas.datasets().filter(|&dataset| goals_of_dataset(atlas, dataset).contains(&goal)).collect();
    let (inferred, recovered) = (atlas.goal_inferred(goal, false), atlas.goal_recovered(goal));
    let asking = &selection.organisations - &atlas.goal_declared(goal, 1);
    let mut candidates = Vec::new();
    for org in asking.iter().map(OrgIx::new) {
        let claims = selection.claims_of(atlas, org).filter_map(|(_, claim)| claim.dataset);
        let used: BTreeSet<DatasetIx> = claims.filter(|dataset| tagged.contains(dataset)).collect();
        let (is_inferred, is_recovered) = (inferred.contains(org.get()), recovered.contains(org.get()));
        if is_inferred || is_recovered || !used.is_empty() {
            let datasets = used.into_iter().collect();
            candidates.push(Candidate { organisation: org, is_inferred, is_recovered, datasets });
        }
    }
    candidates
}

/// Published data about a goal that nobody uses; editions of a series that somebody uses are used. Of some studies those
/// that no other one made known: what the sample invents is no data of a real study.
pub fn unused(atlas: &Atlas, goal: u8, studies: &[String]) -> Vec<DatasetIx> {
    let chosen: Vec<Value> = studies.iter().flat_map(|word| atlas.values_of_word(Dimension::Chapter, word)).collect();
    let is_of_these = |dataset: DatasetIx| {
        let study = atlas.study_behind_dataset(dataset).map(|study| atlas.study(study));
        studies.is_empty() || study.is_none_or(|study| chosen.contains(&Value::Chapter(study.chapter)))
    };
    let of_goal = |dataset: &DatasetIx| {
        let row = atlas.dataset(*dataset);
        let is_used = row.users > 0 || row.series.is_some_and(|(series, _)| atlas.dataset(series).users > 0);
        let is_published = row.status == DatasetStatus::Published;
        !is_used && is_published && goals_of_dataset(atlas, *dataset).contains(&goal) && is_of_these(*dataset)
    };
    atlas.datasets().filter(of_goal).collect()
}

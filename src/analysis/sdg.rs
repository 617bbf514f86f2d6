//! The Sustainable Development Goals: which are claimed at which evidence level, which of a set are not, which
//! have data and no claim, and whom to ask. What a crosswalk infers is never declared.

use std::collections::BTreeSet;

use entity::vocabulary::{Attribute, ClaimStatus, DatasetStatus, Missing};

use super::Figure;
use crate::atlas::{Atlas, CodeIx, Coverage, DatasetIx, Dimension, Filter, Impact, OrgIx, Selection, Value, WaveIx};

/// All goals.
pub const GOALS: std::ops::RangeInclusive<u8> = 1..=17;

/// One goal over a selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    pub number: u8,
    /// Organisations that declare it, by least evidence level 1 to 5.
    pub declared: [u64; 5],
    /// Organisations linked to it by a published rule; never added to declared.
    pub inferred: u64,
    /// Organisations linked to it by nothing but answers recovered from damage in their source; among the inferred
    /// only where the filter wants recovered answers.
    pub recovered: u64,
    /// Whether the instruments of the selection's waves can yield it.
    pub asked: bool,
    /// Whether one of them asks for it as such.
    pub asked_directly: bool,
}

/// The goals over a selection.
#[derive(Clone, Debug, PartialEq)]
pub struct Goals {
    pub figure: Figure,
    pub goals: Vec<Goal>,
}

/// Every goal over the organisations of a filter.
pub fn goals(atlas: &Atlas, filter: &Filter) -> Goals {
    let selection = atlas.select(filter);
    let figure = Figure::new(atlas, filter, &selection, Dimension::Sdg);
    let asked_in = |waves: &mut dyn Iterator<Item = WaveIx>| -> BTreeSet<u8> {
        waves.flat_map(|wave| atlas.wave(wave).asked_goals.iter().copied()).collect()
    };
    let asked = asked_in(&mut figure.waves.iter().copied());
    let asked_directly = asked_in(&mut figure.waves.iter().copied().filter(|&wave| asks_for_goals(atlas, wave)));
    let goals = GOALS
        .map(|number| Goal {
            number,
            declared: std::array::from_fn(|at| {
                atlas.goal_declared(number, at as u8 + 1).intersection_len(&selection.organisations)
            }),
            inferred: atlas.goal_inferred(number, filter.include_recovered).intersection_len(&selection.organisations),
            recovered: atlas.goal_recovered(number).intersection_len(&selection.organisations),
            asked: asked.contains(&number),
            asked_directly: asked_directly.contains(&number),
        })
        .collect();
    Goals { figure, goals }
}

/// Whether a wave asks for goals as such.
fn asks_for_goals(atlas: &Atlas, wave: WaveIx) -> bool {
    atlas.wave(wave).asked.contains(&Attribute::Sdg)
}

/// The list of effects whose answers the published rules infer goals from.
const INFERRED_FROM: &str = "od500_social_impact";

/// The goals that a rule infers from some answer: each answer leads to the one that is surest.
fn inferable(atlas: &Atlas) -> BTreeSet<u8> {
    let goal = |code: CodeIx| {
        let row = atlas.code_row(code);
        (atlas.str(row.scheme) == "sdg").then(|| atlas.str(row.code).parse().ok()).flatten()
    };
    let surest = |answer: CodeIx| {
        let goals =
            atlas.mappings_of(answer).iter().filter_map(|mapping| Some((mapping.confidence, goal(mapping.to)?)));
        goals.min_by_key(|(confidence, _)| *confidence).map(|(_, goal)| goal)
    };
    atlas.codes_of(INFERRED_FROM).filter_map(surest).collect()
}

/// Of how many the goals that rules infer rest on an answer: those who name an effect on society, of those who were asked
/// for one. For a goal that no rule leads to, or whose waves ask nothing that leads to it, nobody was asked.
#[derive(Debug)]
pub struct InferredFrom {
    answers: Coverage,
    inferable: BTreeSet<u8>,
}

impl InferredFrom {
    /// Counts the organisations of a filter.
    pub fn new(atlas: &Atlas, filter: &Filter) -> Self {
        let elsewhere = atlas.elsewhere(filter);
        let here = |wave: Option<WaveIx>| wave.is_none_or(|wave| !elsewhere.contains(wave.get()));
        let organisations = atlas.select(filter).organisations;
        let mut answers = Coverage::none(Attribute::SocialImpact);
        let mut asked = BTreeSet::new();
        for org in organisations.iter().map(OrgIx::new) {
            let has_answered = atlas.impacts_of(org).iter().any(|impact| {
                atlas.str(impact.dimension) == INFERRED_FROM
                    && impact.status == ClaimStatus::Accepted
                    && !impact.is_inferred()
                    && here(impact.wave)
            });
            let missing = || atlas.missing_in(org, Attribute::SocialImpact, &elsewhere);
            answers.count((!has_answered).then(missing));
            asked.extend(atlas.responses_of(org).iter().map(|response| response.wave).filter(|&wave| here(Some(wave))));
        }
        let asked = asked.into_iter().filter(|&wave| atlas.wave(wave).asked.contains(&Attribute::SocialImpact));
        let reached: BTreeSet<u8> = asked.flat_map(|wave| atlas.wave(wave).asked_goals.iter().copied()).collect();
        Self { answers, inferable: inferable(atlas).intersection(&reached).copied().collect() }
    }

    /// Of one goal.
    pub fn of(&self, goal: u8) -> Coverage {
        if self.inferable.contains(&goal) {
            return self.answers;
        }
        let all = self.answers.answered + self.answers.missing.iter().sum::<u64>();
        let mut missing = [0; 6];
        missing[Missing::NotAsked.index()] = all;
        Coverage { missing, ..Coverage::none(self.answers.attribute) }
    }
}

/// Whether a filter selects nobody because nobody was asked about the goals that it names: that is no finding.
pub fn are_unasked(atlas: &Atlas, filter: &Filter, selection: &Selection) -> bool {
    unasked(atlas, filter, selection).is_some()
}

/// The coverage of such a filter: everybody whom it selects without its goals was not asked.
pub fn unasked(atlas: &Atlas, filter: &Filter, selection: &Selection) -> Option<Coverage> {
    if !selection.organisations.is_empty() {
        return None;
    }
    let wanted: Vec<u8> = filter.sdg.iter().filter_map(|word| word.parse().ok()).collect();
    if wanted.is_empty() {
        return None;
    }
    let others = Filter { sdg: Vec::new(), ..filter.clone() };
    let organisations = atlas.select(&others).organisations;
    let elsewhere = atlas.elsewhere(&others);
    let mut waves = atlas
        .waves()
        .filter(|wave| !elsewhere.contains(wave.get()))
        .filter(|&wave| atlas.has_any(Dimension::Wave, Value::Wave(wave), &organisations));
    let is_asked = waves.any(|wave| {
        asks_for_goals(atlas, wave) && wanted.iter().any(|goal| atlas.wave(wave).asked_goals.contains(goal))
    });
    let mut coverage = Coverage::none(Attribute::Sdg);
    coverage.missing[Missing::NotAsked.index()] = organisations.len();
    (!is_asked && !organisations.is_empty()).then_some(coverage)
}

/// The goals that someone declares at an evidence level or more; level 0 takes inferred ones in.
pub fn covered(goals: &[Goal], level: u8) -> BTreeSet<u8> {
    let at = usize::from(level.clamp(1, 5)) - 1;
    let claimed = |goal: &&Goal| goal.declared[at] > 0 || level == 0 && goal.inferred > 0;
    goals.iter().filter(claimed).map(|goal| goal.number).collect()
}

/// The share of the seventeen goals.
pub fn coverage(covered: &BTreeSet<u8>) -> f64 {
    covered.len() as f64 / 17.0
}

/// The goals of a priority set that nobody covers, and their share of the set.
pub fn gap(priority: &BTreeSet<u8>, covered: &BTreeSet<u8>) -> (BTreeSet<u8>, Option<f64>) {
    let gap: BTreeSet<u8> = priority.difference(covered).copied().collect();
    let share = (!priority.is_empty()).then(|| gap.len() as f64 / priority.len() as f64);
    (gap, share)
}

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

/// One target over a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub code: CodeIx,
    /// Whether its goal was asked and an answer leads to it.
    pub asked: bool,
    pub declared: u64,
    pub inferred: u64,
}

/// The targets of a goal over the organisations of a filter. One is asked where the waves ask for its goal and
/// either goals are asked for as such, or some answer of the questionnaire maps to it.
pub fn targets(atlas: &Atlas, goal: CodeIx, filter: &Filter) -> Vec<Target> {
    let selection = atlas.select(filter);
    let number: u8 = atlas.str(atlas.code_row(goal).code).parse().unwrap_or(0);
    let waves: Vec<_> = atlas
        .waves()
        .filter(|&wave| atlas.has_any(Dimension::Wave, Value::Wave(wave), &selection.organisations))
        .filter(|&wave| atlas.wave(wave).asked_goals.contains(&number))
        .collect();
    let as_such = waves.iter().any(|&wave| atlas.wave(wave).asked.contains(&Attribute::Sdg));
    let mapped: BTreeSet<CodeIx> =
        atlas.codes().flat_map(|code| atlas.mappings_of(code)).map(|mapping| mapping.to).collect();
    let mut targets: Vec<Target> = atlas
        .codes_of("sdg_target")
        .filter(|&code| atlas.code_row(code).parent == Some(goal))
        .map(|code| Target {
            code,
            asked: !waves.is_empty() && (as_such || mapped.contains(&code)),
            declared: 0,
            inferred: 0,
        })
        .collect();
    for org in selection.organisations.iter().map(OrgIx::new) {
        for target in &mut targets {
            let mut impacts = atlas.impacts_of(org).iter().filter(|impact| impact.code == Some(target.code));
            if impacts.clone().any(Impact::is_declared) {
                target.declared += 1;
            } else if impacts.any(|impact| impact.is_inferred() && (filter.include_recovered || !impact.is_recovered()))
            {
                target.inferred += 1;
            }
        }
    }
    targets
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

/// Published data about a goal that nobody uses, by title.
pub fn unused(atlas: &Atlas, goal: u8) -> Vec<DatasetIx> {
    let of_goal = |dataset: &DatasetIx| {
        let row = atlas.dataset(*dataset);
        row.users == 0 && row.status == DatasetStatus::Published && goals_of_dataset(atlas, *dataset).contains(&goal)
    };
    atlas.datasets().filter(of_goal).collect()
}

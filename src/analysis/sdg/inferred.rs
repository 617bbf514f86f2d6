//! Of how many the goals that rules infer rest on an answer.

use std::collections::BTreeSet;

use entity::vocabulary::{Attribute, ClaimStatus, Missing};

use crate::atlas::{Atlas, CodeIx, Coverage, Filter, OrgIx, WaveIx};

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

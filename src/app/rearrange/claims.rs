//! Claims that come to name another record. Two that then say the same become one, with the evidence of both; the
//! grade follows the evidence.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::id::UseClaimId;
use entity::{evidence, impact_claim, use_claim, verification};
use uuid::Uuid;

use super::super::Error;
use super::frame::Rearranging;
use crate::domain::grade::{Weighed, derive};
use crate::store::rearrangement::source_kinds;

type UseClaim = use_claim::Model;
type ImpactClaim = impact_claim::Model;

/// What makes two use claims the same: all that one can say, but for its words and the evidence.
fn key(claim: &UseClaim) -> impl std::hash::Hash + Eq + use<> {
    let target =
        (claim.distribution_id, claim.dataset_id, claim.series_id, claim.publisher_id, claim.theme_id, claim.via_id);
    let time = (claim.wave_id, claim.valid_from, claim.valid_to, claim.ended_on);
    (claim.organisation_id, target, time, claim.status, claim.publisher_ack, claim.origin)
}

/// The same of impact claims.
fn impact_key(claim: &ImpactClaim) -> impl std::hash::Hash + Eq + use<> {
    let what = (claim.dataset_id, claim.use_claim_id, claim.dimension.clone(), claim.code_id, claim.text.clone());
    (claim.organisation_id, what, claim.wave_id, claim.status, claim.evidence_level, claim.direction, claim.origin)
}

/// Writes use claims anew; `others` are claims of the same organisations that stay as they are.
pub(super) async fn use_claims(
    work: &mut Rearranging<'_>,
    mut rows: Vec<(UseClaim, UseClaim)>,
    others: Vec<UseClaim>,
) -> Result<HashMap<UseClaimId, UseClaimId>, Error> {
    rows.sort_by_key(|(before, _)| before.id);
    let moving: HashSet<UseClaimId> = rows.iter().map(|(before, _)| before.id).collect();
    let mut first: HashMap<_, UseClaim> = HashMap::new();
    for other in others.into_iter().filter(|other| !moving.contains(&other.id)) {
        first.entry(key(&other)).or_insert(other);
    }
    let (mut shifted, mut twins) = (Vec::new(), Vec::new());
    for (before, after) in rows {
        match first.get(&key(&after)) {
            Some(keeper) => twins.push((before, keeper.clone())),
            None => {
                first.insert(key(&after), after.clone());
                shifted.push((before, after));
            }
        }
    }
    let into: HashMap<UseClaimId, UseClaimId> = twins.iter().map(|(twin, keeper)| (twin.id, keeper.id)).collect();
    work.effect.united += into.len();
    let graded = unite(work, &into).await?;
    for (_, after) in &mut shifted {
        if let Some(grade) = graded.get(&after.id) {
            after.grade = derive(grade, after.publisher_ack, after.status);
        }
    }
    let mut staying: BTreeMap<UseClaimId, UseClaim> = BTreeMap::new();
    for (_, keeper) in &twins {
        if !moving.contains(&keeper.id) {
            staying.insert(keeper.id, keeper.clone());
        }
    }
    for (id, keeper) in staying {
        let Some(evidence) = graded.get(&id) else { continue };
        let mut after = keeper.clone();
        after.grade = derive(evidence, after.publisher_ack, after.status);
        shifted.push((keeper, after));
    }
    work.shift(shifted, |claim| claim.organisation_id.0).await?;
    let keeper_of: HashMap<UseClaimId, Uuid> =
        twins.iter().map(|(twin, keeper)| (twin.id, keeper.organisation_id.0)).collect();
    let ended = twins.into_iter().map(|(twin, _)| twin).collect();
    work.end(ended, |claim| keeper_of.get(&claim.id).copied().unwrap_or(claim.organisation_id.0)).await?;
    Ok(into)
}

/// Lets evidence and verifications of claims that end hang on those that stay; all evidence of those.
async fn unite(
    work: &mut Rearranging<'_>,
    into: &HashMap<UseClaimId, UseClaimId>,
) -> Result<HashMap<UseClaimId, Vec<Weighed>>, Error> {
    if into.is_empty() {
        return Ok(HashMap::new());
    }
    let mut ids: Vec<Uuid> = into.keys().chain(into.values()).map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    let all: Vec<evidence::Model> = work.naming("use_claim_id", &ids).await?;
    let says = |row: &evidence::Model, claim| (claim, row.source_id, row.polarity, row.locator.clone());
    let (gone, mut stays): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|row| row.use_claim_id.is_some_and(|claim| into.contains_key(&claim)));
    let mut said: HashSet<_> = stays.iter().map(|row| says(row, row.use_claim_id)).collect();
    let (mut moved, mut ended) = (Vec::new(), Vec::new());
    for row in gone {
        let keeper = row.use_claim_id.and_then(|claim| into.get(&claim).copied());
        if said.insert(says(&row, keeper)) {
            let after = evidence::Model { use_claim_id: keeper, ..row.clone() };
            stays.push(after.clone());
            moved.push((row, after));
        } else {
            ended.push(row);
        }
    }
    let sources: Vec<Uuid> = stays.iter().map(|row| row.source_id.0).collect();
    let kinds = source_kinds(work.write.transaction(), &sources).await?;
    let mut graded: HashMap<UseClaimId, Vec<Weighed>> = HashMap::new();
    for row in &stays {
        let (Some(claim), Some(kind)) = (row.use_claim_id, kinds.get(&row.source_id.0)) else { continue };
        graded.entry(claim).or_default().push(Weighed { kind: *kind, polarity: row.polarity });
    }
    let subject = |row: &evidence::Model| row.use_claim_id.map_or(Uuid::nil(), |claim| claim.0);
    work.shift(moved, subject).await?;
    work.end(ended, subject).await?;
    let checks: Vec<verification::Model> = work.naming("use_claim_id", &ids).await?;
    let moved = checks.into_iter().filter_map(|row| {
        let keeper = into.get(&row.use_claim_id?).copied();
        keeper.map(|keeper| (row.clone(), verification::Model { use_claim_id: Some(keeper), ..row }))
    });
    let moved: Vec<_> = moved.collect();
    work.shift(moved, |row| row.use_claim_id.map_or(Uuid::nil(), |claim| claim.0)).await?;
    Ok(graded)
}

/// Writes impact claims anew, in the same way.
pub(super) async fn impact_claims(
    work: &mut Rearranging<'_>,
    mut rows: Vec<(ImpactClaim, ImpactClaim)>,
    others: Vec<ImpactClaim>,
    united: &HashMap<UseClaimId, UseClaimId>,
) -> Result<(), Error> {
    let twins: Vec<Uuid> = united.keys().map(|id| id.0).collect();
    let of_twins: Vec<ImpactClaim> = work.naming("use_claim_id", &twins).await?;
    let known: HashSet<_> = rows.iter().map(|(before, _)| before.id).collect();
    rows.extend(of_twins.into_iter().filter(|row| !known.contains(&row.id)).map(|row| (row.clone(), row)));
    for (_, after) in &mut rows {
        after.use_claim_id = after.use_claim_id.map(|claim| united.get(&claim).copied().unwrap_or(claim));
    }
    rows.sort_by_key(|(before, _)| before.id);
    let moving: HashSet<_> = rows.iter().map(|(before, _)| before.id).collect();
    let mut first: HashMap<_, ImpactClaim> = HashMap::new();
    for other in others.into_iter().filter(|other| !moving.contains(&other.id)) {
        first.entry(impact_key(&other)).or_insert(other);
    }
    let (mut shifted, mut ended, mut into) = (Vec::new(), Vec::new(), HashMap::new());
    for (before, after) in rows {
        if let Some(keeper) = first.get(&impact_key(&after)) {
            into.insert(before.id, keeper.id);
            ended.push(before);
        } else {
            first.insert(impact_key(&after), after.clone());
            shifted.push((before, after));
        }
    }
    work.effect.united += into.len();
    let ids: Vec<Uuid> = into.keys().chain(into.values()).map(|id| id.0).collect();
    let all: Vec<evidence::Model> = work.naming("impact_claim_id", &ids).await?;
    let says = |row: &evidence::Model, claim| (claim, row.source_id, row.polarity, row.locator.clone());
    let (gone, stays): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|row| row.impact_claim_id.is_some_and(|claim| into.contains_key(&claim)));
    let mut said: HashSet<_> = stays.iter().map(|row| says(row, row.impact_claim_id)).collect();
    let (mut moved, mut same) = (Vec::new(), Vec::new());
    for row in gone {
        let keeper = row.impact_claim_id.and_then(|claim| into.get(&claim).copied());
        if said.insert(says(&row, keeper)) {
            moved.push((row.clone(), evidence::Model { impact_claim_id: keeper, ..row }));
        } else {
            same.push(row);
        }
    }
    let subject = |row: &evidence::Model| row.impact_claim_id.map_or(Uuid::nil(), |claim| claim.0);
    work.shift(moved, subject).await?;
    work.end(same, subject).await?;
    work.shift(shifted, |claim| claim.organisation_id.0).await?;
    work.end(ended, |claim| claim.organisation_id.0).await
}

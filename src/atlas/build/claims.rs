//! Use claims and impact claims: which count, which is the newest of its organisation and target, and the
//! indexes that follow from them.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::mem::take;

use chrono::NaiveDate;
use entity::vocabulary::{ClaimStatus, Decision, Grade, Origin};
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::Builder;
use super::kept::{Kept, Origins};
use crate::atlas::handle::{ClaimIx, DatasetIx, FastMap, Groups, Handle, ImpactIx, OrgIx};
use crate::atlas::lookup::Lookup;
use crate::atlas::model::{Claim, ClaimDetail, Evidence, Impact, Specificity};
use crate::atlas::rows::{EvidencedRow, Rows, TargetRow, UseClaimRow};
use crate::atlas::stated::StatedParts;
use crate::atlas::values::{Dimension, Value, Values, takes_part};
use crate::atlas::{Atlas, places, search};

/// A claim on its way into the atlas, and what it was in the one before.
struct Entry {
    claim: Claim,
    detail: ClaimDetail,
    origin: Option<ClaimIx>,
}

impl Builder<'_> {
    pub(super) fn use_claims(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let rows = take(&mut rows.use_claims);
        let mut claims: Vec<Entry> = self.kept(|kept| {
            let all = (0..kept.old.claims.len() as u32).map(ClaimIx::new);
            let kept_claim =
                |old| kept.claim(atlas, old).map(|(claim, detail)| Entry { claim, detail, origin: Some(old) });
            all.filter_map(kept_claim).collect()
        });
        claims.reserve(rows.len());
        for row in rows {
            let found = self.use_claim(atlas, &row);
            claims.extend(self.need(found).map(|(claim, detail)| Entry { claim, detail, origin: None }));
        }
        // Same organisation, same target stand together, the newest first: waves stand by opening date. What a wave that
        // has yet to open on the day will say comes after what had been said by then.
        // What is kept stands in order already, which a stable sort takes as one run.
        claims.sort_by_key(|Entry { claim, detail, .. }| {
            let target = (claim.organisation, claim.publisher.is_none(), claim.publisher, claim.dataset, claim.theme);
            let same = (detail.via, detail.origin == Origin::Recovered);
            let is_ahead = claim.wave.is_some_and(|wave| !atlas.has_opened(wave));
            (target, same, is_ahead, Reverse(claim.wave), claim.grade, detail.id)
        });
        mark(atlas, &mut claims);
        let count = claims.len();
        atlas.claims.reserve_exact(count);
        atlas.details.reserve_exact(count);
        if self.kept.is_some() {
            self.claim_origins = claims.iter().map(|entry| entry.origin).collect();
        }
        for Entry { claim, detail, .. } in claims {
            atlas.claims.push(claim);
            atlas.details.push(detail);
        }
        let all = || atlas.claims.iter().enumerate().map(|(at, claim)| (ClaimIx::new(at as u32), claim));
        atlas.claim_groups = Groups::new(atlas.organisations.len(), all().map(|(_, c)| (c.organisation, ())).collect());
        let of_datasets = all().filter_map(|(ix, claim)| Some((claim.dataset?, ix))).collect();
        atlas.dataset_claims = Groups::new(atlas.datasets.len(), of_datasets);
        let of_publishers = all().filter_map(|(ix, claim)| Some((claim.publisher?, ix))).collect();
        atlas.publisher_claims = Groups::new(atlas.organisations.len(), of_publishers);
        atlas.has_recovered = atlas.claims.iter().any(|claim| claim.flags & Claim::RECOVERED != 0);
        let is_said_again = |claim: &Claim| claim.newer.is_some_and(|newer| atlas.claim(newer).wave != claim.wave);
        atlas.has_displaced = atlas.claims.iter().any(is_said_again);
    }

    fn use_claim(&mut self, atlas: &Atlas, row: &UseClaimRow) -> Option<(Claim, ClaimDetail)> {
        let ids = &self.ids;
        let organisation = *ids.organisations.get(&row.organisation.0)?;
        let (mut dataset, mut publisher, mut theme) = (None, None, None);
        let specificity = match row.target {
            TargetRow::Distribution(id) | TargetRow::Dataset(id) | TargetRow::Series(id) => {
                let ix = *ids.datasets.get(&id.0)?;
                dataset = Some(ix);
                publisher = Some(atlas.datasets[ix.at()].publisher);
                match row.target {
                    TargetRow::Distribution(_) => Specificity::Distribution,
                    TargetRow::Series(_) => Specificity::Series,
                    _ => Specificity::Dataset,
                }
            }
            TargetRow::Publisher(id) => {
                publisher = Some(*ids.organisations.get(&id.0)?);
                Specificity::Publisher
            }
            TargetRow::Theme(id) => {
                theme = Some(*ids.codes.get(&id.0)?);
                Specificity::Theme
            }
        };
        let stated = row.stated_publisher.and_then(|id| ids.organisations.get(&id.0).copied());
        let via = row.via.and_then(|id| ids.organisations.get(&id.0).copied());
        let mut flags = 0;
        if is_countable(row, atlas.as_of) && atlas.is_founded(organisation) {
            flags |= Claim::COUNTABLE;
        }
        if publisher == Some(organisation) {
            flags |= Claim::SELF_USE;
        }
        if row.via.is_some() {
            flags |= Claim::INDIRECT;
        }
        if row.origin == Origin::Recovered {
            flags |= Claim::RECOVERED;
        }
        let claim = Claim {
            organisation,
            dataset,
            publisher,
            stated,
            theme,
            wave: row.wave.and_then(|id| ids.waves.get(&id.0).copied()),
            grade: row.grade,
            criticality: row.criticality,
            access_mode: row.access_mode,
            newer: None,
            flags,
        };
        let detail = ClaimDetail {
            id: row.id,
            specificity,
            purpose: self.texts.maybe_label(row.purpose.as_ref()),
            use_type: row.use_type,
            via,
            started: row.started,
            last_observed_on: row.last_observed_on,
            valid_from: row.valid_from,
            asserted_by: row.asserted_by,
            origin: row.origin,
            status: row.status,
            publisher_ack: row.publisher_ack,
        };
        Some((claim, detail))
    }

    pub(super) fn impact_claims(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let mut impacts = self.kept(|kept| {
            let all = (0..kept.old.impacts.len() as u32).map(ImpactIx::new);
            all.filter_map(|old| Some((kept.impact(old)?, Some(old)))).collect()
        });
        impacts.reserve(rows.impact_claims.len());
        for row in take(&mut rows.impact_claims) {
            let organisation = self.ids.organisations.get(&row.organisation.0).copied();
            let Some(organisation) = self.need(organisation) else { continue };
            let code = row.code.and_then(|id| self.ids.codes.get(&id.0).copied());
            let goal = code.filter(|_| row.dimension == "sdg" || row.dimension == "sdg_target").and_then(|code| {
                let code = self.texts.strings().get(atlas.codes[code.at()].code);
                code.split('.').next()?.parse().ok().filter(|goal| (1..=17).contains(goal))
            });
            let impact = Impact {
                id: row.id,
                organisation,
                dimension: self.texts.intern(&row.dimension),
                code,
                goal,
                text: self.texts.maybe(row.text.as_deref()),
                direction: row.direction,
                strength: row.strength,
                evidence_level: row.evidence_level,
                rationale: self.texts.maybe_label(row.rationale.as_ref()),
                asserted_by: row.asserted_by,
                origin: row.origin,
                confidence: row.confidence,
                wave: row.wave.and_then(|id| self.ids.waves.get(&id.0).copied()),
                status: row.status,
            };
            impacts.push((impact, None));
        }
        impacts.sort_by_key(|(impact, _)| {
            (impact.organisation, impact.dimension, impact.code, Reverse(impact.evidence_level), impact.id)
        });
        let owners = impacts.iter().map(|(impact, _)| (impact.organisation, ())).collect();
        atlas.impact_groups = Groups::new(atlas.organisations.len(), owners);
        (atlas.impacts, self.impact_origins) = impacts.into_iter().unzip();
    }

    pub(super) fn evidence(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        atlas.claim_ids = Lookup::new(atlas.details.len(), |at| atlas.details[at].id);
        atlas.impact_ids = Lookup::new(atlas.impacts.len(), |at| atlas.impacts[at].id);
        let mut of_claims = self.kept(|kept| kept_evidence(kept, &self.claim_origins, &kept.old.claim_evidence));
        let mut of_impacts = self.kept(|kept| kept_evidence(kept, &self.impact_origins, &kept.old.impact_evidence));
        of_claims.reserve(rows.evidence.len());
        // Evidence comes in no order: a table finds its claims faster than the search that readers use.
        let origins = self.claim_origins.iter().copied().chain(std::iter::repeat(None));
        let claims: FastMap<Uuid, ClaimIx> = (atlas.details.iter().zip(0..))
            .zip(origins)
            .filter(|(_, origin)| origin.is_none())
            .map(|((detail, at), _)| (detail.id.0, ClaimIx::new(at)))
            .collect();
        for row in take(&mut rows.evidence) {
            let source = self.ids.sources.get(&row.source.0).copied();
            let Some(source) = self.need(source) else { continue };
            let (locator, quote) = (self.texts.maybe(row.locator.as_deref()), self.texts.maybe(row.quote.as_deref()));
            let evidence = Evidence { source, polarity: row.polarity, locator, quote };
            match row.about {
                EvidencedRow::Use(id) => {
                    let claim = self.need(claims.get(&id.0).copied());
                    of_claims.extend(claim.map(|ix| (ix, evidence)));
                }
                EvidencedRow::Impact(id) => {
                    let impact = self.need(atlas.impact_by_id(id));
                    of_impacts.extend(impact.map(|ix| (ix, evidence)));
                }
                EvidencedRow::Observation(_) => {}
            }
        }
        atlas.claim_evidence = Groups::<ClaimIx, _>::new(atlas.claims.len(), of_claims);
        atlas.impact_evidence = Groups::<ImpactIx, _>::new(atlas.impacts.len(), of_impacts);
    }
}

/// The evidence of the claims or impacts that stay.
fn kept_evidence<K: Handle>(
    kept: &Kept<'_>,
    origins: &Origins<K>,
    evidence: &Groups<K, Evidence>,
) -> Vec<(K, Evidence)> {
    let all = origins.iter().enumerate().filter_map(|(at, origin)| Some((K::of(at as u32), (*origin)?)));
    all.flat_map(|(new, old)| evidence.of(old).iter().filter_map(move |row| Some((new, kept.evidence(row)?)))).collect()
}

fn is_countable(row: &UseClaimRow, as_of: NaiveDate) -> bool {
    row.status == ClaimStatus::Accepted && row.grade != Grade::E && row.valid_from.is_none_or(|from| from.on <= as_of)
}

/// Marks the claims that count: of each organisation and target the newest countable one, which the others point to,
/// and at series level where the organisation claims a series and an accepted edition of it.
fn mark(atlas: &Atlas, claims: &mut [Entry]) {
    type Identity = (OrgIx, Option<OrgIx>, Option<DatasetIx>, Option<crate::atlas::CodeIx>, Option<OrgIx>, bool);
    let identity = |Entry { claim, detail, .. }: &Entry| -> Identity {
        let recovered = detail.origin == Origin::Recovered;
        (claim.organisation, claim.publisher, claim.dataset, claim.theme, detail.via, recovered)
    };
    let mut before: Option<(Identity, ClaimIx)> = None;
    for (entry, at) in claims.iter_mut().zip(0..).filter(|(entry, _)| entry.claim.is_countable()) {
        let this = identity(entry);
        entry.claim.newer = before.filter(|(of, _)| *of == this).map(|(_, newer)| newer);
        if entry.claim.newer.is_none() {
            entry.claim.flags |= Claim::CURRENT;
        }
        before = Some((this, ClaimIx::new(at)));
    }
    for group in claims.chunk_by_mut(|a, b| a.claim.organisation == b.claim.organisation) {
        let used: Vec<DatasetIx> =
            group.iter().map(|entry| entry.claim).filter(|c| c.is_current()).filter_map(|c| c.dataset).collect();
        for Entry { claim, .. } in group.iter_mut() {
            let series = claim.dataset.and_then(|dataset| atlas.datasets[dataset.at()].series);
            if let Some((series, Decision::Accepted)) = series
                && used.contains(&series)
            {
                claim.flags |= Claim::COVERED;
            }
        }
    }
}

/// Does two things at once, on two threads.
fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(there);
        let here = here();
        (here, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

impl Atlas {
    /// Everything that is derived from the records once they and their texts are complete.
    pub(super) fn lay_indexes(&mut self) {
        self.organisation_ids = Lookup::new(self.organisations.len(), |at| self.organisations[at].id);
        self.dataset_ids = Lookup::new(self.datasets.len(), |at| self.datasets[at].id);
        self.observation_ids = Lookup::new(self.observations.len(), |at| self.observations[at].id);
        self.organisation_slugs = Lookup::new(self.organisations.len(), |at| self.str(self.organisations[at].slug));
        self.dataset_slugs = Lookup::new(self.datasets.len(), |at| self.str(self.datasets[at].slug));
        self.code_words = Lookup::new(self.codes.len(), |at| {
            let row = &self.codes[at];
            (self.str(row.scheme), self.str(row.code))
        });
        self.area_codes = Lookup::new(self.areas.len(), |at| self.str(self.areas[at].code));
        self.unspecified_theme = self.code("od500_data_type", "unspecified");
        self.find_reusers();
        self.count_uses();
        let records = || (places::Places::build(self), search::Named::of(self));
        let (values, (places, named)) = both(|| Values::build(self, &self.reusers), records);
        (self.values, self.places) = (values, places);
        self.find_default_bodies();
        self.find_shared_acronyms();
        self.count_users();
        self.stated_parts = StatedParts::of(self);
        let weights = named.weights(self);
        let mut values = take(&mut self.values);
        ((), self.search) = both(|| self.lay_columns(&mut values), || named.index(&weights));
        self.values = values;
    }

    fn find_reusers(&mut self) {
        let (mut reusers, mut listed) = (RoaringBitmap::new(), RoaringBitmap::new());
        for org in (0..self.organisations.len() as u32).map(OrgIx::new) {
            let answers = self.responses.of(org).iter().any(takes_part);
            // Whoever is founded later is none yet, whatever is said of its data.
            if !self.is_founded(org) {
                continue;
            }
            if answers || self.claims_of(org).iter().any(|claim| claim.is_current()) {
                reusers.insert(org.get());
                if self.organisation(org).consent != entity::vocabulary::Consent::No {
                    listed.insert(org.get());
                }
            }
        }
        (self.reusers, self.listed) = (reusers, listed);
    }

    fn count_uses(&mut self) {
        let mut bodies = Vec::new();
        for at in 0..self.organisations.len() {
            let org = OrgIx::new(at as u32);
            bodies.clear();
            let (mut datasets, mut claims) = (0, 0);
            let mut last = None;
            for claim in self.claims_of(org).iter().filter(|claim| claim.figures(false)) {
                claims += 1;
                // Claims of one organisation stand by target, so that equal datasets are neighbours.
                if claim.dataset.is_some() && claim.dataset != last && !claim.is_covered() {
                    datasets += 1;
                }
                last = claim.dataset;
                bodies.extend(self.body(claim, None));
            }
            bodies.sort_unstable();
            bodies.dedup();
            if claims > 0 && self.listed.contains(org.get()) {
                self.active.insert(org.get());
            }
            let undecided = |claim: &Claim| claim.publisher.is_none() || self.counts_as_stated(claim);
            if !self.claims_of(org).iter().filter(|claim| claim.figures(false)).all(undecided) {
                self.decided.insert(org.get());
            }
            let row = &mut self.organisations[at];
            (row.datasets_used, row.publishers_used, row.claim_count) = (datasets, bodies.len() as u32, claims);
        }
    }

    fn find_default_bodies(&mut self) {
        let mut bodies = RoaringBitmap::new();
        for claim in self.claims.iter().filter(|claim| claim.figures(true)) {
            if let Some(crate::atlas::Body::Organisation(body)) = self.body(claim, None) {
                bodies.insert(body.get());
                bodies.insert(self.hierarchy.successor[body.at()].get());
            }
        }
        self.default_bodies = bodies;
    }

    fn find_shared_acronyms(&mut self) {
        let mut bearers: HashMap<String, Vec<u32>> = HashMap::new();
        for publisher in &self.publishers {
            if let Some(acronym) = publisher.acronym {
                bearers.entry(self.str(acronym).to_lowercase()).or_default().push(publisher.organisation.get());
            }
        }
        self.shared_acronyms = bearers.into_values().filter(|bodies| bodies.len() > 1).flatten().collect();
    }

    /// Areas with a row of their own: those of the first level, and countries that an organisation names without
    /// more.
    fn lay_columns(&self, values: &mut Values) {
        let mut areas = RoaringBitmap::new();
        for org in self.reusers.iter().map(OrgIx::new) {
            if let Some(area) = self.organisation(org).area {
                areas.insert(self.area_unit(area).get());
            }
        }
        values.lay_columns(self, |value| !matches!(value, Value::Area(area) if !areas.contains(area.get())));
    }

    fn count_users(&mut self) {
        for at in 0..self.datasets.len() {
            let value = Value::Dataset(DatasetIx::new(at as u32));
            let users =
                self.values.of(Dimension::Dataset).get(value).map_or(0, |set| set.intersection_len(&self.listed));
            self.datasets[at].users = users as u32;
        }
        let mut users: Vec<(OrgIx, u32)> = self
            .publishers
            .iter()
            .map(|publisher| (publisher.organisation, self.users_of(publisher.organisation).len() as u32))
            .collect();
        users.sort_unstable_by_key(|&(org, users)| (Reverse(users), org));
        self.publisher_users = users;
    }
}

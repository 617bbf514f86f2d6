//! Records that may be the same thing as what a case is about, and other cases that wait with the same thing, so that
//! nobody accepts twice what is there once.

use std::cmp::Reverse;
use std::collections::HashMap;

use entity::id::{MatchCandidateId, OrganisationId, ReviewCaseId};
use entity::vocabulary::{CaseKind, IdentifierScheme, MatchKind, MatchVerdict, RowVisibility};
use uuid::Uuid;

use super::accept::content_of;
use super::{Case, is_sealed};
use crate::app::matching::{self, Likely, Side, SideFact};
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::identifier::domain_of;
use crate::domain::matching::{Pair, Party, Reason, pairs_of};
use crate::domain::resolve::Sort;
use crate::domain::review::{Field, Proposed, Subject, is_open};
use crate::store::review::{self as stored, On, facts};

/// How many are shown.
const SHOWN: usize = 10;
/// With how many cases that wait one is compared, the latest first.
const WAITING: u64 = 500;

/// A record, or a case that waits, that may be what a case is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    pub side: Side,
    pub kind: MatchKind,
    pub verdict: MatchVerdict,
    /// How alike, in thousandths: an order, no probability.
    pub score: i32,
    pub reasons: Vec<Reason>,
    /// Where the two can be compared, if both are records.
    pub comparison: Option<MatchCandidateId>,
    /// The case that waits with it, where it is no record yet.
    pub waiting: Option<ReviewCaseId>,
}

/// The likeliest first. What is proposed is compared with the whole record now, and with all else that is proposed; a
/// record is looked up among the pairs that were found before.
pub(super) async fn of(ctx: &Context, actor: &Actor, case: &Case) -> Result<Vec<Duplicate>, Error> {
    if !is_open(case.status) {
        return Ok(Vec::new());
    }
    let mut found = match about(ctx, case).await? {
        None => Vec::new(),
        Some(About::Proposed(party)) => {
            let others = waiting(ctx, actor, case, &party).await?;
            let likely = matching::likely(ctx, actor, *party).await?;
            let mut found: Vec<Duplicate> = likely.into_iter().map(Duplicate::of_likely).collect();
            // Of two that are as alike, the record stands first.
            found.extend(others);
            found.sort_by_key(|one| Reverse(one.score));
            found
        }
        Some(About::Record(id)) => {
            let pairs = matching::candidates_of(ctx, actor, id).await?;
            pairs.into_iter().filter_map(|pair| Duplicate::of_pair(pair, id)).collect()
        }
    };
    found.truncate(SHOWN);
    Ok(found)
}

impl Duplicate {
    fn of_likely(likely: Likely) -> Self {
        Self::against(likely.side, likely.pair, None)
    }

    /// Something that was compared just now, and of which no comparison is kept.
    fn against(side: Side, pair: Pair, waiting: Option<ReviewCaseId>) -> Self {
        Self {
            side,
            kind: pair.kind,
            verdict: pair.verdict,
            score: pair.score,
            reasons: pair.features.reasons,
            comparison: None,
            waiting,
        }
    }

    /// What another case is about: no record yet, so all that is known of it is what somebody wrote.
    fn of_waiting(pair: Pair, (case, party): &(ReviewCaseId, Party)) -> Self {
        let website = party.domain.iter().map(|domain| (SideFact::Website, domain.clone()));
        let side = Side {
            id: party.id,
            slug: String::new(),
            name: party.name.clone(),
            facts: website.collect(),
            claims: 0,
            is_public: false,
        };
        Self::against(side, pair, Some(*case))
    }

    fn of_pair(pair: matching::Match, own: Uuid) -> Option<Self> {
        let side = if pair.row.left_id == own { pair.right } else { pair.left }?;
        Some(Self {
            side,
            kind: pair.row.kind,
            verdict: pair.row.verdict,
            score: pair.row.score,
            reasons: pair.features.reasons,
            comparison: Some(pair.row.id),
            waiting: None,
        })
    }
}

/// Other cases that wait with what may be the same thing; what is closed to the reader is left out.
async fn waiting(ctx: &Context, actor: &Actor, case: &Case, party: &Party) -> Result<Vec<Duplicate>, Error> {
    let kinds: &[CaseKind] = match party.sort {
        Sort::Dataset => &[CaseKind::Dataset],
        _ => &[CaseKind::Organisation, CaseKind::Display],
    };
    let mut others = stored::waiting(&ctx.db, kinds, case.id, WAITING).await?;
    others.retain(|other| {
        let is_own = other.organisation_id.is_some() && other.organisation_id == case.organisation_id;
        !is_own && !is_sealed(actor, other, ctx.now())
    });
    let ids: Vec<OrganisationId> = others.iter().filter_map(|other| other.organisation_id).collect();
    let rows = facts::organisations(On::Record(&ctx.db), &ids).await?;
    let unseen: HashMap<OrganisationId, entity::organisation::Model> = rows
        .into_iter()
        .filter(|row| row.visibility != RowVisibility::Public)
        .map(|row| (row.entity_id, row))
        .collect();
    let mut among: Vec<(ReviewCaseId, Party)> = Vec::new();
    for other in &others {
        let one = match (other.kind, other.organisation_id.and_then(|id| unseen.get(&id))) {
            (CaseKind::Display, Some(row)) => Some(of_unseen(row)),
            (CaseKind::Display, None) => None,
            _ => match about(ctx, other).await? {
                Some(About::Proposed(one)) => Some(*one),
                _ => None,
            },
        };
        among.extend(one.filter(|one| one.id != party.id).map(|one| (other.id, one)));
    }
    let parties: Vec<Party> = among.iter().map(|(_, one)| one.clone()).collect();
    let found = pairs_of(party, &parties).into_iter().filter_map(|pair| {
        let other = if pair.left == party.id { pair.right } else { pair.left };
        let one = among.iter().find(|(_, one)| one.id == other)?;
        Some(Duplicate::of_waiting(pair, one))
    });
    Ok(found.collect())
}

/// An organisation that nobody sees yet: it has put itself forward, or a list named it.
fn of_unseen(row: &entity::organisation::Model) -> Party {
    party(row.entity_id.0, Sort::Organisation, matching::shown(&row.name), row.website.as_deref(), None)
}

/// What a case is about, as far as it can be compared.
enum About {
    /// Something that is no record yet, or none that anybody sees.
    Proposed(Box<Party>),
    Record(Uuid),
}

async fn about(ctx: &Context, case: &Case) -> Result<Option<About>, Error> {
    let rfc = case.rfc_hash.iter().map(|hash| (IdentifierScheme::RfcHmac, hash.clone()));
    let new = |sort, name, website: Option<&str>, publisher| {
        let party = party(case.id.0, sort, name, website, publisher);
        Some(About::Proposed(Box::new(Party { identifiers: rfc.clone().collect(), ..party })))
    };
    if case.content.is_some() && !matches!(case.kind, CaseKind::UseClaim | CaseKind::ImpactClaim) {
        return Ok(match content_of(case)? {
            Proposed::Organisation { name, website, .. } => new(Sort::Organisation, name, website.as_deref(), None),
            Proposed::Dataset { title, publisher, .. } => new(Sort::Dataset, title, None, Some(publisher.0)),
            // Who has this RFC already is found by it, whatever their names.
            Proposed::Correction { subject: Subject::Organisation(id), field: Field::Rfc, .. } => {
                let row = facts::organisation(On::Record(&ctx.db), id).await?;
                let own = |row: entity::organisation::Model| {
                    let party =
                        party(id.0, Sort::Organisation, matching::shown(&row.name), row.website.as_deref(), None);
                    About::Proposed(Box::new(Party { identifiers: rfc.clone().collect(), ..party }))
                };
                row.map(own)
            }
            Proposed::Correction { subject: Subject::Organisation(id), .. } => Some(About::Record(id.0)),
            Proposed::Correction { subject: Subject::Dataset(id), .. } => Some(About::Record(id.0)),
            _ => None,
        });
    }
    // Whether an organisation may be shown: one that has put itself forward enters the register by it.
    let (CaseKind::Display, Some(id)) = (case.kind, case.organisation_id) else { return Ok(None) };
    let Some(row) = facts::organisation(On::Record(&ctx.db), id).await? else { return Ok(None) };
    if row.visibility == RowVisibility::Public {
        return Ok(Some(About::Record(id.0)));
    }
    Ok(Some(About::Proposed(Box::new(of_unseen(&row)))))
}

fn party(id: Uuid, sort: Sort, name: String, website: Option<&str>, publisher: Option<Uuid>) -> Party {
    Party {
        id,
        sort,
        name,
        others: Vec::new(),
        domain: website.and_then(domain_of),
        state: None,
        acronym: None,
        identifiers: Vec::new(),
        publisher,
        series: None,
    }
}

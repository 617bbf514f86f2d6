//! Records that may be the same thing as what a case is about, so that nobody accepts twice what is there once.

use entity::id::MatchCandidateId;
use entity::vocabulary::{CaseKind, IdentifierScheme, MatchKind, MatchVerdict, RowVisibility};
use uuid::Uuid;

use super::Case;
use super::accept::content_of;
use crate::app::matching::{self, Likely, Side};
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::identifier::domain_of;
use crate::domain::matching::{Party, Reason};
use crate::domain::resolve::Sort;
use crate::domain::review::{Field, Proposed, Subject, is_open};
use crate::store::review::{On, facts};

/// How many are shown.
const SHOWN: usize = 10;

/// A record that may be what a case is about.
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
}

/// The likeliest first. What is proposed is compared with the whole record now; a record is looked up among the pairs
/// that were found before.
pub(super) async fn of(ctx: &Context, actor: &Actor, case: &Case) -> Result<Vec<Duplicate>, Error> {
    if !is_open(case.status) {
        return Ok(Vec::new());
    }
    let mut found = match about(ctx, case).await? {
        None => Vec::new(),
        Some(About::Proposed(party)) => {
            let likely = matching::likely(ctx, actor, *party).await?;
            likely.into_iter().map(Duplicate::of_likely).collect()
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
        let Likely { pair, side } = likely;
        Self {
            side,
            kind: pair.kind,
            verdict: pair.verdict,
            score: pair.score,
            reasons: pair.features.reasons,
            comparison: None,
        }
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
        })
    }
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
    let party = party(id.0, Sort::Organisation, matching::shown(&row.name), row.website.as_deref(), None);
    Ok(Some(About::Proposed(Box::new(party))))
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

//! Records that may be one thing: found over the whole record, listed, decided and remembered. To be told the same
//! is not to be merged: a merge is a decision of its own, in [`rearrange`](super::rearrange).

use std::collections::{HashMap, HashSet};

use entity::id::MatchCandidateId;
use entity::vocabulary::{MatchDecision, MatchKind, RowVisibility};
use uuid::Uuid;

use super::permit::permit;
use super::write::{Change, Write};
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::identifier::domain_of;
use crate::domain::matching::{Features, Pair, Party, pairs, pairs_of, weigh};
use crate::domain::resolve::Sort;
use crate::domain::text::by_language;
use crate::domain::violation::{Fault, Violation};
use crate::store;
pub use crate::store::matching::Wanted;
use crate::store::matching::{Candidate, Compared};

/// The longest reason.
const LONGEST_REASON: usize = 500;

/// How many records are shown beside something that is proposed.
const LIKELY: usize = 20;

/// What a search for pairs found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many records were compared.
    pub compared: usize,
    /// How many pairs there are.
    pub pairs: usize,
    /// How many of them nobody had seen.
    pub fresh: u64,
}

/// Compares the whole record and keeps the pairs; what a person has decided stays decided.
pub async fn find(
    ctx: &Context,
    actor: &Actor,
    kinds: &[MatchKind],
    progress: impl FnMut(usize, usize) + Send + 'static,
) -> Result<Found, Error> {
    if *actor != Actor::Operator {
        permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    }
    if kinds.is_empty() {
        let message = "name at least one kind of records: organisations, bodies or datasets";
        return Err(Violation::new("kinds", message).of(Fault::Missing).into());
    }
    let parties = parties(store::matching::compared(&ctx.db).await?);
    let compared = parties.len();
    let found = tokio::task::spawn_blocking(move || pairs(&parties, progress));
    let found = found.await.map_err(|error| Error::Internal(error.into()))?;
    let at = ctx.now();
    let found = found.into_iter().filter(|pair| kinds.contains(&pair.kind));
    let rows = found.map(|pair| candidate(ctx, &pair)).collect::<Result<Vec<_>, Error>>()?;
    let count = rows.len();
    let transaction = store::begin_long(&ctx.db).await?;
    let fresh = store::matching::put(&transaction, kinds, rows, at).await?;
    transaction.commit().await?;
    Ok(Found { compared, pairs: count, fresh })
}

/// The same for somebody who may not wait for the end: the work goes on when they leave.
pub async fn find_beside(ctx: &Context, actor: &Actor, kinds: Vec<MatchKind>) -> Result<Found, Error> {
    let (ctx, actor) = (ctx.clone(), actor.clone());
    let work = tokio::spawn(async move { find(&ctx, &actor, &kinds, |_, _| {}).await });
    work.await.map_err(|error| Error::Internal(error.into()))?
}

/// Compares two records that somebody has put side by side, and keeps the pair so that it can be decided.
pub async fn compare(ctx: &Context, actor: &Actor, (one, other): (Uuid, Uuid)) -> Result<Match, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    if one == other {
        return Err(Violation::new("rightId", "choose two different records").into());
    }
    let among = parties(store::matching::compared(&ctx.db).await?);
    let party = |id: Uuid| among.iter().find(|party| party.id == id).ok_or(Error::NotFound);
    let Some(pair) = weigh(party(one)?, party(other)?) else {
        let message = "a dataset can only be compared with a dataset";
        return Err(Violation::new("rightId", message).into());
    };
    let transaction = store::begin(&ctx.db).await?;
    let id = store::matching::keep(&transaction, candidate(ctx, &pair)?).await?;
    transaction.commit().await?;
    by_id(ctx, actor, id).await
}

fn candidate(ctx: &Context, pair: &Pair) -> Result<Candidate, Error> {
    Ok(Candidate {
        id: MatchCandidateId(ctx.id()),
        kind: pair.kind,
        left_id: pair.left,
        right_id: pair.right,
        verdict: pair.verdict,
        score: pair.score,
        features: serde_json::to_string(&pair.features).map_err(|error| Error::Internal(error.into()))?,
        found_at: ctx.now(),
        decision: None,
        reason: None,
        decided_by: None,
        decided_at: None,
    })
}

/// Rows as they are compared.
fn parties(rows: Compared) -> Vec<Party> {
    use entity::vocabulary::NameKind;
    let publishers: HashSet<_> = rows.publishers.into_iter().collect();
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    for name in rows.names {
        names.entry(name.organisation_id).or_default().push(name);
    }
    let mut identifiers: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows.identifiers {
        identifiers.entry(row.organisation_id).or_default().push((row.scheme, row.value));
    }
    let mut all = Vec::with_capacity(rows.organisations.len() + rows.datasets.len());
    for row in rows.organisations {
        let names = names.remove(&row.id).unwrap_or_default();
        let acronym = names.iter().find(|name| name.kind == NameKind::Acronym).map(|name| name.text.clone());
        all.push(Party {
            id: row.id.0,
            sort: if publishers.contains(&row.id) { Sort::Body } else { Sort::Organisation },
            name: shown(&row.name),
            others: names.into_iter().filter(|n| n.kind != NameKind::Acronym).map(|name| name.text).collect(),
            domain: row.website.as_deref().and_then(domain_of),
            state: rows.states.get(&row.id).cloned(),
            acronym,
            identifiers: identifiers.remove(&row.id).unwrap_or_default(),
            publisher: None,
            series: None,
        });
    }
    all.extend(rows.datasets.into_iter().map(|row| {
        let accepted = row.series_decision == Some(entity::vocabulary::Decision::Accepted);
        Party {
            id: row.id.0,
            sort: Sort::Dataset,
            name: shown(&row.title),
            others: Vec::new(),
            domain: None,
            state: None,
            acronym: None,
            identifiers: Vec::new(),
            publisher: Some(row.publisher_id.0),
            series: row.series_id.filter(|_| accepted).or(row.is_series.then_some(row.id)).map(|id| id.0),
        }
    }));
    all
}

/// A text in the first of its languages.
pub(super) fn shown(text: &str) -> String {
    let texts = by_language(text);
    let first = texts.get("es").or_else(|| texts.get("en")).or_else(|| texts.values().next());
    first.cloned().unwrap_or_default()
}

/// One side of a pair, as those who decide see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    /// What tells one from the other, as (what, value).
    pub facts: Vec<(SideFact, String)>,
    /// Claims that name it, accepted or not.
    pub claims: u64,
    /// Whether it is public.
    pub is_public: bool,
}

/// What tells two records apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SideFact {
    Kind,
    Website,
    Founded,
    State,
    Names,
    Identifiers,
    Publisher,
    Edition,
    Level,
}

/// A pair with both sides; a side that is not there any more is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub row: Candidate,
    pub features: Features,
    pub left: Option<Side>,
    pub right: Option<Side>,
}

/// Pairs, the likeliest first, after one of them. Pairs of which one side is gone are not decided by anybody any more
/// and are left out.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    wanted: Wanted,
    after: Option<(i32, MatchCandidateId)>,
    first: u64,
) -> Result<Vec<Match>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    let (mut found, mut after) = (Vec::new(), after);
    while (found.len() as u64) < first {
        let rows = store::matching::page(&ctx.db, wanted, after, first).await?;
        let is_last = (rows.len() as u64) < first;
        after = rows.last().map(|row| (row.score, row.id));
        let whole = |one: &Match| wanted.decision.is_some() || (one.left.is_some() && one.right.is_some());
        found.extend(with_sides(ctx, rows).await?.into_iter().filter(whole));
        if is_last {
            break;
        }
    }
    found.truncate(usize::try_from(first).unwrap_or(usize::MAX));
    Ok(found)
}

/// How many pairs of the list stand before one of them, and how many it has.
pub async fn standing(
    ctx: &Context,
    actor: &Actor,
    wanted: Wanted,
    first: (i32, MatchCandidateId),
) -> Result<(u64, u64), Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    Ok(store::matching::standing(&ctx.db, wanted, first).await?)
}

/// Somebody has said something else about a pair.
pub(super) fn decided() -> Error {
    Error::Conflict("somebody has decided this pair meanwhile; take that decision back first".to_owned())
}

/// One pair.
pub async fn by_id(ctx: &Context, actor: &Actor, id: MatchCandidateId) -> Result<Match, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    let row = store::matching::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    with_sides(ctx, vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// The pairs of a record that nobody has told apart, for the page of a case.
pub async fn candidates_of(ctx: &Context, actor: &Actor, record: Uuid) -> Result<Vec<Match>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    let rows = store::matching::of_record(&ctx.db, record, 20).await?;
    let found = with_sides(ctx, rows).await?;
    Ok(found.into_iter().filter(|one| one.left.is_some() && one.right.is_some()).collect())
}

/// A record that may be what somebody proposes.
#[derive(Clone, Debug)]
pub struct Likely {
    pub pair: Pair,
    pub side: Side,
}

/// What of the record may be the same as something that is no record yet, the likeliest first.
pub(super) async fn likely(ctx: &Context, actor: &Actor, party: Party) -> Result<Vec<Likely>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    let among = parties(store::matching::compared(&ctx.db).await?);
    let own = party.id;
    let found = tokio::task::spawn_blocking(move || pairs_of(&party, &among));
    let mut found = found.await.map_err(|error| Error::Internal(error.into()))?;
    found.truncate(LIKELY);
    let other = |pair: &Pair| if pair.left == own { pair.right } else { pair.left };
    let (datasets, organisations): (Vec<_>, Vec<_>) = found.iter().partition(|pair| pair.kind == MatchKind::Dataset);
    let ids = |pairs: Vec<&Pair>| pairs.into_iter().map(other).collect::<Vec<_>>();
    let mut sides = sides(ctx, &ids(organisations), &ids(datasets)).await?;
    let with_side = found.into_iter().filter_map(|pair| Some(Likely { side: sides.remove(&other(&pair))?, pair }));
    Ok(with_side.collect())
}

async fn with_sides(ctx: &Context, rows: Vec<Candidate>) -> Result<Vec<Match>, Error> {
    let mut of = [Vec::new(), Vec::new()];
    for row in &rows {
        of[usize::from(row.kind == MatchKind::Dataset)].extend([row.left_id, row.right_id]);
    }
    let [organisations, datasets] = of;
    let sides = sides(ctx, &organisations, &datasets).await?;
    let seen = |id: Uuid| sides.get(&id).cloned();
    let found = rows.into_iter().map(|row| {
        let features = serde_json::from_str(&row.features).map_err(|error| Error::Internal(error.into()))?;
        let (left, right) = (seen(row.left_id), seen(row.right_id));
        Ok(Match { row, features, left, right })
    });
    found.collect()
}

/// Records as those who decide see them.
pub(super) async fn sides(
    ctx: &Context,
    organisations: &[Uuid],
    datasets: &[Uuid],
) -> Result<HashMap<Uuid, Side>, Error> {
    let seen = store::matching::seen(&ctx.db, organisations, datasets).await?;
    let mut found = HashMap::new();
    for row in seen.organisations {
        let mut facts = vec![(SideFact::Kind, row.kind.as_str().to_owned())];
        let mut say = |fact, value: Option<String>| facts.extend(value.map(|value| (fact, value)));
        say(SideFact::Level, seen.levels.get(&row.id).map(|level| level.as_str().to_owned()));
        say(SideFact::Website, row.website.clone());
        say(SideFact::Founded, row.founded_on.map(|day| day.format("%Y").to_string()));
        say(SideFact::State, seen.states.get(&row.id).cloned());
        let names = seen.names.iter().filter(|name| name.organisation_id == row.id);
        let names: Vec<_> = names.map(|name| name.text.clone()).collect();
        say(SideFact::Names, (!names.is_empty()).then(|| names.join(" · ")));
        // An identifier that was made of a tax number is compared and never shown.
        let known = seen
            .identifiers
            .iter()
            .filter(|one| one.organisation_id == row.id && one.scheme != entity::vocabulary::IdentifierScheme::RfcHmac);
        let known: Vec<_> = known.map(|one| format!("{} {}", one.scheme.as_str(), one.value)).collect();
        say(SideFact::Identifiers, (!known.is_empty()).then(|| known.join(" · ")));
        found.insert(
            row.id.0,
            Side {
                id: row.id.0,
                name: shown(&row.name),
                facts,
                claims: seen.claims.get(&row.id.0).copied().unwrap_or_default(),
                is_public: row.visibility == RowVisibility::Public,
                slug: row.slug,
            },
        );
    }
    for row in seen.datasets {
        let mut facts = Vec::new();
        let mut say = |fact, value: Option<String>| facts.extend(value.map(|value| (fact, value)));
        say(SideFact::Publisher, seen.publisher_names.get(&row.publisher_id).map(|name| shown(name)));
        say(SideFact::Edition, row.edition.clone());
        say(SideFact::Website, row.landing_page.clone());
        found.insert(
            row.id.0,
            Side {
                id: row.id.0,
                name: shown(&row.title),
                facts,
                claims: seen.claims.get(&row.id.0).copied().unwrap_or_default(),
                is_public: row.visibility == RowVisibility::Public,
                slug: row.slug,
            },
        );
    }
    Ok(found)
}

/// Decides a pair, or takes the decision back by `None`. Nothing is merged by it.
pub async fn decide(
    ctx: &Context,
    actor: &Actor,
    id: MatchCandidateId,
    decision: Option<MatchDecision>,
    reason: Option<&str>,
) -> Result<Match, Error> {
    permit(actor, Action::DecideClaim, &Object::platform(ctx.now()))?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.chars().count() > LONGEST_REASON) {
        let message = format!("a reason has at most {LONGEST_REASON} characters");
        return Err(Violation::new("reason", message).of(Fault::TooLong).into());
    }
    let mut write = Write::begin(ctx, actor).await?;
    let before = store::matching::locked(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    let after = Candidate {
        decision,
        reason: reason.map(ToOwned::to_owned),
        decided_by: decision.and(actor.id()),
        decided_at: decision.map(|_| write.at()),
        ..before.clone()
    };
    if before.decision.is_some() && decision.is_some() && before.decision != decision {
        return Err(decided());
    }
    store::matching::decide(write.transaction(), after.clone()).await?;
    let image = |row: &Candidate| serde_json::to_value(row).map_err(|error| Error::Internal(error.into()));
    write.change(Change {
        kind: "match_candidate",
        record: id.0,
        subject: id.0,
        is_public: false,
        before: Some(image(&before)?),
        after: Some(image(&after)?),
    });
    write.commit(reason.unwrap_or_default(), &id.0).await?;
    by_id(ctx, actor, id).await
}

/// How many pairs wait for a decision.
pub async fn waiting(ctx: &Context, actor: &Actor) -> Result<u64, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    Ok(store::matching::waiting(&ctx.db).await?)
}

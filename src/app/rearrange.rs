//! Merges, splits and series: what hangs on one record comes to hang on another, with all that stood before kept,
//! so that each can be looked at before it is done and taken back after. Claims follow; the names under which they
//! were made stay written down beside them.

mod claims;
mod dataset;
mod demand;
mod frame;
mod list;
mod organisation;
pub mod parts;
mod series;
mod split;
mod undo;
mod values;

use entity::id::{DatasetId, ImpactClaimId, OrganisationId, RearrangementId, UseClaimId};
use entity::vocabulary::RearrangementKind;
use serde::Serialize;
use uuid::Uuid;

use super::permit::permit;
use super::write::Once;
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::contact::contact_fault;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store;
use frame::Rearranging;
pub use frame::{Effect, Remark};
pub use list::{asserted_names, page, titles};
pub use undo::undo;

/// A merge or split as it is stored.
pub type Rearrangement = store::rearrangement::Rearrangement;

/// The longest reason.
const LONGEST_REASON: usize = 500;
/// The longest name of something new.
const LONGEST_NAME: usize = 300;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Plan {
    /// One organisation or body takes in another.
    OrganisationMerge { kept: OrganisationId, gone: OrganisationId },
    /// Part of an organisation or body becomes one of its own.
    OrganisationSplit {
        from: OrganisationId,
        name: String,
        use_claims: Vec<UseClaimId>,
        impact_claims: Vec<ImpactClaimId>,
        datasets: Vec<DatasetId>,
    },
    /// One dataset takes in another.
    DatasetMerge { kept: DatasetId, gone: DatasetId },
    /// Part of the claims on a dataset become claims on one of its own.
    DatasetSplit { from: DatasetId, title: String, use_claims: Vec<UseClaimId> },
    /// Two datasets that differ by their years become editions of one series, or one the series of the other.
    DatasetSeries { left: DatasetId, right: DatasetId },
}

impl Plan {
    /// The two records that it makes one, or editions of one; `None` of a split.
    fn pair(&self) -> Option<(Uuid, Uuid)> {
        match *self {
            Self::OrganisationMerge { kept, gone } => Some((kept.0, gone.0)),
            Self::DatasetMerge { kept, gone } => Some((kept.0, gone.0)),
            Self::DatasetSeries { left, right } => Some((left.0, right.0)),
            Self::OrganisationSplit { .. } | Self::DatasetSplit { .. } => None,
        }
    }

    fn kind(&self) -> RearrangementKind {
        match self {
            Self::OrganisationMerge { .. } => RearrangementKind::OrganisationMerge,
            Self::OrganisationSplit { .. } => RearrangementKind::OrganisationSplit,
            Self::DatasetMerge { .. } => RearrangementKind::DatasetMerge,
            Self::DatasetSplit { .. } => RearrangementKind::DatasetSplit,
            Self::DatasetSeries { .. } => RearrangementKind::DatasetSeries,
        }
    }

    fn mutation(&self) -> &'static str {
        match self {
            Self::OrganisationMerge { .. } => "organisationMerge",
            Self::OrganisationSplit { .. } => "organisationSplit",
            Self::DatasetMerge { .. } => "datasetMerge",
            Self::DatasetSplit { .. } => "datasetSplit",
            Self::DatasetSeries { .. } => "datasetSeriesMake",
        }
    }
}

/// What a plan would do, without doing it: it is done and rolled back, so that nothing can differ.
pub async fn preview(ctx: &Context, actor: &Actor, plan: &Plan) -> Result<Effect, Error> {
    permit(actor, Action::DecideClaim, &Object::platform(ctx.now()))?;
    check(plan, None)?;
    let mut work = Rearranging::begin(ctx, actor).await?;
    carry_out(&mut work, plan).await?;
    Ok(work.into_effect())
}

/// Does it.
pub async fn perform(
    ctx: &Context,
    actor: &Actor,
    plan: &Plan,
    reason: &str,
    key: Option<&str>,
) -> Result<Rearrangement, Error> {
    permit(actor, Action::DecideClaim, &Object::platform(ctx.now()))?;
    let reason: &str = &one_line(reason);
    check(plan, Some(reason))?;
    let mut work = Rearranging::begin(ctx, actor).await?;
    let once = Once { mutation: plan.mutation(), key };
    let id = if let Some(id) = work.write.repeated::<Uuid>(once, &(plan, reason)).await? {
        RearrangementId(id)
    } else {
        let ends = carry_out(&mut work, plan).await?;
        work.commit(plan.kind(), ends, reason).await?
    };
    store::rearrangement::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)
}

/// Both records of a plan: the one that stands, and the one that is gone or new.
async fn carry_out(work: &mut Rearranging<'_>, plan: &Plan) -> Result<(Uuid, Uuid), Error> {
    if let Some(pair) = plan.pair()
        && store::matching::are_apart(work.write.transaction(), pair).await?
    {
        return Err(super::matching::decided());
    }
    match plan {
        Plan::OrganisationMerge { kept, gone } => organisation::merge(work, *kept, *gone).await,
        Plan::OrganisationSplit { from, name, use_claims, impact_claims, datasets } => {
            let part = split::Part { use_claims, impact_claims, datasets };
            split::organisation(work, *from, &one_line(name), part).await
        }
        Plan::DatasetMerge { kept, gone } => dataset::merge(work, *kept, *gone).await,
        Plan::DatasetSplit { from, title, use_claims } => {
            split::dataset(work, *from, &one_line(title), use_claims).await
        }
        Plan::DatasetSeries { left, right } => series::make(work, *left, *right).await,
    }
}

fn check(plan: &Plan, reason: Option<&str>) -> Result<(), Error> {
    let mut found = Vec::new();
    if let Some(reason) = reason {
        if reason.is_empty() {
            found.push(Violation::new("reason", "say why; the reason stands in the public history").of(Fault::Missing));
        } else if reason.chars().count() > LONGEST_REASON {
            let message = format!("a reason has at most {LONGEST_REASON} characters");
            found.push(Violation::new("reason", message).of(Fault::TooLong));
        }
        found.extend(contact_fault("reason", reason));
    }
    let (one, other) = match plan {
        Plan::OrganisationMerge { kept, gone } => (kept.0, gone.0),
        Plan::DatasetMerge { kept, gone } => (kept.0, gone.0),
        Plan::DatasetSeries { left, right } => (left.0, right.0),
        Plan::OrganisationSplit { name, use_claims, impact_claims, datasets, .. } => {
            found.extend(name_fault("name", name));
            if use_claims.is_empty() && impact_claims.is_empty() && datasets.is_empty() {
                let message = "choose at least one claim or dataset that goes to the new organisation";
                found.push(Violation::new("useClaimIds", message).of(Fault::Missing));
            }
            (Uuid::nil(), Uuid::max())
        }
        Plan::DatasetSplit { title, use_claims, .. } => {
            found.extend(name_fault("title", title));
            if use_claims.is_empty() {
                let message = "choose at least one claim that goes to the new dataset";
                found.push(Violation::new("useClaimIds", message).of(Fault::Missing));
            }
            (Uuid::nil(), Uuid::max())
        }
    };
    if one == other {
        found.push(Violation::new("goneId", "choose two different records"));
    }
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

fn name_fault(field: &str, name: &str) -> Option<Violation> {
    let length = one_line(name).chars().count();
    if length == 0 {
        Some(Violation::new(field, "give the new record a name").of(Fault::Missing))
    } else if length > LONGEST_NAME {
        Some(Violation::new(field, format!("a name has at most {LONGEST_NAME} characters")).of(Fault::TooLong))
    } else {
        contact_fault(field, name)
    }
}

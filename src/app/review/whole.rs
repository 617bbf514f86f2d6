//! The response that a case came from. Its parts are decided on one by one; some of what it says is told only once the
//! whole of it has been validated.

use entity::id::{OrganisationId, ResponseId, WaveId};
use entity::vocabulary::{CaseKind, ResponseStatus};

use super::{Case, Filter};
use crate::app::permit::permit;
use crate::app::survey::{hand, of_study, response};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::participation::is_set_aside;
use crate::store::review as stored;
use crate::store::survey::{response as responses, study};

/// What sent answers open cases of.
const OF_ANSWERS: [CaseKind; 7] = [
    CaseKind::UseClaim,
    CaseKind::ImpactClaim,
    CaseKind::Attribute,
    CaseKind::Code,
    CaseKind::Use,
    CaseKind::Observation,
    CaseKind::Display,
];

/// A response that was sent and that nobody has validated yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub response: ResponseId,
    /// Whether the reader runs its study, and so may look at it.
    pub is_seen: bool,
}

/// The response of an organisation in a wave, where it waits to be validated; whoever neither decides nor runs the study
/// is told of none.
pub(super) async fn waiting(
    ctx: &Context,
    actor: &Actor,
    (organisation, wave): (Option<OrganisationId>, Option<WaveId>),
) -> Result<Option<Waiting>, Error> {
    let (Some(organisation), Some(wave)) = (organisation, wave) else { return Ok(None) };
    let own = responses::of_organisation(&ctx.db, organisation).await?;
    let waits = own.into_iter().find(|one| one.wave_id == wave && one.status == ResponseStatus::Submitted);
    let Some(waits) = waits else { return Ok(None) };
    let Some(wave) = study::wave(&ctx.db, wave).await? else { return Ok(None) };
    let is_seen = permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now())).is_ok();
    let decides = permit(actor, Action::ReadQueue, &Object::platform(ctx.now())).is_ok();
    Ok((is_seen || decides).then_some(Waiting { response: waits.entity_id, is_seen }))
}

/// What the study has decided of the answers that a case came from, where they are not to count.
pub(super) async fn set_aside(ctx: &Context, case: &Case) -> Result<Option<ResponseStatus>, Error> {
    let Some(id) = hand::answered_by(case) else { return Ok(None) };
    let status = responses::by_id(&ctx.db, id).await?.map(|one| one.status);
    Ok(status.filter(|status| is_set_aside(*status)))
}

/// How many of the cases that a response has opened are decided, and how many there are, for those who run its study.
pub async fn decided(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<(u64, u64), Error> {
    let found = response::one(ctx, actor, id).await?.response;
    let wave = study::wave(&ctx.db, found.wave_id).await?.ok_or(Error::NotFound)?;
    let of_it = |is_open| Filter {
        is_open,
        kinds: OF_ANSWERS.to_vec(),
        study: Some(wave.study_id),
        wave: Some(found.wave_id),
        organisation: Some(found.organisation_id),
        ..Filter::default()
    };
    let decided = stored::count(&ctx.db, &of_it(Some(false))).await?;
    Ok((decided, stored::count(&ctx.db, &of_it(None)).await?))
}

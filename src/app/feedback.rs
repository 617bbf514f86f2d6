//! What users say about datasets: taken from everybody, shown once somebody has looked at it, answered by whoever
//! speaks for the publisher.

use std::net::IpAddr;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{DatasetFeedbackId, DatasetId, OrganisationId};
use entity::vocabulary::{FeedbackOrigin, FeedbackState, Moderation, Role, RowVisibility};
use serde::Serialize;
use uuid::Uuid;

use super::door::Door;
use super::permit::permit;
use super::publisher::{Spoken, spoken};
use super::survey::hand;
use super::write::{Once, Write, answered};
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::domain::contact::mentions_a_person;
use crate::domain::feedback::{Words, check, check_reply, public_text, text};
use crate::domain::secret::digest;
use crate::domain::violation::{Fault, Violation};
use crate::store;
pub use crate::store::feedback::{Feedback, Listed};
use crate::store::review::On;

/// The most of a list.
const MOST: u64 = 200;
/// What a decision on something else than stands is told.
const CHANGED: &str = "somebody has just changed this; look at it again";

/// Who takes what anybody says.
const DESK: Actor = Actor::Service("feedback");

/// The door of this process.
pub fn door() -> &'static Door {
    static DOOR: LazyLock<Door> = LazyLock::new(|| Door::new(10, 120));
    &DOOR
}

/// What somebody says about a dataset.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    /// The last part of the dataset's address.
    pub dataset: String,
    pub words: Words,
    /// The language of the comment, `es` or `en`.
    pub lang: String,
}

/// Takes what somebody says; sent twice with a key, it is taken once. Nobody reads it before somebody has looked at it.
pub async fn submit(
    ctx: &Context,
    actor: &Actor,
    (door, from): (&Door, IpAddr),
    new: New,
    key: Option<&str>,
) -> Result<(), Error> {
    permit(actor, Action::ReadPublic, &Object::platform(ctx.now()))?;
    let words = check(new.words.clone()).map_err(Error::Invalid)?;
    let once = Once { mutation: "feedbackSubmit", key };
    if answered::<()>(ctx, actor, once, &new).await?.is_some() {
        return Ok(());
    }
    door.enter(from, ctx.now()).map_err(Error::TooMany)?;
    let acting = if *actor == Actor::Anonymous { &DESK } else { actor };
    let mut write = Write::begin(ctx, acting).await?;
    if write.repeated::<()>(once, &new).await?.is_some() {
        return Ok(());
    }
    let dataset = store::feedback::dataset_of(write.transaction(), &new.dataset).await?.ok_or(Error::NotFound)?;
    let by = (None, FeedbackOrigin::Form);
    let row = Feedback {
        organisation_id: represented(actor, ctx),
        rating: words.rating,
        dimension: words.dimension,
        severity: words.severity,
        lang: words.comment.as_ref().map(|_| if new.lang == "en" { "en" } else { "es" }.to_owned()),
        comment: words.comment,
        sample_url: words.sample_url,
        ..unread(DatasetFeedbackId(ctx.id()), dataset, by, write.at())
    };
    write.add(row, dataset.0).await?;
    write.commit("feedback was given", &()).await?;
    Ok(())
}

/// What is said of a dataset, before anybody has looked at it.
pub(super) fn unread(
    id: DatasetFeedbackId,
    dataset_id: DatasetId,
    (created_by, origin): (Option<Uuid>, FeedbackOrigin),
    at: DateTime<Utc>,
) -> Feedback {
    Feedback {
        id,
        dataset_id,
        organisation_id: None,
        response_id: None,
        rating: None,
        dimension: None,
        severity: None,
        comment: None,
        lang: None,
        sample_url: None,
        origin,
        submitted_at: at,
        moderation: Moderation::Pending,
        moderation_reason: None,
        moderated_at: None,
        moderated_by: None,
        state: FeedbackState::Open,
        reply: None,
        replied_at: None,
        replied_by: None,
        fixed_on: None,
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by,
    }
}

/// The organisation that whoever acts speaks for, where it is one.
fn represented(actor: &Actor, ctx: &Context) -> Option<OrganisationId> {
    let account = actor.account()?;
    let held = account.held(ctx.now()).filter(|grant| grant.role == Role::OrganisationRepresentative);
    let mut all = held.filter_map(|grant| match grant.scope {
        Scope::Organisation(id) => Some(id),
        _ => None,
    });
    all.next().filter(|_| all.next().is_none())
}

/// What waits for a look.
pub async fn pending(ctx: &Context, actor: &Actor) -> Result<Vec<Listed>, Error> {
    permit(actor, Action::ReadQueue, &Object::hidden(ctx.now()))?;
    Ok(store::feedback::pending(&ctx.db, MOST).await?)
}

/// What somebody has looked at, the latest first: a decision can be changed.
pub async fn decided(ctx: &Context, actor: &Actor) -> Result<Vec<Listed>, Error> {
    permit(actor, Action::ReadQueue, &Object::hidden(ctx.now()))?;
    Ok(store::feedback::decided(&ctx.db, MOST).await?)
}

/// Whether everybody may read something.
#[derive(Clone, Debug, Serialize)]
pub struct Look {
    pub feedback: DatasetFeedbackId,
    /// When it was last decided on, as whoever decides has seen it; `None` of what nobody had looked at.
    pub seen: Option<DateTime<Utc>>,
    pub is_shown: bool,
    /// Why it is hidden.
    pub reason: Option<String>,
}

/// Shows something to everybody, or hides it and says why.
pub async fn moderate(ctx: &Context, actor: &Actor, look: &Look) -> Result<Feedback, Error> {
    permit(actor, Action::DecideClaim, &Object::hidden(ctx.now()))?;
    let mut faults = Vec::new();
    let reason = text("reason", look.reason.as_deref(), &mut faults);
    if !look.is_shown && reason.is_none() {
        faults.push(Violation::new("reason", "say why it is hidden").of(Fault::Missing));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let listed = store::feedback::one(write.transaction(), look.feedback).await?.ok_or(Error::NotFound)?;
    let before = listed.feedback;
    hand::apart(On::Write(write.transaction()), actor, before.response_id).await?;
    let author = store::feedback::author(write.transaction(), before.entity_id).await?;
    if author.is_some() && author == actor.id() {
        return Err(Error::Conflict("somebody else has to look at what you have written".to_owned()));
    }
    // What came in before anybody was asked to leave such things out.
    if look.is_shown && before.comment.as_deref().is_some_and(mentions_a_person) {
        let message =
            "an e-mail address or a telephone number would be public with these words; hide them, and say why";
        return Err(Error::Conflict(message.to_owned()));
    }
    let moderation = if look.is_shown { Moderation::Shown } else { Moderation::Hidden };
    if before.moderated_at != look.seen {
        // The same form sent twice has done what it says.
        let is_done = before.moderation == moderation && before.moderated_by == actor.id();
        if is_done && before.moderation_reason == reason {
            return Ok(before);
        }
        return Err(Error::Conflict(CHANGED.to_owned()));
    }
    let after = Feedback {
        moderation,
        moderation_reason: reason,
        moderated_at: Some(write.at()),
        moderated_by: actor.id(),
        // What an organisation answered a study is counted and never read.
        visibility: match (look.is_shown, before.origin) {
            (false, _) => RowVisibility::Private,
            (true, FeedbackOrigin::Survey) => RowVisibility::AggregateOnly,
            (true, FeedbackOrigin::Form) => RowVisibility::Public,
        },
        ..before.clone()
    };
    write.replace(before, after.clone(), after.dataset_id.0).await?;
    write.commit(if look.is_shown { "feedback shown" } else { "feedback hidden" }, &()).await?;
    Ok(after)
}

/// What users say about the datasets of the bodies that whoever acts speaks for.
pub async fn of_mine(ctx: &Context, actor: &Actor) -> Result<Vec<Listed>, Error> {
    let spoken = spoken(ctx, actor).await?;
    Ok(store::feedback::shown(&ctx.db, &spoken.within(None), MOST).await?)
}

/// What a publisher answers.
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    pub feedback: DatasetFeedbackId,
    pub state: FeedbackState,
    pub reply: Option<String>,
    pub fixed_on: Option<NaiveDate>,
    /// The answer that stood when this one was made up, see [`stands`]; `None`: whatever stands is answered anew.
    pub seen: Option<String>,
}

/// What tells one answer of the publisher from the next.
pub fn stands(feedback: &Feedback) -> String {
    let words = feedback.reply.as_deref().unwrap_or_default();
    let day = feedback.fixed_on.map(|day| day.to_string()).unwrap_or_default();
    digest(&[feedback.state.as_str(), &day, words].map(str::as_bytes))
}

/// Answers feedback in the name of the publisher. What everybody may not read has no answer.
pub async fn reply(ctx: &Context, actor: &Actor, said: &Reply, key: Option<&str>) -> Result<Feedback, Error> {
    let spoken: Spoken = spoken(ctx, actor).await?;
    let mut write = Write::begin(ctx, actor).await?;
    let is_repeated = write.repeated::<()>(Once { mutation: "feedbackReply", key }, said).await?.is_some();
    let listed = store::feedback::one(write.transaction(), said.feedback).await?;
    let listed = listed.filter(|one| one.feedback.moderation == Moderation::Shown).ok_or(Error::NotFound)?;
    permit(actor, Action::ReplyToFeedback, &spoken.about(listed.publisher))?;
    if is_repeated {
        return Ok(listed.feedback);
    }
    let mut faults = Vec::new();
    let words = public_text("reply", said.reply.as_deref(), &mut faults);
    let before = listed.feedback;
    check_reply(said.state, words.as_deref(), said.fixed_on.is_some(), &mut faults);
    if said.fixed_on.is_some_and(|day| day > ctx.today()) {
        faults.push(Violation::new("fixedOn", "this day has not come yet"));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let is_said = before.state == said.state && before.reply == words;
    if said.seen.as_ref().is_some_and(|seen| *seen != stands(&before)) {
        // The same form sent twice has done what it says.
        return if is_said { Ok(before) } else { Err(Error::Conflict(CHANGED.to_owned())) };
    }
    let fixed_on = (said.state == FeedbackState::Fixed).then(|| said.fixed_on.unwrap_or(ctx.today()));
    let after = Feedback {
        state: said.state,
        replied_at: words.is_some().then(|| write.at()),
        replied_by: actor.id().filter(|_| words.is_some()),
        reply: words,
        fixed_on,
        ..before.clone()
    };
    write.replace(before, after.clone(), after.dataset_id.0).await?;
    write.commit("the publisher answered feedback", &()).await?;
    Ok(after)
}

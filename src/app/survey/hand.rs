//! Two persons, also where answers are concerned: who made a link of a response, was sent one, or answered, decides on
//! nothing that came of it.

use entity::id::{AccountId, ResponseId};
use entity::vocabulary::ActorKind;
use uuid::Uuid;

use crate::app::Error;
use crate::domain::access::Actor;
use crate::store::review::{Case, On};
use crate::store::survey::{hand, respondent};
use crate::store::{Transaction, access};

/// Writes down the accounts behind a link of a response: the one that makes it, and the one whose address the study has
/// for it.
pub(super) async fn of_link(transaction: &Transaction, response: ResponseId, by: Option<Uuid>) -> Result<(), Error> {
    // A link may be made by somebody without an account, who is then named by the response.
    if let Some(by) = by
        && access::account::by_id(transaction, AccountId(by)).await?.is_some()
    {
        hand::note(transaction, response, AccountId(by)).await?;
    }
    // Also the account of whoever has asked to be forgotten: the wish can be taken back.
    if let Some(email_key) = respondent::key_in(transaction, response).await? {
        of_address(transaction, response, &email_key).await?;
    }
    Ok(())
}

/// Writes down the account with an address that belongs to whoever answers.
pub(super) async fn of_address(transaction: &Transaction, response: ResponseId, email_key: &str) -> Result<(), Error> {
    if let Some(account) = access::account::by_email_in(transaction, email_key).await? {
        hand::note(transaction, response, account.id).await?;
    }
    Ok(())
}

/// Writes down the account that answers itself.
pub(super) async fn of_sender(transaction: &Transaction, response: ResponseId, actor: &Actor) -> Result<(), Error> {
    if let Some(account) = actor.account() {
        hand::note(transaction, response, account.id).await?;
    }
    Ok(())
}

/// Refuses who had a hand in the answers that something came from.
pub(in crate::app) async fn apart(on: On<'_>, actor: &Actor, response: Option<ResponseId>) -> Result<(), Error> {
    let (Some(account), Some(response)) = (actor.account(), response) else { return Ok(()) };
    if hand::is_noted(on, response, account.id).await? {
        let message = "you had a part in this answer: you made its link, were sent one, or answered; a curator who had \
                       none decides";
        return Err(Error::Conflict(message.to_owned()));
    }
    Ok(())
}

/// The response that a case came from, where an answer by a link did.
pub(in crate::app) fn answered_by(case: &Case) -> Option<ResponseId> {
    case.proposer_id.filter(|_| case.proposer_kind == Some(ActorKind::Respondent)).map(ResponseId)
}

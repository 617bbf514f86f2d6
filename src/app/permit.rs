//! The lock on every use case: asks the policy and turns its verdict into an error.

use super::Error;
use crate::domain::access::{Account, Action, Actor, Object, Terms, Verdict, may};

/// On what terms an actor may do something, or the error that says that it may not.
pub fn permit(actor: &Actor, action: Action, object: &Object) -> Result<Terms, Error> {
    match may(actor, action, object) {
        Verdict::Allowed(terms) => Ok(terms),
        refused => {
            // Who it was, by id, and what they wanted; not what it was about.
            tracing::info!(actor = ?actor.id(), ?action, verdict = ?refused, "an action was refused");
            Err(refusal(actor, refused))
        }
    }
}

fn refusal(actor: &Actor, verdict: Verdict) -> Error {
    match verdict {
        _ if *actor == Actor::Anonymous => Error::Unauthenticated,
        Verdict::NotFound => Error::NotFound,
        Verdict::Asleep => Error::SecondFactor,
        Verdict::Forbidden | Verdict::Allowed(_) => Error::Forbidden,
    }
}

/// The account that acts, where only one can.
pub fn account(actor: &Actor) -> Result<&Account, Error> {
    match actor {
        Actor::Account(account) => Ok(account),
        Actor::Anonymous => Err(Error::Unauthenticated),
        Actor::Respondent(_) | Actor::Service(_) | Actor::Operator => Err(Error::Forbidden),
    }
}

//! The lock on every use case: asks the policy and turns its verdict into an error.

use super::Error;
use crate::domain::access::{Account, Action, Actor, Object, Terms, Verdict, may};

/// On what terms an actor may do something, or the error that says that it may not.
pub fn permit(actor: &Actor, action: Action, object: &Object) -> Result<Terms, Error> {
    match may(actor, action, object) {
        Verdict::Allowed(terms) => Ok(terms),
        _ if *actor == Actor::Anonymous => Err(Error::Unauthenticated),
        Verdict::NotFound => Err(Error::NotFound),
        Verdict::Forbidden => Err(Error::Forbidden),
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

//! A request that its sender may repeat without doing it twice: by which key it is known again, and what is asked of it.

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::json;
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::secret::digest;
use crate::domain::violation::{Fault, Violation};
use crate::store::{self, history::Answered};

/// Why a key is refused under which something else was sent before.
pub const REUSED: &str = "this idempotency key was used for another request";
/// The longest idempotency key.
const LONGEST_KEY: usize = 200;

/// A request that its sender may repeat without doing it twice.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    /// The mutation.
    pub mutation: &'static str,
    /// The sender's own name for the request.
    pub key: Option<&'a str>,
}

/// What a request is known again by.
pub(super) struct Claim {
    pub(super) owner: Uuid,
    pub(super) key_hash: String,
    input_hash: String,
    mutation: &'static str,
}

impl Claim {
    /// That of a request; `None` without a key.
    ///
    /// Who has no account is nobody in particular: two of them may choose the same key, and neither may be answered
    /// with what the other has done. Their requests are the same only where all that was sent is the same too.
    pub(super) fn of(sender: Option<Uuid>, once: Once<'_>, input: &impl Serialize) -> Result<Option<Self>, Error> {
        let Some(key) = once.key else { return Ok(None) };
        if key.is_empty() || key.len() > LONGEST_KEY {
            let message = format!("an idempotency key has 1 to {LONGEST_KEY} characters");
            return Err(Violation::new("idempotencyKey", message).of(Fault::Invalid).into());
        }
        let input_hash = digest(&[json(input)?.as_bytes()]);
        let (owner, key_hash) = match sender {
            Some(id) => (id, digest(&[key.as_bytes()])),
            None => (Uuid::nil(), digest(&[key.as_bytes(), once.mutation.as_bytes(), input_hash.as_bytes()])),
        };
        Ok(Some(Self { owner, key_hash, input_hash, mutation: once.mutation }))
    }

    /// The row that claims it; its answer follows.
    pub(super) fn row(&self, at: DateTime<Utc>) -> Answered {
        Answered {
            actor_id: self.owner,
            key_hash: self.key_hash.clone(),
            mutation: self.mutation.to_owned(),
            input_hash: self.input_hash.clone(),
            answer: String::new(),
            created_at: at,
        }
    }

    /// The answer that was given before. The same key for something else is refused.
    pub(super) fn answer<T: DeserializeOwned>(&self, before: &Answered) -> Result<T, Error> {
        if before.mutation != self.mutation || before.input_hash != self.input_hash {
            return Err(Error::Conflict(REUSED.to_owned()));
        }
        serde_json::from_str(&before.answer).map_err(|error| Error::Internal(error.into()))
    }
}

/// The answer that the same request of somebody without an account was given before: a repetition is not counted at
/// the door a second time. Whoever writes asks [`super::Write::repeated`] all the same: of two at once one is first.
pub async fn answered<T: DeserializeOwned>(
    ctx: &Context,
    actor: &Actor,
    once: Once<'_>,
    input: &impl Serialize,
) -> Result<Option<T>, Error> {
    let Some(claim) = Claim::of(actor.id(), once, input)? else { return Ok(None) };
    let before = store::history::answered(&ctx.db, claim.owner, &claim.key_hash, ctx.now()).await?;
    before.map(|before| claim.answer(&before)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_two_requests_the_same() {
        let hash = |sender: Option<u128>, mutation, key, input: &str| {
            let claim = Claim::of(sender.map(Uuid::from_u128), Once { mutation, key: Some(key) }, &input);
            let claim = claim.unwrap().unwrap();
            (claim.owner, claim.key_hash)
        };
        let one = hash(None, "errorReport", "k", "a");
        assert_eq!(one, hash(None, "errorReport", "k", "a"));
        for other in [("errorReport", "k", "b"), ("errorReport", "l", "a"), ("requestSubmit", "k", "a")] {
            assert_ne!(one, hash(None, other.0, other.1, other.2), "strangers do not share a key: {other:?}");
        }
        let mine = hash(Some(1), "errorReport", "k", "a");
        assert_eq!(mine, hash(Some(1), "errorReport", "k", "b"), "one's own key is noticed where it is used again");
        assert_ne!(mine, hash(Some(2), "errorReport", "k", "a"));
    }

    #[test]
    fn keys_have_bounds() {
        let of = |key: &str| Claim::of(None, Once { mutation: "errorReport", key: Some(key) }, &());
        assert!(of("").is_err() && of(&"k".repeat(LONGEST_KEY + 1)).is_err());
        assert!(of(&"k".repeat(LONGEST_KEY)).is_ok());
        assert!(Claim::of(None, Once { mutation: "errorReport", key: None }, &()).unwrap().is_none());
    }
}

//! Who asks, as the resolvers see it, and what the browser is to keep when the answer is given.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Error, Result};

use crate::app::access::Access;
use crate::domain::access::Actor;
use crate::domain::secret::Secret;

/// The sender of one request.
#[derive(Debug)]
pub struct Caller {
    pub actor: Actor,
    /// The address it is counted by.
    pub from: IpAddr,
    /// Whether it may change anything: it comes from a page of ours, or carries a token.
    pub may_change: bool,
    /// The use cases of access; `None` where nobody can sign in.
    pub access: Option<Arc<Access>>,
    /// What the browser holds where it is half signed in; it is nobody until then.
    pub half: Option<String>,
    keeps: Mutex<Option<Keep>>,
}

/// What a browser is told to keep.
#[derive(Debug)]
pub enum Keep {
    /// A session.
    Session(Secret),
    /// A sign-in that waits for its second factor.
    Half(Secret),
    /// Nothing any more.
    Nothing,
}

impl Caller {
    /// Somebody, from an address.
    pub fn new(actor: Actor, from: IpAddr, may_change: bool, access: Option<Arc<Access>>) -> Self {
        Self { actor, from, may_change, access, half: None, keeps: Mutex::default() }
    }

    /// Half signed in, or not.
    #[must_use]
    pub fn half_in(self, half: Option<String>) -> Self {
        Self { half, ..self }
    }

    /// Anybody, who changes nothing.
    pub fn anybody(from: IpAddr) -> Self {
        Self::new(Actor::Anonymous, from, false, None)
    }

    /// Tells the browser what to keep.
    pub fn keep(&self, what: Keep) {
        *self.keeps.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }

    /// What the browser is to keep, if that changes.
    pub fn kept(&self) -> Option<Keep> {
        self.keeps.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The sender of the request that a resolver answers.
pub(crate) fn caller<'c>(ctx: &Context<'c>) -> Result<&'c Arc<Caller>> {
    ctx.data::<Arc<Caller>>()
}

/// The use cases of access, and who acts.
pub(crate) fn access<'c>(ctx: &Context<'c>) -> Result<(&'c Access, &'c Actor)> {
    let caller = caller(ctx)?;
    let access = caller.access.as_deref().ok_or_else(|| Error::new("nobody can sign in here"))?;
    Ok((access, &caller.actor))
}

//! Ending all that is open at once, when a secret may have come into other hands.

use entity::id::AccountId;
use entity::vocabulary::AccessEventKind;

use super::{Access, account};
use crate::app::Error;
use crate::app::permit::permit;
use crate::app::write::Write;
use crate::domain::access::{Action, Actor, Object};
use crate::store::access::{session, token};

/// What was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub sessions: u64,
    pub tokens: u64,
}

/// Ends all sessions, sign-in links and tokens of an account, or of everybody, whoever does it included.
pub async fn all(access: &Access, actor: &Actor, of: Option<AccountId>) -> Result<Ended, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let write = Write::begin(ctx, actor).await?;
    let (transaction, at) = (write.transaction(), write.at());
    let ended = if let Some(id) = of {
        account::by_id_in(transaction, id).await?;
        session::void_links(transaction, id, at).await?;
        Ended {
            sessions: session::revoke_all(transaction, id, None, at).await?,
            tokens: token::revoke_all(transaction, id, at).await?,
        }
    } else {
        session::void_everybodys(transaction, at).await?;
        Ended {
            sessions: session::revoke_everybodys(transaction, at).await?,
            tokens: token::revoke_everybodys(transaction, at).await?,
        }
    };
    write.event(AccessEventKind::AllRevoked, of, None, if of.is_some() { "" } else { "of everybody" }).await?;
    write.commit("everything revoked", &()).await?;
    Ok(ended)
}

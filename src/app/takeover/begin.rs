//! The beginning of an attempt, and its being taken back.

use chrono::TimeDelta;
use entity::id::{AccountId, OrganisationId, ProfileTakeoverId};
use entity::vocabulary::{LetterKind, SignInMethod, TakeoverProof, TakeoverStatus};
use serde::Serialize;
use serde_json::json;

use super::{A_DAY, Hurdle, LINK, PROVEN_WITHIN, Takeover, needs_token, note, object, own_row, proven, stored, token};
use crate::app::Error;
use crate::app::access::Access;
use crate::app::permit::{account, permit};
use crate::app::write::{Letter, Once, Write};
use crate::domain::access::{Action, Actor};
use crate::domain::secret::Secret;
use crate::domain::takeover::{is_mailbox_at, own_domain};
use crate::domain::text::one_line;
use crate::store;
use crate::store::takeover::Organisation;

/// The longest note.
const LONGEST: usize = 1000;

/// Somebody who asks to speak for an organisation.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub organisation: OrganisationId,
    pub proof: TakeoverProof,
    /// What they say of themselves; needed where a curator decides.
    pub note: String,
}

/// An attempt that was begun, and what has to be put somewhere: it is shown once.
#[derive(Debug)]
pub struct Begun {
    pub row: Takeover,
    pub token: Option<Secret>,
    /// The address of the organisation's profile, which its own page may link to.
    pub profile: String,
}

/// Begins an attempt, in the place of one that the same account has at the organisation. Somebody whose sign-in has
/// just proved their mailbox needs no letter.
pub async fn begin(access: &Access, actor: &Actor, new: New, key: Option<&str>) -> Result<Begun, Error> {
    let (ctx, acting) = (&access.ctx, account(actor)?);
    let said = word_of(&new)?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated(Once { mutation: "takeoverBegin", key }, &new).await? {
        let row = stored::locked(write.transaction(), ProfileTakeoverId(before)).await?.ok_or(Error::NotFound)?;
        return Ok(Begun { row, token: None, profile: String::new() });
    }
    let recent = stored::begun_since(write.transaction(), acting.id, write.at() - TimeDelta::days(1)).await?;
    let organisation = stored::organisation_locked(write.transaction(), new.organisation).await?;
    let organisation = organisation.ok_or(Error::NotFound)?;
    permit(actor, Action::ClaimProfile, &object(&organisation, write.at()))?;
    let others = stored::representatives(write.transaction(), new.organisation, write.at()).await?;
    if others.iter().any(|other| other.id == acting.id) {
        return Err(Hurdle::Already.here());
    }
    if recent >= A_DAY {
        return Err(Error::TooMany(86_400));
    }
    let own = store::access::account::by_id(write.transaction(), acting.id).await?.ok_or(Error::NotFound)?;
    let domain = proof_domain(new.proof, &organisation, &own.email)?;
    end_former(&mut write, acting.id, new.organisation).await?;
    let (secret, hash) = if needs_token(new.proof) { Some(token(ctx)).unzip() } else { (None, None) };
    let by_curator = new.proof == TakeoverProof::Curator;
    let row = Takeover {
        id: ProfileTakeoverId(ctx.id()),
        organisation_id: new.organisation,
        account_id: acting.id,
        proof: new.proof,
        status: if by_curator { TakeoverStatus::Waiting } else { TakeoverStatus::Open },
        domain,
        token_hash: hash,
        note: said,
        begun_at: write.at(),
        expires_at: write.at() + if new.proof == TakeoverProof::EmailDomain { LINK } else { PROVEN_WITHIN },
        looks: 0,
        looked_at: None,
        proved_at: None,
        found_in: None,
        ended_at: None,
        decided_by: None,
        reason: None,
        grant_id: None,
    };
    stored::insert(write.transaction(), row.clone()).await?;
    note(&mut write, None, &row);
    let id = row.id.0;
    let row = match new.proof {
        TakeoverProof::EmailDomain => by_mailbox(&mut write, row, &organisation, &own.email, &own.lang).await?,
        TakeoverProof::Curator => {
            super::tell(&write, &others, &row, &organisation).await?;
            row
        }
        TakeoverProof::Dns | TakeoverProof::Website => row,
    };
    write.commit("asked to speak for the organisation", &id).await?;
    Ok(Begun { row, token: secret, profile: access.prover.profile(&organisation.slug) })
}

fn word_of(new: &New) -> Result<Option<String>, Error> {
    let said = one_line(&new.note);
    if said.is_empty() && new.proof == TakeoverProof::Curator {
        return Err(Hurdle::NoNote.at("note"));
    }
    if said.chars().count() > LONGEST {
        return Err(Hurdle::LongNote.at("note"));
    }
    Ok(Some(said).filter(|said| !said.is_empty()))
}

/// The domain that has to be theirs; none where a curator alone decides.
fn proof_domain(proof: TakeoverProof, organisation: &Organisation, email: &str) -> Result<Option<String>, Error> {
    if proof == TakeoverProof::Curator {
        return Ok(None);
    }
    let Some(domain) = organisation.website.as_deref().and_then(own_domain) else {
        return Err(Hurdle::NoDomain.at("proof"));
    };
    if proof == TakeoverProof::EmailDomain && !is_mailbox_at(email, &domain) {
        return Err(Hurdle::OtherMailbox.at("proof"));
    }
    Ok(Some(domain))
}

/// Who begins anew gives up what they had begun; what a curator looks at stays.
async fn end_former(write: &mut Write<'_>, account: AccountId, organisation: OrganisationId) -> Result<(), Error> {
    for former in stored::unended(write.transaction(), account, organisation).await? {
        if former.status == TakeoverStatus::Waiting {
            return Err(Hurdle::Waits.here());
        }
        let ended = withdrawn(&former, write.at());
        super::advance(write, &former, ended).await?;
    }
    Ok(())
}

fn withdrawn(row: &Takeover, at: chrono::DateTime<chrono::Utc>) -> Takeover {
    Takeover { status: TakeoverStatus::Withdrawn, ended_at: Some(at), token_hash: None, ..row.clone() }
}

/// Who has signed in by a link that was sent to the mailbox has proved it; any other is sent a link now.
async fn by_mailbox(
    write: &mut Write<'_>,
    row: Takeover,
    organisation: &Organisation,
    email: &str,
    lang: &str,
) -> Result<Takeover, Error> {
    let session = write.actor().account().and_then(|acting| acting.session);
    let method = match session {
        Some(session) => store::access::session::method(write.transaction(), session).await?,
        None => None,
    };
    if method == Some(SignInMethod::Link) {
        let host = email.rsplit_once('@').map_or("", |(_, host)| host).to_ascii_lowercase();
        return proven(write, row, organisation, host).await;
    }
    write
        .post(Letter {
            kind: LetterKind::TakeoverLink,
            account: Some(row.account_id),
            lang: lang.to_owned(),
            facts: json!({ "takeover": row.id }),
            dedupe_key: Some(format!("takeover_link/{}", row.id)),
        })
        .await?;
    Ok(row)
}

/// Takes an attempt back that has not ended.
pub async fn withdraw(access: &Access, actor: &Actor, id: ProfileTakeoverId) -> Result<Takeover, Error> {
    let row = own_row(&access.ctx, actor, id).await?;
    let mut write = Write::begin(&access.ctx, actor).await?;
    let before = stored::locked(write.transaction(), row.id).await?.ok_or(Error::NotFound)?;
    if !matches!(before.status, TakeoverStatus::Open | TakeoverStatus::Waiting) {
        return Err(Hurdle::Settled.here());
    }
    let after = withdrawn(&before, write.at());
    super::advance(&mut write, &before, after.clone()).await?;
    write.commit("no longer asks to speak for the organisation", &id.0).await?;
    Ok(after)
}

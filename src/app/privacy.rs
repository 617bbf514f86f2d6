//! What a person may ask for of what is kept about them: all of it, and to be forgotten. Forgetting takes two steps.
//! What they have open ends at once and nobody is shown anything of them; what is stored goes when the time to
//! think again is over.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::ErasureId;
use entity::vocabulary::{AccessEventKind, Missing};
use serde_json::{Value, json};

use super::permit::{account as acting_account, permit};
use super::survey::response;
use super::write::Write;
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::email::Email;
use crate::domain::privacy::digest_of;
pub use crate::store::privacy::{Erasure, Person};
use crate::store::{self, Transaction};

/// How long somebody may think again: the days that Mexican law gives to answer such a wish, as working days of four
/// weeks.
pub const TO_THINK_AGAIN: TimeDelta = TimeDelta::days(28);

/// All that is kept of a person, by table: no secret, and nothing about anybody else.
pub type Kept = BTreeMap<&'static str, Vec<Value>>;

/// What is kept of the account that asks, and of its address as a respondent.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Kept, Error> {
    kept(ctx, &person_of(ctx, actor).await?).await
}

/// What is kept of an address, for whoever runs the machine.
pub async fn of(ctx: &Context, actor: &Actor, email: &str) -> Result<Kept, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    let person = find(&transaction, email).await?;
    transaction.rollback().await?;
    kept(ctx, &person.ok_or(Error::NotFound)?).await
}

/// All rows about a person. An answer says with its row that it is for sums at most; what it says is public where its claims
/// are, and the person is told so.
async fn kept(ctx: &Context, person: &Person) -> Result<Kept, Error> {
    let mut kept = store::privacy::export(&ctx.db, person).await?;
    if let Some(rows) = kept.get_mut("answer") {
        let told = response::told(ctx, store::privacy::answers(&ctx.db, person).await?).await?;
        let row = |one: &response::Sent| {
            json!({
                "question": one.question, "value": one.value, "missing": one.missing.map(Missing::as_str),
                "visibility": one.visibility.as_str(), "recorded_at": one.recorded_at,
            })
        };
        *rows = told.iter().map(row).collect();
    }
    Ok(kept)
}

/// Begins to forget the account that asks. From here on it cannot sign in.
pub async fn forget_me(ctx: &Context, actor: &Actor) -> Result<Erasure, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, ctx.now()))?;
    let person = person_of(ctx, actor).await?;
    begin(ctx, actor, &person).await
}

/// Begins to forget an address, for whoever runs the machine.
pub async fn forget(ctx: &Context, actor: &Actor, email: &str) -> Result<Erasure, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    let person = find(&transaction, email).await?;
    transaction.rollback().await?;
    begin(ctx, actor, &person.ok_or(Error::NotFound)?).await
}

/// How many letters wait for an address: they go when it asks to be forgotten.
pub async fn letters(ctx: &Context, actor: &Actor, email: &str) -> Result<u64, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    let person = find(&transaction, email).await?.ok_or(Error::NotFound)?;
    let count = store::privacy::letters(&transaction, &person).await?;
    transaction.rollback().await?;
    Ok(count)
}

async fn begin(ctx: &Context, actor: &Actor, person: &Person) -> Result<Erasure, Error> {
    let write = Write::begin(ctx, actor).await?;
    let email_digest = digest_of(&person.email_key);
    if let Some(before) = store::privacy::waiting(write.transaction(), &email_digest).await? {
        return Ok(before);
    }
    let (asked_at, due_at) = (write.at(), write.at() + TO_THINK_AGAIN);
    let erasure = Erasure {
        id: ErasureId(ctx.id()),
        email_digest,
        account_id: person.account,
        asked_at,
        due_at,
        purged_at: None,
    };
    store::privacy::insert(write.transaction(), erasure.clone()).await?;
    store::privacy::block(write.transaction(), person, asked_at).await?;
    write.event(AccessEventKind::AccountDisabled, person.account, Some(erasure.id.0), "to be forgotten").await?;
    write.commit("asked to be forgotten", &()).await?;
    Ok(erasure)
}

/// Takes the wish of an address back while there is time; says whether it has an account, which may sign in again.
pub async fn keep(ctx: &Context, actor: &Actor, email: &str) -> Result<bool, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let write = Write::begin(ctx, actor).await?;
    let person = find(write.transaction(), email).await?.ok_or(Error::NotFound)?;
    let wish = store::privacy::waiting(write.transaction(), &digest_of(&person.email_key)).await?;
    let wish = wish.ok_or_else(|| Error::Conflict("nobody of this address has asked to be forgotten".to_owned()))?;
    store::privacy::withdraw(write.transaction(), wish.id).await?;
    if let Some(id) = person.account
        && let Some(account) = store::access::account::by_id(write.transaction(), id).await?
    {
        let enabled = store::access::account::Account { disabled_at: None, ..account };
        store::access::account::update(write.transaction(), enabled).await?;
        write.event(AccessEventKind::AccountEnabled, Some(id), None, "is not to be forgotten").await?;
    }
    write.commit("wants to be kept", &()).await?;
    Ok(person.account.is_some())
}

/// Everybody who has asked, the latest first.
pub async fn wishes(ctx: &Context, actor: &Actor) -> Result<Vec<Erasure>, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    let all = store::privacy::all(&transaction).await?;
    transaction.rollback().await?;
    Ok(all)
}

/// Forgets everybody whose time to think again is over; says how many people and rows that were.
pub async fn carry_out(ctx: &Context) -> Result<(usize, u64), Error> {
    let now = ctx.now();
    purge_those(ctx, |wish| wish.due_at <= now).await
}

/// Forgets one who has asked at once, without the time to think again; nobody else. Says how many rows that were.
pub async fn carry_out_now(ctx: &Context, actor: &Actor, wish: &Erasure) -> Result<u64, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    Ok(purge_those(ctx, |one| one.id == wish.id).await?.1)
}

async fn purge_those(ctx: &Context, is_due: impl Fn(&Erasure) -> bool) -> Result<(usize, u64), Error> {
    let transaction = store::begin(&ctx.db).await?;
    let due: Vec<_> = store::privacy::all(&transaction)
        .await?
        .into_iter()
        .filter(|wish| wish.purged_at.is_none() && is_due(wish))
        .collect();
    if due.is_empty() {
        transaction.rollback().await?;
        return Ok((0, 0));
    }
    let known = store::privacy::addresses(&transaction).await?;
    let mut rows = 0;
    for wish in &due {
        for person in known.iter().filter(|person| digest_of(&person.email_key) == wish.email_digest) {
            rows += purge(&transaction, person, wish).await?;
        }
        store::privacy::done(&transaction, wish.id, ctx.now()).await?;
    }
    transaction.commit().await?;
    store::privacy::compact(&ctx.db).await?;
    Ok((due.len(), rows))
}

async fn purge(transaction: &Transaction, person: &Person, wish: &Erasure) -> Result<u64, Error> {
    Ok(store::privacy::purge(transaction, person, &format!("forgotten-{}", wish.id)).await?)
}

/// Somebody who was forgotten, or has asked to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Of their address.
    pub email_digest: String,
    /// When they were forgotten, or asked to be where that was still to come; now, where it is not said.
    pub at: Option<DateTime<Utc>>,
    /// Until when they may think again, where they were not forgotten yet.
    pub until: Option<DateTime<Utc>>,
}

/// Forgets again who was forgotten: after a backup is restored that is older than their wish. Who has come back since is
/// left alone: a list tells what was wished for when it was made. A wish whose time to think again still runs waits for the end
/// of it here, too. Says how many were found and forgotten.
pub async fn again(ctx: &Context, actor: &Actor, forgotten: &[Forgotten]) -> Result<usize, Error> {
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    let known = store::privacy::addresses(&transaction).await?;
    let (mut count, now) = (0, ctx.now());
    for person in &known {
        let email_digest = digest_of(&person.email_key);
        // Who is named more than once came back in between: the last time counts.
        let own = forgotten.iter().filter(|one| one.email_digest == email_digest);
        let Some(last) = own.max_by_key(|one| one.at.unwrap_or(now)) else { continue };
        let at = last.at.unwrap_or(now);
        if store::privacy::has_come_back(&transaction, person, at).await? {
            continue;
        }
        let due_at = last.until.filter(|until| *until > now);
        let wish = if let Some(wish) = store::privacy::waiting(&transaction, &email_digest).await? {
            wish
        } else {
            let (id, account_id) = (ErasureId(ctx.id()), person.account);
            let (asked_at, due_at) = due_at.map_or((now, now), |due| (at, due));
            let wish = Erasure { id, email_digest, account_id, asked_at, due_at, purged_at: None };
            store::privacy::insert(&transaction, wish.clone()).await?;
            wish
        };
        if due_at.is_some() {
            store::privacy::block(&transaction, person, now).await?;
            continue;
        }
        purge(&transaction, person, &wish).await?;
        store::privacy::done(&transaction, wish.id, now).await?;
        count += 1;
    }
    transaction.commit().await?;
    store::privacy::compact(&ctx.db).await?;
    Ok(count)
}

/// Deletes what has had its time, and forgets whose time to think again is over; says how many rows that were.
pub async fn tidy(ctx: &Context) -> Result<u64, Error> {
    let transaction = store::begin(&ctx.db).await?;
    let count = store::privacy::forget(&transaction, ctx.now()).await?;
    transaction.commit().await?;
    Ok(count + carry_out(ctx).await?.1)
}

async fn person_of(ctx: &Context, actor: &Actor) -> Result<Person, Error> {
    let row = super::access::account::own(ctx, actor).await?;
    Ok(Person { account: Some(row.id), email_key: row.email_key })
}

async fn find(transaction: &Transaction, email: &str) -> Result<Option<Person>, Error> {
    let email = Email::parse("email", email)?;
    Ok(store::privacy::addresses(transaction).await?.into_iter().find(|person| person.email_key == email.key()))
}

/// Whether an address has asked to be forgotten and still is to be.
pub(super) async fn is_leaving(transaction: &Transaction, email_key: &str) -> Result<bool, Error> {
    Ok(store::privacy::waiting(transaction, &digest_of(email_key)).await?.is_some())
}

//! Accounts: made by an administrator or on the machine, changed by their owners.

use entity::id::AccountId;
use entity::vocabulary::{AccessEventKind, LetterKind};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Access;
use crate::app::permit::{account as acting_account, permit};
use crate::app::privacy;
use crate::app::write::{Letter, Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::email::Email;
use crate::domain::password;
use crate::domain::secret::Secret;
use crate::domain::text::fold;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation, of_language};
use crate::store;
pub use crate::store::access::account::Account;

/// The longest name that is shown.
const LONGEST_NAME: usize = 120;

/// What a new account begins with.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub email: String,
    pub display_name: String,
    /// The language of letters, `es` or `en`.
    pub lang: String,
    /// Without one the account signs in by link.
    #[serde(skip)]
    pub password: Option<String>,
}

/// Makes an account and writes to its owner.
pub async fn create(access: &Access, actor: &Actor, new: New, key: Option<&str>) -> Result<Account, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let (email, name, lang) = checked(&new.email, &new.display_name, &new.lang)?;
    let hash = match &new.password {
        None => None,
        Some(password) => {
            password::check("password", password, &email)?;
            Some(access.passwords.hash(password.clone()).await?)
        }
    };
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated(Once { mutation: "accountCreate", key }, &new).await? {
        return by_id_in(write.transaction(), AccountId(before)).await;
    }
    let account = Account {
        id: AccountId(ctx.id()),
        email: email.text().to_owned(),
        email_key: email.key().to_owned(),
        folded: fold(&name),
        display_name: name,
        lang,
        disabled_at: None,
        created_at: write.at(),
        created_by: actor.account().map(|account| account.id),
    };
    store::access::account::insert(write.transaction(), account.clone()).await.map_err(taken)?;
    if let Some(hash) = hash {
        store::access::account::set_password(write.transaction(), account.id, hash, write.at()).await?;
    }
    write.event(AccessEventKind::AccountCreated, Some(account.id), None, "").await?;
    write.post(welcome(&account)).await?;
    write.commit("account created", &account.id.0).await?;
    Ok(account)
}

fn welcome(account: &Account) -> Letter {
    Letter {
        kind: LetterKind::AccountCreated,
        account: Some(account.id),
        lang: account.lang.clone(),
        facts: json!({}),
        dedupe_key: Some(format!("account_created/{}", account.id)),
    }
}

/// What an owner changes; `None` leaves as it is.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Edit {
    pub display_name: Option<String>,
    pub lang: Option<String>,
    pub password: Option<NewPassword>,
}

/// A password in place of another.
#[derive(Clone, Deserialize)]
pub struct NewPassword {
    /// The one that counts now; none is needed where there is none.
    pub current: Option<String>,
    pub new: String,
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// Changes the account that acts. A new password ends all other sessions.
pub async fn update(access: &Access, actor: &Actor, edit: Edit) -> Result<Account, Error> {
    let ctx = &access.ctx;
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, ctx.now()))?;
    let mut account = by_id(ctx, acting.id).await?;
    let name = edit.display_name.as_deref().unwrap_or(&account.display_name);
    let (email, name, lang) = checked(&account.email, name, edit.lang.as_deref().unwrap_or(&account.lang))?;
    account.folded = fold(&name);
    (account.display_name, account.lang) = (name, lang);
    let hash = match edit.password {
        None => None,
        Some(password) => Some(new_hash(access, &email, password).await?),
    };
    let write = Write::begin(ctx, actor).await?;
    store::access::account::update(write.transaction(), account.clone()).await?;
    if let Some(hash) = hash {
        store::access::account::set_password(write.transaction(), account.id, hash, write.at()).await?;
        store::access::session::revoke_all(write.transaction(), account.id, acting.session, write.at()).await?;
        write.event(AccessEventKind::PasswordSet, Some(account.id), None, "by its owner").await?;
    }
    write.commit("account changed", &()).await?;
    Ok(account)
}

async fn new_hash(access: &Access, email: &Email, password: NewPassword) -> Result<String, Error> {
    password::check("password", &password.new, email)?;
    let stored = store::access::account::by_email(&access.ctx.db, email.key()).await?.and_then(|(_, hash)| hash);
    if stored.is_some() {
        let current = password.current.unwrap_or_default();
        if !access.passwords.verify(current, stored).await? {
            let wrong = Violation::new("currentPassword", "this is not the password that counts now");
            return Err(wrong.of(Fault::WrongCredentials).into());
        }
    }
    access.passwords.hash(password.new).await
}

/// Sets a password from the machine.
pub async fn set_password(access: &Access, actor: &Actor, id: AccountId, password: String) -> Result<(), Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let account = by_id(ctx, id).await?;
    password::check("password", &password, &Email::parse("email", &account.email)?)?;
    let hash = access.passwords.hash(password).await?;
    let write = Write::begin(ctx, actor).await?;
    store::access::account::set_password(write.transaction(), id, hash, write.at()).await?;
    store::access::session::revoke_all(write.transaction(), id, None, write.at()).await?;
    write.event(AccessEventKind::PasswordSet, Some(id), None, "for its owner").await?;
    write.commit("password set", &()).await?;
    Ok(())
}

/// Disables an account, or enables it again. Its sessions, links and tokens end at once.
pub async fn set_disabled(access: &Access, actor: &Actor, id: AccountId, disabled: bool) -> Result<Account, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let mut account = by_id(ctx, id).await?;
    let write = Write::begin(ctx, actor).await?;
    if !disabled && privacy::is_leaving(write.transaction(), &account.email_key).await? {
        return Err(Error::Conflict("the owner has asked to be forgotten: take that back first".to_owned()));
    }
    account.disabled_at = disabled.then_some(write.at());
    store::access::account::update(write.transaction(), account.clone()).await?;
    if disabled {
        store::access::session::revoke_all(write.transaction(), id, None, write.at()).await?;
        store::access::session::void_links(write.transaction(), id, write.at()).await?;
        store::access::token::revoke_all(write.transaction(), id, write.at()).await?;
    }
    let kind = if disabled { AccessEventKind::AccountDisabled } else { AccessEventKind::AccountEnabled };
    write.event(kind, Some(id), None, "").await?;
    write.commit("account disabled or enabled", &()).await?;
    Ok(account)
}

/// Accounts in the order of their addresses, one more than `first` where there are more.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    after: Option<&str>,
    holds: Option<&str>,
    first: u64,
) -> Result<Vec<Account>, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    let holds = holds.map(str::trim).filter(|text| !text.is_empty());
    let words = holds.map(|text| (text.to_lowercase(), fold(text)));
    let words = words.as_ref().map(|(key, folded)| (key.as_str(), folded.as_str()));
    Ok(store::access::account::page(&ctx.db, after, words, first).await?)
}

/// One account, for those who may see all.
pub async fn one(ctx: &Context, actor: &Actor, id: AccountId) -> Result<Account, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    by_id(ctx, id).await
}

/// The account that acts.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Account, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, ctx.now()))?;
    by_id(ctx, acting.id).await
}

/// Whether an account has a password, as its owner sees it.
pub async fn has_password(ctx: &Context, actor: &Actor) -> Result<bool, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, ctx.now()))?;
    Ok(store::access::account::has_password(&ctx.db, acting.id).await?)
}

/// The account of an address, for commands on the machine.
pub async fn by_email(ctx: &Context, actor: &Actor, email: &str) -> Result<Account, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    let email = Email::parse("email", email)?;
    let found = store::access::account::by_email(&ctx.db, email.key()).await?;
    found.map(|(account, _)| account).ok_or(Error::NotFound)
}

pub(super) async fn by_id(ctx: &Context, id: AccountId) -> Result<Account, Error> {
    store::access::account::one(&ctx.db, id).await?.ok_or(Error::NotFound)
}

/// The same inside a write, which must not wait for a second connection while it holds one.
pub(super) async fn by_id_in(transaction: &store::Transaction, id: AccountId) -> Result<Account, Error> {
    store::access::account::by_id(transaction, id).await?.ok_or(Error::NotFound)
}

pub(super) fn checked(email: &str, name: &str, lang: &str) -> Result<(Email, String, String), Error> {
    let mut faults = Vec::new();
    let name = one_line(name);
    match name.chars().count() {
        0 => faults.push(Violation::new("displayName", "a name is needed").of(Fault::Missing)),
        length if length > LONGEST_NAME => {
            let message = format!("a name has at most {LONGEST_NAME} characters");
            faults.push(Violation::new("displayName", message).of(Fault::TooLong));
        }
        _ => {}
    }
    // A secret that ends up as a name would be shown.
    if Secret::parse(&name).is_some() {
        faults.push(Violation::new("displayName", "this is a token, not a name"));
    }
    faults.extend(of_language(lang));
    match Email::parse("email", email) {
        Ok(email) if faults.is_empty() => Ok((email, name, lang.to_owned())),
        Ok(_) => Err(Error::Invalid(faults)),
        Err(fault) => {
            faults.push(fault);
            Err(Error::Invalid(faults))
        }
    }
}

fn taken(error: store::Error) -> Error {
    if store::is_taken(&error) {
        return Violation::new("email", "there is an account with this address").of(Fault::Taken).into();
    }
    error.into()
}

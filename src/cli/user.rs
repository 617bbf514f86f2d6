//! `od100 user`: accounts and roles from the machine itself. Passwords are typed or piped, never arguments:
//! those stand in the history of the shell and in the list of processes.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, anyhow, bail};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use entity::vocabulary::{Role, ScopeKind};

use super::args::{NewGrant, NewUser, RoleScope, TakenRole, User};
use super::{counted, record, say};
use crate::app::Error;
use crate::app::access::{Access, account, grant, revoke, second_factor};
use crate::config::Common;
use crate::domain::access::Actor;

/// How many accounts are listed at a time.
const PAGE: u64 = 100;

const OPERATOR: Actor = Actor::Operator;

pub(super) async fn run(common: &Common, what: User) -> anyhow::Result<()> {
    // Accounts are made in a record that may be new; all else is about accounts that are there.
    let ctx = if matches!(what, User::Create(_)) { record::open(common).await? } else { record::read(common).await? };
    let access = Access::new(ctx);
    match what {
        User::Create(new) => create(&access, new).await,
        User::Password { email } => {
            let account = find(&access, &email).await?;
            account::set_password(&access, &OPERATOR, account.id, password()?).await?;
            say(&format!("{} has a new password; its sessions have ended.", account.email));
            Ok(())
        }
        User::Grant(new) => give(&access, new).await,
        User::Revoke(taken) => take(&access, taken).await,
        User::List { text } => list(&access, text.as_deref()).await,
        User::RevokeAll { email, .. } => revoke_all(&access, email.as_deref()).await,
        User::SecondFactor { email, .. } => {
            let account = find(&access, &email).await?;
            if second_factor::remove(&access, &OPERATOR, account.id).await? {
                say(&format!(
                    "{} has no second factor any more; its sessions have ended, and a letter says so.",
                    account.email
                ));
            } else {
                say(&format!("{} has no second factor; nothing was changed.", account.email));
            }
            Ok(())
        }
        User::Disable { email, undo } => {
            let account = find(&access, &email).await?;
            account::set_disabled(&access, &OPERATOR, account.id, !undo).await?;
            let done = if undo { "may sign in again" } else { "is disabled; its sessions and tokens have ended" };
            say(&format!("{} {done}.", account.email));
            Ok(())
        }
    }
}

async fn create(access: &Access, new: NewUser) -> anyhow::Result<()> {
    let password = if new.password { Some(password()?) } else { None };
    let account = account::New { email: new.email, display_name: new.name, lang: new.lang, password };
    let account = account::create(access, &OPERATOR, account, None).await?;
    say(&format!("{} has an account.", account.email));
    if new.admin {
        give_role(access, &account, Role::Admin, (ScopeKind::Global, None), (None, None), "made on the machine")
            .await?;
        say("It is an administrator.");
    }
    Ok(())
}

async fn give(access: &Access, new: NewGrant) -> anyhow::Result<()> {
    let account = find(access, &new.email).await?;
    let scope = named(&new.scope);
    let role = role(&new.role)?;
    fits(role, scope.0)?;
    let id = id_of(access, scope).await?;
    let from = new.from.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    // The last day is included.
    let until = new.until.map(|day| (day + TimeDelta::days(1)).and_time(NaiveTime::MIN).and_utc());
    let place = scope.1.map(|slug| format!(" for {slug}")).unwrap_or_default();
    let begins_on = from.unwrap_or(access.ctx.now());
    let same = |grant: &grant::Grant| {
        is_for(grant, role, (scope.0, id)) && grant.starts_at <= begins_on && grant.ends_at == until
    };
    if grant::of(&access.ctx, &OPERATOR, &[account.id]).await?.iter().any(same) {
        say(&format!("{} is {}{place} already; nothing was changed.", account.email, role.as_str()));
        return Ok(());
    }
    give_role(access, &account, role, (scope.0, id), (from, until), &new.reason).await?;
    let begins = new.from.map(|day| format!(" from {day}{}", if new.until.is_none() { " on" } else { "" }));
    let begins = begins.unwrap_or_default();
    let ends = new.until.map(|day| format!(" until {day}")).unwrap_or_default();
    say(&format!("{} is {}{place}{begins}{ends}. Its sessions have ended.", account.email, role.as_str()));
    Ok(())
}

/// What a role is given for: its sort, and the slug that was named.
fn named(scope: &RoleScope) -> (ScopeKind, Option<&str>) {
    match (&scope.study, &scope.organisation, &scope.publisher) {
        (Some(slug), ..) => (ScopeKind::Study, Some(slug)),
        (_, Some(slug), _) => (ScopeKind::Organisation, Some(slug)),
        (.., Some(slug)) => (ScopeKind::PublisherSubtree, Some(slug)),
        _ => (ScopeKind::Global, None),
    }
}

async fn id_of(access: &Access, (kind, slug): (ScopeKind, Option<&str>)) -> anyhow::Result<Option<uuid::Uuid>> {
    Ok(match slug {
        None => None,
        Some(slug) => Some(grant::scope_id(&access.ctx, &OPERATOR, kind, slug).await?),
    })
}

/// Whether a grant that nobody has taken is of a role for something.
fn is_for(grant: &grant::Grant, role: Role, (kind, id): (ScopeKind, Option<uuid::Uuid>)) -> bool {
    grant.role == role && grant.revoked_at.is_none() && (grant.scope_kind, grant.scope_id) == (kind, id)
}

async fn give_role(
    access: &Access,
    account: &account::Account,
    role: Role,
    (scope_kind, scope_id): (ScopeKind, Option<uuid::Uuid>),
    (starts_at, ends_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    reason: &str,
) -> anyhow::Result<()> {
    let new =
        grant::New { account: account.id, role, scope_kind, scope_id, starts_at, ends_at, reason: reason.to_owned() };
    grant::give(access, &OPERATOR, new, None).await?;
    Ok(())
}

async fn take(access: &Access, taken: TakenRole) -> anyhow::Result<()> {
    let (account, role) = (find(access, &taken.email).await?, role(&taken.role)?);
    let scope = named(&taken.scope);
    let id = id_of(access, scope).await?;
    let grants = grant::of(&access.ctx, &OPERATOR, &[account.id]).await?;
    // Where nothing is named, it is taken for all that it was given for.
    let is_meant = |grant: &&grant::Grant| match id {
        None => grant.role == role && grant.revoked_at.is_none(),
        Some(_) => is_for(grant, role, (scope.0, id)),
    };
    let held: Vec<_> = grants.iter().filter(is_meant).collect();
    let place = scope.1.map(|slug| format!(" for {slug}")).unwrap_or_default();
    if held.is_empty() {
        bail!("{} is no {}{place}", account.email, role.as_str());
    }
    for grant in held {
        grant::take(access, &OPERATOR, grant.id, Some(&taken.reason)).await?;
    }
    say(&format!("{} is no longer {}{place}. Its sessions have ended.", account.email, role.as_str()));
    Ok(())
}

async fn revoke_all(access: &Access, email: Option<&str>) -> anyhow::Result<()> {
    let of = match email {
        Some(email) => Some(find(access, email).await?),
        None => None,
    };
    let ended = revoke::all(access, &OPERATOR, of.as_ref().map(|account| account.id)).await?;
    let whose = of.map_or_else(|| "everybody".to_owned(), |account| account.email);
    let (sessions, tokens) = (counted(ended.sessions, "session", "sessions"), counted(ended.tokens, "token", "tokens"));
    say(&format!("{sessions} and {tokens} of {whose} have ended."));
    Ok(())
}

async fn list(access: &Access, text: Option<&str>) -> anyhow::Result<()> {
    let mut after: Option<String> = None;
    let mut count = 0;
    loop {
        let mut page = account::page(&access.ctx, &OPERATOR, after.as_deref(), text, PAGE).await?;
        let more = page.len() > PAGE as usize;
        page.truncate(PAGE as usize);
        let ids: Vec<_> = page.iter().map(|account| account.id).collect();
        let grants = grant::of(&access.ctx, &OPERATOR, &ids).await?;
        let slugs = grant::scope_slugs(&access.ctx, &OPERATOR, &grants).await?;
        let proven = second_factor::among(&access.ctx, &OPERATOR, &ids).await?;
        let now = access.ctx.now();
        for account in &page {
            let held = grants.iter().filter(|grant| {
                grant.account_id == account.id
                    && grant.revoked_at.is_none()
                    && grant.ends_at.is_none_or(|end| end > now)
            });
            let mut roles: Vec<_> = held.map(|grant| told(grant, &slugs, now)).collect();
            roles.dedup();
            let roles = if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") };
            let disabled = if account.disabled_at.is_some() { ", disabled" } else { "" };
            let factor = if proven.contains(&account.id) { ", second factor" } else { "" };
            say(&format!("{}  {}  ({roles}{factor}{disabled})", account.email, account.display_name));
        }
        count += page.len();
        after = page.last().map(|account| account.email_key.clone());
        if !more {
            break;
        }
    }
    if let (0, Some(text)) = (count, text) {
        say(&format!("No account's name or address holds '{text}'."));
    } else if count == 0 {
        say("There is no account. This makes the first: od100 user create YOU@EXAMPLE.ORG --name 'Your name' --admin");
    }
    Ok(())
}

/// A role, what it is for, and its first and last day; an end is the moment after the last day.
fn told(grant: &grant::Grant, slugs: &[(uuid::Uuid, String)], now: DateTime<Utc>) -> String {
    let role = grant.role.as_str();
    let slug = |id: uuid::Uuid| {
        slugs.iter().find(|(one, _)| *one == id).map_or_else(|| id.to_string(), |(_, slug)| slug.clone())
    };
    let place = grant.scope_id.map(|id| format!(" for {}", slug(id))).unwrap_or_default();
    let begins = if grant.starts_at > now { "from" } else { "since" };
    let end = grant.ends_at.map(|end| (end - TimeDelta::seconds(1)).date_naive());
    let until = end.map(|day| format!(" until {day}")).unwrap_or_default();
    format!("{role}{place} {begins} {}{until}", grant.starts_at.date_naive())
}

async fn find(access: &Access, email: &str) -> anyhow::Result<account::Account> {
    account::by_email(&access.ctx, &OPERATOR, email).await.map_err(|error| match error {
        Error::NotFound => anyhow!("there is no account with the address {email}; see od100 user list"),
        error => error.into(),
    })
}

fn role(word: &str) -> anyhow::Result<Role> {
    word.parse().map_err(|_| {
        let words: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        anyhow!("there is no role '{word}'; it may be {}", words.join(", "))
    })
}

/// What a role is given for is named by a flag of its own.
fn fits(role: Role, given: ScopeKind) -> anyhow::Result<()> {
    let (wanted, flag, page) = match role {
        Role::Researcher => (ScopeKind::Study, "--study", "/studies/SLUG"),
        Role::OrganisationRepresentative => (ScopeKind::Organisation, "--organisation", "/organisations/SLUG"),
        Role::AgencyLiaison => (ScopeKind::PublisherSubtree, "--publisher", "/publishers/SLUG"),
        Role::Contributor | Role::Curator | Role::Admin | Role::Service => {
            if given == ScopeKind::Global {
                return Ok(());
            }
            bail!("the role {} holds everywhere; leave --study, --organisation and --publisher out", role.as_str())
        }
    };
    if given == wanted {
        return Ok(());
    }
    bail!(
        "the role {} needs {flag} SLUG: what it is given for; the slug ends the address of its page, {page}",
        role.as_str()
    )
}

/// Asks for a password twice at a terminal, or reads one line of standard input.
fn password() -> anyhow::Result<String> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        let mut line = String::new();
        input.lock().read_line(&mut line).context("the password cannot be read from standard input")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let terminal = console::Term::stderr();
    let asked = |prompt: &str| {
        terminal.write_str(prompt)?;
        terminal.read_secure_line()
    };
    let first = asked("Password: ").context("the password cannot be read")?;
    if asked("Once more: ").context("the password cannot be read")? != first {
        bail!("the two passwords differ; nothing was changed");
    }
    Ok(first)
}

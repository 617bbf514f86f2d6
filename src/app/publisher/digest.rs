//! The letter that tells somebody who speaks for a publisher what waits for an answer: once a week, only while
//! something waits, and never again for who does not want it. What it lists and its links are made when it is sent.

use chrono::TimeDelta;
use entity::id::AccountId;
use entity::vocabulary::{DigestEvery, LetterKind};
use serde_json::json;

use super::claim::{Claim, Wanted, unanswered};
use super::{Spoken, link};
use crate::app::access::acting_program;
use crate::app::permit::{account as acting_account, permit};
use crate::app::write::{Letter, Write};
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::domain::access::{Action, Actor, Object};
use crate::domain::secret::Secret;
use crate::domain::text::one_line;
use crate::store;
use crate::store::Transaction;
use crate::store::publisher::claim as stored;
use crate::store::publisher::digest::{self as settings, Setting, UNSAID};
use crate::texts::in_language;

/// The pause between two letters.
pub const PAUSE: TimeDelta = TimeDelta::days(7);
/// The most claims of one letter; the rest is at the desk.
const MOST: usize = 20;

/// Who posts letters when nobody asks.
const SENDER: Actor = Actor::Service("letters");

/// How often whoever acts is written to.
pub async fn setting(ctx: &Context, actor: &Actor) -> Result<DigestEvery, Error> {
    let own = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(own.id, ctx.now()))?;
    Ok(settings::of(&ctx.db, own.id).await?.map_or(UNSAID, |setting| setting.every))
}

/// Changes how often whoever acts is written to.
pub async fn set(ctx: &Context, actor: &Actor, every: DigestEvery) -> Result<DigestEvery, Error> {
    let own = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(own.id, ctx.now()))?;
    put(ctx, actor, own.id, every).await?;
    Ok(every)
}

/// Ends the letters to an account.
pub(super) async fn stop(ctx: &Context, account: AccountId) -> Result<(), Error> {
    put(ctx, &SENDER, account, DigestEvery::Never).await
}

async fn put(ctx: &Context, actor: &Actor, account: AccountId, every: DigestEvery) -> Result<(), Error> {
    let write = Write::begin(ctx, actor).await?;
    let before = settings::of_in(write.transaction(), account).await?;
    let last_at = before.and_then(|before| before.last_at);
    let setting = Setting { account_id: account, every, last_at, changed_at: write.at() };
    settings::put(write.transaction(), setting).await?;
    write.commit("letters changed", &()).await?;
    Ok(())
}

/// Posts a letter to each account that is due and for which something waits; says how many.
pub async fn post(ctx: &Context) -> Result<u64, Error> {
    let mut posted = 0;
    for account in settings::liaisons(&ctx.db).await? {
        posted += u64::from(post_to(ctx, account).await?);
    }
    Ok(posted)
}

async fn post_to(ctx: &Context, id: AccountId) -> Result<bool, Error> {
    let now = ctx.now();
    let setting = settings::of(&ctx.db, id).await?;
    let every = setting.as_ref().map_or(UNSAID, |setting| setting.every);
    let last_at = setting.as_ref().and_then(|setting| setting.last_at);
    if every == DigestEvery::Never || last_at.is_some_and(|last| now - last < PAUSE) {
        return Ok(false);
    }
    let Some(account) = store::access::account::one(&ctx.db, id).await? else { return Ok(false) };
    if account.disabled_at.is_some() || waiting(ctx, id).await?.is_empty() {
        return Ok(false);
    }
    let write = Write::begin(ctx, &SENDER).await?;
    if setting.is_none() {
        let unsaid = Setting { account_id: id, every, last_at: None, changed_at: now };
        settings::put(write.transaction(), unsaid).await?;
    }
    // Two senders at once: the second finds that it has been noted.
    if !settings::note(write.transaction(), id, last_at, now).await? {
        return Ok(false);
    }
    let letter = Letter {
        kind: LetterKind::PublisherDigest,
        account: Some(id),
        lang: account.lang,
        facts: json!({}),
        dedupe_key: Some(format!("publisher_digest:{id}:{}", now.date_naive())),
    };
    let is_new = write.post(letter).await?;
    write.commit("letter posted", &()).await?;
    Ok(is_new)
}

/// The claims that wait for an account's answer, those that most depends on first.
async fn waiting(ctx: &Context, account: AccountId) -> Result<Vec<Claim>, Error> {
    let Ok(actor) = acting_program(ctx, account, entity::vocabulary::TokenScope::Publish).await else {
        return Ok(Vec::new());
    };
    let Actor::Account(acting) = &actor else { return Ok(Vec::new()) };
    let spoken = Spoken::new(acting, store::relation::accepted_parts_now(&ctx.db).await?, ctx.now());
    let wanted = Wanted { first: 2_000, ..unanswered() };
    let mut claims = stored::of(&ctx.db, &spoken.within(None), spoken.day(), &wanted).await?;
    claims.sort_by_key(|claim| (weight(claim), claim.organisation_folded.clone()));
    Ok(claims)
}

fn weight(claim: &Claim) -> usize {
    use entity::vocabulary::Criticality::{Core, Occasional, Supporting, Unknown};
    [Core, Supporting, Occasional, Unknown].iter().position(|one| *one == claim.criticality).unwrap_or_default()
}

/// What waits for an account, as a letter lists it.
#[derive(Clone, Debug)]
pub(in crate::app) struct Waiting {
    claims: Vec<Claim>,
    /// How many more wait at the desk.
    pub(in crate::app) more: usize,
}

/// What a letter to an account lists now; `None` where nothing waits any more, or nobody may answer.
pub(in crate::app) async fn contents(ctx: &Context, account: AccountId) -> Result<Option<Waiting>, Error> {
    let every = settings::of(&ctx.db, account).await?.map_or(UNSAID, |setting| setting.every);
    let mut claims = waiting(ctx, account).await?;
    if every == DigestEvery::Never || claims.is_empty() {
        return Ok(None);
    }
    let more = claims.len().saturating_sub(MOST);
    claims.truncate(MOST);
    Ok(Some(Waiting { claims, more }))
}

/// The lines of a letter, with the link that answers each.
pub(in crate::app) async fn lines(
    ctx: &Context,
    transaction: &Transaction,
    account: AccountId,
    waiting: &Waiting,
    lang: Lang,
) -> Result<Vec<(String, Secret)>, Error> {
    let ids: Vec<_> = waiting.claims.iter().map(|claim| claim.id).collect();
    let secrets = link::make(ctx, transaction, account, &ids).await?;
    Ok(waiting.claims.iter().map(|claim| line(claim, lang)).zip(secrets).collect())
}

fn line(claim: &Claim, lang: Lang) -> String {
    let what = claim.dataset_title.as_ref().unwrap_or(&claim.body_name);
    // Whatever a name holds, it stays on its line.
    let part = |text| one_line(in_language(text, lang));
    format!("{} – {}", part(&claim.organisation_name), part(what))
}

/// The letter itself.
pub(in crate::app) fn text(lines: &[(String, Secret)], more: usize, public_url: &str, lang: Lang) -> String {
    let say = |key| crate::texts::text(lang, key);
    let link = |secret: &Secret, rest: &str| format!("{public_url}/confirm/{}{rest}?lang={lang}", secret.expose());
    let each = lines.iter().map(|(line, secret)| format!("{line}\n{}\n", link(secret, "")));
    let mut list = each.collect::<Vec<_>>().join("\n");
    if more > 0 {
        list.push_str(&format!("\n{}\n", say("page.mail.digest.more").replace("{n}", &more.to_string())));
    }
    let stop = lines.first().map(|(_, secret)| link(secret, "/stop")).unwrap_or_default();
    let desk = format!("{public_url}/desk/publisher?lang={lang}");
    say("page.mail.digest.text").replace("{list}", &list).replace("{desk}", &desk).replace("{stop}", &stop)
}

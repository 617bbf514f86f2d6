//! Sends the letters that writes have caused. A letter is claimed before it is sent and the secret that it
//! carries is made then; when nobody knows whether it arrived it is not sent again.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use entity::vocabulary::{LetterKind, LetterStatus};

use super::access::{sign_in, sign_up};
use super::demand::letters as requests;
use super::publisher::digest;
use super::round::{Rounds, Turn};
use super::survey::letter;
use super::takeover::letter as takeover;
use super::{Context, Error};
use crate::atlas::Lang;
use crate::mail::{Failure, Letter, Mailer};
use crate::store::outbox::{self, Ending, Message};
use crate::store::{self, Transaction};
use crate::texts::text;

/// How many letters are sent in a round.
const ROUND: u64 = 20;
/// A letter that was tried so often is given up.
const ATTEMPTS: i64 = 8;
/// The pause after the first attempt; it doubles.
const PAUSE: TimeDelta = TimeDelta::seconds(30);
/// A sender that has not settled a letter for so long is gone.
const GONE: TimeDelta = TimeDelta::minutes(10);
/// Who asked for a link so long ago does not wait for it any more.
const TOO_LATE: TimeDelta = TimeDelta::hours(1);

/// Where letters go out, and where their links lead.
#[derive(Clone, Debug)]
pub struct Post {
    pub mailer: Mailer,
    /// The address of the site, without a trailing slash.
    pub public_url: String,
}

/// Sends what is due; says how many letters arrived.
pub async fn deliver(ctx: &Context, post: &Post) -> Result<u64, Error> {
    let now = ctx.now();
    outbox::give_up(&ctx.db, now - GONE, now).await?;
    let mut sent = 0;
    for message in outbox::due(&ctx.db, now, ROUND).await? {
        sent += u64::from(one(ctx, post, &message).await?);
    }
    Ok(sent)
}

async fn one(ctx: &Context, post: &Post, message: &Message) -> Result<bool, Error> {
    let waiting = match (message.kind, message.account_id) {
        (LetterKind::PublisherDigest, Some(account)) => digest::contents(ctx, account).await?,
        _ => None,
    };
    let transaction = store::begin(&ctx.db).await?;
    if !outbox::claim(&transaction, message.id, ctx.now()).await? {
        return Ok(false);
    }
    let letter = compose(ctx, post, &transaction, message, waiting).await?;
    transaction.commit().await?;
    let Some(letter) = letter else {
        settle(ctx, message, LetterStatus::Void, None).await?;
        return Ok(false);
    };
    let outcome = post.mailer.send(&letter).await;
    let error = outcome.as_ref().err().map(ToString::to_string);
    let status = match outcome {
        Ok(()) => LetterStatus::Sent,
        Err(Failure::Later(_)) if message.attempts + 1 < ATTEMPTS => LetterStatus::Waiting,
        Err(Failure::Later(_) | Failure::Refused(_)) => LetterStatus::Failed,
        Err(Failure::Unknown(_)) => LetterStatus::Unknown,
    };
    if let Some(error) = &error {
        tracing::warn!(message = %message.id, status = status.as_str(), error, "a letter was not sent");
    }
    settle(ctx, message, status, error).await?;
    Ok(status == LetterStatus::Sent)
}

async fn settle(ctx: &Context, message: &Message, status: LetterStatus, error: Option<String>) -> Result<(), Error> {
    let now = ctx.now();
    let doubled = i32::try_from(message.attempts).unwrap_or(i32::MAX).clamp(0, 10);
    let ending = Ending {
        status,
        next_attempt_at: now + PAUSE * 2_i32.pow(doubled.cast_unsigned()),
        finished_at: (status != LetterStatus::Waiting).then_some(now),
        error,
    };
    Ok(outbox::settle(&ctx.db, message.id, ending).await?)
}

/// What a letter says; `None` when nobody waits for it any more.
async fn compose(
    ctx: &Context,
    post: &Post,
    transaction: &Transaction,
    message: &Message,
    waiting: Option<digest::Waiting>,
) -> Result<Option<Letter>, Error> {
    let host = post.public_url.split("://").last().unwrap_or_default().split(':').next().unwrap_or_default();
    let message_id = format!("<{}@{host}>", message.id);
    if letter::KINDS.contains(&message.kind) {
        let composed = letter::compose(ctx, transaction, message, &post.public_url).await?;
        return Ok(composed.map(|letter::Composed { to, to_name, subject, text }| Letter {
            message_id,
            to,
            to_name,
            subject,
            text,
            at: ctx.now().into(),
        }));
    }
    let reader = match (message.account_id, &message.recipient) {
        (Some(id), _) => {
            let found = store::access::account::by_id(transaction, id).await?;
            found.map(|account| (account.email, account.display_name))
        }
        (None, Some(address)) => Some((address.clone(), String::new())),
        (None, None) => None,
    };
    let Some((to, to_name)) = reader else { return Ok(None) };
    let lang = if message.lang == "en" { Lang::EN } else { Lang::ES };
    let (subject, body) = match message.kind {
        LetterKind::SignInLink => {
            if is_late(message.created_at, ctx.now()) {
                return Ok(None);
            }
            let Some(id) = message.account_id else { return Ok(None) };
            let Some(secret) = sign_in::make_link(ctx, transaction, id).await? else { return Ok(None) };
            let link = format!("{}/sign-in/link/{}?lang={lang}", post.public_url, secret.expose());
            ("page.mail.signIn.subject", text(lang, "page.mail.signIn.text").replace("{link}", &link))
        }
        LetterKind::SignUpLink => {
            if is_late(message.created_at, ctx.now()) {
                return Ok(None);
            }
            let Some(secret) = sign_up::make_link(ctx, transaction, &to).await? else { return Ok(None) };
            let link = format!("{}/sign-up/link/{}?lang={lang}", post.public_url, secret.expose());
            ("page.mail.signUp.subject", text(lang, "page.mail.signUp.text").replace("{link}", &link))
        }
        LetterKind::AccountCreated => {
            let link = format!("{}/sign-in?lang={lang}", post.public_url);
            ("page.mail.account.subject", text(lang, "page.mail.account.text").replace("{link}", &link))
        }
        LetterKind::SecondFactorNews => {
            let Some(text) = factor_news(message, lang, &post.public_url) else { return Ok(None) };
            ("page.mail.factor.subject", text)
        }
        LetterKind::PublisherDigest => {
            let Some(waiting) = waiting else { return Ok(None) };
            let Some(id) = message.account_id else { return Ok(None) };
            let lines = digest::lines(ctx, transaction, id, &waiting, lang).await?;
            ("page.mail.digest.subject", digest::text(&lines, waiting.more, &post.public_url, lang))
        }
        LetterKind::RequestWaiting => {
            let text = requests::compose(transaction, &message.facts, &post.public_url, lang).await?;
            let Some(text) = text else { return Ok(None) };
            ("page.mail.request.subject", text)
        }
        // Those that know no account were written above.
        LetterKind::Invitation | LetterKind::Reminder | LetterKind::Nomination | LetterKind::NewAnswerLink => {
            return Ok(None);
        }
        LetterKind::TakeoverLink | LetterKind::TakeoverNews | LetterKind::TakeoverSettled => {
            let composed = takeover::compose(ctx, transaction, message, lang, &post.public_url).await?;
            let Some(composed) = composed else { return Ok(None) };
            composed
        }
        LetterKind::ReviewQuestion => {
            let link = format!("{}/desk/propose?lang={lang}", post.public_url);
            ("page.mail.question.subject", text(lang, "page.mail.question.text").replace("{link}", &link))
        }
    };
    Ok(Some(Letter {
        message_id,
        to,
        to_name,
        subject: text(lang, subject).to_owned(),
        text: body,
        at: ctx.now().into(),
    }))
}

/// What has become of the reader's second factor, and where to look.
fn factor_news(message: &Message, lang: Lang, public_url: &str) -> Option<String> {
    let facts: serde_json::Value = serde_json::from_str(&message.facts).ok()?;
    let key = match facts["news"].as_str()? {
        "set" => "page.mail.factor.set",
        "ended" => "page.mail.factor.ended",
        "removed" => "page.mail.factor.removed",
        "codes" => "page.mail.factor.codes",
        "codeUsed" => "page.mail.factor.codeUsed",
        _ => return None,
    };
    let left = facts["left"].as_u64().unwrap_or_default().to_string();
    let what = text(lang, key).replace("{left}", &left);
    let link = format!("{public_url}/account?lang={lang}");
    Some(text(lang, "page.mail.factor.text").replace("{what}", &what).replace("{link}", &link))
}

fn is_late(asked: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - asked >= TOO_LATE
}

/// Sends letters and forgets what has had its time, until the database is closed.
pub fn start(ctx: Context, post: Option<Arc<Post>>) {
    tokio::spawn(async move {
        let mut rounds = Rounds::default();
        while !ctx.db.is_closed() {
            let turn = rounds.turn(ctx.now(), Instant::now());
            if post.is_some() && turn == Turn::Due {
                if let Err(error) = digest::post(&ctx).await {
                    tracing::error!(error = %error, "letters to publishers could not be posted");
                }
                if let Err(error) = requests::post(&ctx).await {
                    tracing::error!(error = %error, "letters about requests could not be posted");
                }
            }
            if let Some(post) = &post
                && let Err(error) = deliver(&ctx, post).await
            {
                tracing::error!(error = %error, "letters could not be sent");
            }
            if turn == Turn::Jumped {
                tracing::warn!("the clock of this machine has jumped: nothing is deleted for an hour");
            }
            if turn == Turn::Due
                && let Err(error) = super::privacy::tidy(&ctx).await
            {
                tracing::error!(error = %error, "what has had its time could not be deleted");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

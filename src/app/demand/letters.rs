//! Letters to those who speak for a publisher: that a request for data has been passed to it, and that its term ends.
//! Each is posted once, and sent only while the request still waits for an answer.

use chrono::TimeDelta;
use entity::id::{AccountId, DataRequestId};
use entity::vocabulary::{DigestEvery, LetterKind, RequestStatus, TokenScope};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Request;
use crate::app::access::acting_program;
use crate::app::publisher::spoken;
use crate::app::write::{Letter, Write};
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::domain::text::one_line;
use crate::store;
use crate::store::Transaction;
use crate::store::publisher::digest as settings;
use crate::texts::{days, text};

/// A request that was passed on longer ago is not announced to somebody who begins to speak for its publisher.
const NEWS: TimeDelta = TimeDelta::days(7);
/// So long before its end a term is recalled.
const WARNING: TimeDelta = TimeDelta::days(5);

/// Who posts letters when nobody asks.
const SENDER: Actor = Actor::Service("letters");

/// What a letter needs to know: the rest is read when it is sent.
#[derive(Debug, Serialize, Deserialize)]
struct Facts {
    request: DataRequestId,
}

/// Posts what is due; says how many letters are new.
pub async fn post(ctx: &Context) -> Result<u64, Error> {
    let waiting = store::demand::request::waiting(&ctx.db).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut posted = 0;
    for account in settings::liaisons(&ctx.db).await? {
        posted += post_to(ctx, account, &waiting).await?;
    }
    Ok(posted)
}

async fn post_to(ctx: &Context, id: AccountId, waiting: &[Request]) -> Result<u64, Error> {
    let is_unwanted = settings::of(&ctx.db, id).await?.is_some_and(|setting| setting.every == DigestEvery::Never);
    let Ok(actor) = acting_program(ctx, id, TokenScope::Publish).await else { return Ok(0) };
    let Some(account) = store::access::account::one(&ctx.db, id).await?.filter(|_| !is_unwanted) else { return Ok(0) };
    let spoken = spoken(ctx, &actor).await?;
    let own = waiting.iter().filter(|request| request.publisher_id.is_some_and(|body| spoken.bodies.contains(&body)));
    let mut posted = 0;
    for request in own {
        let Some(key) = key(request, id, ctx.today()) else { continue };
        let write = Write::begin(ctx, &SENDER).await?;
        let letter = Letter {
            kind: LetterKind::RequestWaiting,
            account: Some(id),
            lang: account.lang.clone(),
            facts: json!(Facts { request: request.entity_id }),
            dedupe_key: Some(key),
        };
        let is_new = write.post(letter).await?;
        write.commit("letter posted", &()).await?;
        posted += u64::from(is_new);
    }
    Ok(posted)
}

/// What makes a letter the same as one that was posted before; `None` while there is nothing to write about.
fn key(request: &Request, account: AccountId, today: chrono::NaiveDate) -> Option<String> {
    let (forwarded, due) = (request.forwarded_on?, request.due_on?);
    let what = if due - today <= WARNING {
        "due"
    } else if today - forwarded <= NEWS {
        "new"
    } else {
        return None;
    };
    Some(format!("request_{what}:{}:{forwarded}:{account}", request.entity_id))
}

/// The text of a letter; `None` where the request no longer waits.
pub(in crate::app) async fn compose(
    transaction: &Transaction,
    facts: &str,
    public_url: &str,
    lang: Lang,
) -> Result<Option<String>, Error> {
    let Ok(Facts { request }) = serde_json::from_str(facts) else { return Ok(None) };
    let found = store::demand::request::by_id_in(transaction, request).await?;
    let still = found.filter(|request| request.status == RequestStatus::Forwarded && request.answered_on.is_none());
    let Some((request, due)) = still.and_then(|request| request.due_on.map(|due| (request, due))) else {
        return Ok(None);
    };
    let link = format!("{public_url}/desk/requests/{}?lang={lang}", request.entity_id);
    // Whatever a title holds, it stays on its line.
    let text = text(lang, "page.mail.request.text")
        .replace("{link}", &link)
        .replace("{due}", &days::day(lang, due))
        .replace("{title}", &one_line(&request.title));
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use entity::vocabulary::{BlockingReason, RequestOrigin, RowVisibility};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_letter_is_due_when_a_request_is_new_and_when_its_term_ends() {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let request = Request {
            id: DataRequestId(Uuid::nil()),
            slug: "rain".to_owned(),
            title: "Rain".to_owned(),
            description: None,
            purpose: None,
            lang: "en".to_owned(),
            publisher_id: None,
            organisation_id: None,
            requested_by: None,
            blocking: BlockingReason::Stale,
            frequency: None,
            format: None,
            origin: RequestOrigin::Form,
            status: RequestStatus::Forwarded,
            submitted_on: day("2026-03-01"),
            triaged_on: None,
            forwarded_on: Some(day("2026-03-02")),
            due_on: Some(day("2026-04-01")),
            answered_on: None,
            planned_on: None,
            published_on: None,
            closed_on: None,
            answer: None,
            answer_lang: None,
            legal_basis: None,
            duplicate_of_id: None,
            themes: "[]".to_owned(),
            wave_id: None,
            entity_id: DataRequestId(Uuid::nil()),
            visibility: RowVisibility::Public,
            recorded_at: chrono::DateTime::UNIX_EPOCH,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        for (today, what) in [
            ("2026-03-02", Some("new")),
            ("2026-03-09", Some("new")),
            ("2026-03-10", None),
            ("2026-03-26", None),
            ("2026-03-27", Some("due")),
            ("2026-05-01", Some("due")),
        ] {
            let key = key(&request, AccountId(Uuid::nil()), day(today));
            assert_eq!(key.is_some(), what.is_some(), "{today}");
            assert!(key.is_none_or(|key| key.starts_with(&format!("request_{}", what.unwrap()))), "{today}");
        }
    }
}

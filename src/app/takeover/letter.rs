//! Letters about who speaks for an organisation. The link of one is made when it is sent.

use entity::id::{OrganisationId, ProfileTakeoverId};
use entity::vocabulary::{LetterKind, TakeoverProof, TakeoverStatus};
use serde::Deserialize;

use super::{is_expired, stored, token};
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::store::Transaction;
use crate::store::outbox::Message;
use crate::texts::{in_language, text};

/// What the outbox knows of such a letter.
#[derive(Deserialize)]
#[serde(untagged)]
enum Facts {
    Takeover { takeover: ProfileTakeoverId },
    News { organisation: OrganisationId, status: TakeoverStatus },
}

/// The key of the subject, and the text; `None` where nobody waits for the letter any more.
pub(in crate::app) async fn compose(
    ctx: &Context,
    transaction: &Transaction,
    message: &Message,
    lang: Lang,
    public_url: &str,
) -> Result<Option<(&'static str, String)>, Error> {
    let Ok(facts) = serde_json::from_str::<Facts>(&message.facts) else { return Ok(None) };
    let (row, organisation) = match facts {
        Facts::Takeover { takeover } => {
            let Some(row) = stored::locked(transaction, takeover).await? else { return Ok(None) };
            let organisation = row.organisation_id;
            (Some(row), organisation)
        }
        Facts::News { organisation, .. } => (None, organisation),
    };
    let Some(organisation) = stored::organisation(transaction, organisation).await? else { return Ok(None) };
    let names = serde_json::from_str(&organisation.name).unwrap_or_default();
    let name = in_language(&names, lang);
    let desk = format!("{public_url}/desk/organisation?lang={lang}");
    let written = match (message.kind, row, facts_status(&message.facts)) {
        (LetterKind::TakeoverLink, Some(row), _) => {
            let waits = row.status == TakeoverStatus::Open && row.proof == TakeoverProof::EmailDomain;
            if !waits || is_expired(&row, ctx.now()) {
                return Ok(None);
            }
            let (secret, hash) = token(ctx);
            let after = super::Takeover { token_hash: Some(hash), ..row };
            stored::replace(transaction, TakeoverStatus::Open, after).await?;
            let link = format!("{public_url}/desk/takeover/link/{}?lang={lang}", secret.expose());
            ("page.mail.takeover.subject", text(lang, "page.mail.takeover.text").replace("{link}", &link))
        }
        (LetterKind::TakeoverSettled, Some(row), _) => {
            let key = if row.status == TakeoverStatus::Granted {
                "page.mail.takeoverGranted.text"
            } else {
                "page.mail.takeoverRejected.text"
            };
            let reason = row.reason.unwrap_or_default();
            ("page.mail.takeoverSettled.subject", text(lang, key).replace("{link}", &desk).replace("{reason}", &reason))
        }
        (LetterKind::TakeoverNews, None, Some(status)) => {
            let key = if status == TakeoverStatus::Granted {
                "page.mail.takeoverJoined.text"
            } else {
                "page.mail.takeoverAsked.text"
            };
            ("page.mail.takeoverNews.subject", text(lang, key).replace("{link}", &desk))
        }
        _ => return Ok(None),
    };
    // Last, so that no name is read as a place for something else.
    Ok(Some((written.0, written.1.replace("{name}", name))))
}

fn facts_status(facts: &str) -> Option<TakeoverStatus> {
    match serde_json::from_str(facts) {
        Ok(Facts::News { status, .. }) => Some(status),
        _ => None,
    }
}

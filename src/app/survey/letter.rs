//! Letters to those who answer: that they are invited, and that they have not answered yet. A letter in the outbox
//! names the response alone; the address and the link are looked up and made when it is sent.

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{OutboxMessageId, ResponseId};
use entity::vocabulary::{LetterKind, LetterStatus};
use serde::{Deserialize, Serialize};

use super::link::{self, is_open};
use super::willing;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::domain::participation::takes_answers;
use crate::domain::text::{fold, in_language as worded, one_line};
use crate::store::Transaction;
use crate::store::outbox::{self, Message};
use crate::store::survey::study::{self, Study, Wave};
use crate::store::survey::{invitation, organisation, respondent, response as responses};
use crate::texts::{days, text};

/// The letters that are written here.
pub(crate) const KINDS: [LetterKind; 4] =
    [LetterKind::Invitation, LetterKind::Reminder, LetterKind::Nomination, LetterKind::NewAnswerLink];

/// What the outbox knows of such a letter.
#[derive(Serialize, Deserialize)]
struct Facts {
    response: ResponseId,
}

/// What a letter says, and to whom.
#[derive(Debug)]
pub(crate) struct Composed {
    pub(crate) to: String,
    pub(crate) to_name: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// What the outbox keeps of a letter about a response.
pub(super) fn facts(response: ResponseId) -> Result<String, Error> {
    serde_json::to_string(&Facts { response }).map_err(|error| Error::Internal(error.into()))
}

/// Lets the letters about responses wait again that were not written since a moment, while a merge had made those double.
pub(in crate::app) async fn wait_again(
    write: &Write<'_>,
    responses: Vec<ResponseId>,
    since: DateTime<Utc>,
) -> Result<(), Error> {
    let facts = responses.into_iter().map(facts).collect::<Result<Vec<_>, _>>()?;
    if !facts.is_empty() {
        outbox::wait_again(write.transaction(), &KINDS, &facts, (since, write.at())).await?;
    }
    Ok(())
}

/// Puts a letter about a response into the outbox; says whether there was none with its key.
pub(super) async fn post(
    ctx: &Context,
    write: &Write<'_>,
    (kind, response): (LetterKind, ResponseId),
    lang: &str,
    dedupe_key: Option<String>,
) -> Result<bool, Error> {
    let facts = facts(response)?;
    let message = Message {
        id: OutboxMessageId(ctx.id()),
        kind,
        account_id: None,
        recipient: None,
        lang: lang.to_owned(),
        facts,
        dedupe_key,
        status: LetterStatus::Waiting,
        attempts: 0,
        next_attempt_at: write.at(),
        claimed_at: None,
        finished_at: None,
        last_error: None,
        created_at: write.at(),
    };
    Ok(outbox::insert(write.transaction(), message).await?)
}

/// What a letter says; `None` when its wave is over, its reader has answered, has been forgotten, or wants no letters that
/// they have not asked for.
pub(crate) async fn compose(
    ctx: &Context,
    transaction: &Transaction,
    message: &Message,
    public_url: &str,
) -> Result<Option<Composed>, Error> {
    let Ok(Facts { response: id }) = serde_json::from_str(&message.facts) else { return Ok(None) };
    let Some(response) = responses::by_id_in(transaction, id).await? else { return Ok(None) };
    let Some(wave) = study::wave_in(transaction, response.wave_id).await? else { return Ok(None) };
    let Some(study) = study::by_id_in(transaction, wave.study_id).await? else { return Ok(None) };
    // What its reader has asked for themselves comes in any case.
    let reader = match message.kind {
        LetterKind::Invitation | LetterKind::Reminder => willing::reader(transaction, wave.study_id, id).await?,
        _ => respondent::of_in(transaction, id).await?,
    };
    let Some(reader) = reader else { return Ok(None) };
    let Some(whose) = organisation::by_id_in(transaction, response.organisation_id).await? else { return Ok(None) };
    if !takes_answers(response.status) || !is_open(&wave, ctx.now()) {
        return Ok(None);
    }
    // Whoever revoked all links of a response does not want it to be answered. One that has expired is no such sign.
    if !invitation::has_unrevoked(transaction, id).await? {
        return Ok(None);
    }
    let secret = link::add(ctx, transaction, id, &wave, (&message.lang, None)).await?;
    invitation::sent(transaction, &secret.digest(), (&reader.email_key, ctx.now())).await?;
    let lang = if message.lang == "en" { Lang::EN } else { Lang::ES };
    let link = format!("{public_url}/answer/{}?lang={lang}", secret.expose());
    let ends = link::last_day(link::ends_at(&wave, ctx.now()));
    let (subject, text) = write(message.kind, &whose.name, (&wave, &study), (&link, ends), lang);
    Ok(Some(Composed { to: reader.email, to_name: reader.name, subject, text }))
}

/// The subject and the text of a letter to an organisation about a wave of a study, with the last day of its link where
/// the wave takes answers for longer.
pub(super) fn write(
    kind: LetterKind,
    organisation: &str,
    (wave, study): (&Wave, &Study),
    (link, ends): (&str, NaiveDate),
    lang: Lang,
) -> (String, String) {
    let until = |key, day| text(lang, key).replace("{day}", &days::day(lang, day));
    let is_before = |day: &NaiveDate| wave.closes_on.is_none_or(|closes| *day < closes);
    let ends = Some(ends).filter(is_before).map(|day| until("page.mail.survey.linkEnds", day));
    let closes = wave.closes_on.map(|day| until("page.mail.survey.closes", day));
    let closes = ends.into_iter().chain(closes).collect::<Vec<_>>().join(" ");
    let words = [
        ("{wave}", called(&in_language(&study.title, lang), in_language(&wave.title, lang))),
        ("{organisation}", in_language(organisation, lang)),
        ("{closes}", closes),
        ("{attribution}", one_line(&study.attribution)),
        ("{link}", link.to_owned()),
    ];
    let fill = |key| {
        words.iter().fold(text(lang, key).to_owned(), |text, (name, value)| {
            // A name that ends in a full stop, as that of many companies does, ends its sentence itself.
            let ended = format!("{}.", value.strip_suffix('.').unwrap_or(value));
            text.replace(&format!("{name}."), &ended).replace(name, value)
        })
    };
    let (subject, body) = keys(kind);
    (fill(subject), fill(body))
}

/// A wave with its study: "Wave 1" alone says nothing to who is asked to answer it.
fn called(study: &str, wave: String) -> String {
    let says_study = study.is_empty() || fold(&wave).contains(&fold(study));
    if says_study { wave } else { format!("{study}, {wave}") }
}

fn keys(kind: LetterKind) -> (&'static str, &'static str) {
    match kind {
        LetterKind::Reminder => ("page.mail.reminder.subject", "page.mail.reminder.text"),
        LetterKind::Nomination => ("page.mail.nomination.subject", "page.mail.nomination.text"),
        LetterKind::NewAnswerLink => ("page.mail.newAnswerLink.subject", "page.mail.newAnswerLink.text"),
        _ => ("page.mail.invitation.subject", "page.mail.invitation.text"),
    }
}

/// A text that is kept by language, in the reader's if it has that, in one line.
fn in_language(json: &str, lang: Lang) -> String {
    one_line(&worded(json, lang.as_str()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_is_named_with_its_study_once() {
        for (study, wave, named) in [
            ("Datos en uso", "Ola 1", "Datos en uso, Ola 1"),
            ("Datos en uso", "Datos en uso", "Datos en uso"),
            ("Datos en uso", "Datos en uso: ola 1", "Datos en uso: ola 1"),
            ("", "Ola 1", "Ola 1"),
        ] {
            assert_eq!(called(study, wave.to_owned()), named);
        }
    }
}

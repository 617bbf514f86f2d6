//! Who answers: the name and the address that belong to the question whether one may be written to.

use chrono::{DateTime, Utc};

use super::answer::CONSENT_VERSION;
use super::hand;
use super::link::Followed;
use crate::app::Error;
use crate::domain::email::Email;
use crate::domain::instrument::Question;
use crate::domain::privacy::digest_of;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store::Transaction;
use crate::store::survey::letter_wish;
use crate::store::survey::respondent::{self, Respondent};

/// The longest name of a person.
const LONGEST_NAME: usize = 120;

/// What somebody says of themselves, found sound.
pub(super) enum Who {
    /// Nothing: the address that is kept stays.
    AsKept,
    /// Their name and address.
    Named(String, Email),
}

/// Reads what somebody says of themselves beside `may` they be written to. Without an address the one that is kept stays, where
/// there is one they do not see (`is_shown` says whether they do) or they do not want to be written to: the one they were
/// invited at stays until the study forgets it, as without it their link could not be sent anew.
pub(super) fn read(
    question: &Question,
    said: Option<&(String, String)>,
    may: bool,
    is_shown: bool,
) -> Result<Who, Violation> {
    let Some((name, email)) = said else { return Ok(Who::AsKept) };
    if email.trim().is_empty() && !(may && is_shown) {
        return Ok(Who::AsKept);
    }
    let email = Email::parse(&question.key, email)?;
    let name = one_line(name);
    if name.chars().count() > LONGEST_NAME {
        let message = format!("a name has at most {LONGEST_NAME} characters");
        return Err(Violation::new(&question.key, message).of(Fault::TooLong));
    }
    Ok(Who::Named(name, email))
}

/// Keeps who answers, and whether they may be written to: `None` where they have not said.
pub(super) async fn put(
    transaction: &Transaction,
    question: &Question,
    link: &Followed,
    (who, said, now): (Who, Option<bool>, DateTime<Utc>),
) -> Result<(), Error> {
    let may = said == Some(true);
    let id = link.response.entity_id;
    let row = match who {
        Who::Named(name, email) => {
            hand::of_address(transaction, id, email.key()).await?;
            Respondent {
                response_id: id,
                name,
                email: email.text().to_owned(),
                email_key: email.key().to_owned(),
                may_contact: may,
                consent_version: Some(CONSENT_VERSION.to_owned()),
                confirmed_at: now,
            }
        }
        Who::AsKept => {
            let Some(known) = respondent::of_in(transaction, id).await? else {
                let message = "no address is known yet: give it on the page of the link";
                return if may { Err(Violation::new(&question.key, message).into()) } else { Ok(()) };
            };
            let version = if may { Some(CONSENT_VERSION.to_owned()) } else { known.consent_version.clone() };
            Respondent { may_contact: may, consent_version: version, confirmed_at: now, ..known }
        }
    };
    let whose = (link.wave.study_id, row.email_key.as_str());
    if said == Some(false) {
        letter_wish::refuse(transaction, whose, (id, now)).await?;
    } else if may {
        // A link that came by a letter to this very address is followed by its owner. Else anybody can name an address: they
        // take back what was said of it in this response, no more.
        let mailed_to = link.invitation.as_ref().and_then(|invitation| invitation.sent_to.as_deref());
        if mailed_to == Some(digest_of(&row.email_key).as_str()) {
            letter_wish::agree(transaction, whose, (id, now)).await?;
        } else {
            letter_wish::take_back(transaction, whose, id).await?;
        }
    }
    Ok(respondent::put(transaction, row).await?)
}

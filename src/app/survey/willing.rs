//! Whether a study may write, of its own accord, to whoever answers a response: one rule for lists, letters and reminders.

use entity::id::{ResponseId, StudyId};

use crate::app::Error;
use crate::store::Transaction;
use crate::store::survey::letter_wish;
use crate::store::survey::respondent::{self, Respondent};

/// Whether there is somebody to write to, who has not said no on this response and whose address is not unwilling for the
/// study.
pub(super) fn may_write(reader: Option<&Respondent>, is_unwilling: bool) -> bool {
    reader.is_some_and(|one| one.may_contact) && !is_unwilling
}

/// Whoever answers a response, where the study may write to them, as the transaction sees it.
pub(super) async fn reader(
    transaction: &Transaction,
    study: StudyId,
    response: ResponseId,
) -> Result<Option<Respondent>, Error> {
    let Some(one) = respondent::of_in(transaction, response).await? else { return Ok(None) };
    let key = [one.email_key.clone()];
    let is_unwilling = !letter_wish::unwilling_in(transaction, study, &key).await?.is_empty();
    Ok(may_write(Some(&one), is_unwilling).then_some(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_of_either_kind_is_one() {
        let of = |may_contact| Respondent {
            response_id: ResponseId(uuid::Uuid::from_u128(7)),
            name: String::new(),
            email: "ana@example.org".to_owned(),
            email_key: "ana@example.org".to_owned(),
            may_contact,
            consent_version: None,
            confirmed_at: chrono::DateTime::UNIX_EPOCH,
        };
        for (reader, is_unwilling, may) in [
            (Some(of(true)), false, true),
            (Some(of(true)), true, false),
            (Some(of(false)), false, false),
            (Some(of(false)), true, false),
            (None, false, false),
        ] {
            assert_eq!(may_write(reader.as_ref(), is_unwilling), may, "{reader:?} {is_unwilling}");
        }
    }
}

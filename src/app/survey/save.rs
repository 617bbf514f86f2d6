//! Saving answers before they are sent, question by question. What another device has saved meanwhile is not written
//! over unseen: see `revision`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::id::ResponseId;
use entity::vocabulary::RowVisibility;

use super::answer::{Answering, CONSENT_VERSION, already_sent, answers_of, draft_of, step};
use super::hand;
use super::link::Followed;
pub use super::revision::asks_person;
use super::revision::{self, Fate};
use crate::app::permit::permit;
use crate::app::{Context, Error};
use crate::domain::access::Action;
use crate::domain::email::Email;
use crate::domain::instrument::{Answer, Given, Named, Question, Value, check_answer};
use crate::domain::participation::{Step, takes_answers};
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::respondent::{self, Respondent};
use crate::store::survey::response as responses;
use crate::store::survey::{draft, invitation, sent};
use crate::store::{self, Transaction};

/// The longest name of a person.
const LONGEST_NAME: usize = 120;

/// What somebody says to a question.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub question: String,
    /// `None` leaves it blank.
    pub given: Option<Given>,
    /// Who may see it, where one may choose; what the instrument says otherwise.
    pub visibility: Option<RowVisibility>,
    /// Name and address, where the question asks for a person.
    pub person: Option<(String, String)>,
    /// The revision of the answer that was shown when this was said. Without one nothing is compared.
    pub shown: Option<String>,
}

/// An answer that was not saved, since another was saved after its page had been shown.
#[derive(Clone, Debug)]
pub struct Differing {
    pub question: String,
    /// What was said here.
    pub said: Option<Answer>,
    /// What is stored; `None` where it was left blank again.
    pub stored: Option<Answer>,
    /// When that was saved; not known where it was left blank.
    pub saved_at: Option<DateTime<Utc>>,
    /// Whoever keeps what was said here says with this that they have seen what is stored.
    pub revision: String,
}

/// What came of answers that were to be saved.
#[derive(Debug, Default)]
pub struct Kept {
    /// The questions whose answers were saved.
    pub saved: Vec<String>,
    pub differing: Vec<Differing>,
}

/// Saves answers: all of them, or none and all that is wrong.
pub async fn save(ctx: &Context, link: &Followed, said: Vec<Said>, lang: Option<&str>) -> Result<(), Error> {
    let differing = store_sound(ctx, link, said, lang, true).await?.differing;
    let fault = |one: Differing| {
        Violation::new(one.question, "another answer was saved meanwhile; read it and save again").of(Fault::Changed)
    };
    if differing.is_empty() { Ok(()) } else { Err(Error::Invalid(differing.into_iter().map(fault).collect())) }
}

/// Saves those answers that differ from no other that was saved meanwhile; the rest is given back. One that breaks a
/// rule takes all with it.
pub async fn save_each(ctx: &Context, link: &Followed, said: Vec<Said>, lang: Option<&str>) -> Result<Kept, Error> {
    store_sound(ctx, link, said, lang, false).await
}

/// Saves answers that break no rule; those that differ from others are not saved, and with `all` nothing is then.
async fn store_sound(
    ctx: &Context,
    link: &Followed,
    said: Vec<Said>,
    lang: Option<&str>,
    all: bool,
) -> Result<Kept, Error> {
    permit(&link.actor, Action::AnswerWave, &link.object(ctx.now()))?;
    let id = link.response.entity_id;
    let answering = responses::answering_of(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let instrument = ctx.instruments.get(&ctx.db, answering.instrument_id).await?;
    let (mut faults, mut kept) = (Vec::new(), Vec::new());
    for one in said {
        let Some(question) = instrument.question(&one.question) else {
            faults.push(Violation::new(one.question, "there is no such question"));
            continue;
        };
        match one.given.clone().map(|given| check_answer(question, given)).transpose() {
            Ok(given) => kept.push((question, given, one)),
            Err(wrong) => faults.extend(wrong),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let (transaction, now) = (store::begin(&ctx.db).await?, ctx.now());
    // First of all: from here on whoever saves beside us waits, so that what is compared stays as it is.
    step(ctx, &transaction, id, Step::Save).await?;
    let stored = Stored::of(&transaction, id, link).await?;
    let mut done = Kept::default();
    for (question, given, said) in kept {
        let visibility = visibility(question, said.visibility);
        let answer = given.map(|given| Answer { given, visibility, is_prefilled: false });
        match stored.fate(question, answer.as_ref(), &said) {
            Fate::Untouched => {}
            Fate::Differs => done.differing.push(stored.differing(question, answer)),
            Fate::Saved => {
                match answer {
                    None => draft::clear(&transaction, id, &question.key).await?,
                    Some(answer) => {
                        known(&transaction, question, &answer.given).await?;
                        if said.person.is_none() && asks_person(question) {
                            let may = matches!(answer.given, Given::Value(Value::Consent(true)));
                            consent(&transaction, id, may, now).await?;
                        }
                        draft::put(&transaction, draft_of(id, &question.key, answer, now)?).await?;
                    }
                }
                done.saved.push(question.key.clone());
            }
        }
    }
    if all && !done.differing.is_empty() {
        return Ok(done);
    }
    if let Some(link) = &link.invitation {
        invitation::open(&transaction, link.id, now).await?;
    }
    let lang = lang.filter(|lang| matches!(*lang, "es" | "en")).map_or(answering.lang.clone(), str::to_owned);
    let started_at = answering.started_at.or(Some(now));
    responses::put_answering(&transaction, Answering { lang, started_at, saved_at: Some(now), ..answering }).await?;
    transaction.commit().await?;
    Ok(done)
}

/// What is stored of a response while others wait.
struct Stored {
    answers: BTreeMap<String, (Answer, DateTime<Utc>)>,
    person: Option<Respondent>,
}

impl Stored {
    async fn of(transaction: &Transaction, id: ResponseId, link: &Followed) -> Result<Self, Error> {
        let drafts = draft::of_in(transaction, id).await?;
        let times: BTreeMap<_, _> = drafts.iter().map(|row| (row.question.clone(), row.saved_at)).collect();
        let answers = answers_of(drafts)?.into_iter().filter_map(|(key, answer)| {
            let at = *times.get(&key)?;
            Some((key, (answer, at)))
        });
        // Compared with what its page has shown: who is not shown to an account.
        let person = if link.shows_person() { respondent::of_in(transaction, id).await? } else { None };
        Ok(Self { answers: answers.collect(), person })
    }

    fn revision(&self, question: &Question) -> String {
        let person = self.person.as_ref().map(|one| (one.name.as_str(), one.email.as_str()));
        revision::of(question, self.answers.get(&question.key).map(|(answer, _)| answer), person)
    }

    fn fate(&self, question: &Question, answer: Option<&Answer>, said: &Said) -> Fate {
        let person = said.person.as_ref().map(|(name, email)| (one_line(name), email.trim().to_owned()));
        let person = person.or_else(|| self.person.as_ref().map(|one| (one.name.clone(), one.email.clone())));
        let person = person.as_ref().map(|(name, email)| (name.as_str(), email.as_str()));
        let own = revision::of(question, answer, person);
        revision::fate(said.shown.as_deref(), &own, &self.revision(question))
    }

    fn differing(&self, question: &Question, said: Option<Answer>) -> Differing {
        let (stored, saved_at) = self.answers.get(&question.key).cloned().unzip();
        Differing { question: question.key.clone(), said, stored, saved_at, revision: self.revision(question) }
    }
}

/// Who may see an answer: only where the instrument lets the respondent choose, it is theirs to say.
fn visibility(question: &Question, chosen: Option<RowVisibility>) -> RowVisibility {
    chosen.filter(|_| question.may_choose).unwrap_or(question.visibility)
}

/// What is named in an answer is in the register, or is named in words.
async fn known(transaction: &Transaction, question: &Question, given: &Given) -> Result<(), Error> {
    let Given::Value(Value::Uses(rows)) = given else { return Ok(()) };
    let (mut datasets, mut bodies) = (Vec::new(), Vec::new());
    for row in rows {
        match &row.what {
            Named::Dataset(id) => datasets.push(*id),
            Named::Publisher(id) => bodies.push(*id),
            Named::Unlisted(_) => {}
        }
    }
    let found = sent::datasets(transaction, &datasets).await?;
    let listed = sent::publishers(transaction, &bodies).await?;
    let is_known = datasets.iter().all(|id| found.iter().any(|(known, ..)| known == id))
        && bodies.iter().all(|id| listed.contains(id));
    let fault = || Violation::new(&question.key, "something of this list is not in the register; add it by name");
    if is_known { Ok(()) } else { Err(fault().into()) }
}

/// Says whether whoever is known to answer may be written to, at the address that is kept.
async fn consent(transaction: &Transaction, id: ResponseId, may: bool, now: DateTime<Utc>) -> Result<(), Error> {
    let Some(known) = respondent::of_in(transaction, id).await? else {
        let fault = || Violation::new("contact", "no address is known yet: give it on the page of the link");
        return if may { Err(fault().into()) } else { Ok(()) };
    };
    let version = if may { Some(CONSENT_VERSION.to_owned()) } else { known.consent_version.clone() };
    let row = Respondent { may_contact: may, consent_version: version, confirmed_at: now, ..known };
    Ok(respondent::put(transaction, row).await?)
}

/// Says who answers, so that they can be written to. Without an address the one that is kept stays: whoever does not want to
/// be written to leaves none, and to an account it is not shown.
pub async fn save_contact(ctx: &Context, link: &Followed, name: &str, email: &str, may: bool) -> Result<(), Error> {
    permit(&link.actor, Action::AnswerWave, &link.object(ctx.now()))?;
    if !takes_answers(link.response.status) {
        return Err(already_sent());
    }
    let (id, now) = (link.response.entity_id, ctx.now());
    let transaction = store::begin(&ctx.db).await?;
    if email.trim().is_empty() && (!may || !link.shows_person()) {
        // The one they were invited at stays until the study forgets it: without it their link could not be sent anew.
        consent(&transaction, id, may, now).await?;
        transaction.commit().await?;
        return Ok(());
    }
    let email = Email::parse("email", email)?;
    let name = one_line(name);
    if name.chars().count() > LONGEST_NAME {
        return Err(Violation::new("name", "a name has at most 120 characters").of(Fault::TooLong).into());
    }
    let row = Respondent {
        response_id: id,
        name,
        email: email.text().to_owned(),
        email_key: email.key().to_owned(),
        may_contact: may,
        consent_version: Some(CONSENT_VERSION.to_owned()),
        confirmed_at: now,
    };
    hand::of_address(&transaction, id, &row.email_key).await?;
    respondent::put(&transaction, row).await?;
    transaction.commit().await?;
    Ok(())
}

//! Saving answers before they are sent, question by question. What another device has saved meanwhile is not written
//! over unseen: see `revision`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::ResponseId;
use entity::vocabulary::{Missing, RowVisibility};

use super::answer::{Answering, answers_of, draft_of, step};
use super::link::Followed;
use super::person::{self, Who};
pub use super::revision::asks_person;
use super::revision::{self, Fate};
use crate::app::permit::permit;
use crate::app::{Context, Error};
use crate::domain::access::Action;
use crate::domain::instrument::{Answer, Given, Named, Question, Value, ahead_of, check_answer};
use crate::domain::participation::Step;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::respondent::{self, Respondent};
use crate::store::survey::response as responses;
use crate::store::survey::{draft, invitation, sent};
use crate::store::{self, Transaction};

/// What somebody says to a question.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub question: String,
    /// `None` leaves it blank.
    pub given: Option<Given>,
    /// Why there is no answer, where that was said beside one: nobody but whoever answers can tell which is meant.
    pub beside: Option<Missing>,
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
    /// What breaks a rule, and was not saved.
    pub faults: Vec<Violation>,
}

/// Saves answers: all of them, or none and all that is wrong.
pub async fn save(ctx: &Context, link: &Followed, said: Vec<Said>, lang: Option<&str>) -> Result<(), Error> {
    let kept = store_sound(ctx, link, said, lang, true).await?;
    let changed = |one: Differing| {
        Violation::new(one.question, "another answer was saved meanwhile; read it and save again").of(Fault::Changed)
    };
    let wrong: Vec<_> = kept.faults.into_iter().chain(kept.differing.into_iter().map(changed)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// Saves each answer that breaks no rule and differs from no other that was saved meanwhile; says what became of the
/// rest.
pub async fn save_each(ctx: &Context, link: &Followed, said: Vec<Said>, lang: Option<&str>) -> Result<Kept, Error> {
    store_sound(ctx, link, said, lang, false).await
}

/// An answer that breaks no rule of its question.
struct Sound<'q> {
    question: &'q Question,
    /// `None` where it is left blank.
    answer: Option<Answer>,
    /// Whether whoever answers may be written to, `None` where they have not said; read where the question asks for a
    /// person.
    may: Option<bool>,
    who: Who,
    said: Said,
}

impl<'q> Sound<'q> {
    fn read(question: &'q Question, link: &Followed, said: Said, today: NaiveDate) -> Result<Self, Vec<Violation>> {
        if said.given.is_some() && said.beside.is_some() {
            return Err(vec![Violation::new(&question.key, "give one value, or why there is none")]);
        }
        if said.visibility.is_some_and(|chosen| !question.may_choose && chosen != question.visibility) {
            return Err(vec![Violation::new(&question.key, "who sees this answer is not to be chosen: leave it out")]);
        }
        let given = said.given.clone().map(|given| check_answer(question, given)).transpose()?;
        if let Some(fault) = given.as_ref().and_then(|given| ahead_of(question, given, today)) {
            return Err(vec![fault]);
        }
        // Who does not want to say does not want to be written to either.
        let may = given.as_ref().map(|given| matches!(given, Given::Value(Value::Consent(true))));
        let who = person::read(question, said.person.as_ref(), may == Some(true), link.shows_person())
            .map_err(|one| vec![one])?;
        let visibility = visibility(question, said.visibility);
        let answer = given.map(|given| Answer { given, visibility, is_prefilled: false });
        Ok(Self { question, answer, may, who, said })
    }

    async fn put(self, transaction: &Transaction, link: &Followed, now: DateTime<Utc>) -> Result<(), Error> {
        let (question, id) = (self.question, link.response.entity_id);
        if let Some(answer) = &self.answer {
            known(transaction, question, &answer.given).await?;
        }
        if asks_person(question) {
            person::put(transaction, question, link, (self.who, self.may, now)).await?;
        }
        match self.answer {
            None => draft::clear(transaction, id, &question.key).await?,
            Some(answer) => draft::put(transaction, draft_of(id, &question.key, answer, now)?).await?,
        }
        Ok(())
    }
}

/// Saves what can be saved; with `all`, everything or nothing.
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
    let (mut done, mut sound) = (Kept::default(), Vec::new());
    for one in said {
        let Some(question) = instrument.question(&one.question) else {
            done.faults.push(Violation::new(one.question, "there is no such question"));
            continue;
        };
        match Sound::read(question, link, one, ctx.today()) {
            Ok(one) => sound.push(one),
            Err(wrong) => done.faults.extend(wrong),
        }
    }
    if all && !done.faults.is_empty() {
        return Ok(done);
    }
    let (transaction, now) = (store::begin(&ctx.db).await?, ctx.now());
    // First of all: from here on whoever saves beside us waits, so that what is compared stays as it is.
    step(ctx, &transaction, id, Step::Save).await?;
    let stored = Stored::of(&transaction, id, link).await?;
    for one in sound {
        let question = one.question;
        match stored.fate(question, one.answer.as_ref(), &one.said) {
            Fate::Untouched => {}
            Fate::Differs => done.differing.push(stored.differing(question, one.answer)),
            Fate::Saved => match one.put(&transaction, link, now).await {
                Ok(()) => done.saved.push(question.key.clone()),
                Err(Error::Invalid(wrong)) => done.faults.extend(wrong),
                Err(error) => return Err(error),
            },
        }
    }
    if all && !(done.faults.is_empty() && done.differing.is_empty()) {
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

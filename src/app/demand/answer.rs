//! What publishers say: that they will publish and when, that they have, or that they refuse and on what basis.

use chrono::NaiveDate;
use entity::id::DataRequestId;

use super::{Request, advanced, allowed, allowed_any, datasets, lead_to, missing};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::demand::{Step, Text};
use crate::domain::violation::{Fault, Violation};

/// What a publisher says, in public.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub answer: String,
    /// The language it is written in, `es` or `en`.
    pub lang: String,
}

impl Said {
    fn read(&self, faults: &mut Vec<Violation>) -> (Option<String>, Option<String>) {
        let answer = Text::ANSWER.read(&self.answer, faults);
        (answer, Some(if self.lang == "en" { "en" } else { "es" }.to_owned()))
    }
}

/// The publisher says that it will publish, and when.
pub async fn plan(
    ctx: &Context,
    actor: &Actor,
    id: DataRequestId,
    (said, planned_on): (Said, Option<NaiveDate>),
) -> Result<Request, Error> {
    allowed(ctx, actor, Action::AnswerRequest, id).await?;
    let mut faults = Vec::new();
    let (answer, lang) = said.read(&mut faults);
    match planned_on {
        None => faults.push(Violation::new("plannedOn", "say by which day it will be published").of(Fault::Missing)),
        Some(day) if day < ctx.today() => {
            faults.push(Violation::new("plannedOn", "this day is over; name a later one"));
        }
        Some(_) => {}
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let after = advanced(&mut write, id, Step::Plan, |request| {
        (request.answer, request.answer_lang, request.planned_on) = (answer, lang, planned_on);
        Ok(())
    })
    .await?;
    write.commit("publication planned", &id.0).await?;
    Ok(after)
}

/// The publisher refuses, and says on what legal basis.
pub async fn reject(
    ctx: &Context,
    actor: &Actor,
    id: DataRequestId,
    (said, legal_basis): (Said, &str),
) -> Result<Request, Error> {
    allowed(ctx, actor, Action::AnswerRequest, id).await?;
    let mut faults = Vec::new();
    let (answer, lang) = said.read(&mut faults);
    let basis = Text::LEGAL_BASIS.read(legal_basis, &mut faults);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let after = advanced(&mut write, id, Step::Reject, |request| {
        (request.answer, request.answer_lang, request.legal_basis) = (answer, lang, basis);
        // A plan that was told before holds no more; the history keeps it.
        request.planned_on = None;
        Ok(())
    })
    .await?;
    write.commit("request refused", &id.0).await?;
    Ok(after)
}

/// What was asked for is published, whole or in part: by its publisher, or seen by a curator.
pub async fn publish(
    ctx: &Context,
    actor: &Actor,
    id: DataRequestId,
    (said, slugs, is_part): (Option<Said>, &[String], bool),
) -> Result<Request, Error> {
    allowed_any(ctx, actor, &[Action::TriageRequest, Action::AnswerRequest], id).await?;
    let mut faults = Vec::new();
    let said = said.filter(|said| !said.answer.trim().is_empty()).map(|said| said.read(&mut faults));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    if slugs.is_empty() {
        return Err(missing("datasets"));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let led = datasets(&write, slugs).await?;
    let today = write.at().date_naive();
    let step = if is_part { Step::PublishPart } else { Step::Publish };
    let after = advanced(&mut write, id, step, |request| {
        if let Some((answer, lang)) = said {
            (request.answer, request.answer_lang) = (answer, lang);
        }
        if !is_part {
            request.published_on = Some(today);
        }
        Ok(())
    })
    .await?;
    lead_to(&mut write, id, led).await?;
    write.commit(if is_part { "partly published" } else { "published" }, &id.0).await?;
    Ok(after)
}

//! What curators do: show a request in words that everybody may read, and pass it to its publisher.

use chrono::NaiveDate;
use entity::id::DataRequestId;
use entity::vocabulary::{BlockingReason, DayKind, RowVisibility};

use super::submit::body;
use super::{Request, advanced, allowed, free_slug, publisher, themes};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::contact::contact_fault;
use crate::domain::demand::{LONGEST_TERM, Step, due, wish};
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store;

/// The longest reason for a change.
const LONGEST_REASON: usize = 300;

/// A request in the words that everybody will read.
#[derive(Clone, Debug, Default)]
pub struct Triaged {
    pub title: String,
    pub description: String,
    pub purpose: String,
    pub frequency: String,
    pub format: String,
    /// What stands in the way; as it was said, when left out.
    pub blocking: Option<BlockingReason>,
    /// Codes of what it is about; as it was said, when left out.
    pub themes: Option<Vec<String>>,
    /// The slug of the body that has the data; empty where nobody knows.
    pub publisher: String,
    /// The language of the words, `es` or `en`; as it was said, when left out.
    pub lang: Option<String>,
}

/// Shows a request to everyone.
pub async fn triage(ctx: &Context, actor: &Actor, id: DataRequestId, text: Triaged) -> Result<Request, Error> {
    let before = allowed(ctx, actor, Action::TriageRequest, id).await?;
    let fields = [&text.title, &text.description, &text.purpose, &text.frequency, &text.format].map(String::as_str);
    let wish = wish(fields, text.blocking.unwrap_or(before.blocking), text.lang.as_deref().unwrap_or(&before.lang))
        .map_err(Error::Invalid)?;
    let themes = match &text.themes {
        Some(words) => themes(ctx, words).await?,
        None => before.themes.clone(),
    };
    let about = if text.publisher.is_empty() { None } else { Some(body(ctx, &text.publisher).await?) };
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(about) = about {
        publisher(&write, about).await?;
    }
    let slug = free_slug(&write, (&wish.lang, &wish.title)).await?;
    let today = write.at().date_naive();
    let after = advanced(&mut write, id, Step::Triage, |request| {
        request.slug = slug;
        request.title = wish.title;
        request.description = wish.description;
        request.purpose = wish.purpose;
        request.frequency = wish.frequency;
        request.format = wish.format;
        request.blocking = wish.blocking;
        request.lang = wish.lang;
        request.publisher_id = about;
        request.themes = themes;
        request.triaged_on = Some(today);
        request.visibility = RowVisibility::Public;
        Ok(())
    })
    .await?;
    write.commit("request shown", &id.0).await?;
    Ok(after)
}

/// Says anew what a request that everybody sees is about, and why: what was said before stays in its history.
pub async fn set_themes(
    ctx: &Context,
    actor: &Actor,
    id: DataRequestId,
    (words, reason): (&[String], &str),
) -> Result<Request, Error> {
    let shown = allowed(ctx, actor, Action::TriageRequest, id).await?;
    if shown.visibility != RowVisibility::Public {
        return Err(Error::Conflict(
            "this request is shown to nobody yet; say what it is about when you show it".into(),
        ));
    }
    let mut faults = Vec::new();
    let reason = one_line(reason);
    if reason.is_empty() {
        faults.push(Violation::new("reason", "this is needed").of(Fault::Missing));
    } else if reason.chars().count() > LONGEST_REASON {
        let message = format!("a reason has at most {LONGEST_REASON} characters");
        faults.push(Violation::new("reason", message).of(Fault::TooLong));
    }
    faults.extend(contact_fault("reason", &reason));
    let themes = match themes(ctx, words).await {
        Ok(themes) => themes,
        Err(Error::Invalid(more)) => {
            faults.extend(more);
            String::new()
        }
        Err(error) => return Err(error),
    };
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let before = store::demand::request::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    if before.themes == themes {
        return Ok(before);
    }
    let mut after = Request { themes, ..before.clone() };
    write.replace(before, after.clone(), id.0).await?;
    after.recorded_at = write.at();
    write.commit(&reason, &id.0).await?;
    Ok(after)
}

/// Passes a request to its publisher, whose term to answer begins.
pub async fn forward(ctx: &Context, actor: &Actor, id: DataRequestId, to: Option<&str>) -> Result<Request, Error> {
    let before = allowed(ctx, actor, Action::TriageRequest, id).await?;
    let about = match to.filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(body(ctx, slug).await?),
        None => before.publisher_id,
    };
    let about = about.ok_or_else(|| {
        Error::from(Violation::new("publisher", "say which publisher has this data; only then can it be asked"))
    })?;
    let mut write = Write::begin(ctx, actor).await?;
    let profile = publisher(&write, about).await?;
    let today = write.at().date_naive();
    let holidays = store::demand::holiday::from(write.transaction(), today).await?;
    let due_on = term(today, profile.answer_days, profile.day_kind, &holidays);
    let after = advanced(&mut write, id, Step::Forward, |request| {
        request.publisher_id = Some(about);
        request.forwarded_on = Some(today);
        request.due_on = Some(due_on);
        Ok(())
    })
    .await?;
    write.commit("request forwarded", &id.0).await?;
    Ok(after)
}

/// The end of a publisher's term; a term that no calendar holds is cut.
fn term(from: NaiveDate, days: i32, kind: DayKind, holidays: &[NaiveDate]) -> NaiveDate {
    due(from, u32::try_from(days).unwrap_or(0).min(LONGEST_TERM), kind, holidays)
}

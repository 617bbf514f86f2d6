//! What of a record is corrected, and to what: a property is chosen first, and its value is then asked for by what that
//! property takes. Two plain pages, so that it needs no script; whoever sends something else is told so by the rules.

use entity::vocabulary::{DatasetStatus, OrganisationKind, OrganisationStatus, SizeBand};
use maud::{Markup, html};

use super::frame::Frame;
use super::pick::Pick;
use super::propose::nothing_at;
use super::propose_fields::Fields;
use super::{review_words, whereabouts};
use crate::app::Error;
use crate::app::review::names;
use crate::domain::review::{Field, Subject};
use crate::domain::violation::Violation;
use crate::texts::phrases::DOT;
use crate::texts::words_of;

/// The years in which an organisation may have been founded, as the rules take them.
const YEARS: [&str; 2] = ["1500", "2100"];

/// What an address or a form asks to correct.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The record, where the register has it.
    subject: Option<Subject>,
    /// The record and a property that it has.
    pub(super) what: Option<(Subject, Field)>,
    /// What is wrong with what was chosen.
    pub(super) faults: Vec<Violation>,
}

/// What is asked for, as far as it can be.
pub(super) async fn asked(frame: &Frame<'_>, value: &(dyn Fn(&str) -> String + Sync)) -> Asked {
    let (about, field) = (value("about"), value("field"));
    if about.trim().is_empty() {
        return Asked::default();
    }
    let subject = match subject(frame, &frame.picked(Pick::Record, &about)).await {
        Ok(subject) => subject,
        Err(Error::Invalid(faults)) => return Asked { faults, ..Asked::default() },
        Err(_) => {
            let faults = vec![Violation::new("about", "the register shows nothing at this address")];
            return Asked { faults, ..Asked::default() };
        }
    };
    let what = Field::of(&field).filter(|field| field.is_of(subject) && is_taken(frame, *field));
    let faults = match what {
        None if !field.is_empty() => vec![Violation::new("field", "this record has no such property")],
        _ => Vec::new(),
    };
    Asked { subject: Some(subject), what: what.map(|field| (subject, field)), faults }
}

/// The record at an address, or what is wrong with that.
pub(super) async fn subject(frame: &Frame<'_>, address: &str) -> Result<Subject, Error> {
    match names::subject_at(frame.ctx, &frame.actor, address).await? {
        Some(subject) => Ok(subject),
        None => Err(nothing_at(frame, "about", address).await.into()),
    }
}

/// Whether a property can be corrected here: an RFC only where there is a key to keep it under.
fn is_taken(frame: &Frame<'_>, field: Field) -> bool {
    field != Field::Rfc || frame.ctx.rfc_key.is_some()
}

/// The form in which the record and the property are chosen.
pub(super) fn choose(f: &Fields<'_>, here: &str, asked: &Asked) -> Markup {
    let has = |field: &Field| asked.subject.is_none_or(|subject| field.is_of(subject)) && is_taken(f.frame, *field);
    let fields = Field::ALL.iter().copied().filter(has).map(Field::as_str);
    html! {
        form method="get" action=(here) class="sheet" {
            input type="hidden" name="lang" value=(f.frame.lang);
            (f.pick("about", "page.propose.recordAt", Pick::Record))
            (f.choice("field", "page.propose.field", "page.review.field", fields))
            @if f.frame.ctx.rfc_key.is_none() { p class="small quiet" { (f.frame.say("page.propose.rfcNotTaken")) } }
            button class="btn main" { (f.frame.say("page.propose.next")) }
        }
    }
}

/// What was chosen, and the field for its right value.
pub(super) fn value(f: &Fields<'_>, asked: &Asked, here: &str) -> Markup {
    let Some((subject, field)) = asked.what else { return html! {} };
    let frame = f.frame;
    let about = (f.value)("about");
    let other: String = url::form_urlencoded::byte_serialize(about.as_bytes()).collect();
    html! {
        input type="hidden" name="about" value=(about);
        input type="hidden" name="field" value=(field.as_str());
        p { (about) (DOT) b { (words_of(frame.lang, "page.review.field", field.as_str())) } (DOT)
            a href=(frame.link(&format!("{here}?about={other}"))) { (frame.say("page.propose.otherField")) } }
        (control(f, subject, field))
        @if field == Field::Rfc { p class="small quiet" { (frame.say("page.propose.rfcKept")) } }
    }
}

/// The control that fits what a property takes.
fn control(f: &Fields<'_>, subject: Subject, field: Field) -> Markup {
    let said = (f.value)("value");
    let frame = f.frame;
    let label = ("value", "page.propose.value");
    match field {
        Field::Name | Field::Licence | Field::Locality => f.text("value", label.1, ""),
        Field::Description => f.long("value", label.1),
        Field::Website | Field::LandingPage => typed(
            f,
            &html! {
                input class="field" type="text" inputmode="url" name="value" value=(said) placeholder="https://…" maxlength="500" required aria-invalid[f.is_wrong("value")];
            },
        ),
        Field::Founded => typed(
            f,
            &html! {
                input class="field" type="number" name="value" value=(said) min=(YEARS[0]) max=(YEARS[1]) step="1" placeholder="2014" required aria-invalid[f.is_wrong("value")];
            },
        ),
        // The number stands nowhere but in the request.
        Field::Rfc => typed(
            f,
            &html! {
                input class="field" name="value" maxlength="20" autocomplete="off" spellcheck="false" autocapitalize="characters" required aria-invalid[f.is_wrong("value")];
            },
        ),
        Field::Sector => whereabouts::sector(frame, label, &said, &f.fault("value")),
        Field::Area => whereabouts::area(frame, label, &said, &f.fault("value")),
        Field::Kind => words(f, ("organisation", "kind"), OrganisationKind::ALL.iter().map(|word| word.as_str())),
        Field::SizeBand => words(f, ("organisation", "size_band"), SizeBand::ALL.iter().map(|word| word.as_str())),
        Field::Status if matches!(subject, Subject::Organisation(_)) => {
            words(f, ("organisation", "status"), OrganisationStatus::ALL.iter().map(|word| word.as_str()))
        }
        Field::Status => words(f, ("dataset", "status"), DatasetStatus::ALL.iter().map(|word| word.as_str())),
    }
}

fn typed(f: &Fields<'_>, input: &Markup) -> Markup {
    html! { label { span { (f.frame.say("page.propose.value")) } (f.fault("value")) (input) } }
}

/// The words of a closed set, none chosen before somebody does.
fn words(f: &Fields<'_>, column: (&str, &str), all: impl Iterator<Item = &'static str>) -> Markup {
    let said = (f.value)("value");
    html! {
        label { span { (f.frame.say("page.propose.value")) } (f.fault("value"))
            select class="field" name="value" required aria-invalid[f.is_wrong("value")] {
                option value="" { "–" }
                // That something is not known corrects nothing.
                @for word in all.filter(|word| *word != "unknown") { option value=(word) selected[said == word] { (review_words::value(f.frame.lang, column, word)) } }
            }
        }
    }
}

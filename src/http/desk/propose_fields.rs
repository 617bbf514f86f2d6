//! Fields of forms in which something is proposed: what was sent stands in them again, beside what is wrong with it.

use maud::{Markup, html};

use super::frame::Frame;
use super::pick::{self, Pick};
use crate::domain::violation::Violation;
use crate::texts::words_of;

/// What may be left blank: its label says so.
const MAY_BE_BLANK: &[&str] = &[
    "website",
    "locality",
    "description",
    "landingPage",
    "purpose",
    "since",
    "evidenceTitle",
    "evidenceQuote",
    "note",
];

/// The fields of a form, with what was sent and what is wrong.
pub(super) struct Fields<'f> {
    pub(super) frame: &'f Frame<'f>,
    pub(super) value: &'f (dyn Fn(&str) -> String + Sync),
    pub(super) faults: &'f [Violation],
}

impl Fields<'_> {
    pub(super) fn fault(&self, name: &str) -> Markup {
        let found = self.faults.iter().find(|fault| fault.field == name);
        html! { @if let Some(fault) = found { span class="fault" { (self.frame.fault(fault)) } } }
    }

    pub(super) fn is_wrong(&self, name: &str) -> bool {
        self.faults.iter().any(|fault| fault.field == name)
    }

    /// What a field is called, and whether it may be left blank.
    fn label(&self, name: &str, label: &'static str) -> Markup {
        html! { (self.frame.say(label)) @if MAY_BE_BLANK.contains(&name) { " " (self.frame.say("page.answer.optional")) } }
    }

    pub(super) fn text(&self, name: &str, label: &'static str, hint: &str) -> Markup {
        html! {
            label { span { (self.label(name, label)) } (self.fault(name))
                input class="field" name=(name) value=((self.value)(name)) placeholder=(hint) maxlength="500" aria-invalid[self.is_wrong(name)]; }
        }
    }

    /// The RFC. What was sent is not shown again: it stands nowhere but in the request.
    pub(super) fn rfc(&self) -> Markup {
        html! {
            @if self.frame.ctx.rfc_key.is_some() {
                label { span { (self.frame.say("page.propose.rfc")) } (self.fault("rfc"))
                    input class="field" name="rfc" maxlength="20" autocomplete="off" spellcheck="false" autocapitalize="characters" aria-describedby="rfc-kept" aria-invalid[self.is_wrong("rfc")]; }
                p class="small quiet" id="rfc-kept" { (self.frame.say("page.propose.rfcKept")) }
            } @else {
                p class="small quiet" { (self.frame.say("page.propose.rfcNotTaken")) }
            }
        }
    }

    pub(super) fn pick(&self, name: &str, label: &'static str, pick: Pick) -> Markup {
        let value = (self.value)(name);
        self.frame.pick(&pick::Field { name, label: self.frame.say(label), value: &value, pick }, &self.fault(name))
    }

    pub(super) fn long(&self, name: &str, label: &'static str) -> Markup {
        html! {
            label { span { (self.label(name, label)) } (self.fault(name))
                textarea class="field" name=(name) rows="3" maxlength="2000" aria-invalid[self.is_wrong(name)] { ((self.value)(name)) } }
        }
    }

    pub(super) fn choice(
        &self,
        name: &str,
        label: &'static str,
        group: &str,
        words: impl Iterator<Item = &'static str>,
    ) -> Markup {
        self.select((name, label), (group, words), false)
    }

    /// The same where nothing is chosen before somebody has chosen.
    pub(super) fn open_choice(
        &self,
        name: &str,
        label: &'static str,
        group: &str,
        words: impl Iterator<Item = &'static str>,
    ) -> Markup {
        self.select((name, label), (group, words), true)
    }

    fn select(
        &self,
        (name, label): (&str, &'static str),
        (group, words): (&str, impl Iterator<Item = &'static str>),
        is_open: bool,
    ) -> Markup {
        let chosen = (self.value)(name);
        html! {
            label { span { (self.frame.say(label)) } (self.fault(name))
                select class="field" name=(name) required[is_open] {
                    @if is_open { option value="" { (self.frame.say("page.answer.choose")) } }
                    @for word in words { option value=(word) selected[chosen == word] { (words_of(self.frame.lang, group, word)) } }
                }
            }
        }
    }
}

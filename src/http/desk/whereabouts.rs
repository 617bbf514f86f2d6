//! Sectors, and the places where organisations are, to be chosen from.

use entity::vocabulary::AreaScheme;
use maud::{Markup, html};

use super::frame::Frame;
use crate::atlas::Atlas;
use crate::domain::review::SECTORS;
use crate::domain::text::fold;

/// A code and what it is called.
type Choice = (String, String);

/// Every sector, by name.
fn sectors(frame: &Frame<'_>, atlas: &Atlas) -> Vec<Choice> {
    let of = |ix| {
        let row = atlas.code_row(ix);
        (atlas.str(row.code).to_owned(), atlas.label(row.label, frame.lang).value.to_owned())
    };
    let mut all: Vec<Choice> = atlas.codes_of(SECTORS).map(of).collect();
    all.sort_by_cached_key(|(_, label)| fold(label));
    all
}

/// Every country with its states, by name.
fn areas(frame: &Frame<'_>, atlas: &Atlas) -> Vec<(Choice, Vec<Choice>)> {
    let of = |scheme: AreaScheme| {
        let these = atlas.areas().filter(move |ix| atlas.area(*ix).scheme == scheme);
        let mut all: Vec<Choice> = these
            .map(|ix| {
                let row = atlas.area(ix);
                (atlas.str(row.code).to_owned(), atlas.label(row.name, frame.lang).value.to_owned())
            })
            .collect();
        all.sort_by_cached_key(|(_, label)| fold(label));
        all
    };
    let states = of(AreaScheme::Subdivision);
    let inside = |country: &str| -> Vec<Choice> {
        let is_inside = |(code, _): &&Choice| code.split_once('-').is_some_and(|(of, _)| of == country);
        states.iter().filter(is_inside).cloned().collect()
    };
    let with = |country: Choice| {
        let states = inside(&country.0);
        (country, states)
    };
    of(AreaScheme::Country).into_iter().map(with).collect()
}

/// A list of sectors in a form.
pub(super) fn sector(frame: &Frame<'_>, (name, label): (&str, &'static str), chosen: &str, fault: &Markup) -> Markup {
    let all = (frame.site.atlas)().map(|atlas| sectors(frame, &atlas)).unwrap_or_default();
    html! {
        label { span { (frame.say(label)) } (fault)
            select class="field" name=(name) {
                option value="" { (frame.say("page.propose.notKnown")) }
                @for (code, label) in &all { option value=(code) selected[chosen == code] { (label) } }
            }
        }
    }
}

/// A list of states and countries in a form: states under their country, and the country for whom no more is known.
pub(super) fn area(frame: &Frame<'_>, (name, label): (&str, &'static str), chosen: &str, fault: &Markup) -> Markup {
    let all = (frame.site.atlas)().map(|atlas| areas(frame, &atlas)).unwrap_or_default();
    let (with, without): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, states)| !states.is_empty());
    let option = |(code, label): &Choice| html! { option value=(code) selected[chosen == code] { (label) } };
    html! {
        label { span { (frame.say(label)) } (fault)
            select class="field" name=(name) {
                option value="" { (frame.say("page.propose.notKnown")) }
                @for (country, states) in &with {
                    optgroup label=(country.1) {
                        @for one in states { (option(one)) }
                        option value=(country.0) selected[chosen == country.0] { (country.1) ": " (frame.say("page.propose.noState")) }
                    }
                }
                @if !without.is_empty() {
                    optgroup label=(frame.say("page.propose.elsewhere")) { @for (one, _) in &without { (option(one)) } }
                }
            }
        }
    }
}

/// A list of countries in a form. Where the register knows none, the code is typed.
pub(super) fn country(frame: &Frame<'_>, (name, label): (&str, &'static str), chosen: &str, fault: &Markup) -> Markup {
    let all = (frame.site.atlas)().map(|atlas| areas(frame, &atlas)).unwrap_or_default();
    html! {
        label { span { (frame.say(label)) } (fault)
            @if all.is_empty() { input class="field" name=(name) value=(chosen) maxlength="2" placeholder="MX"; }
            @else {
                select class="field" name=(name) required {
                    option value="" { "–" }
                    @for ((code, label), _) in &all { option value=(code) selected[chosen == code] { (label) } }
                }
            }
        }
    }
}

/// What a country is called; its code where the register does not know it.
pub(super) fn country_name(frame: &Frame<'_>, code: &str) -> String {
    let named = (frame.site.atlas)().and_then(|atlas| {
        let row = atlas.area(atlas.area_by_code(code)?);
        Some(atlas.label(row.name, frame.lang).value.to_owned())
    });
    named.unwrap_or_else(|| code.to_owned())
}

//! What else is known of an organisation: effects and goals with who says so, what is not known, other names, and where
//! the facts are from.

use maud::{Markup, html};

use super::{
    View, encoded,
    titled::{marked, titled, value, within},
};
use crate::{
    atlas::{Impact, OrgIx, Text, Value},
    texts::{days::day, value_label},
};

/// All of it, each part where there is any.
pub(super) fn facts(view: &View, org: OrgIx) -> Markup {
    html! {
        (effects(view, org, "od500_data_impact", "impacts.title"))
        (effects(view, org, "od500_social_impact", "impacts.society"))
        (goals(view, org))
        (unknowns(view, org))
        (names(view, org))
        (source(view, org))
    }
}

/// How an effect is known, beside it.
fn origin<'a>(view: &'a View, impact: &Impact) -> &'a str {
    if impact.is_inferred() {
        view.texts.get("mark.inferred")
    } else if impact.is_recovered() {
        view.texts.get("impacts.recovered")
    } else {
        view.texts.get("impacts.yes")
    }
}

fn effects(view: &View, org: OrgIx, dimension: &str, title: &str) -> Markup {
    let atlas = &view.atlas;
    let found = atlas.impacts_of(org).iter().filter(|impact| atlas.str(impact.dimension) == dimension);
    let found: Vec<&Impact> = found.filter(|impact| impact.is_declared() || impact.is_inferred()).collect();
    html! {
        @if !found.is_empty() {
            h2 { (view.texts.get(title)) }
            ul { @for impact in found { li {
                @if let Some(code) = impact.code { (value(view, Value::Code(code))) }
                @else if let Some(text) = impact.text { (atlas.str(text)) }
                ": " (origin(view, impact))
            } } }
        }
    }
}

fn goals(view: &View, org: OrgIx) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let of = |declared: bool| {
        let impacts = atlas.impacts_of(org).iter();
        let found = impacts.filter(move |impact| if declared { impact.is_declared() } else { impact.is_inferred() });
        let mut goals: Vec<u8> = found.filter_map(|impact| impact.goal).collect();
        goals.sort_unstable();
        goals.dedup();
        goals
    };
    let declared = of(true);
    // A rule adds nothing to what is declared.
    let inferred: Vec<u8> = of(false).into_iter().filter(|goal| !declared.contains(goal)).collect();
    let link = |goal: u8, note: &str| {
        let name = atlas.value_label(Value::Goal(goal), view.lang);
        let name = name.unwrap_or(Text { value: "", lang: view.lang });
        let called = value_label(atlas, Value::Goal(goal), view.lang);
        let called = texts.fill("flow.goal", &[("number", &goal.to_string()), ("name", &called)]);
        html! {
            li {
                a href=(view.link(&format!("/sdgs/{goal}"))) { (within(view.lang, &called, name)) }
                ": " (note)
            }
        }
    };
    html! {
        @if !declared.is_empty() || !inferred.is_empty() {
            h2 { (texts.get(if declared.is_empty() { "goals.may" } else { "goals.serves" })) }
            ul {
                @for &goal in &declared { (link(goal, texts.get("impacts.yes"))) }
                @for &goal in &inferred { (link(goal, texts.get("mark.inferred"))) }
            }
        }
    }
}

/// What has no value, each with the reason.
fn unknowns(view: &View, org: OrgIx) -> Markup {
    let texts = view.texts;
    let missing = view.atlas.missing_of(org);
    html! {
        @if !missing.is_empty() {
            h2 { (texts.get("unknown.title")) }
            dl { @for (attribute, code) in missing {
                dt { (texts.word("attribute", attribute.as_str())) } dd { (texts.word("missing", code.as_str())) }
            } }
        }
    }
}

fn names(view: &View, org: OrgIx) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let shown = atlas.name(org, view.lang).value;
    let others: Vec<_> = atlas.names_of(org).iter().filter(|name| atlas.str(name.text) != shown).collect();
    html! {
        @if !others.is_empty() {
            h2 { (texts.get("names.title")) }
            dl { @for name in others {
                dt { (texts.word("names", name.kind.as_str())) } dd lang=(name.lang.as_str()) { (atlas.str(name.text)) }
            } }
        }
    }
}

/// Where the facts are from, whom to name, and the studies that have asked it.
fn source(view: &View, org: OrgIx) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let source = atlas.organisation(org).source.map(|source| atlas.source(source));
    let study = atlas.study_behind(org);
    let credit = atlas.credit(study);
    html! {
        p {
            @if let Some(source) = source {
                (titled(view, &texts.fill("organisation.source", &[("title", atlas.str(source.title))]), source))
                @if let Some(on) = source.published_on { ", " (day(view.lang, on)) }
                ". "
            }
            @if let Some(study) = study.map(|study| atlas.study(study)) {
                a href=(view.link(&format!("/studies/{}", encoded(atlas.str(study.slug))))) { (marked(view, atlas.label(study.title, view.lang))) }
                ". "
            }
            (credit.text) ", " a href=(credit.licence_url) rel="license" { (credit.licence) }
        }
    }
}

//! Two records side by side, what a merge would do, and the forms that decide.

use maud::{Markup, html};

use super::frame::Frame;
use super::matches::{Keep, PATH, plan, reasons};
use crate::app::matching::{Match, Side, SideFact};
use crate::app::rearrange::{Effect, Plan, Remark};
use crate::texts::{percent, phrases::Texts, words_of};
use entity::id::{DatasetId, OrganisationId};
use entity::vocabulary::{MatchDecision, MatchKind, MatchVerdict};

/// A pair on its page.
pub(super) struct Comparison<'p, 'f> {
    pub(super) frame: &'p Frame<'f>,
    pub(super) one: &'p Match,
}

/// The word of a fact, in keys of texts.
fn word(fact: SideFact) -> &'static str {
    match fact {
        SideFact::Kind => "kind",
        SideFact::Website => "website",
        SideFact::Founded => "founded",
        SideFact::State => "state",
        SideFact::Names => "names",
        SideFact::Identifiers => "identifiers",
        SideFact::Publisher => "publisher",
        SideFact::Edition => "edition",
        SideFact::Level => "level",
    }
}

/// What a record is called in the reader's language, as far as the register shows it.
pub(super) fn name(frame: &Frame<'_>, kind: MatchKind, side: &Side) -> String {
    let shown = || {
        let atlas = (frame.site.atlas)()?;
        let found = match kind {
            MatchKind::Dataset => atlas.title(atlas.dataset_by_id(DatasetId(side.id))?, frame.lang),
            MatchKind::Organisation | MatchKind::Body => {
                atlas.name(atlas.organisation_by_id(OrganisationId(side.id))?, frame.lang)
            }
        };
        Some(found.value.to_owned())
    };
    shown().unwrap_or_else(|| side.name.clone())
}

/// What is asked about a pair, after what the rules say of it.
pub(super) fn question(one: &Match) -> &'static str {
    match one.row.verdict {
        MatchVerdict::SeriesAndEdition => "page.matches.pairSeries",
        MatchVerdict::SameSeries => "page.matches.pairEditions",
        _ => "page.matches.pair",
    }
}

impl Comparison<'_, '_> {
    /// What a side of the pair is called, with the end of its address where the other is called the same; nothing where
    /// it is gone.
    fn name(&self, side: Option<&Side>) -> String {
        let named = |side: &Side| name(self.frame, self.one.row.kind, side);
        let Some(side) = side else { return String::new() };
        let (own, both) = (named(side), [&self.one.left, &self.one.right]);
        let is_shared = both.into_iter().flatten().filter(|one| named(one) == own).count() > 1;
        if is_shared { format!("{own} ({})", side.slug) } else { own }
    }

    /// Both records, fact by fact; what differs is marked.
    pub(super) fn sides(&self) -> Markup {
        let frame = self.frame;
        let mut facts: Vec<SideFact> = Vec::new();
        for side in [&self.one.left, &self.one.right].into_iter().flatten() {
            for (fact, _) in &side.facts {
                if !facts.contains(fact) {
                    facts.push(*fact);
                }
            }
        }
        let value = |side: &Option<Side>, fact: SideFact| {
            let found = side.as_ref().and_then(|side| side.facts.iter().find(|(one, _)| *one == fact));
            found.map(|(_, value)| self.publisher(side.as_ref(), fact).unwrap_or_else(|| self.said(fact, value)))
        };
        html! {
            div class="scroll" tabindex="0" role="region" aria-label=(frame.say(question(self.one))) {
                table class="sides" {
                    thead { tr {
                        td {}
                        @for side in [&self.one.left, &self.one.right] { th scope="col" { (self.head(side.as_ref())) } }
                    } }
                    tbody {
                        @for fact in facts {
                            @let (left, right) = (value(&self.one.left, fact), value(&self.one.right, fact));
                            tr class=[(left != right).then_some("differs")] {
                                th scope="row" { (words_of(frame.lang, "page.matches.fact", word(fact))) }
                                @for one in [&left, &right] { td { (one.as_deref().unwrap_or("–")) } }
                            }
                        }
                        tr {
                            th scope="row" { (frame.say("page.matches.claims")) }
                            @for side in [&self.one.left, &self.one.right] {
                                td { (side.as_ref().map(|side| side.claims).unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn said(&self, fact: SideFact, value: &str) -> String {
        match fact {
            SideFact::Kind => words_of(self.frame.lang, "api.kind", &value.to_uppercase()),
            SideFact::Level => words_of(self.frame.lang, "api.level", &value.to_uppercase()),
            SideFact::State => {
                let atlas = (self.frame.site.atlas)();
                let label = |atlas: &crate::atlas::Atlas| {
                    let area = atlas.area_by_code(value)?;
                    Some(atlas.label(atlas.area(area).name, self.frame.lang).value.to_owned())
                };
                atlas.as_deref().and_then(label).unwrap_or_else(|| value.to_owned())
            }
            _ => value.to_owned(),
        }
    }

    /// Who publishes a dataset, in the reader's language, as far as the register shows it.
    fn publisher(&self, side: Option<&Side>, fact: SideFact) -> Option<String> {
        let id = side.filter(|_| fact == SideFact::Publisher)?.id;
        let atlas = (self.frame.site.atlas)()?;
        let publisher = atlas.dataset(atlas.dataset_by_id(DatasetId(id))?).publisher;
        Some(atlas.name(publisher, self.frame.lang).value.to_owned())
    }

    fn head(&self, side: Option<&Side>) -> Markup {
        let Some(side) = side else { return html! { (self.frame.say("page.matches.gone")) } };
        let name = self.name(Some(side));
        let place = if self.one.row.kind == MatchKind::Dataset { "dataset" } else { "organisation" };
        let is_body = side.facts.iter().any(|(fact, _)| *fact == SideFact::Level);
        let place = if is_body { "publisher" } else { place };
        html! {
            @if side.is_public { a href=(format!("/id/{place}/{}", side.id)) { (name) } } @else { (name) }
        }
    }

    /// How alike, and why.
    pub(super) fn likeness(&self) -> Markup {
        let (frame, one) = (self.frame, self.one);
        html! {
            dl class="likeness" {
                dt { (frame.say("page.matches.rules")) } dd { (words_of(frame.lang, "page.matches.verdict", one.row.verdict.as_str())) }
                dt { (frame.say("page.matches.score")) } dd { (percent(frame.lang, one.row.score / 10)) }
                dt { (frame.say("page.matches.why")) } dd { @if one.features.reasons.is_empty() { (frame.say("page.matches.nothingSpeaks")) } @else { (reasons(frame, one)) } }
                dt { (frame.say("page.matches.names")) } dd { (percent(frame.lang, one.features.jaro_winkler / 10)) }
                dt { (frame.say("page.matches.words")) } dd { (percent(frame.lang, one.features.jaccard / 10)) }
                @if let Some(decision) = one.row.decision {
                    dt { (frame.say("page.matches.decided")) }
                    dd { (words_of(frame.lang, "page.matches.decision", decision.as_str())) @if let Some(reason) = &one.row.reason { ": " (reason) } }
                }
            }
        }
    }

    /// Which of the two stays: chosen by a link, so that what it would do is shown first.
    pub(super) fn keep(&self, taken: Option<Keep>) -> Markup {
        let (frame, one) = (self.frame, self.one);
        let is_series = matches!(plan(one, Keep::Left), Plan::DatasetSeries { .. });
        let address = |word: &str| frame.link(&format!("{PATH}/{}?keep={word}", one.row.id));
        html! {
            section aria-labelledby="keep" {
                h2 id="keep" { (frame.say(if is_series { "page.matches.makeSeries" } else { "page.matches.merge" })) }
                @if is_series {
                    p { a class="btn main" href=(address("left")) { (frame.say("page.matches.preview")) } }
                } @else {
                    p { (frame.say("page.matches.keep")) }
                    ul class="keep" {
                        @for (keep, key, side) in [(Keep::Left, "left", &one.left), (Keep::Right, "right", &one.right)] {
                            li { a class="btn" href=(address(key)) aria-current=[(taken == Some(keep)).then_some("true")] { (self.name(side.as_ref())) } }
                        }
                    }
                }
            }
        }
    }

    /// The form that does it, with the reason that was given for it already.
    pub(super) fn merge(&self, keep: Keep, reason: &str) -> Markup {
        let (frame, one) = (self.frame, self.one);
        let is_series = matches!(plan(one, keep), Plan::DatasetSeries { .. });
        let (word, kept, gone) = match keep {
            Keep::Left => ("left", &one.left, &one.right),
            Keep::Right => ("right", &one.right, &one.left),
        };
        html! {
            form method="post" action=(frame.link(&format!("{PATH}/{}/merge", one.row.id))) class="decide" {
                (frame.hidden())
                input type="hidden" name="keep" value=(word);
                @if !is_series { p { (self.name(gone.as_ref())) " ⟶ " strong { (self.name(kept.as_ref())) } } }
                label { (frame.say("page.matches.publicReason")) input class="field" name="reason" value=(reason) required maxlength="500"; }
                button type="submit" class="btn main" { (frame.say(if is_series { "page.matches.makeSeries" } else { "page.matches.merge" })) }
            }
        }
    }

    /// The form that decides the pair without merging it.
    pub(super) fn decide(&self, reason: &str) -> Markup {
        let (frame, one) = (self.frame, self.one);
        html! {
            section aria-labelledby="decide" {
                h2 id="decide" { (frame.say("page.matches.orDecide")) }
                form method="post" action=(frame.link(&format!("{PATH}/{}/decide", one.row.id))) class="decide" {
                    (frame.hidden())
                    label { (frame.say("page.matches.reason")) input class="field" name="reason" value=(reason) maxlength="500"; }
                    p class="buttons" {
                        @if one.row.decision.is_some() {
                            button type="submit" class="btn" name="decision" value="" { (frame.say("page.matches.takeBack")) }
                        } @else {
                            @for decision in [MatchDecision::Different, MatchDecision::Unsure] {
                                button type="submit" class="btn" name="decision" value=(decision.as_str()) {
                                    (words_of(frame.lang, "page.matches.decide", decision.as_str()))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a merge would do, in words and numbers.
pub(super) fn effect(frame: &Frame<'_>, effect: &Effect) -> Markup {
    let remark = |remark: Remark| match remark {
        Remark::BecomesBoth => "becomes_both",
        Remark::ConsentWithheld => "consent_withheld",
        Remark::AnsweredTwice => "answered_twice",
        Remark::PublishersDiffer => "publishers_differ",
        Remark::ValuesDiffer => "values_differ",
        Remark::RelatedToEachOther => "related",
    };
    html! {
        section class="effect" aria-labelledby="effect" {
            h2 id="effect" { (frame.say("page.matches.effect")) }
            @for (key, rows) in [("page.matches.moved", &effect.moved), ("page.matches.ended", &effect.ended), ("page.matches.added", &effect.added)] {
                @if !rows.is_empty() {
                    p { (frame.say(key)) }
                    ul { @for (table, count) in rows { li { (count) " × " (words_of(frame.lang, "page.table", table)) } } }
                }
            }
            @if effect.united > 0 { p { (Texts::of(frame.lang).count("page.matches.united", effect.united as u64, &[])) } }
            @if let Some((old, new)) = &effect.address { p { (frame.say("page.matches.address")) " " code { (old) } " ⟶ " code { (new) } } }
            @for one in &effect.remarks { p class="notice" { (words_of(frame.lang, "page.matches.remark", remark(*one))) } }
        }
    }
}

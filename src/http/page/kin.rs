//! What came before and after a body, as the pages without a script show it.

use entity::vocabulary::{DatePrecision, RelationKind};
use maud::{Markup, html};

use super::View;
use super::profile::publisher_link;
use super::titled::titled;
use crate::atlas::{OrgIx, Relation};
use crate::domain::draft::PartialDate;
use crate::domain::succession;
use crate::texts::days::day;
use crate::texts::phrases::DOT;

/// The bodies that a body took over from, and those that took over from it; nothing where there are none.
pub(super) fn line(view: &View, org: OrgIx) -> Markup {
    let (after, before): (Vec<_>, Vec<_>) = view.atlas.successions_of(org).partition(|(_, is_after)| *is_after);
    html! {
        @if !before.is_empty() || !after.is_empty() {
            h2 { (view.texts.get("kin.line")) }
            p { (view.texts.get("kin.lineNote")) }
            ul {
                @for (relation, _) in before { (step(view, relation, "kin.predecessor")) }
                @for (relation, _) in after { (step(view, relation, "kin.successor")) }
            }
        }
    }
}

/// One body, what happened, when, and where that comes from.
fn step(view: &View, relation: &Relation, role: &str) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let (note, is_unverified) = succession::read(atlas.maybe(relation.note));
    let kind = match relation.kind {
        RelationKind::AbsorbsFunctions => "succession.ABSORBS_FUNCTIONS",
        RelationKind::MergedInto => "succession.MERGED_INTO",
        RelationKind::SplitFrom => "succession.SPLIT_FROM",
        RelationKind::SucceededBy | RelationKind::PartOf | RelationKind::OwnedBy => "succession.SUCCEEDED_BY",
    };
    let on = |date: PartialDate| match date.precision {
        DatePrecision::Year => date.on.format("%Y").to_string(),
        DatePrecision::Month => date.on.format("%Y-%m").to_string(),
        DatePrecision::Day => day(view.lang, date.on),
    };
    html! {
        li {
            (texts.get(role)) ": " (publisher_link(view, relation.other)) (DOT) (texts.get(kind)) (DOT)
            (relation.valid_from.map_or_else(|| texts.get("kin.noDate").to_owned(), on))
            @if is_unverified { " (" (texts.get("kin.unverified")) ")" }
            @if let Some(note) = note { (DOT) (if relation.source.is_some() { note.trim_end_matches('.') } else { note }) }
            @if let Some(source) = relation.source.map(|source| atlas.source(source)) {
                (DOT) (texts.get("kin.source")) ": " (titled(view, atlas.str(source.title), source))
            }
        }
    }
}

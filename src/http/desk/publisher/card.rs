//! The figures of a body, side by side, each with what it is counted of. There is no sum of them.

use entity::id::OrganisationId;
use maud::{Markup, html};

use super::super::frame::Frame;
use crate::analysis::risk::at_risk;
use crate::analysis::scorecard::scorecard;
use crate::atlas::{Atlas, OrgIx};
use crate::texts::days;
use crate::texts::phrases::Texts;

/// Names in a list of the card.
const SHOWN: usize = 8;

/// The figures of a body as everybody may see them.
pub(super) fn of(frame: &Frame<'_>, id: OrganisationId) -> Markup {
    let Some(atlas) = (frame.site.atlas)() else { return html! {} };
    let found = atlas.organisation_by_id(id).filter(|&org| atlas.publisher(org).is_some());
    found.map_or_else(|| html! { p { (frame.say("page.publisher.noFigures")) } }, |org| drawn(frame, &atlas, org))
}

fn drawn(frame: &Frame<'_>, atlas: &Atlas, org: OrgIx) -> Markup {
    let (card, texts) = (scorecard(atlas, org), Texts::of(frame.lang));
    let of = |part: u64, whole: u64| {
        texts.fill("page.publisher.nOf", &[("n", &part.to_string()), ("of", &whole.to_string())])
    };
    let goals = card.goals.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    let rows = [
        ("page.publisher.card.users", card.users.to_string()),
        ("page.publisher.card.gradeA", of(card.acknowledged, card.users)),
        ("page.publisher.card.confirmed", of(card.confirmed, card.users)),
        ("page.publisher.card.naming", of(card.naming_dataset, card.users)),
        ("page.publisher.card.sectors", card.sectors.to_string()),
        ("page.publisher.card.published", of(card.used as u64, card.published as u64)),
        ("page.publisher.card.outside", of(card.outside_capital, card.with_area)),
        ("page.publisher.card.core", of(card.core_users.len() as u64, card.users)),
        ("page.publisher.card.stale", card.stale.len().to_string()),
        (
            "page.publisher.card.rating",
            match card.rating.mean {
                Some(mean) => format!("{mean:.2} (n {})", card.rating.n),
                None => texts.fill("page.publisher.card.tooFew", &[("n", &card.rating.n.to_string())]),
            },
        ),
        ("page.publisher.card.goals", if goals.is_empty() { "–".to_owned() } else { goals }),
    ];
    html! {
        dl class="figures" { @for (key, value) in rows { div { dt { (texts.get(key)) } dd { (value) } } } }
        p class="tiny muted" { (texts.fill("page.publisher.card.method", &[
            ("day", &days::day(frame.lang, card.figure.as_of)), ("version", card.figure.method_version),
        ])) " " a href=(frame.link("/method")) { (frame.say("page.publisher.card.how")) } }
        (late(frame, atlas, &card.stale))
        (not_confirmed(frame, atlas, &card.not_confirmed))
    }
}

/// The late datasets that most depends on.
fn late(frame: &Frame<'_>, atlas: &Atlas, stale: &[crate::atlas::DatasetIx]) -> Markup {
    let texts = Texts::of(frame.lang);
    let risks = at_risk(atlas, stale.iter().copied());
    html! {
        @if !risks.is_empty() {
            h3 { (frame.say("page.publisher.late")) }
            ol class="lines" {
                @for (dataset, risk) in risks.iter().take(SHOWN) {
                    li {
                        a href=(frame.link(&format!("/datasets/{}", atlas.str(atlas.dataset(*dataset).slug)))) { (atlas.title(*dataset, frame.lang).value) }
                        span class="muted" { (texts.fill("page.publisher.lateLine", &[
                            ("days", &risk.lateness.as_ref().map_or_else(|| "–".to_owned(), |late| late.overdue_days.to_string())),
                            ("users", &risk.users.to_string()), ("core", &risk.core_users.to_string()),
                            ("risk", &format!("{:.1}", risk.risk)),
                        ])) }
                    }
                }
            }
        }
    }
}

fn not_confirmed(frame: &Frame<'_>, atlas: &Atlas, users: &[OrgIx]) -> Markup {
    let texts = Texts::of(frame.lang);
    html! {
        @if !users.is_empty() {
            h3 { (texts.count("page.publisher.notConfirmed", users.len() as u64, &[])) }
            ul class="chips" {
                @for &org in users.iter().take(SHOWN) {
                    li { a class="chip" href=(frame.link(&format!("/organisations/{}", atlas.str(atlas.organisation(org).slug)))) { span { (atlas.name(org, frame.lang).value) } } }
                }
            }
        }
    }
}

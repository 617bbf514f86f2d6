//! The figures of a body, side by side, each with what it is counted of, the day and the method. There is no sum of
//! them. The body's own desk and its public page show the same.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::page::{among, within};
use crate::analysis::risk::at_risk;
use crate::analysis::scorecard::{Scorecard, scorecard_of};
use crate::atlas::{Atlas, Coverage, DatasetIx, Filter, Lang, OrgIx, Text};
use crate::texts::days;
use crate::texts::phrases::Texts;

/// Names in a list of the card.
const SHOWN: usize = 8;
/// Goals that are called by their names.
const NAMED: usize = 6;

/// The figures of a body, of the bodies that a filter counts with it; `link` makes an address of this site for the reader.
pub(super) fn drawn(atlas: &Atlas, org: OrgIx, filter: Filter, lang: Lang, link: impl Fn(&str) -> String) -> Markup {
    let (card, texts) = (scorecard_of(atlas, org, filter), Texts::of(lang));
    let goals: Vec<Text<'_>> = card.goals.iter().filter_map(|&goal| called(atlas, goal, lang)).collect();
    html! {
        dl class="figures" {
            @for (key, value) in rows(atlas, &card, texts) {
                // Why there is no figure is words, and does not look like one; so are names.
                @let is_figure = key != "card.goals" && value.starts_with(|first: char| first.is_ascii_digit());
                div { dt { (texts.get(key)) } dd class=[(!is_figure).then_some("words")] { (among(lang, &value, &goals)) } }
            }
        }
        p class="tiny muted" { (texts.count("page.publisher.card.method", card.figure.n, &[
            ("day", &days::day(lang, card.figure.as_of)),
            ("version", card.figure.method_version),
        ])) " " a href=(link("/method")) { (texts.get("page.publisher.card.how")) } }
        (late(atlas, &card.stale, lang, &link))
        (named(atlas, lang, "card.topUsers", card.top_users.iter().map(|(org, _)| *org), card.top_users.len(), &link))
        (named(atlas, lang, "card.notConfirmed", card.not_confirmed.iter().copied(), card.not_confirmed.len(), &link))
    }
}

/// Every figure with its words. Where there is nothing to count of, that is said instead of "0 of 0".
fn rows(atlas: &Atlas, card: &Scorecard, texts: &Texts) -> Vec<(&'static str, String)> {
    let say = |key: &str| texts.get(key).to_owned();
    let of = |part: u64, whole: u64, none: &str| {
        if whole == 0 {
            return say(none);
        }
        texts.fill("card.nOf", &[("n", &part.to_string()), ("of", &whole.to_string())])
    };
    let of_users = |part: u64| match card.users {
        0 => say("card.noUser"),
        users => texts.count("card.ofUsers", users, &[("k", &texts.number(part))]),
    };
    // A zero stands only where somebody was asked and has answered.
    let known = |coverage: &Coverage, value: String| match (coverage.answered, coverage.asked) {
        _ if card.users == 0 => say("card.noUser"),
        (0, 0) => say("missing.NOT_ASKED"),
        (0, _) => say("card.noneSaid"),
        _ => value,
    };
    // Whoever was asked for datasets and names none has answered with the body alone; who was not asked has said nothing.
    let naming = match card.dataset_coverage.asked {
        _ if card.users == 0 => say("card.noUser"),
        0 => say("missing.NOT_ASKED"),
        asked => texts.fill("card.ofAsked", &[("n", &card.naming_dataset.to_string()), ("of", &asked.to_string())]),
    };
    let said = &card.criticality_coverage;
    let core = [("n", card.core_users.len().to_string()), ("of", said.answered.to_string())];
    let core = texts.fill("card.ofSaid", &core.each_ref().map(|(name, value)| (*name, value.as_str())));
    let terms = &card.terms;
    let due = (terms.answered + terms.overdue) as u64;
    vec![
        ("card.users", if card.users == 0 { say("card.noUser") } else { card.users.to_string() }),
        ("card.gradeA", of_users(card.acknowledged)),
        ("card.confirmed", of_users(card.confirmed)),
        ("card.naming", naming),
        ("card.sectors", known(&card.sector_coverage, card.sectors.to_string())),
        ("card.published", of(card.used as u64, card.published as u64, "card.noDataset")),
        ("card.outside", of(card.outside_capital, card.with_area, "card.noPlace")),
        ("card.core", known(said, core)),
        ("card.stale", of(card.stale.len() as u64, card.used as u64, "card.noneUsed")),
        (
            "card.rating",
            match card.rating.mean {
                Some(mean) => {
                    texts.fill("card.mean", &[("mean", &format!("{mean:.2}")), ("n", &card.rating.n.to_string())])
                }
                None if card.rating.n == 0 => say("card.noRating"),
                None => texts.fill("card.tooFew", &[("n", &card.rating.n.to_string())]),
            },
        ),
        ("card.requests", card.requests_open.to_string()),
        ("card.inTime", of(terms.answered_in_time as u64, due, "card.noneDue")),
        ("card.overdue", terms.overdue.to_string()),
        (
            "card.days",
            match terms.median_days {
                Some(days) => format!("{days:.0} (n {})", terms.answered),
                None if terms.answered == 0 => say("card.noAnswer"),
                None => texts.fill("card.tooFew", &[("n", &terms.answered.to_string())]),
            },
        ),
        ("card.goals", known(&card.goal_coverage, goals(atlas, &card.goals, texts))),
    ]
}

/// Goals by name while there is room for their names; of all there are, none needs to be named.
fn goals(atlas: &Atlas, goals: &BTreeSet<u8>, texts: &Texts) -> String {
    let every = (1..=17).filter(|&goal| atlas.goal_code(goal).is_some()).count();
    if goals.len() == every {
        return texts.fill("card.allGoals", &[("n", &goals.len().to_string())]);
    }
    if goals.len() > NAMED {
        return goals.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    }
    let named = goals.iter().map(|&goal| match called(atlas, goal, texts.lang()) {
        Some(name) => format!("{goal}\u{a0}{}", name.value),
        None => goal.to_string(),
    });
    named.collect::<Vec<_>>().join("; ")
}

/// The name of a goal.
fn called(atlas: &Atlas, goal: u8, lang: Lang) -> Option<Text<'_>> {
    atlas.goal_code(goal).map(|code| atlas.label(atlas.code_row(code).label, lang))
}

/// A name alone, marked with its language where that is not the reader's.
fn marked(lang: Lang, name: Text<'_>) -> Markup {
    within(lang, name.value, name)
}

/// The late datasets that most depends on.
fn late(atlas: &Atlas, stale: &[DatasetIx], lang: Lang, link: &impl Fn(&str) -> String) -> Markup {
    let texts = Texts::of(lang);
    let risks = at_risk(atlas, stale.iter().copied());
    html! {
        @if !risks.is_empty() {
            h3 { (texts.get("card.late")) }
            ol class="lines" {
                @for (dataset, risk) in risks.iter().take(SHOWN) {
                    li {
                        a href=(link(&format!("/datasets/{}", atlas.str(atlas.dataset(*dataset).slug)))) { (marked(lang, atlas.title(*dataset, lang))) }
                        " " span class="muted" { (texts.fill("card.lateLine", &[
                            ("late", &risk.lateness.as_ref().map_or_else(|| "–".to_owned(), |late| texts.label("card.daysLate", late.overdue_days.unsigned_abs()))),
                            ("users", &risk.users.to_string()), ("core", &risk.core_users.to_string()),
                            ("risk", &format!("{:.1}", risk.risk)),
                        ])) }
                    }
                }
            }
        }
    }
}

/// Some of its users, by name.
fn named(
    atlas: &Atlas,
    lang: Lang,
    title: &str,
    users: impl Iterator<Item = OrgIx>,
    count: usize,
    link: &impl Fn(&str) -> String,
) -> Markup {
    let texts = Texts::of(lang);
    html! {
        @if count > 0 {
            h3 { (texts.count(title, count as u64, &[])) }
            ul class="chips" {
                @for org in users.take(SHOWN) {
                    li { a class="chip" href=(link(&format!("/organisations/{}", atlas.str(atlas.organisation(org).slug)))) { span { (marked(lang, atlas.name(org, lang))) } } }
                }
            }
            @if count > SHOWN {
                p class="small muted" { (texts.fill("beyond.more", &[("n", &texts.number((count - SHOWN) as u64))])) }
            }
        }
    }
}

//! The board of requests for data and the page of one: what is needed, who needs it, and what its publisher says. What
//! nobody has reviewed is on neither, and persons are numbers.

use axum::response::Response;
use entity::vocabulary::{BlockingReason, RequestStatus};
use maud::{Markup, html};
use serde_json::json;

use super::{
    Asked, Page, View, answer_of_any_day, encoded, profile, subject,
    titled::{foreign, marked, within},
    without_nulls,
};
use crate::{
    analysis::demand::{self, Order, Words},
    atlas::{OrgIx, Refusal, Request, RequestIx, Text},
    domain::demand::{Supporter, is_settled},
    picture::{card::Card, figure, mark::Mark},
    texts::{
        days,
        phrases::{DOT, Texts},
    },
};

/// Where the board is.
const BOARD: &str = "/requests";
/// The columns of its table.
const COLUMNS: [&str; 7] = ["title", "publisher", "organisations", "blocked", "heat", "status", "term"];
/// The columns of numbers.
const COUNTED: [&str; 3] = ["organisations", "blocked", "heat"];
/// Rows in a preview.
const TOP: usize = 7;

pub(super) async fn board(asked: Asked) -> Response {
    answer_of_any_day(asked, |view, ()| board_page(view)).await
}

pub(super) async fn one(asked: Asked<String>) -> Response {
    answer_of_any_day(asked, |view, slug| one_page(view, &slug)).await
}

/// The board for its handler and its preview.
pub(super) fn board_page(view: &View) -> Result<Page, Response> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let asked = Words::of_address(view.pairs()).and_then(|words| words.asked(atlas));
    let asked = asked.map_err(|refusal: Refusal| view.refused(&refusal))?;
    let list = demand::requests(atlas, &asked, Order::of_address(view.asked("sort")));
    let whole = demand::demand(atlas, &asked);
    let headline = view.dated(match list.len() {
        0 => texts.get(if asked.is_all() { "requests.headlineNone" } else { "requests.none" }).to_owned(),
        count => texts.count("requests.headline", count as u64, &[("open", &texts.number(whole.open as u64))]),
    });
    let (start, next) = subject::paged(view, list.len()).ok_or_else(|| view.missing())?;
    let rows = || list.iter().copied().skip(start).take(subject::SHOWN);
    let heats = alike(texts, &rows().map(|ix| demand::heat_of(atlas, atlas.request(ix)).0).collect::<Vec<_>>());
    let body = html! {
        h1 { (headline) }
        p class="figline" { (conditions(view, &whole).join(DOT)) }
        p { (texts.get("requests.lede")) }
        p { a href=(view.link("/requests/new")) rel="nofollow" { (texts.get("requests.ask")) } }
        (sums(view, &whole))
        (narrow(view, &whole.themes))
        @if !list.is_empty() {
            (subject::scrolls(view, COLUMNS.len()))
            div class="scroll" tabindex="0" role="region" aria-label=(texts.get("nav.requests")) { table {
                thead { tr { @for column in COLUMNS {
                    th scope="col" class=[COUNTED.contains(&column).then_some("num")] { (texts.get(&format!("requests.column.{column}"))) }
                } } }
                tbody { @for (ix, heat) in rows().zip(&heats) { (row(view, ix, heat)) } }
            } }
        }
        (subject::pager(view, start, subject::SHOWN, list.len(), next))
        p { (texts.get("requests.heatNote")) }
        p { (texts.get("requests.files")) " "
            a href=(view.with("/download/requests.csv", &WORDS)) rel="nofollow" { "CSV" } " "
            a href=(view.with("/download/requests.json", &WORDS)) rel="nofollow" { "JSON" } }
    };
    let asking = |&ix: &RequestIx| {
        let request = atlas.request(ix);
        (atlas.str(request.title).to_owned(), request.count(Supporter::Organisation).into())
    };
    let title = texts.get("nav.requests").to_owned();
    let card = Card {
        title: title.clone(),
        count: Some(list.len() as u64),
        label: texts.label("page.preview.requests", list.len() as u64),
        mark: Mark::Ranking(list.iter().take(TOP).map(asking).collect()),
        ..Card::of(named(view, &list))
    };
    let linked = json!({
        "@context": "https://schema.org", "@type": "CollectionPage", "name": title, "description": headline,
        "url": view.absolute(BOARD), "inLanguage": view.lang.as_str(),
        "mainEntity": { "@type": "ItemList", "numberOfItems": list.len(), "itemListElement": rows().take(TOP).enumerate().map(|(at, ix)| json!({
            "@type": "ListItem", "position": start + at + 1, "url": view.absolute(&path(view, ix)), "name": atlas.str(atlas.request(ix).title),
        })).collect::<Vec<_>>() },
    });
    let listed = asked.is_all() && view.asked("page").is_none() && view.asked("sort").is_none();
    Ok(Page { title, description: headline, body, linked: vec![linked], listed, card })
}

/// The words of the board that its files and links keep.
const WORDS: [&str; 11] =
    ["status", "publisher", "sector", "theme", "chapter", "need", "overdue", "q", "lang", "asOf", "knownAt"];

fn path(view: &View, ix: RequestIx) -> String {
    format!("{BOARD}/{}", encoded(view.atlas.str(view.atlas.request(ix).slug)))
}

/// The organisations that are named as supporters.
fn named(view: &View, list: &[RequestIx]) -> roaring::RoaringBitmap {
    list.iter().flat_map(|&ix| view.atlas.request(ix).named(&view.atlas)).map(OrgIx::get).collect()
}

/// Under what conditions the figures of the board hold: requests are counted, and who supports them; no wave asked for
/// them.
fn conditions(view: &View, whole: &demand::Demand) -> Vec<String> {
    let texts = view.texts;
    vec![
        texts.count("requests.n", whole.requests as u64, &[]),
        texts.count("requests.nSupports", whole.organisations.into(), &[]),
        texts.count("requests.nPersons", whole.persons.into(), &[]),
        texts.fill("figure.asOf", &[("date", &figure::day(whole.figure.as_of, view.lang))]),
        texts.get("requests.cover").to_owned(),
        texts.fill("figure.method", &[("version", whole.figure.method_version)]),
    ]
}

fn sums(view: &View, whole: &demand::Demand) -> Markup {
    let texts = view.texts;
    let kept = &whole.punctuality;
    let of = (kept.answered + kept.overdue) as u64;
    html! {
        dl {
            dt { (texts.get("requests.open")) } dd { (texts.number(whole.open as u64)) }
            dt { (texts.get("requests.overdue")) } dd { (texts.number(kept.overdue as u64)) }
            dt { (texts.get("requests.onTime")) }
            dd { (texts.fill("page.requests.onTimeOf", &[("k", &texts.number(kept.answered_in_time as u64)), ("n", &texts.number(of))])) }
            dt { (texts.get("requests.blocked")) } dd { (texts.number(whole.blocked.into())) }
        }
    }
}

/// The form that narrows the board down.
fn narrow(view: &View, counted: &[demand::Themed]) -> Markup {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    let has = |key: &str, value: &str| view.pairs().any(|(name, one)| name == key && one == value);
    let mut bodies: Vec<_> = atlas.requests().filter_map(|ix| atlas.request(ix).publisher).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let mut sectors: Vec<_> =
        atlas.requests().flat_map(|ix| demand::sectors(atlas, atlas.request(ix)).collect::<Vec<_>>()).collect();
    sectors.sort_unstable();
    sectors.dedup();
    let own = |text| Text { value: text, lang };
    let select = |name: &str, label: &str, options: Vec<(&str, Text<'_>)>| {
        html! {
            label { (label) " "
                select name=(name) {
                    option value="" { (texts.get("requests.all")) }
                    @for (value, text) in options { option value=(value) lang=[foreign(view, text)] selected[has(name, value)] { (text.value) } }
                }
            } " "
        }
    };
    let bodies = bodies.into_iter().map(|org| (atlas.str(atlas.organisation(org).slug), atlas.name(org, lang)));
    let sectors = sectors.into_iter().map(|code| atlas.code_row(code));
    let sectors = sectors.map(|row| (atlas.str(row.code), atlas.label(row.label, lang)));
    let themes: Vec<_> = counted
        .iter()
        .filter_map(|row| {
            let code = atlas.code_row(row.theme?);
            let name = atlas.label(code.label, lang);
            let label = format!("{} ({})", name.value, texts.number(row.requests.into()));
            Some((atlas.str(code.code), label, name.lang))
        })
        .collect();
    let chapters: Vec<_> = atlas
        .chapters()
        .iter()
        .map(|&one| (atlas.str(one), crate::texts::words_of(lang, "chapter", atlas.str(one))))
        .collect();
    let statuses = RequestStatus::ALL.iter().filter(|status| **status != RequestStatus::Submitted);
    let statuses = statuses.map(|status| (status.as_str(), own(texts.word("requests.status", status.as_str()))));
    let needs = BlockingReason::ALL.iter().map(|need| (need.as_str(), own(texts.word("requests.need", need.as_str()))));
    let orders = Order::ALL.map(|order| (order.as_str(), texts.word("requests.order", order.as_str())));
    html! {
        form method="get" action=(BOARD) {
            @for (key, value) in view.pairs().filter(|(key, _)| matches!(*key, "lang" | "asOf" | "knownAt")) {
                input type="hidden" name=(key) value=(value);
            }
            (select("publisher", texts.get("requests.column.publisher"), bodies.collect()))
            (select("sector", texts.get("requests.sector"), sectors.collect()))
            (select("theme", texts.get("requests.theme"), themes.iter().map(|(code, text, lang)| (*code, Text { value: text, lang: *lang })).collect()))
            @if chapters.len() > 1 { (select("chapter", texts.get("facet.CHAPTER"), chapters.iter().map(|(code, text)| (*code, own(text.as_str()))).collect())) }
            (select("need", texts.get("requests.blocking"), needs.collect()))
            (select("status", texts.get("requests.column.status"), statuses.collect()))
            label { input type="checkbox" name="overdue" value="1" checked[has("overdue", "1")]; " " (texts.get("requests.overdueOnly")) } " "
            label { (texts.get("requests.sort")) " "
                select name="sort" { @for (value, text) in orders { option value=(value) selected[has("sort", value)] { (text) } } }
            } " "
            button type="submit" { (texts.get("page.requests.show")) }
        }
    }
}

fn row(view: &View, ix: RequestIx, heat: &str) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let request = atlas.request(ix);
    html! { tr {
        th scope="row" { a href=(view.link(&path(view, ix))) lang=(request.lang.as_str()) { (atlas.str(request.title)) } }
        td { (body(view, request)) }
        td class="num" { (texts.number(request.count(Supporter::Organisation).into())) }
        td class="num" { (texts.number(request.blocked().into())) }
        td class="num" { (heat) }
        td { (texts.word("requests.status", request.status.as_str())) }
        td { (term(view, request)) }
    } }
}

/// Heats as they are printed below each other: all whole, or all to one decimal. The application prints them so, too.
fn alike(texts: &Texts, values: &[f64]) -> Vec<String> {
    let tenths: Vec<u64> = values.iter().map(|value| (value * 10.0).round() as u64).collect();
    let is_whole = tenths.iter().all(|one| one.is_multiple_of(10));
    let printed = |one: u64| {
        let whole = texts.number(one / 10);
        if is_whole { whole } else { format!("{whole}.{}", one % 10) }
    };
    tenths.into_iter().map(printed).collect()
}

fn body(view: &View, request: &Request) -> Markup {
    html! {
        @if let Some(body) = request.publisher {
            a href=(view.link(&format!("/publishers/{}", encoded(view.atlas.str(view.atlas.organisation(body).slug))))) {
                (marked(view, view.atlas.name(body, view.lang)))
            }
        } @else { (view.texts.get("requests.noPublisher")) }
    }
}

/// The term of a request in words: until when, how late, since when answered.
fn term(view: &View, request: &Request) -> String {
    let texts = view.texts;
    let late = demand::late_days(&view.atlas, request);
    let said = |day| days::day(view.lang, day);
    let on = |key: &str, day: chrono::NaiveDate| texts.fill(key, &[("date", &said(day))]);
    match (request.due_on, request.answered_on, late) {
        (_, Some(answered), Some(days)) => texts.count("requests.answeredLate", days, &[("date", &said(answered))]),
        (_, Some(answered), None) => on("requests.answeredOn", answered),
        (Some(due), None, Some(days)) => texts.count("requests.lateBy", days, &[("date", &said(due))]),
        (Some(due), None, None) => on("requests.dueOn", due),
        (None, None, _) => texts.get("requests.noTerm").to_owned(),
    }
}

/// The page for its handler and its preview.
pub(super) fn one_page(view: &View, slug: &str) -> Result<Page, Response> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let ix = atlas.request_by_slug(slug).ok_or_else(|| view.missing_or_lower("/requests/", slug))?;
    let request = atlas.request(ix);
    let title = atlas.str(request.title);
    let (heat, business) = demand::heat_of(atlas, request);
    let heats = alike(texts, &[heat, business]);
    let lang = request.lang.as_str();
    let organisations = u64::from(request.count(Supporter::Organisation));
    let headline = view.dated(texts.count("requests.asking", organisations, &[("title", title)]));
    let body = html! {
        p { a href=(view.link(BOARD)) { (texts.get("nav.requests")) } }
        h1 lang=(lang) { (title) }
        p { (within(view.lang, &headline, Text { value: title, lang: request.lang })) }
        p { (texts.word("requests.status", request.status.as_str())) (DOT) (body(view, request)) (DOT) (term(view, request)) }
        @for text in [request.description, request.purpose].into_iter().flatten() { p lang=(lang) { (atlas.str(text)) } }
        dl {
            dt { (texts.get("requests.column.organisations")) } dd { (texts.number(organisations)) }
            dt { (texts.get("requests.persons")) } dd { (texts.number(request.count(Supporter::Person).into())) }
            dt { (texts.get("requests.blocked")) } dd { (texts.number(request.blocked().into())) }
            dt { (texts.get("requests.column.heat")) } dd { (heats[0]) }
            dt { (texts.get("page.requests.businessHeat")) } dd { (heats[1]) }
            dt { (texts.get("requests.blocking")) } dd { (texts.word("requests.need", request.blocking.as_str())) }
            @if !request.themes.is_empty() {
                dt { (texts.get("requests.theme")) }
                dd { @for (at, &theme) in request.themes.iter().enumerate() {
                    @let row = atlas.code_row(theme);
                    @if at > 0 { ", " }
                    a href=(view.link(&format!("{BOARD}?theme={}", encoded(atlas.str(row.code))))) { (marked(view, atlas.label(row.label, view.lang))) }
                } }
            }
            @if let Some(study) = request.study {
                @let study = atlas.study(study);
                dt { (texts.get("requests.study")) }
                dd {
                    a href=(view.link(&format!("/studies/{}", encoded(atlas.str(study.slug))))) { (marked(view, atlas.label(study.title, view.lang))) }
                    ". " (atlas.str(study.attribution)) ", "
                    a href=(atlas.str(study.licence_url)) rel="license" { (atlas.str(study.licence)) }
                }
            }
            @for (key, value) in [("requests.frequency", request.frequency), ("requests.format", request.format)] {
                @if let Some(value) = value { dt { (texts.get(key)) } dd lang=(lang) { (atlas.str(value)) } }
            }
        }
        @if let Some(same) = request.duplicate_of {
            p { (texts.get("requests.sameAs")) " " a href=(view.link(&path(view, same))) lang=(atlas.request(same).lang.as_str()) { (atlas.str(atlas.request(same).title)) } }
        }
        (answered(view, request))
        (timeline(view, request))
        (who(view, request))
        @if !is_settled(request.status) {
            p { a href=(view.link(&format!("{}/support", path(view, ix)))) rel="nofollow" { (texts.get("requests.support")) } }
        }
        (profile::history_link(view, "requests", atlas.str(request.slug)))
    };
    let publisher = request.publisher.map(|org| atlas.name(org, view.lang).value);
    let linked = without_nulls(json!({
        "@context": "https://schema.org", "@type": "Demand", "name": title,
        "@id": view.absolute(&format!("/id/data_request/{}", request.id)), "url": view.absolute(&path(view, ix)),
        "description": request.description.map(|text| atlas.str(text)), "inLanguage": lang,
        "validFrom": request.submitted_on.to_string(),
        "itemOffered": { "@type": "Dataset", "name": title },
        "seller": publisher.map(|name| json!({ "@type": "GovernmentOrganization", "name": name })),
    }));
    let card = Card {
        kicker: publisher.unwrap_or_default().to_owned(),
        title: title.to_owned(),
        count: Some(organisations),
        label: texts.label("page.preview.asking", organisations),
        ..Card::of(named(view, &[ix]))
    };
    Ok(Page { title: title.to_owned(), description: headline, body, linked: vec![linked], listed: true, card })
}

fn answered(view: &View, request: &Request) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let lang = request.answer_lang.as_str();
    html! {
        h2 { (texts.get("requests.answerTitle")) }
        @if let Some(answer) = request.answer {
            p lang=(lang) { (atlas.str(answer)) }
            @if let Some(on) = request.answered_on { p { (texts.fill("requests.answeredOn", &[("date", &days::day(view.lang, on))])) } }
        } @else { p { (texts.get("requests.noAnswer")) } }
        @if let Some(basis) = request.legal_basis { p { (texts.get("requests.legalBasis")) ": " span lang=(lang) { (atlas.str(basis)) } } }
        @if !request.datasets.is_empty() {
            h2 { (texts.get("requests.ledTo")) }
            ul { @for &dataset in &request.datasets { li { (profile::dataset_link(view, dataset)) } } }
        }
    }
}

fn timeline(view: &View, request: &Request) -> Markup {
    let texts = view.texts;
    // What has been answered is not due any more.
    let is_due = |on: &chrono::NaiveDate| request.answered_on.is_none() || *on <= view.atlas.as_of;
    let steps = [
        ("submitted", Some(request.submitted_on)),
        ("forwarded", request.forwarded_on),
        ("due", request.due_on.filter(is_due)),
        ("answered", request.answered_on),
        ("planned", request.planned_on),
        ("published", request.published_on),
    ];
    let mut steps: Vec<_> = steps.into_iter().filter_map(|(step, on)| Some((on?, step))).collect();
    steps.sort_by_key(|(on, _)| *on);
    html! {
        h2 { (texts.get("requests.timeline")) }
        ol { @for (on, step) in steps {
            @let step = if step == "due" && on < view.atlas.as_of { "was_due" } else { step };
            li { time datetime=(on) { (days::day(view.lang, on)) } " " (texts.word("requests.step", step)) }
        } }
    }
}

fn who(view: &View, request: &Request) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let mut named: Vec<_> = request.named(atlas).collect();
    named.sort_unstable();
    let unnamed = u64::from(request.count(Supporter::Organisation)).saturating_sub(named.len() as u64);
    html! {
        h2 { (texts.get("requests.who")) }
        p { (texts.get("requests.personsNote")) }
        @if !named.is_empty() { ul { @for &org in &named {
            @let start = if atlas.listed().contains(org.get()) { "/organisations/" } else { "/publishers/" };
            li { a href=(view.link(&format!("{start}{}", encoded(atlas.str(atlas.organisation(org).slug))))) { (marked(view, atlas.name(org, view.lang))) } }
        } } }
        @if unnamed > 0 { p {
            @if named.is_empty() { (texts.get("requests.noneNamed")) } @else { (texts.label("requests.unnamed", unnamed)) }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Lang;

    #[test]
    fn heats_below_each_other_have_one_precision() {
        let texts = Texts::of(Lang::EN);
        assert_eq!(alike(texts, &[4.0, 2.5, 0.0]), ["4.0", "2.5", "0.0"]);
        assert_eq!(alike(texts, &[1200.0, 3.02]), ["1,200", "3"]);
    }
}

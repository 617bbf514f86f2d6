//! The pages of a sector and of a goal, and the lists of publishers and of datasets.

use axum::response::Response;
use maud::{Markup, html};
use serde_json::json;

use super::{
    Asked, Page, View, answer, encoded, explore,
    observed::observed,
    speaking::Speaking,
    titled::{marked, within},
    without_nulls,
};
use crate::{
    analysis::{
        Figure,
        publishers::users_per_publisher,
        sdg::{self, Goals, InferredFrom},
    },
    atlas::{CodeIx, DatasetIx, Dimension, Filter, OrgIx, Subject, Value},
    picture::{card::Card, figure, mark::Mark},
    texts::phrases::DOT,
};

/// Rows on one page of a list.
pub(super) const SHOWN: usize = 200;
/// Rows in a preview.
const TOP: usize = 7;

pub(super) async fn publishers(asked: Asked) -> Response {
    answer(asked, |view, ()| publishers_page(view)).await
}

/// The page for its handler and its preview.
pub(super) fn publishers_page(view: &View) -> Result<Page, Response> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let speaking = view.speaking(Filter::default());
    let rows = publishers_of(view, &speaking);
    let headline = view.dated(texts.count("publishers.headline", rows.len() as u64, &[]));
    let (start, next) = paged(view, rows.len()).ok_or_else(|| view.missing())?;
    let body = html! {
        h1 { (headline) }
        (view.figure_line(&speaking.filter, &headline, &[]))
        p { (texts.get("publishers.lede")) }
        (view.search(false))
        (speaking.switch(view))
        ol start=(start + 1) { @for (org, users) in rows.iter().copied().skip(start).take(SHOWN) {
            li {
                a href=(publisher_address(view, &speaking, org)) {
                    (marked(view, atlas.name(org, view.lang)))
                }
                (counted(view, users))
            }
        } }
        (pager(view, start, SHOWN, rows.len(), next))
    };
    let top = rows.iter().take(TOP).map(|&(org, users)| (atlas.name(org, view.lang).value.to_owned(), users));
    let card = Card {
        label: texts.label("page.preview.publishers", rows.len() as u64),
        mark: Mark::Ranking(top.collect()),
        ..list_card(speaking, rows.len())
    };
    Ok(list_page(view, headline, "nav.publishers", body, card))
}

/// The page of a publisher with the users that its row in a list has: those of the study that speaks.
pub(super) fn publisher_address(view: &View, speaking: &Speaking, org: OrgIx) -> String {
    let slug = encoded(view.atlas.str(view.atlas.organisation(org).slug));
    view.link(&speaking.address(&format!("/publishers/{slug}")))
}

/// The publishers that the organisations of the study that speaks use, with how many do, most first.
pub(super) fn publishers_of(view: &View, speaking: &Speaking) -> Vec<(OrgIx, u64)> {
    if speaking.is_narrowed() {
        return users_per_publisher(&view.atlas, &view.atlas.select(&speaking.filter), None);
    }
    view.atlas.publishers_counted().map(|(org, users)| (org, users.into())).collect()
}

pub(super) async fn datasets(asked: Asked) -> Response {
    answer(asked, |view, ()| datasets_page(view)).await
}

/// The page for its handler and its preview.
pub(super) fn datasets_page(view: &View) -> Result<Page, Response> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let speaking = view.speaking(Filter::default());
    let mut rows = datasets_of(view, &speaking);
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| atlas.compare_titles(a.0, b.0, view.lang)));
    let headline = view.dated(texts.count("datasets.headline", rows.len() as u64, &[]));
    let figure = Figure::new(atlas, &speaking.filter, &atlas.select(&speaking.filter), Dimension::Dataset);
    let (start, next) = paged(view, rows.len()).ok_or_else(|| view.missing())?;
    let body = html! {
        h1 { (headline) }
        (view.conditions(&figure, &figure::dataset_parts(atlas, &figure, rows.len() as u64, view.lang), &headline, &[]))
        p { (texts.get("datasets.lede")) }
        (view.search(false))
        (speaking.switch(view))
        ol start=(start + 1) { @for &(dataset, users) in rows.iter().skip(start).take(SHOWN) {
            @let slug = encoded(atlas.str(atlas.dataset(dataset).slug));
            li {
                a href=(view.link(&speaking.address(&format!("/datasets/{slug}")))) { (marked(view, atlas.title(dataset, view.lang))) }
                (counted(view, users))
            }
        } }
        (pager(view, start, SHOWN, rows.len(), next))
    };
    let top = rows.iter().take(TOP);
    let top = top.map(|&(of, users)| (atlas.title(of, view.lang).value.to_owned(), users));
    let card = Card {
        label: texts.label("page.preview.datasets", rows.len() as u64),
        mark: Mark::Ranking(top.collect()),
        ..list_card(speaking, rows.len())
    };
    Ok(list_page(view, headline, "nav.datasets", body, card))
}

/// The datasets that the organisations of the study that speaks name, with how many do.
fn datasets_of(view: &View, speaking: &Speaking) -> Vec<(DatasetIx, u64)> {
    let atlas = &view.atlas;
    if !speaking.is_narrowed() {
        let all = atlas.datasets().map(|dataset| (dataset, atlas.dataset(dataset).users.into()));
        return all.filter(|(_, users)| *users > 0).collect();
    }
    // As the page of each has them: who belongs to two studies may name it in the other one alone.
    let counts = atlas.count_by(&atlas.select(&speaking.filter), Dimension::Dataset, None);
    let of = |(value, users)| if let Value::Dataset(dataset) = value { Some((dataset, users)) } else { None };
    counts.into_iter().filter_map(of).collect()
}

/// Where the page of a list that the address asks for starts, and the address of the next one; `None` where there is
/// no such page.
pub(super) fn paged(view: &View, total: usize) -> Option<(usize, Option<String>)> {
    let page: usize = view.asked("page").map_or(Ok(1), str::parse).ok()?;
    let start = page.checked_sub(1)?.checked_mul(SHOWN)?;
    if start > 0 && start >= total {
        return None;
    }
    let next = (start + SHOWN < total).then(|| view.further(&format!("{}?page={}", view.path, page + 1)));
    Some((start, next))
}

/// Which rows of how many a page shows, and the way to the next ones; nothing where it shows all.
pub(super) fn pager(view: &View, start: usize, most: usize, total: usize, next: Option<String>) -> Markup {
    let number = |n: usize| view.texts.number(n as u64);
    let (from, to) = (number(start + 1), number(total.min(start + most)));
    html! {
        @if total > most { p {
            (view.texts.fill("page.shown", &[("from", &from), ("to", &to), ("n", &number(total))]))
            @if let Some(next) = next { (DOT) a href=(next) rel="next" { (view.texts.get("pager.next")) } }
        } }
    }
}

/// How many organisations stand behind the name before it, in words: a name may end in a figure.
pub(super) fn counted(view: &View, organisations: u64) -> Markup {
    html! { " " span class="num" { (view.texts.label("list.organisations", organisations)) } }
}

/// More columns than a wide window has room for.
const WIDE: usize = 8;

/// That a table of so many columns goes on to the right; of few, a narrow window alone says so.
pub(super) fn scrolls(view: &View, columns: usize) -> Markup {
    let class = if columns > WIDE { "tiny muted no-print" } else { "tiny muted no-print only-s-t" };
    html! { p class=(class) aria-hidden="true" { (view.texts.get("scroll.more")) } }
}

fn list_card(speaking: Speaking, count: usize) -> Card {
    Card { count: Some(count as u64), chapters: speaking.filter.chapter, ..Card::of(speaking.whole) }
}

fn list_page(view: &View, headline: String, name: &str, body: Markup, card: Card) -> Page {
    let title = view.texts.get(name).to_owned();
    Page {
        linked: vec![json!({
            "@context": "https://schema.org", "@type": "CollectionPage", "name": title, "description": headline,
            "url": view.absolute(&view.path), "inLanguage": view.lang.as_str(),
        })],
        card: Card { title: title.clone(), ..card },
        title,
        description: headline,
        body,
        listed: view.asked("page").is_none(),
    }
}

/// What a sector or goal is called, in terms that programs share.
fn term(view: &View, code: CodeIx, name: &str) -> serde_json::Value {
    let atlas = &view.atlas;
    let row = atlas.code_row(code);
    let scheme = atlas.str(row.scheme);
    without_nulls(json!({
        "@context": "https://schema.org", "@type": "DefinedTerm", "name": name, "termCode": atlas.str(row.code),
        "@id": view.absolute(&format!("/id/code/{}", row.id)), "url": view.absolute(&view.path),
        "description": row.definition.map(|definition| atlas.label(definition, view.lang).value),
        "inDefinedTermSet": view.absolute(&format!("/schemes/{}", encoded(scheme))),
    }))
}

pub(super) async fn sector(asked: Asked<String>) -> Response {
    answer(asked, |view, code| sector_page(view, &code)).await
}

/// The page for its handler and its preview.
pub(super) fn sector_page(view: &View, code: &str) -> Result<Page, Response> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let sector = atlas.code("od500_category", code).ok_or_else(|| view.missing_or_lower("/sectors/", code))?;
    let row = atlas.code_row(sector);
    let named = atlas.label(row.label, view.lang);
    let name = named.value;
    let speaking = view.speaking(Filter { sector: vec![code.to_owned()], ..Filter::default() });
    let organisations = &atlas.organisations_with(Dimension::Sector, Value::Code(sector)) & &speaking.whole;
    let headline = view.dated(texts.count("sector.headline", organisations.len(), &[("sector", name)]));
    let body = html! {
        h1 { (within(view.lang, &headline, named)) }
        (view.figure_line(&speaking.filter, &headline, &[named]))
        @if let Some(definition) = row.definition { p { (marked(view, atlas.label(definition, view.lang))) } }
        (speaking.switch(view))
        (explore::list(view, &organisations))
        (observed(view, Subject::Sector(sector)))
    };
    let card = Card {
        kicker: texts.get("facet.SECTOR").to_owned(),
        title: name.to_owned(),
        label: texts.label("page.preview.inSector", organisations.len()),
        mark: Mark::Sector(sector, speaking.whole),
        chapters: speaking.filter.chapter,
        ..Card::of(organisations)
    };
    let (title, linked) = (name.to_owned(), vec![term(view, sector, name)]);
    Ok(Page { title, description: headline, body, linked, listed: view.asked("after").is_none(), card })
}

pub(super) async fn sdg(asked: Asked<String>) -> Response {
    answer(asked, |view, number| sdg_page(view, &number)).await
}

/// The page for its handler and its preview.
pub(super) fn sdg_page(view: &View, number: &str) -> Result<Page, Response> {
    let (atlas, texts) = (&view.atlas, view.texts);
    let goal = number.parse::<u8>().ok().filter(|goal| (1..=17).contains(goal) && goal.to_string() == number);
    let goal = goal.ok_or_else(|| view.missing())?;
    let code = atlas.goal_code(goal).ok_or_else(|| view.missing())?;
    let named = atlas.label(atlas.code_row(code).label, view.lang);
    let name = named.value;
    // Whoever does not declare the goal is part of its figures, so any study has something to say.
    let speaking = view.speaking(Filter::default());
    let organisations = &atlas.organisations_with(Dimension::Sdg, Value::Goal(goal)) & &speaking.whole;
    let Goals { figure, goals } = sdg::goals(atlas, &speaking.filter);
    let row = goals.iter().find(|row| row.number == goal).ok_or_else(|| view.missing())?;
    let headline = match organisations.len() {
        0 if row.asked_directly => texts.fill("sdg.headlineNone", &[("goal", name)]),
        0 => texts.fill("sdg.headlineNotAsked", &[("goal", name)]),
        count => texts.count("sdg.headline", count, &[("goal", name)]),
    };
    let headline = view.dated(headline);
    let parts = {
        let inferred_from = InferredFrom::new(atlas, &speaking.filter).of(goal);
        figure::goal_parts(atlas, &figure, &inferred_from, view.lang)
    };
    let inferred = &(&atlas.goal_inferred(goal, false) & &speaking.whole) - &organisations;
    let recovered = &(&atlas.goal_recovered(goal) & &speaking.whole) - &organisations;
    let body = html! {
        h1 { (within(view.lang, &headline, named)) }
        @match (row.asked, row.asked_directly) {
            (false, _) => p { (texts.get("sdg.notAsked")) },
            (true, true) => p { (texts.get("sdg.asked")) },
            // The sentence above what is inferred says as much.
            (true, false) => @if inferred.is_empty() { p { (texts.get("sdg.askedByRule")) } },
        }
        (speaking.switch(view))
        (view.conditions(&figure, &parts, &headline, &[named]))
        @if organisations.is_empty() { p { (texts.get("sdg.noneHint")) } }
        (explore::list(view, &organisations))
        @if !inferred.is_empty() {
            p { (texts.count("sdg.inferred", inferred.len(), &[])) }
            (explore::list(view, &inferred))
        }
        @if !recovered.is_empty() {
            p { (texts.count("sdg.recovered", recovered.len(), &[])) }
            (explore::list(view, &recovered))
        }
    };
    let goal = texts.fill("sdg.goal", &[("number", number)]);
    let (title, linked) = (format!("{goal}: {name}"), vec![term(view, code, name)]);
    let (kicker, count) = (goal, organisations.len());
    let card = Card {
        kicker,
        title: name.to_owned(),
        mark: Mark::Families(organisations.clone()),
        chapters: speaking.filter.chapter,
        ..Card::of(organisations)
    };
    // What no study asked for is no zero.
    let card = if count == 0 && !row.asked_directly {
        Card { count: None, label: headline.clone(), ..card }
    } else {
        Card { label: texts.label("page.preview.goal", count), ..card }
    };
    Ok(Page { title, description: headline, body, linked, listed: view.asked("after").is_none(), card })
}

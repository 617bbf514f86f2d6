//! The pages of a sector and of a goal, and the lists of publishers and of datasets.

use axum::response::Response;
use entity::vocabulary::Attribute;
use maud::html;

use super::{Asked, Page, View, answer, encoded, explore, profile};
use crate::atlas::{DatasetIx, Dimension, Value};

/// Rows on one page of a list.
const SHOWN: usize = 200;

pub(super) async fn publishers(asked: Asked) -> Response {
    answer(asked, |view, ()| {
        let (atlas, texts) = (&view.atlas, view.texts);
        let rows: Vec<_> = atlas.publishers_counted().collect();
        let headline = view.dated(texts.count("publishers.headline", rows.len() as u64, &[]));
        let (start, next) = paged(view, rows.len()).ok_or_else(|| view.missing())?;
        let body = html! {
            h1 { (headline) }
            p { (texts.get("publishers.lede")) }
            ol start=(start + 1) { @for (org, users) in rows.iter().copied().skip(start).take(SHOWN) {
                li {
                    a href=(view.link(&format!("/publishers/{}", encoded(atlas.str(atlas.organisation(org).slug))))) {
                        (atlas.name(org, view.lang).value)
                    }
                    " " (texts.number(users.into()))
                }
            } }
            @if let Some(next) = next { p { a href=(next) rel="next" { (texts.get("pager.next")) } } }
        };
        Ok(list_page(view, headline, "nav.publishers", body))
    })
    .await
}

pub(super) async fn datasets(asked: Asked) -> Response {
    answer(asked, |view, ()| {
        let (atlas, texts) = (&view.atlas, view.texts);
        let mut rows: Vec<DatasetIx> = atlas.datasets().filter(|&dataset| atlas.dataset(dataset).users > 0).collect();
        rows.sort_by_key(|&dataset| (std::cmp::Reverse(atlas.dataset(dataset).users), dataset));
        let headline = view.dated(texts.count("datasets.headline", rows.len() as u64, &[]));
        let (start, next) = paged(view, rows.len()).ok_or_else(|| view.missing())?;
        let body = html! {
            h1 { (headline) }
            p { (texts.get("datasets.lede")) }
            ol start=(start + 1) { @for &dataset in rows.iter().skip(start).take(SHOWN) {
                li { (profile::dataset_link(view, dataset)) " " (texts.number(atlas.dataset(dataset).users.into())) }
            } }
            @if let Some(next) = next { p { a href=(next) rel="next" { (texts.get("pager.next")) } } }
        };
        Ok(list_page(view, headline, "nav.datasets", body))
    })
    .await
}

/// Where the page of a list that the address asks for starts, and the address of the next one; `None` where there is
/// no such page.
fn paged(view: &View, total: usize) -> Option<(usize, Option<String>)> {
    let page: usize = view.asked("page").map_or(Ok(1), str::parse).ok()?;
    let start = page.checked_sub(1)?.checked_mul(SHOWN)?;
    if start > 0 && start >= total {
        return None;
    }
    let next = (start + SHOWN < total).then(|| view.link(&format!("{}?page={}", view.path, page + 1)));
    Some((start, next))
}

fn list_page(view: &View, headline: String, name: &str, body: maud::Markup) -> Page {
    Page {
        title: view.texts.get(name).to_owned(),
        description: headline,
        body,
        linked: Vec::new(),
        listed: view.asked("page").is_none(),
    }
}

pub(super) async fn sector(asked: Asked<String>) -> Response {
    answer(asked, |view, code| {
        let (atlas, texts) = (&view.atlas, view.texts);
        let sector = atlas.code("od500_category", &code).ok_or_else(|| view.missing_or_lower("/sectors/", &code))?;
        let row = atlas.code_row(sector);
        let name = atlas.label(row.label, view.lang).value;
        let organisations = &atlas.organisations_with(Dimension::Sector, Value::Code(sector)) & atlas.listed();
        let headline = view.dated(texts.count("sector.headline", organisations.len(), &[("sector", name)]));
        let body = html! {
            h1 { (headline) }
            @if let Some(definition) = row.definition { p { (atlas.label(definition, view.lang).value) } }
            (explore::list(view, &organisations))
        };
        let title = name.to_owned();
        Ok(Page { title, description: headline, body, linked: Vec::new(), listed: view.asked("after").is_none() })
    })
    .await
}

pub(super) async fn sdg(asked: Asked<String>) -> Response {
    answer(asked, |view, number| {
        let (atlas, texts) = (&view.atlas, view.texts);
        let goal = number.parse::<u8>().ok().filter(|goal| (1..=17).contains(goal) && goal.to_string() == number);
        let goal = goal.ok_or_else(|| view.missing())?;
        let code = atlas.goal_code(goal).ok_or_else(|| view.missing())?;
        let name = atlas.label(atlas.code_row(code).label, view.lang).value;
        let organisations = &atlas.organisations_with(Dimension::Sdg, Value::Goal(goal)) & atlas.listed();
        let is_asked = atlas.is_asked(Attribute::Sdg);
        let headline = match organisations.len() {
            0 if is_asked => texts.fill("sdg.headlineNone", &[("goal", name)]),
            0 => texts.fill("page.goalNotAsked", &[("goal", name)]),
            count => texts.count("sdg.headline", count, &[("goal", name)]),
        };
        let headline = view.dated(headline);
        let inferred = &atlas.goal_inferred(goal) - &organisations;
        let body = html! {
            h1 { (headline) }
            @if organisations.is_empty() && is_asked { p { (texts.get("sdg.noneHint")) } }
            (explore::list(view, &organisations))
            @if !inferred.is_empty() {
                p { (texts.count("page.goalInferred", inferred.len(), &[])) }
                (explore::list(view, &inferred))
            }
        };
        let title = format!("{}: {name}", texts.fill("sdg.goal", &[("number", &number)]));
        Ok(Page { title, description: headline, body, linked: Vec::new(), listed: view.asked("after").is_none() })
    })
    .await
}

//! The rows of requests for data: what the board says of each. Persons are a number, and organisations are named where
//! they may be.

use super::{Order, cell::Cell};
use crate::{
    analysis::demand::{self, Asked},
    atlas::{Atlas, RequestIx},
    domain::demand::Supporter,
};

/// The columns of the file.
#[rustfmt::skip] // a column a line would hide what belongs together
pub(super) const COLUMNS: &[&str] = &[
    "id", "slug", "url", "title", "lang", "description", "purpose", "need", "themes", "frequency", "format", "origin", "status",
    "publisher", "publisher_name", "organisations", "persons", "blocked", "heat", "business_heat", "submitted_on",
    "forwarded_on", "due_on", "answered_on", "late_days", "is_overdue", "planned_on", "published_on", "answer",
    "legal_basis", "datasets", "duplicate_of", "named_organisations", "study", "attribution", "licence", "licence_url",
];

/// The requests that are asked for, in the usual order of the board.
pub(super) fn rows(atlas: &Atlas, asked: &Asked) -> Vec<u32> {
    demand::requests(atlas, asked, demand::Order::Organisations).into_iter().map(RequestIx::get).collect()
}

/// What stands in a row.
pub(super) fn cells<'a>(atlas: &'a Atlas, order: &Order, row: u32) -> Vec<Cell<'a>> {
    let request = atlas.request(RequestIx::new(row));
    let slug = atlas.str(request.slug);
    let (heat, business_heat) = demand::heat_of(atlas, request);
    let day = |day: Option<chrono::NaiveDate>| Cell::from(day.map(|day| day.to_string()));
    let slug_of = |org: crate::atlas::OrgIx| atlas.str(atlas.organisation(org).slug);
    let list = |words: Vec<&str>| Cell::from(Some(words.join(" ")).filter(|words| !words.is_empty()));
    let mut named: Vec<&str> = request.named(atlas).map(slug_of).collect();
    named.sort_unstable();
    // What was named in the answers to a study is under its licence; no licence covers what was asked for here.
    let study = request.study.map(|study| atlas.study(study));
    let late = demand::late_days(atlas, request).and_then(|days| u32::try_from(days).ok());
    vec![
        request.id.to_string().into(),
        slug.into(),
        format!("{}/requests/{slug}", order.base_url).into(),
        atlas.str(request.title).into(),
        request.lang.to_string().into(),
        atlas.maybe(request.description).into(),
        atlas.maybe(request.purpose).into(),
        request.blocking.as_str().into(),
        list(request.themes.iter().map(|&theme| atlas.str(atlas.code_row(theme).code)).collect()),
        atlas.maybe(request.frequency).into(),
        atlas.maybe(request.format).into(),
        request.origin.as_str().into(),
        request.status.as_str().into(),
        request.publisher.map(slug_of).into(),
        request.publisher.map(|org| atlas.name(org, order.lang).value).into(),
        request.count(Supporter::Organisation).into(),
        request.count(Supporter::Person).into(),
        request.blocked().into(),
        rounded(heat).into(),
        rounded(business_heat).into(),
        request.submitted_on.to_string().into(),
        day(request.forwarded_on),
        day(request.due_on),
        day(request.answered_on),
        late.into(),
        demand::is_overdue(atlas, request).into(),
        day(request.planned_on),
        day(request.published_on),
        atlas.maybe(request.answer).into(),
        atlas.maybe(request.legal_basis).into(),
        list(request.datasets.iter().map(|&dataset| atlas.str(atlas.dataset(dataset).slug)).collect()),
        request.duplicate_of.map(|same| atlas.str(atlas.request(same).slug)).into(),
        list(named),
        study.map(|study| atlas.str(study.slug)).into(),
        atlas.credit(request.study).text.into(),
        study.map(|study| atlas.str(study.licence)).into(),
        study.map(|study| atlas.str(study.licence_url)).into(),
    ]
}

/// Three decimals, as the worked examples have them.
fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

//! What search engines read first: which addresses there are, and which to leave alone.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::encoded;
use crate::{
    atlas::{Atlas, Dimension, OrgIx, Value},
    http::{Site, error},
};

/// The most that one file may list.
const PART: usize = 50_000;

/// The answers of queries and files are no pages.
pub(super) async fn robots(State(site): State<Arc<Site>>) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /graphql\nDisallow: /download/\nAllow: /\n\nSitemap: {}/sitemap.xml\n",
        site.public_url
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], text)
        .into_response()
}

/// All addresses where they fit into one file, else the list of the files.
pub(super) async fn index(State(site): State<Arc<Site>>) -> Response {
    let Some(atlas) = (site.atlas)() else { return missing() };
    let parts = paths(&atlas).count().div_ceil(PART);
    if parts <= 1 {
        return urls(&site, paths(&atlas));
    }
    let entries =
        (1..=parts).map(|part| format!("<sitemap><loc>{}/sitemap/{part}.xml</loc></sitemap>\n", site.public_url));
    xml("sitemapindex", &entries.collect::<String>())
}

/// One of several files.
pub(super) async fn part(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok()).filter(|number| *number > 0);
    let (Some(number), Some(atlas)) = (number, (site.atlas)()) else { return missing() };
    let paths: Vec<String> = paths(&atlas).skip(number.saturating_sub(1).saturating_mul(PART)).take(PART).collect();
    if paths.is_empty() { missing() } else { urls(&site, paths.into_iter()) }
}

fn missing() -> Response {
    error::problem(StatusCode::NOT_FOUND, "nothing is at this address")
}

fn urls(site: &Site, paths: impl Iterator<Item = String>) -> Response {
    let entries = paths.map(|path| format!("<url><loc>{}{path}</loc></url>\n", site.public_url));
    xml("urlset", &entries.collect::<String>())
}

fn xml(root: &str, entries: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</{root}>\n"
    );
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], text)
        .into_response()
}

fn paths(atlas: &Atlas) -> impl Iterator<Item = String> {
    let slug = |org: OrgIx| encoded(atlas.str(atlas.organisation(org).slug));
    let fixed = ["/", "/explore", "/publishers", "/datasets", "/requests", "/method", "/schemes", "/about"]
        .into_iter()
        .map(str::to_owned);
    fixed
        .chain((1..=17).filter(|&goal| atlas.goal_code(goal).is_some()).map(|goal| format!("/sdgs/{goal}")))
        .chain(
            atlas
                .codes_of("od500_category")
                .map(|code| format!("/sectors/{}", encoded(atlas.str(atlas.code_row(code).code)))),
        )
        .chain(atlas.studies().map(|study| format!("/studies/{}", encoded(atlas.str(atlas.study(study).slug)))))
        .chain(atlas.waves().map(|wave| format!("/waves/{}", encoded(atlas.str(atlas.wave(wave).slug)))))
        .chain(atlas.schemes().iter().map(|scheme| format!("/schemes/{}", encoded(atlas.str(scheme.id)))))
        .chain(
            atlas
                .areas()
                .filter(|&area| atlas.has_any(Dimension::Area, Value::Area(area), atlas.listed()))
                .map(|area| format!("/areas/{}", encoded(atlas.str(atlas.area(area).code)))),
        )
        .chain(atlas.publisher_users().iter().map(move |(org, _)| format!("/publishers/{}", slug(*org))))
        .chain(atlas.datasets().map(|dataset| format!("/datasets/{}", encoded(atlas.str(atlas.dataset(dataset).slug)))))
        .chain(atlas.requests().map(|request| format!("/requests/{}", encoded(atlas.str(atlas.request(request).slug)))))
        .chain(atlas.listed().iter().map(move |org| format!("/organisations/{}", slug(OrgIx::new(org)))))
}

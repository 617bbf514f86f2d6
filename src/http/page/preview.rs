//! Previews: the picture of every page, drawn from what the page itself says. What has no page has no
//! picture, and what has moved is found where the page is.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Page, View, about, area, explore, home, method, profile, requests, schemes, study, subject, told};
use crate::{
    atlas::Refusal,
    export::query,
    http::{Site, edge::Who, error, moment},
    picture::raster,
};

/// What drawing a picture costs besides the request, in points of the address that asks.
const COST: u64 = 20;

/// The address of a page's picture. The revision in it tells those who keep pictures when there is a new one.
pub(super) fn address(view: &View) -> String {
    let path = if view.path == "/" { "/home" } else { view.path.trim_end_matches('/') };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if view.path == "/explore"
        && let Ok(asked) = query::of_address(view.pairs())
    {
        query.extend_pairs(url::form_urlencoded::parse(asked.filter.canonical().as_bytes()));
        query.extend_pairs(view.asked("view").map(|value| ("view", value)));
    } else if let Some(Ok(users)) = users(view) {
        query.extend_pairs(url::form_urlencoded::parse(users.as_bytes()));
    } else if let Some(chapter) = chapter(view) {
        query.append_pair("chapter", chapter);
    }
    for key in ["asOf", "knownAt"] {
        query.extend_pairs(view.asked(key).map(|value| (key, value)));
    }
    query.append_pair("lang", view.lang.as_str());
    query.append_pair("v", &view.atlas.revision.to_string());
    format!("/preview{path}.png?{}", query.finish())
}

/// The chapter whose study speaks, where the address names one that is recorded.
fn chapter(view: &View) -> Option<&str> {
    let asked = view.asked("chapter")?;
    let mut chapters = view.atlas.studies().map(|study| view.atlas.str(view.atlas.study(study).chapter));
    chapters.any(|chapter| chapter == asked).then_some(asked)
}

/// Whose users the page of a body or a dataset counts, in the words of its address; `None` for other pages.
fn users(view: &View) -> Option<Result<String, Refusal>> {
    view.has_users().then(|| view.users().map(|users| users.canonical()))
}

pub(super) async fn preview(
    State(site): State<Arc<Site>>,
    uri: OriginalUri,
    Path(file): Path<String>,
    who: Option<Extension<Who>>,
    headers: HeaderMap,
) -> Response {
    let Some(path) = file.strip_suffix(".png").map(str::to_owned) else {
        return error::problem(StatusCode::NOT_FOUND, "nothing is at this address");
    };
    let mut view = match View::open(&site, &uri, headers.clone()).await {
        Ok(view) => view,
        Err(response) => return plainly(response),
    };
    // The page's own address, undecoded, for what it says about itself.
    let own = view.path.trim_start_matches("/preview").trim_end_matches(".png");
    view.path = if own == "/home" { "/".to_owned() } else { own.to_owned() };
    let name = name(&view, &path);
    if let Some(picture) = site.pictures.kept(&name) {
        return send(&view, picture);
    }
    if let Some(Extension(Who(who))) = who {
        site.allowance.charge(who, COST);
    }
    // What there is no page of is answered at once; whether there is one costs no drawing.
    let page = match page_of(&view, &path) {
        Ok(page) => page,
        Err(response) => return refused(&view, response),
    };
    let (atlas, lang) = (Arc::clone(&view.atlas), view.lang);
    let drawn = site.pictures.draw(name, move || raster::png(&page.card.svg(&atlas, lang))).await;
    match drawn {
        Some(picture) => send(&view, picture),
        None => error::problem(StatusCode::INTERNAL_SERVER_ERROR, "internal error"),
    }
}

/// What tells one picture from another: words that change nothing in it are not in its name.
fn name(view: &View, path: &str) -> String {
    let mut name = format!("{} {} {path}", moment::tag(&view.atlas), view.lang);
    if path == "explore" {
        let look = view.asked("view").filter(|view| matches!(*view, "flow" | "network" | "table")).unwrap_or("map");
        name.push_str(&format!(
            " {look} {}",
            query::of_address(view.pairs()).map(|asked| asked.filter.canonical()).unwrap_or_default()
        ));
    } else if let Some(users) = users(view) {
        name.push_str(&format!(" {}", users.unwrap_or_else(|refusal| refusal.to_string())));
    } else if let Some(chapter) = chapter(view) {
        name.push_str(&format!(" {chapter}"));
    }
    name
}

/// The page that an address without its slash names.
pub(super) fn page_of(view: &View, path: &str) -> Result<Page, Response> {
    let page = match path.split_once('/') {
        None if path == "method" => Ok(method::page(view)),
        None if path == "schemes" => Ok(schemes::all(view)),
        None if path == "about" => Ok(about::page(view)),
        None if path == "requests" => requests::board_page(view),
        Some(("requests", slug)) => requests::one_page(view, slug),
        Some(("schemes", id)) => schemes::one(view, id),
        of_a_day => told(view, || match of_a_day {
            None => match path {
                "home" => Ok(home::page(view)),
                "explore" => explore::page(view).map_err(|refusal| view.refused(&refusal)),
                "publishers" => subject::publishers_page(view),
                "datasets" => subject::datasets_page(view),
                _ => Err(view.missing()),
            },
            Some(("organisations", slug)) => profile::organisation_page(view, slug),
            Some(("publishers", slug)) => profile::publisher_page(view, slug),
            Some(("datasets", slug)) => profile::dataset_page(view, slug),
            Some(("sectors", code)) => subject::sector_page(view, code),
            Some(("sdgs", number)) => subject::sdg_page(view, number),
            Some(("areas", code)) => area::page(view, code),
            Some(("studies", slug)) => study::study_page(view, slug),
            Some(("waves", slug)) => study::wave_page(view, slug),
            Some(_) => Err(view.missing()),
        }),
    }?;
    // A day that the record does not reach has no figure to draw.
    if page.card.title.is_empty() { Err(view.missing()) } else { Ok(page) }
}

/// The refusal of a page, for a picture: what has moved leads to the picture of the new address.
fn refused(view: &View, page: Response) -> Response {
    let moved = page.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    let Some(to) = moved else { return plainly(page) };
    let path = to.split('?').next().unwrap_or_default();
    let to = format!("/preview{path}.png{}", view.search);
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-cache".to_owned())])
        .into_response()
}

/// A refusal without the application in it, which neither pictures nor frames can run.
pub(super) fn plainly(response: Response) -> Response {
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        return error::unread(refusal);
    }
    match response.status() {
        StatusCode::NOT_FOUND => error::problem(StatusCode::NOT_FOUND, "nothing is at this address"),
        _ => response,
    }
}

fn send(view: &View, picture: Bytes) -> Response {
    let mut response = view.finish(([(header::CONTENT_TYPE, "image/png")], picture).into_response());
    // Its address changes with the record; what an old address shows may be an hour late.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

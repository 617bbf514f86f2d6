//! The lasting address of a record: it names the thing, and sends on to what can be read about it.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{Asked, View, encoded};
use crate::{
    atlas::{Atlas, OrgIx},
    http::error,
};

pub(super) async fn identity((site, uri, headers, path): Asked<(String, String)>) -> Response {
    let (kind, id) = path.0;
    let mut view = match View::open(&site.0, &uri, headers).await {
        Ok(view) => view,
        Err(response) => return response,
    };
    let Some(page) = id.parse().ok().and_then(|id| page_of(&view.atlas, &kind, id)) else { return view.missing() };
    if wants_linked_data(&view) {
        view.path.clone_from(&page);
        match super::preview::page_of(&view, page.trim_start_matches('/')) {
            Ok(page) if !page.linked.is_empty() => return linked_data(&view, page.linked),
            Ok(_) => {}
            Err(response) => return response,
        }
    }
    let to = if error::wants_page(&view.headers) || !wants_json(&view) {
        format!("{page}{}", view.search)
    } else {
        let query = format!("{{node(id:\"{kind}:{id}\"){{__typename id}}}}");
        format!("/graphql?query={}", encoded(&query))
    };
    let headers =
        [(header::LOCATION, to), (header::VARY, "Accept".to_owned()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Whether a program asks for JSON-LD, and no reader for a page.
fn wants_linked_data(view: &View) -> bool {
    let accept = view.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("application/ld+json") && !error::wants_page(&view.headers)
}

/// What the page says of its subject for programs.
fn linked_data(view: &View, mut linked: Vec<serde_json::Value>) -> Response {
    let body = if linked.len() == 1 { linked.remove(0) } else { serde_json::Value::Array(linked) };
    let headers = [
        (header::CONTENT_TYPE, "application/ld+json"),
        (header::CONTENT_LANGUAGE, view.lang.as_str()),
        (header::VARY, "Accept, Accept-Language"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, body.to_string()).into_response()
}

fn wants_json(view: &View) -> bool {
    let accept = view.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json")
}

/// An organisation by its id, or the one that it has become part of.
fn organisation(atlas: &Atlas, id: Uuid) -> Option<OrgIx> {
    atlas.organisation_by_id(id.into()).or_else(|| atlas.organisation_by_slug(&id.to_string()))
}

fn page_of(atlas: &Atlas, kind: &str, id: Uuid) -> Option<String> {
    match kind {
        "organisation" => {
            let org = organisation(atlas, id).filter(|org| atlas.listed().contains(org.get()))?;
            Some(format!("/organisations/{}", encoded(atlas.str(atlas.organisation(org).slug))))
        }
        "publisher" => {
            let org = organisation(atlas, id).filter(|&org| atlas.publisher(org).is_some())?;
            Some(format!("/publishers/{}", encoded(atlas.str(atlas.organisation(org).slug))))
        }
        "dataset" => {
            let dataset = atlas.dataset_by_id(id.into()).or_else(|| atlas.dataset_by_slug(&id.to_string()))?;
            Some(format!("/datasets/{}", encoded(atlas.str(atlas.dataset(dataset).slug))))
        }
        "data_request" => {
            let request = atlas.request_by_id(id.into())?;
            Some(format!("/requests/{}", encoded(atlas.str(atlas.request(request).slug))))
        }
        "code" => {
            let row = atlas.code_row(atlas.code_by_id(id.into())?);
            let (scheme, code) = (atlas.str(row.scheme), encoded(atlas.str(row.code)));
            Some(match scheme {
                "od500_category" => format!("/sectors/{code}"),
                "sdg" => format!("/sdgs/{code}"),
                // The other codes stand in their lists.
                scheme => format!("/schemes/{}", encoded(scheme)),
            })
        }
        "area" => {
            let area = atlas.area_by_id(id.into())?;
            Some(format!("/areas/{}", encoded(atlas.str(atlas.area(area).code))))
        }
        "study" => Some(format!("/studies/{}", encoded(atlas.str(atlas.study(atlas.study_by_id(id.into())?).slug)))),
        "wave" => Some(format!("/waves/{}", encoded(atlas.str(atlas.wave(atlas.wave_by_id(id.into())?).slug)))),
        _ => None,
    }
}

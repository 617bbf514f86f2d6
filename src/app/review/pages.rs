//! Which addresses of this site show a page, as far as anybody may know.

use crate::atlas::Atlas;

/// Pages that are about no record.
const ALWAYS: [&str; 12] = [
    "",
    "explore",
    "publishers",
    "datasets",
    "requests",
    "requests/new",
    "method",
    "schemes",
    "about",
    "report",
    "sign-in",
    "sign-up",
];

/// Whether a path is that of a page. Secret ones, of answer links and of the desk, are none that can be reported.
pub(super) fn has(atlas: &Atlas, path: &str) -> bool {
    let path = path.trim_start_matches('/').trim_end_matches('/');
    if ALWAYS.contains(&path) {
        return true;
    }
    let Some((place, rest)) = path.split_once('/') else { return false };
    let (name, part) = rest.split_once('/').map_or((rest, None), |(name, part)| (name, Some(part)));
    let has_part = |parts: &[&str]| part.is_none_or(|part| parts.contains(&part));
    // A body that reuses nothing has a page as a publisher, to which its other address leads.
    let is_shown = || atlas.organisation_by_slug(name).is_some_and(|org| atlas.is_shown(org));
    let is_body = || atlas.organisation_by_slug(name).is_some_and(|org| atlas.publisher(org).is_some());
    match place {
        "organisations" => has_part(&["history"]) && is_shown(),
        "publishers" => has_part(&["history"]) && is_body(),
        "datasets" => has_part(&["history", "feedback"]) && atlas.dataset_by_slug(name).is_some(),
        "requests" => has_part(&[]) && atlas.request_by_slug(name).is_some(),
        "studies" => has_part(&[]) && atlas.study_by_slug(name).is_some(),
        "waves" => has_part(&[]) && atlas.wave_by_slug(name).is_some(),
        "sectors" => has_part(&[]) && atlas.code("od500_category", name).is_some(),
        "sdgs" => has_part(&[]) && name.parse().is_ok_and(|goal| atlas.goal_code(goal).is_some()),
        "areas" => has_part(&[]) && atlas.area_by_code(name).is_some(),
        "schemes" => has_part(&[]) && atlas.schemes().iter().any(|scheme| atlas.str(scheme.id) == name),
        _ => false,
    }
}

//! The figures of a body as everybody may see them, on its own desk.

use entity::id::OrganisationId;
use maud::{Markup, html};

use super::super::frame::Frame;
use crate::atlas::Filter;
use crate::http::scorecard::drawn;

/// The figures of a body as everybody may see them.
pub(super) fn of(frame: &Frame<'_>, id: OrganisationId) -> Markup {
    let Some(atlas) = (frame.site.atlas)() else { return html! {} };
    let found = atlas.organisation_by_id(id).filter(|&org| atlas.publisher(org).is_some());
    let link = |path: &str| frame.link(path);
    found.map_or_else(
        || html! { p { (frame.say("page.publisher.noFigures")) } },
        |org| drawn(&atlas, org, Filter::default(), frame.lang, link),
    )
}

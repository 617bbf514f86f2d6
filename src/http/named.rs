//! What the record at an address of this site is called, for whoever reads the name rather than the address.

use crate::atlas::{Atlas, Lang};

/// The name of the organisation or the title of the dataset whose page a path is; of pages behind it there is none.
pub(super) fn at(atlas: &Atlas, lang: Lang, path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (kind, slug, None) = (parts.next()?, parts.next()?, parts.next()) else { return None };
    match kind {
        "organisations" | "publishers" => {
            let org = atlas.organisation_by_slug(slug).filter(|&org| atlas.is_shown(org))?;
            Some(atlas.name(org, lang).value.to_owned())
        }
        "datasets" => Some(atlas.title(atlas.dataset_by_slug(slug)?, lang).value.to_owned()),
        _ => None,
    }
}

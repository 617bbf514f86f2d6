//! Bodies that publish, as a field offers them and reads them back. The browser narrows the list as one types, with or
//! without a script. A body below another stands with the name of that one, as ministries have offices of one name.

use crate::{
    atlas::{Atlas, Lang, OrgIx},
    domain::text::fold,
    texts::phrases::DOT,
};

/// Every body that publishes, by name: what is offered for it, and which it is.
pub(super) fn offered(atlas: &Atlas, lang: Lang) -> Vec<(String, OrgIx)> {
    let mut all: Vec<_> = every(atlas).map(|org| (called(atlas, org, lang), org)).collect();
    all.sort_by_cached_key(|(called, _)| fold(called));
    all
}

/// The body that was chosen of those offered, in either language, or that alone has this name or is at this address.
pub(super) fn chosen(atlas: &Atlas, typed: &str) -> Option<OrgIx> {
    let typed = typed.trim();
    let (slug, key) = (typed.trim_end_matches('/').rsplit('/').next().unwrap_or_default(), fold(typed));
    let at = atlas.organisation_by_slug(slug).filter(|&org| is_body(atlas, org));
    let is_offered = |org: OrgIx| [Lang::ES, Lang::EN].iter().any(|&lang| fold(&called(atlas, org, lang)) == key);
    let is_named = |org: OrgIx| {
        let shown = [Lang::ES, Lang::EN].iter().any(|&lang| fold(atlas.name(org, lang).value) == key);
        shown || atlas.names_of(org).iter().any(|name| fold(atlas.str(name.text)) == key)
    };
    at.or_else(|| alone(every(atlas).filter(|&org| is_offered(org))))
        .or_else(|| alone(every(atlas).filter(|&org| is_named(org))))
}

fn every(atlas: &Atlas) -> impl Iterator<Item = OrgIx> + '_ {
    atlas.organisations().filter(move |&org| is_body(atlas, org))
}

fn is_body(atlas: &Atlas, org: OrgIx) -> bool {
    atlas.publisher(org).is_some() && atlas.is_shown(org)
}

fn called(atlas: &Atlas, org: OrgIx, lang: Lang) -> String {
    let name = |org: OrgIx| atlas.name(org, lang).value;
    atlas.known_under(org).map_or_else(|| name(org).to_owned(), |above| format!("{}{DOT}{}", name(org), name(above)))
}

fn alone(mut found: impl Iterator<Item = OrgIx>) -> Option<OrgIx> {
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::fixture::mini;

    #[test]
    fn what_is_offered_leads_back_to_its_body() {
        let mini = mini();
        let atlas = mini.atlas();
        let all = offered(&atlas, Lang::ES);
        assert!(all.iter().any(|(called, _)| called.contains(DOT)), "a body below another stands with that: {all:?}");
        for (called, org) in &all {
            assert_eq!(chosen(&atlas, called), Some(*org), "{called}");
            assert_eq!(chosen(&atlas, &called.to_uppercase()), Some(*org), "{called}");
            let slug = atlas.str(atlas.organisation(*org).slug);
            assert_eq!(chosen(&atlas, slug), Some(*org), "{slug}");
            assert_eq!(chosen(&atlas, &format!("/publishers/{slug}")), Some(*org), "{slug}");
        }
        assert_eq!((chosen(&atlas, ""), chosen(&atlas, "Nadie")), (None, None));
    }
}

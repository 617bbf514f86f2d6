//! Fields in which a record of the register is named: by its name, by its address on this site, or by the last part
//! of that. A list of names is offered where it is short; a script offers what it finds where it is long.

use entity::id::{DatasetId, OrganisationId};
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::rearrange::parts::Whole;
use crate::atlas::Atlas;
use crate::domain::text::fold;
use crate::http::{bodies, named};

/// What is picked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    Organisation,
    Publisher,
    Dataset,
    /// A dataset or a body.
    Data,
    /// Any of them.
    Record,
}

impl Pick {
    /// The types of the search that a script asks.
    fn types(self) -> &'static str {
        match self {
            Self::Organisation => "ORGANISATION",
            Self::Publisher => "PUBLISHER",
            Self::Dataset => "DATASET",
            Self::Data => "DATASET PUBLISHER",
            Self::Record => "ORGANISATION PUBLISHER DATASET",
        }
    }
}

/// Longer lists are searched instead.
const MOST: usize = 400;

/// A field with a label: what it is called, what it holds, and what may be named in it.
pub(super) struct Field<'f> {
    pub(super) name: &'f str,
    pub(super) label: &'f str,
    pub(super) value: &'f str,
    pub(super) pick: Pick,
}

impl Frame<'_> {
    /// A field in which a record is named, with what was found wrong with it.
    pub(super) fn pick(&self, field: &Field<'_>, fault: &Markup) -> Markup {
        let atlas = (self.site.atlas)();
        let id = format!("pick-{}", field.name.replace('.', "-"));
        let listed = match (&atlas, field.pick) {
            (Some(atlas), Pick::Publisher) => bodies::offered(atlas, self.lang),
            _ => Vec::new(),
        };
        let is_listed = !listed.is_empty() && listed.len() <= MOST;
        let value = self.shown(field.pick, field.value);
        html! {
            label { span { (field.label) } (fault)
                input class="field" name=(field.name) value=(value) maxlength="500" autocomplete="off" list=(id)
                    placeholder=(self.say("page.pick.hint")) data-pick=[(!is_listed).then_some(field.pick.types())];
                datalist id=(id) { @if is_listed { @for (name, _) in &listed { option value=(name) {} } } }
            }
        }
    }

    /// What a field shows of the record at an address: its name, where that leads back to it alone.
    fn shown(&self, pick: Pick, value: &str) -> String {
        let slug = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let name = (self.site.atlas)().and_then(|atlas| named::at(&atlas, self.lang, value));
        name.filter(|name| slug(&self.picked(pick, name)) == slug(value)).unwrap_or_else(|| value.to_owned())
    }

    /// The address on this site of what was named, where the register shows one record of that name or address.
    /// What cannot be told stays as it was typed, and the use case refuses it.
    pub(super) fn picked(&self, pick: Pick, typed: &str) -> String {
        let typed = typed.trim();
        let Some(atlas) = (self.site.atlas)() else { return typed.to_owned() };
        let path = typed.split(['?', '#']).next().unwrap_or_default();
        if path.is_empty() || path.contains('/') {
            return path.to_owned();
        }
        found(&atlas, pick, typed).unwrap_or_else(|| typed.to_owned())
    }

    /// The last part of the address of what was named.
    pub(super) fn picked_slug(&self, pick: Pick, typed: &str) -> String {
        let path = self.picked(pick, typed);
        path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// The record that was named by its name, its address or its id.
    pub(super) fn picked_record(&self, typed: &str) -> Option<Whole> {
        if let Some((kind, id)) = typed.split_once(':')
            && let Ok(id) = id.parse::<uuid::Uuid>()
        {
            return match kind {
                "organisation" => Some(Whole::Organisation(OrganisationId(id))),
                "dataset" => Some(Whole::Dataset(DatasetId(id))),
                _ => None,
            };
        }
        let atlas = (self.site.atlas)()?;
        let path = self.picked(Pick::Record, typed);
        let slug = path.trim_end_matches('/').rsplit('/').next()?;
        if path.contains("datasets/") {
            return atlas.dataset_by_slug(slug).map(|ix| Whole::Dataset(atlas.dataset(ix).id));
        }
        let org = atlas.organisation_by_slug(slug).filter(|&org| atlas.is_shown(org))?;
        Some(Whole::Organisation(atlas.organisation(org).id))
    }

    /// The name of the record at an address, for a field that holds one.
    pub(super) fn picked_name(&self, slug: &str) -> Option<String> {
        let atlas = (self.site.atlas)()?;
        let org = atlas.organisation_by_slug(slug)?;
        Some(atlas.name(org, self.lang).value.to_owned())
    }
}

/// The one record that bears a name or has it as the last part of its address.
fn found(atlas: &Atlas, pick: Pick, typed: &str) -> Option<String> {
    let key = fold(typed);
    let path = |place: &str, slug: &str| format!("/{place}/{slug}");
    if pick == Pick::Publisher {
        let slug = |org| atlas.str(atlas.organisation(org).slug);
        return bodies::chosen(atlas, typed).map(|org| path("publishers", slug(org)));
    }
    let mut paths: Vec<String> = Vec::new();
    if !matches!(pick, Pick::Dataset) {
        for org in atlas.organisations().filter(|&org| atlas.is_shown(org)) {
            let place = match pick {
                Pick::Organisation => "organisations",
                _ if atlas.publisher(org).is_some() => "publishers",
                Pick::Record => "organisations",
                _ => continue,
            };
            let slug = atlas.str(atlas.organisation(org).slug);
            let texts = atlas.names_of(org).iter().any(|name| fold(atlas.str(name.text)) == key);
            if slug == typed || texts || fold(atlas.name(org, crate::atlas::Lang::ES).value) == key {
                paths.push(path(place, slug));
            }
        }
    }
    if matches!(pick, Pick::Dataset | Pick::Data | Pick::Record) {
        for dataset in atlas.datasets() {
            let slug = atlas.str(atlas.dataset(dataset).slug);
            if slug == typed || fold(atlas.title(dataset, crate::atlas::Lang::ES).value) == key {
                paths.push(path("datasets", slug));
            }
        }
    }
    match paths.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

//! Organisations and all that hangs on them.

use entity::id::OrganisationId;
use entity::vocabulary::{CodeRole, NameKind, PublisherLevel};

use std::cmp::Ordering;

use super::kept::Kept;
use super::order::{Entry, merge};
use super::{Builder, best};
use crate::atlas::handle::{Groups, OrgIx};
use crate::atlas::model::{
    Answer, Assignment, Identifier, Location, Name, Organisation, Publisher, Relation, Response, Set,
};
use crate::atlas::rows::{OrganisationRow, Rows};
use crate::atlas::{Atlas, Lang};

impl Builder<'_> {
    pub(super) fn organisations(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let merged = self.merged_organisations(atlas, std::mem::take(&mut rows.organisations));
        atlas.organisations.reserve_exact(merged.len());
        for entry in merged {
            let row = match entry {
                Entry::New(row) => self.organisation_row(&row),
                Entry::Kept(old) => {
                    let Some(kept) = &self.kept else { continue };
                    let row = kept.old.organisation(old);
                    Organisation { source: kept.source(row.source), ..row.clone() }
                }
            };
            self.ids.organisations.insert(row.id.0, OrgIx::new(atlas.organisations.len() as u32));
            atlas.organisations.push(row);
        }
        if let Some(kept) = &mut self.kept {
            kept.find_organisations(&self.ids);
        }
        self.organisation_details(atlas, rows);
        self.organisation_codes(atlas, rows);
        self.participation(atlas, rows);
    }

    /// The organisations that stay and the new ones, in the order of their names.
    fn merged_organisations(&self, atlas: &Atlas, new: Vec<OrganisationRow>) -> Vec<Entry<OrgIx, OrganisationRow>> {
        let old = self.kept(Kept::organisations);
        merge(&old, new, |old, row| {
            let Some(kept) = &self.kept else { return Ordering::Less };
            let name = kept.old.name(old, Lang::ES).value;
            let by_name = atlas.collation.compare(Lang::ES, name, best(&row.name, Lang::ES));
            by_name.then(kept.old.organisation(old).id.cmp(&row.id))
        })
    }

    fn organisation_row(&mut self, row: &OrganisationRow) -> Organisation {
        Organisation {
            id: row.id,
            slug: self.texts.intern(&row.slug),
            name: self.texts.label(&row.name),
            kind: row.kind,
            ownership: row.ownership,
            status: row.status,
            legal_form: self.texts.maybe(row.legal_form.as_deref()),
            founded: row.founded,
            website: self.texts.maybe(row.website.as_deref()),
            description: self.texts.maybe_label(row.description.as_ref()),
            summary: self.texts.maybe_label(row.summary.as_ref()),
            size_band: row.size_band,
            business_models: Set::<entity::vocabulary::BusinessModel>::new(&row.business_models),
            use_types: Set::<entity::vocabulary::UseType>::new(&row.use_types),
            dependence: row.dependence,
            based_in_country: row.based_in_country,
            earns_revenue: row.earns_revenue,
            uses_data: row.uses_data,
            consent: row.consent,
            source: row.source.and_then(|id| self.ids.sources.get(&id.0).copied()),
            updated_at: row.updated_at,
            sector: None,
            sector_text: None,
            area: None,
            datasets_used: 0,
            publishers_used: 0,
            claim_count: 0,
        }
    }

    fn organisation(&mut self, id: OrganisationId) -> Option<OrgIx> {
        let found = self.ids.organisations.get(&id.0).copied();
        self.need(found)
    }

    fn organisation_details(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let count = atlas.organisations.len();
        let mut names = self.kept(|kept| kept.of_organisations(&kept.old.names, |row| Some(row.clone())));
        names.reserve(rows.names.len());
        for row in std::mem::take(&mut rows.names) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let text = self.texts.intern(&row.text);
            let lang = Lang::new(&row.lang);
            names.push((org, Name { text, lang, kind: row.kind, valid_from: row.valid_from, valid_to: row.valid_to }));
        }
        atlas.names = Groups::new(count, names);
        let mut identifiers = self.kept(|kept| kept.of_organisations(&kept.old.identifiers, |row| Some(row.clone())));
        identifiers.reserve(rows.identifiers.len());
        for row in std::mem::take(&mut rows.identifiers) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let value = self.texts.intern(&row.value);
            identifiers.push((org, Identifier { scheme: row.scheme, value, verified: row.verified }));
        }
        atlas.identifiers = Groups::new(count, identifiers);
        let mut locations =
            self.kept(|kept| kept.of_organisations(&kept.old.locations, |row| Some(kept.location(row))));
        locations.reserve(rows.locations.len());
        for row in std::mem::take(&mut rows.locations) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let area = row.area.and_then(|id| self.ids.areas.get(&id.0).copied());
            let location = Location {
                role: row.role,
                locality: self.texts.maybe(row.locality.as_deref()),
                postal_code: self.texts.maybe(row.postal_code.as_deref()),
                area,
                latitude: row.latitude,
                longitude: row.longitude,
                precision: row.precision,
            };
            locations.push((org, location));
        }
        atlas.locations = Groups::new(count, locations);
        let mut relations = Vec::new();
        for (from, relation) in self.kept(Kept::relations) {
            relations.push((relation.other, Relation { other: from, outgoing: false, ..relation.clone() }));
            relations.push((from, relation));
        }
        for row in std::mem::take(&mut rows.relations) {
            let Some(from) = self.organisation(row.from) else { continue };
            let Some(to) = self.organisation(row.to) else { continue };
            let relation = Relation {
                kind: row.kind,
                other: to,
                outgoing: true,
                decision: row.decision,
                valid_from: row.valid_from,
                valid_to: row.valid_to,
                note: self.texts.maybe(row.note.as_deref()),
                source: row.source.and_then(|id| self.ids.sources.get(&id.0).copied()),
            };
            relations.push((to, Relation { other: from, outgoing: false, ..relation.clone() }));
            relations.push((from, relation));
        }
        atlas.relations = Groups::new(count, relations);
        for row in std::mem::take(&mut rows.profiles) {
            let Some(organisation) = self.organisation(row.organisation) else { continue };
            let publisher = Publisher {
                organisation,
                level: row.level,
                portal_slug: self.texts.maybe(row.portal_slug.as_deref()),
                area: row.area.and_then(|id| self.ids.areas.get(&id.0).copied()),
                accepts_requests: row.accepts_requests,
                acronym: None,
            };
            add_publisher(atlas, publisher);
        }
    }

    fn organisation_codes(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let count = atlas.organisations.len();
        let mut assignments =
            self.kept(|kept| kept.of_organisations(&kept.old.assignments, |row| Some(kept.assignment(row))));
        assignments.reserve(rows.organisation_codes.len());
        for row in std::mem::take(&mut rows.organisation_codes) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let wave = row.wave.and_then(|id| self.ids.waves.get(&id.0).copied());
            if wave.is_some_and(|wave| !atlas.has_opened(wave)) {
                continue;
            }
            let code = row.code.and_then(|id| self.ids.codes.get(&id.0).copied());
            let assignment = Assignment {
                code,
                text: self.texts.maybe(row.text.as_deref()),
                role: row.role,
                assigned_by: row.assigned_by,
                confidence: row.confidence,
                wave,
            };
            assignments.push((org, assignment));
        }
        atlas.assignments = Groups::new(count, assignments);
        let mut missing = self.kept(|kept| kept.of_organisations(&kept.old.missing, |row| Some(*row)));
        missing.reserve(rows.missing.len());
        for row in std::mem::take(&mut rows.missing) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            missing.push((org, (row.attribute, row.missing)));
        }
        atlas.missing = Groups::new(count, missing);
    }

    fn participation(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let count = atlas.organisations.len();
        let mut responses = self.kept(|kept| kept.of_organisations(&kept.old.responses, |row| kept.response(row)));
        responses.reserve(rows.responses.len());
        for row in std::mem::take(&mut rows.responses) {
            let Some(organisation) = self.organisation(row.organisation) else { continue };
            let wave = self.ids.waves.get(&row.wave.0).copied();
            let Some(wave) = self.need(wave).filter(|&wave| atlas.has_opened(wave)) else { continue };
            let (channel, status, completed_by) = (row.channel, row.status, row.completed_by);
            responses.push((organisation, Response { organisation, wave, channel, status, completed_by }));
        }
        atlas.responses = Groups::new(count, responses);
        let mut answers = self.kept(|kept| kept.of_organisations(&kept.old.answers, |row| kept.answer(row)));
        answers.reserve(rows.answers.len());
        for row in std::mem::take(&mut rows.answers) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let wave = self.ids.waves.get(&row.wave.0).copied();
            let Some(wave) = self.need(wave).filter(|&wave| atlas.has_opened(wave)) else { continue };
            let question = self.texts.intern(&row.question);
            let value = self.texts.maybe(row.value.as_deref());
            answers.push((org, Answer { wave, question, value, missing: row.missing }));
        }
        atlas.answers = Groups::new(count, answers);
        for row in std::mem::take(&mut rows.redirects) {
            atlas.redirects.insert((row.kind == "organisation", row.slug), row.target);
        }
    }
}

/// Every organisation whose data is named is a publisher, with or without a profile.
pub(super) fn bodies(atlas: &mut Atlas) {
    let mut named: Vec<OrgIx> = atlas.datasets.iter().map(|dataset| dataset.publisher).collect();
    named.extend(atlas.claims.iter().flat_map(|claim| claim.publisher.into_iter().chain(claim.stated)));
    named.sort_unstable();
    named.dedup();
    for organisation in named {
        if !atlas.publisher_slots.contains_key(&organisation) {
            let publisher = Publisher {
                organisation,
                level: PublisherLevel::Unknown,
                portal_slug: None,
                area: None,
                accepts_requests: false,
                acronym: None,
            };
            add_publisher(atlas, publisher);
        }
    }
}

/// Chooses what stands for several: the main place, the newest sector, an acronym. What hangs on an organisation has to
/// stand in its order already, so that the choice does not depend on the order in which a database gives its rows.
pub(super) fn choose(atlas: &mut Atlas) {
    for at in 0..atlas.organisations.len() {
        let org = OrgIx::new(at as u32);
        let area = atlas.locations.of(org).first().and_then(|location| location.area);
        let primary = atlas.assignments.of(org).iter().find(|a| a.role == CodeRole::ReuseSectorPrimary);
        let (sector, sector_text) = primary.map_or((None, None), |primary| (primary.code, primary.text));
        let row = &mut atlas.organisations[at];
        (row.area, row.sector, row.sector_text) = (area, sector, sector_text);
    }
    for publisher in &mut atlas.publishers {
        let mut names = atlas.names.of(publisher.organisation).iter();
        publisher.acronym = names.find(|name| name.kind == NameKind::Acronym).map(|name| name.text);
    }
}

fn add_publisher(atlas: &mut Atlas, publisher: Publisher) {
    if atlas.publisher_slots.contains_key(&publisher.organisation) {
        return;
    }
    atlas.publisher_slots.insert(publisher.organisation, atlas.publishers.len() as u32);
    atlas.publishers.push(publisher);
}

//! The records that claims refer to: areas, codes, studies, organisations, datasets, indicators.

use entity::vocabulary::{CodeRole, LocationRole, NameKind, PublisherLevel, RowVisibility};

use super::{Builder, best};
use crate::atlas::collation::Collation;
use crate::atlas::handle::{
    AreaIx, CodeIx, DatasetIx, Groups, IndicatorIx, ObservationIx, OrgIx, SourceIx, StrIx, StudyIx, WaveIx,
};
use crate::atlas::model::{
    Answer, Area, Assignment, Batch, Code, Dataset, DatasetIdentifier, Designation, Distribution, Identifier,
    Indicator, Location, Mapping, Name, Observation, Organisation, Publisher, Relation, Response, Scheme, Set, Source,
    Study, Subject, Wave,
};
use crate::atlas::rows::{ObservationRow, Rows, SubjectRow};
use crate::atlas::{Atlas, Lang};

/// Puts organisations and datasets into the order of their Spanish names, so that a bitmap lists by name.
pub(super) fn sort(rows: &mut Rows, collation: &Collation) {
    rows.organisations.sort_by_cached_key(|row| {
        let name = best(&row.name, Lang::ES);
        (collation.key(Lang::ES, name), name.to_owned(), row.id)
    });
    rows.datasets.sort_by_cached_key(|row| {
        let title = best(&row.title, Lang::ES);
        (collation.key(Lang::ES, title), title.to_owned(), row.id)
    });
    rows.codes.sort_by(|a, b| (&a.scheme, a.position, &a.code).cmp(&(&b.scheme, b.position, &b.code)));
    rows.areas.sort_by(|a, b| (a.scheme, &a.code).cmp(&(b.scheme, &b.code)));
    rows.waves.sort_by(|a, b| (a.opens_on, &a.slug).cmp(&(b.opens_on, &b.slug)));
    rows.sources.sort_by_key(|row| row.id);
    rows.schemes.sort_by(|a, b| a.id.cmp(&b.id));
    rows.studies.sort_by(|a, b| a.slug.cmp(&b.slug));
    rows.indicators.sort_by(|a, b| a.key.cmp(&b.key));
}

/// The families of sectors, in the order of legends.
const FAMILIES: [&str; 9] = ["research", "data", "finance", "business", "media", "land", "place", "public", "none"];

impl Builder {
    pub(super) fn records(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        atlas.families = FAMILIES.iter().map(|family| self.texts.intern(family)).collect();
        self.areas(atlas, rows);
        self.codes(atlas, rows);
        self.studies(atlas, rows);
    }

    fn areas(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let rows = std::mem::take(&mut rows.areas);
        for (at, row) in rows.iter().enumerate() {
            self.ids.areas.insert(row.id.0, AreaIx::new(at as u32));
        }
        for row in rows {
            atlas.areas.push(Area {
                id: row.id,
                scheme: row.scheme,
                code: self.texts.intern(&row.code),
                name: self.texts.label(&row.name),
                parent: row.parent.and_then(|id| self.ids.areas.get(&id.0).copied()),
                latitude: row.latitude,
                longitude: row.longitude,
            });
        }
        let pairs =
            atlas.areas.iter().enumerate().filter_map(|(at, area)| Some((area.parent?, AreaIx::new(at as u32))));
        atlas.area_children = Groups::new(atlas.areas.len(), pairs.collect());
    }

    fn codes(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        for row in std::mem::take(&mut rows.schemes) {
            atlas.schemes.push(Scheme {
                id: self.texts.intern(&row.id),
                version: self.texts.intern(&row.version),
                name: self.texts.label(&row.name),
                publisher: self.texts.intern(&row.publisher),
                licence: self.texts.intern(&row.licence),
                url: self.texts.intern(&row.url),
            });
        }
        let codes = std::mem::take(&mut rows.codes);
        for (at, row) in codes.iter().enumerate() {
            self.ids.codes.insert(row.id.0, CodeIx::new(at as u32));
        }
        for row in codes {
            let extra = |key: &str| {
                row.extra.as_deref().and_then(|extra| {
                    extra.split([';', ' ', ',']).find_map(|part| part.trim().strip_prefix(key)?.strip_prefix('='))
                })
            };
            let code = Code {
                id: row.id,
                scheme: self.texts.intern(&row.scheme),
                code: self.texts.intern(&row.code),
                label: self.texts.label(&row.label),
                parent: row.parent.and_then(|id| self.ids.codes.get(&id.0).copied()),
                definition: self.texts.maybe_label(row.definition.as_ref()),
                position: row.position,
                family: self.texts.maybe(extra("family")),
                color: self.texts.maybe(extra("color")),
            };
            if let Some(family) = code.family
                && !atlas.families.contains(&family)
            {
                atlas.families.push(family);
            }
            atlas.codes.push(code);
        }
        let mut mappings = Vec::new();
        for row in std::mem::take(&mut rows.mappings) {
            let ends = self.ids.codes.get(&row.from.0).copied().zip(self.ids.codes.get(&row.to.0).copied());
            let Some((from, to)) = self.need(ends) else { continue };
            let note = self.texts.maybe(row.note.as_deref());
            mappings.push((from, Mapping { to, relation: row.relation, confidence: row.confidence, note }));
        }
        atlas.mappings = Groups::new(atlas.codes.len(), mappings);
    }

    fn studies(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        for row in std::mem::take(&mut rows.studies) {
            self.ids.studies.insert(row.id.0, StudyIx::new(atlas.studies.len() as u32));
            let chapter = self.texts.intern(&row.chapter);
            if !atlas.chapters.contains(&chapter) {
                atlas.chapters.push(chapter);
            }
            atlas.studies.push(Study {
                id: row.id,
                slug: self.texts.intern(&row.slug),
                chapter,
                title: self.texts.label(&row.title),
                licence: self.texts.intern(&row.licence),
                licence_url: self.texts.intern(&row.licence_url),
                attribution: self.texts.intern(&row.attribution),
                url: self.texts.intern(&row.url),
            });
        }
        for row in std::mem::take(&mut rows.waves) {
            let study = self.ids.studies.get(&row.study.0).copied();
            let Some(study) = self.need(study) else { continue };
            self.ids.waves.insert(row.id.0, WaveIx::new(atlas.waves.len() as u32));
            atlas.waves.push(Wave {
                id: row.id,
                study,
                slug: self.texts.intern(&row.slug),
                title: self.texts.label(&row.title),
                opens_on: row.opens_on,
                closes_on: row.closes_on,
                population: self.texts.label(&row.population),
                frame: row.frame,
                state: row.state,
                instrument: self.texts.intern(&row.instrument),
                asked: row.asked,
                asked_goals: row.asked_goals,
            });
        }
        for row in std::mem::take(&mut rows.sources) {
            self.ids.sources.insert(row.id.0, SourceIx::new(atlas.sources.len() as u32));
            atlas.sources.push(Source {
                id: row.id,
                kind: row.kind,
                title: self.texts.intern(&row.title),
                url: self.texts.maybe(row.url.as_deref()),
                author: self.texts.maybe(row.author.as_deref()),
                published_on: row.published_on,
                accessed_at: row.accessed_at,
                licence: self.texts.maybe(row.licence.as_deref()),
                study: row.study.and_then(|id| self.ids.studies.get(&id.0).copied()),
            });
        }
    }

    pub(super) fn organisations(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let organisations = std::mem::take(&mut rows.organisations);
        atlas.organisations.reserve_exact(organisations.len());
        for row in organisations {
            self.ids.organisations.insert(row.id.0, OrgIx::new(atlas.organisations.len() as u32));
            atlas.organisations.push(Organisation {
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
            });
        }
        self.organisation_details(atlas, rows);
        self.organisation_codes(atlas, rows);
        self.participation(atlas, rows);
    }

    fn organisation(&mut self, id: entity::id::OrganisationId) -> Option<OrgIx> {
        let found = self.ids.organisations.get(&id.0).copied();
        self.need(found)
    }

    fn organisation_details(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let count = atlas.organisations.len();
        let mut names = Vec::with_capacity(rows.names.len());
        for row in std::mem::take(&mut rows.names) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let text = self.texts.intern(&row.text);
            let lang = Lang::new(&row.lang);
            names.push((org, Name { text, lang, kind: row.kind, valid_from: row.valid_from, valid_to: row.valid_to }));
        }
        atlas.names = Groups::new(count, names);
        let mut identifiers = Vec::with_capacity(rows.identifiers.len());
        for row in std::mem::take(&mut rows.identifiers) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let value = self.texts.intern(&row.value);
            identifiers.push((org, Identifier { scheme: row.scheme, value, verified: row.verified }));
        }
        atlas.identifiers = Groups::new(count, identifiers);
        let mut locations = Vec::with_capacity(rows.locations.len());
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
        locations.sort_by_key(|(_, location)| location.role != LocationRole::Hq);
        atlas.locations = Groups::new(count, locations);
        for at in 0..count {
            let main = atlas.locations.of(OrgIx::new(at as u32)).first();
            atlas.organisations[at].area = main.and_then(|location| location.area);
        }
        let mut relations = Vec::new();
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
                acronym: acronym(atlas, organisation),
            };
            add_publisher(atlas, publisher);
        }
    }

    fn organisation_codes(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let count = atlas.organisations.len();
        let mut assignments = Vec::with_capacity(rows.organisation_codes.len());
        for row in std::mem::take(&mut rows.organisation_codes) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let code = row.code.and_then(|id| self.ids.codes.get(&id.0).copied());
            let assignment = Assignment {
                code,
                text: self.texts.maybe(row.text.as_deref()),
                role: row.role,
                assigned_by: row.assigned_by,
                confidence: row.confidence,
                wave: row.wave.and_then(|id| self.ids.waves.get(&id.0).copied()),
            };
            assignments.push((org, assignment));
        }
        // Waves stand in the order of their opening: the newest assignment comes first.
        assignments.sort_by_key(|(_, assignment)| std::cmp::Reverse(assignment.wave));
        atlas.assignments = Groups::new(count, assignments);
        for at in 0..count {
            let org = OrgIx::new(at as u32);
            let primary = atlas.assignments.of(org).iter().find(|a| a.role == CodeRole::ReuseSectorPrimary);
            let (code, text) = primary.map_or((None, None), |primary| (primary.code, primary.text));
            atlas.organisations[at].sector = code;
            atlas.organisations[at].sector_text = text;
        }
        let mut missing = Vec::with_capacity(rows.missing.len());
        for row in std::mem::take(&mut rows.missing) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            missing.push((org, (row.attribute, row.missing)));
        }
        atlas.missing = Groups::new(count, missing);
    }

    fn participation(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let count = atlas.organisations.len();
        let mut responses = Vec::with_capacity(rows.responses.len());
        for row in std::mem::take(&mut rows.responses) {
            let Some(organisation) = self.organisation(row.organisation) else { continue };
            let wave = self.ids.waves.get(&row.wave.0).copied();
            let Some(wave) = self.need(wave) else { continue };
            let (channel, status, completed_by) = (row.channel, row.status, row.completed_by);
            responses.push((organisation, Response { organisation, wave, channel, status, completed_by }));
        }
        atlas.responses = Groups::new(count, responses);
        let mut answers = Vec::with_capacity(rows.answers.len());
        for row in std::mem::take(&mut rows.answers) {
            let Some(org) = self.organisation(row.organisation) else { continue };
            let wave = self.ids.waves.get(&row.wave.0).copied();
            let Some(wave) = self.need(wave) else { continue };
            let question = self.texts.intern(&row.question);
            let value = self.texts.maybe(row.value.as_deref());
            answers.push((org, Answer { wave, question, value, missing: row.missing }));
        }
        atlas.answers = Groups::new(count, answers);
        for row in std::mem::take(&mut rows.redirects) {
            atlas.redirects.insert((row.kind == "organisation", row.slug), row.target);
        }
    }

    pub(super) fn datasets(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let mut datasets = std::mem::take(&mut rows.datasets);
        datasets.retain(|row| {
            let known = self.ids.organisations.contains_key(&row.publisher.0);
            self.skipped += usize::from(!known);
            known
        });
        for (at, row) in datasets.iter().enumerate() {
            self.ids.datasets.insert(row.id.0, DatasetIx::new(at as u32));
        }
        for row in datasets {
            let series = row.series.and_then(|(id, decision)| Some((*self.ids.datasets.get(&id.0)?, decision)));
            atlas.datasets.push(Dataset {
                id: row.id,
                slug: self.texts.intern(&row.slug),
                title: self.texts.label(&row.title),
                description: self.texts.maybe_label(row.description.as_ref()),
                publisher: self.ids.organisations[&row.publisher.0],
                is_series: row.is_series,
                series,
                edition: self.texts.maybe(row.edition.as_deref()),
                status: row.status,
                access: row.access,
                landing_page: self.texts.maybe(row.landing_page.as_deref()),
                licence: self.texts.maybe(row.licence.as_deref()),
                frequency: self.texts.maybe(row.frequency.as_deref()),
                issued_on: row.issued_on,
                modified_on: row.modified_on,
                source: row.source.and_then(|id| self.ids.sources.get(&id.0).copied()),
                users: 0,
            });
        }
        let count = atlas.datasets.len();
        let all = || atlas.datasets.iter().enumerate().map(|(at, row)| (DatasetIx::new(at as u32), row));
        let editions = all().filter_map(|(ix, row)| Some((row.series?.0, ix))).collect();
        let published = all().map(|(ix, row)| (row.publisher, ix)).collect();
        atlas.editions = Groups::new(count, editions);
        atlas.publisher_datasets = Groups::new(atlas.organisations.len(), published);
        let mut themes = Vec::new();
        for (dataset, code) in std::mem::take(&mut rows.dataset_codes) {
            let pair = self.ids.datasets.get(&dataset.0).copied().zip(self.ids.codes.get(&code.0).copied());
            themes.extend(self.need(pair));
        }
        atlas.dataset_themes = Groups::new(count, themes);
        let mut identifiers = Vec::new();
        for (dataset, scheme, value) in std::mem::take(&mut rows.dataset_identifiers) {
            let dataset = self.ids.datasets.get(&dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            identifiers.push((dataset, DatasetIdentifier { scheme, value: self.texts.intern(&value) }));
        }
        atlas.dataset_identifiers = Groups::new(count, identifiers);
        let mut distributions = Vec::new();
        for row in std::mem::take(&mut rows.distributions) {
            let dataset = self.ids.datasets.get(&row.dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            let (url, format) = (self.texts.intern(&row.url), self.texts.maybe(row.format.as_deref()));
            distributions.push((dataset, Distribution { url, format, http_state: row.http_state }));
        }
        atlas.distributions = Groups::new(count, distributions);
        let mut designations = Vec::new();
        for row in std::mem::take(&mut rows.designations) {
            let dataset = self.ids.datasets.get(&row.dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            let (code, by) = (self.texts.maybe(row.code.as_deref()), self.texts.intern(&row.by));
            designations.push((dataset, Designation { kind: row.kind, code, by, valid_from: row.valid_from }));
        }
        atlas.designations = Groups::new(count, designations);
    }

    pub(super) fn indicators(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        for row in std::mem::take(&mut rows.indicators) {
            self.ids.indicators.insert(row.id.0, IndicatorIx::new(atlas.indicators.len() as u32));
            atlas.indicators.push(Indicator {
                id: row.id,
                key: self.texts.intern(&row.key),
                name: self.texts.label(&row.name),
                definition: self.texts.label(&row.definition),
                concept: self.texts.intern(&row.concept),
                unit: self.texts.intern(&row.unit),
                chain_stage: row.chain_stage,
                measure: row.measure,
                subject_levels: row.subject_levels,
                frequency: self.texts.intern(&row.frequency),
                source_scheme: row.source_scheme,
                source_code: self.texts.maybe(row.source_code.as_deref()),
                observations: 0,
            });
        }
        let mut rows = std::mem::take(&mut rows.observations);
        rows.sort_by(|a, b| (a.indicator, &a.period, a.id).cmp(&(b.indicator, &b.period, b.id)));
        let mut of_organisations = Vec::new();
        for row in rows {
            let found = self.observation(&row);
            let Some(observation) = self.need(found) else { continue };
            if row.visibility != RowVisibility::Public {
                atlas.sealed.push(observation);
                continue;
            }
            atlas.indicators[observation.indicator.at()].observations += 1;
            if let Subject::Organisation(org) = observation.subject {
                of_organisations.push((org, ObservationIx::new(atlas.observations.len() as u32)));
            }
            atlas.observations.push(observation);
        }
        atlas.organisation_observations = Groups::new(atlas.organisations.len(), of_organisations);
    }

    fn observation(&mut self, row: &ObservationRow) -> Option<Observation> {
        let ids = &self.ids;
        let subject = match row.subject {
            SubjectRow::Organisation(id) => Subject::Organisation(*ids.organisations.get(&id.0)?),
            SubjectRow::Sector(id) => Subject::Sector(*ids.codes.get(&id.0)?),
            SubjectRow::Area(id) => Subject::Area(*ids.areas.get(&id.0)?),
            SubjectRow::Dataset(id) => Subject::Dataset(*ids.datasets.get(&id.0)?),
        };
        Some(Observation {
            id: row.id,
            indicator: *ids.indicators.get(&row.indicator.0)?,
            subject,
            low: row.low,
            central: row.central,
            high: row.high,
            missing: row.missing,
            status: row.status,
            wave: row.wave.and_then(|id| ids.waves.get(&id.0).copied()),
            source: row.source.and_then(|id| ids.sources.get(&id.0).copied()),
            period: self.texts.intern(&row.period),
            currency: self.texts.maybe(row.currency.as_deref()),
        })
    }

    pub(super) fn batches(&mut self, atlas: &mut Atlas, rows: &Rows) {
        for row in &rows.batches {
            atlas.batches.push(Batch {
                kind: self.texts.intern(&row.kind),
                chapter: self.texts.maybe(row.chapter.as_deref()),
                finished_at: row.finished_at,
            });
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
                acronym: acronym(atlas, organisation),
            };
            add_publisher(atlas, publisher);
        }
    }
}

fn acronym(atlas: &Atlas, org: OrgIx) -> Option<StrIx> {
    atlas.names.of(org).iter().find(|name| name.kind == NameKind::Acronym).map(|name| name.text)
}

fn add_publisher(atlas: &mut Atlas, publisher: Publisher) {
    if atlas.publisher_slots.contains_key(&publisher.organisation) {
        return;
    }
    atlas.publisher_slots.insert(publisher.organisation, atlas.publishers.len() as u32);
    atlas.publishers.push(publisher);
}

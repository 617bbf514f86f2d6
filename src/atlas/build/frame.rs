//! What everything else refers to: areas, codes, studies, waves, sources, indicators, batches.

use super::{Builder, Lost};
use crate::atlas::Atlas;
use crate::atlas::handle::{AreaIx, CodeIx, Groups, IndicatorIx, SourceIx, StudyIx, WaveIx};
use crate::atlas::model::{Area, Batch, Code, Indicator, Mapping, Scheme, Source, Study, Wave};
use crate::atlas::rows::Rows;

/// The families of sectors, in the order of legends.
const FAMILIES: [&str; 9] = ["research", "data", "finance", "business", "media", "land", "place", "public", "none"];

impl Builder<'_> {
    pub(super) fn records(&mut self, atlas: &mut Atlas, rows: &mut Rows) -> Result<(), Lost> {
        atlas.families = FAMILIES.iter().map(|family| self.texts.intern(family)).collect();
        self.areas(atlas, rows);
        self.codes(atlas, rows);
        self.studies(atlas, rows);
        self.indicators(atlas, rows);
        // What hangs on a wave that opens later was never taken in: a wave whose opening has moved past the day
        // needs all of it.
        let open = |all: &Self, id: &uuid::Uuid| all.ids.waves.get(id).is_some_and(|&wave| atlas.has_opened(wave));
        let is_steady = self.kept.as_ref().is_none_or(|kept| {
            kept.old.waves().all(|wave| kept.old.has_opened(wave) == open(self, &kept.old.wave(wave).id.0))
        });
        let is_complete = is_steady && self.kept.as_mut().is_none_or(|kept| kept.find_reference(&self.ids));
        is_complete.then_some(()).ok_or(Lost)
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
                publisher: self.texts.label(&row.publisher),
                licence: self.texts.label(&row.licence),
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
            let note = self.texts.maybe_label(row.note.as_ref());
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
                takes_nominations: row.takes_nominations,
                returned: row.returned,
            });
        }
        for row in std::mem::take(&mut rows.sources) {
            self.ids.sources.insert(row.id.0, SourceIx::new(atlas.sources.len() as u32));
            atlas.sources.push(Source {
                id: row.id,
                kind: row.kind,
                title: self.texts.intern(&row.title),
                lang: self.texts.maybe(row.lang.as_deref()),
                url: self.texts.maybe(row.url.as_deref()),
                author: self.texts.maybe(row.author.as_deref()),
                published_on: row.published_on,
                accessed_at: row.accessed_at,
                licence: self.texts.maybe(row.licence.as_deref()),
                study: row.study.and_then(|id| self.ids.studies.get(&id.0).copied()),
            });
        }
    }

    fn indicators(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
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

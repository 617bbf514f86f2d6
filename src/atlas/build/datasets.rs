//! Datasets, series and editions, and all that hangs on them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::id::DatasetFeedbackId;
use entity::vocabulary::RowVisibility;

use super::kept::Kept;
use super::order::{Entry, merge};
use super::{Builder, best};
use crate::atlas::handle::{DatasetIx, Groups};
use crate::atlas::model::{Dataset, DatasetIdentifier, Designation, Distribution, Feedback, Rating};
use crate::atlas::rows::{DatasetRow, Rows};
use crate::atlas::{Atlas, Lang};

impl Builder<'_> {
    pub(super) fn datasets(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let mut new = std::mem::take(&mut rows.datasets);
        new.retain(|row| {
            let known = self.ids.organisations.contains_key(&row.publisher.0);
            self.skipped += usize::from(!known);
            known
        });
        let merged = self.merged_datasets(atlas, new);
        for (at, entry) in merged.iter().enumerate() {
            let id = match entry {
                Entry::Kept(old) => self.kept.as_ref().map(|kept| kept.old.dataset(*old).id),
                Entry::New(row) => Some(row.id),
            };
            self.ids.datasets.extend(id.map(|id| (id.0, DatasetIx::new(at as u32))));
        }
        if let Some(kept) = &mut self.kept {
            kept.find_datasets(&self.ids);
        }
        for entry in merged {
            let row = match entry {
                Entry::New(row) => self.dataset(&row),
                Entry::Kept(old) => {
                    let Some(row) = self.kept.as_ref().and_then(|kept| kept_dataset(kept, old)) else { continue };
                    row
                }
            };
            atlas.datasets.push(row);
        }
        let count = atlas.datasets.len();
        let all = || atlas.datasets.iter().enumerate().map(|(at, row)| (DatasetIx::new(at as u32), row));
        let editions = all().filter_map(|(ix, row)| Some((row.series?.0, ix))).collect();
        let published = all().map(|(ix, row)| (row.publisher, ix)).collect();
        atlas.editions = Groups::new(count, editions);
        atlas.publisher_datasets = Groups::new(atlas.organisations.len(), published);
        let mut themes = self.kept(|kept| kept.of_datasets(&kept.old.dataset_themes, |&code| kept.code(code)));
        for (dataset, code) in std::mem::take(&mut rows.dataset_codes) {
            let pair = self.ids.datasets.get(&dataset.0).copied().zip(self.ids.codes.get(&code.0).copied());
            themes.extend(self.need(pair));
        }
        atlas.dataset_themes = Groups::new(count, themes);
        let mut identifiers =
            self.kept(|kept| kept.of_datasets(&kept.old.dataset_identifiers, |row| Some(row.clone())));
        for (dataset, scheme, value) in std::mem::take(&mut rows.dataset_identifiers) {
            let dataset = self.ids.datasets.get(&dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            identifiers.push((dataset, DatasetIdentifier { scheme, value: self.texts.intern(&value) }));
        }
        atlas.dataset_identifiers = Groups::new(count, identifiers);
        let mut distributions = self.kept(|kept| kept.of_datasets(&kept.old.distributions, |row| Some(row.clone())));
        for row in std::mem::take(&mut rows.distributions) {
            let dataset = self.ids.datasets.get(&row.dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            let (url, format) = (self.texts.intern(&row.url), self.texts.maybe(row.format.as_deref()));
            distributions.push((dataset, Distribution { url, format, http_state: row.http_state }));
        }
        atlas.distributions = Groups::new(count, distributions);
        let mut designations = self.kept(|kept| kept.of_datasets(&kept.old.designations, |row| Some(row.clone())));
        for row in std::mem::take(&mut rows.designations) {
            let dataset = self.ids.datasets.get(&row.dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            let (code, by) = (self.texts.maybe(row.code.as_deref()), self.texts.intern(&row.by));
            designations.push((dataset, Designation { kind: row.kind, code, by, valid_from: row.valid_from }));
        }
        atlas.designations = Groups::new(count, designations);
        self.feedback(rows, atlas, count);
    }

    /// What users say. A rating that is counted only leaves no other trace; of those of one voice the latest counts.
    fn feedback(&mut self, rows: &mut Rows, atlas: &mut Atlas, count: usize) {
        let mut said = self.kept(|kept| kept.of_datasets(&kept.old.feedback, |row| Some(row.clone())));
        let mut latest: BTreeMap<(DatasetIx, u64), (DateTime<Utc>, DatasetFeedbackId, u8)> = BTreeMap::new();
        for row in std::mem::take(&mut rows.feedback) {
            let dataset = self.ids.datasets.get(&row.dataset.0).copied();
            let Some(dataset) = self.need(dataset) else { continue };
            let rating = row.rating.and_then(|rating| u8::try_from(rating).ok());
            if let Some(value) = rating {
                let one = (row.at, row.id, value);
                latest.entry((dataset, row.voice)).and_modify(|held| *held = one.max(*held)).or_insert(one);
            }
            let Some(comment) = row.comment.filter(|_| row.visibility == RowVisibility::Public) else { continue };
            let feedback = Feedback {
                id: row.id,
                rating,
                dimension: row.dimension,
                severity: row.severity,
                comment: self.texts.intern(&comment),
                lang: row.lang.as_deref().map_or(Lang::UNKNOWN, Lang::new),
                sample_url: self.texts.maybe(row.sample_url.as_deref()),
                on: row.at.date_naive(),
                state: row.state,
                reply: self.texts.maybe(row.reply.as_deref()),
                fixed_on: row.fixed_on,
            };
            said.push((dataset, feedback));
        }
        atlas.feedback = Groups::new(count, said);
        let mut ratings = self.kept(|kept| kept.of_datasets(&kept.old.ratings, |row| Some(*row)));
        ratings.extend(latest.into_iter().map(|((dataset, voice), (_, _, value))| (dataset, Rating { value, voice })));
        atlas.ratings = Groups::new(count, ratings);
    }

    /// The datasets that stay and the new ones, in the order of their titles.
    fn merged_datasets(&self, atlas: &Atlas, new: Vec<DatasetRow>) -> Vec<Entry<DatasetIx, DatasetRow>> {
        // One whose publisher is gone goes with it.
        let stays = |kept: &Kept<'_>, old: DatasetIx| {
            let publisher = kept.old.dataset(old).publisher;
            kept.organisation(publisher).is_some()
        };
        let old = self.kept(|kept| kept.datasets().into_iter().filter(|&old| stays(kept, old)).collect());
        merge(&old, new, |old, row| {
            let Some(kept) = &self.kept else { return Ordering::Less };
            let title = kept.old.title(old, Lang::ES).value;
            atlas
                .collation
                .compare(Lang::ES, title, best(&row.title, Lang::ES))
                .then(kept.old.dataset(old).id.cmp(&row.id))
        })
    }

    fn dataset(&mut self, row: &DatasetRow) -> Dataset {
        let series = row.series.and_then(|(id, decision)| Some((*self.ids.datasets.get(&id.0)?, decision)));
        Dataset {
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
        }
    }
}

fn kept_dataset(kept: &Kept<'_>, old: DatasetIx) -> Option<Dataset> {
    let row = kept.old.dataset(old);
    let series = row.series.and_then(|(series, decision)| Some((kept.dataset(series)?, decision)));
    let publisher = kept.organisation(row.publisher)?;
    Some(Dataset { publisher, series, source: kept.source(row.source), users: 0, ..row.clone() })
}

//! The state of the record: what is loaded, at which revision, and what the formulas assume.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};

use super::figure::Rollup;
use super::formula::Formula;
use super::language::{Language, lang};
use super::list::List;
use super::scalar::{Date, DateTime};
use super::study::Study;
use crate::analysis;
use crate::atlas::{self, Atlas};

/// The state of the record.
pub struct Meta {
    atlas: Arc<Atlas>,
}

impl Meta {
    /// The state of the record that an atlas holds.
    pub(super) fn new(atlas: Arc<Atlas>) -> Self {
        Self { atlas }
    }
}

/// A study of one chapter.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Chapter {
    /// Lower-case ISO 3166-1 code of its country, or `sample`.
    code: String,
    /// Title of its study.
    title: String,
    /// The day its record begins: the first opening of one of its waves.
    begins_on: Option<Date>,
    /// Distinct organisations that may be shown.
    organisation_count: u64,
    /// Its study.
    study: Study,
}

/// A number that the formulas assume.
#[derive(SimpleObject)]
pub struct Assumption {
    /// Stable word for it, such as `gradeB`.
    key: &'static str,
    /// Its value.
    value: f64,
}

/// The state of the record.
#[Object]
impl Meta {
    /// Version of this software.
    async fn version(&self) -> &'static str {
        crate::VERSION
    }

    /// Revision of the record.
    async fn revision(&self) -> i64 {
        self.atlas.revision
    }

    /// The day the facts are valid on.
    async fn as_of(&self) -> Date {
        Date(self.atlas.as_of)
    }

    /// The day the record begins: the first opening of a wave or beginning of a claim. Earlier days are not
    /// recorded.
    async fn begins_on(&self) -> Option<Date> {
        self.atlas.begins_on().map(Date)
    }

    /// When the first revision was recorded. By an earlier `knownAt` nothing was.
    async fn recorded_from(&self) -> Option<DateTime> {
        self.atlas.recorded_from.map(DateTime)
    }

    /// When the revision was recorded.
    async fn recorded_at(&self) -> Option<DateTime> {
        self.atlas.recorded_at.map(DateTime)
    }

    /// The chapters loaded, the sample included.
    async fn chapters(&self, ctx: &Context<'_>) -> List<Chapter> {
        let lang = lang(ctx, None);
        self.atlas
            .studies()
            .map(|ix| {
                let study = self.atlas.study(ix);
                Chapter {
                    code: self.atlas.str(study.chapter).to_owned(),
                    title: self.atlas.label(study.title, lang).value.to_owned(),
                    begins_on: self.atlas.begins_for(&[self.atlas.str(study.chapter).to_owned()]).map(Date),
                    organisation_count: self
                        .atlas
                        .organisations_with(atlas::Dimension::Chapter, atlas::Value::Chapter(study.chapter))
                        .len(),
                    study: Study::new(&self.atlas, ix),
                }
            })
            .collect()
    }

    /// Whether fictional sample data is loaded.
    async fn sample_loaded(&self) -> bool {
        self.atlas.studies().any(|ix| self.atlas.is_fictional(ix))
    }

    /// Distinct organisations that may be shown.
    async fn organisation_count(&self) -> u64 {
        self.atlas.listed().len()
    }

    /// Publishers with at least one user, under the default roll-up.
    async fn publisher_count(&self) -> usize {
        analysis::publishers::used(&self.atlas)
    }

    /// Datasets known.
    async fn dataset_count(&self) -> usize {
        self.atlas.datasets().len()
    }

    /// Use claims that are public.
    async fn claim_count(&self) -> usize {
        self.atlas.claim_count()
    }

    /// How publishers are added up when nothing is asked: as the survey states it, until relations are decided.
    async fn default_rollup(&self) -> Rollup {
        self.atlas.default_rollup().into()
    }

    /// Version of the formulas and assumptions.
    async fn method_version(&self) -> &'static str {
        analysis::method::METHOD_VERSION
    }

    /// The numbers that the formulas assume; a change of one is a new version of the method.
    async fn assumptions(&self) -> Vec<Assumption> {
        analysis::method::assumptions().into_iter().map(|(key, value)| Assumption { key, value }).collect()
    }

    /// The formulas of this version in words, as the page of the method has them.
    async fn formulas(&self, ctx: &Context<'_>, lang: Option<Language>) -> List<Formula> {
        Formula::list(super::language::lang(ctx, lang)).into()
    }
}

//! The studies that the users of a body or a dataset belong to.

use std::sync::Arc;

use async_graphql::SimpleObject;

use super::list::List;
use crate::analysis::studies::users_by_study;
use crate::atlas::{self, Atlas, Lang};
use crate::texts::studies;

/// The studies that the users of a body or a dataset belong to. They asked at other times and in other places: a count
/// over several is of distinct organisations, and a share of no study.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct UserStudies {
    /// Chapters of the studies that have users among those of the filter, most users first.
    chapters: List<String>,
    /// How many each of several studies has, else which study or wave the filter narrows the users to; null where that is
    /// all that is recorded.
    sentence: Option<String>,
}

impl UserStudies {
    pub(crate) fn new(atlas: &Arc<Atlas>, filter: &atlas::Filter, lang: Lang) -> Self {
        let found = users_by_study(atlas, filter);
        let chapters = found.iter().map(|&(study, _)| atlas.str(atlas.study(study).chapter).to_owned());
        Self { chapters: chapters.collect(), sentence: studies::of_users(atlas, filter, &found, lang) }
    }
}

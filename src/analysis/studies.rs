//! The users of a body or a dataset by study. Studies asked at other times and in other places: figures of several say
//! what each has, and none of them has a share in all.

use std::cmp::Reverse;

use crate::atlas::{Atlas, Filter, StudyIx};

/// The studies among those of a filter that have organisations of it, most first. Each has the figure that its own
/// lists have.
pub fn users_by_study(atlas: &Atlas, filter: &Filter) -> Vec<(StudyIx, u64)> {
    let is_meant = |chapter: &str| filter.chapter.is_empty() || filter.chapter.iter().any(|word| word == chapter);
    let of = |study: StudyIx| {
        let chapter = atlas.str(atlas.study(study).chapter);
        let own = Filter { chapter: vec![chapter.to_owned()], ..filter.clone() };
        let count = if is_meant(chapter) { atlas.select(&own).organisations.len() } else { 0 };
        (count > 0).then_some((study, count))
    };
    let mut studies: Vec<(StudyIx, u64)> = atlas.studies().filter_map(of).collect();
    studies.sort_by_key(|&(study, count)| (Reverse(count), study));
    studies
}

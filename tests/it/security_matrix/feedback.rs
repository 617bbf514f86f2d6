//! What users say about datasets.

use super::Row;

/// Questions about feedback.
pub(super) const QUERIES: &[Row] = &[
    ("feedbackPending", "uunnnnnynn", "{ feedbackPending { feedback { id } } }"),
    ("feedbackOnMyDatasets", "uunnnnynnn", "{ feedbackOnMyDatasets { feedback { id } } }"),
];

/// Changes to feedback.
pub(super) const MUTATIONS: &[Row] = &[
    ("feedbackModerate", "uunnnnnynn", "feedbackModerate(input: { feedbackId: \"x\", isShown: true })"),
    ("feedbackReply", "uunnnnynnn", "feedbackReply(input: { feedbackId: \"x\", state: FIXED })"),
];

/// What anybody may say.
pub(super) const PUBLIC_MUTATIONS: &[(&str, &str)] =
    &[("feedbackSubmit", "feedbackSubmit(input: { datasetSlug: \"\" }) { userErrors { code } }")];

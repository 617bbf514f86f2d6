//! The desk of those who speak for a publisher.

use super::Row;

/// Questions about claims on one's bodies.
pub(super) const QUERIES: &[Row] = &[
    ("myPublishers", "uunnnnynnn", "{ myPublishers { id waitingCount } }"),
    ("publisherClaims", "uunnnnynnn", "{ publisherClaims(first: 1) { edges { node { id } } } }"),
    (
        "claimsConfirmPreview",
        "uunnnnynnn",
        "{ claimsConfirmPreview(input: { claimIds: [], decision: CONFIRMED }) { userErrors { code } } }",
    ),
    ("digestEvery", "uunnnnynnn", "{ digestEvery }"),
];

/// Answers to claims.
pub(super) const MUTATIONS: &[Row] = &[
    ("claimConfirm", "uunnnnynnn", "claimConfirm(input: { claimId: \"use_claim:x\", decision: CONFIRMED })"),
    ("claimsConfirmMany", "uunnnnynnn", "claimsConfirmMany(input: { claimIds: [], decision: CONFIRMED })"),
    ("digestSet", "uunnnnynnn", "digestSet(input: {})"),
];

//! Requests for data: the queue, what curators and liaisons do, and what whoever is signed in may bring.

use super::Row;

/// Questions about the demand for data.
pub(super) const QUERIES: &[Row] = &[
    ("requestQueue", "uunnnnyynn", "{ requestQueue(first: 1) { nodes { id supports { comment } } } }"),
    ("requestCase", "uunnnn00nn", "{ requestCase(id: \"data_request:x\") { id } }"),
    ("requestWishes", "uunnnnnynn", "{ requestWishes { nodes { id } } }"),
];

/// Changes to requests.
pub(super) const MUTATIONS: &[Row] = &[
    ("requestTriage", "uunnnnnynn", "requestTriage(input: { requestId: \"x\", title: \"\" })"),
    ("requestSetThemes", "uunnnnnynn", "requestSetThemes(input: { requestId: \"x\", themes: [], reason: \"\" })"),
    ("requestForward", "uunnnnnynn", "requestForward(input: { requestId: \"x\" })"),
    ("requestAnswer", "uunnnnynnn", "requestAnswer(input: { requestId: \"x\", answer: \"\" })"),
    ("requestReject", "uunnnnynnn", "requestReject(input: { requestId: \"x\", answer: \"\", legalBasis: \"\" })"),
    ("requestPublish", "uunnnnyynn", "requestPublish(input: { requestId: \"x\", datasets: [] })"),
    ("requestMarkDuplicate", "uunnnnyynn", "requestMarkDuplicate(input: { requestId: \"x\", duplicateOf: \"\" })"),
    ("requestRuleOut", "uunnnnnynn", "requestRuleOut(input: { requestId: \"x\", answer: \"\" })"),
    ("requestWithdraw", "uuyyyyyyyy", "requestWithdraw(input: { requestId: \"x\" })"),
    ("requestTakeWish", "uunnnnnynn", "requestTakeWish(input: { wishId: \"x\" })"),
    ("requestDismissWish", "uunnnnnynn", "requestDismissWish(input: { wishId: \"x\", reason: \"\" })"),
];

/// Mutations of the public schema that anybody may try.
pub(super) const PUBLIC_MUTATIONS: &[(&str, &str)] =
    &[("requestSubmit", "requestSubmit(input: { title: \"\", blocking: STALE }) { userErrors { code } }")];

/// Mutations of the public schema for those who are signed in.
pub(super) const MEMBER_MUTATIONS: &[Row] = &[
    ("requestSupport", "uuyyyyyyyy", "requestSupport(input: { request: \"x\" })"),
    ("requestSupportWithdraw", "uuyyyyyyyy", "requestSupportWithdraw(input: { request: \"x\" })"),
];

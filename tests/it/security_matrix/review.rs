//! The review: what waits, decisions, proposals, reports.

use super::Row;

/// Questions about the review.
pub(super) const QUERIES: &[Row] = &[
    ("reviewQueue", "uunnnynynn", "{ reviewQueue(first: 1) { edges { node { id } } } }"),
    ("reviewCase", "uunnn0n0nn", "{ reviewCase(id: \"case:00000000-0000-0000-0000-000000000009\") { note } }"),
];

/// Changes of the review.
pub(super) const MUTATIONS: &[Row] = &[
    ("claimDecide", "uunnnnnynn", "claimDecide(input: { case: { caseId: \"case:x\", version: 1 }, verdict: ACCEPT })"),
    ("reviewDecideMany", "uunnnnnynn", "reviewDecideMany(input: { cases: [], verdict: ACCEPT })"),
    ("reviewAssign", "uunnnnnynn", "reviewAssign(input: { case: { caseId: \"case:x\", version: 1 } })"),
    ("reviewAsk", "uunnnnnynn", "reviewAsk(input: { case: { caseId: \"case:x\", version: 1 }, question: \"\" })"),
    (
        "reviewRecommend",
        "uunnnynnnn",
        "reviewRecommend(input: { case: { caseId: \"case:x\", version: 1 }, verdict: ACCEPT, reason: \"\" })",
    ),
    ("reviewAnswer", "uunyyyyynn", "reviewAnswer(input: { case: { caseId: \"case:x\", version: 1 }, answer: \"\" })"),
    ("reviewUndo", "uunnnnnynn", "reviewUndo(input: { case: { caseId: \"case:x\", version: 1 }, reason: \"\" })"),
    ("claimDispute", "uunyynyynn", "claimDispute(input: { claimId: \"use_claim:x\", reason: \"\" })"),
    ("claimRetract", "uunnnnnynn", "claimRetract(input: { claimId: \"use_claim:x\", reason: \"\" })"),
    ("claimVerify", "uunnynnnnn", "claimVerify(input: { claimId: \"use_claim:x\", decision: CONFIRMED })"),
];

/// Mutations of the public schema that anybody may use.
pub(super) const PUBLIC_MUTATIONS: &[(&str, &str)] =
    &[("errorReport", "errorReport(input: { about: \"\", text: \"\" }) { userErrors { code } }")];

/// Mutations of the public schema for those who may propose.
pub(super) const CONTRIBUTED: &[Row] = &[
    (
        "organisationSubmit",
        "uunyyyyynn",
        "organisationSubmit(input: { name: \"\", lang: ES, kind: OTHER, evidence: { url: \"\", kind: NEWS } })",
    ),
    (
        "datasetSubmit",
        "uunyyyyynn",
        "datasetSubmit(input: { title: \"\", lang: ES, publisherId: \"x\", evidence: { url: \"\", kind: NEWS } })",
    ),
    (
        "useClaimPropose",
        "uunyyyyynn",
        "useClaimPropose(input: { organisationId: \"x\", targetId: \"x\", lang: ES, criticality: CORE, accessMode: API, \
         evidence: { url: \"\", kind: NEWS } })",
    ),
    (
        "impactClaimPropose",
        "uunyyyyynn",
        "impactClaimPropose(input: { organisationId: \"x\", dimension: \"sdg\", code: \"1\", lang: ES, \
         evidence: { url: \"\", kind: NEWS } })",
    ),
    (
        "correctionPropose",
        "uunyyyyynn",
        "correctionPropose(input: { subjectId: \"x\", field: \"name\", value: \"\", lang: ES })",
    ),
    ("evidenceAdd", "uunyyyyynn", "evidenceAdd(input: { claimId: \"x\", evidence: { url: \"\", kind: NEWS } })"),
];

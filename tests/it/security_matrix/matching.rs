//! Pairs, merges, relations, the history of records.

use super::Row;

/// Questions about pairs, merges and relations.
pub(super) const QUERIES: &[Row] = &[
    ("matches", "uunnnnnynn", "{ matches { edges { node { id } } } }"),
    (
        "matchesOf",
        "uunnnnnynn",
        "{ matchesOf(recordId: \"organisation:00000000-0000-0000-0000-000000000001\") { id } }",
    ),
    ("mergePreview", "uunnnnn0nn", "{ mergePreview(keptId: \"x\", goneId: \"y\") { unitedCount } }"),
    ("rearrangements", "uunnnnnynn", "{ rearrangements { edges { node { id } } } }"),
    ("relationParents", "uunnnnnynn", "{ relationParents { waitingCount } }"),
    ("bodyRelations", "uunnnnnynn", "{ bodyRelations { edges { node { id } } } }"),
    (
        "history",
        "uunnnnnynn",
        "{ history(recordId: \"organisation:00000000-0000-0000-0000-000000000001\") { changeCount } }",
    ),
];

/// Changes to pairs, merges and relations.
pub(super) const MUTATIONS: &[Row] = &[
    ("matchFind", "uunnnnnynn", "matchFind(input: { kinds: [] })"),
    ("matchCompare", "uunnnnnynn", "matchCompare(input: { leftId: \"x\", rightId: \"y\" })"),
    ("matchDecide", "uunnnnnynn", "matchDecide(input: { matchId: \"x\", decision: SAME })"),
    ("organisationMerge", "uunnnnnynn", "organisationMerge(input: { keptId: \"x\", goneId: \"y\", reason: \"\" })"),
    (
        "organisationSplit",
        "uunnnnnynn",
        "organisationSplit(input: { organisationId: \"x\", name: \"\", reason: \"\" })",
    ),
    ("datasetMerge", "uunnnnnynn", "datasetMerge(input: { keptId: \"x\", goneId: \"y\", reason: \"\" })"),
    (
        "datasetSplit",
        "uunnnnnynn",
        "datasetSplit(input: { datasetId: \"x\", title: \"\", useClaimIds: [], reason: \"\" })",
    ),
    ("datasetSeriesMake", "uunnnnnynn", "datasetSeriesMake(input: { leftId: \"x\", rightId: \"y\", reason: \"\" })"),
    ("rearrangementUndo", "uunnnnnynn", "rearrangementUndo(input: { rearrangementId: \"x\", reason: \"\" })"),
    ("relationsDecide", "uunnnnnynn", "relationsDecide(input: { relationIds: [], decision: ACCEPTED })"),
];

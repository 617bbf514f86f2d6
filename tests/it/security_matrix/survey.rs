//! Studies: run by their researchers alone, and begun by them or by curators. What is named here is of nobody's study.

use super::Row;

/// Questions about studies.
pub(super) const QUERIES: &[Row] = &[
    ("studies", "uunnnynynn", "{ studies { id slug title { es } waves { id } instruments { id } } }"),
    ("study", "uunnn0nnnn", "{ study(id: \"study:00000000-0000-0000-0000-000000000001\") { id } }"),
    ("wave", "uunnn0nnnn", "{ wave(id: \"wave:00000000-0000-0000-0000-000000000001\") { id } }"),
    (
        "response",
        "uunnn0nnnn",
        "{ response(id: \"response:00000000-0000-0000-0000-000000000001\") { contact { email } } }",
    ),
    ("instrument", "uunnn0nnnn", "{ instrument(id: \"instrument:00000000-0000-0000-0000-000000000001\") { content } }"),
];

/// Changes to studies.
pub(super) const MUTATIONS: &[Row] = &[
    (
        "studyCreate",
        "uunnnynynn",
        "studyCreate(input: { title: {}, country: \"\", licence: \"\", licenceUrl: \"\", attribution: \"\", url: \"\" })",
    ),
    (
        "waveCreate",
        "uunnnynnnn",
        "waveCreate(input: { studyId: \"x\", instrumentId: \"x\", title: {}, population: {}, opensOn: \"2026-01-01\", frame: LIST })",
    ),
    ("waveOpen", "uunnnynnnn", "waveOpen(input: { waveId: \"x\" })"),
    ("waveUpdate", "uunnnynnnn", "waveUpdate(input: { waveId: \"x\", takesNominations: true })"),
    ("waveClose", "uunnnynnnn", "waveClose(input: { waveId: \"x\" })"),
    ("instrumentFork", "uunnnynnnn", "instrumentFork(input: { studyId: \"x\" })"),
    ("instrumentSave", "uunnnynnnn", "instrumentSave(input: { instrumentId: \"x\", content: \"\" })"),
    ("instrumentPublish", "uunnnynnnn", "instrumentPublish(input: { instrumentId: \"x\" })"),
    ("instrumentDiscard", "uunnnynnnn", "instrumentDiscard(input: { instrumentId: \"x\" })"),
    ("invitationPreview", "uunnnynnnn", "invitationPreview(input: { waveId: \"x\", list: \"\" })"),
    ("invite", "uunnnynnnn", "invite(input: { waveId: \"x\", list: \"\" })"),
    ("reminderSend", "uunnnynnnn", "reminderSend(input: { waveId: \"x\" })"),
    ("invitationRenew", "uunnnynnnn", "invitationRenew(input: { responseId: \"x\" })"),
    ("invitationRevoke", "uunnnynnnn", "invitationRevoke(input: { invitationId: \"x\" })"),
    ("responseDecide", "uunnnynnnn", "responseDecide(input: { responseId: \"x\", decision: VALIDATE, reason: \"\" })"),
];

/// Answering needs a link and no account; a link that was never made opens nothing to anybody.
pub(super) const PUBLIC_MUTATIONS: &[(&str, &str)] = &[
    ("responseSave", "responseSave(input: { link: \"\", answers: [] }) { userErrors { code } }"),
    ("responseSubmit", "responseSubmit(input: { link: \"\" }) { userErrors { code } }"),
    ("responseRefuse", "responseRefuse(input: { link: \"\" }) { userErrors { code } }"),
    ("responseMistakeTell", "responseMistakeTell(input: { link: \"\", text: \"\" }) { userErrors { code } }"),
];

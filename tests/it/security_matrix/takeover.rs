//! Who speaks for an organisation.

use super::Row;

/// Questions about who speaks for an organisation.
pub(super) const QUERIES: &[Row] = &[
    ("myTakeovers", "uuyyyyyyyy", "{ myTakeovers { id accountName accountEmail representativeCount } }"),
    ("takeoverQueue", "uunnnnnynn", "{ takeoverQueue { id accountName accountEmail } }"),
];

/// Changes to who speaks for an organisation.
pub(super) const MUTATIONS: &[Row] = &[
    ("takeoverBegin", "uuyyyyyyyy", "takeoverBegin(input: { organisationId: \"x\", proof: DNS })"),
    ("takeoverProve", "uuyyyyyyyy", "takeoverProve(input: { takeoverId: \"takeover:x\" })"),
    ("takeoverConfirm", "uuyyyyyyyy", "takeoverConfirm(input: { token: \"x\" })"),
    ("takeoverWithdraw", "uuyyyyyyyy", "takeoverWithdraw(input: { takeoverId: \"takeover:x\" })"),
    (
        "takeoverDecide",
        "uunnnnnynn",
        "takeoverDecide(input: { takeoverId: \"takeover:x\", verdict: GRANT, reason: \"\" })",
    ),
];

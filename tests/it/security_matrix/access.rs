//! Accounts, sessions, tokens, roles, signing in.

use super::Row;

/// Questions about accounts.
pub(super) const QUERIES: &[Row] = &[
    (
        "viewer",
        "uuyyyyyyyy",
        "{ viewer { account { id grants { id } } grants { id } sessions { id } tokens { id } hasPassword } }",
    ),
    ("accounts", "uunnnnnnyn", "{ accounts(first: 1) { edges { node { id grants { id } } } } }"),
];

/// Changes to accounts.
pub(super) const MUTATIONS: &[Row] = &[
    ("accountUpdate", "uuyyyyyyyy", "accountUpdate(input: { displayName: \"\" })"),
    ("sessionRevoke", "uuyyyyyyyy", "sessionRevoke(input: { sessionId: \"session:x\" })"),
    ("tokenCreate", "uuyyyyyyyy", "tokenCreate(input: { name: \"\", scopes: [] })"),
    ("tokenRevoke", "uuyyyyyyyy", "tokenRevoke(input: { tokenId: \"token:x\" })"),
    ("accountCreate", "uunnnnnnyn", "accountCreate(input: { email: \"\", displayName: \"\" })"),
    ("accountSetDisabled", "uunnnnnnyn", "accountSetDisabled(input: { accountId: \"x\", isDisabled: true })"),
    ("roleGrant", "uunnnnnnyn", "roleGrant(input: { accountId: \"x\", role: ADMIN, scopeKind: GLOBAL, reason: \"\" })"),
    ("roleRevoke", "uunnnnnnyn", "roleRevoke(input: { grantId: \"x\" })"),
];

/// Mutations of the public schema: everybody may try to sign in and out.
pub(super) const PUBLIC_MUTATIONS: &[(&str, &str)] = &[
    ("signIn", "signIn(input: { email: \"\", password: \"\" }) { userErrors { code } }"),
    ("signInLinkRequest", "signInLinkRequest(input: { email: \"\" }) { userErrors { code } }"),
    ("signInLinkRedeem", "signInLinkRedeem(input: { token: \"\" }) { userErrors { code } }"),
    ("signInCode", "signInCode(input: { code: \"\" }) { userErrors { code } }"),
    ("signOut", "signOut { userErrors { code } }"),
];

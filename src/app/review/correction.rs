//! The claim in whose place its publisher has put another. What ties the two is the publisher's own word: the evidence of
//! the corrected claim names the former one as its place.

use entity::evidence::Model as Evidence;
use entity::id::UseClaimId;

/// What the place of a publisher's word begins with.
const PLACE: &str = "use_claim:";

/// The place of the word that corrects a claim.
pub(in crate::app) fn place(former: UseClaimId) -> String {
    format!("{PLACE}{former}")
}

/// The claim that a piece of evidence corrects, where it is such a word.
pub(in crate::app) fn corrects(evidence: &Evidence) -> Option<UseClaimId> {
    evidence.locator.as_deref()?.strip_prefix(PLACE)?.parse().ok().map(UseClaimId)
}

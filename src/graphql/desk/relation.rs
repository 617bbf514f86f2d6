//! Relations between bodies that wait for a decision.

use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};
use entity::vocabulary as words;

use super::matching::MatchSide;
use crate::app::relations;
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::page::PageInfo;
use crate::graphql::scalar::Date;

/// What one body is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::RelationKind")]
pub enum BodyRelationKind {
    /// The first belongs to the second.
    PartOf,
    /// The second owns the first.
    OwnedBy,
    /// The second took the place of the first.
    SucceededBy,
    /// The first became part of the second.
    MergedInto,
    /// The first came out of the second.
    SplitFrom,
    /// The first took over tasks of the second.
    AbsorbsFunctions,
}

/// Whether a proposal has been decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::Decision")]
pub enum RelationDecision {
    /// It waits; no figure knows of it.
    Proposed,
    /// It holds.
    Accepted,
    /// It does not hold.
    Rejected,
}

/// A relation between two bodies.
pub struct BodyRelation(pub(super) relations::Related);

/// A relation between two bodies.
#[Object]
impl BodyRelation {
    /// Global id, `relation:uuid`.
    async fn id(&self) -> ID {
        id("relation", self.0.row.id.0)
    }

    /// What the first is to the second.
    async fn kind(&self) -> BodyRelationKind {
        self.0.row.kind.into()
    }

    /// Whether it has been decided.
    async fn decision(&self) -> RelationDecision {
        self.0.row.decision.into()
    }

    /// The first body.
    async fn from(&self) -> MatchSide {
        MatchSide(self.0.from.clone(), "organisation")
    }

    /// The second body.
    async fn to(&self) -> MatchSide {
        MatchSide(self.0.to.clone(), "organisation")
    }

    /// From when it holds; null is open.
    async fn valid_from(&self) -> Option<Date> {
        self.0.row.valid_from.map(Date)
    }

    /// Until when it holds; null is open.
    async fn valid_to(&self) -> Option<Date> {
        self.0.row.valid_to.map(Date)
    }

    /// What is to be known of it, such as that its dates are unverified.
    async fn note(&self) -> Option<&str> {
        self.0.row.note.as_deref()
    }
}

/// A relation in a list.
#[derive(SimpleObject)]
pub struct BodyRelationEdge {
    /// The cursor of this relation.
    pub(super) cursor: String,
    /// The relation.
    pub(super) node: BodyRelation,
}

/// Relations between bodies.
#[derive(SimpleObject)]
pub struct BodyRelationConnection {
    /// The relations with their cursors.
    pub(super) edges: Vec<BodyRelationEdge>,
    /// Where the page stands.
    pub(super) page_info: PageInfo,
}

/// A body to which proposed relations lead.
#[derive(SimpleObject)]
pub struct RelationParent {
    /// The body.
    pub(super) body: MatchSide,
    /// How many relations to it wait.
    pub(super) waiting_count: i32,
    /// Whether some say that a body is part of it.
    pub(super) has_parts: bool,
    /// Whether such a one has been decided: from then on figures count for the topmost body by default.
    pub(super) is_decided: bool,
}

/// What `relationsDecide` takes.
#[derive(InputObject)]
pub struct RelationsDecideInput {
    /// The relations: all are decided, or none.
    pub(super) relation_ids: Vec<ID>,
    /// What is decided; `PROPOSED` takes a decision back.
    pub(super) decision: RelationDecision,
    /// From when they hold; kept as it is, when left out.
    pub(super) valid_from: Option<Date>,
    /// Until when they hold; kept as it is, when left out.
    pub(super) valid_to: Option<Date>,
    /// Why; it stands in the public history.
    #[graphql(default)]
    pub(super) reason: String,
    /// Only say what would come of it.
    #[graphql(default)]
    pub(super) dry_run: bool,
}

/// What came of a decision about relations, or would come.
#[derive(SimpleObject)]
pub struct RelationsDecidePayload {
    /// How many were decided; null where nothing was done.
    pub(super) decided_count: Option<i32>,
    /// Accepted use claims on the bodies below: where these relations hold, they count for another body by default.
    pub(super) claim_count: Option<i32>,
    /// Whether figures under that body count for the topmost body (`ROOT`) by default from then on.
    pub(super) becomes_root: Option<bool>,
    /// How many bodies everybody sees from then on that nobody saw before.
    pub(super) shown_body_count: Option<i32>,
    /// How many bodies nobody sees from then on, because no relation that holds leads to them.
    pub(super) hidden_body_count: Option<i32>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

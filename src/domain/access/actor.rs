//! Who is acting.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, OrganisationId, ResponseId, SessionId, StudyId, WaveId};
use entity::vocabulary::{ActorKind, FactorKind, Role, ScopeKind, TokenScope};
use uuid::Uuid;

/// Who a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Actor {
    /// Anybody.
    #[default]
    Anonymous,
    /// Somebody who has signed in, or a program of theirs.
    Account(Account),
    /// Somebody who follows an answer link: answers for one organisation in one wave, and no more.
    Respondent(Respondent),
    /// A part of this program, such as an importer.
    Service(&'static str),
    /// Whoever runs commands on the machine, and so holds the database anyway.
    Operator,
}

/// An account as it acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// The browser it is signed in with; `None` for a program.
    pub session: Option<SessionId>,
    /// What its token is good for; `None` for a browser, which may do all that the account may.
    pub scopes: Option<Vec<TokenScope>>,
    /// Its roles, those that have ended or not begun included, and those that sleep.
    pub grants: Vec<Grant>,
    /// What it has proven itself with besides the first proof, where it has.
    pub factor: Option<FactorKind>,
    /// Whether its roles of staff sleep: a second factor is asked of them, and it has shown none.
    pub is_asleep: bool,
}

impl Account {
    /// The roles that it may use at a moment.
    pub fn held(&self, at: DateTime<Utc>) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.holds_at(at) && !(self.is_asleep && is_staffs(grant.role)))
    }

    /// Whether it has a role at a moment that it cannot use for want of a second factor.
    pub fn sleeps(&self, at: DateTime<Utc>) -> bool {
        self.is_asleep && self.grants.iter().any(|grant| grant.holds_at(at) && is_staffs(grant.role))
    }

    /// The same account as if it had shown a second factor.
    pub(super) fn awake(&self) -> Self {
        Self { is_asleep: false, ..self.clone() }
    }
}

/// Whether a role is one of staff: of those who decide, see what is private, or speak for a public body.
pub fn is_staffs(role: Role) -> bool {
    match role {
        Role::Admin | Role::Curator | Role::Researcher | Role::AgencyLiaison => true,
        Role::Contributor | Role::OrganisationRepresentative | Role::Service => false,
    }
}

/// An answer link as it acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Respondent {
    pub response: ResponseId,
    pub organisation: OrganisationId,
    pub wave: WaveId,
    pub study: StudyId,
}

/// A role, where, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
    pub starts_at: DateTime<Utc>,
    /// `None` is open.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Grant {
    /// Whether it holds at a moment: from its start, until before its end.
    pub fn holds_at(&self, at: DateTime<Utc>) -> bool {
        self.starts_at <= at && self.ends_at.is_none_or(|end| at < end)
    }
}

/// Where a role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Global,
    Study(StudyId),
    Organisation(OrganisationId),
    /// A body and all that belongs to it.
    PublisherSubtree(OrganisationId),
}

impl Scope {
    /// From its stored form; `None` where the two parts do not fit.
    pub fn of(kind: ScopeKind, id: Option<Uuid>) -> Option<Self> {
        Some(match (kind, id) {
            (ScopeKind::Global, None) => Self::Global,
            (ScopeKind::Study, Some(id)) => Self::Study(StudyId(id)),
            (ScopeKind::Organisation, Some(id)) => Self::Organisation(OrganisationId(id)),
            (ScopeKind::PublisherSubtree, Some(id)) => Self::PublisherSubtree(OrganisationId(id)),
            _ => return None,
        })
    }

    /// What sort of place it is.
    pub fn kind(self) -> ScopeKind {
        match self {
            Self::Global => ScopeKind::Global,
            Self::Study(_) => ScopeKind::Study,
            Self::Organisation(_) => ScopeKind::Organisation,
            Self::PublisherSubtree(_) => ScopeKind::PublisherSubtree,
        }
    }

    /// The place, if it is not everywhere.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Global => None,
            Self::Study(id) => Some(id.0),
            Self::Organisation(id) | Self::PublisherSubtree(id) => Some(id.0),
        }
    }

    /// Whether a role may be limited in this way: a representative of everything makes no sense.
    pub fn fits(self, role: Role) -> bool {
        match role {
            Role::Contributor | Role::Curator | Role::Admin | Role::Service => self == Self::Global,
            Role::OrganisationRepresentative => matches!(self, Self::Organisation(_)),
            Role::Researcher => matches!(self, Self::Study(_)),
            Role::AgencyLiaison => matches!(self, Self::PublisherSubtree(_)),
        }
    }
}

impl Actor {
    /// The account, if it is one.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Account(account) => Some(account),
            _ => None,
        }
    }

    /// How its deeds are written down; `None` for a visitor, who does none.
    pub fn kind(&self) -> Option<ActorKind> {
        match self {
            Self::Anonymous => None,
            Self::Account(_) => Some(ActorKind::Account),
            Self::Respondent(_) => Some(ActorKind::Respondent),
            Self::Service(_) => Some(ActorKind::Service),
            Self::Operator => Some(ActorKind::Operator),
        }
    }

    /// Whom its deeds are written down for.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Account(account) => Some(account.id.0),
            Self::Respondent(respondent) => Some(respondent.response.0),
            Self::Anonymous | Self::Service(_) | Self::Operator => None,
        }
    }

    /// Whether the account has a role anywhere at a moment, and may use it.
    pub fn is(&self, role: Role, at: DateTime<Utc>) -> bool {
        self.account().is_some_and(|account| account.held(at).any(|grant| grant.role == role))
    }
}

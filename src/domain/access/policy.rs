//! The matrix of roles and actions. What it does not allow is refused.

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use entity::vocabulary::Role;

use super::{Account, Action, Actor, Grant, Object, Respondent, Scope};

/// What the policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes, on these terms.
    Allowed(Terms),
    /// To this actor there is no such thing.
    NotFound,
    /// The actor may see it and may not do this.
    Forbidden,
    /// The actor has a role for it that sleeps: a second factor is wanted first.
    Asleep,
}

/// On what terms something is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Terms {
    /// It counts once somebody else has reviewed it.
    Reviewed,
    /// It is marked as done from the desk, not by the organisation itself.
    Desk,
    /// As it is.
    Plain,
}

impl Verdict {
    /// Whether it is a yes.
    pub fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// Whether an actor may do something to an object, and on what terms.
pub fn may(actor: &Actor, action: Action, object: &Object) -> Verdict {
    match (judged(actor, action, object), actor) {
        (allowed @ Verdict::Allowed(_), _) => allowed,
        (_, Actor::Account(account)) if account.is_asleep && judged(&awake(account), action, object).is_allowed() => {
            Verdict::Asleep
        }
        (refused, _) => refused,
    }
}

fn awake(account: &Account) -> Actor {
    Actor::Account(account.awake())
}

fn judged(actor: &Actor, action: Action, object: &Object) -> Verdict {
    // What is made new is nothing yet that could be seen.
    if !matches!(action, Action::Propose | Action::Import) && !sees(actor, object) {
        return Verdict::NotFound;
    }
    let allowed = match actor {
        Actor::Anonymous => visitor(action, object),
        Actor::Respondent(respondent) => answering(*respondent, action, object).or(visitor(action, object)),
        Actor::Service(_) => (action == Action::Import).then_some(Terms::Plain).or(visitor(action, object)),
        Actor::Operator => is_operators(action).then_some(Terms::Plain).or(visitor(action, object)),
        Actor::Account(account) if is_in_reach(account, action) => {
            let own = as_anybody(account, action, object);
            let held = account.held(object.at);
            held.filter_map(|grant| by_grant(grant, account, action, object)).chain(own).max()
        }
        Actor::Account(_) => None,
    };
    match allowed {
        Some(terms) => Verdict::Allowed(terms),
        None if sees(actor, object) && !is_of_its_study_alone(action, object) => Verdict::Forbidden,
        None => Verdict::NotFound,
    }
}

/// Whether what is not for everybody is known to those alone who run its study or answer in it: a curator, who sees the
/// claims of a study, is not told by a refusal that there is such a study, wave or response.
fn is_of_its_study_alone(action: Action, object: &Object) -> bool {
    matches!(action, Action::RunWave | Action::AnswerWave) && object.study.is_some() && !object.is_public
}

/// Whether there is anything that an actor may do this to: the sign on the door, before the object is known.
pub fn might(actor: &Actor, action: Action, at: DateTime<Utc>) -> bool {
    match actor {
        Actor::Anonymous => is_visitors(action),
        Actor::Respondent(_) => is_visitors(action) || matches!(action, Action::AnswerWave | Action::SeeAggregateOnly),
        Actor::Service(_) => is_visitors(action) || action == Action::Import,
        Actor::Operator => is_visitors(action) || is_operators(action),
        Actor::Account(account) => {
            let anybodys = is_visitors(action) || is_any_accounts(action) || is_on_ones_own(action);
            let is_held = || account.held(at).any(|grant| reach(grant.role, action).is_some());
            is_in_reach(account, action) && (anybodys || is_held())
        }
    }
}

/// Whether there would be something that an actor might do this to if it showed a second factor.
pub fn might_awake(actor: &Actor, action: Action, at: DateTime<Utc>) -> bool {
    actor.account().is_some_and(|account| account.is_asleep && might(&awake(account), action, at))
}

/// Whether somebody else decides than the one who proposed. Nobody accepts what they proposed.
pub fn is_second_person(decider: AccountId, proposer: Option<AccountId>) -> bool {
    proposer != Some(decider)
}

/// Whether the way in which an account acts is good for an action at all.
fn is_in_reach(account: &Account, action: Action) -> bool {
    match (&account.scopes, action.scope()) {
        (None, _) => true,
        (Some(scopes), Some(needed)) => scopes.contains(&needed),
        (Some(_), None) => false,
    }
}

/// What commands on the machine are for: people, keys and files, but no decision about a fact.
fn is_operators(action: Action) -> bool {
    matches!(
        action,
        Action::Import
            | Action::StartStudy
            | Action::RunWave
            | Action::ReadAccounts
            | Action::ManageAccounts
            | Action::ManageGrants
    )
}

/// What anybody may do to what is public.
fn is_visitors(action: Action) -> bool {
    matches!(action, Action::ReadPublic | Action::Nominate | Action::AskForData | Action::ReportError)
}

/// What everybody who is signed in may do to what is public.
fn is_any_accounts(action: Action) -> bool {
    matches!(action, Action::SupportRequest | Action::ClaimProfile)
}

/// What everybody may do to what is their own.
fn is_on_ones_own(action: Action) -> bool {
    matches!(action, Action::ReadOwnAccount | Action::ManageOwnAccount | Action::WithdrawRequest)
}

fn visitor(action: Action, object: &Object) -> Option<Terms> {
    (is_visitors(action) && object.is_public).then_some(Terms::Plain)
}

/// What an account may do whatever its roles.
fn as_anybody(account: &Account, action: Action, object: &Object) -> Option<Terms> {
    let own = match action {
        Action::WithdrawRequest => object.proposer == Some(account.id),
        _ => is_on_ones_own(action) && object.owner == Some(account.id),
    };
    let free = is_any_accounts(action) && object.is_public;
    (own || free).then_some(Terms::Plain).or(visitor(action, object))
}

fn answering(respondent: Respondent, action: Action, object: &Object) -> Option<Terms> {
    let within = matches!(action, Action::AnswerWave | Action::SeeAggregateOnly);
    (within && is_own(respondent, object)).then_some(Terms::Plain)
}

fn is_own(respondent: Respondent, object: &Object) -> bool {
    object.organisation == Some(respondent.organisation) && object.wave == Some(respondent.wave)
}

/// Where a role may do something, and on what terms.
#[derive(Clone, Copy, Debug)]
enum Reach {
    /// To everything.
    All(Terms),
    /// To what its grant is for.
    Own(Terms),
    /// To what waits for the actor's own decision.
    Queue(Terms),
}

/// The matrix: `None` is no.
#[expect(clippy::match_same_arms, reason = "one line for each role reads as the table it is")]
fn reach(role: Role, action: Action) -> Option<Reach> {
    use Action as A;
    use Reach::{All, Own, Queue};
    use Terms::{Desk, Plain, Reviewed};
    let people = role != Role::Service && role != Role::Admin;
    Some(match (role, action) {
        (_, A::Propose) if people => All(Plain),
        (Role::OrganisationRepresentative | Role::AgencyLiaison, A::EditOrganisation) => Own(Reviewed),
        (Role::Researcher, A::EditOrganisation) => Own(Plain),
        (Role::Curator, A::EditOrganisation | A::DecideClaim | A::ReadQueue | A::DisputeClaim | A::StartStudy) => {
            All(Plain)
        }
        (Role::Curator, A::ReadRequestQueue | A::TriageRequest | A::WithdrawRequest | A::DecideTakeover) => All(Plain),
        (Role::OrganisationRepresentative, A::SupportAsOrganisation | A::WithdrawRequest) => Own(Plain),
        (Role::AgencyLiaison, A::ReadRequestQueue) => Own(Plain),
        (Role::Curator, A::SeeAggregateOnly) => Queue(Plain),
        (Role::Researcher, A::StartStudy) => All(Plain),
        (Role::OrganisationRepresentative, A::AnswerWave | A::SeeAggregateOnly | A::SpeakForOrganisation) => Own(Plain),
        (Role::Researcher, A::AnswerWave) => Own(Desk),
        (Role::Researcher, A::SeeAggregateOnly | A::RecommendClaim | A::RunWave) => Own(Plain),
        (Role::Contributor | Role::OrganisationRepresentative | Role::AgencyLiaison, A::DisputeClaim) => All(Plain),
        (Role::AgencyLiaison, A::ConfirmAsPublisher | A::AnswerRequest | A::ReplyToFeedback) => Own(Plain),
        (Role::Service, A::Import) => All(Plain),
        (Role::Admin, A::ReadAccounts | A::ManageAccounts | A::ManageGrants) => All(Plain),
        _ => return None,
    })
}

fn by_grant(grant: &Grant, account: &Account, action: Action, object: &Object) -> Option<Terms> {
    let terms = match reach(grant.role, action)? {
        Reach::All(terms) => terms,
        Reach::Own(terms) if covers(grant.scope, object) => terms,
        Reach::Queue(terms) if object.reviewer == Some(account.id) => terms,
        Reach::Own(_) | Reach::Queue(_) => return None,
    };
    let decides = matches!(action, Action::DecideClaim | Action::TriageRequest | Action::DecideTakeover);
    (!decides || is_second_person(account.id, object.proposer)).then_some(terms)
}

/// Whether a grant's place holds the object.
fn covers(scope: Scope, object: &Object) -> bool {
    match scope {
        Scope::Global => true,
        Scope::Study(study) => object.study == Some(study),
        Scope::Organisation(organisation) => object.organisation == Some(organisation),
        Scope::PublisherSubtree(body) => object.publishers.contains(&body),
    }
}

/// Whether the actor may know that there is such a thing.
fn sees(actor: &Actor, object: &Object) -> bool {
    let account = match actor {
        Actor::Account(account) => account,
        Actor::Respondent(respondent) => return object.is_public || is_own(*respondent, object),
        Actor::Operator => return true,
        Actor::Anonymous | Actor::Service(_) => return object.is_public,
    };
    let held = || account.held(object.at);
    object.is_public
        || object.owner == Some(account.id)
        || object.proposer == Some(account.id)
        || (object.owner.is_none() && held().any(|g| g.role == Role::Curator || is_of(g.scope, object)))
        || (object.owner.is_some() && held().any(|g| g.role == Role::Admin))
}

fn is_of(scope: Scope, object: &Object) -> bool {
    scope != Scope::Global && covers(scope, object)
}

#[cfg(test)]
mod tests;

//! The whole matrix in one picture, and the cases that it cannot show.

use chrono::TimeDelta;
use entity::id::{OrganisationId, ResponseId, SessionId, StudyId, WaveId};
use entity::vocabulary::TokenScope;
use uuid::Uuid;

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn now() -> DateTime<Utc> {
    "2025-06-30T12:00:00Z".parse().unwrap()
}

fn account(number: u128, roles: &[(Role, Scope)]) -> Actor {
    let grants = roles.iter().map(|(role, scope)| Grant {
        role: *role,
        scope: *scope,
        starts_at: now() - TimeDelta::days(1),
        ends_at: None,
    });
    Actor::Account(Account {
        id: AccountId(id(number)),
        session: Some(SessionId(id(number))),
        scopes: None,
        grants: grants.collect(),
        factor: None,
        is_asleep: false,
    })
}

fn respondent(organisation: u128) -> Actor {
    Actor::Respondent(Respondent {
        response: ResponseId(id(50)),
        organisation: OrganisationId(id(organisation)),
        wave: WaveId(id(30)),
        study: StudyId(id(20)),
    })
}

const OWN: u128 = 10;
const STUDY: u128 = 20;
const BODY: u128 = 40;
const MINISTRY: u128 = 41;

fn organisation(number: u128) -> Scope {
    Scope::Organisation(OrganisationId(id(number)))
}

fn subtree(number: u128) -> Scope {
    Scope::PublisherSubtree(OrganisationId(id(number)))
}

fn study(number: u128) -> Scope {
    Scope::Study(StudyId(id(number)))
}

/// Everyone whom a cell of the matrix is asked for.
fn actors() -> Vec<(&'static str, Actor)> {
    use Role::*;
    vec![
        ("visitor", Actor::Anonymous),
        ("no role", account(1, &[])),
        ("contributor", account(1, &[(Contributor, Scope::Global)])),
        ("rep own", account(1, &[(OrganisationRepresentative, organisation(OWN))])),
        ("rep other", account(1, &[(OrganisationRepresentative, organisation(11))])),
        ("researcher own", account(1, &[(Researcher, study(STUDY))])),
        ("researcher other", account(1, &[(Researcher, study(21))])),
        ("liaison own", account(1, &[(AgencyLiaison, subtree(MINISTRY))])),
        ("liaison other", account(1, &[(AgencyLiaison, subtree(42))])),
        ("curator", account(1, &[(Curator, Scope::Global)])),
        ("admin", account(1, &[(Admin, Scope::Global)])),
        ("service", account(1, &[(Service, Scope::Global)])),
        ("respondent own", respondent(OWN)),
        ("respondent other", respondent(11)),
        ("importer", Actor::Service("import")),
        ("operator", Actor::Operator),
    ]
}

/// A claim about an own organisation, of a body below the own ministry, in the own study.
fn claim(is_public: bool) -> Object {
    let object = if is_public { Object::platform(now()) } else { Object::hidden(now()) };
    let bodies = vec![OrganisationId(id(BODY)), OrganisationId(id(MINISTRY))];
    object
        .about(OrganisationId(id(OWN)))
        .in_study(StudyId(id(STUDY)))
        .in_wave(WaveId(id(30)))
        .under(bodies)
        .proposed_by(AccountId(id(2)))
}

fn cell(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed(Terms::Plain) => "yes",
        Verdict::Allowed(Terms::Reviewed) => "reviewed",
        Verdict::Allowed(Terms::Desk) => "desk",
        Verdict::NotFound => "·",
        Verdict::Forbidden => "no",
        Verdict::Asleep => "asleep",
    }
}

#[test]
fn the_matrix() {
    let mut text = String::new();
    let own = Object::of(AccountId(id(1)), now());
    for (title, object) in [("public object", claim(true)), ("hidden object", claim(false)), ("own account", own)] {
        text.push_str(&format!("{title}\n{:<18}", ""));
        for (name, _) in actors() {
            text.push_str(&format!(" {name:<16}"));
        }
        for action in Action::ALL {
            text.push_str(&format!("\n{:<18}", format!("{action:?}")));
            for (_, actor) in actors() {
                text.push_str(&format!(" {:<16}", cell(may(&actor, *action, &object))));
            }
        }
        text.push_str("\n\n");
    }
    let text: Vec<_> = text.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("the_matrix", text.join("\n"));
}

#[test]
fn the_sign_on_the_door_never_keeps_out_whom_the_lock_lets_in() {
    for (name, actor) in actors() {
        for action in Action::ALL {
            for object in [claim(true), claim(false), Object::of(AccountId(id(1)), now()), Object::platform(now())] {
                if may(&actor, *action, &object).is_allowed() {
                    assert!(might(&actor, *action, now()), "{name} {action:?}");
                }
            }
        }
    }
}

#[test]
fn nobody_decides_what_they_proposed() {
    let curator = account(1, &[(Role::Curator, Scope::Global)]);
    let mine = claim(true).proposed_by(AccountId(id(1)));
    assert_eq!(may(&curator, Action::DecideClaim, &mine), Verdict::Forbidden);
    assert_eq!(may(&curator, Action::DecideClaim, &claim(true)), Verdict::Allowed(Terms::Plain));
    assert!(is_second_person(AccountId(id(1)), None), "what an importer proposed is nobody's own");
    assert!(!is_second_person(AccountId(id(1)), Some(AccountId(id(1)))));
}

#[test]
fn a_curator_sees_what_is_public_in_sums_only_in_the_own_queue() {
    let curator = account(1, &[(Role::Curator, Scope::Global)]);
    let waits_for = |number| claim(false).waiting_for(AccountId(id(number)));
    assert!(may(&curator, Action::SeeAggregateOnly, &waits_for(1)).is_allowed());
    assert_eq!(may(&curator, Action::SeeAggregateOnly, &waits_for(2)), Verdict::Forbidden);
    assert_eq!(may(&curator, Action::SeeAggregateOnly, &claim(false)), Verdict::Forbidden);
}

#[test]
fn a_grant_holds_from_its_start_until_before_its_end() {
    let grant = Grant {
        role: Role::AgencyLiaison,
        scope: subtree(MINISTRY),
        starts_at: now(),
        ends_at: Some(now() + TimeDelta::days(30)),
    };
    let liaison =
        |grants| Account { id: AccountId(id(1)), session: None, scopes: None, grants, factor: None, is_asleep: false };
    let actor = Actor::Account(liaison(vec![grant]));
    let confirms = |at| may(&actor, Action::ConfirmAsPublisher, &Object { at, ..claim(true) });
    assert_eq!(confirms(now() - TimeDelta::microseconds(1)), Verdict::Forbidden);
    assert_eq!(confirms(now()), Verdict::Allowed(Terms::Plain));
    assert_eq!(confirms(now() + TimeDelta::days(30) - TimeDelta::microseconds(1)), Verdict::Allowed(Terms::Plain));
    assert_eq!(confirms(now() + TimeDelta::days(30)), Verdict::Forbidden);
    assert!(!might(&actor, Action::ConfirmAsPublisher, now() + TimeDelta::days(30)));
}

#[test]
fn a_liaison_acts_for_what_belongs_to_its_body_at_that_date() {
    let actor = account(1, &[(Role::AgencyLiaison, subtree(MINISTRY))]);
    let under = |bodies: &[u128]| claim(true).under(bodies.iter().map(|n| OrganisationId(id(*n))).collect());
    let confirms = |bodies: &[u128]| may(&actor, Action::ConfirmAsPublisher, &under(bodies)).is_allowed();
    assert!(confirms(&[MINISTRY]), "the body itself");
    assert!(confirms(&[BODY, MINISTRY]), "what belongs to it");
    assert!(!confirms(&[BODY, 42]), "what has moved to another ministry");
    assert!(!confirms(&[]), "what has no publisher");
}

#[test]
fn a_token_does_only_what_it_is_good_for() {
    let with = |scopes: &[TokenScope]| {
        let Actor::Account(mut one) = account(1, &[(Role::Curator, Scope::Global), (Role::Admin, Scope::Global)])
        else {
            unreachable!()
        };
        (one.session, one.scopes) = (None, Some(scopes.to_vec()));
        Actor::Account(one)
    };
    let own = Object::of(AccountId(id(1)), now());
    assert!(may(&with(&[TokenScope::Curate]), Action::DecideClaim, &claim(true)).is_allowed());
    assert_eq!(may(&with(&[TokenScope::Read]), Action::DecideClaim, &claim(true)), Verdict::Forbidden);
    assert_eq!(may(&with(&[]), Action::ReadPublic, &claim(true)), Verdict::Forbidden);
    for action in Action::ALL.iter().filter(|action| action.scope().is_none()) {
        let all = with(TokenScope::ALL);
        assert!(!may(&all, *action, &own).is_allowed(), "{action:?} needs somebody at the screen");
        assert!(!might(&all, *action, now()), "{action:?}");
    }
}

#[test]
fn a_role_that_fits_no_place_is_refused() {
    let places = [Scope::Global, study(STUDY), organisation(OWN), subtree(BODY)];
    let fitting: Vec<_> = Role::ALL.iter().map(|role| (role.as_str(), places.map(|place| place.fits(*role)))).collect();
    for (role, fits) in fitting {
        assert_eq!(fits.iter().filter(|fits| **fits).count(), 1, "{role} holds in one sort of place");
    }
    assert_eq!(Scope::of(entity::vocabulary::ScopeKind::Study, None), None);
    assert_eq!(Scope::of(entity::vocabulary::ScopeKind::Global, Some(id(1))), None);
}

#[test]
fn an_account_whose_roles_sleep_does_what_one_without_them_may() {
    let own = Object::of(AccountId(id(1)), now());
    for (name, actor) in actors() {
        let Actor::Account(awake) = actor else { continue };
        let asleep = Actor::Account(Account { is_asleep: true, ..awake.clone() });
        let mut bare = awake.clone();
        bare.grants.retain(|grant| !crate::domain::access::is_staffs(grant.role));
        let (awake, bare) = (Actor::Account(awake), Actor::Account(bare));
        for object in [claim(true), claim(false), own.clone()] {
            for action in Action::ALL {
                let (found, without) = (may(&asleep, *action, &object), may(&bare, *action, &object));
                let is_lost = may(&awake, *action, &object).is_allowed() && !without.is_allowed();
                let expected = if is_lost { Verdict::Asleep } else { without };
                assert_eq!(found, expected, "{name}: {action:?}");
                assert!(might(&asleep, *action, now()) == might(&bare, *action, now()), "{name}: {action:?}");
                assert!(!is_lost || might_awake(&asleep, *action, now()), "{name}: {action:?}");
            }
        }
        assert!(may(&asleep, Action::ManageOwnAccount, &own).is_allowed(), "{name} can set one up");
    }
}

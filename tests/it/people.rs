//! People for the tests: accounts with roles, signed in, over a fresh record.

use std::net::IpAddr;
use std::sync::LazyLock;

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use entity::id::{AccountId, OrganisationId, StudyId};
use entity::vocabulary::{Role, ScopeKind};
use od100::app::Error;
use od100::app::access::{Access, account, grant, session, sign_in};
use od100::domain::access::Actor;
use od100::domain::violation::Fault;
use od100::store;

use crate::harness::Base;

/// A password that will do.
pub(crate) const PASSWORD: &str = "cuatro palabras que riman";

/// A hash of it that takes no work: thousands of those that people get would take minutes. How those are made is tested
/// where they are.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let cheap = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap();
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheap);
    hasher.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
});

/// An address that nobody else has.
pub(crate) fn from(last: u8) -> IpAddr {
    IpAddr::from([198, 51, 100, last])
}

/// The use cases of access over a record.
pub(crate) struct People {
    pub(crate) access: std::sync::Arc<Access>,
}

impl People {
    pub(crate) fn over(base: &Base) -> Self {
        Self { access: std::sync::Arc::new(Access::new(base.ctx.clone())) }
    }

    /// An account with a password, `name@example.org`.
    pub(crate) async fn account(&self, name: &str) -> AccountId {
        let new = account::New {
            email: format!("{name}@example.org"),
            display_name: name.to_owned(),
            lang: "en".to_owned(),
            password: None,
        };
        let id = account::create(&self.access, &Actor::Operator, new, None).await.unwrap().id;
        let ctx = &self.access.ctx;
        let transaction = store::begin(&ctx.db).await.unwrap();
        store::access::account::set_password(&transaction, id, HASH.clone(), ctx.now()).await.unwrap();
        transaction.commit().await.unwrap();
        id
    }

    /// Gives it a role.
    pub(crate) async fn give(&self, account: AccountId, role: Role, scope: Option<uuid::Uuid>) -> grant::Grant {
        let new =
            grant::New { account, role, scope_kind: kind(role), scope_id: scope, ..grant_for_tests(account, role) };
        grant::give(&self.access, &Actor::Operator, new, None).await.unwrap()
    }

    /// Signs in by password; who the browser is then, and what it keeps.
    pub(crate) async fn sign_in(&self, name: &str) -> (Actor, String) {
        let email = format!("{name}@example.org");
        let done = sign_in::by_password(&self.access, &Actor::Anonymous, from(1), &email, PASSWORD).await.unwrap();
        let done = done.signed_in().expect("no second factor is set");
        let secret = done.secret.expose().to_owned();
        (self.actor(&secret).await, secret)
    }

    /// Who a browser is.
    pub(crate) async fn actor(&self, secret: &str) -> Actor {
        session::actor(&self.access, secret).await.unwrap()
    }

    /// An account with a role, signed in.
    pub(crate) async fn with_role(&self, name: &str, role: Role, scope: Option<uuid::Uuid>) -> (Actor, String) {
        let account = self.account(name).await;
        self.give(account, role, scope).await;
        self.sign_in(name).await
    }
}

/// A role to be given now and for good.
pub(crate) fn grant_for_tests(account: AccountId, role: Role) -> grant::New {
    grant::New {
        account,
        role,
        scope_kind: kind(role),
        scope_id: None,
        starts_at: None,
        ends_at: None,
        reason: "for the tests".to_owned(),
    }
}

fn kind(role: Role) -> ScopeKind {
    match role {
        Role::Researcher => ScopeKind::Study,
        Role::OrganisationRepresentative => ScopeKind::Organisation,
        Role::AgencyLiaison => ScopeKind::PublisherSubtree,
        Role::Contributor | Role::Curator | Role::Admin | Role::Service => ScopeKind::Global,
    }
}

/// An organisation and the study of the small record.
pub(crate) async fn places(base: &Base) -> (OrganisationId, StudyId) {
    use sea_orm::EntityTrait;
    base.take(crate::harness::header(), vec![crate::harness::organisation(1)]).await.unwrap();
    let db = base.raw().await;
    let organisation = entity::organisation::Entity::find().one(&db).await.unwrap().unwrap();
    let study = entity::study::Entity::find().one(&db).await.unwrap().unwrap();
    (organisation.entity_id, study.entity_id)
}

/// The fault of the first field that was refused.
pub(crate) fn fault<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Fault {
    match outcome {
        Err(Error::Invalid(violations)) => violations[0].fault,
        other => panic!("{other:?}"),
    }
}

//! A study with an open wave, run by a researcher, over the small record.

use std::collections::BTreeMap;

use entity::id::ResponseId;
use entity::vocabulary::{AccessMode, CaseKind, Criticality, Frame, Missing, ResponseStatus, Role, RowVisibility};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{Filter, step};
use od100::app::survey::answer;
use od100::app::survey::link::{self, Followed};
use od100::app::survey::save::{self, Said};
use od100::app::survey::{instrument, invite, study};
use od100::domain::access::Actor;
use od100::domain::instrument::{Given, Named, Use, Value};
use od100::domain::secret::Secret;
use od100::store;

use crate::harness::{self, Base, day};
use crate::people::People;

/// A name, an address and a text that must never come out.
pub(crate) const PRIVATE: [&str; 3] = ["Canaria Secreta", "canary-contact@example.org", "canary-answer-77"];

/// All that the tests of surveys begin with.
pub(crate) struct Field {
    pub(crate) base: Base,
    pub(crate) people: People,
    pub(crate) researcher: Actor,
    pub(crate) study: study::Study,
    pub(crate) wave: study::Wave,
}

fn both(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("es".to_owned(), text.to_owned()), ("en".to_owned(), text.to_owned())])
}

pub(crate) fn new_study() -> study::New {
    study::New {
        title: both("Un estudio abierto"),
        country: "MX".to_owned(),
        licence: "CC BY 4.0".to_owned(),
        licence_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        attribution: "El estudio".to_owned(),
        url: "https://example.org/estudio".to_owned(),
    }
}

/// A study of somebody else.
pub(crate) fn another_study() -> study::New {
    study::New { title: both("Otro estudio"), ..new_study() }
}

pub(crate) fn new_wave(study: &study::Study, instrument: entity::id::InstrumentId) -> study::NewWave {
    study::NewWave {
        study: study.entity_id,
        title: both("Ola 2025"),
        population: both("Quienes usan datos"),
        opens_on: day("2025-06-01"),
        closes_on: Some(day("2025-12-31")),
        frame: Frame::List,
        instrument,
        takes_nominations: true,
    }
}

impl Field {
    pub(crate) async fn over(base: Base) -> Self {
        let organisations = (0..4).map(harness::organisation).collect();
        base.take(harness::header(), organisations).await.unwrap();
        let people = People::over(&base);
        let (curator, _) = people.with_role("carla", Role::Curator, None).await;
        let study = study::create(&base.ctx, &curator, new_study(), None).await.unwrap();
        let (researcher, _) = people.with_role("rosa", Role::Researcher, Some(study.entity_id.0)).await;
        let draft = instrument::fork(&base.ctx, &researcher, (study.entity_id, None), None).await.unwrap();
        let published = instrument::publish(&base.ctx, &researcher, draft.id).await.unwrap();
        let wave = study::wave_create(&base.ctx, &researcher, new_wave(&study, published.id), None).await.unwrap();
        let wave = study::wave_open(&base.ctx, &researcher, wave.entity_id).await.unwrap();
        Self { base, people, researcher, study, wave }
    }

    /// Invites one organisation that is new to the record; its response and link.
    pub(crate) async fn invite(&self, name: &str) -> (ResponseId, Secret) {
        self.invite_at(name, PRIVATE[1]).await
    }

    /// The same of somebody with an address.
    pub(crate) async fn invite_at(&self, name: &str, address: &str) -> (ResponseId, Secret) {
        let person = PRIVATE[0];
        let list = format!("name,contact,email\n{name},{person},{address}\n");
        let mut invited =
            invite::invite(&self.base.ctx, &self.researcher, &self.wave, &list, invite::How::default()).await.unwrap();
        let one = invited.pop().unwrap();
        (one.response, one.secret.unwrap())
    }

    /// How far a response has come.
    pub(crate) async fn status(&self, id: ResponseId) -> ResponseStatus {
        store::survey::response::by_id(&self.base.ctx.db, id).await.unwrap().unwrap().status
    }

    pub(crate) async fn follow(&self, secret: &Secret) -> Followed {
        link::follow(&self.base.ctx, secret.expose()).await.unwrap()
    }

    /// A dataset of the small record.
    pub(crate) async fn dataset(&self) -> entity::id::DatasetId {
        use sea_orm::EntityTrait;
        let all = entity::dataset::Entity::find().all(&self.base.raw().await).await.unwrap();
        all.iter().find(|row| !row.is_series).unwrap().entity_id
    }
}

pub(crate) fn said(question: &str, value: Value) -> Said {
    Said { question: question.to_owned(), given: Some(Given::Value(value)), ..Said::default() }
}

/// What the question of who answers is told.
pub(crate) fn who(name: &str, email: &str, may: bool) -> Said {
    Said { person: Some((name.to_owned(), email.to_owned())), ..said("contact", Value::Consent(may)) }
}

pub(crate) fn choice(question: &str, id: &str) -> Said {
    said(question, Value::Choice(id.to_owned()))
}

pub(crate) fn uses(what: Named) -> Use {
    Use {
        what,
        publisher: None,
        criticality: Criticality::Core,
        access: AccessMode::Api,
        since: Some(2019),
        rating: Some(3),
    }
}

/// Why there is no answer to a question.
pub(crate) fn missing(question: &str, code: Missing) -> Said {
    Said { question: question.to_owned(), given: Some(Given::Missing(code)), ..Said::default() }
}

/// Answers to all that has to be answered, with one private text.
pub(crate) async fn mandatory(field: &Field, display: bool) -> Vec<Said> {
    let rows =
        vec![uses(Named::Dataset(field.dataset().await)), uses(Named::Unlisted("Precios de combustibles".into()))];
    vec![
        said("name", Value::Text("Datos del Sur".into())),
        choice("kind", "company"),
        choice("size", "11-50"),
        choice("sector", "energy"),
        said("uses", Value::Uses(rows)),
        said("use_types", Value::Choices(vec!["product_service".into()])),
        Said { visibility: Some(RowVisibility::Private), ..choice("data_share", "26-50") },
        said("industry", Value::Text(PRIVATE[2].into())),
        said("sdg", Value::Choices(vec!["7".into(), "13".into()])),
        said("sdg_why", Value::Text("Medimos emisiones".into())),
        choice("revenue", "5m-20m"),
        said("display", Value::Consent(display)),
    ]
}

/// Saves and sends all that has to be answered.
pub(crate) async fn send(field: &Field, link: &Followed, display: bool) {
    save::save(&field.base.ctx, link, mandatory(field, display).await, None).await.unwrap();
    answer::submit(&field.base.ctx, link).await.unwrap();
}

/// Decides on all that waits of some kinds, consent to be shown first: without it the rest is for sums only.
pub(crate) async fn accept_all(field: &Field, kinds: &[CaseKind]) {
    let ctx = &field.base.ctx;
    let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
    let mine = curator.account().unwrap().id;
    let open = Filter { is_open: Some(true), ..Filter::default() };
    let mut cases = store::review::page(&ctx.db, &open, None, 1_000).await.unwrap();
    cases.sort_by_key(|case| case.kind != CaseKind::Display);
    for case in cases {
        if case.kind != CaseKind::Display && !kinds.contains(&case.kind) {
            continue;
        }
        let case = step::assign(ctx, &curator, (case.id, case.version), Some(mine)).await.unwrap();
        let decision = Decision { verdict: Verdict::Accept, reason: String::new(), target: None };
        decide::decide(ctx, &curator, (case.id, case.version), decision).await.unwrap();
    }
}

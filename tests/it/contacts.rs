//! Nobody's address or telephone number becomes public, whoever writes it and wherever: the texts of the table in
//! `docs/security.md`, one by one; and what came in before anybody was asked to leave such things out.

use entity::vocabulary::{
    AccessMode, CaseKind, Criticality, Decision, FeedbackState, RelationKind, Role, RowVisibility,
};
use od100::app::demand::submit;
use od100::app::door::Door;
use od100::app::feedback::{self, Look, Reply};
use od100::app::rearrange::{self, Plan};
use od100::app::review::decide::{self, Verdict};
use od100::app::review::propose::{self, New, NewImpact, NewUse};
use od100::app::review::{case, names};
use od100::app::survey::{answer, save, study};
use od100::app::{Context, Error, relations};
use od100::domain::access::Actor;
use od100::domain::feedback::Words;
use od100::domain::instrument::{Given, Value};
use od100::domain::review::{Field as Corrected, Proposed, Subject, Target};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::api_harness::Api;
use crate::harness::on_each_database;
use crate::people::from;
use crate::publisher_harness::Ministry;
use crate::review_duplicates::{organisation, proposed};
use crate::survey_harness::{Field, mandatory, new_study, said};

const SAID: &str = "Llame al 55 1234 5678 o escriba a a@private-m.example";

/// The fields that are wrong.
fn refused<T: std::fmt::Debug>(what: &str, outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Invalid(faults)) => {
            assert!(faults.iter().all(|fault| fault.message.contains("will be public")), "{what}: {faults:?}");
            faults.into_iter().map(|fault| fault.field).collect()
        }
        other => panic!("{what}: {other:?}"),
    }
}

fn decision(verdict: Verdict, reason: &str) -> decide::Decision {
    decide::Decision { verdict, reason: reason.to_owned(), target: None }
}

/// Everything that anybody has written and that is not private, as it stands in the record.
async fn published(ministry: &Ministry) -> String {
    let mut all = String::new();
    let db = ministry.base.raw().await;
    for row in entity::organisation::Entity::find().all(&db).await.unwrap() {
        all.push_str(&format!("{} {:?} {:?}\n", row.name, row.description, row.visibility));
    }
    for row in entity::dataset_feedback::Entity::find().all(&db).await.unwrap() {
        if row.visibility == RowVisibility::Public {
            all.push_str(&format!("{:?} {:?}\n", row.comment, row.reply));
        }
    }
    all
}

async fn propose_all(
    ctx: &Context,
    who: &Actor,
    (company, dataset): (entity::id::OrganisationId, entity::id::DatasetId),
) {
    let said = || Some(SAID.to_owned());
    let of = async |new: New| propose::propose(ctx, who, new, None, None).await;
    let Proposed::Organisation { lang, kind, cited: source, .. } = organisation("x", None) else { panic!() };
    let whole = Proposed::Organisation {
        name: format!("Datos {SAID}"),
        lang: lang.clone(),
        kind,
        website: None,
        description: said(),
        sector: None,
        area: Some("MX-JAL".to_owned()),
        locality: said(),
        cited: source.clone(),
    };
    assert_eq!(refused("organisation", of(New::Content(whole)).await), ["name", "description", "locality"]);
    let set = Proposed::Dataset {
        title: SAID.to_owned(),
        lang: lang.clone(),
        publisher: company,
        landing_page: None,
        description: said(),
        cited: source.clone(),
    };
    assert_eq!(refused("dataset", of(New::Content(set)).await), ["title", "description"]);
    for (subject, field) in [
        (Subject::Organisation(company), Corrected::Name),
        (Subject::Organisation(company), Corrected::Description),
        (Subject::Dataset(dataset), Corrected::Licence),
    ] {
        let correction =
            Proposed::Correction { subject, field, value: SAID.to_owned(), lang: lang.clone(), cited: None };
        assert_eq!(refused("correction", of(New::Content(correction)).await), ["value"], "{field:?}");
    }
    let quoted = od100::domain::review::Cited { title: SAID.to_owned(), quote: said(), ..source.clone() };
    let used = NewUse {
        organisation: company,
        target: Target::Dataset(dataset),
        purpose: said(),
        lang: lang.clone(),
        criticality: Criticality::Core,
        access: AccessMode::Api,
        since: None,
        cited: quoted,
    };
    assert_eq!(refused("use", of(New::Use(used)).await), ["evidenceTitle", "evidenceQuote", "purpose"]);
    let impact = NewImpact {
        organisation: company,
        dimension: "sdg".to_owned(),
        code: "13".to_owned(),
        rationale: said(),
        lang,
        cited: source,
    };
    assert_eq!(refused("impact", of(New::Impact(impact)).await), ["rationale"]);
}

on_each_database! {
    async fn whoever_writes_for_everybody_leaves_contacts_out(base) {
        let ministry = Ministry::over(base, 2).await;
        let ctx = &ministry.base.ctx;
        let db = ministry.base.raw().await;
        let company = entity::organisation::Entity::find().all(&db).await.unwrap();
        let company = company.iter().find(|row| row.slug.starts_with("compania")).unwrap().entity_id;
        let dataset = entity::dataset::Entity::find().all(&db).await.unwrap().into_iter().find(|row| !row.is_series).unwrap();
        let coco = ministry.town.people.with_role("coco", Role::Contributor, None).await.0;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        propose_all(ctx, &coco, (company, dataset.entity_id)).await;

        let words = |comment: &str| Words { rating: Some(2), comment: Some(comment.to_owned()), ..Words::default() };
        let say = async |comment: &str| {
            let new = feedback::New { dataset: dataset.slug.clone(), words: words(comment), lang: "es".into() };
            feedback::submit(ctx, &Actor::Anonymous, (&Door::new(9, 99), from(1)), new, None).await
        };
        assert_eq!(refused("feedback", say(SAID).await), ["comment"]);
        say("Llega tarde").await.unwrap();
        let one = entity::dataset_feedback::Entity::find().one(&db).await.unwrap().unwrap().entity_id;
        ministry.base.tick();
        feedback::moderate(ctx, &cleo, &Look { feedback: one, seen: None, is_shown: true, reason: None }).await.unwrap();
        let publisher = entity::organisation::Entity::find_by_id(dataset.publisher_id).one(&db).await.unwrap().unwrap();
        let account = ministry.town.people.account("lia").await;
        ministry.town.people.give(account, Role::AgencyLiaison, Some(publisher.entity_id.0)).await;
        let lia = ministry.town.people.sign_in("lia").await.0;
        let answer = Reply { feedback: one, state: FeedbackState::Acknowledged, reply: Some(SAID.to_owned()), fixed_on: None, seen: None };
        assert_eq!(refused("reply", feedback::reply(ctx, &lia, &answer, None).await), ["reply"]);

        let wish = submit::New {
            title: SAID.to_owned(),
            description: SAID.to_owned(),
            purpose: SAID.to_owned(),
            blocking: Some(entity::vocabulary::BlockingReason::NotPublished),
            lang: "es".to_owned(),
            ..submit::New::default()
        };
        let asked = submit::submit(ctx, &Actor::Anonymous, (&Door::new(9, 99), from(2)), wish, None).await;
        assert_eq!(refused("request", asked), ["title", "description", "purpose"]);

        let researcher = ministry.town.people.with_role("rita", Role::Curator, None).await.0;
        let titled = study::New { attribution: SAID.to_owned(), ..new_study() };
        assert_eq!(refused("study", study::create(ctx, &researcher, titled, None).await), ["attribution"]);

        // Reasons stand in the public history.
        let case = proposed(&ministry.base, &coco, organisation("Ríos del Norte", None)).await;
        let why = decision(Verdict::Reject, SAID);
        assert_eq!(refused("decision", decide::decide(ctx, &cleo, (case.id, case.version), why).await), ["reason"]);
        let split = Plan::DatasetSplit { from: dataset.entity_id, title: SAID.to_owned(), use_claims: vec![entity::id::UseClaimId(uuid::Uuid::nil())] };
        assert_eq!(refused("split", rearrange::perform(ctx, &cleo, &split, SAID, None).await), ["reason", "title"]);
        let verdict = relations::Verdict { decision: Some(Decision::Accepted), reason: SAID.to_owned(), ..Default::default() };
        let kinds = [RelationKind::PartOf];
        let relation = relations::page(ctx, &cleo, (Decision::Accepted, None, &kinds), None, 1).await.unwrap();
        assert_eq!(refused("relation", relations::decide(ctx, &cleo, relation[0].row.id, &verdict).await), ["reason"]);
        assert!(!published(&ministry).await.contains("private-m"));
    }

    async fn what_came_in_before_is_not_published(base) {
        let ministry = Ministry::over(base, 2).await;
        let ctx = &ministry.base.ctx;
        let db = ministry.base.raw().await;
        let coco = ministry.town.people.with_role("coco", Role::Contributor, None).await.0;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        let waits = proposed(&ministry.base, &coco, organisation("Ríos del Norte", None)).await;
        // As it was taken before the rule.
        let content = waits.content.clone().unwrap().replace("\"description\":null", &format!("\"description\":\"{SAID}\""));
        assert!(content.contains(SAID), "{content}");
        let mut old: entity::review_case::ActiveModel = entity::review_case::Entity::find_by_id(waits.id).one(&db).await.unwrap().unwrap().into();
        old.content = sea_orm::ActiveValue::Set(Some(content));
        entity::review_case::Entity::update(old).exec(&db).await.unwrap();
        let sheet = case::sheet(ctx, &cleo, waits.id, "es").await.unwrap();
        assert!(matches!(&sheet.outlook, case::Outlook::Stuck(why) if why.contains("'description'")), "{:?}", sheet.outlook);
        let done = decide::decide(ctx, &cleo, (waits.id, waits.version), decision(Verdict::Accept, "")).await;
        assert!(matches!(&done, Err(Error::Conflict(why)) if why.contains("telephone number")), "{done:?}");
        let many = decide::decide_many(ctx, &cleo, &[(waits.id, waits.version)], decision(Verdict::Accept, ""), true).await.unwrap();
        assert!(many[0].1.is_err(), "{many:?}");
        assert!(!published(&ministry).await.contains("private-m"));
        let no = decide::decide(ctx, &cleo, (waits.id, waits.version), decision(Verdict::Reject, "names a person")).await.unwrap();
        assert_eq!(no.case.kind, CaseKind::Organisation);

        let slug = entity::dataset::Entity::find().all(&db).await.unwrap().into_iter().find(|row| !row.is_series).unwrap().slug;
        let words = Words { rating: Some(1), comment: Some("Tarde".to_owned()), ..Words::default() };
        let new = feedback::New { dataset: slug, words, lang: "es".into() };
        feedback::submit(ctx, &Actor::Anonymous, (&Door::new(9, 99), from(1)), new, None).await.unwrap();
        ministry.run(&format!("update dataset_feedback set comment = '{SAID}'")).await;
        let one = entity::dataset_feedback::Entity::find().one(&db).await.unwrap().unwrap().entity_id;
        ministry.base.tick();
        let look = |is_shown: bool| Look { feedback: one, seen: None, is_shown, reason: (!is_shown).then(|| "names a person".to_owned()) };
        let shown = feedback::moderate(ctx, &cleo, &look(true)).await;
        assert!(matches!(&shown, Err(Error::Conflict(why)) if why.contains("telephone number")), "{shown:?}");
        feedback::moderate(ctx, &cleo, &look(false)).await.unwrap();
        assert!(!published(&ministry).await.contains("private-m"));
    }

    async fn answers_leave_contacts_out_where_they_are_sent_and_where_they_are_decided(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (_, secret) = field.invite("Datos del Sur").await;
        let link = field.follow(&secret).await;
        let mut answers = mandatory(&field, true).await;
        // Who sees the one is everybody, who sees the other is nobody.
        answers.extend([said("example", Value::Text(SAID.to_owned())), said("industry", Value::Text("55 1234 5678".to_owned()))]);
        save::save(ctx, &link, answers, None).await.unwrap();
        let kept = answer::state(ctx, &link).await.unwrap().answers["example"].given.clone();
        assert_eq!(kept, Given::Value(Value::Text(SAID.to_owned())), "what was typed is not lost");
        let api = Api::over(&field.base).await;
        for (lang, sentence) in [("en", "will be public, and &#39;"), ("es", "será público, y «")] {
            for below in ["review", "step/all"] {
                let page = api.get(&format!("/answer/{}/{below}?lang={lang}", secret.expose())).await.1;
                let page = page.replace('\'', "&#39;");
                assert!(page.contains(sentence) && page.contains("a@private-m.example"), "{below}: {page}");
            }
        }
        let sent = answer::submit(ctx, &link).await;
        assert!(matches!(&sent, Err(Error::Invalid(faults)) if faults[0].message.contains("'a@private-m.example'")), "{sent:?}");
        assert_eq!(refused("answer", sent), ["example"]);
        save::save(ctx, &link, vec![said("example", Value::Text("Un tablero de lluvias".to_owned()))], None).await.unwrap();
        answer::submit(ctx, &link).await.unwrap();

        // One that came before the rule.
        let db = field.base.raw().await;
        let old = format!("update proposal set content = replace(content, 'Un tablero de lluvias', '{SAID}')");
        db.execute_unprepared(&old).await.unwrap();
        let cleo = field.people.with_role("cleo", Role::Curator, None).await.0;
        let cases = entity::review_case::Entity::find().all(&db).await.unwrap();
        let display = cases.iter().find(|case| case.kind == CaseKind::Display).unwrap();
        decide::decide(ctx, &cleo, (display.id, display.version), decision(Verdict::Accept, "")).await.unwrap();
        let mut stopped = 0;
        for case in cases.iter().filter(|case| case.kind == CaseKind::Attribute) {
            let done = decide::decide(ctx, &cleo, (case.id, case.version), decision(Verdict::Accept, "")).await;
            stopped += u8::from(matches!(&done, Err(Error::Conflict(why)) if why.contains("telephone number")));
        }
        assert_eq!(stopped, 1);
    }

    async fn what_is_recorded_and_has_no_page_is_found_by_its_name(base) {
        let ministry = Ministry::over(base, 1).await;
        let ctx = &ministry.base.ctx;
        let coco = ministry.town.people.with_role("coco", Role::Contributor, None).await.0;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        let case = proposed(&ministry.base, &coco, organisation("Ríos del Norte", None)).await;
        assert!(names::target_at(ctx, &coco, "Ríos del Norte").await.unwrap().is_none(), "nobody has accepted it");
        let done = decide::decide(ctx, &cleo, (case.id, case.version), decision(Verdict::Accept, "")).await.unwrap();
        let made = done.case.organisation_id.unwrap();
        for typed in ["Ríos del Norte", "rios del norte", "rios-del-norte", "/organisations/rios-del-norte"] {
            assert_eq!(names::target_at(ctx, &coco, typed).await.unwrap(), Some(Target::Publisher(made)), "{typed}");
        }
        let own = propose::own(ctx, &coco, "es").await.unwrap();
        assert_eq!(own[0].made.as_deref(), Some("rios-del-norte"));
        let town = crate::desk_harness::Town::over(&ministry.base).await;
        let page = town.signed_in("coco").await.get("/desk/propose?lang=en").await.text();
        assert!(page.contains("It has a page once a use of data of it is accepted."), "{page}");
        assert!(page.contains("/desk/propose/use?about=%2Forganisations%2Frios-del-norte&amp;lang=en"), "{page}");
        // Who has asked not to be shown is found by nobody's guess.
        ministry.run("update organisation set consent = 'no' where slug = 'rios-del-norte'").await;
        assert!(names::target_at(ctx, &coco, "Ríos del Norte").await.unwrap().is_none());
    }
}

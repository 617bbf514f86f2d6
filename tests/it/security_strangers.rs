//! What is hidden is as if it were not there: to everybody who has no part in it, what is asked of a record that is hidden
//! is answered as what is asked of one that never was, word for word.

use std::collections::BTreeMap;

use entity::vocabulary::{CaseKind, ProposalKind, Role, RowVisibility};
use od100::app::survey::{answer, invite, save, study};
use od100::domain::instrument::Value as Said;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::desk_harness::{Browser, Town};
use crate::harness::{self, Base, on_each_database};
use crate::survey_harness::{Field, PRIVATE, another_study, mandatory, said};

/// The name of an organisation that was invited and is not to be known.
const NAME: &str = "Cooperativa Canaria Oculta";
/// What it is called in addresses.
const SLUG: &str = "cooperativa-canaria-oculta";
/// An address that nobody has.
const NOBODY: &str = "cooperativa-que-nunca-existio";
/// An id that nothing has.
const NEVER: &str = "00000000-0000-7000-8000-00000000cafe";

/// Everything hidden that a stranger may try the id of.
struct Hidden {
    ids: BTreeMap<&'static str, Uuid>,
}

/// An organisation that was invited, has answered, and is shown to nobody yet.
async fn hide(field: &Field) -> Hidden {
    let ctx = &field.base.ctx;
    let list = format!("name,contact,email\n{NAME},{},{}\n", PRIVATE[0], PRIVATE[1]);
    let mut invited = invite::invite(ctx, &field.researcher, &field.wave, &list, invite::How::default()).await.unwrap();
    let one = invited.pop().unwrap();
    let link = field.follow(&one.secret.unwrap()).await;
    let mut answers = mandatory(field, true).await;
    answers[0] = said("name", Said::Text(NAME.to_owned()));
    answers.push(said("example", Said::Text(PRIVATE[2].to_owned())));
    save::save(ctx, &link, answers, None).await.unwrap();
    answer::submit(ctx, &link).await.unwrap();
    let db = field.base.raw().await;
    let organisation = link.response.organisation_id;
    let row = entity::organisation::Entity::find_by_id(organisation).one(&db).await.unwrap().unwrap();
    assert_eq!((row.slug.as_str(), row.visibility), (SLUG, RowVisibility::Private));
    let use_claim = entity::use_claim::Entity::find()
        .filter(entity::use_claim::Column::OrganisationId.eq(organisation))
        .one(&db)
        .await
        .unwrap()
        .unwrap();
    let impact = entity::impact_claim::Entity::find()
        .filter(entity::impact_claim::Column::OrganisationId.eq(organisation))
        .one(&db)
        .await
        .unwrap()
        .unwrap();
    let proposals = entity::proposal::Entity::find().all(&db).await.unwrap();
    let proposal = proposals.iter().find(|one| one.kind == ProposalKind::Observation).unwrap();
    let cases = entity::review_case::Entity::find().all(&db).await.unwrap();
    let case = cases.iter().find(|one| one.kind == CaseKind::UseClaim).unwrap();
    let invitation = entity::invitation::Entity::find().one(&db).await.unwrap().unwrap();
    // A value of a shown organisation, for sums only.
    let sealed = entity::indicator_observation::Entity::find()
        .all(&db)
        .await
        .unwrap()
        .into_iter()
        .find(|one| one.organisation_id.is_some())
        .unwrap();
    assert_eq!(sealed.visibility, RowVisibility::AggregateOnly);
    let rating = entity::dataset_feedback::Entity::find().one(&db).await.unwrap().unwrap();
    let ids = BTreeMap::from([
        ("organisation", organisation.0),
        ("response", link.response.entity_id.0),
        ("use_claim", use_claim.entity_id.0),
        ("impact_claim", impact.entity_id.0),
        ("observation", sealed.entity_id.0),
        ("proposal", proposal.id.0),
        ("case", case.id.0),
        ("invitation", invitation.id.0),
        ("feedback", rating.entity_id.0),
    ]);
    Hidden { ids }
}

/// Addresses with the place of an id or of a last part.
fn paths() -> Vec<String> {
    let mut all: Vec<String> = [
        "/organisations/{slug}",
        "/organisations/{slug}?lang=en&asOf=2025-06-02",
        "/publishers/{slug}",
        "/organisations/{slug}/history",
        "/organisations/{slug}/history.json",
        "/publishers/{slug}/history",
        "/preview/organisations/{slug}.png",
        "/preview/publishers/{slug}.png",
        "/explore?view=table&organisation={slug}",
        "/explore?q={slug}",
        "/report?about=/organisations/{slug}",
        "/desk/claims?about=/organisations/{slug}",
        "/desk/claims?about=/publishers/{slug}",
        "/desk/propose/evidence?about=/organisations/{slug}",
        "/desk/propose/correction?field=name&about=/organisations/{slug}",
        "/desk/propose/use?about=/organisations/{slug}",
        "/desk/takeover?of=/organisations/{slug}",
        "/desk/review/{case}",
        "/desk/claims/use/{use_claim}",
        "/desk/claims/impact/{impact_claim}",
        "/desk/claims/observation/{observation}",
        "/desk/publisher/claims/{use_claim}",
        "/desk/responses/{response}",
        "/desk/requests/{proposal}",
        "/desk/matches/{organisation}",
        "/desk/accounts/{organisation}",
        "/desk/review?organisation={organisation}",
    ]
    .map(str::to_owned)
    .into();
    for kind in
        ["organisation", "use_claim", "impact_claim", "observation", "response", "proposal", "case", "invitation"]
    {
        all.push(format!("/id/{kind}/{{{kind}}}"));
    }
    for what in ["organisations", "claims", "publishers", "datasets", "observations", "flow", "counts"] {
        all.push(format!("/download/{what}.csv?organisation={{slug}}"));
        all.push(format!("/download/{what}.json?q={{slug}}"));
    }
    all
}

/// Questions and mutations with the place of an id: of the public schema, or of the desk.
const ASKED: &[(bool, &str)] = &[
    (false, "{ node(id: \"organisation:{organisation}\") { __typename } }"),
    (false, "{ node(id: \"use_claim:{use_claim}\") { __typename } }"),
    (false, "{ node(id: \"impact_claim:{impact_claim}\") { __typename } }"),
    (false, "{ node(id: \"observation:{observation}\") { __typename } }"),
    (false, "{ organisation(slug: \"{slug}\") { name } }"),
    (false, "{ organisation(slug: \"{slug}\", knownAt: \"2025-06-02T00:00:00Z\") { name } }"),
    (false, "{ publisher(slug: \"{slug}\") { name } }"),
    (false, "{ search(text: \"{slug}\") { hits { title } } }"),
    (false, "{ network(kind: ORGANISATION, slug: \"{slug}\", depth: 2, first: 50) { nodes { label } } }"),
    (
        false,
        "mutation { evidenceAdd(input: { claimId: \"use_claim:{use_claim}\", evidence: { url: \"https://example.org/a\", kind: NEWS } }) { userErrors { code field message } } }",
    ),
    (
        false,
        "mutation { evidenceAdd(input: { claimId: \"observation:{observation}\", evidence: { url: \"https://example.org/a\", kind: NEWS } }) { userErrors { code field message } } }",
    ),
    (
        false,
        "mutation { correctionPropose(input: { subjectId: \"organisation:{organisation}\", field: \"name\", value: \"Otra\", lang: ES }) { userErrors { code field message } } }",
    ),
    (
        false,
        "mutation { impactClaimPropose(input: { organisationId: \"organisation:{organisation}\", dimension: \"sdg\", code: \"1\", lang: ES, evidence: { url: \"https://example.org/a\", kind: NEWS } }) { userErrors { code field message } } }",
    ),
    (true, "{ response(id: \"response:{response}\") { id } }"),
    (true, "{ reviewCase(id: \"case:{case}\") { note } }"),
    (true, "{ requestCase(id: \"request:{proposal}\") { __typename } }"),
    (true, "{ matchesOf(recordId: \"organisation:{organisation}\") { __typename } }"),
    (
        true,
        "{ mergePreview(keptId: \"organisation:{organisation}\", goneId: \"organisation:{organisation}\") { __typename } }",
    ),
    (
        true,
        "mutation { claimDispute(input: { claimId: \"use_claim:{use_claim}\", reason: \"No\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { claimDispute(input: { claimId: \"impact_claim:{impact_claim}\", reason: \"No\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { claimDispute(input: { claimId: \"observation:{observation}\", reason: \"No\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { claimRetract(input: { claimId: \"observation:{observation}\", reason: \"No\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { claimVerify(input: { claimId: \"use_claim:{use_claim}\", decision: CONFIRMED }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { claimConfirm(input: { claimId: \"use_claim:{use_claim}\", decision: CONFIRMED }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { invitationRenew(input: { responseId: \"response:{response}\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { invitationRevoke(input: { responseId: \"response:{response}\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { invitationRevoke(input: { invitationId: \"invitation:{invitation}\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { requestTakeWish(input: { wishId: \"wish:{proposal}\" }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { feedbackReply(input: { feedbackId: \"feedback:{feedback}\", state: ACKNOWLEDGED }) { userErrors { code field message } } }",
    ),
    (
        true,
        "mutation { takeoverBegin(input: { organisationId: \"organisation:{organisation}\", proof: CURATOR, note: \"I work there\" }) { userErrors { code field message } } }",
    ),
];

/// A text with the ids of what is hidden, or with those of nothing.
fn filled(text: &str, ids: Option<&BTreeMap<&'static str, Uuid>>) -> String {
    let mut text = text.replace("{slug}", if ids.is_some() { SLUG } else { NOBODY });
    for kind in [
        "organisation",
        "response",
        "use_claim",
        "impact_claim",
        "observation",
        "proposal",
        "case",
        "invitation",
        "feedback",
    ] {
        let id = ids.map_or_else(|| NEVER.to_owned(), |ids| ids[kind].to_string());
        text = text.replace(&format!("{{{kind}}}"), &id);
    }
    text
}

/// An answer without what was asked for, which may be said back, and without what is new in each answer.
fn plain(text: &str, ids: &BTreeMap<&'static str, Uuid>) -> String {
    let mut text = text.replace(SLUG, "SLUG").replace(NOBODY, "SLUG").replace(NEVER, "ID");
    for id in ids.values() {
        text = text.replace(&id.to_string(), "ID");
    }
    // The token of a form and the number of a request are other ones each time.
    for (from, to) in [
        ("name=\"form\" value=\"", "\""),
        ("name=\"stamp\" value=\"", "\""),
        ("name=\"once\" value=\"", "\""),
        ("requestId\":\"", "\""),
        ("request_id\":\"", "\""),
    ] {
        let mut rest = text.as_str();
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once(from) {
            out.push_str(before);
            rest = after.split_once(to).map_or("", |(_, after)| after);
        }
        out.push_str(rest);
        text = out;
    }
    text
}

/// What a browser is answered about what is hidden, and about nothing, has to be the same.
async fn compare(browser: &mut Browser, name: &str, hidden: &Hidden, faults: &mut Vec<String>) -> usize {
    let mut asked = 0;
    let mut judge = |what: &str, real: (u16, String), none: (u16, String)| {
        let (real_text, none_text) = (plain(&real.1, &hidden.ids), plain(&none.1, &hidden.ids));
        if real.0 != none.0 || real_text != none_text {
            faults.push(format!(
                "{name} learns of {what}: {} {real_text:.600}\n  not {} {none_text:.600}",
                real.0, none.0
            ));
        }
        for word in PRIVATE.into_iter().chain([NAME, harness::CANARY]) {
            if real.1.contains(word) {
                faults.push(format!("{name} reads '{word}' at {what}"));
            }
        }
        asked += 1;
    };
    for path in paths() {
        let mut of = async |ids| {
            let answer = browser.get(&filled(&path, ids)).await;
            (answer.status.as_u16(), answer.text())
        };
        let (real, none) = (of(Some(&hidden.ids)).await, of(None).await);
        judge(&path, real, none);
    }
    for (is_desk, text) in ASKED {
        let mut of = async |ids| {
            let query = filled(text, ids);
            let answer =
                if *is_desk { browser.desk(&query, json!({})).await } else { browser.public(&query, json!({})).await };
            (answer.status.as_u16(), answer.text())
        };
        let (real, none) = (of(Some(&hidden.ids)).await, of(None).await);
        judge(text, real, none);
    }
    asked
}

on_each_database! {
    async fn what_is_hidden_is_as_if_it_were_not_there(base) {
        let field = Field::over(base).await;
        let hidden = hide(&field).await;
        let ctx = &field.base.ctx;
        let town = Town::over(&field.base).await;
        let db = field.base.raw().await;
        let shown = entity::organisation::Entity::find().all(&db).await.unwrap();
        let shown: Vec<_> = shown.into_iter().filter(|row| row.visibility == RowVisibility::Public).collect();
        // A liaison of a body whose data the hidden organisation does not use.
        let (curator, _) = field.people.sign_in("carla").await;
        let another = study::create(ctx, &curator, another_study(), None).await.unwrap();
        let body = entity::publisher_profile::Entity::find().all(&db).await.unwrap().into_iter().next_back().unwrap();
        field.people.account("nadie").await;
        field.people.with_role("coco", Role::Contributor, None).await;
        field.people.with_role("otto", Role::OrganisationRepresentative, Some(shown[0].entity_id.0)).await;
        field.people.with_role("lia", Role::AgencyLiaison, Some(body.organisation_id.0)).await;
        field.people.with_role("rene", Role::Researcher, Some(another.entity_id.0)).await;
        field.people.with_role("root", Role::Admin, None).await;
        let mut faults = Vec::new();
        let mut asked = compare(&mut town.browser(), "a visitor", &hidden, &mut faults).await;
        for name in ["nadie", "coco", "otto", "lia", "rene", "root"] {
            asked += compare(&mut town.signed_in(name).await, name, &hidden, &mut faults).await;
        }
        assert!(asked > 500, "{asked} pairs");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        // What is asked for is there: whoever runs the study, and a curator, see it.
        let response = hidden.ids["response"];
        assert_eq!(town.signed_in("rosa").await.get(&format!("/desk/responses/{response}")).await.status, 200);
        assert_eq!(town.signed_in("carla").await.get(&format!("/desk/review/{}", hidden.ids["case"])).await.status, 200);
        nothing_was_done(&field.base).await;
    }
}

/// None of all that was tried has left a case.
async fn nothing_was_done(base: &Base) {
    let cases = entity::review_case::Entity::find().all(&base.raw().await).await.unwrap();
    let tried = |case: &&entity::review_case::Model| {
        matches!(case.kind, CaseKind::Dispute | CaseKind::Retraction | CaseKind::Evidence | CaseKind::Correction)
    };
    assert_eq!(cases.iter().filter(tried).count(), 0);
}

//! Who speaks for an organisation: four proofs, and what stands between them and the role.

use chrono::TimeDelta;
use entity::id::{AccountId, OrganisationId, ProfileTakeoverId};
use entity::vocabulary::{Role, TakeoverProof, TakeoverStatus};
use od100::app::Error;
use od100::app::access::{Access, account};
use od100::app::outbox::{Post, deliver};
use od100::app::privacy;
use od100::app::takeover::{self, A_DAY, Begun, Hurdle, LINK, LOOKS, New, PROVEN_WITHIN, Verdict};
use od100::domain::access::Actor;
use od100::domain::address::Reach;
use od100::domain::takeover::line;
use od100::mail::Mailer;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};
use serde_json::json;

use crate::desk_harness::{SITE, Town};
use crate::harness::{Base, on_each_database};
use crate::people::{PASSWORD, from, places};
use crate::proof_servers::{HERE, Web, Zone, page, settings};

/// A site with an organisation whose website is at `example.org`, where the accounts of the tests have their mailboxes.
struct Claimed {
    base: Base,
    town: Town,
    organisation: OrganisationId,
    zone: Zone,
    folder: tempfile::TempDir,
}

impl Claimed {
    async fn over(base: Base) -> Self {
        places(&base).await;
        let organisation = company(&base).await;
        let zone = Zone::default();
        let access = Access::new(base.ctx.clone()).proving(settings(zone.serve().await, Reach::Loopback));
        let town = Town::with(&base, SITE, Vec::new(), access).await;
        let claimed = Self { base, town, organisation, zone, folder: tempfile::tempdir().unwrap() };
        claimed.website("https://www.example.org/es").await;
        claimed
    }

    fn access(&self) -> &Access {
        &self.town.people.access
    }

    async fn run(&self, statement: &str) {
        self.base.raw().await.execute_unprepared(statement).await.unwrap();
    }

    async fn website(&self, url: &str) {
        self.run(&format!("update organisation set website = '{url}'")).await;
    }

    async fn row_of(&self) -> entity::organisation::Model {
        use entity::organisation::{Column, Entity};
        let db = self.base.raw().await;
        Entity::find().filter(Column::EntityId.eq(self.organisation)).one(&db).await.unwrap().unwrap()
    }

    async fn slug(&self) -> String {
        self.row_of().await.slug
    }

    /// What it is called, in whatever language it has a name.
    async fn name(&self) -> String {
        let name: std::collections::BTreeMap<String, String> = serde_json::from_str(&self.row_of().await.name).unwrap();
        name.into_values().next().unwrap()
    }

    /// Somebody with an account, signed in by password.
    async fn person(&self, name: &str) -> Actor {
        self.town.people.account(name).await;
        self.town.people.sign_in(name).await.0
    }

    async fn curator(&self) -> Actor {
        self.town.people.with_role("cleo", Role::Curator, None).await.0
    }

    async fn begin(&self, actor: &Actor, proof: TakeoverProof) -> Result<Begun, Error> {
        let note = if proof == TakeoverProof::Curator { "I am its director" } else { "" };
        let new = New { organisation: self.organisation, proof, note: note.to_owned() };
        takeover::begin(self.access(), actor, new, None).await
    }

    async fn row(&self, id: ProfileTakeoverId) -> entity::profile_takeover::Model {
        entity::profile_takeover::Entity::find_by_id(id).one(&self.base.raw().await).await.unwrap().unwrap()
    }

    async fn rows(&self) -> Vec<entity::profile_takeover::Model> {
        entity::profile_takeover::Entity::find().all(&self.base.raw().await).await.unwrap()
    }

    /// Who speaks for the organisation, by their grants.
    async fn speakers(&self) -> Vec<AccountId> {
        use entity::role_grant::{Column, Entity};
        let these = Column::Role.eq(Role::OrganisationRepresentative).and(Column::ScopeId.eq(self.organisation.0));
        let rows = Entity::find().filter(these.and(Column::RevokedAt.is_null())).all(&self.base.raw().await).await;
        rows.unwrap().into_iter().map(|row| row.account_id).collect()
    }

    /// Sends what is due; all letters so far.
    async fn letters(&self) -> Vec<String> {
        let to = format!("file://{}", self.folder.path().display()).parse().unwrap();
        let mailer = Mailer::new(&to, "OD <od@example.org>".parse().unwrap());
        deliver(&self.base.ctx, &Post { mailer, public_url: SITE.to_owned() }).await.unwrap();
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let read = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        read.map(|text| text.replace("=\r\n", "").replace("=3D", "=")).collect()
    }

    /// The secret of the only letter that carries one for somebody.
    async fn secret_for(&self, name: &str) -> String {
        let letters = self.letters().await;
        let own: Vec<_> = letters.iter().filter(|text| text.contains(&format!("{name}@example.org"))).collect();
        let start = format!("{SITE}/desk/takeover/link/");
        let secret = own.iter().find_map(|text| text.split(&start).nth(1)).unwrap();
        secret.split('?').next().unwrap().to_owned()
    }
}

/// The one that reuses data: the others of the small record are bodies, whose pages are elsewhere.
async fn company(base: &Base) -> OrganisationId {
    let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
    all.iter().find(|row| row.slug.starts_with("compania")).unwrap().entity_id
}

fn hurdle<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Hurdle {
    let error = outcome.unwrap_err();
    Hurdle::of(&error).unwrap_or_else(|| panic!("{error:?}"))
}

fn id_of(actor: &Actor) -> AccountId {
    actor.account().unwrap().id
}

on_each_database! {
    async fn who_signs_in_for_it_comes_back_to_the_form(base) {
        let claimed = Claimed::over(base).await;
        claimed.person("ana").await;
        let mut browser = claimed.town.browser();
        let form = format!("/desk/takeover?of=/organisations/{}", claimed.slug().await);
        let away = browser.get(&format!("{form}&lang=en")).await;
        assert_eq!((away.status.as_u16(), away.header("location")), (303, "/sign-in?lang=en"));
        browser.get("/sign-in?lang=en").await;
        let fields = [("email", "ana@example.org"), ("password", PASSWORD)];
        let back = browser.form("/sign-in?lang=en", &fields).await;
        assert_eq!((back.status.as_u16(), back.header("location")), (303, format!("{form}&lang=en").as_str()));
        let page = browser.get(back.header("location")).await.text();
        assert!(page.contains(&format!("name=\"of\" value=\"{}\"", claimed.name().await)), "{page}");
        // Once: the next sign-in leads where every other does.
        let again = browser.form("/sign-in?lang=en", &fields).await;
        assert_eq!(again.header("location"), "/account?lang=en");
    }

    async fn a_mailbox_is_proved_by_the_link_that_came_to_it(base) {
        let claimed = Claimed::over(base).await;
        let (ana, eva) = (claimed.person("ana").await, claimed.person("eva").await);
        let begun = claimed.begin(&ana, TakeoverProof::EmailDomain).await.unwrap();
        assert_eq!((begun.row.status, begun.token.is_none()), (TakeoverStatus::Open, true));
        assert!(claimed.speakers().await.is_empty());
        let access = claimed.access();
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::Settled, "no letter was sent yet");
        let secret = claimed.secret_for("ana").await;
        assert!(!format!("{:?}", claimed.rows().await).contains(&secret), "only its digest is kept");
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::ByLetter);
        // It is nobody else's, and looking at it uses nothing up.
        assert_eq!(hurdle(takeover::confirm(access, &eva, from(1), &secret).await), Hurdle::DeadLink);
        assert_eq!(hurdle(takeover::confirm(access, &ana, from(1), "od5_x").await), Hurdle::DeadLink);
        let mut browser = claimed.town.signed_in("ana").await;
        let path = format!("/desk/takeover/link/{secret}?lang=en");
        for _ in 0..2 {
            let shown = browser.get(&path).await;
            assert_eq!((shown.status.as_u16(), shown.header("referrer-policy")), (200, "no-referrer"));
        }
        assert!(claimed.speakers().await.is_empty());
        assert_eq!(claimed.town.browser().get(&path).await.status, 303, "who is not signed in is led there");
        assert_eq!(browser.form(&path, &[]).await.status, 303);
        assert_eq!(claimed.speakers().await, [id_of(&ana)]);
        let row = claimed.row(begun.row.id).await;
        assert_eq!((row.status, row.found_in.as_deref()), (TakeoverStatus::Granted, Some("example.org")));
        assert_eq!(browser.form(&path, &[]).await.status, 422, "once");
        assert_eq!(browser.get("/desk/organisation?lang=en").await.status, 200, "this browser stays signed in");
        assert_eq!(hurdle(claimed.begin(&ana, TakeoverProof::Dns).await), Hurdle::Already);
    }

    async fn a_sign_in_by_a_link_is_proof_of_the_mailbox(base) {
        let claimed = Claimed::over(base).await;
        let ana = claimed.person("ana").await;
        claimed.run("update session set method = 'link'").await;
        let begun = claimed.begin(&ana, TakeoverProof::EmailDomain).await.unwrap();
        assert_eq!(begun.row.status, TakeoverStatus::Granted);
        assert_eq!(claimed.speakers().await, [id_of(&ana)]);
        // By a provider or a password it is none.
        claimed.run("update role_grant set revoked_at = granted_at where role = 'organisation_representative'").await;
        claimed.run("update session set method = 'provider', revoked_at = null").await;
        assert_eq!(claimed.begin(&ana, TakeoverProof::EmailDomain).await.unwrap().row.status, TakeoverStatus::Open);
    }

    async fn a_mailbox_elsewhere_proves_nothing(base) {
        let claimed = Claimed::over(base).await;
        let ana = claimed.person("ana").await;
        for (website, address, stands) in [
            ("https://www.example.com", "ana@example.org", Hurdle::OtherMailbox),
            ("https://notexample.org", "ana@example.org", Hurdle::OtherMailbox),
            ("https://www.gmail.com", "ana@gmail.com", Hurdle::NoDomain),
            ("https://gob.mx", "ana@sct.gob.mx", Hurdle::NoDomain),
            ("https://www.facebook.com/x", "ana@facebook.com", Hurdle::NoDomain),
            ("http://10.0.0.1/", "ana@example.org", Hurdle::NoDomain),
        ] {
            claimed.website(website).await;
            claimed.run(&format!("update account set email = '{address}', email_key = '{address}'")).await;
            assert_eq!(hurdle(claimed.begin(&ana, TakeoverProof::EmailDomain).await), stands, "{website} {address}");
        }
        claimed.run("update organisation set website = null").await;
        for proof in [TakeoverProof::EmailDomain, TakeoverProof::Dns, TakeoverProof::Website] {
            assert_eq!(hurdle(claimed.begin(&ana, proof).await), Hurdle::NoDomain);
        }
        assert!(claimed.rows().await.is_empty());
        assert_eq!(claimed.begin(&ana, TakeoverProof::Curator).await.unwrap().row.status, TakeoverStatus::Waiting);
    }

    async fn a_letter_is_good_for_a_day_and_for_the_address_it_went_to(base) {
        let claimed = Claimed::over(base).await;
        let (access, ana) = (claimed.access(), claimed.person("ana").await);
        let begun_at = claimed.base.clock.now();
        claimed.begin(&ana, TakeoverProof::EmailDomain).await.unwrap();
        let secret = claimed.secret_for("ana").await;
        claimed.base.clock.set(begun_at + LINK);
        assert_eq!(hurdle(takeover::confirm(access, &ana, from(1), &secret).await), Hurdle::DeadLink);
        claimed.base.clock.set(begun_at + LINK - TimeDelta::microseconds(1));
        claimed.run("update account set email = 'ana@example.net', email_key = 'ana@example.net'").await;
        assert_eq!(hurdle(takeover::confirm(access, &ana, from(1), &secret).await), Hurdle::DeadLink);
        claimed.run("update account set email = 'ana@mail.example.org', email_key = 'ana@mail.example.org'").await;
        let done = takeover::confirm(access, &ana, from(1), &secret).await.unwrap();
        assert_eq!((done.status, done.found_in.as_deref()), (TakeoverStatus::Granted, Some("mail.example.org")));
    }

    async fn a_record_of_the_domain_proves_it(base) {
        let claimed = Claimed::over(base).await;
        claimed.town.people.account("ana").await;
        let mut ana = claimed.town.signed_in("ana").await;
        let begin = "mutation($id: ID!) { takeoverBegin(input: { organisationId: $id, proof: DNS, idempotencyKey: \"k\" }) \
            { line takeover { id status domain looksLeft } userErrors { code field message } } }";
        let organisation = json!({ "id": format!("organisation:{}", claimed.organisation) });
        let begun = ana.desk(begin, organisation.clone()).await.json()["data"]["takeoverBegin"].clone();
        assert_eq!(begun["takeover"]["domain"], "example.org");
        let said = begun["line"].as_str().unwrap().to_owned();
        assert!(!format!("{:?}", claimed.rows().await).contains(&said[said.len() - 40..]), "only its digest is kept");
        let again = ana.desk(begin, organisation).await.json()["data"]["takeoverBegin"].clone();
        assert_eq!((&again["takeover"]["id"], &again["line"]), (&begun["takeover"]["id"], &json!(null)), "shown once");
        let prove = "mutation($id: ID!) { takeoverProve(input: { takeoverId: $id }) \
            { takeover { status foundIn } userErrors { code field message } } }";
        let id = json!({ "id": begun["takeover"]["id"] });
        let looked = ana.desk(prove, id.clone()).await.json()["data"]["takeoverProve"].clone();
        assert_eq!((&looked["takeover"], &looked["userErrors"][0]["field"]), (&json!(null), &json!("proof")));
        claimed.zone.say("_od100.example.org", &[&[&said]]);
        let soon = ana.desk(prove, id.clone()).await.json()["data"]["takeoverProve"].clone();
        assert_eq!(soon["userErrors"][0]["code"], "TOO_MANY");
        claimed.base.tick();
        // Another's attempt is not found.
        claimed.town.people.account("eva").await;
        let mut eva = claimed.town.signed_in("eva").await;
        let foreign = eva.desk(prove, id.clone()).await.json()["data"]["takeoverProve"].clone();
        assert_eq!(foreign["userErrors"][0]["code"], "NOT_FOUND");
        let done = ana.desk(prove, id.clone()).await.json()["data"]["takeoverProve"].clone();
        assert_eq!(done["takeover"], json!({ "status": "GRANTED", "foundIn": "_od100.example.org" }));
        assert_eq!(claimed.speakers().await.len(), 1);
        claimed.base.tick();
        let twice = ana.desk(prove, id).await.json()["data"]["takeoverProve"].clone();
        assert_eq!(twice["userErrors"][0]["code"], "CONFLICT");
        assert_eq!(claimed.speakers().await.len(), 1);
        // The history of the organisation tells the public nothing of it.
        let history = claimed.town.browser().get(&format!("/organisations/{}/history?lang=en", claimed.slug().await)).await;
        assert!(!history.text().contains("takeover"), "{}", history.text());
    }

    async fn a_file_on_the_website_proves_it(base) {
        let claimed = Claimed::over(base).await;
        let (access, ana) = (claimed.access(), claimed.person("ana").await);
        claimed.zone.put("www.example.org", &[&[HERE]]);
        let said = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let served = said.clone();
        let web = Web::serve(move |_| page("200 OK", "", served.lock().unwrap().as_bytes())).await;
        claimed.website(&web.url("www.example.org")).await;
        let begun = claimed.begin(&ana, TakeoverProof::Website).await.unwrap();
        assert_eq!(begun.profile, format!("{SITE}/organisations/{}", claimed.slug().await));
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::NoFile);
        *said.lock().unwrap() = line(begun.token.as_ref().unwrap());
        claimed.base.tick();
        // What was to be proved is not what the record names now.
        claimed.website("https://www.example.com").await;
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::OtherWebsite);
        claimed.website(&web.url("www.example.org")).await;
        let done = takeover::prove(access, &ana, begun.row.id).await.unwrap();
        assert_eq!(done.found_in, Some(web.url("www.example.org") + ".well-known/od100.txt"));
        assert_eq!(claimed.speakers().await, [id_of(&ana)]);
    }

    async fn a_website_in_a_closed_network_is_not_looked_at(base) {
        let claimed = Claimed::over(base).await;
        let (access, ana) = (claimed.access(), claimed.person("ana").await);
        claimed.zone.put("www.example.org", &[&[[169, 254, 169, 254]]]);
        let begun = claimed.begin(&ana, TakeoverProof::Website).await.unwrap();
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::Barred);
    }

    async fn who_comes_second_is_decided_on_by_a_curator(base) {
        let claimed = Claimed::over(base).await;
        let access = claimed.access();
        let (ana, eva, cleo) = (claimed.person("ana").await, claimed.person("eva").await, claimed.curator().await);
        claimed.run("update session set method = 'link'").await;
        claimed.begin(&ana, TakeoverProof::EmailDomain).await.unwrap();
        let second = claimed.begin(&eva, TakeoverProof::EmailDomain).await.unwrap().row;
        assert_eq!((second.status, second.proved_at.is_some()), (TakeoverStatus::Waiting, true));
        assert_eq!(claimed.speakers().await, [id_of(&ana)], "nobody is replaced, and nobody added, in silence");
        let news: Vec<_> = claimed.letters().await.into_iter().filter(|text| text.contains("Somebody else")).collect();
        assert_eq!(news.len(), 1);
        assert!(news[0].contains("ana@example.org") && !news[0].contains("eva"), "{}", news[0]);
        assert_eq!(hurdle(claimed.begin(&eva, TakeoverProof::Dns).await), Hurdle::Waits);

        let queue = takeover::queue(&claimed.base.ctx, &cleo).await.unwrap();
        assert_eq!((queue.len(), queue[0].representatives, queue[0].account_name.as_deref()), (1, Some(1), Some("eva")));
        for stranger in [&ana, &eva] {
            assert!(matches!(takeover::queue(&claimed.base.ctx, stranger).await, Err(Error::Forbidden)));
            let done = takeover::decide(access, stranger, second.id, Verdict::Grant, "mine").await;
            assert!(matches!(done, Err(Error::Forbidden)), "{done:?}");
        }
        assert_eq!(hurdle(takeover::decide(access, &cleo, second.id, Verdict::Grant, " ").await), Hurdle::NoReason);
        let long = "x".repeat(501);
        assert_eq!(hurdle(takeover::decide(access, &cleo, second.id, Verdict::Grant, &long).await), Hurdle::LongReason);
        takeover::decide(access, &cleo, second.id, Verdict::Grant, "both are its people").await.unwrap();
        let mut both = claimed.speakers().await;
        both.sort();
        assert_eq!(both, [id_of(&ana), id_of(&eva)]);
        assert_eq!(hurdle(takeover::decide(access, &cleo, second.id, Verdict::Reject, "no").await), Hurdle::Settled);
        let letters = claimed.letters().await;
        let to = |name: &str, words: &str| letters.iter().any(|t| t.contains(&format!("{name}@example.org")) && t.contains(words));
        assert!(to("eva", "both are its people") && to("ana", "beside you"), "{letters:?}");
    }

    async fn nobody_decides_on_their_own_and_what_is_refused_is_told(base) {
        let claimed = Claimed::over(base).await;
        let (access, cleo) = (claimed.access(), claimed.curator().await);
        let own = claimed.begin(&cleo, TakeoverProof::Curator).await.unwrap().row;
        let done = takeover::decide(access, &cleo, own.id, Verdict::Grant, "me").await;
        assert!(matches!(done, Err(Error::Forbidden)), "{done:?}");
        let cora = claimed.town.people.with_role("cora", Role::Curator, None).await.0;
        takeover::decide(access, &cora, own.id, Verdict::Reject, "not of this organisation").await.unwrap();
        assert!(claimed.speakers().await.is_empty());
        assert!(claimed.letters().await.iter().any(|t| t.contains("cleo@example.org") && t.contains("not of this organisation")));
        // Without a word about themselves nobody is looked at.
        let new = New { organisation: claimed.organisation, proof: TakeoverProof::Curator, note: " ".to_owned() };
        assert_eq!(hurdle(takeover::begin(access, &cora, new, None).await), Hurdle::NoNote);
        // A note that has served, or whose time is over, is deleted.
        assert!(claimed.row(own.id).await.note.is_some());
        claimed.base.clock.set(claimed.base.clock.now() + TimeDelta::days(91));
        privacy::tidy(&claimed.base.ctx).await.unwrap();
        assert!(claimed.rows().await.is_empty());
    }

    async fn of_many_at_once_one_is_given_the_role(base) {
        let claimed = Claimed::over(base).await;
        let mut begun = Vec::new();
        for number in 0..6 {
            let actor = claimed.person(&format!("p{number}")).await;
            let one = claimed.begin(&actor, TakeoverProof::Dns).await.unwrap();
            begun.push((actor, one));
        }
        let lines: Vec<_> = begun.iter().map(|(_, one)| line(one.token.as_ref().unwrap())).collect();
        let parts: Vec<[&str; 1]> = lines.iter().map(|line| [line.as_str()]).collect();
        claimed.zone.say("example.org", &parts.iter().map(|part| &part[..]).collect::<Vec<_>>());
        let mut tasks = tokio::task::JoinSet::new();
        for (actor, one) in &begun {
            // Each twice: the second is too soon, whoever of the two comes first.
            for _ in 0..2 {
                let (access, actor, id) = (claimed.town.people.access.clone(), actor.clone(), one.row.id);
                tasks.spawn(async move { takeover::prove(&access, &actor, id).await });
            }
        }
        let mut statuses = Vec::new();
        while let Some(done) = tasks.join_next().await {
            match done.unwrap() {
                Ok(row) => statuses.push(row.status),
                Err(error) => assert!(matches!(error, Error::TooMany(_) | Error::Conflict(_)), "{error:?}"),
            }
        }
        let granted = statuses.iter().filter(|status| **status == TakeoverStatus::Granted).count();
        assert_eq!(granted, 1, "{statuses:?}");
        assert_eq!(claimed.speakers().await.len(), 1);
        let rows = claimed.rows().await;
        assert_eq!(rows.iter().filter(|row| row.status == TakeoverStatus::Granted).count(), 1);
        assert_eq!(rows.iter().filter(|row| row.grant_id.is_some()).count(), 1);
    }

    async fn attempts_and_looks_are_counted(base) {
        let claimed = Claimed::over(base).await;
        let (access, ana) = (claimed.access(), claimed.person("ana").await);
        for _ in 0..A_DAY {
            claimed.begin(&ana, TakeoverProof::Dns).await.unwrap();
        }
        assert!(matches!(claimed.begin(&ana, TakeoverProof::Dns).await, Err(Error::TooMany(_))));
        let rows = claimed.rows().await;
        let open: Vec<_> = rows.iter().filter(|row| row.status == TakeoverStatus::Open).collect();
        assert_eq!((rows.len() as u64, open.len()), (A_DAY, 1), "each takes the place of the one before");
        for _ in 0..LOOKS {
            assert_eq!(hurdle(takeover::prove(access, &ana, open[0].id).await), Hurdle::NoRecord);
            claimed.base.clock.set(claimed.base.clock.now() + takeover::PAUSE);
        }
        assert!(matches!(takeover::prove(access, &ana, open[0].id).await, Err(Error::TooMany(86_400))));
        claimed.base.clock.set(claimed.base.clock.now() + TimeDelta::days(1));
        let begun = claimed.begin(&ana, TakeoverProof::Dns).await.unwrap();
        claimed.zone.say("example.org", &[&[&line(begun.token.as_ref().unwrap())]]);
        claimed.base.clock.set(claimed.base.clock.now() + PROVEN_WITHIN);
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::Expired);
        assert!(claimed.speakers().await.is_empty());
    }

    async fn what_may_not_be_seen_cannot_be_asked_for(base) {
        let claimed = Claimed::over(base).await;
        let ana = claimed.person("ana").await;
        let begun = claimed.begin(&ana, TakeoverProof::Dns).await.unwrap();
        claimed.zone.say("example.org", &[&[&line(begun.token.as_ref().unwrap())]]);
        claimed.run("update organisation set consent = 'no'").await;
        assert!(matches!(claimed.begin(&ana, TakeoverProof::Dns).await, Err(Error::NotFound)));
        assert!(matches!(takeover::prove(claimed.access(), &ana, begun.row.id).await, Err(Error::NotFound)));
        let strange = New { organisation: OrganisationId(begun.row.id.0), proof: TakeoverProof::Dns, note: String::new() };
        assert!(matches!(takeover::begin(claimed.access(), &ana, strange, None).await, Err(Error::NotFound)));
        claimed.run("update organisation set consent = 'pending', visibility = 'private'").await;
        assert!(matches!(claimed.begin(&ana, TakeoverProof::Dns).await, Err(Error::NotFound)));
        assert!(matches!(claimed.begin(&Actor::Anonymous, TakeoverProof::Dns).await, Err(Error::Unauthenticated)));
    }

    async fn what_is_taken_back_proves_nothing_any_more(base) {
        let claimed = Claimed::over(base).await;
        let (access, ana, eva) = (claimed.access(), claimed.person("ana").await, claimed.person("eva").await);
        let begun = claimed.begin(&ana, TakeoverProof::Dns).await.unwrap();
        claimed.zone.say("example.org", &[&[&line(begun.token.as_ref().unwrap())]]);
        assert!(matches!(takeover::withdraw(access, &eva, begun.row.id).await, Err(Error::NotFound)));
        takeover::withdraw(access, &ana, begun.row.id).await.unwrap();
        assert_eq!(hurdle(takeover::withdraw(access, &ana, begun.row.id).await), Hurdle::Settled);
        assert_eq!(hurdle(takeover::prove(access, &ana, begun.row.id).await), Hurdle::Settled);
        // Who is forgotten asks for nothing any more.
        let waits = claimed.begin(&eva, TakeoverProof::Curator).await.unwrap().row;
        account::set_disabled(access, &Actor::Operator, id_of(&eva), true).await.unwrap();
        let cleo = claimed.curator().await;
        assert_eq!(hurdle(takeover::decide(access, &cleo, waits.id, Verdict::Grant, "yes").await), Hurdle::Disabled);
        account::set_disabled(access, &Actor::Operator, id_of(&eva), false).await.unwrap();
        privacy::forget(&claimed.base.ctx, &Actor::Operator, "eva@example.org").await.unwrap();
        assert_eq!(claimed.row(waits.id).await.status, TakeoverStatus::Withdrawn);
        assert_eq!(hurdle(takeover::decide(access, &cleo, waits.id, Verdict::Grant, "yes").await), Hurdle::Settled);
    }

    async fn its_pages_lead_from_the_profile_to_the_role(base) {
        let claimed = Claimed::over(base).await;
        let slug = claimed.slug().await;
        let profile = claimed.town.browser().get(&format!("/organisations/{slug}?lang=en")).await.text();
        assert!(profile.contains(&format!("/desk/takeover?of=%2Forganisations%2F{slug}&amp;lang=en")), "{profile}");
        let room = format!("/desk/takeover?of=%2Forganisations%2F{slug}&lang=en");
        assert_eq!(claimed.town.browser().get(&room).await.status, 303);
        claimed.town.people.account("ana").await;
        let mut ana = claimed.town.signed_in("ana").await;
        let shown = ana.get(&room).await.text();
        let name = claimed.name().await;
        assert!(shown.contains(&format!("name=\"of\" value=\"{name}\"")) && !shown.contains("<script>"), "{shown}");
        let of = format!("/organisations/{slug}");
        let begin = |of: &str, proof: &str| [("action", "begin".to_owned()), ("of", of.to_owned()), ("proof", proof.to_owned())];
        let send = async |browser: &mut crate::desk_harness::Browser, fields: &[(&str, String)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.form(&room, &fields).await
        };
        for (of, proof, words) in [
            ("/organisations/nobody", "dns", "no organisation at this address"),
            ("", "dns", "no organisation at this address"),
            (&of, "curator", "Say who you are"),
        ] {
            let refused = send(&mut ana, &begin(of, proof)).await;
            assert_eq!(refused.status, 422, "{of} {proof}");
            assert!(refused.text().contains(words), "{}", refused.text());
        }
        let begun = send(&mut ana, &begin(&of, "website")).await;
        assert_eq!(begun.status, 200);
        let text = begun.text();
        assert!(text.contains("od100-verification=od5_") && text.contains("it is shown once"), "{text}");
        assert!(text.contains(&format!("&lt;a href=&quot;{SITE}/organisations/{slug}#od100-verification=od5_")), "{text}");
        assert!(!ana.get(&room).await.text().contains("od100-verification="), "once");
        let id = claimed.rows().await[0].id.to_string();
        let act = |action: &str| [("action", action.to_owned()), ("takeover", id.clone())];
        claimed.zone.put("www.example.org", &[&[[10, 0, 0, 1]]]);
        let barred = send(&mut ana, &act("prove")).await;
        assert_eq!(barred.status, 422);
        assert!(barred.text().contains("an address that is not looked at"));
        let crowded = send(&mut ana, &act("prove")).await;
        assert_eq!(crowded.status, 429);
        assert!(crowded.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{crowded:?}");
        assert_eq!(send(&mut ana, &act("withdraw")).await.status, 303);
        let mut asking = begin(&of, "curator").to_vec();
        asking.push(("note", "I am its <b>director</b>".to_owned()));
        assert_eq!(send(&mut ana, &asking).await.status, 303);

        let queue = "/desk/representatives?lang=en";
        assert_eq!(ana.get(queue).await.status, 403);
        claimed.town.people.with_role("cleo", Role::Curator, None).await;
        let mut cleo = claimed.town.signed_in("cleo").await;
        let waiting = cleo.get(queue).await.text();
        assert!(waiting.contains("I am its &lt;b&gt;director&lt;/b&gt;") && waiting.contains("ana@example.org"), "{waiting}");
        let id = claimed.rows().await.into_iter().find(|row| row.status == TakeoverStatus::Waiting).unwrap().id.to_string();
        let wrong = [("takeover", id.as_str()), ("verdict", "grant"), ("reason", "")];
        assert_eq!(cleo.form(queue, &wrong).await.status, 422);
        assert_eq!(ana.form(queue, &[wrong[0], wrong[1], ("reason", "me")]).await.status, 403);
        assert_eq!(cleo.form(queue, &[wrong[0], wrong[1], ("reason", "She called from its office")]).await.status, 303);
        assert!(cleo.get(queue).await.text().contains("Nobody waits"));
        let mut ana = claimed.town.signed_in("ana").await;
        assert!(ana.get(&room).await.text().contains("you speak for it"));
        let own = ana.get("/desk/organisation?lang=en").await;
        assert_eq!(own.status, 200);
        assert!(own.text().contains("/desk/takeover"));
    }
}

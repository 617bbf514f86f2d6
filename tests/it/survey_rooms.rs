//! The room of studies over HTTP, without a script: a study run by forms, and nothing of it for others.

use entity::vocabulary::Role;
use od100::app::survey::{instrument, invite};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::desk_harness::{Browser, Town};
use crate::edge_harness::Answer;
use crate::harness::{Base, on_each_database};
use crate::people::places;
use crate::survey_harness::{Field, PRIVATE, send};

/// Where a form has led.
fn to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").split('?').next().unwrap().to_owned()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
    from.split('"').next().unwrap().to_owned()
}

const STUDY: [(&str, &str); 7] = [
    ("title.es", "Usos de datos"),
    ("title.en", "Uses of data"),
    ("country", "MX"),
    ("attribution", "El estudio"),
    ("url", "https://example.org/estudio"),
    ("licence", "CC BY 4.0"),
    ("licenceUrl", "https://creativecommons.org/licenses/by/4.0/"),
];

/// Somebody who runs a study, and the address of it.
async fn begun(base: &Base) -> (Town, Browser, String) {
    let (_, other) = places(base).await;
    let town = Town::over(base).await;
    town.people.with_role("rosa", Role::Researcher, Some(other.0)).await;
    let mut rosa = town.signed_in("rosa").await;
    let once = hidden(&rosa.get("/desk/studies?lang=en").await.text(), "once");
    let mut fields = STUDY.to_vec();
    fields.push(("once", &once));
    let study = to(&rosa.form("/desk/studies", &fields).await);
    assert_eq!(to(&rosa.form("/desk/studies", &fields).await), study, "the same form is one study");
    (town, rosa, study)
}

async fn open_wave(rosa: &mut Browser, study: &str) -> String {
    let instrument = to(&rosa.form(&format!("{study}/instruments"), &[("once", "copy")]).await);
    assert_eq!(to(&rosa.form(&format!("{instrument}/publish"), &[]).await), instrument);
    let id = instrument.rsplit('/').next().unwrap().to_owned();
    let wave = [
        ("once", "wave"),
        ("title.es", "Ola uno"),
        ("population.es", "Quienes usan datos"),
        ("opensOn", "2025-06-01"),
        ("closesOn", "2025-12-31"),
        ("frame", "list"),
        ("instrument", &id),
    ];
    let wave = to(&rosa.form(&format!("{study}/waves"), &wave).await);
    assert_eq!(to(&rosa.form(&format!("{wave}/open"), &[]).await), wave);
    wave
}

/// Who has looked at whose contacts, in order.
async fn looks(field: &Field) -> Vec<(Option<uuid::Uuid>, Option<uuid::Uuid>, String)> {
    use entity::access_event::{Column, Entity};
    let of = Entity::find().filter(Column::Kind.eq(entity::vocabulary::AccessEventKind::ContactRead));
    let all = of.order_by_asc(Column::Id).all(&field.base.raw().await).await.unwrap();
    all.into_iter().map(|one| (one.actor_id.map(|id| id.0), one.subject_id, one.detail)).collect()
}

on_each_database! {
    async fn what_was_sent_leads_to_who_looks_it_through_until_it_is(base) {
        let field = Field::over(base).await;
        let mut sent = Vec::new();
        for name in ["Datos del Sur", "Mapas del Norte"] {
            let (id, secret) = field.invite(name).await;
            send(&field, &field.follow(&secret).await, true).await;
            sent.push(id);
        }
        let town = Town::over(&field.base).await;
        let mut rosa = town.signed_in("rosa").await;
        let wave = format!("/desk/waves/{}", field.wave.entity_id);
        let list = format!("href=\"{wave}?status=submitted&amp;lang=en#responses\"");
        let rooms = ["/desk?lang=en", "/desk/studies?lang=en", &format!("{wave}?lang=en")].map(str::to_owned);
        for (left, id) in sent.iter().enumerate().rev() {
            let said = if left == 0 { "1 response was sent and waits" } else { "2 responses were sent and wait" };
            for room in &rooms[1..] {
                let page = rosa.get(room).await.text();
                assert!(page.contains(&list) && page.contains(said), "{room}: {page}");
            }
            let door = rosa.get(&rooms[0]).await.text();
            let waits = door.split("href=\"/desk/studies?lang=en\"").nth(2).unwrap().split("</li>").next().unwrap().to_owned();
            assert!(waits.contains(if left == 0 { "1 waits" } else { "2 wait" }), "{waits}");
            let decided = rosa.form(&format!("/desk/responses/{id}/decide"), &[("step", "validate"), ("reason", "read")]).await;
            assert_eq!(decided.status, 303);
        }
        for room in &rooms[1..] {
            assert!(!rosa.get(room).await.text().contains(&list), "{room}");
        }
    }

    async fn rows_with_a_problem_stop_a_list_and_are_left_out_by_one_press(base) {
        let (_town, mut rosa, study) = begun(&base).await;
        let wave = open_wave(&mut rosa, &study).await;
        let path = format!("{wave}/invite?lang=en");
        assert!(rosa.get(&path).await.text().contains("While a row has a problem nobody is invited"), "it is said before");
        let list = "name,email\nDatos del Sur,sur@example.org\nCon error,no es\nLluvias del Norte,norte@example.org\n";
        let checked = rosa.form(&path, &[("list", list), ("go", "invite"), ("once", "a")]).await;
        let preview = rosa.get(checked.header("location")).await.text();
        for said in ["Nothing was sent", "Mend line 3 in the list", "this is no e-mail address", "value=\"others\"", "invite the other 2"] {
            assert!(preview.contains(said), "{said}: {preview}");
        }
        let sent = rosa.form(&path, &[("list", list), ("go", "others"), ("once", "b")]).await.text();
        assert_eq!(sent.matches("/answer/od5_").count(), 2, "{sent}");
        for said in ["2 organisations are invited.", "Line 3 was left out", "<td>Con error</td>", "<strong>email</strong>", "this is no e-mail address", "invite?preview=1&amp;lang=en"] {
            assert!(sent.contains(said), "{said}: {sent}");
        }
        // What is to be mended is the list that is shown next, and it alone.
        let left = rosa.get(&format!("{wave}/invite?preview=1&lang=en")).await.text();
        assert!(left.contains("Con error,no es") && left.contains("Mend line 2 in the list") && !left.contains("sur@example.org"), "{left}");
        assert_eq!(entity::response::Entity::find().all(&base.raw().await).await.unwrap().iter().filter(|one| one.superseded_at.is_none() && wave.ends_with(&one.wave_id.to_string())).count(), 2);
        let bad = rosa.form(&path, &[("list", "name,email\nCon error,no es\n"), ("go", "others"), ("once", "c")]).await;
        let none = rosa.get(bad.header("location")).await.text();
        assert!(none.contains("Nothing was sent") && !none.contains("value=\"others\""), "there is nobody else to invite: {none}");
        let whole = "name\nUna del Llano\nOtra del Llano\n";
        let whole = rosa.form(&path, &[("list", whole), ("go", "invite"), ("once", "d")]).await.text();
        assert!(whole.contains("2 organisations are invited.") && !whole.contains("left out"), "{whole}");
        let crumbs = rosa.get(&path).await.text();
        let crumbs = crumbs.split("class=\"crumbs\"").nth(1).unwrap().split("</nav>").next().unwrap();
        assert!(crumbs.contains(">Uses of data</a>") && crumbs.contains(">Ola uno</a>"), "{crumbs}");
    }

    async fn the_words_of_a_wave_are_mended_before_it_opens(base) {
        let (_town, mut rosa, study) = begun(&base).await;
        let instrument = to(&rosa.form(&format!("{study}/instruments"), &[("once", "copy")]).await);
        assert_eq!(to(&rosa.form(&format!("{instrument}/publish"), &[]).await), instrument);
        let words = |title: &'static str| [("title.es", title), ("population.es", "Quienes usan datos"), ("closesOn", "2025-12-31")];
        let mut wave = words("Ola unp").to_vec();
        wave.extend([("once", "wave"), ("opensOn", "2025-06-01"), ("frame", "list"), ("instrument", instrument.rsplit('/').next().unwrap())]);
        let wave = to(&rosa.form(&format!("{study}/waves"), &wave).await);
        let settings = format!("{wave}/settings?lang=en");
        assert_eq!(rosa.form(&settings, &words("Ola uno")).await.status, 303);
        let page = rosa.get(&format!("{wave}?lang=en")).await.text();
        assert!(page.contains("Ola uno") && !page.contains("Ola unp"), "{page}");
        assert_eq!(rosa.form(&settings, &words("")).await.status, 422, "a wave has a title");
        assert_eq!(to(&rosa.form(&format!("{wave}/open"), &[]).await), wave);
        assert_eq!(rosa.form(&settings, &words("Otra")).await.status, 303);
        let page = rosa.get(&format!("{wave}?lang=en")).await.text();
        assert!(page.contains("Ola uno") && !page.contains("Otra") && !page.contains("title.es"), "who is asked is asked by these words: {page}");
    }

    async fn a_study_is_run_by_forms(base) {
        let (town, mut rosa, study) = begun(&base).await;
        let wrong = rosa.form("/desk/studies?lang=en", &[("title.es", "Otro"), ("country", "México"), ("once", "x")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("Otro") && wrong.text().contains("give a code of two letters"), "what was typed is still there");
        assert!(wrong.text().contains("<b>How the data are to be cited</b>: "), "above the form it is said what lacks: {}", wrong.text());
        let page = rosa.get(&format!("{study}?lang=en")).await.text();
        assert!(page.contains("lists the 32 states, provinces or regions of Mexico. It asks for income in bands, in MXN."), "{page}");
        let wave = open_wave(&mut rosa, &study).await;
        let list = "name,email\nDatos del Sur,sur@example.org\nCon error,no es\n";
        let checked = rosa.form(&format!("{wave}/invite?lang=en"), &[("list", list), ("go", "invite"), ("once", "l")]).await;
        // The preview has an address that holds nothing of the list; the list is kept for who pasted it, and no one else.
        assert_eq!(checked.header("location"), format!("{wave}/invite?preview=1&lang=en"));
        let preview = rosa.get(checked.header("location")).await.text();
        assert!(preview.contains("this is no e-mail address") && !preview.contains("/answer/"), "nobody was invited");
        let list_of = async |browser: &mut Browser| browser.get(&format!("{wave}/invite?lang=en")).await.text();
        assert!(list_of(&mut rosa).await.contains("sur@example.org"), "Back leads to the list");
        let study_id = uuid::Uuid::parse_str(study.rsplit('/').next().unwrap()).unwrap();
        town.people.with_role("raul", Role::Researcher, Some(study_id)).await;
        let mut raul = town.signed_in("raul").await;
        assert!(!list_of(&mut raul).await.contains("sur@example.org"), "not for another researcher of the study");
        rosa.form(&format!("{wave}/invite?lang=en"), &[("list", list), ("go", "forget")]).await;
        assert!(!list_of(&mut rosa).await.contains("sur@example.org"), "forgotten when asked to");
        rosa.form(&format!("{wave}/invite?lang=en"), &[("list", list), ("go", "preview")]).await;
        let clock = &base.clock;
        let (then, day) = (clock.now(), chrono::TimeDelta::hours(25));
        let draft = entity::invite_draft::Entity::find().one(&base.raw().await).await.unwrap().unwrap();
        assert!(draft.saved_at <= then);
        let kept = od100::store::survey::invite_draft::of(&base.ctx.db, draft.account_id, draft.wave_id, then + day - chrono::TimeDelta::days(1)).await.unwrap();
        assert!(kept.is_none(), "a day later it is not shown");
        let good = list.replace("no es", "con@example.org");
        let invited = rosa.form(&format!("{wave}/invite?lang=en"), &[("list", &good), ("go", "invite"), ("once", "m")]).await;
        assert_eq!(invited.text().matches("/answer/od5_").count(), 2, "{}", invited.text());
        assert_eq!(invited.header("cache-control"), "no-store");
        assert!(entity::invite_draft::Entity::find().one(&base.raw().await).await.unwrap().is_none(), "invited, and forgotten");
        let again = rosa.form(&format!("{wave}/invite?lang=en"), &[("list", &good), ("go", "invite"), ("once", "m")]).await;
        assert!(!again.text().contains("/answer/od5_"), "a link is shown once");
        // The list that is checked once more is of those whom it has invited, who keep their links unless it is ticked.
        let path = format!("{wave}/invite?lang=en");
        for (renew, said) in [("", "it keeps its link"), ("1", "its link is made anew")] {
            let checked = rosa.form(&path, &[("list", &good), ("go", "preview"), ("renew", renew)]).await;
            let preview = rosa.get(checked.header("location")).await.text();
            assert_eq!(preview.matches(said).count(), 2, "{said}: {preview}");
        }
        let kept = rosa.form(&path, &[("list", &good), ("go", "invite"), ("once", "n")]).await.text();
        assert!(kept.contains("2 organisations were in the wave already and keep their links.") && !kept.contains("/answer/od5_"), "{kept}");
        let shown = rosa.get(&format!("{wave}?lang=en")).await.text();
        for text in ["Datos del Sur", "<b>0 of 2 eligible</b>"] {
            assert!(shown.contains(text), "{text}: {shown}");
        }
        assert!(rosa.get(&format!("{wave}?lang=en&status=submitted")).await.text().contains("No organisation here."));
        assert!(rosa.get(&format!("{wave}?lang=en&name=sur")).await.text().contains("Datos del Sur"));
        assert!(rosa.get(&format!("{wave}/reminders?lang=en")).await.text().contains("2 are due"));
        let many: String = (0..1_900).map(|n| format!("Organización número {n} de una lista larga,persona{n}@example.org\n")).collect();
        let long = rosa.form(&format!("{wave}/invite?lang=en"), &[("list", &format!("name,email\n{many}")), ("go", "preview")]).await;
        let long = rosa.get(long.header("location")).await.text();
        assert!(long.contains("new: 1900") || long.contains("nuevas: 1900"), "a list may be longer than other forms");
        assert_eq!(rosa.form(&format!("{wave}/invite"), &[("go", "forget")]).await.status, 303);
        let found = rosa.get(&format!("{wave}/register?lang=en&text=compa%C3%B1ia")).await.text();
        let slug = hidden(&found, "organisation");
        let from = rosa.form(&format!("{wave}/register"), &[("organisation", &slug), ("askIn", "es"), ("once", "r")]).await;
        assert_eq!(from.text().matches("/answer/od5_").count(), 1);
        for (once, renew, links) in [("s", "", 0), ("t", "1", 1)] {
            let sent = [("organisation", slug.as_str()), ("askIn", "es"), ("once", once), ("renew", renew)];
            let again = rosa.form(&format!("{wave}/register?lang=en"), &sent).await.text();
            assert_eq!(again.matches("/answer/od5_").count(), links, "{again}");
            assert_eq!(again.contains("1 organisation was in the wave already and keeps its link."), links == 0);
        }
        // Whose links have all ended is told to get a new one.
        let ended = sea_orm::sea_query::Expr::val(Some(clock.now()));
        let ended = entity::invitation::Entity::update_many().col_expr(entity::invitation::Column::RevokedAt, ended);
        ended.exec(&base.raw().await).await.unwrap();
        let checked = rosa.form(&path, &[("list", &good), ("go", "preview")]).await;
        let preview = rosa.get(checked.header("location")).await.text();
        assert_eq!(preview.matches("without a link that still works; it gets a new one").count(), 2, "{preview}");
        let anew = rosa.form(&path, &[("list", &good), ("go", "invite"), ("once", "u")]).await.text();
        assert!(anew.matches("/answer/od5_").count() == 2 && !anew.contains("keep"), "{anew}");

        let asked = rosa.get(&format!("{wave}/close?lang=en")).await.text();
        assert!(asked.contains("3 organisations have not answered yet"), "{asked}");
        assert_eq!(to(&rosa.form(&format!("{wave}/close"), &[]).await), wave);
        assert!(rosa.get(&format!("{wave}?lang=en")).await.text().contains("This wave is over"));
        assert_eq!(rosa.form(&format!("{wave}/invite?lang=en"), &[("list", "name\nTarde\n"), ("go", "invite")]).await.status, 409);

        town.people.account("nobody").await;
        let mut nobody = town.signed_in("nobody").await;
        assert!(nobody.get("/desk?lang=en").await.text().contains("Your account has no role yet."));
        let shut = nobody.get("/desk/studies?lang=en").await;
        assert!(shut.status == 403 && shut.text().contains("A curator, or a researcher of another study, may begin a study"), "{}", shut.text());
        let desk = rosa.get("/desk?lang=en").await.text();
        assert!(desk.contains("a curator decides.") && !desk.contains("no role yet"), "{desk}");
        let mut visitor = town.browser();
        for path in [study.as_str(), wave.as_str(), &format!("{wave}/answers.csv"), &format!("{wave}/outcomes"), &format!("{wave}/invite")] {
            assert_eq!(nobody.get(path).await.status, 404, "{path}");
            assert_eq!(visitor.get(path).await.status, 303, "{path}");
        }
        assert_eq!(nobody.form(&format!("{wave}/settings"), &[("closesOn", "2026-01-01")]).await.status, 404);
    }

    async fn a_draft_is_edited_question_by_question(base) {
        let (_, mut rosa, study) = begun(&base).await;
        let draft = to(&rosa.form(&format!("{study}/instruments"), &[("once", "copy")]).await);
        let page = rosa.get(&format!("{draft}/questions/kind?lang=en")).await.text();
        let options = page.matches("name=\"option.").count() / 4;
        assert!(options > 3, "{page}");
        let id = |at: usize| hidden(&page, &format!("option.{at}.id"));
        let mut fields = vec![
            ("wording.es".to_owned(), "¿Qué son?".to_owned()),
            ("wording.en".to_owned(), "What are you?".to_owned()),
            ("required".to_owned(), "1".to_owned()),
            ("option.0.retire".to_owned(), "1".to_owned()),
        ];
        for at in 0..options {
            fields.push((format!("option.{at}.id"), id(at)));
            fields.push((format!("option.{at}.es"), format!("Opción {at}")));
            fields.push((format!("option.{at}.en"), format!("Option {at}")));
        }
        let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(to(&rosa.form(&format!("{draft}/questions/kind"), &sent).await), draft);
        let after = rosa.get(&format!("{draft}/questions/kind?lang=en")).await.text();
        assert!(after.contains("What are you?") && after.contains("Option 1") && !after.contains("Option 0"));
        assert!(!after.contains(&format!("value=\"{}\"", id(0))), "the option is retired");
        assert_eq!(to(&rosa.form(&draft, &[("go", "up"), ("key", "size")]).await), draft);
        let add = [("go", "add"), ("step", "organisation"), ("key", "team"), ("kind", "number"), ("wording.es", "¿Cuántos?"), ("wording.en", "How many?")];
        assert_eq!(to(&rosa.form(&draft, &add).await), draft);
        assert_eq!(rosa.form(&draft, &add).await.status, 422, "a key is given once");
        let seen = rosa.get(&format!("{draft}/preview?lang=en")).await.text();
        assert!(seen.contains("What are you?") && seen.contains("How many?") && !seen.contains("<form"), "{seen}");
        assert!(seen.contains(&format!("href=\"{draft}/preview?lang=es\"")), "it can be read in the other language: {seen}");
        // Of two who have opened a question the second is told what the first has saved, and keeps what was typed.
        let team = format!("{draft}/questions/team?lang=en");
        let shown = hidden(&rosa.get(&team).await.text(), "revision");
        let theirs = [("wording.es", "¿Cuántos son?"), ("wording.en", "How many are you?"), ("revision", shown.as_str())];
        assert_eq!(to(&rosa.form(&team, &theirs).await), draft);
        let mine = |shown| [("wording.es", "¿Cuántas?"), ("wording.en", "How many in all?"), ("revision", shown)];
        let told = rosa.form(&team, &mine(shown.as_str())).await;
        assert_eq!(told.status, 422);
        let told = told.text();
        for said in ["somebody has changed this since you opened it", "How many are you?", "value=\"How many in all?\""] {
            assert!(told.contains(said), "{said}: {told}");
        }
        assert!(rosa.get(&format!("{draft}/preview?lang=en")).await.text().contains("How many are you?"));
        let removed = [("go", "remove"), ("revision", shown.as_str())];
        assert_eq!(rosa.form(&team, &removed).await.status, 422, "what was changed is not removed unseen");
        let seen = hidden(&told, "revision");
        assert_eq!(to(&rosa.form(&team, &mine(seen.as_str())).await), draft, "who has seen it may");
        // Without its wording in one language it cannot be published, and the page says what is in the way.
        let broken = [("wording.es", "Solo español")];
        assert_eq!(to(&rosa.form(&format!("{draft}/questions/team"), &broken).await), draft);
        let page = rosa.get(&format!("{draft}?lang=en")).await.text();
        assert!(page.contains("questions.team.wording.en") && !page.contains("/publish"));
        assert_eq!(rosa.form(&format!("{draft}/publish"), &[]).await.status, 422);
        assert_eq!(to(&rosa.form(&format!("{draft}/questions/team"), &[("go", "remove")]).await), draft);
        assert_eq!(rosa.form(&format!("{draft}/json"), &[("content", "{")]).await.status, 422);
        assert_eq!(to(&rosa.form(&format!("{draft}/publish"), &[]).await), draft);
        assert_eq!(rosa.get(&format!("{draft}/questions/kind")).await.status, 404, "what is published is not edited");
        assert_eq!(rosa.form(&draft, &[("go", "up"), ("key", "kind")]).await.status, 409);
        let next = to(&rosa.form(&format!("{study}/instruments"), &[("once", "next"), ("from", draft.rsplit('/').next().unwrap())]).await);
        assert!(rosa.get(&format!("{next}?lang=en")).await.text().contains("1.2.0"), "each copy has a version of its own");
    }

    async fn answers_are_downloaded_without_contacts(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        field.invite("=Mapas del Norte").await;
        send(&field, &field.follow(&secret).await, true).await;
        let town = Town::over(&field.base).await;
        let mut rosa = town.signed_in("rosa").await;
        let wave = format!("/desk/waves/{}", field.wave.entity_id);
        let sheet = rosa.get(&format!("{wave}/answers.csv")).await;
        assert!(sheet.header("content-type").starts_with("text/csv"));
        let text = sheet.text();
        for expected in ["\"size\"", "11-50", "\"aggregate_only\"", "'=Mapas del Norte"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        // What the organisation has made public is told as that, in the sheet and on the page below.
        let audience = |question: &str| {
            let line = text.lines().find(|line| line.contains(&format!(",\"{question}\","))).unwrap_or_default();
            line.rsplit(',').next().unwrap_or_default().trim_matches('"').to_owned()
        };
        for (question, who) in
            [("size", "public"), ("uses", "public"), ("sdg", "public"), ("sdg_why", "public"), ("revenue", "aggregate_only"), ("data_share", "private")]
        {
            assert_eq!(audience(question), who, "{question}: {text}");
        }
        for contact in &PRIVATE[..2] {
            assert!(!text.contains(contact), "a contact came out");
        }
        let shown = rosa.get(&format!("{wave}/outcomes?lang=en")).await.text();
        assert!(shown.contains("Answers sent: 1.") && shown.contains("<rect class=\"answered\""));
        let listed = rosa.get(&format!("{wave}?lang=en&status=submitted")).await.text();
        let response = format!("/desk/responses/{}", listed.split("/desk/responses/").nth(1).unwrap().split(['"', '?']).next().unwrap());
        let one = rosa.get(&format!("{response}?lang=en")).await.text();
        assert!(one.contains(PRIVATE[1]) && one.contains("Datos del Sur"), "those who run the study see who answers");
        let blank = one.split("Address of the site").nth(1).and_then(|rest| rest.split("</tr>").next()).unwrap();
        assert!(blank.contains("left blank") && blank.ends_with("<td>–</td>"), "of what was not said there is nothing to see: {blank}");
        // Each time that contacts are shown is one entry: who, and which.
        let id = response.rsplit('/').next().unwrap().parse().unwrap();
        let who = field.researcher.id();
        let entry = (who, Some(id), String::new());
        assert_eq!(looks(&field).await, std::slice::from_ref(&entry));
        let head = axum::http::Request::head(format!("{response}?lang=en")).body(axum::body::Body::empty()).unwrap();
        assert_eq!(rosa.send(head).await.text(), "");
        assert_eq!(looks(&field).await.len(), 1, "nothing was shown");
        assert_eq!(rosa.form(&format!("{response}/decide"), &[("step", "validate"), ("reason", "")]).await.status, 422);
        assert_eq!(looks(&field).await, [entry.clone(), entry.clone()], "the page with what is wrong shows them again");
        for page in [wave.clone(), format!("{wave}/outcomes"), format!("{wave}?status=submitted")] {
            assert!(!rosa.get(&page).await.text().contains(PRIVATE[1]), "{page}");
        }
        let without = invite::invite(&field.base.ctx, &field.researcher, &field.wave, "name\nSin Contacto\n", invite::How::default());
        let without = without.await.unwrap().pop().unwrap().response;
        assert_eq!(rosa.get(&format!("/desk/responses/{without}?lang=en")).await.status, 200);
        assert_eq!(looks(&field).await.len(), 2, "nobody is named there, and no list names anybody");
        to(&rosa.form(&format!("{response}/decide"), &[("step", "validate"), ("reason", "looked through")]).await);
        assert!(rosa.get(&format!("{wave}?lang=en")).await.text().contains("1 of 3 eligible"));
        town.people.with_role("curt", Role::Curator, None).await;
        let mut curator = town.signed_in("curt").await;
        for path in [wave.clone(), response.clone(), format!("{wave}/answers.csv")] {
            let refused = curator.get(&path).await;
            assert_eq!(refused.status, 404, "{path}");
            assert!(!refused.text().contains("Datos del Sur"));
        }
        // To a curator, who may begin studies, one that is there and is another's is as one that is not.
        let hidden = [format!("/desk/studies/{}", field.study.entity_id), format!("/desk/studies/{}", uuid::Uuid::from_u128(7))];
        for path in hidden {
            assert_eq!(curator.get(&path).await.status, 404, "{path}");
            assert_eq!(curator.form(&format!("{path}/instruments"), &[("once", "copy")]).await.status, 404, "{path}");
        }
        let [there, nowhere] = [response.rsplit('/').next().unwrap(), "00000000-0000-0000-0000-000000000007"];
        let answering = [there, nowhere].map(|id| format!("/answer/by-account-{id}"));
        assert_eq!(curator.get(&answering[0]).await.status, curator.get(&answering[1]).await.status);
        assert_eq!(looks(&field).await.len(), 2, "who is turned away has seen nobody");
        let rows = instrument::of(&field.base.ctx, &field.researcher, field.study.entity_id).await.unwrap();
        assert_eq!(rows.len(), 1);
    }
}

//! The pages of an answer link over HTTP, without a script: forms in, pages out, and nothing that leaks.

use axum::body::Body;
use axum::http::{Request, header};
use entity::vocabulary::{CaseKind, ResponseStatus, RowVisibility};
use od100::app::review::mistake;
use od100::app::survey::{link, save};
use od100::store;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::api_harness::Api;
use crate::harness::on_each_database;
use crate::survey_harness::{Field, PRIVATE, mandatory, send};

/// What a page of ours says of itself.
const OURS: [(&str, &str); 2] = [("sec-fetch-site", "same-origin"), ("origin", "null")];

type Headers<'h> = &'h [(&'h str, &'h str)];

pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) body: String,
    headers: axum::http::HeaderMap,
}

impl Page {
    pub(crate) fn to(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let from = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        from.split('"').next().unwrap().to_owned()
    }
}

async fn request(api: &Api, method: &str, path: &str, headers: Headers<'_>, body: &str) -> Page {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = api.send(request.body(Body::from(body.to_owned())).unwrap()).await;
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Page { status: parts.status.as_u16(), body: String::from_utf8_lossy(&bytes).into_owned(), headers: parts.headers }
}

pub(crate) async fn get(api: &Api, path: &str) -> Page {
    request(api, "GET", path, &[("accept", "text/html")], "").await
}

pub(crate) async fn post(api: &Api, path: &str, fields: &[(&str, &str)]) -> Page {
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut headers = vec![("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
    headers.extend(OURS);
    request(api, "POST", path, &headers, &body).await
}

/// What the form of one question sends.
fn typed(form: &str, text: &str, go: &str, more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let own = [("form", form), ("s.example", "1"), ("q.example", text), ("go", go)];
    own.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect()
}

on_each_database! {
    async fn a_firm_answers_without_a_script(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let at = |below: &str| format!("/answer/{}{below}", secret.expose());
        let start = get(&api, &at("")).await;
        assert_eq!(start.status, 200);
        assert_eq!(start.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(start.headers[header::REFERRER_POLICY], "no-referrer");
        assert!(start.body.contains("Datos del Sur") && start.body.contains("/step/name"));
        for told in ["Un estudio abierto", "https://example.org/estudio", "Ola 2025", "<dd>El estudio</dd>", "jul 2025"] {
            assert!(start.body.contains(told), "whom one answers and until when: no {told} in {}", start.body);
        }
        let form = get(&api, &at("/step/name")).await.hidden("form");
        // The link is good: what is wrong is the step alone, and the page leads back.
        let to_nowhere = post(&api, &at("/step/nowhere"), &[("form", &form), ("go", "next")]).await;
        for (lost, said) in [
            (get(&api, &at("/step/nowhere?lang=es")).await, "Este paso no existe"),
            (get(&api, &at("/step/nowhere?lang=en")).await, "There is no such step"),
            (to_nowhere, "Este paso no existe"),
        ] {
            assert_eq!(lost.status, 404);
            assert!(lost.body.contains(said) && lost.body.contains(&format!("href=\"{}", at(""))), "{}", lost.body);
            assert!(!lost.body.contains("Este enlace ya no funciona"), "{}", lost.body);
        }
        let on = post(&api, &at("/step/name"), &[("form", &form), ("s.name", "1"), ("q.name", "Datos del Sur"), ("go", "next")]).await;
        assert_eq!((on.status, on.to()), (303, at("/step/website").as_str()));
        let wrong = post(&api, &at("/step/website"), &[("form", &form), ("s.website", "1"), ("q.website", "no es"), ("go", "next")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("https://ejemplo.mx"), "it says what would be right, in Spanish");
        assert!(!wrong.body.contains("Lo demás ya se guardó"), "nothing else was sent: {}", wrong.body);
        assert!(wrong.body.contains("<p class=\"note\">1 de "), "what was not saved is not answered: {}", wrong.body);
        // Who goes back leaves it behind, and is told; who changes the language keeps what was typed.
        let typed = |go| [("form", form.as_str()), ("s.website", "1"), ("q.website", "no es"), ("go", go)];
        let back = post(&api, &at("/step/website"), &typed("back")).await;
        assert_eq!((back.status, back.to()), (303, at("/step/name?left=1").as_str()));
        assert!(get(&api, back.to()).await.body.contains("Lo que no cabía en la página anterior no se guardó."));
        let same = post(&api, &at("/step/website"), &typed("lang:en")).await;
        assert_eq!(same.status, 422);
        assert!(same.body.contains("<html lang=\"en\">") && same.body.contains("value=\"no es\""), "{}", same.body);
        let english = post(&api, &at("/step/website"), &[("form", &form), ("s.website", "1"), ("m.website", "refused"), ("go", "lang:en")]).await;
        let shown = get(&api, english.to()).await;
        assert!(shown.body.contains("<html lang=\"en\">") && shown.body.contains("Address of the site"));
        assert!(get(&api, &at("/step/website")).await.body.contains("<html lang=\"en\">"), "the language stays");
        let other = post(&api, &at("/step/organisation"), &[("form", &form), ("s.kind", "1"), ("q.kind", "other"), ("s.size", "1"), ("q.size", "!dont_know"), ("go", "next")]).await;
        assert_eq!(other.to(), at("/step/organisation"), "an answer has brought a question");
        assert!(get(&api, other.to()).await.body.contains("q.kind_other"));
        let dataset = ["q.uses.0.name", "q.uses.0.criticality", "q.uses.1.name"];
        let grid = post(&api, &at("/step/uses"), &[("form", &form), ("s.uses", "1"), (dataset[0], "Lluvia rain-2010"), (dataset[1], "core"), (dataset[2], "Algo nuevo"), ("go", "next")]).await;
        assert_eq!(grid.status, 303);
        let listed = get(&api, &at("/step/uses")).await.body;
        assert!(listed.contains("dataset:"), "an exact name is that dataset");
        assert!(listed.contains("Algo nuevo"));
        let all = get(&api, &at("/step/all")).await;
        assert!(all.body.contains("q.display") && all.body.contains("q.revenue"));
        let review = get(&api, &at("/review")).await;
        assert!(review.body.contains("Still to answer") && !review.body.contains("/send"));
        assert!(review.body.contains("<em>I don’t know</em>") && review.body.contains("<em>I prefer not to say</em>"), "in the words that were chosen: {}", review.body);
        let early = post(&api, &at("/send"), &[("form", &form)]).await;
        assert_eq!(early.to(), at("/review"));

        let followed = field.follow(&secret).await;
        save::save(&field.base.ctx, &followed, mandatory(&field, true).await, None).await.unwrap();
        let review = get(&api, &at("/review")).await;
        let public = review.body.split("id=\"rest\"").next().unwrap();
        assert!(public.contains("Lluvia") && public.contains("Essential"));
        for private in ["5 to under 20 million", PRIVATE[2], PRIVATE[1]] {
            assert!(!public.contains(private), "{private} is promised to stay unpublished");
        }
        assert!(review.body.contains("5 to under 20 million"));
        let sent = post(&api, &at("/send"), &[("form", &form)]).await;
        assert_eq!((sent.status, sent.to()), (303, at("").as_str()));
        let thanks = get(&api, &at("")).await.body;
        assert!(thanks.contains("We have your answers") && !thanks.contains(PRIVATE[2]));
        assert!(thanks.contains(&format!("href=\"/answer/{}?lang=es\"", secret.expose())), "in the other language too: {thanks}");
        assert_eq!(post(&api, &at("/send"), &[("form", &form)]).await.status, 303, "sent twice is sent once");
        let status = store::survey::response::by_id(&field.base.ctx.db, id).await.unwrap().unwrap().status;
        assert_eq!(status, ResponseStatus::Submitted);
    }

    async fn two_devices_on_one_link_lose_no_answer(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let at = |below: &str| format!("/answer/{}{below}?lang=en", secret.expose());
        let step = at("/step/purpose");
        let before = get(&api, &step).await;
        let (form, shown) = (before.hidden("form"), before.hidden("r.example"));
        let typed = |text: &str, go: &str, more: &[(&'static str, &str)]| typed(&form, text, go, more);
        let send = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            post(&api, &step, &fields).await
        };
        let stored = async || {
            let drafts = store::survey::draft::of(&field.base.ctx.db, id).await.unwrap();
            drafts.into_iter().find(|one| one.question == "example").and_then(|one| one.value).unwrap_or_default()
        };
        assert_eq!(send(typed("The telephone says rain", "next", &[("r.example", &shown)])).await.status, 303);
        // The computer has shown the page before that.
        let stale = [("r.example", shown.as_str())];
        for _ in 0..2 {
            let both = send(typed("The computer says <sun>", "next", &stale)).await;
            assert_eq!(both.status, 409);
            for text in ["The telephone says rain", "The computer says &lt;sun&gt;", "Saved meanwhile", "role=\"alert\""] {
                assert!(both.body.contains(text), "{text}: {}", both.body);
            }
            assert!(both.body.contains(">The computer says &lt;sun&gt;</textarea>"), "what was typed stays in its field");
            assert_eq!(both.hidden("r.example"), shown, "who does not choose is asked again");
            assert!(stored().await.contains("telephone"), "nothing is written over");
        }
        assert_eq!(send(typed("The computer says <sun>", "back", &stale)).await.status, 409, "nor lost by going back");
        let untouched = send(typed("", "next", &stale)).await;
        assert_eq!(untouched.status, 303, "who has typed nothing here is asked nothing");
        assert!(stored().await.contains("telephone"));
        let asked = send(typed("The computer says <sun>", "auto", &stale)).await;
        assert_eq!(asked.status, 409, "what saves as one goes hears the same");
        assert!(asked.body.starts_with("<div class=\"differs\"") && asked.body.contains("telephone"), "{}", asked.body);
        let theirs = send(typed("The computer says <sun>", "auto", &[stale[0], ("k.example", "theirs")])).await;
        assert!(theirs.status == 200 && theirs.body.contains(">The telephone says rain</textarea>"), "{}", theirs.body);
        let mine = asked.body.split("value=\"mine:").nth(1).unwrap().split('"').next().unwrap().to_owned();
        // Another word of the other device, after the choice was shown, is not written over either.
        let now = get(&api, &step).await.hidden("r.example");
        assert_eq!(mine, now);
        assert_eq!(send(typed("The telephone says hail", "next", &[("r.example", &now)])).await.status, 303);
        let choice = format!("mine:{mine}");
        assert_eq!(send(typed("The computer says <sun>", "next", &[stale[0], ("k.example", &choice)])).await.status, 409);
        let now = format!("mine:{}", get(&api, &step).await.hidden("r.example"));
        let kept = send(typed("The computer says <sun>", "auto", &[stale[0], ("k.example", &now)])).await;
        assert_eq!(kept.status, 200);
        assert!(stored().await.contains("<sun>"));
        assert_eq!(kept.hidden("r.example"), get(&api, &step).await.hidden("r.example"), "what comes next is compared with this");
    }

    async fn the_person_who_answers_is_not_written_over_unseen(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let step = format!("/answer/{}/step/consent?lang=en", secret.expose());
        let before = get(&api, &step).await;
        let (form, shown) = (before.hidden("form"), before.hidden("r.contact"));
        let send = async |name: &str, email: &str| {
            let fields = [("form", form.as_str()), ("s.contact", "1"), ("r.contact", &shown), ("q.contact", "yes"), ("c.name", name), ("c.email", email), ("go", "next")];
            post(&api, &step, &fields).await
        };
        assert_eq!(send("Ana", "ana@example.org").await.status, 303);
        let both = send("Beto", "beto@example.org").await;
        assert_eq!(both.status, 409);
        assert!(both.body.contains("ana@example.org") && both.body.contains("value=\"beto@example.org\""), "{}", both.body);
        let known = store::survey::respondent::of(&field.base.ctx.db, id).await.unwrap().unwrap();
        assert_eq!(known.email, "ana@example.org");
    }

    async fn an_address_that_is_none_takes_no_other_answer_with_it(base) {
        let field = Field::over(base).await;
        let db = &field.base.ctx.db;
        let (id, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let all = format!("/answer/{}/step/all?lang=en", secret.expose());
        let before = store::survey::respondent::of(db, id).await.unwrap().unwrap();
        let drafts = async || -> Vec<String> {
            store::survey::draft::of(db, id).await.unwrap().into_iter().map(|one| one.question).collect()
        };
        let send = async |firm: &str, email: &str| {
            let page = get(&api, &all).await;
            let (form, name, contact) = (page.hidden("form"), page.hidden("r.name"), page.hidden("r.contact"));
            let fields = [
                ("form", form.as_str()), ("s.name", "1"), ("r.name", &name), ("q.name", firm), ("s.contact", "1"),
                ("r.contact", &contact), ("q.contact", "yes"), ("c.name", "Ana"), ("c.email", email), ("go", "stay"),
            ];
            post(&api, &all, &fields).await
        };
        for (firm, email) in [("Uno", "no es"), ("Dos", ""), ("Tres", "ana@")] {
            let refused = send(firm, email).await;
            assert_eq!(refused.status, 422, "{email}: {}", refused.body);
            assert!(refused.body.contains("value=\"Ana\"") && refused.body.contains("The rest has been saved"), "{email}: {}", refused.body);
            let stored = store::survey::draft::of(db, id).await.unwrap();
            assert!(stored.iter().any(|one| one.value.as_deref().unwrap_or_default().contains(firm)), "{email}");
            assert!(!drafts().await.contains(&"contact".to_owned()), "{email}");
            let now = store::survey::respondent::of(db, id).await.unwrap().unwrap();
            assert_eq!((&now.email, now.may_contact), (&before.email, before.may_contact), "{email}");
        }
        assert_eq!(send("Cuatro", "ana@example.org").await.status, 303);
        let now = store::survey::respondent::of(db, id).await.unwrap().unwrap();
        assert!(now.email == "ana@example.org" && now.may_contact && drafts().await.contains(&"contact".to_owned()));
    }

    async fn a_row_without_a_name_is_not_lost(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let at = |step: &str| format!("/answer/{}/step/{step}", secret.expose());
        let stored = async |key: &str| {
            let drafts = store::survey::draft::of(&field.base.ctx.db, id).await.unwrap();
            drafts.into_iter().find(|one| one.question == key).and_then(|one| one.value)
        };
        let form = get(&api, &at("uses")).await.hidden("form");
        let body = "value=\"Alcaldía de Tlalpan\"";
        let used = [("s.uses", "1"), ("q.uses.0.name", "Algo"), ("q.uses.1.name", " "), ("q.uses.1.publisher", "Alcaldía de Tlalpan"), ("q.uses.1.criticality", "core"), ("q.uses.1.since", "2014")];
        let needed = [("s.requests", "1"), ("q.requests.0.title", ""), ("q.requests.0.publisher", "Alcaldía de Tlalpan"), ("q.requests.0.purpose", "rutas")];
        let send = async |step: &str, go: &str, rows: &[(&str, &str)]| {
            let own = [("form", form.as_str()), ("s.name", "1"), ("q.name", "Datos del Sur"), ("go", go)];
            let own = own.iter().filter(|(name, _)| step == "all" || !["s.name", "q.name"].contains(name));
            post(&api, &at(step), &own.chain(rows).copied().collect::<Vec<_>>()).await
        };
        let field_of = |page: &Page, name: &str| {
            let field = page.body.split("<input").find(|one| one.contains(&format!("name=\"{name}\""))).unwrap();
            field.split('>').next().unwrap().to_owned()
        };
        for (step, go) in [("uses", "next"), ("uses", "more"), ("all", "next"), ("uses", "stay")] {
            let wrong = send(step, go, &used).await;
            assert_eq!(wrong.status, 422, "{step} {go}");
            for kept in ["value=\"Algo\"", body, "value=\"core\" checked", "value=\"2014\"", "name=\"q.uses.1.remove\""] {
                assert!(wrong.body.contains(kept), "{step} {go} {kept}: {}", wrong.body);
            }
            assert!(wrong.body.contains("id=\"fault-uses-1\">Esta fila no tiene nombre"), "{}", wrong.body);
            let name = field_of(&wrong, "q.uses.1.name");
            assert!(name.contains("aria-invalid=\"true\" aria-describedby=\"fault-uses-1\""), "{name}");
            assert!(!field_of(&wrong, "q.uses.0.name").contains("aria-invalid"), "the other row is right");
            assert_eq!(stored("uses").await, None, "{step} {go}");
        }
        assert!(stored("name").await.is_some(), "what is right of the page is saved");
        let wrong = send("requests", "next", &needed).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains(body) && wrong.body.contains("value=\"rutas\""), "{}", wrong.body);
        assert!(wrong.body.contains("id=\"fault-requests-0\">Esta fila no dice qué datos"), "{}", wrong.body);
        let both: Vec<_> = used.iter().chain(&needed).copied().collect();
        let english = send("all", "lang:en", &both).await;
        assert_eq!(english.status, 422);
        for kept in ["<html lang=\"en\">", "This row has no name", "This row does not say which data", "value=\"Algo\"", "value=\"rutas\""] {
            assert!(english.body.contains(kept), "{kept}: {}", english.body);
        }
        assert_eq!(english.body.matches(body).count(), 2);
        let auto = send("uses", "auto", &used).await;
        assert_eq!(auto.status, 422, "what saves as one goes does not say that it is saved");
        let back = send("uses", "back", &used).await;
        assert!(back.status == 303 && back.to().contains("left=1"), "who goes back is told");
        // Named, or taken out, it goes on.
        let named: Vec<_> = used.iter().copied().filter(|(name, _)| *name != "q.uses.1.name").chain([("q.uses.1.name", "Alcaldía de Tlalpan")]).collect();
        assert_eq!(send("uses", "next", &named).await.status, 303);
        assert!(stored("uses").await.unwrap().contains("Alcaldía de Tlalpan"));
        let emptied: Vec<_> = used.iter().copied().chain([("q.uses.1.remove", "1")]).collect();
        assert_eq!(send("uses", "next", &emptied).await.status, 303);
        let left = stored("uses").await.unwrap();
        assert!(left.contains("Algo") && !left.contains("Tlalpan"), "{left}");
        let blank = [("s.requests", "1"), ("q.requests.0.title", ""), ("q.requests.0.reason", "")];
        assert_eq!(send("requests", "next", &blank).await.status, 303, "an empty row is none");
    }

    async fn who_does_not_want_to_take_part_is_asked_once(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let at = |below: &str| format!("/answer/{}{below}", secret.expose());
        let status = async || store::survey::response::by_id(&field.base.ctx.db, id).await.unwrap().unwrap().status;
        let start = get(&api, &at("")).await.body;
        assert!(start.contains(&format!("href=\"{}\"", at("/refuse"))) && !start.contains("method=\"post\""), "{start}");
        let asked = get(&api, &at("/refuse")).await;
        assert!(asked.status == 200 && asked.body.contains("Datos del Sur") && asked.body.contains(&format!("href=\"{}\"", at(""))));
        assert_eq!(status().await, ResponseStatus::Invited, "to look at the page does nothing");
        let done = post(&api, &at("/refuse"), &[("form", &asked.hidden("form"))]).await;
        assert_eq!((done.status, status().await), (200, ResponseStatus::Refused));
        let form = asked.hidden("form");
        for below in ["", "/step/name", "/step/all", "/review", "/refuse"] {
            let mut page = get(&api, &format!("{}?lang=en", at(below))).await;
            if page.status == 303 {
                page = get(&api, page.to()).await;
            }
            assert_eq!(page.status, 200, "{below}");
            assert!(page.body.contains("You have said that you do not take part"), "{below}: {}", page.body);
            assert!(!page.body.contains("/step/") && !page.body.contains("<form"), "{below}: {}", page.body);
        }
        for below in ["/step/name", "/step/all", "/send", "/refuse", "/mistake"] {
            let page = post(&api, &format!("{}?lang=en", at(below)), &[("form", &form), ("s.name", "1"), ("q.name", "X")]).await;
            assert!(page.status == 409 && page.body.contains("You have said that you do not take part"), "{below}: {}", page.body);
        }
        let ctx = &field.base.ctx;
        let secret = link::rotate(ctx, &field.researcher, id, None).await.unwrap().unwrap();
        let thought_again = get(&api, &format!("/answer/{}", secret.expose())).await;
        assert!(thought_again.status == 200 && thought_again.body.contains("/step/"), "{}", thought_again.body);
    }

    async fn a_mistake_is_told_after_sending_and_what_was_sent_stays(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let (_, other) = field.invite("Mapas del Norte").await;
        let api = Api::over(&field.base).await;
        let at = |below: &str| format!("/answer/{}{below}?lang=en", secret.expose());
        let form = get(&api, &at("/step/name")).await.hidden("form");
        let fields = [("form", form.as_str()), ("text", "We are 12 people, not 120.")];
        assert_eq!(post(&api, &at("/mistake"), &fields).await.status, 409, "until it is sent it can be changed");
        send(&field, &field.follow(&secret).await, true).await;
        let answers = async || entity::answer::Entity::find().all(&field.base.raw().await).await.unwrap();
        let before = answers().await;
        let thanks = get(&api, &at("")).await.body;
        assert!(thanks.contains("Something in it is wrong?") && thanks.contains("/mistake"), "{thanks}");
        let empty = post(&api, &at("/mistake"), &[("form", &form), ("text", " ")]).await;
        assert!(empty.status == 422 && empty.body.contains("role=\"alert\""), "{}", empty.body);
        let foreign = format!("/answer/{}/mistake", other.expose());
        assert_eq!(post(&api, &foreign, &fields).await.status, 403, "the form of another link");
        for _ in 0..2 {
            let told = post(&api, &at("/mistake"), &fields).await;
            assert!(told.status == 200 && told.body.contains("we have taken it down"), "{}", told.body);
        }
        assert_eq!(answers().await, before, "nothing of what was sent has changed");
        let many: Vec<u16> = {
            let mut many = Vec::new();
            for number in 0..5 {
                many.push(post(&api, &at("/mistake"), &[("form", &form), ("text", &format!("And also {number}"))]).await.status);
            }
            many
        };
        assert_eq!(many, [200, 200, 200, 200, 429], "five an hour");
        let cases = entity::review_case::Entity::find().all(&field.base.raw().await).await.unwrap();
        let told: Vec<_> = cases.iter().filter(|case| case.kind == CaseKind::ErrorReport).collect();
        assert_eq!(told.len(), 5, "the same said twice is one case");
        let case = told[0];
        assert_eq!((case.subject_id, case.visibility), (Some(id.0), RowVisibility::Private));
        assert_eq!((case.study_id, case.wave_id), (Some(field.study.entity_id), Some(field.wave.entity_id)));
        let ctx = &field.base.ctx;
        let seen = mistake::told(ctx, &field.researcher, id).await.unwrap();
        assert_eq!((seen.len(), seen[0].1.as_str()), (5, fields[1].1));
        let (stranger, _) = { field.people.account("nadia").await; field.people.sign_in("nadia").await };
        assert!(mistake::told(ctx, &stranger, id).await.is_err(), "it is for those who run the study");
        let api = Api::over(&field.base).await;
        assert!(!api.get("/organisations/datos-del-sur").await.1.contains("12 people"));
        field.base.clock.set(field.base.clock.now() + chrono::TimeDelta::days(400));
        assert_eq!(post(&api, &at("/mistake"), &fields).await.status, 404, "as long as the link is good");
    }

    async fn looking_changes_nothing_and_forms_of_others_neither(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let (_, other) = field.invite("Mapas del Norte").await;
        let api = Api::over(&field.base).await;
        let at = |below: &str| format!("/answer/{}{below}", secret.expose());
        for path in ["", "/step/name", "/step/all", "/review"] {
            assert_eq!(get(&api, &at(path)).await.status, 200);
        }
        let form = get(&api, &at("/step/name")).await.hidden("form");
        let foreign_form = get(&api, &format!("/answer/{}/step/name", other.expose())).await.hidden("form");
        assert_ne!(form, foreign_form);
        let body = format!("form={form}&s.name=1&q.name=x");
        let media = ("content-type", "application/x-www-form-urlencoded");
        let cases: [(Headers, &str, u16); 6] = [
            (&[media, ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], &body, 403),
            (&[media, ("origin", "https://evil.example")], &body, 403),
            (&[media], &body, 403),
            (&[media, OURS[0], ("origin", "https://evil.example")], &body, 403),
            (&[("content-type", "application/json"), OURS[0]], "{}", 415),
            (&[media, OURS[0]], "s.name=1&q.name=x", 403),
        ];
        for (headers, body, status) in cases {
            let page = request(&api, "POST", &at("/step/name"), headers, body).await;
            assert_eq!(page.status, status, "{headers:?}");
        }
        assert_eq!(post(&api, &at("/step/name"), &[("form", &foreign_form), ("s.name", "1"), ("q.name", "x")]).await.status, 403);
        let now = store::survey::response::by_id(&field.base.ctx.db, id).await.unwrap().unwrap();
        assert_eq!(now.status, ResponseStatus::Invited);
        for path in ["/answer/od5_nothing", "/answer/x/step/name", "/answer/x/review", "/join/none"] {
            let page = get(&api, path).await;
            assert!(page.status == 404 || path == "/join/none", "{path} {}", page.status);
            assert_eq!(page.headers[header::REFERRER_POLICY], "no-referrer");
            assert!(page.body.contains("hreflang=\"en\""), "{path} can be read in the other language: {}", page.body);
        }
        assert!(get(&api, "/join/none").await.body.contains("href=\"/join/none?lang=en\""));
        let nothing = get(&api, &at("/step/nothing")).await;
        assert_eq!(nothing.status, 404);
        for (page, below) in [(nothing, "/step/nothing"), (get(&api, &at("/refuse")).await, "/refuse")] {
            let other = format!("href=\"/answer/{}{below}?lang=en\"", secret.expose());
            assert!(page.body.contains(&other), "{other}: {}", page.body);
        }
    }

    async fn programs_do_not_get_past_the_door(base) {
        let field = Field::over(base).await;
        let api = Api::over(&field.base).await;
        let path = format!("/join/{}", field.wave.slug);
        let shown = get(&api, &path).await;
        for told in ["Un estudio abierto", "Ola 2025", "<dd>El estudio</dd>", "31 dic 2025"] {
            assert!(shown.body.contains(told), "no {told} in {}", shown.body);
        }
        let form = shown.hidden("form");
        let fields = [("form", form.as_str()), ("name", "Nueva"), ("email", "nueva@example.org"), ("website", ""), ("contact", "N")];
        assert_eq!(post(&api, &path, &fields).await.status, 422, "nobody types that fast");
        field.base.clock.set(field.base.clock.now() + chrono::TimeDelta::seconds(4));
        let mut filled = fields.to_vec();
        filled.push(("url2", "https://spam.example"));
        assert_eq!(post(&api, &path, &filled).await.status, 422, "people do not see that field");
        let forged = [("form", "1750000000.00"), ("name", "Nueva"), ("email", "nueva@example.org")];
        assert_eq!(post(&api, &path, &forged).await.status, 422);
        let entered = post(&api, &path, &fields).await;
        assert_eq!(entered.status, 303);
        assert_eq!(get(&api, entered.to()).await.status, 200);
        // Who clicks twice follows the second answer: one response, and both links lead to it.
        let responses = async || entity::response::Entity::find().filter(entity::response::Column::SupersededAt.is_null()).all(&field.base.raw().await).await.unwrap().len();
        let before = responses().await;
        let again = post(&api, &path, &fields).await;
        assert_eq!(again.status, 303);
        assert_eq!(responses().await, before);
        for link in [entered.to(), again.to()] {
            assert_eq!(get(&api, link).await.status, 200);
        }
        assert_eq!(post(&api, "/join/none", &[("form", "x")]).await.status, 404);
    }

    async fn nothing_of_answering_is_public(base) {
        let field = Field::over(base).await;
        let (_, one) = field.invite("Datos del Sur").await;
        let (_, two) = field.invite("Canaria Secreta de Datos").await;
        send(&field, &field.follow(&one).await, true).await;
        save::save(&field.base.ctx, &field.follow(&two).await, mandatory(&field, true).await, None).await.unwrap();
        let api = Api::over(&field.base).await;
        let mut said = Vec::new();
        for query in [
            "{ organisations(first: 10) { nodes { name answers { value } impacts { text rationale { value } } claims(first: 10) { nodes { purpose { value } evidence { locator quote source { title } } } } } } }",
            "{ datasets(first: 100) { nodes { title users(first: 20) { nodes { name } } } } publishers(first: 100) { nodes { name users(first: 20) { nodes { name } } } } }",
        ] {
            let answer = api.raw("en", query, serde_json::json!({})).await;
            assert!(answer["errors"].is_null(), "{}", answer["errors"]);
            said.push(answer.to_string());
        }
        for text in ["Datos del Sur", "Canaria", "canary"] {
            let query = "query($t: String!) { search(text: $t) { totalCount hits { title } } }";
            said.push(api.raw("en", query, serde_json::json!({ "t": text })).await.to_string());
        }
        for path in ["/", "/explore", "/sitemap.xml", "/sitemap/organisations-1.xml", "/download/organisations.csv", "/download/claims.json", "/organisations/datos-del-sur"] {
            said.push(get(&api, path).await.body);
        }
        for text in &said {
            for private in PRIVATE.iter().chain(&["Datos del Sur", "Precios de combustibles", "Medimos emisiones"]) {
                assert!(!text.contains(private), "'{private}' is in {}", &text[..text.len().min(300)]);
            }
        }
        assert!(said[0].contains("Compañía"), "the record itself is there");
    }
}

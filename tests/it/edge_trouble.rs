//! What a reader gets in place of a page: in their language, with the ways around the site, and what to do.

use axum::body::Body;
use axum::http::{Request, header};
use entity::vocabulary::Role;

use crate::desk_harness::Town;
use crate::edge_harness::{Edge, Setting};
use crate::harness::on_each_database;
use crate::people::places;

/// What the frame of each such page holds.
const WAYS: [&str; 3] = ["href=\"/explore?lang=", "href=\"/publishers?lang=", "href=\"/requests?lang="];

#[tokio::test]
async fn what_is_not_there_is_said_in_the_readers_language() {
    let edge = Edge::new();
    for (lang, title, other) in
        [("es", "Esta página no existe", "/nothing?lang=en"), ("en", "There is no such page", "/nothing?lang=es")]
    {
        for headers in [[("accept", "text/html"), ("accept-language", lang)]] {
            let page = edge.get("/nothing", &headers).await;
            assert_eq!((page.status.as_u16(), page.header("content-type")), (404, "text/html; charset=utf-8"));
            let text = page.text();
            assert!(text.contains(&format!("<html lang=\"{lang}\">")) && text.contains(title), "{text}");
            assert!(WAYS.iter().all(|way| text.contains(way)) && text.contains(other), "{text}");
            assert!(!text.contains("<script") && !text.contains(" style="), "{text}");
            // In the words, and with the search, of an address that names nothing.
            let words = ["Búsquelo por su nombre", "Search for it by name"];
            assert!(text.contains(words[usize::from(lang == "en")]) && text.contains("role=\"search\""), "{text}");
        }
    }
    let asked = edge.get("/nothing?lang=es", &[("accept", "text/html"), ("accept-language", "en")]).await;
    assert!(asked.text().contains("<html lang=\"es\">"), "the address asks for a language");
    // Each leads on where its reader was.
    for (path, onward) in [
        ("/desk/nothing?lang=en", "href=\"/desk?lang=en\">To the desk</a>"),
        ("/desktop?lang=en", "href=\"/explore?lang=en\">Explore all"),
    ] {
        let page = edge.get(path, &[("accept", "text/html")]).await;
        assert!(page.status.as_u16() == 404 && page.text().contains(onward), "{path}: {}", page.text());
    }
}

#[tokio::test]
async fn the_word_that_cannot_be_used_is_named_by_files_and_frames() {
    let edge = Edge::with(Setting { with_record: true, ..Setting::default() });
    for (path, spanish, english) in [
        ("/embed/flow?theme=zz", "«theme» no tiene el valor «zz»", "'theme' has no value 'zz'"),
        ("/embed/map?asOf=soon", "«soon» no es un día de 0001-01-01 a 9999-12-31", "'asOf' wants"),
        ("/download/organisations.csv?sector=zz", "«Sector» no tiene el valor «zz»", "'sector' has no value 'zz'"),
        ("/download/organisations.csv?hue=zz", "No hay ningún filtro «hue»", "there is no filter 'hue'"),
    ] {
        let page = edge.get(path, &[("accept", "text/html"), ("accept-language", "es")]).await;
        assert_eq!(page.status.as_u16(), 400, "{path}");
        assert!(page.text().contains(&format!("<h1>{spanish}</h1>")), "{path}: {}", page.text());
        assert!(!page.text().contains("<script"), "{path}: nothing runs in a frame");
        let program = edge.get(path, &[("accept", "*/*")]).await;
        let detail = program.json()["detail"].as_str().unwrap_or_default().to_owned();
        assert!(detail.starts_with(english), "{path}: {detail}");
    }
}

#[tokio::test]
async fn an_atlas_that_is_being_loaded_is_asked_for_again_without_a_script() {
    let edge = Edge::with(Setting { ready: false, ..Setting::default() });
    let page = edge.get("/explore", &[("accept", "text/html"), ("accept-language", "es")]).await;
    assert_eq!((page.status.as_u16(), page.header("retry-after")), (503, "2"));
    let text = page.text();
    assert!(text.contains("El atlas aún no está listo") && text.contains("en 2 segundos"), "{text}");
    assert!(text.contains("<meta http-equiv=\"refresh\" content=\"2\">") && !text.contains("<script"), "{text}");
    let program = edge.get("/explore", &[("accept", "application/json")]).await;
    assert_eq!(program.json()["detail"], "the record is still being loaded");
}

on_each_database! {
    async fn what_is_not_at_the_desk_is_said_in_its_frame(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        let mut cura = town.signed_in("cura").await;
        for path in ["/desk/nothing", "/desk/matches/nothing", "/desk/review/nothing/at/all"] {
            let page = cura.get(&format!("{path}?lang=en")).await;
            let text = page.text();
            assert_eq!(page.status, 404, "{path}: {text}");
            for way in ["href=\"/account?lang=en\"", "href=\"/desk/review?lang=en\"", "lang=es\"", "To the desk"] {
                assert!(text.contains(way), "{path}, {way}: {text}");
            }
        }
        // Who is not signed in has no ways of the desk.
        let page = town.browser().get("/desk/nothing?lang=en").await;
        assert!(page.status == 404 && !page.text().contains("/account"), "{}", page.text());
    }

    async fn a_form_that_is_too_old_keeps_what_was_written(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        let mut visitor = town.browser();
        let page = visitor.get("/report?about=/about&lang=es").await.text();
        let stamp = page.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        base.clock.set(base.clock.now() + chrono::TimeDelta::seconds(5));
        // The browser was closed meanwhile.
        visitor.cookies.clear();
        let written = "El nombre <b>está</b> mal escrito,\nse llama de otra manera.";
        let fields = [("about", "/about"), ("text", written), ("stamp", stamp.as_str())];
        let answer = visitor.form("/report?lang=es", &fields).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (403, "text/html; charset=utf-8"));
        let text = answer.text();
        assert!(text.contains("Este formulario ya es demasiado viejo") && text.contains("Enviarlo otra vez"), "{text}");
        assert!(text.contains("El nombre &lt;b&gt;está&lt;/b&gt; mal escrito,"), "{text}");
        assert!(WAYS.iter().all(|way| text.contains(way)) && text.contains("action=\"/report?lang=es\""), "{text}");
        assert_eq!(visitor.form("/report?lang=es", &fields).await.status, 303, "and once more it is sent");

        // A password is typed anew.
        let mut other = town.browser();
        let secret = other.form("/sign-in?lang=en", &[("email", "a@example.org"), ("password", "cuatro palabras")]).await;
        assert_eq!(secret.status, 403);
        assert!(secret.text().contains("Go back, load the page again") && !secret.text().contains("cuatro palabras"));
        // Programs are told in their own form.
        let program = Request::post("/report").header(header::ACCEPT, "application/json").header(header::ORIGIN, "null");
        let program = program
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let told = other.send(program.body(Body::from("text=x")).unwrap()).await;
        assert_eq!(told.header("content-type"), "application/problem+json");
        // Another site's form is offered nothing.
        let foreign = Request::post("/report?lang=en").header(header::ORIGIN, "https://evil.example");
        let foreign = foreign
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site");
        let told = other.send(foreign.body(Body::from("text=mine")).unwrap()).await;
        assert_eq!(told.status, 403);
        assert!(told.text().contains("Another site has sent this form") && !told.text().contains("mine"));
    }
}

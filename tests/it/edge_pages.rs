//! The plain pages and the downloads over a small record: facts, links, languages, what has moved, and
//! nothing of whom may not be shown.

use serde_json::json;
use uuid::Uuid;

use crate::{
    edge_harness::{Answer, Edge, Setting},
    edge_rows::{DATOS, HOSTILE},
};

pub(crate) const HTML: (&str, &str) = ("accept", "text/html");
pub(crate) const PAGES: [&str; 16] = [
    "/",
    "/explore",
    "/organisations/datos-y-mas",
    "/organisations/hostile",
    "/publishers",
    "/publishers/instituto",
    "/datasets",
    "/datasets/censo",
    "/sdgs/3",
    "/method",
    "/areas/MX",
    "/studies/od100-mx",
    "/waves/w1",
    "/schemes",
    "/schemes/od500_category",
    "/about",
];

fn site() -> Edge {
    Edge::with(Setting { with_record: true, public_url: "https://od100.example".into(), ..Setting::default() })
}

/// No page shows a place of a text that nothing was put into.
#[tokio::test]
async fn no_text_has_a_hole() {
    let edge = site();
    for path in PAGES {
        for lang in ["en", "es"] {
            let text = page(&edge, path, lang).await.text();
            let shown = text.split("<script").next().unwrap_or_default().to_owned()
                + text.split("<body>").nth(1).unwrap_or_default();
            for (at, _) in shown.match_indices('{') {
                let hole = shown[at + 1..].split_once('}').is_some_and(|(name, _)| {
                    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic())
                });
                assert!(!hole, "{path} {lang}: {}", shown[at..].chars().take(40).collect::<String>());
            }
        }
    }
}

async fn page(edge: &Edge, path: &str, lang: &str) -> Answer {
    let answer = edge.get(path, &[HTML, ("accept-language", lang)]).await;
    assert_eq!(answer.status, 200, "{path}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    answer
}

#[tokio::test]
async fn every_page_has_a_head_in_the_language_asked_for() {
    let edge = site();
    for path in PAGES {
        for (accept, lang) in [("en", "en"), ("es-MX,en;q=0.5", "es"), ("de", "es"), ("", "es")] {
            let answer = page(&edge, path, accept).await;
            let text = answer.text();
            assert!(text.contains(&format!("<html lang=\"{lang}\">")), "{path} {accept}");
            assert!(text.contains(&format!("<link rel=\"canonical\" href=\"https://od100.example{path}\">")), "{path}");
            for other in ["es", "en", "x-default"] {
                assert!(text.contains(&format!("hreflang=\"{other}\"")), "{path} {other}");
            }
            assert!(text.contains("<meta name=\"description\" content=\"") && text.contains("<h1>"), "{path}");
            assert!(text.contains("<div id=\"app\">"), "{path}");
            assert!(answer.header("vary").contains("Accept-Language"), "{path}: {}", answer.header("vary"));
        }
        let chosen = page(&edge, &format!("{path}?lang=en"), "es").await.text();
        assert!(
            chosen.contains("<html lang=\"en\">") && chosen.contains("lang=en\""),
            "{path}: links keep the language"
        );
    }
}

#[tokio::test]
async fn pages_say_what_is_recorded() {
    let edge = site();
    let organisation = page(&edge, "/organisations/datos-y-mas", "en").await.text();
    for part in [
        "<h1><span lang=\"es\">Datos y Más</span> builds on data from 1 publisher</h1>",
        "href=\"/datasets/censo\"",
        "Geospatial",
        "A description",
        "href=\"https://example.org\"",
    ] {
        assert!(organisation.contains(part), "{part}: {organisation}");
    }
    let publisher = page(&edge, "/publishers/instituto", "es").await.text();
    assert!(
        publisher.contains("<h1>Instituto de Cifras: ") && publisher.contains(" organizaciones usan sus datos</h1>"),
        "{publisher}"
    );
    assert!(publisher.contains("href=\"/organisations/datos-y-mas\""));
    let area = page(&edge, "/areas/MX", "en").await.text();
    assert!(
        area.contains("Mexico: 1 organisation works here") && area.contains("/organisations/datos-y-mas"),
        "{area}"
    );
    let study = page(&edge, "/studies/od100-mx", "en").await.text();
    for part in ["Study: 2 organisations recorded", "href=\"/waves/w1\"", "no random sample", "The people of the study"]
    {
        assert!(study.contains(part), "{part}: {study}");
    }
    let wave = page(&edge, "/waves/w1", "en").await.text();
    for part in [
        "Wave: 2 organisations",
        "<th scope=\"row\">Sector</th><td class=\"num\">1</td><td class=\"num\">2</td>",
        "not asked: 2",
        "href=\"/studies/od100-mx\"",
    ] {
        assert!(wave.contains(part), "{part}: {wave}");
    }
    let home = page(&edge, "/", "en").await.text();
    assert!(home.contains("recorded in the study “Study”."), "{home}");
    let explore = page(&edge, "/explore?sector=geo&utm_source=x", "en").await.text();
    assert!(explore.contains("1 of 2 organisations matches (Geo"), "{explore}");
    assert!(explore.contains("href=\"/download/organisations.csv?sector=geo\""));
    assert!(explore.contains("content=\"noindex\""), "filtered lists are without end");
    assert!(explore.contains("<link rel=\"canonical\" href=\"https://od100.example/explore\">"), "and one page");
    // Who shares one shares what is seen, and in its language where that was chosen.
    for (asked, shared, rest) in [
        (
            "/explore?sector=geo&view=flow&sort=name&utm_source=x&strange=1",
            "/explore?sector=geo&amp;view=flow",
            "&amp;",
        ),
        ("/explore?lang=en&sector=geo", "/explore?lang=en&amp;sector=geo", "&amp;"),
        ("/explore", "/explore", "?"),
        ("/publishers/instituto?chapter=mx", "/publishers/instituto?chapter=mx", "&amp;"),
    ] {
        let text = page(&edge, asked, "en").await.text();
        let url = format!("https://od100.example{shared}");
        assert!(text.contains(&format!("<meta property=\"og:url\" content=\"{url}\">")), "{asked}: {text}");
        let any = url.replace("lang=en&amp;", "");
        assert!(text.contains(&format!("hreflang=\"x-default\" href=\"{any}\"")), "{asked}: {text}");
        for lang in ["es", "en"] {
            let other = format!("hreflang=\"{lang}\" href=\"{any}{rest}lang={lang}\"");
            assert!(text.contains(&other), "{asked}: {text}");
        }
    }
    assert!(!page(&edge, "/datasets/censo", "en").await.text().contains("javascript:"));
}

#[tokio::test]
async fn no_text_of_the_record_becomes_markup() {
    let edge = site();
    for path in PAGES {
        let text = page(&edge, path, "en").await.text();
        assert!(!text.contains("<script>alert"), "{path}");
        let rest = text.replace("<script type=\"module\"", "").replace("<script type=\"application/ld+json\">", "");
        assert!(!rest.contains("<script"), "{path} has a script that is neither ours nor data");
        assert!(!rest.contains(" style=\"") && !rest.contains(" onclick"), "{path}");
    }
    let text = page(&edge, "/organisations/hostile", "en").await.text();
    let data = text.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!((data["@type"].as_str(), data["name"].as_str()), (Some("Organization"), Some(HOSTILE)));
}

#[tokio::test]
async fn whoever_may_not_be_shown_is_nowhere() {
    let edge = site();
    assert_eq!(edge.get("/organisations/hidden", &[HTML]).await.status, 404);
    let id = format!("/id/organisation/{}", Uuid::from_u128(3));
    assert_eq!(edge.get(&id, &[HTML]).await.status, 404);
    let mut addresses: Vec<String> = PAGES.iter().map(|path| (*path).to_owned()).collect();
    addresses.extend(["/sitemap.xml", "/publishers/oficina"].map(str::to_owned));
    for what in ["organisations", "claims", "publishers", "datasets", "flow", "counts"] {
        addresses.extend(["csv", "json"].map(|format| format!("/download/{what}.{format}")));
        let places = format!("/download/{what}.geojson");
        if matches!(what, "flow" | "counts") {
            assert_eq!(edge.get(&places, &[]).await.status, 404, "{what} lie nowhere");
        } else {
            addresses.push(places);
        }
    }
    for address in addresses {
        let answer = edge.get(&address, &[]).await;
        assert_eq!(answer.status, 200, "{address}");
        // A form has fields of this name, a page marks and a method cells.
        let others = ["type=\"hidden\"", "aria-hidden", "A hidden cell"];
        let text = others.iter().fold(answer.text(), |text, other| text.replace(other, ""));
        assert!(!text.contains("Canary") && !text.contains("hidden"), "{address}");
    }
}

#[tokio::test]
async fn moved_addresses_lead_to_the_new_ones() {
    let edge = site();
    for (from, to) in [
        ("/organisations/datos?lang=en", "/organisations/datos-y-mas?lang=en"),
        ("/publishers/instituto-viejo", "/publishers/instituto"),
        ("/datasets/censo-2010", "/datasets/censo"),
        ("/organisations/instituto", "/publishers/instituto"),
    ] {
        let answer = edge.get(from, &[HTML]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, to), "{from}");
    }
    for path in [
        "/organisations/x",
        "/publishers/datos-y-mas",
        "/datasets/x",
        "/sectors/x",
        "/sdgs/18",
        "/sdgs/03",
        "/id/organisation/x",
        "/id/x/y",
        "/areas/XX",
        "/studies/x",
        "/waves/x",
        "/schemes/x",
    ] {
        let answer = edge.get(path, &[HTML, ("accept-language", "en")]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains("There is no such page"), "{path}");
    }
}

#[tokio::test]
async fn an_identity_sends_on_to_what_can_be_read() {
    let edge = site();
    let id = format!("/id/organisation/{}", Uuid::from_u128(DATOS));
    let page = edge.get(&id, &[HTML]).await;
    assert_eq!((page.status.as_u16(), page.header("location")), (303, "/organisations/datos-y-mas"));
    let data = edge.get(&id, &[("accept", "application/json")]).await;
    assert_eq!(data.status, 303);
    assert!(
        data.header("location").starts_with("/graphql?query=%7Bnode%28id%3A%22organisation%3A"),
        "{}",
        data.header("location")
    );
    assert!(data.header("vary").contains("Accept"));
    let linked = edge.get(&id, &[("accept", "application/ld+json"), ("accept-language", "en")]).await;
    assert_eq!((linked.status.as_u16(), linked.header("content-type")), (200, "application/ld+json"));
    assert!(linked.header("vary").contains("Accept"));
    let thing = linked.json();
    assert_eq!((&thing["@context"], &thing["@type"]), (&json!("https://schema.org"), &json!("Organization")));
    assert!(thing["@id"].as_str().is_some_and(|name| name.ends_with(&id)), "{thing}");
    let hidden = format!("/id/organisation/{}", Uuid::from_u128(3));
    assert_eq!(edge.get(&hidden, &[("accept", "application/ld+json")]).await.status, 404);
    for (kind, id, to) in [
        ("code", 41, "/sectors/geo"),
        ("code", 42, "/sdgs/3"),
        ("area", 50, "/areas/MX"),
        ("study", 60, "/studies/od100-mx"),
        ("wave", 61, "/waves/w1"),
    ] {
        let answer = edge.get(&format!("/id/{kind}/{}", Uuid::from_u128(id)), &[HTML]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{kind} {id}");
    }
}

#[tokio::test]
async fn a_page_holds_until_the_record_changes() {
    let edge = site();
    for path in ["/", "/publishers/instituto", "/download/organisations.csv"] {
        let first = edge.get(path, &[HTML]).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with("W/\"7-2026-01-01-es"), "{path}: {etag}");
        let again = edge.get(path, &[HTML, ("if-none-match", &etag)]).await;
        assert_eq!((again.status.as_u16(), again.body.len(), again.header("etag")), (304, 0, etag.as_str()), "{path}");
        let english = edge.get(path, &[HTML, ("if-none-match", &etag), ("accept-language", "en")]).await;
        assert_eq!(english.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_search_and_the_network_are_to_be_had_without_a_script() {
    let edge = site();
    for path in ["/", "/publishers", "/datasets"] {
        assert!(edge.get(path, &[HTML]).await.text().contains("<form role=\"search\""), "{path}");
    }
    let page = edge.get("/organisations/datos-y-mas", &[HTML]).await.text();
    assert!(page.contains("view=network") && page.contains("node=organisation%3Adatos-y-mas"), "{page}");
}

#[tokio::test]
async fn a_page_that_holds_says_nothing_of_an_address_without_one() {
    let edge = site();
    for (path, without, status) in [
        ("/publishers/instituto", "/publishers/nope", 404),
        ("/embed/map", "/embed/map?chapter=nope", 400),
        ("/preview/publishers/instituto.png", "/preview/publishers/nope.png", 404),
    ] {
        let etag = edge.get(path, &[HTML]).await.header("etag").to_owned();
        assert!(!etag.is_empty(), "{path}");
        assert_eq!(edge.get(path, &[HTML, ("if-none-match", &etag)]).await.status, 304, "{path}");
        assert_eq!(edge.get(without, &[HTML, ("if-none-match", &etag)]).await.status, status, "{without}");
    }
    for path in ["/download/organisations.csv", "/", "/preview/publishers/instituto.png"] {
        let etag = edge.get(path, &[]).await.header("etag").to_owned();
        assert!(etag.contains(od100::BUILD), "another build of this version may answer otherwise: {path}: {etag}");
    }
}

#[tokio::test]
async fn downloads_carry_licence_and_no_formula() {
    let edge = site();
    let csv = edge.get("/download/organisations.csv?lang=en", &[]).await;
    // The name says what and of which day; the JSON of the same rows says the filter and the method.
    let meta = edge.get("/download/organisations.json?lang=en", &[]).await.json()["meta"].clone();
    let name = format!("attachment; filename=\"od100-organisations-{}.csv\"", meta["asOf"].as_str().unwrap());
    assert_eq!(csv.header("content-disposition"), name);
    let described = "</download/organisations.json?lang=en>; rel=\"describedby\"; type=\"application/json\"";
    assert_eq!(csv.header("link"), described);
    // What its columns mean is one document for all files.
    let json = edge.get("/download/claims.json", &[]).await;
    assert_eq!(json.header("link"), "</download/columns.md>; rel=\"describedby\"; type=\"text/markdown\"");
    let columns = edge.get("/download/columns.md", &[]).await;
    assert!(String::from_utf8_lossy(&columns.body).contains("## organisations"));
    let mut reader = csv::Reader::from_reader(csv.body.as_slice());
    let columns = reader.headers().unwrap().clone();
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    for row in &rows {
        assert_eq!((&row[at("attribution")], &row[at("licence")]), ("The people of the study", "CC-BY-4.0"));
    }
    // Each value, or the reason why it is not there.
    let datos = rows.iter().find(|row| &row[at("slug")] == "datos-y-mas").unwrap();
    for (column, value, missing) in [
        ("sector", "geo", ""),
        ("size", "1-10", ""),
        ("founded", "", "not_asked"),
        ("datasets_used", "1", ""),
        ("sdgs_declared", "", "not_asked"),
    ] {
        assert_eq!((&datos[at(column)], &datos[at(&format!("{column}_missing"))]), (value, missing), "{column}");
    }
    let hostile = rows.iter().find(|row| &row[at("slug")] == "hostile").unwrap();
    assert_eq!(&hostile[at("name")], format!("'{HOSTILE}"));
    assert_eq!(
        (&hostile[at("sector_missing")], &hostile[at("datasets_used")]),
        ("no_answer", ""),
        "none named is no zero"
    );
    let raw = edge.get("/download/organisations.csv?raw=1", &[]).await.text();
    assert!(raw.contains("\"=cmd()"));
    let json = edge.get("/download/claims.json?publisher=instituto", &[]).await.json();
    assert_eq!(json["rows"][0]["publisher_ack"], "none", "what its publisher says of it: {json}");
    assert_eq!(
        (json["meta"]["count"].as_u64(), json["meta"]["filters"].as_str()),
        (Some(2), Some("publisher=instituto"))
    );
    assert_eq!(json["rows"][0]["licence"], "CC-BY-4.0");
    let map = edge.get("/download/organisations.geojson?sector=geo", &[]).await;
    assert_eq!(map.header("content-type"), "application/geo+json");
    let map = map.json();
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([-99.13, 19.43]));
    assert_eq!(map["features"].as_array().unwrap().len(), 1);
    let of_map = &map["meta"];
    assert_eq!(
        (&of_map["filters"], &of_map["method"], &of_map["count"]),
        (&"sector=geo".into(), &meta["method"], &1.into())
    );
    for (address, status) in [("/download/organisations.xlsx", 404), ("/download/people.csv", 404)] {
        assert_eq!(edge.get(address, &[]).await.status, status, "{address}");
    }
}

/// What is on the screen can be taken away as it is: the columns and the order of the table, the links of a flow, the
/// counts of a facet; each row of a figure says what it rests on.
#[tokio::test]
async fn downloads_hold_what_is_on_the_screen() {
    let edge = site();
    let csv = edge.get("/download/organisations.csv?lang=en&sort=name&columns=evidence,founded", &[]).await;
    let mut reader = csv::Reader::from_reader(csv.body.as_slice());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        columns.join(" "),
        "id slug url name founded founded_missing best_grade chapters attribution licence licence_url"
    );
    let slugs: Vec<String> = reader.records().map(|row| row.unwrap()[1].to_owned()).collect();
    assert_eq!(slugs, ["hostile", "datos-y-mas"], "by name: a formula sorts before a letter");

    let file = edge.get("/download/flow.json?view=flow&form=bands&lang=en", &[]).await.json();
    let rows = file["rows"].as_array().unwrap();
    let of_rows: Vec<String> = rows
        .iter()
        .map(|row| {
            let end = |at: &str| format!("{}:{}", row[format!("{at}_level")], row[at]).replace('"', "");
            format!("{} {} {}", end("from"), end("to"), row["organisations"])
        })
        .collect();
    assert_eq!(of_rows, ["publisher:instituto sector:geo 1", "publisher:instituto sector:unclassified 1"]);
    assert_eq!((&file["meta"]["n"], &rows[0]["of"], &rows[0]["asked"]), (&2.into(), &2.into(), &2.into()));
    assert_eq!((&rows[0]["licence"], &rows[0]["coverage_of"]), (&"CC-BY-4.0".into(), &"publisher".into()));
    let long = edge.get("/download/flow.csv?form=long", &[]).await.text();
    for step in ["\"publisher\"", "\"dataset\"", "\"sdg\""] {
        assert!(long.contains(step), "{step}: {long}");
    }

    let counts = edge.get("/download/counts.json?by=sector&lang=en", &[]).await.json();
    assert_eq!(counts["meta"]["what"], "counts", "{counts}");
    let of = |row: &serde_json::Value| format!("{} {} {}", row["value"], row["organisations"], row["is_unknown"]);
    let found: Vec<String> = counts["rows"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(found, ["\"geo\" 1 false", "\"unknown:no_answer\" 1 true"]);
    assert!(counts["rows"].as_array().unwrap().iter().all(|row| row["filters"].is_null()), "{counts}");
    let some = edge.get("/download/counts.json?by=sector&sector=geo&lang=en", &[]).await.json();
    assert_eq!(some["rows"][0]["filters"], "sector=geo", "a row alone says what it is narrowed by: {some}");
}

/// Whatever is asked, the same mistake is answered in the same way: 400 and the word.
#[tokio::test]
async fn a_word_that_cannot_be_used_is_named() {
    let edge = site();
    let long = format!("q={}", "x".repeat(300));
    for (query, sentence, of_page) in [
        ("publisher=nope", "'publisher' has no value 'nope'", "“Uses data from” has no value “nope”"),
        ("sector=nonsense", "'sector' has no value 'nonsense'", "“Sector” has no value “nonsense”"),
        (&long, "'q' takes at most 200 characters", "The text to search for is longer than 200 characters"),
        ("bbox=1", "'bbox' wants west,south,east,north in degrees, not '1'", "“1” is no part of the map"),
        (
            "asOf=0000-12-31",
            "'asOf' wants a day such as 2014-10-01, in the years 1 to 9999, not '0000-12-31'",
            "“0000-12-31” is no day from 0001-01-01 to 9999-12-31",
        ),
    ] {
        let file = edge.get(&format!("/download/organisations.csv?{query}"), &[]).await;
        assert_eq!((file.status.as_u16(), file.json()["detail"].as_str()), (400, Some(sentence)), "{query}");
        let page = edge.get(&format!("/explore?kind=company&{query}&lang=en"), &[HTML]).await;
        assert!(page.status == 400 && page.text().contains(of_page), "{query}: {}", page.text());
        assert!(page.text().contains("href=\"/explore?kind=company&amp;lang=en\""), "{query}: {}", page.text());
        assert!(page.text().contains("<div id=\"app\">"), "the application starts on it");
    }
    let body = edge.get("/publishers/instituto?rollup=banana&lang=en", &[HTML]).await;
    assert!(body.status == 400 && body.text().contains("“Publishers” has no value “banana”"), "{}", body.text());
    assert!(body.text().contains("href=\"/publishers/instituto?lang=en\""), "{}", body.text());
    let one_of_two = edge.get("/explore?sector=geo,nonsense&lang=en", &[HTML]).await.text();
    assert!(one_of_two.contains("href=\"/explore?sector=geo&amp;lang=en\""), "{one_of_two}");
    for (address, sentence) in [
        ("/download/organisations.csv?hue=red", "there is no filter 'hue'"),
        ("/download/organisations.csv?lang=xx", "'lang' wants es or en, not 'xx'"),
    ] {
        let answer = edge.get(address, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.json()["detail"].as_str()), (400, Some(sentence)));
    }
    let page = page(&edge, "/explore?utm_source=x&lang=xx", "en").await.text();
    assert!(page.contains("There are no texts in “xx”"), "{page}");
}

#[tokio::test]
async fn a_day_that_takes_long_is_asked_for_again() {
    let edge = site();
    for address in ["/explore?asOf=0001-01-01", "/download/claims.csv?asOf=0001-01-01"] {
        let answer = edge.get(address, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "2"), "{address}");
        assert!(answer.text().contains("is being prepared; ask again in a moment"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_question_that_nobody_was_asked_is_no_zero() {
    let edge = site();
    let goal = page(&edge, "/sdgs/3", "en").await.text();
    assert!(goal.contains("No organisation was asked about the SDG “Good health and well-being”"), "{goal}");
    assert!(!goal.contains("0 organisations"), "{goal}");
    let organisation = page(&edge, "/organisations/datos-y-mas", "en").await.text();
    assert!(organisation.contains("<dt>Founded</dt><dd>not asked</dd>"), "{organisation}");
}

#[tokio::test]
async fn addresses_written_otherwise_lead_to_the_page() {
    let edge = site();
    for (from, to) in [
        ("/organisations/datos-y-mas/?lang=en", "/organisations/datos-y-mas?lang=en"),
        ("/Explore", "/explore"),
        ("/organisations/", "/explore?view=table"),
        ("/organisations?lang=en", "/explore?view=table&lang=en"),
        ("/SDGS", "/explore?view=flow&form=long"),
        ("/studies?lang=en", "/about?lang=en"),
        ("/Publishers/instituto", "/publishers/instituto"),
        ("/organisations/DATOS-y-mas", "/organisations/datos-y-mas"),
        ("/publishers/INSTITUTO", "/publishers/instituto"),
        ("/datasets/Censo", "/datasets/censo"),
        ("/areas/mx", "/areas/MX"),
        ("/waves/W1", "/waves/w1"),
    ] {
        let answer = edge.get(from, &[HTML]).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, to), "{from}");
    }
    for path in ["//evil.example/", "/nowhere/", "/organisations//x/", "/datasets?page=99999", "/datasets?page=0"] {
        assert_eq!(edge.get(path, &[HTML]).await.status, 404, "{path}");
    }
    assert_eq!(edge.get("/favicon.ico", &[]).await.header("content-type"), "image/svg+xml");
}

#[tokio::test]
async fn the_foot_names_each_study_and_licence_once() {
    let text = page(&site(), "/explore", "en").await.text();
    let foot = text.split("<footer>").nth(1).unwrap();
    assert_eq!((foot.matches("The people of the study").count(), foot.matches("CC-BY-4.0").count()), (1, 1), "{foot}");
}

#[tokio::test]
async fn robots_and_site_map_name_the_pages() {
    let edge = site();
    assert!(edge.get("/robots.txt", &[]).await.text().contains("Sitemap: https://od100.example/sitemap.xml"));
    let map = edge.get("/sitemap.xml", &[]).await;
    assert_eq!(map.header("content-type"), "application/xml; charset=utf-8");
    for path in [
        "/",
        "/organisations/hostile",
        "/publishers/oficina",
        "/datasets/censo",
        "/sectors/geo",
        "/sdgs/3",
        "/areas/MX",
        "/studies/od100-mx",
        "/waves/w1",
        "/schemes/od500_category",
        "/about",
    ] {
        assert!(map.text().contains(&format!("<loc>https://od100.example{path}</loc>")), "{path}: {}", map.text());
    }
    assert_eq!(edge.get("/sitemap/2.xml", &[]).await.status, 404);
    assert_eq!(edge.get("/favicon.svg", &[]).await.header("content-type"), "image/svg+xml");
}

#[tokio::test]
async fn pages_are_packed_for_those_who_ask() {
    let packed = site().get("/method", &[HTML, ("accept-encoding", "gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(
        packed.header("vary").to_lowercase().contains("accept-encoding")
            || packed.headers.get_all("vary").iter().count() > 1
    );
}

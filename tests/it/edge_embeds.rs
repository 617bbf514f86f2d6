//! Embedded pages: they may stand anywhere, nothing runs in them, their tables say what the API says.

use od100::app;
use od100::sample::sample;
use serde_json::Value;

use crate::api_harness::Api;
use crate::edge_harness::{Edge, Setting};
use crate::edge_pages::HTML;
use crate::harness::on_each_database;

const KINDS: [&str; 4] = ["map", "flow", "sectors", "publishers"];

fn site() -> Edge {
    Edge::with(Setting { with_record: true, public_url: "https://od100.example".into(), ..Setting::default() })
}

#[tokio::test]
async fn frames_may_stand_anywhere_and_run_nothing() {
    let edge = site();
    for kind in KINDS {
        for query in ["", "?theme=dark", "?lang=en&theme=light", "?sector=geo&lang=es"] {
            let answer = edge.get(&format!("/embed/{kind}{query}"), &[HTML]).await;
            assert_eq!(answer.status, 200, "{kind}{query}");
            let policy = answer.header("content-security-policy");
            for part in ["default-src 'none'", "style-src 'self'", "img-src 'self' data:", "frame-ancestors * file:"] {
                assert!(policy.contains(part), "{policy}");
            }
            assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
            assert!(answer.headers.get("set-cookie").is_none() && answer.headers.get("x-frame-options").is_none());
            let text = answer.text();
            for word in ["<script", "javascript:", " style=\"", "<style", "onload", "onclick", "http-equiv"] {
                assert!(!text.contains(word), "{kind}{query}: {word}");
            }
            for part in ["<h1 id=", "<table>", "<caption>", "<details>", "n = ", "The people of the study", "noindex"] {
                assert!(text.contains(part), "{kind}{query}: no {part} in {text}");
            }
        }
    }
    let outside = edge.get("/explore", &[HTML]).await;
    assert!(outside.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(edge.get("/embed/pie", &[]).await.status, 404);
}

#[tokio::test]
async fn language_and_theme_are_those_asked_for() {
    let edge = site();
    let dark = edge.get("/embed/map?theme=dark&lang=en", &[HTML]).await.text();
    assert!(dark.contains("<html lang=\"en\" data-theme=\"dark\">"), "{dark}");
    assert!(dark.contains("2 organisations reuse government data"), "{dark}");
    let own = edge.get("/embed/map", &[HTML, ("accept-language", "es")]).await.text();
    assert!(own.contains("<html lang=\"es\">"), "the reader's own: {own}");
    for kind in KINDS {
        for (word, status) in [("fr", 400), ("xx-es", 400), ("es-MX", 200), ("", 200)] {
            let answer = edge.get(&format!("/embed/{kind}?lang={word}"), &[]).await;
            assert_eq!(answer.status, status, "{kind} in '{word}'");
        }
    }
    let strange = edge.get("/embed/map?lang=fr", &[]).await;
    assert_eq!(strange.json()["detail"], "'lang' wants es or en, not 'fr'");
    let strange = edge.get("/embed/map?lang=fr", &[HTML, ("accept-language", "en")]).await;
    assert!(strange.text().contains("There are no texts in “fr”"), "{}", strange.text());
    // In a frame a refusal is a page of the frame's kind: small, in its colours, and none of its ways stays in the frame.
    for (path, status, lang, title) in [
        ("/embed/flow?sector=xx&lang=es&theme=dark", 400, "es\" data-theme=\"dark", "«Sector» no tiene el valor «xx»"),
        ("/embed/map?lang=fr", 400, "en", "There are no texts in “fr”"),
        ("/embed/pie?lang=en", 404, "en", "There is no such page"),
    ] {
        let refused = edge.get(path, &[HTML, ("accept-language", "en")]).await;
        assert_eq!(refused.status, status, "{path}");
        let (policy, text) = (refused.header("content-security-policy").to_owned(), refused.text());
        assert!(policy.contains("frame-ancestors * file:") && !policy.contains("script-src"), "{path}: {policy}");
        assert!(text.contains(&format!("<html lang=\"{lang}\">")) && text.contains(title), "{path}: {text}");
        assert!(text.contains("/embed/embed.css") && !text.contains("/assets/") && !text.contains("<nav"), "{text}");
        assert!(!text.contains("<script") && text.matches("<a ").count() == text.matches("target=\"_blank\"").count());
    }
    // A word that a parameter cannot have: which parameter, and what it takes.
    for (query, detail, said) in [
        ("theme=pink", "'theme' has no value 'pink'; it takes light, dark", "“theme” has no value “pink”"),
        ("rollup=up", "'rollup' has no value 'up'; it takes ", "“rollup” has no value “up”"),
        (
            "grade=Z",
            "'grade' has no value 'Z'; it takes A, B, C, D",
            "“grade” in the address of a frame takes: A, B, C, D",
        ),
        ("size=huge", "'size' has no value 'huge'; it takes 1-10, ", "“size” in the address of a frame takes: 1-10, "),
        ("kind=x", "'kind' has no value 'x'; it takes company, ", "“kind” in the address"),
        ("model=x", "'model' has no value 'x'; it takes b2b, ", "“model” in the address"),
        ("criticality=x", "'criticality' has no value 'x'; it takes ", "“criticality” in the address"),
        ("access=x", "'access' has no value 'x'; it takes ", "“access” in the address"),
        ("sector=x", "'sector' has no value 'x'; it takes geo", "“sector” in the address of a frame takes: geo"),
        ("chapter=x", "'chapter' has no value 'x'; it takes mx", "“chapter” in the address of a frame takes: mx"),
        ("wave=x", "'wave' has no value 'x'; it takes w1", "“wave” in the address of a frame takes: w1"),
        ("sdg=99", "'sdg' has no value '99'; it takes 1–17", "“sdg” in the address of a frame takes: 1–17"),
        ("bbox=1", "'bbox' wants west,south,east,north in degrees, not '1'", "'bbox' wants west,south,east,north"),
        ("asOf=x", "'asOf' wants a day such as 2014-10-01", "'asOf' wants a day such as 2014-10-01"),
        ("knownAt=x", "'knownAt' wants a moment such as", "'knownAt' wants a moment such as"),
    ] {
        let path = format!("/embed/map?{query}&lang=en");
        let json = edge.get(&path, &[]).await;
        let told = json.json()["detail"].as_str().unwrap().to_owned();
        assert!(json.status == 400 && told.starts_with(detail), "{query}: {told}");
        let page = edge.get(&path, &[HTML]).await.text().replace("&#39;", "'");
        assert!(page.contains(said), "{query}: {page}");
    }
    let style = edge.get("/embed/embed.css", &[]).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    let sheet = style.text();
    assert!(sheet.contains("prefers-color-scheme: dark"));
    let fonts: Vec<_> = sheet.split("url(").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert_eq!(fonts.len(), 2);
    for font in fonts {
        assert!(font.starts_with("/assets/source-s"), "only its own fonts: {font}");
        let font = edge.get(font, &[]).await;
        // A frame in a sandbox is of no origin.
        assert_eq!((font.status.as_u16(), font.header("access-control-allow-origin")), (200, "*"));
    }
    let filtered = edge.get("/embed/flow?sector=geo&q=datos&lang=en&utm_source=x", &[HTML]).await.text();
    let canonical =
        "<link rel=\"canonical\" href=\"https://od100.example/explore?view=flow&amp;sector=geo&amp;q=datos\">";
    assert!(filtered.contains(canonical), "{filtered}");
    assert!(filtered.contains("https://od100.example/explore?view=flow&amp;sector=geo&amp;q=datos&amp;lang=en\""));
}

#[tokio::test]
async fn hostile_filters_do_no_harm() {
    let edge = site();
    for query in [
        "q=%3C%2Fsvg%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "sector=%22%3E%3Cimg%20src%3Dx%3E",
        "publisher=hidden&q=Canary",
        "grade=Z&bbox=NaN,1,2,3&rollup=up",
        "lang=%22%3E%3Cscript%3E",
        "asOf=%3Cscript%3E",
        "bbox=-180,-90,180,90&q=%00%E2%80%AE",
    ] {
        for kind in KINDS {
            let answer = edge.get(&format!("/embed/{kind}?{query}"), &[HTML]).await;
            assert!([200, 400].contains(&answer.status.as_u16()), "{kind} {query}: {}", answer.status);
            let text = answer.text();
            assert!(!text.contains("<script") && !text.contains("<img"), "{kind} {query}: {text}");
            assert!(!text.contains("Canary Secreta"), "{kind} {query}");
        }
    }
    for kind in KINDS {
        assert!(!edge.get(&format!("/embed/{kind}"), &[HTML]).await.text().contains("Canary"), "{kind}");
    }
}

/// The rows of the only table: cells as they read.
fn table(html: &str) -> Vec<Vec<String>> {
    let body = html.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    body.split("<tr>")
        .skip(1)
        .map(|row| {
            let cells = row.split("</td>").flat_map(|part| part.split("</th>"));
            // What a cell says: a name of another language is marked within it.
            let said = |cell: &str| -> String {
                cell.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
            };
            let read = |cell: &str| html_escape::decode_html_entities(&said(cell)).into_owned();
            cells.map(read).filter(|cell| !cell.is_empty()).collect()
        })
        .collect()
}

fn count(value: &Value) -> String {
    let digits = value.as_u64().unwrap().to_string();
    assert!(digits.len() < 4, "the sample is small");
    digits
}

on_each_database! {
    async fn tables_say_what_the_api_says(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(60, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let api = Api::over(&base).await;
        for (query, filter) in [("", "{}"), ("&kind=company&grade=A,B,C", "{ kind: [\"company\"], grade: [A, B, C] }")] {
            let get = async |kind: &str| {
                let (status, html) = api.get(&format!("/embed/{kind}?lang=en{query}")).await;
                assert_eq!(status, 200, "{html}");
                table(&html)
            };
            let said = api.ask(&format!(
                "{{ counts(by: SECTOR, filter: {filter}) {{ rows {{ label count }} }}
                    publishers: counts(by: PUBLISHER, filter: {filter}) {{ rows {{ label count }} }}
                    mapPoints(filter: {filter}) {{ areas }}
                    names: counts(by: AREA, filter: {filter}) {{ rows {{ value label }} }}
                    flow(top: 10, filter: {filter}) {{ rows {{ key label organisationCount }} columns {{ key }} cells {{ source target organisationCount }} }} }}"
            )).await;
            let rows = |of: &Value| -> Vec<Vec<String>> {
                // On the page a reason for a missing value begins with a capital, as the names beside it do.
                let label = |row: &Value| {
                    let mut letters = row["label"].as_str().unwrap().chars();
                    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
                };
                of["rows"].as_array().unwrap().iter().map(|row| vec![label(row), count(&row["count"])]).collect()
            };
            // Of as many the page goes by name, the API by the order of the scheme.
            let sorted = |mut rows: Vec<Vec<String>>| {
                rows.sort();
                rows
            };
            assert_eq!(sorted(get("sectors").await), sorted(rows(&said["counts"])));
            assert_eq!(get("publishers").await, rows(&said["publishers"]).into_iter().take(15).collect::<Vec<_>>());
            let areas = &said["mapPoints"]["areas"];
            let name = |code: &Value| {
                let row = said["names"]["rows"].as_array().unwrap().iter().find(|row| row["value"] == *code);
                row.unwrap()["label"].as_str().unwrap().to_owned()
            };
            let columns = areas["code"].as_array().unwrap().iter().zip(areas["count"].as_array().unwrap());
            let mut areas: Vec<Vec<String>> = columns.map(|(code, n)| vec![name(code), count(n)]).collect();
            let mut shown = get("map").await;
            areas.sort();
            shown.sort();
            assert!(!areas.is_empty());
            assert_eq!(shown, areas);
            let flow = &said["flow"];
            let cells = flow["cells"].as_array().unwrap();
            let shown = get("flow").await;
            assert_eq!(shown.len(), flow["rows"].as_array().unwrap().len());
            for (row, cells_shown) in flow["rows"].as_array().unwrap().iter().zip(&shown) {
                let expected: Vec<String> = flow["columns"].as_array().unwrap().iter().map(|column| {
                    let cell = cells.iter().find(|cell| cell["source"] == row["key"] && cell["target"] == column["key"]);
                    cell.map_or("0".to_owned(), |cell| count(&cell["organisationCount"]))
                }).chain([count(&row["organisationCount"])]).collect();
                assert_eq!(cells_shown[1..], expected, "{row}");
            }
        }
    }
    async fn what_is_drawn_is_what_is_said(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(120, 1, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let api = Api::over(&base).await;
        let (_, sectors) = api.get("/embed/sectors?lang=en").await;
        let bar = |label: &str| {
            let named = format!("<span>{label}</span>");
            let row = sectors.split("<li>").find(|row| row.contains(&named)).unwrap_or_else(|| panic!("no {label}: {sectors}"));
            row.split("</li>").next().unwrap()
        };
        let place = |label: &str| sectors.find(&format!("<span>{label}</span>")).unwrap_or_else(|| panic!("no {label}: {sectors}"));
        assert!(place("Environment &amp; Weather") < place("Legal Services"), "one organisation each, so by name");
        assert!(place("Legal Services") < place("Not asked"), "what is not known comes last");
        assert!(!bar("Not asked").contains("<svg"), "nobody has said anything: {}", bar("Not asked"));
        for (label, class) in [
            ("No answer", "unknown"), ("Unknown", "unknown"), ("Prefers not to say", "unknown"),
            ("Does not apply", "missing"), ("Withheld for privacy", "held"),
        ] {
            assert!(bar(label).contains(&format!("<rect class=\"{class}\"")), "{}", bar(label));
        }
        // Of one body's users everybody is in the picture, whatever its coverage is of.
        let most = api.ask("{ publishers(first: 1) { edges { node { slug } } } }").await;
        let most = most["publishers"]["edges"][0]["node"]["slug"].as_str().unwrap();
        let (status, of_one) = api.get(&format!("/embed/flow?lang=en&publisher={most}")).await;
        assert_eq!(status, 200, "{of_one}");
        for note in ["name no publisher", "names no publisher", "data of its own", "data of their own", "no publisher in particular"] {
            assert!(!of_one.contains(note), "{note}: {of_one}");
        }
        // What is hatched has its pattern in its own page, once.
        let (_, flow) = api.get("/embed/flow?lang=en").await;
        let (_, map) = api.get("/embed/map?lang=en").await;
        for page in [&sectors, &flow, &map] {
            assert!(page.contains("fill=\"url(#hatch)\""), "{page}");
            assert_eq!(page.matches("<pattern id=\"hatch\"").count(), 1, "{page}");
            assert!(!page.contains("<rect class=\"f-none\" x=\"1\""), "a swatch of nothing known is hatched: {page}");
        }
        // So is each shape on the map, as its key says.
        assert!(!map.contains("f-none"), "{map}");
        assert!(map.split("class=\"map\"").nth(1).unwrap().split("</svg>").next().unwrap().contains("class=\"hatched\" fill=\"url(#hatch)\""), "{map}");
        // Organisations without a sector are hatched in bars, at the ends of bands and in the key; the bands are plain, as in the application.
        let wide = flow.split("<div class=\"wide\">").nth(1).unwrap().split("<div class=\"narrow\">").next().unwrap();
        assert!(wide.contains("<rect class=\"hatched\" fill=\"url(#hatch)\"") && !wide.contains("<pattern"), "{wide}");
        let narrow = flow.split("<div class=\"narrow\">").nth(1).unwrap().split("</figure>").next().unwrap();
        assert!(narrow.contains("<rect class=\"hatched\"") && !narrow.contains("f-none"), "{narrow}");
        assert!(flow.contains("class=\"band f-none\""), "{flow}");
        // Which of its two pictures a flow shows is a matter of the frame's width: each has its own note.
        for note in [
            "<p class=\"note wide\">A band is as wide", "<p class=\"note wide\">An organisation that uses three publishers is part of three bands",
            "<p class=\"note narrow\">A piece of a bar", "<p class=\"note narrow\">An organisation that uses three publishers is in three bars",
        ] {
            assert_eq!(flow.matches(note).count(), 1, "{note}: {flow}");
        }
    }
}

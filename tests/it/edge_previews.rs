//! The pictures of pages: every page names one, it is there, it is what it says, and whoever may not be shown
//! has none.

use crate::{
    edge_harness::{Answer, Edge, Setting},
    edge_pages::{HTML, PAGES},
};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

fn site(rate: Option<u32>) -> Edge {
    Edge::with(Setting { with_record: true, rate, public_url: "https://od100.example".into(), ..Setting::default() })
}

/// Width and height, as the header of a PNG says.
fn size(picture: &Answer) -> [u32; 2] {
    assert!(picture.body.starts_with(SIGNATURE), "no PNG");
    assert_eq!(&picture.body[12..16], b"IHDR");
    let number = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap());
    [number(16), number(20)]
}

/// The content of a property in the head of a page.
fn property<'a>(page: &'a str, name: &str) -> &'a str {
    let tag = page.split(&format!("\"{name}\" content=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    tag.split('"').next().unwrap()
}

/// The path and query of the picture that a page names.
fn picture_of(page: &str) -> String {
    let address = property(page, "og:image").replace("&amp;", "&");
    address.strip_prefix("https://od100.example").expect("an absolute address").to_owned()
}

#[tokio::test]
async fn every_page_names_a_picture_that_is_there() {
    let edge = site(None);
    for path in
        PAGES.into_iter().chain(["/sectors/geo", "/explore?view=flow&sector=geo", "/explore?view=table&q=datos"])
    {
        for lang in ["es", "en"] {
            let page = edge.get(path, &[HTML, ("accept-language", lang)]).await.text();
            assert_eq!(property(&page, "twitter:card"), "summary_large_image", "{path}");
            assert_eq!(
                (property(&page, "og:image:width"), property(&page, "og:image:height")),
                ("1200", "630"),
                "{path}"
            );
            assert!(!property(&page, "og:image:alt").is_empty(), "{path}");
            assert!(property(&page, "og:description").chars().count() > 10, "{path}");
            assert!(page.contains("application/ld+json"), "{path} says nothing to programs");
            let address = picture_of(&page);
            assert!(address.contains(&format!("lang={lang}")) && address.contains("v=7"), "{address}");
            let picture = edge.get(&address, &[]).await;
            assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/png"), "{address}");
            assert_eq!(size(&picture), [1200, 630], "{address}");
            assert_eq!(picture.header("cross-origin-resource-policy"), "cross-origin", "{address}");
            assert!(picture.body.len() < 200_000, "{address}: {} bytes", picture.body.len());
        }
    }
}

#[tokio::test]
async fn a_picture_is_the_same_until_the_record_changes() {
    // Two servers share nothing: neither has what the other has drawn.
    let (one, other) = (site(None), site(None));
    let address = "/preview/organisations/datos-y-mas.png?lang=es";
    let first = one.get(address, &[]).await;
    assert_eq!(first.body, other.get(address, &[]).await.body);
    assert_eq!(first.body, one.get(address, &[]).await.body);
    let etag = first.header("etag");
    assert!(etag.contains("7-2026-01-01-es"), "{etag}");
    let again = one.get(address, &[("if-none-match", etag)]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let english = one.get("/preview/organisations/datos-y-mas.png?lang=en", &[]).await;
    assert_ne!(first.body, english.body, "the words are others");
}

#[tokio::test]
async fn hostile_texts_are_drawn_as_texts() {
    let edge = site(None);
    for lang in ["es", "en"] {
        let picture = edge.get(&format!("/preview/organisations/hostile.png?lang={lang}"), &[]).await;
        assert_eq!(size(&picture), [1200, 630]);
        // Words of an address become words of a picture.
        for word in ["%3C%2Ftext%3E%3Cscript%3E", "%00%01%E2%80%AE%EF%BF%BF", "%26amp%3B%23x0%3B", &"x".repeat(200)] {
            let picture = edge.get(&format!("/preview/explore.png?q={word}&lang={lang}"), &[]).await;
            assert_eq!(size(&picture), [1200, 630], "{word}");
        }
    }
}

#[tokio::test]
async fn what_has_no_page_has_no_picture() {
    let edge = site(None);
    for path in [
        "organisations/hidden.png",
        "organisations/x.png",
        "organisations/datos-y-mas",
        "organisations/datos-y-mas.svg",
        "sdgs/18.png",
        "nothing.png",
        "a/b/c.png",
        ".png",
    ] {
        let answer = edge.get(&format!("/preview/{path}"), &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("Canary"), "{path}");
    }
    let moved = edge.get("/preview/organisations/datos.png?lang=en", &[]).await;
    assert_eq!(
        (moved.status.as_u16(), moved.header("location")),
        (308, "/preview/organisations/datos-y-mas.png?lang=en")
    );
    let gone = edge.get("/organisations/hidden", &[HTML]).await.text();
    assert!(!gone.contains("og:image"), "{gone}");
}

#[tokio::test]
async fn drawing_is_charged_and_looking_is_not() {
    let edge = site(Some(60));
    for _ in 0..10 {
        assert_eq!(edge.get("/preview/home.png?lang=es", &[]).await.status, 200);
    }
    let statuses = [
        edge.get("/preview/home.png?lang=en", &[]).await.status.as_u16(),
        edge.get("/preview/about.png?lang=en", &[]).await.status.as_u16(),
        edge.get("/preview/method.png?lang=en", &[]).await.status.as_u16(),
    ];
    assert_eq!(statuses, [200, 200, 429], "ten looks and three drawings use up sixty points");
}

#[tokio::test]
async fn another_day_may_have_to_be_prepared() {
    let edge = site(None);
    for path in ["/preview/home.png?asOf=0001-01-01", "/embed/map?asOf=0001-01-01"] {
        let answer = edge.get(path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "2"), "{path}");
    }
    let page = edge.get("/explore?asOf=2020-01-01&sector=geo&utm_source=x&view=flow", &[HTML]).await.text();
    let address = picture_of(&page);
    assert_eq!(address, "/preview/explore.png?sector=geo&view=flow&asOf=2020-01-01&lang=es&v=7");
    let (then, now) = (edge.get(&address, &[]).await, edge.get("/preview/explore.png?sector=geo&view=flow", &[]).await);
    assert_eq!((size(&then), size(&now)), ([1200, 630], [1200, 630]));
    assert_ne!(then.body, now.body, "each says its day");
}

#[tokio::test]
async fn words_that_fail_have_no_picture() {
    let edge = site(None);
    for query in ["sector=x", "grade=Z", "asOf=%3Cscript%3E"] {
        for path in ["/preview/explore.png", "/embed/flow"] {
            let answer = edge.get(&format!("{path}?{query}"), &[HTML]).await;
            assert_eq!(answer.status, 400, "{path} {query}");
            assert!(!answer.text().contains("<script") && !answer.text().contains("Canary"), "{path} {query}");
        }
    }
    // Before the record begins there is no figure, so there is none to draw.
    assert_eq!(edge.get("/preview/home.png?asOf=1990-01-01", &[]).await.status, 404);
    let frame = edge.get("/embed/map?asOf=1990-01-01&lang=en", &[HTML]).await;
    assert_eq!(frame.status, 200);
    assert!(frame.text().contains("Nothing is recorded for 1 Jan 1990") && !frame.text().contains("<table"));
}

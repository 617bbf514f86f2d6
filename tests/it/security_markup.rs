//! Texts that want to be markup. A hundred and fifty of them stand wherever the record keeps a text, and each page
//! of the server is as it is with a plain word there: the same marks, the same number of them.

use std::sync::LazyLock;

use od100::atlas::rows::Rows;
use od100::domain::draft::LangText;
use serde::Deserialize;

use crate::edge_harness::{Edge, Setting};
use crate::edge_pages::{HTML, PAGES};
use crate::edge_rows;

/// Pages that are drawn without the frame of the site, and lists that carry names.
const OTHERS: [&str; 8] = [
    "/embed/map",
    "/embed/flow",
    "/embed/sectors",
    "/embed/publishers",
    "/explore?view=flow",
    "/explore?q=nobodyelse%20WORD",
    "/publishers/oficina",
    "/sitemap.xml",
];

#[derive(Deserialize)]
struct Markup {
    wraps: Vec<String>,
    cores: Vec<String>,
}

/// Every core in every wrap. The journeys of the browser read the same file.
static PAYLOADS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let markup: Markup = serde_json::from_str(include_str!("../fixtures/markup.json")).unwrap();
    let pairs = markup.cores.iter().flat_map(|core| markup.wraps.iter().map(move |wrap| wrap.replace("{}", core)));
    pairs.collect()
});

/// The small record with a word in the place of each of its texts.
fn rows(word: &str) -> Rows {
    let mut rows = edge_rows::rows();
    let say = |text: &mut LangText| text.values_mut().for_each(|text| word.clone_into(text));
    for one in &mut rows.organisations {
        say(&mut one.name);
        one.description.iter_mut().for_each(say);
        one.summary.clone_from(&one.description);
        one.legal_form = Some(word.to_owned());
    }
    rows.areas.iter_mut().for_each(|one| say(&mut one.name));
    for one in &mut rows.schemes {
        say(&mut one.name);
        say(&mut one.publisher);
        say(&mut one.licence);
    }
    rows.codes.iter_mut().for_each(|one| say(&mut one.label));
    for one in &mut rows.sources {
        word.clone_into(&mut one.title);
        one.author = Some(word.to_owned());
        one.licence = Some(word.to_owned());
    }
    for one in &mut rows.studies {
        say(&mut one.title);
        word.clone_into(&mut one.attribution);
    }
    for one in &mut rows.waves {
        say(&mut one.title);
        say(&mut one.population);
    }
    for one in &mut rows.datasets {
        say(&mut one.title);
        one.description = Some(one.title.clone());
        one.edition = Some(word.to_owned());
        one.licence = Some(word.to_owned());
    }
    for one in &mut rows.locations {
        one.locality = Some(word.to_owned());
        one.postal_code = Some(word.to_owned());
    }
    for one in &mut rows.use_claims {
        one.purpose = Some(LangText::from([("es".to_owned(), word.to_owned())]));
    }
    rows
}

/// The characters that make markup, outside of data for machines, and that data. No attribute of ours stands in
/// single quotes.
fn marks(html: &str) -> ([usize; 3], Vec<String>) {
    const DATA: &str = "<script type=\"application/ld+json\">";
    let (mut counts, mut data) = ([0; 3], Vec::new());
    for (number, part) in html.split(DATA).enumerate() {
        let (inside, outside) = if number == 0 { ("", part) } else { part.split_once("</script>").unwrap() };
        if number > 0 {
            data.push(inside.to_owned());
        }
        for (count, mark) in counts.iter_mut().zip(['<', '>', '"']) {
            *count += outside.matches(mark).count();
        }
    }
    (counts, data)
}

#[tokio::test]
async fn a_hundred_and_fifty_payloads_stay_texts_on_every_page() {
    assert_eq!(PAYLOADS.len(), 150);
    let site = |word: &str| Edge::over(Setting::default(), Some(rows(word)));
    let plain = site("plain");
    let pages: Vec<&str> = PAGES.into_iter().chain(OTHERS).collect();
    let mut expected = Vec::new();
    for path in &pages {
        let text = plain.get(&path.replace("WORD", "plain"), &[HTML]).await.text();
        expected.push(marks(&text).0);
    }
    let mut shown = 0;
    for payload in PAYLOADS.iter() {
        let edge = site(payload);
        let word: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
        for (path, expected) in pages.iter().zip(&expected) {
            let answer = edge.get(&path.replace("WORD", &word), &[HTML]).await;
            assert_eq!(answer.status, 200, "{path} {payload}");
            let (found, data) = marks(&answer.text());
            assert_eq!(&found, expected, "{path} with {payload}: {}", answer.text());
            for data in data {
                assert!(!data.contains('<'), "{path}: {data}");
                serde_json::from_str::<serde_json::Value>(&data).unwrap();
            }
            // A page without the payload in some form would prove nothing; most have it.
            shown += usize::from(answer.text().contains("hit"));
        }
    }
    assert!(shown > 150 * 16, "{shown} pages showed what they were given");
}

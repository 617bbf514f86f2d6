//! How the pages without a script say what they list: which part of a list, how many stand behind a name, what a code
//! corresponds to, and how many of those who ask are not named.

use od100::sample::sample;
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::{Base, on_each_database};

async fn town(base: &Base) -> Town {
    let (header, organisations) = sample(130, 7, 1);
    base.take(header, organisations.collect()).await.unwrap();
    Town::over(base).await
}

on_each_database! {
    async fn a_list_says_which_part_it_shows(base) {
        let town = town(&base).await;
        let mut reader = town.browser();
        let all = reader.public("{ organisations { totalCount } }", json!({})).await.json();
        let all = all["data"]["organisations"]["totalCount"].as_u64().unwrap();
        assert!(all > 100, "{all}");
        let first = reader.get("/explore?lang=en").await.text();
        assert!(first.contains(&format!("1–100 of {all}\u{a0}· <a")), "{first}");
        let next = first.split(" rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
        let next = next.trim_end_matches('"').replace("&amp;", "&");
        let last = reader.get(&next).await.text();
        assert!(last.contains(&format!("<p>101–{all} of {all}</p>")), "{next}: {last}");
    }

    async fn a_count_is_in_words_and_a_list_of_codes_has_its_title(base) {
        let town = town(&base).await;
        let mut reader = town.browser();
        for path in ["/publishers?lang=en", "/datasets?lang=en", "/?lang=en"] {
            let page = reader.get(path).await.text();
            assert!(page.contains(" organisations</span></li>"), "{path}: {page}");
        }
        let scheme = reader.get("/schemes/od500_social_impact?lang=en").await.text();
        let list = scheme.split("<dl>").nth(1).unwrap().split("</dl>").next().unwrap();
        assert!(list.contains("<dd>") && !list.contains("<dd>sdg"), "{list}");
    }

    async fn a_request_says_how_many_of_those_who_ask_are_not_named(base) {
        let town = town(&base).await;
        let mut reader = town.browser();
        let asked = "{ requests(first: 50) { nodes { slug support { organisationCount organisations { slug } } } } }";
        let found = reader.public(asked, json!({})).await.json();
        for one in found["data"]["requests"]["nodes"].as_array().unwrap() {
            let named = one["support"]["organisations"].as_array().unwrap().len() as u64;
            let count = one["support"]["organisationCount"].as_u64().unwrap();
            let page = reader.get(&format!("/requests/{}?lang=en", one["slug"].as_str().unwrap())).await.text();
            assert_eq!(page.contains("not named here"), named > 0 && count > named, "{one}: {page}");
        }
    }
}

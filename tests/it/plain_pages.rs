//! How the pages without a script say what they list: which part of a list, how many stand behind a name, what a code
//! corresponds to, how many of those who ask are not named, and which language a name is in.

use std::collections::{BTreeMap, BTreeSet};

use od100::app::publish::Publisher;
use od100::atlas::{Atlas, Lang, OrgIx, Text};
use od100::sample::sample;
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::{Base, on_each_database};

async fn town(base: &Base) -> Town {
    let (header, organisations) = sample(130, 7, 1);
    base.take(header, organisations.collect()).await.unwrap();
    Town::over(base).await
}

/// Pages of each kind that are looked at.
const OF_EACH: usize = 8;
/// Shorter names could be words of the interface.
const LETTERS: usize = 4;
/// What has no end of its own.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "circle", "path"];

/// The names of the record as a page in a language has them: those in its language, and those in others.
fn names(atlas: &Atlas, lang: Lang) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut texts: Vec<Text<'_>> = Vec::new();
    let used = atlas.publisher_users().iter().map(|(org, _)| *org);
    texts.extend(atlas.listed().iter().map(OrgIx::new).chain(used).map(|org| atlas.name(org, lang)));
    texts.extend(atlas.datasets().map(|dataset| atlas.title(dataset, lang)));
    texts.extend(atlas.studies().map(|study| atlas.label(atlas.study(study).title, lang)));
    texts.extend(atlas.waves().map(|wave| atlas.label(atlas.wave(wave).title, lang)));
    texts.extend(atlas.areas().map(|area| atlas.label(atlas.area(area).name, lang)));
    for scheme in atlas.schemes() {
        texts.push(atlas.label(scheme.name, lang));
        let codes = atlas.codes_of(atlas.str(scheme.id));
        texts.extend(codes.map(|code| atlas.label(atlas.code_row(code).label, lang)));
    }
    let (own, others): (Vec<Text<'_>>, Vec<Text<'_>>) = texts.into_iter().partition(|text| text.lang == lang);
    let own: BTreeSet<String> = own.into_iter().map(|text| text.value.to_owned()).collect();
    let is_foreign = |text: &Text<'_>| text.lang != Lang::UNKNOWN && text.value.chars().count() >= LETTERS;
    let others = others.into_iter().filter(is_foreign).map(|text| text.value.to_owned());
    let others = others.filter(|name| !own.contains(name)).collect();
    (own, others)
}

/// What a page says in its own language: the words that are in no element with a language of its own, a line for each.
fn own_words(page: &str) -> String {
    let body = page.split_once("<body").map_or("", |(_, body)| body);
    // The elements that are open, and whether what they hold is the page's own words.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut words = String::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            while open.pop().is_some_and(|(last, _)| last != name) {}
        } else if !VOID.contains(&name) && !tag.ends_with('/') {
            let is_own = open.last().is_none_or(|(_, is_own)| *is_own);
            let speaks = !tag.contains(" lang=\"") && !matches!(name, "svg" | "script" | "code");
            open.push((name, is_own && speaks));
        }
        if open.last().is_none_or(|(_, is_own)| *is_own) {
            words.push_str(text);
            words.push('\n');
        }
    }
    let written = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    written.iter().fold(words, |words, (written, sign)| words.replace(written, sign))
}

/// Whether a text has a name in it, and not as a part of a word.
fn says(text: &str, name: &str) -> bool {
    let goes_on = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(name)
        .any(|(at, _)| !goes_on(text[..at].chars().next_back()) && !goes_on(text[at + name.len()..].chars().next()))
}

/// Pages of every kind: those that search engines are told of, and what else is read without a script.
fn addresses(map: &str, atlas: &Atlas) -> Vec<String> {
    let listed = map.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
    let listed = listed.map(|(url, _)| url.trim_start_matches(crate::desk_harness::SITE).to_owned());
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: Vec<String> = Vec::new();
    for path in listed {
        let kind = path.split('/').nth(1).unwrap_or_default().to_owned()
            + if path.matches('/').count() > 1 { "/" } else { "" };
        let count = kinds.entry(kind).or_default();
        *count += 1;
        if *count <= OF_EACH {
            found.push(path);
        }
    }
    for kind in ["organisations/", "publishers/", "datasets/", "waves/", "schemes/", "sectors/", "areas/"] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 0), "{kind}: {kinds:?}");
    }
    let impacts = atlas.waves().map(|wave| format!("/waves/{}/impact", atlas.str(atlas.wave(wave).slug)));
    found.extend(impacts);
    let publisher = atlas.publisher_users().first().map(|(org, _)| atlas.str(atlas.organisation(*org).slug)).unwrap();
    for view in [
        "explore?view=flow",
        "explore?view=flow&form=long",
        "explore?view=table",
        "embed/map",
        "embed/flow",
        "embed/sectors",
        "embed/publishers",
    ] {
        let join = if view.contains('?') { '&' } else { '?' };
        found.extend([format!("/{view}"), format!("/{view}{join}publisher={publisher}")]);
    }
    found
}

on_each_database! {
    async fn every_name_of_another_language_says_so(base) {
        od100::app::reference::load(&base.ctx).await.unwrap();
        let town = town(&base).await;
        let atlas = Publisher::open(base.ctx.clone()).await.unwrap().current();
        let mut reader = town.browser();
        let map = reader.get("/sitemap.xml").await.text();
        let addresses = addresses(&map, &atlas);
        let mut unmarked: Vec<String> = Vec::new();
        for lang in [Lang::EN, Lang::ES] {
            let (own, others) = names(&atlas, lang);
            // Organisations and bodies of the sample have Spanish names alone: what a page in Spanish must mark is none of them.
            assert_eq!(others.is_empty(), lang == Lang::ES, "{lang}: {others:?}");
            // What is named in the page's language may hold a name in the other one.
            let holds = |name: &&String| others.iter().any(|other| name.contains(other.as_str()));
            let mut own: Vec<&String> = own.iter().filter(holds).collect();
            own.sort_by_key(|name| std::cmp::Reverse(name.len()));
            for address in &addresses {
                let join = if address.contains('?') { '&' } else { '?' };
                let page = reader.get(&format!("{address}{join}lang={lang}")).await;
                // A wave that asks for nothing of the kind has no sums.
                if page.status == 404 && address.ends_with("/impact") {
                    continue;
                }
                assert_eq!(page.status, 200, "{address}");
                let mut words = own_words(&page.text());
                assert!(!words.trim().is_empty(), "{address}");
                for name in &own {
                    words = words.replace(name.as_str(), "");
                }
                let found = others.iter().filter(|name| says(&words, name));
                unmarked.extend(found.map(|name| format!("{address} in {lang}: {name}")));
            }
        }
        assert!(unmarked.is_empty(), "{} names: {:#?}", unmarked.len(), &unmarked[..unmarked.len().min(20)]);
    }

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

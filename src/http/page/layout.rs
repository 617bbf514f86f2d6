//! The frame of every page: what stands in the head, the way around the site, and the application.

use std::{collections::BTreeMap, sync::LazyLock};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use roaring::RoaringBitmap;
use serde_json::Value;

use super::{
    Page, View, preview,
    strange::strange,
    titled::{among, studies},
    views,
};
use crate::{
    atlas::{self, Atlas, Dimension, Lang, WaveIx},
    http::assets,
    picture::{card, credit},
    texts::phrases::{DOT, Texts},
};

/// The files that start the application.
pub(super) struct Frontend {
    pub(super) script: String,
    pub(super) styles: Vec<String>,
}

/// The ways around the site that every page has: where they lead, and the key of their name.
pub(super) const WAYS: [(&str, &str); 5] = [
    ("/explore", "nav.explore"),
    ("/publishers", "nav.publishers"),
    ("/datasets", "nav.datasets"),
    ("/requests", "nav.requests"),
    ("/method", "nav.method"),
];

/// What the build of the frontend says of its entry; `None` where it has not been built.
pub(super) fn frontend() -> Option<&'static Frontend> {
    static FRONTEND: LazyLock<Option<Frontend>> =
        LazyLock::new(|| read(&serde_json::from_slice(&assets::bytes(".vite/manifest.json")?).ok()?));
    FRONTEND.as_ref()
}

fn read(manifest: &Value) -> Option<Frontend> {
    let entry = manifest.get("src/main.tsx")?;
    let mut styles = Vec::new();
    collect(manifest, entry, &mut styles, 0);
    Some(Frontend { script: format!("/{}", entry["file"].as_str()?), styles })
}

/// The styles of an entry and of what it always loads.
fn collect(manifest: &Value, chunk: &Value, styles: &mut Vec<String>, depth: usize) {
    for file in chunk["css"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let path = format!("/{file}");
        if !styles.contains(&path) {
            styles.push(path);
        }
    }
    if depth < 8 {
        for import in chunk["imports"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            collect(manifest, &manifest[import], styles, depth + 1);
        }
    }
}

/// The whole document.
pub(super) fn document(view: &View, page: &Page) -> Markup {
    let texts = view.texts;
    let title = if page.title == texts.get("page.name") {
        page.title.clone()
    } else {
        format!("{} – {}", page.title, texts.get("page.name"))
    };
    // Filtered lists are without end, and are one page to search engines; who shares one shares what is seen.
    let canonical = view.absolute(&view.path);
    let preview = (!page.card.title.is_empty()).then(|| view.absolute(&preview::address(view)));
    html! {
        (DOCTYPE)
        html lang=(texts.lang().as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (title) }
                meta name="description" content=(page.description);
                @if !page.listed || !view.moment.is_now() || view.to_come().is_some() { meta name="robots" content="noindex"; }
                link rel="canonical" href=(canonical);
                link rel="alternate" hreflang="es" href=(views::alternate(view, Some("es")));
                link rel="alternate" hreflang="en" href=(views::alternate(view, Some("en")));
                link rel="alternate" hreflang="x-default" href=(views::alternate(view, None));
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                meta property="og:title" content=(page.title);
                meta property="og:description" content=(page.description);
                meta property="og:url" content=(views::shared(view));
                meta property="og:type" content="website";
                meta property="og:site_name" content=(texts.get("page.name"));
                meta property="og:locale" content=(locale(texts.lang()));
                meta name="twitter:card" content=(if preview.is_some() { "summary_large_image" } else { "summary" });
                @if let Some(preview) = preview {
                    @let [width, height] = card::SIZE;
                    meta property="og:image" content=(preview);
                    meta property="og:image:type" content="image/png";
                    meta property="og:image:width" content=(width);
                    meta property="og:image:height" content=(height);
                    meta property="og:image:alt" content=(page.card.spoken(texts.lang()));
                }
                @if let Some(frontend) = frontend() {
                    @for style in &frontend.styles { link rel="stylesheet" href=(style); }
                    script type="module" src=(frontend.script) {}
                }
                @for linked in &page.linked { (data_block(linked)) }
            }
            body {
                div id="app" {
                    header { nav aria-label=(texts.get("shell.nav")) { ul {
                        li { a href=(view.link("/")) { (texts.get("page.name")) } }
                        @for (path, key) in WAYS {
                            li { a href=(view.link(path)) { (texts.get(key)) } }
                        }
                        @for (lang, name) in [("es", "Español"), ("en", "English")] {
                            @if lang != texts.lang().as_str() {
                                li { a href=(view.in_language(lang)) lang=(lang) hreflang=(lang) { (name) } }
                            }
                        }
                    } } }
                    (banner(&view.atlas, &page.card.organisations, texts))
                    main id="main" tabindex="-1" {
                        @if let Some(to_come) = view.to_come() { p role="note" { (to_come) } }
                        @for note in strange(view) { p role="note" { (note) } }
                        (page.body) (view.way_back()) (language_note(view))
                    }
                    footer {
                        @for ((licence, url), sources) in licences(&view.atlas, texts) {
                            p { (among(view.lang, &texts.fill("cite.data", &[("source", &sources.join("; "))]), &studies(view))) " " a href=(url) rel="license" { (licence) } }
                        }
                        p { (texts.get("foot.notRandom")) }
                        p { a href="/graphiql" { (texts.get("foot.api")) } (DOT) a href=(view.link("/method")) { (texts.get("foot.method")) }
                            (DOT) a href=(view.link("/schemes")) { (texts.get("schemes.title")) }
                            (DOT) a href=(view.link("/about")) { (texts.get("nav.about")) }
                            (DOT) a href=(report(view)) rel="nofollow" { (texts.get("foot.report")) } }
                    }
                }
            }
        }
    }
}

/// Where an error of a page is reported.
fn report(view: &View) -> String {
    let about: String = url::form_urlencoded::byte_serialize(view.path.as_bytes()).collect();
    format!("/report?about={about}&lang={}", view.texts.lang())
}

/// Fictional organisations are never taken for real ones, nor real ones for fictional: beside real studies the sample
/// is said to be loaded, and called fictional where some of it is shown.
pub(super) fn banner(atlas: &Atlas, organisations: &RoaringBitmap, texts: &Texts) -> Markup {
    let is_shown = |is_sample: bool| {
        atlas
            .studies()
            .filter(|&study| atlas.is_fictional(study) == is_sample)
            .map(|study| atlas::Value::Chapter(atlas.study(study).chapter))
            .any(|chapter| atlas.has_any(Dimension::Chapter, chapter, organisations))
    };
    let is_alone = atlas.studies().all(|study| atlas.is_fictional(study));
    html! {
        @if atlas.studies().any(|study| atlas.is_fictional(study)) {
            aside aria-label=(texts.get("banner.title")) { p {
                b { (texts.get("banner.title")) } " "
                @match (is_alone, is_shown(true), is_shown(false)) {
                    (true, ..) => { (texts.get("banner.text")) " " code { "od100 import od500 --chapter mx" } ". " (texts.get("banner.some")) }
                    (_, true, false) => (texts.get("banner.these")),
                    (_, true, true) => (texts.get("banner.mixed")),
                    (_, false, _) => (texts.get("banner.also")),
                }
            } }
        }
    }
}

/// The key of what is to be said where all or some of the waves are of fictional organisations.
pub(super) fn fiction(atlas: &Atlas, waves: &[WaveIx]) -> Option<&'static str> {
    let fictional = waves.iter().filter(|&&wave| atlas.is_fictional(atlas.wave(wave).study)).count();
    match fictional {
        0 => None,
        all if all == waves.len() => Some("banner.these"),
        _ => Some("banner.mixed"),
    }
}

/// Whom to name under each licence and its address, each once.
fn licences<'a>(atlas: &'a Atlas, texts: &Texts) -> BTreeMap<(&'a str, &'a str), Vec<String>> {
    let mut licences: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for credit in credit::credits(atlas, atlas.studies(), texts) {
        licences.entry((credit.licence, credit.licence_url)).or_default().push(credit.source);
    }
    licences
}

/// Names a language that was asked for and that there is none of.
fn language_note(view: &View) -> Markup {
    let strange = view.asked("lang").filter(|lang| !matches!(*lang, "" | "es" | "en"));
    html! { @if let Some(lang) = strange { p { (view.texts.fill("strange.lang", &[("lang", lang)])) } } }
}

/// A language with the country whose habits its texts follow.
fn locale(lang: Lang) -> &'static str {
    if lang == Lang::EN { "en_GB" } else { "es_MX" }
}

/// JSON inside HTML: browsers do not run it, and no text in it may end it.
fn data_block(linked: &Value) -> Markup {
    let json = linked.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::atlas::fixture::{answered, id, mini, study, wave};
    use crate::atlas::rows::{StudyRow, WaveRow};

    #[test]
    fn the_manifest_names_the_files_that_start_the_application() {
        let manifest = json!({
            "_shared.js": { "file": "assets/shared.js", "css": ["assets/shared.css"] },
            "src/main.tsx": { "file": "assets/main.js", "css": ["assets/main.css"], "imports": ["_shared.js"] },
        });
        let frontend = read(&manifest).unwrap();
        assert_eq!(frontend.script, "/assets/main.js");
        assert_eq!(frontend.styles, ["/assets/main.css", "/assets/shared.css"]);
        assert!(read(&json!({})).is_none());
    }

    #[test]
    fn only_what_is_shown_of_the_sample_is_called_fictional() {
        let own = |slug: &str, chapter: &str| StudyRow {
            id: id("study", slug),
            slug: slug.to_owned(),
            chapter: chapter.to_owned(),
            ..study()
        };
        let of = |studies: Vec<StudyRow>, shown: &[&str]| {
            let mut rows = mini().rows();
            rows.waves = studies
                .iter()
                .map(|study| WaveRow { study: study.id, ..wave(&study.slug, "2014-10-01", &[]) })
                .collect();
            rows.responses = [("O1", "real"), ("O2", "made-up")]
                .into_iter()
                .filter(|(_, wave)| studies.iter().any(|study| study.slug == *wave))
                .map(|(organisation, wave)| answered(organisation, wave))
                .collect();
            rows.studies = studies;
            let atlas = Atlas::build(rows);
            let shown = shown.iter().map(|name| atlas.org(name).get()).collect();
            banner(&atlas, &shown, Texts::of(Lang::EN)).into_string()
        };
        let (real, made_up) = (own("real", "mx"), own("made-up", "sample"));
        assert_eq!(of(vec![real.clone()], &["O1"]), "");
        let alone = of(vec![made_up.clone()], &[]);
        assert!(alone.contains("Every organisation here is invented"), "{alone}");
        for (shown, text) in [
            (&["O1"][..], "is loaded beside the real studies"),
            (&[], "is loaded beside the real studies"),
            (&["O2"], "Everything shown here is invented"),
            (&["O1", "O2"], "Some of the organisations shown here are fictional"),
        ] {
            let said = of(vec![real.clone(), made_up.clone()], shown);
            assert!(said.contains(text) && !said.contains("Every organisation"), "{shown:?}: {said}");
        }
    }

    #[test]
    fn no_text_ends_a_data_block() {
        let block = data_block(&json!({ "name": "</script><script>alert(1)</script>" })).into_string();
        assert_eq!(block.matches("</script>").count(), 1, "{block}");
    }
}

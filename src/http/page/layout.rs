//! The frame of every page: what stands in the head, the way around the site, and the application.

use std::{collections::BTreeMap, sync::LazyLock};

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::{Page, View, preview};
use crate::{
    atlas::{Atlas, Lang},
    export::query,
    http::assets,
    picture::card,
};

/// The files that start the application.
pub(super) struct Frontend {
    pub(super) script: String,
    pub(super) styles: Vec<String>,
}

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
                link rel="alternate" hreflang="es" href={ (canonical) "?lang=es" };
                link rel="alternate" hreflang="en" href={ (canonical) "?lang=en" };
                link rel="alternate" hreflang="x-default" href=(canonical);
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                meta property="og:title" content=(page.title);
                meta property="og:description" content=(page.description);
                meta property="og:url" content=(canonical);
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
                        @for (path, key) in [("/explore", "nav.explore"), ("/publishers", "nav.publishers"), ("/datasets", "nav.datasets"), ("/requests", "nav.requests"), ("/method", "nav.method")] {
                            li { a href=(view.link(path)) { (texts.get(key)) } }
                        }
                        @for (lang, name) in [("es", "Español"), ("en", "English")] {
                            @if lang != texts.lang().as_str() {
                                li { a href=(view.in_language(lang)) lang=(lang) hreflang=(lang) { (name) } }
                            }
                        }
                    } } }
                    @if is_sample(&view.atlas) {
                        aside aria-label=(texts.get("banner.title")) {
                            p { b { (texts.get("banner.title")) } " " (texts.get("banner.text")) " "
                                code { "od100 import od500 --chapter mx" } ". " (texts.get("banner.some")) }
                        }
                    }
                    main id="main" tabindex="-1" {
                        @if let Some(to_come) = view.to_come() { p role="note" { (to_come) } }
                        @for note in strange(view) { p role="note" { (note) } }
                        (page.body) (view.way_back()) (language_note(view))
                    }
                    footer {
                        @for ((licence, url), sources) in licences(&view.atlas) {
                            p { (texts.fill("cite.data", &[("source", &sources.join("; "))])) " " a href=(url) rel="license" { (licence) } }
                        }
                        p { (texts.get("foot.notRandom")) }
                        p { a href="/graphiql" { (texts.get("foot.api")) } " · " a href=(view.link("/method")) { (texts.get("foot.method")) }
                            " · " a href=(view.link("/schemes")) { (texts.get("schemes.title")) }
                            " · " a href=(view.link("/about")) { (texts.get("nav.about")) }
                            " · " a href=(report(view)) rel="nofollow" { (texts.get("foot.report")) } }
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

/// Whether there are fictional organisations, which nobody shall take for real ones.
fn is_sample(atlas: &Atlas) -> bool {
    atlas.studies().any(|study| atlas.str(atlas.study(study).chapter) == "sample")
}

/// Whom to name under each licence and its address, each once.
fn licences(atlas: &Atlas) -> BTreeMap<(&str, &str), Vec<&str>> {
    let mut licences: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for study in atlas.studies().map(|study| atlas.study(study)) {
        let sources = licences.entry((atlas.str(study.licence), atlas.str(study.licence_url))).or_default();
        let source = atlas.str(study.attribution).trim_end_matches('.');
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    licences
}

/// The pictures of the explorer, and what its table can be ordered by, in the words of its address.
const VIEWS: [&str; 4] = ["map", "flow", "network", "table"];
const SORTS: [&str; 6] = ["name", "founded", "publishers", "datasets", "claims", "updated"];

/// What the address of the explorer says and means nothing there: passed over, but not in silence.
fn strange(view: &View) -> Vec<String> {
    let say = |(key, value): (&str, &str)| match key {
        _ if view.path != "/explore" || value.is_empty() => None,
        "view" if !VIEWS.contains(&value) => Some(view.texts.fill("strange.view", &[("value", &shortened(value))])),
        "sort" if !SORTS.contains(&value) => Some(view.texts.fill("strange.sort", &[("value", &shortened(value))])),
        _ if query::is_known(key) => None,
        _ => Some(view.texts.fill("strange.word", &[("name", &shortened(key))])),
    };
    view.pairs().filter_map(say).take(STRANGE).collect()
}

/// So many strange words are named.
const STRANGE: usize = 5;

/// A word as long as one reads.
fn shortened(word: &str) -> String {
    const LENGTH: usize = 40;
    match word.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    }
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
    fn no_text_ends_a_data_block() {
        let block = data_block(&json!({ "name": "</script><script>alert(1)</script>" })).into_string();
        assert_eq!(block.matches("</script>").count(), 1, "{block}");
    }
}

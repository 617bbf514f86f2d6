//! Pages for the frames of others: one picture of a selection with its figure line, whom to name, the same as
//! a table, and the way to the full view. Nothing runs in them and no cookie is set.

use std::sync::Arc;

use axum::{
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    View, embed_charts,
    embed_words::{self, COLOURS},
    explore, layout, preview,
    titled::among,
};
use crate::{
    analysis::Figure,
    atlas::{self, Fault, Filter, Refusal, Selection, Text},
    export::query,
    graphql::transport_wire::Lang,
    http::{Site, assets, error},
    picture::{credit, figure, look},
    texts::{phrases::DOT, text},
};

/// The pictures that can be embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Where the organisations are.
    Map,
    /// From publishers to sectors.
    Flow,
    /// Organisations by sector.
    Sectors,
    /// Organisations by publisher.
    Publishers,
}

impl Kind {
    fn read(word: &str) -> Option<Self> {
        match word {
            "map" => Some(Self::Map),
            "flow" => Some(Self::Flow),
            "sectors" => Some(Self::Sectors),
            "publishers" => Some(Self::Publishers),
            _ => None,
        }
    }

    /// The view of the explorer that says most of the same.
    const fn view(self) -> Option<&'static str> {
        match self {
            Self::Map => None,
            Self::Flow | Self::Publishers => Some("flow"),
            Self::Sectors => Some("table"),
        }
    }
}

/// What a chart and its page need to know.
pub(super) struct Shown<'a> {
    pub(super) view: &'a View,
    pub(super) filter: &'a Filter,
    pub(super) selection: &'a Selection,
    /// The sentence above the chart.
    pub(super) headline: &'a str,
    /// The names of the record that it may hold.
    pub(super) names: &'a [Text<'a>],
}

/// A chart, what has to be known to read it, and its conditions.
pub(super) struct Chart {
    pub(super) picture: Markup,
    pub(super) notes: Vec<Note>,
    pub(super) table: Markup,
    pub(super) figure: Figure,
}

/// What has to be known to read a chart.
pub(super) struct Note {
    pub(super) with: With,
    pub(super) text: String,
}

/// The picture that a note is about: some charts have one for wide frames and another for narrow ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    Both,
    Wide,
    Narrow,
}

impl With {
    /// The classes of a note, of which a style sheet shows those of the picture that is seen.
    const fn class(self) -> &'static str {
        match self {
            Self::Both => "note",
            Self::Wide => "note wide",
            Self::Narrow => "note narrow",
        }
    }
}

impl Note {
    pub(super) fn new(text: &str) -> Self {
        Self { with: With::Both, text: text.to_owned() }
    }
}

pub(super) async fn embed(
    State(site): State<Arc<Site>>,
    uri: OriginalUri,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    if file == "embed.css" {
        return style();
    }
    let Some(kind) = Kind::read(&file) else {
        return error::problem(StatusCode::NOT_FOUND, "nothing is at this address");
    };
    let made = View::open(&site, &uri, headers.clone()).await.and_then(|view| {
        let html = page(&view, kind).map_err(|refusal| {
            let taken = Some(&refusal).filter(|refusal| refusal.fault == Fault::Unknown);
            error::unread_among(&refusal, taken.and_then(|refusal| embed_words::taken(&view.atlas, &refusal.name)))
        })?;
        let html = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html.into_string());
        Ok(view.finish(html.into_response()))
    });
    made.unwrap_or_else(preview::plainly)
}

/// The style of embedded pages: the fonts of the house, the tokens of both themes, and what uses them.
fn style() -> Response {
    let font = |(family, stem)| {
        let address = assets::font(stem)?;
        Some(format!(
            "@font-face {{ font-family: \"{family}\"; src: url({address}) format(\"woff2\"); font-weight: 200 900; font-display: swap; }}\n"
        ))
    };
    let fonts: String = [("Source Sans 3", "source-sans-3"), ("Source Serif 4", "source-serif-4")]
        .into_iter()
        .filter_map(font)
        .collect();
    let sheet = format!("{fonts}{}\n{}", look::tokens(), include_str!("embed.css"));
    let mut response = ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], sheet).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

/// The address of the full view, with the filters of the frame.
fn full(view: &View, kind: Kind, filter: &Filter, lang: Option<&str>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kind.view().map(|view| ("view", view)));
    for (key, value) in url::form_urlencoded::parse(filter.canonical().as_bytes()) {
        // The explorer's word for it.
        query.append_pair(if key == "text" { "q" } else { &key }, &value);
    }
    for key in ["asOf", "knownAt"] {
        query.extend_pairs(view.asked(key).map(|value| (key, value)));
    }
    query.extend_pairs(lang.map(|lang| ("lang", lang)));
    let query = query.finish();
    view.absolute(&if query.is_empty() { "/explore".to_owned() } else { format!("/explore?{query}") })
}

fn page(view: &View, kind: Kind) -> Result<Markup, Refusal> {
    let (atlas, texts, lang) = (&view.atlas, view.texts, view.lang);
    // The colours of a frame and the themes of data have one word; no data is about dark or light.
    let asked = query::of_address(view.pairs().filter(|(key, word)| *key != "theme" || !COLOURS.contains(word)))?;
    // Who puts a frame into a page has written its address: a language that we do not have is said, as of files.
    if let Some(word) = view.asked("lang").filter(|word| !word.is_empty() && Lang::of_tag(word).is_none()) {
        return Err(Refusal::new("lang", word, Fault::Form("es or en")));
    }
    asked.check(atlas)?;
    let filter = asked.filter;
    let selection = atlas.select(&filter);
    let is_told = view.moment.is_now() || atlas.tells(&filter, selection.organisations.len());
    let headline =
        if is_told { explore::headline(view, &filter, &selection) } else { view.unrecorded(view.begins_on).title };
    let words = explore::words(view, &filter).join(DOT);
    let names = explore::names(view, &filter);
    let shown = Shown { view, filter: &filter, selection: &selection, headline: &headline, names: &names };
    let chart = embed_charts::chart(&shown, kind);
    let themes = view.query.iter().filter(|(key, _)| key == "theme").map(|(_, value)| value.as_str());
    let theme = themes.rev().find(|theme| COLOURS.contains(theme));
    let of = if selection.organisations.is_empty() { atlas.listed() } else { &selection.organisations };
    let waves = figure::waves_of(atlas, of, &filter.chapter);
    let asked: Vec<_> = chart.figure.waves.iter().map(|&wave| atlas.label(atlas.wave(wave).title, lang)).collect();
    Ok(html! {
        (DOCTYPE)
        html lang=(texts.lang().as_str()) data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (headline) " – " (texts.get("page.name")) }
                meta name="description" content=(texts.get("home.question"));
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                link rel="canonical" href=(full(view, kind, &filter, None));
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/embed/embed.css";
            }
            body {
                // Two pages in one window have two main parts; a name tells them apart.
                main aria-labelledby="headline" {
                    @if let Some(fiction) = layout::fiction(atlas, &waves) { p.of { b { (texts.get("banner.title")) } " " (texts.get(fiction)) } }
                    h1 id="headline" { (among(lang, &headline, &names)) }
                    @if !words.is_empty() { p.of { (among(lang, &words, &names)) } }
                    @if let Some(to_come) = view.to_come() { p.note { (to_come) } }
                    @if !is_told {
                        @for reason in view.why_unrecorded(view.begins_on) { p.note { (reason) } }
                    } @else if selection.organisations.is_empty() {
                        p.note { (texts.get("explore.none")) }
                    } @else {
                        figure { (chart.picture) }
                        @for note in &chart.notes { p class=(note.with.class()) { (note.text) } }
                        details {
                            summary { (texts.get("flow.table")) }
                            div.scroll tabindex="0" role="region" aria-label=(headline) { (chart.table) }
                        }
                    }
                    footer {
                        p.figline {
                            @for (at, part) in figure::parts(atlas, &chart.figure, lang).iter().enumerate() {
                                @if at == 0 { b { (part) } } @else { span { (among(lang, part, &asked)) } }
                            }
                        }
                        @for line in credit::lines(atlas, &waves, texts) {
                            p { (among(lang, &texts.fill("page.preview.data", &[("source", &line)]), &names)) }
                        }
                        @if kind == Kind::Map { p { (texts.get("foot.boundaries")) } }
                        p.open {
                            a href=(full(view, kind, &filter, Some(texts.lang().as_str()))) target="_blank" rel="noopener" {
                                (texts.get("page.embed.open"))
                            }
                        }
                    }
                }
            }
        }
    })
}

/// What a refusal says.
pub(super) struct Said<'a> {
    pub(super) title: &'a str,
    pub(super) told: &'a str,
    /// What programs are told, where it says what is wrong.
    pub(super) detail: Option<&'a str>,
    /// Where the reader goes on.
    pub(super) way: &'a str,
}

/// The page of a refusal in a frame: without the ways around the site, none of which a frame may show.
pub(super) fn refused(lang: atlas::Lang, theme: Option<&str>, head: &Markup, said: &Said) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.as_str()) data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (said.title) " – " (text(lang, "page.name")) }
                (head)
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/embed/embed.css";
            }
            body {
                main {
                    h1 { (said.title) }
                    p.note { (said.told) }
                    @if let Some(detail) = said.detail { p.note lang="en" { (detail) } }
                    footer { p.open { a href=(said.way) target="_blank" rel="noopener" { (text(lang, "gone.explore")) } } }
                }
            }
        }
    }
}

/// A drawing that `picture` has escaped.
pub(super) fn drawn(svg: String) -> Markup {
    PreEscaped(svg)
}

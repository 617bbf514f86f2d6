//! The page of a refusal: what happened and what to do, in the reader's language, with the ways around the site. It needs
//! neither a script nor the record, which may not be there yet.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::Response,
};
use maud::{Markup, html};

use super::gone::gone;
use super::private::{instead, kept_by_nobody, language, other_language};
use super::refusal::fault;
use super::{embed, embed_words};
use crate::atlas::{Fault, Lang};
use crate::http::edge::RequestId;
use crate::http::error::{Refused, Why};
use crate::texts::{phrases::Texts, text};

/// Headers of the refusal that its page has too.
const KEPT: [header::HeaderName; 4] =
    [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::SET_COOKIE];

/// What the page has to know of the request.
pub(in crate::http) struct Requested {
    pub(in crate::http) headers: HeaderMap,
    method: Method,
    uri: Uri,
    id: String,
}

impl Requested {
    pub(in crate::http) fn of(request: &Request) -> Self {
        let needed = [header::ACCEPT, header::ACCEPT_LANGUAGE, header::CONTENT_TYPE];
        let value = |name: header::HeaderName| Some((name.clone(), request.headers().get(&name)?.clone()));
        Self {
            headers: needed.into_iter().filter_map(value).collect(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        }
    }
}

/// The page of a refusal.
pub(in crate::http) fn trouble(asked: &Requested, refused: &Refused, bare: &Response) -> Response {
    let (lang, status) = (language(&asked.uri, &asked.headers), bare.status());
    let (title, told) = words(status, refused.why);
    let is_frame = asked.uri.path().starts_with("/embed/");
    let title = refused.word.as_ref().map_or_else(
        || text(lang, title).to_owned(),
        |word| if is_frame { embed_words::fault(Texts::of(lang), word) } else { fault(Texts::of(lang), word) },
    );
    let told = if refused.word.is_some() { "fault.why" } else { told };
    let seconds = bare.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()).unwrap_or("60");
    let told = text(lang, told).replace("{seconds}", seconds).replace("{id}", &asked.id);
    // What is being made ready is asked for again; what was sent is not sent a second time.
    let is_reloaded = matches!(refused.why, Why::Loading | Why::Preparing) && asked.method == Method::GET;
    let head = html! {
        meta name="robots" content="noindex";
        @if is_reloaded { meta http-equiv="refresh" content=(seconds); }
    };
    // Who looked for a room of the desk goes on there.
    let is_desk = asked.uri.path().strip_prefix("/desk").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let (onward, onward_text) = if is_desk { ("/desk", "page.desk.back") } else { ("/explore", "gone.explore") };
    let is_gone = status == StatusCode::NOT_FOUND && refused.word.is_none() && !is_desk;
    let chosen = [("lang", lang.as_str())];
    let kept = if asked.is_chosen() { &chosen[..] } else { &[] };
    let body = html! {
        @if is_gone { (gone(Texts::of(lang), &way(asked, lang, onward), kept)) } @else {
            h1 { (title) }
            p { (told) }
            // What programs are told says what is wrong.
            @if status == StatusCode::BAD_REQUEST && refused.word.is_none() { p lang="en" class="tiny muted" { (refused.detail) } }
            @if status == StatusCode::NOT_FOUND { p { a class="btn" href=(way(asked, lang, onward)) { (text(lang, onward_text)) } } }
        }
    };
    let mut response = if is_frame {
        // Of a word that is written otherwise it names the parameter and the form.
        let is_detailed = refused.word.as_ref().is_none_or(|word| matches!(word.fault, Fault::Form(_)));
        let detail = Some(refused.detail.as_str()).filter(|_| status == StatusCode::BAD_REQUEST && is_detailed);
        let told = taken(lang, refused).unwrap_or(told);
        let said = embed::Said { title: &title, told: &told, detail, way: &way(asked, lang, "/explore") };
        kept_by_nobody(&embed::refused(lang, asked.theme().as_deref(), &head, &said))
    } else {
        public(lang, &title, (&head, asked.is_read().then_some(&asked.uri)), &body)
    };
    *response.status_mut() = status;
    for name in KEPT {
        for value in bare.headers().get_all(&name) {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    response
}

/// Which words the parameter of a frame takes instead of the one that it cannot have.
fn taken(lang: Lang, refused: &Refused) -> Option<String> {
    let (word, taken) = (refused.word.as_ref()?, refused.taken.as_deref()?);
    Some(Texts::of(lang).fill("page.embed.taken", &[("name", &word.name), ("words", taken)]))
}

impl Requested {
    fn is_read(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// The colours that a frame asks for.
    fn theme(&self) -> Option<String> {
        let pairs = url::form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
        let themes = pairs.filter(|(key, value)| key == "theme" && matches!(value.as_ref(), "light" | "dark"));
        themes.map(|(_, theme)| theme.into_owned()).last()
    }

    /// Whether the reader has chosen a language.
    fn is_chosen(&self) -> bool {
        self.uri.query().is_some_and(|query| query.contains("lang="))
    }
}

/// A page with the ways around the site. The address, where it can be read in the other language too.
pub(in crate::http) fn public(
    lang: Lang,
    title: &str,
    (head, address): (&Markup, Option<&Uri>),
    body: &Markup,
) -> Response {
    // Beside the name, as on the pages with forms: a phone shows it too.
    let way = html! { @if let Some(address) = address { (other_language(address, lang)) } };
    instead(lang, title, (head, &way), body)
}

fn way(asked: &Requested, lang: Lang, path: &str) -> String {
    if asked.is_chosen() { format!("{path}?lang={lang}") } else { path.to_owned() }
}

/// The same address in a language.
pub(in crate::http) fn in_language(address: &Uri, lang: &str) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    let query = address.query().unwrap_or_default().as_bytes();
    pairs.extend_pairs(url::form_urlencoded::parse(query).filter(|(name, _)| name != "lang"));
    pairs.append_pair("lang", lang);
    format!("{}?{}", address.path(), pairs.finish())
}

/// What happened and what to do, by the keys of their texts.
fn words(status: StatusCode, why: Why) -> (&'static str, &'static str) {
    match (why, status) {
        (Why::OldForm, _) => ("page.trouble.oldForm", "page.trouble.oldFormText"),
        (Why::Foreign, _) => ("page.trouble.foreign", "page.trouble.foreignText"),
        (Why::Loading, _) => ("page.trouble.loading", "page.trouble.loadingText"),
        (Why::Preparing, _) => ("page.trouble.preparing", "page.trouble.preparingText"),
        (_, StatusCode::NOT_FOUND) => ("gone.title", "page.trouble.goneText"),
        (_, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED) => {
            ("page.trouble.forbidden", "page.trouble.forbiddenText")
        }
        (_, StatusCode::PAYLOAD_TOO_LARGE) => ("page.trouble.tooLong", "page.trouble.tooLongText"),
        (_, StatusCode::TOO_MANY_REQUESTS) => ("page.trouble.tooMany", "page.trouble.tooManyText"),
        (_, StatusCode::SERVICE_UNAVAILABLE) => ("page.trouble.unavailable", "page.trouble.unavailableText"),
        (_, status) if status.is_server_error() => ("page.trouble.failed", "page.trouble.failedText"),
        _ => ("page.trouble.unread", "page.trouble.unreadText"),
    }
}

//! The way to a provider of identities and back. Going there is a link: browsers do not let forms lead to other sites
//! where the policy of a page says so.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
    routing::get,
};
use maud::{Markup, html};

use super::form::{see_other, with_language};
use super::sign_in::{DESTINATION, Notice, arrive, refused, show};
use super::{Site, session};
use crate::app::access::identity::{self, Away, Back, Refusal};
use crate::atlas::Lang;
use crate::texts::text;

const WAY: &str = "/sign-in/provider";
/// Where the provider sends browsers back to.
const BACK: &str = "/sign-in/provider/back";
/// What a browser keeps while it is there.
const COOKIE: &str = "od100-away";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(WAY, get(away)).route(BACK, get(back))
}

/// The part of the page to sign in at that leads to the provider.
pub(super) fn way(lang: Lang, name: &str) -> Markup {
    html! {
        section class="form-block" {
            h2 { (text(lang, "page.signIn.byProvider").replace("{name}", name)) }
            p { (text(lang, "page.signIn.byProviderText")) }
            a class="btn main" href={ (WAY) "?lang=" (lang) } rel="nofollow" { (text(lang, "page.signIn.toProvider").replace("{name}", name)) }
        }
    }
}

async fn away(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(desk) = site.desk.as_ref().filter(|desk| desk.access.provider.is_some()) else {
        return see_other(&with_language("/sign-in", &parts));
    };
    // Only a page of this site, or the reader's own hand, sends a browser on this way.
    let from = parts.headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if !matches!(from, None | Some(b"same-origin" | b"none")) {
        return see_other(&with_language("/sign-in", &parts));
    }
    match identity::begin(&desk.access, session::address(&parts), &address(&site)).await {
        Ok(Away { secret, to }) => {
            let mut response = see_other(to.as_str());
            keep(&site, secret.expose(), identity::AWAY.num_seconds(), response.headers_mut());
            response
        }
        Err(refusal) => say(&site, &parts, &refusal),
    }
}

async fn back(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(desk) = &site.desk else { return see_other("/") };
    let pairs: Vec<_> = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).collect();
    let given = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| &**value);
    let kept = session::cookie(&parts.headers, &name(&site)).unwrap_or_default();
    let actor = match session::reader(&site, &parts).await {
        Ok(actor) => actor,
        Err(refusal) => return refusal,
    };
    let back = Back {
        secret: kept,
        state: given("state").unwrap_or_default(),
        code: given("code").unwrap_or_default(),
        issuer: given("iss"),
        address: &address(&site),
    };
    // Whoever has changed their mind there is sent back with an error and no code.
    let done = if given("code").is_none() {
        Err(Refusal::Stale)
    } else {
        identity::finish(&desk.access, &actor, session::address(&parts), &back).await
    };
    let mut response = match done {
        Ok(done) => arrive(&site, &parts, Ok(done), &with_language(DESTINATION, &parts)),
        Err(refusal) => say(&site, &parts, &refusal),
    };
    keep(&site, "", 0, response.headers_mut());
    response
}

fn say(site: &Arc<Site>, parts: &Parts, refusal: &Refusal) -> Response {
    let notice = match refusal {
        Refusal::Stale => Notice::StaleVisit,
        Refusal::Nobody => Notice::NobodyThere,
        Refusal::Provider(failure) => {
            tracing::warn!(error = %failure, "a sign-in at the provider of identities failed");
            Notice::ProviderFailed
        }
        Refusal::Failed(error) => return refused(site, parts, error),
    };
    show(site, parts, notice, "")
}

/// The address that the provider knows.
fn address(site: &Site) -> String {
    format!("{}{BACK}", site.public_url)
}

fn name(site: &Site) -> String {
    if session::is_https(site) { format!("__Host-{COOKIE}") } else { COOKIE.to_owned() }
}

/// Browsers bring it back from another site: that is what `Lax` is for.
fn keep(site: &Site, value: &str, age: i64, headers: &mut HeaderMap) {
    let secure = if session::is_https(site) { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}", name(site));
    if let Ok(mut value) = HeaderValue::from_str(&cookie) {
        value.set_sensitive(true);
        headers.append(header::SET_COOKIE, value);
    }
}

//! What all pages of the desk have in common: who reads, in which language, the ways to the other rooms, and the
//! token that a form repeats.

use std::borrow::Cow;
use std::sync::Arc;

use axum::{
    extract::Request,
    http::{Method, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use entity::vocabulary::Role;
use maud::{Markup, html};

use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::domain::access::{Action, Actor, might};
use crate::http::form::{FormToken, Sent, form_token, language, language_query, see_other};
use crate::http::{Site, again, error, page, said, second_factor, session, way};
use crate::texts::{days, phrases::Texts, text, words_of};

/// A way into a room of the desk.
pub(super) struct Door {
    pub(super) path: &'static str,
    /// Other beginnings of addresses of this room.
    pub(super) behind: &'static [&'static str],
    /// Keys of its name and of what can be done behind it.
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    /// Key of a shorter name, where the navigation has one: all rooms of a curator stand on one line.
    pub(super) short: Option<&'static str>,
    /// It is open to those who may do this to anything at all.
    pub(super) action: Action,
    /// It is open to those who may do this, too.
    pub(super) or: Option<Action>,
    /// Key of what whoever finds it shut is told, where that is more than whom to ask.
    pub(super) shut: Option<&'static str>,
}

impl Door {
    /// Whether a page is in this room.
    fn leads_to(&self, page: &str) -> bool {
        page.starts_with(self.path) || self.behind.iter().any(|path| page.starts_with(path))
    }
}

/// All rooms, in the order of the navigation.
pub(super) const DOORS: &[Door] = &[
    Door {
        path: "/desk/review",
        behind: &[],
        title: "page.review.title",
        text: "page.review.door",
        short: None,
        action: Action::ReadQueue,
        or: Some(Action::RecommendClaim),
        shut: None,
    },
    Door {
        path: "/desk/propose",
        behind: &[],
        title: "page.propose.title",
        text: "page.propose.door",
        short: None,
        action: Action::Propose,
        or: None,
        shut: None,
    },
    Door {
        path: super::claims::CLAIMS,
        behind: &[],
        title: "page.claims.title",
        text: "page.claims.door",
        short: None,
        action: Action::DisputeClaim,
        or: None,
        shut: None,
    },
    Door {
        path: "/desk/organisation",
        behind: &[],
        title: "page.organisation.title",
        text: "page.organisation.door",
        short: None,
        action: Action::SpeakForOrganisation,
        or: None,
        shut: None,
    },
    Door {
        path: super::takeover::ROOM,
        behind: &[],
        title: "page.takeover.title",
        text: "page.takeover.door",
        short: None,
        action: Action::ClaimProfile,
        or: None,
        shut: None,
    },
    Door {
        path: super::representatives::ROOM,
        behind: &[],
        title: "page.representatives.title",
        text: "page.representatives.door",
        short: None,
        action: Action::DecideTakeover,
        or: None,
        shut: None,
    },
    Door {
        path: super::matches::PATH,
        behind: &[super::split::PATH],
        title: "page.matches.title",
        text: "page.matches.door",
        short: Some("page.matches.short"),
        action: Action::ReadQueue,
        or: None,
        shut: None,
    },
    Door {
        path: super::relations::PATH,
        behind: &[],
        title: "page.relations.title",
        text: "page.relations.door",
        short: Some("page.relations.short"),
        action: Action::ReadQueue,
        or: None,
        shut: None,
    },
    super::survey::DOOR,
    Door {
        path: super::requests::ROOM,
        behind: &[],
        title: "page.requests.desk",
        text: "page.requests.doorText",
        short: Some("page.requests.short"),
        action: Action::ReadRequestQueue,
        or: None,
        shut: None,
    },
    Door {
        path: super::publisher::ROOM,
        behind: &[],
        title: "page.publisher.door",
        text: "page.publisher.doorText",
        short: None,
        action: Action::ConfirmAsPublisher,
        or: None,
        shut: None,
    },
    Door {
        path: "/desk/feedback",
        behind: &[],
        title: "page.feedback.door",
        text: "page.feedback.doorText",
        short: None,
        action: Action::ReadQueue,
        or: None,
        shut: None,
    },
    Door {
        path: super::accounts::ACCOUNTS,
        behind: &[],
        title: "page.accounts.title",
        text: "page.accounts.text",
        short: None,
        action: Action::ReadAccounts,
        or: None,
        shut: None,
    },
];

/// A page of the desk for one reader.
pub(super) struct Frame<'p> {
    pub(super) site: &'p Arc<Site>,
    pub(super) parts: Cow<'p, Parts>,
    pub(super) ctx: &'p Context,
    pub(super) actor: Actor,
    pub(super) lang: Lang,
    form: FormToken,
    /// Whether the page can be read at its address.
    has_page: bool,
}

impl<'p> Frame<'p> {
    /// The frame for whoever asks; who is not signed in is led to where that can be done.
    pub(super) async fn of(site: &'p Arc<Site>, parts: &'p Parts) -> Result<Self, Response> {
        let actor = session::reader(site, parts).await?;
        Self::with(site, parts, actor)
    }

    /// A form that a page of the desk has sent, and the frame for whoever did.
    pub(super) async fn sent(site: &'p Arc<Site>, request: Request) -> Result<(Sent, Self), Response> {
        let (sent, _) = Sent::of(site, request).await?;
        Self::around(site, sent)
    }

    /// The same of a form of at most so many bytes.
    pub(super) async fn sent_at_most(
        site: &'p Arc<Site>,
        request: Request,
        bytes: usize,
    ) -> Result<(Sent, Self), Response> {
        let (sent, _) = Sent::of_at_most(site, request, bytes).await?;
        Self::around(site, sent)
    }

    fn around(site: &'p Arc<Site>, sent: Sent) -> Result<(Sent, Self), Response> {
        if !matches!(sent.actor, Actor::Account(_)) {
            return Err(again::signed_out(site, &sent));
        }
        let frame = Self::made(site, Cow::Owned(sent.parts.clone()), sent.actor.clone())?;
        Ok((sent, frame))
    }

    /// The frame for somebody who has sent a form.
    pub(super) fn with(site: &'p Arc<Site>, parts: &'p Parts, actor: Actor) -> Result<Self, Response> {
        Self::made(site, Cow::Borrowed(parts), actor)
    }

    fn made(site: &'p Arc<Site>, parts: Cow<'p, Parts>, actor: Actor) -> Result<Self, Response> {
        let Some(desk) = &site.desk else { return Err(StatusCode::NOT_FOUND.into_response()) };
        if !matches!(actor, Actor::Account(_)) {
            return Err(way::to_sign_in(site, &parts));
        }
        let (lang, form) = (language(&parts), form_token(site, &parts));
        let has_page = parts.method == Method::GET;
        Ok(Self { site, parts, ctx: &desk.access.ctx, actor, lang, form, has_page })
    }

    /// The same for an answer to a form that stands at the address to which it is sent.
    pub(super) fn at_its_form(self) -> Self {
        Self { has_page: true, ..self }
    }

    /// A text of the interface.
    pub(super) fn say(&self, key: &'static str) -> &'static str {
        text(self.lang, key)
    }

    /// A path of this site in the language that the reader asked for.
    pub(super) fn link(&self, path: &str) -> String {
        let query = language_query(&self.parts);
        match query.strip_prefix('?') {
            Some(query) if path.contains('?') => format!("{path}&{query}"),
            _ => format!("{path}{query}"),
        }
    }

    /// What every form has to hold.
    pub(super) fn hidden(&self) -> Markup {
        html! { input type="hidden" name="form" value=(self.form.value); }
    }

    /// A day, as the reader's language writes it.
    pub(super) fn day(&self, day: NaiveDate) -> Markup {
        html! { time datetime=(day) { (days::day(self.lang, day)) } }
    }

    /// A moment, to the minute.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> Markup {
        html! { time datetime=(at.to_rfc3339()) { (days::moment(self.lang, at)) } }
    }

    /// This page in the other language, and the name of that; an answer to a form has one where its form stands there.
    pub(super) fn other_language(&self) -> Option<(&'static str, &'static str, String)> {
        let (other, name) = if self.lang == Lang::EN { ("es", "Español") } else { ("en", "English") };
        self.has_page.then(|| (other, name, page::in_language(&self.parts.uri, other)))
    }

    /// Whether the reader may do anything behind a door.
    pub(super) fn may_enter(&self, door: &Door) -> bool {
        [Some(door.action), door.or].into_iter().flatten().any(|action| might(&self.actor, action, self.ctx.now()))
    }

    /// Whether what waits behind a door waits for a decision of the reader, who may only recommend otherwise.
    pub(super) fn decides(&self, door: &Door) -> bool {
        door.path != super::review::QUEUE || self.may(Action::DecideClaim)
    }

    /// Whether the reader may do this to something.
    pub(super) fn may(&self, action: Action) -> bool {
        might(&self.actor, action, self.ctx.now())
    }

    /// Leads to a page of this site, which says what has just been done: a word of `page.said`.
    pub(super) fn after(&self, path: &str, word: &str) -> Response {
        see_other(&self.link(&said::saying(path, word)))
    }

    /// What has just been done, where the address says so; a case that was decided can be looked at again.
    fn said(&self) -> Markup {
        let query = self.parts.uri.query().unwrap_or_default().as_bytes();
        let was = url::form_urlencoded::parse(query).find(|(name, _)| name == "was");
        let case = was.and_then(|(_, id)| id.parse::<uuid::Uuid>().ok());
        let again = html! {
            @if let Some(case) = case {
                " " a href=(self.link(&format!("/desk/review/{case}"))) { (self.say("page.saidCase")) }
            }
        };
        said::told(self.lang, &self.parts, &again)
    }

    /// The reader's own ways, and those to the rooms.
    fn ways(&self) -> (Markup, Markup) {
        let here = self.parts.uri.path();
        let own = html! {
            ul class="own" {
                li { a href=(self.link("/account")) aria-current=[(here == "/account").then_some("page")] { (self.say("page.account.title")) } }
                @if let Some((other, name, address)) = self.other_language() {
                    li { a href=(address) lang=(other) hreflang=(other) { (name) } }
                }
            }
        };
        let rooms = html! {
            nav aria-label=(self.say("page.desk.nav")) {
                ul {
                    li {
                        a href=(self.link(super::DESK)) aria-current=[(here == super::DESK).then_some("page")] {
                            (self.say("page.desk.title"))
                        }
                    }
                    @for door in DOORS.iter().filter(|door| self.may_enter(door)) {
                        li {
                            a href=(self.link(door.path)) aria-current=[door.leads_to(here).then_some("page")] {
                                (self.say(door.short.unwrap_or(door.title)))
                            }
                        }
                    }
                }
            }
        };
        (own, rooms)
    }

    /// The whole page.
    pub(super) fn page(&self, title: &'static str, body: &Markup) -> Response {
        let (own, rooms) = self.ways();
        let body = html! { (self.said()) (body) };
        self.form.on(self.site, page::desk(self.lang, self.say(title), (&own, &rooms), &body))
    }

    /// A page of the reader's own that is in no room, with the ways to all rooms; `None` for who has no role. It brings its
    /// own token for forms.
    pub(super) fn own_page(&self, title: &'static str, body: &Markup) -> Option<Response> {
        self.actor.account()?.held(self.ctx.now()).next()?;
        let (own, rooms) = self.ways();
        Some(page::own_desk(self.lang, self.say(title), (&own, &rooms), body))
    }

    /// What to do where the reader's roles sleep until a second factor is shown.
    pub(super) fn asleep(&self) -> Markup {
        html! {
            @if self.actor.account().is_some_and(|account| account.sleeps(self.ctx.now())) {
                p class="notice" { (self.say(second_factor::asleep_key(false))) }
                p { a class="btn main" href=(self.link(second_factor::PAGE)) { (self.say("page.factor.setUp")) } }
            }
        }
    }

    /// Key of what is told of the door that this page is, found shut.
    fn shut(&self) -> &'static str {
        let here = self.parts.uri.path();
        DOORS.iter().find(|door| door.path == here).and_then(|door| door.shut).unwrap_or("page.desk.forbiddenText")
    }

    /// The roles of the reader that have not begun yet, or have ended: why what a letter promised is shut.
    fn beyond(&self) -> Markup {
        let now = self.ctx.now();
        let grants = self.actor.account().map(|account| account.grants.as_slice()).unwrap_or_default();
        let told = |key: &str, role: Role, at: DateTime<Utc>| {
            let role = words_of(self.lang, "page.account.role", role.as_str());
            Texts::of(self.lang).fill(key, &[("role", &role), ("date", &days::moment(self.lang, at))])
        };
        let mut lines: Vec<String> = Vec::new();
        for grant in grants {
            let line = match grant.ends_at {
                _ if grant.starts_at > now => told("page.desk.notBegun", grant.role, grant.starts_at),
                Some(end) if end <= now => told("page.desk.ended", grant.role, end),
                _ => continue,
            };
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        html! { @for line in &lines { p class="notice" { (line) } } }
    }

    /// The answer where a use case did nothing and the page has no better one.
    pub(super) fn refused(&self, error: &Error) -> Response {
        let (status, key) = match error {
            Error::Unauthenticated => return way::to_sign_in(self.site, &self.parts),
            Error::NotFound => (StatusCode::NOT_FOUND, "page.desk.notFound"),
            Error::Forbidden => (StatusCode::FORBIDDEN, "page.desk.forbidden"),
            Error::SecondFactor => (StatusCode::FORBIDDEN, "page.factor.needed"),
            Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "page.desk.tooMany"),
            Error::Invalid(_) | Error::Conflict(_) => (StatusCode::CONFLICT, "page.desk.conflict"),
            Error::Internal(_) => {
                tracing::error!(error = %error, "a page of the desk failed");
                return error::internal(error);
            }
        };
        let mut response = self.page(
            "page.desk.title",
            &html! {
                h1 { (self.say(key)) }
                @if matches!(error, Error::Invalid(_) | Error::Conflict(_)) { p { (self.why(error)) } }
                // Whose roles sleep cannot tell by the refusal whether one of them would have done, nor by what is not found.
                @if matches!(error, Error::SecondFactor | Error::Forbidden | Error::NotFound) { (self.asleep()) }
                @if matches!(error, Error::Forbidden) {
                    p { (self.say(self.shut())) }
                    (self.beyond())
                }
                p { a class="btn" href=(self.link(super::DESK)) { (self.say("page.desk.back")) } }
            },
        );
        *response.status_mut() = status;
        if let Error::TooMany(seconds) = error { error::after(response, *seconds) } else { response }
    }
}

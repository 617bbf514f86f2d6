//! The real router with a desk over a real record, and browsers that keep their cookies.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, header},
};
use od100::{
    app::access::Access,
    app::publish::Publisher,
    graphql::{
        desk, schema,
        transport::{Capacity, Service},
        transport_edition::edition,
        transport_persisted::Persisted,
    },
    http::{self, Desk, Site, limit::Allowance},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{edge_harness::Answer, harness::Base, people::People};

/// The address of the site in the tests.
pub(crate) const SITE: &str = "https://od100.example";

/// A site where people sign in.
pub(crate) struct Town {
    pub(crate) router: Router,
    pub(crate) people: People,
}

impl Town {
    pub(crate) async fn over(base: &Base) -> Self {
        Self::at(base, SITE, Vec::new()).await
    }

    /// At an address of its own, behind proxies.
    pub(crate) async fn at(base: &Base, public_url: &str, proxies: Vec<od100::config::Network>) -> Self {
        Self::with(base, public_url, proxies, Access::new(base.ctx.clone())).await
    }

    /// With settings of access of its own.
    pub(crate) async fn with(
        base: &Base,
        public_url: &str,
        proxies: Vec<od100::config::Network>,
        access: Access,
    ) -> Self {
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let access = Arc::new(access);
        let service = |of: Arc<Publisher>, is_desk: bool| {
            let editions = Box::new(move || Some(edition(&of)));
            let (persisted, capacity) = (Persisted::default(), Capacity::default());
            if is_desk {
                Service::new(desk::schema(), &desk::sdl(), persisted, editions, capacity).for_the_desk()
            } else {
                Service::new(schema::schema(), &schema::sdl(), persisted, editions, capacity)
            }
        };
        let of_pages = Arc::clone(&publisher);
        let router = http::router(Site {
            graphql: service(Arc::clone(&publisher), false),
            allowance: Allowance::new(None, proxies),
            public_url: public_url.to_owned(),
            graphiql: true,
            atlas: Box::new(move || Some(of_pages.current())),
            atlas_at: http::moment::of_publisher(&publisher),
            pictures: http::pictures::Pictures::default(),
            ready: Box::new(|| true),
            metrics: None,
            desk: Some(Desk { graphql: service(publisher, true), access: Arc::clone(&access) }),
            record: Some(base.ctx.clone()),
            bench: false,
        });
        Self { router, people: People { access } }
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), from: None }
    }

    /// A browser that is signed in.
    pub(crate) async fn signed_in(&self, name: &str) -> Browser {
        let (_, secret) = self.people.sign_in(name).await;
        let mut browser = self.browser();
        browser.cookies.insert("__Host-od100".to_owned(), secret);
        browser
    }
}

/// A browser on a page of the site.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Where it asks from: doors that count by address live as long as the process, and so do all tests.
    pub(crate) from: Option<SocketAddr>,
}

impl Browser {
    /// Sends a request as it is, with the cookies.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(from) = self.from {
            request.extensions_mut().insert(ConnectInfo(from));
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, pairs.join("; ").parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep(&parts.headers);
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: body.to_vec() }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form, with the token of the form that the browser has been shown.
    pub(crate) async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.cookies.get("__Host-od100-form").cloned().unwrap_or_default();
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("form", &token).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, "null")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body.finish())).unwrap()).await
    }

    async fn ask(&mut self, path: &str, query: &str, variables: Value) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-od100-csrf", "1")
            .header("sec-fetch-site", "same-origin");
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Asks the public schema.
    pub(crate) async fn public(&mut self, query: &str, variables: Value) -> Answer {
        self.ask("/graphql", query, variables).await
    }

    /// Asks the public schema, in a language.
    pub(crate) async fn public_in(&mut self, lang: &str, query: &str, variables: Value) -> Answer {
        self.ask(&format!("/graphql?lang={lang}"), query, variables).await
    }

    /// Asks the desk.
    pub(crate) async fn desk(&mut self, query: &str, variables: Value) -> Answer {
        self.ask("/graphql/desk", query, variables).await
    }
}

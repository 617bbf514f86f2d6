//! A small schema behind the real router: it counts the resolvers that run, and some of it fails, hangs
//! on to time, or panics on purpose.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, InputObject, Object, Schema};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use od100::{
    app::publish::AtError,
    atlas::{Atlas, rows::Rows},
    graphql::{
        transport::{Capacity, Edition, Service},
        transport_persisted::{Persisted, hash},
        transport_wire::Lang,
    },
    http::{self, Site, limit::Allowance, pictures::Pictures, server},
};
use tower::ServiceExt;

use crate::edge_rows;

/// What the resolvers have done.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) resolved: AtomicU64,
    pub(crate) mutated: AtomicU64,
    pub(crate) revision: AtomicI64,
}

struct Org(i32);
struct Dataset(i32);

fn count(ctx: &Context<'_>) {
    ctx.data_unchecked::<Arc<Counts>>().resolved.fetch_add(1, Relaxed);
}

#[Object]
impl Org {
    async fn id(&self, ctx: &Context<'_>) -> i32 {
        count(ctx);
        self.0
    }
    async fn name(&self, ctx: &Context<'_>) -> String {
        count(ctx);
        format!("Organisation {}", self.0)
    }
    async fn datasets(&self, ctx: &Context<'_>, #[graphql(default = 5)] first: i32) -> Vec<Dataset> {
        count(ctx);
        (0..first).map(Dataset).collect()
    }
}

#[Object]
impl Dataset {
    async fn id(&self, ctx: &Context<'_>) -> i32 {
        count(ctx);
        self.0
    }
    async fn orgs(&self, ctx: &Context<'_>, #[graphql(default = 5)] first: i32) -> Vec<Org> {
        count(ctx);
        (0..first).map(Org).collect()
    }
}

#[derive(InputObject)]
struct Filter {
    name: Option<String>,
    and: Option<Vec<Filter>>,
}

fn on_purpose() -> i32 {
    panic!("on purpose")
}

struct Query;

#[Object]
impl Query {
    async fn org(&self, ctx: &Context<'_>, id: i32) -> Org {
        count(ctx);
        Org(id)
    }
    async fn orgs(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 5, validator(minimum = 1, maximum = 100))] first: i32,
        filter: Option<Filter>,
    ) -> Vec<Org> {
        count(ctx);
        drop(filter.map(|filter| (filter.name, filter.and.map(|all| all.len()))));
        (0..first).map(Org).collect()
    }
    async fn lang(&self, ctx: &Context<'_>) -> String {
        count(ctx);
        ctx.data_unchecked::<Lang>().code().to_owned()
    }
    async fn slow(&self, ctx: &Context<'_>) -> i32 {
        count(ctx);
        tokio::time::sleep(Duration::from_millis(300)).await;
        1
    }
    async fn long(&self, ctx: &Context<'_>, #[graphql(default = 1)] megabytes: usize) -> String {
        count(ctx);
        "x".repeat(megabytes * 1024 * 1024)
    }
    async fn boom(&self, ctx: &Context<'_>) -> Result<i32, Error> {
        count(ctx);
        Err(std::io::Error::other("db at postgres://u:secret@h failed").into())
    }
    async fn refused(&self, ctx: &Context<'_>) -> Result<i32, Error> {
        count(ctx);
        Err(Error::new("that day is being prepared").extend_with(|_, e| {
            e.set("code", "AS_OF_PREPARING");
            e.set("retryAfter", 3);
        }))
    }
    async fn panics(&self, ctx: &Context<'_>) -> i32 {
        count(ctx);
        on_purpose()
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn rename_org(&self, ctx: &Context<'_>, id: i32, name: String) -> Org {
        ctx.data_unchecked::<Arc<Counts>>().mutated.fetch_add(1, Relaxed);
        drop(name);
        Org(id)
    }
}

/// A persisted query of the harness.
pub(crate) const PERSISTED: &str = "query Names($n: Int) { orgs(first: $n) { id name } }";

/// How the router under test is set.
pub(crate) struct Setting {
    pub(crate) rate: Option<u32>,
    pub(crate) capacity: Capacity,
    pub(crate) graphiql: bool,
    pub(crate) ready: bool,
    pub(crate) public_url: String,
    /// Whether the pages stand on the small record.
    pub(crate) with_record: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            rate: None,
            capacity: Capacity::default(),
            graphiql: true,
            ready: true,
            public_url: "http://127.0.0.1:8100".into(),
            with_record: false,
        }
    }
}

/// The router over the small schema.
#[derive(Clone)]
pub(crate) struct Edge {
    pub(crate) router: Router,
    pub(crate) counts: Arc<Counts>,
}

impl Edge {
    pub(crate) fn new() -> Self {
        Self::with(Setting::default())
    }

    pub(crate) fn with(setting: Setting) -> Self {
        let rows = setting.with_record.then(edge_rows::rows);
        Self::over(setting, rows)
    }

    /// Over a record of one's own.
    pub(crate) fn over(setting: Setting, rows: Option<Rows>) -> Self {
        let counts = Arc::new(Counts::default());
        counts.revision.store(1, Relaxed);
        let schema = Schema::build(Query, Mutation, EmptySubscription).data(Arc::clone(&counts)).finish();
        let sdl = schema.sdl();
        let list = serde_json::json!({ hash(PERSISTED): PERSISTED }).to_string();
        let persisted = Persisted::read(list.as_bytes()).unwrap();
        let (record, ready) = (Arc::clone(&counts), setting.ready);
        let editions = Box::new(move || {
            let tag = format!("{}-test", record.revision.load(Relaxed));
            ready.then(|| Edition { tag, attach: Box::new(|request| request) })
        });
        let atlas = rows.map(|rows| Arc::new(Atlas::build(rows)));
        let router = http::router(Site {
            graphql: Service::new(schema, &sdl, persisted, editions, setting.capacity),
            allowance: Allowance::new(setting.rate, vec![]),
            public_url: setting.public_url,
            graphiql: setting.graphiql,
            atlas: Box::new(move || atlas.clone()),
            atlas_at: Box::new(|moment| {
                Box::pin(async move {
                    // The day before all others takes too long to build.
                    let day = moment.as_of.unwrap_or(edge_rows::rows().as_of);
                    if day == crate::harness::day("0001-01-01") {
                        return Err(AtError::Preparing);
                    }
                    Ok(Arc::new(Atlas::build(edge_rows::rows_at(day, moment.known_at))))
                })
            }),
            pictures: Pictures::default(),
            ready: Box::new(move || ready),
            metrics: None,
            desk: None,
            record: None,
            bench: false,
        });
        Self { router, counts }
    }

    pub(crate) fn resolved(&self) -> u64 {
        self.counts.resolved.load(Relaxed)
    }

    pub(crate) fn mutated(&self) -> u64 {
        self.counts.mutated.load(Relaxed)
    }

    /// Sends one request through the router.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: body.to_vec() }
    }

    pub(crate) async fn get(&self, uri: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, body: impl Into<Body>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::post("/graphql");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Asks in the usual way.
    pub(crate) async fn ask(&self, query: &str) -> Answer {
        let body = serde_json::json!({ "query": query }).to_string();
        self.post(body, &[("content-type", "application/json")]).await
    }

    /// Serves on a port of its own until the sender is used or dropped; the handle tells whether all
    /// requests were finished.
    pub(crate) async fn listen(
        &self,
        limits: server::Limits,
    ) -> (SocketAddr, tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<bool>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let served = tokio::spawn(server::serve(listener, self.router.clone(), limits, async {
            let _ = stopped.await;
        }));
        (address, stop, served)
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

//! The real router over a real record: requests in, JSON out, statements counted.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use od100::{
    app::publish::Publisher,
    graphql::{
        schema,
        transport::{Capacity, Service},
        transport_edition::edition,
        transport_persisted::Persisted,
    },
    http::{self, Site, limit::Allowance, pictures::Pictures},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::Base;

/// A server over a record, without a socket.
pub(crate) struct Api {
    router: Router,
}

impl Api {
    /// Publishes what stands in the record.
    pub(crate) async fn over(base: &Base) -> Self {
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let (of_editions, of_pages) = (Arc::clone(&publisher), Arc::clone(&publisher));
        let graphql = Service::new(
            schema::schema(),
            &schema::sdl(),
            Persisted::default(),
            Box::new(move || Some(edition(&of_editions))),
            Capacity { answer_bytes: 0, ..Capacity::default() },
        );
        let router = http::router(Site {
            graphql,
            allowance: Allowance::new(None, Vec::new()),
            public_url: "http://127.0.0.1".to_owned(),
            graphiql: true,
            atlas: Box::new(move || Some(of_pages.current())),
            atlas_at: http::moment::of_publisher(&publisher),
            pictures: Pictures::default(),
            ready: Box::new(|| true),
            metrics: None,
            desk: None,
            record: Some(base.ctx.clone()),
            bench: false,
        });
        Self { router }
    }

    /// Any request.
    pub(crate) async fn send(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A path's status and body.
    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Everything that an answer says, errors included.
    pub(crate) async fn raw(&self, lang: &str, query: &str, variables: Value) -> Value {
        let request = Request::post(format!("/graphql?lang={lang}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(json!({ "query": query, "variables": variables }).to_string()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// The data of an answer that must have no error.
    pub(crate) async fn ask(&self, query: &str) -> Value {
        let mut answer = self.raw("en", query, json!({})).await;
        assert!(answer["errors"].is_null(), "{}", answer["errors"]);
        answer["data"].take()
    }
}

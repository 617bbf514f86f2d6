//! `od100 serve`: opens the record, loads the atlas, answers until it is told to stop.

use std::{fs, io, sync::Arc};

use anyhow::{Context as _, anyhow};

use super::{record, say};
use crate::{
    app::{
        access::Access,
        outbox::{self, Post},
        publish::Publisher,
    },
    config::{Common, Serve, Switch},
    domain::address::Reach,
    graphql::{
        self,
        transport::{Capacity, Service},
        transport_persisted::Persisted,
    },
    http::{self, Desk, Site, assets, limit::Allowance, pictures::Pictures, server},
    mail::Mailer,
    oidc::Provider,
    proof,
};

pub(super) async fn run(common: &Common, settings: &Serve) -> anyhow::Result<()> {
    // What cannot be used is said before anything is opened.
    settings.public_address(settings.listen)?;
    // The port first: a second server by mistake must not touch the database.
    let limits = server::Limits { per_address: settings.connections_per_address.get(), ..server::Limits::default() };
    let listener = server::listen(settings.listen, &limits).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            anyhow!("the address {} is in use; another server may run, or set OD100_LISTEN", settings.listen)
        }
        _ => anyhow!("cannot listen at {} (OD100_LISTEN): {error}", settings.listen),
    })?;
    // Port 0 asks the machine for a free one: what it gave is what the world is told.
    let listens = listener.local_addr().context("the address that this server listens at cannot be read")?;
    let public_url = settings.public_address(listens)?;
    let post = post(settings, &public_url)?;
    let provider = settings.oidc.client()?.map(Provider::new).transpose()?;
    let (rfc_key, seal) = (settings.key_of_rfcs()?, settings.seal()?);
    let persisted = persisted(settings)?;
    let has_key = seal.has_key();
    let ctx = record::open(common).await?.with_rfc_key(rfc_key);
    let publisher = Publisher::start(ctx.clone()).await.context("the record cannot be loaded")?;
    let atlas = publisher.current();
    let access = Access::new(ctx.clone()).with_provider(provider).opened(settings.sign_up == Switch::On);
    let access = access.proving(proofs(settings, &public_url)).asking(settings.second_factor.into(), seal);
    let router = http::router(site(settings, public_url.clone(), &publisher, access, persisted));
    // What is only to be known is said once nothing can stop the start any more: an error stands alone.
    if let Some(files) = server::too_few_files(&limits) {
        tracing::warn!(files, connections = limits.connections, "this process may open few files; raise LimitNOFILE");
    }
    if !has_key {
        tracing::warn!("seeds of second factors are kept unencrypted: OD100_SECRET_KEY is not set");
    }
    if settings.proof_loopback == Switch::On {
        tracing::warn!("OD100_PROOF_LOOPBACK is on: whoever has an account can make this server ask its own machine");
    }
    if post.is_none() {
        tracing::warn!("letters, such as sign-in links, wait: OD100_MAIL names neither a mail server nor a folder");
    }
    outbox::start(ctx.clone(), post.map(Arc::new));
    announce(&public_url, &atlas, settings.graphiql == Switch::On);
    drop(atlas);
    let stop = async {
        if let Err(error) = server::told_to_stop().await {
            tracing::error!(%error, "signals cannot be heard");
            std::future::pending::<()>().await;
        }
        tracing::info!("stopping: no new connections, requests under way are finished");
    };
    if !server::serve(listener, router, limits, stop).await {
        tracing::warn!("some requests were not finished within ten seconds");
    }
    // The follower ends with the last who reads the atlas.
    drop(publisher);
    ctx.db.close().await.context("the database cannot be closed")?;
    Ok(())
}

fn proofs(settings: &Serve, public_url: &str) -> proof::Settings {
    let reach = if settings.proof_loopback == Switch::On { Reach::Loopback } else { Reach::Public };
    proof::Settings { public_url: public_url.to_owned(), nameserver: settings.nameserver, reach }
}

fn site(
    settings: &Serve,
    public_url: String,
    publisher: &Arc<Publisher>,
    access: Access,
    persisted: Persisted,
) -> Site {
    let ctx = access.ctx.clone();
    let capacity =
        Capacity { answer_bytes: settings.answer_cache_mb.saturating_mul(1024 * 1024), ..Capacity::default() };
    let (of_pages, of_editions, of_metrics) = (Arc::clone(publisher), Arc::clone(publisher), Arc::clone(publisher));
    let editions = Box::new(move || Some(graphql::transport_edition::edition(&of_editions)));
    let db = ctx.db.clone();
    let metrics = move || {
        format!(
            "# TYPE od100_revision gauge\nod100_revision {}\n\
             # TYPE od100_atlas_build_seconds gauge\nod100_atlas_build_seconds {}\n\
             # TYPE od100_sql_statements_total counter\nod100_sql_statements_total {}\n",
            of_metrics.current().revision,
            of_metrics.build_seconds(),
            db.statements(),
        )
    };
    Site {
        graphql: Service::new(graphql::schema::schema(), &graphql::schema::sdl(), persisted, editions, capacity),
        allowance: Allowance::new(settings.rate_limit.0, settings.trusted_proxies.clone()),
        public_url,
        graphiql: settings.graphiql == Switch::On,
        atlas: Box::new(move || Some(of_pages.current())),
        atlas_at: http::moment::of_publisher(publisher),
        pictures: Pictures::default(),
        ready: Box::new(|| true),
        metrics: (settings.metrics == Switch::On).then(|| Box::new(metrics) as Box<dyn Fn() -> String + Send + Sync>),
        desk: Some(desk(publisher, access)),
        record: Some(ctx),
        bench: settings.bench == Switch::On,
    }
}

/// Where letters go out, if anywhere.
fn post(settings: &Serve, public_url: &str) -> anyhow::Result<Option<Post>> {
    let Some(address) = &settings.mail else { return Ok(None) };
    let mailer = Mailer::new(address, settings.mail_from.clone());
    mailer.ready().map_err(|fault| anyhow!("OD100_MAIL: {fault}"))?;
    Ok(Some(Post { mailer, public_url: public_url.to_owned() }))
}

/// What those who are signed in have.
fn desk(publisher: &Arc<Publisher>, access: Access) -> Desk {
    let of_editions = Arc::clone(publisher);
    let editions = Box::new(move || Some(graphql::transport_edition::edition(&of_editions)));
    let (schema, sdl) = (graphql::desk::schema(), graphql::desk::sdl());
    let service = Service::new(schema, &sdl, Persisted::default(), editions, Capacity::default()).for_the_desk();
    Desk { graphql: service, access: Arc::new(access) }
}

/// The queries of the frontend, and those of the file that was named.
fn persisted(settings: &Serve) -> anyhow::Result<Persisted> {
    let mut persisted = match assets::bytes("persisted.json") {
        Some(bytes) => Persisted::read(&bytes).context("the queries of the frontend cannot be read; build it again")?,
        None => Persisted::default(),
    };
    if let Some(path) = &settings.persisted {
        let fault = || format!("OD100_PERSISTED (--persisted): {} cannot be read", path.display());
        let more = Persisted::read(&fs::read(path).with_context(fault)?).with_context(fault)?;
        persisted = persisted.with(more);
    }
    Ok(persisted)
}

fn announce(url: &str, atlas: &crate::atlas::Atlas, console: bool) {
    let count = atlas.listed().len();
    if count == 0 {
        say("The record is empty. One of these fills it, beside the running server:");
        say("  od100 import od500 --chapter mx    the Mexican study");
        say("  od100 sample                       a fictional ecosystem");
    } else {
        say(&format!(
            "{count} organisations, {} publishers, {} datasets.",
            crate::analysis::publishers::used(atlas),
            atlas.datasets().len()
        ));
    }
    say(&format!("The map: {url}/"));
    if console {
        say(&format!("The API: {url}/graphql, to try out at {url}/graphiql"));
    }
}

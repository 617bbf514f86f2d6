//! Keeps the public atlas at the record's revision: loads the rows, builds, swaps. Readers hold an
//! `Arc` and never wait; when the database is away the last good atlas stays.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::watch;

use super::{Context, Error};
use crate::atlas::Atlas;
use crate::store::{self, Listener};

/// How long a request waits for an atlas of another day: most are built in less, and a reader rather waits than loads
/// the page again. Below the deadline of a request, five seconds.
const PATIENCE: Duration = Duration::from_secs(4);

/// How many atlases of other days are kept, and how many where each is large.
const KEPT: usize = 4;
const KEPT_LARGE: usize = 1;
/// From so many organisations on an atlas is large.
const LARGE: usize = 50_000;

/// How many atlases of other days are built at a time.
const BUILDING: usize = 2;

/// Why there is no atlas of another day.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AtError {
    /// It is being built: ask again.
    #[error("the record of that day is being prepared")]
    Preparing,
    /// It could not be built.
    #[error("the record of that day could not be read")]
    Failed(#[source] Arc<Error>),
}

/// The revision, the validity date and the recording time of an atlas.
type Moment = (i64, NaiveDate, Option<DateTime<Utc>>);

/// An atlas of another day, as soon as it is there.
type Pending = watch::Receiver<Option<Result<Arc<Atlas>, AtError>>>;

/// Holds the atlas of the moment, and builds others on demand.
#[derive(Debug)]
pub struct Publisher {
    ctx: Context,
    current: Arc<ArcSwap<Atlas>>,
    /// How long the last load and build took, in microseconds.
    took: AtomicU64,
    /// How many changes were patched into an atlas.
    patches: AtomicU64,
    /// One rebuild at a time.
    turn: tokio::sync::Mutex<()>,
    /// Atlases of other days, the most recently asked last.
    others: Mutex<Vec<(Moment, Pending)>>,
}

impl Publisher {
    /// Loads the first atlas and follows the record until the publisher or the database is closed.
    pub async fn start(ctx: Context) -> Result<Arc<Self>, Error> {
        let publisher = Self::open(ctx).await?;
        publisher.warm();
        tokio::spawn(follow(Arc::downgrade(&publisher)));
        Ok(publisher)
    }

    /// Loads the first atlas; the next ones come by [`refresh`](Self::refresh) only.
    pub async fn open(ctx: Context) -> Result<Arc<Self>, Error> {
        let started = Instant::now();
        let first = load(&ctx, None, None).await?;
        Ok(Arc::new(Self {
            ctx,
            current: Arc::new(ArcSwap::from_pointee(first)),
            took: AtomicU64::new(started.elapsed().as_micros() as u64),
            patches: AtomicU64::default(),
            turn: tokio::sync::Mutex::default(),
            others: Mutex::default(),
        }))
    }

    /// The atlas of the moment.
    pub fn current(&self) -> Arc<Atlas> {
        self.current.load_full()
    }

    /// The place where the atlas of the moment always is.
    pub fn handle(&self) -> Arc<ArcSwap<Atlas>> {
        Arc::clone(&self.current)
    }

    /// How long the last load and build took, in seconds.
    pub fn build_seconds(&self) -> f64 {
        Duration::from_micros(self.took.load(Ordering::Relaxed)).as_secs_f64()
    }

    /// How many changes were patched into the atlas before, instead of building it anew.
    pub fn patches(&self) -> u64 {
        self.patches.load(Ordering::Relaxed)
    }

    /// Builds the next atlas if the record or the day has moved on; says whether it did.
    pub async fn refresh(&self) -> Result<bool, Error> {
        let _turn = self.turn.lock().await;
        let (revision, _) = store::head(&self.ctx.db).await?;
        let (today, current) = (self.ctx.today(), self.current.load());
        if current.revision == revision && current.as_of == today {
            return Ok(false);
        }
        let started = Instant::now();
        let next = match self.patched(&current).await? {
            Some(next) => {
                self.patches.fetch_add(1, Ordering::Relaxed);
                next
            }
            None => build(&self.ctx, today, None).await?,
        };
        self.took.store(started.elapsed().as_micros() as u64, Ordering::Relaxed);
        self.current.store(Arc::new(next));
        self.others.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.warm();
        Ok(true)
    }

    /// Lays what the first reader of the atlas would wait for, on a thread of its own.
    fn warm(&self) {
        let atlas = self.current();
        tokio::task::spawn_blocking(move || atlas.warm());
    }

    /// The current atlas with what has changed since; `None` where it has to be built anew.
    async fn patched(&self, current: &Arc<Atlas>) -> Result<Option<Atlas>, Error> {
        if current.as_of != self.ctx.today() || current.is_worn() {
            return Ok(None);
        }
        let started = Instant::now();
        let Some((rows, changed)) = store::load::changed(&self.ctx.db, before(current)).await? else {
            return Ok(None);
        };
        let (count, revision, loaded) = (changed.len(), rows.revision, started.elapsed());
        let current = Arc::clone(current);
        let atlas = on_a_thread(move || current.patch(rows, &changed)).await?;
        tracing::info!(
            revision,
            records = count,
            load_ms = loaded.as_millis() as u64,
            build_ms = (started.elapsed() - loaded).as_millis() as u64,
            complete = atlas.is_some(),
            "atlas patched"
        );
        Ok(atlas)
    }

    /// The atlas of a day and of what had been recorded by a moment. Each is built once, however many
    /// ask; who would wait too long is told to ask again.
    pub async fn at(&self, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Result<Arc<Atlas>, AtError> {
        let current = self.current();
        // Of what has not come nothing is known: the latest record stands for it, and says of which day it is.
        let as_of = as_of.min(current.as_of);
        let known_at = known_at.filter(|at| *at <= self.ctx.now());
        if known_at.is_none() && as_of == current.as_of {
            return Ok(current);
        }
        let moment = (current.revision, as_of, known_at);
        let mut pending = self.pending(moment, current.organisations().len())?;
        let Ok(Ok(done)) = tokio::time::timeout(PATIENCE, pending.wait_for(Option::is_some)).await else {
            return Err(AtError::Preparing);
        };
        let done = done.clone().unwrap_or(Err(AtError::Preparing));
        if matches!(done, Err(AtError::Failed(_))) {
            let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
            others.retain(|(other, _)| *other != moment);
        }
        done
    }

    /// The one build of a moment: under way, done, or begun now.
    fn pending(&self, moment: Moment, organisations: usize) -> Result<Pending, AtError> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.retain(|((revision, ..), _)| *revision == moment.0);
        if let Some(at) = others.iter().position(|(other, _)| *other == moment) {
            let found = others.remove(at);
            others.push(found.clone());
            return Ok(found.1);
        }
        if others.iter().filter(|(_, pending)| pending.borrow().is_none()).count() >= BUILDING {
            return Err(AtError::Preparing);
        }
        let kept = if organisations < LARGE { KEPT } else { KEPT_LARGE };
        while others.len() >= kept {
            others.remove(0);
        }
        let (done, pending) = watch::channel(None);
        others.push((moment, pending.clone()));
        let ctx = self.ctx.clone();
        // It goes on when the request that began it is gone.
        tokio::spawn(async move {
            let built = build(&ctx, moment.1, moment.2).await;
            done.send_replace(Some(built.map(Arc::new).map_err(|error| AtError::Failed(Arc::new(error)))));
        });
        Ok(pending)
    }
}

/// Follows the record. PostgreSQL announces revisions; the poll finds those that were missed, and on
/// SQLite all of them.
async fn follow(publisher: Weak<Publisher>) {
    let mut listener = None;
    loop {
        let Some(strong) = publisher.upgrade().filter(|publisher| !publisher.ctx.db.is_closed()) else { return };
        if let Err(error) = strong.refresh().await {
            tracing::error!(error = %chain(&error), "the public atlas could not be renewed; the last one stays");
        }
        if listener.is_none() {
            listener = store::listen(&strong.ctx.db).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "revisions are not announced; polling only");
                None
            });
        }
        let pause = Duration::from_millis(if strong.ctx.db.is_postgres() { 2_000 } else { 250 });
        // Nothing is held while waiting, so that the publisher can go.
        drop(strong);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            heard = announced(&mut listener) => if heard.is_err() {
                listener = None;
                tokio::time::sleep(pause).await;
            },
        }
    }
}

async fn announced(listener: &mut Option<Listener>) -> Result<(), store::Error> {
    match listener {
        Some(listener) => listener.next().await.map(|_| ()),
        None => std::future::pending().await,
    }
}

/// The atlas of a day (by default today) and of what had been recorded by a moment, once: for exports and other
/// commands that do not stay.
pub async fn load(ctx: &Context, as_of: Option<NaiveDate>, known_at: Option<DateTime<Utc>>) -> Result<Atlas, Error> {
    let today = ctx.today();
    build(ctx, as_of.unwrap_or(today).min(today), known_at).await
}

/// What a change is read against.
fn before(atlas: &Atlas) -> store::load::Before {
    let sources = atlas.sources().map(|ix| atlas.source(ix).id.0);
    let studies = atlas.studies().map(|ix| atlas.study(ix).id.0);
    let waves = atlas.waves().map(|ix| atlas.wave(ix).id.0);
    store::load::Before {
        revision: atlas.revision,
        recorded_at: atlas.recorded_at,
        as_of: atlas.as_of,
        organisations: atlas.organisations().map(|ix| atlas.organisation(ix).id).collect(),
        datasets: atlas.datasets().map(|ix| atlas.dataset(ix).id).collect(),
        reference: sources.chain(studies).chain(waves).collect(),
    }
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Internal(anyhow::Error::new(error).context("the atlas could not be built")))
}

async fn build(ctx: &Context, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Result<Atlas, Error> {
    let started = Instant::now();
    let rows = store::load::rows(&ctx.db, as_of, known_at).await?;
    let loaded = started.elapsed();
    let atlas = on_a_thread(move || Atlas::build(rows)).await?;
    tracing::info!(
        revision = atlas.revision,
        %as_of,
        load_ms = loaded.as_millis() as u64,
        build_ms = (started.elapsed() - loaded).as_millis() as u64,
        "atlas ready"
    );
    Ok(atlas)
}

/// An error with its causes, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

//! The use cases: ask the domain, write in one transaction, keep the history. The only room that orders
//! these steps; it names neither sea-orm nor a transport.

pub mod access;
pub mod batches;
pub mod context;
pub mod demand;
pub mod door;
pub mod error;
pub mod feedback;
pub mod history;
pub mod ingest;
pub mod matching;
pub mod outbox;
pub mod permit;
pub mod privacy;
pub mod publish;
pub mod publisher;
pub mod rearrange;
pub mod reference;
pub mod relations;
pub mod review;
mod round;
pub mod survey;
pub mod takeover;
pub mod write;

pub use context::Context;
pub use error::Error;

/// Brings the schema up to date and loads the embedded reference data where it has changed; says how
/// many migrations ran.
pub async fn migrate(ctx: &Context) -> Result<usize, Error> {
    let count = crate::store::migrate(&ctx.db).await?;
    reference::load(ctx).await?;
    Ok(count)
}

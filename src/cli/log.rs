//! The log, on standard error: for readers, or one JSON object a line.

use std::io::IsTerminal;

use anyhow::anyhow;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use super::Stop;
use crate::config::{Common, LogFormat};

/// Starts it; a second start in one process changes nothing. What a command that `stays` does is known from its log alone;
/// the others say themselves what they did, and log what is wrong.
pub(super) fn start(common: &Common, stays: bool) -> Result<(), Stop> {
    let usual = if stays { "info" } else { "warn" };
    let log = common.log.as_deref().unwrap_or(usual);
    // The commands say themselves which migrations ran.
    let filter = EnvFilter::try_new(format!("sea_orm_migration=warn,sqlx::postgres::notice=warn,{log}"))
        .map_err(|_| Stop::Failed(anyhow!("OD100_LOG (--log) cannot be '{log}'; write info, or od100=debug")))?;
    let registry = tracing_subscriber::registry().with(filter);
    let layer = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    // Statements and their values are nobody's business, whatever the level.
    let _ = match common.log_format {
        LogFormat::Json => registry.with(layer.json()).try_init(),
        LogFormat::Text => registry.with(layer.with_target(false)).try_init(),
    };
    Ok(())
}

//! Names of the internet: their addresses and their texts. Nothing is kept between two looks.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use tokio::sync::OnceCell;

use super::Unseen;

/// The most texts of a name that are read.
const MOST_TEXTS: usize = 100;

/// Looks names up.
#[derive(Debug)]
pub(super) struct Names {
    nameserver: Option<SocketAddr>,
    resolver: OnceCell<TokioResolver>,
}

impl Names {
    pub(super) fn new(nameserver: Option<SocketAddr>) -> Self {
        Self { nameserver, resolver: OnceCell::new() }
    }

    async fn resolver(&self) -> Result<&TokioResolver, Unseen> {
        let made = self.resolver.get_or_try_init(|| async { make(self.nameserver) }).await;
        made.map_err(|error| {
            tracing::error!(%error, "names cannot be looked up");
            Unseen::Unreadable
        })
    }

    /// The texts of a name, each put together from its parts; none where it has none.
    pub(super) async fn texts(&self, name: &str) -> Result<Vec<String>, Unseen> {
        let found = match self.resolver().await?.txt_lookup(format!("{name}.")).await {
            Ok(found) => found,
            Err(error) if error.is_no_records_found() => return Ok(Vec::new()),
            Err(_) => return Err(Unseen::Unreadable),
        };
        let texts = found.answers().iter().filter_map(|record| match &record.data {
            RData::TXT(text) => Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned()),
            _ => None,
        });
        Ok(texts.take(MOST_TEXTS).collect())
    }

    /// The addresses of a host.
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, Unseen> {
        let host = host.trim_end_matches('.');
        let found = self.resolver().await?.lookup_ip(format!("{host}.")).await.map_err(|_| Unseen::Unreadable)?;
        Ok(found.iter().collect())
    }
}

fn make(nameserver: Option<SocketAddr>) -> Result<TokioResolver, hickory_resolver::net::NetError> {
    let mut builder = match nameserver {
        None => TokioResolver::builder_tokio()?,
        Some(at) => {
            let over = |mut connection: ConnectionConfig| {
                connection.port = at.port();
                connection
            };
            let connections = vec![over(ConnectionConfig::udp()), over(ConnectionConfig::tcp())];
            let server = NameServerConfig::new(at.ip(), true, connections);
            let config = ResolverConfig::from_name_servers(vec![server]);
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
        }
    };
    let options = builder.options_mut();
    // Whoever has just written a record does not wait for an answer from before, and no address outlives its look.
    options.cache_size = 0;
    options.timeout = Duration::from_secs(1);
    options.attempts = 2;
    if nameserver.is_some() {
        options.use_hosts_file = ResolveHosts::Never;
    }
    builder.build()
}

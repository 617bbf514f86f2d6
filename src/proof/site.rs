//! One page of a website, read with care. Each address on the way is asked about before anybody speaks to it, the one
//! that was asked about is the one that is spoken to, and what is read has an end.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::{Client, Response, header, redirect};
use url::{Host, Url};

use super::Unseen;
use super::names::Names;
use crate::domain::address::{Reach, check, is_open};
use crate::domain::takeover::is_host_at;

/// How often a page may lead on to another.
const MOST_REDIRECTS: usize = 3;
/// The longest page that is read, unpacked.
const LONGEST: usize = 512 * 1024;
/// One page takes no longer.
const TIME: Duration = Duration::from_secs(3);

/// What stands at an address within a domain, and where it was found in the end.
pub(super) async fn read(names: &Names, reach: Reach, from: Url, domain: &str) -> Result<(Url, String), Unseen> {
    let mut at = from;
    for _ in 0..=MOST_REDIRECTS {
        let response = ask(names, reach, &at, domain).await?;
        if !response.status().is_redirection() {
            let text =
                if response.status().is_success() { body(response).await? } else { return Err(Unseen::Missing) };
            return Ok((at, text));
        }
        let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
        let to = to.and_then(|to| at.join(to).ok()).ok_or(Unseen::Unreadable)?;
        // What was asked for in secret is not asked for in the open.
        if at.scheme() == "https" && to.scheme() != "https" {
            return Err(Unseen::Barred);
        }
        at = to;
    }
    Err(Unseen::Unreadable)
}

async fn ask(names: &Names, reach: Reach, at: &Url, domain: &str) -> Result<Response, Unseen> {
    check(at, reach).map_err(|_| Unseen::Barred)?;
    let Some(Host::Domain(host)) = at.host() else { return Err(Unseen::Barred) };
    // A page may lead on within its own domain only: what another site says proves nothing here.
    if !is_host_at(host, domain) {
        return Err(Unseen::Barred);
    }
    let addresses = names.addresses(host).await?;
    let client = client(host, &pinned(&addresses, reach)?)?;
    client.get(at.clone()).send().await.map_err(|_| Unseen::Unreadable)
}

/// The addresses that a connection may go to. A name of which only one address is closed is as closed: it was set up
/// to be taken for another.
fn pinned(addresses: &[IpAddr], reach: Reach) -> Result<Vec<SocketAddr>, Unseen> {
    if addresses.is_empty() {
        return Err(Unseen::Unreadable);
    }
    if !addresses.iter().all(|address| is_open(*address, reach)) {
        return Err(Unseen::Barred);
    }
    // Port 0 stands for that of the page's address.
    Ok(addresses.iter().map(|address| SocketAddr::new(*address, 0)).collect())
}

/// A client for one request: the host is at these addresses and nowhere else.
fn client(host: &str, addresses: &[SocketAddr]) -> Result<Client, Unseen> {
    // Another part of the program may have chosen the provider of cryptography already; then that one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(crate::USER_AGENT)
        .resolve_to_addrs(host, addresses)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(Duration::from_secs(2))
        .timeout(TIME)
        .pool_max_idle_per_host(0)
        .build()
        .map_err(|error| {
            tracing::error!(%error, "no client can be made");
            Unseen::Unreadable
        })
}

/// The text of an answer; one that is too long is cut off, packed or not.
async fn body(response: Response) -> Result<String, Unseen> {
    let (mut text, mut parts) = (Vec::new(), response.bytes_stream());
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Unseen::Unreadable)?;
        let room = LONGEST - text.len();
        text.extend_from_slice(&part[..part.len().min(room)]);
        if text.len() == LONGEST {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

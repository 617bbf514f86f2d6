//! How much one address may ask for: a bucket of points that refills by the minute. Who is asking is
//! decided here too, because a header may only be believed when a known proxy sent it.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::http::HeaderMap;

use crate::config::Network;

/// Beyond this many buckets the full ones are thrown away.
const BUCKETS: usize = 100_000;

/// The buckets of all addresses.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// Points per minute, and the size of a bucket; `None` is no limit.
    per_minute: Option<u32>,
    proxies: Arc<[Network]>,
    buckets: Arc<Mutex<HashMap<IpAddr, Bucket>>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Below zero after an answer that cost more than was left.
    points: f64,
    at: Instant,
}

impl Allowance {
    /// Allows `per_minute` points to each address.
    pub fn new(per_minute: Option<u32>, proxies: Vec<Network>) -> Self {
        Self { per_minute, proxies: proxies.into(), buckets: Arc::default() }
    }

    /// Takes one point; when there is none, says in how many seconds there will be.
    pub fn enter(&self, who: IpAddr) -> Result<(), u32> {
        self.enter_at(who, Instant::now())
    }

    /// Takes points for what has been done already.
    pub fn charge(&self, who: IpAddr, points: u64) {
        if self.per_minute.is_some()
            && let Some(bucket) = self.lock().get_mut(&who)
        {
            bucket.points -= points as f64;
        }
    }

    fn enter_at(&self, who: IpAddr, now: Instant) -> Result<(), u32> {
        let Some(per_minute) = self.per_minute else { return Ok(()) };
        let full = f64::from(per_minute);
        let mut buckets = self.lock();
        if buckets.len() >= BUCKETS {
            buckets.retain(|_, bucket| filled(bucket, full, now) < full);
        }
        let bucket = buckets.entry(who).or_insert(Bucket { points: full, at: now });
        *bucket = Bucket { points: filled(bucket, full, now), at: now };
        if bucket.points < 1.0 {
            return Err(((1.0 - bucket.points) * 60.0 / full).ceil().clamp(1.0, 3600.0) as u32);
        }
        bucket.points -= 1.0;
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<IpAddr, Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who asks: the peer, or, when that is a known proxy, the last address before the known ones.
    pub fn who(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let trusted = |ip: IpAddr| self.proxies.iter().any(|network| network.contains(ip));
        let mut who = peer.to_canonical();
        if trusted(who) {
            let values = headers.get_all("x-forwarded-for");
            let hops: Vec<&str> = values.iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).collect();
            for hop in hops.iter().rev() {
                // What cannot be read was not written by a proxy that we know.
                let Ok(ip) = hop.trim().parse::<IpAddr>() else { break };
                who = ip.to_canonical();
                if !trusted(who) {
                    break;
                }
            }
        }
        match who {
            IpAddr::V4(_) => who,
            // One household has a whole /64.
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        }
    }
}

fn filled(bucket: &Bucket, full: f64, now: Instant) -> f64 {
    (bucket.points + now.duration_since(bucket.at).as_secs_f64() * full / 60.0).min(full)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_bucket_empties_and_refills() {
        let allowance = Allowance::new(Some(60), vec![]);
        let start = Instant::now();
        for _ in 0..60 {
            assert_eq!(allowance.enter_at(ip("10.0.0.1"), start), Ok(()));
        }
        assert_eq!(allowance.enter_at(ip("10.0.0.1"), start), Err(1));
        assert_eq!(allowance.enter_at(ip("10.0.0.2"), start), Ok(()), "another address has its own");
        allowance.charge(ip("10.0.0.1"), 29);
        assert_eq!(allowance.enter_at(ip("10.0.0.1"), start), Err(30));
        assert_eq!(allowance.enter_at(ip("10.0.0.1"), start + Duration::from_secs(30)), Ok(()));
    }

    #[test]
    fn only_known_proxies_are_believed() {
        let allowance = Allowance::new(Some(60), vec!["10.0.0.0/8".parse().unwrap()]);
        let who = |peer: &str, forwarded: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            allowance.who(ip(peer), &headers).to_string()
        };
        assert_eq!(who("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(who("10.0.0.9", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(who("10.0.0.9", &["203.0.113.5, 198.51.100.1, 10.1.1.1"]), "198.51.100.1");
        assert_eq!(who("10.0.0.9", &["203.0.113.5", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(who("10.0.0.9", &["198.51.100.1, unknown"]), "10.0.0.9");
        assert_eq!(who("10.0.0.9", &[]), "10.0.0.9");
        assert_eq!(who("2001:db8::1:2:3:4", &[]), "2001:db8::");
    }
}

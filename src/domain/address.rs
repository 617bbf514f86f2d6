//! Which addresses of the internet a program that fetches for strangers may speak to: those of everybody, and none of
//! this machine, its network or its keepers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// What of this machine may be spoken to besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Nothing: public addresses at the usual ports.
    #[default]
    Public,
    /// The loopback at any port, for tests and development.
    Loopback,
}

/// Why an address is not spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    #[error("it is no http or https address")]
    Scheme,
    #[error("it holds a name or a password")]
    Credentials,
    #[error("it has no host")]
    NoHost,
    #[error("its port is not the usual one")]
    Port,
    #[error("it leads into a network that is not public")]
    Network,
}

/// Whether an address may be fetched, as far as its text says; a name has still to be looked up, and each of its
/// addresses to be asked about with [`is_open`].
pub fn check(url: &Url, reach: Reach) -> Result<(), Barred> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Barred::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Barred::Credentials);
    }
    // `Url` knows no port where it is the usual one of the scheme.
    if url.port().is_some() && reach == Reach::Public {
        return Err(Barred::Port);
    }
    match url.host().ok_or(Barred::NoHost)? {
        Host::Ipv4(address) if !is_open(address.into(), reach) => Err(Barred::Network),
        Host::Ipv6(address) if !is_open(address.into(), reach) => Err(Barred::Network),
        Host::Domain(name) if !is_public_name(name) => Err(Barred::Network),
        _ => Ok(()),
    }
}

/// Last parts of names which machines and networks give themselves.
const OWN: &[&str] = &["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa"];

/// A name with a dot that is not one of those which machines give themselves.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.') && !OWN.contains(&last) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an address may be spoken to.
pub fn is_open(address: IpAddr, reach: Reach) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4) || (reach == Reach::Loopback && v4.is_loopback()),
        IpAddr::V6(v6) => is_public_v6(v6) || (reach == Reach::Loopback && v6.is_loopback()),
    }
}

/// Networks of version 4 that are not the internet's (IANA's special-purpose registry), and one address behind which a
/// cloud keeps its machines' keys.
const CLOSED_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(192, 175, 48, 0), 24),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    !CLOSED_V4.iter().any(|(network, prefix)| (address.to_bits() ^ network.to_bits()) >> (32 - prefix) == 0)
}

/// Networks within `2000::/3` that are not the internet's, or lead on to an address of version 4.
const CLOSED_V6: &[(Ipv6Addr, u32)] = &[
    // Protocols of their own: Teredo, benchmarks, ORCHID.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Of version 6 only what is given out to the internet at all: so mapped and translated addresses of version 4
/// (`::ffff:0:0/96`, `64:ff9b::/96`), local, unique local and multicast ones are closed without being named.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let given_out = address.to_bits() >> 125 == 0b001;
    given_out
        && !CLOSED_V6.iter().any(|(network, prefix)| (address.to_bits() ^ network.to_bits()) >> (128 - prefix) == 0)
}

#[cfg(test)]
mod tests;

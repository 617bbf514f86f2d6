//! The settings: the only reader of the environment. Each has a flag, a variable and a default; a
//! variable that nobody knows, or a value that cannot be read, stops the start with its name.

use std::{collections::BTreeSet, net::SocketAddr, num::NonZeroUsize, path::PathBuf, str::FromStr};

use clap::{Args, ValueEnum};
use url::Url;

use crate::domain::rfc::RfcKey;
use crate::domain::second_factor::{Demand, seal::Seal};

/// The variables that are known, besides `DATABASE_URL`.
const KNOWN: &[&str] = &[
    "OD100_LISTEN",
    "OD100_PUBLIC_URL",
    "OD100_MAIL",
    "OD100_MAIL_FROM",
    "OD100_OIDC_ISSUER",
    "OD100_OIDC_CLIENT_ID",
    "OD100_OIDC_CLIENT_SECRET",
    "OD100_OIDC_CLIENT_SECRET_FILE",
    "OD100_OIDC_NAME",
    "OD100_OIDC_SECOND_FACTOR",
    "OD100_RFC_KEY",
    "OD100_RFC_KEY_FILE",
    "OD100_SECOND_FACTOR",
    "OD100_SECRET_KEY",
    "OD100_SECRET_KEY_FILE",
    "OD100_SIGN_UP",
    "OD100_NAMESERVER",
    "OD100_PROOF_LOOPBACK",
    "OD100_LOG",
    "OD100_LOG_FORMAT",
    "OD100_GRAPHIQL",
    "OD100_TRUSTED_PROXIES",
    "OD100_RATE_LIMIT",
    "OD100_ANSWER_CACHE_MB",
    "OD100_CONNECTIONS_PER_ADDRESS",
    "OD100_METRICS",
    "OD100_BENCH",
    "OD100_PERSISTED",
    // Read by the scripts around the tests, which start the binary with their own environment.
    "OD100_BINARY",
];
/// Variables of the tests begin like this.
const OF_TESTS: &str = "OD100_TEST_";

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    #[error("there is no setting {0}; the README lists those there are")]
    Unknown(String),
    #[error("OD100_PUBLIC_URL must be an http or https address without a path, such as https://od100.example")]
    PublicUrl,
    #[error("OD100_OIDC_ISSUER and OD100_OIDC_CLIENT_ID belong together; set both or neither")]
    HalfAnIssuer,
    #[error("OD100_RFC_KEY is too short: it needs at least 32 bytes, such as `openssl rand -hex 32` prints")]
    ShortRfcKey,
    #[error("OD100_SECRET_KEY is too short: it needs at least 32 bytes, such as `openssl rand -hex 32` prints")]
    ShortSecretKey,
    #[error("{0} names a file that cannot be read: {1}")]
    SecretFile(&'static str, String),
}

/// Settings of every command.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Database: `sqlite://FILE` or `postgres://USER@HOST/NAME`
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true, default_value = "sqlite://od100.db")]
    pub database_url: String,

    /// What is logged: error, warn, info, debug, trace, or a filter by module [default: info for serve, warn for the
    /// other commands, which say themselves what they did]
    #[arg(long, global = true, env = "OD100_LOG")]
    pub log: Option<String>,

    /// Form of the log on standard error
    #[arg(long, global = true, env = "OD100_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// Settings of `serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Address to listen at
    #[arg(long, env = "OD100_LISTEN", default_value = "127.0.0.1:8100")]
    pub listen: SocketAddr,

    /// Address that the world knows this server by; links, canonical addresses and the sitemap use it
    #[arg(long, env = "OD100_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<Url>,

    /// Where letters go out: `smtp://USER:PASSWORD@HOST` (over TLS), `smtps://…`, or `file:///FOLDER`; without it they wait
    #[arg(long, env = "OD100_MAIL", hide_env_values = true, value_name = "URL")]
    pub mail: Option<crate::mail::Address>,

    /// Who letters are from
    #[arg(
        long,
        env = "OD100_MAIL_FROM",
        default_value = "Open Data 100 <od100@localhost.localdomain>",
        value_name = "ADDRESS"
    )]
    pub mail_from: crate::mail::Sender,

    #[command(flatten)]
    pub oidc: Oidc,

    /// What tax numbers (RFC) are hashed under, at least 32 bytes; without it they are not asked for
    #[arg(long, env = "OD100_RFC_KEY", hide_env_values = true, value_name = "SECRET")]
    pub rfc_key: Option<String>,

    /// A file that holds that secret
    #[arg(long, env = "OD100_RFC_KEY_FILE", value_name = "FILE", conflicts_with = "rfc_key")]
    pub rfc_key_file: Option<PathBuf>,

    /// Whether roles of staff sleep in a session without a second factor, or nobody has to have one
    #[arg(long, env = "OD100_SECOND_FACTOR", default_value = "staff")]
    pub second_factor: SecondFactor,

    /// What seeds of second factors are encrypted under, at least 32 bytes; without it they are kept as they are
    #[arg(long, env = "OD100_SECRET_KEY", hide_env_values = true, value_name = "SECRET")]
    pub secret_key: Option<String>,

    /// A file that holds that secret
    #[arg(long, env = "OD100_SECRET_KEY_FILE", value_name = "FILE", conflicts_with = "secret_key")]
    pub secret_key_file: Option<PathBuf>,

    /// Whether people may make accounts of their own, as contributors
    #[arg(long, env = "OD100_SIGN_UP", default_value = "on")]
    pub sign_up: Switch,

    /// Name server for proofs that a domain is an organisation's own; those of the machine where none is set
    #[arg(long, env = "OD100_NAMESERVER", value_name = "ADDRESS:PORT")]
    pub nameserver: Option<SocketAddr>,

    /// Whether such proofs may be looked for on this very machine, at any port: for tests and development only
    #[arg(long, env = "OD100_PROOF_LOOPBACK", default_value = "off", hide = true)]
    pub proof_loopback: Switch,

    /// The query console at /graphiql
    #[arg(long, env = "OD100_GRAPHIQL", default_value = "on")]
    pub graphiql: Switch,

    /// Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas
    #[arg(long, env = "OD100_TRUSTED_PROXIES", value_delimiter = ',', value_name = "NETWORK,…")]
    pub trusted_proxies: Vec<Network>,

    /// Points per minute that one address may spend (a page 1, a query 1 and one more per 100 values), or off
    #[arg(long, env = "OD100_RATE_LIMIT", default_value = "6000", value_name = "POINTS|off")]
    pub rate_limit: Rate,

    /// Memory for answers kept for the next reader; 0 keeps none
    #[arg(long, env = "OD100_ANSWER_CACHE_MB", default_value = "64", value_name = "MB")]
    pub answer_cache_mb: u64,

    /// Figures of the process at /metrics
    #[arg(long, env = "OD100_METRICS", default_value = "off")]
    pub metrics: Switch,

    /// Queries that may be asked for by their hash, besides those of the frontend: a JSON file
    #[arg(long, env = "OD100_PERSISTED", value_name = "FILE")]
    pub persisted: Option<PathBuf>,

    /// Answers of any length at /bench/BYTES, to compare with
    #[arg(long, env = "OD100_BENCH", default_value = "off", hide = true)]
    pub bench: Switch,

    /// Connections that one address may hold open at once
    #[arg(long, env = "OD100_CONNECTIONS_PER_ADDRESS", default_value = "64", value_name = "N")]
    pub connections_per_address: NonZeroUsize,
}

/// The provider where people may sign in instead.
#[derive(Clone, Debug, Args)]
pub struct Oidc {
    /// Address of an `OpenID` Connect provider where people with an account may sign in
    #[arg(long, env = "OD100_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<Url>,

    /// What this site is called there
    #[arg(long, env = "OD100_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,

    /// What this site proves itself with there; without one it is a public client
    #[arg(long, env = "OD100_OIDC_CLIENT_SECRET", hide_env_values = true, value_name = "SECRET")]
    pub oidc_client_secret: Option<String>,

    /// A file that holds that secret
    #[arg(long, env = "OD100_OIDC_CLIENT_SECRET_FILE", value_name = "FILE", conflicts_with = "oidc_client_secret")]
    pub oidc_client_secret_file: Option<PathBuf>,

    /// What the button says; the host of the provider where nothing is set
    #[arg(long, env = "OD100_OIDC_NAME", value_name = "NAME")]
    pub oidc_name: Option<String>,

    /// Whether it counts as a second factor where the provider says so, or always because it always asks for one
    #[arg(long, env = "OD100_OIDC_SECOND_FACTOR", default_value = "said")]
    pub oidc_second_factor: ProvidersFactor,
}

impl Oidc {
    /// What the provider is told and called; `None` where none is set.
    pub fn client(&self) -> Result<Option<crate::oidc::Client>, ConfigError> {
        let (issuer, id) = match (&self.oidc_issuer, &self.oidc_client_id) {
            (None, None) => return Ok(None),
            (Some(issuer), Some(id)) => (issuer.clone(), id.clone()),
            _ => return Err(ConfigError::HalfAnIssuer),
        };
        let secret = match &self.oidc_client_secret_file {
            Some(path) => Some(secret_file("OD100_OIDC_CLIENT_SECRET_FILE", path)?),
            None => self.oidc_client_secret.clone(),
        };
        let name = self.oidc_name.clone().or_else(|| issuer.host_str().map(str::to_owned)).unwrap_or_default();
        let is_trusted = self.oidc_second_factor == ProvidersFactor::Always;
        Ok(Some(crate::oidc::Client { issuer, id, secret, name, is_trusted }))
    }
}

/// The only line of a file that holds a secret.
fn secret_file(variable: &'static str, path: &std::path::Path) -> Result<String, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError::SecretFile(variable, error.to_string()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

impl Serve {
    /// The key for tax numbers; `None` where none is set.
    pub fn key_of_rfcs(&self) -> Result<Option<RfcKey>, ConfigError> {
        let secret = match &self.rfc_key_file {
            Some(path) => Some(secret_file("OD100_RFC_KEY_FILE", path)?),
            None => self.rfc_key.clone(),
        };
        secret.map(|secret| RfcKey::of(secret.as_bytes()).ok_or(ConfigError::ShortRfcKey)).transpose()
    }

    /// Under what seeds of second factors are kept.
    pub fn seal(&self) -> Result<Seal, ConfigError> {
        let secret = match &self.secret_key_file {
            Some(path) => Some(secret_file("OD100_SECRET_KEY_FILE", path)?),
            None => self.secret_key.clone(),
        };
        let Some(secret) = secret else { return Ok(Seal::default()) };
        Seal::of(secret.as_bytes()).ok_or(ConfigError::ShortSecretKey)
    }

    /// The public address without a trailing slash; where none is set, the one listened at.
    pub fn public_address(&self, listens: SocketAddr) -> Result<String, ConfigError> {
        match &self.public_url {
            None => Ok(format!("http://{listens}")),
            Some(url) => {
                let plain = matches!(url.scheme(), "http" | "https")
                    && url.path() == "/"
                    && url.query().is_none()
                    && url.username().is_empty();
                plain.then(|| url.as_str().trim_end_matches('/').to_owned()).ok_or(ConfigError::PublicUrl)
            }
        }
    }
}

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Whether something is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// Who needs a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SecondFactor {
    /// Administrators, curators, researchers and those who speak for a public body.
    Staff,
    /// Nobody; whoever has set one up is asked for it.
    Optional,
}

impl From<SecondFactor> for Demand {
    fn from(setting: SecondFactor) -> Self {
        match setting {
            SecondFactor::Staff => Self::Staff,
            SecondFactor::Optional => Self::Optional,
        }
    }
}

/// When signing in at the provider counts as a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProvidersFactor {
    /// Where it says so, in `amr` or `acr`.
    Said,
    /// Always: whoever runs the site knows that it asks everybody for one.
    Always,
}

/// Points per minute; `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(pub Option<u32>);

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "off" => Ok(Self(None)),
            _ => match text.parse() {
                Ok(points) if points > 0 => Ok(Self(Some(points))),
                _ => Err("a number of points per minute above 0, or off".into()),
            },
        }
    }
}

/// An address, or a network in the form `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: std::net::IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether `address` lies in the network.
    pub fn contains(&self, address: std::net::IpAddr) -> bool {
        use std::net::IpAddr::{V4, V6};
        match (self.address, address.to_canonical()) {
            (V4(net), V4(one)) => same_start(net.to_bits().into(), one.to_bits().into(), 32, self.prefix),
            (V6(net), V6(one)) => same_start(net.to_bits(), one.to_bits(), 128, self.prefix),
            _ => false,
        }
    }
}

fn same_start(a: u128, b: u128, width: u8, prefix: u8) -> bool {
    let shift = u32::from(width - prefix);
    a.checked_shr(shift).unwrap_or(0) == b.checked_shr(shift).unwrap_or(0)
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not an address or a network such as 10.0.0.0/8");
        let (address, prefix) = text.trim().split_once('/').map_or((text.trim(), None), |(a, p)| (a, Some(p)));
        let address: std::net::IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(width), str::parse).map_err(|_| wrong())?;
        if prefix > width { Err(wrong()) } else { Ok(Self { address, prefix }) }
    }
}

/// Refuses variables that begin with `OD100_` and name no setting: a misspelt one would be ignored.
pub fn check_environment() -> Result<(), ConfigError> {
    unknown(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))
        .map_or(Ok(()), |name| Err(ConfigError::Unknown(name)))
}

fn unknown(names: impl Iterator<Item = String>) -> Option<String> {
    let strange: BTreeSet<String> = names
        .filter(|name| name.starts_with("OD100_") && !name.starts_with(OF_TESTS) && !KNOWN.contains(&name.as_str()))
        .collect();
    strange.into_iter().next()
}

/// The folder that the process was started in, for messages.
pub fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_variable_is_named() {
        let names = ["PATH", "OD100_LISTEN", "OD100_LISTN", "DATABASE_URL"].map(String::from);
        assert_eq!(unknown(names.into_iter()), Some("OD100_LISTN".into()));
        assert_eq!(unknown(KNOWN.iter().map(|name| (*name).to_owned())), None);
    }

    #[test]
    fn networks_hold_what_they_say() {
        let holds = |net: &str, ip: &str| net.parse::<Network>().unwrap().contains(ip.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("0.0.0.0/0", "11.0.0.1"));
        assert!(holds("127.0.0.1", "127.0.0.1"));
        assert!(holds("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(holds("2001:db8::/32", "2001:db8:1::1"));
        assert!(!holds("2001:db8::/32", "10.0.0.1"));
        for wrong in ["", "10.0.0.0/33", "ten", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_rate_is_a_number_or_off() {
        assert_eq!("off".parse(), Ok(Rate(None)));
        assert_eq!("60".parse(), Ok(Rate(Some(60))));
        assert!("0".parse::<Rate>().is_err());
        assert!("fast".parse::<Rate>().is_err());
    }
}

//! Looks at what an organisation's domain and website say, for who has to prove that they are its own. What it asks for
//! was chosen by strangers: it speaks to the public internet alone, briefly, and tells nobody what else it has seen.

mod names;
mod site;

use std::net::SocketAddr;
use std::time::Duration;

use tokio::sync::Semaphore;
use url::Url;

use crate::domain::address::Reach;
use crate::domain::takeover::{self, BELOW, FILE};
use names::Names;

/// How many looks are taken at the same time.
const AT_ONCE: usize = 4;
/// A look takes no longer, with all that it leads to: whoever waits for it is answered within five seconds.
const LONGEST: Duration = Duration::from_millis(4_500);

/// Where names are looked up, and how far a look may reach.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address of this site, without a trailing slash: a website may link to a profile here.
    pub public_url: String,
    /// The name server; those of the machine where none is set.
    pub nameserver: Option<SocketAddr>,
    pub reach: Reach,
}

/// Why there is nothing to be seen. What a site answers, or that it does not, is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unseen {
    /// Nothing there is what was asked for.
    #[error("it is not there")]
    Missing,
    /// Nobody answers, or not as it should.
    #[error("it cannot be read")]
    Unreadable,
    /// It leads where nobody may look.
    #[error("it leads to an address that is not looked at")]
    Barred,
    /// Others look at this moment.
    #[error("too many look at the moment")]
    Busy,
}

/// Looks at domains and websites.
#[derive(Debug)]
pub struct Prover {
    settings: Settings,
    names: Names,
    turns: Semaphore,
}

impl Default for Prover {
    fn default() -> Self {
        Self::new(Settings::default())
    }
}

impl Prover {
    /// With these settings. Nothing is read of the machine's before the first look.
    pub fn new(settings: Settings) -> Self {
        Self { names: Names::new(settings.nameserver), turns: Semaphore::new(AT_ONCE), settings }
    }

    /// The address of an organisation's profile, which its website may link to.
    pub fn profile(&self, slug: &str) -> String {
        format!("{}/organisations/{slug}", self.settings.public_url)
    }

    /// Where in the DNS of a domain the token stands whose digest this is.
    pub async fn record(&self, domain: &str, token_hash: &str) -> Result<String, Unseen> {
        self.in_turn(async {
            let mut worst = Unseen::Missing;
            for name in [format!("{BELOW}.{domain}"), domain.to_owned()] {
                match self.names.texts(&name).await {
                    Ok(texts) if texts.iter().any(|text| takeover::says(text, token_hash)) => return Ok(name),
                    Ok(_) => {}
                    Err(unseen) => worst = unseen,
                }
            }
            Err(worst)
        })
        .await
    }

    /// Where on a website the token stands whose digest this is: in its file, or in a link to the profile on the page.
    /// Nothing outside the domain is believed.
    pub async fn page(&self, website: &str, domain: &str, profile: &str, token_hash: &str) -> Result<String, Unseen> {
        let page = Url::parse(website).map_err(|_| Unseen::Barred)?;
        let file = page.join(FILE).map_err(|_| Unseen::Barred)?;
        self.in_turn(async {
            let first = site::read(&self.names, self.settings.reach, file, domain).await;
            let first = match first {
                Ok((at, text)) if takeover::says(&text, token_hash) => return Ok(at.to_string()),
                Ok(_) => Unseen::Missing,
                Err(unseen) => unseen,
            };
            match site::read(&self.names, self.settings.reach, page, domain).await {
                Ok((at, html)) if takeover::links(&html, profile, token_hash) => Ok(at.to_string()),
                Ok(_) => Err(Unseen::Missing),
                Err(Unseen::Barred) => Err(Unseen::Barred),
                Err(_) => Err(first),
            }
        })
        .await
    }

    async fn in_turn<T>(&self, look: impl Future<Output = Result<T, Unseen>>) -> Result<T, Unseen> {
        let Ok(_turn) = self.turns.try_acquire() else { return Err(Unseen::Busy) };
        tokio::time::timeout(LONGEST, look).await.unwrap_or(Err(Unseen::Unreadable))
    }
}

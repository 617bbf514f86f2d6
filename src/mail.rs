//! Carries letters out: to a mail server, or into a folder while developing. Knows nothing of what they say
//! nor of who waits for them.

mod folder;
mod smtp;

use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::SystemTime;

use lettre::message::header::{ContentType, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message};
use url::Url;

/// A letter, ready to go.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The same for every attempt to send it.
    pub message_id: String,
    pub to: String,
    pub to_name: String,
    pub subject: String,
    pub text: String,
    pub at: SystemTime,
}

/// Why a letter did not go, or may not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It never will.
    #[error("refused: {0}")]
    Refused(String),
    /// It was not taken; it may be later.
    #[error("not now: {0}")]
    Later(String),
    /// The connection broke when the letter was out: it may have arrived.
    #[error("nobody knows: {0}")]
    Unknown(String),
}

/// Where letters are carried.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Folder(PathBuf),
    Smtp(smtp::Server),
}

/// A mail server or a folder, as the settings name it.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It may hold a password.
        write!(f, "Address({}:…)", self.0.scheme())
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // The text may hold a password: it is not repeated.
        let wrong = "smtp://USER:PASSWORD@HOST:PORT, smtps://…, or file:///FOLDER";
        let url = Url::parse(text).map_err(|_| wrong.to_owned())?;
        match url.scheme() {
            "file" if url.to_file_path().is_ok() => Ok(Self(url)),
            "smtp" | "smtps" if url.host_str().is_some() => match url.query() {
                None => Ok(Self(url)),
                Some("tls=none") if is_loopback(&url) => Ok(Self(url)),
                Some("tls=none") => Err("a mail server elsewhere is spoken to over TLS only".to_owned()),
                Some(_) => Err(wrong.to_owned()),
            },
            _ => Err(wrong.to_owned()),
        }
    }
}

/// Who letters are from, such as `Open Data 100 <od100@example.org>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl FromStr for Sender {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| "it must be a sender such as name@example.org")
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl Mailer {
    /// Sends by way of an address.
    pub fn new(address: &Address, from: Sender) -> Self {
        let url = &address.0;
        let way = match url.to_file_path() {
            Ok(folder) if url.scheme() == "file" => Way::Folder(folder),
            _ => Way::Smtp(smtp::Server::of(url)),
        };
        Self { from: from.0, way }
    }

    /// Whether letters can be carried at all: a folder has to be there, and to take files. A server is asked when there
    /// is a letter: it may be away for a while.
    pub fn ready(&self) -> Result<(), String> {
        match &self.way {
            Way::Folder(folder) => folder::ready(folder),
            Way::Smtp(_) => Ok(()),
        }
    }

    /// Sends a letter. Nothing else is said to be sent than what a server, or the disk, has confirmed.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let message = self.message(letter)?;
        match &self.way {
            Way::Folder(folder) => folder::put(folder, letter, &message.formatted()).await,
            Way::Smtp(server) => server.send(&message).await,
        }
    }

    /// Puts a letter into its form. Typed headers encode what stands in them, so no text begins another one.
    fn message(&self, letter: &Letter) -> Result<Message, Failure> {
        let refused = |what: &str| Failure::Refused(format!("the letter has no valid {what}"));
        let to = letter.to.parse().map_err(|_| refused("recipient"))?;
        let name = crate::domain::text::one_line(&letter.to_name);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(name).filter(|name| !name.is_empty()), to))
            .subject(crate::domain::text::one_line(&letter.subject))
            .date(letter.at)
            .message_id(Some(letter.message_id.clone()))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| refused("form"))
    }
}

#[cfg(test)]
mod tests;

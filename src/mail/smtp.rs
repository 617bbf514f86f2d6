//! Speaks to a mail server, command by command: what happens after the letter is out is another thing than
//! what happens before.

use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use url::Url;

use super::Failure;

/// Every step has to be answered within this time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server.
#[derive(Clone)]
pub(super) struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    patience: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// From the first byte.
    Tls,
    /// After the greeting, and not without.
    StartTls,
    /// None: on this machine only, which the settings see to.
    Plain,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({}:{}, {:?})", self.host, self.port, self.security)
    }
}

impl Server {
    /// The server that a checked address names.
    pub(super) fn of(url: &Url) -> Self {
        let security = match (url.scheme(), url.query()) {
            ("smtps", _) => Security::Tls,
            (_, Some("tls=none")) => Security::Plain,
            _ => Security::StartTls,
        };
        let port = url.port().unwrap_or(if security == Security::Tls { 465 } else { 587 });
        let decoded = |text: &str| {
            let pair = format!("x={}", text.replace('+', "%2B"));
            url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        let credentials = (!url.username().is_empty())
            .then(|| Credentials::new(decoded(url.username()), decoded(url.password().unwrap_or_default())));
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        Self { host, port, security, credentials, patience: PATIENCE }
    }

    /// The same server with less patience: for tests.
    #[cfg(test)]
    pub(super) fn hasty(mut self) -> Self {
        self.patience = Duration::from_millis(300);
        self
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), Failure> {
        let before = tokio::time::timeout(self.patience, self.until_data(message)).await;
        let mut connection = before.map_err(|_| Failure::Later("the server is silent".to_owned()))??;
        // From here on the letter is out.
        let after = tokio::time::timeout(self.patience, connection.message(&message.formatted())).await;
        match after {
            Ok(Ok(_)) => {}
            Ok(Err(error)) if error.is_permanent() => return Err(Failure::Refused(error.to_string())),
            Ok(Err(error)) if error.is_transient() => return Err(Failure::Later(error.to_string())),
            Ok(Err(error)) => return Err(Failure::Unknown(error.to_string())),
            Err(_) => return Err(Failure::Unknown("the server is silent".to_owned())),
        }
        // It has been taken, whatever becomes of the farewell.
        let _ = tokio::time::timeout(self.patience, connection.quit()).await;
        Ok(())
    }

    /// Everything before the letter itself.
    async fn until_data(&self, message: &Message) -> Result<AsyncSmtpConnection, Failure> {
        let tls = || TlsParameters::new_rustls(self.host.clone());
        let hello = ClientId::default();
        let at_once = if self.security == Security::Tls { Some(tls().map_err(failed)?) } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, Some(self.patience), &hello, at_once, None)
            .await
            .map_err(failed)?;
        if self.security == Security::StartTls {
            connection.starttls(tls().map_err(failed)?, &hello).await.map_err(failed)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await.map_err(failed)?;
        }
        let envelope = message.envelope();
        connection.command(Mail::new(envelope.from().cloned(), vec![])).await.map_err(failed)?;
        for to in envelope.to() {
            connection.command(Rcpt::new(to.clone(), vec![])).await.map_err(failed)?;
        }
        connection.command(Data).await.map_err(failed)?;
        Ok(connection)
    }
}

/// A failure before the letter was out.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn failed(error: Error) -> Failure {
    if error.is_permanent() { Failure::Refused(error.to_string()) } else { Failure::Later(error.to_string()) }
}

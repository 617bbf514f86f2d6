//! A provider of identities where people sign in instead of here: `OpenID` Connect, the authorization code flow with
//! PKCE. What an identity may do here is not its business: `app` decides that.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreClient, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AsyncHttpClient, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, SignatureVerificationError,
    TokenResponse as _, http,
};
use tokio::sync::Mutex;
use url::Url;

use crate::domain::secret::{Secret, digest};

/// What a provider says of itself and its keys is asked for again after so long.
const FRESH: TimeDelta = TimeDelta::hours(1);
/// A key that nobody knows is looked for again no more often.
const LOOK_AGAIN: TimeDelta = TimeDelta::minutes(1);
/// How far the provider's clock may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(2);
/// The longest answer that is read.
const LONGEST: usize = 1024 * 1024;

/// Signatures that are believed: by a key of the provider's own, never by a secret that both know, never none.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What this site is at a provider.
#[derive(Clone)]
pub struct Client {
    pub issuer: Url,
    pub id: String,
    /// Without one this site is a public client.
    pub secret: Option<String>,
    /// What people call the provider.
    pub name: String,
    /// Whether it always asks for a second factor, whatever it says.
    pub is_trusted: bool,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("issuer", &self.issuer.as_str()).field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why nobody can be signed in.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings make no provider.
    #[error("{0}")]
    Settings(String),
    /// It cannot be reached, or makes no sense.
    #[error("the provider does not answer as it should: {0}")]
    Provider(String),
    /// What it says is not believed.
    #[error("what the provider says is not believed: {0}")]
    Unbelieved(String),
}

/// Who somebody is at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    /// The name that never changes there.
    pub subject: String,
    /// The address, if the provider has made sure that it is theirs.
    pub verified_email: Option<String>,
    /// Whether they have shown more than one factor there, as it says or is trusted to see to.
    pub has_second_factor: bool,
}

/// One sign-in under way. All that it needs follows from the one secret that the browser keeps, so that nothing in
/// the database helps to finish it.
#[derive(Debug)]
pub struct Flow<'s>(pub &'s Secret);

impl Flow<'_> {
    fn part(&self, name: &str) -> String {
        digest(&[name.as_bytes(), self.0.expose().as_bytes()])
    }

    /// What the provider sends back with the browser.
    pub fn state(&self) -> String {
        self.part("state")
    }

    /// What the provider repeats in what it signs.
    fn nonce(&self) -> Nonce {
        Nonce::new(self.part("nonce"))
    }

    /// What proves that whoever brings the code has begun the sign-in.
    fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.part("verifier"))
    }
}

/// A provider, and what is known of it.
#[derive(Debug)]
pub struct Provider {
    client: Client,
    issuer: IssuerUrl,
    wire: Wire,
    known: Mutex<Option<Arc<Known>>>,
}

#[derive(Debug)]
struct Known {
    metadata: CoreProviderMetadata,
    at: DateTime<Utc>,
}

type Ready =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Provider {
    /// Nothing is asked of it yet: a provider that is away does not keep this server from starting.
    pub fn new(client: Client) -> Result<Self, Failure> {
        let settings = |what: &dyn std::fmt::Display| Failure::Settings(format!("OD100_OIDC_ISSUER: {what}"));
        if !is_safe(&client.issuer, &client.issuer) {
            return Err(settings(&"a provider is asked over https; http is for one on this very machine"));
        }
        if client.issuer.query().is_some() || client.issuer.fragment().is_some() || !client.issuer.username().is_empty()
        {
            return Err(settings(&"the address of a provider has no query, no fragment and no user"));
        }
        // The provider's own spelling counts, and without a path that has no slash at its end.
        let spelt = if client.issuer.path() == "/" {
            client.issuer.as_str().trim_end_matches('/')
        } else {
            client.issuer.as_str()
        };
        let issuer = IssuerUrl::new(spelt.to_owned()).map_err(|error| settings(&error))?;
        // Another part of the program may have chosen the provider of cryptography already; then that one stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent(crate::USER_AGENT)
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(3))
            // A token must not be sent to where somebody points.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| settings(&error))?;
        let wire = Wire { issuer: client.issuer.clone(), client: http };
        Ok(Self { client, issuer, wire, known: Mutex::default() })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.client.name
    }

    /// Its address.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Where a browser is sent to sign in; it comes back to `back`.
    pub async fn door(&self, flow: &Flow<'_>, back: &str, now: DateTime<Utc>) -> Result<Url, Failure> {
        let known = self.known(now, FRESH).await?;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&flow.verifier());
        let (state, nonce) = (flow.state(), flow.nonce());
        let client = self.ready(&known, back)?;
        let request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || nonce,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        Ok(request.url().0)
    }

    /// Who has come back with a code.
    pub async fn identity(
        &self,
        flow: &Flow<'_>,
        code: &str,
        back: &str,
        now: DateTime<Utc>,
    ) -> Result<Identity, Failure> {
        let known = self.known(now, FRESH).await?;
        let client = self.ready(&known, back)?;
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(provider)?;
        let answer = request.set_pkce_verifier(flow.verifier()).request_async(&self.wire).await.map_err(provider)?;
        let claims = self.claims(&answer, &client, known.at, (flow, back), now).await?;
        let subject = claims.subject().clone();
        let mut verified_email = verified(claims.email().map(|email| email.as_str()), claims.email_verified());
        // Most providers tell the address only to who asks with the token.
        if verified_email.is_none()
            && let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject.clone()))
        {
            let told: CoreUserInfoClaims = request.request_async(&self.wire).await.map_err(provider)?;
            verified_email = verified(told.email().map(|email| email.as_str()), told.email_verified());
        }
        let said = claims.auth_method_refs().into_iter().flatten().map(|one| one.as_str());
        let class = claims.auth_context_ref().map(|one| one.as_str());
        Ok(Identity {
            issuer: self.issuer.to_string(),
            subject: subject.to_string(),
            verified_email,
            has_second_factor: self.client.is_trusted || says_more_than_one(said, class),
        })
    }

    /// What the provider has signed, if all of it is right. A key that is new there is looked for once more.
    async fn claims(
        &self,
        answer: &CoreTokenResponse,
        client: &Ready,
        asked: DateTime<Utc>,
        (flow, back): (&Flow<'_>, &str),
        now: DateTime<Utc>,
    ) -> Result<CoreIdTokenClaims, Failure> {
        let token = answer.id_token().ok_or_else(|| unbelieved("it has signed nothing"))?;
        let checked = |client: &Ready| token.claims(&strict(client.id_token_verifier(), now), &flow.nonce()).cloned();
        let no_key = ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey);
        match checked(client) {
            Err(error) if error == no_key && now - asked >= LOOK_AGAIN => {
                let client = self.ready(&*self.known(now, LOOK_AGAIN).await?, back)?;
                checked(&client).map_err(unbelieved)
            }
            other => other.map_err(unbelieved),
        }
    }

    /// What it says of itself, no older than that.
    async fn known(&self, now: DateTime<Utc>, fresh: TimeDelta) -> Result<Arc<Known>, Failure> {
        let mut slot = self.known.lock().await;
        if let Some(known) = slot.as_ref().filter(|known| now - known.at < fresh) {
            return Ok(Arc::clone(known));
        }
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.wire).await.map_err(provider)?;
        // The browser is sent there.
        if !is_safe(metadata.authorization_endpoint().url(), &self.client.issuer) {
            return Err(provider("the page to sign in at is not served over https"));
        }
        let known = Arc::new(Known { metadata, at: now });
        *slot = Some(Arc::clone(&known));
        Ok(known)
    }

    fn ready(&self, known: &Known, back: &str) -> Result<Ready, Failure> {
        let id = ClientId::new(self.client.id.clone());
        let secret = self.client.secret.clone().map(ClientSecret::new);
        let back = RedirectUrl::new(back.to_owned()).map_err(provider)?;
        Ok(CoreClient::from_provider_metadata(known.metadata.clone(), id, secret).set_redirect_uri(back))
    }
}

/// How the provider is asked: over https, or on this machine; never elsewhere; and no more is read than a bit.
#[derive(Debug)]
struct Wire {
    issuer: Url,
    client: reqwest::Client,
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl Wire {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let url: Url = request.uri().to_string().parse().map_err(provider)?;
        if !is_safe(&url, &self.issuer) {
            return Err(provider("one of its addresses is not served over https"));
        }
        let request = reqwest::Request::try_from(request).map_err(cause)?;
        let mut response = self.client.execute(request).await.map_err(cause)?;
        let mut answer = http::Response::builder().status(response.status());
        if let Some(headers) = answer.headers_mut() {
            *headers = response.headers().clone();
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(cause)? {
            if body.len() + chunk.len() > LONGEST {
                return Err(provider("its answer is too long"));
            }
            body.extend_from_slice(&chunk);
        }
        answer.body(body).map_err(provider)
    }
}

fn strict(verifier: CoreIdTokenVerifier<'_>, now: DateTime<Utc>) -> CoreIdTokenVerifier<'_> {
    verifier.set_allowed_algs(SIGNATURES).set_time_fn(move || now).set_issue_time_verifier_fn(move |at| {
        if at <= now + AHEAD { Ok(()) } else { Err("it was signed in the future".to_owned()) }
    })
}

fn verified(email: Option<&str>, is_verified: Option<bool>) -> Option<String> {
    email.filter(|_| is_verified == Some(true)).map(str::to_owned)
}

/// Whether what a provider has signed says that more than one factor was shown: `mfa` among the methods (RFC 8176), or
/// one of the classes that mean as much.
fn says_more_than_one<'s>(mut methods: impl Iterator<Item = &'s str>, class: Option<&str>) -> bool {
    const CLASSES: [&str; 5] = [
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "https://refeds.org/profile/mfa",
        "phr",
        "phrh",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
    ];
    methods.any(|method| method == "mfa") || class.is_some_and(|class| CLASSES.contains(&class))
}

/// Whether an address may be asked: over https; or in plain on this machine, where the provider is too.
fn is_safe(url: &Url, issuer: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_here(url) && is_here(issuer),
        _ => false,
    }
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn provider(error: impl std::fmt::Display) -> Failure {
    Failure::Provider(error.to_string())
}

fn unbelieved(error: impl std::fmt::Display) -> Failure {
    Failure::Unbelieved(error.to_string())
}

/// What went wrong on the way, without the address, which may hold a secret.
fn cause(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let root = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
    Failure::Provider(format!("{error}{root}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(issuer: &str) -> Result<Provider, Failure> {
        let issuer = issuer.parse().unwrap();
        Provider::new(Client {
            issuer,
            id: "od100".into(),
            secret: Some("s3cret".into()),
            name: "x".into(),
            is_trusted: false,
        })
    }

    #[test]
    fn a_provider_is_asked_over_https_or_on_this_machine() {
        for (issuer, is_good) in [
            ("https://login.example", true),
            ("https://login.example/realms/gob", true),
            ("http://127.0.0.1:9000", true),
            ("http://localhost:9000", true),
            ("http://[::1]:9000", true),
            ("http://login.example", false),
            ("http://127.0.0.1.example", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("ftp://login.example", false),
            ("https://login.example/?tenant=x", false),
            ("https://login.example/#x", false),
            ("https://user@login.example/", false),
        ] {
            assert_eq!(client(issuer).is_ok(), is_good, "{issuer}");
        }
        let safe = |url: &str, issuer: &str| is_safe(&url.parse().unwrap(), &issuer.parse().unwrap());
        assert!(
            !safe("http://127.0.0.1/token", "https://login.example"),
            "nothing on this machine is asked for others"
        );
        assert!(safe("https://login.example/token", "http://127.0.0.1"));
    }

    #[test]
    fn an_issuer_is_spelt_as_providers_do() {
        assert_eq!(client("https://login.example").unwrap().issuer(), "https://login.example");
        assert_eq!(client("https://login.example/a/").unwrap().issuer(), "https://login.example/a/");
        assert!(!format!("{:?}", client("https://login.example").unwrap()).contains("s3cret"));
    }

    #[test]
    fn one_factor_is_not_two() {
        let says = |methods: &[&'static str], class| says_more_than_one(methods.iter().copied(), class);
        assert!(says(&["pwd", "otp", "mfa"], None));
        assert!(says(&[], Some("https://refeds.org/profile/mfa")));
        for (methods, class) in
            [(&[][..], None), (&["pwd"][..], None), (&["otp"][..], Some("1")), (&["MFA "][..], Some(""))]
        {
            assert!(!says(methods, class), "{methods:?} {class:?}");
        }
    }

    #[test]
    fn the_parts_of_a_flow_tell_nothing_of_one_another() {
        let (one, other) = (Secret::of_bits([1; 32]), Secret::of_bits([2; 32]));
        let (one, other) = (Flow(&one), Flow(&other));
        assert_ne!(one.state(), other.state());
        assert_ne!(&one.state(), one.nonce().secret());
        assert_ne!(one.nonce().secret(), one.verifier().secret());
        assert_eq!(one.verifier().secret().len(), 64);
    }
}

//! A provider of identities on this machine that speaks the protocol, and lies when it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::{Json, Router, routing::get, routing::post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What this site is called there.
pub(crate) const CLIENT: &str = "od100";
/// What it proves itself with.
pub(crate) const SECRET: &str = "the-secret-of-the-client";

/// How a token is made wrong.
#[derive(Clone, Debug, Default)]
pub(crate) enum Lie {
    #[default]
    None,
    /// Other claims than it should have.
    Claims(Value),
    /// Other claims, and no signature at all.
    Unsigned,
    /// Signed with the secret that both know.
    WithTheSharedSecret,
    /// Signed by a key that nobody knows.
    WithAnotherKey,
    /// The claims were changed after they were signed.
    Tampered,
    /// There is no token.
    Missing,
    /// The answer never ends.
    Endless,
}

/// Somebody who has signed in there and is on the way back.
#[derive(Clone, Debug)]
struct Grant {
    claims: Value,
    told: Value,
    challenge: String,
    lie: Lie,
}

/// The provider.
#[derive(Clone)]
pub(crate) struct FakeProvider {
    pub(crate) issuer: String,
    state: Arc<Inner>,
}

struct Inner {
    key: Mutex<Key>,
    codes: Mutex<HashMap<String, Grant>>,
    told: Mutex<Value>,
    metadata: Mutex<Value>,
}

struct Key {
    id: String,
    pair: EcdsaKeyPair,
}

fn key(id: &str) -> Key {
    let rng = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &rng).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &rng).unwrap();
    Key { id: id.to_owned(), pair }
}

fn part(value: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(value)
}

impl FakeProvider {
    /// Begins to listen.
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/me"),
            "jwks_uri": format!("{issuer}/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        });
        let inner = Inner {
            key: Mutex::new(key("one")),
            codes: Mutex::default(),
            told: Mutex::new(Value::Null),
            metadata: Mutex::new(metadata),
        };
        let one = Self { issuer, state: Arc::new(inner) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata_of))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(one.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        one
    }

    /// What this site knows of it.
    pub(crate) fn known(&self) -> od100::oidc::Provider {
        od100::oidc::Provider::new(self.client()).unwrap()
    }

    /// What this site is there.
    pub(crate) fn client(&self) -> od100::oidc::Client {
        od100::oidc::Client {
            issuer: self.issuer.parse().unwrap(),
            id: CLIENT.to_owned(),
            secret: Some(SECRET.to_owned()),
            name: "Llave <b>".to_owned(),
            is_trusted: false,
        }
    }

    /// Somebody signs in there; the code that they come back with. `asked` is the address that their browser was
    /// sent to.
    pub(crate) fn code(&self, asked: &url::Url, person: &Value, now: i64, lie: Lie) -> String {
        let asked: HashMap<_, _> = asked.query_pairs().into_owned().collect();
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "sub": person["sub"],
        });
        if let Lie::Claims(Value::Object(more)) = &lie {
            for (name, value) in more {
                claims[name] = value.clone();
            }
        }
        let code = format!("code-{}", self.state.codes.lock().unwrap().len());
        let grant = Grant { claims, told: person.clone(), challenge: asked["code_challenge"].clone(), lie };
        self.state.codes.lock().unwrap().insert(code.clone(), grant);
        code
    }

    /// Signs with a new key from now on.
    pub(crate) fn rotate(&self) {
        *self.state.key.lock().unwrap() = key("two");
    }

    /// Says something else of itself.
    pub(crate) fn says(&self, name: &str, value: &str) {
        self.state.metadata.lock().unwrap()[name] = json!(value);
    }
}

async fn metadata_of(State(one): State<FakeProvider>) -> Json<Value> {
    Json(one.state.metadata.lock().unwrap().clone())
}

async fn keys(State(one): State<FakeProvider>) -> Json<Value> {
    let key = one.state.key.lock().unwrap();
    let point = key.pair.public_key().as_ref();
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": key.id,
        "x": part(&point[1..33]), "y": part(&point[33..]),
    }] }))
}

async fn token(
    State(one): State<FakeProvider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> impl IntoResponse {
    let (status, body) = answer(&one, &headers, &form);
    (status, [(header::CONTENT_TYPE, "application/json")], body)
}

fn answer(one: &FakeProvider, headers: &HeaderMap, form: &HashMap<String, String>) -> (StatusCode, String) {
    let refused = |what: &str| (StatusCode::BAD_REQUEST, json!({ "error": what }).to_string());
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    if headers.get("authorization").is_none_or(|value| value != basic.as_str()) {
        return (StatusCode::UNAUTHORIZED, json!({ "error": "invalid_client" }).to_string());
    }
    // A code works once.
    let Some(grant) = one.state.codes.lock().unwrap().insert(form["code"].clone(), dead()) else {
        return refused("invalid_grant");
    };
    if part(&Sha256::digest(form["code_verifier"].as_bytes())) != grant.challenge {
        return refused("invalid_grant");
    }
    *one.state.told.lock().unwrap() = grant.told.clone();
    if let Lie::Endless = grant.lie {
        return (StatusCode::OK, " ".repeat(2_000_000));
    }
    let mut answer = json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 60 });
    if let Some(token) = one.sign(&grant) {
        answer["id_token"] = json!(token);
    }
    (StatusCode::OK, answer.to_string())
}

fn dead() -> Grant {
    Grant { claims: Value::Null, told: Value::Null, challenge: "used".to_owned(), lie: Lie::None }
}

impl FakeProvider {
    fn sign(&self, grant: &Grant) -> Option<String> {
        let key = self.state.key.lock().unwrap();
        let header = match grant.lie {
            Lie::Missing => return None,
            Lie::Unsigned => json!({ "alg": "none", "typ": "JWT" }),
            Lie::WithTheSharedSecret => json!({ "alg": "HS256", "typ": "JWT" }),
            _ => json!({ "alg": "ES256", "typ": "JWT", "kid": key.id }),
        };
        let signed = format!("{}.{}", part(header.to_string().as_bytes()), part(grant.claims.to_string().as_bytes()));
        let rng = SystemRandom::new();
        let by = |pair: &EcdsaKeyPair| part(pair.sign(&rng, signed.as_bytes()).unwrap().as_ref());
        Some(match grant.lie {
            Lie::Unsigned => format!("{signed}."),
            Lie::WithTheSharedSecret => {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
                format!("{signed}.{}", part(ring::hmac::sign(&key, signed.as_bytes()).as_ref()))
            }
            Lie::WithAnotherKey => format!("{signed}.{}", by(&self::key("other").pair)),
            Lie::Tampered => {
                let mut claims = grant.claims.clone();
                claims["sub"] = json!("somebody else");
                let head = signed.split('.').next().unwrap();
                format!("{head}.{}.{}", part(claims.to_string().as_bytes()), by(&key.pair))
            }
            _ => format!("{signed}.{}", by(&key.pair)),
        })
    }
}

async fn me(State(one): State<FakeProvider>, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    if headers.get("authorization").is_none_or(|value| value != "Bearer access") {
        return (StatusCode::UNAUTHORIZED, Json(Value::Null));
    }
    (StatusCode::OK, Json(one.state.told.lock().unwrap().clone()))
}

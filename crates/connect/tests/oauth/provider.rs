//! A provider of our own making, which does one thing wrong when it is told to.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use serde_json::{Value, json};
use url::Url;

use super::now;

/// How an id token is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signing {
    #[default]
    Right,
    OtherKey,
    Nothing,
    /// With the public key as a shared secret.
    PublicKeyAsSecret,
}

/// What is wrong with a provider.
#[derive(Clone, Copy, Default)]
pub struct Misdeed {
    pub claims: Option<fn(&mut Value)>,
    pub discovery: Option<fn(&mut Value)>,
    pub tokens: Option<fn(&mut Value)>,
    pub signing: Signing,
    /// The token endpoint sends the code on to somewhere else.
    pub redirects: bool,
}

/// The provider.
pub struct Provider {
    pub issuer: String,
    held: Arc<Held>,
}

struct Held {
    issuer: String,
    misdeed: Misdeed,
    key: KeyPair,
    other: KeyPair,
    nonce: Mutex<Option<String>>,
    /// What was posted: header `Authorization` and form.
    posted: Mutex<Vec<(Option<String>, String)>>,
}

impl Provider {
    pub async fn start(misdeed: Misdeed) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = || KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let held = Arc::new(Held {
            issuer: issuer.clone(),
            misdeed,
            key: key(),
            other: key(),
            nonce: Mutex::default(),
            posted: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/stolen", post(token))
            .with_state(Arc::clone(&held));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, held }
    }

    /// The end user has come to its page.
    pub fn sees(&self, page: &Url) {
        let nonce = page.query_pairs().find(|(name, _)| name == "nonce").map(|(_, value)| value.into_owned());
        *self.held.nonce.lock().unwrap() = nonce;
    }

    /// What was posted to it.
    pub fn posted(&self) -> Vec<(Option<String>, String)> {
        self.held.posted.lock().unwrap().clone()
    }
}

type Shared = State<Arc<Held>>;

async fn discovery(State(held): Shared) -> Json<Value> {
    let at = |path: &str| format!("{}/{path}", held.issuer);
    let mut document = json!({
        "issuer": held.issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "jwks_uri": at("keys"),
        "authorization_response_iss_parameter_supported": true,
    });
    if let Some(change) = held.misdeed.discovery {
        change(&mut document);
    }
    Json(document)
}

/// A key of a kind that nobody knows stands before the right one.
async fn keys(State(held): Shared) -> Json<Value> {
    let point = held.key.public_key_raw();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Json(json!({"keys": [
        {"kty": "quantum", "kid": "k"},
        {"kty": "EC", "crv": "P-256", "kid": "k", "use": "sig", "x": part(&point[1..33]), "y": part(&point[33..])},
    ]}))
}

async fn token(State(held): Shared, headers: HeaderMap, form: String) -> Response {
    let proof = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    held.posted.lock().unwrap().push((proof, form));
    if held.misdeed.redirects {
        let elsewhere = format!("{}/stolen", held.issuer);
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, elsewhere)]).into_response();
    }
    let mut claims = json!({
        "iss": held.issuer,
        "sub": "ada",
        "aud": "river bank",
        "iat": now().as_second(),
        "exp": now().as_second() + 300,
        "nonce": *held.nonce.lock().unwrap(),
    });
    if let Some(change) = held.misdeed.claims {
        change(&mut claims);
    }
    let mut answer = json!({
        "access_token": "a",
        "token_type": "Bearer",
        "expires_in": 300,
        "refresh_token": "r",
        "id_token": signed(&held, &claims),
    });
    if let Some(change) = held.misdeed.tokens {
        change(&mut answer);
    }
    Json(answer).into_response()
}

fn signed(held: &Held, claims: &Value) -> String {
    let by = |key: &KeyPair| {
        let header = Header { kid: Some("k".to_owned()), ..Header::new(Algorithm::ES256) };
        encode(&header, claims, &EncodingKey::from_ec_der(key.serialized_der())).unwrap()
    };
    match held.misdeed.signing {
        Signing::Right => by(&held.key),
        Signing::OtherKey => by(&held.other),
        Signing::Nothing => {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            format!("{}.{}.", part(&json!({"alg": "none", "kid": "k"})), part(claims))
        }
        Signing::PublicKeyAsSecret => {
            let header = Header { kid: Some("k".to_owned()), ..Header::new(Algorithm::HS256) };
            encode(&header, claims, &EncodingKey::from_secret(held.key.public_key_raw())).unwrap()
        }
    }
}

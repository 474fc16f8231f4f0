//! Who signed in, as a provider of OpenID Connect says it (Core 1.0, 3.1.3.7).

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;

use super::failure::{OauthFailure, untrusted};

/// Signatures that only the provider can make. Those with a shared secret are not among them: a public key of the
/// provider could be passed off as one.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::EdDSA,
];

/// How far the provider's clock may be from ours.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// What an id token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    /// One text, or a list.
    aud: Value,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
}

#[derive(Deserialize)]
struct KeySet {
    /// Read one by one: a key of a kind that is not known spoils no other.
    keys: Vec<Value>,
}

/// The subject of an id token that is signed with one of the provider's keys and says what it must.
pub(super) fn subject(id_token: &str, keys: &[u8], expected: &Expected<'_>) -> Result<String, OauthFailure> {
    let header = decode_header(id_token).map_err(|_| untrusted("its id token is no signed token"))?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(untrusted("its id token is signed in a way that proves nothing"));
    }
    let keys: KeySet = serde_json::from_slice(keys)
        .map_err(|error| untrusted(format!("its keys cannot be read: {error}")))?;
    let mut validation = Validation::new(header.alg);
    // Times and audience are judged below: by business time, and all of them.
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let claims = keys
        .keys
        .into_iter()
        .filter_map(|key| serde_json::from_value::<Jwk>(key).ok())
        .filter(|key| header.kid.is_none() || key.common.key_id == header.kid)
        .filter(|key| {
            key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature)
        })
        .filter_map(|key| DecodingKey::from_jwk(&key).ok())
        .find_map(|key| decode::<Claims>(id_token, &key, &validation).ok())
        .ok_or_else(|| untrusted("its id token is signed with none of its keys"))?
        .claims;
    match flaw(&claims, expected) {
        Some(flaw) => Err(untrusted(flaw)),
        None => Ok(claims.sub),
    }
}

fn flaw(claims: &Claims, expected: &Expected<'_>) -> Option<&'static str> {
    let audience: Vec<&str> = match &claims.aud {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let at = |second: i64| Timestamp::from_second(second).ok();
    let is_dead = |end: Timestamp| end.saturating_add(LEEWAY).is_ok_and(|end| end <= expected.now);
    let is_ahead = |start: Timestamp| start.saturating_sub(LEEWAY).is_ok_and(|start| start > expected.now);
    let azp = claims.azp.as_deref();
    let flaws = [
        (claims.iss != expected.issuer, "its id token is another issuer's"),
        (!audience.contains(&expected.client_id), "its id token is for another client"),
        (azp.is_some_and(|party| party != expected.client_id), "its id token was given to another client"),
        (audience.len() > 1 && azp.is_none(), "its id token is for several clients"),
        (at(claims.exp).is_none_or(is_dead), "its id token has expired"),
        (at(claims.iat).is_none_or(is_ahead), "its id token is of the future"),
        (claims.nonce.as_deref() != Some(expected.nonce), "its id token is of another attempt"),
        (claims.sub.is_empty(), "its id token names nobody"),
    ];
    flaws.into_iter().find_map(|(is_so, what)| is_so.then_some(what))
}

//! What a provider may try, and what the client says to it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riverbank_model::ExposeSecret;

use super::provider::Signing;
use super::*;

/// What a misdeed is called, the misdeed, and what the refusal says.
type Row = (&'static str, Misdeed, &'static str);

fn claims(change: fn(&mut serde_json::Value)) -> Misdeed {
    Misdeed { claims: Some(change), ..Misdeed::default() }
}

fn signing(signing: Signing) -> Misdeed {
    Misdeed { signing, ..Misdeed::default() }
}

async fn refused(rows: &[Row]) {
    for (name, misdeed, expected) in rows {
        let failure = outcome(*misdeed).await.expect_err(name);
        assert!(failure.to_string().contains(expected), "{name}: {failure}");
    }
}

#[tokio::test]
async fn a_provider_that_keeps_to_the_standards_is_believed() {
    let peer = Provider::start(Misdeed::default()).await;
    let signed_in = Registered::at(&peer).signs_in(&peer, Some(&peer.issuer.clone())).await.unwrap();
    assert_eq!(signed_in.subject.as_deref(), Some("ada"));
    assert_eq!(signed_in.tokens.access.expose_secret(), "a");
    let (proof, form) = peer.posted().remove(0);
    let pair = format!("Basic {}", STANDARD.encode("river+bank:s%25%3A1"));
    assert_eq!(proof, Some(pair));
    assert!(form.contains("grant_type=authorization_code") && form.contains("code_verifier="), "{form}");
    assert!(!form.contains("client_secret"), "{form}");
}

#[tokio::test]
async fn a_list_of_audiences_with_us_as_its_party_is_one() {
    let several = claims(|claims| {
        claims["aud"] = serde_json::json!(["other", "river bank"]);
        claims["azp"] = "river bank".into();
    });
    assert!(outcome(several).await.is_ok());
}

#[tokio::test]
async fn an_id_token_that_says_something_else_is_refused() {
    refused(&[
        ("iss", claims(|claims| claims["iss"] = "https://evil.example".into()), "another issuer's"),
        ("aud", claims(|claims| claims["aud"] = "other".into()), "for another client"),
        ("azp", claims(|claims| claims["azp"] = "other".into()), "given to another client"),
        (
            "several",
            claims(|claims| claims["aud"] = serde_json::json!(["other", "river bank"])),
            "for several clients",
        ),
        ("nonce", claims(|claims| claims["nonce"] = "other".into()), "of another attempt"),
        ("no nonce", claims(|claims| claims["nonce"] = serde_json::Value::Null), "of another attempt"),
        ("exp", claims(|claims| claims["exp"] = (now().as_second() - 61).into()), "has expired"),
        ("iat", claims(|claims| claims["iat"] = (now().as_second() + 61).into()), "of the future"),
        ("sub", claims(|claims| claims["sub"] = "".into()), "names nobody"),
    ])
    .await;
}

#[tokio::test]
async fn an_id_token_that_proves_nothing_is_refused() {
    refused(&[
        ("alg none", signing(Signing::Nothing), "no signed token"),
        ("HS256 with the public key", signing(Signing::PublicKeyAsSecret), "proves nothing"),
        ("another key", signing(Signing::OtherKey), "none of its keys"),
    ])
    .await;
}

#[tokio::test]
async fn an_id_token_that_is_missing_or_none_is_refused() {
    let without = |tokens: fn(&mut serde_json::Value)| Misdeed { tokens: Some(tokens), ..Misdeed::default() };
    refused(&[
        ("missing", without(|tokens| tokens["id_token"] = serde_json::Value::Null), "sent no id token"),
        ("none", without(|tokens| tokens["id_token"] = "x".into()), "no signed token"),
        ("token type", without(|tokens| tokens["token_type"] = "mac".into()), "no bearer token"),
    ])
    .await;
}

#[tokio::test]
async fn a_document_of_another_issuer_or_without_pkce_is_refused() {
    let discovery =
        |change: fn(&mut serde_json::Value)| Misdeed { discovery: Some(change), ..Misdeed::default() };
    refused(&[
        (
            "issuer",
            discovery(|document| document["issuer"] = "https://evil.example".into()),
            "another issuer's",
        ),
        (
            "page",
            discovery(|document| document["authorization_endpoint"] = "http://evil.example/".into()),
            "not https",
        ),
        (
            "plain only",
            discovery(|document| document["code_challenge_methods_supported"] = serde_json::json!(["plain"])),
            "does not take S256",
        ),
        ("no keys", discovery(|document| document["jwks_uri"] = serde_json::Value::Null), "names no keys"),
    ])
    .await;
}

#[tokio::test]
async fn the_code_is_not_carried_to_where_a_token_endpoint_redirects() {
    let peer = Provider::start(Misdeed { redirects: true, ..Misdeed::default() }).await;
    let failure = Registered::at(&peer).signs_in(&peer, Some(&peer.issuer.clone())).await.unwrap_err();
    assert!(failure.to_string().contains("HTTP 307"), "{failure}");
    assert_eq!(peer.posted().len(), 1);
}

#[tokio::test]
async fn an_answer_of_another_issuer_exchanges_nothing() {
    for iss in [Some("https://evil.example"), None] {
        let peer = Provider::start(Misdeed::default()).await;
        let failure = Registered::at(&peer).signs_in(&peer, iss).await.unwrap_err();
        assert!(matches!(failure, OauthFailure::Untrusted(_)), "{failure}");
        assert_eq!(peer.posted(), []);
    }
}

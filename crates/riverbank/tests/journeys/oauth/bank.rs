//! A test bank's authorisation server, as a client of another make meets it.

use riverbank_testkit::browser::Browser;

use super::*;

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A client that is registered at a bank as this server is.
struct Peer<'a> {
    browser: Browser,
    base: &'a str,
}

impl<'a> Peer<'a> {
    fn new(world: &'a World) -> Self {
        let base = world.server.base_url();
        Self { browser: Browser::new(base), base }
    }

    fn at(&self, path: &str) -> String {
        format!("{}/banks/mx_bank_oauth/{path}", self.base)
    }

    fn callback(&self) -> String {
        format!("{}/oauth/callback", self.base)
    }

    /// An authorisation request with one parameter changed.
    async fn asks(&self, name: &str, value: &str) -> Seen {
        let callback = self.callback();
        let mut parameters = vec![
            ("response_type", "code"),
            ("client_id", "riverbank"),
            ("redirect_uri", callback.as_str()),
            ("scope", "openid accounts"),
            ("state", "s"),
            ("nonce", "n"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for (known, old) in &mut parameters {
            if *known == name {
                *old = value;
            }
        }
        self.browser.open(&format!("{}?{}", self.at("authorize"), encoded(&parameters))).await
    }

    async fn code(&self) -> String {
        let page = self.asks("", "").await;
        let left = self.browser.send_form(&page, &[("decision", "authorize")]).await;
        left.parameters()["code"].clone()
    }

    async fn token(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let seen = self.browser.post(&self.at("token"), form).await;
        (seen.status.as_u16(), serde_json::from_str(&seen.html).unwrap())
    }

    async fn exchange(&self, code: &str) -> (u16, Value) {
        let callback = self.callback();
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "riverbank"),
            ("code", code),
            ("redirect_uri", &callback),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    async fn refresh(&self, token: &Value) -> (u16, Value) {
        let token = token["refresh_token"].as_str().unwrap();
        self.token(&[("grant_type", "refresh_token"), ("client_id", "riverbank"), ("refresh_token", token)])
            .await
    }

    async fn consent(&self, tokens: &Value) -> u16 {
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let caller = Caller::new(self.base).header("authorization", bearer);
        caller.get("/banks/mx_bank_oauth/consent").await.status.as_u16()
    }
}

fn encoded(parameters: &[(&str, &str)]) -> String {
    let mut url = url::Url::parse("form:").unwrap();
    url.query_pairs_mut().extend_pairs(parameters);
    url.query().unwrap().to_owned()
}

fn refused(answer: &(u16, Value), error: &str) {
    assert_eq!(
        (answer.0, &answer.1["error"]),
        (if error == "invalid_client" { 401 } else { 400 }, &json!(error))
    );
}

journeys! {
    async fn a_bank_describes_itself_at_both_addresses(world: &World) {
        let caller = world.stranger().unchecked();
        let document = caller.get("/banks/mx_bank_oauth/.well-known/openid-configuration").await.json();
        let base = world.server.base_url();
        assert_eq!(document["issuer"], format!("{base}/banks/mx_bank_oauth"));
        assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
        assert_eq!(caller.get("/.well-known/oauth-authorization-server/banks/mx_bank_oauth").await.json(), document);
        let keys = caller.get("/banks/mx_bank_oauth/jwks").await.json();
        assert_eq!(keys["keys"][0]["crv"], "Ed25519");
        for elsewhere in ["mxbank", "nobody"] {
            let path = format!("/banks/{elsewhere}/.well-known/openid-configuration");
            assert_eq!(caller.get(&path).await.error_code(), Some(4041));
        }
        let pushed = caller.get("/banks/mxcu_oauth/.well-known/openid-configuration").await.json();
        assert_eq!(pushed["require_pushed_authorization_requests"], true);
    }

    async fn a_request_with_another_address_is_told_on_a_page(world: &World) {
        let peer = Peer::new(world);
        for (name, value) in [("redirect_uri", "https://evil.example/"), ("client_id", "other")] {
            let seen = peer.asks(name, value).await;
            assert_eq!((seen.status.as_u16(), &seen.left_to), (400, &None), "{name}");
        }
        let without_pkce = peer.asks("code_challenge", "").await;
        assert_eq!(without_pkce.parameters()["error"], "invalid_request");
        assert_eq!(without_pkce.parameters()["iss"], peer.at("").trim_end_matches('/'));
        let markup = peer.asks("state", "\"><script>alert(1)</script>").await;
        assert!(!markup.html.contains("<script"), "{}", markup.html);
    }

    async fn a_code_is_worth_tokens_once(world: &World) {
        let peer = Peer::new(world);
        let code = peer.code().await;
        let (status, tokens) = peer.exchange(&code).await;
        assert_eq!((status, &tokens["token_type"], &tokens["expires_in"]), (200, &json!("Bearer"), &json!(300)));
        assert!(tokens["id_token"].is_string());
        assert_eq!(peer.consent(&tokens).await, 200);
        refused(&peer.exchange(&code).await, "invalid_grant");
        // Whoever came second, the first one's tokens are gone as well.
        assert_eq!(peer.consent(&tokens).await, 401);
        refused(&peer.refresh(&tokens).await, "invalid_grant");
    }

    async fn a_code_dies_and_is_bound_to_its_verifier_address_and_client(world: &World) {
        let peer = Peer::new(world);
        let callback = peer.callback();
        let right = [("grant_type", "authorization_code"), ("client_id", "riverbank"), ("redirect_uri", callback.as_str()), ("code_verifier", VERIFIER)];
        for (name, value, error) in [
            ("code_verifier", "wrong", "invalid_grant"),
            ("code_verifier", "", "invalid_request"),
            ("redirect_uri", "https://evil.example/", "invalid_grant"),
            ("client_id", "other", "invalid_client"),
            ("grant_type", "password", "unsupported_grant_type"),
        ] {
            let code = peer.code().await;
            let mut form = right.map(|(known, old)| (known, if known == name { value } else { old })).to_vec();
            form.push(("code", &code));
            refused(&peer.token(&form).await, error);
        }
        let code = peer.code().await;
        world.advance(61).await;
        refused(&peer.exchange(&code).await, "invalid_grant");
    }

    async fn access_tokens_are_short_lived_and_refresh_tokens_rotate(world: &World) {
        let peer = Peer::new(world);
        let (_, first) = peer.exchange(&peer.code().await).await;
        world.advance(301).await;
        assert_eq!(peer.consent(&first).await, 401);
        let (status, second) = peer.refresh(&first).await;
        assert_eq!(status, 200);
        assert_ne!(second["refresh_token"], first["refresh_token"]);
        assert_eq!(peer.consent(&second).await, 200);
        // The old one was replaced and its successor used: whoever has it stole it.
        refused(&peer.refresh(&first).await, "invalid_grant");
        assert_eq!(peer.consent(&second).await, 401);
    }

    async fn a_revoked_token_takes_its_consent_with_it(world: &World) {
        let peer = Peer::new(world);
        let (_, tokens) = peer.exchange(&peer.code().await).await;
        let token = tokens["refresh_token"].as_str().unwrap();
        let revoked = peer.browser.post(&peer.at("revoke"), &[("client_id", "riverbank"), ("token", token)]).await;
        assert_eq!(revoked.status.as_u16(), 200);
        assert_eq!(peer.consent(&tokens).await, 401);
        let unknown = peer.browser.post(&peer.at("revoke"), &[("client_id", "riverbank"), ("token", "x")]).await;
        assert_eq!(unknown.status.as_u16(), 200);
    }

    async fn a_bank_that_takes_requests_beforehand_takes_no_others(world: &World) {
        let peer = Peer::new(world);
        let page = peer.browser.open(&format!("{}/banks/mxcu_oauth/authorize?client_id=riverbank&response_type=code", peer.base)).await;
        assert_eq!(page.status.as_u16(), 400);
        let pushed = peer.browser.post(&format!("{}/banks/mxcu_oauth/par", peer.base), &[("client_id", "riverbank")]).await;
        assert_eq!(pushed.status.as_u16(), 401);
        let nowhere = peer.browser.post(&peer.at("par"), &[("client_id", "riverbank")]).await;
        assert_eq!(nowhere.status.as_u16(), 404);
    }
}

//! The client's side of OAuth against a provider that keeps to the standards, and against one that does not.

mod provider;
mod refusals;

use jiff::Timestamp;
use riverbank_connect::oauth::{Answer, Attempt, Conversation, OauthFailure, OauthProvider, SignedIn};
use riverbank_connect::transport::{Client, Policy};
use riverbank_model::{SecretText, Secrets};

use provider::{Misdeed, Provider};

/// Secrets that need not be secret.
struct Sevens;

impl Secrets for Sevens {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

fn now() -> Timestamp {
    "2026-03-02T08:30:00Z".parse().unwrap()
}

/// A client that is registered at a provider.
struct Registered {
    client: Client,
    provider: OauthProvider,
}

impl Registered {
    fn at(peer: &Provider) -> Self {
        let provider = OauthProvider {
            issuer: peer.issuer.clone(),
            client_id: "river bank".to_owned(),
            client_secret: Some("s%:1".into()),
            scopes: vec!["openid".to_owned(), "accounts".to_owned()],
        };
        Self { client: Client::new(Policy::sandbox()).unwrap(), provider }
    }

    fn conversation(&self) -> Conversation<'_> {
        Conversation::new(&self.client, &self.provider)
    }

    /// The whole way at a provider.
    async fn signs_in(&self, peer: &Provider, iss: Option<&str>) -> Result<SignedIn, OauthFailure> {
        let attempt =
            Attempt::new(&self.provider, "https://river.example/oauth/callback".to_owned(), &Sevens);
        let page = self.conversation().begin(&attempt, &SecretText::from("state")).await?;
        peer.sees(&page);
        let answer = Answer { code: Some("code".into()), error: None, iss: iss.map(str::to_owned) };
        self.conversation().redeem(&attempt, &answer, now()).await
    }
}

/// What a provider that does this leads to.
async fn outcome(misdeed: Misdeed) -> Result<SignedIn, OauthFailure> {
    let peer = Provider::start(misdeed).await;
    Registered::at(&peer).signs_in(&peer, Some(&peer.issuer.clone())).await
}

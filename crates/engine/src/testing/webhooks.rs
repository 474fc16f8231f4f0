//! Endpoints on a bench, and the sending of what is due.

use std::time::Duration;

use riverbank_model::guid::WebhookEndpointGuid;
use riverbank_model::webhook::EventKinds;
use tokio::sync::watch;

use super::Bench;
use crate::Engine;
use crate::webhooks::{Authorization, EndpointWithSecret, NewEndpoint};

impl Bench {
    /// An endpoint of a client, which is made if it is not there, for these kinds of events.
    pub async fn endpoint(&self, client_id: &str, url: &str, events: &str) -> WebhookEndpointGuid {
        self.endpoint_with(client_id, url, events, Authorization::None).await.view.endpoint.guid
    }

    /// An endpoint whose messages authenticate so, with its secret.
    pub async fn endpoint_with(
        &self,
        client_id: &str,
        url: &str,
        events: &str,
        authorization: Authorization,
    ) -> EndpointWithSecret {
        self.partner(client_id).await;
        let events: EventKinds = events.parse().expect("kinds of events");
        let new = NewEndpoint {
            client_id: client_id.to_owned(),
            url: url.to_owned(),
            events,
            authorization,
            certificate: None,
        };
        self.engine.add_endpoint(new).await.expect("an endpoint")
    }

    /// Sends what is due, and what becomes due by that, at this moment of business time.
    pub async fn deliver(&self) {
        deliver(self.engine.clone(), "bench").await;
    }
}

/// Runs the senders of an engine until nothing is due.
pub async fn deliver(engine: Engine, owner: &str) {
    let (stop, stopped) = watch::channel(false);
    let sending = tokio::spawn(Engine::run_deliveries(engine.clone(), owner.to_owned(), stopped));
    while is_busy(&engine).await {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    stop.send(true).expect("senders that listen");
    sending.await.expect("senders that end");
}

async fn is_busy(engine: &Engine) -> bool {
    let reader = engine.store().read().await.expect("a reader");
    engine.is_delivering(&reader).await.expect("what is sent")
}

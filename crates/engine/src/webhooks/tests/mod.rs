//! From a change to the endpoint and back.

mod delivery;
mod inward;
mod order;
mod payloads;
mod telling;

use riverbank_model::guid::WebhookEndpointGuid;
use riverbank_store::webhook_messages::Message;

use super::MessageView;
use crate::testing::Bench;
use crate::users::CreateUser;

/// Makes a user of acme, which is one event.
async fn make_user(bench: &Bench, id: &str) {
    let acme = bench.partner("acme").await;
    let request = CreateUser { id: id.to_owned(), ..CreateUser::default() };
    bench.engine.create_user(&acme, request).await.unwrap();
}

/// The messages to an endpoint, oldest first.
async fn log(bench: &Bench, endpoint: &WebhookEndpointGuid) -> Vec<Message> {
    let mut log = bench.engine.webhook_log(endpoint, 10_000).await.unwrap();
    log.reverse();
    log
}

/// The one message to an endpoint, with its tries.
async fn only(bench: &Bench, endpoint: &WebhookEndpointGuid) -> MessageView {
    let log = log(bench, endpoint).await;
    assert_eq!(log.len(), 1, "{log:?}");
    bench.engine.webhook_message(&log[0].guid).await.unwrap()
}

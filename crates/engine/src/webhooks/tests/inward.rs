//! No endpoint and no token address leads a server inward.

use riverbank_model::webhook::{Action, EventKind, EventKinds};
use riverbank_testkit::inward::INWARD;
use riverbank_testkit::webhook_sink::WebhookSink;

use crate::testing::{Backend, Bench};
use crate::webhooks::{AddEndpointError, Authorization, NewEndpoint};

/// An address that is never asked.
const ELSEWHERE: &str = "https://hooks.example.com/";

fn endpoint(url: &str, authorization: Authorization) -> NewEndpoint {
    NewEndpoint {
        client_id: "acme".to_owned(),
        url: url.to_owned(),
        events: EventKinds::EVERY,
        authorization,
        certificate: None,
    }
}

fn tokens_of(token_url: &str) -> Authorization {
    Authorization::Oauth {
        token_url: token_url.to_owned(),
        client_id: "id".to_owned(),
        client_secret: "secret".into(),
        scope: None,
    }
}

#[tokio::test]
async fn what_leads_inward_is_refused_as_an_endpoint_and_as_a_token_address() {
    let bench = Bench::on(Backend::Sqlite).await;
    bench.partner("acme").await;
    let engine = bench.guarded_node().await;
    for (url, trick) in INWARD {
        for new in [endpoint(url, Authorization::None), endpoint(ELSEWHERE, tokens_of(url))] {
            let made = engine.add_endpoint(new).await;
            assert!(matches!(made, Err(AddEndpointError::Address { .. })), "{trick}: {made:?}");
        }
    }
}

/// What was let in once is looked at again each time: it may be a database of before, or a name that leads elsewhere.
#[tokio::test]
async fn what_leads_inward_is_not_sent_to() {
    let bench = Bench::on(Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    let here = bench.endpoint("acme", &sink.url(), "user").await;
    let tokens =
        bench.endpoint_with("acme", ELSEWHERE, "user", tokens_of(&sink.url())).await.view.endpoint.guid;
    let engine = bench.guarded_node().await;
    for endpoint in [here, tokens] {
        let sent = engine.send_sample(&endpoint, EventKind::User, Action::Created).await.unwrap();
        let why = sent.attempts[0].failure.clone().unwrap();
        assert!(why.contains("the address is refused"), "{why}");
    }
    assert!(sink.received().is_empty());
}

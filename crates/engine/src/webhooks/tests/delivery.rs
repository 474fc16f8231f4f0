use std::time::Duration;

use riverbank_model::limits::{WEBHOOK_ANSWER, WEBHOOK_TRIES};
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::webhook_messages::{self, TakeTerms};
use riverbank_testkit::webhook_sink::{Manner, WebhookSink};

use super::{log, make_user, only};
use crate::testing::{Bench, deliver, on_both_engines};
use crate::webhooks::{Authorization, MessageState};

/// Where a cloud tells a machine its credentials.
const METADATA: &str = "Location: http://169.254.169.254/latest/meta-data/";

/// Seconds until the next try, or none when there is no other.
async fn seconds_until_next(
    bench: &Bench,
    sink: &WebhookSink,
    manner: Manner,
) -> (MessageState, i64, String) {
    let sender = match manner {
        Manner::Hangs | Manner::Drips => bench.impatient_node().await,
        _ => bench.engine.clone(),
    };
    sink.set(manner);
    sink.clear();
    let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
    let user = format!("U-{endpoint}");
    make_user(bench, &user).await;
    deliver(sender, "bench").await;
    let view = only(bench, &endpoint).await;
    assert_eq!(view.attempts.len(), 1);
    assert_eq!(sink.received().len(), 1, "one try");
    let attempt = &view.attempts[0];
    let told = match attempt.status {
        Some(status) => status.to_string(),
        None => attempt.failure.clone().unwrap(),
    };
    let wait = view.message.due_at.duration_since(bench.engine.now()).as_secs();
    bench.engine.remove_endpoint(&endpoint).await.unwrap();
    (view.message.state, wait, told)
}

on_both_engines! {
    async fn what_an_answer_means(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        for status in [200, 201, 204, 299] {
            let (state, _, told) = seconds_until_next(bench, &sink, Manner::status(status)).await;
            assert_eq!((state, told), (MessageState::Delivered, status.to_string()));
        }
        let rows = [
            (Manner::status(500), "500"),
            (Manner::status(400), "400"),
            (Manner::status(404), "404"),
            (Manner::status_with(302, METADATA), "302"),
            (Manner::status_with(307, METADATA), "307"),
            (Manner::Hangs, "no answer within the time limit"),
            (Manner::Drips, "no answer within the time limit"),
            (Manner::Resets, "the connection failed: "),
        ];
        for (manner, expected) in rows {
            let (state, wait, told) = seconds_until_next(bench, &sink, manner).await;
            assert!(told.starts_with(expected), "{told}");
            assert_eq!(state, MessageState::Ready, "{expected}");
            assert!((18..=24).contains(&wait), "{expected}: {wait}");
        }
        for status in [429, 503] {
            let manner = Manner::status_with(status, "Retry-After: 3600");
            let (state, wait, _) = seconds_until_next(bench, &sink, manner).await;
            assert_eq!((state, wait), (MessageState::Ready, 3600));
        }
        // However long it wants to be left in peace, there is a last try.
        let forever = Manner::status_with(429, "Retry-After: 99999999");
        let (state, wait, _) = seconds_until_next(bench, &sink, forever).await;
        assert_eq!((state, wait), (MessageState::Ready, 27 * 3600));
    }

    async fn an_endpoint_that_answers_410_is_disabled_and_what_waits_is_given_up(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        sink.set(Manner::status(500));
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        make_user(bench, "U-1").await;
        bench.deliver().await;
        sink.set(Manner::status(410));
        make_user(bench, "U-2").await;
        bench.deliver().await;
        let states: Vec<_> = log(bench, &endpoint).await.iter().map(|message| message.state).collect();
        assert_eq!(states, [MessageState::Failed, MessageState::Failed]);
        let endpoints = bench.engine.list_endpoints(Some("acme")).await.unwrap();
        assert_eq!(endpoints[0].endpoint.disabled_because.as_deref(), Some("it answered 410"));
        make_user(bench, "U-3").await;
        assert_eq!(log(bench, &endpoint).await.len(), 2, "nobody listens any more");
        // Enabled again it is told of what happens from then on, and of the rest when that is asked for.
        sink.set(Manner::status(204));
        sink.clear();
        bench.engine.enable_endpoint(&endpoint).await.unwrap();
        make_user(bench, "U-4").await;
        bench.deliver().await;
        assert_eq!(sink.received().len(), 1);
        assert_eq!(bench.engine.replay_since(&endpoint, bench.engine.now()).await.unwrap(), 3);
        bench.deliver().await;
        assert_eq!(sink.received().len(), 4);
    }

    async fn a_message_is_tried_thirteen_times_over_about_a_day_under_one_id(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        sink.set(Manner::status(500));
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        make_user(bench, "U-1").await;
        let begun = bench.engine.now();
        loop {
            bench.deliver().await;
            let view = only(bench, &endpoint).await;
            if view.message.ended_at.is_some() {
                break;
            }
            let wait = view.message.due_at.duration_since(bench.engine.now()).as_secs();
            bench.advance(wait + 1);
        }
        let view = only(bench, &endpoint).await;
        assert_eq!(view.message.state, MessageState::Failed);
        assert_eq!(view.attempts.len(), usize::try_from(WEBHOOK_TRIES).unwrap());
        let hours = bench.engine.now().duration_since(begun).as_hours();
        assert!((21..27).contains(&hours), "{hours}");
        let received = sink.received();
        assert_eq!(received.len(), view.attempts.len());
        assert!(received.iter().all(|one| one.id() == view.message.guid.as_str()));
        // Replayed, it has all its tries again, and goes on counting them.
        sink.set(Manner::status(204));
        bench.engine.replay_message(&view.message.guid).await.unwrap();
        bench.deliver().await;
        let view = only(bench, &endpoint).await;
        assert_eq!((view.message.state, view.attempts.len()), (MessageState::Delivered, 14));
        assert_eq!(view.attempts[13].number, 14);
    }

    async fn of_an_answer_the_first_kilobyte_is_kept(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        let body = format!("\0{}", "é".repeat(5000));
        sink.set(Manner::Answers { status: 500, headers: Vec::new(), body, after: Duration::ZERO });
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        make_user(bench, "U-1").await;
        bench.deliver().await;
        let view = only(bench, &endpoint).await;
        let answer = view.attempts[0].answer.clone().unwrap();
        assert!(answer.starts_with("\u{fffd}éé"), "{answer}");
        assert_eq!(answer.matches('é').count(), (WEBHOOK_ANSWER - 1) / 2);
    }

    async fn messages_go_when_they_have_been_kept_for_long_enough(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        make_user(bench, "U-1").await;
        bench.deliver().await;
        sink.set(Manner::status(500));
        make_user(bench, "U-2").await;
        bench.deliver().await;
        bench.advance(29 * 86_400);
        bench.engine.sweep().await.unwrap();
        assert_eq!(log(bench, &endpoint).await.len(), 2);
        bench.advance(86_400);
        bench.engine.sweep().await.unwrap();
        let left = only(bench, &endpoint).await;
        assert_eq!(left.message.state, MessageState::Ready, "what is still to be sent stays");
    }

    async fn what_a_sender_held_that_died_while_its_endpoint_was_disabled_is_given_up(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        make_user(bench, "U-1").await;
        let (held, now) = (endpoint.clone(), bench.engine.now());
        let taking = bench.engine.store().write(async move |tx| {
            let terms = TakeTerms { owner: "dead", limit: 10, lease: Duration::from_secs(30), now };
            webhook_messages::take(tx, &held, &terms).await
        });
        assert_eq!(taking.await.unwrap().len(), 1);
        bench.engine.disable_endpoint(&endpoint).await.unwrap();
        bench.engine.take_back_messages().await.unwrap();
        bench.engine.enable_endpoint(&endpoint).await.unwrap();
        bench.deliver().await;
        assert_eq!(only(bench, &endpoint).await.message.state, MessageState::Failed);
        assert!(sink.received().is_empty());
    }

    async fn an_endpoint_that_is_no_longer_sent_to_is_not_kept_open(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        let disabled = bench.endpoint("acme", &sink.url(), "user").await;
        let removed = bench.endpoint("acme", &sink.url(), "user").await;
        let live = bench.endpoint("acme", &sink.url(), "user").await;
        let open = || [&disabled, &removed, &live].map(|endpoint| bench.engine.receivers.knows(endpoint));
        make_user(bench, "U-1").await;
        bench.deliver().await;
        assert_eq!(open(), [true, true, true]);
        bench.engine.disable_endpoint(&disabled).await.unwrap();
        bench.engine.remove_endpoint(&removed).await.unwrap();
        make_user(bench, "U-2").await;
        bench.deliver().await;
        assert_eq!(open(), [false, false, true]);
    }

    async fn a_sample_is_sent_once_and_told_of(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = bench.endpoint("acme", &sink.url(), "member").await;
        for kind in EventKind::ALL {
            let sent = bench.engine.send_sample(&endpoint, *kind, Action::Created).await.unwrap();
            assert_eq!((sent.message.state, sent.attempts.len()), (MessageState::Delivered, 1));
        }
        sink.set(Manner::status(500));
        let sent = bench.engine.send_sample(&endpoint, EventKind::User, Action::Deleted).await.unwrap();
        assert_eq!((sent.message.state, sent.attempts[0].status), (MessageState::Failed, Some(500)));
        bench.deliver().await;
        assert_eq!(sink.received().len(), EventKind::ALL.len() + 1);
    }
}

#[tokio::test]
async fn each_kind_of_authorization_stands_in_the_header() {
    let bench = Bench::on(crate::testing::Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    let basic = Authorization::Basic { name: "bank".to_owned(), password: "päss:word".into() };
    let rows = [
        (Authorization::None, ""),
        (basic, "Basic YmFuazpww6Rzczp3b3Jk"),
        (Authorization::Bearer { token: "t0ken".into() }, "Bearer t0ken"),
    ];
    for (authorization, expected) in rows {
        let endpoint =
            bench.endpoint_with("acme", &sink.url(), "user", authorization).await.view.endpoint.guid;
        bench.engine.send_sample(&endpoint, EventKind::User, Action::Created).await.unwrap();
        let received = sink.received().pop().unwrap();
        assert_eq!(received.header("authorization"), expected);
        assert_eq!(received.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(received.header("accept"), "application/json");
        assert!(received.header("user-agent").starts_with("Riverbank/"));
    }
}

/// An endpoint that authenticates by tokens of OAuth 2, fetched from another sink.
async fn with_tokens(
    bench: &Bench,
    sink: &WebhookSink,
    tokens: &WebhookSink,
) -> crate::webhooks::EndpointView {
    let authorization = Authorization::Oauth {
        token_url: tokens.url(),
        client_id: "river bank".to_owned(),
        client_secret: "s3:cret".into(),
        scope: Some("hooks".to_owned()),
    };
    bench.endpoint_with("acme", &sink.url(), "user", authorization).await.view
}

fn token(name: &str, expires_in: u64) -> Manner {
    let body = format!(r#"{{"access_token":"{name}","token_type":"Bearer","expires_in":{expires_in}}}"#);
    Manner::Answers { status: 200, headers: Vec::new(), body, after: Duration::ZERO }
}

#[tokio::test]
async fn a_token_is_fetched_once_and_again_when_it_is_refused_or_has_expired() {
    let bench = Bench::on(crate::testing::Backend::Sqlite).await;
    let (sink, tokens) = (WebhookSink::start().await.unwrap(), WebhookSink::start().await.unwrap());
    let endpoint = with_tokens(&bench, &sink, &tokens).await.endpoint.guid;
    let send = async || bench.engine.send_sample(&endpoint, EventKind::User, Action::Created).await.unwrap();
    tokens.set(token("one", 3600));
    send().await;
    send().await;
    let asked = tokens.received();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].header("authorization"), "Basic cml2ZXIrYmFuazpzMyUzQWNyZXQ=");
    assert_eq!(asked[0].body, "grant_type=client_credentials&scope=hooks");
    assert_eq!(sink.received().pop().unwrap().header("authorization"), "Bearer one");
    // Refused before its time: another one, within the same try.
    sink.set(Manner::status(401));
    tokens.set(token("two", 1));
    let refused = send().await;
    assert_eq!((refused.attempts.len(), refused.attempts[0].status), (1, Some(401)));
    let last: Vec<_> =
        sink.received().iter().rev().take(2).map(|one| one.header("authorization").to_owned()).collect();
    assert_eq!(last, ["Bearer two", "Bearer one"]);
    // One that lives shorter than it may take to arrive is used once.
    sink.set(Manner::status(204));
    tokens.set(token("three", 3600));
    send().await;
    assert_eq!(sink.received().pop().unwrap().header("authorization"), "Bearer three");
    assert_eq!(tokens.received().len(), 3);
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_the_try_says_why() {
    let bench = Bench::on(crate::testing::Backend::Sqlite).await;
    let (sink, tokens) = (WebhookSink::start().await.unwrap(), WebhookSink::start().await.unwrap());
    let endpoint = with_tokens(&bench, &sink, &tokens).await.endpoint.guid;
    let garbage = Manner::Answers {
        status: 200,
        headers: Vec::new(),
        body: "s3cret?".to_owned(),
        after: Duration::ZERO,
    };
    let rows = [
        (Manner::status(401), "no token: the token address answered 401"),
        (Manner::status_with(302, METADATA), "no token: the token address answered 302"),
        (garbage, "no token: the token address answered no token"),
        (Manner::Hangs, "no token: no answer within the time limit"),
    ];
    let sender = bench.impatient_node().await;
    for (manner, why) in rows {
        tokens.set(manner);
        let sent = sender.send_sample(&endpoint, EventKind::User, Action::Created).await.unwrap();
        assert_eq!(sent.attempts[0].failure.as_deref(), Some(why));
    }
    assert!(sink.received().is_empty());
}

#[tokio::test]
async fn while_a_secret_takes_over_both_sign() {
    let bench = Bench::on(crate::testing::Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
    let signatures = async || {
        bench.engine.send_sample(&endpoint, EventKind::User, Action::Created).await.unwrap();
        let header = sink.received().pop().unwrap().header("webhook-signature").to_owned();
        header.split(' ').count()
    };
    assert_eq!(signatures().await, 1);
    let overlap = Duration::from_hours(1);
    let rotated = bench.engine.rotate_endpoint_secret(&endpoint, overlap).await.unwrap();
    assert!(rotated.view.old_secret_until.is_some());
    assert_eq!(signatures().await, 2);
    bench.advance(3600);
    assert_eq!(signatures().await, 1);
    let endpoints = bench.engine.list_endpoints(None).await.unwrap();
    assert_eq!(endpoints[0].old_secret_until, None);
}

use std::collections::BTreeSet;
use std::time::Duration;

use riverbank_model::connection::ConnectionStatus;
use riverbank_testkit::webhook_sink::{Manner, WebhookSink};

use super::{log, make_user};
use crate::testing::{Backend, Bench, deliver, on_both_engines};
use crate::users::{Profile, UpdateUser};
use crate::webhooks::MessageState;

async fn rename(bench: &Bench, id: &str, name: &str) {
    let acme = bench.partner("acme").await;
    let profile = Profile { first_name: Some(name.to_owned()), ..Profile::default() };
    bench.engine.update_user(&acme, id, UpdateUser { profile, skip_webhook: false }).await.unwrap();
}

fn names(sink: &WebhookSink, id: &str) -> Vec<String> {
    let received = sink.received();
    let of_user = received.iter().map(riverbank_testkit::webhook_sink::Received::json);
    of_user
        .filter(|body| body["user"]["id"] == id)
        .map(|body| body["user"]["first_name"].as_str().unwrap_or("-").to_owned())
        .collect()
}

on_both_engines! {
    async fn what_is_told_of_one_goes_out_in_order(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        sink.set(Manner::Answers {
            status: 204, headers: Vec::new(), body: String::new(), after: Duration::from_millis(3),
        });
        bench.endpoint("acme", &sink.url(), "user").await;
        let ids: Vec<String> = (0..5).map(|number| format!("U-{number}")).collect();
        for id in &ids {
            make_user(bench, id).await;
        }
        for number in 0..10 {
            for id in &ids {
                rename(bench, id, &number.to_string()).await;
            }
        }
        bench.deliver().await;
        let expected: Vec<String> =
            std::iter::once("-".to_owned()).chain((0..10).map(|number| number.to_string())).collect();
        for id in &ids {
            assert_eq!(names(&sink, id), expected, "{id}");
        }
        assert!(sink.most_at_once() > 1, "users do not wait for each other");
    }

    async fn what_failed_is_waited_for_at_first_and_passed_by_later(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        sink.set(Manner::status(500));
        make_user(bench, "U-1").await;
        rename(bench, "U-1", "one").await;
        bench.deliver().await;
        rename(bench, "U-1", "two").await;
        bench.deliver().await;
        assert_eq!(names(&sink, "U-1"), ["-"], "those behind it wait with it");
        sink.set(Manner::status(204));
        bench.advance(30);
        bench.deliver().await;
        assert_eq!(names(&sink, "U-1"), ["-", "-", "one", "two"]);
        // One that fails again and again holds nobody up for long.
        sink.clear();
        sink.set(Manner::status(500));
        rename(bench, "U-1", "three").await;
        rename(bench, "U-1", "four").await;
        for _ in 0..8 {
            bench.deliver().await;
            let log = log(bench, &endpoint).await;
            let first = log.iter().find(|message| message.payload.contains("three")).unwrap();
            if first.attempts == 4 {
                break;
            }
            bench.advance(first.due_at.duration_since(bench.engine.now()).as_secs() + 1);
        }
        sink.clear();
        sink.set(Manner::status(204));
        bench.advance(60);
        bench.deliver().await;
        assert_eq!(names(&sink, "U-1"), ["four"]);
    }

    async fn two_nodes_send_each_message_once(bench: &Bench) {
        let sink = WebhookSink::start().await.unwrap();
        sink.set(Manner::Answers {
            status: 204, headers: Vec::new(), body: String::new(), after: Duration::from_millis(2),
        });
        let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
        for number in 0..100 {
            make_user(bench, &format!("U-{number}")).await;
        }
        let other = bench.another_node().await;
        tokio::join!(deliver(bench.engine.clone(), "one"), deliver(other, "two"));
        let log = log(bench, &endpoint).await;
        assert!(log.iter().all(|message| (message.state, message.attempts) == (MessageState::Delivered, 1)));
        let ids: Vec<String> = sink.received().iter().map(|one| one.id().to_owned()).collect();
        assert_eq!(ids.len(), 100);
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 100);
    }
}

#[tokio::test]
async fn a_dead_endpoint_holds_up_no_other() {
    let bench = Bench::on(Backend::Sqlite).await;
    let (dead, alive) = (WebhookSink::start().await.unwrap(), WebhookSink::start().await.unwrap());
    dead.set(Manner::Hangs);
    let of_dead = bench.endpoint("acme", &dead.url(), "user").await;
    let of_alive = bench.endpoint("acme", &alive.url(), "user").await;
    for number in 0..200 {
        make_user(&bench, &format!("U-{number}")).await;
    }
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let senders = tokio::spawn(crate::Engine::run_deliveries(bench.engine.clone(), "w".to_owned(), stopped));
    let received = alive.wait_for(200, Duration::from_secs(20)).await;
    assert_eq!(received.len(), 200);
    // The first messages to the dead one still hang, or it is left in peace already: no try of it has been waited for.
    let log_of_dead = log(&bench, &of_dead).await;
    assert!(log_of_dead.iter().all(|message| message.ended_at.is_none()));
    assert!(dead.most_at_once() <= 8, "{}", dead.most_at_once());
    stop.send(true).unwrap();
    senders.await.unwrap();
    let of_alive = log(&bench, &of_alive).await;
    assert!(of_alive.iter().all(|message| message.state == MessageState::Delivered));
}

#[tokio::test]
async fn a_dead_endpoint_is_tried_with_one_message_at_a_time_until_it_lives() {
    let bench = Bench::on(Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    sink.set(Manner::status(503));
    let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
    for number in 0..200 {
        make_user(&bench, &format!("U-{number}")).await;
    }
    bench.deliver().await;
    let tries = sink.received().len();
    assert!((5..200).contains(&tries), "it was found out before all had been tried: {tries}");
    let endpoints = bench.engine.list_endpoints(None).await.unwrap();
    assert!(endpoints[0].endpoint.paused_until.is_some_and(|until| until > bench.engine.now()));
    bench.advance(301);
    bench.deliver().await;
    assert_eq!(sink.received().len(), tries + 1);
    sink.set(Manner::status(204));
    bench.advance(301);
    bench.deliver().await;
    let log = log(&bench, &endpoint).await;
    assert!(log.iter().all(|message| message.state == MessageState::Delivered));
    let endpoints = bench.engine.list_endpoints(None).await.unwrap();
    assert_eq!((endpoints[0].endpoint.failures, endpoints[0].endpoint.paused_until), (0, None));
}

#[tokio::test]
async fn what_waited_for_a_dead_endpoint_for_more_than_a_day_is_given_up() {
    let bench = Bench::on(Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    sink.set(Manner::status(503));
    let endpoint = bench.endpoint("acme", &sink.url(), "user").await;
    for number in 0..200 {
        make_user(&bench, &format!("U-{number}")).await;
    }
    bench.deliver().await;
    bench.advance(28 * 3600);
    bench.deliver().await;
    assert!(log(&bench, &endpoint).await.iter().all(|message| message.state == MessageState::Failed));
}

#[tokio::test]
async fn of_a_member_what_is_told_goes_out_in_order() {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    bench.endpoint("acme", &sink.url(), "member,job,aggregation,connection_status").await;
    let caller = bench.session("acme", "U-1").await.caller;
    let member = bench.mx_bank_member(&caller, "any").await.member.guid;
    bench.run_jobs().await;
    let forced = |status: ConnectionStatus| crate::members::UpdateMember {
        connection_status: Some(status.name().to_owned()),
        ..crate::members::UpdateMember::default()
    };
    bench.engine.update_member(&caller, &member, forced(ConnectionStatus::Locked)).await.unwrap();
    bench.engine.update_member(&caller, &member, forced(ConnectionStatus::Connected)).await.unwrap();
    bench.engine.delete_member(&caller, &member, crate::members::DeleteMember::default()).await.unwrap();
    bench.deliver().await;
    let told: Vec<String> = sink
        .received()
        .iter()
        .map(|one| {
            let body = one.json();
            let word = |field: &str| body[field].as_str().map(str::to_owned);
            let status = body["job"]["status_name"].as_str().map(str::to_owned);
            word("type").or(status).or(word("action")).unwrap()
        })
        .collect();
    let expected =
        ["created", "AGGREGATION", "COMPLETED", "updated", "CONNECTION_STATUS", "updated", "deleted"];
    assert_eq!(told, expected);
}

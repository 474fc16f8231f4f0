use jiff::civil::date;
use riverbank_model::guid::{DeliverableGuid, NotificationGuid};
use riverbank_model::notification::{Channel, NotificationType};
use riverbank_store::webhook_messages::MessageState;
use riverbank_testkit::webhook_sink::{Received, WebhookSink};

use super::notify::Notice;
use super::*;
use crate::Caller;
use crate::deliverables::CreateDeliverableError;
use crate::testing::{Backend, Bench, nobodys, on_both_engines};

/// That an account has fallen below its mark, by a fact of this name.
fn low(fact: &str) -> Notice {
    Notice {
        notification_type: NotificationType::AccountBalanceLow,
        subject: "Checking has fallen below 100.".into(),
        entity_guid: Some("ACT-1".into()),
        deep_link_guid: Some("ACT-1".into()),
        threshold: Some(100),
        fact: Some(fact.into()),
        texts: vec![(Channel::InApp, "Checking has 12.50.".into()), (Channel::Email, "<p>12.50</p>".into())],
    }
}

async fn notify(bench: &Bench, caller: &Caller, notice: Notice) -> Option<Notification> {
    let (engine, caller) = (bench.engine.clone(), caller.clone());
    let writing = bench.engine.store().write(async move |tx| {
        let guid = engine.guid_within(&caller.user, &format!("{}/{:?}", caller.user, notice.fact), 0);
        engine.notify(tx, &caller, guid, notice).await
    });
    writing.await.unwrap()
}

async fn say(bench: &Bench, caller: &Caller, subject: &str) -> Notification {
    let request = CreateNotification { subject: subject.into(), content: "Your statement is ready.".into() };
    bench.engine.create_notification(caller, request).await.unwrap()
}

on_both_engines! {
    async fn a_fact_is_told_once(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let told = notify(bench, &caller, low("low/1")).await.unwrap();
        assert_eq!(notify(bench, &caller, low("low/1")).await, None);
        let next = notify(bench, &caller, low("low/2")).await.unwrap();
        let other = bench.session("acme", "v").await.caller;
        assert!(notify(bench, &other, low("low/1")).await.is_some(), "another user is told for itself");
        assert_eq!(bench.engine.list_notifications(&caller, None, None).await.unwrap(), [next, told.clone()]);
        assert_eq!((told.threshold, told.entity_guid.as_deref()), (Some(100), Some("ACT-1")));
        let made = bench.engine.list_deliverables(&caller, &told.guid).await.unwrap().unwrap();
        let states: Vec<_> = made.iter().map(|one| (one.channel, one.state, one.delivered_at)).collect();
        assert_eq!(states, [
            (Channel::Email, MessageState::Ready, None),
            (Channel::InApp, MessageState::Delivered, Some(bench.engine.now())),
        ]);
        assert_eq!(made[1].delivered_on, Some(date(2026, 1, 15)));
    }

    async fn what_a_partner_says_is_pushed_and_a_channel_has_one_text(bench: &Bench) {
        let (caller, engine) = (bench.session("acme", "u").await.caller, &bench.engine);
        let said = say(bench, &caller, "Statement").await;
        assert_eq!((said.notification_type, &said.entity_guid), (NotificationType::ApiNotification, &None));
        let pushed = engine.list_deliverables(&caller, &said.guid).await.unwrap().unwrap();
        assert_eq!((pushed[0].channel, pushed[0].content.as_str()), (Channel::Push, "Your statement is ready."));
        let create = async |channel, content: &str| {
            engine.create_deliverable(&caller, &said.guid, channel, content.into()).await
        };
        assert!(matches!(create(Channel::Push, "x").await, Err(CreateDeliverableError::ChannelTaken)));
        assert!(matches!(create(Channel::Sms, "").await, Err(CreateDeliverableError::Empty)));
        let shown = create(Channel::InApp, "It is ready.").await.unwrap();
        assert_eq!(engine.read_deliverable(&caller, &said.guid, &shown.guid).await.unwrap(), Some(shown.clone()));
        let another = say(bench, &caller, "Statement").await;
        assert_eq!(engine.read_deliverable(&caller, &another.guid, &shown.guid).await.unwrap(), None);
        for (subject, content) in [("", "x"), ("x", "")] {
            let empty = CreateNotification { subject: subject.into(), content: content.into() };
            assert!(matches!(
                engine.create_notification(&caller, empty).await,
                Err(CreateNotificationError::Empty(_))
            ));
        }
    }

    async fn nobody_else_sees_or_adds_to_what_a_user_is_told(bench: &Bench) {
        let (caller, engine) = (bench.session("acme", "u").await.caller, &bench.engine);
        let said = say(bench, &caller, "Statement").await;
        let pushed = engine.list_deliverables(&caller, &said.guid).await.unwrap().unwrap().remove(0);
        let stranger = bench.session("acme", "v").await.caller;
        assert_eq!(engine.list_notifications(&stranger, None, None).await.unwrap(), []);
        assert_eq!(engine.read_notification(&stranger, &said.guid).await.unwrap(), None);
        assert_eq!(engine.list_deliverables(&stranger, &said.guid).await.unwrap(), None);
        assert_eq!(engine.read_deliverable(&stranger, &said.guid, &pushed.guid).await.unwrap(), None);
        assert!(matches!(
            engine.create_deliverable(&stranger, &said.guid, Channel::InApp, "x".into()).await,
            Err(CreateDeliverableError::NoSuchNotification)
        ));
        let nothing = (nobodys::<NotificationGuid>(), nobodys::<DeliverableGuid>());
        assert_eq!(engine.read_deliverable(&caller, &nothing.0, &nothing.1).await.unwrap(), None);
    }

    async fn the_list_goes_from_120_days_ago_to_5_days_ahead(bench: &Bench) {
        let (caller, engine) = (bench.session("acme", "u").await.caller, &bench.engine);
        let listed = async |from, to| {
            let found = engine.list_notifications(&caller, from, to).await.unwrap();
            found.into_iter().map(|one| one.subject).collect::<Vec<_>>()
        };
        for (day, subject) in [("2026-01-01", "old"), ("2026-01-02", "first"), ("2026-05-07", "last"), ("2026-05-08", "new")] {
            bench.set_time(format!("{day}T12:00:00Z").parse().unwrap());
            say(bench, &caller, subject).await;
        }
        bench.set_time("2026-05-02T12:00:00Z".parse().unwrap());
        assert_eq!(listed(None, None).await, ["last", "first"]);
        assert_eq!(listed(Some(date(2026, 1, 1)), Some(date(2026, 1, 1))).await, ["old"]);
        assert_eq!(listed(Some(date(2026, 5, 8)), None).await, [""; 0], "ends before it begins");
        assert_eq!(listed(None, Some(date(9999, 12, 31))).await, ["new", "last", "first"]);
    }

    async fn days_are_those_of_where_the_user_is(bench: &Bench) {
        let (caller, engine) = (bench.session("acme", "u").await.caller, &bench.engine);
        bench.clients().set_time_zone_of_user(&caller.user, Some("Pacific/Kiritimati")).await.unwrap();
        let said = say(bench, &caller, "Statement").await;
        assert_eq!(said.created_on, date(2026, 1, 16), "14 hours ahead of noon");
        let shown = engine.create_deliverable(&caller, &said.guid, Channel::InApp, "x".into()).await.unwrap();
        assert_eq!(shown.delivered_on, Some(date(2026, 1, 16)));
    }

    async fn what_was_told_400_days_ago_goes(bench: &Bench) {
        let (caller, engine) = (bench.session("acme", "u").await.caller, &bench.engine);
        let said = say(bench, &caller, "Statement").await;
        bench.advance(400 * 86_400 - 1);
        let read = async || engine.read_notification(&caller, &said.guid).await.unwrap();
        engine.sweep().await.unwrap();
        assert!(read().await.is_some());
        bench.advance(3_600);
        engine.sweep().await.unwrap();
        assert_eq!(read().await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_equal_deliverables_one_is_made() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let caller = bench.session("acme", "u").await.caller;
        let said = say(&bench, &caller, "Statement").await;
        let all =
            (0..20).map(|_| bench.engine.create_deliverable(&caller, &said.guid, Channel::Sms, "x".into()));
        let made = futures_util::future::join_all(all).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        let refused = |made: &Result<_, _>| matches!(made, Err(CreateDeliverableError::ChannelTaken));
        assert_eq!(made.iter().filter(|made| refused(made)).count(), 19);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_users_are_notified_of_is_told_with_its_channels() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let sink = WebhookSink::start().await.unwrap();
        bench.endpoint("acme", &sink.url(), "notification").await;
        let caller = bench.session("acme", "u").await.caller;
        say(&bench, &caller, "Statement").await;
        notify(&bench, &caller, low("low/1")).await.unwrap();
        notify(&bench, &caller, low("low/1")).await;
        bench.deliver().await;
        let told: Vec<_> = sink.received().iter().map(Received::json).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(
            told[0],
            serde_json::json!({
                "action": "API_NOTIFICATION", "enabled_channels": ["push"], "user_email": null, "user_mobile": null,
            })
        );
        assert_eq!(told[1]["action"], "ACCOUNT_BALANCE_LOW");
        assert_eq!(told[1]["enabled_channels"], serde_json::json!(["in_app", "email"]));
    }
}

use std::time::Duration;

use riverbank_connect::mail::MailCarrier;
use riverbank_connect::transport::{Client, Policy};
use riverbank_testkit::inward::INWARD;
use riverbank_testkit::smtp_sink::{Reception, SmtpSink, Wire};
use riverbank_testkit::webhook_sink::{Manner, WebhookSink};

use super::*;
use crate::Caller;
use crate::notifications::{CreateNotification, Notification};
use crate::testing::{Bench, deliver_to_users, on_both_engines};
use crate::users::{CreateUser, Profile};
use crate::webhooks::Signer;

const SECRET: &str = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
const PATIENCE: Duration = Duration::from_secs(20);

/// A user with an address and a number, a relay, and a gateway for text messages and pushes.
struct Post {
    engine: Engine,
    caller: Caller,
    relay: SmtpSink,
    gateway: WebhookSink,
}

impl Post {
    async fn new(bench: &Bench) -> Self {
        let partner = bench.partner("acme").await;
        let profile = Profile {
            email: Some("ada@example.com".into()),
            phone: Some("5055551234".into()),
            ..Profile::default()
        };
        let user = CreateUser { id: "u".into(), profile, ..CreateUser::default() };
        bench.engine.create_user(&partner, user).await.unwrap();
        let caller = bench.session("acme", "u").await.caller;
        let relay = SmtpSink::start(Wire::Plain).await.unwrap();
        let gateway = WebhookSink::start().await.unwrap();
        let engine = bench.carrying_node(carriers(bench, &relay, &gateway), true).await;
        Self { engine, caller, relay, gateway }
    }

    /// What is said over a channel, after it was tried as often as is due.
    async fn said(&self, channel: Channel, subject: &str, content: &str) -> Deliverable {
        let made = self.say(channel, subject, content).await;
        deliver_to_users(self.engine.clone()).await;
        self.read(&made).await
    }

    async fn say(&self, channel: Channel, subject: &str, content: &str) -> Deliverable {
        say(&self.engine, &self.caller, channel, subject, content).await
    }

    async fn read(&self, one: &Deliverable) -> Deliverable {
        read(&self.engine, &self.caller, one).await
    }
}

/// Says something over a channel; every notification is pushed as well.
async fn say(
    engine: &Engine,
    caller: &Caller,
    channel: Channel,
    subject: &str,
    content: &str,
) -> Deliverable {
    let request = CreateNotification { subject: subject.into(), content: content.into() };
    let Notification { guid, .. } = engine.create_notification(caller, request).await.unwrap();
    if channel == Channel::Push {
        return engine.list_deliverables(caller, &guid).await.unwrap().unwrap().remove(0);
    }
    engine.create_deliverable(caller, &guid, channel, content.into()).await.unwrap()
}

async fn read(engine: &Engine, caller: &Caller, one: &Deliverable) -> Deliverable {
    engine.read_deliverable(caller, &one.notification_guid, &one.guid).await.unwrap().unwrap()
}

fn carriers(bench: &Bench, relay: &SmtpSink, gateway: &WebhookSink) -> Carriers {
    let machine = bench.engine.machine();
    let address = relay.url("").parse().unwrap();
    let sender = "Riverbank <alerts@bank.example>".parse().unwrap();
    let email = MailCarrier::new(&address, sender, Arc::clone(machine), &[]).unwrap();
    let client = bench.engine.parts.webhook_client.clone();
    let url = gateway.url().parse().unwrap();
    let gateway = Gateway::new(url, &SECRET.into(), client, Arc::clone(machine)).unwrap();
    let gateway: Arc<dyn Carrier> = Arc::new(gateway);
    Carriers { email: Some(Arc::new(email)), sms: Some(Arc::clone(&gateway)), push: Some(gateway) }
}

/// Where it stands, and why it is not delivered.
fn stand(one: &Deliverable) -> (MessageState, &str) {
    (one.state, one.failure.as_deref().unwrap_or_default())
}

on_both_engines! {
    async fn a_letter_is_delivered_to_its_user_alone_whatever_its_subject_says(bench: &Bench) {
        let post = Post::new(bench).await;
        let subject = "Fee at SHOP\r\nBcc: all@example.com\r\n\r\n<script>";
        let mailed = post.said(Channel::Email, subject, "<html><p>5 &lt; 6</p></html>").await;
        assert_eq!(stand(&mailed), (MessageState::Delivered, ""));
        assert_eq!((mailed.delivered_at, mailed.attempts), (Some(bench.engine.now()), 1));
        let letters = post.relay.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, ["ada@example.com"]);
        assert_eq!(letters[0].header("Subject"), "Fee at SHOP Bcc: all@example.com <script>");
        assert_eq!(letters[0].header("Message-ID"), format!("<{}@bank.example>", mailed.guid));
        let mut headers = letters[0].headers();
        headers.sort();
        assert_eq!(headers, [
            "Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To",
        ]);
        assert!(letters[0].data.contains("\r\n5 < 6\r\n"), "{}", letters[0].data);
        assert!(letters[0].data.contains("<html><p>5 &lt; 6</p></html>"));
    }

    async fn what_a_relay_will_not_have_is_given_up_and_what_it_cannot_take_now_comes_back(bench: &Bench) {
        let post = Post::new(bench).await;
        post.relay.set(Reception::Refuses("550 5.1.1 Nobody of that name".into()));
        let refused = post.said(Channel::Email, "x", "x").await;
        assert_eq!(refused.state, MessageState::Failed);
        assert!(refused.failure.unwrap().contains("Nobody of that name"));
        post.relay.set(Reception::Refuses("451 4.3.0 Later".into()));
        let later = post.said(Channel::Email, "x", "x").await;
        assert_eq!((later.state, later.attempts, later.delivered_at), (MessageState::Ready, 1, None));
        let wait = later.due_at.duration_since(bench.engine.now()).as_secs();
        assert!((18..=24).contains(&wait), "{wait}");
        post.relay.set(Reception::Takes);
        deliver_to_users(post.engine.clone()).await;
        assert_eq!(post.relay.letters().len(), 0, "before its time");
        bench.advance(wait + 1);
        deliver_to_users(post.engine.clone()).await;
        let later = post.read(&later).await;
        assert_eq!((stand(&later), later.attempts), ((MessageState::Delivered, ""), 2));
    }

    async fn a_letter_is_tried_for_a_day(bench: &Bench) {
        let post = Post::new(bench).await;
        post.relay.set(Reception::Refuses("451 4.3.0 Later".into()));
        let made = post.said(Channel::Email, "x", "x").await;
        let mut one = made;
        while one.state == MessageState::Ready {
            bench.set_time(one.due_at);
            deliver_to_users(post.engine.clone()).await;
            one = post.read(&one).await;
        }
        assert_eq!((one.state, one.attempts), (MessageState::Failed, WEBHOOK_TRIES));
        let hours = bench.engine.now().duration_since(one.created_at).as_hours();
        assert!((20..=27).contains(&hours), "{hours}");
    }

    async fn a_letter_whose_end_nobody_heard_of_comes_again_as_the_same(bench: &Bench) {
        let post = Post::new(bench).await;
        post.relay.set(Reception::HangsUp);
        let made = post.said(Channel::Email, "x", "x").await;
        assert_eq!(made.state, MessageState::Ready);
        post.relay.set(Reception::Takes);
        bench.set_time(made.due_at);
        deliver_to_users(post.engine.clone()).await;
        let ids: Vec<_> = post.relay.letters().iter().map(|letter| letter.header("Message-ID")).collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[0], ids[1]);
    }

    async fn who_cannot_be_reached_is_told_nothing(bench: &Bench) {
        let post = Post::new(bench).await;
        let unverified = bench.carrying_node(carriers(bench, &post.relay, &post.gateway), false).await;
        let nobody = bench.carrying_node(Carriers::default(), true).await;
        let unreachable = bench.session("acme", "without").await.caller;
        for (engine, caller, channel, why) in [
            (&unverified, &post.caller, Channel::Email, "it is not verified"),
            (&unverified, &post.caller, Channel::Sms, "it is not verified"),
            (&post.engine, &unreachable, Channel::Email, "the user has no e-mail address"),
            (&post.engine, &unreachable, Channel::Sms, "the user has no telephone number"),
            (&nobody, &post.caller, Channel::Push, "nobody carries this channel"),
        ] {
            let made = say(engine, caller, channel, "x", "x").await;
            // What was pushed along with it is of no matter here.
            deliver_to_users(engine.clone()).await;
            let tried = read(engine, caller, &made).await;
            assert_eq!((stand(&tried), tried.delivered_at), ((MessageState::Failed, why), None), "{channel:?}");
        }
        assert!(post.relay.letters().is_empty());
    }

    async fn text_messages_and_pushes_are_posted_signed(bench: &Bench) {
        let post = Post::new(bench).await;
        let sent = post.said(Channel::Sms, "Fee", " Fee of \u{202e}12\r\n\u{7}").await;
        assert_eq!(stand(&sent), (MessageState::Delivered, ""));
        let received = post.gateway.received();
        // The notification was pushed as well.
        let text = received.iter().find(|one| one.json()["channel"] == "SMS").unwrap();
        assert_eq!(text.json(), serde_json::json!({
            "channel": "SMS", "content": "Fee of 12", "guid": sent.guid, "notification_guid": sent.notification_guid,
            "notification_type_name": "API_NOTIFICATION", "subject": "Fee", "to": "(505) 555-1234",
            "user_guid": post.caller.user, "user_id": "u",
        }));
        assert_eq!(text.id(), sent.guid.as_str());
        let timestamp = text.header("webhook-timestamp").parse().unwrap();
        let signature = Signer::new(&SECRET.into()).unwrap().sign(text.id(), timestamp, &text.body);
        assert_eq!(text.header("webhook-signature"), signature);
        let pushed = received.iter().find(|one| one.json()["channel"] == "PUSH").unwrap();
        assert_eq!(pushed.json()["to"], serde_json::Value::Null);
    }

    async fn a_gateway_that_is_away_is_asked_again_and_one_that_declines_is_not(bench: &Bench) {
        let post = Post::new(bench).await;
        for (manner, state, seconds) in [
            (Manner::status(500), MessageState::Ready, 18..=24),
            (Manner::status(401), MessageState::Ready, 18..=24),
            (Manner::status_with(503, "Retry-After: 3600"), MessageState::Ready, 3600..=3600),
            (Manner::status_with(503, "Retry-After: 9999999"), MessageState::Ready, 97_200..=97_200),
            (Manner::Resets, MessageState::Ready, 18..=24),
            (Manner::status(410), MessageState::Failed, 0..=0),
            (Manner::status(422), MessageState::Failed, 0..=0),
        ] {
            post.gateway.set(manner.clone());
            let tried = post.said(Channel::Push, "x", "x").await;
            let wait = tried.due_at.duration_since(bench.engine.now()).as_secs();
            assert_eq!(tried.state, state, "{manner:?}");
            assert!(seconds.contains(&wait), "{manner:?}: {wait}");
        }
    }

    async fn a_relay_that_hangs_holds_up_neither_other_channels_nor_the_schedule(bench: &Bench) {
        let post = Post::new(bench).await;
        post.relay.set(Reception::Hangs);
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let sending = tokio::spawn(Engine::run_deliverables(post.engine.clone(), stopped));
        for _ in 0..AT_ONCE + 2 {
            post.say(Channel::Email, "x", "x").await;
        }
        assert_eq!(post.relay.wait_for(AT_ONCE, PATIENCE).await.len(), AT_ONCE);
        post.engine.sweep().await.unwrap();
        let received = post.gateway.wait_for(AT_ONCE + 2, PATIENCE).await;
        assert_eq!(received.len(), AT_ONCE + 2, "what is pushed");
        assert_eq!(post.relay.letters().len(), AT_ONCE, "no more at once");
        sending.abort();
        drop(stop);
    }

    async fn of_many_servers_one_delivers(bench: &Bench) {
        let post = Post::new(bench).await;
        let other = bench.carrying_node(carriers(bench, &post.relay, &post.gateway), true).await;
        for _ in 0..10 {
            post.say(Channel::Email, "x", "x").await;
        }
        tokio::join!(deliver_to_users(post.engine.clone()), deliver_to_users(other));
        assert_eq!(post.relay.letters().len(), 10);
    }
}

#[tokio::test]
async fn a_gateway_that_leads_inward_is_not_posted_to() {
    let bench = Bench::on(crate::testing::Backend::Sqlite).await;
    let client =
        Client::new(Policy { total_limit: Duration::from_millis(500), ..Policy::default() }).unwrap();
    for (url, trick) in INWARD {
        let Ok(url) = url.parse() else { continue };
        let machine = Arc::clone(bench.engine.machine());
        let gateway = Gateway::new(url, &SECRET.into(), client.clone(), machine).unwrap();
        let parcel = Parcel {
            guid: &crate::testing::nobodys(),
            notification_guid: &crate::testing::nobodys(),
            notification_type: riverbank_model::notification::NotificationType::ApiNotification,
            channel: Channel::Push,
            user_guid: &crate::testing::nobodys(),
            user_id: "u",
            to: None,
            subject: "x",
            content: "x",
        };
        let why = gateway.carry(&parcel).await.unwrap_err().to_string();
        assert!(why.contains("the address is refused"), "{trick}: {why}");
    }
}

//! Notifications: what a user is told, and what of it goes out over which channel.

use std::collections::BTreeSet;
use std::time::Duration;

use riverbank_testkit::client::Caller;
use riverbank_testkit::smtp_sink::{Reception, SmtpSink, Wire};
use riverbank_testkit::webhook_sink::WebhookSink;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid};

journeys! {
    async fn a_partner_notifies_a_user_over_its_channels(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        control.post("/control/clock/set", &json!({"at": "2026-03-03T12:00:00Z"})).await;
        let user = world.user("user").await;
        assert_eq!(user.get("/notifications").await.root("notifications"), json!([]));
        let said = json!({"notification": {"subject": "Statement", "content": "Your statement is ready."}});
        let said = user.post("/notifications", &said).await.root("notification");
        assert_eq!((&said["notification_type"], &said["notification_type_name"]), (&json!(11), &json!("API_NOTIFICATION")));
        assert_eq!((&said["entity_guid"], &said["threshold"]), (&Value::Null, &Value::Null));
        assert_eq!(user.get("/notifications").await.root("notifications"), json!([said]));
        assert_eq!(user.get("/notifications?to_date=2000-01-01").await.root("notifications"), json!([]));
        assert_eq!(user.get("/notifications?from_date=soon").await.error_code(), Some(4002));
        let path = format!("/notifications/{}", guid(&said));
        assert_eq!(user.get(&path).await.root("notification"), said);

        let deliverables = format!("{path}/deliverables");
        let shown = json!({"deliverable": {"channel": 4, "content": "It is ready."}});
        let shown = user.post(&deliverables, &shown).await.root("deliverable_notification");
        assert_eq!((&shown["channel"], &shown["channel_name"]), (&json!(4), &json!("IN_APP")));
        assert_eq!((&shown["has_been_delivered"], &shown["delivered_on"]), (&json!(true), &said["created_on"]));
        let again = user.post(&deliverables, &json!({"channel": "IN_APP", "content": "x"})).await;
        assert_eq!((again.status.as_u16(), again.error_code()), (422, Some(4220)), "{again}");
        let mailed = json!({"channel": "EMAIL", "content": "<html><p>It is ready.</p></html>"});
        let mailed = user.post(&deliverables, &mailed).await.root("deliverable_notification");
        assert_eq!((&mailed["channel"], &mailed["has_been_delivered"]), (&json!(1), &json!(false)));
        assert_eq!((&mailed["delivered_at"], &mailed["delivered_on"]), (&Value::Null, &Value::Null));
        for channel in [json!(0), json!(5), json!(-1), json!(1.5), json!("FAX"), json!(true)] {
            let unknown = user.post(&deliverables, &json!({"deliverable": {"channel": channel, "content": "x"}})).await;
            assert_eq!((unknown.status.as_u16(), unknown.error_code()), (400, Some(4002)), "{channel}: {unknown}");
        }
        let nothing = user.post(&deliverables, &json!({"deliverable": {"channel": 2}})).await;
        assert_eq!(nothing.error_code(), Some(4001), "{nothing}");
        let all = user.get(&deliverables).await.root("deliverable_notifications");
        let channels: Vec<_> = all.as_array().unwrap().iter().map(|one| one["channel_name"].as_str().unwrap()).collect();
        assert_eq!(channels, ["EMAIL", "PUSH", "IN_APP"]);
        let one = format!("{deliverables}/{}", guid(&shown));
        assert_eq!(user.get(&one).await.root("deliverable_notification"), shown);
        assert_eq!(user.get(&format!("{deliverables}/DNF-1")).await.error_code(), Some(4041));
        assert_eq!(user.get("/notifications/NTF-1/deliverables").await.error_code(), Some(4041));
        assert_eq!(user.post("/notifications", &json!({"notification": {"subject": "x"}})).await.error_code(), Some(4001));
        assert_eq!(user.post("/notifications", &json!({"subject": "", "content": "x"})).await.error_code(), Some(4002));
    }

    async fn what_a_user_spends_alerts_it_by_its_own_marks(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        control.post("/control/clock/set", &json!({"at": "2026-03-03T12:00:00Z"})).await;
        let user = world.user("user").await;
        let account = json!({"account": {"name": "Purse", "account_type": 1, "balance": 1000}});
        let account = user.post("/accounts", &account).await.root("account");
        let path = format!("/accounts/{}/transactions", guid(&account));
        let categories = user.get("/categories").await.root("categories");
        let clothing = categories.as_array().unwrap().iter().find(|one| one["name"] == "Clothing").unwrap();
        let spend = async |amount: i64| {
            let coat = json!({"transaction": {
                "amount": amount, "date": "2026-03-03", "description": "<b>Coat</b>", "transaction_type": 2,
                "category_guid": clothing["guid"],
            }});
            user.post(&path, &coat).await.root("transaction")
        };
        let coat = spend(150).await;
        spend(60).await;
        world.advance(60).await;
        let told = user.get("/notifications").await.root("notifications");
        assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
        let told = &told[0];
        assert_eq!(told["notification_type_name"], "TRANSACTION_EXPENSE_LARGE");
        assert_eq!(told["subject"], "You spent $150.00 at <b>Coat</b> on March 3.");
        assert_eq!((&told["deep_link_guid"], &told["entity_guid"], &told["threshold"]), (&coat["guid"], &account["guid"], &json!(100)));
        let owner = user.get("/user").await.root("user");
        let set = ["user", "alerts", guid(&owner), "--set", "TRANSACTION_EXPENSE_LARGE", "--threshold", "50", "--channels", "EMAIL"];
        let printed = world.server.run(&set).expect("settings");
        assert!(printed.contains("TRANSACTION_EXPENSE_LARGE         50  EMAIL"), "{printed}");
        spend(40).await;
        world.advance(60).await;
        let told = user.get("/notifications").await.root("notifications");
        assert_eq!(told[0]["subject"], "You spent $60.00 at <b>Coat</b> on March 3.");
        let made = user.get(&format!("/notifications/{}/deliverables", guid(&told[0]))).await;
        let made = made.root("deliverable_notifications");
        assert_eq!(made[0]["channel_name"], "EMAIL");
        assert!(made[0]["content"].as_str().unwrap().contains("at &lt;b&gt;Coat&lt;/b&gt; on"), "{made}");
    }
}

const SECRET: &str = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
/// How long a journey waits for what has nothing to wait for.
const PATIENCE: Duration = Duration::from_mins(1);
const GLANCE: Duration = Duration::from_millis(20);

/// A deliverable, once it is delivered.
async fn delivered(user: &Caller, path: &str) -> Value {
    for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
        let read = user.get(path).await.root("deliverable_notification");
        if read["has_been_delivered"] == true {
            return read;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("not delivered: {}", user.get(path).await);
}

async fn what_is_said_goes_out_by_mail_text_message_and_push(backend: Backend) {
    let relay = SmtpSink::start(Wire::Plain).await.expect("a relay");
    let gateway = WebhookSink::start().await.expect("a gateway");
    let settings = [
        ("RIVERBANK_SMTP_URL", relay.url("")),
        ("RIVERBANK_MAIL_FROM", "Alerts <alerts@bank.example>".to_owned()),
        ("RIVERBANK_MESSAGE_GATEWAY_URL", gateway.url()),
        ("RIVERBANK_MESSAGE_GATEWAY_SECRET", SECRET.to_owned()),
        ("RIVERBANK_CONTACTS_ARE_VERIFIED", "true".to_owned()),
    ];
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let world = World::with(backend, &settings).await;
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await;
    control.post("/control/clock/set", &json!({"at": "2026-03-03T12:00:00Z"})).await;
    let body = json!({"user": {"id": "ada", "email": "ada@example.com", "phone": "5055551234"}});
    world.acme.mdx().post("/mdx/acme/users", &body).await.root("user");
    let user = world.acme.session("ada").await;
    assert_eq!(user.get("/user").await.root("user")["email_is_verified"], true);

    relay.set(Reception::Refuses("451 4.3.0 Later".into()));
    let said = json!({"notification": {"subject": "Your statement", "content": "It is ready."}});
    let said = user.post("/notifications", &said).await.root("notification");
    let deliverables = format!("/notifications/{}/deliverables", guid(&said));
    let mut paths = Vec::new();
    for (channel, content) in [("EMAIL", "<html><p>It is ready.</p></html>"), ("SMS", "It is ready.")] {
        let made = json!({"deliverable": {"channel": channel, "content": content}});
        let made = user.post(&deliverables, &made).await.root("deliverable_notification");
        paths.push(format!("{deliverables}/{}", guid(&made)));
    }
    delivered(&user, &paths[1]).await;
    let posts = gateway.wait_for(2, PATIENCE).await;
    let channels: BTreeSet<String> =
        posts.iter().map(|post| post.json()["channel"].as_str().expect("a channel").to_owned()).collect();
    assert_eq!(channels, BTreeSet::from(["PUSH".to_owned(), "SMS".to_owned()]));
    assert!(relay.letters().is_empty(), "it came too early");
    relay.set(Reception::Takes);
    world.advance(30).await;
    let mailed = delivered(&user, &paths[0]).await;
    assert_eq!(mailed["delivered_on"], said["created_on"]);
    let letters = relay.letters();
    assert_eq!((letters.len(), letters[0].to.as_slice()), (1, ["ada@example.com".to_owned()].as_slice()));
    assert_eq!(letters[0].header("Subject"), "Your statement");
    assert!(letters[0].data.contains("<html><p>It is ready.</p></html>"));
}

#[tokio::test]
async fn what_is_said_goes_out_on_sqlite() {
    what_is_said_goes_out_by_mail_text_message_and_push(Backend::Sqlite).await;
}

#[tokio::test]
async fn what_is_said_goes_out_on_postgres() {
    what_is_said_goes_out_by_mail_text_message_and_push(Backend::Postgres).await;
}

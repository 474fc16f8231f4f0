//! What a test author does: the clock, members, banks, faults, and webhooks as they are received.

use serde_json::{Value, json};

use super::Story;
use crate::journeys::world::{connect, guid, test_bank};

/// What is told of all but transactions, of which there are many.
const EVENTS: [&str; 7] =
    ["user", "member", "account", "category", "job", "aggregation", "connection_status"];

/// A bank with a purchase that is pending on the first day and posted on the next.
const CORNER_BANK: &str = r#"
[[institution]]
code = "corner_bank"
name = "Corner Bank"
is_test = true
connector = "script"

[[institution.credential]]
field_name = "LOGIN"
label = "Username"
type = "LOGIN"

[[institution.script.login]]

[institution.script.data]
household = []

[[institution.script.data.account]]
id = "everyday"
facts = { account_type = "CHECKING", name = "Everyday", balance = 250.00, currency_code = "USD" }

[[institution.script.data.change]]
day = 0
account = "everyday"
add = [{ id = "c1", days_ago = 0, amount = 4.80, type = "DEBIT", status = "PENDING", description = "BAKERY" }]

[[institution.script.data.change]]
day = 1
account = "everyday"
facts = { balance = 244.90 }
alter = [{ id = "c1", new_id = "p1", status = "POSTED", amount = 5.10 }]
"#;

/// An endpoint of the partner's that is told of everything which follows.
pub(super) async fn endpoints(story: &Story<'_>) {
    listens(story, "all", &EVENTS).await;
    story.control.get("/control/webhooks").await;
}

async fn listens(story: &Story<'_>, sink: &str, events: &[&str]) -> Value {
    let url = format!("{}/control/sink/{sink}", story.world.server.base_url());
    let webhook = json!({"client_id": "acme", "url": url, "events": events});
    story.control.post("/control/webhooks", &webhook).await.root("webhook")
}

/// Writes down what a sink was sent, once nothing is on its way.
async fn received(story: &Story<'_>, sink: &str) {
    story.pass(0).await;
    let sink = story.world.control().get(&format!("/control/sinks/{sink}")).await.root("sink");
    story.transcript.received(&sink);
}

pub(super) async fn clock(story: &Story<'_>) {
    story.control.get("/control/clock").await;
    story.control.post("/control/clock/freeze", &json!({})).await;
    story.control.post("/control/clock/set", &json!({"at": "2026-03-03T09:00:00Z"})).await;
    story.control.post("/control/clock/set", &json!({"at": "2026-03-03T08:00:00Z"})).await;
}

pub(super) async fn members(story: &Story<'_>) {
    let june = story.session("june", true).await;
    let member = connect(&june, "challenge").await;
    story.pass(0).await;
    let path = format!("/control/members/{}", guid(&member));
    story.control.get(&path).await;
    story.control.post(&format!("{path}/expire_challenge"), &json!({})).await;
    story.control.post(&format!("{path}/expire_challenge"), &json!({})).await;
    for status in ["CHALLENGED", "RECONNECTED", "CONNECTED"] {
        story.control.put(&format!("{path}/connection_status"), &json!({"connection_status": status})).await;
        june.get(&format!("/members/{}", guid(&member))).await;
    }
}

pub(super) async fn institutions(story: &Story<'_>) {
    let toml = "application/toml";
    let flawed = CORNER_BANK.replace("name", "nam");
    story.control.post_text("/control/institutions/check", toml, &flawed).await;
    story.control.post_text("/control/institutions/check", toml, CORNER_BANK).await;
    let loaded = story.control.post_text("/control/institutions", toml, CORNER_BANK).await;
    let institution = loaded.root("institutions")[0]["guid"].clone();
    story.control.get("/control/institutions?records_per_page=100").await;
    story.control.get("/control/institutions/corner_bank").await;
    let other = CORNER_BANK.replace("corner_bank", "other_bank");
    story.control.post_text("/control/institutions", toml, &other).await;
    story.control.delete("/control/institutions/other_bank").await;

    listens(story, "transactions", &["transaction"]).await;
    let june = story.session("june", true).await;
    let fields =
        june.get(&format!("/institutions/{}/credentials", institution.as_str().expect("a guid"))).await;
    let field = fields.root("credentials")[0]["guid"].clone();
    let credentials = json!([{"credential_guid": field, "value": "ada"}]);
    let member = json!({"member": {"institution_guid": institution, "credentials": credentials}});
    let member = june.post("/members", &member).await.root("member");
    story.pass(24 * 60 * 60).await;
    let june = story.session("june", true).await;
    june.get(&format!("/members/{}/aggregate", guid(&member))).await;
    story.pass(0).await;
    june.get("/transactions").await;
    received(story, "transactions").await;
    story.control.delete("/control/institutions/corner_bank").await;
}

pub(super) async fn faults(story: &Story<'_>) {
    let june = story.session("june", true).await;
    let member = june.post("/members", &test_bank("password")).await.root("member");
    story.pass(0).await;
    let path = format!("/members/{}", guid(&member));
    for fault in [
        json!({"member_guid": member["guid"], "kind": "STATUS", "status": 503, "count": 1}),
        json!({"member_guid": member["guid"], "kind": "TIMEOUT", "probability": 0.5}),
        json!({"institution": "nobody", "kind": "TIMEOUT"}),
    ] {
        story.control.post("/control/faults", &json!({"fault": fault})).await;
    }
    for _ in 0..6 {
        june.get(&format!("{path}/aggregate")).await;
        story.pass(4 * 60).await;
        june.get(&path).await;
    }
    story.control.get("/control/faults").await;
    story.control.delete("/control/faults/1").await;
    story.control.delete("/control/faults").await;
}

/// What was received over the weeks, and then once more.
pub(super) async fn messages(story: &Story<'_>) {
    received(story, "all").await;
    story.control.delete("/control/sinks/all").await;
    let webhooks = story.control.get("/control/webhooks").await.root("webhooks");
    let path = format!("/control/webhooks/{}", guid(&webhooks[0]));
    story.control.put("/control/sinks/all", &json!({"status": 503, "times": 2})).await;
    story.mdx.post("/mdx/acme/users", &json!({"user": {"id": "jill"}})).await;
    story.pass(24 * 60 * 60).await;
    let newest = story.control.get(&format!("{path}/messages?limit=3")).await.root("messages");
    let message = format!("/control/webhook_messages/{}", guid(&newest[0]));
    story.control.get(&message).await;
    story.control.post(&format!("{message}/replay"), &json!({})).await;
    story.pass(0).await;
    story.control.post(&format!("{path}/replay"), &json!({"since": "2026-03-10T00:00:00Z"})).await;
    received(story, "all").await;
    story.control.delete("/control/sinks/all").await;
    story.control.get("/control/sinks/all").await;
    story.control.post(&format!("{path}/test"), &json!({"event": "job"})).await;
    story.control.post(&format!("{path}/rotate_secret"), &json!({})).await;
    for what in ["disable", "enable"] {
        story.control.post(&format!("{path}/{what}"), &json!({})).await;
    }
    story.control.delete(&path).await;
    story.control.get("/control/webhooks").await;
}

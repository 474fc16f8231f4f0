//! A member is made, aggregated, asked, changed, deleted and made again.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::Story;
use crate::journeys::world::{MX_BANK, PASSWORD, challenges, connect, credentials, guid, mx_bank, test_bank};

/// Passwords of the test bank that ask, and what is answered.
const ANSWERS: [(&str, &str); 6] = [
    ("text", "correct"),
    ("token", "wrong"),
    ("options", "correct"),
    ("image_data", "correct"),
    ("image_options", "correct"),
    ("together", "correct"),
];

pub(super) async fn connection(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    let first = connect(&jane.clone().header("x-callback-payload", "aGVsbG8="), "password").await;
    story.pass(0).await;
    jane.get("/members").await;
    jane.post("/members", &mx_bank("mxuser", "again")).await;
    let path = format!("/members/{}", guid(&first));
    jane.get(&path).await;
    jane.put(&path, &json!({"member": {"name": "Mine", "external_guid": "E-1", "metadata": "note"}})).await;
    jane.put(&path, &json!({"member": {}})).await;
    jane.get(&format!("{path}/credentials")).await;
    jane.get(&format!("/member/{}/credentials", guid(&first))).await;
    for word in ["aggregate", "refresh"] {
        jane.get(&format!("{path}/{word}")).await;
        story.pass(0).await;
        jane.get(&format!("/members/{word}")).await;
        story.pass(0).await;
    }
    jane.put(&path, &json!({"member": {"credentials": credentials("mxuser", "INVALID")}})).await;
    story.pass(0).await;
    jane.get(&path).await;
    jane.post(&format!("{path}/credentials"), &json!({"credential_guid": PASSWORD, "value": "right"})).await;
    jane.get(&format!("{path}/aggregate")).await;
    story.pass(3600).await;
    let jane = story.session("jane", true).await;
    jane.delete(&path).await;
    jane.get(&path).await;
    let again = connect(&jane, "password").await;
    story.pass(0).await;
    jane.get(&format!("/members/{}", guid(&again))).await;
    let forced = json!({"member": {"institution_guid": MX_BANK, "connection_status": "IMPEDED"}});
    let forced = jane.post("/members", &forced).await.root("member");
    jane.put(&format!("/members/{}", guid(&forced)), &json!({"connection_status": "CHALLENGED"})).await;
    jane.get(&format!("/members/{}/challenges", guid(&forced))).await;
    story.pass(3600).await;
}

/// Owners, numbers, a long history and balances of a member, and who may not have them.
pub(super) async fn gathering(story: &Story<'_>) {
    let jules = story.session("jules", true).await;
    let member = jules.post("/members", &test_bank("password")).await.root("member");
    story.pass(0).await;
    let path = format!("/members/{}", guid(&member));
    for kind in ["identify", "verify", "extend_history", "check_balance"] {
        jules.post(&format!("{path}/{kind}"), &json!({})).await;
        story.pass(60).await;
        jules.get(&path).await;
    }
    jules.get(&format!("{path}/account_owners")).await;
    let numbers = jules.get(&format!("{path}/account_numbers")).await.root("account_numbers");
    let account = numbers[0]["account_guid"].as_str().expect("an account");
    for word in ["account_number", "account_numbers"] {
        jules.get(&format!("/accounts/{account}/{word}")).await;
    }
    let other = connect(&jules, "password").await;
    story.pass(0).await;
    jules.post(&format!("/members/{}/extend_history", guid(&other)), &json!({})).await;
}

/// Each kind of question, answered right, wrong, by the older way, and not at all.
pub(super) async fn questions(story: &Story<'_>) {
    let joan = story.session("joan", true).await;
    let member = joan.post("/members", &test_bank("text")).await.root("member");
    story.pass(0).await;
    let path = format!("/members/{}", guid(&member));
    for (password, value) in ANSWERS {
        let asked = asked(story, &joan, &member, password).await;
        let open = challenges(&joan, &asked).await;
        let answers: Vec<_> = open.iter().map(|one| json!({"guid": one["guid"], "value": value})).collect();
        joan.put(&format!("{path}/resume"), &json!({"challenges": answers})).await;
        story.pass(0).await;
        joan.get(&path).await;
        joan.put(&format!("{path}/resume"), &json!({"challenges": answers})).await;
    }
    for is_get in [true, false] {
        let asked = asked(story, &joan, &member, "token").await;
        let job = format!("/jobs/{}", asked["most_recent_job_guid"].as_str().expect("a job"));
        let fields = joan.get(&format!("{job}/mfa_credentials")).await.root("credentials");
        let answer = json!({"credential_guid": fields[0]["guid"], "value": "correct"});
        joan.post(&format!("{path}/credentials"), &answer).await;
        if is_get {
            joan.get(&format!("{job}/resume")).await;
        } else {
            joan.put(&format!("{job}/resume"), &json!({})).await;
        }
        story.pass(0).await;
        joan.get(&job).await;
    }
    asked(story, &joan, &member, "chain").await;
    story.pass(600).await;
    joan.get(&path).await;
}

/// A member of the test bank with a new password, when its job has come to its stop.
async fn asked(story: &Story<'_>, user: &Caller, member: &Value, password: &str) -> Value {
    let path = format!("/members/{}", guid(member));
    let change = test_bank(password)["member"]["credentials"].take();
    user.put(&path, &json!({"member": {"credentials": change}})).await;
    story.pass(0).await;
    user.get(&path).await.root("member")
}

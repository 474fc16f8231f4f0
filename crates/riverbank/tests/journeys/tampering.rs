//! Sealed values that were changed in the database, or put into another row: they do not open, and the end user is
//! asked anew.

use serde_json::{Value, json};

use super::journeys;
use super::raw::{bytes, flip, write};
use super::world::{
    Backend, LOGIN, MX_BANK_OAUTH, PASSWORD, World, answer, challenges, connected, credentials, guid, read,
    settled,
};

/// The row of a member's value.
fn value_of(member: &Value, credential: &str) -> String {
    format!("member_guid = '{}' and credential_guid = '{credential}'", guid(member))
}

async fn aggregated(user: &riverbank_testkit::client::Caller, member: &Value) -> Value {
    let started = user.get(&format!("/members/{}/aggregate", guid(member))).await;
    assert_eq!(started.status.as_u16(), 200, "{started}");
    settled(user, member).await
}

journeys! {
    async fn a_flipped_bit_of_a_credential_impairs_the_member_until_it_is_given_anew(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        flip(&world.server, "member_credentials", "value", &value_of(&member, PASSWORD)).await;
        assert_eq!(aggregated(&user, &member).await["connection_status"], "IMPAIRED");
        world.server.logged("a sealed value is lost").await;

        let path = format!("/members/{}", guid(&member));
        let login_only = json!({"member": {"credentials": [{"credential_guid": LOGIN, "value": "mxuser"}]}});
        let refused = user.put(&path, &login_only).await;
        assert_eq!(refused.status.as_u16(), 400, "{refused}");
        assert!(refused.to_string().contains(PASSWORD), "{refused}");

        let whole = json!({"member": {"credentials": credentials("mxuser", "password")}});
        user.put(&path, &whole).await.root("member");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn a_credential_from_another_row_does_not_sign_in(world: &World) {
        let (one, other) = (world.user("one").await, world.user("other").await);
        let (victim, thief) = (connected(&one, "password").await, connected(&other, "correct").await);
        let stolen = format!("select value from member_credentials where {}", value_of(&victim, PASSWORD));
        let stolen = bytes(&world.server, &stolen).await;
        let update = format!("update member_credentials set value = $1 where {}", value_of(&thief, PASSWORD));
        write(&world.server, &update, &stolen).await;
        assert_eq!(aggregated(&other, &thief).await["connection_status"], "IMPAIRED");
        // Not from a row of the same member either.
        let update = format!("update member_credentials set value = $1 where {}", value_of(&victim, LOGIN));
        write(&world.server, &update, &stolen).await;
        assert_eq!(aggregated(&one, &victim).await["connection_status"], "IMPAIRED");
    }

    async fn a_job_that_lost_its_memory_fails_and_another_goes_through(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        let job = member["most_recent_job_guid"].as_str().unwrap();
        flip(&world.server, "jobs", "progress", &format!("guid = '{job}'")).await;
        assert_eq!(answer(&user, &member, "correct").await["connection_status"], "FAILED");
        assert_eq!(aggregated(&user, &member).await["connection_status"], "CHALLENGED");
        assert_eq!(answer(&user, &member, "correct").await["connection_status"], "CONNECTED");
    }

    async fn an_answer_that_does_not_open_is_asked_for_again(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        let question = challenges(&user, &member).await[0]["guid"].as_str().unwrap().to_owned();
        let stored = json!({"credential_guid": question, "value": "correct"});
        let stored = user.post(&format!("/members/{}/credentials", guid(&member)), &stored).await;
        assert!(stored.status.is_success(), "{stored}");
        flip(&world.server, "challenges", "answer", &format!("guid = '{question}'")).await;
        let job = member["most_recent_job_guid"].as_str().unwrap();
        let refused = user.get(&format!("/jobs/{job}/resume")).await;
        assert_eq!(refused.error_code(), Some(4001), "{refused}");
        assert_eq!(answer(&user, &member, "correct").await["connection_status"], "CONNECTED");
    }

    async fn a_one_time_token_that_does_not_open_is_shown_as_none(world: &World) {
        let user = world.user("user").await;
        let member = json!({"member": {"institution_guid": MX_BANK_OAUTH, "is_oauth": true}});
        let member = user.post("/members", &member).await.root("member");
        flip(&world.server, "members", "oauth_token", &format!("guid = '{}'", guid(&member))).await;
        assert_eq!(read(&user, &member).await["oauth_window_uri"], Value::Null);
        let window = user.get(&format!("/members/{}/oauth_window_uri", guid(&member))).await.root("member");
        assert_eq!(read(&user, &member).await["oauth_window_uri"], window["oauth_window_uri"]);
    }
}

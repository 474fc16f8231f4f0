//! Denials, and the credentials that mend them.

use serde_json::json;

use super::journeys;
use super::world::{Backend, LOGIN, PASSWORD, World, connected, credentials, guid, settled};

journeys! {
    async fn three_denials_in_a_row_prevent(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "INVALID").await;
        assert_eq!(member["connection_status"], "DENIED");
        assert_eq!(member["needs_updated_credentials"], true);
        let aggregate = format!("/members/{}/aggregate", guid(&member));
        assert_eq!(user.get(&aggregate).await.status.as_u16(), 200);
        assert_eq!(settled(&user, &member).await["connection_status"], "DENIED");
        assert_eq!(user.get(&aggregate).await.status.as_u16(), 200);
        let prevented = settled(&user, &member).await;
        assert_eq!(prevented["connection_status"], "PREVENTED");
        let job = prevented["most_recent_job_guid"].clone();
        let read = user.get(&format!("/jobs/{}", job.as_str().unwrap())).await.root("job");
        assert_eq!(read["status_name"], "PREVENTED");
        // The stored password is never sent again.
        let refused = user.get(&aggregate).await;
        assert_eq!(refused.status.as_u16(), 202);
        assert_eq!(refused.root("member")["most_recent_job_guid"], job);
    }

    async fn new_credentials_mend_a_denied_member(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "INVALID").await;
        let path = format!("/members/{}", guid(&member));
        let asked = user.get(&format!("/member/{}/credentials", guid(&member))).await.root("credentials");
        assert_eq!(asked[0]["guid"], LOGIN);
        assert_eq!(asked[1]["guid"], PASSWORD);
        let updated = user.put(&path, &json!({"member": {"credentials": credentials("mxuser", "password")}})).await.root("member");
        assert_eq!(updated["connection_status"], "UPDATED");
        assert_eq!(updated["is_being_aggregated"], true);
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn new_credentials_start_the_count_of_denials_anew(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "INVALID").await;
        let path = format!("/members/{}", guid(&member));
        user.get(&format!("{path}/aggregate")).await;
        settled(&user, &member).await;
        user.put(&path, &json!({"member": {"credentials": credentials("mxuser", "UNAUTHORIZED")}})).await.root("member");
        assert_eq!(settled(&user, &member).await["connection_status"], "DENIED");
    }

    async fn one_new_value_is_taken_over_the_stored_ones(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "INVALID").await;
        let path = format!("/members/{}", guid(&member));
        // Un-rooted, as old clients send it.
        let updated = user.put(&path, &json!({"credentials": [{"guid": PASSWORD, "value": "password"}]})).await.root("member");
        assert_eq!(updated["connection_status"], "UPDATED");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn skipped_credentials_wait_for_the_next_aggregation(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "INVALID").await;
        let path = format!("/members/{}", guid(&member));
        let body = json!({"member": {"credentials": credentials("mxuser", "password"), "skip_aggregation": true}});
        let updated = user.put(&path, &body).await.root("member");
        assert_eq!(updated["connection_status"], "UPDATED");
        assert_eq!(updated["is_being_aggregated"], false);
        assert_eq!(user.get(&format!("{path}/refresh?include_holdings=false")).await.status.as_u16(), 200);
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }
}

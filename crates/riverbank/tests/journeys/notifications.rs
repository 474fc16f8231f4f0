//! Notifications: what a user is told, and what of it goes out over which channel.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid};

journeys! {
    async fn a_partner_notifies_a_user_over_its_channels(world: &World) {
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
}

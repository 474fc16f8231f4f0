//! Equal requests at once: one wins, the others are told so.

use serde_json::json;

use super::journeys;
use super::world::MX_BANK;
use super::world::{Backend, World, credentials, mx_bank};

const AT_ONCE: usize = 50;

journeys! {
    async fn of_fifty_equal_creates_one_makes_a_member(world: &World) {
        let user = world.user("user").await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..AT_ONCE {
            let user = user.clone();
            tasks.spawn(async move { user.post("/members", &mx_bank("mxuser", "password")).await });
        }
        let answers = tasks.join_all().await;
        let made = answers.iter().filter(|answer| answer.status.as_u16() == 200).count();
        let refused = answers.iter().filter(|answer| answer.error_code() == Some(4220)).count();
        assert_eq!((made, refused), (1, AT_ONCE - 1));
        assert_eq!(user.get("/members").await.root("members").as_array().unwrap().len(), 1);
    }

    async fn of_fifty_creates_with_one_external_guid_one_makes_a_member(world: &World) {
        let users = [world.user("one").await, world.user("two").await];
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..AT_ONCE {
            let user = users[number % 2].clone();
            let login = format!("login-{number}");
            tasks.spawn(async move {
                let member = json!({
                    "institution_guid": MX_BANK,
                    "credentials": credentials(&login, "password"),
                    "external_guid": "the-same",
                    "skip_aggregation": true,
                });
                user.post("/members", &json!({"member": member})).await
            });
        }
        let answers = tasks.join_all().await;
        let made = answers.iter().filter(|answer| answer.status.as_u16() == 200).count();
        let refused = answers.iter().filter(|answer| answer.error_code() == Some(4220)).count();
        assert_eq!((made, refused), (1, AT_ONCE - 1));
    }
}

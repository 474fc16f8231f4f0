//! An account is verified by what was deposited into it.

use serde_json::json;

use super::Story;
use crate::journeys::world::guid;

pub(super) async fn verification(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    let deposit = json!({"micro_deposit": {
        "first_name": "Jane", "last_name": "Doe", "email": "jane@example.com", "account_number": "333312345",
        "routing_number": "091000019", "account_type": 1,
    }});
    let made = jane.post("/micro_deposits", &deposit).await.root("micro_deposit");
    jane.post("/micro_deposits", &deposit).await;
    let path = format!("/micro_deposits/{}", guid(&made));
    story.pass(120).await;
    jane.get(&path).await;
    for second in [0.1, 0.09] {
        jane.put(&path, &json!({"deposit_amount_1": 0.09, "deposit_amount_2": second})).await;
    }
    jane.get("/micro_deposits").await;
    jane.delete(&path).await;
    jane.get(&path).await;
}

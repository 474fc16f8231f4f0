//! Scheduled payments: what a user expects to pay, said by a client or predicted.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, connected, guid};

const DAY: i64 = 24 * 60 * 60;

fn bill(more: &Value) -> Value {
    let mut bill = json!({"amount": 45.63, "description": "Power bill", "occurs_on": "2021-05-30", "transaction_type": 2});
    for (name, value) in more.as_object().unwrap() {
        bill[name] = value.clone();
    }
    json!({"scheduled_payment": bill})
}

journeys! {
    async fn a_payment_is_made_changed_refused_and_deleted(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/scheduled_payments", &bill(&json!({}))).await.root("scheduled_payment");
        assert_eq!((&made["amount"], &made["occurs_on"]), (&json!(45.63), &json!("2021-05-30")));
        assert_eq!((&made["transaction_type"], &made["transaction_type_name"]), (&json!(2), &json!("DEBIT")));
        let told = ["is_completed", "is_recurring", "recurrence_day", "recurrence_type", "recurrence_type_name"];
        assert_eq!(told.map(|name| made[name].clone()), [json!(false), Value::Null, Value::Null, Value::Null, Value::Null]);
        let path = format!("/scheduled_payments/{}", guid(&made));
        assert!(guid(&made).starts_with("SCH-"));
        assert_eq!(user.get(&path).await.root("scheduled_payment"), made);

        let netflix = bill(&json!({"description": "Netflix", "is_recurring": true, "recurrence_type": 3, "recurrence_day": 31}));
        let netflix = user.post("/scheduled_payments", &netflix).await.root("scheduled_payment");
        assert_eq!((&netflix["recurrence_type_name"], &netflix["recurrence_day"]), (&json!("EVERY_MONTH"), &json!(31)));
        let merchant = format!("/merchants/{}", netflix["merchant_guid"].as_str().unwrap());
        assert_eq!(user.get(&merchant).await.root("merchant")["name"], "Netflix");
        let second = user.post("/scheduled_payments", &bill(&json!({"description": "Netflix"}))).await;
        assert_eq!((second.status.as_u16(), second.error_code()), (422, Some(4220)), "{second}");
        assert_eq!(second.json()["error"]["message"], "The merchant already has a scheduled payment.");
        let listed = user.get("/scheduled_payments?records_per_page=10&page=1").await;
        assert_eq!(listed.json()["pagination"], json!({"current_page": 1, "per_page": 10, "total_entries": 2, "total_pages": 1}));
        assert_eq!(listed.root("scheduled_payments"), json!([made, netflix]));

        for (more, code) in [
            (json!({"is_recurring": true}), 4001),
            (json!({"is_recurring": true, "recurrence_type": 3}), 4001),
            (json!({"recurrence_type": 3, "recurrence_day": 1}), 4002),
            (json!({"is_recurring": false, "recurrence_day": 1}), 4002),
            (json!({"is_recurring": true, "recurrence_type": 1, "recurrence_day": 8}), 4002),
            (json!({"is_recurring": true, "recurrence_type": 4, "recurrence_day": 1}), 4002),
            (json!({"is_recurring": true, "recurrence_type": 1, "recurrence_day": 1, "is_completed": true}), 4002),
            (json!({"amount": -1}), 4002),
            (json!({"amount": null}), 4001),
            (json!({"description": ""}), 4002),
            (json!({"occurs_on": "2021-02-29"}), 4002),
            (json!({"transaction_type": 3}), 4002),
            (json!({"merchant_guid": "MCH-1"}), 4002),
        ] {
            let refused = user.post("/scheduled_payments", &bill(&more)).await;
            assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(code)), "{more}: {refused}");
        }
        let changed = json!({"scheduled_payment": {"is_recurring": true, "recurrence_type": 1, "recurrence_day": 7, "amount": 50}});
        let changed = user.put(&path, &changed).await.root("scheduled_payment");
        assert_eq!((&changed["recurrence_type_name"], &changed["amount"]), (&json!("EVERY_WEEK"), &json!(50)));
        let once = user.put(&path, &json!({"is_recurring": false, "is_completed": true})).await.root("scheduled_payment");
        assert_eq!((&once["recurrence_type"], &once["is_completed"]), (&Value::Null, &json!(true)));
        assert_eq!(user.put(&path, &json!({"recurrence_day": 3})).await.error_code(), Some(4002));
        assert_eq!(user.delete(&path).await.status.as_u16(), 204);
        assert_eq!(user.get(&path).await.error_code(), Some(4041));
        assert_eq!(user.put(&path, &json!({"amount": 1})).await.error_code(), Some(4041));
        assert_eq!(user.delete(&path).await.error_code(), Some(4041));
    }

    async fn what_comes_again_is_predicted_and_moves_on_with_the_clock(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        control.post("/control/clock/set", &json!({"at": "2028-02-10T12:00:00Z"})).await;
        let user = world.user("user").await;
        connected(&user, "password").await;
        let predicted = user.get("/scheduled_payments").await.root("scheduled_payments");
        let netflix = |payments: &Value| {
            payments.as_array().unwrap().iter().find(|one| one["description"] == "Netflix").unwrap().clone()
        };
        let before = netflix(&predicted);
        assert_eq!((&before["amount"], &before["recurrence_type"], &before["is_recurring"]), (&json!(15.49), &json!(3), &json!(true)));
        let gone = predicted.as_array().unwrap().iter().find(|one| one["description"] != "Netflix").unwrap();
        assert_eq!(user.delete(&format!("/scheduled_payments/{}", guid(gone))).await.status.as_u16(), 204);
        world.advance(31 * DAY).await;
        let user = world.acme.session("user").await;
        let now = user.get("/scheduled_payments").await.root("scheduled_payments");
        let after = netflix(&now);
        assert_eq!(after["guid"], before["guid"]);
        let day = |payment: &Value| payment["occurs_on"].as_str().unwrap().to_owned();
        assert!(day(&after).as_str() > "2028-03-10" && day(&after) > day(&before), "{before} {after}");
        let merchants: Vec<_> = now.as_array().unwrap().iter().map(|one| &one["merchant_guid"]).collect();
        assert!(!merchants.contains(&&gone["merchant_guid"]), "deleted, and not predicted again");

        let path = format!("/scheduled_payments/{}", guid(&after));
        let kept = user.put(&path, &json!({"amount": 99})).await.root("scheduled_payment");
        world.advance(31 * DAY).await;
        let user = world.acme.session("user").await;
        let untouched = user.get(&path).await.root("scheduled_payment");
        assert_eq!(untouched, kept, "15.49 is no payment of 99");
    }
}

//! Accounts are verified by two small deposits.

use std::collections::BTreeMap;

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::webhooks::{add, body, sunk};
use super::world::{Backend, World, guid};

const DAY: i64 = 24 * 60 * 60;

/// The body that begins the verification of an account.
fn of(account_number: &str) -> Value {
    json!({"micro_deposit": {
        "first_name": "Josh", "last_name": "James", "email": "josh@example.com", "account_name": "My Test Account",
        "account_number": account_number, "routing_number": "091000019", "account_type": 1,
    }})
}

async fn begin(user: &Caller, account_number: &str) -> String {
    let made = user.post("/micro_deposits", &of(account_number)).await.root("micro_deposit");
    assert_eq!((&made["status"], &made["status_name"]), (&json!(0), &json!("INITIATED")));
    format!("/micro_deposits/{}", guid(&made))
}

async fn status(user: &Caller, path: &str) -> String {
    user.get(path).await.root("micro_deposit")["status_name"].as_str().expect("a name").to_owned()
}

/// Hands two amounts in; the status that they lead to.
async fn judged(user: &Caller, path: &str, first: f64, second: f64) -> String {
    let amounts = json!({"deposit_amount_1": first, "deposit_amount_2": second});
    let judged = user.put(path, &amounts).await.root("micro_deposit");
    judged["status_name"].as_str().expect("a name").to_owned()
}

async fn refused(user: &Caller, path: &str, amounts: Value) -> (u16, Option<i64>) {
    let answer = user.put(path, &amounts).await;
    (answer.status.as_u16(), answer.error_code())
}

journeys! {
    async fn a_partner_follows_a_verification_by_its_webhooks(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        add(&control, &format!("{}/control/sink/mine", world.server.base_url()), &["micro_deposit"]).await;
        let user = world.user("user").await;
        let path = begin(&user, "333312345").await;
        // Nobody reads meanwhile.
        world.advance(120).await;
        assert_eq!(judged(&user, &path, 0.09, 0.1).await, "DENIED");
        assert_eq!(judged(&user, &path, 0.09, 0.09).await, "VERIFIED");
        let told: Vec<Value> = sunk(&control, 5).await.iter().map(body).collect();
        let steps: Vec<_> = told.iter().map(|one| (&one["action"], &one["micro_deposit"]["status_name"])).collect();
        let expected = json!([
            ["created", "INITIATED"], ["updated", "REQUESTED"], ["updated", "DEPOSITED"], ["updated", "DENIED"],
            ["updated", "VERIFIED"],
        ]);
        assert_eq!(json!(steps), expected);
        let last = &told[4];
        assert_eq!((&last["version"], &last["micro_deposit"]["user_id"]), (&json!(1), &json!("user")));
        assert!(last["micro_deposit"]["verified_at"].is_string(), "{last}");
        assert!(!last.to_string().contains("333312345"), "the whole number of the account is told");
    }

    async fn the_third_wrong_pair_is_the_last(world: &World) {
        world.control().post("/control/clock/freeze", &json!({})).await;
        let user = world.user("user").await;
        let path = begin(&user, "333312345").await;
        let right = json!({"deposit_amount_1": 0.09, "deposit_amount_2": 0.09});
        assert_eq!(refused(&user, &path, right.clone()).await, (405, Some(4051)), "none has arrived");
        world.advance(119).await;
        assert_eq!(status(&user, &path).await, "REQUESTED");
        world.advance(1).await;
        assert_eq!(status(&user, &path).await, "DEPOSITED");
        for no_amounts in [
            json!({"deposit_amount_1": 0.09}),
            json!({"deposit_amount_1": 0.09, "deposit_amount_2": 1.0}),
            json!({"deposit_amount_1": 0.09, "deposit_amount_2": 0.001}),
            json!({"deposit_amount_1": 0.09, "deposit_amount_2": "nine"}),
        ] {
            let (status, code) = refused(&user, &path, no_amounts.clone()).await;
            assert!(status == 400 && matches!(code, Some(4001 | 4002)), "{no_amounts}: {status} {code:?}");
        }
        for expected in ["DENIED", "DENIED", "PREVENTED"] {
            assert_eq!(judged(&user, &path, 0.09, 0.1).await, expected);
        }
        assert_eq!(refused(&user, &path, right).await, (405, Some(4051)), "no try is left");
        begin(&user, "333312345").await;
    }

    async fn what_the_bank_does_not_take_says_why(world: &World) {
        world.control().post("/control/clock/freeze", &json!({})).await;
        let user = world.user("user").await;
        for (number, ends, code) in [("44441", "ERRORED", "R03"), ("55551", "REJECTED", "R04")] {
            let path = begin(&user, number).await;
            world.advance(120).await;
            let deposit = user.get(&path).await.root("micro_deposit");
            assert_eq!((&deposit["status_name"], &deposit["error_code"]), (&json!(ends), &json!(code)));
            assert!(deposit["error_message"].is_string(), "{deposit}");
        }
    }

    async fn accounts_are_counted_and_verified_once_at_a_time(world: &World) {
        let user = world.user("user").await;
        let first = begin(&user, "1").await;
        let second = user.post("/micro_deposits", &of("1")).await.root("micro_deposit");
        assert_eq!((&second["status_name"], &second["error_code"]), (&json!("CONFLICTED"), &json!("CONFLICTED")));
        begin(&user, "2").await;
        begin(&user, "3").await;
        let fourth = user.post("/micro_deposits", &of("4")).await;
        assert_eq!((fourth.status.as_u16(), fourth.error_code()), (422, Some(4220)), "{fourth}");
        assert_eq!(user.delete(&first).await.status.as_u16(), 204);
        assert_eq!(user.delete(&first).await.error_code(), Some(4041));
        begin(&user, "4").await;
        let listed = user.get("/micro_deposits").await.root("micro_deposits");
        assert_eq!(listed.as_array().expect("a list").len(), 4);
        // Another user's address is another one.
        begin(&world.user("neighbour").await, "1").await;
    }

    async fn what_does_not_have_its_form_is_refused(world: &World) {
        let user = world.user("user").await;
        let wrong = BTreeMap::from([
            ("first_name", json!("D#ve")),
            ("last_name", json!("Sm_th")),
            ("email", json!("josh")),
            ("account_name", json!("x".repeat(51))),
            ("account_number", json!("123456789012345678")),
            ("account_type", json!(3)),
            ("routing_number", json!("021000021")),
        ]);
        for (field, value) in wrong {
            let mut body = of("333312345");
            body["micro_deposit"][field] = value;
            let refused = user.post("/micro_deposits", &body).await;
            assert_eq!(refused.error_code(), Some(4002), "{field}: {refused}");
        }
        let mut checked = of("333312345");
        checked["micro_deposit"]["routing_number"] = json!("222222226");
        assert_eq!(user.post("/micro_deposits", &checked).await.error_code(), Some(4002));
        assert_eq!(user.get("/micro_deposits").await.root("micro_deposits"), json!([]));
    }

    async fn one_that_nobody_ends_goes_after_three_weeks(world: &World) {
        world.control().post("/control/clock/freeze", &json!({})).await;
        let user = world.user("user").await;
        let holder = json!({"first_name": "Josh", "last_name": "James", "email": "josh@example.com"});
        let holder = user.post("/micro_deposits", &json!({"micro_deposit": holder})).await.root("micro_deposit");
        assert_eq!(holder["status_name"], "PREINITIATED");
        let path = begin(&user, "333312345").await;
        world.advance(21 * DAY - 1).await;
        let user = world.acme.session("user").await;
        assert_eq!(status(&user, &path).await, "DEPOSITED");
        world.advance(1).await;
        assert_eq!(user.get(&path).await.error_code(), Some(4041));
        assert_eq!(status(&user, &format!("/micro_deposits/{}", guid(&holder))).await, "PREINITIATED");
    }
}

//! Banks whose data changes, and what the API makes of it from day to day.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, EDUCATION, World, guid, settled};

/// In seconds.
const DAY: i64 = 86_400;

/// A bank with one account that has a row from before, and these changes.
fn bank(changes: &str) -> String {
    format!(
        r#"
[[institution]]
code = "day_to_day"
name = "Day to Day"
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
id = "a"
facts = {{ account_type = "CHECKING", name = "Everyday", balance = 100, currency_code = "USD" }}
transaction = [
    {{ id = "old", on = "2026-02-20", amount = 40, type = "DEBIT", description = "HARBOR GROCER 17" }},
]
{changes}
"#
    )
}

/// A user connected to such a bank on 1 March 2026 at noon.
struct Days<'a> {
    world: &'a World,
    member: Value,
}

impl<'a> Days<'a> {
    async fn at(world: &'a World, changes: &str) -> Self {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await.root("clock");
        control.post("/control/clock/set", &json!({"at": "2026-03-01T12:00:00Z"})).await.root("clock");
        let loaded = control.post_text("/control/institutions", "application/toml", &bank(changes)).await;
        let institution = loaded.root("institutions")[0]["guid"].clone();
        let user = world.user("user").await;
        let path = format!("/institutions/{}/credentials", institution.as_str().unwrap());
        let fields = user.get(&path).await.root("credentials");
        let body = json!({"member": {
            "institution_guid": institution,
            "credentials": [{"credential_guid": fields[0]["guid"], "value": "ada"}],
        }});
        let member = user.post("/members", &body).await.root("member");
        let member = settled(&user, &member).await;
        assert_eq!(member["connection_status"], "CONNECTED");
        Self { world, member }
    }

    /// A session of today: none lives for a day.
    async fn user(&self) -> Caller {
        self.world.acme.session("user").await
    }

    /// The next day, aggregated.
    async fn next(&self) {
        self.world.advance(DAY).await;
        let user = self.user().await;
        user.get(&format!("/members/{}/aggregate", guid(&self.member))).await;
        assert_eq!(settled(&user, &self.member).await["connection_status"], "CONNECTED");
    }

    /// What is told of each transaction, oldest first: guid, day, status, amount and description.
    async fn rows(&self) -> Vec<(String, String)> {
        let path = "/transactions?records_per_page=100&from_date=2026-01-01&to_date=2026-12-31";
        let rows = self.user().await.get(path).await.root("transactions");
        let row = |row: &Value| {
            let text = |field: &str| row[field].as_str().unwrap().to_owned();
            let told = format!(
                "{} {} {} {}",
                text("date"),
                text("status_name"),
                row["amount"],
                text("feed_description")
            );
            (text("guid"), told)
        };
        let mut rows: Vec<_> = rows.as_array().unwrap().iter().map(row).collect();
        rows.sort_by(|one, other| one.1.cmp(&other.1));
        rows
    }

    async fn told(&self) -> Vec<String> {
        self.rows().await.into_iter().map(|(_, told)| told).collect()
    }

    async fn accounts(&self) -> Vec<Value> {
        let accounts = self.user().await.get("/accounts").await.root("accounts");
        accounts.as_array().unwrap().clone()
    }
}

const OLD: &str = "2026-02-20 POSTED 40 HARBOR GROCER 17";

journeys! {
    async fn a_pending_transaction_is_posted_under_another_id_with_a_tip_and_keeps_its_guid(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 0
account = "a"
add = [{ id = "p", days_ago = 0, amount = 20, type = "DEBIT", status = "PENDING", description = "HARBOR OYSTER BAR" }]
[[institution.script.data.change]]
day = 1
account = "a"
alter = [{ id = "p", new_id = "q", status = "POSTED", amount = 23, description = "TST* HARBOR OYSTER BAR" }]
"#).await;
        let pending = days.rows().await;
        assert_eq!(pending[1].1, "2026-03-01 PENDING 20 HARBOR OYSTER BAR");
        days.next().await;
        let posted = days.rows().await;
        assert_eq!(posted[1].1, "2026-03-01 POSTED 23 TST* HARBOR OYSTER BAR");
        assert_eq!((posted.len(), &posted[1].0), (2, &pending[1].0));
        days.next().await;
        assert_eq!(days.rows().await, posted);
    }

    async fn a_pending_transaction_that_is_no_longer_told_is_gone_and_a_posted_one_stays(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 0
account = "a"
add = [{ id = "p", days_ago = 0, amount = 60, type = "DEBIT", status = "PENDING", description = "FUEL HOLD" }]
[[institution.script.data.change]]
day = 2
account = "a"
remove = ["p", "old"]
"#).await;
        days.next().await;
        assert_eq!(days.told().await, [OLD, "2026-03-01 PENDING 60 FUEL HOLD"]);
        days.next().await;
        assert_eq!(days.told().await, [OLD]);
    }

    async fn a_rewritten_payee_and_ids_issued_anew_change_transactions_and_make_none(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 1
account = "a"
alter = [{ id = "old", description = "HARBOR GROCER PORTLAND" }]
[[institution.script.data.change]]
day = 2
account = "a"
reissue = true
[[institution.script.data.change]]
day = 3
account = "a"
alter = [{ id = "old-2", new_id = "z" }]
"#).await;
        let first = days.rows().await;
        days.next().await;
        let rewritten = days.rows().await;
        assert_eq!(rewritten[0].1, "2026-02-20 POSTED 40 HARBOR GROCER PORTLAND");
        assert_eq!((rewritten.len(), &rewritten[0].0), (1, &first[0].0));
        for _ in 0..3 {
            days.next().await;
            assert_eq!(days.rows().await, rewritten);
        }
    }

    async fn equal_amounts_on_one_day_stay_two_and_a_back_dated_row_moves_no_other(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 1
account = "a"
add = [{ id = "n", days_ago = 0, amount = 3, type = "DEBIT", description = "CITY PARKING" }]
[[institution.script.data.change]]
day = 2
account = "a"
add = [
    { id = "m", days_ago = 1, amount = 3, type = "DEBIT", description = "CITY PARKING" },
    { id = "b", days_ago = 20, amount = 9, type = "DEBIT", description = "LATE TOLL" },
]
"#).await;
        days.next().await;
        let before = days.rows().await;
        days.next().await;
        let after = days.rows().await;
        let parking = "2026-03-02 POSTED 3 CITY PARKING";
        assert_eq!(days.told().await, ["2026-02-11 POSTED 9 LATE TOLL", OLD, parking, parking]);
        assert!(before.iter().all(|row| after.contains(row)));
        days.next().await;
        assert_eq!(days.rows().await, after);
    }

    async fn accounts_open_close_and_change_their_balances(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 1
account = "a"
facts = { balance = 88.5, is_closed = true }
[[institution.script.data.change]]
on = "2026-03-03"
account = "b"
facts = { account_type = "SAVINGS", name = "Saved", balance = 5, currency_code = "USD" }
add = [{ id = "s", days_ago = 0, amount = 5, type = "CREDIT", description = "FIRST DEPOSIT" }]
[[institution.script.data.change]]
day = 3
account = "a"
gone = true
"#).await;
        let first = days.accounts().await;
        assert_eq!((&first[0]["balance"], &first[0]["is_closed"]), (&json!(100), &json!(null)));
        days.next().await;
        let closed = days.accounts().await;
        assert_eq!((&closed[0]["balance"], &closed[0]["is_closed"]), (&json!(88.5), &json!(true)));
        days.next().await;
        let opened = days.accounts().await;
        assert_eq!((opened.len(), &opened[1]["name"], &opened[1]["balance"]), (2, &json!("Saved"), &json!(5)));
        assert_eq!(days.told().await, [OLD, "2026-03-03 POSTED 5 FIRST DEPOSIT"]);
        days.next().await;
        assert_eq!(days.accounts().await, opened);
    }

    async fn what_a_user_writes_stays_whatever_the_bank_tells(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 0
account = "a"
add = [{ id = "p", days_ago = 0, amount = 20, type = "DEBIT", status = "PENDING", description = "HARBOR OYSTER BAR" }]
[[institution.script.data.change]]
day = 1
account = "a"
facts = { balance = 88.5, name = "Renamed by the bank" }
alter = [{ id = "p", new_id = "q", status = "POSTED", amount = 23, description = "TST* HARBOR OYSTER BAR" }]
"#).await;
        let user = days.user().await;
        let account = days.accounts().await.remove(0);
        let path = format!("/accounts/{}", guid(&account));
        user.put(&path, &json!({"account": {"name": "Mine"}})).await.root("account");
        let pending = days.rows().await.remove(1).0;
        let one = format!("/transactions/{pending}");
        let change = json!({"transaction": {
            "category_guid": EDUCATION, "description": "Oysters", "memo": "with Ada", "date": "2026-02-28", "is_flagged": true,
        }});
        let written = user.put(&one, &change).await.root("transaction");
        days.next().await;
        let user = days.user().await;
        let account = user.get(&path).await.root("account");
        assert_eq!((&account["name"], &account["name_set_by_name"]), (&json!("Mine"), &json!("USER")));
        assert_eq!((&account["feed_name"], &account["balance"]), (&json!("Renamed by the bank"), &json!(88.5)));
        assert_eq!(account["balance_set_by_name"], "FEED");
        let posted = user.get(&one).await.root("transaction");
        assert_eq!((&posted["status_name"], &posted["amount"]), (&json!("POSTED"), &json!(23)));
        for kept in ["category_guid", "description", "memo", "date", "is_flagged", "category_set_by", "description_set_by", "memo_set_by", "date_set_by"] {
            assert_eq!(posted[kept], written[kept], "{kept}");
        }
        assert_eq!(posted["feed_description"], "TST* HARBOR OYSTER BAR");
    }

    async fn parts_follow_their_whole_and_go_when_they_no_longer_add_up(world: &World) {
        let days = Days::at(world, r#"
[[institution.script.data.change]]
day = 0
account = "a"
add = [{ id = "p", days_ago = 0, amount = 20, type = "DEBIT", status = "PENDING", description = "HARBOR OYSTER BAR" }]
[[institution.script.data.change]]
day = 1
account = "a"
alter = [{ id = "p", new_id = "q", status = "POSTED" }]
[[institution.script.data.change]]
day = 2
account = "a"
alter = [{ id = "q", amount = 23 }]
"#).await;
        let user = days.user().await;
        let whole = days.rows().await.remove(1).0;
        let parts = json!({"transactions": [{"amount": 12.5}, {"amount": 7.5, "description": "Tip"}]});
        let parts = user.post(&format!("/transactions/{whole}/split"), &parts).await.root("transactions");
        assert_eq!(parts[0]["status_name"], "PENDING");
        days.next().await;
        let user = days.user().await;
        for part in parts.as_array().unwrap() {
            let part = user.get(&format!("/transactions/{}", guid(part))).await.root("transaction");
            assert_eq!((&part["status_name"], &part["parent_guid"]), (&json!("POSTED"), &json!(whole)));
        }
        days.next().await;
        let user = days.user().await;
        let whole = user.get(&format!("/transactions/{whole}")).await.root("transaction");
        assert_eq!((&whole["has_been_split"], &whole["amount"]), (&json!(false), &json!(23)));
        for part in parts.as_array().unwrap() {
            assert_eq!(user.get(&format!("/transactions/{}", guid(part))).await.error_code(), Some(4041));
        }
    }
}

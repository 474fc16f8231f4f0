//! What a partner's backend does: find an institution, connect a user to it, read what came.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::table::Table;
use crate::Outcome;
use crate::steps::Progress;

/// The gap between two looks at a member.
const LOOK: Duration = Duration::from_millis(200);
/// Looks until a connection counts as stuck: one minute.
const LOOKS: usize = 300;
/// The statuses on the way of a member that is asked a question.
const WAY: [&str; 4] = ["CREATED", "CHALLENGED", "RESUMED", "CONNECTED"];
/// Rows of a table of transactions.
const ROWS: usize = 10;

/// A bank login of the demo.
pub struct Login<'a> {
    /// What is searched for.
    pub bank: &'a str,
    /// Values by the credential's field name.
    pub values: &'a [(&'a str, &'a str)],
    /// The answer to every challenge.
    pub answer: &'a str,
}

/// Connects the session's user to a bank and gives the member once its data is there.
pub async fn connect(session: &Caller, login: &Login<'_>) -> Outcome<Value> {
    let institution = find(session, login.bank).await?;
    let guid = text(&institution, "guid");
    println!("  {} is {guid}", text(&institution, "name"));
    let asked = session.get(&format!("/institutions/{guid}/credentials")).await.root("credentials");
    let credentials: Vec<Value> = items(&asked)
        .map(|credential| {
            let field = text(credential, "field_name");
            let value = login.values.iter().find(|(name, _)| *name == field).map(|(_, value)| *value);
            let value =
                value.ok_or_else(|| format!("{} asks for `{field}`, which the demo has not", login.bank))?;
            println!("  it asks for {:?}, and gets {value:?}", text(credential, "label"));
            Ok(json!({"credential_guid": credential["guid"], "value": value}))
        })
        .collect::<Outcome<_>>()?;
    let body = json!({"member": {"institution_guid": guid, "credentials": credentials}});
    let member = session.post("/members", &body).await.root("member");
    println!("  POST /members made {}, {}", text(&member, "guid"), text(&member, "connection_status"));
    walk(session, &text(&member, "guid"), login.answer).await
}

async fn find(session: &Caller, name: &str) -> Outcome<Value> {
    let found = session.post("/institutions/search", &json!({"institution": {"name": name}})).await;
    let found = found.root("institutions");
    let exact = items(&found).find(|institution| text(institution, "name") == name);
    Ok(exact.ok_or_else(|| format!("no institution is named {name:?}"))?.clone())
}

/// Looks at the member until it is connected, and answers what the bank asks on the way.
async fn walk(session: &Caller, guid: &str, answer: &str) -> Outcome<Value> {
    let path = format!("/members/{guid}");
    let mut progress = Progress::start();
    for _ in 0..LOOKS {
        let member = session.get(&path).await.root("member");
        let status = text(&member, "connection_status");
        if status == "CHALLENGED" {
            progress.end(&status);
            answer_all(session, &path, answer).await?;
            progress = Progress::start();
        } else if member["is_being_aggregated"] == true {
            let walked = WAY.iter().position(|step| *step == status);
            progress.show(walked.unwrap_or(0), WAY.len(), &status);
        } else if status == "CONNECTED" {
            progress.end(&format!("CONNECTED, aggregated at {}", text(&member, "aggregated_at")));
            return Ok(member);
        } else {
            return Err(format!("the member ended {status}").into());
        }
        sleep(LOOK).await;
    }
    Err("the member was still not connected after a minute".into())
}

async fn answer_all(session: &Caller, path: &str, answer: &str) -> Outcome {
    let asked = session.get(&format!("{path}/challenges")).await.root("challenges");
    let answers: Vec<_> = items(&asked)
        .map(|challenge| {
            println!("  the bank asks {:?}, and is answered {answer:?}", text(challenge, "label"));
            json!({"guid": challenge["guid"], "value": answer})
        })
        .collect();
    session.put(&format!("{path}/resume"), &json!({"challenges": answers})).await.root("member");
    Ok(())
}

/// A fresh address of the pages that connect a bank.
pub async fn page(partner: &Partner, client: &str, user: &str) -> String {
    let body = json!({"url": {"type": "connect_widget"}});
    let made = partner.sso().post(&format!("/sso/{client}/users/{user}/urls"), &body).await.root("url");
    text(&made, "url")
}

/// Shows what arrives for a user, each connection once, for as long as it is waited for.
pub async fn watch(partner: &Partner, user: &str) {
    let mut session = partner.session(user).await;
    let mut shown = BTreeSet::new();
    loop {
        sleep(LOOK).await;
        let answer = session.get("/members").await;
        if answer.error_code().is_some() {
            // The clock was moved on, and the session is dead.
            session = partner.session(user).await;
            continue;
        }
        for member in items(&answer.root("members")) {
            let has_arrived = !member["aggregated_at"].is_null() && member["is_being_aggregated"] == false;
            if has_arrived && shown.insert(text(member, "guid")) {
                println!("  {} is connected:", text(member, "name"));
                show(&session, member).await;
            }
        }
    }
}

/// The member's accounts and its newest transactions, as tables.
pub async fn show(session: &Caller, member: &Value) {
    let guid = text(member, "guid");
    let accounts = session.get(&format!("/members/{guid}/accounts")).await.root("accounts");
    let mut table = Table::new(&["account", "type", ">balance", "currency"]);
    for account in items(&accounts) {
        table.row([
            text(account, "name"),
            text(account, "account_type_name"),
            money(account, "balance"),
            text(account, "currency_code"),
        ]);
    }
    println!("\n{table}");

    let names: BTreeMap<String, String> =
        items(&accounts).map(|account| (text(account, "guid"), text(account, "name"))).collect();
    let answer = session.get("/transactions?records_per_page=1000").await;
    let total = answer.json()["pagination"]["total_entries"].clone();
    let transactions = answer.root("transactions");
    let mut table = Table::new(&["date", "account", "description", "category", ">amount"]);
    let of_member = items(&transactions).filter_map(|transaction| {
        let account = names.get(&text(transaction, "account_guid"))?;
        Some((transaction, account))
    });
    for (transaction, account) in of_member.take(ROWS) {
        table.row([
            text(transaction, "date"),
            account.clone(),
            text(transaction, "description"),
            text(transaction, "category_name"),
            signed_amount(transaction),
        ]);
    }
    println!("{table}  the newest {ROWS}; the user has {total} transactions\n");
}

/// Amounts are positive and the direction is a field of its own; a person reads a sign.
fn signed_amount(transaction: &Value) -> String {
    let sign = if transaction["transaction_type_name"] == "DEBIT" { "-" } else { "" };
    format!("{sign}{}", money(transaction, "amount"))
}

/// An amount with at least two decimals.
fn money(thing: &Value, field: &str) -> String {
    let amount = text(thing, field);
    match amount.split_once('.') {
        Some((whole, decimals)) => format!("{whole}.{decimals:0<2}"),
        None => format!("{amount}.00"),
    }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// A field for people: text without quotes, nothing for null.
pub fn text(thing: &Value, field: &str) -> String {
    match &thing[field] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

//! One user from its making to its deletion: the requests that a partner makes in its name. All that it owns goes with it,
//! so that the data stays as large as the users who live at once make it.

use std::time::Duration;

use riverbank_testkit::client::{Answer, Caller, Method, Partner};
use serde_json::{Value, json};

use super::pace::Pace;
use crate::Outcome;
use crate::scripted_bank::{KNOWN_LOGIN, ScriptedBank};

/// Members that are made without being aggregated.
const IDLE_MEMBERS: usize = 3;
/// Reads of each of them.
const READS: usize = 4;
/// Pages of transactions that are read of the connected one.
const PAGES: usize = 4;
/// The gap between two looks at a member on its way.
const LOOK: Duration = Duration::from_millis(50);
/// Looks until a connection counts as stuck: at least one minute.
const LOOKS: usize = 1_200;

/// Lives as the partner's user with this id.
pub async fn live(partner: &Partner, client_id: &str, bank: &ScriptedBank, pace: &Pace, id: &str) -> Outcome {
    let users = format!("/mdx/{client_id}/users");
    let mdx = Paced { caller: partner.mdx(), pace };
    mdx.post(&users, &json!({"user": {"id": id}})).await?;
    // A token, and the session that it opens.
    pace.turn().await;
    pace.turn().await;
    let session = Paced { caller: partner.session(id).await, pace };

    for number in 0..IDLE_MEMBERS {
        let body = bank.member(&format!("idle-{number}"), true);
        let path = member_path(&session.post("/members", &body).await?);
        for _ in 0..READS {
            session.get(&path).await?;
        }
    }
    let connected = session.post("/members", &bank.member(KNOWN_LOGIN, false)).await?;
    let path = member_path(&connected);
    await_connected(&session, &path).await?;
    session.get("/members").await?;
    session.get(&format!("{path}/accounts")).await?;
    for page in 1..=PAGES {
        session.get(&format!("/transactions?records_per_page=100&page={page}")).await?;
    }
    session.delete(&path).await?;
    session.delete("/sessions").await?;
    mdx.delete(&format!("{users}/{id}")).await
}

async fn await_connected(session: &Paced<'_>, path: &str) -> Outcome {
    for _ in 0..LOOKS {
        let member = &session.get(path).await?["member"];
        if member["is_being_aggregated"] == false {
            let status = &member["connection_status"];
            return if status == "CONNECTED" { Ok(()) } else { Err(format!("{path} ended {status}").into()) };
        }
        tokio::time::sleep(LOOK).await;
    }
    Err(format!("{path} was not connected in time").into())
}

fn member_path(created: &Value) -> String {
    format!("/members/{}", created["member"]["guid"].as_str().unwrap_or_default())
}

/// A caller that waits for its turn before each request, and takes only a success.
struct Paced<'a> {
    caller: Caller,
    pace: &'a Pace,
}

impl Paced<'_> {
    async fn get(&self, path: &str) -> Outcome<Value> {
        Ok(self.send(Method::GET, path, None).await?.json())
    }

    async fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        Ok(self.send(Method::POST, path, Some(body)).await?.json())
    }

    async fn delete(&self, path: &str) -> Outcome {
        self.send(Method::DELETE, path, None).await.map(drop)
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Outcome<Answer> {
        self.pace.turn().await;
        let answer = self.caller.send(method, path, body).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(answer.to_string().into()) }
    }
}

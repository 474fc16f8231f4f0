//! `riverbank sandbox member ...`

use std::io::Write;

use axum::http::Method;
use clap::Subcommand;
use serde_json::{Value, json};

use super::control::{Control, text};
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Member {
    /// Print what is inside of it: attempts, denials, its job, planned faults
    Show {
        /// Its guid, as in `MBR-...`
        guid: String,
    },
    /// Put it in a connection status, from any other
    Set {
        /// Its guid
        guid: String,
        /// The status, as in `EXPIRED`
        status: String,
    },
    /// Let the time for the answers to its open challenge be over
    ExpireChallenge {
        /// Its guid
        guid: String,
    },
    /// Make its next attempts fail
    Fail {
        /// Its guid
        guid: String,
        /// What it becomes, as in `DENIED`
        #[arg(long = "as", value_name = "STATUS")]
        status: String,
        /// How many attempts
        #[arg(long, default_value_t = 1)]
        times: u32,
    },
}

pub async fn run(command: Member, control: &Control, output: &mut dyn Write) -> Result<(), Failure> {
    let state = match command {
        Member::Show { guid } => {
            let answer = control.call(Method::GET, &path(&guid, ""), None).await?;
            let shown = serde_json::to_string_pretty(&answer["member"]).map_err(Failure::of)?;
            return writeln!(output, "{shown}").map_err(Failure::output);
        }
        Member::Fail { guid, status, times } => {
            let fault = json!({
                "member_guid": guid, "kind": "REFUSAL", "connection_status": status, "count": times,
            });
            control.call(Method::POST, "/control/faults", Some(&json!({"fault": fault}))).await?;
            return writeln!(output, "the next {times} attempts of {guid} end in {status}")
                .map_err(Failure::output);
        }
        Member::Set { guid, status } => {
            let body = json!({"member": {"connection_status": status}});
            control.call(Method::PUT, &path(&guid, "/connection_status"), Some(&body)).await?
        }
        Member::ExpireChallenge { guid } => {
            control.call(Method::POST, &path(&guid, "/expire_challenge"), None).await?
        }
    };
    let member: &Value = &state["member"];
    writeln!(output, "{} is {}", text(member, "guid"), text(member, "connection_status"))
        .map_err(Failure::output)
}

fn path(guid: &str, action: &str) -> String {
    format!("/control/members/{guid}{action}")
}

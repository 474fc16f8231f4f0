//! `riverbank sandbox state ...`

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use axum::http::Method;
use clap::Subcommand;
use serde_json::{Value, json};

use super::control::{Control, each, text};
use crate::failure::Failure;
use crate::wiring::secret_file;

#[derive(Debug, Subcommand)]
pub enum State {
    /// Take away all users and what they own, so that the same calls give the same ids again; clients, their keys and
    /// their webhook endpoints stay
    Reset {
        /// Of this client only; without it, faults and uploaded institutions go too, and the clock runs as at first
        #[arg(long, value_name = "CLIENT_ID")]
        client: Option<String>,
    },
    /// Keep everything that the sandbox holds, and what its clock shows, under a name
    Snapshot {
        /// 1 to 64 letters, digits, dashes and underscores
        name: String,
    },
    /// Put everything back as it is in a snapshot, the clock too
    Restore {
        /// Its name
        name: String,
    },
    /// Print all snapshots: name, the moment that each is of, rows, bytes, schema
    List,
    /// Take a snapshot away
    Remove {
        /// Its name
        name: String,
    },
    /// Write a snapshot to a file, which holds what reads the logins in it
    Export {
        /// Its name
        name: String,
        /// The file to make; one that is there is not overwritten
        file: PathBuf,
    },
    /// Bring a snapshot from a file, to be restored later
    Load {
        /// The name that it gets
        name: String,
        /// The file, as `export` made it
        file: PathBuf,
    },
}

/// The media type of a snapshot's file.
const FILE: &str = "application/octet-stream";

pub async fn run(command: State, control: &Control, output: &mut dyn Write) -> Result<(), Failure> {
    let text = match command {
        State::Reset { client } => {
            let body = json!({"state": {"client_id": client}});
            let answer = control.call(Method::POST, "/control/state/reset", Some(&body)).await?;
            let (clients, users) = (&answer["state"]["clients"], &answer["state"]["users"]);
            format!("clients reset: {clients}, users gone: {users}\n")
        }
        State::Snapshot { name } => {
            let body = json!({"snapshot": {"name": name}});
            let answer = control.call(Method::POST, "/control/state/snapshots", Some(&body)).await?;
            line(&answer["snapshot"])
        }
        State::Restore { name } => {
            let path = format!("{}/restore", path(&name));
            line(&control.call(Method::POST, &path, None).await?["snapshot"])
        }
        State::List => {
            let answer = control.call(Method::GET, "/control/state/snapshots", None).await?;
            each(&answer["snapshots"]).map(line).collect()
        }
        State::Remove { name } => {
            control.call(Method::DELETE, &path(&name), None).await?;
            format!("snapshot {name} is gone\n")
        }
        State::Export { name, file } => export(control, &name, &file).await?,
        State::Load { name, file } => {
            let about = |failure: Failure| failure.about(file.display());
            let bytes = fs::read(&file).map_err(|error| about(Failure::of(error)))?;
            let path = format!("{}/file", path(&name));
            let answer = control.exchange(Method::PUT, &path, FILE, bytes).await.map_err(about)?;
            let answer: Value = serde_json::from_slice(&answer).map_err(Failure::of)?;
            line(&answer["snapshot"])
        }
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

async fn export(control: &Control, name: &str, file: &Path) -> Result<String, Failure> {
    let path = format!("{}/file", path(name));
    let bytes = control.exchange(Method::GET, &path, FILE, Vec::new()).await?;
    let written = secret_file::make(file, &bytes);
    written.map_err(|error| Failure::of(error).about(file.display()))?;
    Ok(format!("{}: {} bytes; whoever has it can read the logins in it\n", file.display(), bytes.len()))
}

fn path(name: &str) -> String {
    format!("/control/state/snapshots/{name}")
}

/// A snapshot in one line.
fn line(snapshot: &Value) -> String {
    let of = |field| text(snapshot, field);
    let lacks = if snapshot["is_restorable"] == true { "" } else { "\tof another version" };
    let (rows, size) = (&snapshot["rows"], &snapshot["size"]);
    format!("{}\t{}\t{rows} rows\t{size} bytes\t{}{lacks}\n", of("name"), of("taken_at"), of("schema"))
}

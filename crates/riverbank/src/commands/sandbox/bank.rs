//! `riverbank sandbox bank ...`

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use axum::http::Method;
use clap::Subcommand;
use serde_json::Value;

use super::control::{Control, each, text};
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Bank {
    /// Tell what is wrong with a file of institutions, and load nothing
    Check {
        /// The file, as docs/scenarios.md describes it
        file: PathBuf,
    },
    /// Load a file of institutions; those that are there already are brought up to date
    Load {
        /// The file
        file: PathBuf,
    },
    /// Print all institutions: code, connector, members, whether they come with the server, name
    List,
    /// Print the file of an institution
    Show {
        /// Its code or guid
        institution: String,
    },
    /// Take an institution away that has no members
    Remove {
        /// Its code or guid
        institution: String,
    },
}

/// Institutions that are asked for at once.
const PAGE: usize = 1000;

pub async fn run(command: Bank, control: &Control, output: &mut dyn Write) -> Result<(), Failure> {
    let text = match command {
        Bank::Check { file } => {
            let answer = send(control, "/control/institutions/check", &file).await?;
            let codes: Vec<_> = each(&answer["institutions"]).map(|one| text(one, "code")).collect();
            format!("{} can be loaded: {}\n", file.display(), codes.join(", "))
        }
        Bank::Load { file } => {
            let answer = send(control, "/control/institutions", &file).await?;
            let (created, updated) = (&answer["created"], &answer["updated"]);
            format!("{created} new, {updated} changed, {} as they were\n", answer["unchanged"])
        }
        Bank::List => list(control).await?,
        Bank::Show { institution } => {
            text(&control.call(Method::GET, &path(&institution), None).await?, "toml").to_owned()
        }
        Bank::Remove { institution } => {
            control.call(Method::DELETE, &path(&institution), None).await?;
            format!("{institution} is gone\n")
        }
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

fn path(institution: &str) -> String {
    format!("/control/institutions/{institution}")
}

async fn send(control: &Control, path: &str, file: &Path) -> Result<Value, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::of(error).about(file.display()))?;
    let sent = control.send(Method::POST, path, "application/toml", text).await;
    sent.map_err(|failure| failure.about(file.display()))
}

async fn list(control: &Control) -> Result<String, Failure> {
    let mut lines: Vec<String> = Vec::new();
    for page in 1_u64.. {
        let path = format!("/control/institutions?page={page}&records_per_page={PAGE}");
        let answer = control.call(Method::GET, &path, None).await?;
        lines.extend(each(&answer["institutions"]).map(line));
        if answer["pagination"]["total_pages"].as_u64().is_none_or(|pages| pages <= page) {
            break;
        }
    }
    Ok(lines.concat())
}

/// An institution in one line.
fn line(institution: &Value) -> String {
    let of = |field| text(institution, field);
    let kept = if institution["is_built_in"] == true { "built in" } else { "loaded" };
    format!("{}\t{}\t{}\t{kept}\t{}\n", of("code"), of("connector"), institution["members"], of("name"))
}

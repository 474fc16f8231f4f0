//! `riverbank sandbox run FILE...`: plays journey files.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use riverbank_model::SecretText;
use serde_json::Value;

use super::Place;
use crate::config::Config;
use crate::failure::Failure;
use crate::journey::{Ended, Journey, Keys, Partner, Report, Sandbox, play};
use crate::system::OsSecrets;
use crate::wiring::control_key;

#[derive(Debug, Args)]
pub struct Run {
    /// The journey files; without `--url`, each is played on a sandbox of its own that is started for it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// With `--url`: the client to call as, in a file as `riverbank client create ID --json` prints it
    #[arg(long, value_name = "FILE")]
    client: Option<PathBuf>,
}

/// Plays the files in turn. Nothing is played if one of them cannot be read.
pub async fn run(run: &Run, place: &Place, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let mut journeys = Vec::new();
    for file in &run.files {
        let name = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|error| Failure::misused(format!("{name}: {error}")))?;
        let journey = Journey::read(&text).map_err(|flaw| Failure::misused(format!("{name}:{flaw}")))?;
        journeys.push((name, journey));
    }
    let elsewhere = match &place.url {
        Some(url) => Some((url.clone(), run.keys(place, config)?)),
        None => None,
    };
    let client = place.client()?;
    let mut ends = Vec::new();
    for (name, journey) in &journeys {
        let report = &mut Report::new(output, name);
        let own = if elsewhere.is_none() { Some(start(journey)?) } else { None };
        let place = elsewhere.clone().or_else(|| own.as_ref().map(Sandbox::place));
        let (base, keys) = place.ok_or_else(|| Failure::new("there is no sandbox"))?;
        let ended = tokio::select! {
            ended = play(journey, Partner::new(client.clone(), base, keys), report) => ended,
            _ = tokio::signal::ctrl_c() => return Err(Failure::new("interrupted")),
        };
        ends.push(ended.map_err(Failure::output)?);
    }
    let well = ends.iter().filter(|ended| **ended == Ended::AsExpected).count();
    let sum = format!("{well} of {} journeys ended as expected", ends.len());
    match ends.into_iter().max() {
        Some(Ended::Otherwise) => Err(Failure::new(sum)),
        Some(Ended::Unplayed) => Err(Failure::misused(sum)),
        Some(Ended::AsExpected) | None => writeln!(output, "{sum}").map_err(Failure::output),
    }
}

fn start(journey: &Journey) -> Result<Sandbox, Failure> {
    let key = SecretText::from(control_key::make(&OsSecrets).as_str().to_owned());
    Sandbox::start(journey.seed.as_deref(), key)
        .map_err(|error| Failure::misused(format!("no sandbox could be started: {error}")))
}

impl Run {
    /// What opens the faces of a sandbox that runs elsewhere.
    fn keys(&self, place: &Place, config: &Config) -> Result<Keys, Failure> {
        let none = || Failure::misused("--url needs the client to call as (--client)");
        let file = self.client.as_ref().ok_or_else(none)?;
        let about = |error: &dyn std::fmt::Display| Failure::misused(format!("{}: {error}", file.display()));
        let text = fs::read_to_string(file).map_err(|error| about(&error))?;
        let client: Value = serde_json::from_str(&text).map_err(|error| about(&error))?;
        let (Some(client_id), Some(api_key)) = (client["client_id"].as_str(), client["api_key"].as_str())
        else {
            return Err(about(&"has no client_id and api_key"));
        };
        Ok(Keys {
            client_id: client_id.to_owned(),
            api_key: SecretText::from(api_key.to_owned()),
            control_key: place.key(config)?,
        })
    }
}

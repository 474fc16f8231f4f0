//! `riverbank sandbox clock ...`

use std::io::Write;

use axum::http::Method;
use clap::Subcommand;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::control::Control;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Clock {
    /// Print what it shows, and how fast it runs
    Show,
    /// Move it on
    Advance {
        /// By how much, as in `90s`, `12h` or `1440h`
        by: SignedDuration,
    },
    /// Set it; forwards, everything on the way is done
    Set {
        /// The time, as in `2026-03-01T09:00:00Z`
        at: String,
    },
    /// Make it stand still
    Freeze,
    /// Make it run on
    Resume,
    /// Make it run so many times as fast
    Speed {
        /// Seconds of business time in each second, 1 to 86400
        speed: u32,
    },
}

pub async fn run(command: Clock, control: &Control, output: &mut dyn Write) -> Result<(), Failure> {
    let post = async |name: &str, body: Value| {
        control.call(Method::POST, &format!("/control/clock/{name}"), Some(&body)).await
    };
    let answer = match command {
        Clock::Show => control.call(Method::GET, "/control/clock", None).await,
        Clock::Advance { by } => post("advance", json!({"seconds": by.as_secs()})).await,
        Clock::Set { at } => post("set", json!({"at": at})).await,
        Clock::Freeze => post("freeze", json!({})).await,
        Clock::Resume => post("resume", json!({})).await,
        Clock::Speed { speed } => post("speed", json!({"speed": speed})).await,
    }?;
    let clock = &answer["clock"];
    let pace = match clock["speed"].as_u64() {
        Some(0) => "frozen".to_owned(),
        Some(1) => "running".to_owned(),
        _ => format!("running {} times as fast", clock["speed"]),
    };
    writeln!(output, "{} {pace}", clock["now"].as_str().unwrap_or_default()).map_err(Failure::output)
}

//! The log: structured lines on standard error. Standard output belongs to what a command answers.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use crate::config::{Config, LogFormat};

/// Starts the log of this process; a second call fails.
pub fn start(config: &Config) -> Result<(), TryInitError> {
    let terminal = io::stderr().is_terminal();
    let format = config.log_format.unwrap_or(if terminal { LogFormat::Pretty } else { LogFormat::Json });
    let lines = tracing_subscriber::registry().with(EnvFilter::new(&config.log));
    match format {
        LogFormat::Json => lines
            .with(fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(io::stderr))
            .try_init(),
        LogFormat::Pretty => {
            lines.with(fmt::layer().compact().with_ansi(terminal).with_writer(io::stderr)).try_init()
        }
    }
}

//! `riverbank raw ...`: what institutions answered, as it came. These commands run beside a server.

use std::io::Write;

use clap::Subcommand;
use riverbank_engine::raw_answers::{RawAnswerLine, Reimported};
use riverbank_model::guid::{JobGuid, UserGuid};

use crate::config::Config;
use crate::failure::Failure;
use crate::wiring::engine;

#[derive(Debug, Subcommand)]
pub enum Raw {
    /// Print what is kept of a user's members: the job that fetched it, the member, what for, when, bytes
    List {
        /// The user's guid
        #[arg(long)]
        user: UserGuid,
    },
    /// Print an answer as it came; it tells all about the end user's accounts
    Show {
        /// The job that fetched it, as `raw list` prints it
        job: JobGuid,
    },
    /// Read the newest answer of a member anew and bring in what it tells
    Reimport {
        /// The job that fetched it, as `raw list` prints it
        job: JobGuid,
    },
}

pub async fn run(command: Raw, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let engine = engine::of_command(config).await?;
    let bytes = match command {
        Raw::List { user } => {
            let answers = engine.list_raw_answers(&user).await.map_err(Failure::of)?;
            answers.iter().map(line).collect::<String>().into_bytes()
        }
        Raw::Show { job } => engine.show_raw_answer(&job).await.map_err(Failure::of)?,
        Raw::Reimport { job } => {
            let changed = engine.reimport_raw_answer(&job).await.map_err(Failure::of)?;
            let Reimported { accounts, transactions, holdings } = changed;
            format!(
                "accounts changed: {accounts}, transactions changed: {transactions}, holdings changed: {holdings}\n"
            )
            .into_bytes()
        }
    };
    output.write_all(&bytes).map_err(Failure::output)
}

fn line(answer: &RawAnswerLine) -> String {
    let RawAnswerLine { job_guid, member_guid, kind, fetched_at, size } = answer;
    format!("{job_guid}\t{member_guid}\t{}\t{fetched_at:.0}\t{size}\n", kind.name())
}

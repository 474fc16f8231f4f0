//! `riverbank user ...`: what a user's figures are computed by. These commands run beside a server.

use std::io::Write;

use clap::Subcommand;
use riverbank_model::guid::UserGuid;

use super::client::{Zone, opened, zone};
use crate::config::Config;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum User {
    /// Where the days and months of a user begin
    TimeZone {
        /// The user's guid
        user: UserGuid,
        /// A name of the IANA database, such as America/Denver; `none` is that of the client
        #[arg(value_parser = zone)]
        zone: Zone,
    },
}

pub async fn run(command: User, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let (clients, _) = opened(config).await?;
    let User::TimeZone { user, zone } = command;
    clients.set_time_zone_of_user(&user, zone.as_deref()).await.map_err(Failure::of)?;
    let text = format!("{user} lives by {}\n", zone.as_deref().unwrap_or("the time zone of its client"));
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

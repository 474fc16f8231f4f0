//! `riverbank user ...`: what a user's figures are computed by, and what it is alerted of. These commands run beside a server.

use std::io::Write;

use clap::Subcommand;
use riverbank_engine::notifications::{AlertSetting, SetAlert};
use riverbank_model::guid::UserGuid;
use riverbank_model::notification::{Channels, NotificationType};

use super::client::{Zone, opened, zone};
use crate::config::Config;
use crate::failure::Failure;
use crate::wiring::engine;

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
    /// What a user is alerted of: prints it, or sets it for one kind of alert
    Alerts {
        /// The user's guid
        user: UserGuid,
        /// What is to be set, such as `ACCOUNT_BALANCE_LOW`
        #[arg(long, value_name = "TYPE", value_parser = notification_type)]
        set: Option<NotificationType>,
        /// The mark, in whole units of whatever currency
        #[arg(long, requires = "set", value_name = "NUMBER")]
        threshold: Option<i64>,
        /// What an alert goes out over: `EMAIL`, `SMS`, `PUSH` and `IN_APP` with commas between, or `none`
        #[arg(long, requires = "set", value_name = "CHANNELS")]
        channels: Option<Channels>,
    },
}

pub async fn run(command: User, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let text = match command {
        User::TimeZone { user, zone } => live_by(config, &user, zone.as_deref()).await?,
        User::Alerts { user, set, threshold, channels } => {
            let set = set.map(|notification_type| SetAlert { notification_type, threshold, channels });
            alerts(config, &user, set).await?
        }
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

async fn live_by(config: &Config, user: &UserGuid, zone: Option<&str>) -> Result<String, Failure> {
    let (clients, _) = opened(config).await?;
    clients.set_time_zone_of_user(user, zone).await.map_err(Failure::of)?;
    Ok(format!("{user} lives by {}\n", zone.unwrap_or("the time zone of its client")))
}

/// Sets what is to be set; a line for each kind of alert: its mark, and what it goes out over.
async fn alerts(config: &Config, user: &UserGuid, set: Option<SetAlert>) -> Result<String, Failure> {
    let engine = engine::of_command(config).await?;
    if let Some(set) = set {
        engine.set_alert(user, set).await.map_err(Failure::of)?;
    }
    let settings = engine.alert_settings(user).await.map_err(Failure::of)?;
    let settings = settings.ok_or_else(|| Failure::new("there is no such user"))?;
    let line = |one: AlertSetting| {
        let mark = one.threshold.map_or_else(|| "-".to_owned(), |mark| mark.to_string());
        format!("{:<25} {mark:>10}  {}\n", one.notification_type.name(), one.channels)
    };
    Ok(settings.into_iter().map(line).collect())
}

fn notification_type(text: &str) -> Result<NotificationType, &'static str> {
    NotificationType::from_name(text)
        .ok_or("must be the name of a kind of notification, such as ACCOUNT_BALANCE_LOW")
}

//! `riverbank client ...`: the partners of this server. These commands run beside a server.

use std::convert::Infallible;
use std::io::Write;
use std::sync::Arc;

use clap::{Subcommand, ValueEnum};
use riverbank_engine::Mode;
use riverbank_engine::clients::{Clients, CreatedClient};
use riverbank_model::ExposeSecret;
use riverbank_model::feature::Feature;
use serde_json::json;

use crate::config::Config;
use crate::database::{Opener, open};
use crate::failure::Failure;
use crate::system::{OsSecrets, SystemClock};
use crate::wiring::{guids, mode};

#[derive(Debug, Subcommand)]
pub enum Client {
    /// Make a client and print its API key, which is shown only now
    Create {
        /// Its id in the addresses that it calls: letters, digits, dashes and underscores
        client_id: String,
        /// Print JSON: `client_id`, `client_guid`, `api_key`
        #[arg(long)]
        json: bool,
    },
    /// Print all clients: id, guid, whether enabled, when made
    List,
    /// Give a client a new API key and print it; the old one is refused from now on
    RotateKey {
        /// The client's id, as `client list` prints it
        client_id: String,
    },
    /// Refuse a client's key and its users' sessions from now on; its data stays
    Disable {
        /// The client's id, as `client list` prints it
        client_id: String,
    },
    /// Refresh a client's members in the background, about once a day, or not; on for a new client
    Background {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// Whether to
        state: Switch,
    },
    /// Where the days and months of a client's users begin that have no time zone of their own
    TimeZone {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// A name of the IANA database, such as America/Denver; `none` is UTC
        #[arg(value_parser = zone)]
        zone: Zone,
    },
    /// What a client may use beside aggregation: owners of accounts, their numbers, long histories
    #[command(subcommand)]
    Features(Features),
    /// The addresses that a client's users may be sent back to after an OAuth login
    #[command(subcommand)]
    RedirectUrls(RedirectUrls),
    /// The sites that may show the client's pages in a frame, and that the pages speak to
    #[command(subcommand)]
    Origins(Origins),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

/// The name of a time zone, or none.
pub type Zone = Option<String>;

#[expect(clippy::unnecessary_wraps, reason = "the parser of arguments asks for it")]
pub fn zone(name: &str) -> Result<Zone, Infallible> {
    Ok((name != "none").then(|| name.to_owned()))
}

#[derive(Debug, Subcommand)]
pub enum Features {
    /// Print every feature, and whether the client has it
    List {
        /// The client's id, as `client list` prints it
        client_id: String,
    },
    /// Switch a feature on or off
    Set {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// The feature, as `features list` prints it
        #[arg(value_parser = feature)]
        feature: Feature,
        /// Whether the client has it
        state: Switch,
    },
}

fn feature(name: &str) -> Result<Feature, String> {
    let names = || Feature::ALL.map(Feature::name).join(", ");
    Feature::from_name(name).ok_or_else(|| format!("a feature is one of: {}", names()))
}

#[derive(Debug, Subcommand)]
pub enum RedirectUrls {
    /// Allow an address, matched character for character
    Add {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// The whole address, such as `https://example.com/back` or `app://back`
        url: String,
    },
    /// Print the addresses of a client
    List {
        /// The client's id, as `client list` prints it
        client_id: String,
    },
    /// Allow an address no longer
    Remove {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// The address, as `redirect-urls list` prints it
        url: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Origins {
    /// Allow a site
    Add {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// Scheme and host, and the port if it is not the usual one, such as `https://app.example.com`
        origin: String,
    },
    /// Print the sites of a client
    List {
        /// The client's id, as `client list` prints it
        client_id: String,
    },
    /// Allow a site no longer
    Remove {
        /// The client's id, as `client list` prints it
        client_id: String,
        /// The site, as `origins list` prints it
        origin: String,
    },
}

/// What handles the clients of a database, and the mode of it.
pub async fn opened(config: &Config) -> Result<(Clients, Mode), Failure> {
    let store = open(config, Opener::Command).await?;
    let database = mode::of_database(config, &store).await?;
    let (guids, mode) = (guids(&database), mode::wanted(&database));
    Ok((Clients { store, clock: Arc::new(SystemClock), secrets: Arc::new(OsSecrets), guids }, mode))
}

pub async fn run(command: Client, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let (clients, mode) = opened(config).await?;
    let text = match command {
        Client::Create { client_id, json } => {
            let client = clients.create(&client_id).await.map_err(Failure::of)?;
            if json { in_json(&client) } else { in_words(&client) }
        }
        Client::List => list(&clients).await?,
        Client::RotateKey { client_id } => {
            let key = clients.rotate_key(&client_id).await.map_err(Failure::of)?;
            format!("api key: {}\nIt is shown only now.\n", key.expose_secret())
        }
        Client::Disable { client_id } => {
            clients.disable(&client_id).await.map_err(Failure::of)?;
            format!("{client_id} is disabled\n")
        }
        Client::Background { client_id, state } => {
            clients.set_background(&client_id, state == Switch::On).await.map_err(Failure::of)?;
            match state {
                Switch::On => format!("{client_id}'s members are refreshed in the background\n"),
                Switch::Off => format!("{client_id}'s members are not refreshed in the background\n"),
            }
        }
        Client::TimeZone { client_id, zone } => {
            clients.set_time_zone(&client_id, zone.as_deref()).await.map_err(Failure::of)?;
            format!("{client_id}'s users live by {}\n", zone.as_deref().unwrap_or("UTC"))
        }
        Client::Features(command) => features(command, &clients, mode).await?,
        Client::RedirectUrls(command) => redirect_urls(command, &clients).await?,
        Client::Origins(command) => origins(command, &clients, mode).await?,
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

fn in_json(client: &CreatedClient) -> String {
    let json = json!({
        "client_id": client.client_id,
        "client_guid": client.guid,
        "api_key": client.api_key.expose_secret(),
    });
    format!("{json}\n")
}

fn in_words(client: &CreatedClient) -> String {
    let CreatedClient { guid, client_id, api_key } = client;
    format!(
        "client:  {client_id}\nguid:    {guid}\napi key: {}\nThe key is shown only now.\n",
        api_key.expose_secret()
    )
}

async fn list(clients: &Clients) -> Result<String, Failure> {
    let clients = clients.list().await.map_err(Failure::of)?;
    let lines = clients.into_iter().map(|client| {
        let state = if client.is_disabled { "disabled" } else { "enabled" };
        format!("{}\t{}\t{state}\t{:.0}\n", client.client_id, client.guid, client.created_at)
    });
    Ok(lines.collect())
}

async fn features(command: Features, clients: &Clients, mode: Mode) -> Result<String, Failure> {
    let word = |is_on| if is_on { "on" } else { "off" };
    match command {
        Features::List { client_id } => {
            let features = clients.features(&client_id, mode).await.map_err(Failure::of)?;
            let line = |(feature, is_on): (Feature, bool)| format!("{}\t{}\n", feature.name(), word(is_on));
            Ok(features.into_iter().map(line).collect())
        }
        Features::Set { client_id, feature, state } => {
            let is_on = state == Switch::On;
            clients.set_feature(&client_id, feature, is_on).await.map_err(Failure::of)?;
            Ok(format!("{} is {} for {client_id}\n", feature.name(), word(is_on)))
        }
    }
}

async fn redirect_urls(command: RedirectUrls, clients: &Clients) -> Result<String, Failure> {
    match command {
        RedirectUrls::Add { client_id, url } => {
            let is_new = clients.add_redirect_url(&client_id, &url).await.map_err(Failure::of)?;
            Ok(if is_new { format!("{url} is allowed\n") } else { format!("{url} was allowed already\n") })
        }
        RedirectUrls::List { client_id } => {
            let urls = clients.redirect_urls(&client_id).await.map_err(Failure::of)?;
            Ok(urls.into_iter().map(|url| url + "\n").collect())
        }
        RedirectUrls::Remove { client_id, url } => {
            if clients.remove_redirect_url(&client_id, &url).await.map_err(Failure::of)? {
                Ok(format!("{url} is no longer allowed\n"))
            } else {
                Err(Failure::new(format!("{url} is not an address of {client_id}"))
                    .hint(format!("`riverbank client redirect-urls list {client_id}` prints them")))
            }
        }
    }
}

async fn origins(command: Origins, clients: &Clients, mode: Mode) -> Result<String, Failure> {
    match command {
        Origins::Add { client_id, origin } => {
            let is_new = clients.add_origin(&client_id, &origin, mode).await.map_err(Failure::of)?;
            Ok(if is_new {
                format!("{origin} is allowed\n")
            } else {
                format!("{origin} was allowed already\n")
            })
        }
        Origins::List { client_id } => {
            let origins = clients.origins(&client_id).await.map_err(Failure::of)?;
            Ok(origins.into_iter().map(|origin| origin + "\n").collect())
        }
        Origins::Remove { client_id, origin } => {
            if clients.remove_origin(&client_id, &origin).await.map_err(Failure::of)? {
                Ok(format!("{origin} is no longer allowed\n"))
            } else {
                Err(Failure::new(format!("{origin} is not an origin of {client_id}"))
                    .hint(format!("`riverbank client origins list {client_id}` prints them")))
            }
        }
    }
}

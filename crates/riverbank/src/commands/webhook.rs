//! `riverbank webhook ...`: the endpoints of partners. These commands run beside a server.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use jiff::{SignedDuration, Timestamp};
use riverbank_engine::Engine;
use riverbank_engine::webhooks::{Authorization, EndpointView, EndpointWithSecret, MessageView, NewEndpoint};
use riverbank_model::guid::{WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_model::webhook::{Action, EventKind, EventKinds};
use riverbank_model::{ExposeSecret, SecretText};
use serde_json::json;
use zeroize::Zeroizing;

use crate::config::Config;
use crate::failure::Failure;
use crate::wiring::engine;

#[derive(Debug, Subcommand)]
pub enum Webhook {
    /// Tell an address of a client what happens, and print the secret that its messages are signed with
    Add(Box<Add>),
    /// Print the endpoints: id, client, address, events, how it authenticates, state
    List {
        /// Only those of this client
        client_id: Option<String>,
    },
    /// Send a sample to an endpoint once, and print what it answers
    Test {
        /// The endpoint
        endpoint: WebhookEndpointGuid,
        /// What the sample is about
        #[arg(long, value_parser = event_kind, default_value = "member")]
        event: EventKind,
        /// What happened to it
        #[arg(long, value_enum, default_value_t = SampleAction::Updated)]
        action: SampleAction,
    },
    /// Send messages once more: one, or all to an endpoint since a time
    Replay(Replay),
    /// Send nothing more to an endpoint
    Disable {
        /// The endpoint
        endpoint: WebhookEndpointGuid,
    },
    /// Send to a disabled endpoint again what happens from now on
    Enable {
        /// The endpoint
        endpoint: WebhookEndpointGuid,
    },
    /// Remove an endpoint with the log of its messages
    Remove {
        /// The endpoint
        endpoint: WebhookEndpointGuid,
    },
    /// Sign with another secret, and for a while with the old one as well
    RotateSecret {
        /// The endpoint
        endpoint: WebhookEndpointGuid,
        /// How long the old secret signs beside the new one, as in `24h`
        #[arg(long, value_parser = duration, default_value = "24h")]
        overlap: Duration,
    },
    /// Print the newest messages to an endpoint, or the tries of one message
    Log(Log),
}

#[derive(Debug, Args)]
pub struct Add {
    /// The client whose users' events it is told of
    client_id: String,
    /// Where messages are sent: https, or in a sandbox http to this machine
    url: String,
    /// What it is told of: `every`, or kinds separated by commas
    #[arg(long, value_name = "KINDS", default_value = "every")]
    events: EventKinds,
    /// Authenticate by HTTP basic under this name, with the secret of --secret-file as the password
    #[arg(long, value_name = "NAME", requires = "secret_file", group = "authorization")]
    basic: Option<String>,
    /// Authenticate by the secret of --secret-file as a bearer token
    #[arg(long, requires = "secret_file", group = "authorization")]
    bearer: bool,
    /// Authenticate by tokens of OAuth 2 that are fetched here
    #[arg(long, value_name = "URL", requires_all = ["secret_file", "oauth_client_id"], group = "authorization")]
    oauth_token_url: Option<String>,
    /// The client id that tokens are fetched with, beside the secret of --secret-file
    #[arg(long, value_name = "ID", requires = "oauth_token_url")]
    oauth_client_id: Option<String>,
    /// What tokens are asked for
    #[arg(long, value_name = "SCOPE", requires = "oauth_token_url")]
    oauth_scope: Option<String>,
    /// A file that holds the password, token or client secret; `-` is standard input
    #[arg(long, value_name = "FILE", requires = "authorization")]
    secret_file: Option<PathBuf>,
    /// A file with a certificate to show the endpoint, those that lead to its root, and its private key, in PEM
    #[arg(long, value_name = "FILE")]
    client_certificate: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct Replay {
    /// The message
    #[arg(conflicts_with_all = ["endpoint", "since"])]
    message: Option<WebhookMessageGuid>,
    /// All messages to this endpoint that are not older than --since
    #[arg(long, requires = "since")]
    endpoint: Option<WebhookEndpointGuid>,
    /// A time, such as 2026-01-31T09:00:00Z
    #[arg(long, value_name = "TIME", requires = "endpoint")]
    since: Option<Timestamp>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct LogOf {
    /// The endpoint whose messages are printed
    #[arg(long)]
    endpoint: Option<WebhookEndpointGuid>,
    /// The message whose tries are printed
    #[arg(long)]
    message: Option<WebhookMessageGuid>,
}

#[derive(Debug, Args)]
pub struct Log {
    #[command(flatten)]
    of: LogOf,
    /// How many messages at most
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(i64).range(1..=1000))]
    limit: i64,
}

/// What a sample says has happened.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SampleAction {
    /// It was made
    Created,
    /// It was changed
    Updated,
    /// It was deleted
    Deleted,
}

impl From<SampleAction> for Action {
    fn from(action: SampleAction) -> Self {
        match action {
            SampleAction::Created => Self::Created,
            SampleAction::Updated => Self::Updated,
            SampleAction::Deleted => Self::Deleted,
        }
    }
}

/// Runs the command.
pub async fn run(command: Webhook, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let engine = engine::of_command(config).await?;
    let text = match command {
        Webhook::Add(add) => self::add(&engine, *add).await?,
        Webhook::List { client_id } => {
            let endpoints = engine.list_endpoints(client_id.as_deref()).await.map_err(Failure::of)?;
            endpoints.iter().map(line).collect()
        }
        Webhook::Test { endpoint, event, action } => {
            let sent = engine.send_sample(&endpoint, event, action.into()).await.map_err(Failure::of)?;
            tries(&sent)
        }
        Webhook::Replay(what) => replay(&engine, what).await?,
        Webhook::Disable { endpoint } => {
            engine.disable_endpoint(&endpoint).await.map_err(Failure::of)?;
            format!("{endpoint} is disabled\n")
        }
        Webhook::Enable { endpoint } => {
            engine.enable_endpoint(&endpoint).await.map_err(Failure::of)?;
            format!("{endpoint} is enabled\n")
        }
        Webhook::Remove { endpoint } => {
            engine.remove_endpoint(&endpoint).await.map_err(Failure::of)?;
            format!("{endpoint} is removed\n")
        }
        Webhook::RotateSecret { endpoint, overlap } => {
            let rotated = engine.rotate_endpoint_secret(&endpoint, overlap).await.map_err(Failure::of)?;
            in_words(&rotated)
        }
        Webhook::Log(what) => log(&engine, what).await?,
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

async fn add(engine: &Engine, add: Add) -> Result<String, Failure> {
    let secret = add.secret_file.as_deref().map(read_secret).transpose()?;
    let authorization = match (secret, add.basic, add.oauth_token_url) {
        (Some(password), Some(name), _) => Authorization::Basic { name, password },
        (Some(client_secret), _, Some(token_url)) => Authorization::Oauth {
            token_url,
            client_id: add.oauth_client_id.unwrap_or_default(),
            client_secret,
            scope: add.oauth_scope,
        },
        (Some(token), ..) => Authorization::Bearer { token },
        (None, ..) => Authorization::None,
    };
    let new = NewEndpoint {
        client_id: add.client_id,
        url: add.url,
        events: add.events,
        authorization,
        certificate: add.client_certificate.as_deref().map(read_secret).transpose()?,
    };
    let added = engine.add_endpoint(new).await.map_err(Failure::of)?;
    Ok(if add.json { in_json(&added) } else { in_words(&added) })
}

async fn replay(engine: &Engine, what: Replay) -> Result<String, Failure> {
    match what {
        Replay { message: Some(message), .. } => {
            engine.replay_message(&message).await.map_err(Failure::of)?;
            Ok(format!("{message} is sent once more\n"))
        }
        Replay { endpoint: Some(endpoint), since: Some(since), .. } => {
            let count = engine.replay_since(&endpoint, since).await.map_err(Failure::of)?;
            Ok(format!("{count} messages are sent once more\n"))
        }
        _ => Err(Failure::new("name a message, or an endpoint and a time")),
    }
}

async fn log(engine: &Engine, what: Log) -> Result<String, Failure> {
    if let Some(message) = what.of.message {
        return Ok(tries(&engine.webhook_message(&message).await.map_err(Failure::of)?));
    }
    let Some(endpoint) = what.of.endpoint else { return Err(Failure::new("name an endpoint or a message")) };
    let messages = engine.webhook_log(&endpoint, what.limit).await.map_err(Failure::of)?;
    let lines = messages.iter().map(|message| {
        let (at, kind, state) = (message.created_at, message.kind.name(), message.state.name());
        format!("{}\t{at:.0}\t{kind}\t{state}\t{} tries\n", message.guid, message.attempts)
    });
    Ok(lines.collect())
}

/// A message, then a line for each try.
fn tries(view: &MessageView) -> String {
    let MessageView { message, attempts } = view;
    let head = format!("{}\t{}\t{}\n", message.guid, message.kind.name(), message.state.name());
    let lines = attempts.iter().map(|attempt| {
        let what = match (attempt.status, &attempt.failure) {
            (Some(status), _) => {
                format!("{status} {}", attempt.answer.as_deref().unwrap_or_default().escape_debug())
            }
            (None, failure) => failure.clone().unwrap_or_default(),
        };
        let latency = SignedDuration::from_micros(attempt.latency).as_millis();
        format!("{}\t{:.0}\t{latency} ms\t{}\n", attempt.number, attempt.at, what.trim_end())
    });
    std::iter::once(head).chain(lines).collect()
}

fn line(view: &EndpointView) -> String {
    let EndpointView { endpoint, client_id, authorization, has_certificate, old_secret_until } = view;
    let certificate = if *has_certificate { "+certificate" } else { "" };
    let state = match (&endpoint.disabled_because, endpoint.paused_until) {
        (Some(why), _) => format!("disabled: {why}"),
        (None, Some(until)) => format!("failing, tried again at {until:.0}"),
        (None, None) => "enabled".to_owned(),
    };
    let rotation = old_secret_until.map(|until| format!("\told secret until {until:.0}"));
    format!(
        "{}\t{client_id}\t{}\t{}\t{}{certificate}\t{state}{}\n",
        endpoint.guid,
        endpoint.url,
        endpoint.events,
        authorization.unwrap_or("unreadable"),
        rotation.unwrap_or_default(),
    )
}

fn in_words(made: &EndpointWithSecret) -> String {
    let EndpointView { endpoint, .. } = &made.view;
    format!(
        "endpoint: {}\naddress:  {}\nevents:   {}\nsecret:   {}\nThe secret is shown only now.\n",
        endpoint.guid,
        endpoint.url,
        endpoint.events,
        made.secret.expose_secret(),
    )
}

fn in_json(made: &EndpointWithSecret) -> String {
    let endpoint = &made.view.endpoint;
    let json = json!({
        "guid": endpoint.guid,
        "client_id": made.view.client_id,
        "url": endpoint.url,
        "events": endpoint.events.to_string(),
        "secret": made.secret.expose_secret(),
    });
    format!("{json}\n")
}

/// What a file holds, without the line's end; `-` is standard input.
fn read_secret(path: &Path) -> Result<SecretText, Failure> {
    let mut text = Zeroizing::new(String::new());
    let read = if path == Path::new("-") {
        io::stdin().read_to_string(&mut text)
    } else {
        fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| Failure::of(error).about(path.display()))?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        Err(Failure::new("the file is empty").about(path.display()))
    } else {
        Ok(text.into())
    }
}

fn event_kind(text: &str) -> Result<EventKind, String> {
    let names = EventKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    EventKind::from_name(text).ok_or(format!("must be one of {names}"))
}

fn duration(text: &str) -> Result<Duration, String> {
    let signed: Result<SignedDuration, _> = text.parse();
    let duration = signed.ok().and_then(|signed| Duration::try_from(signed).ok());
    duration.ok_or_else(|| "must be a duration such as 24h".to_owned())
}

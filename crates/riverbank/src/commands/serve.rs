//! `riverbank serve`: a server from start to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use riverbank_engine::Engine;
use riverbank_http::ops::{self, MetricsFor};
use riverbank_http::server::{self, ConnectionLimits, Tls};
use riverbank_model::MachineClock;
use riverbank_store::db::Engine as Database;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::config::Config;
use crate::core_dumps;
use crate::database::{self, Opener};
use crate::failure::Failure;
use crate::signals::{Hangups, StopSignals};
use crate::system::{OsSecrets, SystemMachineClock, random_uuid};
use crate::wiring::{banks, control_key, engine, mode, routers};

/// How long the parts of a server may take to stop; a supervisor kills after ten seconds.
const STOP_LIMIT: Duration = Duration::from_millis(9_500);

pub async fn run(config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    config.check_serving()?;
    core_dumps::forbid(config.sandbox).map_err(Failure::of)?;
    let mut signals = StopSignals::listen().map_err(Failure::of)?;
    let hangups = Hangups::listen().map_err(Failure::of)?;
    let tls = tls(config)?;
    let listener = bind(config.listen, "listen").await?;
    let address = listener.local_addr().map_err(Failure::of)?;
    let machine: Arc<dyn MachineClock> = Arc::new(SystemMachineClock::start());

    let store = database::open(config, Opener::Server).await?;
    mode::stamp(&store, mode::wanted(config)).await?;
    let engine =
        engine::build(config, store.clone(), Arc::clone(&machine), public_url(config, address)).await?;
    banks::load_all(&engine, config).await?;
    if store.engine() == Database::Sqlite {
        // An SQLite file has one server: what runs according to it was held by one that is gone.
        engine.take_back_jobs().await.map_err(Failure::of)?;
        engine.take_back_messages().await.map_err(Failure::of)?;
        engine.take_back_deliverables().await.map_err(Failure::of)?;
    }
    let control_key = if config.sandbox { Some(control_key::load(config, &OsSecrets)?) } else { None };
    let metrics = ops::install_metrics().map_err(Failure::of)?;
    let router = routers::public(config, engine.clone(), &machine, control_key, &metrics)?;

    let (stop, stopping) = watch::channel(false);
    let mut parts = JoinSet::new();
    if let Some(address) = config.ops_listen {
        let listener = bind(address, "ops-listen").await?;
        let router = routers::for_machines(store, &metrics, MetricsFor::Anyone);
        let stop = stopped(stopping.clone());
        parts.spawn(server::serve(listener, router, ConnectionLimits::default(), None, stop));
    }
    parts.spawn(engine.clone().run_workers(random_uuid().to_string(), stopping.clone()));
    parts.spawn(engine.clone().run_deliveries(random_uuid().to_string(), stopping.clone()));
    parts.spawn(engine.clone().run_deliverables(stopping.clone()));
    parts.spawn(engine.clone().run_returns(stopping.clone()));
    parts.spawn(engine.clone().run_schedule(stopping.clone()));
    parts.spawn(engine.clone().run_rotations(stopping.clone()));
    parts.spawn(follow_files(engine.clone(), tls.clone(), hangups, stopping.clone()));
    parts.spawn(server::serve(listener, router, ConnectionLimits::default(), tls, stopped(stopping)));
    writeln!(output, "riverbank listening on {}://{address}", scheme(config)).map_err(Failure::of)?;

    let ended = tokio::select! {
        signal = signals.received() => {
            tracing::info!(signal, "stopping");
            Ok(())
        }
        Some(ended) = parts.join_next() => Err(Failure::new(format!("a part of the server ended: {ended:?}"))),
    };
    // Every part that is still there to hear it stops by itself.
    stop.send_replace(true);
    let all = async {
        while parts.join_next().await.is_some() {}
        // The last requests have been answered.
        engine.put_down_requests().await;
    };
    if tokio::time::timeout(STOP_LIMIT, all).await.is_err() {
        tracing::warn!("the server was stopped before all its work was put down");
    }
    ended
}

async fn bind(address: SocketAddr, flag: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Failure::of(error).hint(format!("the address is {address} (--{flag})")))
}

/// The address that browsers and partners use, without a slash at its end.
fn public_url(config: &Config, bound: SocketAddr) -> String {
    match &config.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("{}://{bound}", scheme(config)),
    }
}

fn scheme(config: &Config) -> &'static str {
    if config.tls.is_some() { "https" } else { "http" }
}

fn tls(config: &Config) -> Result<Option<Tls>, Failure> {
    let Some(files) = &config.tls else { return Ok(None) };
    let hint = "the files are those of --tls-cert and --tls-key; `riverbank dev-ca` makes some to try with";
    let tls = Tls::load(&files.certificate, &files.key);
    tls.map(Some).map_err(|error| Failure::of(error).hint(hint))
}

/// Reads the keyring and the certificate anew at each SIGHUP. Files that cannot be used change nothing.
async fn follow_files(
    engine: Engine,
    tls: Option<Tls>,
    mut hangups: Hangups,
    stopping: watch::Receiver<bool>,
) {
    let mut stopping = pin!(stopped(stopping));
    loop {
        tokio::select! {
            () = hangups.received() => {
                engine.renew_keyring();
                match tls.as_ref().map(Tls::reload) {
                    None => {}
                    Some(Ok(())) => tracing::info!("the certificate was read anew"),
                    Some(Err(error)) => tracing::error!(%error, "the certificate stays the one that was in use"),
                }
            }
            () = &mut stopping => return,
        }
    }
}

async fn stopped(mut stopping: watch::Receiver<bool>) {
    // A sender that is gone stops as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}

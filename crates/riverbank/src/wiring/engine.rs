//! The engine of a server.

use std::sync::Arc;
use std::time::Duration;

use riverbank_connect::catalogue::ConnectorKind;
use riverbank_connect::micro_deposits::MicroDepositProvider;
use riverbank_connect::ofx::OfxConnector;
use riverbank_connect::script::{ScriptConnector, ScriptedDeposits};
use riverbank_connect::transport::{Client, Policy};
use riverbank_engine::aggregation::Connectors;
use riverbank_engine::clock::{BusinessClock, Pace};
use riverbank_engine::micro_deposits::{AchDeposits, Folder};
use riverbank_engine::{Engine, Parts, Settings};
use riverbank_model::MachineClock;
use riverbank_store::Store;

use super::carriers::carriers;
use super::{guids, keyring, mode};
use crate::config::Config;
use crate::database::{Opener, open};
use crate::failure::Failure;
use crate::system::{OsSecrets, SystemMachineClock};

/// The longest that one call to an institution may take. Some banks need most of a minute for a statement.
const STEP_LIMIT: Duration = Duration::from_secs(90);

/// An engine over an open database, its clock as the last server left it.
pub async fn build(
    config: &Config,
    store: Store,
    machine: Arc<dyn MachineClock>,
    public_url: String,
) -> Result<Engine, Failure> {
    let outbound = outbound(config)?;
    let vault = keyring::unlock(config, &store, &OsSecrets).await?;
    let micro_deposits = micro_deposits(config, &store)?;
    let webhook_client = webhook_client(config)?;
    let carriers = carriers(config, &webhook_client)?;
    let engine = Engine::new(Parts {
        store,
        vault,
        clock: Arc::new(BusinessClock::new(Arc::clone(&machine), Pace::AT_FIRST)),
        machine,
        secrets: Arc::new(OsSecrets),
        guids: guids(config),
        seed: config.seed.clone(),
        mode: mode::wanted(config),
        settings: Settings {
            public_url,
            challenge_life: config.challenge_timeout,
            workers: config.workers,
            workers_per_institution: config.workers_per_institution,
            step_limit: STEP_LIMIT,
            lease: config.job_lease,
            webhook_log: config.webhook_log,
            contacts_are_verified: config.contacts_are_verified,
            raw_answers: config.raw_answers,
            member_requests: config.member_requests,
        },
        connectors: connectors(&outbound),
        micro_deposits,
        outbound,
        carriers,
        webhook_client,
    });
    engine.follow_database_clock().await.map_err(Failure::of)?;
    engine.restore_clock().await.map_err(Failure::of)?;
    Ok(engine)
}

/// The engine of a command that works beside a server, on the database as it is. It hands out no address of ours.
pub async fn of_command(config: &Config) -> Result<Engine, Failure> {
    let machine: Arc<dyn MachineClock> = Arc::new(SystemMachineClock::start());
    let store = open(config, Opener::Command).await?;
    let config = mode::of_database(config, &store).await?;
    build(&config, store, machine, String::new()).await
}

/// The ways to institutions, under the names that the catalogue calls them by.
fn connectors(outbound: &Client) -> Connectors {
    Connectors::default()
        .with(ConnectorKind::Script.name(), Arc::new(ScriptConnector::reaching(outbound.clone())))
        .with(ConnectorKind::Ofx.name(), Arc::new(OfxConnector::new(outbound.clone())))
}

/// Who sends micro deposits: files where they are set up, else a sandbox's script, else nobody.
fn micro_deposits(config: &Config, store: &Store) -> Result<Option<Arc<dyn MicroDepositProvider>>, Failure> {
    let Some(nacha) = &config.nacha else {
        return Ok(config.sandbox.then(|| Arc::new(ScriptedDeposits) as _));
    };
    let hint = || format!("the directory is {} (--nacha-directory)", nacha.directory.display());
    let folder = Folder::open(&nacha.directory).map_err(|error| Failure::of(error).hint(hint()))?;
    let provider = AchDeposits::new(store.clone(), Arc::new(OsSecrets), nacha.originator.clone(), folder);
    Ok(Some(Arc::new(provider)))
}

/// The guarded client that everything outbound goes through.
fn outbound(config: &Config) -> Result<Client, Failure> {
    let policy = Policy { sandbox: config.sandbox, open: config.open_networks.clone(), ..Policy::default() };
    Client::new(policy).map_err(Failure::of)
}

/// What sends webhooks.
pub fn webhook_client(config: &Config) -> Result<Client, Failure> {
    let limit = config.webhook_timeout;
    Client::new(Policy { connect_limit: limit, total_limit: limit, ..policy(config) }).map_err(Failure::of)
}

/// Where a server may be sent to.
fn policy(config: &Config) -> Policy {
    Policy { sandbox: config.sandbox, open: config.open_networks.clone(), ..Policy::default() }
}

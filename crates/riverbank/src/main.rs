//! The `riverbank` binary: configuration, commands, wiring, start and stop.

mod commands;
mod config;
mod core_dumps;
mod database;
mod failure;
mod journey;
mod logging;
mod signals;
mod system;
mod wiring;

use std::alloc::System;
use std::env;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::runtime;
use zeroizing_alloc::ZeroAlloc;

use commands::{
    backup, client, dev_ca, doctor, explain, export, institutions, keys, merchants, migrate, ofx, openapi,
    operator, raw, rotate, sandbox, serve, user, webhook,
};
use config::{Config, GeneralFlags, ServingFlags, Values};
use failure::Failure;
use system::{OsSecrets, SystemClock};

/// What is freed is wiped: passwords and tokens pass through buffers of libraries that do not wipe them themselves.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// A self-hosted bank-data aggregation server that speaks the Nexus HTTP API
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    /// A TOML file of settings; flags and environment variables stand over it
    #[arg(long, value_name = "FILE", global = true, help_heading = "Settings of every command")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: GeneralFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServingFlags),
    /// Make and handle clients: the partners that call this server
    #[command(subcommand)]
    Client(client::Client),
    /// Set what a user's figures are computed by
    #[command(subcommand)]
    User(user::User),
    /// Add and remove operators: the people who log in to the console
    #[command(subcommand, after_help = OPERATOR_EXAMPLES)]
    Operator(operator::Operator),
    /// Make and handle webhook endpoints: the addresses of partners that are told what happens
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    /// Look at what institutions answered, as it came, and import it again
    #[command(subcommand)]
    Raw(raw::Raw),
    /// Load and print the catalogue of institutions
    #[command(subcommand)]
    Institutions(institutions::Institutions),
    /// Load and print merchants beside those that come with the program
    #[command(subcommand)]
    Merchants(merchants::Merchants),
    /// Tell why a transaction is matched, described and categorised as it is
    Explain(explain::Explain),
    /// Print the ledger of a user as JSON, CSV or OFX
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(export::Export),
    /// Make and rotate the master key that seals credentials
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Copy a SQLite database into a file, while a server may be running
    #[command(after_help = "Example:\n  riverbank backup /backups/riverbank-2026-11-25.db")]
    Backup(backup::Destination),
    /// Bring the database's schema up to date, as a server does when it starts; or move a database
    #[command(after_help = MIGRATE_EXAMPLES)]
    Migrate(migrate::Migrate),
    /// Drive a running sandbox: its clock and whatever else a test-suite may do to it
    #[command(after_help = SANDBOX_EXAMPLES)]
    Sandbox(Box<sandbox::Sandbox>),
    /// Try the OFX reader on a file
    #[command(subcommand)]
    Ofx(ofx::Ofx),
    /// Make an authority of this machine's own and a certificate for the host names of the real thing, for `serve`
    #[command(after_help = DEV_CA_EXAMPLES)]
    DevCa(dev_ca::DevCa),
    /// Check configuration, key, database and clock, and say how to mend what is wrong
    Doctor(ServingFlags),
    /// Print the OpenAPI document of all operations
    Openapi(openapi::Openapi),
}

const SERVE_EXAMPLES: &str = "\
Examples:
  riverbank serve --sandbox
  riverbank serve --database-url postgres://bank@db.internal/bank --public-url https://feeds.example.com \\
      --master-key-file /etc/riverbank/keyring --ops-listen 10.0.0.5:9040";

const OPERATOR_EXAMPLES: &str = "\
Examples:
  riverbank operator add ada --role operator
  riverbank operator password ada < password-file";

const MIGRATE_EXAMPLES: &str = "\
Examples:
  riverbank migrate --database-url sqlite://riverbank.db
  riverbank migrate --from sqlite://riverbank.db --to postgres://bank@db.internal/bank";

const EXPORT_EXAMPLES: &str = "\
Examples:
  riverbank export --user USR-... --format json > ledger.json
  riverbank export --user USR-... --format ofx > ledger.ofx";

const DEV_CA_EXAMPLES: &str = "\
Example:
  riverbank dev-ca --dir tls
  riverbank serve --sandbox --listen 127.0.0.1:8443 --tls-cert tls/server.pem --tls-key tls/server.key
  curl --cacert tls/authority.pem --resolve int-data.moneydesktop.com:8443:127.0.0.1 \\
      https://int-data.moneydesktop.com:8443/members";

const SANDBOX_EXAMPLES: &str = "\
Examples:
  riverbank sandbox clock advance 24h
  riverbank sandbox clock show --url https://sandbox.example.com --key-file control-key";

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(Arguments { config: file, flags: GeneralFlags(flags), command }: Arguments) -> Result<(), Failure> {
    let configure = |more: Values| {
        let flags = flags.into_iter().chain(more).collect();
        let config = Config::load(&flags, |name| env::var(name).ok(), file.as_deref())?;
        logging::start(&config).map_err(Failure::of)?;
        Ok::<_, Failure>(config)
    };
    let output = &mut io::stdout();
    match command {
        Command::Serve(ServingFlags(flags)) => {
            let config = configure(flags)?;
            let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::of)?;
            runtime.block_on(serve::run(&config, output))
        }
        Command::Client(command) => alone(client::run(command, &configure(Values::new())?, output)),
        Command::Institutions(command) => {
            alone(institutions::run(command, &configure(Values::new())?, output))
        }
        Command::Merchants(command) => alone(merchants::run(command, &configure(Values::new())?, output)),
        Command::Explain(command) => alone(explain::run(command, &configure(Values::new())?, output)),
        Command::Export(command) => alone(export::run(command, &configure(Values::new())?, output)),
        Command::Backup(destination) => backup::run(&destination, &configure(Values::new())?, output),
        Command::Keys(keys::Keys::Generate) => keys::generate(&OsSecrets, output).map_err(Failure::output),
        Command::Keys(keys::Keys::Rotate { append_only }) => {
            alone(rotate::rotate(&configure(Values::new())?, append_only, &OsSecrets, output))
        }
        Command::Keys(keys::Keys::Rewrap) => {
            alone(rotate::rewrap(&configure(Values::new())?, &OsSecrets, output))
        }
        Command::Doctor(ServingFlags(flags)) => {
            alone(doctor::run(&configure(flags)?, &SystemClock, &OsSecrets, output))
        }
        Command::Sandbox(command) => alone(sandbox::run(*command, &configure(Values::new())?, output)),
        Command::DevCa(command) => dev_ca::run(&command, &SystemClock, output),
        Command::Ofx(command) => ofx::run(&command, output),
        Command::Openapi(command) => openapi::run(&command, output),
        Command::Raw(command) => alone(raw::run(command, &configure(Values::new())?, output)),
        Command::User(command) => alone(user::run(command, &configure(Values::new())?, output)),
        Command::Operator(command) => alone(operator::run(command, &configure(Values::new())?, output)),
        Command::Webhook(command) => alone(webhook::run(command, &configure(Values::new())?, output)),
        Command::Migrate(command) => alone(migrate::run(command, &configure(Values::new())?, output)),
    }
}

/// Runs a command that does one thing after another.
fn alone(command: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::of)?.block_on(command)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn all(command: clap::Command) -> Vec<clap::Command> {
        let below: Vec<_> = command.get_subcommands().cloned().flat_map(all).collect();
        [vec![command], below].concat()
    }

    #[test]
    fn every_command_and_every_argument_says_what_it_is() {
        let mut arguments = Arguments::command();
        arguments.build();
        for command in all(arguments) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                let id = argument.get_id();
                assert!(argument.get_help().is_some(), "{} of {}", id, command.get_name());
            }
        }
    }
}

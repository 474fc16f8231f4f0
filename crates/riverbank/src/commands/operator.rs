//! `riverbank operator ...`: who logs in to the console. These commands run beside a server.

mod prompt;

use std::io::Write;

use clap::Subcommand;
use riverbank_engine::Engine;
use riverbank_engine::operators::AddedOperator;
use riverbank_model::ExposeSecret;
use riverbank_model::operator::Role;

use crate::config::Config;
use crate::failure::Failure;
use crate::wiring::engine;

#[derive(Debug, Subcommand)]
pub enum Operator {
    /// Add an operator and print what its authenticator app is told, which is shown only now; asks for the password,
    /// or reads it from standard input
    Add {
        /// What it logs in by: letters, digits, dots, dashes and underscores
        name: String,
        /// What it may do: `reader` sees, `operator` sees and acts
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Print all operators: name, role, when added
    List,
    /// Remove an operator and end its sessions
    Remove {
        /// The operator's name, as `operator list` prints it
        name: String,
    },
    /// Give an operator another password, asked for or read from standard input, and end its sessions
    Password {
        /// The operator's name, as `operator list` prints it
        name: String,
    },
    /// Give an operator's authenticator app a new secret, print it, and end the operator's sessions
    Totp {
        /// The operator's name, as `operator list` prints it
        name: String,
    },
}

pub async fn run(command: Operator, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let engine = engine::of_command(config).await?;
    let text = match command {
        Operator::Add { name, role } => {
            let password = prompt::password()?;
            let added = engine.add_operator(&name, role, &password).await.map_err(Failure::of)?;
            format!("{name} is added as {}\n{}", role.name(), told(&added))
        }
        Operator::List => list(&engine).await?,
        Operator::Remove { name } => {
            engine.remove_operator(&name).await.map_err(Failure::of)?;
            format!("{name} is removed\n")
        }
        Operator::Password { name } => {
            let password = prompt::password()?;
            engine.set_operator_password(&name, &password).await.map_err(Failure::of)?;
            format!("{name} has another password\n")
        }
        Operator::Totp { name } => told(&engine.renew_operator_secret(&name).await.map_err(Failure::of)?),
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

fn told(AddedOperator { secret, address }: &AddedOperator) -> String {
    format!(
        "secret:  {}\naddress: {}\nGive one of them to the authenticator app; they are shown only now.\n",
        secret.expose_secret(),
        address.expose_secret()
    )
}

async fn list(engine: &Engine) -> Result<String, Failure> {
    let operators = engine.operators().await.map_err(Failure::of)?;
    let lines = operators
        .into_iter()
        .map(|operator| format!("{}\t{}\t{:.0}\n", operator.name, operator.role.name(), operator.created_at));
    Ok(lines.collect())
}

fn role(name: &str) -> Result<Role, &'static str> {
    Role::from_name(name).ok_or("must be reader or operator")
}

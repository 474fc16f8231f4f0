//! `riverbank keys rotate` and `riverbank keys rewrap`: a new master key, and all that is sealed put under it while
//! servers run.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

use riverbank_model::Secrets;
use riverbank_store::vault::{Pass, versions_in_use};
use riverbank_store::{Store, Vault};

use crate::config::Config;
use crate::database::{self, Opener};
use crate::failure::Failure;
use crate::wiring::{keyring, mode};

/// How long servers are given to hear of a new version. They look once a second.
const HEARING: Duration = Duration::from_secs(3);
/// The pause after a pass, before what servers may have sealed under an older version meanwhile is looked for.
const PAUSE: Duration = Duration::from_secs(1);
/// Passes until values that keep coming under older versions are a server's fault.
const PASSES: u32 = 10;
/// Values of a column between two lines of progress.
const STRIDE: u64 = 10_000;

const NO_FILE: &str = "the master key is given as RIVERBANK_MASTER_KEY, and a second key needs a file";
const MAKE_FILE: &str = "write its line to a file that only the server can read, set RIVERBANK_MASTER_KEY_FILE to the \
                         file in place of RIVERBANK_MASTER_KEY, restart the servers, and rotate then";

pub async fn rotate(
    config: &Config,
    append_only: bool,
    secrets: &dyn Secrets,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    let path = keyring::file(config).ok_or_else(|| Failure::new(NO_FILE).hint(MAKE_FILE))?;
    let store = database::open(config, Opener::Command).await?;
    // Nothing is appended to a keyring that is not the database's.
    let vault = keyring::unlock(&mode::of_database(config, &store).await?, &store, secrets).await?;
    let version = keyring::append(&path, secrets)?;
    say(output, format_args!("version {version} of the master key was added to {}", path.display()))?;
    if append_only {
        let next =
            "copy the file to every machine that serves this database, and then run `riverbank keys rewrap`";
        return say(output, format_args!("{next}; until then, start no server"));
    }
    vault.renew();
    seal_anew(&store, &vault, secrets, output).await
}

pub async fn rewrap(config: &Config, secrets: &dyn Secrets, output: &mut dyn Write) -> Result<(), Failure> {
    let store = database::open(config, Opener::Command).await?;
    let vault = keyring::unlock(&mode::of_database(config, &store).await?, &store, secrets).await?;
    seal_anew(&store, &vault, secrets, output).await
}

async fn seal_anew(
    store: &Store,
    vault: &Vault,
    secrets: &dyn Secrets,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    let version = vault.current_version();
    vault.announce(store).await.map_err(Failure::of)?;
    say(output, format_args!("servers are told to seal under version {version}"))?;
    tokio::time::sleep(HEARING).await;
    if vault.is_lacked(store).await.map_err(Failure::of)? {
        let lacking = format!("a server of this database lacks version {version}; nothing was sealed anew");
        return Err(Failure::new(lacking)
            .hint("copy the keyring to every machine that serves it, then run `riverbank keys rewrap`"));
    }
    for _ in 0..PASSES {
        let pass = one_pass(store, vault, secrets, output).await?;
        tokio::time::sleep(PAUSE).await;
        if older(vault, &versions_in_use(store).await.map_err(Failure::of)?, &pass).is_empty() {
            return finish(store, vault, secrets, &pass, output).await;
        }
    }
    Err(Failure::new(
        "values keep coming that are sealed under older versions: a server does not follow the keyring",
    )
    .hint("send SIGHUP to every server, or restart it, then run `riverbank keys rewrap`"))
}

async fn one_pass(
    store: &Store,
    vault: &Vault,
    secrets: &dyn Secrets,
    output: &mut dyn Write,
) -> Result<Pass, Failure> {
    let (mut told, mut next) = (Ok(()), STRIDE);
    let mut tell = |column: &str, done: u64| {
        if done >= next && told.is_ok() {
            told = say(output, format_args!("{column}: {done} sealed anew"));
            next = done + STRIDE;
        }
    };
    let pass = vault.rewrap(store, secrets, &mut tell).await.map_err(Failure::of)?;
    told?;
    say(output, format_args!("{} values were sealed anew", pass.rewrapped))?;
    Ok(pass)
}

/// The versions, other than the current one, under which something is sealed that could be sealed anew: without the
/// key of the login fingerprints, which goes last.
fn older(vault: &Vault, used: &BTreeMap<u32, u64>, pass: &Pass) -> Vec<u32> {
    let lost = |version: &u32| {
        let count = |of: &BTreeMap<u32, u64>| of.get(version).copied().unwrap_or(0);
        count(&pass.damaged) + count(&pass.unknown)
    };
    let current = vault.current_version();
    used.iter()
        .filter(|(version, values)| **version != current && **values > lost(version))
        .map(|(version, _)| *version)
        .collect()
}

async fn finish(
    store: &Store,
    vault: &Vault,
    secrets: &dyn Secrets,
    pass: &Pass,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    if let Some((version, values)) = pass.unknown.first_key_value() {
        return Err(Failure::new(format!(
            "{values} values are sealed under version {version} of the master key, which the keyring does not hold"
        ))
        .hint("add its line before the last one, and run `riverbank keys rewrap`"));
    }
    vault.rewrap_fingerprint_key(store, secrets).await.map_err(Failure::of)?;
    let damaged: u64 = pass.damaged.values().sum();
    if damaged > 0 {
        say(
            output,
            format_args!(
                "{damaged} values do not open under any key and are left as they are; the log names them"
            ),
        )?;
    }
    let current = vault.current_version();
    for version in vault.versions().into_iter().filter(|version| *version != current) {
        say(output, format_args!("nothing is sealed under version {version} any more: its line may go"))?;
    }
    say(output, format_args!("all that the database holds is sealed under version {current}"))
}

fn say(output: &mut dyn Write, line: impl std::fmt::Display) -> Result<(), Failure> {
    writeln!(output, "{line}").map_err(Failure::output)
}

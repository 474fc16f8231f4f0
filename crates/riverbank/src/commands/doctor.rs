//! `riverbank doctor`: looks at configuration, key, database and clock, and says how to mend what is wrong. Changes
//! nothing.

use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::Offset;
use riverbank_http::server::Tls;
use riverbank_model::{Clock, Secrets};
use riverbank_store::{Store, Vault, vault};

use crate::config::Config;
use crate::database::{Opener, connect};
use crate::failure::Failure;
use crate::wiring::{carriers, engine, keyring, mode};

/// What the checks found so far.
struct Report<'a> {
    output: &'a mut dyn Write,
    wrong: usize,
}

impl Report<'_> {
    fn fine(&mut self, subject: &str, finding: impl Display) -> io::Result<()> {
        writeln!(self.output, "ok     {subject}: {finding}")
    }

    fn wrong(&mut self, subject: &str, finding: impl Display) -> io::Result<()> {
        self.wrong += 1;
        writeln!(self.output, "WRONG  {subject}: {finding}")
    }
}

pub async fn run(
    config: &Config,
    clock: &dyn Clock,
    secrets: &dyn Secrets,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    let mut report = Report { output, wrong: 0 };
    look(&mut report, config, clock, secrets).await.map_err(Failure::output)?;
    match report.wrong {
        0 => Ok(()),
        1 => Err(Failure::new("one thing is wrong")),
        wrong => Err(Failure::new(format!("{wrong} things are wrong"))),
    }
}

async fn look(
    report: &mut Report<'_>,
    config: &Config,
    clock: &dyn Clock,
    secrets: &dyn Secrets,
) -> io::Result<()> {
    for setting in config.in_force() {
        writeln!(report.output, "       {} = {}  ({})", setting.key, setting.value, setting.origin)?;
    }
    match config.check_serving() {
        Ok(()) => report.fine("configuration", "a server can start with it")?,
        Err(error) => report.wrong("configuration", Failure::from(error))?,
    }
    look_at_key(report, config)?;
    look_at_certificate(report, config)?;
    look_at_mail(report, config).await?;
    look_at_gateway(report, config)?;
    look_at_database(report, config, secrets).await?;
    look_at_clock(report, clock.now())
}

fn look_at_key(report: &mut Report<'_>, config: &Config) -> io::Result<()> {
    if let Some(path) = keyring::file(config).filter(|path| is_open_to_others(path)) {
        report.wrong("master key", format!("others can read {0}; chmod 600 {0}", path.display()))?;
    }
    match keyring::find(config) {
        Ok(Some(keyring)) => report.fine("master key", format!("versions {keyring:?}")),
        // What a server without one needs is told with the configuration.
        Ok(None) => Ok(()),
        Err(failure) => report.wrong("master key", failure),
    }
}

fn look_at_certificate(report: &mut Report<'_>, config: &Config) -> io::Result<()> {
    let Some(files) = &config.tls else { return Ok(()) };
    let key = files.key.display();
    if is_open_to_others(&files.key) {
        report.wrong("certificate", format!("others can read {key}; chmod 600 {key}"))?;
    }
    match Tls::load(&files.certificate, &files.key) {
        Ok(_) => report.fine("certificate", format!("{} with its key", files.certificate.display())),
        Err(error) => report.wrong("certificate", error),
    }
}

/// Says hello to the relay, with the login; no letter is sent.
async fn look_at_mail(report: &mut Report<'_>, config: &Config) -> io::Result<()> {
    let Some(mail) = &config.mail else { return Ok(()) };
    let carrier = match carriers::by_mail(mail) {
        Ok(carrier) => carrier,
        Err(failure) => return report.wrong("mail", failure),
    };
    match carrier.greet().await {
        Ok(()) => report.fine("mail", format!("{} takes our hello", mail.relay)),
        Err(error) => report.wrong("mail", format!("{}: {error}", mail.relay)),
    }
}

/// Nothing is posted: whether it could be is looked at.
fn look_at_gateway(report: &mut Report<'_>, config: &Config) -> io::Result<()> {
    let Some(gateway) = &config.message_gateway else { return Ok(()) };
    match engine::webhook_client(config).and_then(|client| carriers::by_gateway(gateway, &client)) {
        Ok(_) => report.fine("message gateway", format!("{} may be posted to", gateway.url)),
        Err(failure) => report.wrong("message gateway", failure),
    }
}

/// A file that is not there is nobody's to read; that it is missing is told elsewhere.
fn is_open_to_others(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

async fn look_at_database(report: &mut Report<'_>, config: &Config, secrets: &dyn Secrets) -> io::Result<()> {
    let url = &config.database_url;
    if url.path().is_some_and(|path| !path.exists()) {
        return report
            .fine("database", format!("{url} is not there yet; the first command that needs it makes it"));
    }
    if let Some(path) = url.path().filter(|path| is_open_to_others(path)) {
        report.wrong("database", format!("others can read {0}; chmod 600 {0}*", path.display()))?;
    }
    let store = match connect(config, Opener::Command).await {
        Ok(store) => store,
        Err(failure) => return report.wrong("database", failure),
    };
    match store.missing_migrations().await {
        Ok(missing) if missing.is_empty() => report.fine("database", format!("{url} is up to date"))?,
        Ok(missing) => {
            let finding = format!(
                "{url} lacks {} migrations; the next start, or `riverbank migrate`, makes up",
                missing.len()
            );
            return report.fine("database", finding);
        }
        Err(error) => return report.wrong("database", Failure::of(error)),
    }
    look_into_database(report, config, &store, secrets).await
}

/// What only a database of this version can tell: its mode, and whether the key opens it.
async fn look_into_database(
    report: &mut Report<'_>,
    config: &Config,
    store: &Store,
    secrets: &dyn Secrets,
) -> io::Result<()> {
    let stamp = match mode::stamped(store).await {
        Ok(Some(stamp)) => stamp,
        // Nothing has been sealed either before the first server.
        Ok(None) => return report.fine("mode", "no server has used the database yet"),
        Err(error) => return report.wrong("mode", Failure::of(error)),
    };
    match mode::check(&stamp, mode::wanted(config)) {
        Ok(()) => report.fine("mode", String::from_utf8_lossy(&stamp))?,
        Err(failure) => report.wrong("mode", failure)?,
    }
    let keyring = match keyring::find(config) {
        Ok(Some(keyring)) => keyring,
        Ok(None) => return report.wrong("seal", "the database is sealed, and its master key is not here"),
        // Told with the key.
        Err(_) => return Ok(()),
    };
    let vault = match Vault::unlock(store, keyring, secrets).await {
        Ok(vault) => vault,
        Err(error) => return report.wrong("seal", Failure::of(error)),
    };
    let used = match vault::versions_in_use(store).await {
        Ok(used) => used,
        Err(error) => return report.wrong("seal", Failure::of(error)),
    };
    if let Some((version, values)) = used.iter().find(|(version, _)| !vault.holds(**version)) {
        return report.wrong(
            "seal",
            format!("{values} values are sealed under version {version} of the master key, which the keyring does not hold: add its line"),
        );
    }
    report.fine("seal", "the master key opens what the database holds")?;
    let older: u64 = used
        .iter()
        .filter(|(version, _)| **version != vault.current_version())
        .map(|(_, values)| values)
        .sum();
    if older > 0 {
        report.fine("seal", format!("{older} values are sealed under older versions of the master key; `riverbank keys rewrap` seals them anew"))?;
    }
    Ok(())
}

/// A clock before the year of this version is wrong, and tokens and sessions would die at once when it is mended.
fn look_at_clock(report: &mut Report<'_>, now: Timestamp) -> io::Result<()> {
    let earliest = Offset::UTC.to_timestamp(date(2026, 1, 1).at(0, 0, 0, 0));
    if earliest.is_ok_and(|earliest| now < earliest) {
        return report
            .wrong("clock", format!("the machine says it is {now:.0}; set its clock, and keep it with NTP"));
    }
    report.fine("clock", format!("{now:.0}"))
}

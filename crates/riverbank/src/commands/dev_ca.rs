//! `riverbank dev-ca`: certificates to stand in for the hosts of the real thing, on one's own machine.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use riverbank_model::Clock;

use crate::failure::Failure;

/// The hosts that clients of Nexus have built in, in integration and in production, and this machine itself.
const HOSTS: [&str; 9] = [
    "int-data.moneydesktop.com",
    "data.moneydesktop.com",
    "int-sso.moneydesktop.com",
    "sso.moneydesktop.com",
    "int-live.moneydesktop.com",
    "live.moneydesktop.com",
    "localhost",
    "127.0.0.1",
    "::1",
];
/// Days that the certificates are good for. Clients on Apple's systems take none that are good for more than 825.
const DAYS: i64 = 397;
const AUTHORITY: &str = "authority.pem";
const CERTIFICATE: &str = "server.pem";
const KEY: &str = "server.key";

#[derive(Debug, Args)]
pub struct DevCa {
    /// The folder to write into
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    dir: PathBuf,
    /// A further host name or address to certify; may be given more than once
    #[arg(long = "host", value_name = "HOST")]
    hosts: Vec<String>,
}

pub fn run(command: &DevCa, clock: &dyn Clock, output: &mut dyn Write) -> Result<(), Failure> {
    let hosts: Vec<String> =
        HOSTS.into_iter().map(str::to_owned).chain(command.hosts.iter().cloned()).collect();
    let made = Made::new(hosts, clock.now()).map_err(Failure::of)?;
    let file = |name: &str| command.dir.join(name);
    write_new(&file(KEY), &made.key, 0o600)?;
    write_new(&file(CERTIFICATE), &made.certificate, 0o644)?;
    write_new(&file(AUTHORITY), &made.authority, 0o644)?;
    let [authority, certificate, key] =
        [AUTHORITY, CERTIFICATE, KEY].map(|name| file(name).display().to_string());
    writeln!(
        output,
        "{authority}\n  the authority, for clients to trust; its key is thrown away, so it certifies nothing else\n\
         {certificate}\n{key}\n  for: riverbank serve --tls-cert {certificate} --tls-key {key}"
    )
    .map_err(Failure::output)
}

/// All in PEM.
struct Made {
    authority: String,
    certificate: String,
    key: String,
}

impl Made {
    fn new(hosts: Vec<String>, now: Timestamp) -> Result<Self, rcgen::Error> {
        let mut root = CertificateParams::default();
        root.distinguished_name.push(DnType::CommonName, "Riverbank development authority");
        root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        limit(&mut root, now);
        let authority = CertifiedIssuer::self_signed(root, KeyPair::generate()?)?;
        let mut server = CertificateParams::new(hosts)?;
        server.distinguished_name.push(DnType::CommonName, "Riverbank");
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.use_authority_key_identifier_extension = true;
        limit(&mut server, now);
        let key = KeyPair::generate()?;
        let certificate = server.signed_by(&key, &authority)?;
        Ok(Self { authority: authority.pem(), certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

/// From yesterday on, since clocks differ.
fn limit(params: &mut CertificateParams, now: Timestamp) {
    let today = tz::Offset::UTC.to_datetime(now).date();
    let on = |day: Date| {
        let [month, day_of_month] = [day.month(), day.day()].map(i8::unsigned_abs);
        rcgen::date_time_ymd(day.year().into(), month, day_of_month)
    };
    params.not_before = on(today.saturating_sub(1.day()));
    params.not_after = on(today.saturating_add((DAYS - 1).days()));
}

fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let written = OpenOptions::new().write(true).create_new(true).mode(mode).open(path);
    let written = written.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        let exists = error.kind() == io::ErrorKind::AlreadyExists;
        let failure = Failure::of(error).about(path.display());
        if exists {
            failure.hint("remove it to make a new one, or choose another folder with --dir")
        } else {
            failure
        }
    })
}

//! `riverbank keys generate`: a line of a keyring.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Subcommand;
use riverbank_model::Secrets;
use zeroize::Zeroizing;

/// Bytes of a master key (AES-256).
const KEY_BYTES: usize = 32;
/// The version of a keyring's first key.
const FIRST_VERSION: u32 = 1;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Print a new master key, as a keyring of one line
    #[command(
        after_help = "Example:\n  (umask 077; riverbank keys generate > riverbank.key)\n  \
                            export RIVERBANK_MASTER_KEY_FILE=riverbank.key"
    )]
    Generate,
}

pub fn run(command: &Keys, secrets: &dyn Secrets, output: &mut dyn Write) -> io::Result<()> {
    match command {
        Keys::Generate => writeln!(output, "{}", *keyring_line(secrets)),
    }
}

/// `version key`, the key in base64.
pub fn keyring_line(secrets: &dyn Secrets) -> Zeroizing<String> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    secrets.fill(key.as_mut());
    Zeroizing::new(format!(
        "{FIRST_VERSION} {}",
        *Zeroizing::new(STANDARD.encode(*key))
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::OsSecrets;

    #[test]
    fn a_generated_line_is_version_one_and_32_bytes() {
        let mut output = Vec::new();
        run(&Keys::Generate, &OsSecrets, &mut output).unwrap();
        let line = String::from_utf8(output).unwrap();
        let key = line
            .strip_prefix("1 ")
            .and_then(|rest| rest.strip_suffix('\n'))
            .unwrap();
        assert_eq!(STANDARD.decode(key).unwrap().len(), KEY_BYTES);
    }
}

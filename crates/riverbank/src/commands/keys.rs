//! `riverbank keys`: the master key. Generating a line of a keyring is here; see `rotate.rs` for the rest.

use std::io::{self, Write};

use clap::Subcommand;
use riverbank_model::Secrets;
use riverbank_store::Keyring;

use crate::wiring::keyring::FIRST_VERSION;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Print a new master key, as a keyring of one line
    #[command(after_help = "Example:\n  (umask 077; riverbank keys generate > riverbank.key)\n  \
                            export RIVERBANK_MASTER_KEY_FILE=riverbank.key")]
    Generate,
    /// Append a new key to the keyring, and seal under it all that is under older ones
    Rotate {
        /// Only append it: for a keyring that is to be copied to other machines before servers use the new key
        #[arg(long)]
        append_only: bool,
    },
    /// Seal under the current key all that is under older ones, and say which lines may go; goes on where an
    /// interrupted rotation stopped
    Rewrap,
}

pub fn generate(secrets: &dyn Secrets, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{}", *Keyring::generate_line(FIRST_VERSION, secrets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::OsSecrets;

    #[test]
    fn what_is_generated_is_a_keyring_and_differs_every_time() {
        let generate = || {
            let mut output = Vec::new();
            super::generate(&OsSecrets, &mut output).unwrap();
            String::from_utf8(output).unwrap()
        };
        let line = generate();
        assert!(line.starts_with("1 ") && line.ends_with('\n'));
        assert!(Keyring::parse(&line).is_ok());
        assert_ne!(line, generate());
    }
}

//! `riverbank keys generate`: a line of a keyring.

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
}

pub fn run(command: &Keys, secrets: &dyn Secrets, output: &mut dyn Write) -> io::Result<()> {
    match command {
        Keys::Generate => writeln!(output, "{}", *Keyring::generate_line(FIRST_VERSION, secrets)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::OsSecrets;

    #[test]
    fn what_is_generated_is_a_keyring_and_differs_every_time() {
        let generate = || {
            let mut output = Vec::new();
            run(&Keys::Generate, &OsSecrets, &mut output).unwrap();
            String::from_utf8(output).unwrap()
        };
        let line = generate();
        assert!(line.starts_with("1 ") && line.ends_with('\n'));
        assert!(Keyring::parse(&line).is_ok());
        assert_ne!(line, generate());
    }
}

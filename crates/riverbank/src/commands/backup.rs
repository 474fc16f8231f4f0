//! `riverbank backup`: a copy of a SQLite database, beside a server that may be running.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use riverbank_store::db::{self, Backup};

use crate::config::Config;
use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct Destination {
    /// The file to make; one that is there is not overwritten
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub fn run(
    Destination { file }: &Destination,
    config: &Config,
    output: &mut dyn Write,
) -> Result<(), Failure> {
    let url = &config.database_url;
    let Some(database) = url.path() else {
        let message = "this copies a SQLite file; a PostgreSQL database is copied by PostgreSQL's own tools";
        let command = format!("pg_dump --format=custom --file={} '{url}'", file.display());
        return Err(Failure::new(message).hint(command));
    };
    let Backup { bytes, key_versions } = db::backup(database, file)
        .map_err(|error| Failure::of(error).hint(format!("the database is {url} (--database-url)")))?;
    let versions: Vec<String> = key_versions.iter().map(u32::to_string).collect();
    let sealed = if versions.is_empty() {
        "Nothing in it is sealed.".to_owned()
    } else {
        format!(
            "It opens with keyring versions {} only, which are not in it: keep a copy of the keyring, apart from it.",
            versions.join(", ")
        )
    };
    writeln!(output, "{}: {bytes} bytes, complete and checked\n{sealed}", file.display())
        .map_err(Failure::output)
}

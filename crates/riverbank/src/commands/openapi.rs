//! `riverbank openapi`: the descriptions of all operations.

use std::io::Write;

use clap::Args;
use riverbank_http::{control, openapi, routes};

use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct Openapi {
    /// The operations of a sandbox's control face instead of those of the API
    #[arg(long)]
    control: bool,
}

pub fn run(command: &Openapi, output: &mut dyn Write) -> Result<(), Failure> {
    let document = if command.control { control::document() } else { routes::document() };
    let text = openapi::text(&document).map_err(Failure::of)?;
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

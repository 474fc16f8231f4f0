//! `riverbank openapi`: the description of every operation that is served.

use std::io::Write;

use riverbank_http::{openapi, routes};

use crate::failure::Failure;

pub fn run(output: &mut dyn Write) -> Result<(), Failure> {
    let text = openapi::text(&routes::document()).map_err(Failure::of)?;
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

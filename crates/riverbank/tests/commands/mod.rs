//! The commands of the binary, as an operator runs them.

mod clients;
mod copies;
mod doctor;
mod institutions;
mod journeys;
mod merchants;
mod output;
mod sandbox;
mod serving;
mod webhooks;

use riverbank_testkit::server::{Server, ServerOptions};

/// A server that does not run, in a directory of its own.
fn prepared(options: ServerOptions) -> Server {
    Server::prepare(options).expect("the built binary")
}

/// What a command that must fail says.
fn failure_of(server: &Server, arguments: &[&str]) -> String {
    let output = server.output(arguments).expect("a command that can be run");
    assert!(!output.status.success(), "{arguments:?} did not fail");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

//! What is made of a whole answer: refusals, and what the log is told of it.

use riverbank_model::connection::ConnectionStatus;

use super::read::OfxFile;
use super::status::{self, Verdict};
use crate::connector::BankRefusal;

/// A refusal without a code of the institution's.
pub(super) fn failed(message: &str) -> BankRefusal {
    BankRefusal { status: ConnectionStatus::Failed, code: None, message: message.to_owned() }
}

/// What the answer to the sign-on means, refusals as errors.
pub(super) fn sign_on_verdict(file: &OfxFile) -> Result<Option<Verdict>, BankRefusal> {
    let status = file
        .sign_on
        .as_ref()
        .and_then(|sign_on| sign_on.status.as_ref())
        .ok_or_else(|| failed("the answer has no status of the sign-on"))?;
    match status::verdict(status) {
        Some(Verdict::Refused(connection)) => Err(status::refusal(connection, status)),
        verdict => Ok(verdict),
    }
}

/// The refusal of a request of that kind, if there is one.
pub(super) fn refused_response(file: &OfxFile, name: &str) -> Result<(), BankRefusal> {
    let refused = file
        .responses
        .iter()
        .filter(|response| response.name == name)
        .find_map(|response| response.status.as_ref().filter(|status| status.is_error));
    match refused {
        Some(status) => Err(status::refusal(ConnectionStatus::Failed, status)),
        None => Ok(()),
    }
}

/// Tells the log what could not be read, or is in doubt.
pub(super) fn log_warnings(file: &OfxFile, institution: &str) {
    for warning in &file.warnings {
        tracing::warn!(
            institution,
            line = warning.line,
            byte = warning.byte,
            is_loss = warning.is_loss,
            "{}",
            warning.message
        );
    }
}

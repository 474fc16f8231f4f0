//! What every handler is given.

use std::sync::Arc;

use riverbank_engine::{Engine, Fault};
use riverbank_model::guid::ClientGuid;

use crate::error::{ApiError, ErrorCode};
use crate::manners::limit::RequestLimit;

/// The state of all routes.
#[derive(Clone)]
pub struct App {
    /// What happens.
    pub engine: Engine,
    /// How much each client may ask for; none is no limit.
    pub limit: Option<Arc<RequestLimit>>,
}

impl App {
    /// Counts a request of a client that is known by now, or refuses it.
    pub(crate) fn admit(&self, client: &ClientGuid) -> Result<(), ApiError> {
        self.limit.as_ref().map_or(Ok(()), |limit| limit.admit(client.as_str()))
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unavailable(reason) => {
                // Not aloud: the store tells of it once, and not for each request.
                tracing::debug!(%reason, "the database is not available");
                ErrorCode::Unavailable.into()
            }
            other => Self::internal(other),
        }
    }
}

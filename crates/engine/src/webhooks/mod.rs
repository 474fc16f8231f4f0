//! Webhooks: what partners' endpoints are told, and how it gets there.

mod delivery;
mod endpoints;
mod log;
mod news;
mod payload;
mod post;
mod replay;
mod retries;
mod sample;
mod secrets;
mod signature;
#[cfg(test)]
mod tests;

pub use endpoints::{AddEndpointError, EndpointError, EndpointView, EndpointWithSecret, NewEndpoint};
pub use log::{AttemptView, MessageError, MessageView};
pub use riverbank_store::webhook_messages::{Message, MessageState};
pub use secrets::Authorization;

pub(crate) use delivery::Receivers;
pub(crate) use news::News;
pub(crate) use payload::ToldTagging;
pub(crate) use post::{Post, retry_after};
pub(crate) use retries::{EXPIRES_AFTER, gap};
pub(crate) use signature::Signer;

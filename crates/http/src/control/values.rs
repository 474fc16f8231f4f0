//! Values that several calls of the control face take.

use riverbank_engine::control::NotASandbox;
use riverbank_model::connection::ConnectionStatus;
use serde::{Deserialize, Deserializer, de};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::error::{ApiError, ErrorCode};

/// One of the 22 connection statuses, by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Status(pub(super) ConnectionStatus);

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        ConnectionStatus::from_name(&name).map(Self).ok_or_else(|| {
            let names: Vec<_> = ConnectionStatus::ALL.iter().map(|status| status.name()).collect();
            de::Error::custom(format_args!("must be one of: {}", names.join(", ")))
        })
    }
}

impl PartialSchema for Status {
    fn schema() -> RefOr<Schema> {
        let names = ConnectionStatus::ALL.iter().map(|status| status.name());
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for Status {}

impl From<NotASandbox> for ApiError {
    fn from(error: NotASandbox) -> Self {
        Self::new(ErrorCode::NotAllowed, error.to_string())
    }
}

//! A fault as answers show it.

use riverbank_engine::control::{Effect, PlannedFault};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::values::Moment;

/// What a fault does.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = FaultKind)]
pub(super) enum Kind {
    /// A call takes longer by `milliseconds`.
    Latency,
    /// A call ends as one does that takes too long, at once.
    Timeout,
    /// The institution's server answers with the HTTP status `status`.
    Status,
    /// The answer breaks off.
    HalfAnswer,
    /// The institution refuses: the member becomes `connection_status`.
    Refusal,
}

/// A call to an institution.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = FaultCall)]
pub(super) enum Call {
    /// Logging in.
    Open,
    /// Going on after a challenge or a wait.
    Resume,
    /// Fetching the data.
    Fetch,
    /// Renewing the consent of an OAuth member before it is used.
    Refresh,
    /// Exchanging the code that an end user brings from the institution's own page.
    Exchange,
}

/// What is planned to go wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fault)]
pub(in crate::control) struct FaultView {
    number: i64,
    institution_guid: String,
    /// The one member that it is for.
    member_guid: Option<String>,
    kind: Kind,
    milliseconds: Option<u32>,
    status: Option<u16>,
    connection_status: Option<&'static str>,
    /// The call that it strikes; null strikes any.
    call: Option<Call>,
    /// Attempts that it has yet to strike; null is no limit.
    remaining: Option<i64>,
    /// How many of the attempts that it may strike it does.
    probability: f64,
    /// Attempts that it has struck.
    struck: i64,
    created_at: Moment,
}

/// A fault with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FaultResponseBody)]
pub(super) struct FaultBody {
    pub(super) fault: FaultView,
}

/// Faults with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FaultsResponseBody)]
pub(super) struct FaultsBody {
    pub(super) faults: Vec<FaultView>,
}

impl From<PlannedFault> for FaultView {
    fn from(fault: PlannedFault) -> Self {
        let (mut milliseconds, mut status, mut connection_status) = (None, None, None);
        let kind = match fault.effect {
            Effect::Latency { milliseconds: given } => {
                milliseconds = Some(given);
                Kind::Latency
            }
            Effect::Timeout => Kind::Timeout,
            Effect::Status { status: given } => {
                status = Some(given);
                Kind::Status
            }
            Effect::HalfAnswer => Kind::HalfAnswer,
            Effect::Refusal { connection_status: given } => {
                connection_status = Some(given.name());
                Kind::Refusal
            }
        };
        Self {
            number: fault.number,
            institution_guid: fault.institution_guid.to_string(),
            member_guid: fault.member_guid.map(|guid| guid.to_string()),
            kind,
            milliseconds,
            status,
            connection_status,
            call: fault.call.map(Call::from),
            remaining: fault.remaining,
            probability: fault.chance.probability(),
            struck: fault.struck,
            created_at: fault.created_at.into(),
        }
    }
}

impl From<riverbank_engine::control::Call> for Call {
    fn from(call: riverbank_engine::control::Call) -> Self {
        use riverbank_engine::control::Call as Known;
        match call {
            Known::Open => Self::Open,
            Known::Resume => Self::Resume,
            Known::Fetch => Self::Fetch,
            Known::Refresh => Self::Refresh,
            Known::Exchange => Self::Exchange,
        }
    }
}

impl From<Call> for riverbank_engine::control::Call {
    fn from(call: Call) -> Self {
        match call {
            Call::Open => Self::Open,
            Call::Resume => Self::Resume,
            Call::Fetch => Self::Fetch,
            Call::Refresh => Self::Refresh,
            Call::Exchange => Self::Exchange,
        }
    }
}

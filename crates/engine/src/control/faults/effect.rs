//! What a fault does to a call of a connector.

use std::time::Duration;

use riverbank_connect::BankRefusal;
use riverbank_model::connection::ConnectionStatus;
use serde::{Deserialize, Serialize};

/// A call to an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Call {
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

impl Call {
    /// Every call.
    pub const ALL: [Self; 5] = [Self::Open, Self::Resume, Self::Fetch, Self::Refresh, Self::Exchange];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Resume => "RESUME",
            Self::Fetch => "FETCH",
            Self::Refresh => "REFRESH",
            Self::Exchange => "EXCHANGE",
        }
    }

    /// The call of this exact name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.name() == name)
    }
}

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Effect {
    /// It takes so much longer; machine time.
    Latency {
        /// How much.
        milliseconds: u32,
    },
    /// It ends as one does that took too long, at once.
    Timeout,
    /// The institution's server answers with an HTTP status that is no success.
    Status {
        /// The status.
        status: u16,
    },
    /// The answer breaks off: the institution has done its part, and nothing of it counts.
    HalfAnswer,
    /// The institution refuses.
    Refusal {
        /// What the member becomes.
        #[serde(with = "by_name")]
        connection_status: ConnectionStatus,
    },
}

impl Effect {
    /// The longest delay, in milliseconds: two thirds of the time that a call has.
    pub const LONGEST_LATENCY: u32 = 60_000;
    /// What an institution may refuse with: the statuses of a [`BankRefusal`].
    pub const REFUSALS: [ConnectionStatus; 9] = [
        ConnectionStatus::Denied,
        ConnectionStatus::Rejected,
        ConnectionStatus::Locked,
        ConnectionStatus::Impeded,
        ConnectionStatus::Failed,
        ConnectionStatus::Delayed,
        ConnectionStatus::Degraded,
        ConnectionStatus::Disconnected,
        ConnectionStatus::Discontinued,
    ];

    /// How much longer a call takes; none for what ends it.
    pub(crate) fn delay(self) -> Option<Duration> {
        match self {
            Self::Latency { milliseconds } => Some(Duration::from_millis(milliseconds.into())),
            _ => None,
        }
    }

    /// What a call ends with, if it ends by this.
    pub(crate) fn refusal(self) -> Option<BankRefusal> {
        use ConnectionStatus::Failed;
        let (status, code, message) = match self {
            Self::Latency { .. } => return None,
            Self::Timeout => return Some(too_slow()),
            Self::Status { status } => (
                Failed,
                Some(i64::from(status)),
                format!("the institution answers with HTTP status {status}"),
            ),
            Self::HalfAnswer => (Failed, None, "the answer of the institution is cut off".to_owned()),
            Self::Refusal { connection_status } => {
                (connection_status, None, "the institution refuses, as it was planned".to_owned())
            }
        };
        Some(BankRefusal { status, code, message })
    }
}

/// What a call ends with that takes longer than it may.
pub(crate) fn too_slow() -> BankRefusal {
    BankRefusal {
        status: ConnectionStatus::Failed,
        code: None,
        message: "the institution did not answer in time".to_owned(),
    }
}

mod by_name {
    use riverbank_model::connection::ConnectionStatus;
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(super) fn serialize<S: Serializer>(
        status: &ConnectionStatus,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(status.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<ConnectionStatus, D::Error> {
        let name = String::deserialize(deserializer)?;
        ConnectionStatus::from_name(&name).ok_or_else(|| de::Error::custom("no connection status"))
    }
}

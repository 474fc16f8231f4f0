//! The ways of end users to institutions' own pages: how they stand, and why they fail.
//!
//! Source: the Nexus reference, OAuth (numbers and names of the widget).

/// How a way to an institution stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthStatus {
    /// The end user is on the way.
    Pending = 1,
    /// It led to a consent.
    Success = 2,
    /// It did not.
    Errored = 3,
}

/// Why there is no consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OauthErrorReason {
    /// The end user backed out.
    Cancelled = 1,
    /// The institution could not tell who it is.
    Denied = 2,
    /// The end user must act at the institution first.
    Impeded = 3,
    /// The institution failed, or its answer was not to be trusted.
    ProviderError = 4,
    /// This server failed, or is not registered as it should be.
    ServerError = 5,
    /// The way was too long, or was ended by something else.
    SessionError = 6,
}

impl AuthStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Success, Self::Errored];

    /// The documented number.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The status with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == id)
    }
}

impl OauthErrorReason {
    /// Every reason, with its name.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Cancelled, "CANCELLED"),
        (Self::Denied, "DENIED"),
        (Self::Impeded, "IMPEDED"),
        (Self::ProviderError, "PROVIDER_ERROR"),
        (Self::ServerError, "SERVER_ERROR"),
        (Self::SessionError, "SESSION_ERROR"),
    ];

    /// The documented number.
    pub fn id(self) -> i64 {
        self as i64
    }

    /// The reason with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().map(|(reason, _)| reason).find(|reason| reason.id() == id)
    }

    /// The documented name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(reason, _)| *reason == self).map_or("", |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back() {
        for (number, (reason, name)) in (1..).zip(OauthErrorReason::ALL) {
            assert_eq!((reason.id(), reason.name()), (number, name));
            assert_eq!(OauthErrorReason::from_id(number), Some(reason));
        }
        for status in AuthStatus::ALL {
            assert_eq!(AuthStatus::from_id(status.id()), Some(status));
        }
        assert_eq!((AuthStatus::from_id(0), OauthErrorReason::from_id(0)), (None, None));
    }
}

//! What the end user's browser brings back from a provider (RFC 6749, 4.1.2; RFC 9207).

use riverbank_model::SecretText;

/// The parameters of a return, but for the state, which leads to the attempt.
#[derive(Debug, Default)]
pub struct Answer {
    /// The authorisation code.
    pub code: Option<SecretText>,
    /// Why there is none.
    pub error: Option<String>,
    /// Who answers.
    pub iss: Option<String>,
}

/// Why a provider sent an end user back without a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The end user did not want to.
    Cancelled,
    /// The provider could not tell who it is.
    Denied,
    /// The end user must see to something at the institution first.
    Impeded,
    /// The provider failed.
    Failed,
    /// What this server asked for was not understood, or is not allowed to it.
    Ours,
}

/// The codes of RFC 6749, 4.1.2.1 and of OpenID Connect Core 1.0, 3.1.2.6; any other is a failure of the provider.
const CODES: [(&str, Refusal); 11] = [
    ("access_denied", Refusal::Cancelled),
    ("login_required", Refusal::Denied),
    ("interaction_required", Refusal::Impeded),
    ("account_selection_required", Refusal::Impeded),
    ("consent_required", Refusal::Impeded),
    ("invalid_request", Refusal::Ours),
    ("invalid_request_uri", Refusal::Ours),
    ("unauthorized_client", Refusal::Ours),
    ("unsupported_response_type", Refusal::Ours),
    ("invalid_scope", Refusal::Ours),
    ("request_uri_not_supported", Refusal::Ours),
];

impl Refusal {
    /// What a code means.
    pub fn of(error: &str) -> Self {
        CODES.iter().find(|(code, _)| *code == error).map_or(Self::Failed, |(_, refusal)| *refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_standard_knows_is_the_providers_failure() {
        assert_eq!(Refusal::of("access_denied"), Refusal::Cancelled);
        for unknown in ["server_error", "temporarily_unavailable", "", "ACCESS_DENIED"] {
            assert_eq!(Refusal::of(unknown), Refusal::Failed, "{unknown}");
        }
    }
}

//! The status that a caller may set at a test institution.

use riverbank_model::challenge::{Challenge, ChallengeKind};
use riverbank_model::connection::ConnectionStatus;

use crate::institutions::Institution;

/// Why a caller may not set a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForcedStatusError {
    /// Only members of test institutions.
    #[error("connection_status can only be set for a member of a test institution.")]
    NotATestInstitution,
    /// Not one of the 22 names.
    #[error("connection_status must be one of: {}.", names())]
    UnknownStatus,
    /// PENDING belongs to OAuth.
    #[error("connection_status PENDING is for OAuth members only.")]
    PendingWithoutOauth,
}

/// The names that a caller may send.
fn names() -> String {
    let names: Vec<_> = ConnectionStatus::ALL.iter().map(|status| status.name()).collect();
    names.join(", ")
}

/// The status that `asked` puts a member in: none when nothing was asked, or when credentials or OAuth decide.
pub(super) fn forced_status(
    institution: &Institution,
    asked: Option<&str>,
    has_credentials: bool,
    is_oauth: bool,
) -> Result<Option<ConnectionStatus>, ForcedStatusError> {
    let Some(name) = asked else { return Ok(None) };
    if !institution.is_test {
        return Err(ForcedStatusError::NotATestInstitution);
    }
    let status = ConnectionStatus::from_name(name).ok_or(ForcedStatusError::UnknownStatus)?;
    if has_credentials || is_oauth {
        return Ok(None);
    }
    if status == ConnectionStatus::Pending {
        return Err(ForcedStatusError::PendingWithoutOauth);
    }
    Ok(Some(status))
}

/// The right answer to the question of a member that was put in CHALLENGED.
pub(crate) const FORCED_ANSWER: &str = "correct";

/// The question of a member that was put in CHALLENGED.
pub(super) fn forced_challenge() -> Challenge {
    Challenge {
        kind: ChallengeKind::Text,
        field_name: "forced".to_owned(),
        label: format!("What is the right answer? (It is \"{FORCED_ANSWER}\".)"),
        image_data: None,
        options: Vec::new(),
    }
}

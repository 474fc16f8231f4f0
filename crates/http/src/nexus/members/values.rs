//! What the bodies of several operations hold.

use riverbank_engine::members::{CredentialsError, ForcedStatusError, GivenCredential};
use riverbank_engine::oauth::OauthError;
use riverbank_model::SecretText;
use riverbank_model::use_case::{self, UseCases};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::error::{ApiError, ErrorCode};
use crate::values::Text;

/// A use case as bodies and queries name it.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UseCase {
    MoneyMovement,
    Pfm,
}

impl From<UseCase> for use_case::UseCase {
    fn from(case: UseCase) -> Self {
        match case {
            UseCase::MoneyMovement => Self::MoneyMovement,
            UseCase::Pfm => Self::Pfm,
        }
    }
}

/// The set of the use cases in a body.
pub(crate) fn use_cases(cases: Option<Vec<UseCase>>) -> Option<UseCases> {
    cases.map(|cases| cases.into_iter().map(use_case::UseCase::from).collect())
}

/// The use case that a query narrows a list to.
pub(crate) fn only_use_case(cases: &[UseCase]) -> Result<Option<use_case::UseCase>, ApiError> {
    match cases {
        [] => Ok(None),
        [case] => Ok(Some((*case).into())),
        _ => Err(ApiError::bad_request("use_case: must be a single value.")),
    }
}

/// A value for one credential.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CredentialValue {
    /// Which of the institution's credentials the value is for.
    credential_guid: Option<Text>,
    /// Synonym of `credential_guid`.
    guid: Option<Text>,
    /// What the end user typed.
    value: Option<Text>,
}

/// The credentials of a body, each with its id and its value.
pub(crate) fn credentials(values: Option<Vec<CredentialValue>>) -> Result<Vec<GivenCredential>, ApiError> {
    let mut given = Vec::new();
    for (index, value) in values.unwrap_or_default().into_iter().enumerate() {
        given.push(credential(value, &format!("credentials[{index}]."))?);
    }
    Ok(given)
}

/// One credential; `place` stands before the names of what is missing.
pub(crate) fn credential(value: CredentialValue, place: &str) -> Result<GivenCredential, ApiError> {
    let CredentialValue { credential_guid, guid, value } = value;
    match (one_guid(credential_guid, guid, place)?, value) {
        (Some(guid), Some(value)) => {
            Ok(GivenCredential { guid: guid.into_string(), value: SecretText::from(value.into_string()) })
        }
        (None, None) => Err(ApiError::missing(&[format!("{place}credential_guid"), format!("{place}value")])),
        (None, Some(_)) => Err(ApiError::missing(&[format!("{place}credential_guid")])),
        (Some(_), None) => Err(ApiError::missing(&[format!("{place}value")])),
    }
}

/// The id under either of its names; the two of them may not differ.
pub(super) fn one_guid(
    credential_guid: Option<Text>,
    guid: Option<Text>,
    place: &str,
) -> Result<Option<Text>, ApiError> {
    match (credential_guid, guid) {
        (Some(one), Some(other)) if one != other => {
            Err(ApiError::bad_request(format!("{place}credential_guid and guid must not differ.")))
        }
        (one, other) => Ok(one.or(other)),
    }
}

/// Text that is there; empty text counts as absent.
pub(crate) fn filled(text: Option<Text>) -> Option<String> {
    text.map(Text::into_string).filter(|text| !text.is_empty())
}

impl From<CredentialsError> for ApiError {
    fn from(error: CredentialsError) -> Self {
        let code = match error {
            CredentialsError::Incomplete(_) => ErrorCode::ParameterMissing,
            CredentialsError::Unknown { .. } | CredentialsError::Repeated(_) => ErrorCode::BadRequest,
        };
        Self::new(code, error.to_string())
    }
}

impl From<ForcedStatusError> for ApiError {
    fn from(error: ForcedStatusError) -> Self {
        Self::bad_request(error.to_string())
    }
}

impl From<OauthError> for ApiError {
    fn from(error: OauthError) -> Self {
        match error {
            OauthError::NoSuchMember => Self::not_found(),
            OauthError::Fault(fault) => fault.into(),
            other => Self::bad_request(other.to_string()),
        }
    }
}

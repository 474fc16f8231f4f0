//! An institution as a test author sees it.

use riverbank_engine::control::{BankFile, BankView, UploadBanksError};
use riverbank_model::limits;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::error::{ApiError, ErrorCode};
use crate::values::Moment;

/// An institution of the sandbox.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ControlInstitution)]
pub(super) struct InstitutionView {
    guid: String,
    code: String,
    name: String,
    /// What serves it: `script` or `ofx`.
    connector: String,
    is_test: bool,
    /// It comes with the server: it is neither changed nor removed.
    is_built_in: bool,
    /// How many members it has.
    members: i64,
    updated_at: Moment,
}

/// An institution with its file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ControlInstitutionResponseBody)]
pub(super) struct InstitutionBody {
    institution: InstitutionView,
    /// The catalogue file that it follows from.
    toml: String,
}

/// A page of institutions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ControlInstitutionsResponseBody)]
pub(super) struct InstitutionsBody {
    pub(super) institutions: Vec<InstitutionView>,
    pub(super) pagination: Pagination,
}

impl From<BankView> for InstitutionView {
    fn from(view: BankView) -> Self {
        let institution = view.institution;
        Self {
            guid: institution.guid.to_string(),
            code: institution.code.clone(),
            name: institution.name.clone(),
            connector: institution.connector.clone(),
            is_test: institution.is_test,
            is_built_in: view.is_built_in,
            members: view.members,
            updated_at: institution.updated_at.into(),
        }
    }
}

impl From<BankFile> for InstitutionBody {
    fn from(file: BankFile) -> Self {
        Self { institution: file.bank.into(), toml: file.toml }
    }
}

impl From<UploadBanksError> for ApiError {
    fn from(error: UploadBanksError) -> Self {
        let code = match error {
            UploadBanksError::NotASandbox(error) => return error.into(),
            UploadBanksError::Fault(fault) => return fault.into(),
            UploadBanksError::Flawed(_)
            | UploadBanksError::Empty
            | UploadBanksError::TooManyBanks(_)
            | UploadBanksError::TooMuchWritten(_) => ErrorCode::BadRequest,
            UploadBanksError::BuiltIn(_) | UploadBanksError::CodeTaken(_) => ErrorCode::Unprocessable,
        };
        Self::new(code, error.to_string().chars().take(limits::TEXT).collect::<String>())
    }
}

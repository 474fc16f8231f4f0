//! The numbers of an account as answers show them.

use riverbank_engine::account_numbers::AccountNumberView;
use serde::Serialize;
use utoipa::ToSchema;

/// The numbers by which money is moved to and from an account.
#[derive(Serialize, ToSchema)]
#[schema(as = AccountNumberResponse)]
pub(super) struct AccountNumberObject {
    account_guid: String,
    account_number: String,
    guid: String,
    /// Three digits, in Canada.
    institution_number: Option<String>,
    loan_guarantor: Option<String>,
    loan_reference_number: Option<String>,
    member_guid: String,
    /// Whether the numbers can be those of an account, by their lengths and the check digit.
    passed_validation: bool,
    routing_number: String,
    sequence_number: Option<String>,
    /// Five digits of the branch, in Canada.
    transit_number: Option<String>,
    user_guid: String,
}

/// Numbers of accounts.
#[derive(Serialize, ToSchema)]
#[schema(as = AccountNumbersResponseBody)]
pub(super) struct AccountNumbersBody {
    account_numbers: Vec<AccountNumberObject>,
}

impl From<Vec<AccountNumberView>> for AccountNumbersBody {
    fn from(numbers: Vec<AccountNumberView>) -> Self {
        Self { account_numbers: numbers.into_iter().map(AccountNumberObject::from).collect() }
    }
}

impl From<AccountNumberView> for AccountNumberObject {
    fn from(view: AccountNumberView) -> Self {
        Self {
            account_guid: view.account_guid.to_string(),
            account_number: view.account_number,
            guid: view.guid.to_string(),
            institution_number: view.told.institution_number,
            loan_guarantor: view.told.loan_guarantor,
            loan_reference_number: view.told.loan_reference_number,
            member_guid: view.member_guid.to_string(),
            passed_validation: view.passed_validation,
            routing_number: view.routing_number,
            sequence_number: view.told.sequence_number,
            transit_number: view.told.transit_number,
            user_guid: view.user_guid.to_string(),
        }
    }
}

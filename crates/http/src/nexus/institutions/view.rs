//! An institution as answers show it.

use std::sync::Arc;

use riverbank_engine::institutions;
use riverbank_model::account::AccountType;
use riverbank_model::guid::InstitutionGuid;
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::object;
use crate::values::Moment;

object! {
    /// A financial institution that members can be connected to.
    pub(super) Institution(Arc<institutions::Institution>) as "InstitutionResponse";
    |it| {
        plain code: &str = it.code.as_str();
        plain created_at: Moment = Moment(it.created_at);
        plain forgot_password_url: Option<&str> = it.forgot_password_url.as_deref();
        plain forgot_username_url: Option<&str> = it.forgot_username_url.as_deref();
        plain guid: &InstitutionGuid = &it.guid;
        plain has_checking_accounts: bool = it.has_accounts(AccountType::Checking);
        plain has_credit_card_accounts: bool = it.has_accounts(AccountType::CreditCard);
        plain has_investment_accounts: bool = it.has_accounts(AccountType::Investment);
        plain has_line_of_credit_accounts: bool = it.has_accounts(AccountType::LineOfCredit);
        plain has_loan_accounts: bool = it.has_accounts(AccountType::Loan);
        plain has_mortgage_accounts: bool = it.has_accounts(AccountType::Mortgage);
        plain has_savings_accounts: bool = it.has_accounts(AccountType::Savings);
        plain is_disabled_by_client: bool = false;
        plain is_hidden: bool = it.is_hidden;
        plain is_test: bool = it.is_test;
        plain iso_country_code: &[String] = it.countries.as_slice();
        plain medium_logo_url: Option<&str> = it.medium_logo_url.as_deref();
        plain name: &str = it.name.as_str();
        plain popularity: i64 = it.popularity;
        plain small_logo_url: Option<&str> = it.small_logo_url.as_deref();
        plain supports_account_identification: bool = it.supports_account_identification;
        plain supports_account_verification: bool = it.supports_account_verification;
        plain supports_oauth: bool = it.supports_oauth;
        plain supports_transaction_history: bool = it.supports_transaction_history;
        plain trouble_signing_in_url: Option<&str> = it.trouble_signing_in_url.as_deref();
        plain updated_at: Moment = Moment(it.updated_at);
        plain url: &str = it.url.as_deref().unwrap_or_default();
    }
}

/// An institution with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InstitutionResponseBody)]
pub(super) struct InstitutionBody {
    institution: Institution,
}

impl From<Arc<institutions::Institution>> for InstitutionBody {
    fn from(institution: Arc<institutions::Institution>) -> Self {
        Self { institution: Institution(institution) }
    }
}

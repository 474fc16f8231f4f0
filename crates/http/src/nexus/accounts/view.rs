//! An account as answers show it.

use riverbank_engine::accounts;
use riverbank_model::account::{AccountSubtype, AccountType, PropertyType};
use riverbank_model::guid::{AccountGuid, InstitutionGuid, MemberGuid, UserGuid};
use riverbank_model::money::{Money, Rate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::nexus::object::{Name, Number, Word, Words, object};
use crate::values::{Day, Moment};

object! {
    /// An account. `X` is the value in force, `feed_X` what the institution said, `X_set_by` who supplied it.
    pub(in crate::nexus) Account(accounts::AccountView) as "AccountResponse";
    |view| {
        plain account_holder_name: Option<&str> = None::<&str>;
        feed account_number: Option<&str> = |facts| facts.account_number.as_deref();
        plain account_ownership: Option<Word<Ownership>> = None::<Word<Ownership>>;
        feed account_subtype: Option<Number<AccountSubtype>> = |facts| facts.account_subtype.map(Number);
        plain account_subtype_name: Option<Name<AccountSubtype>> = view.facts.account_subtype.map(Name);
        plain feed_account_subtype_name: Option<Name<AccountSubtype>> = view.told.as_ref().and_then(|told| told.account_subtype).map(Name);
        feed account_type: Number<AccountType> = |facts| Number(facts.account_type);
        plain account_type_name: Name<AccountType> = Name(view.facts.account_type);
        plain feed_account_type_name: Option<Name<AccountType>> = view.told.as_ref().map(|told| Name(told.account_type));
        plain annuity_policy_to_date: Option<Moment> = None::<Moment>;
        plain annuity_provider: Option<&str> = None::<&str>;
        plain annuity_term_year: Option<i64> = None::<i64>;
        feed apr: Option<Rate> = |facts| facts.apr;
        feed apy: Option<Rate> = |facts| facts.apy;
        feed available_balance: Option<Money> = |facts| facts.available_balance;
        fed available_credit: Option<Money> = view.facts.available_credit;
        feed balance: Option<Money> = |facts| facts.balance;
        plain calculated_apr: Option<Rate> = None::<Rate>;
        feed cash_balance: Option<Money> = |facts| facts.cash_balance;
        feed cash_surrender_value: Option<Money> = |facts| facts.cash_surrender_value;
        plain created_at: Moment = Moment(view.account.created_at);
        feed credit_limit: Option<Money> = |facts| facts.credit_limit;
        feed currency_code: Option<&str> = |facts| facts.currency_code.as_deref();
        feed day_payment_is_due: Option<i64> = |facts| facts.day_payment_is_due;
        feed death_benefit: Option<Money> = |facts| facts.death_benefit;
        plain external_guid: Option<&str> = None::<&str>;
        plain federal_insurance_status: Option<Word<FederalInsurance>> = None::<Word<FederalInsurance>>;
        plain guid: &AccountGuid = &view.account.guid;
        feed holdings_value: Option<Money> = |facts| facts.holdings_value;
        plain imported_at: Option<Moment> = None::<Moment>;
        plain institution_code: Option<&str> = view.institution_code.as_deref();
        plain institution_guid: Option<&InstitutionGuid> = view.institution_guid.as_ref();
        plain insured_name: Option<&str> = None::<&str>;
        feed interest_rate: Option<Rate> = |facts| facts.interest_rate;
        plain is_business: Option<bool> = view.given.is_business;
        feed is_closed: Option<bool> = |facts| facts.is_closed;
        plain is_hidden: bool = view.account.is_hidden;
        plain is_manual: bool = view.is_manual();
        feed last_payment: Option<Money> = |facts| facts.last_payment;
        feed last_payment_at: Option<Moment> = |facts| facts.last_payment_at.map(Moment);
        feed loan_amount: Option<Money> = |facts| facts.loan_amount;
        plain margin_balance: Option<Money> = None::<Money>;
        feed matures_on: Option<Day> = |facts| facts.matures_on.map(Day);
        plain member_guid: &MemberGuid = &view.account.member_guid;
        plain member_is_managed_by_user: bool = view.member_is_managed_by_user;
        plain metadata: Option<&str> = view.account.metadata.as_deref();
        feed minimum_balance: Option<Money> = |facts| facts.minimum_balance;
        feed minimum_payment: Option<Money> = |facts| facts.minimum_payment;
        feed name: &str = |facts| facts.name.as_str();
        feed nickname: Option<&str> = |facts| facts.nickname.as_deref();
        feed original_balance: Option<Money> = |facts| facts.original_balance;
        plain pay_out_amount: Option<Money> = None::<Money>;
        feed payment_due_at: Option<Moment> = |facts| facts.payment_due_at.map(Moment);
        feed payoff_balance: Option<Money> = |facts| facts.payoff_balance;
        plain pending_balance: Option<Money> = None::<Money>;
        plain premium_amount: Option<Money> = None::<Money>;
        plain property_type: Option<Number<PropertyType>> = view.given.property_type.map(Number);
        plain property_type_name: Option<Name<PropertyType>> = view.given.property_type.map(Name);
        plain revision: i64 = view.account.revision;
        plain routing_number: Option<&str> = view.facts.routing_number.as_deref();
        plain feed_routing_number: Option<&str> = view.told.as_ref().and_then(|told| told.routing_number.as_deref());
        feed started_on: Option<Day> = |facts| facts.started_on.map(Day);
        feed statement_balance: Option<Money> = |facts| facts.statement_balance;
        plain today_ugl_amount: Option<Money> = None::<Money>;
        plain today_ugl_percentage: Option<Rate> = None::<Rate>;
        feed total_account_value: Option<Money> = |facts| facts.total_account_value;
        plain total_account_value_ugl: Option<Money> = None::<Money>;
        plain updated_at: Moment = Moment(view.account.updated_at);
        plain user_guid: &UserGuid = &view.account.user_guid;
    }
}

/// Whose an account is.
#[derive(Debug)]
struct Ownership;

impl Words for Ownership {
    const ALL: &'static [&'static str] = &["UNKNOWN", "INDIVIDUAL", "JOINT", "MULTIPLE"];
}

/// Whether the state insures an account.
#[derive(Debug)]
struct FederalInsurance;

impl Words for FederalInsurance {
    const ALL: &'static [&'static str] = &["UNKNOWN_INSURED", "INSURED", "NOT_INSURED"];
}

/// An account with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountResponseBody)]
pub(super) struct AccountBody {
    account: Account,
}

/// Accounts with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountsResponseBody)]
pub(in crate::nexus) struct AccountsBody {
    accounts: Vec<Account>,
    pagination: Pagination,
}

impl From<accounts::AccountView> for AccountBody {
    fn from(view: accounts::AccountView) -> Self {
        Self { account: Account(view) }
    }
}

impl AccountsBody {
    pub(in crate::nexus) fn of(accounts: Vec<accounts::AccountView>, pagination: Pagination) -> Self {
        Self { accounts: accounts.into_iter().map(Account).collect(), pagination }
    }
}

//! An account.

use riverbank_model::account::{AccountSubtype, PropertyType};
use riverbank_model::webhook::{Action, EventKind};

use super::fields::fields;
use super::{Owner, resource, seconds};
use crate::Fault;
use crate::accounts::AccountView;

/// Characters at the end of an account's number that are shown.
const SHOWN: usize = 4;

struct AccountObject<'a> {
    view: &'a AccountView,
    owner: Owner<'a>,
}

/// What happened to an account.
pub(in crate::webhooks) fn account(
    action: Action,
    view: &AccountView,
    owner: Owner<'_>,
) -> Result<String, Fault> {
    resource(action, EventKind::Account, &AccountObject { view, owner })
}

/// A number whose last digits only can be read.
pub(super) fn masked(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(SHOWN);
    number.chars().enumerate().map(|(at, one)| if at < hidden { '*' } else { one }).collect()
}

fields! { AccountObject, |it| {
    nothing account_holder_name;
    nothing account_id;
    feed account_number = |facts| facts.account_number.as_deref().map(masked);
    nothing account_ownership;
    feed account_subtype = |facts| facts.account_subtype.map(AccountSubtype::id);
    plain account_subtype_name = it.view.facts.account_subtype.map(AccountSubtype::name);
    plain feed_account_subtype_name = it.view.told.as_ref().and_then(|told| told.account_subtype).map(AccountSubtype::name);
    feed account_type = |facts| facts.account_type.id();
    plain account_type_name = it.view.facts.account_type.name();
    plain feed_account_type_name = it.view.told.as_ref().map(|told| told.account_type.name());
    nothing annuity_policy_to_date;
    nothing annuity_provider;
    nothing annuity_term_year;
    feed apr = |facts| facts.apr;
    feed apy = |facts| facts.apy;
    feed available_balance = |facts| facts.available_balance;
    fed available_credit = it.view.facts.available_credit;
    feed balance = |facts| facts.balance;
    nothing calculated_apr;
    feed cash_balance = |facts| facts.cash_balance;
    feed cash_surrender_value = |facts| facts.cash_surrender_value;
    plain created_at = seconds(it.view.account.created_at);
    feed credit_limit = |facts| facts.credit_limit;
    feed currency_code = |facts| facts.currency_code.as_deref();
    feed day_payment_is_due = |facts| facts.day_payment_is_due;
    feed death_benefit = |facts| facts.death_benefit;
    nothing external_guid;
    nothing federal_insurance_status;
    plain guid = &it.view.account.guid;
    feed holdings_value = |facts| facts.holdings_value;
    nothing imported_at;
    plain institution_code = it.view.institution_code.as_deref();
    plain institution_guid = it.view.institution_guid.as_ref();
    nothing insured_name;
    feed interest_rate = |facts| facts.interest_rate;
    plain is_business = it.view.given.is_business;
    feed is_closed = |facts| facts.is_closed;
    plain is_hidden = it.view.account.is_hidden;
    plain is_manual = it.view.is_manual();
    feed last_payment = |facts| facts.last_payment;
    feed last_payment_at = |facts| facts.last_payment_at.map(seconds);
    feed loan_amount = |facts| facts.loan_amount;
    nothing margin_balance;
    feed matures_on = |facts| facts.matures_on;
    plain member_guid = &it.view.account.member_guid;
    plain member_id = it.owner.member_id;
    plain member_is_managed_by_user = it.view.member_is_managed_by_user;
    plain metadata = it.view.account.metadata.as_deref();
    feed minimum_balance = |facts| facts.minimum_balance;
    feed minimum_payment = |facts| facts.minimum_payment;
    feed name = |facts| facts.name.as_str();
    feed nickname = |facts| facts.nickname.as_deref();
    feed original_balance = |facts| facts.original_balance;
    nothing pay_out_amount;
    feed payment_due_at = |facts| facts.payment_due_at.map(seconds);
    feed payoff_balance = |facts| facts.payoff_balance;
    nothing pending_balance;
    nothing premium_amount;
    plain property_type = it.view.given.property_type.map(PropertyType::id);
    plain property_type_name = it.view.given.property_type.map(PropertyType::name);
    plain revision = it.view.account.revision;
    plain routing_number = it.view.facts.routing_number.as_deref();
    plain feed_routing_number = it.view.told.as_ref().and_then(|told| told.routing_number.as_deref());
    feed started_on = |facts| facts.started_on;
    feed statement_balance = |facts| facts.statement_balance;
    nothing today_ugl_amount;
    nothing today_ugl_percentage;
    feed total_account_value = |facts| facts.total_account_value;
    nothing total_account_value_ugl;
    plain updated_at = seconds(it.view.account.updated_at);
    plain user_guid = &it.view.account.user_guid;
    plain user_id = it.owner.user_id;
} }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_number_four_characters_are_shown() {
        for (number, shown) in [("", ""), ("12", "12"), ("1234", "1234"), ("0012345678", "******5678")] {
            assert_eq!(masked(number), shown);
        }
    }
}

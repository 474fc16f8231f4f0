//! A transaction.

use riverbank_model::webhook::{Action, EventKind};

use super::fields::fields;
use super::{Owner, noon, resource, seconds};
use crate::Fault;
use crate::transactions::TransactionView;

struct TransactionObject<'a> {
    view: &'a TransactionView,
    owner: Owner<'a>,
}

/// What happened to a transaction.
pub(in crate::webhooks) fn transaction(
    action: Action,
    view: &TransactionView,
    owner: Owner<'_>,
) -> Result<String, Fault> {
    resource(action, EventKind::Transaction, &TransactionObject { view, owner })
}

fields! { TransactionObject, |it| {
    plain account_guid = &it.view.transaction.account_guid;
    nothing account_id;
    feed amount = it.view.transaction.amount;
    plain category_guid = &it.view.transaction.category_guid;
    by_system category;
    plain category_name = it.view.category_name();
    feed check_number = it.view.check_number();
    plain check_number_string = it.view.transaction.check_number.as_deref();
    plain feed_check_number_string = it.view.transaction.check_number.as_deref();
    plain created_at = seconds(it.view.transaction.created_at);
    feed currency_code = it.view.transaction.currency_code.as_deref();
    fed date = noon(it.view.transaction.date);
    system description = it.view.transaction.description.as_str();
    nothing extended_transaction_type;
    nothing external_guid;
    plain feed_description = it.view.transaction.feed_description.as_str();
    plain guid = &it.view.transaction.guid;
    plain has_been_split = false;
    plain has_been_viewed = false;
    plain is_bill_pay = it.view.flags().is_bill_pay;
    plain is_business = false;
    plain is_direct_deposit = it.view.flags().is_direct_deposit;
    plain is_expense = it.view.flags().is_expense;
    plain is_fee = it.view.flags().is_fee;
    plain is_flagged = false;
    plain is_hidden = false;
    plain is_income = it.view.flags().is_income;
    feed is_international = it.view.transaction.is_international;
    plain is_manual = false;
    plain is_overdraft_fee = it.view.flags().is_overdraft_fee;
    plain is_payroll_advance = it.view.flags().is_payroll_advance;
    nothing is_personal;
    nothing is_recurring;
    plain is_subscription = it.view.flags().is_subscription;
    feed latitude = None::<i64>;
    nothing localized_description;
    nothing localized_memo;
    feed longitude = None::<i64>;
    plain member_guid = &it.view.transaction.member_guid;
    plain member_id = it.owner.member_id;
    plain member_is_managed_by_user = it.view.member_is_managed_by_user;
    feed memo = it.view.transaction.feed_memo.as_deref();
    plain merchant_category_code = it.view.transaction.merchant_category_code;
    nothing merchant_guid;
    nothing merchant_location_guid;
    nothing metadata;
    nothing parent_guid;
    feed posted_at = it.view.posted_at().map(seconds);
    feed posted_on = it.view.posted_on();
    plain revision = it.view.transaction.revision;
    feed status = it.view.transaction.status.id();
    plain status_name = it.view.transaction.status.name();
    plain top_level_category_guid = it.view.top_level_category_guid();
    feed transacted_at = it.view.transacted_at().map(seconds);
    feed transacted_on = it.view.transacted_on();
    nothing transaction_rule_guid;
    feed transaction_type = it.view.transaction.transaction_type.id();
    plain transaction_type_name = it.view.transaction.transaction_type.name();
    plain feed_transaction_type_name = it.view.transaction.transaction_type.name();
    plain updated_at = seconds(it.view.transaction.updated_at);
    plain user_guid = &it.view.transaction.user_guid;
    plain user_id = it.owner.user_id;
} }

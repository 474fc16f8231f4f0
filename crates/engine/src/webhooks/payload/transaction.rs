//! A transaction.

use riverbank_model::webhook::{Action, EventKind};

use super::fields::fields;
use super::{Owner, noon, resource, seconds};
use crate::Fault;
use crate::provenance::Provenance as _;
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
    feed amount = |it| it.transaction.amount;
    plain category_guid = &it.view.transaction.category_guid;
    by_system category;
    plain category_name = it.view.category_name();
    feed check_number = TransactionView::check_number;
    plain check_number_string = it.view.transaction.check_number.as_deref();
    plain feed_check_number_string = it.view.told().and_then(|told| told.transaction.check_number.as_deref());
    plain created_at = seconds(it.view.transaction.created_at);
    feed currency_code = |it| it.transaction.currency_code.as_deref();
    fed date = noon(it.view.transaction.date);
    system description = it.view.transaction.description.as_str();
    nothing extended_transaction_type;
    plain external_guid = it.view.external_guid.as_deref();
    plain feed_description = it.view.feed_description();
    plain guid = &it.view.transaction.guid;
    plain has_been_split = it.view.transaction.has_been_split;
    plain has_been_viewed = it.view.has_been_viewed();
    plain is_bill_pay = it.view.flags().is_bill_pay;
    plain is_business = it.view.is_business();
    plain is_direct_deposit = it.view.flags().is_direct_deposit;
    plain is_expense = it.view.flags().is_expense;
    plain is_fee = it.view.flags().is_fee;
    plain is_flagged = it.view.is_flagged();
    plain is_hidden = it.view.transaction.is_hidden;
    plain is_income = it.view.flags().is_income;
    feed is_international = |it| it.transaction.is_international;
    plain is_manual = it.view.is_manual();
    plain is_overdraft_fee = it.view.flags().is_overdraft_fee;
    plain is_payroll_advance = it.view.flags().is_payroll_advance;
    plain is_personal = it.view.is_personal();
    plain is_recurring = it.view.transaction.is_recurring;
    plain is_subscription = it.view.flags().is_subscription;
    feed latitude = |_| None::<i64>;
    nothing localized_description;
    nothing localized_memo;
    feed longitude = |_| None::<i64>;
    plain member_guid = &it.view.transaction.member_guid;
    plain member_id = it.owner.member_id;
    plain member_is_managed_by_user = it.view.member_is_managed_by_user;
    fed memo = it.view.memo();
    plain feed_memo = it.view.told().and_then(|told| told.transaction.feed_memo.as_deref());
    plain merchant_category_code = it.view.transaction.merchant_category_code;
    plain merchant_guid = it.view.transaction.merchant_guid.as_ref();
    plain merchant_location_guid = it.view.transaction.merchant_location_guid.as_ref();
    plain metadata = it.view.transaction.metadata.as_deref();
    plain parent_guid = it.view.transaction.parent_guid.as_ref();
    feed posted_at = |it| it.posted_at().map(seconds);
    feed posted_on = TransactionView::posted_on;
    plain revision = it.view.transaction.revision;
    feed status = |it| it.transaction.status.id();
    plain status_name = it.view.transaction.status.name();
    plain top_level_category_guid = it.view.top_level_category_guid();
    feed transacted_at = |it| it.transacted_at().map(seconds);
    feed transacted_on = TransactionView::transacted_on;
    plain transaction_rule_guid = it.view.transaction.transaction_rule_guid.as_ref();
    feed transaction_type = |it| it.transaction.transaction_type.id();
    plain transaction_type_name = it.view.transaction.transaction_type.name();
    plain feed_transaction_type_name = it.view.told().map(|told| told.transaction.transaction_type.name());
    plain updated_at = seconds(it.view.transaction.updated_at);
    plain user_guid = &it.view.transaction.user_guid;
    plain user_id = it.owner.user_id;
} }

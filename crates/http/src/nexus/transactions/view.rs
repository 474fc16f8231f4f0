//! A transaction as answers show it.

use riverbank_engine::provenance::Provenance as _;
use riverbank_engine::transactions;
use riverbank_model::guid::{
    AccountGuid, CategoryGuid, MemberGuid, MerchantGuid, MerchantLocationGuid, TransactionGuid,
    TransactionRuleGuid, UserGuid,
};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, Pagination};
use crate::nexus::object::{Name, Number, object};
use crate::query::Paging;
use crate::values::{Day, Moment};

object! {
    /// A transaction. `X` is the value in force, `feed_X` what the institution said, `X_set_by` who supplied it.
    pub(in crate::nexus) Transaction(transactions::TransactionView) as "TransactionResponse";
    |view| {
        plain account_guid: &AccountGuid = &view.transaction.account_guid;
        feed amount: Money = |view| view.transaction.amount;
        plain category_guid: &CategoryGuid = &view.transaction.category_guid;
        by_system category;
        plain category_name: Option<&str> = view.category_name();
        feed check_number: Option<i64> = transactions::TransactionView::check_number;
        plain check_number_string: Option<&str> = view.transaction.check_number.as_deref();
        plain feed_check_number_string: Option<&str> = view.told().and_then(|told| told.transaction.check_number.as_deref());
        plain created_at: Moment = Moment(view.transaction.created_at);
        feed currency_code: Option<&str> = |view| view.transaction.currency_code.as_deref();
        fed date: Day = Day(view.transaction.date);
        system description: &str = view.transaction.description.as_str();
        plain extended_transaction_type: Option<&str> = None::<&str>;
        plain external_guid: Option<&str> = view.external_guid.as_deref();
        plain feed_description: Option<&str> = view.feed_description();
        plain guid: &TransactionGuid = &view.transaction.guid;
        plain has_been_split: bool = view.transaction.has_been_split;
        plain has_been_viewed: bool = view.has_been_viewed();
        plain is_bill_pay: bool = view.flags().is_bill_pay;
        plain is_business: bool = view.is_business();
        plain is_direct_deposit: bool = view.flags().is_direct_deposit;
        plain is_expense: bool = view.flags().is_expense;
        plain is_fee: bool = view.flags().is_fee;
        plain is_flagged: bool = view.is_flagged();
        plain is_hidden: bool = view.transaction.is_hidden;
        plain is_income: bool = view.flags().is_income;
        feed is_international: Option<bool> = |view| view.transaction.is_international;
        plain is_manual: bool = view.is_manual();
        plain is_overdraft_fee: bool = view.flags().is_overdraft_fee;
        plain is_payroll_advance: bool = view.flags().is_payroll_advance;
        plain is_personal: Option<bool> = view.is_personal();
        plain is_recurring: Option<bool> = view.transaction.is_recurring;
        plain is_subscription: bool = view.flags().is_subscription;
        feed latitude: Option<Money> = |_| None::<Money>;
        plain localized_description: Option<&str> = None::<&str>;
        plain localized_memo: Option<&str> = None::<&str>;
        feed longitude: Option<Money> = |_| None::<Money>;
        plain member_guid: &MemberGuid = &view.transaction.member_guid;
        plain member_is_managed_by_user: bool = view.member_is_managed_by_user;
        fed memo: Option<&str> = view.memo();
        plain feed_memo: Option<&str> = view.told().and_then(|told| told.transaction.feed_memo.as_deref());
        plain merchant_category_code: Option<i64> = view.transaction.merchant_category_code;
        plain merchant_guid: Option<&MerchantGuid> = view.transaction.merchant_guid.as_ref();
        plain merchant_location_guid: Option<&MerchantLocationGuid> = view.transaction.merchant_location_guid.as_ref();
        plain metadata: Option<&str> = view.transaction.metadata.as_deref();
        plain parent_guid: Option<&TransactionGuid> = view.transaction.parent_guid.as_ref();
        feed posted_at: Option<Moment> = |view| view.posted_at().map(Moment);
        feed posted_on: Option<Day> = |view| view.posted_on().map(Day);
        plain revision: i64 = view.transaction.revision;
        feed status: Number<TransactionStatus> = |view| Number(view.transaction.status);
        plain status_name: Name<TransactionStatus> = Name(view.transaction.status);
        plain top_level_category_guid: Option<CategoryGuid> = view.top_level_category_guid();
        feed transacted_at: Option<Moment> = |view| view.transacted_at().map(Moment);
        feed transacted_on: Option<Day> = |view| view.transacted_on().map(Day);
        plain transaction_rule_guid: Option<&str> = view.transaction.transaction_rule_guid.as_ref().map(TransactionRuleGuid::as_str);
        feed transaction_type: Number<TransactionType> = |view| Number(view.transaction.transaction_type);
        plain transaction_type_name: Name<TransactionType> = Name(view.transaction.transaction_type);
        plain feed_transaction_type_name: Option<Name<TransactionType>> = view.told().map(|told| Name(told.transaction.transaction_type));
        plain updated_at: Moment = Moment(view.transaction.updated_at);
        plain user_guid: &UserGuid = &view.transaction.user_guid;
    }
}

/// A transaction with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionResponseBody)]
pub(super) struct TransactionBody {
    transaction: Transaction,
}

/// Transactions with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransactionsResponseBody)]
pub(in crate::nexus) struct TransactionsBody {
    transactions: Vec<Transaction>,
    pagination: Pagination,
}

/// Transactions with their root, all that there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WholeTransactionsResponseBody)]
pub(super) struct WholeTransactionsBody {
    transactions: Vec<Transaction>,
}

impl From<Vec<transactions::TransactionView>> for WholeTransactionsBody {
    fn from(views: Vec<transactions::TransactionView>) -> Self {
        Self { transactions: views.into_iter().map(Transaction).collect() }
    }
}

impl From<transactions::TransactionView> for TransactionBody {
    fn from(view: transactions::TransactionView) -> Self {
        Self { transaction: Transaction(view) }
    }
}

impl TransactionsBody {
    /// The answer of a list.
    pub(super) fn page(list: transactions::TransactionList, paging: Paging) -> Answer<Self> {
        let pagination = Pagination::of(paging, list.total.unsigned_abs());
        Answer::ok(Self::of(list.transactions, pagination))
    }

    pub(in crate::nexus) fn of(
        transactions: Vec<transactions::TransactionView>,
        pagination: Pagination,
    ) -> Self {
        Self { transactions: transactions.into_iter().map(Transaction).collect(), pagination }
    }
}

//! What the lists of transactions are narrowed by.

use riverbank_engine::transactions::{ListTransactions, ListTransactionsError, Period};
use riverbank_model::guid::AccountGuid;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder};
use utoipa::openapi::{RefOr, Required, Schema, Type};

use crate::error::ApiError;
use crate::nexus::members::UseCase;
use crate::query::{Paging, Query};
use crate::values::{Day, Text};

/// Which accounts: `account_guid`, `account_guid[]` and `account_guids[]` may be mixed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::nexus) struct AccountsQuery {
    account_guid: Vec<Text>,
    account_guids: Vec<Text>,
}

impl AccountsQuery {
    /// The accounts that are named; none when none is. What cannot be an id names none.
    pub(in crate::nexus) fn accounts(self) -> Option<Vec<AccountGuid>> {
        let named: Vec<Text> = self.account_guid.into_iter().chain(self.account_guids).collect();
        (!named.is_empty()).then(|| named.iter().filter_map(|guid| guid.parse().ok()).collect())
    }
}

impl IntoParams for AccountsQuery {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let one = || ObjectBuilder::new().schema_type(Type::String);
        let parameter = |name: &str, description: &str, schema: RefOr<Schema>| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Query)
                .required(Required::False)
                .description(Some(description))
                .schema(Some(schema))
                .build()
        };
        let several = || ArrayBuilder::new().items(one()).into();
        vec![
            parameter("account_guid", "Only this account.", one().into()),
            parameter("account_guid[]", "Only these accounts; once for each.", several()),
            parameter("account_guids[]", "The same as `account_guid[]`.", several()),
        ]
    }
}

/// The use case of the members.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UseCaseQuery {
    /// Only transactions of members with this use case.
    #[param(inline)]
    use_case: Option<UseCase>,
}

/// The rule that has touched the transactions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RuleQuery {
    /// Only transactions that this rule has touched.
    #[param(value_type = Option<String>, max_length = 1024)]
    user_transaction_rule_guid: Option<Text>,
}

/// The days of the transactions.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DatesQuery {
    /// The first day; without it, 120 days ago.
    #[param(inline)]
    from_date: Option<Day>,
    /// The last day; without it, 5 days ahead.
    #[param(inline)]
    to_date: Option<Day>,
}

impl From<DatesQuery> for Period {
    fn from(dates: DatesQuery) -> Self {
        Self::Dated(dates.from_date.map(|day| day.0), dates.to_date.map(|day| day.0))
    }
}

/// What every list by the user is narrowed by.
pub(super) type Filters = (Query<AccountsQuery>, Query<UseCaseQuery>);

/// The request of a list of the user's transactions.
pub(super) fn of_user(period: Period, (accounts, use_case): Filters, paging: Paging) -> ListTransactions {
    ListTransactions {
        accounts: accounts.0.accounts(),
        use_case: use_case.0.use_case.map(Into::into),
        ..of_period(period, paging)
    }
}

/// The request of a list of an account's transactions.
pub(super) fn of_account(account: AccountGuid, period: Period, paging: Paging) -> ListTransactions {
    ListTransactions { account: Some(account), ..of_period(period, paging) }
}

fn of_period(period: Period, paging: Paging) -> ListTransactions {
    ListTransactions {
        account: None,
        accounts: None,
        category: None,
        use_case: None,
        rule: None,
        period,
        page: paging.into(),
    }
}

impl RuleQuery {
    /// The same request, narrowed by the rule.
    pub(super) fn narrow(self, request: ListTransactions) -> ListTransactions {
        ListTransactions { rule: self.user_transaction_rule_guid.map(Text::into_string), ..request }
    }
}

impl From<ListTransactionsError> for ApiError {
    fn from(error: ListTransactionsError) -> Self {
        match error {
            ListTransactionsError::NoSuchAccount | ListTransactionsError::NoSuchCategory => Self::not_found(),
            ListTransactionsError::Fault(fault) => fault.into(),
        }
    }
}

//! A micro deposit as answers show it.

use riverbank_engine::micro_deposits::MicroDeposit;
use riverbank_model::account::AccountType;
use riverbank_model::micro_deposit::MicroDepositStatus;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType};
use utoipa::openapi::{Schema, Type};

use crate::values::Moment;

/// The verification of an account by two small deposits.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MicroDepositResponse)]
pub(super) struct MicroDepositView {
    account_name: Option<String>,
    account_number: Option<String>,
    #[schema(schema_with = kinds)]
    account_type: Option<i64>,
    #[schema(schema_with = kind_names)]
    account_type_name: Option<&'static str>,
    /// No account is verified without its holder's amounts.
    can_auto_verify: bool,
    created_at: Moment,
    /// While the deposits are on their way: when they are looked for.
    deposit_expected_at: Option<Moment>,
    email: String,
    error_code: Option<String>,
    error_message: Option<String>,
    first_name: String,
    guid: String,
    institution_name: Option<String>,
    last_name: String,
    routing_number: Option<String>,
    #[schema(schema_with = numbers)]
    status: i64,
    #[schema(schema_with = names)]
    status_name: &'static str,
    updated_at: Moment,
    user_guid: String,
    verified_at: Option<Moment>,
}

/// A micro deposit with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MicroDepositResponseBody)]
pub(super) struct MicroDepositBody {
    micro_deposit: MicroDepositView,
}

impl From<MicroDeposit> for MicroDepositBody {
    fn from(deposit: MicroDeposit) -> Self {
        let is_on_its_way = deposit.status == MicroDepositStatus::Requested;
        Self {
            micro_deposit: MicroDepositView {
                account_name: deposit.account_name,
                account_number: deposit.account_number,
                account_type: deposit.account_type.map(AccountType::id),
                account_type_name: deposit.account_type.map(AccountType::name),
                can_auto_verify: false,
                created_at: deposit.created_at.into(),
                deposit_expected_at: deposit.due_at.filter(|_| is_on_its_way).map(Moment),
                email: deposit.email,
                error_code: deposit.error_code,
                error_message: deposit.error_message,
                first_name: deposit.first_name,
                guid: deposit.guid.to_string(),
                institution_name: deposit.institution_name,
                last_name: deposit.last_name,
                routing_number: deposit.routing_number,
                status: deposit.status.id(),
                status_name: deposit.status.name(),
                updated_at: deposit.updated_at.into(),
                user_guid: deposit.user_guid.to_string(),
                verified_at: deposit.verified_at.map(Moment),
            },
        }
    }
}

const KINDS: [AccountType; 2] = [AccountType::Checking, AccountType::Savings];

/// CHECKING, SAVINGS, or none.
pub(super) fn kinds() -> Schema {
    let values = KINDS.map(|kind| Some(kind.id()));
    let kind = SchemaType::from_iter([Type::Integer, Type::Null]);
    ObjectBuilder::new().schema_type(kind).enum_values(Some(values.into_iter().chain([None]))).into()
}

fn kind_names() -> Schema {
    let values = KINDS.map(|kind| Some(kind.name()));
    let kind = SchemaType::from_iter([Type::String, Type::Null]);
    ObjectBuilder::new().schema_type(kind).enum_values(Some(values.into_iter().chain([None]))).into()
}

fn numbers() -> Schema {
    let numbers = MicroDepositStatus::ALL.iter().map(|status| status.id());
    ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(numbers)).into()
}

fn names() -> Schema {
    let names = MicroDepositStatus::ALL.iter().map(|status| status.name());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
}

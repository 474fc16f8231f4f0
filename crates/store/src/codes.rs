//! The enumerations of the model as columns: by their documented numbers.

use riverbank_model::account::AccountType;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::credential::FieldType;
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::insight::LinkKind;
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_model::job_step::{StepEnding, StepKind};
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::notification::{Channel, Channels, NotificationType};
use riverbank_model::oauth::{AuthStatus, OauthErrorReason};
use riverbank_model::operator::Role;
use riverbank_model::recurrence::RecurrenceType;
use riverbank_model::spending_plan::ItemType;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_model::use_case::UseCases;
use riverbank_model::user::Gender;
use riverbank_model::webhook::EventKind;

use crate::db::{FromValue, Kind, ToValue, Unreadable, Value};

macro_rules! numbered {
    ($($type:ty),* $(,)?) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                Value::I64(self.id())
            }
        }

        impl FromValue for $type {
            const KIND: Kind = Kind::I64;
            fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
                let id = i64::from_value(value)?;
                Self::from_id(id).ok_or(Unreadable(concat!("no number of a ", stringify!($type))))
            }
        }
    )*};
}

numbered!(
    AccountType,
    AuthStatus,
    Channel,
    ConnectionStatus,
    EventKind,
    FieldType,
    Gender,
    ItemType,
    GoalMetaType,
    GoalTrackType,
    GoalType,
    JobKind,
    JobStatus,
    LinkKind,
    MicroDepositStatus,
    NotificationType,
    OauthErrorReason,
    RecurrenceType,
    Role,
    StepEnding,
    StepKind,
    TransactionStatus,
    TransactionType
);

macro_rules! bits {
    ($($type:ty),*) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                Value::I64(self.bits())
            }
        }

        impl FromValue for $type {
            const KIND: Kind = Kind::I64;
            fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
                i64::from_value(value).map(Self::from_bits)
            }
        }
    )*};
}

bits!(Channels, UseCases);

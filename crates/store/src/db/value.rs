//! What goes into a statement and comes out of a row, the same on both engines.

use std::borrow::Cow;
use std::error::Error;

use bytes::BytesMut;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use riverbank_model::guid::{self, Guid};
use riverbank_model::money::{Money, Quantity, Rate};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// One parameter or one column of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value, of whatever type.
    Null,
    /// `bigint`. Times are microseconds since 1970-01-01 UTC, money is in units of its scale.
    I64(i64),
    /// `boolean`; 0 and 1 on SQLite.
    Bool(bool),
    /// `text`.
    Text(Cow<'a, str>),
    /// `bytea` on PostgreSQL, `blob` on SQLite.
    Bytes(Cow<'a, [u8]>),
}

/// The type of a column, as far as it matters on both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `bigint`.
    I64,
    /// `boolean`.
    Bool,
    /// `text`.
    Text,
    /// `bytea` or `blob`.
    Bytes,
}

/// Can stand as a parameter. Used through `params!`.
pub trait ToValue {
    /// The value to bind, borrowed where it can be.
    fn to_value(&self) -> Value<'_>;
}

/// Can be read from a column.
pub trait FromValue: Sized {
    /// The column's type.
    const KIND: Kind;
    /// Whether the column may be null.
    const NULLABLE: bool = false;
    /// Reads the value, or says why it cannot be one.
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable>;
}

/// Why a column's value is not what it should be; never the value itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub &'static str);

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::I64(number) => Value::I64(*number),
            Self::Bool(truth) => Value::Bool(*truth),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Bytes(bytes) => Value::Bytes(Cow::Borrowed(bytes)),
        }
    }
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::I64(*self)
    }
}

impl FromValue for i64 {
    const KIND: Kind = Kind::I64;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        match value {
            Value::I64(number) => Ok(number),
            _ => Err(Unreadable("not an integer")),
        }
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl FromValue for bool {
    const KIND: Kind = Kind::Bool;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        match value {
            Value::Bool(truth) => Ok(truth),
            Value::I64(number @ (0 | 1)) => Ok(number == 1),
            _ => Err(Unreadable("not a truth value")),
        }
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl FromValue for String {
    const KIND: Kind = Kind::Text;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        match value {
            Value::Text(text) => Ok(text.into_owned()),
            _ => Err(Unreadable("not a text")),
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(Cow::Borrowed(self))
    }
}

impl FromValue for Vec<u8> {
    const KIND: Kind = Kind::Bytes;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        match value {
            Value::Bytes(bytes) => Ok(bytes.into_owned()),
            _ => Err(Unreadable("not bytes")),
        }
    }
}

impl ToValue for Timestamp {
    /// Microseconds; what is finer is cut off.
    fn to_value(&self) -> Value<'_> {
        Value::I64(self.as_microsecond())
    }
}

impl FromValue for Timestamp {
    const KIND: Kind = Kind::I64;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        let microseconds = i64::from_value(value)?;
        Self::from_microsecond(microseconds).map_err(|_| Unreadable("not a time"))
    }
}

impl ToValue for Date {
    /// Days since 1970-01-01.
    fn to_value(&self) -> Value<'_> {
        let days = self.duration_since(FIRST_DAY).as_hours() / 24;
        Value::I64(days)
    }
}

impl FromValue for Date {
    const KIND: Kind = Kind::I64;
    fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
        let days = Span::new().try_days(i64::from_value(value)?).map_err(|_| Unreadable("not a day"))?;
        FIRST_DAY.checked_add(days).map_err(|_| Unreadable("not a day"))
    }
}

const FIRST_DAY: Date = Date::constant(1970, 1, 1);

macro_rules! guid_columns {
    ($($name:ident),* $(,)?) => {$(
        impl ToValue for guid::$name {
            fn to_value(&self) -> Value<'_> {
                Value::Text(Cow::Borrowed(self.as_str()))
            }
        }

        impl FromValue for guid::$name {
            const KIND: Kind = Kind::Text;
            fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
                String::from_value(value).map(Self::trusted)
            }
        }
    )*};
}

guid_columns! {
    ClientGuid, UserGuid, MemberGuid, InstitutionGuid, CredentialGuid, MemberCredentialGuid, OptionGuid, JobGuid,
    AccountGuid, AccountNumberGuid, AccountOwnerGuid, TransactionGuid, HoldingGuid, BudgetGuid, GoalGuid, CategoryGuid,
    MerchantGuid, MerchantLocationGuid, MicroDepositGuid, MonthlyCashFlowProfileGuid, OauthStateGuid, PageSessionGuid, TagGuid, TaggingGuid,
    TransactionRuleGuid, ScheduledPaymentGuid, SpendingPlanAccountGuid,
    SpendingPlanGuid, SpendingPlanItemGuid, SpendingPlanIterationGuid, InsightGuid, NotificationGuid, DeliverableGuid,
    WebhookEndpointGuid, WebhookMessageGuid,
}

macro_rules! decimal_columns {
    ($($name:ident),*) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value<'_> {
                Value::I64(self.units())
            }
        }

        impl FromValue for $name {
            const KIND: Kind = Kind::I64;
            fn from_value(value: Value<'_>) -> Result<Self, Unreadable> {
                i64::from_value(value).map(Self::from_units)
            }
        }
    )*};
}

decimal_columns! { Money, Rate, Quantity }

/// Several texts as one parameter, for `column in {each $1}`.
#[derive(Debug)]
pub struct Each<'a, T>(&'a [T]);

impl<'a, T: AsRef<str>> Each<'a, T> {
    /// The texts, in any order.
    pub const fn of(texts: &'a [T]) -> Self {
        Self(texts)
    }
}

impl<T> Clone for Each<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Each<'_, T> {}

impl<T: AsRef<str>> ToValue for Each<'_, T> {
    /// A JSON array.
    fn to_value(&self) -> Value<'_> {
        let texts = self.0.iter().map(|text| serde_json::Value::from(text.as_ref())).collect();
        Value::Text(Cow::Owned(serde_json::Value::Array(texts).to_string()))
    }
}

/// The parameters of a statement, in the order of its placeholders: `params![guid, name, now]`. Each is taken by
/// reference.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::db::ToValue::to_value(&$value)),*]
    };
}
pub(crate) use params;

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::I64(number) => ValueRef::Integer(*number),
            Self::Bool(truth) => ValueRef::Integer(i64::from(*truth)),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl<'a> Value<'a> {
    pub(super) fn from_sqlite(value: ValueRef<'a>) -> Result<Self, Unreadable> {
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::I64(number),
            ValueRef::Real(_) => return Err(Unreadable("a floating-point number")),
            ValueRef::Text(text) => {
                Self::Text(Cow::Borrowed(std::str::from_utf8(text).map_err(|_| Unreadable("not UTF-8"))?))
            }
            ValueRef::Blob(bytes) => Self::Bytes(Cow::Borrowed(bytes)),
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::I64(number), &Type::INT8) => number.to_sql(ty, out),
            (Self::I64(number), &Type::INT4) => i32::try_from(*number)?.to_sql(ty, out),
            (Self::Bool(truth), &Type::BOOL) => truth.to_sql(ty, out),
            (Self::Text(text), &Type::TEXT | &Type::VARCHAR) => text.as_ref().to_sql(ty, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.as_ref().to_sql(ty, out),
            _ => Err(format!("a parameter of type {ty} got a value of another type").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::I64(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::I64(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Bool(bool::from_sql(ty, raw)?),
            Type::BYTEA => Self::Bytes(Cow::Borrowed(raw)),
            _ => Self::Text(Cow::Borrowed(<&str>::from_sql(ty, raw)?)),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::BOOL | Type::BYTEA | Type::TEXT | Type::VARCHAR)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn null_is_read_only_where_a_column_may_be_null() {
        assert_eq!(Option::<i64>::from_value(Value::Null), Ok(None));
        assert!(i64::from_value(Value::Null).is_err());
        assert!(String::from_value(Value::Null).is_err());
    }

    #[test]
    fn times_and_dates_survive_the_round_trip() {
        let time: Timestamp = "2016-10-13T18:07:57.123456Z".parse().unwrap();
        assert_eq!(Timestamp::from_value(time.to_value()), Ok(time));
        for date in [Date::MIN, date(1969, 12, 31), date(2016, 2, 29), Date::MAX] {
            assert_eq!(Date::from_value(date.to_value()), Ok(date));
        }
        assert_eq!(date(1970, 1, 2).to_value(), Value::I64(1));
        assert!(Date::from_value(Value::I64(i64::MAX)).is_err());
    }

    #[test]
    fn a_number_other_than_0_and_1_is_no_truth_value() {
        assert_eq!(bool::from_value(Value::I64(1)), Ok(true));
        assert!(bool::from_value(Value::I64(2)).is_err());
    }
}

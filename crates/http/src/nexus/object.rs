//! Objects of answers with many fields, most of them in families: a value, who set it, and what the feed said.
//!
//! [`object!`] declares such an object as a table, one line for a field or a family. The answer is written and the
//! document is made from the same line. Nothing is copied: values are written from where they are.

use std::marker::PhantomData;

use riverbank_model::account::{AccountSubtype, AccountType, PropertyType, SetBy};
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::guid::{
    AccountGuid, BudgetGuid, CategoryGuid, ClientGuid, DeliverableGuid, GoalGuid, Guid, HoldingGuid,
    InsightGuid, InstitutionGuid, MemberGuid, MerchantGuid, MerchantLocationGuid, MonthlyCashFlowProfileGuid,
    NotificationGuid, ScheduledPaymentGuid, SpendingPlanAccountGuid, SpendingPlanGuid, SpendingPlanItemGuid,
    SpendingPlanIterationGuid, TransactionGuid, UserGuid,
};
use riverbank_model::holding::HoldingType;
use riverbank_model::money::{Money, Quantity, Rate};
use riverbank_model::notification::{Channel, NotificationType};
use riverbank_model::recurrence::RecurrenceType;
use riverbank_model::spending_plan::ItemType;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType};
use utoipa::openapi::{KnownFormat, RefOr, Schema, SchemaFormat, Type};

use crate::values::{Day, Moment};

/// A value of a field: how the document describes it, and whether there is one.
pub(super) trait Shown: Serialize {
    /// What it is.
    fn shape() -> Shape;

    /// Whether it is not null.
    fn is_there(&self) -> bool {
        true
    }
}

/// What a field may hold.
pub(super) struct Shape {
    kind: Type,
    format: Option<KnownFormat>,
    values: Vec<serde_json::Value>,
    is_list: bool,
    is_nullable: bool,
}

impl Shape {
    fn of(kind: Type) -> Self {
        Self { kind, format: None, values: Vec::new(), is_list: false, is_nullable: false }
    }

    fn with_format(self, format: KnownFormat) -> Self {
        Self { format: Some(format), ..self }
    }

    fn with_values<V: Into<serde_json::Value>>(self, values: impl Iterator<Item = V>) -> Self {
        Self { values: values.map(Into::into).collect(), ..self }
    }

    /// The schema of the field in the document.
    pub(super) fn schema(mut self) -> RefOr<Schema> {
        if self.is_list {
            let one = Self { is_list: false, is_nullable: false, ..self };
            let kind = nullable(Type::Array, self.is_nullable);
            return ArrayBuilder::new().schema_type(kind).items(one.schema()).into();
        }
        let kind = nullable(self.kind, self.is_nullable);
        if self.is_nullable && !self.values.is_empty() {
            self.values.push(serde_json::Value::Null);
        }
        let values = (!self.values.is_empty()).then_some(self.values);
        let one = ObjectBuilder::new().schema_type(kind);
        one.format(self.format.map(SchemaFormat::KnownFormat)).enum_values(values).into()
    }
}

fn nullable(kind: Type, is_nullable: bool) -> SchemaType {
    if is_nullable { SchemaType::from_iter([kind, Type::Null]) } else { SchemaType::Type(kind) }
}

macro_rules! shown {
    ($($type:ty: $shape:expr;)*) => {$(
        impl Shown for $type {
            fn shape() -> Shape {
                $shape
            }
        }
    )*};
}

shown! {
    bool: Shape::of(Type::Boolean);
    i64: Shape::of(Type::Integer);
    &str: Shape::of(Type::String);
    String: Shape::of(Type::String);
    Money: Shape::of(Type::Number).with_format(KnownFormat::Double);
    Quantity: Shape::of(Type::Number).with_format(KnownFormat::Double);
    Rate: Shape::of(Type::Number).with_format(KnownFormat::Double);
    Moment: Shape::of(Type::String).with_format(KnownFormat::DateTime);
    Day: Shape::of(Type::String).with_format(KnownFormat::Date);
    &AccountGuid: Shape::of(Type::String);
    &BudgetGuid: Shape::of(Type::String);
    CategoryGuid: Shape::of(Type::String);
    &CategoryGuid: Shape::of(Type::String);
    &GoalGuid: Shape::of(Type::String);
    &ClientGuid: Shape::of(Type::String);
    &HoldingGuid: Shape::of(Type::String);
    &InsightGuid: Shape::of(Type::String);
    &InstitutionGuid: Shape::of(Type::String);
    &MemberGuid: Shape::of(Type::String);
    &TransactionGuid: Shape::of(Type::String);
    &NotificationGuid: Shape::of(Type::String);
    &DeliverableGuid: Shape::of(Type::String);
    &MerchantGuid: Shape::of(Type::String);
    &MerchantLocationGuid: Shape::of(Type::String);
    &MonthlyCashFlowProfileGuid: Shape::of(Type::String);
    &ScheduledPaymentGuid: Shape::of(Type::String);
    &SpendingPlanGuid: Shape::of(Type::String);
    &SpendingPlanAccountGuid: Shape::of(Type::String);
    &SpendingPlanItemGuid: Shape::of(Type::String);
    &SpendingPlanIterationGuid: Shape::of(Type::String);
    &UserGuid: Shape::of(Type::String);
}

impl<T: Shown> Shown for Option<T> {
    fn shape() -> Shape {
        Shape { is_nullable: true, ..T::shape() }
    }

    fn is_there(&self) -> bool {
        self.is_some()
    }
}

impl Shown for &[String] {
    fn shape() -> Shape {
        Shape { is_list: true, ..Shape::of(Type::String) }
    }
}

impl<G: Guid + Serialize> Shown for Vec<G> {
    fn shape() -> Shape {
        Shape { is_list: true, ..Shape::of(Type::String) }
    }
}

/// An enumeration of the model with documented numbers and names.
pub(super) trait Numbered: Copy + 'static {
    /// Every value.
    const ALL: &'static [Self];
    /// The documented number.
    fn number(self) -> i64;
    /// The documented name.
    fn name(self) -> &'static str;
}

macro_rules! numbered {
    ($($type:ty),* $(,)?) => {$(
        impl Numbered for $type {
            const ALL: &'static [Self] = <$type>::ALL;
            fn number(self) -> i64 {
                self.id()
            }
            fn name(self) -> &'static str {
                <$type>::name(self)
            }
        }
    )*};
}

numbered! { AccountSubtype, AccountType, Channel, GoalMetaType, GoalTrackType, GoalType, HoldingType, ItemType, NotificationType, PropertyType, RecurrenceType, SetBy, TransactionStatus, TransactionType }

/// A value of an enumeration, shown by its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number<E>(pub(super) E);

/// A value of an enumeration, shown by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<E>(pub(super) E);

impl<E: Numbered> Serialize for Number<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0.number())
    }
}

impl<E: Numbered> Serialize for Name<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, E: Numbered> Deserialize<'de> for Number<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(deserializer)?;
        let known = E::ALL.iter().find(|value| value.number() == number);
        known.map(|value| Self(*value)).ok_or_else(|| {
            let (first, last) = (E::ALL.first(), E::ALL.last());
            let bounds = first.zip(last).map_or((0, 0), |(first, last)| (first.number(), last.number()));
            de::Error::custom(format_args!("must be a number from {} to {}", bounds.0, bounds.1))
        })
    }
}

impl<E: Numbered> Shown for Number<E> {
    fn shape() -> Shape {
        Shape::of(Type::Integer).with_values(E::ALL.iter().map(|value| value.number()))
    }
}

impl<E: Numbered> Shown for Name<E> {
    fn shape() -> Shape {
        Shape::of(Type::String).with_values(E::ALL.iter().map(|value| value.name()))
    }
}

/// The schemas of numbers and names in bodies, by what they stand for: functions without a type of their own, as the derive
/// wants them.
macro_rules! schemas_of_values {
    ($($name:ident: $type:ty;)*) => {$(
        pub(super) fn $name() -> RefOr<Schema> {
            <$type>::shape().schema()
        }
    )*};
}

schemas_of_values! {
    account_subtypes: Option<Number<AccountSubtype>>;
    account_types: Number<AccountType>;
    goal_meta_types: Name<GoalMetaType>;
    goal_track_types: Name<GoalTrackType>;
    goal_types: Name<GoalType>;
    channels: Number<Channel>;
    property_types: Number<PropertyType>;
    recurrence_types: Number<RecurrenceType>;
    transaction_types: Number<TransactionType>;
}

/// The words that a field may hold which nothing here sets so far.
pub(super) trait Words {
    /// Every word.
    const ALL: &'static [&'static str];
}

/// One of some words.
#[derive(Debug)]
pub(super) struct Word<W>(PhantomData<W>, &'static str);

impl<W> Serialize for Word<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.1)
    }
}

impl<W: Words> Shown for Word<W> {
    fn shape() -> Shape {
        Shape::of(Type::String).with_values(W::ALL.iter().copied())
    }
}

/// Who set a value that is there, as its two fields show it.
pub(super) fn set_by(who: SetBy, is_there: bool) -> (Option<Number<SetBy>>, Option<Name<SetBy>>) {
    let who = is_there.then_some(who);
    (who.map(Number), who.map(Name))
}

/// Declares an object of answers over a type of the engine, which says by `Provenance` what is in force, what the feed told
/// and who set what:
///
/// ```ignore
/// object! {
///     /// An account.
///     pub(super) Account(engine::AccountView) as "AccountResponse";
///     |view| {
///         plain guid: &AccountGuid = &view.account.guid;    // guid
///         feed apr: Option<Rate> = |facts| facts.apr;       // apr, apr_set_by, apr_set_by_name, feed_apr
///         fed date: Day = Day(view.date);                   // date, date_set_by, date_set_by_name
///         system description: &str = &view.description;     // the same, set by the system
///         by_system category;                               // category_set_by, category_set_by_name
///     }
/// }
/// ```
macro_rules! object {
    (
        $(#[doc = $doc:literal])*
        $vis:vis $name:ident($of:ty) as $schema:literal;
        |$it:ident| { $($kind:ident $field:ident $(: $type:ty = $value:expr)?;)* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        $vis struct $name($vis $of);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let $it = &self.0;
                let mut map = serializer.serialize_map(None)?;
                $($crate::nexus::object::object!(@write $kind map $it $field $($value)?);)*
                map.end()
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let object = utoipa::openapi::schema::ObjectBuilder::new()
                    .description(Some(concat!($($doc, "\n"),*).trim()));
                $(let object = $crate::nexus::object::object!(@describe $kind object $field $($type)?);)*
                object.into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($schema)
            }
        }
    };

    (@write plain $map:ident $it:ident $field:ident $value:expr) => {
        $map.serialize_entry(stringify!($field), &$value)?
    };
    (@write feed $map:ident $it:ident $field:ident $read:expr) => {
        let value = riverbank_engine::provenance::read(riverbank_engine::provenance::Provenance::in_force($it), $read);
        $crate::nexus::object::object!(@set $map $it $field value Feed);
        let told = riverbank_engine::provenance::Provenance::told($it).map(|told| riverbank_engine::provenance::read(told, $read));
        $map.serialize_entry(concat!("feed_", stringify!($field)), &told)?
    };
    (@write fed $map:ident $it:ident $field:ident $value:expr) => {
        let value = $value;
        $crate::nexus::object::object!(@set $map $it $field value Feed);
    };
    (@write system $map:ident $it:ident $field:ident $value:expr) => {
        let value = $value;
        $crate::nexus::object::object!(@set $map $it $field value System);
    };
    (@write by_system $map:ident $it:ident $field:ident) => {
        $crate::nexus::object::object!(@by $map $it $field true, System);
    };

    (@set $map:ident $it:ident $field:ident $value:ident $who:ident) => {
        $map.serialize_entry(stringify!($field), &$value)?;
        $crate::nexus::object::object!(@by $map $it $field $crate::nexus::object::Shown::is_there(&$value), $who)
    };
    (@by $map:ident $it:ident $field:ident $is_there:expr, $who:ident) => {
        let usually = riverbank_model::account::SetBy::$who;
        let who = riverbank_engine::provenance::Provenance::set_by($it, stringify!($field), usually);
        let (number, name) = $crate::nexus::object::set_by(who, $is_there);
        $map.serialize_entry(concat!(stringify!($field), "_set_by"), &number)?;
        $map.serialize_entry(concat!(stringify!($field), "_set_by_name"), &name)?
    };

    (@describe plain $object:ident $field:ident $type:ty) => {
        $object.property(stringify!($field), <$type as $crate::nexus::object::Shown>::shape().schema())
    };
    (@describe feed $object:ident $field:ident $type:ty) => {{
        let object = $crate::nexus::object::object!(@describe fed $object $field $type);
        let told = <Option<$type> as $crate::nexus::object::Shown>::shape().schema();
        object.property(concat!("feed_", stringify!($field)), told)
    }};
    (@describe fed $object:ident $field:ident $type:ty) => {{
        let object = $crate::nexus::object::object!(@describe plain $object $field $type);
        $crate::nexus::object::object!(@describe by_system object $field)
    }};
    (@describe system $object:ident $field:ident $type:ty) => {
        $crate::nexus::object::object!(@describe fed $object $field $type)
    };
    (@describe by_system $object:ident $field:ident) => {
        $object
            .property(
                concat!(stringify!($field), "_set_by"),
                <Option<$crate::nexus::object::Number<riverbank_model::account::SetBy>>
                    as $crate::nexus::object::Shown>::shape().schema(),
            )
            .property(
                concat!(stringify!($field), "_set_by_name"),
                <Option<$crate::nexus::object::Name<riverbank_model::account::SetBy>>
                    as $crate::nexus::object::Shown>::shape().schema(),
            )
    };
}
pub(super) use object;

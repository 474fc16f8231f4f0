//! The type of an item as requests tell it: a number, or the number as text.

use std::borrow::Cow;

use riverbank_model::spending_plan::ItemType;
use serde::{Deserialize, Deserializer, de};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder};
use utoipa::openapi::{RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A type of item.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToldItemType(pub(super) ItemType);

#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Number(i64),
    Text(String),
}

impl<'de> Deserialize<'de> for ToldItemType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wrong = || de::Error::custom("must be a number from 0 to 3");
        let known = match Told::deserialize(deserializer).map_err(|_| wrong())? {
            Told::Number(number) => ItemType::from_id(number),
            Told::Text(text) => ItemType::ALL.iter().copied().find(|one| one.id().to_string() == text),
        };
        known.map(Self).ok_or_else(wrong)
    }
}

impl PartialSchema for ToldItemType {
    fn schema() -> RefOr<Schema> {
        let numbers = ItemType::ALL.iter().map(|one| one.id());
        let texts = numbers.clone().map(|number| number.to_string());
        let number = ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(numbers));
        let text = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(texts));
        OneOfBuilder::new().item(number).item(text).into()
    }
}

impl ToSchema for ToldItemType {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("SpendingPlanItemType")
    }
}

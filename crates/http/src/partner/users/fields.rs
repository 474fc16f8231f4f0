//! Fields that are read in a way of their own.

use std::borrow::Cow;
use std::fmt;

use riverbank_model::user::Gender;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder};
use utoipa::openapi::{RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A whole number that is not negative; digits in a string are taken as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CreditScore(pub(super) i64);

/// The largest score that is taken: what an `integer` of the reference holds on every platform.
const HIGHEST: i64 = i32::MAX as i64;

struct CreditScoreVisitor;

impl Visitor<'_> for CreditScoreVisitor {
    type Value = CreditScore;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from 0 to {HIGHEST}, or its digits in a string")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<CreditScore, E> {
        if (0..=HIGHEST).contains(&number) {
            Ok(CreditScore(number))
        } else {
            Err(E::invalid_value(de::Unexpected::Signed(number), &self))
        }
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<CreditScore, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<CreditScore, E> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => self.visit_i64(number),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }
}

impl<'de> Deserialize<'de> for CreditScore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CreditScoreVisitor)
    }
}

impl PartialSchema for CreditScore {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new().schema_type(Type::Integer);
        let digits = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]+$"));
        OneOfBuilder::new().item(number).item(digits).into()
    }
}

impl ToSchema for CreditScore {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CreditScore")
    }
}

/// A gender by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schema(as = Gender)]
pub(super) enum GenderName {
    Male,
    Female,
}

impl From<GenderName> for Gender {
    fn from(name: GenderName) -> Self {
        match name {
            GenderName::Male => Self::Male,
            GenderName::Female => Self::Female,
        }
    }
}

impl From<Gender> for GenderName {
    fn from(gender: Gender) -> Self {
        match gender {
            Gender::Male => Self::Male,
            Gender::Female => Self::Female,
        }
    }
}

//! Exact decimals as they stand in bodies.

use std::borrow::Cow;

use riverbank_model::money::{Money, Rate};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat};
use utoipa::openapi::{KnownFormat, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident($of:ty) below $bound:literal as $words:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub $of);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Read as it is first: one that is missing is missing, and not wrong.
                let given = Value::deserialize(deserializer)?;
                <$of>::deserialize(given).map(Self).map_err(|_| de::Error::custom(concat!("must be ", $words)))
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::Number)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
                    .exclusive_minimum(Some(-$bound))
                    .exclusive_maximum(Some($bound))
                    .description(Some(concat!("It must be ", $words, ".")))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

decimals! {
    /// An amount of money.
    Amount(Money) below 1e12 as "a number with at most 12 digits before and 4 after the point";
    /// A rate in percent.
    Percentage(Rate) below 1e4 as "a number with at most 4 digits before and 6 after the point";
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_that_is_missing_is_said_to_be_missing() {
        #[derive(Debug, Deserialize)]
        struct Payment {
            #[expect(dead_code, reason = "never read")]
            amount: Amount,
        }
        let fault = serde_json::from_value::<Payment>(json!({})).unwrap_err().to_string();
        assert_eq!(fault, "missing field `amount`");
    }

    #[test]
    fn decimals_are_read_exactly_or_refused_in_words() {
        let read = |value| serde_json::from_value::<Amount>(value).map(|amount| amount.0.to_string());
        assert_eq!(read(json!(0.1)).unwrap(), "0.1");
        assert_eq!(read(json!(-999_999_999_999.99)).unwrap(), "-999999999999.99");
        for wrong in [json!(0.00001), json!(1e12), json!("1"), json!(true)] {
            let words = read(wrong).unwrap_err().to_string();
            assert_eq!(words, "must be a number with at most 12 digits before and 4 after the point");
        }
    }
}

//! `POST /micro_deposits`.

use std::borrow::Cow;
use std::fmt;

use axum::extract::State;
use riverbank_engine::micro_deposits::{AccountToVerify, CreateMicroDeposit, CreateMicroDepositError};
use riverbank_model::account::AccountType;
use riverbank_model::limits::{MICRO_DEPOSIT_ACCOUNT, MICRO_DEPOSIT_NAME};
use serde::{Deserialize, Deserializer, de};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder};
use utoipa::openapi::{RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::view::{MicroDepositBody, kinds};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::values::{NotEmpty, Text};

/// Whose account is to be verified, and which. Either all of `account_number`, `account_type` and `routing_number` are
/// there or none.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MicroDepositCreateRequest {
    /// What the holder calls the account.
    #[schema(value_type = Option<NotEmpty<{ MICRO_DEPOSIT_NAME }>>)]
    account_name: Option<Name>,
    /// Letters, digits and dashes; a number is taken as well.
    account_number: Option<AccountNumber>,
    /// 1 is CHECKING, 2 SAVINGS.
    #[schema(schema_with = kinds)]
    account_type: Option<i64>,
    /// Of the form `name@domain.tld`.
    email: Text,
    /// Of the holder: letters, spaces, dashes, dots and apostrophes.
    #[schema(value_type = NotEmpty<{ MICRO_DEPOSIT_NAME }>)]
    first_name: Name,
    /// Of the holder: letters, spaces, dashes, dots and apostrophes.
    #[schema(value_type = NotEmpty<{ MICRO_DEPOSIT_NAME }>)]
    last_name: Name,
    /// Nine digits, the last of which checks the others; a number is taken as well, its leading zeros added.
    routing_number: Option<RoutingNumber>,
}

impl RequestBody for MicroDepositCreateRequest {
    const ROOT: Option<&'static str> = Some("micro_deposit");
}

type Name = Text<MICRO_DEPOSIT_NAME>;
type AccountNumber = Digits<1, MICRO_DEPOSIT_ACCOUNT>;
type RoutingNumber = Digits<9, 9>;
type MicroDepositCreateRequestBody = Body<MicroDepositCreateRequest>;

/// A number that is a name: text, or a JSON number with zeros put before it until it has `MIN` digits.
#[derive(Clone, Debug)]
struct Digits<const MIN: usize, const MAX: usize>(String);

impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for Digits<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<const MIN: usize, const MAX: usize>;
        impl<const MIN: usize, const MAX: usize> de::Visitor<'_> for Either<MIN, MAX> {
            type Value = Digits<MIN, MAX>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let is_short = (MIN..=MAX).contains(&text.chars().count());
                is_short.then(|| Digits(text.to_owned())).ok_or_else(|| {
                    de::Error::custom(if MIN == MAX {
                        format!("must have {MIN} digits")
                    } else {
                        format!("must have {MIN} to {MAX} characters")
                    })
                })
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                self.visit_str(&format!("{number:0MIN$}"))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl<const MIN: usize, const MAX: usize> PartialSchema for Digits<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(MIN)).max_length(Some(MAX));
        let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        OneOfBuilder::new().item(text).item(number).into()
    }
}

impl<const MIN: usize, const MAX: usize> ToSchema for Digits<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Digits{MIN}To{MAX}"))
    }
}

/// Create microdeposit
///
/// Begins the verification of an account: two small deposits are sent to it, and its holder hands in what they were. Without
/// an account, only its holder is written down (PREINITIATED).
#[utoipa::path(
    post,
    path = "/micro_deposits",
    operation_id = "createMicroDeposit",
    tag = "microdeposits",
    request_body = inline(MicroDepositCreateRequestBody),
    responses(
        (status = 200, description = "The micro deposit.", body = MicroDepositBody),
        (status = 403, description = "Nobody sends micro deposits for this server (4031)."),
        (status = 422, description = "Three other accounts of this e-mail address are there (4220)."),
    )
)]
pub(super) async fn create_micro_deposit(
    State(app): State<App>,
    session: Session,
    Body(body): Body<MicroDepositCreateRequest>,
) -> Result<Answer<MicroDepositBody>, ApiError> {
    let deposit = app.engine.create_micro_deposit(&session.caller, body.read()?).await?;
    Ok(Answer::ok(deposit.into()))
}

impl MicroDepositCreateRequest {
    fn read(self) -> Result<CreateMicroDeposit, ApiError> {
        let account = match (self.account_number, self.account_type, self.routing_number) {
            (None, None, None) => None,
            (Some(account_number), Some(kind), Some(routing_number)) => Some(AccountToVerify {
                account_name: self.account_name.map(Text::into_string),
                account_number: account_number.0,
                routing_number: routing_number.0,
                is_savings: match AccountType::from_id(kind) {
                    Some(AccountType::Checking) => false,
                    Some(AccountType::Savings) => true,
                    _ => return Err(ApiError::bad_request("account_type: must be 1 or 2.")),
                },
            }),
            (number, kind, routing) => {
                let fields = [
                    ("account_number", number.is_none()),
                    ("account_type", kind.is_none()),
                    ("routing_number", routing.is_none()),
                ];
                let missing = fields.iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| *name);
                return Err(ApiError::missing(&missing.collect::<Vec<_>>()));
            }
        };
        Ok(CreateMicroDeposit {
            email: self.email.into_string(),
            first_name: self.first_name.into_string(),
            last_name: self.last_name.into_string(),
            account,
        })
    }
}

impl From<CreateMicroDepositError> for ApiError {
    fn from(error: CreateMicroDepositError) -> Self {
        let code = match error {
            CreateMicroDepositError::NotEnabled => ErrorCode::Forbidden,
            CreateMicroDepositError::Invalid(_) => ErrorCode::BadRequest,
            CreateMicroDepositError::TooManyAccounts => ErrorCode::Unprocessable,
            // Deleted since the session was looked up: the session went with it.
            CreateMicroDepositError::NoUser => return ErrorCode::Unauthorized.into(),
            CreateMicroDepositError::Fault(fault) => return fault.into(),
        };
        Self::new(code, error.to_string())
    }
}

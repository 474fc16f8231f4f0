//! Making a rule: `POST /transaction_rules`.

use riverbank_model::guid::CategoryGuid;
use riverbank_model::limits::TRANSACTION_RULES;
use riverbank_store::{StoreError, Tx, members, transaction_rules};

use super::TransactionRule;
use crate::audit::record;
use crate::categories::top_of;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// What a rule is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateRule {
    /// The category that it puts transactions under, as sent.
    pub category_guid: String,
    /// The description that it gives them.
    pub description: Option<String>,
    /// The description of the transactions that it is for.
    pub match_description: String,
}

/// Why a rule cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateRuleError {
    /// It is for nothing.
    #[error("match_description must not be empty.")]
    NoMatch,
    /// Its category is none.
    #[error("category_guid is not the guid of a category.")]
    NoSuchCategory,
    /// There are more rules than every transaction can be held against.
    #[error("A user has at most {TRANSACTION_RULES} transaction rules.")]
    TooMany,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateRuleError);

impl Engine {
    /// Makes a rule of the caller. It is applied to what comes in from now on, and in the background to what is there.
    pub async fn create_rule(
        &self,
        caller: &Caller,
        request: CreateRule,
    ) -> Result<TransactionRule, CreateRuleError> {
        if request.match_description.trim().is_empty() {
            return Err(CreateRuleError::NoMatch);
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let number = members::next_number(tx, &caller.user).await?.ok_or(CreateRuleError::NoUser)?;
            if transaction_rules::count(tx, &caller.user).await? >= TRANSACTION_RULES {
                return Err(CreateRuleError::TooMany);
            }
            let category = existing(tx, &caller, &request.category_guid).await?;
            let now = engine.now();
            let rule = TransactionRule {
                user_guid: caller.user.clone(),
                guid: engine.guid_of(&caller.user, number),
                number,
                match_description: request.match_description,
                description: request.description.filter(|text| !text.trim().is_empty()),
                category_guid: category.ok_or(CreateRuleError::NoSuchCategory)?,
                applied_through: Some(String::new()),
                examined: 0,
                changed: 0,
                revision: 1,
                created_at: now,
                updated_at: now,
            };
            transaction_rules::store(tx, &rule).await?;
            record(tx, &caller, "transaction_rules.create", &rule.guid, false, now).await?;
            Ok(rule)
        });
        writing.await
    }
}

/// The category that is named, if there is one.
pub(super) async fn existing(
    tx: &Tx,
    caller: &Caller,
    category: &str,
) -> Result<Option<CategoryGuid>, StoreError> {
    let Ok(guid) = category.parse::<CategoryGuid>() else { return Ok(None) };
    Ok(top_of(tx, &caller.user, &guid).await?.map(|_| guid))
}

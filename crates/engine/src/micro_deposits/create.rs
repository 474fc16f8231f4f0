//! Beginning a verification: `POST /micro_deposits`.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use riverbank_connect::micro_deposits::MicroDepositProvider;
use riverbank_model::account::AccountType;
use riverbank_model::limits::{
    MICRO_DEPOSIT_ACCOUNT, MICRO_DEPOSIT_LIFE, MICRO_DEPOSIT_NAME, MICRO_DEPOSITS_OF_EMAIL,
};
use riverbank_model::micro_deposit::{MicroDepositStatus, is_routing_number};
use riverbank_model::webhook::Action;
use riverbank_store::micro_deposits as table;
use riverbank_store::{Tx, members};

use super::{MicroDeposit, fail, is_same_account, record, tell};
use crate::fault::faults;
use crate::users::{InvalidField, is_email};
use crate::{Caller, Engine, Fault};

/// Whose account is to be verified, and which.
#[derive(Clone, Debug)]
pub struct CreateMicroDeposit {
    /// Of the account's holder.
    pub email: String,
    /// Of the account's holder.
    pub first_name: String,
    /// Of the account's holder.
    pub last_name: String,
    /// The account; without it, the verification waits for it.
    pub account: Option<AccountToVerify>,
}

/// An account that deposits are sent to.
#[derive(Clone, Debug)]
pub struct AccountToVerify {
    /// What its holder calls it.
    pub account_name: Option<String>,
    /// Letters, digits and dashes.
    pub account_number: String,
    /// Nine digits.
    pub routing_number: String,
    /// Savings, and not checking.
    pub is_savings: bool,
}

/// Why no verification begins.
#[derive(Debug, thiserror::Error)]
pub enum CreateMicroDepositError {
    /// This server has nobody to send them.
    #[error("Micro deposits are not enabled.")]
    NotEnabled,
    /// A field does not have its form.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// Too many accounts of one holder.
    #[error("At most {MICRO_DEPOSITS_OF_EMAIL} accounts of one e-mail address are verified.")]
    TooManyAccounts,
    /// The user was deleted meanwhile.
    #[error("no such user")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateMicroDepositError);

/// Why deposits cannot be sent by a routing number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoutingRefusal {
    /// It is none.
    Invalid,
    /// Nothing can be sent to the institution that has it.
    OutOfReach,
}

impl Engine {
    /// Whether this server has somebody to send deposits.
    pub fn sends_micro_deposits(&self) -> bool {
        self.parts.micro_deposits.is_some()
    }

    /// Why deposits cannot be sent by a routing number, if they cannot.
    pub fn routing_refusal(&self, routing_number: &str) -> Option<RoutingRefusal> {
        match &self.parts.micro_deposits {
            Some(provider) => refusal(&**provider, routing_number),
            None => Some(RoutingRefusal::OutOfReach),
        }
    }

    /// Begins a verification: INITIATED, PREINITIATED without an account, CONFLICTED where one of the account is there.
    pub async fn create_micro_deposit(
        &self,
        caller: &Caller,
        request: CreateMicroDeposit,
    ) -> Result<MicroDeposit, CreateMicroDepositError> {
        let provider = self.parts.micro_deposits.clone().ok_or(CreateMicroDepositError::NotEnabled)?;
        request.check(&*provider)?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let number = members::next_number(tx, &caller.user).await?;
            let number = number.ok_or(CreateMicroDepositError::NoUser)?;
            let others = table::list(tx, &caller.user).await?;
            let is_full =
                request.account.as_ref().is_some_and(|account| is_full(&others, &request.email, account));
            if is_full {
                return Err(CreateMicroDepositError::TooManyAccounts);
            }
            let deposit = engine.new_micro_deposit(&caller, number, &request, &others, &provider);
            table::insert(tx, &deposit).await?;
            engine.begin(tx, &deposit, &caller).await?;
            Ok(deposit)
        });
        writing.await
    }

    async fn begin(&self, tx: &Tx, deposit: &MicroDeposit, caller: &Caller) -> Result<(), Fault> {
        record(tx, deposit, &caller.client, "micro_deposits.create").await?;
        tell(self, tx, deposit, Action::Created).await
    }

    fn new_micro_deposit(
        &self,
        caller: &Caller,
        number: i64,
        request: &CreateMicroDeposit,
        others: &[MicroDeposit],
        provider: &Arc<dyn MicroDepositProvider>,
    ) -> MicroDeposit {
        let now = self.now();
        let mut deposit = MicroDeposit {
            user_guid: caller.user.clone(),
            guid: self.guid_of(&caller.user, number),
            number,
            status: MicroDepositStatus::Preinitiated,
            email: request.email.clone(),
            first_name: request.first_name.clone(),
            last_name: request.last_name.clone(),
            account_name: None,
            account_number: None,
            routing_number: None,
            account_type: None,
            institution_name: None,
            amount_1: None,
            amount_2: None,
            wrong_tries: 0,
            error_code: None,
            error_message: None,
            due_at: None,
            revision: 1,
            created_at: now,
            updated_at: now,
            verified_at: None,
            deleted_at: None,
        };
        if let Some(account) = &request.account {
            self.enter_account(&mut deposit, account, others, provider);
        }
        deposit
    }

    /// Enters the account of a verification: INITIATED, or CONFLICTED where another of the user's is of the same account.
    pub(super) fn enter_account(
        &self,
        deposit: &mut MicroDeposit,
        account: &AccountToVerify,
        others: &[MicroDeposit],
        provider: &Arc<dyn MicroDepositProvider>,
    ) {
        let [first, second] = provider.amounts(&*self.parts.secrets);
        deposit.account_name.clone_from(&account.account_name);
        deposit.account_number = Some(account.account_number.clone());
        deposit.routing_number = Some(account.routing_number.clone());
        deposit.account_type =
            Some(if account.is_savings { AccountType::Savings } else { AccountType::Checking });
        deposit.institution_name = provider.institution_name(&account.routing_number);
        (deposit.amount_1, deposit.amount_2) = (Some(first), Some(second));
        deposit.status = MicroDepositStatus::Initiated;
        deposit.due_at = Some(self.now());
        if others.iter().any(|other| other.status.holds_account() && is_same_account(other, account)) {
            let message = "The account is being verified already, or is.";
            fail(deposit, MicroDepositStatus::Conflicted, "CONFLICTED", message);
        }
    }
}

/// Whether another account would be one too many for this address.
pub(super) fn is_full(others: &[MicroDeposit], email: &str, account: &AccountToVerify) -> bool {
    let held = others.iter().filter(|other| other.status.holds_account() && other.email == email);
    let accounts: BTreeSet<_> =
        held.clone().map(|other| (&other.routing_number, &other.account_number)).collect();
    let is_new = !held.into_iter().any(|other| is_same_account(other, account));
    is_new && i64::try_from(accounts.len()).is_ok_and(|count| count >= MICRO_DEPOSITS_OF_EMAIL)
}

/// The end of a verification's life, if nobody brings it to another one.
pub(super) fn end_of_life(deposit: &MicroDeposit) -> Timestamp {
    deposit.created_at.checked_add(MICRO_DEPOSIT_LIFE).unwrap_or(Timestamp::MAX)
}

impl CreateMicroDeposit {
    fn check(&self, provider: &dyn MicroDepositProvider) -> Result<(), InvalidField> {
        let refuse = |field, rule| Err(InvalidField { field, rule });
        for (field, name) in [("first_name", &self.first_name), ("last_name", &self.last_name)] {
            if !is_name(name) {
                return refuse(field, "must have 1 to 50 letters, spaces, dashes, dots and apostrophes");
            }
        }
        if !is_email(&self.email) {
            return refuse("email", "must be an address of the form name@domain.tld");
        }
        self.account.as_ref().map_or(Ok(()), |account| account.check(provider))
    }
}

impl AccountToVerify {
    /// What can be said of the account itself.
    pub(super) fn check(&self, provider: &dyn MicroDepositProvider) -> Result<(), InvalidField> {
        let refuse = |field, rule| Err(InvalidField { field, rule });
        let length = self.account_name.as_deref().map_or(1, |name| name.chars().count());
        if !(1..=MICRO_DEPOSIT_NAME).contains(&length) {
            return refuse("account_name", "must have 1 to 50 characters");
        }
        if !is_account_number(&self.account_number) {
            return refuse("account_number", "must have 1 to 17 letters, digits and dashes");
        }
        match refusal(provider, &self.routing_number) {
            None => Ok(()),
            Some(RoutingRefusal::Invalid) => {
                refuse("routing_number", "must be a routing number of nine digits with a right check digit")
            }
            Some(RoutingRefusal::OutOfReach) => {
                refuse("routing_number", "must be of an institution that micro deposits can be sent to")
            }
        }
    }
}

fn refusal(provider: &dyn MicroDepositProvider, routing_number: &str) -> Option<RoutingRefusal> {
    if !is_routing_number(routing_number) {
        return Some(RoutingRefusal::Invalid);
    }
    (!provider.reaches(routing_number)).then_some(RoutingRefusal::OutOfReach)
}

fn is_name(text: &str) -> bool {
    let lawful = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    (1..=MICRO_DEPOSIT_NAME).contains(&text.chars().count())
        && text.chars().all(lawful)
        && text.contains(char::is_alphabetic)
}

fn is_account_number(text: &str) -> bool {
    (1..=MICRO_DEPOSIT_ACCOUNT).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

//! Adding and removing operators, and what they prove themselves with: `riverbank operator ...`.

use riverbank_model::SecretText;
use riverbank_model::operator::Role;
use riverbank_store::operators::{self, Operator};
use riverbank_store::{Place, StoreError};

use super::audit::{Origin, record};
use super::{password, totp};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Characters of the longest name.
const LONGEST_NAME: usize = 64;

/// What an operator's authenticator app is told, once.
#[derive(Debug)]
pub struct AddedOperator {
    /// The secret in base32.
    pub secret: SecretText,
    /// The same as an address that apps read.
    pub address: SecretText,
}

/// Why nothing was done to an operator.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// It could not stand in an address.
    #[error("an operator's name has 1 to {LONGEST_NAME} letters, digits, dots, dashes and underscores")]
    InvalidName,
    /// Too short or too long.
    #[error("a password has 12 to 1024 characters")]
    InvalidPassword,
    /// Another operator has this name.
    #[error("there is an operator {0} already")]
    Exists(String),
    /// No operator has this name.
    #[error("there is no operator {0}")]
    NoSuchOperator(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(OperatorError);

impl Engine {
    /// Adds an operator with a fresh secret for codes.
    pub async fn add_operator(
        &self,
        name: &str,
        role: Role,
        password: &SecretText,
    ) -> Result<AddedOperator, OperatorError> {
        if !is_name(name) {
            return Err(OperatorError::InvalidName);
        }
        let hash = self.lawful_hash(password).await?;
        let (added, sealed) = self.fresh_secret(name)?;
        let now = self.machine().wall();
        let operator = Operator {
            name: name.to_owned(),
            role,
            password: hash,
            totp_secret: sealed,
            totp_step: 0,
            failures: 0,
            held_until: None,
            created_at: now,
            updated_at: now,
        };
        let written = self.store().write(async move |tx| {
            operators::insert(tx, &operator).await?;
            record(tx, None, "operators.add", &operator.name, Origin::Command, now).await
        });
        match written.await {
            Ok(()) => Ok(added),
            Err(StoreError::Conflict { .. }) => Err(OperatorError::Exists(name.to_owned())),
            Err(error) => Err(error.into()),
        }
    }

    /// All operators, by name.
    pub async fn operators(&self) -> Result<Vec<Operator>, Fault> {
        Ok(operators::list(&*self.store().read().await?).await?)
    }

    /// Removes an operator and ends its sessions.
    pub async fn remove_operator(&self, name: &str) -> Result<(), OperatorError> {
        let (name, now) = (name.to_owned(), self.machine().wall());
        let written = self.store().write(async move |tx| {
            if !operators::remove(tx, &name).await? {
                return Err(OperatorError::NoSuchOperator(name.clone()));
            }
            Ok(record(tx, None, "operators.remove", &name, Origin::Command, now).await?)
        });
        written.await
    }

    /// Puts a password in the place of an operator's and ends its sessions.
    pub async fn set_operator_password(
        &self,
        name: &str,
        password: &SecretText,
    ) -> Result<(), OperatorError> {
        let hash = self.lawful_hash(password).await?;
        let (name, now) = (name.to_owned(), self.machine().wall());
        let written = self.store().write(async move |tx| {
            if !operators::set_password(tx, &name, &hash, now).await? {
                return Err(OperatorError::NoSuchOperator(name.clone()));
            }
            operators::close_of(tx, &name).await?;
            Ok(record(tx, None, "operators.set_password", &name, Origin::Command, now).await?)
        });
        written.await
    }

    /// Gives an operator a fresh secret for codes and ends its sessions.
    pub async fn renew_operator_secret(&self, name: &str) -> Result<AddedOperator, OperatorError> {
        let (added, sealed) = self.fresh_secret(name)?;
        let (name, now) = (name.to_owned(), self.machine().wall());
        let written = self.store().write(async move |tx| {
            if !operators::set_totp(tx, &name, &sealed, now).await? {
                return Err(OperatorError::NoSuchOperator(name.clone()));
            }
            operators::close_of(tx, &name).await?;
            Ok(record(tx, None, "operators.renew_secret", &name, Origin::Command, now).await?)
        });
        written.await?;
        Ok(added)
    }

    async fn lawful_hash(&self, password: &SecretText) -> Result<String, OperatorError> {
        if !password::is_lawful(password) {
            return Err(OperatorError::InvalidPassword);
        }
        Ok(self.hash_password(password).await?)
    }

    /// A fresh secret, as it is told and as it is kept.
    fn fresh_secret(&self, name: &str) -> Result<(AddedOperator, Vec<u8>), Fault> {
        let secret = totp::secret(&*self.parts.secrets);
        let sealed = self.seal(&Place::OperatorSecret(name), &*secret)?;
        let secret = totp::base32(&*secret);
        Ok((AddedOperator { address: totp::address(name, &secret), secret }, sealed))
    }
}

/// Whether a name may be one: it stands in an address as it is.
fn is_name(name: &str) -> bool {
    let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(lawful)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn an_operator_is_added_once_and_no_secret_is_kept_as_it_is(bench: &Bench) {
            let engine = &bench.engine;
            let password = SecretText::from("correct horse battery");
            engine.add_operator("ada", Role::Operator, &password).await.unwrap();
            let again = engine.add_operator("ada", Role::Reader, &password).await.unwrap_err();
            assert!(matches!(again, OperatorError::Exists(_)), "{again:?}");
            let [kept] = engine.operators().await.unwrap().try_into().unwrap();
            assert_eq!(kept.role, Role::Operator);
            assert!(kept.password.starts_with("$argon2id$"));
            assert!(kept.totp_secret.len() > totp::SECRET);
        }

        async fn a_name_or_password_that_cannot_be_one_is_refused(bench: &Bench) {
            let engine = &bench.engine;
            for name in ["", "a b", "a/b", "ä", &"a".repeat(65)] {
                let refused = engine.add_operator(name, Role::Reader, &"correct horse battery".into()).await;
                assert!(matches!(refused, Err(OperatorError::InvalidName)), "{name:?}");
            }
            let refused = engine.add_operator("ada", Role::Reader, &"short".into()).await;
            assert!(matches!(refused, Err(OperatorError::InvalidPassword)));
        }

        async fn nothing_is_done_to_who_is_not_there(bench: &Bench) {
            let engine = &bench.engine;
            let password = SecretText::from("correct horse battery");
            let missing = |result| matches!(result, Err(OperatorError::NoSuchOperator(_)));
            assert!(missing(engine.remove_operator("ada").await));
            assert!(missing(engine.set_operator_password("ada", &password).await));
            assert!(missing(engine.renew_operator_secret("ada").await.map(drop)));
            assert_eq!(engine.operator_deeds(engine.machine().wall(), 10, 0).await.unwrap(), []);
        }
    }
}

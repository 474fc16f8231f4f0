//! The authorisation servers of test banks: their rules are [`riverbank_connect::script::authorization`], and what they
//! must remember is kept in the database, so that any node can go on.
//!
//! They know nothing of members: to them this server is a client as any other.

mod authorize;
mod consent;
mod push;
mod revoke;
mod token;

pub use authorize::{Asked, Decided};
pub use consent::{ConsentView, RevokeConsentError};
pub use push::Pushed;
pub use riverbank_connect::script::authorization::{
    Decision, Granted, Offered, Parameters, RequestRefusal, TokenError, TokenRefusal,
};
pub use token::TokenAnswer;

use jiff::Timestamp;
use riverbank_connect::script::Script;
use riverbank_connect::script::authorization::{
    Addresses, AuthorizationRequest, Registration, SigningKey, authenticate, offered,
};
use riverbank_model::SecretText;
use riverbank_store::bank_consents::{self, Ticket, TicketKind};
use riverbank_store::{Tx, settings};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::fault::faults;
use crate::{Engine, Fault, tokens};

/// Under which name the settings hold the key that id tokens of test banks are signed with. It proves nothing but where
/// test data comes from, so it is not sealed.
const SIGNING_KEY: &str = "test_bank_signing_key";

/// A test bank with a page of its own.
pub struct TestBank {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where its authorisation server is.
    pub addresses: Addresses,
    /// The client that is registered there.
    pub registration: Registration,
    script: Script,
}

impl TestBank {
    /// The accounts that its page offers.
    pub fn offered(&self) -> Vec<Offered> {
        offered(&self.script, &self.name)
    }

    /// Its discovery document.
    pub fn discovery(&self) -> Value {
        self.addresses.discovery(&self.registration)
    }

    fn authenticate(&self, authorization: Option<&str>, form: &Parameters) -> Result<(), TokenRefusal> {
        authenticate(&self.registration, authorization, form)
    }
}

/// Why an endpoint does not do what it is asked for.
#[derive(Debug, thiserror::Error)]
pub enum BankError {
    /// The client is told why.
    #[error("the request is refused: {0:?}")]
    Refused(TokenRefusal),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(BankError);

impl From<TokenRefusal> for BankError {
    fn from(refusal: TokenRefusal) -> Self {
        Self::Refused(refusal)
    }
}

fn refused<T>(error: TokenError, why: &'static str) -> Result<T, BankError> {
    Err(TokenRefusal::new(error, why).into())
}

impl Engine {
    /// The test bank of this code, if it has a page of its own.
    pub async fn test_bank(&self, code: &str) -> Result<Option<TestBank>, Fault> {
        let catalogue = self.catalogue().await?;
        let Some(institution) = catalogue.by_code(code) else { return Ok(None) };
        if institution.connector != "script" || !institution.supports_oauth {
            return Ok(None);
        }
        let script: Script = toml::from_str(&institution.settings).map_err(Fault::internal)?;
        Ok(Some(TestBank {
            code: institution.code.clone(),
            name: institution.name.clone(),
            addresses: Addresses::of(&self.settings().public_url, &institution.code),
            registration: script.registration(),
            script,
        }))
    }

    /// The key that test banks sign with, made when it is first asked for.
    pub async fn signing_key(&self) -> Result<SigningKey, Fault> {
        let known = settings::find(&*self.parts.store.read().await?, SIGNING_KEY).await?;
        let bytes = if let Some(bytes) = known {
            bytes
        } else {
            let mut fresh = Zeroizing::new([0; 32]);
            self.parts.secrets.fill(&mut *fresh);
            let settle =
                self.parts.store.write(async move |tx| settings::settle(tx, SIGNING_KEY, &*fresh).await);
            settle.await?
        };
        SigningKey::new(&bytes).ok_or_else(|| Fault::internal("the key of the test banks is not one"))
    }
}

/// What was handed out under this text by this bank, if it is of this kind and not dead.
async fn ticket(
    tx: &Tx,
    bank: &str,
    kind: TicketKind,
    text: &str,
    now: Timestamp,
) -> Result<Option<Ticket>, Fault> {
    let found = bank_consents::ticket(tx, &tokens::hash(&SecretText::from(text))).await?;
    let fits =
        |ticket: &Ticket| ticket.institution_code == bank && ticket.kind == kind && now < ticket.expires_at;
    Ok(found.filter(fits))
}

/// The request that a code or a pushed request stands for.
fn request_of(ticket: &Ticket) -> Result<AuthorizationRequest, Fault> {
    let text = ticket.request.as_deref().unwrap_or_default();
    serde_json::from_str(text).map_err(Fault::internal)
}

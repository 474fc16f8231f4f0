//! The authorisation endpoint: what is put to the end user, and what the end user decides.

use jiff::{SignedDuration, Timestamp};
use riverbank_connect::script::authorization::{
    AuthorizationRequest, CODE_LIFE, Decision, Granted, Lineage, Parameters, RequestRefusal,
};
use riverbank_model::{ExposeSecret, SecretText};
use riverbank_store::bank_consents::{self, BankConsent, Ticket, TicketKind};
use riverbank_store::{Place, Tx};

use super::push::REQUEST_URI;
use super::{TestBank, request_of, ticket};
use crate::{Engine, Fault, tokens};

/// A request that may be put to the end user.
pub struct Asked {
    /// The request.
    pub request: AuthorizationRequest,
    /// Under which hash it was pushed, if it was.
    pushed: Option<Vec<u8>>,
}

/// What a decision leads to.
pub enum Decided {
    /// Back to the client.
    Return(String),
    /// The page is shown again, with a sentence.
    Again(&'static str),
}

impl Engine {
    /// The request of a query: the one that it names, or the one that it is.
    pub async fn asked(
        &self,
        bank: &TestBank,
        parameters: &Parameters,
    ) -> Result<Result<Asked, RequestRefusal>, Fault> {
        let Some(name) = parameters.get("request_uri") else {
            if bank.registration.pushed_requests {
                return Ok(Err(RequestRefusal::Page("This bank takes requests beforehand only.")));
            }
            let judged = AuthorizationRequest::judge(parameters, &bank.registration, &bank.addresses);
            return Ok(judged.map(|request| Asked { request, pushed: None }));
        };
        if parameters.get("client_id") != Some(bank.registration.client_id.as_str()) {
            return Ok(Err(RequestRefusal::Page("client_id is not registered at this bank.")));
        }
        let name = name.strip_prefix(REQUEST_URI).unwrap_or_default();
        let reader = self.parts.store.read().await?;
        let found = ticket(&reader, &bank.code, TicketKind::Pushed, name, self.now()).await?;
        drop(reader);
        match found.filter(|ticket| !ticket.is_spent) {
            Some(ticket) => Ok(Ok(Asked { request: request_of(&ticket)?, pushed: Some(ticket.hash) })),
            None => Ok(Err(RequestRefusal::Page("request_uri is unknown, used or expired."))),
        }
    }

    /// Does what the end user decided on the page of `asked`. A request that was pushed is spent by it.
    pub async fn decide(
        &self,
        bank: &TestBank,
        asked: Asked,
        decision: Decision,
        granted: Granted,
    ) -> Result<Result<Decided, RequestRefusal>, Fault> {
        let login = granted.login.iter().find(|(field, _)| field == "LOGIN");
        let subject = login.map(|(_, value)| value.expose_secret().to_owned()).unwrap_or_default();
        if decision == Decision::Authorize {
            if subject.is_empty() {
                return Ok(Ok(Decided::Again("Please enter a user name.")));
            }
            if granted.accounts.is_empty() {
                return Ok(Ok(Decided::Again("Please choose at least one account.")));
            }
        }
        let offered = bank.offered();
        let accounts = granted.accounts.into_iter().filter(|id| offered.iter().any(|one| one.id == *id));
        let granted = Granted { accounts: accounts.collect(), ..granted };
        let now = self.now();
        let code = tokens::make(&*self.parts.secrets);
        let consent = match decision.error() {
            Some(_) => None,
            None => Some(self.new_consent(bank, &asked.request, subject, &granted, &code, now)?),
        };
        let pushed = asked.pushed;
        let is_first =
            self.parts.store.write(async move |tx| take(tx, pushed.as_deref(), consent).await).await?;
        if !is_first {
            return Ok(Err(RequestRefusal::Page("request_uri is unknown, used or expired.")));
        }
        let url = match decision.error() {
            Some(error) => bank.addresses.with_refusal(&asked.request.back(error)),
            None => bank.addresses.with_code(&asked.request, code.expose_secret()),
        };
        let url = url.ok_or_else(|| Fault::internal("a registered address is none"))?;
        Ok(Ok(Decided::Return(url.into())))
    }

    fn new_consent(
        &self,
        bank: &TestBank,
        request: &AuthorizationRequest,
        subject: String,
        granted: &Granted,
        code: &SecretText,
        now: Timestamp,
    ) -> Result<(BankConsent, Ticket), Fault> {
        let guid = tokens::make(&*self.parts.secrets).expose_secret().to_owned();
        let life = SignedDuration::from_hours(24 * i64::from(bank.registration.consent_days));
        let lineage = Lineage::new(now.saturating_add(life).unwrap_or(Timestamp::MAX));
        let consent = BankConsent {
            institution_code: bank.code.clone(),
            client_id: bank.registration.client_id.clone(),
            subject,
            scopes: request.scopes.join(" "),
            granted: self.seal(&Place::BankConsent(&guid), &super::consent::to_bytes(granted)?)?,
            generation: lineage.generation,
            is_confirmed: lineage.is_confirmed,
            is_revoked: lineage.is_revoked,
            expires_at: lineage.expires_at,
            guid,
        };
        // The state is the client's secret, and has been given back when the code is shown.
        let request = AuthorizationRequest { state: None, ..request.clone() };
        let ticket = Ticket {
            hash: tokens::hash(code),
            institution_code: bank.code.clone(),
            kind: TicketKind::Code,
            consent_guid: Some(consent.guid.clone()),
            generation: lineage.generation,
            request: Some(serde_json::to_string(&request).map_err(Fault::internal)?),
            is_spent: false,
            expires_at: now.saturating_add(CODE_LIFE).unwrap_or(Timestamp::MAX),
        };
        Ok((consent, ticket))
    }
}

/// Spends a pushed request and writes what comes of it; false when another was faster.
async fn take(tx: &Tx, pushed: Option<&[u8]>, consent: Option<(BankConsent, Ticket)>) -> Result<bool, Fault> {
    if let Some(hash) = pushed
        && !bank_consents::spend(tx, hash).await?
    {
        return Ok(false);
    }
    if let Some((consent, code)) = consent {
        bank_consents::insert_consent(tx, &consent).await?;
        bank_consents::insert_tickets(tx, &[code]).await?;
    }
    Ok(true)
}

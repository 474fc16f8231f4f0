//! The token endpoint: codes become tokens, and tokens new ones.

use jiff::{SignedDuration, Timestamp};
use riverbank_connect::script::authorization::{Lineage, Parameters, TokenError, redeem};
use riverbank_model::SecretText;
use riverbank_store::Tx;
use riverbank_store::bank_consents::{self, BankConsent, Ticket, TicketKind};

use super::{BankError, TestBank, refused, request_of, ticket};
use crate::{Engine, Fault, tokens};

/// Tokens for a client.
#[derive(Debug)]
pub struct TokenAnswer {
    /// Opens resources.
    pub access_token: SecretText,
    /// Seconds of its life.
    pub expires_in: u32,
    /// Gets new tokens, once.
    pub refresh_token: SecretText,
    /// Who signed in; with a code only, and where it was asked for.
    pub id_token: Option<String>,
    /// What was consented to.
    pub scope: String,
}

/// What is said of a code or token that is worth nothing, whatever the reason.
const WORTHLESS: &str = "It is unknown, used, revoked or expired.";

/// A consent whose tokens are to be made.
struct Entitled {
    consent: BankConsent,
    nonce: Option<String>,
    is_by_code: bool,
}

impl Engine {
    /// Answers a request for tokens.
    pub async fn bank_tokens(
        &self,
        bank: &TestBank,
        authorization: Option<&str>,
        form: &Parameters,
    ) -> Result<TokenAnswer, BankError> {
        bank.authenticate(authorization, form)?;
        let (access, refresh) = (tokens::make(&*self.parts.secrets), tokens::make(&*self.parts.secrets));
        let now = self.now();
        let work = Work { bank: bank.code.clone(), form: form.clone(), now };
        let life = SignedDuration::from_secs(bank.registration.access_seconds.into());
        let ends = [
            (TicketKind::Access, tokens::hash(&access), now.saturating_add(life).unwrap_or(Timestamp::MAX)),
            (TicketKind::Refresh, tokens::hash(&refresh), Timestamp::MAX),
        ];
        let writing = self.parts.store.write(async move |tx| work.done(tx, ends).await);
        // A refusal is no error here: what it follows from, a revocation, must be written.
        let entitled = writing.await??;
        let id_token = if entitled.is_by_code && bank.registration.openid {
            let (consent, nonce) = (&entitled.consent, entitled.nonce.as_deref());
            let asked = consent.scopes.split(' ').any(|scope| scope == "openid");
            let key = self.signing_key().await?;
            let issuer = &bank.addresses.issuer;
            let signed =
                asked.then(|| key.id_token(issuer, &consent.client_id, &consent.subject, nonce, now));
            signed.transpose().map_err(Fault::internal)?
        } else {
            None
        };
        Ok(TokenAnswer {
            access_token: access,
            expires_in: bank.registration.access_seconds,
            refresh_token: refresh,
            id_token,
            scope: entitled.consent.scopes,
        })
    }
}

struct Work {
    bank: String,
    form: Parameters,
    now: Timestamp,
}

impl Work {
    /// One unit of work: judges what is shown, and writes the new tokens.
    async fn done(
        &self,
        tx: &Tx,
        ends: [(TicketKind, Vec<u8>, Timestamp); 2],
    ) -> Result<Result<Entitled, BankError>, Fault> {
        let entitled = match self.form.get("grant_type") {
            Some("authorization_code") => self.by_code(tx).await?,
            Some("refresh_token") => self.by_refresh(tx).await?,
            _ => refused(TokenError::UnsupportedGrantType, "Codes and refresh tokens are taken."),
        };
        let entitled = match entitled {
            Ok(entitled) => entitled,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let consent = &entitled.consent;
        let tickets = ends.map(|(kind, hash, end)| Ticket {
            hash,
            institution_code: self.bank.clone(),
            kind,
            consent_guid: Some(consent.guid.clone()),
            generation: consent.generation,
            request: None,
            is_spent: false,
            expires_at: end.min(consent.expires_at),
        });
        bank_consents::insert_tickets(tx, &tickets).await?;
        Ok(Ok(entitled))
    }

    /// A code works once; who comes with it again has stolen it, or was stolen from (RFC 6749, 4.1.2).
    async fn by_code(&self, tx: &Tx) -> Result<Result<Entitled, BankError>, Fault> {
        let worthless = || Ok(refused(TokenError::InvalidGrant, WORTHLESS));
        let code = self.form.get("code").unwrap_or_default();
        let Some(ticket) = ticket(tx, &self.bank, TicketKind::Code, code, self.now).await? else {
            return worthless();
        };
        let Some(mut consent) = consent_of(tx, &ticket).await? else { return worthless() };
        if ticket.is_spent {
            consent.is_revoked = true;
            bank_consents::save_consent(tx, &consent).await?;
            return worthless();
        }
        if !lineage(&consent).is_live(self.now) {
            return worthless();
        }
        let request = request_of(&ticket)?;
        if let Err(refusal) = redeem(&request, &self.form) {
            return Ok(Err(refusal.into()));
        }
        if !bank_consents::spend(tx, &ticket.hash).await? {
            return worthless();
        }
        Ok(Ok(Entitled { consent, nonce: request.nonce, is_by_code: true }))
    }

    async fn by_refresh(&self, tx: &Tx) -> Result<Result<Entitled, BankError>, Fault> {
        let worthless = || Ok(refused(TokenError::InvalidGrant, WORTHLESS));
        let token = self.form.get("refresh_token").unwrap_or_default();
        let Some(ticket) = ticket(tx, &self.bank, TicketKind::Refresh, token, self.now).await? else {
            return worthless();
        };
        let Some(mut consent) = consent_of(tx, &ticket).await? else { return worthless() };
        let mut lineage = lineage(&consent);
        if !lineage.is_live(self.now) {
            return worthless();
        }
        let refreshed = lineage.refresh(ticket.generation);
        consent.generation = lineage.generation;
        consent.is_confirmed = lineage.is_confirmed;
        consent.is_revoked = lineage.is_revoked;
        bank_consents::save_consent(tx, &consent).await?;
        match refreshed {
            Ok(()) => Ok(Ok(Entitled { consent, nonce: None, is_by_code: false })),
            Err(_) => worthless(),
        }
    }
}

/// The consent that a ticket is for, locked.
pub(super) async fn consent_of(tx: &Tx, ticket: &Ticket) -> Result<Option<BankConsent>, Fault> {
    match &ticket.consent_guid {
        Some(guid) => Ok(bank_consents::lock_consent(tx, guid).await?),
        None => Ok(None),
    }
}

pub(super) fn lineage(consent: &BankConsent) -> Lineage {
    Lineage {
        generation: consent.generation,
        is_confirmed: consent.is_confirmed,
        is_revoked: consent.is_revoked,
        expires_at: consent.expires_at,
    }
}

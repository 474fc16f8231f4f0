//! The revocation endpoint (RFC 7009): with either token the whole consent goes.

use riverbank_connect::script::authorization::Parameters;
use riverbank_model::SecretText;
use riverbank_store::Tx;
use riverbank_store::bank_consents::{self, TicketKind};

use super::token::consent_of;
use super::{BankError, TestBank};
use crate::{Engine, Fault, tokens};

impl Engine {
    /// Revokes the consent of a token. One that is not known is no error: it is worth nothing already.
    pub async fn revoke_bank_token(
        &self,
        bank: &TestBank,
        authorization: Option<&str>,
        form: &Parameters,
    ) -> Result<(), BankError> {
        bank.authenticate(authorization, form)?;
        let token = SecretText::from(form.get("token").unwrap_or_default());
        let code = bank.code.clone();
        Ok(self.parts.store.write(async move |tx| revoke(tx, &code, &token).await).await.map(drop)?)
    }
}

/// Revokes the consent of a token; false when there is none.
pub(super) async fn revoke(tx: &Tx, bank: &str, token: &SecretText) -> Result<bool, Fault> {
    let Some(ticket) = bank_consents::ticket(tx, &tokens::hash(token)).await? else { return Ok(false) };
    let is_token = matches!(ticket.kind, TicketKind::Access | TicketKind::Refresh);
    if !is_token || ticket.institution_code != bank {
        return Ok(false);
    }
    let Some(mut consent) = consent_of(tx, &ticket).await? else { return Ok(false) };
    consent.is_revoked = true;
    bank_consents::save_consent(tx, &consent).await?;
    Ok(true)
}

//! Requests that are pushed beforehand (RFC 9126).

use riverbank_connect::script::authorization::{
    AuthorizationRequest, PUSHED_LIFE, Parameters, RequestRefusal, TokenError,
};
use riverbank_model::ExposeSecret;
use riverbank_store::bank_consents::{self, Ticket, TicketKind};

use super::{BankError, TestBank, refused};
use crate::{Engine, Fault, tokens};

/// What every name of a pushed request begins with (RFC 9126, 2.2).
pub(super) const REQUEST_URI: &str = "urn:ietf:params:oauth:request_uri:";

/// A request that was taken.
#[derive(Debug)]
pub struct Pushed {
    /// Stands for it at the authorisation endpoint, once.
    pub request_uri: String,
    /// Seconds until it dies.
    pub expires_in: i64,
}

impl Engine {
    /// Takes a request of a client that shows who it is.
    pub async fn push_request(
        &self,
        bank: &TestBank,
        authorization: Option<&str>,
        form: &Parameters,
    ) -> Result<Pushed, BankError> {
        bank.authenticate(authorization, form)?;
        let mut parameters = form.clone();
        if parameters.get("request_uri").is_some() {
            return refused(TokenError::InvalidRequest, "request_uri cannot be pushed.");
        }
        if parameters.get("client_id").is_none() {
            parameters.0.push(("client_id".to_owned(), bank.registration.client_id.clone()));
        }
        let request = match AuthorizationRequest::judge(&parameters, &bank.registration, &bank.addresses) {
            Ok(request) => request,
            Err(RequestRefusal::Page(why)) => return refused(TokenError::InvalidRequest, why),
            Err(RequestRefusal::Back { .. }) => {
                return refused(TokenError::InvalidRequest, "The request would be returned to the client.");
            }
        };
        let name = tokens::make(&*self.parts.secrets);
        let ticket = Ticket {
            hash: tokens::hash(&name),
            institution_code: bank.code.clone(),
            kind: TicketKind::Pushed,
            consent_guid: None,
            generation: 0,
            request: Some(serde_json::to_string(&request).map_err(Fault::internal)?),
            is_spent: false,
            expires_at: self.now().saturating_add(PUSHED_LIFE).map_err(Fault::internal)?,
        };
        self.parts.store.write(async move |tx| bank_consents::insert_tickets(tx, &[ticket]).await).await?;
        Ok(Pushed {
            request_uri: format!("{REQUEST_URI}{}", name.expose_secret()),
            expires_in: PUSHED_LIFE.as_secs(),
        })
    }
}

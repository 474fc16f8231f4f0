//! Reading an API token: `GET /users/{id}/api_token` of the partner face.

use riverbank_model::SecretText;
use riverbank_model::limits::API_TOKEN_LIFE;
use riverbank_store::api_tokens::{self, ApiToken};
use riverbank_store::{StoreError, users};

use crate::clients::Partner;
use crate::fault::faults;
use crate::{Engine, Fault, tokens};

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum CreateApiTokenError {
    /// The client has no user with this id.
    #[error("User not found.")]
    NoSuchUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateApiTokenError);

impl Engine {
    /// A fresh token of the partner's user with this id. It opens one session, within ten minutes.
    pub async fn create_api_token(
        &self,
        partner: &Partner,
        id: &str,
    ) -> Result<SecretText, CreateApiTokenError> {
        let token = tokens::make(&*self.parts.secrets);
        let expires_at = self.now().saturating_add(API_TOKEN_LIFE).map_err(Fault::internal)?;
        let (client, id, hash) = (partner.guid.clone(), id.to_owned(), tokens::hash(&token));
        let writing = self.store().write(async move |tx| {
            let user = users::find_by_partner_id(tx, &client, &id).await?;
            let user_guid = user.ok_or(CreateApiTokenError::NoSuchUser)?.guid;
            let token = ApiToken { hash, user_guid, expires_at };
            match api_tokens::insert(tx, &token).await {
                // Deleted since it was read.
                Err(StoreError::MissingReference) => Err(CreateApiTokenError::NoSuchUser),
                written => Ok(written?),
            }
        });
        writing.await.map(|()| token)
    }
}

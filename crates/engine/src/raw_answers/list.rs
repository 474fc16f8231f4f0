//! Listing raw answers: `riverbank raw list`.

use riverbank_model::guid::UserGuid;
use riverbank_store::raw_answers::{self, RawAnswerLine};

use crate::{Engine, Fault};

impl Engine {
    /// What is kept of the members of a user, each member's in the order in which it was fetched.
    pub async fn list_raw_answers(&self, user: &UserGuid) -> Result<Vec<RawAnswerLine>, Fault> {
        Ok(raw_answers::of_user(&*self.store().read().await?, user).await?)
    }
}

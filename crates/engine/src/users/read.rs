//! Reading a user: `GET /users/{id}` of the partner face, `GET /user` of a session.

use riverbank_store::users::{self, User};

use crate::clients::Partner;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The partner's user with this id.
    pub async fn read_user(&self, partner: &Partner, id: &str) -> Result<Option<User>, Fault> {
        let reader = self.store().read().await?;
        Ok(users::find_by_partner_id(&reader, &partner.guid, id).await?)
    }

    /// The user of a session; none when it was deleted a moment ago.
    pub async fn own_user(&self, caller: &Caller) -> Result<Option<User>, Fault> {
        let reader = self.store().read().await?;
        Ok(users::find(&reader, &caller.user).await?)
    }
}

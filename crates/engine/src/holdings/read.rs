//! Reading a holding: `GET /holdings/{holding_guid}`.

use riverbank_model::guid::HoldingGuid;
use riverbank_store::holdings;

use super::HoldingView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A holding of the caller; none when there is none, or it is another user's.
    pub async fn read_holding(
        &self,
        caller: &Caller,
        guid: &HoldingGuid,
    ) -> Result<Option<HoldingView>, Fault> {
        let reader = self.store().read().await?;
        holdings::find(&reader, &caller.user, guid).await?.map(HoldingView::of).transpose()
    }
}

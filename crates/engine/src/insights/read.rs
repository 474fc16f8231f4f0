//! Reading an insight: `GET /insights/{insight_guid}`, `GET /beats/{beat_guid}`.

use riverbank_model::guid::InsightGuid;
use riverbank_store::insights::{self, Insight};
use riverbank_store::{Tx, users};

use super::InsightView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// An insight of the caller.
    pub async fn read_insight(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
    ) -> Result<Option<InsightView>, Fault> {
        let reader = self.store().read().await?;
        let Some(insight) = insights::find(&reader, &caller.user, guid).await? else { return Ok(None) };
        viewed(&reader, insight).await
    }
}

/// An insight with what it is about; none when its user has gone.
pub(super) async fn viewed(tx: &Tx, insight: Insight) -> Result<Option<InsightView>, Fault> {
    let Some(user) = users::find(tx, &insight.user_guid).await? else { return Ok(None) };
    let links = insights::links(tx, &insight.user_guid, std::slice::from_ref(&insight.guid)).await?;
    Ok(Some(InsightView::of(insight, links, &user)))
}

//! Changing what is so of an insight: `PUT /insights/{insight_guid}`, `PUT /beats/{beat_guid}`.

use riverbank_model::guid::InsightGuid;
use riverbank_model::webhook::Action;
use riverbank_store::insights;

use super::InsightView;
use super::read::viewed;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// The changes; what is absent stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct UpdateInsight {
    /// Whether the user was shown it.
    pub has_been_displayed: Option<bool>,
    /// Whether the user wants it no more.
    pub is_dismissed: Option<bool>,
}

/// Why an insight cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateInsightError {
    /// No such insight of this user; the same for another user's.
    #[error("no such insight")]
    NoSuchInsight,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateInsightError);

impl Engine {
    /// Writes that an insight of the caller was displayed or dismissed, or was not. Either makes it irrelevant for good.
    pub async fn update_insight(
        &self,
        caller: &Caller,
        guid: &InsightGuid,
        change: UpdateInsight,
    ) -> Result<InsightView, UpdateInsightError> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let found = insights::lock(tx, &caller.user, &guid).await?;
            let mut insight = found.ok_or(UpdateInsightError::NoSuchInsight)?;
            let (before, now) = (insight.clone(), engine.now());
            if let Some(displayed) = change.has_been_displayed.filter(|it| *it != insight.has_been_displayed)
            {
                insight.has_been_displayed = displayed;
                insight.displayed_at = displayed.then_some(now);
            }
            insight.is_dismissed = change.is_dismissed.unwrap_or(insight.is_dismissed);
            insight.is_relevant &= !insight.has_been_displayed && !insight.is_dismissed;
            let is_changed = insight != before;
            if is_changed {
                insight.revision += 1;
                insight.updated_at = now;
                insights::save(tx, &insight).await?;
                record(tx, &caller, "insights.update", &guid, false, now).await?;
            }
            let view = viewed(tx, insight).await?.ok_or(UpdateInsightError::NoSuchInsight)?;
            if is_changed {
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                news.insight(&view, Action::Updated)?;
                news.write().await?;
            }
            Ok(view)
        });
        writing.await
    }
}

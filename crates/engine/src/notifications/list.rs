//! Listing notifications: `GET /notifications`.

use jiff::Span;
use jiff::civil::Date;
use riverbank_model::limits::WINDOW_DAYS;
use riverbank_store::notifications;

use super::Notification;
use crate::{Caller, Engine, Fault, calendar};

impl Engine {
    /// The caller's notifications of these days, both included, the newest first; without them, from 120 days ago to 5 days
    /// ahead.
    pub async fn list_notifications(
        &self,
        caller: &Caller,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Vec<Notification>, Fault> {
        let reader = self.store().read().await?;
        let today = calendar::today(&reader, &caller.user, self.now()).await?;
        let (back, ahead) = WINDOW_DAYS;
        let from = from.unwrap_or_else(|| today.saturating_sub(Span::new().days(back)));
        let to = to.unwrap_or_else(|| today.saturating_add(Span::new().days(ahead)));
        Ok(notifications::list(&reader, &caller.user, from, to).await?)
    }
}

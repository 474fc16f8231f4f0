//! A beat as answers show it.

use riverbank_engine::insights::InsightView;
use riverbank_model::guid::{AccountGuid, InsightGuid, TransactionGuid, UserGuid};
use riverbank_model::insight::LinkKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::object;
use crate::values::Moment;

object! {
    /// A card that tells the user what its money does: an insight in its older form.
    Beat(InsightView) as "BeatResponse";
    |view| {
        plain account_guids: Vec<AccountGuid> = view.guids::<AccountGuid>(LinkKind::Account);
        plain created_at: Moment = Moment(view.insight.created_at);
        plain description: &str = &*view.insight.description;
        plain digest: String = view.digest();
        plain displayed_at: Option<Moment> = view.insight.displayed_at.map(Moment);
        plain guid: &InsightGuid = &view.insight.guid;
        plain has_been_displayed: bool = view.insight.has_been_displayed;
        plain is_dismissed: bool = view.insight.is_dismissed;
        plain is_relevant: bool = view.insight.is_relevant;
        plain primary_account_guid: Option<&AccountGuid> = view.insight.primary_account_guid.as_ref();
        plain primary_transaction_guid: Option<&TransactionGuid> = view.insight.primary_transaction_guid.as_ref();
        plain template: &str = &*view.insight.template;
        plain title: &str = &*view.insight.title;
        plain transaction_guids: Vec<TransactionGuid> = view.guids::<TransactionGuid>(LinkKind::Transaction);
        plain updated_at: Moment = Moment(view.insight.updated_at);
        plain user_guid: &UserGuid = &view.insight.user_guid;
    }
}

/// A beat with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BeatResponseBody)]
pub(super) struct BeatBody {
    beat: Beat,
}

/// Beats with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BeatsResponseBody)]
pub(super) struct BeatsBody {
    beats: Vec<Beat>,
}

impl From<InsightView> for BeatBody {
    fn from(view: InsightView) -> Self {
        Self { beat: Beat(view) }
    }
}

impl From<Vec<InsightView>> for BeatsBody {
    fn from(views: Vec<InsightView>) -> Self {
        Self { beats: views.into_iter().map(Beat).collect() }
    }
}

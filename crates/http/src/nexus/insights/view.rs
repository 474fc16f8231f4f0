//! An insight as answers show it.

use riverbank_engine::insights::{InsightList, InsightView};
use riverbank_model::guid::{ClientGuid, InsightGuid, UserGuid};
use riverbank_model::insight::LinkKind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Answer, Pagination};
use crate::nexus::object::object;
use crate::query::Paging;
use crate::values::Moment;

object! {
    /// A card that tells the user what its money does.
    Insight(InsightView) as "InsightResponse";
    |view| {
        plain active_at: Moment = Moment(view.insight.created_at);
        plain client_guid: &ClientGuid = &view.client_guid;
        plain created_at: Moment = Moment(view.insight.created_at);
        plain cta_clicked_at: Option<Moment> = None::<Moment>;
        plain description: &str = &*view.insight.description;
        plain guid: &InsightGuid = &view.insight.guid;
        plain has_associated_accounts: bool = view.is_about(LinkKind::Account);
        plain has_associated_categories: bool = view.is_about(LinkKind::Category);
        plain has_associated_merchants: bool = view.is_about(LinkKind::Merchant);
        plain has_associated_scheduled_payments: bool = view.is_about(LinkKind::ScheduledPayment);
        plain has_associated_transactions: bool = view.is_about(LinkKind::Transaction);
        plain has_been_displayed: bool = view.insight.has_been_displayed;
        plain is_dismissed: bool = view.insight.is_dismissed;
        plain micro_call_to_action: &str = &*view.insight.call_to_action;
        plain micro_description: String = view.micro_description();
        plain micro_title: String = view.micro_title();
        plain template: &str = &*view.insight.template;
        plain title: &str = &*view.insight.title;
        plain updated_at: Moment = Moment(view.insight.updated_at);
        plain user_guid: &UserGuid = &view.insight.user_guid;
        plain user_id: &str = &*view.user_id;
    }
}

/// An insight with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InsightResponseBody)]
pub(super) struct InsightBody {
    insight: Insight,
}

/// Insights with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InsightsResponseBody)]
pub(super) struct InsightsBody {
    insights: Vec<Insight>,
    pagination: Pagination,
}

impl From<InsightView> for InsightBody {
    fn from(view: InsightView) -> Self {
        Self { insight: Insight(view) }
    }
}

impl InsightsBody {
    /// The answer of a list.
    pub(super) fn page(list: InsightList, paging: Paging<100>) -> Answer<Self> {
        Answer::ok(Self {
            insights: list.insights.into_iter().map(Insight).collect(),
            pagination: Pagination::of(paging, list.total.unsigned_abs()),
        })
    }
}

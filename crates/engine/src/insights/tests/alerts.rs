//! What a look makes of alerts.

use riverbank_model::notification::{Channel, NotificationType};
use serde_json::json;

use super::*;
use crate::budgets::CreateBudget;
use crate::notifications::SetAlert;

impl Purse<'_> {
    /// What it was notified of, the newest first.
    async fn notified(&self) -> Vec<String> {
        let found = self.bench.engine.list_notifications(&self.caller, None, None).await.unwrap();
        found.into_iter().map(|one| one.subject).collect()
    }

    async fn set(&self, notification_type: NotificationType, threshold: Option<i64>, channels: &str) {
        let channels = Some(channels.parse().unwrap());
        let set = SetAlert { notification_type, threshold, channels };
        self.bench.engine.set_alert(&self.caller.user, set).await.unwrap();
    }
}

on_both_engines! {
    async fn what_a_look_finds_is_told_once_and_by_the_marks_of_its_user(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        purse.spend(date(2026, 4, 10), "150", DefaultCategory::Clothing).await;
        purse.spend(date(2026, 4, 10), "100", DefaultCategory::Clothing).await;
        purse.look().await;
        let large = "You spent $150.00 at Corner shop on April 10.";
        assert_eq!(purse.notified().await, [large]);
        purse.spend(date(2026, 4, 10), "1", DefaultCategory::Clothing).await;
        purse.look().await;
        assert_eq!(purse.notified().await, [large], "once");
        purse.set(NotificationType::TransactionExpenseLarge, Some(50), "EMAIL,IN_APP").await;
        purse.spend(date(2026, 4, 10), "60", DefaultCategory::Clothing).await;
        purse.look().await;
        let now = purse.notified().await;
        assert_eq!(now.len(), 3, "the 100 as well, by the new mark: {now:?}");
        let newest = bench.engine.list_notifications(&purse.caller, None, None).await.unwrap().remove(0);
        assert_eq!(newest.threshold, Some(50));
        assert_eq!(newest.entity_guid.as_deref(), Some(purse.account.as_str()));
        let made = bench.engine.list_deliverables(&purse.caller, &newest.guid).await.unwrap().unwrap();
        let channels: Vec<_> = made.iter().map(|one| one.channel).collect();
        assert_eq!(channels, [Channel::Email, Channel::InApp]);
        assert!(made[0].content.starts_with("<html>"), "{}", made[0].content);
        purse.set(NotificationType::TransactionExpenseLarge, None, "none").await;
        purse.spend(date(2026, 4, 10), "70", DefaultCategory::Clothing).await;
        purse.look().await;
        assert_eq!(purse.notified().await.len(), 3, "nobody wants to hear of it");
    }

    async fn a_balance_that_is_low_is_told_once_until_it_recovers(bench: &Bench) {
        let purse = Purse::of(bench, "u").await;
        purse.hold("80").await;
        purse.spend(date(2026, 4, 9), "30", DefaultCategory::Clothing).await;
        purse.look().await;
        assert_eq!(purse.notified().await, ["Checking has $80.00 left, less than $100.00."]);
        purse.hold("70").await;
        purse.spend(date(2026, 4, 10), "10", DefaultCategory::Clothing).await;
        purse.look().await;
        assert_eq!(purse.notified().await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alert_is_told_to_partners_with_what_it_is_about() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let bench = Bench::on(backend).await;
        let purse = Purse::of(&bench, "u").await;
        let sink = WebhookSink::start().await.unwrap();
        bench.endpoint("acme", &sink.url(), "notification").await;
        let fee = purse.spend(date(2026, 4, 10), "3", DefaultCategory::AtmFee).await;
        let budget = CreateBudget {
            category_guid: DefaultCategory::FeesAndCharges.guid().to_string(),
            amount: "2".parse().unwrap(),
            ..CreateBudget::default()
        };
        let budget = bench.engine.create_budget(&purse.caller, budget).await.unwrap().budget.guid;
        purse.hold("50").await;
        purse.look().await;
        bench.deliver().await;
        let told: Vec<_> = sink.received().iter().map(Received::json).collect();
        let of = |action: &str| {
            told.iter().find(|one| one["action"] == action).unwrap_or_else(|| panic!("{action}: {told:?}"))
        };
        assert_eq!(of("TRANSACTION_FEE_CHARGE")["transaction"]["guid"], json!(fee));
        assert_eq!(of("BUDGET_EXCEEDED")["budget"]["guid"], json!(budget));
        assert_eq!(of("BUDGET_EXCEEDED")["budget"]["transaction_total"], 3);
        assert_eq!(of("ACCOUNT_BALANCE_LOW")["account"]["guid"], json!(purse.account));
        assert_eq!(of("ACCOUNT_BALANCE_LOW")["enabled_channels"], json!(["in_app"]));
        assert_eq!(told.len(), 3, "{told:?}");
    }
}

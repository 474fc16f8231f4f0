use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::CategoryGuid;
use riverbank_model::money::Money;

use super::*;
use crate::Caller;
use crate::budgets::CreateBudget;
use crate::testing::{Bench, on_both_engines};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

async fn budget(bench: &Bench, caller: &Caller, category: CategoryGuid, amount: &str) {
    let request = CreateBudget {
        category_guid: category.to_string(),
        amount: money(amount),
        ..CreateBudget::default()
    };
    bench.engine.create_budget(caller, request).await.unwrap();
}

async fn set(
    bench: &Bench,
    caller: &Caller,
    contribution: Option<&str>,
    uses_estimate: Option<bool>,
) -> MonthlyCashFlowProfileView {
    let request = UpdateMonthlyCashFlowProfile {
        goals_contribution: contribution.map(money),
        uses_estimated_goals_contribution: uses_estimate,
    };
    bench.engine.update_monthly_cash_flow_profile(caller, request).await.unwrap()
}

async fn read(bench: &Bench, caller: &Caller) -> MonthlyCashFlowProfileView {
    bench.engine.read_monthly_cash_flow_profile(caller).await.unwrap().unwrap()
}

on_both_engines! {
    async fn a_profile_is_made_when_it_is_first_read_and_stays(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let made = read(bench, &caller).await;
        assert_eq!((made.profile.goals_contribution, made.contribution()), (Money::ZERO, Money::ZERO));
        assert_eq!((made.budgeted_income, made.budgeted_expenses), (Money::ZERO, Money::ZERO));
        assert_eq!(made.estimated_goals_contribution(), None);
        bench.advance(60);
        assert_eq!(read(bench, &caller).await, made);
        let other = bench.session("acme", "v").await.caller;
        assert_ne!(read(bench, &other).await.profile.guid, made.profile.guid);
        let gone = Caller { user: crate::testing::nobodys(), ..caller };
        assert_eq!(bench.engine.read_monthly_cash_flow_profile(&gone).await.unwrap(), None);
        let refused = bench.engine.update_monthly_cash_flow_profile(&gone, UpdateMonthlyCashFlowProfile::default());
        assert!(matches!(refused.await, Err(UpdateMonthlyCashFlowProfileError::NoUser)));
    }

    async fn the_estimate_is_what_budgets_at_the_top_leave_of_the_income(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        for (category, amount) in [
            (DefaultCategory::Income, "1200.12"),
            (DefaultCategory::Paycheck, "1100"),
            (DefaultCategory::FoodAndDining, "400"),
            (DefaultCategory::Groceries, "250"),
            (DefaultCategory::Home, "600"),
        ] {
            budget(bench, &caller, category.guid(), amount).await;
        }
        // The sample of the reference: what is said is in use, so nothing is estimated.
        let told = set(bench, &caller, Some("150"), None).await;
        assert_eq!((told.budgeted_income, told.budgeted_expenses), (money("1200.12"), money("1000")));
        assert_eq!((told.estimated_goals_contribution(), told.contribution()), (None, money("150")));
        let told = set(bench, &caller, None, Some(true)).await;
        assert_eq!(told.profile.goals_contribution, money("150"), "it stays");
        assert_eq!(told.estimated_goals_contribution(), Some(money("200.12")));
        assert_eq!(told.contribution(), money("200.12"));
        assert_eq!(read(bench, &caller).await, told);
        budget(bench, &caller, DefaultCategory::Travel.guid(), "200.13").await;
        let told = read(bench, &caller).await;
        assert_eq!(told.estimated_goals_contribution(), Some(Money::ZERO), "not below nothing");
        assert_eq!(set(bench, &caller, None, Some(false)).await.contribution(), money("150"));
    }

    async fn a_change_is_written_once_and_a_negative_contribution_never(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let first = set(bench, &caller, Some("150"), Some(true)).await;
        bench.advance(60);
        assert_eq!(set(bench, &caller, Some("150"), Some(true)).await, first, "what changes nothing is no change");
        let changed = set(bench, &caller, Some("0.01"), None).await.profile;
        assert_eq!((changed.guid, changed.updated_at), (first.profile.guid, bench.engine.now()));
        let negative =
            UpdateMonthlyCashFlowProfile { goals_contribution: Some(money("-0.01")), ..Default::default() };
        let refused = bench.engine.update_monthly_cash_flow_profile(&caller, negative).await;
        assert!(matches!(refused, Err(UpdateMonthlyCashFlowProfileError::NegativeContribution)));
    }
}

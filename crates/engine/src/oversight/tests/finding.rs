//! Whatever a partner may name by its id is found.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::goal::{GoalMetaType, GoalType};
use riverbank_model::money::Money;
use riverbank_model::spending_plan::ItemType;
use riverbank_model::transaction::TransactionType;
use riverbank_store::page::Page;

use super::*;
use crate::budgets::CreateBudget;
use crate::categories::CreateCategory;
use crate::goals::{CreateGoal, GoalChanges};
use crate::holdings::HoldingsOf;
use crate::monthly_cash_flow_profile::UpdateMonthlyCashFlowProfile;
use crate::notifications::CreateNotification;
use crate::scheduled_payments::{CreateScheduledPayment, FurtherTerms};
use crate::spending_plans::ItemChanges;
use crate::transaction_rules::CreateRule;
use crate::{Caller, Engine};

/// Ids of each kind of what is of a user alone.
async fn of_the_user(engine: &Engine, caller: &Caller, transaction: &str) -> Vec<String> {
    let category_guid = DefaultCategory::Home.guid().to_string();
    let own = CreateCategory {
        name: "Mine".into(),
        parent_guid: category_guid.clone(),
        ..CreateCategory::default()
    };
    let own = engine.create_category(caller, own).await.unwrap();
    let tag = engine.create_tag(caller, "x".to_owned(), true).await.unwrap();
    let tagging = engine.create_tagging(caller, tag.guid.as_str(), transaction, true).await.unwrap();
    let rule = CreateRule {
        category_guid: category_guid.clone(),
        match_description: "x".into(),
        ..CreateRule::default()
    };
    let rule = engine.create_rule(caller, rule).await.unwrap();
    let budget = CreateBudget { category_guid, ..CreateBudget::default() };
    let budget = engine.create_budget(caller, budget).await.unwrap();
    let payment = CreateScheduledPayment {
        amount: Money::from_units(1),
        description: "x".into(),
        occurs_on: jiff::civil::date(2030, 1, 1),
        transaction_type: TransactionType::Debit,
        further: FurtherTerms::default(),
    };
    let payment = engine.create_scheduled_payment(caller, payment).await.unwrap();
    let plan = engine.create_spending_plan(caller).await.unwrap();
    let changes = ItemChanges { item_type: Some(ItemType::Income), ..ItemChanges::default() };
    let item = engine.create_iteration_item(caller, &plan.guid, changes).await.unwrap();
    let months = engine.list_iterations(caller, &plan.guid, Page::ALL).await.unwrap().unwrap();
    let accounts = engine.list_spending_plan_accounts(caller, &plan.guid).await.unwrap().unwrap();
    let notification = CreateNotification { subject: "x".into(), content: "x".into() };
    let notification = engine.create_notification(caller, notification).await.unwrap();
    let deliverables = engine.list_deliverables(caller, &notification.guid).await.unwrap().unwrap();
    let terms = UpdateMonthlyCashFlowProfile {
        goals_contribution: Some(Money::from_units(1)),
        ..UpdateMonthlyCashFlowProfile::default()
    };
    let profile = engine.update_monthly_cash_flow_profile(caller, terms).await.unwrap();
    vec![
        own.guid.to_string(),
        tag.guid.to_string(),
        tagging.guid.to_string(),
        rule.guid.to_string(),
        budget.budget.guid.to_string(),
        payment.guid.to_string(),
        plan.guid.to_string(),
        item.item.guid.to_string(),
        months.iterations[0].guid.to_string(),
        accounts[0].guid.to_string(),
        notification.guid.to_string(),
        deliverables[0].guid.to_string(),
        profile.profile.guid.to_string(),
    ]
}

on_both_engines! {
    async fn whatever_belongs_to_a_user_is_found_by_its_id(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let engine = &bench.engine;
        let caller = bench.session("acme", "U-1").await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member.guid;
        bench.run_jobs().await;
        engine.verify_member(&caller, &member, false).await.unwrap();
        bench.run_jobs().await;
        engine.identify_member(&caller, &member, false).await.unwrap();
        bench.run_jobs().await;
        let reader = engine.store().read().await.unwrap();
        let transaction = transactions::of_member(&reader, &caller.user, &member).await.unwrap()[0].guid.to_string();
        drop(reader);
        let mut of_user = of_the_user(engine, &caller, &transaction).await;
        let account = engine.member_page(&member).await.unwrap().unwrap().accounts[0].account.guid.clone();
        let goal = CreateGoal {
            account_guid: account.to_string(),
            amount: Money::from_units(1),
            goal_type: GoalType::ALL[0],
            meta_type: GoalMetaType::ALL[0],
            name: "x".into(),
            changes: GoalChanges::default(),
            skip_webhook: true,
        };
        of_user.push(engine.create_goal(&caller, goal).await.unwrap().goal.guid.to_string());
        // The next morning there are cards.
        bench.advance(24 * 60 * 60);
        bench.run_jobs().await;
        let insights = engine.list_insights(&caller, Page::ALL).await.unwrap().insights;
        of_user.push(insights[0].insight.guid.to_string());
        for guid in of_user {
            assert_eq!(engine.find_anything(&guid).await.unwrap(), [Thing::User(caller.user.clone()).into()], "{guid}");
        }

        let holdings = engine.list_holdings(&caller, &HoldingsOf::User).await.unwrap().unwrap();
        let owners = engine.list_account_owners(&caller, &member).await.unwrap().unwrap();
        let numbers = engine.list_account_numbers(&caller, &account).await.unwrap().unwrap();
        let other = bench.session("acme", "U-2").await.caller;
        let asked = bench.mx_bank_member(&other, "challenge").await.member.guid;
        bench.run_jobs().await;
        let challenges = engine.list_challenges(&other, &asked).await.unwrap().unwrap().unwrap();
        let of_members = [
            (holdings[0].holding.guid.to_string(), &member),
            (owners[0].row.guid.to_string(), &member),
            (numbers[0].guid.to_string(), &member),
            (challenges[0].guid.to_string(), &asked),
        ];
        for (guid, owner) in of_members {
            assert_eq!(engine.find_anything(&guid).await.unwrap(), [Thing::Member(owner.clone()).into()], "{guid}");
        }

        let catalogue = engine.catalogue().await.unwrap();
        let bank = catalogue.by_code("mxbank").unwrap();
        let field = bank.credentials[0].guid.to_string();
        assert_eq!(engine.find_anything(&field).await.unwrap(), [Thing::Institution(bank.guid.clone()).into()]);
    }
}

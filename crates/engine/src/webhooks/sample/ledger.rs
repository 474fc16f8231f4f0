//! Samples of accounts and of what belongs to them.

use jiff::Timestamp;
use jiff::tz::Offset;
use riverbank_enrich::Category;
use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, FeedHolding};
use riverbank_model::given::GivenFacts;
use riverbank_model::goal::{GoalMetaType, GoalType};
use riverbank_model::guid::{self, AccountGuid, Guid as _, InstitutionGuid, MemberGuid, TransactionGuid};
use riverbank_model::insight::LinkKind;
use riverbank_model::money::{Money, Quantity};
use riverbank_model::notification::NotificationType;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_store::accounts::Account;
use riverbank_store::budgets::Budget;
use riverbank_store::goals::Goal;
use riverbank_store::holdings::Holding;
use riverbank_store::insights::{Insight, Link};
use riverbank_store::notifications::Notification;
use riverbank_store::spending_plans::SpendingPlan;
use riverbank_store::taggings::Tagging;
use riverbank_store::tags::Tag;
use riverbank_store::transactions::Transaction;

use super::{INSTITUTION, SAMPLE};
use crate::Fault;
use crate::accounts::{AccountView, NOTHING_GIVEN};
use crate::budgets::BudgetView;
use crate::goals::GoalView;
use crate::insights::InsightView;
use crate::transactions::TransactionView;
use crate::webhooks::payload::ToldTagging;

pub(super) fn holding(now: Timestamp) -> Result<Holding, Fault> {
    let told = FeedHolding {
        id: SAMPLE.to_owned(),
        description: "Sample Fund".to_owned(),
        symbol: Some("SMPL".to_owned()),
        cusip: None,
        shares: Some(Quantity::from_units(1_000_000_000)),
        price: None,
        market_value: Some(Money::from_units(1_234_000)),
        cost_basis: None,
        currency_code: Some("USD".to_owned()),
        priced_at: None,
    };
    Ok(Holding {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        account_guid: guid::fixed(&[SAMPLE]),
        member_guid: guid::fixed(&[SAMPLE]),
        number: 1,
        feed_id: SAMPLE.to_owned(),
        feed: serde_json::to_string(&told).map_err(Fault::internal)?,
        given: NOTHING_GIVEN.to_owned(),
        metadata: None,
        cost_basis_updated_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    })
}

pub(super) fn insight(now: Timestamp) -> InsightView {
    let account: AccountGuid = guid::fixed(&[SAMPLE]);
    let insight = Insight {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        template: "LowAccountBalances".to_owned(),
        digest: vec![0; 16],
        title: "Low balance".to_owned(),
        description: "Sample has $12.34 left.".to_owned(),
        call_to_action: "View account".to_owned(),
        has_been_displayed: false,
        displayed_at: None,
        is_dismissed: false,
        is_relevant: true,
        relevant_through: None,
        primary_account_guid: Some(account.clone()),
        primary_transaction_guid: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    let link = Link {
        user_guid: insight.user_guid.clone(),
        insight_guid: insight.guid.clone(),
        kind: LinkKind::Account,
        position: 1,
        object_guid: account.to_string(),
    };
    InsightView {
        insight,
        links: vec![link],
        client_guid: guid::fixed(&[SAMPLE]),
        user_id: SAMPLE.to_owned(),
    }
}

pub(super) fn budget(now: Timestamp) -> BudgetView {
    let budget = Budget {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        category_guid: Category::Groceries.guid(),
        parent_guid: None,
        amount: Money::from_units(2_000_000),
        metadata: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    BudgetView {
        budget,
        name: Some(Category::Groceries.name().to_owned()),
        transaction_total: Money::from_units(1_234_000),
        projected_spending: Money::from_units(1_800_000),
    }
}

pub(super) fn goal(now: Timestamp) -> GoalView {
    let goal = Goal {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        account_guid: guid::fixed(&[SAMPLE]),
        amount: Money::from_units(7_500_000),
        goal_type: GoalType::SaveAmount,
        meta_type: GoalMetaType::Vacation,
        track_type: None,
        name: "Save for Europe.".to_owned(),
        metadata: None,
        position: 1,
        has_been_spent: false,
        completed_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    GoalView { goal, current_amount: Money::from_units(1_000_000), projected_to_complete_at: Some(now) }
}

pub(super) fn notification(now: Timestamp) -> Notification {
    Notification {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        notification_type: NotificationType::BudgetExceeded,
        subject: "Sample".to_owned(),
        entity_guid: None,
        deep_link_guid: None,
        threshold: None,
        fact: None,
        has_been_viewed: false,
        created_on: Offset::UTC.to_datetime(now).date(),
        created_at: now,
    }
}

pub(super) fn spending_plan(now: Timestamp) -> SpendingPlan {
    SpendingPlan {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        current_iteration_number: 1,
        next_turn_at: now,
        created_at: now,
        updated_at: now,
    }
}

pub(super) fn tag(now: Timestamp) -> Tag {
    Tag {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        name: "Sample".to_owned(),
        revision: 1,
        created_at: now,
        updated_at: now,
    }
}

pub(super) fn tagging(tag: &Tag) -> ToldTagging<'_> {
    let tagging = Tagging {
        user_guid: guid::fixed(&[SAMPLE]),
        guid: guid::fixed(&[SAMPLE]),
        number: 1,
        tag_guid: tag.guid.clone(),
        transaction_guid: guid::fixed(&[SAMPLE]),
        revision: 1,
        created_at: tag.created_at,
        updated_at: tag.created_at,
    };
    ToldTagging { tagging, tag_name: &tag.name, member_is_managed_by_user: true }
}

pub(super) fn account(now: Timestamp) -> Result<AccountView, Fault> {
    let mut facts = AccountFacts::new(AccountType::Checking, "Sample Checking".to_owned());
    facts.account_number = Some("0000123456".to_owned());
    facts.balance = Some(Money::from_units(10_000_000));
    facts.currency_code = Some("USD".to_owned());
    Ok(AccountView {
        account: Account {
            user_guid: guid::fixed(&[SAMPLE]),
            guid: guid::fixed(&[SAMPLE]),
            member_guid: guid::fixed::<MemberGuid>(&[SAMPLE]),
            number: 1,
            feed_id: SAMPLE.to_owned(),
            account_type: AccountType::Checking,
            feed: serde_json::to_string(&facts).map_err(Fault::internal)?,
            given: NOTHING_GIVEN.to_owned(),
            metadata: None,
            is_hidden: false,
            is_blocked: false,
            revision: 1,
            children_made: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        },
        told: Some(facts.clone()),
        given: GivenFacts::default(),
        facts,
        institution_guid: Some(InstitutionGuid::trusted(INSTITUTION.to_owned())),
        institution_code: Some("mxbank".to_owned()),
        member_is_managed_by_user: true,
    })
}

pub(super) fn transaction(now: Timestamp) -> TransactionView {
    let today = jiff::tz::Offset::UTC.to_datetime(now).date();
    TransactionView {
        transaction: Transaction {
            user_guid: guid::fixed(&[SAMPLE]),
            guid: guid::fixed::<TransactionGuid>(&[SAMPLE]),
            account_guid: guid::fixed::<AccountGuid>(&[SAMPLE]),
            member_guid: guid::fixed(&[SAMPLE]),
            feed_id: Some(SAMPLE.to_owned()),
            amount: Money::from_units(123_400),
            transaction_type: TransactionType::Debit,
            status: TransactionStatus::Posted,
            date: today,
            description: "Sample Coffee".to_owned(),
            category_guid: Category::Uncategorized.guid(),
            flags: 0,
            merchant_category_code: None,
            feed_description: "SAMPLE COFFEE".to_owned(),
            feed_memo: None,
            feed_kind: None,
            check_number: None,
            currency_code: Some("USD".to_owned()),
            is_international: None,
            posted_at: None,
            posted_on: Some(today),
            transacted_at: None,
            transacted_on: Some(today),
            merchant_guid: None,
            merchant_location_guid: None,
            is_recurring: None,
            matched_by: None,
            described_by: String::new(),
            categorized_by: String::new(),
            given: 0,
            marks: 0,
            memo: None,
            metadata: None,
            is_hidden: false,
            has_been_split: false,
            parent_guid: None,
            transaction_rule_guid: None,
            merged_from: None,
            revision: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        },
        member_is_managed_by_user: true,
        own_category: None,
        external_guid: None,
    }
}

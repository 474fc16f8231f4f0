//! What users save for, and debts that they pay off.

use crate::account::numbered;

numbered! {
    /// How a goal is reached (Nexus reference, goals); the numbers are ours.
    GoalType {
        0 SaveAmount "SAVE_AMOUNT";
        1 Payoff "PAYOFF";
    }
}

numbered! {
    /// What a goal is for (Nexus reference, goals); the numbers are ours.
    GoalMetaType {
        0 Automobile "AUTOMOBILE";
        1 College "COLLEGE";
        2 Electronic "ELECTRONIC";
        3 EmergencyFund "EMERGENCY_FUND";
        4 House "HOUSE";
        5 Other "OTHER";
        6 RecreationalVehicle "RECREATIONAL_VEHICLE";
        7 Retirement "RETIREMENT";
        8 SetupBudgets "SETUP_BUDGETS";
        9 StartMoneyManagement "START_MONEY_MANAGEMENT";
        10 Vacation "VACATION";
    }
}

numbered! {
    /// Which way of a user's finances a goal lies on (Nexus reference, goals); the numbers are ours.
    GoalTrackType {
        0 Debt "DEBT_TRACK";
        1 Savings "SAVINGS_TRACK";
        2 Retirement "RETIREMENT_TRACK";
        3 EmergencyFund "EMERGENCY_FUND_TRACK";
    }
}

impl GoalTrackType {
    /// The track of a goal of which nobody has said it.
    pub fn of(goal: GoalType, meta: GoalMetaType) -> Self {
        match (goal, meta) {
            (GoalType::Payoff, _) => Self::Debt,
            (_, GoalMetaType::Retirement) => Self::Retirement,
            (_, GoalMetaType::EmergencyFund) => Self::EmergencyFund,
            _ => Self::Savings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_follows_from_how_a_goal_is_reached_and_then_from_what_it_is_for() {
        for &meta in GoalMetaType::ALL {
            assert_eq!(GoalTrackType::of(GoalType::Payoff, meta), GoalTrackType::Debt);
            let saved = match meta {
                GoalMetaType::Retirement => "RETIREMENT_TRACK",
                GoalMetaType::EmergencyFund => "EMERGENCY_FUND_TRACK",
                _ => "SAVINGS_TRACK",
            };
            assert_eq!(GoalTrackType::of(GoalType::SaveAmount, meta).name(), saved);
        }
    }
}

//! What users set aside for their goals each month.

use jiff::Timestamp;
use riverbank_model::guid::{MonthlyCashFlowProfileGuid, UserGuid};
use riverbank_model::money::Money;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A profile as its table holds it; a user has one at most.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MonthlyCashFlowProfile {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: MonthlyCashFlowProfileGuid,
        /// What the user sets aside for goals each month, never negative.
        pub goals_contribution: Money,
        /// Whether what budgets leave is set aside instead.
        pub uses_estimated_goals_contribution: bool,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    FIND: MonthlyCashFlowProfile = "select {columns} from monthly_cash_flow_profiles where user_guid = $1";
    UPSERT for MonthlyCashFlowProfile = "insert into monthly_cash_flow_profiles ({columns}) values ({values})
        on conflict (user_guid) do update set goals_contribution = excluded.goals_contribution,
        uses_estimated_goals_contribution = excluded.uses_estimated_goals_contribution,
        updated_at = excluded.updated_at";
}

/// The profile of a user, once it is made.
pub async fn find(tx: &Tx, user: &UserGuid) -> Result<Option<MonthlyCashFlowProfile>, StoreError> {
    tx.query_opt(&FIND, params![user]).await
}

/// Writes the profile of its user, who is held.
pub async fn store(tx: &Tx, profile: &MonthlyCashFlowProfile) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &profile.values()).await.map(drop)
}

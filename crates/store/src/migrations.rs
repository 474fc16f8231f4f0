//! The steps of the schema, oldest first. A new step is a file in `migrations/` and a line here.

use crate::db::Migration;

/// Every step.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "main_job", text: include_str!("../migrations/0001_main_job.sql") },
    Migration {
        version: 2,
        name: "transaction_revisions",
        text: include_str!("../migrations/0002_transaction_revisions.sql"),
    },
    Migration { version: 3, name: "faults", text: include_str!("../migrations/0003_faults.sql") },
    Migration { version: 4, name: "schedule", text: include_str!("../migrations/0004_schedule.sql") },
    Migration { version: 5, name: "webhooks", text: include_str!("../migrations/0005_webhooks.sql") },
    Migration { version: 6, name: "oauth", text: include_str!("../migrations/0006_oauth.sql") },
    Migration { version: 7, name: "deletions", text: include_str!("../migrations/0007_deletions.sql") },
    Migration { version: 8, name: "categories", text: include_str!("../migrations/0008_categories.sql") },
    Migration { version: 9, name: "state", text: include_str!("../migrations/0009_state.sql") },
    Migration { version: 10, name: "snapshots", text: include_str!("../migrations/0010_snapshots.sql") },
    Migration {
        version: 11,
        name: "returning_consents",
        text: include_str!("../migrations/0011_returning_consents.sql"),
    },
    Migration {
        version: 12,
        name: "micro_deposits",
        text: include_str!("../migrations/0012_micro_deposits.sql"),
    },
    Migration {
        version: 13,
        name: "written_by_users",
        text: include_str!("../migrations/0013_written_by_users.sql"),
    },
    Migration { version: 14, name: "tags", text: include_str!("../migrations/0014_tags.sql") },
    Migration {
        version: 15,
        name: "transaction_rules",
        text: include_str!("../migrations/0015_transaction_rules.sql"),
    },
    Migration { version: 16, name: "holdings", text: include_str!("../migrations/0016_holdings.sql") },
    Migration {
        version: 17,
        name: "blocked_accounts",
        text: include_str!("../migrations/0017_blocked_accounts.sql"),
    },
    Migration {
        version: 18,
        name: "account_merges",
        text: include_str!("../migrations/0018_account_merges.sql"),
    },
    Migration { version: 19, name: "job_kinds", text: include_str!("../migrations/0019_job_kinds.sql") },
    Migration { version: 20, name: "ach", text: include_str!("../migrations/0020_ach.sql") },
    Migration { version: 21, name: "merchants", text: include_str!("../migrations/0021_merchants.sql") },
    Migration { version: 22, name: "raw_answers", text: include_str!("../migrations/0022_raw_answers.sql") },
    Migration { version: 23, name: "budgets", text: include_str!("../migrations/0023_budgets.sql") },
    Migration {
        version: 24,
        name: "monthly_cash_flow_profiles",
        text: include_str!("../migrations/0024_monthly_cash_flow_profiles.sql"),
    },
    Migration { version: 25, name: "time_zones", text: include_str!("../migrations/0025_time_zones.sql") },
    Migration { version: 26, name: "goals", text: include_str!("../migrations/0026_goals.sql") },
    Migration {
        version: 27,
        name: "scheduled_payments",
        text: include_str!("../migrations/0027_scheduled_payments.sql"),
    },
    Migration { version: 28, name: "insights", text: include_str!("../migrations/0028_insights.sql") },
    Migration {
        version: 29,
        name: "notifications",
        text: include_str!("../migrations/0029_notifications.sql"),
    },
    Migration {
        version: 30,
        name: "alert_settings",
        text: include_str!("../migrations/0030_alert_settings.sql"),
    },
    Migration {
        version: 31,
        name: "spending_plans",
        text: include_str!("../migrations/0031_spending_plans.sql"),
    },
    Migration { version: 32, name: "connect", text: include_str!("../migrations/0032_connect.sql") },
    Migration { version: 33, name: "operators", text: include_str!("../migrations/0033_operators.sql") },
    Migration { version: 34, name: "console", text: include_str!("../migrations/0034_console.sql") },
    Migration { version: 35, name: "timeline", text: include_str!("../migrations/0035_timeline.sql") },
    Migration { version: 36, name: "visits", text: include_str!("../migrations/0036_visits.sql") },
    Migration { version: 37, name: "owners", text: include_str!("../migrations/0037_owners.sql") },
];

/// The newest step, by the name of its file.
pub(crate) fn newest() -> String {
    MIGRATIONS.last().map_or_else(String::new, |step| format!("{:04}_{}", step.version, step.name))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_a_step_and_versions_have_no_gaps() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let steps: Vec<String> =
            MIGRATIONS.iter().map(|step| format!("{:04}_{}.sql", step.version, step.name)).collect();
        assert_eq!(steps, files);
        assert!(MIGRATIONS.iter().zip(1..).all(|(step, version)| step.version == version));
    }
}

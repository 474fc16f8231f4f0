//! What is planned of a month.

use crate::account::numbered;

numbered! {
    /// What an item of a spending plan is (Nexus reference, spending plan).
    ItemType {
        0 RecurringExpense "RECURRING_EXPENSE";
        1 PlannedExpense "PLANNED_EXPENSE";
        2 OtherExpense "OTHER_EXPENSE";
        3 Income "INCOME";
    }
}

//! Kinds of notifications, and the channels that they are delivered over.

use crate::account::numbered;

numbered! {
    /// What a notification is of (Nexus reference, notifications).
    NotificationType {
        1 BudgetExceeded "BUDGET_EXCEEDED";
        2 BudgetOffTarget "BUDGET_OFF_TARGET";
        3 DebtPaymentReminder "DEBT_PAYMENT_REMINDER";
        4 GuideMeStepComplete "GUIDE_ME_STEP_COMPLETE";
        5 GuideMeOffTarget "GUIDE_ME_OFF_TARGET";
        6 AccountBalanceLow "ACCOUNT_BALANCE_LOW";
        7 AccountDepositLarge "ACCOUNT_DEPOSIT_LARGE";
        8 TransactionExpenseLarge "TRANSACTION_EXPENSE_LARGE";
        9 TransactionFeeCharge "TRANSACTION_FEE_CHARGE";
        10 SystemNotification "SYSTEM_NOTIFICATION";
        11 ApiNotification "API_NOTIFICATION";
        12 UserSummary "USER_SUMMARY";
        13 Offer "OFFER";
        14 PasswordResetToken "PASSWORD_RESET_TOKEN";
        15 PasswordChanged "PASSWORD_CHANGED";
        16 EmailVerification "EMAIL_VERIFICATION";
        17 EmailVerified "EMAIL_VERIFIED";
        18 Welcome "WELCOME";
    }
}

numbered! {
    /// What a notification is delivered over. The reference has the number of the first one; the others follow the order
    /// of its names.
    Channel {
        1 Email "EMAIL";
        2 Sms "SMS";
        3 Push "PUSH";
        4 InApp "IN_APP";
    }
}

//! What insights are about.

use crate::account::numbered;

numbered! {
    /// The kind of something that an insight is about.
    LinkKind {
        0 Account "ACCOUNT";
        1 Category "CATEGORY";
        2 Merchant "MERCHANT";
        3 ScheduledPayment "SCHEDULED_PAYMENT";
        4 Transaction "TRANSACTION";
    }
}

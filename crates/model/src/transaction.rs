//! Kinds and states of transactions.

use crate::account::numbered;

numbered! {
    /// The direction of a transaction; amounts are always positive.
    TransactionType {
        1 Credit "CREDIT";
        2 Debit "DEBIT";
    }
}

numbered! {
    /// Whether a transaction is final.
    TransactionStatus {
        1 Posted "POSTED";
        2 Pending "PENDING";
    }
}
